"""Duplicate facts, compared by the types of their values (OIM 1.0).

Numbers compare as numbers, dates and booleans by what they mean, languages without case, sets without order; typed
dimension values likewise by the type of their domain.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from attrs import define, field

from exporter.findings import Finding, Severity, list_text
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, TypedDimension
from exporter.model.duplicates import Agreement, DuplicateSet, interval
from exporter.model.fact import Fact, parse_number
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import OIM
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import at_fact, rule, value_text
from exporter.validation.report.subject import ReportSubject

ALLOWED_DUPLICATES: Final = f"{{{OIM}}}allowedDuplicates"
"""The feature by which a document says which duplicates it may have, as `Report.features` names it."""

DISALLOWED: Final = "oime:disallowedDuplicateFacts"
INCONSISTENT: Final = "exporter:inconsistentDuplicates"

_ALLOWED: Final = {
    "none": frozenset[Agreement](),
    "complete": frozenset({Agreement.COMPLETE}),
    "consistent": frozenset({Agreement.COMPLETE, Agreement.CONSISTENT}),
}


@define(eq=False)
class FactComparison:
    """Compares facts by the types that a taxonomy gives them; where it gives none, by their looks."""

    taxonomy: Taxonomy
    _contexts: dict[Context, Hashable] = field(factory=dict, init=False)

    def context(self, context: Context) -> Hashable:
        """The context, equal for typed values that mean the same."""
        if not any(isinstance(dimension, TypedDimension) for dimension in context.dimensions):
            return context
        if context not in self._contexts:
            values = tuple(
                (aspect.axis, value_key(aspect.value, self._domain_type(aspect.axis)))
                if isinstance(aspect, TypedDimension)
                else aspect
                for aspect in context.dimensions
            )
            self._contexts[context] = (context.entity, context.period, values)
        return self._contexts[context]

    def _domain_type(self, axis: QName) -> DataType | None:
        concept = self.taxonomy.concept(axis)
        if concept is None or concept.typed_domain_ref is None:
            return None
        domain = self.taxonomy.typed_domain(concept.typed_domain_ref)
        return domain.datatype if domain is not None else None

    def duplicates(self, facts: Iterable[Fact]) -> Iterator[DuplicateSet]:
        """Every set of duplicates, in order of first appearance."""
        facts = facts if isinstance(facts, Sequence) else tuple(facts)
        numbers = _Numbers(self)
        known, number = numbers.known, numbers.number
        firsts: dict[Hashable, int] = {}
        groups: dict[int, list[Fact]] = {}
        for place, fact in enumerate(facts):
            concept, context, unit, language = fact.concept, fact.context, fact.unit, fact.language
            key = (
                known.get(id(concept)) or number(concept),
                known.get(id(context)) or number(context),
                known.get(id(unit)) or number(unit),
                language.lower() if language else language,
            )
            first = firsts.setdefault(key, place)
            if first != place:
                groups.setdefault(first, [facts[first]]).append(fact)
        for first in sorted(groups):
            yield DuplicateSet(tuple(groups[first]), self.agreement(groups[first]))

    def agreement(self, facts: list[Fact]) -> Agreement:
        """How far duplicates agree."""
        concept = self.taxonomy.concept(facts[0].concept)
        datatype = concept.datatype if concept is not None else None
        is_numeric = any(fact.looks_numeric for fact in facts) if datatype is None else datatype.is_numeric
        if any(fact.value == "NaN" for fact in facts) and is_numeric:
            return Agreement.INCONSISTENT
        keys = {value_key(fact.value, datatype, numeric=is_numeric) for fact in facts}
        if len(keys) == 1 and len({fact.decimals for fact in facts}) == 1:
            return Agreement.COMPLETE
        if not is_numeric or any(fact.value is None for fact in facts):
            return Agreement.INCONSISTENT
        return Agreement.CONSISTENT if _meet(facts) else Agreement.INCONSISTENT


class _Numbers:
    """Numbers from 1 for what facts share, the same for parts that are equal: they compare faster than names do.

    They are found by the identity of the parts, which somebody has to keep alive.
    """

    def __init__(self, comparison: FactComparison) -> None:
        self.known: dict[int, int] = {}
        self._comparison = comparison
        self._by_value: dict[Hashable, int] = {}

    def number(self, part: QName | Context | Unit | None) -> int:
        """The number of a concept, context or unit that is not yet ``known``."""
        value = self._comparison.context(part) if isinstance(part, Context) else part
        number = self._by_value.setdefault(value, len(self._by_value) + 1)
        self.known[id(part)] = number
        return number


def value_key(value: str | None, datatype: DataType | None, *, numeric: bool = False) -> Hashable:
    """What two values that mean the same have in common."""
    if value is None:
        return None
    if numeric or (datatype is not None and datatype.is_numeric):
        number = parse_number(value)
        return value if number is None else number
    if datatype is None or not datatype.is_valid(value):
        return value
    if datatype.base == "enumerationSet":
        return frozenset(value.split())
    return datatype.canonical(value)


def _meet(facts: Iterable[Fact]) -> bool:
    """Whether equal decimals come with equal values, and all intervals have a point in common."""
    values: dict[int | None, Decimal] = {}
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    for fact in facts:
        number = fact.number
        if number is None or values.setdefault(fact.decimals, number) != number:
            return False
        bottom, top = interval(number, fact.decimals)
        low, high = max(low, bottom), min(high, top)
    return low <= high


@rule(DISALLOWED, INCONSISTENT, section="OIM 1.0")
def duplicates_are_allowed(subject: ReportSubject) -> Iterator[Finding]:
    """The report keeps what it says of duplicates; where it allows all, contradictions are a warning."""
    allowed = _ALLOWED.get(str(subject.report.features.get(ALLOWED_DUPLICATES)))
    for duplicates in FactComparison(subject.taxonomy).duplicates(subject.report.facts):
        if allowed is not None and duplicates.agreement not in allowed:
            message = (
                f"{_values_text(duplicates)}: {duplicates.agreement} duplicates, which the report says it does not have"
            )
            yield at_fact(subject.finding(DISALLOWED, message, "keep one of them"), duplicates.facts[1])
        elif allowed is None and duplicates.agreement is Agreement.INCONSISTENT:
            message = (
                f"{_values_text(duplicates)}: the facts differ in nothing but their values, which contradict each other"
            )
            fix = "keep the right one, or distinguish them by a dimension"
            yield at_fact(subject.finding(INCONSISTENT, message, fix, severity=Severity.WARNING), duplicates.facts[1])


def _values_text(duplicates: DuplicateSet) -> str:
    values = list_text((value_text(fact.value, 30) for fact in duplicates.facts), last=" and ")
    return f"{duplicates.facts[0].concept} is {values}"
