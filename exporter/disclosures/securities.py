"""Securities: those registered with the SEC, their price history (Item 9.A), and those that the registrant holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import (
    check_contained,
    check_coverage,
    check_lines,
    check_not_negated,
    check_not_negative,
    check_one_currency,
    check_positive,
    check_range,
    check_rows_differ,
    check_whole,
)
from exporter.disclosures.checks import check_whole as check_whole_number
from exporter.disclosures.headings import COVER
from exporter.disclosures.monetary_facts import MeasurementBasis
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import (
    ReportItem,
    companion,
    concept,
    concept_choice,
    dimension,
    option,
    period,
    report_item,
    rows,
    selector,
)
from exporter.items.labels import Labels
from exporter.items.values import Money, PerShare, ShareCount, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration, Instant


class PricePeriodKind(Enumeration):
    """Which block of the table a row belongs to."""

    FISCAL_YEAR = "fiscal_year", "Fiscal Year"
    FISCAL_QUARTER = "fiscal_quarter", "Fiscal Quarter"
    MONTH = "calendar_month", "Calendar Month"


@report_item(
    label="Share Prices",
    documentation="High, low and closing price of a security on a market in one period, and the shares traded.",
    section="9.A",
)
class SharePrices(ReportItem):
    """One row of a price history: a security's prices on one market in one period."""

    market: str = dimension("Market", label="Market")
    security: str | None = dimension("ListedSecurity", label="Listed Security", default=None)
    over: Duration = period()
    high: PerShare | None = concept(
        "SharePriceHigh",
        label="Share Price, High",
        documentation="Highest price of the period.",
        default=None,
    )
    low: PerShare | None = concept(
        "SharePriceLow",
        label="Share Price, Low",
        documentation="Lowest price of the period.",
        default=None,
    )
    close: PerShare | None = concept(
        "SharePriceClose",
        period="instant",
        label="Share Price, Close",
        documentation="Last price of the period.",
        default=None,
    )
    volume: ShareCount | None = concept(
        "ShareTradingVolume",
        label="Share Trading Volume",
        documentation="Number of shares traded in the period.",
        default=None,
    )
    kind: PricePeriodKind | None = concept(
        "SharePricePeriodKind",
        label="Share Price, Kind of Period",
        documentation="Whether the row is for a fiscal year, a quarter or a month.",
        default=None,
    )
    adjusted: bool | None = concept(
        "SharePriceSplitAdjustedIndicator",
        label="Share Price, Adjusted for Splits, Indicator",
        documentation="Whether the prices are restated for later share splits.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_given()
        prices = {"high": self.high, "low": self.low, "close": self.close}
        yield from check_positive(prices, code="exporter:priceNotPositive")
        yield from check_one_currency(prices)
        yield from check_range(low=self.low, high=self.high, within={"close": self.close})
        yield from check_not_negative({"volume": self.volume})
        yield from check_whole_number("volume", self.volume)

    def _check_given(self) -> Iterator[Finding]:
        if self.high is None and self.low is None and self.volume is None:
            yield problem(
                "exporter:noPriceStated", f"the row for {self.over} states neither a high, a low nor a volume", "high"
            )


@report_item(
    label="Price History",
    documentation="A table of the prices of a security on a market.",
    section="9.A",
)
class PriceHistory(ReportItem):
    """The prices of one security on one market; its facts are those of its rows."""

    rows: tuple[SharePrices, ...] = rows(by=("market", "security"), least=2)

    def check(self) -> Iterator[Finding]:
        yield from check_rows_differ(self.rows, [(row.market, row.security, row.over) for row in self.rows])
        yield from self._check_market()
        yield from self._check_currency()
        yield from check_contained(self.rows)
        yield from check_coverage(self.rows, {"year": 5, "quarter": 8, "month": 6})

    def _check_market(self) -> Iterator[Finding]:
        markets = list(dict.fromkeys((row.market, row.security) for row in self.rows))
        if len(markets) > 1:
            yield problem(
                "exporter:mixedMarkets",
                "a price history is of one security on one market",
                "rows",
                fix="make a history for each",
            )

    def _check_currency(self) -> Iterator[Finding]:
        prices = {
            f"rows/{number}/{name}": getattr(row, name)
            for number, row in enumerate(self.rows)
            for name in ("high", "low", "close")
        }
        for finding in check_one_currency(prices):
            yield problem(finding.code, "the prices of a history are in one currency", "rows")


# The cover page states the same of a sole security and of each of several.
TITLE_12B: Final = Labels(
    standard="Title of 12(b) Security",
    documentation="Title of a security registered under section 12(b) of the Exchange Act; several stand one a line.",
)
TITLE_12G: Final = Labels(
    standard="Title of 12(g) Security",
    documentation="Title of a security registered under section 12(g) of the Exchange Act; several stand one a line.",
)
EXCHANGE: Final = Labels(
    standard="Security Exchange Name",
    documentation="Exchange on which the security is registered; those of several stand in their order.",
)
SYMBOL: Final = Labels(
    standard="Trading Symbol",
    documentation="Symbol under which the security trades; those of several stand in their order.",
)
NO_SYMBOL: Final = Labels(
    standard="No Trading Symbol Flag",
    documentation="Whether the security has no trading symbol.",
)
SHARES_OUTSTANDING: Final = Labels(
    standard="Entity Common Stock, Shares Outstanding",
    documentation="Shares outstanding at the end of the period.",
)


class RegistrationSection(Enumeration):
    """The section of the Exchange Act that a security is registered under."""

    SECTION_12B = "section_12b", "Section 12(b)"
    SECTION_12G = "section_12g", "Section 12(g)"


@report_item(
    label="Registered Security",
    documentation="One class of securities on the cover page, where there are several.",
    part="cover",
    heading=COVER,
)
class RegisteredSecurity(ReportItem):
    """One of several classes of registered securities; a sole class is stated with the document's information.

    ``exchange`` is the exchange's code where the regulator has one (``NASDAQ``), else its name.
    """

    class_of_stock: str = dimension("ClassOfStock", label="Class of Stock")
    section: RegistrationSection = selector(default=RegistrationSection.SECTION_12B)
    over: Duration = period()
    title: str = concept_choice(
        option("Security12bTitle", when={"section": RegistrationSection.SECTION_12B}, labels=TITLE_12B),
        option("Security12gTitle", when={"section": RegistrationSection.SECTION_12G}, labels=TITLE_12G),
    )
    trading_symbol: str | None = concept("TradingSymbol", labels=SYMBOL, default=None)
    no_trading_symbol: bool | None = concept("NoTradingSymbolFlag", labels=NO_SYMBOL, default=None)
    exchange: str | None = concept("SecurityExchangeName", labels=EXCHANGE, default=None)
    shares_outstanding: ShareCount | None = concept(
        "EntityCommonStockSharesOutstanding", period="instant", labels=SHARES_OUTSTANDING, default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_lines(self, "title", "trading_symbol", "exchange")
        yield from check_not_negative({"shares_outstanding": self.shares_outstanding})
        yield from check_whole("shares_outstanding", self.shares_outstanding)
        if self.no_trading_symbol and self.trading_symbol is not None:
            yield problem(
                "exporter:symbolAndNone",
                f"the trading symbol {self.trading_symbol} is stated beside the statement that there is none",
                "no_trading_symbol",
                "trading_symbol",
                fix="keep one of them",
            )


@report_item(
    label="Securities Holding",
    documentation="Available-for-sale securities held at a date.",
    section="18",
)
class SecuritiesHolding(ReportItem):
    """Available-for-sale securities held as of a date, with the basis on which they are carried."""

    as_of: Instant = period()
    amount: Money | Unknown = concept(
        "AvailableForSaleSecuritiesCarryingAmount",
        wider=["ifrs-full:FinancialAssets"],
        balance="debit",
        label="Available-for-Sale Securities, Carrying Amount",
        documentation="Amount at which available-for-sale securities are carried at the date.",
    )
    basis: MeasurementBasis | None = companion("MeasurementBasis", of="amount", label="Measurement Basis", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="holding")
