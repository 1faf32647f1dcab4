"""Statements with one thing wrong get one finding, with row, column and what would settle it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.disclosures.statements.made import FLOWS, INCOME, SHEET, codes, filing, messages, node

FAULTS = {
    "a total off by one": ("2,000 | 1,100", "2,001 | 1,100", "Total current assets", "2024-12-31", "2,000"),
    "a part off": ("| 800 |", "| 850 |", "Total current assets", "2024-12-31", "write 2,050"),
    "a sign turned": ("| 2,200 |", "| (2,200) |", "Total equity", "2024-12-31", "its sign is turned; write 2,200"),
    "a scale wrong": (
        "| 1,200 | 1,100",
        "| 1,200,000 | 1,100,000",
        "Total current assets",
        "2024-12-31",
        "'Cash' in column 2024-12-31: it is a thousand times too large; write 1,200",
    ),
    "a column shifted": ("| 3,500 | 3,600", "| | 3,500", "Total assets", "2024-12-31", "too far right; write 3,500"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_finding_names_row_column_and_fix(name: str) -> None:
    before, after, row, column, fix = FAULTS[name]
    table = re.sub(r"(?<=[|\w,)—]) +(?=\|)", " ", SHEET)
    changed = table.replace(before, after, 1)
    assert changed != table
    made = filing(node("BalanceSheet", changed))
    (message,) = messages(made)
    assert codes(made) == ["exporter:statementSum"]
    assert f"the row {row!r}, column {column}" in message
    assert fix in message


def test_assets_are_liabilities_and_equity() -> None:
    rows = """
        Total assets                 | us-gaap:Assets                           | 5,500 | 4,700
        Total liabilities and equity | us-gaap:LiabilitiesAndStockholdersEquity | 5,500 | 4,800
    """
    made = filing(node("BalanceSheet", rows))
    assert codes(made) == ["exporter:statementSides"]
    assert "column 2023-12-31: 4,700 is not 'Total liabilities and equity', 4,800" in messages(made)[0]


def test_opening_balance_and_change_make_the_closing_balance() -> None:
    made = filing(node("CashFlowStatement", FLOWS.replace("| 1,100 | 1,200", "| 1,150 | 1,200")))
    assert codes(made) == ["exporter:statementBalance"]
    assert "the opening balance 1,150 and the change make 1,250" in messages(made)[0]


def test_the_same_figure_in_two_statements() -> None:
    made = filing(
        node("IncomeStatement", INCOME), node("CashFlowStatement", FLOWS.replace("| 2,600 | 2,050", "| 2,601 | 2,050"))
    )
    (finding,) = made.derived.findings
    assert "NetIncomeLoss" in finding.message
    assert finding.location.pointer == "/items/1/rows/1/values/0"


def test_statements_that_hold_have_no_finding() -> None:
    made = filing(node("BalanceSheet", SHEET), node("IncomeStatement", INCOME), node("CashFlowStatement", FLOWS))
    assert codes(made) == []


@st.composite
def sheets(draw: st.DrawFn) -> list[tuple[str, list[int]]]:
    """Labels and values in two columns of the rows of a section and of their total."""
    amounts = st.lists(st.integers(10_000, 999_999), min_size=2, max_size=2)
    rows = [(f"Row {name}", draw(amounts)) for name in "ABCDEFG"[: draw(st.integers(3, 7))]]
    return [*rows, ("Total rows", [sum(column) for column in zip(*(values for _, values in rows), strict=True)])]


def table(rows: list[tuple[str, list[str]]]) -> str:
    lines = [f"  {label} | {' | '.join(values)}" for label, values in rows]
    return "\n".join(["Rows: | | ", *lines])


@settings(max_examples=60, deadline=None)
@given(sheets(), st.data())
def test_one_wrong_row_of_a_generated_section(rows: list[tuple[str, list[int]]], data: st.DataObject) -> None:
    printed = [(label, [f"{value:,}" for value in values]) for label, values in rows]
    assert codes(filing(node("BalanceSheet", table(printed)))) == []
    number = data.draw(st.integers(0, len(rows) - 2))
    column = data.draw(st.integers(0, 1))
    label, values = printed[number]
    what, wrong = data.draw(
        st.sampled_from(
            [
                ("its sign is turned", f"({values[column]})"),
                ("it is a thousand times too large", f"{values[column]},000"),
                ("write", f"{rows[number][1][column] + 1:,}"),
            ]
        )
    )
    printed[number] = (label, [wrong if n == column else text for n, text in enumerate(values)])
    (message,) = messages(filing(node("BalanceSheet", table(printed))))
    assert what in message
    assert "'Total rows'" in message
    assert what == "write" or f"{label!r} in column" in message
