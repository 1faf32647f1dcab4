"""Figures in tables: selected financial data (Item 3.A), segments and regions (4.B, 5, 18), statement lines (18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import identity
from exporter.disclosures.figure_checks import check_balance, check_dilution
from exporter.disclosures.monetary_facts import MonetaryFact, check_period_fits
from exporter.disclosures.ratios import MultipleFact, RatioFact
from exporter.disclosures.shares import PerShareFact, ShareCountFact
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.declare import (
    ReportItem,
    companion,
    concept_choice,
    dimension,
    option,
    period,
    report_item,
    rows,
    selector,
)
from exporter.items.placed import rows_at
from exporter.items.values import Money, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration, Instant


class SegmentMeasure(Enumeration):
    """What is measured of a segment."""

    REVENUE = "segment_revenue", "Segment Revenue"
    INTERSEGMENT_REVENUE = "intersegment_revenue", "Intersegment Revenue"
    OPERATING_INCOME = "segment_operating_income", "Segment Operating Income"
    DEPRECIATION = "segment_depreciation", "Segment Depreciation"
    CAPITAL_EXPENDITURE = "segment_capital_expenditure", "Segment Capital Expenditure"
    ASSETS = "segment_assets", "Segment Assets"


class ConsolidationItem(Enumeration):
    """Which line between the segments and the consolidated figure an amount is."""

    OPERATING_SEGMENT = "operating_segment", "Operating Segment"
    CORPORATE = "corporate", "Corporate"
    ELIMINATION = "elimination", "Elimination"
    CONSOLIDATED = "consolidated", "Consolidated"


@report_item(
    label="Segment Result",
    documentation="A figure of one segment, of the eliminations or of the whole, as a segment table states it.",
    section="18",
)
class SegmentResult(ReportItem):
    """A figure of a segment table: of a segment, of corporate functions, of eliminations, or consolidated."""

    measure: SegmentMeasure = selector()
    at: Instant | Duration = period()
    amount: Money | Unknown = concept_choice(
        option(
            "SegmentRevenue",
            wider=["ifrs-full:Revenue"],
            when={"measure": SegmentMeasure.REVENUE},
            period="duration",
            balance="credit",
            label="Segment Revenue",
            documentation="Revenues of the segment in the period.",
        ),
        option(
            "SegmentIntersegmentRevenue",
            wider=["ifrs-full:Revenue"],
            when={"measure": SegmentMeasure.INTERSEGMENT_REVENUE},
            period="duration",
            balance="credit",
            label="Segment, Intersegment Revenue",
            documentation="Revenues of the segment from other segments in the period.",
        ),
        option(
            "SegmentOperatingIncomeLoss",
            wider=["ifrs-full:ProfitLossFromOperatingActivities"],
            when={"measure": SegmentMeasure.OPERATING_INCOME},
            period="duration",
            balance="credit",
            label="Segment Operating Income (Loss)",
            documentation="Result of the segment's operations; negative for a loss.",
        ),
        option(
            "SegmentDepreciation",
            wider=["ifrs-full:DepreciationAndAmortisationExpense"],
            when={"measure": SegmentMeasure.DEPRECIATION},
            period="duration",
            balance="debit",
            label="Segment Depreciation",
            documentation="Depreciation of the segment's assets in the period.",
        ),
        option(
            "SegmentCapitalExpenditure",
            wider=["ifrs-full:AdditionsToNoncurrentAssets"],
            when={"measure": SegmentMeasure.CAPITAL_EXPENDITURE},
            period="duration",
            balance="debit",
            label="Segment Capital Expenditure",
            documentation="What was spent on long-lived assets of the segment in the period.",
        ),
        option(
            "SegmentAssets",
            wider=["ifrs-full:Assets"],
            when={"measure": SegmentMeasure.ASSETS},
            period="instant",
            balance="debit",
            label="Segment Assets",
            documentation="Assets of the segment at the date.",
        ),
    )
    line: ConsolidationItem | None = dimension("ConsolidationItem", label="Consolidation Item", default=None)
    segment: str | None = dimension("Segment", label="Segment", default=None)
    geography: str | None = dimension("Geography", label="Geography", default=None)
    product: str | None = dimension("ProductOrService", label="Product or Service", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.measure is SegmentMeasure.ASSETS, self.at, what=self.measure.label)
        yield from self._check_line()

    def _check_line(self) -> Iterator[Finding]:
        if self.segment is self.geography is self.product is None and self.line in (
            None,
            ConsolidationItem.OPERATING_SEGMENT,
        ):
            yield problem(
                "exporter:segmentMissing",
                "the figure is of no segment, region or product",
                "segment",
                fix="name the segment, or say that it is corporate, an elimination or consolidated",
            )
        if self.segment is not None and self.line is ConsolidationItem.CONSOLIDATED:
            yield problem(
                "exporter:segmentOfWhole", f"a consolidated figure is not that of the segment {self.segment}", "line"
            )


class FinancialStatement(Enumeration):
    """Which statement a line stands in."""

    BALANCE_SHEET = "balance_sheet", "Balance Sheet"
    INCOME_STATEMENT = "income_statement", "Income Statement"
    CASH_FLOW_STATEMENT = "cash_flow_statement", "Cash Flow Statement"
    EQUITY_STATEMENT = "equity_statement", "Equity Statement"


class LineRole(Enumeration):
    """Whether a line carries a balance forward."""

    OPENING_BALANCE = "opening_balance", "Opening Balance"
    CLOSING_BALANCE = "closing_balance", "Closing Balance"


_FLOWS: Final = frozenset({FinancialStatement.INCOME_STATEMENT, FinancialStatement.CASH_FLOW_STATEMENT})


@report_item(
    label="Statement Line",
    documentation="The amount in one line and column of a financial statement.",
    part="statement",
    section="18",
)
class StatementLine(ReportItem):
    """The amount in one line of a statement, in one column where the statement has columns (components of equity).

    ``line`` names the line within its statement; ``parent`` is the line that it is added to, times ``weight``.
    """

    statement: FinancialStatement = dimension("FinancialStatement", label="Financial Statement")
    line: str = dimension("StatementLine", label="Statement Line")
    at: Instant | Duration = period()
    amount: Money | Unknown = concept_choice(
        option(
            "StatementLineFlow",
            period="duration",
            label="Statement Line, Flow",
            documentation="Amount of the line for the period.",
        ),
        option(
            "StatementLineBalance",
            period="instant",
            label="Statement Line, Balance",
            documentation="Amount of the line at the date.",
        ),
    )
    caption: str | None = companion("Caption", of="amount", label="Caption", default=None)
    ordinal: int | None = companion("Ordinal", of="amount", label="Ordinal", default=None)
    parent: str | None = companion("Parent", of="amount", label="Parent", default=None)
    weight: int | None = companion("Weight", of="amount", label="Weight", default=None)
    role: LineRole | None = companion("Role", of="amount", label="Role", default=None)
    column: str | None = dimension("StatementColumn", label="Statement Column", default=None)

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
                fix="give the period, or the role of an opening or closing balance",
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


@report_item(
    label="Selected Financial Data",
    documentation="A table of figures over several years.",
    section="3.A",
)
class SelectedFinancialData(ReportItem):
    """A table of figures by fiscal year; its facts are those of its rows.

    A column is a period under one accounting standard, restated or not; each figure stands in it once.
    """

    rows: tuple[MonetaryFact | PerShareFact | ShareCountFact | RatioFact | MultipleFact, ...] = rows(alone=True)

    def check(self) -> Iterator[Finding]:
        yield from self._check_columns()
        yield from self._check_standards()
        figures = tuple(rows_at(self.rows, "/rows"))
        yield from check_balance(figures)
        yield from check_dilution(figures)

    def _check_columns(self) -> Iterator[Finding]:
        seen: dict[object, int] = {}
        for number, row in enumerate(self.rows):
            first = seen.setdefault(identity(row), number)
            if first != number:
                yield problem(
                    "exporter:columnTwice",
                    f"rows {first} and {number} state the same figure for {row.at}: one column for a fiscal year",
                    f"rows/{number}",
                    fix="leave one out, or say which is restated or follows another accounting standard",
                )

    def _check_standards(self) -> Iterator[Finding]:
        standards = list(dict.fromkeys(row.accounting_standard for row in self.rows))
        if len(standards) > 1:
            names = list_text("none stated" if standard is None else standard.label for standard in standards)
            yield problem(
                "exporter:mixedStandards",
                f"the table mixes accounting standards ({names}) without a reconciliation",
                "rows",
                fix="make a table for each standard, or add the reconciliation",
                warning=True,
            )
