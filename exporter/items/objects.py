"""Facts to items: the way back from a report to objects."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import ModelError
from exporter.findings import Finding, Location, Severity
from exporter.items.binding import Binding, BoundAxis, BoundOption
from exporter.items.codecs import Encoded, parse_identifier
from exporter.items.footnotes import Footnote as ItemFootnote
from exporter.items.open_axes import NAME_PART
from exporter.items.values import CurrencyPair, EntityRef, Month, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.dimensions import Dimension
from exporter.model.duplicates import Agreement, DuplicateSet, agreement
from exporter.model.entity import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.model.qname import QName
from exporter.model.report import Footnote, Report
from exporter.namespaces import ISO4217

# Facts that differ in currency and in language are read as one item for each pair of both; more are no item's facts.
_MOST_VARIANTS: Final = 256
_Facts = list[tuple[BoundOption, Fact]]
_When = tuple[tuple[str, Any], ...]


@frozen(kw_only=True)
class DerivedItems:
    """Items made from facts.

    ``unbound`` are the facts that belong to no item: of other entities, of concepts of no class, or of items that
    cannot be made; ``findings`` say why the latter cannot.
    """

    items: tuple[Any, ...]
    unbound: tuple[Fact, ...]
    findings: tuple[Finding, ...]


@frozen
class _Key:
    """What the facts of one item share."""

    binding: int
    dimensions: tuple[Dimension, ...]
    when: _When
    pair: tuple[str, str] | None


class _Group:
    """The facts of one item to be, or of several that differ in currency or language only."""

    __slots__ = ("_facts", "binding", "key", "order", "period")

    def __init__(self, binding: Binding, key: _Key, period: Instant | Duration, order: int) -> None:
        self.binding = binding
        self.key = key
        self.period = period
        self.order = order
        self._facts: dict[int, tuple[BoundOption, Fact]] = {}

    def take(self, facts: Iterable[tuple[BoundOption, Fact]]) -> None:
        """Add facts, each once."""
        for bound, fact in facts:
            self._facts.setdefault(id(fact), (bound, fact))

    @property
    def facts(self) -> _Facts:
        return list(self._facts.values())


@frozen(eq=False)
class _Attempt:
    """The facts of one item, and the item or the reason why they make none."""

    group: _Group
    facts: _Facts
    item: Any = None
    error: ModelError | None = None


def derive_items(
    report: Report, bindings: Iterable[Binding], *, entity: Entity | None = None, language: str = "en"
) -> DerivedItems:
    """The items that ``report`` states, in the order of their first facts.

    An instant belongs to every item whose period ends on it. An item all of whose facts belong to another one too is
    not made.

    Args:
        bindings: the item classes looked for, bound to the namespace of the report's concepts.
        entity: whose facts are wanted; left out, the entity with most facts.
        language: the language that texts have where an item does not say its own.
    """
    maker = _Maker(report, tuple(bindings), language)
    wanted = entity or _main_entity(report)
    for order, fact in enumerate(report.facts):
        if fact.entity == wanted:
            maker.place(fact, order)
    maker.attach()
    items = maker.make()
    used = maker.used
    unbound = tuple(fact for fact in report.facts if id(fact) not in used)
    return DerivedItems(items=tuple(items), unbound=unbound, findings=tuple(maker.findings))


def _main_entity(report: Report) -> Entity | None:
    counts: dict[Entity | None, int] = {}
    for fact in report.facts:
        counts[fact.entity] = counts.get(fact.entity, 0) + 1
    return max(counts, key=lambda entity: counts[entity], default=None)


class _Maker:
    def __init__(self, report: Report, bindings: tuple[Binding, ...], language: str) -> None:
        self.report = report
        self.bindings = bindings
        self.language = language
        self.findings: list[Finding] = []
        self.used: set[int] = set()
        self._options: dict[QName, list[tuple[int, BoundOption]]] = {}
        for index, binding in enumerate(bindings):
            for bound in binding.readable:
                self._options.setdefault(bound.concept, []).append((index, bound))
        self._groups: dict[tuple[_Key, Instant | Duration], _Group] = {}
        self._ending: dict[tuple[_Key, str, str], _Facts] = {}
        self._axes: list[dict[QName, BoundAxis]] = [{axis.axis: axis for axis in binding.axes} for binding in bindings]
        self._required = [{axis.axis for axis in binding.axes if not axis.optional} for binding in bindings]
        self._notes = {note.id: note for note in report.footnotes}
        self._links: dict[str, list[tuple[str, Footnote]]] = {}
        for link in report.links:
            if link.target in self._notes:
                self._links.setdefault(link.source, []).append((link.group, self._notes[link.target]))

    # --- which facts belong together ------------------------------------------------------------------------------

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
                    group = self._groups[key, period] = _Group(self.bindings[index], key, period, order)
                group.take([(bound, fact)])
            if bound.at_edge and "duration" in self.bindings[index].spec.period_kinds:
                self._ending.setdefault((key, bound.option.declared.at, period.end), []).append((bound, fact))

    def _key(self, index: int, bound: BoundOption, fact: Fact) -> _Key | None:
        binding = self.bindings[index]
        dimensions, pair = fact.dimensions, None
        if binding.unit_field is not None:
            dimensions, pair = _without_pair(binding, bound, fact)
            if pair is None:
                return None
        if bound.dimensions:
            if not set(bound.dimensions) <= set(dimensions):
                return None
            dimensions = tuple(each for each in dimensions if each not in bound.dimensions)
        found = {dimension.axis for dimension in dimensions}
        if not self._required[index] <= found <= self._axes[index].keys():
            return None
        return _Key(index, dimensions, bound.option.when, pair)

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

    # --- items of groups ---------------------------------------------------------------------------------------------

    def make(self) -> list[Any]:
        """The items, in the order of their first facts."""
        groups = sorted(filter(_stands_alone, self._groups.values()), key=lambda group: group.order)
        attempts = [attempt for group in groups for attempt in self._attempts(group)]
        made = [attempt for attempt in attempts if attempt.error is None]
        owners: dict[int, set[int]] = {}
        for number, attempt in enumerate(made):
            for _, fact in attempt.facts:
                owners.setdefault(id(fact), set()).add(number)
        self.used.update(owners)
        self.findings += [
            _incomplete(attempt.group, attempt.facts, attempt.error)
            for attempt in attempts
            if attempt.error is not None and any(id(fact) not in self.used for _, fact in attempt.facts)
        ]
        sizes = [len(attempt.facts) for attempt in made]
        return [
            attempt.item
            for number, attempt in enumerate(made)
            if not _belongs_to_another(number, attempt.facts, sizes, owners)
        ]

    def _attempts(self, group: _Group) -> Iterator[_Attempt]:
        try:
            variants = _split(_sayable(group) or group.facts)
        except ModelError as error:
            yield _Attempt(group, group.facts, error=error)
            return
        for facts in variants:
            try:
                yield _Attempt(group, facts, self._item(group, facts))
            except ModelError as error:
                yield _Attempt(group, facts, error=error)

    def _item(self, group: _Group, facts: _Facts) -> Any:
        binding, values = group.binding, dict[str, Any](group.key.when)
        self._put_aspects(group, values)
        self._put_facts(group, facts, values)
        if binding.language_field is not None:
            values[binding.language_field] = self._language_of(facts)
        if binding.notes_field is not None:
            values[binding.notes_field] = self._footnotes_of(binding, facts)
        missing = [each.name for each in binding.spec.fields if each.required and each.name not in values]
        if missing:
            raise ModelError(f"no fact for {', '.join(missing)}")
        return binding.spec.cls(**values)

    def _put_aspects(self, group: _Group, values: dict[str, Any]) -> None:
        binding, period = group.binding, group.period
        axes = self._axes[group.key.binding]
        for dimension in group.key.dimensions:
            axis = axes[dimension.axis]
            if not axis.is_open:
                values[axis.field.name] = axis.value(dimension)
        if group.key.pair is not None and binding.unit_field is not None:
            quote, base = group.key.pair
            values[binding.unit_field] = CurrencyPair(base=base, quote=quote)
        if binding.period_field is not None:
            values[binding.period_field] = _period_value(binding.spec.field(binding.period_field).types, period)

    def _put_facts(self, group: _Group, facts: _Facts, values: dict[str, Any]) -> None:
        binding = group.binding
        parts: dict[str, dict[str, Any]] = {}
        for bound, fact in _one_for_each_field(facts):
            name = bound.option.field
            if name == binding.period_field:
                continue
            value = self._value(binding, bound, fact)
            if bound.option.part is None:
                values[name] = value
            else:
                parts.setdefault(name, {})[bound.option.part] = value
        if binding.has_open_pairs:
            self._put_named(binding, {dimension.axis for dimension in group.key.dimensions}, parts, values)
        for name, value in values.items():
            if isinstance(value, EntityRef):
                values[name] = _with_parts(value, parts.get(name, {}))

    def _put_named(
        self, binding: Binding, axes: set[QName], parts: dict[str, dict[str, Any]], values: dict[str, Any]
    ) -> None:
        """The values of open axes, which facts beside the others say in full."""
        for axis in binding.axes:
            if axis.is_open and axis.axis in axes:
                name = axis.field.name
                text = parts.get(name, {}).pop(NAME_PART, None)
                if text is None:
                    raise ModelError(f"no fact says what the member on {axis.axis.local_name} stands for")
                values[name] = axis.codec.decode(Encoded(text))

    def _value(self, binding: Binding, bound: BoundOption, fact: Fact) -> Any:
        if fact.value is not None:
            return binding.decode(bound, Encoded(fact.value, fact.decimals, fact.unit))
        role = binding.namespace.unknown_reason_role
        reason = next((note for group, note in self._links.get(fact.id or "", ()) if group == role), None)
        if reason is None:
            raise ModelError(f"{fact.concept.local_name} is nil and no footnote says why")
        return Unknown(unescape(reason.content))

    def _language_of(self, facts: _Facts) -> str | None:
        found = next((fact.language for _, fact in facts if fact.language is not None), None)
        return None if found is None else self._own_language(found)

    def _footnotes_of(self, binding: Binding, facts: _Facts) -> tuple[ItemFootnote, ...]:
        role = binding.namespace.unknown_reason_role
        noted: dict[str, set[str]] = {}
        for bound, fact in facts:
            for group, note in self._links.get(fact.id or "", ()):
                if group != role:
                    noted.setdefault(note.id, set()).add(bound.option.field)
        every = {bound.option.field for bound, _ in facts}
        return tuple(
            ItemFootnote(
                unescape(self._notes[note].content),
                language=self._own_language(self._notes[note].language),
                fields=() if fields == every else tuple(fields),
            )
            for note, fields in noted.items()
        )

    def _own_language(self, language: str) -> str | None:
        return None if language.lower() == self.language.lower() else language


def _sayable(group: _Group) -> _Facts:
    """The facts of a group but for nil ones of fields that are absent or known; they stay without item."""
    spec = group.binding.spec
    fields = {bound.option.field for bound, fact in group.facts if fact.value is None}
    absent = {name for name in fields if (each := spec.field(name)).optional and not each.unknown}
    return [(bound, fact) for bound, fact in group.facts if fact.value is not None or bound.option.field not in absent]


def _without_pair(
    binding: Binding, bound: BoundOption, fact: Fact
) -> tuple[tuple[Dimension, ...], tuple[str, str] | None]:
    """The dimensions but the currency pair, and the pair as (quote, base)."""
    if not binding.carries_pair_axis(bound):
        unit = fact.unit
        if unit is None or len(unit.numerators) != 1 or len(unit.denominators) != 1:
            return fact.dimensions, None
        return fact.dimensions, (unit.numerators[0].local_name, unit.denominators[0].local_name)
    found = fact.context.dimension(binding.pair_axis)
    rest = tuple(dimension for dimension in fact.dimensions if dimension is not found)
    return rest, binding.pair_of(found)


def _parts_of(when: _When) -> Iterator[_When]:
    """What fewer selectors say: every choice among those of ``when`` but all of them."""
    return itertools.chain.from_iterable(itertools.combinations(when, size) for size in range(len(when)))


def _stands_alone(group: _Group) -> bool:
    """Whether all selectors are known; groups without them only lend their facts."""
    return len(group.key.when) == len(group.binding.selectors)


def _belongs_to_another(number: int, facts: _Facts, sizes: list[int], owners: dict[int, set[int]]) -> bool:
    """Whether other items have all of an item's facts: one that has more or comes first, or for each fact a larger."""
    if any(len(owners[id(fact)]) == 1 for _, fact in facts):
        return False
    size = len(facts)
    common = set.intersection(*sorted((owners[id(fact)] for _, fact in facts), key=len)) - {number}
    if common:
        return any(sizes[other] > size or (sizes[other] == size and other < number) for other in common)
    return all(any(sizes[other] > size for other in owners[id(fact)]) for _, fact in facts)


