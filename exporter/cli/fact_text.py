"""How facts are shown to people and machines by every command that prints some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from exporter.namespaces import CUSTOMARY_PREFIXES

if TYPE_CHECKING:
    from exporter.model.dimensions import Dimension
    from exporter.model.fact import Fact
    from exporter.model.qname import QName
    from exporter.model.report import Report
    from exporter.model.unit import Unit


WIDEST: Final = 60
"""How many characters of a long text a terminal shows."""


class PrefixedNames:
    """How names are shown: with the reports' prefixes, in Clark notation where none has one."""

    def __init__(self, *reports: Report) -> None:
        taken: dict[str, str] = {}
        for report in reports:
            named = set(taken.values())
            for prefix, uri in report.namespaces.items():
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
        if unit is None:
            return ""
        top, bottom = (" * ".join(map(self.name, side)) for side in (unit.numerators, unit.denominators))
        return f"{top} / {bottom}" if bottom else top

    def dimension(self, dimension: Dimension) -> tuple[str, str | None]:
        member = getattr(dimension, "member", None)
        value = self.name(member) if member is not None else getattr(dimension, "value", None)
        return self.name(dimension.axis), value

    def dimensions(self, fact: Fact) -> dict[str, str | None]:
        return dict(map(self.dimension, fact.dimensions))

    def fits(self, fact: Fact, concepts: Iterable[str]) -> bool:
        """Whether one of the patterns fits the fact's concept, with or without its prefix; none fit all."""
        patterns = [concept.lower() for concept in concepts]
        local, full = fact.concept.local_name.lower(), self.name(fact.concept).lower()
        return not patterns or any(fnmatchcase(local, pattern) or fnmatchcase(full, pattern) for pattern in patterns)


def period_text(fact: Fact) -> str:
    """A period as people write it: ``2005-03-31``, ``2004-04-01/2005-03-31``, ``forever``."""
    from exporter.model.period import Duration, Instant, xml_end, xml_start

    period = fact.period
    if isinstance(period, Instant):
        return str(period)
    return f"{xml_start(period.start)}/{xml_end(period.end)}" if isinstance(period, Duration) else "forever"


def entity_text(fact: Fact) -> str:
    """Scheme and identifier."""
    return f"{fact.entity.scheme} {fact.entity.identifier}" if fact.entity else ""


def plain_fact(fact: Fact, names: PrefixedNames) -> dict[str, Any]:
    """A fact for ``--json``."""
    entity = fact.entity
    return {
        "id": fact.id,
        "concept": names.name(fact.concept),
        "entity": entity and {"scheme": entity.scheme, "identifier": entity.identifier},
        "period": period_text(fact),
        "unit": names.unit(fact.unit) or None,
        "dimensions": names.dimensions(fact),
        "language": fact.language,
        "value": fact.value,
        "decimals": fact.decimals,
    }


def dimensions_text(dimensions: Mapping[str, str | None]) -> str:
    """``axis = member; axis = member``."""
    return "; ".join(f"{axis} = {'(nil)' if value is None else value}" for axis, value in dimensions.items())


def value_text(fact: Fact) -> str:
    """The value as reported; nil in brackets."""
    return "(nil)" if fact.value is None else fact.value


def cut_text(text: str) -> str:
    """A long text in one line and cut."""
    text = " ".join(text.split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
