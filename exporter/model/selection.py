"""Facts of a report chosen by patterns, as columns of a table, and as a table in HTML for notebooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from html import escape
from io import BytesIO
from typing import Any, Final

from exporter.errors import MissingExtraError
from exporter.findings import truncated
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, xml_end, xml_start
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import CUSTOMARY_PREFIXES

_MOST_DIGITS: Final = 38  # of decimals in Arrow and polars
_SHOWN: Final = 50
_CUT: Final = 80


class PrefixedNames:
    """Names with the prefixes of reports, or customary ones; in Clark notation where there is none."""

    def __init__(self, *namespaces: Mapping[str, str]) -> None:
        taken: dict[str, str] = {}
        for mapping in namespaces:
            named = set(taken.values())
            for prefix, uri in mapping.items():
                if uri not in named:
                    taken.setdefault(prefix, uri)
        self._prefixes = {uri: name for name, uri in CUSTOMARY_PREFIXES.items() if taken.get(name, uri) == uri}
        self._prefixes |= {uri: name for name, uri in reversed(taken.items())}

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes and what they stand for."""
        return {prefix: uri for uri, prefix in self._prefixes.items()}

    def name(self, name: QName) -> str:
        prefix = self._prefixes.get(name.namespace)
        return name.clark if prefix is None else f"{prefix}:{name.local_name}"

    def unit(self, unit: Unit | None) -> str:
        """A unit as ``iso4217:JPY / xbrli:shares``; empty where there is none."""
        if unit is None:
            return ""
        top, bottom = (" * ".join(map(self.name, side)) for side in (unit.numerators, unit.denominators))
        return f"{top} / {bottom}" if bottom else top

    def dimension(self, dimension: Dimension) -> tuple[str, str | None]:
        """An axis and its member or value."""
        if isinstance(dimension, ExplicitDimension):
            return self.name(dimension.axis), self.name(dimension.member)
        return self.name(dimension.axis), dimension.value

    def dimensions(self, fact: Fact) -> dict[str, str | None]:
        """Members and values by axis."""
        return dict(map(self.dimension, fact.dimensions))

    def fits(self, fact: Fact, concepts: Iterable[str]) -> bool:
        """Whether one of the patterns fits the fact's concept, with or without its prefix; none fit all."""
        patterns = [concept.lower() for concept in concepts]
        named = (fact.concept.local_name.lower(), self.name(fact.concept).lower())
        return not patterns or any(fnmatchcase(name, pattern) for name in named for pattern in patterns)


def period_text(fact: Fact) -> str:
    """A period as people write it: ``2005-03-31``, ``2004-04-01/2005-03-31``, ``forever``."""
    if isinstance(fact.period, Instant):
        return str(fact.period)
    if isinstance(fact.period, Duration):
        return f"{xml_start(fact.period.start)}/{xml_end(fact.period.end)}"
    return "forever"


def select_facts(
    facts: Iterable[Fact], names: PrefixedNames, *, concept: str | QName | None, period: Any, **dimensions: str
) -> Iterator[Fact]:
    """The facts that fit; see `exporter.model.report.Report.find`."""
    for fact in facts:
        is_named = concept in (None, fact.concept) if not isinstance(concept, str) else names.fits(fact, [concept])
        if not is_named or not _fits_period(fact, period):
            continue
        members = {dimension.axis.local_name: names.dimension(dimension)[1] or "" for dimension in fact.dimensions}
        if all(_fits(members.get(axis), pattern) for axis, pattern in dimensions.items()):
            yield fact


def _fits_period(fact: Fact, period: Any) -> bool:
    if period is None:
        return True
    if isinstance(period, str):
        return fnmatchcase(period_text(fact), period)
    return bool(fact.period == period)


def _fits(member: str | None, pattern: str) -> bool:
    """Whether a member, with or without its prefix, fits a pattern."""
    return member is not None and (fnmatchcase(member, pattern) or fnmatchcase(member.rpartition(":")[2], pattern))


