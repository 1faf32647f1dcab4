"""Figures per share (earnings, dividends, book value) and numbers of shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_not_negative, check_positive, check_whole
from exporter.disclosures.headings import PER_SHARE_DATA, SHARE_DATA
from exporter.disclosures.monetary_facts import (
    AccountingStandard,
    CurrencyTranslation,
    Restatement,
    by_accounting_standard,
    by_restatement,
    by_translation,
    check_period_fits,
)
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
from exporter.items.values import PerShare, Ratio, ShareCount, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration, Instant


class PerShareBasis(Enumeration):
    """What is stated per share, or per American depositary share (ADS)."""

    BASIC = "basic", "Basic"
    DILUTED = "diluted", "Diluted"
    DIVIDEND = "dividend", "Dividend"
    BOOK_VALUE = "book_value", "Book Value"
    BASIC_PER_ADS = "basic_per_ads", "Basic per ADS"
    DILUTED_PER_ADS = "diluted_per_ads", "Diluted per ADS"
    DIVIDEND_PER_ADS = "dividend_per_ads", "Dividend per ADS"


ADS_BASES: Final = frozenset(
    {PerShareBasis.BASIC_PER_ADS, PerShareBasis.DILUTED_PER_ADS, PerShareBasis.DIVIDEND_PER_ADS}
)


@report_item(
    label="Per Share Fact",
    documentation="An amount of money per share or per depositary share.",
    section="3.A",
    heading=PER_SHARE_DATA,
)
class PerShareFact(ReportItem):
    """An amount per share; per ADS with the number of shares that one ADS stands for."""

    basis: PerShareBasis = selector()
    at: Instant | Duration = period()
    value: PerShare | Unknown = concept_choice(
        option(
            "EarningsPerShareBasic",
            wider=["ifrs-full:BasicEarningsLossPerShare"],
            when={"basis": PerShareBasis.BASIC},
            period="duration",
            label="Earnings per Share, Basic",
            documentation="Net income of the period per share outstanding; negative for a loss.",
        ),
        option(
            "EarningsPerShareDiluted",
            wider=["ifrs-full:DilutedEarningsLossPerShare"],
            when={"basis": PerShareBasis.DILUTED},
            period="duration",
            label="Earnings per Share, Diluted",
            documentation="Net income of the period per share, had all dilutive rights been exercised.",
        ),
        option(
            "CommonStockDividendsPerShareDeclared",
            wider=["ifrs-full:DividendsRecognisedAsDistributionsToOwnersPerShare"],
            when={"basis": PerShareBasis.DIVIDEND},
            period="duration",
            label="Common Stock, Dividends per Share, Declared",
            documentation="Dividends declared for the period on one share.",
        ),
        option(
            "BookValuePerShare",
            when={"basis": PerShareBasis.BOOK_VALUE},
            period="instant",
            label="Book Value per Share",
            documentation="Equity at the date per share outstanding.",
        ),
        option(
            "EarningsPerAdsBasic",
            wider=["ifrs-full:BasicEarningsLossPerShare"],
            when={"basis": PerShareBasis.BASIC_PER_ADS},
            period="duration",
            label="Earnings per ADS, Basic",
            documentation="Basic earnings for the shares that one American depositary share stands for.",
        ),
        option(
            "EarningsPerAdsDiluted",
            wider=["ifrs-full:DilutedEarningsLossPerShare"],
            when={"basis": PerShareBasis.DILUTED_PER_ADS},
            period="duration",
            label="Earnings per ADS, Diluted",
            documentation="Diluted earnings for the shares that one American depositary share stands for.",
        ),
        option(
            "DividendsPerAdsDeclared",
            wider=["ifrs-full:DividendsRecognisedAsDistributionsToOwnersPerShare"],
            when={"basis": PerShareBasis.DIVIDEND_PER_ADS},
            period="duration",
            label="Dividends per ADS, Declared",
            documentation="Dividends declared for the shares that one American depositary share stands for.",
        ),
    )
    shares_per_ads: Ratio | None = companion("SharesPerAds", of="value", label="Shares per ADS", default=None)
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", default=None)
    accounting_standard: AccountingStandard | None = by_accounting_standard()
    restatement: Restatement | None = by_restatement()
    translation: CurrencyTranslation | None = by_translation()

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.basis is PerShareBasis.BOOK_VALUE, self.at, what=self.basis.label)
        yield from check_positive({"shares_per_ads": self.shares_per_ads}, code="exporter:ratioNotPositive")
        yield from self._check_ads()

    def _check_ads(self) -> Iterator[Finding]:
        if self.shares_per_ads is not None and self.basis not in ADS_BASES:
            yield problem(
                "exporter:adsRatioWithoutAds",
                f"shares per ADS are given for {self.basis.label}, which is per share",
                "shares_per_ads",
                fix="choose the basis per ADS, or leave the ratio out",
            )


class ShareCountBasis(Enumeration):
    """Which shares are counted."""

    ISSUED = "issued", "Issued"
    OUTSTANDING = "outstanding", "Outstanding"
    TREASURY = "treasury", "Treasury"
    AUTHORISED = "authorised", "Authorised"
    REPRESENTED_BY_ADS = "represented_by_ads", "Represented by ADSs"
    WEIGHTED_AVERAGE = "weighted_average", "Weighted Average"
    DILUTED_WEIGHTED_AVERAGE = "diluted_weighted_average", "Diluted Weighted Average"


AVERAGES: Final = frozenset({ShareCountBasis.WEIGHTED_AVERAGE, ShareCountBasis.DILUTED_WEIGHTED_AVERAGE})


@report_item(
    label="Share Count Fact",
    documentation="A number of shares at a date, or their weighted average over a period.",
    section="3.A",
    heading=SHARE_DATA,
)
class ShareCountFact(ReportItem):
    """A number of shares of one class."""

    basis: ShareCountBasis = selector()
    at: Instant | Duration = period()
    count: ShareCount | Unknown = concept_choice(
        option(
            "CommonStockSharesIssued",
            wider=["ifrs-full:NumberOfSharesIssued"],
            when={"basis": ShareCountBasis.ISSUED},
            period="instant",
            label="Common Stock, Shares, Issued",
            documentation="Shares issued at the date, treasury shares included.",
        ),
        option(
            "CommonStockSharesOutstanding",
            wider=["ifrs-full:NumberOfSharesOutstanding"],
            when={"basis": ShareCountBasis.OUTSTANDING},
            period="instant",
            label="Common Stock, Shares, Outstanding",
            documentation="Shares in the hands of others than the registrant at the date.",
        ),
        option(
            "TreasuryStockShares",
            wider=["ifrs-full:NumberOfSharesIssued"],
            when={"basis": ShareCountBasis.TREASURY},
            period="instant",
            label="Treasury Stock, Shares",
            documentation="Own shares that the registrant holds at the date.",
        ),
        option(
            "CommonStockSharesAuthorized",
            wider=["ifrs-full:NumberOfSharesAuthorised"],
            when={"basis": ShareCountBasis.AUTHORISED},
            period="instant",
            label="Common Stock, Shares, Authorized",
            documentation="Shares that the registrant may issue by its articles at the date.",
        ),
        option(
            "SharesRepresentedByAmericanDepositaryShares",
            wider=["ifrs-full:NumberOfSharesIssued"],
            when={"basis": ShareCountBasis.REPRESENTED_BY_ADS},
            period="instant",
            label="Shares Represented by American Depositary Shares",
            documentation="Shares that American depositary shares stand for at the date.",
        ),
        option(
            "WeightedAverageNumberOfSharesOutstandingBasic",
            wider=["ifrs-full:WeightedAverageShares"],
            when={"basis": ShareCountBasis.WEIGHTED_AVERAGE},
            period="duration",
            label="Weighted Average Number of Shares Outstanding, Basic",
            documentation="Shares outstanding in the period, weighted by time.",
        ),
        option(
            "WeightedAverageNumberOfDilutedSharesOutstanding",
            wider=["ifrs-full:AdjustedWeightedAverageShares"],
            when={"basis": ShareCountBasis.DILUTED_WEIGHTED_AVERAGE},
            period="duration",
            label="Weighted Average Number of Shares Outstanding, Diluted",
            documentation="Shares outstanding in the period, weighted by time, with those that rights may add.",
        ),
    )
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", default=None)
    accounting_standard: AccountingStandard | None = by_accounting_standard()
    restatement: Restatement | None = by_restatement()

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.basis not in AVERAGES, self.at, what=self.basis.label)
        yield from check_not_negative({"count": self.count})
        if self.basis not in AVERAGES:
            yield from check_whole("count", self.count)
