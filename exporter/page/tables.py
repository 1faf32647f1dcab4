"""The heads of columns: labels that begin alike stand under one head.

Items of one class as a table: a row for each, headed by what tells them apart; a column for each field.

What is the same in every row is said once: a period or a dimension over the table, a text or a label under it.

Items that stand alone in their class, one under the other: what is stated, for when, and what it says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Content,
    Entry,
    KeyValues,
    LineBreak,
    NoteMark,
    Paragraph,
    Phrase,
    Row,
    RowKind,
    Scope,
    Table,
    Tone,
)
from exporter.page.display import DATE, PERIOD, FieldColumn, ItemDisplay
from exporter.page.item_facts import ItemWithFacts
from exporter.page.words import PageLanguage, Text

_MARKS: Final = {"en": ", ", "ja": "、"}


@frozen
class Head:
    """What stands over a column."""

    label: Text
    notes: tuple[str, ...] = ()
    is_number: bool = False


def split_label(label: Text, tongue: PageLanguage) -> tuple[Text, Text] | None:
    """A label such as "Noon Buying Rate, High" in two, if it has two parts in the page's first language."""
    english, japanese = (_split(label.en, "en"), _split(label.ja, "ja"))
    if (japanese if tongue.first == "ja" and label.ja else english) is None:
        return None
    return (
        Text(english[0] if english else label.en, japanese[0] if japanese else None),
        Text(english[1] if english else label.en, japanese[1] if japanese else label.ja),
    )


def _split(text: str | None, language: str) -> tuple[str, str] | None:
    if text is None:
        return None
    first, mark, rest = text.partition(_MARKS[language])
    return (first, rest) if mark else None


def group_heads(heads: Sequence[Head], tongue: PageLanguage, *, fixed: int, heading: Text) -> tuple[Row, ...]:
    """One row of heads, or two where labels side by side begin alike; the first ``fixed`` are never grouped.

    What the ``heading`` over the table says already is not said again.
    """
    runs = _runs(heads, tongue, fixed)
    upper: list[Cell] = []
    lower: list[Cell] = []
    grouped = False
    for run in runs:
        shared = split_label(run[0].label, tongue) if len(run) > 1 else None
        if shared is None:
            lower += [_cell(evolve(head, label=under_heading(head.label, heading, tongue)), tongue) for head in run]
            upper += [Cell() for _ in run]
            continue
        short = [evolve(head, label=(split_label(head.label, tongue) or (None, head.label))[1]) for head in run]
        lower += [_cell(head, tongue) for head in short]
        if _says(heading, shared[0], tongue):
            upper += [Cell() for _ in run]
        else:
            grouped = True
            upper.append(Cell(tongue.phrase(shared[0]), columns=len(run), scope=Scope.COLUMNS))
    return (Row(upper), Row(lower)) if grouped else (Row(lower),)


def under_heading(label: Text, heading: Text, tongue: PageLanguage) -> Text:
    """A label without the beginning that the heading over it says already."""
    parts = split_label(label, tongue)
    return parts[1] if parts and _says(heading, parts[0], tongue) else label


def _says(heading: Text, words: Text, tongue: PageLanguage) -> bool:
    """Whether the words, whole ones, stand in the heading."""
    found = re.search(re.escape(tongue.text(words)), tongue.text(heading), re.IGNORECASE)
    if found is None or tongue.first == "ja":
        return found is not None
    return re.search(rf"\b{re.escape(found.group())}(?!\w)", tongue.text(heading)) is not None


def _cell(head: Head, tongue: PageLanguage) -> Cell:
    phrase = evolve(tongue.phrase(head.label), notes=head.notes)
    return Cell(phrase, scope=Scope.COLUMN, is_number=head.is_number or None)


def _runs(heads: Sequence[Head], tongue: PageLanguage, fixed: int) -> list[list[Head]]:
    """Heads side by side whose labels begin alike."""
    runs: list[list[Head]] = []
    last: str | None = None
    for place, head in enumerate(heads):
        parts = split_label(head.label, tongue) if place >= fixed else None
        first = tongue.text(parts[0]) if parts else None
        if runs and first is not None and first == last:
            runs[-1].append(head)
        else:
            runs.append([head])
        last = first
    return runs


