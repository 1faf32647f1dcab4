"""What rules across items look at: all items of one report, rows of tables among them."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from attrs import frozen

from exporter.findings import Finding, Location, Severity, list_text
from exporter.items.placed import PlacedItem

Item = TypeVar("Item")
Need = Literal["several items"]
"""What a rule across items may need: more than one, to hold against each other."""


@frozen
class ItemsSubject:
    """The items of one report, each row of a table as an item of its own."""

    items: tuple[PlacedItem[Any], ...]

    def has(self, need: Need) -> bool:
        """Whether the report has what a rule needs."""
        return len(self.items) > 1

    def of_kind(self, kind: type[Item]) -> list[PlacedItem[Item]]:
        """The items and rows of one class."""
        return [placed for placed in self.items if isinstance(placed.item, kind)]

    def finding(
        self, code: str, message: str, *items: PlacedItem[Any], fix: str | None = None, warning: bool = False
    ) -> Finding:
        """A finding that names all ``items`` that it is about; it stands at the first."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=code, message=message, severity=severity, location=self.at(*items), fix=fix)

    def at(self, *items: PlacedItem[Any]) -> Location:
        """The location of the first of ``items``, under the labels of all."""
        return Location(pointer=items[0].pointer, item=list_text(placed.label for placed in items))
