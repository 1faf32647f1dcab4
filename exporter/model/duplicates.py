"""Duplicate facts and how much they agree (OIM 1.0, digest 1.9)."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Context as DecimalContext
from decimal import Decimal

from attrs import frozen

from exporter.model.fact import Fact

_MAX_DECIMALS = 1_100_000


class Agreement(enum.StrEnum):
    """How far duplicates agree. Each class but the last is part of the one after it."""

    COMPLETE = "complete"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"


@frozen
class DuplicateSet:
    """Two or more facts that differ in nothing but id, value, decimals and links."""

    facts: tuple[Fact, ...]
    agreement: Agreement

    @property
    def best(self) -> Fact:
        """The fact to keep of a consistent set: the most accurate one, the first of equals."""
        return max(self.facts, key=lambda fact: (fact.decimals is None, fact.decimals or 0))


def find_duplicates(facts: Iterable[Fact]) -> Iterator[DuplicateSet]:
    """Every set of duplicates among ``facts``, in order of first appearance."""
    groups: defaultdict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.aspects].append(fact)
    for group in groups.values():
        if len(group) > 1:
            yield DuplicateSet(tuple(group), agreement(group))


def agreement(facts: Iterable[Fact]) -> Agreement:
    """How far ``facts``, duplicates of each other, agree."""
    facts = list(facts)
    first = facts[0]
    if all(_equal_value(first, fact) and first.decimals == fact.decimals for fact in facts):
        return Agreement.COMPLETE
    if any(fact.value is None for fact in facts) or not any(fact.looks_numeric for fact in facts):
        return Agreement.INCONSISTENT
    numbers = [(fact.number, fact.decimals) for fact in facts]
    return Agreement.CONSISTENT if _consistent(numbers) else Agreement.INCONSISTENT


def _equal_value(fact: Fact, other: Fact) -> bool:
    if fact.value is None or other.value is None:
        return fact.value is other.value
    if fact.value == "NaN":
        return False
    if fact.looks_numeric and (number := fact.number) is not None:
        return number == other.number
    return fact.value == other.value


def _consistent(numbers: list[tuple[Decimal | None, int | None]]) -> bool:
    by_decimals: dict[int | None, Decimal] = {}
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    for number, decimals in numbers:
        if number is None or by_decimals.setdefault(decimals, number) != number:
            return False
        bottom, top = interval(number, decimals)
        low, high = max(low, bottom), min(high, top)
    return low <= high


def interval(value: Decimal, decimals: int | None) -> tuple[Decimal, Decimal]:
    """The closed interval a rounded value stands for: half a unit of its last accurate digit to either side.

    Exact: the arithmetic takes as many digits as the numbers have.
    """
    if decimals is None or not value.is_finite():
        return value, value
    # Beyond this no number has digits: the interval is as good as a point, or holds them all.
    decimals = max(-_MAX_DECIMALS, min(decimals, _MAX_DECIMALS))
    half = Decimal((0, (5,), -decimals - 1))
    digits = abs(value.adjusted()) + abs(half.adjusted()) + len(value.as_tuple().digits) + 4
    context = DecimalContext(prec=digits, Emax=10**9, Emin=-(10**9))
    return context.subtract(value, half), context.add(value, half)
