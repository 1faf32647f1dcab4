"""The composer: sections of grids, texts and other blocks become the page that the Inline XBRL writer writes.

An adapter decides which facts belong together and in which order (`exporter.page.filing_page` for items,
`exporter.page.report_page` for a bare report); how that looks is decided here, once for both. Parts that are iterators
are composed while the page is written, block by block.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from attrs import evolve, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Content,
    CrossReference,
    FactBlock,
    FactPlace,
    Heading,
    HiddenLink,
    Inline,
    ItemList,
    KeyValues,
    NoteList,
    NoteMark,
    Page,
    PageText,
    Paragraph,
    Row,
    RowKind,
    Scope,
    Section,
    SectionKind,
    Table,
    TableColumn,
    Tone,
    facts_of,
)
from exporter.model.period import Period
from exporter.model.report import Report
from exporter.page.words import PageLanguage, Text, word
from exporter.transformations import Style
from exporter.transformations.display import FALSE, TRUE
from exporter.transformations.inverse import reads_as

_FEWEST_CONTENTS: Final = 3  # sections


@frozen(kw_only=True)
class DisplayedFact:
    """A fact as it stands on the page.

    ``value`` is for comparison, ``None`` where the fact reports that nothing is stated. ``parts`` follow the place,
    ``below`` are lines under it. ``measure`` may stand once over all figures of a table.
    """

    place: FactPlace | HiddenLink
    value: str | None = None
    notes: tuple[str, ...] = ()
    parts: Content = ()
    below: Content = ()
    is_number: bool = False
    is_figure: bool = False
    measure: str | None = None

    def content(self, *, marked: Collection[str] = (), bare: bool = False) -> Content:
        """With the marks of its notes, but for those ``marked`` elsewhere; ``bare`` of what the table says once."""
        place = self.place
        if bare and isinstance(place, FactPlace):
            place = evolve(place, before="", after="")
        marks = (NoteMark(note) for note in self.notes if note not in marked)
        return (place, *self.parts, *marks, *self.below)


def common_measure(facts: Iterable[DisplayedFact | None]) -> str | None:
    """The measure of all figures among the facts; ``None`` where they differ or have none."""
    measures = {fact.measure for fact in facts if fact is not None and fact.is_figure}
    return next(iter(measures)) if len(measures) == 1 else None


def together(facts: Sequence[DisplayedFact]) -> Content:
    """Facts of one value, shown once and tagged with all of them."""
    first = facts[0].place
    if isinstance(first, FactPlace):
        ids = dict.fromkeys(id_ for fact in facts if isinstance(fact.place, FactPlace) for id_ in fact.place.facts)
        return (evolve(first, facts=tuple(ids)),)
    content = first.content
    for id_ in dict.fromkeys(fact.place.fact for fact in facts if isinstance(fact.place, HiddenLink)):
        content = (HiddenLink(id_, content),)
    return content


def truth_place(id_: str, *, truth: bool, language: PageLanguage, style: Style) -> FactPlace:
    """A truth value in a word of the language, where the style's registry has a transformation of it."""
    name = style.named(TRUE if truth else FALSE)
    text = language.word("value.yes" if truth else "value.no") if name else None
    return FactPlace((id_,), text=text, format=name)


def date_place(id_: str, value: str, *, language: PageLanguage, style: Style) -> FactPlace:
    """A date, month or day of the year as the language prints it, where a transformation of the registry reads that.

    English and Japanese dates have forms of their own in the style.
    """
    for names, text in language.dates(value):
        name = style.named(names)
        if name is not None and reads_as(name, text, value):
            return FactPlace((id_,), text=text, format=name)
    return FactPlace((id_,))


def notes_by_fact(report: Report) -> dict[str, tuple[str, ...]]:
    """The ids of the footnotes to each fact, by its id, in order of the links."""
    notes: dict[str, dict[str, None]] = {}
    known = {note.id for note in report.footnotes}
    for link in report.links:
        if link.target in known:
            notes.setdefault(link.source, {})[link.target] = None
    return {source: tuple(targets) for source, targets in notes.items()}


@frozen(kw_only=True)
class Head:
    """The head of a column; neighbours that are the same ``over`` them share a head above their own."""

    label: Content = ()
    over: Content = ()
    marked: tuple[str, ...] = ()
    """Notes whose marks the label bears for the whole column."""
    is_number: bool = False
    width: int | None = None


