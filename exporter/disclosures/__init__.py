"""The report items of Form 20-F, one topic per module."""

from __future__ import annotations

from typing import Any, Final

from exporter.disclosures.corporate_events import CorporateEvent, DirectorAppointment
from exporter.disclosures.cover_registrant import ContactPerson
from exporter.disclosures.document_info import DocumentInfo
from exporter.disclosures.exchange_rates import ConvenienceTranslation, ExchangeRate, ExchangeRates, ExchangeRateSeries
from exporter.disclosures.financial_tables import SegmentResult, SelectedFinancialData, StatementLine
from exporter.disclosures.losses import (
    AccumulatedDeficit,
    ConsecutiveLossYears,
    EquityMethodLoss,
    ImpairmentLoss,
    NetLoss,
    WriteOff,
)
from exporter.disclosures.market_risk import ContractualObligation, MarketRiskExposure
from exporter.disclosures.monetary_facts import MonetaryFact
from exporter.disclosures.ownership import MajorShareholderTable, MajorShareholderTotals, OwnershipInterest
from exporter.disclosures.persons import PersonRole
from exporter.disclosures.ratios import MultipleFact, RatioFact
from exporter.disclosures.related_parties import ControlRight, EntityRelation, RelatedPartyTransaction
from exporter.disclosures.securities import PriceHistory, RegisteredSecurity, SecuritiesHolding, SharePrices
from exporter.disclosures.shares import PerShareFact, ShareCountFact
from exporter.disclosures.texts import ItemStatus, RiskFactor, TextDisclosure

DISCLOSURES: Final[tuple[type[Any], ...]] = (
    DocumentInfo,
    RegisteredSecurity,
    ContactPerson,
    ExchangeRates,
    ExchangeRateSeries,
    ExchangeRate,
    ConvenienceTranslation,
    MonetaryFact,
    AccumulatedDeficit,
    NetLoss,
    ConsecutiveLossYears,
    WriteOff,
    ImpairmentLoss,
    EquityMethodLoss,
    SecuritiesHolding,
    SelectedFinancialData,
    PerShareFact,
    ShareCountFact,
    RatioFact,
    MultipleFact,
    OwnershipInterest,
    MajorShareholderTotals,
    MajorShareholderTable,
    ControlRight,
    CorporateEvent,
    DirectorAppointment,
    PersonRole,
    EntityRelation,
    RelatedPartyTransaction,
    RiskFactor,
    TextDisclosure,
    ItemStatus,
    SharePrices,
    PriceHistory,
    MarketRiskExposure,
    ContractualObligation,
    SegmentResult,
    StatementLine,
)

__all__ = [
    "DISCLOSURES",
    "AccumulatedDeficit",
    "ConsecutiveLossYears",
    "ContactPerson",
    "ContractualObligation",
    "ControlRight",
    "ConvenienceTranslation",
    "CorporateEvent",
    "DirectorAppointment",
    "DocumentInfo",
    "EntityRelation",
    "EquityMethodLoss",
    "ExchangeRate",
    "ExchangeRateSeries",
    "ExchangeRates",
    "ImpairmentLoss",
    "ItemStatus",
    "MajorShareholderTable",
    "MajorShareholderTotals",
    "MarketRiskExposure",
    "MonetaryFact",
    "MultipleFact",
    "NetLoss",
    "OwnershipInterest",
    "PerShareFact",
    "PersonRole",
    "PriceHistory",
    "RatioFact",
    "RegisteredSecurity",
    "RelatedPartyTransaction",
    "RiskFactor",
    "SecuritiesHolding",
    "SegmentResult",
    "SelectedFinancialData",
    "ShareCountFact",
    "SharePrices",
    "StatementLine",
    "TextDisclosure",
    "WriteOff",
]
