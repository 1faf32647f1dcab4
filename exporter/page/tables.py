"""Items of a class as a table, items of several classes in one table, an item as entries.

In a table each item is a row, headed by what tells it apart, and each field a column. What is the same in every row
stands once: a period or a dimension over the table, a text under it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    Entry,
    Inline,
    KeyValues,
    LineBreak,
    NoteMark,
    PageText,
    Paragraph,
    RowKind,
    Tone,
)
from exporter.items.values.languages import get_language
from exporter.page.compose import DisplayedFact, Grid, Head, Line, common_measure, label_heads, together
from exporter.page.display import ItemDisplay
from exporter.page.item_facts import ItemWithFacts
from exporter.page.words import PageLanguage, Text, word

# --- labels that begin alike -----------------------------------------------------------------------------------------


def split_label(label: Text, language: PageLanguage) -> tuple[Text, Text] | None:
    """A label such as "Noon Buying Rate, High" in two, if it has two parts in the page's first language."""
    parts = {tag: (text, *_split(text, tag)) for tag, text in (("en", label.en), *label.others)}
    if not parts[language.first if language.first in parts else "en"][2]:
        return None
    english = parts.pop("en")
    return (
        Text(english[1], {tag: first if rest else None for tag, (_, first, rest) in parts.items()}),
        Text(english[2] or english[0], {tag: rest or whole for tag, (whole, _, rest) in parts.items()}),
    )


def _split(text: str, language: str) -> tuple[str, str]:
    """What stands before the first comma and after it; nothing after where there is none."""
    first, _, rest = text.partition(PageLanguage(language).comma)
    return first, rest


def under_heading(label: Text, heading: Text, language: PageLanguage) -> Text:
    """A label without a beginning that stands in the heading over it."""
    parts = split_label(label, language)
    return parts[1] if parts and _contains(heading, parts[0], language) else label


def _contains(heading: Text, words: Text, language: PageLanguage) -> bool:
    """Whether the words, whole ones, stand in the heading."""
    match = re.search(re.escape(language.text(words)), language.text(heading), re.IGNORECASE)
    if match is None or not get_language(language.first).blanks:
        return match is not None
    return re.search(rf"\b{re.escape(match.group())}(?!\w)", language.text(heading)) is not None


def field_heads(columns: Sequence[FieldColumn], language: PageLanguage, heading: Text) -> list[Head]:
    """The heads of columns; labels side by side that begin alike share a head, if the heading does not contain it."""
    heads: list[Head] = []
    for run in _runs(columns, language):
        shared = split_label(run[0].label, language) if len(run) > 1 else None
        for column in run:
            parts = split_label(column.label, language) if shared else None
            label = parts[1] if parts else under_heading(column.label, heading, language)
            over = (language.phrase(shared[0]),) if shared and not _contains(heading, shared[0], language) else ()
            phrase = evolve(language.phrase(label), notes=column.notes)
            heads.append(Head(label=(phrase,), over=over, marked=column.notes, is_number=column.is_number))
    return heads


def _runs(columns: Sequence[FieldColumn], language: PageLanguage) -> list[list[FieldColumn]]:
    """Columns side by side whose labels begin alike."""
    runs: list[list[FieldColumn]] = []
    before: str | None = None
    for column in columns:
        parts = split_label(column.label, language)
        beginning = language.text(parts[0]) if parts else None
        if beginning is not None and beginning == before:
            runs[-1].append(column)
        else:
            runs.append([column])
        before = beginning
    return runs


# --- items of one class ----------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class FieldColumn:
    """A field over all rows; ``notes`` stand at its head, as every cell has them."""

    label: Text
    cells: tuple[DisplayedFact | None, ...] = ()
    notes: tuple[str, ...] = ()
    is_constant: bool = False
    """Whether all rows have the same words, without notes of their own."""

    @classmethod
    def of(
        cls, label: Text, cells: Sequence[DisplayedFact | None], row_notes: Sequence[Collection[str]]
    ) -> FieldColumn:
        """The column, given the notes that stand at the heads of rows."""
        notes = _shared_notes(cells, row_notes)
        constant = _is_constant(cells, notes, row_notes)
        return cls(label=label, cells=tuple(cells), notes=notes, is_constant=constant)

    @property
    def facts(self) -> tuple[DisplayedFact, ...]:
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def is_number(self) -> bool:
        return any(fact.is_number for fact in self.facts)