@frozen(kw_only=True)
class Line:
    """What stands in one row of a grid; a group's label alone goes across all columns."""

    cells: tuple[DisplayedFact | Content | None, ...]
    level: int = 0
    kind: RowKind = RowKind.ENTRY
    marked: tuple[str, ...] = ()
    """Notes whose marks the label bears for the whole row."""


@frozen(kw_only=True)
class Grid:
    """A table: a head for each column, lines of as many cells; the cell in ``label_at`` labels its line.

    ``measure`` stands once over the grid, so its figures stand bare.
    """

    heads: Sequence[Head]
    lines: Iterable[Line]
    label_at: int = 0
    remark: Content = ()
    measure: str | None = None
    keep_together: bool = False


@frozen(kw_only=True)
class Prose:
    """Text facts in full under their heading; ``lead`` stands before them, ``remark`` behind."""

    heading: Content
    texts: Sequence[ProseText]
    level: int = 3
    lead: Content = ()
    remark: Content = ()


@frozen(kw_only=True)
class ProseText:
    """One text fact of a `Prose`; ``label`` heads it where it is one of several."""

    block: FactBlock
    notes: tuple[str, ...] = ()
    label: Content = ()


Part: TypeAlias = Grid | Prose | Block


@frozen(kw_only=True)
class PageSection:
    """A section: its title, its parts in order; ``listed`` ones stand in the contents, if they have an id."""

    title: PageText
    parts: Iterable[Part]
    id: str | None = None
    kind: SectionKind = SectionKind.BODY
    listed: bool = True
    with_notes: bool = True
    """Whether the notes marked in the section stand at its end."""


@frozen(eq=False)
class _LazyBlocks:
    """Blocks that are composed each time they are asked for."""

    compose: Callable[[], Iterator[Block]]

    def __iter__(self) -> Iterator[Block]:
        return self.compose()


def compose(
    title: str,
    sections: Sequence[PageSection],
    *,
    front: Sequence[Block],
    language: PageLanguage,
    style: Style,
    document_language: str | None = None,
    part: Heading | None = None,
    reported_signs: bool = False,
) -> Page:
    """The page of the sections.

    Args:
        title: of the window and at the head of printed pages.
        sections: in order; their parts are composed when the page is written.
        front: what stands before them and their contents.
        language: of the page's words.
        style: how values are shown.
        document_language: declared for the page; by default the language of its words.
        part: heads what follows the cover, on a page whose headings are its contents; nothing on it leads anywhere.
        reported_signs: as in `exporter.formats.inline_xbrl.write.blocks.Page`.
    """

    def blocks() -> Iterator[Block]:
        yield from front
        listed = [section for section in sections if section.listed and section.id and part is None]
        if len(listed) >= _FEWEST_CONTENTS:
            entries = [CrossReference(section.id or "", section.title) for section in listed]
            heading = Heading(2, language.phrase(word("page.contents")))
            yield Section((heading, ItemList(entries)), kind=SectionKind.CONTENTS)
        above = part
        for section in sections:
            if above is not None and section.kind is not SectionKind.COVER:
                yield above
                above = None
            yield Section(_LazyBlocks(_composing(section)), kind=section.kind, id=section.id)

    return Page(
        title=title,
        language=document_language or language.first,
        second_language=language.second,
        blocks=_LazyBlocks(blocks),
        style=style,
        running_head=title,
        links=part is None,
        reported_signs=reported_signs,
    )


def _composing(section: PageSection) -> Callable[[], Iterator[Block]]:
    def blocks() -> Iterator[Block]:
        yield Heading(2, section.title)
        for part in section.parts:
            yield from compose_part(part)
        if section.with_notes:
            yield NoteList()

    return blocks


def compose_part(part: Part) -> Iterator[Block]:
    """The blocks of a part."""
    match part:
        case Grid():
            yield _table(part)
        case Prose():
            yield from _prose(part)
        case _:
            yield part


# --- tables --------------------------------------------------------------------------------------------------------


