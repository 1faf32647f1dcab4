"""``exporter facts``: what a report says, as a table."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from exporter.cli.console import Column, count
from exporter.cli.inputs import read_facts
from exporter.cli.outcome import Run, command_body
from exporter.cli.parameters import FILE, items_modules, load_item_classes, output_options, taxonomy_packages
from exporter.namespaces import CUSTOMARY_PREFIXES

if TYPE_CHECKING:
    from exporter.model.dimensions import Dimension
    from exporter.model.fact import Fact
    from exporter.model.qname import QName
    from exporter.model.report import Report
    from exporter.model.unit import Unit

_COLUMNS: Final = (
    Column(title="concept", shrinks=True),
    Column(title="period"),
    Column(title="unit", shrinks=True),
    Column(title="dimensions", shrinks=True),
    Column(title="value", justify="right", shrinks=True),
    Column(title="decimals", justify="right"),
)
_CSV_NAMES: Final = ("concept", "entity", "period", "unit", "dimensions", "language", "value", "decimals", "id")
_WIDEST: Final = 60


@click.command(short_help="Show what a report says, as a table.")
@click.argument("source", metavar="INPUT", type=FILE)
@click.option("--concept", "concepts", multiple=True, metavar="PATTERN", help="Only concepts whose name fits (*, ?).")
@click.option(
    "--period", "periods", multiple=True, metavar="PATTERN", help="Only periods that fit (2005-*, *2005-03-31)."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Only the first N facts that fit.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
@taxonomy_packages
@items_modules
@click.option("--strict", is_flag=True, help="Warnings count as errors, such as a public schema that is not at hand.")
@output_options
@command_body
def command(
    run: Run,
    source: Path,
    concepts: tuple[str, ...],
    periods: tuple[str, ...],
    limit: int | None,
    as_csv: bool,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Show the facts of INPUT: a report in any syntax, or a file of items.

    On a terminal they are a table with long texts cut; into a pipe or file, lines with tabs and nothing cut.
    Periods are shown with their first and last day.

    \b
    Examples:
      exporter facts report.xbrl
      exporter facts report.json --concept '*Deficit*' --period '*2005-03-31'
      exporter facts report.xbrl --csv > facts.csv
    """
    run.strict = strict
    if run.as_json and as_csv:
        raise run.refuse("exporter:usage", "--json and --csv exclude each other", mend="give one of them")
    report = read_facts(run, source, packages=packages, strict=strict, classes=load_item_classes(run, modules))
    names = _Names(report)
    chosen = islice((each for each in report.facts if names.fits(each, concepts, periods)), limit)
    if run.as_json:
        run.result |= {"namespaces": names.prefixes, "facts": (_plain(fact, names) for fact in chosen)}
    elif as_csv:
        _write_csv(chosen, names)
    else:
        _write_table(run, report, chosen, names)


class _Names:
    """How names of a report are shown: with its prefixes, in Clark notation where it has none."""

    def __init__(self, report: Report) -> None:
        taken = dict(report.namespaces)
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

    def fits(self, fact: Fact, concepts: tuple[str, ...], periods: tuple[str, ...]) -> bool:
        local, period = fact.concept.local_name.lower(), shown_period(fact)
        full = self.name(fact.concept).lower()
        return (
            not concepts
            or any(fnmatchcase(local, each.lower()) or fnmatchcase(full, each.lower()) for each in concepts)
        ) and (not periods or any(fnmatchcase(period, each) for each in periods))


def shown_period(fact: Fact) -> str:
    """A period as people write it: ``2005-03-31``, ``2004-04-01/2005-03-31``, ``forever``."""
    from exporter.model.period import Duration, Instant, xml_end, xml_start

    period = fact.period
    if isinstance(period, Instant):
        return str(period)
    return f"{xml_start(period.start)}/{xml_end(period.end)}" if isinstance(period, Duration) else "forever"


def _entity(fact: Fact) -> str:
    return f"{fact.entity.scheme} {fact.entity.identifier}" if fact.entity else ""


def _plain(fact: Fact, names: _Names) -> dict[str, Any]:
    entity = fact.entity
    return {
        "id": fact.id,
        "concept": names.name(fact.concept),
        "entity": entity and {"scheme": entity.scheme, "identifier": entity.identifier},
        "period": shown_period(fact),
        "unit": names.unit(fact.unit) or None,
        "dimensions": names.dimensions(fact),
        "language": fact.language,
        "value": fact.value,
        "decimals": fact.decimals,
    }


def _joined(dimensions: Mapping[str, str | None]) -> str:
    return "; ".join(f"{axis} = {'(nil)' if value is None else value}" for axis, value in dimensions.items())


def _decimals(fact: Fact) -> str:
    return "" if fact.decimals is None else str(fact.decimals)


def _write_csv(facts: Iterator[Fact], names: _Names) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_CSV_NAMES)
    for fact in facts:
        cells = (names.name(fact.concept), _entity(fact), shown_period(fact), names.unit(fact.unit))
        texts = (_joined(names.dimensions(fact)), fact.language or "", "" if fact.value is None else fact.value)
        writer.writerow((*cells, *texts, _decimals(fact), fact.id or ""))


def _write_table(run: Run, report: Report, facts: Iterator[Fact], names: _Names) -> None:
    shown = 0

    def counted() -> Iterator[Fact]:
        nonlocal shown
        for fact in facts:
            shown += 1
            yield fact

    if sys.stdout.isatty():
        _draw_table(run, report, counted(), names)
    else:
        run.screen.table(_COLUMNS, (_row(fact, _value(fact), names) for fact in counted()))
    run.screen.note(f"{shown:,} of {count(len(report.facts), 'fact')}")


def _draw_table(run: Run, report: Report, facts: Iterator[Fact], names: _Names) -> None:
    """Long texts are cut, numbers never."""
    rows: list[tuple[str, ...]] = []
    longest_number = 0
    for fact in facts:
        number = _grouped(fact, report)
        longest_number = max(longest_number, len(number or ""))
        rows.append(_row(fact, number or _cut(_value(fact)), names))
    columns = [
        evolve(each, least=max(each.least, longest_number)) if each.title == "value" else each for each in _COLUMNS
    ]
    run.screen.table(columns, rows)


def _row(fact: Fact, value: str, names: _Names) -> tuple[str, ...]:
    cells = (names.name(fact.concept), shown_period(fact), names.unit(fact.unit), _joined(names.dimensions(fact)))
    return (*cells, value, _decimals(fact))


def _value(fact: Fact) -> str:
    return "(nil)" if fact.value is None else fact.value


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _grouped(fact: Fact, report: Report) -> str | None:
    """A number with commas between the thousands; ``None`` for what is none, or is too long to be read."""
    number = fact.number
    if number is None or not number.is_finite() or not report.vocabulary.is_numeric(fact):
        return None
    return f"{number:,f}" if abs(number.adjusted()) <= _WIDEST and len(number.as_tuple().digits) <= _WIDEST else None
