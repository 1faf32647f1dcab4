"""Facts to items: the way back from a report to objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from attrs import frozen

from exporter.errors import ModelError
from exporter.findings import Finding, Location, Severity, list_text
from exporter.items.axes import NAME_PART
from exporter.items.bind import Binding, period_of
from exporter.items.bound import BoundAxis, BoundConcept
from exporter.items.codec import Encoded
from exporter.items.codecs import parse_identifier
from exporter.items.fact_groups import FactGroup, FactGroups, Facts, fact_of_fields, split_variants
from exporter.items.placed import UnfilledContainer, gather_rows
from exporter.items.values import CurrencyPair, EntityRef, Month, Unknown
from exporter.items.values.parties import EntityKind
from exporter.items.values.texts import Footnote as ItemFootnote
from exporter.model.dimensions import Dimension, Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Report


@frozen(kw_only=True)
class DerivedItems:
    """Items made from facts.

    ``unbound`` are the facts that belong to no item: of other entities, of concepts of no class, or of items that
    cannot be made; ``findings`` say why the latter cannot.
    """

    items: tuple[Any, ...]
    unbound: tuple[Fact, ...]
    findings: tuple[Finding, ...]


@frozen(eq=False)
class _Attempt:
    """The facts of one item, and the item or the reason why they make none."""

    group: FactGroup
    facts: Facts
    item: Any = None
    error: ModelError | None = None


def derive_items(
    report: Report, bindings: Iterable[Binding], *, entity: Entity | None = None, language: str = "en"
) -> DerivedItems:
    """The items that ``report`` states, in the order of their first facts, rows in their containers.

    An instant belongs to every item whose period ends on it. An item all of whose facts belong to another one too is
    not made.

    Args:
        bindings: the item classes looked for, bound to the namespace of the report's concepts.
        entity: whose facts are wanted; left out, the entity with most facts.
        language: the language that texts have where an item does not say its own.
    """
    groups = FactGroups(tuple(bindings))
    reporting = entity or _main_entity(report)
    for order, fact in enumerate(report.facts):
        if fact.entity == reporting:
            groups.place(fact, order)
    groups.attach()
    maker = _Maker(report, groups, language)
    gathered = gather_rows(maker.make(), dict.fromkeys(binding.spec for binding in groups.bindings))
    used = maker.used
    unbound = tuple(fact for fact in report.facts if id(fact) not in used)
    return DerivedItems(items=gathered.items, unbound=unbound, findings=(*maker.findings, *gathered.findings))


def _main_entity(report: Report) -> Entity | None:
    counts: dict[Entity | None, int] = {}
    for fact in report.facts:
        counts[fact.entity] = counts.get(fact.entity, 0) + 1
    return max(counts, key=lambda entity: counts[entity], default=None)


class _Maker:
    def __init__(self, report: Report, groups: FactGroups, language: str) -> None:
        self._groups = groups
        self.language = language
        self.findings: list[Finding] = []
        self.used: set[int] = set()
        self._notes = {note.id: note for note in report.footnotes}
        self._links: dict[str, list[tuple[str, FootnoteResource]]] = {}
        for link in report.links:
            if link.target in self._notes:
                self._links.setdefault(link.source, []).append((link.group, self._notes[link.target]))

    # --- items of groups ---------------------------------------------------------------------------------------------

    def make(self) -> list[Any]:
        """The items, and containers without their rows, in the order of their first facts."""
        groups = sorted(filter(_stands_alone, self._groups.groups), key=lambda group: group.order)
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

    def _attempts(self, group: FactGroup) -> Iterator[_Attempt]:
        try:
            variants = split_variants(_sayable(group) or group.facts)
        except ModelError as error:
            yield _Attempt(group, group.facts, error=error)
            return
        for facts in variants:
            try:
                yield _Attempt(group, facts, self._item(group, facts))
            except ModelError as error:
                yield _Attempt(group, facts, error=error)

    def _item(self, group: FactGroup, facts: Facts) -> Any:
        binding, values = group.binding, dict[str, Any](group.key.when)
        self._put_aspects(group, values)
        self._put_facts(group, facts, values)
        if binding.language_field is not None:
            values[binding.language_field] = self._language_of(facts)
        if binding.notes_field is not None:
            values[binding.notes_field] = self._footnotes_of(binding, facts)
        missing = [
            field.name
            for field in binding.spec.fields
            if field.required and field.name not in values and field.name != binding.rows_field
        ]
        if missing:
            raise ModelError(f"no fact for {list_text(missing)}")
        return UnfilledContainer(binding.spec, values) if binding.rows_field else binding.spec.cls(**values)

    def _put_aspects(self, group: FactGroup, values: dict[str, Any]) -> None:
        binding, period = group.binding, group.period
        axes = self._groups.axes[group.key.binding]
        for dimension in group.key.dimensions:
            axis = axes[dimension.axis]
            if not axis.is_open:
                values[axis.field.name] = axis.value(dimension)
        if group.key.pair is not None and binding.unit_field is not None:
            quote, base = group.key.pair
            values[binding.unit_field] = CurrencyPair(base=base, quote=quote)
        if binding.period_field is not None:
            values[binding.period_field] = _period_value(binding.spec.field(binding.period_field).types, period)

    def _put_facts(self, group: FactGroup, facts: Facts, values: dict[str, Any]) -> None:
        binding = group.binding
        parts: dict[str, dict[str, Any]] = {}
        lists: dict[str, list[tuple[int, str]]] = {}
        for bound, fact in fact_of_fields(facts):
            name = bound.field
            value = self._value(binding, bound, fact)
            if name == binding.period_field:
                if bound.spec in binding.spec.field(name).concepts and period_of(value) == group.period:
                    values[name] = value
                continue
            if bound.list_axis is not None and fact.value is not None:
                lists.setdefault(name, []).append((_place_in_list(bound.list_axis, fact), value))
            elif bound.spec.part is None:
                values[name] = value
            else:
                parts.setdefault(name, {})[bound.spec.part] = value
        for name, numbered in lists.items():
            values[name] = tuple(value for _, value in sorted(numbered, key=lambda pair: pair[0]))
        if any(axis.is_open for axis in binding.axes):
            self._put_named(binding, {dimension.axis: dimension for dimension in group.key.dimensions}, parts, values)
        for name, value in values.items():
            if isinstance(value, EntityRef):
                values[name] = _with_parts(value, parts.get(name, {}))

    def _put_named(
        self,
        binding: Binding,
        axes: dict[QName, Dimension],
        parts: dict[str, dict[str, Any]],
        values: dict[str, Any],
    ) -> None:
        """The values of open axes, which facts beside the others say in full; else what the name of a member says."""
        for axis in binding.axes:
            if axis.is_open and axis.axis in axes:
                name = axis.field.name
                text = parts.get(name, {}).pop(NAME_PART, None)
                if text is None:
                    text = axis.text_of(axes[axis.axis], binding.profile)
                values[name] = axis.codec.decode(Encoded(text))

    def _value(self, binding: Binding, bound: BoundConcept, fact: Fact) -> Any:
        if fact.value is not None:
            return bound.decode(Encoded(fact.value, fact.decimals, fact.unit))
        reason = self._reason_of(binding, fact)
        if reason is None:
            raise ModelError(f"{fact.concept.local_name} is nil and no footnote says why")
        return Unknown(unescape(reason[1].content))

    def _reason_of(self, binding: Binding, fact: Fact) -> tuple[str, FootnoteResource] | None:
        """The link that says why a fact is nil: by its role, or the first where the profile has no role for it."""
        links = self._links.get(fact.id or "", [])
        role = binding.namespace.unknown_reason_role
        reason = next((link for link in links if link[0] == role), None)
        if reason is None and fact.value is None and binding.profile.document.footnote_roles == "standard":
            return next(iter(links), None)
        return reason

    def _language_of(self, facts: Facts) -> str | None:
        language = next((fact.language for _, fact in facts if fact.language is not None), None)
        return None if language is None else self._own_language(language)

    def _footnotes_of(self, binding: Binding, facts: Facts) -> tuple[ItemFootnote, ...]:
        role = binding.namespace.unknown_reason_role
        noted: dict[str, set[str]] = {}
        for bound, fact in facts:
            reason = self._reason_of(binding, fact)
            for group, note in self._links.get(fact.id or "", ()):
                if group != role and (group, note) != reason:
                    noted.setdefault(note.id, set()).add(bound.field)
        every = {bound.field for bound, _ in facts}
        return tuple(
            ItemFootnote(
                unescape(self._notes[note].content),
                language=self._own_language(self._notes[note].language),
                fields=() if fields == every else tuple(fields),
            )
            for note, fields in noted.items()
        )

    def _own_language(self, language: str) -> str | None:
        binding = next(iter(self._groups.bindings), None)
        usual = binding.profile.document.labels.tag(self.language) if binding else self.language
        return None if language.lower() in (self.language.lower(), usual.lower()) else language


def _sayable(group: FactGroup) -> Facts:
    """The facts of a group but for nil ones of fields that are absent or known; they stay without item."""
    spec = group.binding.spec
    fields = {bound.field for bound, fact in group.facts if fact.value is None}
    absent = {name for name in fields if (field := spec.field(name)).optional and not field.unknown}
    return [(bound, fact) for bound, fact in group.facts if fact.value is not None or bound.field not in absent]


def _stands_alone(group: FactGroup) -> bool:
    """Whether all selectors are known; groups without them only lend their facts."""
    return len(group.key.when) == len(group.binding.selectors)


def _belongs_to_another(number: int, facts: Facts, sizes: list[int], owners: dict[int, set[int]]) -> bool:
    """Whether other items have all of an item's facts: one that has more or comes first, or for each fact a larger."""
    if any(len(owners[id(fact)]) == 1 for _, fact in facts):
        return False
    size = len(facts)
    common = set.intersection(*sorted((owners[id(fact)] for _, fact in facts), key=len)) - {number}
    if common:
        return any(sizes[other] > size or (sizes[other] == size and other < number) for other in common)
    return all(any(sizes[other] > size for other in owners[id(fact)]) for _, fact in facts)


