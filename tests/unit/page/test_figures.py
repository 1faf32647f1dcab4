"""Financial statements on the page: lines under what they add up to, a column for each period."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from lxml import etree

from exporter.disclosures import StatementLine
from exporter.disclosures.financial_tables import FinancialStatement, LineRole
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import WriteContext
from exporter.items.values import Money
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.page.compose import facts_placed
from exporter.page.filing_page import filing_page
from exporter.resources.targets import StreamTarget

Y2004, Y2005 = Duration("2003-04-01", "2004-03-31"), Duration("2004-04-01", "2005-03-31")


def line(name: str, amount: int, at: Instant | Duration, **more: Any) -> StatementLine:
    statement = FinancialStatement.INCOME_STATEMENT if isinstance(at, Duration) else FinancialStatement.BALANCE_SHEET
    money = Money(amount * 1_000_000, "JPY", decimals=-6)
    return StatementLine(**{"statement": statement, "line": name, "at": at, "amount": money, **more})


def tables(items: Iterable[StatementLine], language: str = "en") -> list[list[tuple[str | None, list[str]]]]:
    """The rows of each table: their class and what their cells say, indentation in dots."""
    made = Filing(
        entity=Entity.cik(1), items=items, period_end=Instant("2005-03-31"), prefix="x", title="T", language=language
    )
    page = filing_page(made, made.derived)
    assert facts_placed(page.blocks) == {fact.id for fact in made.to_report().facts}
    stream = io.BytesIO()
    write(made.to_report(), StreamTarget(stream), WriteContext(page=lambda _: page))
    root = etree.fromstring(stream.getvalue())
    return [
        [(row.get("class"), [_cell(cell) for cell in row]) for row in table.iter("{*}tr")]
        for table in root.iter("{http://www.w3.org/1999/xhtml}table")
    ]


def _cell(cell: etree._Element) -> str:
    steps = (cell.get("class") or "").partition("indent-")[2]
    for second in cell.findall(".//*[@class='second']"):
        second.text = ""
    return "." * int(steps or 0) + " ".join("".join(map(str, cell.itertext())).split())


def balance_sheet(at: Instant, times: int) -> list[StatementLine]:
    return [
        line("assets", 78 * times, at, ordinal=6, caption="Total assets"),
        line("cash", 10 * times, at, ordinal=1, parent="current", caption="Cash"),
        line("allowance", -2 * times, at, ordinal=2, parent="current", weight=1, caption="Allowance"),
        line("current", 8 * times, at, ordinal=3, parent="assets", caption="Total current assets"),
        line("land", 70 * times, at, ordinal=4, parent="assets", caption="Land"),
    ]


def test_lines_are_indented_under_their_totals() -> None:
    (table,) = tables([*balance_sheet(Instant("2005-03-31"), 2), *balance_sheet(Instant("2004-03-31"), 1)])
    assert table == [
        (None, ["No.", "Item", "March 31, 2004", "March 31, 2005", "Part of"]),
        (None, ["1", "..Cash", "10", "20", "current"]),
        (None, ["2", "..Allowance", "(2)", "(4)", "current × 1"]),
        ("subtotal", ["3", ".Total current assets", "8", "16", "assets"]),
        (None, ["4", ".Land", "70", "140", "assets"]),
        ("total", ["6", "Total assets", "78", "156", ""]),
    ]


def test_what_is_taken_off_has_a_minus() -> None:
    lines = [line("sales", 9, Y2005, parent="profit", weight=1), line("cost", 4, Y2005, parent="profit", weight=-1)]
    english, japanese = ([*lines, line("profit", 5, Y2005)] for _ in "ab")
    for language, items in (("en", english), ("ja", japanese)):
        (table,) = tables(items, language)
        assert [cells[-1] for _, cells in table[1:]] == ["profit × 1", "profit × −1", ""]
        assert [kind for kind, _ in table[1:]] == [None, None, "total"]


def test_a_sum_over_its_parts_heads_them() -> None:
    items = [
        line("sales", 9, Y2005),
        line("services", 5, Y2005, parent="sales"),
        line("goods", 4, Y2005, parent="sales"),
    ]
    (table,) = tables(items)
    assert [kind for kind, _ in table] == [None, "group", None, None]


def test_lines_that_are_part_of_each_other_end() -> None:
    (table,) = tables([line("a", 1, Y2005, parent="b"), line("b", 1, Y2005, parent="a")])
    assert [cells[0] for _, cells in table[1:]] == [".a", ".b"]


def test_a_statement_with_columns_has_a_table_for_each_period() -> None:
    items = []
    for year, opening in ((Y2004, Instant("2003-03-31")), (Y2005, Instant("2004-03-31"))):
        for column in ("Stock", None):
            more: dict[str, Any] = {"statement": FinancialStatement.EQUITY_STATEMENT, "column": column}
            items.append(line("opening", 5, opening, role=LineRole.OPENING_BALANCE, **more))
            items.append(line("issue", 1, year, **more))
            items.append(line("closing", 6, Instant(year.last_day.isoformat()), role=LineRole.CLOSING_BALANCE, **more))
    found = tables(items)
    assert len(found) == 2
    assert found[0] == [
        (None, ["Item", "Stock", "Total"]),
        (None, ["opening – Opening Balance", "5", "5"]),
        (None, ["issue", "1", "1"]),
        (None, ["closing – Closing Balance", "6", "6"]),
    ]


def test_many_periods_are_split() -> None:
    years = [Duration(f"{year}-01-01", f"{year}-12-31") for year in range(1996, 2005)]
    found = tables([line("sales", number, year) for number, year in enumerate(years, 1)])
    assert [len(table[0][1]) for table in found] == [7, 4]


def test_a_caption_that_changes_is_shown_as_it_was() -> None:
    (table,) = tables([line("sales", 1, Y2004, caption="Revenues"), line("sales", 2, Y2005, caption="Sales")])
    assert table[1][1] == ["RevenuesSales", "1", "2"]
