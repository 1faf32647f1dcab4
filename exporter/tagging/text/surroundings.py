"""What surrounds each place of a document: the sentence, the heads of its row and column, the headings above."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Final

from attrs import define, field, frozen

from exporter.items.values.currencies import currencies_named
from exporter.items.values.heads import HeadReader, head_reader
from exporter.items.values.languages import DecimalMark, fold_word
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind, find_values, fold
from exporter.items.values.printed_words import either, printed_words
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.layout import Block
from exporter.tagging.text.dates import NamedPeriod, find_named_periods, resolve_named_periods
from exporter.tagging.text.lexicon import CHANGE_HEADS, INDEX_HEADS
from exporter.tagging.text.words import Phrasebook, Term, find_terms

_END: Final = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\bCorp)(?<!\bvs)(?<![. ][A-Z])"
    r"[.!?][)\"”’]*\s+(?=[A-Z“\"(0-9¥$])|[。！？]"
)
_CLOSED: Final = re.compile(r"[.!?:;。：；][)\"”’]*$")
_GOES_ON: Final = re.compile(
    r"[ \u00a0](?!(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|Plc|PLC|LLC|AG|SE|SA|NV|KK|K\.K)\b)[A-Z][A-Za-z]+"
)
_PERCENT_CELL: Final = re.compile(r"[ \u00a0]*\t[ \u00a0]*\)?[%％](?![^\t\n])")
_SIGN_CELL: Final = re.compile(
    r"(?:^|[\t\n])[ \u00a0]*((?:[A-Za-z]{1,3}\.?)?[$€£¥₩₹]|[A-Z]{3})[ \u00a0]*\t[\t \u00a0(]*$"
)
_SIGN_REACH: Final = 24
_MARK: Final = re.compile(r"[\s(]*[0-9a-z*†‡]{1,2}(?:[\s,;]+[0-9a-z*†‡]{1,2})*[\s)]*")
_RAISED: Final = re.compile(r"vertical-align\s*:\s*(?:super|text-top)|position\s*:\s*relative;?\s*(?:top|bottom)", re.I)
UNKNOWN: Final = "?"
"""What the keys of names begin with that no fact has."""
MEMBER: Final = "="
"""What the axis in a key ends with where its values are members with labels, not names."""
_INTRODUCTION: Final = 2  # sentences before a table that speak of it
_MOST_BLOCKS: Final = 7  # that are looked at for them
_SHORT: Final = 24  # characters of a line that is no sentence: "(in thousands)"
_FURNITURE: Final = re.compile(
    r"[\s\u00a0]*+(?:[-–]?\s?(?:F-)?[0-9]{1,4}\s?[-–]?|(?:back to )?table of contents|目次)?[\s\u00a0]*+", re.I
)
_HEAD_LETTERS: Final = 8  # letters of a cell at the left that is a head in spite of a number in it
_LONGEST_HEAD: Final = 200  # characters of a cell that is a head and no text


@frozen
class CellPlace:
    """A cell: its table, row and column."""

    table: int
    row: int
    column: int


@define(eq=False)
class Surroundings:
    """What stands round each place of a document; computed once for each sentence, row and column.

    ``language`` is that of the document, which is read beside English and Japanese. ``text`` is the document's with
    characters folded, line breaks of the source and footnote marks that are set above a figure as blanks, offset for
    offset.
    """

    document: DocumentText
    names: Phrasebook
    decimal_mark: DecimalMark = "."
    language: str | None = None
    text: str = field(init=False)
    leaves: tuple[Block, ...] = field(init=False)
    surfaces: tuple[PrintedValue, ...] = field(init=False)
    _leaf_starts: list[int] = field(init=False)
    _sentences: list[Span] = field(init=False)
    _sentence_starts: list[int] = field(init=False)
    _terms: dict[int, tuple[Term, ...]] = field(factory=dict)
    _row_heads: dict[tuple[int, int], str] = field(factory=dict)
    _column_heads: dict[tuple[int, int, int], str] = field(factory=dict)
    _phrase_periods: dict[str, tuple[NamedPeriod, ...]] = field(factory=dict)
    _phrase_names: dict[str, frozenset[str]] = field(factory=dict)
    _figures: dict[int, bool] = field(factory=dict)
    _runs: dict[int, list[tuple[int, int]]] = field(factory=dict)
    _introductions: dict[int, str] = field(factory=dict)
    _table_texts: dict[int, tuple[str, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.leaves = tuple(_leaves(self.document.blocks))
        self.text = _flowing(_without_marks(fold(self.document.text), self.document), self.leaves)
        values = find_values(self.text, decimal_mark=self.decimal_mark, language=self.language)
        surfaces = (*values, *find_dashes(self.text, self.leaves, language=self.language))
        self.surfaces = tuple(sorted(surfaces, key=lambda surface: (surface.span.start, -surface.span.end)))
        self._leaf_starts = [block.start for block in self.leaves]
        self._sentences = list(self._find_sentences())
        self._sentence_starts = [span.start for span in self._sentences]

    @property
    def heads(self) -> HeadReader:
        """What reads the units in the heads of tables."""
        return head_reader(self.language)

    # --- blocks and sentences -------------------------------------------------------------------------------------

    def leaf_at(self, offset: int) -> Block | None:
        """The innermost block round a character."""
        number = bisect_right(self._leaf_starts, offset) - 1
        if number < 0 or offset >= self.leaves[number].end:
            return None
        return self.leaves[number]

    def leaf_number(self, offset: int) -> int:
        return max(0, bisect_right(self._leaf_starts, offset) - 1)

    def sentence_number(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence(self, number: int) -> Span:
        return self._sentences[number]

    @property
    def sentence_count(self) -> int:
        return len(self._sentences)

    def _find_sentences(self) -> Iterator[Span]:
        start: int | None = None
        for number, block in enumerate(self.leaves):
            if block.start == block.end:
                continue
            start = block.start if start is None else start
            for match in _END.finditer(self.text, block.start, block.end):
                if match.end() > start and not self._is_abbreviation(match):
                    yield Span(start, match.end())
                    start = match.end()
            if start < block.end and not self._runs_on(number):
                yield Span(start, block.end)
                start = None
            elif start >= block.end:
                start = None

    def _is_abbreviation(self, match: re.Match[str]) -> bool:
        """Whether a full stop belongs to the word before it: "31. Dezember", "34,4 Mio. Euro"."""
        further = printed_words(self.language).further
        if further is None or match[0][0] != ".":
            return False
        before = re.split(r"[\s(]", self.text[max(0, match.start() - _SHORT) : match.start()])[-1]
        follower = re.match(r"[^\W\d_]+", self.text[match.end() : match.end() + _SHORT])
        if before.isdigit() and follower is not None and "." in further.ordinals:
            return fold_word(follower[0]) in further.month_numbers
        return any(f"{before}." in words for words in further.scales.values())

    def _runs_on(self, number: int) -> bool:
        """Whether a paragraph breaks off within a sentence that the next one goes on with (a page break)."""
        block = self.leaves[number]
        if block.kind != "paragraph" or number + 1 == len(self.leaves) or self.leaves[number + 1].kind != "paragraph":
            return False
        words = self.text[block.start : block.end]
        return len(words) > 60 and not _CLOSED.search(words)

    def terms(self, sentence: int) -> tuple[Term, ...]:
        """The terms of a sentence with their places."""
        known = self._terms.get(sentence)
        if known is None:
            span = self._sentences[sentence]
            known = self._terms[sentence] = tuple(find_terms(self.text, span.start, span.end))
        return known

    def block_text(self, offset: int) -> str:
        block = self.leaf_at(offset)
        return self.text[block.start : block.end] if block else ""

    def headings(self, offset: int) -> tuple[str, ...]:
        """The headings above a place, without the one it stands in."""
        block = self.leaf_at(offset)
        at = block.start if block else offset
        headings = self.document.headings_at(at)
        return headings[:-1] if block is not None and block.kind == "heading" else headings

    # --- mentions -------------------------------------------------------------------------------------------------

    @cached_property
    def named_periods(self) -> tuple[NamedPeriod, ...]:
        """All periods that the text names, in reading order."""
        return find_named_periods(self.text, self.language)

    @cached_property
    def _period_starts(self) -> list[int]:
        return [named_period.start for named_period in self.named_periods]

    def periods_in(self, span: Span) -> tuple[NamedPeriod, ...]:
        first = bisect_right(self._period_starts, span.start - 1)
        last = bisect_right(self._period_starts, span.end - 1)
        return self.named_periods[first:last]

    def periods_of_phrase(self, phrase: str) -> tuple[NamedPeriod, ...]:
        """The periods named in the heads of a row or column, parts of dates joined."""
        known = self._phrase_periods.get(phrase)
        if known is None:
            known = self._phrase_periods[phrase] = resolve_named_periods(phrase, self.language)
        return known

    @cached_property
    def named(self) -> tuple[tuple[str, Span], ...]:
        """Where the names that tell facts apart stand: the key of each and its place."""
        return tuple(_whole_names(self.text, self.names))

    @cached_property
    def _named_starts(self) -> list[int]:
        return [span.start for _, span in self.named]

    def named_in(self, span: Span) -> tuple[tuple[str, Span], ...]:
        first = bisect_right(self._named_starts, span.start - 1)
        last = bisect_right(self._named_starts, span.end - 1)
        return self.named[first:last]

    def named_in_phrase(self, phrase: str) -> frozenset[str]:
        known = self._phrase_names.get(phrase)
        if known is None:
            known = self._phrase_names[phrase] = frozenset(key for key, _ in _whole_names(phrase, self.names))
        return known

    # --- tables ---------------------------------------------------------------------------------------------------

    def cell_at(self, offset: int) -> CellPlace | None:
        """The cell that a character stands in."""
        number = self.document.block_at(offset)
        while number is not None and number >= 0:
            block = self.document.blocks[number]
            if block.kind == "cell" and block.start <= offset < block.end and block.table is not None:
                return CellPlace(block.table, block.row or 0, block.column or 0)
            if block.table is None:
                return None
            number -= 1
        return None

    def _cell_text(self, table: int, row: int, column: int) -> str:
        number = self.document.tables[table].grid[row][column]
        if number is None:
            return ""
        block = self.document.blocks[number]
        return self.text[block.start : block.end].strip()

    def _row_cells(self, table: int, row: int) -> list[int]:
        """The blocks of a row, each once."""
        return list(dict.fromkeys(number for number in self.document.tables[table].grid[row] if number is not None))

    def _is_figure(self, number: int) -> bool:
        """Whether a cell holds a figure (not only dates, years, words)."""
        known = self._figures.get(number)
        if known is None:
            block = self.document.blocks[number]
            known = self._figures[number] = self._holds_figure(block)
        return known

    def _holds_figure(self, block: Block) -> bool:
        if block.end - block.start > _LONGEST_HEAD:
            return False
        text = self.text[block.start : block.end].strip()
        if text in ("-", "—", "–", "―", "*"):
            return True
        letters = sum(character.isalpha() for character in text)
        if block.column == 0 and letters >= _HEAD_LETTERS and text[-1].isalpha():
            return False  # "4.875% Senior Notes" begins a row
        return any(
            surface.kind is SurfaceKind.NUMBER
            and not surface.attached
            and not (surface.parenthesised and surface.figures < 2 and letters)
            and (letters < 12 or len(surface.text) * 2 > letters)
            for surface in self.surfaces_in(block.start, block.end)
        )

    @cached_property
    def _surface_starts(self) -> list[int]:
        return [surface.span.start for surface in self.surfaces]

    def surfaces_in(self, start: int, end: int) -> tuple[PrintedValue, ...]:
        first = bisect_right(self._surface_starts, start - 1)
        last = bisect_right(self._surface_starts, end - 1)
        return self.surfaces[first:last]

    def _is_head_row(self, table: int, row: int) -> bool:
        cells = [number for number in self._row_cells(table, row) if self._block_text(number)]
        return row < self.document.tables[table].header_rows or not any(self._is_figure(number) for number in cells)

    def _block_text(self, number: int) -> str:
        block = self.document.blocks[number]
        return self.text[block.start : block.end].strip()

    def row_head(self, place: CellPlace) -> str:
        """The words that say what a row is about: those of the section above it, then its own."""
        key = (place.table, place.row)
        known = self._row_heads.get(key)
        if known is None:
            own = self._own_row_head(place)
            section = self._section(place.table, place.row)
            known = self._row_heads[key] = " ".join(part for part in (section, own) if part)
        return known

    def row_words(self, place: CellPlace) -> tuple[str, str]:
        """The words of the section above a row, and the row's own."""
        return self._section(place.table, place.row), self._own_row_head(place)

    def stands_in_body(self, place: CellPlace) -> bool:
        """Whether a cell is a figure of the table, not a head with a number in its words."""
        number = self.document.tables[place.table].grid[place.row][place.column]
        return number is not None and self._is_figure(number)

    def _own_row_head(self, place: CellPlace) -> str:
        texts: list[str] = []
        for number in self._row_cells(place.table, place.row):
            block = self.document.blocks[number]
            if self._is_figure(number):
                break
            if text := self.text[block.start : min(block.end, block.start + _LONGEST_HEAD)].strip():
                texts.append(text)
        return " ".join(texts)

    def _section(self, table: int, row: int) -> str:
        """The nearest row above that has one text alone, at the left; with those directly above it that do as well."""
        texts: list[str] = []
        for above in range(row - 1, -1, -1):
            cells = [number for number in self._row_cells(table, above) if self._block_text(number)]
            if len(cells) == 1 and not self._is_figure(cells[0]) and self.document.blocks[cells[0]].column == 0:
                texts.append(self._block_text(cells[0]))
            elif texts or (len(cells) > 1 and self._is_head_row(table, above)):
                break
        return " ".join(reversed(texts))

    def column_head(self, place: CellPlace) -> str:
        """The words above a column: the head rows nearest above the cell."""
        key = (place.table, place.row, place.column)
        known = self._column_heads.get(key)
        if known is None:
            first, last = self._head_rows(place.table, place.row)
            texts = (self._cell_text(place.table, row, place.column) for row in range(first, last))
            known = " ".join(dict.fromkeys(text for text in texts if text))
            self._column_heads[key] = known
        return known

    def _head_rows(self, table: int, row: int) -> tuple[int, int]:
        """The rows that are heads for a row: the last run of head rows above it with more than one cell."""
        tops, top = self._head_runs(table), (0, 0)
        for run in tops:
            if run[1] <= row:
                top = run
        return top

    def _head_runs(self, table: int) -> list[tuple[int, int]]:
        known = self._runs.get(table)
        if known is None:
            known = self._runs[table] = list(self._find_head_runs(table))
        return known

    def _find_head_runs(self, table: int) -> Iterator[tuple[int, int]]:
        start: int | None = None
        grid = self.document.tables[table].grid
        for row in range(len(grid) + 1):
            if row < len(grid) and self._is_head_row(table, row):
                start = row if start is None else start
                continue
            if start is not None and self._heads_columns(table, start, row):
                yield start, row
            start = None

    def _heads_columns(self, table: int, first: int, last: int) -> bool:
        """Whether one of the rows has words over the columns, not only at the left (the title of a section)."""
        if first < self.document.tables[table].header_rows:
            return True
        grid = self.document.tables[table].grid
        return any(
            len({number for number in grid[row][1:] if number is not None and self._block_text(number)}) > 1
            for row in range(first, last)
        )

    def percent_follows(self, offset: int) -> bool:
        """Whether the cell behind the one that ends there holds a percent sign alone."""
        return bool(_PERCENT_CELL.match(self.text, offset))

    def sign_before(self, offset: int) -> frozenset[str]:
        """The currencies of a sign that stands alone in the cell before the one that begins there."""
        match = _SIGN_CELL.search(self.text, max(0, offset - _SIGN_REACH), offset)
        return frozenset(currencies_named(match[1])) if match else frozenset()

    def stands_in_columns(self, place: CellPlace) -> bool:
        """Whether a cell is one below the heads of columns and beside the head of a row."""
        table = self.document.tables[place.table]
        return place.column > 0 and place.row >= table.header_rows and bool(self._cell_text(place.table, place.row, 0))

    def is_index(self, place: CellPlace) -> bool:
        """Whether a cell stands in a column of notes or pages."""
        return bool(INDEX_HEADS.fullmatch(self.column_head(place)))

    def is_change(self, place: CellPlace) -> bool:
        """Whether a cell stands in a column of changes between other columns."""
        return bool(CHANGE_HEADS.fullmatch(self.column_head(place).strip()))

    def table_words(self, table: int) -> str:
        """The caption of a table and the blocks just before it that are no part of another table."""
        known = self._introductions.get(table)
        if known is None:
            texts = (*self._introduce(table), *self.table_heads(table))
            known = self._introductions[table] = " ".join(texts)
        return known

    def table_texts(self, table: int) -> tuple[str, ...]:
        """What may declare the units of a table, the nearest first: heads, caption, the text above, its headings."""
        known = self._table_texts.get(table)
        if known is None:
            headings = self.document.headings_at(self.document.tables[table].start)
            texts = (*self.table_heads(table), *self._introduce(table), *reversed(headings))
            known = self._table_texts[table] = texts
        return known

    def table_heads(self, table: int) -> tuple[str, ...]:
        """The heads of a table that stand over no single column: rows of one cell, and the corner."""
        return tuple(self._find_table_heads(table))

    def _find_table_heads(self, table: int) -> Iterator[str]:
        grid_table = self.document.tables[table]
        for row in range(min(grid_table.header_rows, len(grid_table.grid))):
            cells = [row_cell for row_cell in self._row_cells(table, row) if self._block_text(row_cell)]
            if len(cells) == 1:
                yield self._block_text(cells[0])
            elif (corner := grid_table.grid[row][0]) is not None and (text := self._block_text(corner)):
                yield text

    def _introduce(self, table: int) -> Iterator[str]:
        grid_table = self.document.tables[table]
        if grid_table.caption is not None:
            yield self._block_text(grid_table.caption)
        number = bisect_right(self._leaf_starts, grid_table.end) - 1
        while number >= 0 and (self.leaves[number].start >= grid_table.start or self.leaves[number].table == table):
            number -= 1
        long_texts = 0
        for block in reversed(self.leaves[max(0, number - _MOST_BLOCKS + 1) : number + 1]):
            if block.kind == "cell" or long_texts == _INTRODUCTION:
                break
            text = self.text[block.start : block.end]
            if not _FURNITURE.fullmatch(text):
                long_texts += len(text) > _SHORT
                yield text


