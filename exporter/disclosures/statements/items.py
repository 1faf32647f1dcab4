"""The financial statements as report items (Form 20-F, Items 8 and 18): balance sheet, income, cash flows."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from exporter.disclosures.statements.compose import STATEMENTS
from exporter.disclosures.statements.layout import Statement, StatementKind
from exporter.items.composed import ItemComposer
from exporter.items.declare import report_item

_YEAR: Final[dict[str, Any]] = {"columns": ["2004-04-01/2005-03-31"]}


@report_item(label="Balance Sheet", documentation="Assets, liabilities and equity at one or more dates, as printed.")
class BalanceSheet(Statement):
    """Assets, liabilities and equity: each column is a date."""

    kind: ClassVar[StatementKind] = StatementKind.BALANCE_SHEET
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(
    label="Income Statement", documentation="Revenues, expenses and results of one or more periods, as printed."
)
class IncomeStatement(Statement):
    """Revenues, expenses, profit or loss: each column is a period. Amounts per share and shares have own units."""

    kind: ClassVar[StatementKind] = StatementKind.INCOME
    EXAMPLE: ClassVar[dict[str, Any]] = _YEAR
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(
    label="Comprehensive Income Statement", documentation="Profit or loss and other comprehensive income, as printed."
)
class ComprehensiveIncome(Statement):
    """Profit or loss and other comprehensive income: each column is a period."""

    kind: ClassVar[StatementKind] = StatementKind.COMPREHENSIVE_INCOME
    EXAMPLE: ClassVar[dict[str, Any]] = _YEAR
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(label="Cash Flow Statement", documentation="Where cash came from and went to in a period, as printed.")
class CashFlowStatement(Statement):
    """Cash flows: each column is a period; what is paid is printed as negative."""

    kind: ClassVar[StatementKind] = StatementKind.CASH_FLOW
    EXAMPLE: ClassVar[dict[str, Any]] = _YEAR
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
    composer: ClassVar[ItemComposer] = STATEMENTS


@report_item(label="Schedule", documentation="A table of amounts that is no primary statement, as printed.")
class Schedule(Statement):
    """A table of amounts, its columns dates or periods, cut by members or not."""

    kind: ClassVar[StatementKind] = StatementKind.SCHEDULE
    composer: ClassVar[ItemComposer] = STATEMENTS