def fact_columns(facts: Iterable[Fact], names: PrefixedNames) -> dict[str, list[Any]]:
    """Facts as columns: what every fact has, then one column for each axis.

    ``start`` and ``end`` are the first and the last day of a period, an instant has no start. ``value`` is the text as
    reported, ``number`` the exact decimal of a fact with a unit.
    """
    facts = tuple(facts)
    columns: dict[str, list[Any]] = {
        "concept": [names.name(fact.concept) for fact in facts],
        "entity": [fact.entity and f"{fact.entity.scheme} {fact.entity.identifier}" for fact in facts],
        "start": _days([_first_day(fact) for fact in facts]),
        "end": _days([_last_day(fact) for fact in facts]),
        "unit": [names.unit(fact.unit) or None for fact in facts],
        "value": [fact.value for fact in facts],
        "number": _numbers([fact.number if fact.unit is not None else None for fact in facts]),
        "decimals": [fact.decimals for fact in facts],
        "language": [fact.language for fact in facts],
        "id": [fact.id for fact in facts],
    }
    for index, fact in enumerate(facts):
        for axis, member in map(names.dimension, fact.dimensions):
            columns.setdefault(axis, [None] * len(facts))[index] = member
    return columns


def _first_day(fact: Fact) -> str | None:
    return xml_start(fact.period.start) if isinstance(fact.period, Duration) else None


def _last_day(fact: Fact) -> str | None:
    if isinstance(fact.period, Instant):
        return str(fact.period)
    return xml_end(fact.period.end) if isinstance(fact.period, Duration) else None


def _days(texts: list[str | None]) -> list[Any]:
    """Dates, unless one of them has a time."""
    if all(text is None or len(text) == len("2005-03-31") for text in texts):
        return [text and dt.date.fromisoformat(text) for text in texts]
    return list(texts)


def _numbers(numbers: list[Decimal | None]) -> list[Any]:
    """Decimals, or text where a frame could not hold one of them exactly."""
    finite = [number for number in numbers if number is not None and number.is_finite()]
    places = max((max(0, -int(number.as_tuple().exponent)) for number in finite), default=0)
    whole = max((max(0, number.adjusted() + 1) for number in finite), default=0)
    if places + whole > _MOST_DIGITS:
        return [None if number is None else f"{number:f}" for number in numbers]
    return [number if number is not None and number.is_finite() else None for number in numbers]


def make_frame(columns: Mapping[str, list[Any]], backend: str) -> Any:
    """A frame of a library (``pandas``, ``polars``, ``pyarrow``) from its columns.

    Raises:
        MissingExtraError: narwhals or the library is not installed.
    """
    try:
        import narwhals

        return narwhals.from_dict(dict(columns), backend=backend).to_native()  # type: ignore[arg-type,unused-ignore]
    except ImportError:
        raise MissingExtraError("frames", f"making a frame of {backend}") from None


def parquet_of(columns: Mapping[str, list[Any]]) -> bytes:
    """A Parquet file of columns.

    Raises:
        MissingExtraError: narwhals or pyarrow is not installed.
    """
    frame = make_frame(columns, "pyarrow")
    import narwhals

    stream = BytesIO()
    narwhals.from_native(frame).write_parquet(stream)
    return stream.getvalue()


def html_table(facts: Iterable[Fact], names: PrefixedNames, count: int) -> str:
    """The first facts as a table, for notebooks."""
    rows = []
    for fact, _ in zip(facts, range(_SHOWN), strict=False):
        dimensions = "; ".join(f"{axis} = {member}" for axis, member in map(names.dimension, fact.dimensions))
        value = "(nil)" if fact.value is None else truncated(fact.value, _CUT)
        cells = (names.name(fact.concept), period_text(fact), names.unit(fact.unit), dimensions, value)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    heads = "".join(f"<th>{head}</th>" for head in ("concept", "period", "unit", "dimensions", "value"))
    more = f"<caption>{count:,} facts" + (f", the first {_SHOWN}" if count > _SHOWN else "") + "</caption>"
    return f"<table>{more}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
