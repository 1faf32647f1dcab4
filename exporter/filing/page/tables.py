"""Items of one class as a table: a row for each, headed by what tells them apart; a column for each field.

What is the same in every row is said once: a period or a dimension over the table, a text or a label under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from exporter.filing.page.columns import FieldColumn
from exporter.filing.page.display import DATE, PERIOD, ItemDisplay
from exporter.filing.page.headings import Head, group_heads, under_heading
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Align,
    Block,
    Cell,
    Column,
    Content,
    NoteMark,
    Paragraph,
    Phrase,
    Row,
    Scope,
    Table,
    Tone,
)

RowHeads = list[tuple[Words, tuple[Content, ...]]]


def table_of_items(display: ItemDisplay, items: Iterable[StatedItem], heading: Words) -> tuple[Block, ...]:
    """Items of one class as a table, with what they share over and under it."""
    return tuple(_TableOfItems(display, tuple(items), heading).blocks())


@frozen
class _TableOfItems:
    display: ItemDisplay
    items: tuple[StatedItem, ...]
    heading: Words
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

    def _dimension_heads(self) -> Iterator[tuple[Words, tuple[Content, ...]]]:
        first = self.items[0]
        for each in first.selectors:
            yield self.display.name_of(each.name), tuple(self.display.selected(item, each.name) for item in self.items)
        for axis in first.binding.axes:
            cells = tuple(self.display.dimension(item, axis.field.name) for item in self.items)
            if any(cells):
                yield self.display.axis_label(axis), cells

    def _period_head(self) -> tuple[Words, tuple[Content, ...]]:
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
