"""Items of a report with their places, as the rules across items take them.

A place names an item for the reader: ``items[3] ExchangeRates``, for a row ``items[3] ExchangeRateSeries rows[2]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from exporter.items.declaration import RowsDeclaration, is_item_class
from exporter.items.specification import item_specification

Placed = tuple[str, Any]
Item = TypeVar("Item")


def with_places(items: Iterable[Any]) -> Iterator[Placed]:
    """Every item and every row of an item with its place; what is no report item is passed over."""
    for number, item in enumerate(items):
        if not is_item_class(type(item)):
            continue
        place = f"items[{number}] {type(item).__name__}"
        yield place, item
        for each in item_specification(type(item)).declared(RowsDeclaration):
            for row_number, row in enumerate(getattr(item, each.name)):
                yield f"{place} {each.name}[{row_number}]", row


def of_kind(placed: Iterable[Placed], kind: type[Item]) -> list[tuple[str, Item]]:
    """The items of one class, with their places."""
    return [(place, item) for place, item in placed if isinstance(item, kind)]


def both(one: str, other: str) -> str:
    """Two places as one."""
    return f"{one}, {other}"
