"""Statements on the page as they are printed: columns side by side, indents, rules above totals, each number tagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from exporter.disclosures.statements.compose import readings_of
from exporter.disclosures.statements.reading import NilCell, PrintedCell, ReadRow, StatementReading
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import Content, FactPlace, Heading, Inline, PageText, RowKind
from exporter.items.to_facts import DerivedReport
from exporter.items.values.printing import print_currency
from exporter.model.fact import Fact
from exporter.page.compose import DisplayedFact, Grid, Head, Line, PageSection, notes_by_fact, period_heads
from exporter.page.display import ItemDisplay
from exporter.page.words import word

_FIGURE: Final = "\0"


def statement_section(filing: Filing, derived: DerivedReport, display: ItemDisplay) -> PageSection | None:
    """The section of the filing's statements, in the order of the document; ``None`` where it has none."""
    readings = readings_of(filing.composed)
    if not readings:
        return None
    facts = {place: facts_there[-1][0] for place, facts_there in derived.facts_by_origin().items()}
    notes = notes_by_fact(derived.report)
    parts: list[Heading | Grid] = []
    for reading in readings:
        parts.append(Heading(3, (PageText(reading.statement.title),)))
        parts.append(_StatementGrid(reading, facts, notes, display).grid())
    title = display.language.phrase(word("section.statements"))
    return PageSection(id="primary-statements", title=title, parts=tuple(parts))


class _StatementGrid:
    """A statement as a grid: its labels, then its columns."""

    def __init__(
        self,
        reading: StatementReading,
        facts: Mapping[tuple[str, str], Fact],
        notes: Mapping[str, tuple[str, ...]],
        display: ItemDisplay,
    ) -> None:
        self._reading = reading
        self._facts = facts
        self._notes = notes
        self._display = display

    def grid(self) -> Grid:
        """The grid, the measure of its amounts above it."""
        statement, language = self._reading.statement, self._display.language
        heads = period_heads((column.period for column in statement.columns), language)
        for number, column in enumerate(statement.columns):
            if column.label is not None:
                heads[number] = Head(label=(PageText(column.label),), is_number=True)
        return Grid(
            heads=[Head(label=(language.phrase(word("label.line")),)), *heads],
            lines=tuple(self._lines()),
            remark=self._caption(),
        )

    def _caption(self) -> Content:
        """What stands above the table: the currency and the scale of its amounts."""
        currencies = {
            row.unit.single_currency
            for row in self._reading.rows
            if row.unit is not None and row.attributes.is_monetary
        }
        if len(currencies) != 1 or (currency := next(iter(currencies))) is None:
            return ()
        measure = self._display.measure(currency, self._reading.statement.scale)
        return (PageText(measure),) if measure else ()

    def _lines(self) -> Iterator[Line]:
        first = next((row.number for row in self._reading.rows if row.cells and row.attributes.is_monetary), -1)
        parents = self._reading.parent_of()
        for row in self._reading.rows:
            label = self._label(row)
            if row.is_heading:
                yield Line(cells=(label,), level=row.row.depth, kind=RowKind.GROUP)
                continue
            cells: list[DisplayedFact | Content | None] = [None] * len(self._reading.statement.columns)
            signed = row.attributes.is_monetary and (row.number == first or row.total is not None)
            for cell in row.cells:
                cells[cell.column] = self._figure(row, cell, with_sign=signed)
            for nil in row.nil_cells:
                cells[nil.column] = self._figure(row, nil, text=nil.text)
            kind = RowKind.ENTRY
            if row.total is not None:
                kind = RowKind.SUBTOTAL if row.number in parents else RowKind.TOTAL  # a double rule is the last of sums
            yield Line(cells=(label, *cells), level=row.row.depth, kind=kind)

    def _label(self, row: ReadRow) -> Content:
        """The label, the amounts in it tagged where they stand."""
        text, amounts = row.row.label, self._reading.parenthetical
        if amounts is None or not row.figures:
            return (PageText(text),)
        content: list[Inline] = []
        end = 0
        for figure in sorted(row.figures, key=lambda figure: figure.start):
            amount = amounts.rows[figure.row]
            facts = (self._fact(amount, cell) for cell in amount.cells if cell.column in figure.columns)
            ids = [fact.id for fact in facts if fact is not None and fact.id is not None]
            if not ids:
                continue
            digits = text[figure.start : figure.stop]
            scale = -2 if amount.attributes.item_type == "percentItemType" else amount.scale
            place = FactPlace(ids, scale=scale, text=digits, negated=amount.is_negated)
            content += [PageText(text[end : figure.start]), place]
            end = figure.stop
        return (*content, PageText(text[end:]))

    def _fact(self, row: ReadRow, cell: PrintedCell | NilCell) -> Fact | None:
        return self._facts.get((f"/items/{self._reading.index}", row.field(cell)))

    def _figure(
        self, row: ReadRow, cell: PrintedCell | NilCell, *, with_sign: bool = False, text: str | None = None
    ) -> DisplayedFact | None:
        """The number of a cell, tagged; a currency stands before those of the first row and of totals.

        Of a fact without a value ``text`` is shown, or a dash.
        """
        fact = self._fact(row, cell)
        if fact is None or fact.id is None:
            return None
        before, after = self._around(row.unit.single_currency if row.unit is not None and with_sign else None)
        scale = -2 if row.attributes.item_type == "percentItemType" else row.scale
        return DisplayedFact(
            place=FactPlace(
                (fact.id,),
                scale=scale,
                text=text,
                before=before,
                after="%" if scale == -2 else after,
                negated=row.is_negated,
            ),
            value=fact.value,
            notes=self._notes.get(fact.id, ()),
            is_number=True,
        )

    def _around(self, currency: str | None) -> tuple[str, str]:
        """What stands before and after a figure with its currency."""
        if currency is None:
            return "", ""
        before, _, after = print_currency(_FIGURE, currency, self._display.language.first).partition(_FIGURE)
        return ("", "") if after else (before, after)  # what stands behind would move the digits out of line
