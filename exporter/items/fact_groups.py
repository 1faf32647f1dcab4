"""Which facts of a report belong to one item: those that share dimensions, period and the choice of selectors.

Facts of a group for one field make several items where they differ in currency or language; else they state the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import ModelError
from exporter.items.bind import Binding
from exporter.items.bound import BoundAxis, BoundConcept
from exporter.model.dimensions import Dimension
from exporter.model.duplicates import Agreement, DuplicateSet, agreement
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.model.qname import QName
from exporter.namespaces import ISO4217

Facts = list[tuple[BoundConcept, Fact]]
When = tuple[tuple[str, Any], ...]


@frozen
class GroupKey:
    """What the facts of one item share."""

    binding: int
    dimensions: tuple[Dimension, ...]
    when: When
    pair: tuple[str, str] | None


class FactGroup:
    """The facts of one item to be, or of several that differ in currency or language only."""

    __slots__ = ("_facts", "binding", "key", "order", "period")

    def __init__(self, binding: Binding, key: GroupKey, period: Instant | Duration, order: int) -> None:
        self.binding = binding
        self.key = key
        self.period = period
        self.order = order
        self._facts: dict[int, tuple[BoundConcept, Fact]] = {}

    def take(self, facts: Iterable[tuple[BoundConcept, Fact]]) -> None:
        """Add facts, each once."""
        for bound, fact in facts:
            self._facts.setdefault(id(fact), (bound, fact))

    @property
    def facts(self) -> Facts:
        return list(self._facts.values())


class FactGroups:
    """Facts put together item by item, for item classes that are bound to the namespace of the report's concepts."""

    def __init__(self, bindings: tuple[Binding, ...]) -> None:
        self.bindings = bindings
        self.axes: list[dict[QName, BoundAxis]] = [{axis.axis: axis for axis in binding.axes} for binding in bindings]
        self._required = [{axis.axis for axis in binding.axes if not axis.optional} for binding in bindings]
        self._options: dict[QName, list[tuple[int, BoundConcept]]] = {}
        for index, binding in enumerate(bindings):
            for bound in binding.readable:
                self._options.setdefault(bound.concept, []).append((index, bound))
        self._groups: dict[tuple[GroupKey, Instant | Duration], FactGroup] = {}
        self._ending: dict[tuple[GroupKey, str, str], Facts] = {}

    @property
    def groups(self) -> Iterable[FactGroup]:
        return self._groups.values()

    def place(self, fact: Fact, order: int) -> None:
        """Put a fact with the others of its item; instants of items that last wait for `attach`."""
        period = fact.period
        if isinstance(period, Forever):
            return
        kind = "instant" if isinstance(period, Instant) else "duration"
        for index, bound in self._options.get(fact.concept, ()):
            if bound.period_type != kind:
                continue
            key = self._key(index, bound, fact)
            if key is None:
                continue
            if bound.own_period:
                group = self._groups.get((key, period))
                if group is None:
                    group = self._groups[key, period] = FactGroup(self.bindings[index], key, period, order)
                group.take([(bound, fact)])
            if bound.at_edge and "duration" in self.bindings[index].spec.period_kinds:
                self._ending.setdefault((key, bound.spec.at, period.end), []).append((bound, fact))

    def _key(self, index: int, bound: BoundConcept, fact: Fact) -> GroupKey | None:
        binding = self.bindings[index]
        dimensions, pair = fact.dimensions, None
        if binding.unit_field is not None:
            dimensions, pair = _without_pair(binding, bound, fact)
            if pair is None:
                return None
        if bound.dimensions:
            if not set(bound.dimensions) <= set(dimensions):
                return None
            dimensions = tuple(dimension for dimension in dimensions if dimension not in bound.dimensions)
        if bound.list_axis is not None:
            dimensions = tuple(dimension for dimension in dimensions if dimension.axis != bound.list_axis.axis)
        axes = {dimension.axis for dimension in dimensions}
        if not self._required[index] <= axes <= self.axes[index].keys():
            return None
        return GroupKey(index, dimensions, bound.spec.when, pair)

    def attach(self) -> None:
        """Give each item that lasts the instants at its start and end, and each the facts that no selector chose."""
        for (key, period), group in self._groups.items():
            if isinstance(period, Duration):
                for at, moment in (("end", period.end), ("start", period.start)):
                    for when in (*_parts_of(key.when), key.when):
                        group.take(self._ending.get((evolve(key, when=when), at, moment), ()))
        for (key, period), group in self._groups.items():
            for when in _parts_of(key.when):
                common = self._groups.get((evolve(key, when=when), period))
                group.take(common.facts if common else ())


