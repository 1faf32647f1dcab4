"""The report items of Form 20-F and the cover of EDINET, one topic per module.

A module is imported when a class of it is first used, so that a filing costs the topics that it reports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from exporter.disclosures.corporate_events import CorporateEvent as CorporateEvent
    from exporter.disclosures.corporate_events import DirectorAppointment as DirectorAppointment
    from exporter.disclosures.cover_registrant import ContactPerson as ContactPerson
    from exporter.disclosures.document_info import DocumentInfo as DocumentInfo
    from exporter.disclosures.edinet_cover import EdinetCover as EdinetCover
    from exporter.disclosures.exchange_rates import ConvenienceTranslation as ConvenienceTranslation
    from exporter.disclosures.exchange_rates import ExchangeRate as ExchangeRate
    from exporter.disclosures.exchange_rates import ExchangeRates as ExchangeRates
    from exporter.disclosures.exchange_rates import ExchangeRateSeries as ExchangeRateSeries
    from exporter.disclosures.financial_tables import SegmentResult as SegmentResult
    from exporter.disclosures.financial_tables import SelectedFinancialData as SelectedFinancialData
    from exporter.disclosures.financial_tables import StatementLine as StatementLine
    from exporter.disclosures.losses import AccumulatedDeficit as AccumulatedDeficit
    from exporter.disclosures.losses import ConsecutiveLossYears as ConsecutiveLossYears
    from exporter.disclosures.losses import EquityMethodLoss as EquityMethodLoss
    from exporter.disclosures.losses import ImpairmentLoss as ImpairmentLoss
    from exporter.disclosures.losses import NetLoss as NetLoss
    from exporter.disclosures.losses import WriteOff as WriteOff
    from exporter.disclosures.market_risk import ContractualObligation as ContractualObligation
    from exporter.disclosures.market_risk import MarketRiskExposure as MarketRiskExposure
    from exporter.disclosures.monetary_facts import MonetaryFact as MonetaryFact
    from exporter.disclosures.notes.items import Note as Note
    from exporter.disclosures.ownership import MajorShareholderTable as MajorShareholderTable
    from exporter.disclosures.ownership import MajorShareholderTotals as MajorShareholderTotals
    from exporter.disclosures.ownership import OwnershipInterest as OwnershipInterest
    from exporter.disclosures.persons import PersonRole as PersonRole
    from exporter.disclosures.ratios import MultipleFact as MultipleFact
    from exporter.disclosures.ratios import RatioFact as RatioFact
    from exporter.disclosures.related_parties import ControlRight as ControlRight
    from exporter.disclosures.related_parties import EntityRelation as EntityRelation
    from exporter.disclosures.related_parties import RelatedPartyTransaction as RelatedPartyTransaction
    from exporter.disclosures.securities import PriceHistory as PriceHistory
    from exporter.disclosures.securities import RegisteredSecurity as RegisteredSecurity
    from exporter.disclosures.securities import SecuritiesHolding as SecuritiesHolding
    from exporter.disclosures.securities import SharePrices as SharePrices
    from exporter.disclosures.shares import PerShareFact as PerShareFact
    from exporter.disclosures.shares import ShareCountFact as ShareCountFact
    from exporter.disclosures.statements.items import BalanceSheet as BalanceSheet
    from exporter.disclosures.statements.items import CashFlowStatement as CashFlowStatement
    from exporter.disclosures.statements.items import ChangesInEquity as ChangesInEquity
    from exporter.disclosures.statements.items import ComprehensiveIncome as ComprehensiveIncome
    from exporter.disclosures.statements.items import IncomeStatement as IncomeStatement
    from exporter.disclosures.statements.items import Schedule as Schedule
    from exporter.disclosures.texts import ItemStatus as ItemStatus
    from exporter.disclosures.texts import RiskFactor as RiskFactor
    from exporter.disclosures.texts import TextDisclosure as TextDisclosure

    DISCLOSURES: tuple[type[Any], ...]
    """Every class, in the order in which a report presents them."""

TOPICS: Final = {
    "DocumentInfo": "document_info",
    "RegisteredSecurity": "securities",
    "ContactPerson": "cover_registrant",
    "EdinetCover": "edinet_cover",
    "ExchangeRates": "exchange_rates",
    "ExchangeRateSeries": "exchange_rates",
    "ExchangeRate": "exchange_rates",
    "ConvenienceTranslation": "exchange_rates",
    "MonetaryFact": "monetary_facts",
    "AccumulatedDeficit": "losses",
    "NetLoss": "losses",
    "ConsecutiveLossYears": "losses",
    "WriteOff": "losses",
    "ImpairmentLoss": "losses",
    "EquityMethodLoss": "losses",
    "SecuritiesHolding": "securities",
    "SelectedFinancialData": "financial_tables",
    "PerShareFact": "shares",
    "ShareCountFact": "shares",
    "RatioFact": "ratios",
    "MultipleFact": "ratios",
    "OwnershipInterest": "ownership",
    "MajorShareholderTotals": "ownership",
    "MajorShareholderTable": "ownership",
    "ControlRight": "related_parties",
    "CorporateEvent": "corporate_events",
    "DirectorAppointment": "corporate_events",
    "PersonRole": "persons",
    "EntityRelation": "related_parties",
    "RelatedPartyTransaction": "related_parties",
    "RiskFactor": "texts",
    "TextDisclosure": "texts",
    "ItemStatus": "texts",
    "SharePrices": "securities",
    "PriceHistory": "securities",
    "MarketRiskExposure": "market_risk",
    "ContractualObligation": "market_risk",
    "SegmentResult": "financial_tables",
    "StatementLine": "financial_tables",
    "BalanceSheet": "statements.items",
    "IncomeStatement": "statements.items",
    "ComprehensiveIncome": "statements.items",
    "CashFlowStatement": "statements.items",
    "ChangesInEquity": "statements.items",
    "Schedule": "statements.items",
    "Note": "notes.items",
}
"""The names of all classes in the order of `DISCLOSURES`, each with the module that has it."""

__all__ = sorted([*TOPICS, "DISCLOSURES"])


def __getattr__(name: str) -> Any:
    if name == "DISCLOSURES":
        value: Any = tuple(disclosure(class_name) for class_name in TOPICS)
    elif name in TOPICS:
        value = disclosure(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def disclosure(name: str) -> type[Any]:
    """The class called ``name``.

    Raises:
        KeyError: there is none.
    """
    cls: type[Any] = getattr(import_module(f"{__name__}.{TOPICS[name]}"), name)
    return cls


def __dir__() -> list[str]:
    return __all__
