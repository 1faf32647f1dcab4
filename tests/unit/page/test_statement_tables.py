"""Statements on the page: as printed, each number tagged."""

from __future__ import annotations

from exporter.formats.inline_xbrl.write.blocks import RowKind
from exporter.page.compose import DisplayedFact, Grid
from exporter.page.display import ItemDisplay
from exporter.page.statement_tables import statement_section
from exporter.page.words import PageLanguage
from exporter.transformations import Style
from tests.unit.disclosures.statements.made import INCOME, SHEET, filing, node


def grids() -> list[Grid]:
    made = filing(node("BalanceSheet", SHEET), node("IncomeStatement", INCOME))
    display = ItemDisplay(PageLanguage.of("en", ("en",)), Style.of("en"))
    section = statement_section(made, made.derived, display)
    assert section is not None
    return [part for part in section.parts if isinstance(part, Grid)]


def test_rows_stand_as_printed() -> None:
    sheet, income = grids()
    lines = list(sheet.lines)
    assert [line.level for line in lines[:5]] == [0, 1, 2, 2, 2]
    assert [line.kind for line in lines[:5]] == [
        RowKind.GROUP,
        RowKind.GROUP,
        RowKind.ENTRY,
        RowKind.ENTRY,
        RowKind.SUBTOTAL,
    ]
    assert [line.kind for line in lines].count(RowKind.TOTAL) == 2  # assets; liabilities and equity
    assert len(sheet.heads) == 3
    assert sheet.remark
    assert len(list(income.lines)) == 7


def test_each_number_is_tagged_and_a_negated_row_shows_what_was_printed() -> None:
    sheet, _ = grids()
    cells = [cell for line in sheet.lines for cell in line.cells if isinstance(cell, DisplayedFact)]
    assert len(cells) == 22
    treasury = next(line for line in sheet.lines if "Treasury" in str(line.cells[0]))
    assert all(cell.place.negated for cell in treasury.cells if isinstance(cell, DisplayedFact))  # type: ignore[union-attr]
    first = next(cell for cell in cells)
    assert (first.place.before, first.place.scale) == ("US$", 3)  # type: ignore[union-attr]
