"""Items that containers hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporter.items.declaration import RowsDeclaration
from exporter.items.specification import item_specification


def members(items: Iterable[Any]) -> Iterator[Any]:
    """Items with the rows of containers in their place."""
    for item in items:
        made_of = item_specification(type(item)).only(RowsDeclaration)
        if made_of is None:
            yield item
        else:
            yield from members(getattr(item, made_of.name))
