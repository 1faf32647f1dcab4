"""Texts of a report as blocks: sections, introductions, policies, tables, narratives."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept_choice, dimension, option, period, selector
from exporter.items.specifiers import language as text_language
from exporter.items.text_block import TextBlock
from exporter.model.period import Duration


class TextKind(Enumeration):
    """Which part of a report a text is."""

    RISK_FACTORS = "risk_factors", "Risk Factors", "リスク要因"
    RISK_FACTORS_INTRODUCTION = "risk_factors_introduction", "Risk Factors, Introduction", "リスク要因の序文"
    EXCHANGE_RATE_TABLE = "exchange_rate_table", "Exchange Rate Table", "為替相場の表"
    MAJOR_SHAREHOLDERS = "major_shareholders", "Major Shareholders", "大株主"
    POLICY = "policy", "Policy", "方針"
    TABLE = "table_text", "Table Text", "表"
    INTRODUCTION = "introduction", "Introduction", "序文"
    NARRATIVE = "narrative", "Narrative", "説明"


@report_item(
    label="Text Disclosure",
    label_ja="文章による開示",
    documentation="A text of the report as one block.",
    documentation_ja="一つのまとまりとしての文章。",
)
class TextDisclosure(ReportItem):
    """A text of the report. ``item`` (a number such as "3.D") and ``topic`` tell texts of one kind apart."""

    kind: TextKind = selector()
    over: Duration = period()
    text: TextBlock = concept_choice(
        option(
            "RiskFactorsTextBlock",
            when={"kind": TextKind.RISK_FACTORS},
            label="Risk Factors [Text Block]",
            label_ja="リスク要因（全体） [テキストブロック]",
            documentation="The whole section on risk factors.",
            documentation_ja="リスク要因の項全体。",
        ),
        option(
            "RiskFactorsIntroductionTextBlock",
            when={"kind": TextKind.RISK_FACTORS_INTRODUCTION},
            label="Risk Factors, Introduction [Text Block]",
            label_ja="リスク要因の序文 [テキストブロック]",
            documentation="What stands before the first risk factor.",
        ),
        option(
            "NoonBuyingRatesTableTextBlock",
            when={"kind": TextKind.EXCHANGE_RATE_TABLE},
            label="Noon Buying Rates [Table Text Block]",
            label_ja="正午買相場の表 [テキストブロック]",
            documentation="The table of noon buying rates as it stands in the report.",
        ),
        option(
            "MajorShareholdersTextBlock",
            when={"kind": TextKind.MAJOR_SHAREHOLDERS},
            label="Major Shareholders [Text Block]",
            label_ja="大株主 [テキストブロック]",
            documentation="The section on major shareholders.",
        ),
        option(
            "DisclosurePolicyTextBlock",
            when={"kind": TextKind.POLICY},
            label="Disclosure [Policy Text Block]",
            label_ja="方針の記載 [テキストブロック]",
            documentation="A policy that the report follows.",
        ),
        option(
            "DisclosureTableTextBlock",
            when={"kind": TextKind.TABLE},
            label="Disclosure [Table Text Block]",
            label_ja="表の記載 [テキストブロック]",
            documentation="A table as it stands in the report.",
        ),
        option(
            "DisclosureIntroductionTextBlock",
            when={"kind": TextKind.INTRODUCTION},
            label="Disclosure, Introduction [Text Block]",
            label_ja="序文の記載 [テキストブロック]",
            documentation="The beginning of a section, before its parts.",
        ),
        option(
            "DisclosureTextBlock",
            when={"kind": TextKind.NARRATIVE},
            label="Disclosure [Text Block]",
            label_ja="説明の記載 [テキストブロック]",
            documentation="A text of the report that no other block holds.",
        ),
    )
    item: str | None = dimension("Form20FItem", label="Form 20-F Item", label_ja="様式20-Fの項目", default=None)
    topic: str | None = dimension("DisclosureTopic", label="Disclosure Topic", label_ja="開示の主題", default=None)
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        if not self.text.plain.strip():
            yield problem("exporter:emptyText", "the block holds markup and no text", "text")
