"""Figures per share: earnings, dividends, book value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.figures import AccountingStandard, CurrencyTranslation, Restatement
from exporter.disclosures.monetary_facts import check_period_fits
from exporter.disclosures.ranges import check_positive
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import companion, concept_choice, dimension, option, period, selector
from exporter.items.values import PerShare, Ratio, Unknown
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
                mend="choose the basis per ADS, or leave the ratio out",
            )
