"""Price history of listed securities, Item 9.A."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.ranges import (
    check_contained,
    check_coverage,
    check_not_negative,
    check_positive,
    check_range,
    check_rows_differ,
)
from exporter.disclosures.ranges import check_whole as check_whole_number
from exporter.disclosures.sums import check_one_currency
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period, rows
from exporter.items.values import PerShare, ShareCount
from exporter.model.period import Duration


class PricePeriodKind(Enumeration):
    """Which block of the table a row belongs to."""

    FISCAL_YEAR = "fiscal_year", "Fiscal Year", "事業年度"
    FISCAL_QUARTER = "fiscal_quarter", "Fiscal Quarter", "四半期"
    MONTH = "calendar_month", "Calendar Month", "暦月"


@report_item(
    label="Share Prices",
    label_ja="株価の推移",
    documentation="High, low and closing price of a security on a market in one period, and the shares traded.",
    documentation_ja="一期間における市場での証券の高値、安値、終値及び出来高。",
)
class SharePrices(ReportItem):
    """One row of a price history: a security's prices on one market in one period."""

    market: str = dimension("Market", label="Market", label_ja="市場")
    security: str | None = dimension("ListedSecurity", label="Listed Security", label_ja="上場証券", default=None)
    over: Duration = period()
    high: PerShare | None = concept(
        "SharePriceHigh",
        label="Share Price, High",
        label_ja="株価、高値",
        documentation="Highest price of the period.",
        default=None,
    )
    low: PerShare | None = concept(
        "SharePriceLow",
        label="Share Price, Low",
        label_ja="株価、安値",
        documentation="Lowest price of the period.",
        default=None,
    )
    close: PerShare | None = concept(
        "SharePriceClose",
        period="instant",
        label="Share Price, Close",
        label_ja="株価、終値",
        documentation="Last price of the period.",
        default=None,
    )
    volume: ShareCount | None = concept(
        "ShareTradingVolume",
        label="Share Trading Volume",
        label_ja="株式の出来高",
        documentation="Number of shares traded in the period.",
        default=None,
    )
    kind: PricePeriodKind | None = concept(
        "SharePricePeriodKind",
        label="Share Price, Kind of Period",
        label_ja="株価の期間の種類",
        documentation="Whether the row is for a fiscal year, a quarter or a month.",
        default=None,
    )
    adjusted: bool | None = concept(
        "SharePriceSplitAdjustedIndicator",
        label="Share Price, Adjusted for Splits, Indicator",
        label_ja="株価の株式分割調整の有無",
        documentation="Whether the prices are restated for later share splits.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_stated()
        prices = {"high": self.high, "low": self.low, "close": self.close}
        yield from check_positive(prices, code="exporter:priceNotPositive")
        yield from check_one_currency(prices)
        yield from check_range(low=self.low, high=self.high, within={"close": self.close})
        yield from check_not_negative({"volume": self.volume})
        yield from check_whole_number("volume", self.volume)

    def _check_stated(self) -> Iterator[Finding]:
        if self.high is None and self.low is None and self.volume is None:
            yield problem(
                "exporter:noPriceStated", f"the row for {self.over} states neither a high, a low nor a volume", "high"
            )


@report_item(
    label="Price History",
    label_ja="株価の表",
    documentation="A table of the prices of a security on a market.",
    documentation_ja="市場における証券の株価の表。",
)
class PriceHistory(ReportItem):
    """The prices of one security on one market; its facts are those of its rows."""

    rows: tuple[SharePrices, ...] = rows()

    def check(self) -> Iterator[Finding]:
        yield from check_rows_differ(self.rows, [(row.market, row.security, row.over) for row in self.rows])
        yield from self._check_market()
        yield from self._check_currency()
        yield from check_contained(self.rows)
        yield from check_coverage(self.rows, {"year": 5, "quarter": 8, "month": 6})

    def _check_market(self) -> Iterator[Finding]:
        found = list(dict.fromkeys((row.market, row.security) for row in self.rows))
        if len(found) > 1:
            yield problem(
                "exporter:mixedMarkets",
                "a price history is of one security on one market",
                "rows",
                mend="make a history for each",
            )

    def _check_currency(self) -> Iterator[Finding]:
        prices = {
            f"rows/{number}/{name}": getattr(row, name)
            for number, row in enumerate(self.rows)
            for name in ("high", "low", "close")
        }
        for finding in check_one_currency(prices):
            yield problem(finding.code, "the prices of a history are in one currency", "rows")
