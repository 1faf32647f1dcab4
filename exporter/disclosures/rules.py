"""Rules across the items of one report: what no single item can know.

Rows of tables are looked at as items of their own. A finding's location names the items at fault
(``items[3] ExchangeRates``, for a row ``items[3] ExchangeRateSeries rows[2]``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import evolve

from exporter.disclosures.coherence import check_duplicates, check_shares
from exporter.disclosures.party_rules import (
    check_appointments,
    check_counterparties,
    check_later_events,
    check_ownership_share,
    check_ownership_sum,
    check_relations,
)
from exporter.disclosures.placed import Placed, with_places
from exporter.disclosures.rate_rules import (
    check_one_translation,
    check_rates_agree,
    check_translated_amounts,
    check_translation_date,
    check_translation_rate,
)
from exporter.disclosures.table_rules import (
    check_incomes,
    check_loose_figures,
    check_maturities,
    check_opening_balances,
    check_segments,
    check_statement_sums,
)
from exporter.disclosures.text_rules import (
    check_cross_references,
    check_risk_factor_numbers,
    check_risk_factor_section,
    check_unanswered_items,
)
from exporter.findings import Finding, Location


def check_items(items: Iterable[Any]) -> Iterator[Finding]:
    """All that is wrong between the items of one report."""
    placed = tuple(with_places(items))
    for rule in _RULES:
        for finding in rule(placed):
            yield _located(finding)


def _located(finding: Finding) -> Finding:
    """Rules name items where `exporter.items.declaration.problem` names fields."""
    place = (finding.location.pointer or "").removeprefix("/")
    return evolve(finding, location=Location(item=place or None))


_RULES: Final[tuple[Callable[[tuple[Placed, ...]], Iterator[Finding]], ...]] = (
    check_duplicates,
    check_rates_agree,
    check_one_translation,
    check_translation_rate,
    check_translated_amounts,
    check_translation_date,
    check_loose_figures,
    check_shares,
    check_incomes,
    check_ownership_sum,
    check_ownership_share,
    check_appointments,
    check_relations,
    check_counterparties,
    check_risk_factor_numbers,
    check_risk_factor_section,
    check_unanswered_items,
    check_cross_references,
    check_maturities,
    check_segments,
    check_statement_sums,
    check_opening_balances,
    check_later_events,
)
