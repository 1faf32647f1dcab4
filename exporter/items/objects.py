"""Facts to items: the way back from a report to objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from attrs import frozen

from exporter.errors import ModelError
from exporter.findings import Finding, Location, Severity
from exporter.items.binding import Binding, BoundAxis, BoundOption
from exporter.items.codecs import Encoded, parse_identifier
from exporter.items.footnotes import Footnote as ItemFootnote
from exporter.items.values import CurrencyPair, EntityRef, Month, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.dimensions import Dimension
from exporter.model.entity import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.model.qname import QName
from exporter.model.report import Footnote, Report


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
    when: tuple[tuple[str, Any], ...]
    pair: tuple[str, str] | None


class _Group:
    """The facts of one item to be, or of several that differ in currency or language only."""

    __slots__ = ("binding", "facts", "key", "order", "period")

    def __init__(self, binding: Binding, key: _Key, period: Instant | Duration, order: int) -> None:
        self.binding = binding
        self.key = key
        self.period = period
        self.order = order
        self.facts: list[tuple[BoundOption, Fact]] = []


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
            for bound in binding.options:
                self._options.setdefault(bound.concept, []).append((index, bound))
        self._groups: dict[tuple[_Key, Instant | Duration], _Group] = {}
        self._ending: dict[tuple[_Key, str, str], list[tuple[BoundOption, Fact]]] = {}
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
            if bound.option.period_type != kind:
                continue
            key = self._key(index, bound, fact)
            if key is None:
                continue
            if bound.option.own_period:
                group = self._groups.get((key, period))
                if group is None:
                    group = self._groups[key, period] = _Group(self.bindings[index], key, period, order)
                group.facts.append((bound, fact))
            if bound.at_edge and "duration" in self.bindings[index].spec.period_kinds:
                self._ending.setdefault((key, bound.option.declared.at, period.end), []).append((bound, fact))

    def _key(self, index: int, bound: BoundOption, fact: Fact) -> _Key | None:
        binding = self.bindings[index]
        dimensions, pair = fact.dimensions, None
        if binding.unit_field is not None:
            dimensions, pair = _without_pair(binding, bound, fact)
            if pair is None:
                return None
        axes = {axis.axis: axis for axis in binding.axes}
        found = {dimension.axis for dimension in dimensions}
        if not found <= axes.keys() or any(not axis.optional and axis.axis not in found for axis in binding.axes):
            return None
        return _Key(index, dimensions, bound.option.when, pair)

    def attach(self) -> None:
        """Give each item that lasts the instants at its start and end."""
        for (key, period), group in self._groups.items():
            if isinstance(period, Duration):
                for at, moment in (("end", period.end), ("start", period.start)):
                    for selected in {(), key.when}:
                        wanted = _Key(key.binding, key.dimensions, selected, key.pair)
                        group.facts += self._ending.get((wanted, at, moment), ())
        self._share_selected()

    def _share_selected(self) -> None:
        """Facts that no selector chose belong to all the items that differ in the selector only."""
        plain = {where: group for where, group in self._groups.items() if not where[0].when}
        for (key, period), group in self._groups.items():
            if key.when:
                common = plain.get((_Key(key.binding, key.dimensions, (), key.pair), period))
                group.facts += common.facts if common else ()

    # --- items of groups ---------------------------------------------------------------------------------------------

    def make(self) -> list[Any]:
        """The items, in the order of their first facts."""
        groups = [group for group in self._groups.values() if self._stands_alone(group)]
        owners: dict[int, set[int]] = {}
        for number, group in enumerate(groups):
            for _, fact in group.facts:
                owners.setdefault(id(fact), set()).add(number)
        made: list[Any] = []
        kept = {number for number, group in enumerate(groups) if not _belongs_to_another(number, group, groups, owners)}
        for number, group in sorted(enumerate(groups), key=lambda pair: (pair[1].order, pair[0])):
            if number in kept:
                for facts in _split(group):
                    made += self._item(group, facts)
        return made

    def _stands_alone(self, group: _Group) -> bool:
        """Whether all selectors are known; groups without them only lend their facts."""
        return {name for name, _ in group.key.when} >= set(group.binding._selectors)

    def _item(self, group: _Group, facts: list[tuple[BoundOption, Fact]]) -> Iterator[Any]:
        binding, values = group.binding, dict[str, Any](group.key.when)
        try:
            self._put_aspects(group, values)
            self._put_facts(binding, facts, values)
            if binding.language_field is not None:
                values[binding.language_field] = self._language_of(facts)
            if binding.notes_field is not None:
                values[binding.notes_field] = self._footnotes_of(binding, facts)
            missing = [each.name for each in binding.spec.fields if each.required and each.name not in values]
            if missing:
                raise ModelError(f"no fact for {', '.join(missing)}")
            item = binding.spec.cls(**values)
        except ModelError as error:
            self.findings.append(_incomplete(group, facts, error))
            return
        self.used.update(id(fact) for _, fact in facts)
        yield item

    def _put_aspects(self, group: _Group, values: dict[str, Any]) -> None:
        binding, period = group.binding, group.period
        axes: dict[QName, BoundAxis] = {axis.axis: axis for axis in binding.axes}
        for dimension in group.key.dimensions:
            axis = axes[dimension.axis]
            values[axis.field.name] = axis.value(dimension)
        if group.key.pair is not None and binding.unit_field is not None:
            quote, base = group.key.pair
            values[binding.unit_field] = CurrencyPair(base=base, quote=quote)
        if binding.period_field is not None:
            values[binding.period_field] = _period_value(binding.spec.field(binding.period_field).types, period)

    def _put_facts(self, binding: Binding, facts: list[tuple[BoundOption, Fact]], values: dict[str, Any]) -> None:
        parts: dict[str, dict[str, Any]] = {}
        for bound, fact in facts:
            name = bound.option.field
            if name == binding.period_field:
                continue
            value = self._value(binding, bound, fact)
            if bound.option.part is None:
                values[name] = value
            else:
                parts.setdefault(name, {})[bound.option.part] = value
        for name, found in parts.items():
            if isinstance(values.get(name), EntityRef):
                values[name] = _with_parts(values[name], found)
        for each in binding.spec.fields:
            reference = values.get(each.name)
            if isinstance(reference, EntityRef) and each.name not in parts:
                values[each.name] = _with_parts(reference, {})

    def _value(self, binding: Binding, bound: BoundOption, fact: Fact) -> Any:
        if fact.value is not None:
            return binding.decode(bound, Encoded(fact.value, fact.decimals, fact.unit))
        role = binding.namespace.unknown_reason_role
        reasons = [note for group, note in self._links.get(fact.id or "", ()) if group == role]
        if not reasons:
            raise ModelError(f"{fact.concept.local_name} is nil and no footnote says why")
        return Unknown(_plain_text(reasons[0].content))

    def _language_of(self, facts: list[tuple[BoundOption, Fact]]) -> str | None:
        found = next((fact.language for _, fact in facts if fact.language is not None), None)
        return None if found is None or found.lower() == self.language.lower() else found

    def _footnotes_of(self, binding: Binding, facts: list[tuple[BoundOption, Fact]]) -> tuple[ItemFootnote, ...]:
        role = binding.namespace.unknown_reason_role
        noted: dict[str, set[str]] = {}
        for bound, fact in facts:
            for group, note in self._links.get(fact.id or "", ()):
                if group != role:
                    noted.setdefault(note.id, set()).add(bound.option.field)
        every = {bound.option.field for bound, _ in facts}
        return tuple(
            ItemFootnote(
                _plain_text(self._notes[note].content),
                language=self._own_language(self._notes[note].language),
                fields=() if fields == every else tuple(fields),
            )
            for note, fields in noted.items()
        )

    def _own_language(self, language: str) -> str | None:
        return None if language.lower() == self.language.lower() else language


def _without_pair(
    binding: Binding, bound: BoundOption, fact: Fact
) -> tuple[tuple[Dimension, ...], tuple[str, str] | None]:
    """The dimensions but the currency pair, and the pair as (quote, base)."""
    if bound.codec.python_type is Rate:
        unit = fact.unit
        if unit is None or len(unit.numerators) != 1 or len(unit.denominators) != 1:
            return fact.dimensions, None
        return fact.dimensions, (unit.numerators[0].local_name, unit.denominators[0].local_name)
    found = fact.context.dimension(binding.pair_axis)
    rest = tuple(dimension for dimension in fact.dimensions if dimension is not found)
    value = getattr(found, "value", None)
    quote, slash, base = value.partition("/") if isinstance(value, str) else ("", "", "")
    return rest, (quote, base) if slash else None


def _belongs_to_another(number: int, group: _Group, groups: list[_Group], owners: dict[int, set[int]]) -> bool:
    """Whether other items have all its facts and at least one of them has more, or comes first."""
    common = set.intersection(*(owners[id(fact)] for _, fact in group.facts)) - {number}
    shared = all(len(owners[id(fact)]) > 1 for _, fact in group.facts)
    if not shared:
        return False
    if not common:
        return all(
            any(len(groups[other].facts) > len(group.facts) for other in owners[id(fact)] - {number})
            for _, fact in group.facts
        )
    size = len({id(fact) for _, fact in group.facts})
    return any(
        len({id(fact) for _, fact in groups[other].facts}) > size
        or (len({id(fact) for _, fact in groups[other].facts}) == size and other < number)
        for other in common
    )


def _split(group: _Group) -> list[list[tuple[BoundOption, Fact]]]:
    """The facts of one item each: where one field has several facts, they differ in currency or in language."""
    facts = list({id(fact): (bound, fact) for bound, fact in group.facts}.values())
    by_field: dict[tuple[str, str | None], list[Fact]] = {}
    for bound, fact in facts:
        by_field.setdefault((bound.option.field, bound.option.part), []).append(fact)
    several = [fact for found in by_field.values() if len(found) > 1 for fact in found]
    if not several:
        return [facts]
    several_ids = {id(fact) for fact in several}
    currencies = _distinct(_currency(fact) for fact in several)
    languages = _distinct(_language(fact) for _, fact in facts)
    return [
        [
            (bound, fact)
            for bound, fact in facts
            if (id(fact) not in several_ids or _currency(fact) in (None, currency))
            and _language(fact) in (None, language)
        ]
        for currency in currencies
        for language in languages
    ]


def _distinct(found: Iterable[str | None]) -> list[str | None]:
    return [one for one in dict.fromkeys(found) if one is not None] or [None]


def _currency(fact: Fact) -> str | None:
    """The unit of a value that is known; the currency of one that is not says nothing."""
    return None if fact.unit is None or fact.is_nil else str(fact.unit)


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


def _plain_text(content: str) -> str:
    return unescape(content)


def _incomplete(group: _Group, facts: list[tuple[BoundOption, Fact]], error: ModelError) -> Finding:
    first = facts[0][1]
    return Finding(
        code="exporter:incompleteItem",
        severity=Severity.WARNING,
        message=f"the facts for {group.binding.spec.name} at {group.period} make no item: {error}",
        location=Location(fact=first.id),
        mend="report what is missing, or leave these facts to another item class",
    )
