"""What the items of a filing say against themselves and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from exporter.disclosures.rules import check_items
from exporter.filing.filing import Filing
from exporter.findings import Finding, Location, Severity
from exporter.items.checking import check_item
from exporter.items.declaration import RowsDeclaration
from exporter.items.specification import item_specification
from exporter.model.unit import Unit

_ITEM: Final = re.compile(r"items\[([0-9]+)\](?: \w+)?(?: (\w+)\[([0-9]+)\])?")


def check_filing(filing: Filing) -> Iterator[Finding]:
    """Every finding about the items: their own rules, warnings included, then the rules across items.

    Locations name the item and point into the document of items (``/items/3/share``).
    """
    for index, item in enumerate(filing.items):
        yield from _check_item(item, f"/items/{index}", f"items[{index}]")
    for finding in check_items(filing.items):
        yield _pointing(finding)
    if not filing.states_currency:
        yield from _assumed_currency(filing)


def _assumed_currency(filing: Filing) -> Iterator[Finding]:
    """An unknown amount where nothing in the whole document says a currency; told once."""
    assumed = Unit.currency(filing.reporting_currency)
    for fact in filing.derived.report.facts:
        if fact.is_nil and fact.unit is not None and assumed.numerators[0] in fact.unit.numerators:
            origin = filing.derived.origins[fact.id or ""][0]
            yield Finding(
                code="exporter:currencyAssumed",
                severity=Severity.WARNING,
                message=f"no currency is stated anywhere; unknown amounts are reported in {filing.reporting_currency}",
                location=Location(pointer=f"{origin.pointer}/{origin.field}", item=origin.item, fact=fact.id),
                mend="say currency: in the head of the filing",
            )
            return


def _check_item(item: Any, pointer: str, place: str) -> Iterator[Finding]:
    spec = item_specification(type(item))
    name = f"{place} {spec.name}"
    for finding in check_item(item):
        location = evolve(finding.location, pointer=pointer + (finding.location.pointer or ""), item=name)
        yield evolve(finding, location=location)
    made_of = spec.only(RowsDeclaration)
    if made_of is None:
        return
    for index, row in enumerate(getattr(item, made_of.name)):
        yield from _check_item(row, f"{pointer}/{made_of.name}/{index}", f"{place}.{made_of.name}[{index}]")


def _pointing(finding: Finding) -> Finding:
    """A finding that names an item, with the pointer to the first item it names."""
    match = _ITEM.match(finding.location.item or "")
    if match is None or finding.location.pointer is not None:
        return finding
    row = f"/{match[2]}/{match[3]}" if match[2] else ""
    return finding.at(pointer=f"/items/{match[1]}{row}")
