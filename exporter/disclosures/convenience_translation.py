"""The convenience translation of amounts into another currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from exporter.disclosures.ranges import check_positive
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, period, unit
from exporter.items.specifiers import language as text_language
from exporter.items.text_block import TextBlock
from exporter.items.values import CurrencyPair, Rate
from exporter.model.period import Duration


class ConvenienceTranslationBasis(Enumeration):
    """Which amounts are translated at the rate."""

    SINGLE_RATE = "single_rate", "Single Rate", "単一相場"
    UNLESS_OTHERWISE_NOTED = "unless_otherwise_noted", "Unless Otherwise Noted", "別段の記載がない限り"
    UNSPECIFIED = "unspecified", "Unspecified", "明示なし"


@report_item(
    label="Convenience Translation",
    label_ja="便宜上の換算",
    documentation="Rate at which a report translates amounts for the convenience of its readers.",
    documentation_ja="読者の便宜のため金額の換算に用いる為替相場。",
)
class ConvenienceTranslation(ReportItem):
    """The rate, as of the end of ``over``, at which amounts are translated for the reader's convenience.

    ``rate_date`` is given where the rate is that of another day than the last of ``over``.
    """

    pair: CurrencyPair = unit()
    over: Duration = period()
    rate: Rate = concept(
        "ConvenienceTranslationExchangeRate",
        period="instant",
        label="Convenience Translation, Exchange Rate",
        label_ja="便宜上の換算、為替相場",
        documentation="Exchange rate applied to amounts translated for the reader's convenience.",
        documentation_ja="便宜上の換算に用いた為替相場。",
    )
    basis: ConvenienceTranslationBasis = concept(
        "ConvenienceTranslationBasis",
        label="Convenience Translation, Basis",
        label_ja="便宜上の換算、適用範囲",
        documentation="Which amounts of the report are translated at the rate.",
        default=ConvenienceTranslationBasis.UNSPECIFIED,
    )
    policy: TextBlock | None = concept(
        "ConvenienceTranslationPolicyTextBlock",
        label="Convenience Translation [Policy Text Block]",
        label_ja="便宜上の換算の方針 [テキストブロック]",
        documentation="What the report says about translating amounts, its disclaimer included.",
        default=None,
    )
    rate_date: dt.date | None = concept(
        "ConvenienceTranslationRateDate",
        label="Convenience Translation, Rate Date",
        label_ja="便宜上の換算、相場の日付",
        documentation="Day of the exchange rate, where it is not the last day of the period.",
        default=None,
    )
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_positive({"rate": self.rate}, code="exporter:rateNotPositive")
        yield from self._check_policy()

    def day_of_rate(self) -> dt.date:
        """The day whose rate it is."""
        return self.rate_date or self.over.last_day

    def _check_policy(self) -> Iterator[Finding]:
        if self.language is not None and self.policy is None:
            yield problem("exporter:languageWithoutText", "a language is given, but no text that is in it", "language")
