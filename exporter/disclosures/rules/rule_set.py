"""Rules across the items of one report: what no single item can know.

Rows of tables are looked at as items of their own. A module of rules is imported where a report has items that its
rules are about, and a rule is run where there are such items.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final

from exporter.disclosures.rules.plausibility import DatedItems, within_calendar
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.items.placed import placed_items
from exporter.model.dimensions import Entity
from exporter.validation.engine import Rule, rules_of, run

ITEM_RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "repeated": (),
    "rates": ("ConvenienceTranslation", "ExchangeRate", "ExchangeRates"),
    "figures": ("ConvenienceTranslation", "MonetaryFact", "PerShareFact", "ShareCountFact"),
    "narrative": (
        "DirectorAppointment",
        "EntityRelation",
        "OwnershipInterest",
        "RelatedPartyTransaction",
        "RiskFactor",
        "TextDisclosure",
    ),
    "tables": ("CorporateEvent", "MarketRiskExposure", "SegmentResult", "StatementLine"),
}
"""The modules of rules across items, each with the classes that its rules are about; none: all."""

PLAUSIBILITY_RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "plausibility": (),
    "proportions": ("OwnershipInterest", "RatioFact"),
}
"""The modules of rules about what can hardly be meant, likewise."""


def rules_about(modules: Mapping[str, tuple[str, ...]], items: Iterable[Any]) -> Iterator[Rule[Any]]:
    """The rules of modules that are about any of the items, in their order."""
    types = {type(item) for item in items}
    names = {base.__name__ for cls in types for base in cls.__mro__}
    for module, about in modules.items():
        if not about or not names.isdisjoint(about):
            for entry in rules_of(import_module(f"exporter.disclosures.rules.{module}")):
                if not entry.about or any(issubclass(cls, entry.about) for cls in types):
                    yield entry


def check_items(items: Iterable[Any]) -> Iterator[Finding]:
    """Findings between the items of one report, each at the items that it is about."""
    subject = ItemsSubject(tuple(placed_items(items)))
    yield from run(rules_about(ITEM_RULES, [placed.item for placed in subject.items]), subject)


def check_plausibility(items: Iterable[Any], period_end: dt.date, entity: Entity | None = None) -> Iterator[Finding]:
    """Warnings about items of a filing for a period that ends on a day, each at its field; and about who files."""
    # At the edges of the calendar there is no year before or after a day to compare with.
    if within_calendar(period_end):
        subject = DatedItems(tuple(placed_items(items)), period_end, entity)
        yield from run(rules_about(PLAUSIBILITY_RULES, [placed.item for placed in subject.items]), subject)
