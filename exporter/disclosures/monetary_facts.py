"""What a figure in a table may be told apart by: accounting standard, restatement, translation, basis, accuracy.

Amounts of money by meaning: revenue, income, cash flows, assets, liabilities.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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

    US_GAAP = "us_gaap", "U.S. GAAP", "米国会計基準"
    IFRS = "ifrs", "International Financial Reporting Standards", "国際会計基準"
    JAPANESE_GAAP = "japanese_gaap", "Japanese GAAP", "日本基準"
    OTHER = "other", "Other", "その他"


class Restatement(Enumeration):
    """Whether figures of an earlier year were changed later."""

    AS_PREVIOUSLY_REPORTED = "as_previously_reported", "As Previously Reported", "修正再表示前"
    ADJUSTMENT = "restatement_adjustment", "Restatement Adjustment", "修正再表示による調整"
    RESTATED = "restated", "Restated", "修正再表示後"


class CurrencyTranslation(Enumeration):
    """How an amount came into its currency, where it was not reported in it."""

    CONVENIENCE_TRANSLATION = "convenience_translation", "Convenience Translation", "便宜上の換算"


class MeasurementBasis(Enumeration):
    """How an amount was measured."""

    BOOK_VALUE = "book_value", "Book Value", "帳簿価額"
    FAIR_VALUE = "fair_value", "Fair Value", "公正価値"
    COST = "cost", "Cost", "取得原価"
    UNSPECIFIED = "unspecified", "Unspecified", "明示なし"


class Rounding(Enumeration):
    """How the printed digits came from the exact amount."""

    ROUNDED = "rounded", "Rounded", "四捨五入"
    TRUNCATED = "truncated", "Truncated", "切捨て"
    UNKNOWN = "unknown", "Unknown", "不明"


class StatedSign(Enumeration):
    """What is said of an amount's sign where the amount itself may not be given."""

    POSITIVE = "positive", "Positive", "プラス"
    NEGATIVE = "negative", "Negative", "マイナス"


