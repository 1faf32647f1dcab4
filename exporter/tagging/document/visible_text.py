"""One walk over the tags of a page that gathers its text, blocks and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import define, evolve, field, frozen

from exporter.tagging.document.layout import (
    BLOCKS,
    BOLD_LEVEL,
    HEADINGS,
    Block,
    Columns,
    HidingRules,
    Kind,
    LayoutCell,
    TableBuilder,
    TableText,
    boldness,
    column_span,
    header_columns,
    row_span,
)
from exporter.tagging.document.source import (
    REFERENCE_OR_BREAK,
    Markup,
    attributes_of,
    is_empty_tag,
    resolve,
    tokens,
    unescape,
)

_NONE, _TAB, _LINE = "", "\t", "\n"
_CELLS: Final = frozenset(("td", "th"))
_KINDS: Final[dict[str, Kind]] = {"li": "list-item", "caption": "caption", **dict.fromkeys(HEADINGS, "heading")}
_LONGEST_HEADING: Final = 250


@frozen
class Gathered:
    """What a page shows; ``extents`` are, for each element, where its text begins and ends (-1: none).

    ``hidden`` are the elements of the body that are not displayed, without those inside them.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[TableText, ...]
    markup: Markup
    columns: Columns
    extents: tuple[list[int], list[int]]
    hidden: list[int]


@define(eq=False)
class _Open:
    """An element that is open."""

    number: int
    name: str
    hidden: bool
    bold: bool
    kept: bool  # white space counts
    kind: Kind | None
    cell: LayoutCell | None = None
    table: TableBuilder | None = None


@define(eq=False)
class _Record:
    """A block in the making, in the order in which blocks begin."""

    start: int
    end: int
    kind: Kind
    table: int | None
    level: int | None = None
    cell: LayoutCell | None = None


def gather(source: str, sheets: Iterable[str] = ()) -> Gathered:
    """The text, blocks and tables of well-formed XHTML with those style sheets."""
    return _Gatherer(source).run(sheets)