def _split(facts: _Facts) -> list[_Facts]:
    """The facts of one item each: of facts for one field those that differ in currency or in language are apart.

    What has neither, or a currency in which nothing is stated twice, belongs to every one.

    Raises:
        ModelError: so many currencies and languages that no items can have been meant.
    """
    currencies = _repeated(facts, _currency)
    languages: list[str | None] = list(
        dict.fromkeys(found for _, fact in facts if (found := _language(fact)) is not None)
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


def _repeated(facts: _Facts, of: Callable[[Fact], str | None]) -> list[str | None]:
    """The different values of ``of`` among the facts for one field, for the fields where there are several."""
    by_field: dict[tuple[str, str | None], dict[str | None, None]] = {}
    for bound, fact in facts:
        if (found := of(fact)) is not None:
            by_field.setdefault((bound.option.field, bound.option.part), {})[found] = None
    several = (found for found in by_field.values() if len(found) > 1)
    return list(dict.fromkeys(itertools.chain.from_iterable(several))) or [None]


def _one_for_each_field(facts: _Facts) -> Iterator[tuple[BoundOption, Fact]]:
    """One fact for each field and part: of duplicates that agree the most accurate.

    Raises:
        ModelError: a field has facts that contradict each other.
    """
    by_field: dict[tuple[str, str | None], _Facts] = {}
    for bound, fact in facts:
        by_field.setdefault((bound.option.field, bound.option.part), []).append((bound, fact))
    for found in by_field.values():
        if len(found) == 1:
            yield found[0]
            continue
        several = tuple(fact for _, fact in found)
        agreed = agreement(several)
        if agreed is Agreement.INCONSISTENT or len({fact.aspects for fact in several}) > 1:
            raise ModelError(f"{several[0].concept.local_name} is reported several times and differently")
        best = DuplicateSet(several, agreed).best
        yield next(pair for pair in found if pair[1] is best)


def _currency(fact: Fact) -> str | None:
    """The currency of an amount, in all or for each share; a rate between two currencies has none."""
    unit = fact.unit
    if unit is None or unit.numerators[0].namespace != ISO4217:
        return None
    return None if any(each.namespace == ISO4217 for each in unit.denominators) else unit.numerators[0].local_name


def _language(fact: Fact) -> str | None:
    return fact.language and fact.language.lower()


def _period_value(types: tuple[type, ...], period: Instant | Duration) -> Any:
    if isinstance(period, Instant) or Duration in types:
        return period
    day = period.first_day
    if period == Duration.day(day):
        return day
    if Month in types and period == Duration.month(day.year, day.month):
        return Month(day.year, day.month)
    raise ModelError(f"the period {period} is neither a day nor a month")


def _with_parts(reference: EntityRef, parts: dict[str, Any]) -> EntityRef:
    identifier = parse_identifier(parts["Identifier"]) if "Identifier" in parts else None
    nameless = "Identifier" in parts and reference.name == parts["Identifier"]
    return EntityRef(
        None if nameless else reference.name, identifier=identifier, kind=parts.get("Kind", EntityKind.ORGANIZATION)
    )


def _incomplete(group: _Group, facts: _Facts, error: ModelError) -> Finding:
    first = facts[0][1]
    return Finding(
        code="exporter:incompleteItem",
        severity=Severity.WARNING,
        message=f"the facts for {group.binding.spec.name} at {group.period} make no item: {error}",
        location=Location(fact=first.id),
        mend="report what is missing, or leave these facts to another item class",
    )