def find_dashes(text: str, blocks: Iterable[Block], *, language: str | None = None) -> Iterator[PrintedValue]:
    """Cells that hold a dash and nothing else but a currency: it may stand for zero, or for nothing."""
    words = printed_words(language)
    none = either(word for known in words.languages for word in known.none)
    dash = re.compile(rf"\s*+(?P<currency>(?:[A-Z]{{1,3}}\.?)?[$¥€£])?\s*+(?P<dash>[-—―]{{1,3}}|(?i:{none}))\s*+")
    for block in blocks:
        match = dash.fullmatch(text, block.start, block.end) if block.kind == "cell" else None
        if match is not None:
            yield PrintedValue(
                kind=SurfaceKind.DASH,
                span=Span(*match.span("dash")),
                outer=Span(block.start, block.end),
                text=match["dash"],
                value=Decimal(0),
                currencies=words.currencies(match["currency"]) if match["currency"] else (),
            )


def _whole_names(text: str, names: Phrasebook) -> Iterator[tuple[str, Span]]:
    """The names in a text. What a word in capitals goes on is another name: "NTT Data" names one that is not known."""
    for key, span in names.find(text):
        longer = _GOES_ON.match(text, span.end)
        if longer is None:
            yield key, span
        elif not key.partition("\n")[0].endswith(MEMBER):
            yield f"{UNKNOWN}\n{text[span.start : longer.end()]}", Span(span.start, longer.end())