def period_heads(periods: Iterable[Period], language: PageLanguage) -> list[Head]:
    """Heads of columns of figures: those of years alone are the years, under what they have in common."""
    periods = list(periods)
    years = [language.year_ended(period) for period in periods]
    if len(years) > 1 and all(years) and len({year[0] for year in years if year}) == 1:
        return [Head(label=(PageText(year[1]),), over=(PageText(year[0]),), is_number=True) for year in years if year]
    return [Head(label=(PageText(language.period(period)),), is_number=True) for period in periods]


def label_heads(*labels: Text, language: PageLanguage) -> list[Head]:
    """A head for each label, in both languages of the page."""
    return [Head(label=(language.phrase(label),)) for label in labels]


def _table(grid: Grid) -> Table:
    remark: Content = grid.remark
    if grid.measure is not None:
        remark = (*remark, PageText(f" {grid.measure}" if remark else grid.measure))
    return Table(
        columns=(TableColumn(Align.NUMBER if head.is_number else Align.TEXT, head.width) for head in grid.heads),
        heads=_head_rows(grid.heads),
        rows=_Rows(grid),
        remark=remark,
        keep_together=grid.keep_together,
    )


@frozen(eq=False)
class _Rows:
    """The rows of a grid, made when they are written."""

    grid: Grid

    def __iter__(self) -> Iterator[Row]:
        return (_row(line, self.grid) for line in self.grid.lines)


def _head_rows(heads: Sequence[Head]) -> Iterator[Row]:
    if any(head.over for head in heads):
        cells: list[Cell] = []
        for over, run in groupby(heads, key=lambda head: head.over):
            width = len(list(run))
            cells += [Cell(over, columns=width, scope=Scope.COLUMNS)] if over else [Cell() for _ in range(width)]
        yield Row(cells)
    yield Row([Cell(head.label, scope=Scope.COLUMN) for head in heads])


def _row(line: Line, grid: Grid) -> Row:
    cells: list[Cell] = []
    for at, part in enumerate(line.cells):
        content: Content = ()
        if isinstance(part, DisplayedFact):
            bare = grid.measure is not None and part.is_figure
            content = part.content(marked=(*grid.heads[at].marked, *line.marked), bare=bare)
        elif part:
            content = part
        if line.kind is RowKind.GROUP and len(line.cells) == 1 < len(grid.heads):
            cells.append(Cell(content, columns=len(grid.heads), scope=Scope.ROWS, indent=line.level))
        elif at == grid.label_at:
            cells.append(Cell(content, scope=Scope.ROW, indent=line.level))
        else:
            cells.append(Cell(content))
    return Row(cells, kind=line.kind)


# --- texts ---------------------------------------------------------------------------------------------------------


def _prose(prose: Prose) -> Iterator[Block]:
    yield Heading(prose.level, prose.heading)
    if prose.lead:
        yield Paragraph(prose.lead, tone=Tone.REMARK)
    for text in prose.texts:
        if text.label:
            yield Heading(prose.level + 1, text.label)
        yield text.block
        if text.notes:
            yield marks(text.notes)
    if prose.remark:
        yield Paragraph(prose.remark, tone=Tone.REMARK)


def marks(notes: Iterable[str]) -> Paragraph:
    """The marks of notes to what stands before."""
    return Paragraph(tuple(map(NoteMark, notes)), tone=Tone.REMARK)


# --- what stands on a page -------------------------------------------------------------------------------------------


def facts_placed(parts: Iterable[Part]) -> set[str]:
    """The ids of all facts that stand in the parts, hidden ones that words are linked to included.

    The sequences of the parts must not be iterators.
    """
    ids: set[str] = set()
    for part in parts:
        for block in compose_part(part):
            match block:
                case FactBlock():
                    ids.update(block.facts, (block.within.fact,) if block.within else ())
                    ids.update(piece.fact for piece in block.inner)
                case Section():
                    ids |= facts_placed(block.blocks)
                case _:
                    for content in _contents(block):
                        ids.update(facts_of(content))
    return ids


def _contents(block: Block) -> Iterator[Iterable[Inline]]:
    match block:
        case Heading() | Paragraph():
            yield block.content
        case ItemList():
            yield from block.items
        case KeyValues():
            yield block.caption
            for entry in block.entries:
                yield entry.label
                yield entry.content
        case Table():
            yield block.caption
            yield block.remark
            for row in (*block.heads, *block.rows):
                yield from (cell.content for cell in row.cells)
