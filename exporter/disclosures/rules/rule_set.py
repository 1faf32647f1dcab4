"""Rules across the items of one report: what no single item can know.

Rows of tables are looked at as items of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from exporter.disclosures.rules import figures, narrative, tables
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.validation.engine import Rule, rules_of, run

ITEM_RULES: Final[tuple[Rule[ItemsSubject], ...]] = rules_of(figures, narrative, tables)
"""Every rule across items."""


def check_items(items: Iterable[Any]) -> Iterator[Finding]:
    """Findings between the items of one report, each at the items that it is about."""
    yield from run(ITEM_RULES, ItemsSubject.of(items))
