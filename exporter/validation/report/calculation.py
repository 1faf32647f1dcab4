"""Totals against the sums of their contributions: Calculations 1.1, and XBRL 2.1 section 5.2.5.2.

In Calculations 1.1 a rounded number stands for an interval. A total is consistent if its interval meets the sum of the
intervals of what contributes to it. The arcroles of both specifications are checked this way.

In XBRL 2.1 each number is rounded to its own decimals, the weighted sum to those of the total; then both have to be
equal. Halves go to the even neighbour, as processors do since precision gave way to decimals (section 4.6.7).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Decimal
from decimal import Context as DecimalContext
from typing import Final, Literal

from attrs import define, field, frozen

from exporter.findings import Finding, Severity, list_text
from exporter.model.fact import Fact, has_excess_digits, parse_number
from exporter.model.lexical import plain
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.taxonomy.networks import SUMMATION_ITEM, SUMMATION_ITEM_2003, SUMMATIONS, Network, Relationship
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import at_fact, rule
from exporter.validation.report.duplicates import FactComparison
from exporter.validation.report.subject import ReportSubject

Mode = Literal["round", "truncate"]

NON_DECIMAL: Final = "calc11e:nonDecimalItemNode"
REPEATED: Final = "calc11e:duplicateCalculationRelationships"
EXCESS: Final = "calc11e:excessDigits"
INCONSISTENT: Final[Mapping[Mode, str]] = {
    "round": "calc11e:inconsistentCalculationUsingRounding",
    "truncate": "calc11e:inconsistentCalculationUsingTruncation",
}
DUPLICATES: Final[Mapping[Mode, str]] = {
    "round": "oime:disallowedDuplicateFacts",
    "truncate": "calc11e:disallowedDuplicateFactsUsingTruncation",
}
CODES: Final = frozenset({NON_DECIMAL, REPEATED, EXCESS, *INCONSISTENT.values(), *DUPLICATES.values()})

# More digits than limits on input let through; results take only those they need.
EXACT: Final = DecimalContext(prec=1_000_000, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Reckons without rounding."""

_ZERO: Final = Decimal(0)


@frozen
class Interval:
    """From ``low`` to ``high``; the ends belong to it where ``has_low`` and ``has_high`` say so."""

    low: Decimal
    high: Decimal
    has_low: bool = True
    has_high: bool = True

    def times(self, weight: Decimal) -> Interval:
        """Every point times a weight; a negative one turns the interval round."""
        low, high = EXACT.multiply(self.low, weight), EXACT.multiply(self.high, weight)
        if weight < 0:
            return Interval(high, low, self.has_high, self.has_low)
        return Interval(low, high, self.has_low, self.has_high)

    def plus(self, other: Interval) -> Interval:
        """All sums of points; an end belongs to the sum where it belongs to both."""
        return Interval(
            EXACT.add(self.low, other.low),
            EXACT.add(self.high, other.high),
            self.has_low and other.has_low,
            self.has_high and other.has_high,
        )

    def cut(self, other: Interval) -> Interval | None:
        """The points that belong to both, ``None`` where there are none."""
        low, without_low = max((self.low, not self.has_low), (other.low, not other.has_low))
        high, has_high = min((self.high, self.has_high), (other.high, other.has_high))
        common = Interval(low, high, not without_low, has_high)
        return None if low > high or (low == high and not (common.has_low and common.has_high)) else common

    def __str__(self) -> str:
        if self.low == self.high:
            return _end_text(self.low)
        left, right = "[" if self.has_low else "(", "]" if self.has_high else ")"
        return f"{left}{_end_text(self.low)}, {_end_text(self.high)}{right}"