def _shared_notes(cells: Sequence[DisplayedFact | None], row_notes: Sequence[Collection[str]]) -> tuple[str, ...]:
    """Notes that every cell has, where there are several and not all of their rows have them."""
    facts = [(cell, notes) for cell, notes in zip(cells, row_notes, strict=True) if cell is not None]
    if len(facts) < 2:
        return ()
    return tuple(
        note
        for note in facts[0][0].notes
        if all(note in fact.notes for fact, _ in facts) and not all(note in notes for _, notes in facts)
    )


def _is_constant(
    cells: Sequence[DisplayedFact | None], shared: Collection[str], row_notes: Sequence[Collection[str]]
) -> bool:
    if len(cells) < 2:
        return False
    values = set()
    for cell, notes in zip(cells, row_notes, strict=True):
        if cell is None or cell.value is None or cell.is_number or cell.parts or not {*cell.notes} <= {*shared, *notes}:
            return False
        values.add(cell.value)
    return len(values) == 1


@frozen
class _RowHead:
    """What tells rows apart: a dimension, a meaning or the period."""

    label: Text
    cells: tuple[Content, ...]
    is_period: bool = False


def table_of_items(display: ItemDisplay, items: Sequence[ItemWithFacts], heading: Text) -> Iterator[Grid | Paragraph]:
    """Items of one class as a grid, with what they share over and under it."""
    return _TableOfItems(display, tuple(items), heading).parts()


@frozen
class _TableOfItems:
    display: ItemDisplay
    items: tuple[ItemWithFacts, ...]
    heading: Text
    row_notes: tuple[tuple[str, ...], ...] = field(init=False)
    """The notes to whole rows; none where all rows have the same, which then stand over the columns."""

    @row_notes.default
    def _notes_of_rows(self) -> tuple[tuple[str, ...], ...]:
        notes = tuple(map(self.display.notes, self.items))
        return tuple(() for _ in notes) if len(notes) > 1 and len(set(notes)) == 1 else notes

    def parts(self) -> Iterator[Grid | Paragraph]:
        columns = self._columns()
        constant = [column for column in columns if column.is_constant]
        if len(constant) == len(columns):
            constant = []
        columns = [column for column in columns if column not in constant]
        row_heads, remark = self._row_heads()
        language = self.display.language
        yield Grid(
            heads=[
                *label_heads(
                    *(under_heading(head.label, self.heading, language) for head in row_heads), language=language
                ),
                *field_heads(columns, language, self.heading),
            ],
            lines=tuple(self._lines(row_heads, columns)),
            remark=remark,
            measure=common_measure(fact for column in columns for fact in column.facts)
            if len(self.items) > 1
            else None,
        )
        for column in constant:
            label = under_heading(column.label, self.heading, language)
            content = (language.lead_in(label), *together(column.facts), *map(NoteMark, column.notes))
            yield Paragraph(content, tone=Tone.REMARK)

    def _columns(self) -> list[FieldColumn]:
        binding = self.items[0].binding
        columns = []
        for name in dict.fromkeys(spec.name for spec in binding.spec.fields if spec.name != binding.period_field):
            cells = [self.display.field(item, name) for item in self.items]
            if any(cell is not None for cell in cells):
                columns.append(FieldColumn.of(self.display.field_label(self.items, name), cells, self.row_notes))
        return columns

    def _row_heads(self) -> tuple[list[_RowHead], Content]:
        """What tells the rows apart, by columns; and what they share, as a remark."""
        heads = [*self._dimension_heads(), self._period_head()]
        differing = [head for head in heads if len(set(head.cells)) > 1] or heads[:1]
        remark: list[Inline] = []
        for head in heads:
            if head in differing or not head.cells[0]:
                continue
            remark += [PageText(" · ")] if remark else []
            if head.is_period:
                remark.append(PageText(self.display.language.moment(self.items[0].period)))
            else:
                label = under_heading(head.label, self.heading, self.display.language)
                remark += [self.display.language.lead_in(label), *head.cells[0]]
        return differing, tuple(remark)

    def _dimension_heads(self) -> Iterator[_RowHead]:
        first = self.items[0]
        for selector in first.selectors:
            cells = tuple(self.display.selected(item, selector.name) for item in self.items)
            yield _RowHead(self.display.name_of(selector.name), cells)
        for axis in first.binding.axes:
            cells = tuple(self.display.dimension(item, axis.field.name) for item in self.items)
            if any(cells):
                yield _RowHead(self.display.axis_label(axis), cells)

    def _period_head(self) -> _RowHead:
        cells = tuple(
            self.display.period(item, marked=notes) for item, notes in zip(self.items, self.row_notes, strict=True)
        )
        label = self.display.period_label(self.items)
        return _RowHead(label, cells, is_period=label in (word("label.period"), word("label.date")))

    def _lines(self, row_heads: Sequence[_RowHead], columns: Sequence[FieldColumn]) -> Iterator[Line]:
        for number, notes in enumerate(self.row_notes):
            first, *others = (head.cells[number] for head in row_heads)
            cells = (column.cells[number] for column in columns)
            yield Line(cells=((*first, *map(NoteMark, notes)), *others, *cells), marked=notes)


