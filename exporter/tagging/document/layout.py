"""Tables as grids: which cell stands in which row and column, spans resolved, and what is a header.

What of a page its reader sees, and which elements begin a new line.

The stretches of a page that stand by themselves, and where its characters come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

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
class LayoutCell:
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
    rows: list[list[LayoutCell]] = field(factory=list)
    heads: list[bool] = field(factory=list)
    caption: int | None = None
    first: int | None = None
    last: int = 0

    def begin_row(self, *, in_head: bool) -> None:
        """A row follows."""
        self.rows.append([])
        self.heads.append(in_head)

    def place(self) -> list[list[LayoutCell | None]]:
        """The grid of cells; each cell gets its row and column."""
        places = sum(min(cell.row_span, len(self.rows)) * cell.column_span for row in self.rows for cell in row)
        spans = places <= _MOST_PLACES
        grid: list[list[LayoutCell | None]] = [[] for _ in self.rows]
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

    def header_rows(self, grid: list[list[LayoutCell | None]]) -> int:
        """How many rows at the top are headers."""
        count = 0
        for number, line in enumerate(grid):
            cells = [cell for cell in line if cell is not None and cell.text]
            if not (self.heads[number] or all(cell.is_header or not _is_figure(cell.text) for cell in cells)):
                break
            count += 1
        return count if count < len(grid) else sum(self.heads) or _marked(grid)


def header_columns(grid: list[list[LayoutCell | None]], rows: int) -> int:
    """How many columns at the left are headers, below the header rows."""
    count = 0
    for column in range(len(grid[0]) if grid else 0):
        cells = [cell for line in grid[rows:] if (cell := line[column]) is not None and cell.text]
        if not all(cell.is_header or not _is_figure(cell.text) for cell in cells):
            return count
        count += 1
    return 1 if count else 0


def _marked(grid: list[list[LayoutCell | None]]) -> int:
    """Rows at the top made of ``th`` alone, in a table without figures."""
    count = 0
    for line in grid:
        if not all(cell.is_header for cell in line if cell is not None):
            return count
        count += 1
    return min(count, 1)


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_FIGURE.fullmatch(text)) and not _YEAR.fullmatch(text)


UNSEEN: Final = frozenset(
    ("head", "script", "style", "template", "noscript", "title", "textarea", "select", "iframe", "object", "audio")
)
BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
        ),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
HEADINGS: Final[Mapping[str, int]] = {f"h{level}": level for level in range(1, 7)}
BOLD_LEVEL: Final = 7
"""The level of a short paragraph that is all in bold: below every heading that is marked as one."""

_HIDING: Final = re.compile(r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_WEIGHTS: Final = {"bold": True, "bolder": True, "600": True, "700": True, "800": True, "900": True} | dict.fromkeys(
    ("normal", "lighter", "100", "200", "300", "400", "500"), False
)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CONDITIONAL: Final = re.compile(r"@[^@{};]*+\{(?:[^@{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_SIMPLE: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)?(?:([.#])([A-Za-z_-][\w-]*))?")


def rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules of a style sheet, without those under a condition."""
    for rule in _CONDITIONAL.sub("", _COMMENT.sub("", sheet)).split("}"):
        selectors, brace, declarations = rule.partition("{")
        if brace:
            yield selectors, declarations


@define
class HidingRules:
    """What the style rules of a page hide: by element, class and id, where the selector is as simple as that."""

    classes: set[tuple[str, str]] = field(factory=set)
    ids: set[tuple[str, str]] = field(factory=set)
    names: set[str] = field(factory=set)

    def add(self, sheet: str) -> None:
        """Take the rules of a style sheet; those under a condition (``@media``) are left out."""
        for selectors, declarations in rules_of(sheet):
            if _HIDING.search(declarations):
                for selector in selectors.split(","):
                    self._add(selector.strip())

    def _add(self, selector: str) -> None:
        match = _SIMPLE.fullmatch(selector)
        if match is None or not selector:
            return
        name, kind, value = match.groups()
        if kind is None:
            self.names.add(name)
        else:
            (self.classes if kind == "." else self.ids).add((name or "", value))

    def hides(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is not shown, by its attributes or by a rule."""
        if name in UNSEEN or name in self.names:
            return True
        if not attributes:
            return False
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
            return True
        if self.classes and "class" in attributes:
            worn = attributes["class"].split()
            if any((owner, class_name) in self.classes for class_name in worn for owner in ("", name)):
                return True
        return bool(self.ids) and any((owner, attributes.get("id", "")) in self.ids for owner in ("", name))


def boldness(name: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether an element makes its text bold or not; ``None`` where it leaves it as it is."""
    style = attributes.get("style", "").lower()
    if "font" in style and (weight := _weight(style)) is not None:
        return weight
    return True if name in ("b", "strong", "th") or name in HEADINGS else None


def _weight(style: str) -> bool | None:
    """What the last declaration of a weight says; ``font`` without a weight makes it normal."""
    is_bold: bool | None = None
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name == "font-weight":
            is_bold = _WEIGHTS.get(value.split("!")[0].strip(), is_bold)
        elif name == "font":
            is_bold = any(_WEIGHTS.get(word, False) for word in value.split())
    return is_bold


Kind = Literal["heading", "paragraph", "list-item", "cell", "caption"]


@frozen(kw_only=True)
class Block:
    """A stretch of text that stands by itself, from its first to its last character that is not blank.

    ``level`` is that of a heading: 1 to 6 as marked, 7 for a short paragraph all in bold. ``table`` is the index of the
    innermost table around it; cells have their place in its grid. A cell that holds more than one block is followed by
    them. Only cells can be empty (``start == end``).
    """

    start: int
    end: int
    kind: Kind
    level: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1


@define(eq=False)
class Columns:
    """The stretches of text by their offsets: the k-th begins at ``texts[k]``, is ``lengths[k]`` characters long.

    It comes from ``starts[k]`` to ``ends[k]`` of the XHTML, in the element ``elements[k]``. A stretch of one character
    may come from more of them (a reference); all else is character for character. ``sealed`` has the bounds of CDATA
    sections, by the number of a stretch.
    """

    texts: list[int] = field(factory=list)
    lengths: list[int] = field(factory=list)
    starts: list[int] = field(factory=list)
    ends: list[int] = field(factory=list)
    elements: list[int] = field(factory=list)
    sealed: dict[int, tuple[int, int]] = field(factory=dict)