RowHeads = list[tuple[Text, tuple[Content, ...]]]


def table_of_items(display: ItemDisplay, items: Iterable[ItemWithFacts], heading: Text) -> tuple[Block, ...]:
    """Items of one class as a table, with what they share over and under it."""
    return tuple(_TableOfItems(display, tuple(items), heading).blocks())


@frozen
class _TableOfItems:
    display: ItemDisplay
    items: tuple[ItemWithFacts, ...]
    heading: Text
    row_notes: tuple[tuple[str, ...], ...] = field(init=False)
    """The notes to whole rows; none where all rows have the same, which then stand over the columns."""

    def __attrs_post_init__(self) -> None:
        found = tuple(map(self.display.notes, self.items))
        same = len(set(found)) == 1 and len(found) > 1
        object.__setattr__(self, "row_notes", tuple(() for _ in found) if same else found)

    def blocks(self) -> Iterator[Block]:
        found = self._columns()
        constant = [column for column in found if column.is_constant]
        if len(constant) == len(found):
            constant = []
        columns = [column for column in found if column not in constant]
        heads, remark = self._row_heads()
        measure = self._measure(columns)
        if measure is not None:
            remark = (*remark, Phrase(f" {measure}" if remark else measure))
        yield Table(
            columns=(
                *(Column() for _ in heads),
                *(Column(Align.NUMBER if column.is_number else Align.TEXT) for column in columns),
            ),
            heads=self._head_rows(heads, columns),
            rows=tuple(self._rows(heads, columns, bare=measure is not None)),
            remark=remark,
        )
        for column in constant:
            label = under_heading(column.label, self.heading, self.display.tongue)
            yield Paragraph((self.display.lead_in(label), *column.nested()), tone=Tone.REMARK)

    # --- columns ---------------------------------------------------------------------------------------------------

    def _columns(self) -> list[FieldColumn]:
        first = self.items[0].binding
        names = dict.fromkeys(each.name for each in first.spec.fields if each.name != first.period_field)
        found = []
        for name in names:
            cells = [self.display.field(item, name) for item in self.items]
            if any(cell is not None for cell in cells):
                found.append(FieldColumn.of(self.display.field_label(self.items, name), cells, self.row_notes))
        return found

    def _measure(self, columns: Sequence[FieldColumn]) -> str | None:
        """What all figures are counted in, if it is the same for all of several."""
        measures = {cell.measure for column in columns for cell in column.figures}
        return next(iter(measures)) if len(measures) == 1 and len(self.items) > 1 else None

    # --- heads of rows ---------------------------------------------------------------------------------------------

    def _row_heads(self) -> tuple[RowHeads, Content]:
        """What tells the rows apart, by columns; and what they share, as a remark."""
        found = [*self._dimension_heads(), self._period_head()]
        differing = [each for each in found if len(set(each[1])) > 1] or found[:1]
        remark: list[Any] = []
        for label, cells in found:
            if (label, cells) in differing or not cells[0]:
                continue
            remark += [Phrase(" · ")] if remark else []
            if label in (PERIOD, DATE):
                remark.append(Phrase(self.display.tongue.moment(self.items[0].period)))
            else:
                remark += [self.display.lead_in(under_heading(label, self.heading, self.display.tongue)), *cells[0]]
        return differing, tuple(remark)

    def _dimension_heads(self) -> Iterator[tuple[Text, tuple[Content, ...]]]:
        first = self.items[0]
        for selector in first.selectors:
            yield (
                self.display.name_of(selector.name),
                tuple(self.display.selected(item, selector.name) for item in self.items),
            )
        for axis in first.binding.axes:
            cells = tuple(self.display.dimension(item, axis.field.name) for item in self.items)
            if any(cells):
                yield self.display.axis_label(axis), cells

    def _period_head(self) -> tuple[Text, tuple[Content, ...]]:
        cells = tuple(
            self.display.period(item, marked=notes) for item, notes in zip(self.items, self.row_notes, strict=True)
        )
        return self.display.period_label(self.items), cells

    # --- rows ------------------------------------------------------------------------------------------------------

    def _head_rows(self, heads: RowHeads, columns: Sequence[FieldColumn]) -> tuple[Row, ...]:
        made = [Head(label) for label, _ in heads]
        made += [Head(column.label, column.over, is_number=column.is_number) for column in columns]
        return group_heads(made, self.display.tongue, fixed=len(heads), heading=self.heading)

    def _rows(self, heads: RowHeads, columns: Sequence[FieldColumn], *, bare: bool) -> Iterator[Row]:
        for number, notes in enumerate(self.row_notes):
            first, *others = (contents[number] for _, contents in heads)
            cells = [Cell((*first, *map(NoteMark, notes)), scope=Scope.ROW), *map(Cell, others)]
            for column in columns:
                shown = column.cells[number]
                bared = bare and shown is not None and shown.is_figure
                cells.append(Cell(shown.content(marked=(*column.over, *notes), bare=bared) if shown else ()))
            yield Row(cells)


