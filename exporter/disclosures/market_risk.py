"""Exposure to market risk, Item 11.

Contractual obligations by maturity, Item 5.F.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.disclosures.checks import check_one_currency, check_total
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, dimension, period, report_item
from exporter.items.values import Money, Percent, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Instant


class MarketRisk(Enumeration):
    """What market the risk comes from."""

    INTEREST_RATE = "interest_rate", "Interest Rate", "金利"
    FOREIGN_EXCHANGE = "foreign_exchange", "Foreign Exchange", "為替"
    EQUITY_PRICE = "equity_price", "Equity Price", "株価"
    COMMODITY_PRICE = "commodity_price", "Commodity Price", "商品価格"


class MarketRiskMethod(Enumeration):
    """How the exposure is shown."""

    TABULAR = "tabular", "Tabular", "表形式"
    SENSITIVITY = "sensitivity", "Sensitivity", "感応度分析"
    VALUE_AT_RISK = "value_at_risk", "Value at Risk", "バリュー・アット・リスク"
    NARRATIVE = "narrative", "Narrative", "説明"


class MaturityBucket(Enumeration):
    """When a position matures, counted from the date of the table. The buckets follow one another without overlap."""

    YEAR_1 = "within_one_year", "Within One Year", "1年以内"
    YEAR_2 = "one_to_two_years", "One to Two Years", "1年超2年以内"
    YEAR_3 = "two_to_three_years", "Two to Three Years", "2年超3年以内"
    YEAR_4 = "three_to_four_years", "Three to Four Years", "3年超4年以内"
    YEAR_5 = "four_to_five_years", "Four to Five Years", "4年超5年以内"
    THEREAFTER = "after_five_years", "After Five Years", "5年超"


@report_item(
    label="Market Risk Exposure",
    label_ja="市場リスク",
    documentation="A position exposed to market risk at a date, and what a change of the market does to it.",
    documentation_ja="特定の日において市場リスクにさらされているポジション及び市場変動の影響。",
)
class MarketRiskExposure(ReportItem):
    """A position exposed to one risk as of a date, in one maturity bucket or, without one, altogether."""

    risk: MarketRisk = dimension("MarketRisk", label="Market Risk", label_ja="市場リスクの種類")
    as_of: Instant = period()
    method: MarketRiskMethod = concept(
        "MarketRiskMethod",
        label="Market Risk, Method",
        label_ja="市場リスクの開示方法",
        documentation="How the exposure to market risk is shown.",
    )
    instrument: str | None = dimension(
        "FinancialInstrument", label="Financial Instrument", label_ja="金融商品", default=None
    )
    bucket: MaturityBucket | None = dimension(
        "MaturityBucket", label="Maturity Bucket", label_ja="満期区分", default=None
    )
    denomination: str | None = dimension(
        "DenominationCurrency", label="Denomination Currency", label_ja="建値通貨", default=None
    )
    notional: Money | Unknown | None = concept(
        "MarketRiskNotionalAmount",
        label="Market Risk, Notional Amount",
        label_ja="市場リスク、想定元本",
        documentation="Principal or notional amount of the position.",
        default=None,
    )
    fair_value: Money | Unknown | None = concept(
        "MarketRiskFairValue",
        label="Market Risk, Fair Value",
        label_ja="市場リスク、公正価値",
        documentation="Fair value of the position.",
        default=None,
    )
    average_rate: Percent | None = concept(
        "MarketRiskAverageInterestRate",
        label="Market Risk, Average Interest Rate",
        label_ja="市場リスク、平均利率",
        documentation="Average interest rate of the position.",
        default=None,
    )
    shock: Percent | None = concept(
        "MarketRiskShockPercentage",
        label="Market Risk, Shock, Percentage",
        label_ja="市場リスク、想定変動率",
        documentation="Change of the market that the effect is computed for.",
        default=None,
    )
    effect: Money | Unknown | None = concept(
        "MarketRiskEffectAmount",
        label="Market Risk, Effect, Amount",
        label_ja="市場リスク、影響額",
        documentation="What the change of the market does to income or value; negative for a loss.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_one_currency({"notional": self.notional, "fair_value": self.fair_value, "effect": self.effect})
        if self.method is MarketRiskMethod.SENSITIVITY and self.shock is None:
            yield problem(
                "exporter:sensitivityWithoutShock",
                "a sensitivity is stated without the change it is computed for",
                "shock",
                fix="give the change of the market",
                warning=True,
            )


_BUCKETS: Final = ("within_one_year", "one_to_three_years", "three_to_five_years", "after_five_years")


class ObligationKind(Enumeration):
    """What is owed."""

    DEBT = "debt", "Debt", "借入債務"
    FINANCE_LEASE = "finance_lease", "Finance Lease", "ファイナンス・リース"
    OPERATING_LEASE = "operating_lease", "Operating Lease", "オペレーティング・リース"
    PURCHASE = "purchase_obligation", "Purchase Obligation", "購入債務"
    OTHER = "other", "Other", "その他"
    ALL = "all_obligations", "All Obligations", "債務合計"


@report_item(
    label="Contractual Obligation",
    label_ja="契約上の債務",
    documentation="Payments that contracts oblige the registrant to make, by the time they are due.",
    documentation_ja="契約上の支払義務の期限別内訳。",
)
class ContractualObligation(ReportItem):
    """Payments due of one kind as of a date, by time from that date, with their total."""

    EXAMPLE: ClassVar = {
        "total": "JPY 10 billion",
        "within_one_year": "JPY 4 billion",
        "one_to_three_years": "JPY 3 billion",
        "three_to_five_years": "JPY 2 billion",
        "after_five_years": "JPY 1 billion",
    }

    kind: ObligationKind = dimension("ObligationKind", label="Obligation Kind", label_ja="債務の種類")
    as_of: Instant = period()
    total: Money | Unknown = concept(
        "ContractualObligation",
        balance="credit",
        sum_of=_BUCKETS,
        label="Contractual Obligation",
        label_ja="契約上の債務の合計",
        documentation="All payments due under the contracts.",
    )
    within_one_year: Money | Unknown | None = concept(
        "ContractualObligationDueWithinOneYear",
        balance="credit",
        label="Contractual Obligation, Due within One Year",
        label_ja="契約上の債務、1年以内",
        documentation="Payments due within a year of the date.",
        default=None,
    )
    one_to_three_years: Money | Unknown | None = concept(
        "ContractualObligationDueInOneToThreeYears",
        balance="credit",
        label="Contractual Obligation, Due in One to Three Years",
        label_ja="契約上の債務、1年超3年以内",
        documentation="Payments due after one year and within three.",
        default=None,
    )
    three_to_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueInThreeToFiveYears",
        balance="credit",
        label="Contractual Obligation, Due in Three to Five Years",
        label_ja="契約上の債務、3年超5年以内",
        documentation="Payments due after three years and within five.",
        default=None,
    )
    after_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueAfterFiveYears",
        balance="credit",
        label="Contractual Obligation, Due after Five Years",
        label_ja="契約上の債務、5年超",
        documentation="Payments due after five years.",
        default=None,
    )
    description: str | None = dimension(
        "ObligationDescription", label="Obligation Description", label_ja="債務の内容", default=None
    )

    def check(self) -> Iterator[Finding]:
        buckets = {name: getattr(self, name) for name in _BUCKETS}
        yield from check_one_currency({"total": self.total, **buckets})
        yield from check_total("total", self.total, buckets)
