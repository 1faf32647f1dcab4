"""The items of a filing with the facts that their fields became, by the origins in the derived report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from exporter.filing import Filing
from exporter.items.axes import NAME_PART
from exporter.items.bind import Binding
from exporter.items.bound import BoundConcept
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration, PeriodDeclaration, SelectorDeclaration
from exporter.items.fields import FieldSpec
from exporter.items.placed import PlacedItem, rows_at
from exporter.items.to_facts import DerivedReport
from exporter.items.values import Unknown
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.page.compose import notes_by_fact
from exporter.page.words import Text


@frozen(kw_only=True, eq=False)
class ItemFact:
    """A fact with the field, or the ``part`` of it, that reports it; ``value`` is the item's value."""

    fact: Fact
    bound: BoundConcept
    value: Any
    part: str | None
    notes: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.fact.id or ""


@frozen(kw_only=True, eq=False)
class ItemWithFacts:
    """An item with its facts by field; ``rows`` are the items that it is made of."""

    item: Any
    binding: Binding
    facts: dict[str, tuple[ItemFact, ...]]
    rows: tuple[ItemWithFacts, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.binding.spec.name

    @property
    def label(self) -> Text:
        return Text.full(self.binding.spec.options.labels, self.name, self.languages)

    @property
    def period(self) -> Instant | Duration:
        return self.binding.period(self.item)

    def label_of(self, fact: ItemFact) -> Text:
        """The label of a fact; one shown with its sign turned goes by its negated label, where it has one."""
        labels = fact.bound.spec.labels
        if fact.bound.inverted and labels.negated and not self.binding.profile.document.reported_signs:
            return Text.full(labels, labels.negated, self.languages, role="negated")
        return Text.of(labels, fact.bound.spec.name, self.languages)

    def main(self, name: str) -> ItemFact | None:
        """The fact of the field itself, if it reports one."""
        return next((fact for fact in self.facts.get(name, ()) if fact.part is None), None)

    def rest(self, name: str) -> tuple[ItemFact, ...]:
        """The facts of the further values of a list."""
        return tuple(fact for fact in self.facts.get(name, ()) if fact.part is None)[1:]

    def named(self, name: str) -> ItemFact | None:
        """The fact with the name of what a dimension's field holds, where the member does not tell it."""
        return next((fact for fact in self.facts.get(name, ()) if fact.part == NAME_PART), None)

    def parts(self, name: str) -> tuple[ItemFact, ...]:
        """The facts about the party that the field names, beside its name."""
        return tuple(fact for fact in self.facts.get(name, ()) if fact.part not in (None, NAME_PART))

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields with facts of their own, in order of declaration; those of the period among them."""
        declared = self.binding.spec.declared(ConceptDeclaration, PeriodDeclaration)
        return tuple(spec for spec in declared if self.main(spec.name) is not None)

    @property
    def selectors(self) -> tuple[FieldSpec, ...]:
        return self.binding.spec.declared(SelectorDeclaration)


@frozen(eq=False)
class FilingItems:
    """All items of a filing, each with its facts; ``notes`` are the ids of the footnotes by fact.

    Labels are looked up in the ``languages`` of the page.
    """

    filing: Filing
    derived: DerivedReport
    languages: tuple[str, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(init=False)
    _facts_of_field: Mapping[tuple[str, str], list[tuple[Fact, BoundConcept]]] = field(init=False)
    _bindings: Mapping[type[Any], Binding] = field(init=False)

    @notes.default
    def _notes_of_facts(self) -> Mapping[str, tuple[str, ...]]:
        return notes_by_fact(self.derived.report)

    @_facts_of_field.default
    def _facts_by_origin(self) -> Mapping[tuple[str, str], list[tuple[Fact, BoundConcept]]]:
        by_origin = self.derived.facts_by_origin()
        return {place: [(fact, origin.bound) for fact, origin in facts] for place, facts in by_origin.items()}

    @_bindings.default
    def _bindings_of_classes(self) -> Mapping[type[Any], Binding]:
        return {binding.spec.cls: binding for binding in self.filing.bindings}

    def __iter__(self) -> Iterator[ItemWithFacts]:
        yield from map(self._with_facts, rows_at(self.filing.items))

    def _with_facts(self, placed: PlacedItem[Any]) -> ItemWithFacts:
        item, binding = placed.item, self._bindings[type(placed.item)]
        dimensions = (spec.name for spec in binding.spec.declared(DimensionDeclaration))
        names = dict.fromkeys((*(spec.name for spec in binding.spec.fields if spec.concepts), *dimensions))
        return ItemWithFacts(
            item=item,
            binding=binding,
            languages=self.languages,
            facts={name: facts for name in names if (facts := tuple(self._facts(placed, name)))},
            rows=tuple(map(self._with_facts, placed.rows())),
        )

    def _facts(self, placed: PlacedItem[Any], name: str) -> Iterator[ItemFact]:
        value = getattr(placed.item, name)
        for fact, bound in self._facts_of_field.get((placed.pointer, name), ()):
            part = bound.spec.part
            yield ItemFact(
                fact=fact,
                bound=bound,
                value=value.kind if part == "Kind" and not isinstance(value, Unknown) else value,
                part=part,
                notes=self.notes.get(fact.id or "", ()),
            )
