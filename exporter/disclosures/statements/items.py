"""The financial statements as report items (Form 20-F, Items 8 and 18): balance sheet, income, cash flows."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from exporter.disclosures.statements.compose import STATEMENTS
from exporter.disclosures.statements.layout import Statement, StatementKind
from exporter.items.composed import ItemComposer
from exporter.items.declare import report_item

_YEAR: Final = "2004-04-01/2005-03-31"
_YEAR_BEFORE: Final = "2003-04-01/2004-03-31"
_EQUITY_AXIS: Final = "us-gaap:StatementEquityComponentsAxis"


def _example(title: str, columns: list[Any], rows: str | list[Any]) -> dict[str, Any]:
    """A statement for templates; its rows name no concepts, for each profile has its own."""
    return {"title": title, "columns": columns, "currency": "JPY", "scale": "millions", "rows": rows}


@report_item(label="Balance Sheet", documentation="Assets, liabilities and equity at one or more dates, as printed.")
class BalanceSheet(Statement):
    """Assets, liabilities and equity: each column is a date."""

    kind: ClassVar[StatementKind] = StatementKind.BALANCE_SHEET
    EXAMPLE: ClassVar = _example(
        "Consolidated Balance Sheets",
        ["2005-03-31", "2004-03-31"],
        "Assets\n"
        "  Cash and cash equivalents    | 1,400 | 1,300\n"
        "  Property and equipment, net  | 3,100 | 2,900\n"
        "  Total assets                 | 4,500 | 4,200\n"
        "Liabilities and equity\n"
        "  Total liabilities            | 2,500 | 2,400\n"
        "  Total equity                 | 2,000 | 1,800\n"
        "  Total liabilities and equity | 4,500 | 4,200\n",
    )
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(
    label="Income Statement", documentation="Revenues, expenses and results of one or more periods, as printed."
)
class IncomeStatement(Statement):
    """Revenues, expenses, profit or loss: each column is a period. Amounts per share and shares have own units."""

    kind: ClassVar[StatementKind] = StatementKind.INCOME
    EXAMPLE: ClassVar = _example(
        "Consolidated Statements of Income",
        [_YEAR, _YEAR_BEFORE],
        "Revenues           | 9,000 | 8,600\n"
        "Cost of revenues   | (5,500) | (5,300)\n"
        "Gross profit       | 3,500 | 3,300\n"
        "Income tax expense | (1,200) | (1,100)\n"
        "Net income         | 2,300 | 2,200\n",
    )
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(
    label="Comprehensive Income Statement", documentation="Profit or loss and other comprehensive income, as printed."
)
class ComprehensiveIncome(Statement):
    """Profit or loss and other comprehensive income: each column is a period."""

    kind: ClassVar[StatementKind] = StatementKind.COMPREHENSIVE_INCOME
    EXAMPLE: ClassVar = _example(
        "Consolidated Statements of Comprehensive Income",
        [_YEAR, _YEAR_BEFORE],
        "Net income                               | 2,300 | 2,200\n"
        "Foreign currency translation adjustments | (100) | 50\n"
        "Comprehensive income                     | 2,200 | 2,250\n",
    )
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(label="Cash Flow Statement", documentation="Where cash came from and went to in a period, as printed.")
class CashFlowStatement(Statement):
    """Cash flows: each column is a period; what is paid is printed as negative."""

    kind: ClassVar[StatementKind] = StatementKind.CASH_FLOW
    EXAMPLE: ClassVar = _example(
        "Consolidated Statements of Cash Flows",
        [_YEAR, _YEAR_BEFORE],
        "Net cash provided by operating activities | 2,900 | 2,700\n"
        "Net cash used in investing activities     | (1,700) | (1,500)\n"
        "Net cash used in financing activities     | (1,100) | (1,000)\n"
        "Net increase in cash                      | 100 | 200\n",
    )
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(
    label="Statement of Changes in Equity",
    documentation="How the components of equity changed in a period, as printed.",
)
class ChangesInEquity(Statement):
    """Changes in equity: each column is a period and, by a member, a component of equity; rows are
    balances and changes.
    """

    kind: ClassVar[StatementKind] = StatementKind.EQUITY
    EXAMPLE: ClassVar = _example(
        "Consolidated Statements of Changes in Equity",
        [
            {
                "period": _YEAR,
                "label": "Retained earnings",
                "members": {_EQUITY_AXIS: "us-gaap:RetainedEarningsMember"},
            },
            {"period": _YEAR, "label": "Total equity"},
        ],
        [
            {"label": "Balance at the beginning of the year", "values": ["900", "1,800"], "at": "start"},
            {"label": "Net income", "values": ["2,300", "2,300"]},
            {"label": "Dividends", "values": ["(2,100)", "(2,100)"]},
            {"label": "Balance at the end of the year", "values": ["1,100", "2,000"], "at": "end"},
        ],
    )
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(label="Schedule", documentation="A table of amounts that is no primary statement, as printed.")
class Schedule(Statement):
    """A table of amounts, its columns dates or periods, cut by members or not."""

    kind: ClassVar[StatementKind] = StatementKind.SCHEDULE
    EXAMPLE: ClassVar = _example(
        "Long-term borrowings",
        ["2005-03-31", "2004-03-31"],
        "Bank loans | 1,900 | 1,800\nBonds      | 300 | 300\nTotal      | 2,200 | 2,100\n",
    )
    composer: ClassVar[ItemComposer] = STATEMENTS
