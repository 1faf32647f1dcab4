"""The nouns of a readable page: headings, paragraphs, tables, cover entries, notes, and the places where facts stand.

A page says what a reader sees and in which order; it knows neither report items nor how a fact is tagged. Facts and
footnotes are named by their ids in the report. Sequences of blocks and rows may be iterators that give them but once,
so that a long page is written while it is laid out.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TypeAlias

from attrs import field, frozen

from exporter.model.qname import QName
from exporter.transformations.display import Style


def _ids(ids: str | Iterable[str]) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else tuple(ids)


def _content(flow: Flow) -> Content:
    if isinstance(flow, str):
        return (PageText(flow),) if flow else ()
    if isinstance(flow, PageText | FactPlace | HiddenLink | NoteMark | CrossReference | LineBreak):
        return (flow,)
    return tuple([PageText(part) if isinstance(part, str) else part for part in flow])


def _contents(flows: Iterable[Flow]) -> tuple[Content, ...]:
    return tuple(map(_content, flows))


@frozen
class PageText:
    """Words in the page's language, and the same in its second language where it has one.

    ``notes`` are footnotes marked right behind the words.
    """

    text: str
    second: str | None = None
    emphasis: bool = field(default=False, kw_only=True)
    notes: tuple[str, ...] = field(default=(), converter=_ids, kw_only=True)


@frozen
class Within:
    """The piece of another text fact, from character to character, in which a place stands: tagged round it.

    What the place shows stands in the piece at the character ``at``, letter by letter; what the piece has before and
    behind it is shown, too. The pieces of one fact follow each other as its parts do.
    """

    fact: str
    part: tuple[int, int]
    at: int


@frozen
class FactPlace:
    """Where facts are shown and tagged.

    ``facts`` are ids. Several nest at one place where they show the same text, the outermost first; numbers then agree
    in unit and scale. A fact may have several places: the first one has its id.

    How a number is shown: divided by ten to the ``scale`` (6: in millions; -2: in percent), between ``before`` and
    ``after`` ("¥", " billion"), which stand outside the tag as its sign does. ``text`` and ``format`` overrule what
    the style would choose: the text is tagged as it is and has to read back as the value. ``style`` overrules the
    page's. ``negated`` shows a number with its sign turned round (a loss of 34.4, reported as -34.4, as 34.4): the
    marks of a negative stand where the number shown is one, the tag's sign stays that of the fact.

    ``part`` shows a piece of a text fact, from character to character; the pieces of one fact follow each other
    without gaps in the page's order and are chained by continuations. ``within`` is the piece of a longer text that
    these facts are listed in.
    """

    facts: tuple[str, ...] = field(converter=_ids)
    scale: int = field(default=0, kw_only=True)
    before: str = field(default="", kw_only=True)
    after: str = field(default="", kw_only=True)
    text: str | None = field(default=None, kw_only=True)
    format: QName | None = field(default=None, kw_only=True)
    style: Style | None = field(default=None, kw_only=True)
    negated: bool = field(default=False, kw_only=True)
    part: tuple[int, int] | None = field(default=None, kw_only=True)
    within: Within | None = field(default=None, kw_only=True)


@frozen
class HiddenLink:
    """Words that stand for a fact whose value no transformation gives; the fact itself is hidden, and linked to them.

    A fact is linked from one place: of several links the first counts, and none where the fact is tagged on the page.
    """

    fact: str
    content: Content = field(converter=_content)


@frozen
class NoteMark:
    """The raised number of a footnote, leading to it."""

    note: str


@frozen
class CrossReference:
    """Words that lead to the block with the id ``target`` on the same page."""

    target: str
    content: Content = field(converter=_content)


@frozen
class LineBreak:
    """The line ends here."""


Inline: TypeAlias = PageText | FactPlace | HiddenLink | NoteMark | CrossReference | LineBreak
Content: TypeAlias = tuple[Inline, ...]
Flow: TypeAlias = str | Inline | Iterable[Inline | str]
"""What is taken for content: a text, one part, or parts in order."""


@frozen
class Heading:
    """A heading; ``level`` is 1 for the page's title, then 2 to 6."""

    level: int = field()
    content: Content = field(converter=_content)
    id: str | None = field(default=None, kw_only=True)

    @level.validator
    def _check_level(self, _: object, value: int) -> None:
        if not 1 <= value <= 6:
            raise ValueError(f"a heading has a level from 1 to 6, got {value}")


class Tone(enum.StrEnum):
    """What a paragraph is to its reader."""

    TEXT = "text"
    LEAD = "lead"
    REMARK = "remark"


@frozen
class Paragraph:
    """Running text; a text block among its facts makes it a division."""

    content: Content = field(converter=_content)
    tone: Tone = field(default=Tone.TEXT, kw_only=True)
    id: str | None = field(default=None, kw_only=True)


@frozen(kw_only=True)
class InnerFact:
    """A fact tagged inside the text of another, from character to character of that text's markup.

    A text fact is that piece, a number is shown by it, letter by letter, under ``scale``. Pieces lie one in the other
    or apart; of equal ones the first is outside.
    """

    fact: str
    start: int
    stop: int
    scale: int = 0


def _inner(facts: Iterable[InnerFact]) -> tuple[InnerFact, ...]:
    return tuple(facts)


