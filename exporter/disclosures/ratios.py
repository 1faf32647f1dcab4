"""Ratios and percentages: margins, shares of a whole, multiples."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from exporter.disclosures.headings import RATIOS
from exporter.disclosures.monetary_facts import (
    AccountingStandard,
    Restatement,
    by_accounting_standard,
    by_restatement,
    check_period_fits,
)
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
    selector,
)
from exporter.items.values import Percent, Ratio, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration, Instant


class RatioMeaning(Enumeration):
    """What a ratio is of what."""

    GROSS_MARGIN = "gross_margin", "Gross Margin"
    OPERATING_MARGIN = "operating_margin", "Operating Margin"
    NET_MARGIN = "net_margin", "Net Margin"
    RETURN_ON_EQUITY = "return_on_equity", "Return on Equity"
    EFFECTIVE_TAX_RATE = "effective_tax_rate", "Effective Tax Rate"
    PAYOUT_RATIO = "payout_ratio", "Payout Ratio"
    GROWTH = "growth", "Growth"
    SHARE_OF_REVENUE = "share_of_revenue", "Share of Revenue"
    MARKET_SHARE = "market_share", "Market Share"
    EQUITY_RATIO = "equity_ratio", "Equity Ratio"
    SHARE_OF_ASSETS = "share_of_assets", "Share of Assets"


class MultipleMeaning(Enumeration):
    """Which figure is divided by which."""

    CURRENT_RATIO = "current_ratio", "Current Ratio"
    DEBT_TO_EQUITY = "debt_to_equity", "Debt to Equity"
    INTEREST_COVERAGE = "interest_coverage", "Interest Coverage"


INSTANT_RATIOS: Final = frozenset({RatioMeaning.EQUITY_RATIO, RatioMeaning.SHARE_OF_ASSETS})
INSTANT_MULTIPLES: Final = frozenset({MultipleMeaning.CURRENT_RATIO, MultipleMeaning.DEBT_TO_EQUITY})
_SHARE: Final = (Decimal(0), Decimal(1))
# What each ratio may be: shares of a whole stay within it, margins and growth may be negative or above 1.
RANGES: Final[dict[RatioMeaning, tuple[Decimal | None, Decimal | None]]] = {
    RatioMeaning.SHARE_OF_REVENUE: _SHARE,
    RatioMeaning.MARKET_SHARE: _SHARE,
    RatioMeaning.SHARE_OF_ASSETS: _SHARE,
    RatioMeaning.EQUITY_RATIO: (None, Decimal(1)),
    RatioMeaning.GROSS_MARGIN: (None, Decimal(1)),
    RatioMeaning.GROWTH: (Decimal(-1), None),
}


@report_item(
    label="Ratio Fact",
    documentation="A ratio of two figures as a percentage.",
    section="5.A",
    heading=RATIOS,
)
class RatioFact(ReportItem):
    """A ratio as a percentage; for one as a multiple see `MultipleFact`.

    ``subject`` says whose ratio it is where it is not the registrant's as a whole (a customer, a market, a product).
    """

    meaning: RatioMeaning = selector()
    at: Instant | Duration = period()
    value: Percent | Unknown = concept_choice(
        option(
            "GrossMargin",
            when={"meaning": RatioMeaning.GROSS_MARGIN},
            period="duration",
            label="Gross Margin",
            documentation="Gross profit as a share of revenues.",
        ),
        option(
            "OperatingMargin",
            when={"meaning": RatioMeaning.OPERATING_MARGIN},
            period="duration",
            label="Operating Margin",
            documentation="Operating income as a share of revenues.",
        ),
        option(
            "NetMargin",
            when={"meaning": RatioMeaning.NET_MARGIN},
            period="duration",
            label="Net Margin",
            documentation="Net income as a share of revenues.",
        ),
        option(
            "ReturnOnEquity",
            when={"meaning": RatioMeaning.RETURN_ON_EQUITY},
            period="duration",
            label="Return on Equity",
            documentation="Net income of the period as a share of equity.",
        ),
        option(
            "EffectiveIncomeTaxRate",
            wider=["ifrs-full:AverageEffectiveTaxRate"],
            when={"meaning": RatioMeaning.EFFECTIVE_TAX_RATE},
            period="duration",
            label="Effective Income Tax Rate",
            documentation="Income taxes as a share of income before them.",
        ),
        option(
            "DividendPayoutRatio",
            when={"meaning": RatioMeaning.PAYOUT_RATIO},
            period="duration",
            label="Dividend Payout Ratio",
            documentation="Dividends as a share of net income.",
        ),
        option(
            "GrowthPercentage",
            when={"meaning": RatioMeaning.GROWTH},
            period="duration",
            label="Growth, Percentage",
            documentation="Change of a figure against the period before, as a share of the earlier one.",
        ),
        option(
            "ShareOfRevenuePercentage",
            when={"meaning": RatioMeaning.SHARE_OF_REVENUE},
            period="duration",
            label="Share of Revenue, Percentage",
            documentation="What a customer, product or region contributes to revenues.",
        ),
        option(
            "MarketSharePercentage",
            when={"meaning": RatioMeaning.MARKET_SHARE},
            period="duration",
            label="Market Share, Percentage",
            documentation="The registrant's share in a market.",
        ),
        option(
            "EquityRatio",
            when={"meaning": RatioMeaning.EQUITY_RATIO},
            period="instant",
            label="Equity Ratio",
            documentation="Equity as a share of assets; negative where liabilities exceed assets.",
        ),
        option(
            "ShareOfAssetsPercentage",
            when={"meaning": RatioMeaning.SHARE_OF_ASSETS},
            period="instant",
            label="Share of Assets, Percentage",
            documentation="What a part makes of all assets.",
        ),
    )
    numerator: str | None = companion("Numerator", of="value", label="Numerator", default=None)
    denominator: str | None = companion("Denominator", of="value", label="Denominator", default=None)
    subject: str | None = dimension("RatioSubject", label="Ratio Subject", default=None)
    accounting_standard: AccountingStandard | None = by_accounting_standard()
    restatement: Restatement | None = by_restatement()

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.meaning in INSTANT_RATIOS, self.at, what=self.meaning.label)
        yield from self._check_range()

    def _check_range(self) -> Iterator[Finding]:
        least, most = RANGES.get(self.meaning, (None, None))
        if isinstance(self.value, Unknown):
            return
        value = self.value.value
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = list_text(
                (f"at {side} {bound}" for side, bound in (("least", least), ("most", most)) if bound is not None),
                last=" and ",
            )
            yield problem(
                "exporter:ratioOutOfRange",
                f"{self.meaning.label} is {bounds} as a fraction, got {value}",
                "value",
                fix="check whether a percentage was taken for a fraction, or the other way round",
            )


@report_item(
    label="Multiple Fact",
    documentation="A ratio of two figures as a multiple.",
    section="5.A",
    heading=RATIOS,
)
class MultipleFact(ReportItem):
    """A ratio as a multiple: ``Ratio("1.5")`` for a current ratio of 1.5 times."""

    meaning: MultipleMeaning = selector()
    at: Instant | Duration = period()
    value: Ratio | Unknown = concept_choice(
        option(
            "CurrentRatio",
            when={"meaning": MultipleMeaning.CURRENT_RATIO},
            period="instant",
            label="Current Ratio",
            documentation="Current assets divided by current liabilities.",
        ),
        option(
            "DebtToEquityRatio",
            when={"meaning": MultipleMeaning.DEBT_TO_EQUITY},
            period="instant",
            label="Debt to Equity Ratio",
            documentation="Debt divided by equity.",
        ),
        option(
            "InterestCoverageRatio",
            when={"meaning": MultipleMeaning.INTEREST_COVERAGE},
            period="duration",
            label="Interest Coverage Ratio",
            documentation="Income before interest divided by interest.",
        ),
    )
    accounting_standard: AccountingStandard | None = by_accounting_standard()
    restatement: Restatement | None = by_restatement()

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.meaning in INSTANT_MULTIPLES, self.at, what=self.meaning.label)
        if self.meaning is MultipleMeaning.CURRENT_RATIO and isinstance(self.value, Ratio) and self.value.value < 0:
            yield problem(
                "exporter:ratioOutOfRange", f"a current ratio is zero or above, got {self.value.value}", "value"
            )