_ITEM = Text("Item", "項目")
_STATED = Text("As stated", "記載")


def key_values(display: ItemDisplay, item: ItemWithFacts, *, without: Iterable[str] = ()) -> KeyValues:
    """The fields of one item, each with its label; its dimensions first."""
    entries = [
        Entry(display.tongue.phrase(display.axis_label(axis)), display.dimension(item, axis.field.name))
        for axis in item.binding.axes
        if getattr(item.item, axis.field.name) is not None
    ]
    hidden = set(without)
    for each in item.fields:
        shown = display.field(item, each.name)
        if shown is not None and each.name not in hidden:
            label = _short(display, display.field_label([item], each.name), item.label)
            entries.append(Entry(display.tongue.phrase(label), shown.content()))
    return KeyValues(tuple(entries))


def ledger(display: ItemDisplay, items: Iterable[ItemWithFacts]) -> Table:
    """Items of several classes in one table."""
    tongue = display.tongue
    heads = [Cell(tongue.phrase(each), scope=Scope.COLUMN) for each in (_ITEM, PERIOD, _STATED)]
    rows = [row for item in items for row in _rows(display, item)]
    return Table(columns=(Column(width=42), Column(width=28), Column(width=30)), heads=(Row(heads),), rows=tuple(rows))


def _rows(display: ItemDisplay, item: ItemWithFacts) -> Iterator[Row]:
    names = [each.name for each in item.fields if each.name != item.binding.period_field]
    first, *others = names or [item.binding.period_field or ""]
    label, notes = display.field_label([item], first), display.notes(item)
    head = (evolve(display.tongue.phrase(label), notes=notes), *_dimensions(display, item))
    yield Row(
        (
            Cell(head, scope=Scope.ROW),
            Cell(display.period(item, marked=notes) if names else display.tongue.period(item.period)),
            _value(display, item, first, marked=notes),
        ),
        kind=RowKind.ENTRY,
    )
    for name in others:
        below = _short(display, display.field_label([item], name), label)
        below = _short(display, below, item.label)
        yield Row(
            (
                Cell(display.tongue.phrase(below), scope=Scope.ROW, indent=1),
                Cell(),
                _value(display, item, name, marked=notes),
            ),
            kind=RowKind.DETAIL,
        )


def _value(display: ItemDisplay, item: ItemWithFacts, name: str, *, marked: Collection[str]) -> Cell:
    shown = display.field(item, name)
    return Cell(shown.content(marked=marked) if shown else ())


def _dimensions(display: ItemDisplay, item: ItemWithFacts) -> Content:
    found: list[Any] = []
    for axis in item.binding.axes:
        if said := display.dimension(item, axis.field.name):
            found += [LineBreak(), display.lead_in(display.axis_label(axis)), *said]
    return tuple(found)


def _short(display: ItemDisplay, label: Text, over: Text) -> Text:
    """A label without the beginning that stands over it already."""
    parts = split_label(label, display.tongue)
    while parts is not None and display.tongue.text(over).startswith(display.tongue.text(parts[0])):
        label = parts[1]
        over = Text(over.en[len(parts[0].en) :].lstrip(", "), (over.ja or "")[len(parts[0].ja or "") :].lstrip("、"))
        parts = split_label(label, display.tongue)
    return label
