"""Figures per share: earnings, dividends, book value.

Numbers of shares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_not_negative, check_positive, check_whole
from exporter.disclosures.monetary_facts import AccountingStandard, CurrencyTranslation, Restatement, check_period_fits
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

    BASIC = "basic", "Basic", "基本的"
    DILUTED = "diluted", "Diluted", "希薄化後"
    DIVIDEND = "dividend", "Dividend", "配当"
    BOOK_VALUE = "book_value", "Book Value", "帳簿価額"
    BASIC_PER_ADS = "basic_per_ads", "Basic per ADS", "ADS1単位当たり基本的"
    DILUTED_PER_ADS = "diluted_per_ads", "Diluted per ADS", "ADS1単位当たり希薄化後"
    DIVIDEND_PER_ADS = "dividend_per_ads", "Dividend per ADS", "ADS1単位当たり配当"


ADS_BASES: Final = frozenset(
    {PerShareBasis.BASIC_PER_ADS, PerShareBasis.DILUTED_PER_ADS, PerShareBasis.DIVIDEND_PER_ADS}
)


@report_item(
    label="Per Share Fact",
    label_ja="1株当たり情報",
    documentation="An amount of money per share or per depositary share.",
    documentation_ja="1株又は1預託証券当たりの金額。",
)
class PerShareFact(ReportItem):
    """An amount per share; per ADS with the number of shares that one ADS stands for."""

    basis: PerShareBasis = selector()
    at: Instant | Duration = period()
    value: PerShare | Unknown = concept_choice(
        option(
            "EarningsPerShareBasic",
            when={"basis": PerShareBasis.BASIC},
            period="duration",
            label="Earnings per Share, Basic",
            label_ja="基本的1株当たり当期純利益",
            documentation="Net income of the period per share outstanding; negative for a loss.",
        ),
        option(
            "EarningsPerShareDiluted",
            when={"basis": PerShareBasis.DILUTED},
            period="duration",
            label="Earnings per Share, Diluted",
            label_ja="希薄化後1株当たり当期純利益",
            documentation="Net income of the period per share, had all dilutive rights been exercised.",
        ),
        option(
            "CommonStockDividendsPerShareDeclared",
            when={"basis": PerShareBasis.DIVIDEND},
            period="duration",
            label="Common Stock, Dividends per Share, Declared",
            label_ja="1株当たり配当額",
            documentation="Dividends declared for the period on one share.",
        ),
        option(
            "BookValuePerShare",
            when={"basis": PerShareBasis.BOOK_VALUE},
            period="instant",
            label="Book Value per Share",
            label_ja="1株当たり純資産額",
            documentation="Equity at the date per share outstanding.",
        ),
        option(
            "EarningsPerAdsBasic",
            when={"basis": PerShareBasis.BASIC_PER_ADS},
            period="duration",
            label="Earnings per ADS, Basic",
            label_ja="ADS1単位当たり基本的当期純利益",
            documentation="Basic earnings for the shares that one American depositary share stands for.",
        ),
        option(
            "EarningsPerAdsDiluted",
            when={"basis": PerShareBasis.DILUTED_PER_ADS},
            period="duration",
            label="Earnings per ADS, Diluted",
            label_ja="ADS1単位当たり希薄化後当期純利益",
            documentation="Diluted earnings for the shares that one American depositary share stands for.",
        ),
        option(
            "DividendsPerAdsDeclared",
            when={"basis": PerShareBasis.DIVIDEND_PER_ADS},
            period="duration",
            label="Dividends per ADS, Declared",
            label_ja="ADS1単位当たり配当額",
            documentation="Dividends declared for the shares that one American depositary share stands for.",
        ),
    )
    shares_per_ads: Ratio | None = companion(
        "SharesPerAds", of="value", label="Shares per ADS", label_ja="ADS1単位当たりの株式数", default=None
    )
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", label_ja="株式の種類", default=None)
    accounting_standard: AccountingStandard | None = dimension(
        "AccountingStandard", label="Accounting Standard", label_ja="会計基準", default=None
    )
    restatement: Restatement | None = dimension("Restatement", label="Restatement", label_ja="修正再表示", default=None)
    translation: CurrencyTranslation | None = dimension(
        "CurrencyTranslation", label="Currency Translation", label_ja="通貨換算", default=None
    )

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

    ISSUED = "issued", "Issued", "発行済"
    OUTSTANDING = "outstanding", "Outstanding", "流通"
    TREASURY = "treasury", "Treasury", "自己株式"
    AUTHORISED = "authorised", "Authorised", "発行可能"
    REPRESENTED_BY_ADS = "represented_by_ads", "Represented by ADSs", "ADSにより表章"
    WEIGHTED_AVERAGE = "weighted_average", "Weighted Average", "加重平均"
    DILUTED_WEIGHTED_AVERAGE = "diluted_weighted_average", "Diluted Weighted Average", "希薄化後加重平均"


AVERAGES: Final = frozenset({ShareCountBasis.WEIGHTED_AVERAGE, ShareCountBasis.DILUTED_WEIGHTED_AVERAGE})


@report_item(
    label="Share Count Fact",
    label_ja="株式数",
    documentation="A number of shares at a date, or their weighted average over a period.",
    documentation_ja="特定の日の株式数又は期間中の加重平均株式数。",
)
class ShareCountFact(ReportItem):
    """A number of shares of one class."""

    basis: ShareCountBasis = selector()
    at: Instant | Duration = period()
    count: ShareCount | Unknown = concept_choice(
        option(
            "CommonStockSharesIssued",
            when={"basis": ShareCountBasis.ISSUED},
            period="instant",
            label="Common Stock, Shares, Issued",
            label_ja="発行済株式総数",
            documentation="Shares issued at the date, treasury shares included.",
        ),
        option(
            "CommonStockSharesOutstanding",
            when={"basis": ShareCountBasis.OUTSTANDING},
            period="instant",
            label="Common Stock, Shares, Outstanding",
            label_ja="流通株式数",
            documentation="Shares in the hands of others than the registrant at the date.",
        ),
        option(
            "TreasuryStockShares",
            when={"basis": ShareCountBasis.TREASURY},
            period="instant",
            label="Treasury Stock, Shares",
            label_ja="自己株式数",
            documentation="Own shares that the registrant holds at the date.",
        ),
        option(
            "CommonStockSharesAuthorized",
            when={"basis": ShareCountBasis.AUTHORISED},
            period="instant",
            label="Common Stock, Shares, Authorized",
            label_ja="発行可能株式総数",
            documentation="Shares that the registrant may issue by its articles at the date.",
        ),
        option(
            "SharesRepresentedByAmericanDepositaryShares",
            when={"basis": ShareCountBasis.REPRESENTED_BY_ADS},
            period="instant",
            label="Shares Represented by American Depositary Shares",
            label_ja="米国預託株式により表章される株式数",
            documentation="Shares that American depositary shares stand for at the date.",
        ),
        option(
            "WeightedAverageNumberOfSharesOutstandingBasic",
            when={"basis": ShareCountBasis.WEIGHTED_AVERAGE},
            period="duration",
            label="Weighted Average Number of Shares Outstanding, Basic",
            label_ja="期中平均株式数",
            documentation="Shares outstanding in the period, weighted by time.",
        ),
        option(
            "WeightedAverageNumberOfDilutedSharesOutstanding",
            when={"basis": ShareCountBasis.DILUTED_WEIGHTED_AVERAGE},
            period="duration",
            label="Weighted Average Number of Shares Outstanding, Diluted",
            label_ja="希薄化後期中平均株式数",
            documentation="Shares outstanding in the period, weighted by time, with those that rights may add.",
        ),
    )
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", label_ja="株式の種類", default=None)
    accounting_standard: AccountingStandard | None = dimension(
        "AccountingStandard", label="Accounting Standard", label_ja="会計基準", default=None
    )
    restatement: Restatement | None = dimension("Restatement", label="Restatement", label_ja="修正再表示", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.basis not in AVERAGES, self.at, what=self.basis.label)
        yield from check_not_negative({"count": self.count})
        if self.basis not in AVERAGES:
            yield from check_whole("count", self.count)