class MonetaryMeaning(Enumeration):
    """What an amount of money is. Deficits, net losses, write-offs and holdings are item classes of their own."""

    REVENUE = "revenue", "Revenue", "売上高"
    COST_OF_REVENUE = "cost_of_revenue", "Cost of Revenue", "売上原価"
    GROSS_PROFIT = "gross_profit", "Gross Profit", "売上総利益"
    OPERATING_EXPENSES = "operating_expenses", "Operating Expenses", "営業費用"
    OPERATING_INCOME = "operating_income", "Operating Income", "営業利益"
    INTEREST_EXPENSE = "interest_expense", "Interest Expense", "支払利息"
    INCOME_TAX = "income_tax", "Income Tax", "法人税等"
    NET_INCOME = "net_income", "Net Income", "当期純利益"
    OPERATING_CASH_FLOW = "operating_cash_flow", "Operating Cash Flow", "営業活動によるキャッシュ・フロー"
    INVESTING_CASH_FLOW = "investing_cash_flow", "Investing Cash Flow", "投資活動によるキャッシュ・フロー"
    FINANCING_CASH_FLOW = "financing_cash_flow", "Financing Cash Flow", "財務活動によるキャッシュ・フロー"
    CAPITAL_EXPENDITURE = "capital_expenditure", "Capital Expenditure", "設備投資額"
    TOTAL_ASSETS = "total_assets", "Total Assets", "資産合計"
    TOTAL_LIABILITIES = "total_liabilities", "Total Liabilities", "負債合計"
    TOTAL_EQUITY = "total_equity", "Total Equity", "資本合計"
    CASH = "cash", "Cash and Cash Equivalents", "現金及び現金同等物"
    BORROWINGS = "borrowings", "Borrowings", "借入金"
    CAPITAL_STOCK = "capital_stock", "Capital Stock", "資本金"


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
    label_ja="金額",
    documentation="An amount of money with a stated meaning, at a date or for a period.",
    documentation_ja="特定の日又は期間における、意味の定まった金額。",
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
            when={"meaning": MonetaryMeaning.REVENUE},
            period="duration",
            balance="credit",
            label="Revenues",
            label_ja="売上高",
            documentation="What the registrant earned from its customers in the period.",
        ),
        option(
            "CostOfRevenue",
            when={"meaning": MonetaryMeaning.COST_OF_REVENUE},
            period="duration",
            balance="debit",
            label="Cost of Revenue",
            label_ja="売上原価",
            documentation="Cost of the goods and services sold in the period.",
        ),
        option(
            "GrossProfit",
            when={"meaning": MonetaryMeaning.GROSS_PROFIT},
            period="duration",
            balance="credit",
            label="Gross Profit",
            label_ja="売上総利益",
            documentation="Revenues less their cost.",
        ),
        option(
            "OperatingExpenses",
            when={"meaning": MonetaryMeaning.OPERATING_EXPENSES},
            period="duration",
            balance="debit",
            label="Operating Expenses",
            label_ja="営業費用",
            documentation="Expenses of operations in the period.",
        ),
        option(
            "OperatingIncomeLoss",
            when={"meaning": MonetaryMeaning.OPERATING_INCOME},
            period="duration",
            balance="credit",
            label="Operating Income (Loss)",
            label_ja="営業利益又は営業損失",
            documentation="Result of operations before interest and taxes; negative for a loss.",
        ),
        option(
            "InterestExpense",
            when={"meaning": MonetaryMeaning.INTEREST_EXPENSE},
            period="duration",
            balance="debit",
            label="Interest Expense",
            label_ja="支払利息",
            documentation="Interest incurred on debt in the period.",
        ),
        option(
            "IncomeTaxExpenseBenefit",
            when={"meaning": MonetaryMeaning.INCOME_TAX},
            period="duration",
            balance="debit",
            label="Income Tax Expense (Benefit)",
            label_ja="法人税等",
            documentation="Taxes on income of the period, deferred ones included.",
        ),
        option(
            "ProfitLoss",
            when={"meaning": MonetaryMeaning.NET_INCOME},
            period="duration",
            balance="credit",
            label="Net Income (Loss), Including Noncontrolling Interests",
            label_ja="非支配持分を含む当期純利益又は当期純損失",
            documentation="Result of the period for all owners; negative for a loss.",
        ),
        option(
            "NetCashProvidedByUsedInOperatingActivities",
            when={"meaning": MonetaryMeaning.OPERATING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Operating Activities",
            label_ja="営業活動によるキャッシュ・フロー",
            documentation="Cash that operations brought in; negative where they used it.",
        ),
        option(
            "NetCashProvidedByUsedInInvestingActivities",
            when={"meaning": MonetaryMeaning.INVESTING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Investing Activities",
            label_ja="投資活動によるキャッシュ・フロー",
            documentation="Cash that investing brought in; negative where it used it.",
        ),
        option(
            "NetCashProvidedByUsedInFinancingActivities",
            when={"meaning": MonetaryMeaning.FINANCING_CASH_FLOW},
            period="duration",
            label="Net Cash Provided by (Used in) Financing Activities",
            label_ja="財務活動によるキャッシュ・フロー",
            documentation="Cash that financing brought in; negative where it used it.",
        ),
        option(
            "PaymentsToAcquirePropertyPlantAndEquipment",
            when={"meaning": MonetaryMeaning.CAPITAL_EXPENDITURE},
            period="duration",
            balance="credit",
            label="Payments to Acquire Property, Plant and Equipment",
            label_ja="有形固定資産の取得による支出",
            documentation="Cash paid for property, plant and equipment in the period.",
        ),
        option(
            "Assets",
            when={"meaning": MonetaryMeaning.TOTAL_ASSETS},
            period="instant",
            balance="debit",
            label="Assets",
            label_ja="資産合計",
            documentation="All assets at the date.",
        ),
        option(
            "Liabilities",
            when={"meaning": MonetaryMeaning.TOTAL_LIABILITIES},
            period="instant",
            balance="credit",
            label="Liabilities",
            label_ja="負債合計",
            documentation="All liabilities at the date.",
        ),
        option(
            "StockholdersEquity",
            when={"meaning": MonetaryMeaning.TOTAL_EQUITY},
            period="instant",
            balance="credit",
            label="Stockholders' Equity",
            label_ja="資本合計",
            documentation="Assets less liabilities at the date.",
        ),
        option(
            "CashAndCashEquivalents",
            when={"meaning": MonetaryMeaning.CASH},
            period="instant",
            balance="debit",
            label="Cash and Cash Equivalents",
            label_ja="現金及び現金同等物",
            documentation="Cash, and investments as good as cash, at the date.",
        ),
        option(
            "Borrowings",
            when={"meaning": MonetaryMeaning.BORROWINGS},
            period="instant",
            balance="credit",
            label="Borrowings",
            label_ja="借入金",
            documentation="Money owed to lenders at the date.",
        ),
        option(
            "CommonStockValue",
            when={"meaning": MonetaryMeaning.CAPITAL_STOCK},
            period="instant",
            balance="credit",
            label="Common Stock, Value",
            label_ja="資本金",
            documentation="Stated capital for common stock at the date.",
        ),
    )
    stated_sign: StatedSign | None = companion(
        "StatedSign", of="amount", label="Stated Sign", label_ja="記載された符号", default=None
    )
    basis: MeasurementBasis | None = companion(
        "MeasurementBasis", of="amount", label="Measurement Basis", label_ja="測定の基礎", default=None
    )
    rounding: Rounding | None = companion("Rounding", of="amount", label="Rounding", label_ja="端数処理", default=None)
    accounting_standard: AccountingStandard | None = dimension(
        "AccountingStandard", label="Accounting Standard", label_ja="会計基準", default=None
    )
    restatement: Restatement | None = dimension("Restatement", label="Restatement", label_ja="修正再表示", default=None)
    translation: CurrencyTranslation | None = dimension(
        "CurrencyTranslation", label="Currency Translation", label_ja="通貨換算", default=None
    )

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
        wanted, given = ("an instant", "a duration") if instant else ("a duration", "an instant")
        yield problem("exporter:periodKind", f"{what} is stated for {wanted}, got {given}: {at}", "at")
