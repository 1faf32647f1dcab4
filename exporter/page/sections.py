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
from exporter.page.words import Text


@frozen(eq=False)
class SectionPlan:
    """A section: its id, its title, the classes and the texts that belong to it."""

    id: str
    title: Text
    classes: tuple[type[Any], ...] = ()
    texts: tuple[TextKind, ...] = ()
    kind: SectionKind = SectionKind.BODY


OTHER: Final = SectionPlan("other", Text("Other Information", "その他"))
SECTIONS: Final = (
    SectionPlan(
        "cover",
        Text("Cover Page", "表紙"),
        (DocumentInfo, RegisteredSecurity, ContactPerson),
        kind=SectionKind.COVER,
    ),
    SectionPlan(
        "exchange-rates",
        Text("Exchange Rates", "為替相場"),
        (ExchangeRateSeries, ExchangeRates, ExchangeRate, ConvenienceTranslation),
        (TextKind.EXCHANGE_RATE_TABLE,),
    ),
    SectionPlan(
        "selected-data",
        Text("Selected Financial Data", "主要な財務データ"),
        (SelectedFinancialData, MonetaryFact, PerShareFact, ShareCountFact, RatioFact, MultipleFact),
    ),
    SectionPlan("statements", Text("Financial Statements", "財務諸表"), (StatementLine, SegmentResult)),
    SectionPlan(
        "amounts",
        Text("Amounts", "金額"),
        (
            *(AccumulatedDeficit, NetLoss, ConsecutiveLossYears, WriteOff, SecuritiesHolding),
            *(EquityMethodLoss, ImpairmentLoss, ContractualObligation, MarketRiskExposure),
        ),
    ),
    SectionPlan("share-prices", Text("Share Prices", "株価"), (PriceHistory, SharePrices)),
    SectionPlan(
        "ownership",
        Text("Ownership and Control", "株主と支配"),
        (MajorShareholderTable, OwnershipInterest, MajorShareholderTotals, ControlRight, DirectorAppointment),
        (TextKind.MAJOR_SHAREHOLDERS,),
    ),
    SectionPlan(
        "persons", Text("Persons and Relations", "人物と関係"), (PersonRole, EntityRelation, RelatedPartyTransaction)
    ),
    SectionPlan("events", Text("Events", "事象"), (CorporateEvent,)),
    SectionPlan(
        "risk-factors",
        Text("Risk Factors", "リスク要因"),
        (RiskFactor,),
        (TextKind.RISK_FACTORS_INTRODUCTION, TextKind.RISK_FACTORS),
    ),
    SectionPlan("items", Text("Items of the Form", "様式の項目"), (ItemStatus,)),
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
    found: dict[str, list[ItemWithFacts]] = {}
    for item in items:
        if item.facts or item.rows:  # a table without rows states nothing
            found.setdefault(plan_of(item.item).id, []).append(item)
    return [(plan, sorted(found[plan.id], key=lambda each: _rank(plan, each))) for plan in SECTIONS if plan.id in found]


def _rank(plan: SectionPlan, item: ItemWithFacts) -> int:
    """Classes in the plan's order; an introduction comes first, another text last."""
    if isinstance(item.item, TextDisclosure) and plan is not OTHER:
        return -1 if item.item.kind is TextKind.RISK_FACTORS_INTRODUCTION else len(plan.classes)
    return plan.classes.index(type(item.item)) if type(item.item) in plan.classes else 0
