"""What rows ask of their concepts."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.disclosures.statements.layout import Statement, with_depths
from exporter.disclosures.statements.row_query import RowQuery, has_minority_rows, queries_of, row_query
from exporter.disclosures.statements.sections import sections_of
from tests.unit.disclosures.statements.made import filing, node


def asked(kind: str, rows: str, number: int = 0) -> RowQuery:
    (item,) = filing(node(kind, rows)).items
    statement: Any = item
    assert isinstance(statement, Statement)
    depths = with_depths(statement.rows)
    sections = list(sections_of(statement.kind, depths))
    return row_query(statement, depths, sections, number, has_minority=has_minority_rows([statement]))


def test_labels_lose_what_only_this_company_has() -> None:
    texts = queries_of("Less: Accounts receivable, net of allowance of $3 (Note 5)")
    assert texts[0].startswith("accounts receivable, net of")
    assert texts[-1] == "accounts receivable"


@pytest.mark.parametrize(
    ("rows", "item_type"),
    [
        ("Net income | 2,600 | 2,050", "monetaryItemType"),
        ("Earnings per share | 2.60 | 2.05", "perShareItemType"),
        ("Shares outstanding | 1,000 | 1,000", "sharesItemType"),
        ("Weighted average shares used | 1,000 | 1,000.5", "sharesItemType"),
        ("Basic net income per share | 1.2.3 | (0.10)", "perShareItemType"),
    ],
)
def test_the_kind_of_amount(rows: str, item_type: str) -> None:
    assert asked("IncomeStatement", rows).item_types == {item_type}


def test_periods_follow_the_statement() -> None:
    assert asked("BalanceSheet", "Cash | 1 | 2").periods == {"instant"}
    assert asked("IncomeStatement", "Sales | 1 | 2").periods == {"duration"}
    assert asked("CashFlowStatement", "Cash at the end of year | 1 | 2").periods == {"instant", "duration"}


def test_results_of_a_group_with_others() -> None:
    rows = "Net income | 30 | 20\nLess: noncontrolling interests | 3 | 2\nNet income attributable to us | 27 | 18"
    assert asked("IncomeStatement", rows).is_of_group
    assert not asked("IncomeStatement", rows, 2).is_of_group
    assert not asked("IncomeStatement", "Net income | 30 | 20").is_of_group