@define(eq=False)
class _Gatherer:
    _source: str
    _markup: Markup = field(factory=Markup)
    _columns: Columns = field(factory=Columns)
    _pieces: list[str] = field(factory=list)
    _length: int = 0
    _pending: str = _NONE
    _fresh: bool = True  # nothing has been seen since the line, or the cell, began
    _held: list[tuple[int, int, int, bool]] = field(factory=list)
    _stack: list[_Open] = field(factory=list)
    _first: list[int] = field(factory=list)
    _last: list[int] = field(factory=list)
    _waiting: list[int] = field(factory=list)
    _ink: int = 0
    _records: list[_Record] = field(factory=list)
    _line: _Record | None = None
    _line_bold: bool = True
    _tables: list[TableBuilder] = field(factory=list)
    _open_tables: list[TableBuilder] = field(factory=list)
    _styles: HidingRules = field(factory=HidingRules)
    _hidden: list[int] = field(factory=list)

    def run(self, sheets: Iterable[str]) -> Gathered:
        for sheet in sheets:
            self._styles.add(sheet)
        at = 0
        for match in tokens(self._source):
            if match.start() > at and self._stack:
                self._add_text(at, match.start())
            at = match.end()
            if match["start"] is not None:
                self._start(match)
            elif match["end"] is not None:
                self._end(match.start(), match.end())
            elif match[0].startswith("<![CDATA[") and self._stack:
                self._add_text(match.start() + 9, match.end() - 3, sealed=True)
        text = "".join(self._pieces)
        return self._finish(text)

    def _start(self, match: re.Match[str]) -> None:
        above = self._stack[-1] if self._stack else None
        number = self._markup.open(match, above.number if above else -1)
        self._first.append(-1)
        self._last.append(-1)
        name = match["start"]
        written = match["attributes"]
        attributes = attributes_of(written) if written else {}
        hidden = (above is not None and above.hidden) or self._styles.hides(name, attributes)
        bold = boldness(name, attributes)
        element = _Open(
            number,
            name,
            hidden,
            (above.bold if above else False) if bold is None else bold,
            name == "pre" or (above is not None and above.kept),
            _KINDS.get(name, above.kind if above and name not in _CELLS and name != "table" else None),
        )
        self._stack.append(element)
        if hidden and not (above is not None and above.hidden) and name != "head":
            self._hidden.append(number)
        if not hidden:
            self._begin(element, attributes)
            self._waiting.append(number)
        if is_empty_tag(match):
            self._end(match.end(), match.end())

    def _begin(self, element: _Open, attributes: dict[str, str]) -> None:
        name = element.name
        if name == "br":
            self._wrap()
            return
        if name not in BLOCKS:
            return
        self._end_line()
        if name == "table":
            element.table = TableBuilder(len(self._tables))
            self._tables.append(element.table)
            self._open_tables.append(element.table)
        elif self._open_tables and name == "tr":
            self._open_tables[-1].begin_row(in_head=any(above.name == "thead" for above in self._stack[-3:]))
        elif self._open_tables and name in _CELLS:
            self._begin_cell(element, attributes)

    def _begin_cell(self, element: _Open, attributes: dict[str, str]) -> None:
        table = self._open_tables[-1]
        if not table.rows:
            table.begin_row(in_head=False)
        row = table.rows[-1]
        if not row:
            self._pending = _LINE
        else:  # a tab for every cell, seen or not
            before = self._records[row[-1].number]
            self._pending = _TAB if before.end > before.start else self._pending + _TAB
        self._fresh = True
        element.cell = LayoutCell(
            len(self._records),
            element.name == "th",
            row_span(attributes.get("rowspan")),
            column_span(attributes.get("colspan")),
        )
        table.rows[-1].append(element.cell)
        self._records.append(_Record(-1, -1, "cell", table.number, cell=element.cell))

    def _end(self, closes: int, ends: int) -> None:
        element = self._stack.pop()
        self._markup.closes[element.number] = closes
        self._markup.ends[element.number] = ends
        if element.hidden:
            return
        if self._waiting and self._waiting[-1] == element.number:
            self._waiting.pop()
        if self._first[element.number] >= 0:
            self._last[element.number] = self._ink
        if element.name not in BLOCKS:
            return
        self._end_line()
        if element.cell is not None:
            record = self._records[element.cell.number]
            record.start, record.end = self._first[element.number], self._last[element.number]
            if record.start < 0:
                record.start = record.end = self._length
        if element.name == "tr":
            self._pending, self._fresh = _LINE, True
        if element.table is not None:
            self._open_tables.pop()

    def _wrap(self) -> None:
        """A line ends where text has been seen in it."""
        self._held.clear()
        if not self._fresh:
            self._pending, self._fresh = _LINE, True

    def _end_line(self) -> None:
        self._wrap()
        line = self._line
        if line is None:
            return
        line.end = self._ink
        short = line.end - line.start <= _LONGEST_HEADING
        if line.kind == "paragraph" and self._line_bold and short and not self._open_tables:
            line.kind, line.level = "heading", BOLD_LEVEL
        self._line = None

    def _add_text(self, start: int, end: int, *, sealed: bool = False) -> None:
        above = self._stack[-1]
        if above.hidden:
            return
        chunk = self._source[start:end]
        if (chunk.isspace() or not unescape(chunk).strip()) and not (above.kept and not self._fresh):
            if not self._fresh:
                self._held.append((start, end, above.number, sealed))
            return
        if self._pending and self._length:
            self._pieces.append(self._pending)
            self._length += len(self._pending)
        self._pending = _NONE
        for held in self._held:
            self._emit(*held)
        self._held.clear()
        before = self._length
        plain = self._emit(start, end, above.number, sealed)
        self._see(above, before, plain)

    def _see(self, above: _Open, before: int, plain: str) -> None:
        """Note where text that is not blank begins and ends."""
        bare = plain.strip()
        if not bare:
            return
        first = before + len(plain) - len(plain.lstrip())
        self._ink = before + len(plain.rstrip())
        for number in self._waiting:
            self._first[number] = first
        self._waiting.clear()
        if self._line is None:
            self._line = _Record(first, -1, above.kind or "paragraph", self._table_number())
            if self._line.kind == "heading":
                self._line.level = next(
                    HEADINGS[element.name] for element in reversed(self._stack) if element.name in HEADINGS
                )
            if self._line.kind == "caption" and self._open_tables:
                self._open_tables[-1].caption = len(self._records)
            self._records.append(self._line)
            self._line_bold = True
        self._line_bold = self._line_bold and above.bold
        self._fresh = False

    def _table_number(self) -> int | None:
        return self._open_tables[-1].number if self._open_tables else None

    def _emit(self, start: int, end: int, element: int, sealed: bool) -> str:
        """The characters of a piece of source become text."""
        source, columns = self._source, self._columns
        if sealed:
            columns.sealed[len(columns.texts)] = (start - 9, end + 3)
        begin, at = self._length, start
        pieces = []
        if not sealed and (source.find("&", start, end) >= 0 or source.find("\r", start, end) >= 0):
            for match in REFERENCE_OR_BREAK.finditer(source, start, end):
                if match.start() > at:
                    pieces.append(self._stretch(at, match.start(), source[at : match.start()], element))
                pieces.append(self._stretch(match.start(), match.end(), resolve(match[0]), element))
                at = match.end()
        if at < end:
            pieces.append(self._stretch(at, end, source[at:end], element))
        plain = "".join(pieces)
        self._pieces.append(plain)
        assert self._length == begin + len(plain)
        return plain

    def _stretch(self, start: int, end: int, plain: str, element: int) -> str:
        columns = self._columns
        columns.texts.append(self._length)
        columns.lengths.append(len(plain))
        columns.starts.append(start)
        columns.ends.append(end)
        columns.elements.append(element)
        self._length += len(plain)
        return plain

    def _finish(self, text: str) -> Gathered:
        for record in self._records:
            if record.cell is not None:
                record.cell.text = " ".join(text[record.start : record.end].split())
        grids = [table.place() for table in self._tables]
        kept, places = self._kept()
        tables = tuple(self._table(table, grid, places) for table, grid in zip(self._tables, grids, strict=True))
        blocks = tuple(map(_block, kept))
        return Gathered(text, blocks, tables, self._markup, self._columns, (self._first, self._last), self._hidden)

    def _kept(self) -> tuple[list[_Record], dict[int, int]]:
        """The blocks, without those that are all of their cell; and where each record has gone."""
        kept: list[_Record] = []
        places: dict[int, int] = {}
        cell: _Record | None = None
        for number, record in enumerate(self._records):
            if record.cell is not None:
                cell = record
            elif cell is not None and (record.start, record.end) == (cell.start, cell.end):
                continue
            places[number] = len(kept)
            kept.append(record)
        return kept, places

    def _table(self, table: TableBuilder, grid: list[list[LayoutCell | None]], places: dict[int, int]) -> TableText:
        rows = table.header_rows(grid)
        numbers = tuple(tuple(None if cell is None else places[cell.number] for cell in line) for line in grid)
        records = [self._records[cell.number] for line in table.rows for cell in line]
        inked = [record for record in records if record.end > record.start]
        start = min((record.start for record in inked), default=0)
        end = max((record.end for record in inked), default=start)
        caption = None if table.caption is None else places.get(table.caption)
        return TableText(
            start=start,
            end=end,
            caption=caption,
            grid=numbers,
            header_rows=rows,
            header_columns=header_columns(grid, rows),
        )


def _block(record: _Record) -> Block:
    block = Block(start=record.start, end=record.end, kind=record.kind, level=record.level, table=record.table)
    cell = record.cell
    if cell is None:
        return block
    return evolve(block, row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span)