def _end_text(end: Decimal) -> str:
    text = plain(end)
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval_of(value: Decimal, decimals: int | None, mode: Mode) -> Interval:
    """What a number with some decimals stands for: it was rounded, or its further digits were cut off."""
    if decimals is None:
        return Interval(value, value)
    unit = Decimal((0, (1,), -decimals))
    if mode == "round":
        half = Decimal((0, (5,), -decimals - 1))
        return Interval(EXACT.subtract(value, half), EXACT.add(value, half))
    if value > 0:
        return Interval(value, EXACT.add(value, unit), has_high=False)
    if value < 0:
        return Interval(EXACT.subtract(value, unit), value, has_low=False)
    return Interval(EXACT.minus(unit), unit, has_low=False, has_high=False)


def check_calculations(
    report: Report, taxonomy: Taxonomy, *, mode: Mode = "round", arcroles: tuple[str, ...] = SUMMATIONS
) -> Iterator[Finding]:
    """The findings of Calculations 1.1 on the summation-item relationships of a taxonomy, those of some ``arcroles``.

    Relationships that cannot be checked (an end is no decimal number, the same pair twice) are reported once; then each
    total, link role after link role. Errors; for relationships of XBRL 2.1, whose rules are other, what is wrong with
    the relationships themselves is a warning.
    """
    sums = _ReportSums(taxonomy, mode)
    sums.index(report)
    for arcrole in arcroles:
        for role in taxonomy.roles_of(arcrole):
            yield from sums.check(taxonomy.network(arcrole, role), arcrole, role)


Place = tuple[Hashable, Unit | None]
"""A context, for comparing, and a unit: what the facts of one sum have in common."""
FactsByPlace = dict[QName, dict[Place, list[Fact]]]


def facts_by_place(report: Report, taxonomy: Taxonomy, arcroles: Collection[str]) -> FactsByPlace:
    """The facts of concepts that stand in calculations of these arcroles, by concept and place."""
    arcs = (arc for arc in taxonomy.relationships if arc.arcrole in arcroles)
    concerned = {name for arc in arcs for name in (arc.source, arc.target)}
    compare = FactComparison(taxonomy)
    facts: FactsByPlace = {}
    for fact in report.facts:
        if fact.concept in concerned:
            place = (compare.context(fact.context), fact.unit)
            facts.setdefault(fact.concept, {}).setdefault(place, []).append(fact)
    return facts


