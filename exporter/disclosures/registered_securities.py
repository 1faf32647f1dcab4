"""Securities registered with the SEC, where the cover page lists several classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.lines import check_lines
from exporter.disclosures.ranges import check_not_negative, check_whole
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.labels import Labels
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, concept_choice, dimension, option, period, selector
from exporter.items.values import ShareCount
from exporter.model.period import Duration

# The cover page states the same of a sole security and of each of several.
TITLE_12B: Final = Labels(
    standard="Title of 12(b) Security",
    standard_ja="登録証券の名称",
    documentation="Title of a security registered under section 12(b) of the Exchange Act; several stand one a line.",
)
TITLE_12G: Final = Labels(
    standard="Title of 12(g) Security",
    standard_ja="第12条(g)項による登録証券の名称",
    documentation="Title of a security registered under section 12(g) of the Exchange Act; several stand one a line.",
)
EXCHANGE: Final = Labels(
    standard="Security Exchange Name",
    standard_ja="登録証券の上場取引所",
    documentation="Exchange on which the security is registered; those of several stand in their order.",
)
SYMBOL: Final = Labels(
    standard="Trading Symbol",
    standard_ja="登録証券の取引記号",
    documentation="Symbol under which the security trades; those of several stand in their order.",
)
NO_SYMBOL: Final = Labels(
    standard="No Trading Symbol Flag",
    standard_ja="取引記号のない旨",
    documentation="Whether the security has no trading symbol.",
)
SHARES_OUTSTANDING: Final = Labels(
    standard="Entity Common Stock, Shares Outstanding",
    standard_ja="普通株式の流通株式数",
    documentation="Shares outstanding at the end of the period.",
)


class RegistrationSection(Enumeration):
    """The section of the Exchange Act that a security is registered under."""

    SECTION_12B = "section_12b", "Section 12(b)", "第12条(b)項"
    SECTION_12G = "section_12g", "Section 12(g)", "第12条(g)項"


@report_item(
    label="Registered Security",
    label_ja="登録証券",
    documentation="One class of securities on the cover page, where there are several.",
    documentation_ja="表紙に記載する登録証券のうちの一種類。",
)
class RegisteredSecurity(ReportItem):
    """One of several classes of registered securities; a sole class is stated with the document's information.

    ``exchange`` is the exchange's code where the regulator has one (``NASDAQ``), else its name.
    """

    class_of_stock: str = dimension("ClassOfStock", label="Class of Stock", label_ja="株式の種類")
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
                mend="keep one of them",
            )
