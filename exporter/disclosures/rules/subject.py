"""What rules across items look at: all items of one report, rows of tables among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from attrs import evolve, frozen

from exporter.disclosures.checks import Placed, of_kind, with_places
from exporter.findings import Finding, Location, Severity

Item = TypeVar("Item")


@frozen
class ItemsSubject:
    """Items with the texts that name them.

    An item is ``items[3] ExchangeRates``, a row ``items[3] ExchangeRateSeries rows[2]``.
    """

    items: tuple[Placed, ...]

    @classmethod
    def of(cls, items: Iterable[Any]) -> ItemsSubject:
        """The items with the rows of those that have rows; what is no report item is left out."""
        return cls(tuple(with_places(items)))

    def of_kind(self, kind: type[Item]) -> list[tuple[str, Item]]:
        """The items and rows of one class, with the texts that name them."""
        return of_kind(self.items, kind)

    def finding(self, code: str, message: str, item: str, *, fix: str | None = None, warning: bool = False) -> Finding:
        """A finding at an item, or at several named in one text."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=code, message=message, severity=severity, location=Location(item=item or None), fix=fix)


def at_items(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of checks that name items where `exporter.items.check.problem` names fields, located at these items."""
    for finding in findings:
        item = (finding.location.pointer or "").removeprefix("/")
        yield evolve(finding, location=Location(item=item or None))