@define(eq=False)
class _ReportSums:
    """The facts of a report by concept and place, and what they stand for."""

    taxonomy: Taxonomy
    mode: Mode
    _facts: FactsByPlace = field(factory=dict, init=False)
    _merged: dict[tuple[QName, Place], Interval | None] = field(factory=dict, init=False)
    _pending: list[Finding] = field(factory=list, init=False)

    def index(self, report: Report) -> None:
        """Sort the facts of concepts that stand in calculations."""
        self._facts = facts_by_place(report, self.taxonomy, SUMMATIONS)

    def check(self, network: Network, arcrole: str, role: str) -> Iterator[Finding]:
        severity = Severity.ERROR if arcrole == SUMMATION_ITEM else Severity.WARNING
        for total in dict.fromkeys(arc.source for arc in network):
            arcs = network.from_(total)
            findings = tuple(self._check_arcs(total, arcs, role, severity))
            yield from findings
            if not findings:
                for place in self._facts.get(total, ()):
                    yield from self._check_total(total, place, arcs, role)

    def _check_arcs(
        self, total: QName, arcs: tuple[Relationship, ...], role: str, severity: Severity
    ) -> Iterator[Finding]:
        for name in dict.fromkeys((total, *(arc.target for arc in arcs))):
            concept = self.taxonomy.concept(name)
            if concept is None or concept.datatype is None:
                continue
            if not concept.datatype.is_numeric or concept.datatype.base in ("float", "double", "fraction"):
                message = f"{name} stands in the calculation of {total} in {role} but is no decimal number"
                yield Finding(code=NON_DECIMAL, message=message, severity=severity, fix="take it out")
        targets = [arc.target for arc in arcs]
        for name in sorted(
            {target for target in targets if targets.count(target) > 1}, key=lambda repeated: repeated.sort_key
        ):
            message = f"{name} contributes twice to {total} in {role}"
            yield Finding(code=REPEATED, message=message, severity=severity, fix="leave one of the relationships")

    def _check_total(self, total: QName, place: Place, arcs: tuple[Relationship, ...], role: str) -> Iterator[Finding]:
        present = [arc for arc in arcs if place in self._facts.get(arc.target, ())]
        if not present:
            return
        expected = self._stands_for(total, place)
        parts = [(arc, self._stands_for(arc.target, place)) for arc in present]
        yield from self._pending_findings()
        if expected is None or self._is_blocked(total, place):
            return
        if any(part is None and self._is_blocked(arc.target, place) for arc, part in parts):
            return
        known = [(arc, part) for arc, part in parts if part is not None]
        if not known:
            return
        total_of_parts = Interval(_ZERO, _ZERO)
        for arc, part in known:
            total_of_parts = total_of_parts.plus(part.times(arc.weight if arc.weight is not None else Decimal(1)))
        if expected.cut(total_of_parts) is None:
            yield self._inconsistent(total, place, role, total_of_parts, missing=len(arcs) - len(known))

    def _inconsistent(
        self, total: QName, place: Place, role: str, total_of_parts: Interval, *, missing: int
    ) -> Finding:
        fact = next(fact for fact in self._facts[total][place] if fact.value is not None)
        absent = f", {missing} of its contributions not reported" if missing else ""
        message = (
            f"{total} is {fact.value} (decimals {'INF' if fact.decimals is None else fact.decimals}), but its "
            f"contributions in {role} sum to {total_of_parts}{absent}"
        )
        fix = "correct the total, a contribution, its sign, or decimals"
        return at_fact(Finding(code=INCONSISTENT[self.mode], message=message, fix=fix), fact)

    # What the facts at one place stand for

    def _pending_findings(self) -> Iterator[Finding]:
        yield from self._pending
        self._pending.clear()

    def _is_blocked(self, concept: QName, place: Place) -> bool:
        """Whether there are values, but none that can be reckoned with."""
        values = [fact for fact in self._facts[concept][place] if fact.value is not None]
        return bool(values) and self._merged[concept, place] is None

    def _stands_for(self, concept: QName, place: Place) -> Interval | None:
        """The interval of all duplicates together; ``None`` where all are nil or they contradict each other."""
        key = (concept, place)
        if key not in self._merged:
            self._merged[key] = self._merge(self._facts[concept][place])
        return self._merged[key]

    def _merge(self, facts: list[Fact]) -> Interval | None:
        common: Interval | None = None
        values: dict[int | None, Decimal] = {}
        if any(fact.value is None for fact in facts):
            if any(fact.value is not None for fact in facts):
                self._contradict(facts)
            return None
        for fact in facts:
            number = parse_number(fact.value or "")
            if number is None or not number.is_finite() or self._has_excess(fact, number):
                return None
            part = interval_of(number, fact.decimals, self.mode)
            merged = part if common is None else common.cut(part)
            if merged is None or values.setdefault(fact.decimals, number) != number:
                self._contradict(facts)
                return None
            common = merged
        return common

    def _contradict(self, facts: list[Fact]) -> None:
        values = list_text(("nil" if fact.value is None else fact.value for fact in facts), last=" and ")
        message = (
            f"{facts[0].concept} is {values}: the duplicates contradict each other, so no sum is checked with them"
        )
        self._pending.append(at_fact(Finding(code=DUPLICATES[self.mode], message=message, fix="keep one"), facts[0]))

    def _has_excess(self, fact: Fact, number: Decimal) -> bool:
        """Cut-off digits cannot be there; rounded numbers with more digits than accurate are only odd."""
        if not has_excess_digits(number, fact.decimals):
            return False
        truncates = self.mode == "truncate"
        message = f"{fact.concept} is {fact.value}, with digits beyond its decimals ({fact.decimals})"
        severity = Severity.ERROR if truncates else Severity.WARNING
        fix = "raise decimals or round the value"
        self._pending.append(at_fact(Finding(code=EXCESS, message=message, severity=severity, fix=fix), fact))
        return truncates


