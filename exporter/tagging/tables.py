"""Tables as grids: which cell stands in which row and column, spans resolved, and what is a header."""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field, frozen

_MOST_COLUMNS: Final = 1_000  # as browsers bound a span
_MOST_PLACES: Final = 2_000_000
_LONGEST: Final = 80  # characters of a figure with its signs
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_FIGURE: Final = re.compile(
    r"[^0-9A-Za-z]*+(?:[A-Z]{2,3}|Rs\.?|kr)?+[^0-9A-Za-z]*+[0-9][0-9.,'’\s]*+(?:%|bps?|x|[^0-9A-Za-z])*+|[-‐-―−*]+|n/?a",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class TableText:
    """A table: ``grid[row][column]`` is the index of the cell's block, or ``None`` where there is no cell.

    A cell that spans rows or columns stands in each of its places. The first ``header_rows`` rows and
    ``header_columns`` columns are taken for headers: marked as such (``th``, ``thead``), or without figures.
    ``caption`` is the index of the caption's block.
    """

    start: int
    end: int
    caption: int | None
    grid: tuple[tuple[int | None, ...], ...]
    header_rows: int
    header_columns: int

    @property
    def rows(self) -> int:
        return len(self.grid)

    @property
    def columns(self) -> int:
        return len(self.grid[0]) if self.grid else 0


@define(eq=False)
class Cell:
    """A cell while its table is read; ``number`` is that of its block."""

    number: int
    is_header: bool
    row_span: int
    column_span: int
    row: int = 0
    column: int = 0
    text: str = ""


def span_of(value: str | None, *, most: int) -> int:
    """The number of rows or columns that a cell takes, as browsers read the attribute."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", value or "")
    return min(max(int(digits[1]), 1), most) if digits else 1


def row_span(value: str | None) -> int:
    return span_of(value, most=65_534)


def column_span(value: str | None) -> int:
    return span_of(value, most=_MOST_COLUMNS)


@define(eq=False)
class TableBuilder:
    """A table while its rows come in."""

    number: int
    rows: list[list[Cell]] = field(factory=list)
    heads: list[bool] = field(factory=list)
    caption: int | None = None
    first: int | None = None
    last: int = 0

    def begin_row(self, *, in_head: bool) -> None:
        """A row follows."""
        self.rows.append([])
        self.heads.append(in_head)

    def place(self) -> list[list[Cell | None]]:
        """The grid of cells; each cell is told its row and column."""
        places = sum(min(cell.row_span, len(self.rows)) * cell.column_span for row in self.rows for cell in row)
        spans = places <= _MOST_PLACES
        grid: list[list[Cell | None]] = [[] for _ in self.rows]
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while column < len(grid[number]) and grid[number][column] is not None:
                    column += 1
                cell.row, cell.column = number, column
                width = cell.column_span if spans else 1
                height = min(cell.row_span, len(self.rows) - number) if spans else 1
                for line in grid[number : number + height]:
                    line += [None] * (column + width - len(line))
                    line[column : column + width] = [cell] * width
                column += width
        most = max(map(len, grid), default=0)
        for line in grid:
            line += [None] * (most - len(line))
        return grid

    def header_rows(self, grid: list[list[Cell | None]]) -> int:
        """How many rows at the top are headers."""
        count = 0
        for number, line in enumerate(grid):
            cells = [cell for cell in line if cell is not None and cell.text]
            if not (self.heads[number] or all(cell.is_header or not _is_figure(cell.text) for cell in cells)):
                break
            count += 1
        return count if count < len(grid) else sum(self.heads) or _marked(grid)


def header_columns(grid: list[list[Cell | None]], rows: int) -> int:
    """How many columns at the left are headers, below the header rows."""
    count = 0
    for column in range(len(grid[0]) if grid else 0):
        cells = [cell for line in grid[rows:] if (cell := line[column]) is not None and cell.text]
        if not all(cell.is_header or not _is_figure(cell.text) for cell in cells):
            return count
        count += 1
    return 1 if count else 0


def _marked(grid: list[list[Cell | None]]) -> int:
    """Rows at the top made of ``th`` alone, in a table without figures."""
    count = 0
    for line in grid:
        if not all(cell.is_header for cell in line if cell is not None):
            return count
        count += 1
    return min(count, 1)


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_FIGURE.fullmatch(text)) and not _YEAR.fullmatch(text)