# --- items that stand alone in their class ---------------------------------------------------------------------------


def key_values(display: ItemDisplay, item: ItemWithFacts, *, without: Iterable[str] = ()) -> KeyValues:
    """The fields of one item, each with its label; its dimensions first."""
    language = display.language
    entries = [
        Entry(language.phrase(display.axis_label(axis)), display.dimension(item, axis.field.name))
        for axis in item.binding.axes
        if getattr(item.item, axis.field.name) is not None
    ]
    hidden = set(without)
    for spec in item.fields:
        fact = display.field(item, spec.name)
        if fact is not None and spec.name not in hidden:
            label = _short(display.field_label([item], spec.name), item.label, language)
            entries.append(Entry(language.phrase(label), fact.content()))
    return KeyValues(tuple(entries))


def ledger(display: ItemDisplay, items: Iterable[ItemWithFacts]) -> Grid:
    """Items of several classes in one grid, one under the other: the field, its period, its value."""
    labels = label_heads(word("label.item"), word("label.period"), word("label.stated"), language=display.language)
    return Grid(
        heads=[evolve(head, width=width) for head, width in zip(labels, (42, 28, 30), strict=True)],
        lines=tuple(line for item in items for line in _ledger_lines(display, item)),
    )


def _ledger_lines(display: ItemDisplay, item: ItemWithFacts) -> Iterator[Line]:
    names = [spec.name for spec in item.fields if spec.name != item.binding.period_field]
    first, *others = names or [item.binding.period_field or ""]
    label, notes = display.field_label([item], first), display.notes(item)
    language = display.language
    head: list[Inline] = [evolve(language.phrase(label), notes=notes)]
    for axis in item.binding.axes:
        if dimension := display.dimension(item, axis.field.name):
            head += [LineBreak(), language.lead_in(display.axis_label(axis)), *dimension]
    period = display.period(item, marked=notes) if names else (PageText(language.period(item.period)),)
    yield Line(cells=(tuple(head), period, display.field(item, first)), marked=notes)
    for name in others:
        below = _short(_short(display.field_label([item], name), label, language), item.label, language)
        cells = ((language.phrase(below),), None, display.field(item, name))
        yield Line(cells=cells, level=1, kind=RowKind.DETAIL, marked=notes)


def _short(label: Text, over: Text, language: PageLanguage) -> Text:
    """A label without the beginning that the label over it has, too."""
    parts = split_label(label, language)
    while parts is not None and language.text(over).startswith(language.text(parts[0])):
        label = parts[1]
        over = Text(language.text(over)[len(language.text(parts[0])) :].lstrip(",、 "))
        parts = split_label(label, language)
    return label
