"""Cells as RFC 4180 writes them, and names of columns made of names of concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NEEDS_QUOTES = re.compile('[",\r\n]')
END = "\r\n"


def quote_cell(text: str) -> str:
    """A cell, in quotes where it holds a comma, a quote or a line break."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def csv_line(cells: Iterable[str]) -> str:
    """A row with its line end; a lone empty cell stands in quotes, so that the line is not blank."""
    return (",".join(map(quote_cell, cells)) or '""') + END


class ColumnNames:
    """Gives each column of a table a name of its own, as near to what is wished as can be."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def give(self, wish: str) -> str:
        """A name without a point that no other column has."""
        wish = wish.replace(".", "_")
        name, number = wish, self._taken.get(wish, 1)
        while name in self._taken:
            number += 1
            name = f"{wish}_{number}"
        self._taken[wish] = number
        self._taken[name] = 1
        return name