def _without_pair(
    binding: Binding, bound: BoundConcept, fact: Fact
) -> tuple[tuple[Dimension, ...], tuple[str, str] | None]:
    """The dimensions but the currency pair, and the pair as (quote, base)."""
    if not binding.carries_pair_axis(bound):
        unit = fact.unit
        if unit is None or len(unit.numerators) != 1 or len(unit.denominators) != 1:
            return fact.dimensions, None
        return fact.dimensions, (unit.numerators[0].local_name, unit.denominators[0].local_name)
    pair_dimension = fact.context.dimension(binding.pair_axis)
    rest = tuple(dimension for dimension in fact.dimensions if dimension is not pair_dimension)
    return rest, binding.pair_of(pair_dimension)


def _parts_of(when: When) -> Iterator[When]:
    """What fewer selectors say: every choice among those of ``when`` but all of them."""
    return itertools.chain.from_iterable(itertools.combinations(when, size) for size in range(len(when)))


# Facts that differ in currency and in language are read as one item for each pair of both; more are no item's facts.
_MOST_VARIANTS: Final = 256


def split_variants(facts: Facts) -> list[Facts]:
    """The facts of one item each: of facts for one field those that differ in currency or in language are apart.

    What has neither, or a currency in which nothing is stated twice, belongs to every one.

    Raises:
        ModelError: so many currencies and languages that no items can have been meant.
    """
    currencies = _repeated(facts, _currency)
    languages: list[str | None] = list(
        dict.fromkeys(spoken for _, fact in facts if (spoken := _language(fact)) is not None)
    )
    languages = languages or [None]
    if len(currencies) == len(languages) == 1:
        return [facts]
    if len(currencies) * len(languages) > _MOST_VARIANTS:
        raise ModelError(f"they stand in {len(currencies)} currencies and {len(languages)} languages")
    return [
        [
            (bound, fact)
            for bound, fact in facts
            if ((own := _currency(fact)) == currency or own not in currencies) and _language(fact) in (None, language)
        ]
        for currency in currencies
        for language in languages
    ]


def _repeated(facts: Facts, of: Callable[[Fact], str | None]) -> list[str | None]:
    """The different values of ``of`` among the facts for one field, for the fields where there are several."""
    by_field: dict[tuple[str, str | None], dict[str | None, None]] = {}
    for bound, fact in facts:
        if (value := of(fact)) is not None:
            by_field.setdefault((bound.field, bound.spec.part), {})[value] = None
    several = (value for value in by_field.values() if len(value) > 1)
    return list(dict.fromkeys(itertools.chain.from_iterable(several))) or [None]


def fact_of_fields(facts: Facts) -> Iterator[tuple[BoundConcept, Fact]]:
    """One fact for each field, part and member of a list: of duplicates that agree the most accurate.

    Raises:
        ModelError: a field has facts that contradict each other.
    """
    by_field: dict[tuple[str, str | None, Dimension | None], Facts] = {}
    for bound, fact in facts:
        member = fact.context.dimension(bound.list_axis.axis) if bound.list_axis is not None else None
        by_field.setdefault((bound.field, bound.spec.part, member), []).append((bound, fact))
    for pairs in by_field.values():
        if len(pairs) == 1:
            yield pairs[0]
            continue
        several = tuple(fact for _, fact in pairs)
        agreed = agreement(several)
        if agreed is Agreement.INCONSISTENT or len({fact.aspects for fact in several}) > 1:
            raise ModelError(f"{several[0].concept.local_name} is reported several times and differently")
        best = DuplicateSet(several, agreed).best
        yield next(pair for pair in pairs if pair[1] is best)


def _currency(fact: Fact) -> str | None:
    """The currency of an amount, in all or for each share; a rate between two currencies has none."""
    unit = fact.unit
    if unit is None or unit.numerators[0].namespace != ISO4217:
        return None
    return (
        None
        if any(denominator.namespace == ISO4217 for denominator in unit.denominators)
        else unit.numerators[0].local_name
    )


def _language(fact: Fact) -> str | None:
    return fact.language and fact.language.lower()
