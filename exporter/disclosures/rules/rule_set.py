"""Rules across the items of one report: what no single item can know.

Rows of tables are looked at as items of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from exporter.disclosures.rules import figures, narrative, plausibility, tables
from exporter.disclosures.rules.plausibility import DatedItems
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.validation.engine import Rule, rules_of, run

ITEM_RULES: Final[tuple[Rule[ItemsSubject], ...]] = rules_of(figures, narrative, tables)
"""Every rule across items."""


def check_items(items: Iterable[Any]) -> Iterator[Finding]:
    """Findings between the items of one report, each at the items that it is about."""
    yield from run(ITEM_RULES, ItemsSubject.of(items))


PLAUSIBILITY_RULES: Final[tuple[Rule[DatedItems], ...]] = rules_of(plausibility)
"""Every rule about what can hardly be meant."""


def check_plausibility(items: Iterable[Any], period_end: dt.date) -> Iterator[Finding]:
    """Warnings about items of a filing for a period that ends on a day, each at its field."""
    # At the edges of the calendar there is no year before or after a day to compare with.
    if plausibility.within_calendar(period_end):
        yield from run(PLAUSIBILITY_RULES, DatedItems.of(items, period_end))