def _without_marks(text: str, document: DocumentText) -> str:
    """The text with footnote marks set above a figure as blanks: "64.2³" is no 64.23."""
    markup = document.markup
    pieces: list[str] = []
    place = 0
    for number, name in enumerate(markup.names):
        if name != "sup" and not (name in ("span", "font") and _RAISED.search(markup.attribute(number, "style") or "")):
            continue
        span = document.extent(number)
        if (
            span is None
            or span.start < max(place, 1)
            or not (text[span.start - 1].isdigit() or text[span.start - 1] in "%)")
        ):
            continue
        if _MARK.fullmatch(text, span.start, span.end) and any(map(str.isdigit, text[span.start : span.end])):
            pieces += (text[place : span.start], " " * len(span))
            place = span.end
    return "".join((*pieces, text[place:])) if pieces else text


def _leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        follower = blocks[number + 1] if number + 1 < len(blocks) else None
        if follower is None or not (block.start <= follower.start < block.end):
            yield block


def _flowing(text: str, leaves: tuple[Block, ...]) -> str:
    """The text with the white space inside a block as blanks; breaks stand between blocks only."""
    if not re.search(r"[\n\r\t\f]", text):
        return text
    pieces: list[str] = []
    place = 0
    breaks = {10: " ", 13: " ", 9: " ", 12: " "}
    for block in leaves:
        if block.start >= place:
            pieces.append(text[place : block.start])
            pieces.append(text[block.start : block.end].translate(breaks))
            place = block.end
    pieces.append(text[place:])
    return "".join(pieces)
