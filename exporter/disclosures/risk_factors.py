"""Risk factors of Item 3.D."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.items.specifiers import language as text_language
from exporter.items.text_block import TextBlock
from exporter.model.period import Duration

_REPEATED: Final = re.compile(r"\b(\w{2,})\s+\1\b", re.IGNORECASE)
_ENDS: Final = (".", "。", "!", "?", "．")


@report_item(
    label="Risk Factor",
    label_ja="リスク要因",
    documentation="One risk factor: its heading and its text.",
    documentation_ja="一つのリスク要因の見出し及び本文。",
)
class RiskFactor(ReportItem):
    """One risk factor, numbered by its place among the others."""

    ordinal: int = dimension("RiskFactor", label="Risk Factor", label_ja="リスク要因")
    over: Duration = period()
    heading: str = concept(
        "RiskFactorHeading",
        label="Risk Factor, Heading",
        label_ja="リスク要因の見出し",
        documentation="Heading of the risk factor.",
        documentation_ja="当該リスク要因の見出し。",
    )
    body: TextBlock = concept(
        "RiskFactorTextBlock",
        label="Risk Factor [Text Block]",
        label_ja="リスク要因 [テキストブロック]",
        documentation="Text of the risk factor, without its heading.",
        documentation_ja="当該リスク要因の本文。",
    )
    category: str | None = concept(
        "RiskFactorCategory",
        label="Risk Factor, Category",
        label_ja="リスク要因の区分",
        documentation="Short name of what the risk is about.",
        default=None,
    )
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        yield from self._check_ordinal()
        yield from self._check_heading()
        yield from self._check_body()

    def _check_ordinal(self) -> Iterator[Finding]:
        if self.ordinal < 1:
            yield problem(
                "exporter:ordinalBelowOne", f"risk factors are numbered from 1, got {self.ordinal}", "ordinal"
            )

    def _check_heading(self) -> Iterator[Finding]:
        heading = self.heading.strip()
        if not heading:
            yield problem("exporter:emptyText", "a risk factor has a heading", "heading")
            return
        if not heading.endswith(_ENDS):
            yield problem(
                "exporter:headingWithoutStop", "the heading ends without a full stop", "heading", warning=True
            )
        if repeated := _REPEATED.search(heading):
            yield problem(
                "exporter:repeatedWord", f"the heading repeats the word {repeated[1]!r}", "heading", warning=True
            )

    def _check_body(self) -> Iterator[Finding]:
        if not self.body.plain.strip():
            yield problem("exporter:emptyText", "a risk factor has a text below its heading", "body")
