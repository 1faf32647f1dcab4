"""Numbers of shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.figures import AccountingStandard, Restatement
from exporter.disclosures.monetary_facts import check_period_fits
from exporter.disclosures.ranges import check_not_negative, check_whole
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept_choice, dimension, option, period, selector
from exporter.items.values import ShareCount, Unknown
from exporter.model.period import Duration, Instant


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
