"""The cover page: what document it is, of whom, for which period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.disclosures.checks import check_not_negative, check_whole
from exporter.disclosures.cover_registrant import CoverRegistrant
from exporter.disclosures.headings import COVER
from exporter.disclosures.securities import EXCHANGE, NO_SYMBOL, SHARES_OUTSTANDING, SYMBOL, TITLE_12B, TITLE_12G
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.declare import concept, report_item
from exporter.items.document import PLACEHOLDER_NAME
from exporter.items.values import ShareCount

_AUDITOR: Final = ("auditor", "auditor_firm_id", "auditor_location")


@report_item(
    label="Document Information",
    documentation="What the cover page of the report says.",
    part="cover",
    heading=COVER,
)
class DocumentInfo(CoverRegistrant):
    """What the cover page says. The names are those of the SEC's document and entity information.

    ``over`` is the period that the report covers. Securities are listed, and the markets and symbols in the same
    order. Where there are several classes, each is better stated as a `RegisteredSecurity`: a standard concept
    holds one security in a fact. The person to turn to is a `ContactPerson`.
    """

    EXAMPLE: ClassVar = {"document_type": "20-F", "registrant": PLACEHOLDER_NAME}

    securities: tuple[str, ...] = concept("Security12bTitle", labels=TITLE_12B, default=())
    securities_12g: tuple[str, ...] = concept("Security12gTitle", labels=TITLE_12G, default=())
    exchanges: tuple[str, ...] = concept("SecurityExchangeName", labels=EXCHANGE, default=())
    trading_symbols: tuple[str, ...] = concept("TradingSymbol", labels=SYMBOL, default=())
    no_trading_symbol: bool | None = concept("NoTradingSymbolFlag", labels=NO_SYMBOL, default=None)
    shares_outstanding: ShareCount | None = concept(
        "EntityCommonStockSharesOutstanding", period="instant", labels=SHARES_OUTSTANDING, default=None
    )
    auditor: str | None = concept(
        "AuditorName",
        label="Auditor Name",
        documentation="Name of the auditor of the financial statements.",
        default=None,
    )
    auditor_firm_id: str | None = concept(
        "AuditorFirmId",
        label="Auditor Firm ID",
        documentation="Number under which the PCAOB knows the auditor.",
        default=None,
    )
    auditor_location: str | None = concept(
        "AuditorLocation",
        label="Auditor Location",
        documentation="City and country of the auditor's office.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from super().check()
        yield from self._check_securities()
        yield from self._check_auditor()
        yield from check_not_negative({"shares_outstanding": self.shares_outstanding})
        yield from check_whole("shares_outstanding", self.shares_outstanding)

    def _check_securities(self) -> Iterator[Finding]:
        listed = len(self.securities)  # those under section 12(g) have no exchange, but may have a symbol
        counts = {"exchanges": {listed}, "trading_symbols": {listed, listed + len(self.securities_12g)}}
        for name, allowed in counts.items():
            count = len(getattr(self, name))
            if count and count not in allowed:
                yield problem(
                    "exporter:securitiesUneven",
                    f"{max(allowed)} securities are listed, but {count} {name.replace('_', ' ')}",
                    name,
                    "securities",
                    fix="give one for each security, in the same order",
                )
        if self.no_trading_symbol and self.trading_symbols:
            yield problem(
                "exporter:symbolAndNone",
                "a trading symbol is stated beside the statement that there is none",
                "no_trading_symbol",
                "trading_symbols",
                fix="keep one of them",
            )

    def _check_auditor(self) -> Iterator[Finding]:
        missing = [name for name in _AUDITOR if getattr(self, name) is None]
        if 0 < len(missing) < len(_AUDITOR):
            yield problem(
                "exporter:auditorIncomplete",
                f"an auditor has a name, a firm id and a location; here {list_text(missing, last=' and ')} is left out",
                *missing,
                fix="state all three, or none",
                warning=True,
            )
