"""What each item states: its fields with the facts that they became, as the derived report tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import field, frozen

from exporter.filing import Filing
from exporter.items.axes import NAME_PART
from exporter.items.bind import Binding
from exporter.items.bound import BoundOption
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration, PeriodDeclaration, SelectorDeclaration
from exporter.items.fields import FieldSpec
from exporter.items.to_facts import DerivedReport
from exporter.items.values import Unknown
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.page.words import Text


@frozen(kw_only=True, eq=False)
class ItemFact:
    """A fact with the field, or the ``part`` of it, that states it; ``value`` is the item's own value."""

    fact: Fact
    bound: BoundOption
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

    @property
    def name(self) -> str:
        return self.binding.spec.name

    @property
    def label(self) -> Text:
        return Text(self.binding.spec.options.label, self.binding.spec.options.label_ja)

    @property
    def period(self) -> Instant | Duration:
        return self.binding.period(self.item)

    def label_of(self, stated: ItemFact) -> Text:
        """What the page calls a fact; one shown with its sign turned goes by its negated label, where it has one."""
        labels = stated.bound.option.declared.labels
        if stated.bound.inverted and labels.negated:
            return Text(labels.negated, labels.negated_ja)
        return Text.of(labels, stated.bound.option.name)

    def main(self, name: str) -> ItemFact | None:
        """The fact that says the field itself, if it states one."""
        return next((each for each in self.facts.get(name, ()) if each.part is None), None)

    def named(self, name: str) -> ItemFact | None:
        """The fact that says what a dimension's field names, where the member does not say it."""
        return next((each for each in self.facts.get(name, ()) if each.part == NAME_PART), None)

    def parts(self, name: str) -> tuple[ItemFact, ...]:
        """What is said of the party that the field names beside its name."""
        return tuple(each for each in self.facts.get(name, ()) if each.part not in (None, NAME_PART))

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields that state facts of their own, in order of declaration; those of the period among them."""
        declared = self.binding.spec.declared(ConceptDeclaration, PeriodDeclaration)
        return tuple(each for each in declared if self.main(each.name) is not None)

    @property
    def dimensions(self) -> tuple[FieldSpec, ...]:
        """The fields that cut the facts and have a value."""
        declared = self.binding.spec.declared(DimensionDeclaration)
        return tuple(each for each in declared if getattr(self.item, each.name) is not None)

    @property
    def selectors(self) -> tuple[FieldSpec, ...]:
        return self.binding.spec.declared(SelectorDeclaration)


@frozen(eq=False)
class StatedItems:
    """All items of a filing, each with its facts."""

    filing: Filing
    derived: DerivedReport
    _by_place: dict[tuple[str, str], list[Fact]] = field(init=False, factory=dict)
    _notes: dict[str, list[str]] = field(init=False, factory=dict)
    _bindings: dict[type[Any], Binding] = field(init=False)
    _bound: dict[tuple[type[Any], str, QName], BoundOption] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_bindings", {each.spec.cls: each for each in self.filing.bindings})
        bound = {
            (binding.spec.cls, option.option.field, option.concept): option
            for binding in self.filing.bindings
            for option in reversed(binding.options)
        }
        bound |= {
            (each.binding.spec.cls, each.bound.option.field, each.bound.concept): each.bound
            for each in self.derived.used
        }
        object.__setattr__(self, "_bound", bound)
        for fact in self.derived.report.facts:
            for origin in self.derived.origins.get(fact.id or "", ()):
                self._by_place.setdefault((origin.pointer, origin.field), []).append(fact)
        known = {note.id for note in self.derived.report.footnotes}
        for link in self.derived.report.links:
            marked = self._notes.setdefault(link.source, [])
            if link.target in known and link.target not in marked:
                marked.append(link.target)

    def __iter__(self) -> Iterator[ItemWithFacts]:
        for index, item in enumerate(self.filing.items):
            yield self._stated(item, f"/items/{index}")

    def notes(self, fact: Fact) -> tuple[str, ...]:
        """The ids of the footnotes to a fact, in order of the links."""
        return tuple(self._notes.get(fact.id or "", ()))

    def _stated(self, item: Any, pointer: str) -> ItemWithFacts:
        binding = self._bindings[type(item)]
        cuts = (each.name for each in binding.spec.declared(DimensionDeclaration))
        names = dict.fromkeys((*(option.field for option in binding.spec.facts), *cuts))
        facts = {name: found for name in names if (found := tuple(self._facts(item, pointer, name)))}
        rows: Iterable[Any] = getattr(item, binding.rows_field) if binding.rows_field else ()
        return ItemWithFacts(
            item=item,
            binding=binding,
            facts=facts,
            rows=tuple(
                self._stated(row, f"{pointer}/{binding.rows_field}/{number}") for number, row in enumerate(rows)
            ),
        )

    def _facts(self, item: Any, pointer: str, name: str) -> Iterator[ItemFact]:
        for fact in self._by_place.get((pointer, name), ()):
            bound = self._bound.get((type(item), name, fact.concept))
            if bound is not None:
                value = getattr(item, name)
                part = bound.option.part
                yield ItemFact(
                    fact=fact,
                    bound=bound,
                    value=value.kind if part == "Kind" and not isinstance(value, Unknown) else value,
                    part=part,
                    notes=self.notes(fact),
                )
