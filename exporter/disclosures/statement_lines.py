"""Lines of financial statements, Item 18."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import companion, concept_choice, dimension, option, period
from exporter.items.values import Money, Unknown
from exporter.model.period import Duration, Instant


class FinancialStatement(Enumeration):
    """Which statement a line stands in."""

    BALANCE_SHEET = "balance_sheet", "Balance Sheet", "貸借対照表"
    INCOME_STATEMENT = "income_statement", "Income Statement", "損益計算書"
    CASH_FLOW_STATEMENT = "cash_flow_statement", "Cash Flow Statement", "キャッシュ・フロー計算書"
    EQUITY_STATEMENT = "equity_statement", "Equity Statement", "資本変動計算書"


class LineRole(Enumeration):
    """Whether a line carries a balance forward."""

    OPENING_BALANCE = "opening_balance", "Opening Balance", "期首残高"
    CLOSING_BALANCE = "closing_balance", "Closing Balance", "期末残高"


_FLOWS: Final = frozenset({FinancialStatement.INCOME_STATEMENT, FinancialStatement.CASH_FLOW_STATEMENT})


@report_item(
    label="Statement Line",
    label_ja="財務諸表の科目",
    documentation="The amount in one line and column of a financial statement.",
    documentation_ja="財務諸表の一行一列の金額。",
)
class StatementLine(ReportItem):
    """The amount in one line of a statement, in one column where the statement has columns (components of equity).

    ``line`` names the line within its statement; ``parent`` is the line that it is added to, times ``weight``.
    """

    statement: FinancialStatement = dimension("FinancialStatement", label="Financial Statement", label_ja="財務諸表")
    line: str = dimension("StatementLine", label="Statement Line", label_ja="財務諸表の科目")
    at: Instant | Duration = period()
    amount: Money | Unknown = concept_choice(
        option(
            "StatementLineFlow",
            period="duration",
            label="Statement Line, Flow",
            label_ja="財務諸表の科目、フロー",
            documentation="Amount of the line for the period.",
        ),
        option(
            "StatementLineBalance",
            period="instant",
            label="Statement Line, Balance",
            label_ja="財務諸表の科目、残高",
            documentation="Amount of the line at the date.",
        ),
    )
    caption: str | None = companion("Caption", of="amount", label="Caption", label_ja="表示名", default=None)
    ordinal: int | None = companion("Ordinal", of="amount", label="Ordinal", label_ja="表示順", default=None)
    parent: str | None = companion("Parent", of="amount", label="Parent", label_ja="上位の科目", default=None)
    weight: int | None = companion("Weight", of="amount", label="Weight", label_ja="加減算の係数", default=None)
    role: LineRole | None = companion("Role", of="amount", label="Role", label_ja="科目の役割", default=None)
    column: str | None = dimension("StatementColumn", label="Statement Column", label_ja="財務諸表の列", default=None)

    def check(self) -> Iterator[Finding]:
        yield from self._check_period()
        yield from self._check_parent()

    def _check_period(self) -> Iterator[Finding]:
        instant = isinstance(self.at, Instant)
        if self.statement is FinancialStatement.BALANCE_SHEET and not instant:
            yield problem("exporter:periodKind", f"a balance sheet is as of an instant, got {self.at}", "at")
        if self.statement in _FLOWS and instant and self.role is None:
            yield problem(
                "exporter:periodKind",
                f"a line of the {self.statement.label.lower()} is for a duration, got {self.at}",
                "at",
                mend="give the period, or the role of an opening or closing balance",
            )

    def _check_parent(self) -> Iterator[Finding]:
        if self.parent is not None and self.parent == self.line:
            yield problem("exporter:parentOfItself", f"the line {self.line} is its own parent", "parent")
        if self.weight is not None and (self.weight == 0 or self.parent is None):
            yield problem(
                "exporter:weightWithoutParent",
                "a weight is 1, -1 or another whole number but 0, and goes with a parent",
                "weight",
            )