@frozen
class FactBlock:
    """A text fact that stands as a block of its own, markup and all; its fields are as in `FactPlace`.

    ``inner`` are the facts tagged inside it; their places are those of the fact's whole value.
    """

    facts: tuple[str, ...] = field(converter=_ids)
    part: tuple[int, int] | None = field(default=None, kw_only=True)
    within: Within | None = field(default=None, kw_only=True)
    inner: tuple[InnerFact, ...] = field(default=(), converter=_inner, kw_only=True)
    id: str | None = field(default=None, kw_only=True)


class Scope(enum.StrEnum):
    """What a head cell is the head of."""

    COLUMN = "col"
    COLUMNS = "colgroup"
    ROW = "row"
    ROWS = "rowgroup"


@frozen
class Cell:
    """A cell over ``columns`` and ``rows``; one with a ``scope`` is a head. ``indent`` is a step to the right."""

    content: Content = field(default=(), converter=_content)
    columns: int = field(default=1, kw_only=True)
    rows: int = field(default=1, kw_only=True)
    scope: Scope | None = field(default=None, kw_only=True)
    indent: int = field(default=0, kw_only=True)
    is_number: bool | None = field(default=None, kw_only=True)
    """Set like a number; by default as its column is."""


class RowKind(enum.StrEnum):
    """What a row is among the rows of its table; a detail says more of the row above and is printed with it."""

    ENTRY = "entry"
    DETAIL = "detail"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


def _cells(cells: Iterable[Cell | Flow]) -> tuple[Cell, ...]:
    return tuple([cell if isinstance(cell, Cell) else Cell(cell) for cell in cells])


@frozen
class Row:
    """Cells from left to right."""

    cells: tuple[Cell, ...] = field(converter=_cells)
    kind: RowKind = field(default=RowKind.ENTRY, kw_only=True)


class Align(enum.StrEnum):
    """How a column is set: text to the left, numbers by their last figure, marks in the middle."""

    TEXT = "text"
    NUMBER = "number"
    MARK = "mark"


@frozen
class TableColumn:
    """A column: how it is set, and its part of the table's width in percent (as wide as it needs, if ``None``)."""

    align: Align = Align.TEXT
    width: int | None = None


# Named, for the type checker does not see through ``tuple`` as converter.
def _columns(columns: Iterable[TableColumn]) -> tuple[TableColumn, ...]:
    return tuple(columns)


def _rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


@frozen(kw_only=True)
class Table:
    """A table; its ``heads`` are repeated on every printed page. ``remark`` stands over it ("in millions of yen").

    ``rows`` may be an iterator. ``keep_together`` asks print not to break it over pages.
    """

    columns: tuple[TableColumn, ...] = field(converter=_columns)
    heads: tuple[Row, ...] = field(default=(), converter=_rows)
    rows: Iterable[Row]
    caption: Content = field(default=(), converter=_content)
    remark: Content = field(default=(), converter=_content)
    id: str | None = None
    keep_together: bool = False


@frozen
class Entry:
    """A label and what it says, as on a cover page."""

    label: Content = field(converter=_content)
    content: Content = field(converter=_content)


@frozen
class KeyValues:
    """Entries, one a line: the label to the left, what it says to the right."""

    entries: Iterable[Entry]
    caption: Content = field(default=(), converter=_content, kw_only=True)
    id: str | None = field(default=None, kw_only=True)


@frozen
class ItemList:
    """A list; numbered, or with bullets."""

    items: tuple[Content, ...] = field(converter=_contents)
    numbered: bool = field(default=False, kw_only=True)
    id: str | None = field(default=None, kw_only=True)


@frozen
class NoteList:
    """Footnotes in full: those named, or all that have been marked and not yet listed.

    Footnotes that no list shows are hidden.
    """

    notes: tuple[str, ...] | None = None
    id: str | None = field(default=None, kw_only=True)


class SectionKind(enum.StrEnum):
    """What a section is on the page."""

    COVER = "cover"
    CONTENTS = "contents"
    BODY = "body"
    NOTES = "notes"


@frozen
class Section:
    """Blocks that belong together; ``new_page`` starts them on a printed page of their own."""

    blocks: Iterable[Block]
    kind: SectionKind = field(default=SectionKind.BODY, kw_only=True)
    new_page: bool = field(default=False, kw_only=True)
    id: str | None = field(default=None, kw_only=True)


Block: TypeAlias = Heading | Paragraph | FactBlock | Table | KeyValues | ItemList | NoteList | Section


@frozen(kw_only=True)
class Page:
    """A whole document: what its window is called, its language or two of them, its blocks and its style.

    ``blocks`` may be an iterator. ``running_head`` is printed at the head of every page, where the medium can.
    ``links`` says whether marks and references lead to what they mean, ``reported_signs`` whether every number stands
    with the sign that its fact has, though a place would turn it round.
    """

    title: str
    language: str = "en"
    second_language: str | None = None
    blocks: Iterable[Block]
    style: Style = field(factory=Style)
    running_head: str = ""
    links: bool = True
    reported_signs: bool = False


def facts_of(content: Iterable[Inline]) -> Iterable[str]:
    """The ids of the facts that stand in a content, hidden ones that are linked from it included."""
    for part in content:
        match part:
            case FactPlace():
                yield from part.facts
                yield from (part.within.fact,) if part.within else ()
            case HiddenLink():
                yield part.fact
                yield from facts_of(part.content)
            case CrossReference():
                yield from facts_of(part.content)
