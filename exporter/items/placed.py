"""Items where they stand in a document: each item, and each row of one, with the pointer that leads to it.

Whoever has something to say of an item takes its location from here. The file, the line and the column of a pointer are
added once, by who knows the document that the items were read from (`exporter.filing.Filing.located`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from attrs import frozen

from exporter.findings import Finding, Location, Severity
from exporter.items.compile import item_specification
from exporter.items.declarations import RowsDeclaration, is_item_class

T = TypeVar("T")
_ITEMS = "/items"


@frozen
class PlacedItem(Generic[T]):
    """An item and its JSON pointer in the document: ``/items/3``, for a row of it ``/items/3/rows/2``."""

    pointer: str
    item: T

    @property
    def path(self) -> str:
        """Where the item stands, in words: ``items[3]``, a row ``items[3].rows[2]``."""
        return item_label(self.pointer)

    @property
    def label(self) -> str:
        """What a message calls the item: ``items[3] ExchangeRateSeries``, a row ``items[3].rows[2] ExchangeRates``."""
        return item_label(self.pointer, type(self.item).__name__)

    def at(self, field: str = "") -> Location:
        """The location of the item, or of a field of it."""
        return Location(pointer=f"{self.pointer}/{field}" if field else self.pointer, item=self.label)

    def finding(
        self, code: str, message: str, *, field: str = "", fix: str | None = None, warning: bool = False
    ) -> Finding:
        """A finding at the item, or at a field of it."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=code, message=message, severity=severity, location=self.at(field), fix=fix)

    def rows(self) -> Iterator[PlacedItem[Any]]:
        """The rows that the item is made of."""
        name = item_specification(type(self.item)).name_of(RowsDeclaration)
        if name is not None:
            yield from rows_at(getattr(self.item, name), f"{self.pointer}/{name}")


def item_label(pointer: str, name: str = "") -> str:
    """What a message calls the item at a pointer; ``name`` is the name of its class."""
    steps = pointer.split("/")[1:]
    path = ".".join(f"{list_name}[{index}]" for list_name, index in zip(steps[::2], steps[1::2], strict=True))
    return f"{path} {name}" if name else path


def rows_at(items: Iterable[T], pointer: str = _ITEMS) -> Iterator[PlacedItem[T]]:
    """The items of a list that stands at a pointer."""
    for index, item in enumerate(items):
        yield PlacedItem(f"{pointer}/{index}", item)


def placed_items(items: Iterable[Any]) -> Iterator[PlacedItem[Any]]:
    """Every item of a document, each followed by its rows; what is no report item is left out."""
    for placed in rows_at(items):
        if is_item_class(type(placed.item)):
            yield from _with_rows(placed)


def _with_rows(placed: PlacedItem[Any]) -> Iterator[PlacedItem[Any]]:
    yield placed
    for row in placed.rows():
        yield from _with_rows(row)
