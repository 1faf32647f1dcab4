"""Exposure to market risk (Item 11), and contractual obligations by maturity (Item 5.F)."""

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

    INTEREST_RATE = "interest_rate", "Interest Rate"
    FOREIGN_EXCHANGE = "foreign_exchange", "Foreign Exchange"
    EQUITY_PRICE = "equity_price", "Equity Price"
    COMMODITY_PRICE = "commodity_price", "Commodity Price"


class MarketRiskMethod(Enumeration):
    """How the exposure is shown."""

    TABULAR = "tabular", "Tabular"
    SENSITIVITY = "sensitivity", "Sensitivity"
    VALUE_AT_RISK = "value_at_risk", "Value at Risk"
    NARRATIVE = "narrative", "Narrative"


class MaturityBucket(Enumeration):
    """When a position matures, counted from the date of the table. The buckets follow one another without overlap."""

    YEAR_1 = "within_one_year", "Within One Year"
    YEAR_2 = "one_to_two_years", "One to Two Years"
    YEAR_3 = "two_to_three_years", "Two to Three Years"
    YEAR_4 = "three_to_four_years", "Three to Four Years"
    YEAR_5 = "four_to_five_years", "Four to Five Years"
    THEREAFTER = "after_five_years", "After Five Years"


@report_item(
    label="Market Risk Exposure",
    documentation="A position exposed to market risk at a date, and what a change of the market does to it.",
    section="11",
)
class MarketRiskExposure(ReportItem):
    """A position exposed to one risk as of a date, in one maturity bucket or, without one, altogether."""

    risk: MarketRisk = dimension("MarketRisk", label="Market Risk")
    as_of: Instant = period()
    method: MarketRiskMethod = concept(
        "MarketRiskMethod",
        label="Market Risk, Method",
        documentation="How the exposure to market risk is shown.",
    )
    instrument: str | None = dimension("FinancialInstrument", label="Financial Instrument", default=None)
    bucket: MaturityBucket | None = dimension("MaturityBucket", label="Maturity Bucket", default=None)
    denomination: str | None = dimension("DenominationCurrency", label="Denomination Currency", default=None)
    notional: Money | Unknown | None = concept(
        "MarketRiskNotionalAmount",
        label="Market Risk, Notional Amount",
        documentation="Principal or notional amount of the position.",
        default=None,
    )
    fair_value: Money | Unknown | None = concept(
        "MarketRiskFairValue",
        label="Market Risk, Fair Value",
        documentation="Fair value of the position.",
        default=None,
    )
    average_rate: Percent | None = concept(
        "MarketRiskAverageInterestRate",
        label="Market Risk, Average Interest Rate",
        documentation="Average interest rate of the position.",
        default=None,
    )
    shock: Percent | None = concept(
        "MarketRiskShockPercentage",
        label="Market Risk, Shock, Percentage",
        documentation="Change of the market that the effect is computed for.",
        default=None,
    )
    effect: Money | Unknown | None = concept(
        "MarketRiskEffectAmount",
        label="Market Risk, Effect, Amount",
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

    DEBT = "debt", "Debt"
    FINANCE_LEASE = "finance_lease", "Finance Lease"
    OPERATING_LEASE = "operating_lease", "Operating Lease"
    PURCHASE = "purchase_obligation", "Purchase Obligation"
    OTHER = "other", "Other"
    ALL = "all_obligations", "All Obligations"


@report_item(
    label="Contractual Obligation",
    documentation="Payments that contracts oblige the registrant to make, by the time they are due.",
    section="5.F",
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

    kind: ObligationKind = dimension("ObligationKind", label="Obligation Kind")
    as_of: Instant = period()
    total: Money | Unknown = concept(
        "ContractualObligation",
        balance="credit",
        sum_of=_BUCKETS,
        label="Contractual Obligation",
        documentation="All payments due under the contracts.",
    )
    within_one_year: Money | Unknown | None = concept(
        "ContractualObligationDueWithinOneYear",
        balance="credit",
        label="Contractual Obligation, Due within One Year",
        documentation="Payments due within a year of the date.",
        default=None,
    )
    one_to_three_years: Money | Unknown | None = concept(
        "ContractualObligationDueInOneToThreeYears",
        balance="credit",
        label="Contractual Obligation, Due in One to Three Years",
        documentation="Payments due after one year and within three.",
        default=None,
    )
    three_to_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueInThreeToFiveYears",
        balance="credit",
        label="Contractual Obligation, Due in Three to Five Years",
        documentation="Payments due after three years and within five.",
        default=None,
    )
    after_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueAfterFiveYears",
        balance="credit",
        label="Contractual Obligation, Due after Five Years",
        documentation="Payments due after five years.",
        default=None,
    )
    description: str | None = dimension("ObligationDescription", label="Obligation Description", default=None)

    def check(self) -> Iterator[Finding]:
        buckets = {name: getattr(self, name) for name in _BUCKETS}
        yield from check_one_currency({"total": self.total, **buckets})
        yield from check_total("total", self.total, buckets)