def _period_value(types: tuple[type, ...], period: Instant | Duration) -> Any:
    if isinstance(period, Instant) or Duration in types:
        return period
    day = period.first_day
    if period == Duration.day(day):
        return day
    if Month in types and period == Duration.month(day.year, day.month):
        return Month(day.year, day.month)
    raise ModelError(f"the period {period} is neither a day nor a month")


def _place_in_list(axis: BoundAxis, fact: Fact) -> int:
    """The number of a value in its list where the axis is typed; members come in the order of the facts."""
    dimension = fact.context.dimension(axis.axis)
    return 0 if dimension is None or axis.is_open else int(axis.value(dimension))


def _with_parts(reference: EntityRef, parts: dict[str, Any]) -> EntityRef:
    identifier = parse_identifier(parts["Identifier"]) if "Identifier" in parts else None
    nameless = "Identifier" in parts and reference.name == parts["Identifier"]
    return EntityRef(
        None if nameless else reference.name, identifier=identifier, kind=parts.get("Kind", EntityKind.ORGANIZATION)
    )


def _incomplete(group: FactGroup, facts: Facts, error: ModelError) -> Finding:
    first = facts[0][1]
    return Finding(
        code="exporter:incompleteItem",
        severity=Severity.WARNING,
        message=f"the facts for {group.binding.spec.name} at {group.period} make no item: {error}",
        location=Location(fact=first.id),
        fix="report what is missing, or leave these facts to another item class",
    )
