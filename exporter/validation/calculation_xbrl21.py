"""The calculations of XBRL 2.1 (section 5.2.5.2): rounded contributions against the rounded total.

Each number is rounded to its own decimals, the weighted sum to those of the total; then both have to be equal.
Halves go to the even neighbour, as processors do since precision gave way to decimals (section 4.6.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from attrs import define, field

from exporter.findings import Finding
from exporter.model.canonical import plain
from exporter.model.fact import Fact, parse_number
from exporter.model.report import Report
from exporter.taxonomy.networks import SUMMATION_ITEM_2003, Network, Relationship
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.calculation import EXACT, FactsByPlace, Place, facts_by_place
from exporter.validation.rules import placed

INCONSISTENT: Final = "xbrl.5.2.5.2:calcInconsistency"
CODES: Final = frozenset({INCONSISTENT})


def check_xbrl21_calculations(report: Report, taxonomy: Taxonomy) -> Iterator[Finding]:
    """The inconsistencies of the summation-item relationships of XBRL 2.1, link role after link role.

    A calculation binds where the total and at least one contribution are reported, not nil, with equal contexts and
    units, and none of them twice; what is not reported counts as zero. Relationships of Calculations 1.1 are left to
    `exporter.validation.calculation.check_calculations`.
    """
    sums = _Sums(taxonomy)
    sums.index(report)
    for role in taxonomy.roles_of(SUMMATION_ITEM_2003):
        yield from sums.check(taxonomy.network(SUMMATION_ITEM_2003, role), role)


def rounded(value: Decimal, decimals: int | None) -> Decimal:
    """A number rounded to some decimals, halves to even; ``None`` leaves it exact."""
    if decimals is None or value.as_tuple().exponent >= -decimals:  # type: ignore[operator]
        return value
    if value.adjusted() < -decimals - 1:  # all of it lies beyond; quantize would need as many digits as that is far
        return Decimal(0)
    return value.quantize(Decimal((0, (1,), -decimals)), rounding=ROUND_HALF_EVEN, context=EXACT)


@define(eq=False)
class _Sums:
    """The facts of a report by concept and place. Values have no part in what makes facts duplicates, not even nil."""

    taxonomy: Taxonomy
    _facts: FactsByPlace = field(factory=dict, init=False)

    def index(self, report: Report) -> None:
        """Sort the facts of concepts that stand in calculations."""
        self._facts = facts_by_place(report, self.taxonomy, (SUMMATION_ITEM_2003,))

    def check(self, network: Network, role: str) -> Iterator[Finding]:
        for total in dict.fromkeys(arc.source for arc in network):
            arcs = network.from_(total)
            for place, facts in self._facts.get(total, {}).items():
                if len(facts) == 1 and facts[0].value is not None:
                    yield from self._check_total(facts[0], place, arcs, role)

    def _check_total(self, total: Fact, place: Place, arcs: tuple[Relationship, ...], role: str) -> Iterator[Finding]:
        bound = [(arc, self._facts.get(arc.target, {}).get(place, [])) for arc in arcs]
        present = [(arc, facts) for arc, facts in bound if any(fact.value is not None for fact in facts)]
        if not present or any(len(facts) > 1 for _, facts in bound):
            return
        found = Decimal(0)
        for arc, facts in present:
            part = _number(facts[0])
            if part is None:
                return
            weight = arc.weight if arc.weight is not None else Decimal(1)
            found = EXACT.add(found, EXACT.multiply(rounded(part, facts[0].decimals), weight))
        stated = _number(total)
        if stated is not None and rounded(found, total.decimals) != rounded(stated, total.decimals):
            yield _inconsistent(total, role, rounded(found, total.decimals), missing=len(arcs) - len(present))


def _number(fact: Fact) -> Decimal | None:
    number = parse_number(fact.value or "")
    return number if number is not None and number.is_finite() else None


def _inconsistent(total: Fact, role: str, found: Decimal, *, missing: int) -> Finding:
    absent = f", {missing} of its contributions not reported" if missing else ""
    message = (
        f"{total.concept} is {total.value} (decimals {'INF' if total.decimals is None else total.decimals}), but its "
        f"rounded contributions in {role} sum to {plain(found)}{absent}"
    )
    mend = "correct the total, a contribution, its sign, or decimals"
    return placed(Finding(code=INCONSISTENT, message=message, mend=mend), total)
