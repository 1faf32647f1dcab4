"""The report items of Form 20-F, one topic per module."""

from __future__ import annotations

from typing import Any, Final

from exporter.disclosures.contact_person import ContactPerson
from exporter.disclosures.control_rights import ControlRight
from exporter.disclosures.convenience_translation import ConvenienceTranslation
from exporter.disclosures.corporate_events import CorporateEvent, DirectorAppointment
from exporter.disclosures.document_info import DocumentInfo
from exporter.disclosures.exchange_rates import ExchangeRate, ExchangeRates, ExchangeRateSeries
from exporter.disclosures.item_status import ItemStatus
from exporter.disclosures.losses import (
    AccumulatedDeficit,
    ConsecutiveLossYears,
    EquityMethodLoss,
    ImpairmentLoss,
    NetLoss,
    WriteOff,
)
from exporter.disclosures.market_risk import MarketRiskExposure
from exporter.disclosures.monetary_facts import MonetaryFact
from exporter.disclosures.obligations import ContractualObligation
from exporter.disclosures.ownership import MajorShareholderTable, MajorShareholderTotals, OwnershipInterest
from exporter.disclosures.per_share import PerShareFact
from exporter.disclosures.persons import PersonRole
from exporter.disclosures.price_history import PriceHistory, SharePrices
from exporter.disclosures.ratios import MultipleFact, RatioFact
from exporter.disclosures.registered_securities import RegisteredSecurity
from exporter.disclosures.related_parties import RelatedPartyTransaction
from exporter.disclosures.relations import EntityRelation
from exporter.disclosures.risk_factors import RiskFactor
from exporter.disclosures.securities import SecuritiesHolding
from exporter.disclosures.segments import SegmentResult
from exporter.disclosures.selected_financial_data import SelectedFinancialData
from exporter.disclosures.share_counts import ShareCountFact
from exporter.disclosures.statement_lines import StatementLine
from exporter.disclosures.text_disclosures import TextDisclosure

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
