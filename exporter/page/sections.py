"""The sections of a page, in the order in which people look for them, and what belongs to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from exporter.disclosures import (
    AccumulatedDeficit,
    ConsecutiveLossYears,
    ContactPerson,
    ContractualObligation,
    ControlRight,
    ConvenienceTranslation,
    CorporateEvent,
    DirectorAppointment,
    DocumentInfo,
    EdinetCover,
    EntityRelation,
    EquityMethodLoss,
    ExchangeRate,
    ExchangeRates,
    ExchangeRateSeries,
    ImpairmentLoss,
    ItemStatus,
    MajorShareholderTable,
    MajorShareholderTotals,
    MarketRiskExposure,
    MonetaryFact,
    MultipleFact,
    NetLoss,
    OwnershipInterest,
    PerShareFact,
    PersonRole,
    PriceHistory,
    RatioFact,
    RegisteredSecurity,
    RelatedPartyTransaction,
    RiskFactor,
    SecuritiesHolding,
    SegmentResult,
    SelectedFinancialData,
    ShareCountFact,
    SharePrices,
    StatementLine,
    TextDisclosure,
    WriteOff,
)
from exporter.disclosures.texts import TextKind
from exporter.formats.inline_xbrl.write.blocks import SectionKind
from exporter.page.item_facts import ItemWithFacts
from exporter.page.words import Text, word


@frozen(eq=False)
class SectionPlan:
    """A section: its id, the classes and the texts that belong to it."""

    id: str
    classes: tuple[type[Any], ...] = ()
    texts: tuple[TextKind, ...] = ()
    kind: SectionKind = SectionKind.BODY

    @property
    def title(self) -> Text:
        return word(f"section.{self.id}")


OTHER: Final = SectionPlan("other")
SECTIONS: Final = (
    SectionPlan("edinet-cover", (EdinetCover,), kind=SectionKind.COVER),
    SectionPlan(
        "cover",
        (DocumentInfo, RegisteredSecurity, ContactPerson),
        kind=SectionKind.COVER,
    ),
    SectionPlan(
        "exchange-rates",
        (ExchangeRateSeries, ExchangeRates, ExchangeRate, ConvenienceTranslation),
        (TextKind.EXCHANGE_RATE_TABLE,),
    ),
    SectionPlan(
        "selected-data",
        (SelectedFinancialData, MonetaryFact, PerShareFact, ShareCountFact, RatioFact, MultipleFact),
    ),
    SectionPlan("statements", (StatementLine, SegmentResult)),
    SectionPlan(
        "amounts",
        (
            *(AccumulatedDeficit, NetLoss, ConsecutiveLossYears, WriteOff, SecuritiesHolding),
            *(EquityMethodLoss, ImpairmentLoss, ContractualObligation, MarketRiskExposure),
        ),
    ),
    SectionPlan("share-prices", (PriceHistory, SharePrices)),
    SectionPlan(
        "ownership",
        (MajorShareholderTable, OwnershipInterest, MajorShareholderTotals, ControlRight, DirectorAppointment),
        (TextKind.MAJOR_SHAREHOLDERS,),
    ),
    SectionPlan("persons", (PersonRole, EntityRelation, RelatedPartyTransaction)),
    SectionPlan("events", (CorporateEvent,)),
    SectionPlan(
        "risk-factors",
        (RiskFactor,),
        (TextKind.RISK_FACTORS_INTRODUCTION, TextKind.RISK_FACTORS),
    ),
    SectionPlan("items", (ItemStatus,)),
    OTHER,
)
_BY_CLASS: Final = {cls: plan for plan in SECTIONS for cls in plan.classes}
_BY_TEXT: Final = {kind: plan for plan in SECTIONS for kind in plan.texts}


def plan_of(item: Any) -> SectionPlan:
    """The section that an item belongs to; what is nobody's stands at the end."""
    if isinstance(item, TextDisclosure):
        return _BY_TEXT.get(item.kind, OTHER)
    return next((_BY_CLASS[cls] for cls in type(item).__mro__ if cls in _BY_CLASS), OTHER)


def in_sections(items: Iterable[ItemWithFacts]) -> list[tuple[SectionPlan, list[ItemWithFacts]]]:
    """The items by section, in the order of the page; within a section by class, texts before and after as planned."""
    by_section: dict[str, list[ItemWithFacts]] = {}
    for item in items:
        if item.facts or item.rows:  # a table without rows reports nothing
            by_section.setdefault(plan_of(item.item).id, []).append(item)
    return [
        (plan, sorted(by_section[plan.id], key=lambda item: _rank(plan, item)))
        for plan in SECTIONS
        if plan.id in by_section
    ]


def _rank(plan: SectionPlan, item: ItemWithFacts) -> int:
    """Classes in the plan's order; an introduction comes first, another text last."""
    if isinstance(item.item, TextDisclosure) and plan is not OTHER:
        return -1 if item.item.kind is TextKind.RISK_FACTORS_INTRODUCTION else len(plan.classes)
    return plan.classes.index(type(item.item)) if type(item.item) in plan.classes else 0