XBRL21_INCONSISTENT: Final = "xbrl.5.2.5.2:calcInconsistency"
XBRL21_CODES: Final = frozenset({XBRL21_INCONSISTENT})


def check_xbrl21_calculations(report: Report, taxonomy: Taxonomy) -> Iterator[Finding]:
    """The inconsistencies of the summation-item relationships of XBRL 2.1, link role after link role.

    A calculation binds where the total and at least one contribution are reported, not nil, with equal contexts and
    units, and none of them twice; what is not reported counts as zero. Relationships of Calculations 1.1 are left to
    `exporter.validation.report.calculation.check_calculations`.
    """
    sums = _Xbrl21Sums(taxonomy)
    sums.index(report)
    for role in taxonomy.roles_of(SUMMATION_ITEM_2003):
        yield from sums.check(taxonomy.network(SUMMATION_ITEM_2003, role), role)


@rule(*CODES, section="Calculations 1.1", needs=("sums",))
def calculations_are_consistent(subject: ReportSubject) -> Iterator[Finding]:
    """Totals agree with their contributions; where XBRL 2.1 has its own check, the newer arcrole only."""
    if subject.calculations == "xbrl21":
        yield from check_calculations(subject.report, subject.taxonomy, arcroles=(SUMMATION_ITEM,))
    elif subject.calculations != "none":
        yield from check_calculations(subject.report, subject.taxonomy, mode=subject.calculations)


@rule(XBRL21_INCONSISTENT, section="XBRL 2.1, 5.2.5.2", needs=("sums",))
def xbrl21_calculations_are_consistent(subject: ReportSubject) -> Iterator[Finding]:
    """Rounded totals equal the sums of their rounded contributions."""
    if subject.calculations == "xbrl21":
        yield from check_xbrl21_calculations(subject.report, subject.taxonomy)


def rounded(value: Decimal, decimals: int | None) -> Decimal:
    """A number rounded to some decimals, halves to even; ``None`` leaves it exact."""
    if decimals is None or value.as_tuple().exponent >= -decimals:  # type: ignore[operator]
        return value
    if value.adjusted() < -decimals - 1:  # all of it lies beyond; quantize would need as many digits as that is far
        return Decimal(0)
    return value.quantize(Decimal((0, (1,), -decimals)), rounding=ROUND_HALF_EVEN, context=EXACT)


@define(eq=False)
class _Xbrl21Sums:
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
        total_of_parts = Decimal(0)
        for arc, facts in present:
            part = _number(facts[0])
            if part is None:
                return
            weight = arc.weight if arc.weight is not None else Decimal(1)
            total_of_parts = EXACT.add(total_of_parts, EXACT.multiply(rounded(part, facts[0].decimals), weight))
        number = _number(total)
        if number is not None and rounded(total_of_parts, total.decimals) != rounded(number, total.decimals):
            yield _inconsistent(total, role, rounded(total_of_parts, total.decimals), missing=len(arcs) - len(present))


def _number(fact: Fact) -> Decimal | None:
    number = parse_number(fact.value or "")
    return number if number is not None and number.is_finite() else None


def _inconsistent(total: Fact, role: str, total_of_parts: Decimal, *, missing: int) -> Finding:
    absent = f", {missing} of its contributions not reported" if missing else ""
    message = (
        f"{total.concept} is {total.value} (decimals {'INF' if total.decimals is None else total.decimals}), but its "
        f"rounded contributions in {role} sum to {plain(total_of_parts)}{absent}"
    )
    fix = "correct the total, a contribution, its sign, or decimals"
    return at_fact(Finding(code=XBRL21_INCONSISTENT, message=message, fix=fix), total)
