"""Rules across the items of one report: what no single item can know.

Rows of tables are looked at as items of their own. A finding's location names the items at fault
(``items[3] ExchangeRates``, for a row ``items[3] ExchangeRateSeries rows[2]``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import evolve

from exporter.disclosures.checks import Placed, with_places
from exporter.disclosures.figure_checks import check_duplicates, check_shares
from exporter.disclosures.rules.narrative import (
    check_appointments,
    check_counterparties,
    check_cross_references,
    check_later_events,
    check_ownership_share,
    check_ownership_sum,
    check_relations,
    check_risk_factor_numbers,
    check_risk_factor_section,
    check_unanswered_items,
)
from exporter.disclosures.rules.tables import (
    check_incomes,
    check_loose_figures,
    check_maturities,
    check_one_translation,
    check_opening_balances,
    check_rates_agree,
    check_segments,
    check_statement_sums,
    check_translated_amounts,
    check_translation_date,
    check_translation_rate,
)
from exporter.findings import Finding, Location


def check_items(items: Iterable[Any]) -> Iterator[Finding]:
    """All that is wrong between the items of one report."""
    placed = tuple(with_places(items))
    for rule in _RULES:
        for finding in rule(placed):
            yield _located(finding)


def _located(finding: Finding) -> Finding:
    """Rules name items where `exporter.items.declarations.problem` names fields."""
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
