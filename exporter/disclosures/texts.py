"""Texts of a report as blocks: sections, policies, narratives, risk factors (Item 3.D), and the answer to each item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.disclosures.headings import RISK_FACTORS
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, concept_choice, dimension, option, period, report_item, selector
from exporter.items.declare import language as text_language
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import TextBlock
from exporter.model.period import Duration


class TextKind(Enumeration):
    """Which part of a report a text is."""

    RISK_FACTORS = "risk_factors", "Risk Factors"
    RISK_FACTORS_INTRODUCTION = "risk_factors_introduction", "Risk Factors, Introduction"
    EXCHANGE_RATE_TABLE = "exchange_rate_table", "Exchange Rate Table"
    MAJOR_SHAREHOLDERS = "major_shareholders", "Major Shareholders"
    POLICY = "policy", "Policy"
    TABLE = "table_text", "Table Text"
    INTRODUCTION = "introduction", "Introduction"
    NARRATIVE = "narrative", "Narrative"


@report_item(
    label="Text Disclosure",
    documentation="A text of the report as one block.",
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
            documentation="The whole section on risk factors.",
        ),
        option(
            "RiskFactorsIntroductionTextBlock",
            when={"kind": TextKind.RISK_FACTORS_INTRODUCTION},
            label="Risk Factors, Introduction [Text Block]",
            documentation="What stands before the first risk factor.",
        ),
        option(
            "NoonBuyingRatesTableTextBlock",
            when={"kind": TextKind.EXCHANGE_RATE_TABLE},
            label="Noon Buying Rates [Table Text Block]",
            documentation="The table of noon buying rates as it stands in the report.",
        ),
        option(
            "MajorShareholdersTextBlock",
            when={"kind": TextKind.MAJOR_SHAREHOLDERS},
            label="Major Shareholders [Text Block]",
            documentation="The section on major shareholders.",
        ),
        option(
            "DisclosurePolicyTextBlock",
            when={"kind": TextKind.POLICY},
            label="Disclosure [Policy Text Block]",
            documentation="A policy that the report follows.",
        ),
        option(
            "DisclosureTableTextBlock",
            when={"kind": TextKind.TABLE},
            label="Disclosure [Table Text Block]",
            documentation="A table as it stands in the report.",
        ),
        option(
            "DisclosureIntroductionTextBlock",
            when={"kind": TextKind.INTRODUCTION},
            label="Disclosure, Introduction [Text Block]",
            documentation="The beginning of a section, before its parts.",
        ),
        option(
            "DisclosureTextBlock",
            when={"kind": TextKind.NARRATIVE},
            label="Disclosure [Text Block]",
            documentation="A text of the report that no other block holds.",
        ),
    )
    item: str | None = dimension("Form20FItem", label="Form 20-F Item", default=None)
    topic: str | None = dimension("DisclosureTopic", label="Disclosure Topic", default=None)
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        if not self.text.plain.strip():
            yield problem("exporter:emptyText", "the block holds markup and no text", "text")


_REPEATED: Final = re.compile(r"\b(\w{2,})\s+\1\b", re.IGNORECASE)
_ENDS: Final = (".", "。", "!", "?", "．")


class RiskCategory(Enumeration):
    """What a risk is about."""

    FINANCIAL_RESULTS = "financial_results", "Revenue and Profitability"
    COMPETITION = "competition", "Competition"
    MARKET_CONDITIONS = "market_conditions", "Market Conditions"
    CUSTOMERS = "customers", "Customers"
    SUPPLIERS = "suppliers", "Suppliers"
    PERSONNEL = "personnel", "Personnel"
    KEY_PERSONS = "key_persons", "Dependence on Key Persons"
    OPERATIONS = "operations", "Operations and Infrastructure"
    DATA_SECURITY = "data_security", "Data Security"
    BUSINESS_GROWTH = "business_growth", "Business Growth"
    TECHNOLOGY = "technology", "Technological Change"
    PROJECTS = "projects", "Products and Projects"
    INTELLECTUAL_PROPERTY = "intellectual_property", "Intellectual Property"
    GROUP_COMPANIES = "group_companies", "Group Companies and Investments"
    CONTROLLING_SHAREHOLDER = "controlling_shareholder", "Controlling Shareholder"
    SHARE_PRICE = "share_price", "Share Price"
    FINANCING = "financing", "Financing and Liquidity"
    MARKET_PRICES = "market_prices", "Currencies, Interest and Prices"
    INTERNATIONAL = "international", "International Business"
    REGULATION = "regulation", "Regulation"
    LEGAL_PROCEEDINGS = "legal_proceedings", "Legal Proceedings"
    ENVIRONMENT = "environment", "Environment and Natural Disasters"
    OTHER = "other", "Other"


@report_item(
    label="Risk Factor",
    documentation="One risk factor: its heading and its text.",
    section="3.D",
    heading=RISK_FACTORS,
)
class RiskFactor(ReportItem):
    """One risk factor, numbered by its place among the others."""

    ordinal: int = dimension("RiskFactor", label="Risk Factor")
    over: Duration = period()
    heading: str = concept(
        "RiskFactorHeading",
        label="Risk Factor, Heading",
        documentation="Heading of the risk factor.",
    )
    body: TextBlock = concept(
        "RiskFactorTextBlock",
        label="Risk Factor [Text Block]",
        documentation="Text of the risk factor, without its heading.",
    )
    category: RiskCategory | None = concept(
        "RiskFactorCategory",
        label="Risk Factor, Category",
        documentation="What the risk is about.",
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


_NUMBER: Final = re.compile(r"[1-9][0-9]?(\.?[A-Z](\.[0-9]+)?)?")


class ItemResponseStatus(Enumeration):
    """The answer to an item. "Not required" and "not applicable" are different answers."""

    PROVIDED = "provided", "Provided"
    NOT_REQUIRED = "not_required", "Not Required"
    NOT_APPLICABLE = "not_applicable", "Not Applicable"
    OMITTED = "omitted", "Omitted"
    INCORPORATED_BY_REFERENCE = "incorporated_by_reference", "Incorporated by Reference"


@report_item(
    label="Item Status",
    documentation="How the report answers one item of the form.",
)
class ItemStatus(ReportItem):
    """The answer to one item of Form 20-F, by its number as "3.B" or "16A"."""

    EXAMPLE: ClassVar = {"item": "3.B", "title": "Capitalization and Indebtedness"}

    item: str = dimension("Form20FItem", label="Form 20-F Item")
    over: Duration = period()
    status: ItemResponseStatus = concept(
        "ItemResponseStatus",
        label="Item Response Status",
        documentation="Whether the item is answered, and if not, in which words it is passed over.",
    )
    title: str | None = concept(
        "ItemTitle",
        label="Item Title",
        documentation="Title of the item as the report prints it.",
        default=None,
    )
    reason: str | None = concept(
        "ItemResponseReason",
        label="Item Response, Reason",
        documentation="Why the item is not answered.",
        default=None,
    )
    target: str | None = concept(
        "ItemResponseTarget",
        label="Item Response, Target",
        documentation="Document or place that the item is answered by reference to.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_number()
        yield from self._check_target()

    def _check_number(self) -> Iterator[Finding]:
        if not _NUMBER.fullmatch(self.item):
            yield problem(
                "exporter:itemNumber",
                f"an item has a number like 3.B, 5 or 16A, got {self.item!r}",
                "item",
                fix="give the number alone, without the word Item",
            )

    def _check_target(self) -> Iterator[Finding]:
        by_reference = self.status is ItemResponseStatus.INCORPORATED_BY_REFERENCE
        if by_reference and not (self.target or "").strip():
            yield problem(
                "exporter:targetMissing",
                "an item incorporated by reference names what it refers to",
                "target",
                fix="give the document and the place in it",
            )
        if self.target is not None and not by_reference:
            yield problem(
                "exporter:targetWithoutReference",
                f"a target is given for an item that is {self.status.label.lower()}",
                "target",
                fix="leave the target out, or give the status as incorporated by reference",
                warning=True,
            )
