"""Amounts of money by meaning: revenue, income, cash flows, assets, liabilities.

What tells figures apart (accounting standard, restatement, translation) is declared here for all kinds of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from exporter.disclosures.headings import SELECTED_DATA
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import (
    ReportItem,
    companion,
    concept_choice,
    dimension,
    option,
    period,
    report_item,
    selector,
)
from exporter.items.values import Money, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration, Instant


class AccountingStandard(Enumeration):
    """The accounting principles that figures follow."""

    US_GAAP = "us_gaap", "U.S. GAAP"
    IFRS = "ifrs", "International Financial Reporting Standards"
    JAPANESE_GAAP = "japanese_gaap", "Japanese GAAP"
    OTHER = "other", "Other"


class Restatement(Enumeration):
    """Whether figures of an earlier year were changed later."""

    AS_PREVIOUSLY_REPORTED = "as_previously_reported", "As Previously Reported"
    ADJUSTMENT = "restatement_adjustment", "Restatement Adjustment"
    RESTATED = "restated", "Restated"


class CurrencyTranslation(Enumeration):
    """How an amount came into its currency, where it was not reported in it."""

    CONVENIENCE_TRANSLATION = "convenience_translation", "Convenience Translation"


def by_accounting_standard() -> Any:
    """The field with the accounting principles that a figure follows."""
    return dimension("AccountingStandard", label="Accounting Standard", default=None)


def by_restatement() -> Any:
    """The field that tells a figure that was changed later from the one first reported."""
    return dimension("Restatement", label="Restatement", default=None)


def by_translation() -> Any:
    """The field that tells an amount translated for convenience from the one reported."""
    return dimension("CurrencyTranslation", label="Currency Translation", default=None)


class MeasurementBasis(Enumeration):
    """How an amount was measured."""

    BOOK_VALUE = "book_value", "Book Value"
    FAIR_VALUE = "fair_value", "Fair Value"
    COST = "cost", "Cost"
    UNSPECIFIED = "unspecified", "Unspecified"


class Rounding(Enumeration):
    """How the printed digits came from the exact amount."""

    ROUNDED = "rounded", "Rounded"
    TRUNCATED = "truncated", "Truncated"
    UNKNOWN = "unknown", "Unknown"


class StatedSign(Enumeration):
    """The sign of an amount where the amount itself may not be given."""

    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"


class MonetaryMeaning(Enumeration):
    """What an amount of money is. Deficits, net losses, write-offs and holdings are item classes of their own."""

    REVENUE = "revenue", "Revenue"
    COST_OF_REVENUE = "cost_of_revenue", "Cost of Revenue"
    GROSS_PROFIT = "gross_profit", "Gross Profit"
    OPERATING_EXPENSES = "operating_expenses", "Operating Expenses"
    OPERATING_INCOME = "operating_income", "Operating Income"
    INTEREST_EXPENSE = "interest_expense", "Interest Expense"
    INCOME_TAX = "income_tax", "Income Tax"
    NET_INCOME = "net_income", "Net Income"
    OPERATING_CASH_FLOW = "operating_cash_flow", "Operating Cash Flow"
    INVESTING_CASH_FLOW = "investing_cash_flow", "Investing Cash Flow"
    FINANCING_CASH_FLOW = "financing_cash_flow", "Financing Cash Flow"
    CAPITAL_EXPENDITURE = "capital_expenditure", "Capital Expenditure"
    TOTAL_ASSETS = "total_assets", "Total Assets"
    TOTAL_LIABILITIES = "total_liabilities", "Total Liabilities"
    TOTAL_EQUITY = "total_equity", "Total Equity"
    CASH = "cash", "Cash and Cash Equivalents"
    BORROWINGS = "borrowings", "Borrowings"
    CAPITAL_STOCK = "capital_stock", "Capital Stock"


INSTANT_MEANINGS: Final = frozenset(
    {
        MonetaryMeaning.TOTAL_ASSETS,
        MonetaryMeaning.TOTAL_LIABILITIES,
        MonetaryMeaning.TOTAL_EQUITY,
        MonetaryMeaning.CASH,
        MonetaryMeaning.BORROWINGS,
        MonetaryMeaning.CAPITAL_STOCK,
    }
)


@report_item(
    label="Monetary Fact",
    documentation="An amount of money with a stated meaning, at a date or for a period.",
    section="3.A",
    heading=SELECTED_DATA,
)
class MonetaryFact(ReportItem):
    """An amount of money with a stated meaning.

    Income, cash flows and expenditure are for a `Duration`, assets, liabilities and equity as of an `Instant`. Income
    is positive and a loss negative, as a statement of income prints them.
    """

    meaning: MonetaryMeaning = selector()
    at: Instant | Duration = period()
    amount: Money | Unknown = concept_choice(
        option(
            "Revenues",
            wider=["ifrs-full:Revenue"],
            when={"meaning": MonetaryMeaning.REVENUE},
            period="duration",
            balance="credit",
            label="Revenues",
            documentation="What the registrant earned from its customers in the period.",
        ),
        option(
            "CostOfRevenue",
            wider=["ifrs-full:CostOfSales"],
            when={"meaning": MonetaryMeaning.COST_OF_REVENUE},
            period="duration",
            balance="debit",
            label="Cost of Revenue",
            documentation="Cost of the goods and services sold in the period.",
        ),
        option(
            "GrossProfit",
            wider=["ifrs-full:GrossProfit"],
            when={"meaning": MonetaryMeaning.GROSS_PROFIT},
            period="duration",
            balance="credit",
            label="Gross Profit",
            documentation="Revenues less their cost.",
        ),
        option(
            "OperatingExpenses",
            wider=["ifrs-full:OperatingExpense"],
            when={"meaning": MonetaryMeaning.OPERATING_EXPENSES},
            period="duration",
            balance="debit",
            label="Operating Expenses",
            documentation="Expenses of operations in the period.",
        ),
        option(
            "OperatingIncomeLoss",
            wider=["ifrs-full:ProfitLossFromOperatingActivities"],
            when={"meaning": MonetaryMeaning.OPERATING_INCOME},
            period="duration",
            balance="credit",
            label="Operating Income (Loss)",
            documentation="Result of operations before interest and taxes; negative for a loss.",
        ),
        option(
            "InterestExpense",
            wider=["ifrs-full:InterestExpense"],
            when={"meaning": MonetaryMeaning.INTEREST_EXPENSE},
            period="duration",
            balance="debit",
            label="Interest Expense",
            documentation="Interest incurred on debt in the period.",
        ),
        option(
            "IncomeTaxExpenseBenefit",
            wider=["ifrs-full:IncomeTaxExpenseContinuingOperations"],
            when={"meaning": MonetaryMeaning.INCOME_TAX},
            period="duration",
            balance="debit",
            label="Income Tax Expense (Benefit)",
            documentation="Taxes on income of the period, deferred ones included.",
        ),
        option(
            "ProfitLoss",
            wider=["ifrs-full:ProfitLoss"],
            when={"meaning": MonetaryMeaning.NET_INCOME},
            period="duration",
            balance="credit",
            label="Net Income (Loss), Including Noncontrolling Interests",
            documentation="Result of the period for all owners; negative for a loss.",
        ),
        option(
            "NetCashProvidedByUsedInOperatingActivities",
            wider=["ifrs-full:CashFlowsFromUsedInOperatingActivities"],
            when={"meaning": MonetaryMeaning.OPERATING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Operating Activities",
            documentation="Cash that operations brought in; negative where they used it.",
        ),
        option(
            "NetCashProvidedByUsedInInvestingActivities",
            wider=["ifrs-full:CashFlowsFromUsedInInvestingActivities"],
            when={"meaning": MonetaryMeaning.INVESTING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Investing Activities",
            documentation="Cash that investing brought in; negative where it used it.",
        ),
        option(
            "NetCashProvidedByUsedInFinancingActivities",
            wider=["ifrs-full:CashFlowsFromUsedInFinancingActivities"],
            when={"meaning": MonetaryMeaning.FINANCING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Financing Activities",
            documentation="Cash that financing brought in; negative where it used it.",
        ),
        option(
            "PaymentsToAcquirePropertyPlantAndEquipment",
            wider=["ifrs-full:PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities"],
            when={"meaning": MonetaryMeaning.CAPITAL_EXPENDITURE},
            period="duration",
            balance="credit",
            label="Payments to Acquire Property, Plant and Equipment",
            documentation="Cash paid for property, plant and equipment in the period.",
        ),
        option(
            "Assets",
            wider=["ifrs-full:Assets"],
            when={"meaning": MonetaryMeaning.TOTAL_ASSETS},
            period="instant",
            balance="debit",
            label="Assets",
            documentation="All assets at the date.",
        ),
        option(
            "Liabilities",
            wider=["ifrs-full:Liabilities"],
            when={"meaning": MonetaryMeaning.TOTAL_LIABILITIES},
            period="instant",
            balance="credit",
            label="Liabilities",
            documentation="All liabilities at the date.",
        ),
        option(
            "StockholdersEquity",
            wider=["ifrs-full:Equity"],
            when={"meaning": MonetaryMeaning.TOTAL_EQUITY},
            period="instant",
            balance="credit",
            label="Stockholders' Equity",
            documentation="Assets less liabilities at the date.",
        ),
        option(
            "CashAndCashEquivalents",
            wider=["ifrs-full:CashAndCashEquivalents"],
            when={"meaning": MonetaryMeaning.CASH},
            period="instant",
            balance="debit",
            label="Cash and Cash Equivalents",
            documentation="Cash, and investments as good as cash, at the date.",
        ),
        option(
            "Borrowings",
            wider=["ifrs-full:Borrowings"],
            when={"meaning": MonetaryMeaning.BORROWINGS},
            period="instant",
            balance="credit",
            label="Borrowings",
            documentation="Money owed to lenders at the date.",
        ),
        option(
            "CommonStockValue",
            wider=["ifrs-full:IssuedCapital"],
            when={"meaning": MonetaryMeaning.CAPITAL_STOCK},
            period="instant",
            balance="credit",
            label="Common Stock, Value",
            documentation="Stated capital for common stock at the date.",
        ),
    )
    stated_sign: StatedSign | None = companion("StatedSign", of="amount", label="Stated Sign", default=None)
    basis: MeasurementBasis | None = companion("MeasurementBasis", of="amount", label="Measurement Basis", default=None)
    rounding: Rounding | None = companion("Rounding", of="amount", label="Rounding", default=None)
    accounting_standard: AccountingStandard | None = by_accounting_standard()
    restatement: Restatement | None = by_restatement()
    translation: CurrencyTranslation | None = by_translation()

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.meaning in INSTANT_MEANINGS, self.at, what=self.meaning.label)
        yield from self._check_sign()

    def _check_sign(self) -> Iterator[Finding]:
        if self.stated_sign is None or isinstance(self.amount, Unknown) or self.amount.value == 0:
            return
        if (self.amount.value > 0) != (self.stated_sign is StatedSign.POSITIVE):
            yield problem(
                "exporter:signContradicted",
                f"the amount {self.amount.value:f} is stated to be {self.stated_sign.value}",
                "stated_sign",
                "amount",
                fix="give income as a positive and a loss as a negative amount",
            )


def check_period_fits(instant: bool, at: Instant | Duration, *, what: str) -> Iterator[Finding]:
    """A balance is as of an instant, a flow for a duration."""
    if instant != isinstance(at, Instant):
        expected, given = ("an instant", "a duration") if instant else ("a duration", "an instant")
        yield problem("exporter:periodKind", f"{what} is stated for {expected}, got {given}: {at}", "at")
