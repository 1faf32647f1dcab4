"""Items to facts: the report that a document of items makes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from attrs import Factory, define, evolve, frozen

from exporter.findings import Finding, Location, list_text, truncated
from exporter.items.axes import NAME_PART, list_values
from exporter.items.bind import Binding, Used, bind
from exporter.items.bound import BoundConcept
from exporter.items.codec import Encoded
from exporter.items.codecs import format_identifier
from exporter.items.composed import ComposedFact, Composition, composer_of
from exporter.items.document import ItemsDocument
from exporter.items.placed import PlacedItem, rows_at
from exporter.items.values import EntityRef, InCurrency, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.items.values.texts import Footnote as ItemFootnote
from exporter.model.dimensions import Context, Dimension
from exporter.model.duplicates import Agreement, agreement
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import PeriodType
from exporter.model.unit import Unit
from exporter.namespaces import ROLE_LINK
from exporter.resources.stages import stage

_MOST_SHOWN: Final = 60  # characters of a value in a message
Contexts = dict[tuple[Period, tuple[Dimension, ...]], Context]


@frozen(eq=False)
class FactOrigin:
    """Where a fact comes from: the item, its class as it is bound, and the concept that a field of it reports."""

    placed: PlacedItem[Any]
    binding: Binding
    bound: BoundConcept

    @property
    def pointer(self) -> str:
        """The pointer to the item."""
        return self.placed.pointer

    @property
    def item(self) -> str:
        """What a message calls the item."""
        return self.placed.label

    @property
    def field(self) -> str:
        """The field of the item."""
        return self.bound.field

    @property
    def location(self) -> Location:
        """The location of the field."""
        return self.placed.at(self.bound.field)


@frozen(eq=False)
class ComposedOrigin(FactOrigin):
    """Where a fact of a composed item comes from: the ``path`` of what states it, below the item."""

    bound: Any
    path: str

    @property
    def field(self) -> str:
        """The path of what states the fact, below the item."""
        return self.path

    @property
    def location(self) -> Location:
        """The location of what states the fact."""
        return self.placed.at(self.path)


@frozen(kw_only=True)
class DerivedReport:
    """A report with, for each fact id, the items and fields that state it, and what they contradict each other in.

    ``used`` are the concepts reported, in order; ``contradicted`` those of them that contradictions are about.
    ``whole`` is the same with what the profile's audience does not have tagged and the page shows all the same.
    """

    report: Report
    origins: dict[str, tuple[FactOrigin, ...]]
    findings: tuple[Finding, ...]
    used: tuple[Used, ...] = ()
    contradicted: tuple[Used, ...] = ()
    whole: DerivedReport | None = None

    def facts_by_origin(self) -> dict[tuple[str, str], list[tuple[Fact, FactOrigin]]]:
        """The facts that each part of an item states, with its origin, by the item's pointer and the field or path."""
        facts: dict[tuple[str, str], list[tuple[Fact, FactOrigin]]] = {}
        for fact in self.report.facts:
            for origin in self.origins.get(fact.id or "", ()):
                facts.setdefault((origin.pointer, origin.field), []).append((fact, origin))
        return facts

    @property
    def printed(self) -> DerivedReport:
        """What the page shows, tagged or not."""
        return self.whole or self


@stage("derive facts")
def derive_report(
    document: ItemsDocument,
    *,
    schema: str,
    vocabulary: Vocabulary,
    bindings: Iterable[Binding] | None = None,
    composed: Iterable[Composition] = (),
) -> DerivedReport:
    """The facts, footnotes and links of the items. Equal facts merge; unequal ones of one kind are findings.

    Args:
        schema: href of the taxonomy's schema, as the report shall name it.
        vocabulary: what the derived taxonomy says of the names used.
        bindings: the classes bound to the document's namespace; bound here where not given.
        composed: what the composed items of the document make.
    """
    if bindings is None:
        bindings = bind(document.classes, document.own_namespace, items=document.items)
    bindings = tuple(bindings)
    collector = FactCollector(document, {binding.spec.cls: binding for binding in bindings})
    for index, placed in enumerate(rows_at(document.items)):
        collector.add(placed)
        if composer_of(type(placed.item)) is not None:
            for composition in composed:
                collector.add_composed(placed, composition.facts(index))
    standard = bindings[0].profile.taxonomies.values() if bindings else ()
    namespaces = {document.prefix: document.namespace} | {known.prefix: known.namespace for known in standard}
    whole = Report(
        taxonomy=(schema,),
        facts=collector.facts.values(),
        footnotes=collector.notes.values(),
        links=tuple(collector.links),
        namespaces=namespaces,
        vocabulary=vocabulary,
    )
    alike: dict[Any, list[Fact]] = {}
    for fact in collector.facts.values():
        alike.setdefault(fact.aspects, []).append(fact)
    contradictory = [facts for facts in alike.values() if len(facts) > 1 and agreement(facts) is Agreement.INCONSISTENT]
    contradicted = {facts[0].concept for facts in contradictory}
    printed = tuple(uses.used() for uses in collector.printed.values())
    origins = {fact.id or "": tuple(collector.origins[key]) for key, fact in collector.facts.items()}
    derived = DerivedReport(
        report=whole,
        origins=origins,
        findings=tuple(
            contradiction(
                facts,
                [origins[fact.id or ""][0].item for fact in facts],
                origins[facts[-1].id or ""][-1].location,
            )
            for facts in contradictory
        ),
        used=printed,
        contradicted=tuple(used for used in printed if used.bound.concept in contradicted),
    )
    footnotes = all(binding.profile.tagging.footnotes for binding in bindings)
    if len(collector.tagged) == len(whole.facts) and (footnotes or not whole.links):
        return derived
    return evolve(
        derived,
        report=_tagged(whole, collector.tagged, footnotes=footnotes),
        origins={id_: origin for id_, origin in origins.items() if id_ in collector.tagged},
        used=tuple(uses.used() for uses in collector.uses.values()),
        whole=derived,
    )


def _tagged(report: Report, ids: Container[str], *, footnotes: bool) -> Report:
    """The report with the facts that are tagged, and the ``footnotes`` that these have."""
    links = tuple(link for link in report.links if footnotes and link.source in ids)
    targets = {link.target for link in links}
    return evolve(
        report,
        facts=tuple(fact for fact in report.facts if fact.id in ids),
        footnotes=tuple(note for note in report.footnotes if note.id in targets),
        links=links,
    )


def _values(binding: Binding, item: Any, kind: PeriodType) -> Iterator[tuple[BoundConcept, Any]]:
    """Each concept that the item reports, with the value of its field or of a part of it, in order of declaration."""
    selected = tuple(getattr(item, name) for name in binding.selectors) if binding.selectors else ()
    for name in binding.fact_fields:
        value = getattr(item, name)
        if value is None or value == () or type(value) is Duration:  # no date is made up of a period
            continue
        yield binding.choose(name, None, type(value), kind, selected), value
        if type(value) is EntityRef:
            yield from _parts(binding, name, value, kind, selected)
    for axis in binding.axes:
        name = axis.field.name
        value = getattr(item, name)
        if axis.is_open and value is not None:
            named = (bound for bound in binding.by_field[name, NAME_PART] if bound.spec.period_type == kind)
            yield next(named), axis.codec.encode(value).text
        if type(value) is EntityRef:
            yield from _parts(binding, name, value, kind, selected)


def _with_members(
    binding: Binding, values: Iterable[tuple[BoundConcept, Any]]
) -> Iterator[tuple[BoundConcept, Any, Dimension | None]]:
    """Each value of a list by itself, with its member on the axis of the list.

    A standard concept takes a single value, without a dimension; of several, each is the filing's own.
    """
    for bound, value in values:
        axis = bound.list_axis
        if axis is None or type(value) is not tuple:
            yield bound, value, None
        elif bound.standard is not None and len(value) == 1 and bound.encode(value[0]) is not None:
            yield bound, value[0], None
        else:
            own = bound.fallback or bound
            for text, place in zip(value, list_values(axis, value), strict=True):
                yield own, text, axis.dimension(place, binding.namespace)


def _parts(
    binding: Binding, name: str, value: EntityRef, kind: PeriodType, selected: tuple[Any, ...]
) -> Iterator[tuple[BoundConcept, Any]]:
    """What an entity says beside its name."""
    if value.kind is not EntityKind.ORGANIZATION:
        yield binding.choose(name, "Kind", EntityKind, kind, selected), value.kind
    if value.identifier is not None:
        yield binding.choose(name, "Identifier", str, kind, selected), format_identifier(value.identifier)


def _unknown_unit(binding: Binding, bound: BoundConcept, item: Any, document: ItemsDocument) -> Unit | None:
    """An amount that is not known is in the currency of the item's other amounts, else of the filing's."""
    in_currency = bound.codec.unit_in
    if in_currency is None:
        return None
    values = (getattr(item, name) for name in binding.fact_fields)
    currency = next((value.currency for value in values if isinstance(value, InCurrency)), None)
    return in_currency(currency or document.reporting_currency)


def _language(binding: Binding, item: Any, document: ItemsDocument) -> str:
    """The language of the item's texts, by the tag that the profile has for it."""
    return binding.profile.document.labels.tag(binding.language(item) or document.language)


def facts_of(
    binding: Binding, item: Any, document: ItemsDocument, contexts: Contexts, next_id: Callable[[], str]
) -> Iterator[tuple[BoundConcept, Fact, str | None]]:
    """The facts of an item, each with its concept and, for a value that is not known, the reason.

    A value that a standard concept cannot take is reported with the filing's own. The first day of the item's
    period is a fact where the standard concepts hold at an instant and nothing else states the period.

    Args:
        contexts: those made before, which facts of the same period and dimensions share.
        next_id: the id of the fact that is made next.
    """
    period, dimensions, pair = binding.period(item), binding.dimensions(item), binding.pair(item)
    kind: PeriodType = "instant" if isinstance(period, Instant) else "duration"
    language = _language(binding, item, document)

    def fact_of(
        bound: BoundConcept, encoded: Encoded | None, unit: Unit | None, member: Dimension | None = None
    ) -> Fact:
        moment, axes = period, dimensions
        if member is not None:
            axes = (*axes, member)
        if isinstance(period, Duration) and bound.period_type == "instant":
            moment = period.end_instant if bound.spec.at == "end" else period.start_instant
        if pair is not None and binding.carries_pair_axis(bound):
            axes = (*axes, binding.pair_dimension(pair))
        if bound.dimensions:
            axes = (*axes, *bound.dimensions)
        context = contexts.get((moment, axes))
        if context is None:
            context = contexts[moment, axes] = Context(document.entity, moment, axes)
        return Fact(
            bound.concept,
            context,
            None if encoded is None else encoded.text,
            None if encoded is None else encoded.decimals,
            unit,
            language if bound.is_text else None,
            id=next_id(),
        )

    period_start: BoundConcept | None = None
    stating: list[BoundConcept] = []
    for bound, value, member in _with_members(binding, _values(binding, item, kind)):
        encoded, unit, reason = None, None, None
        if type(value) is Unknown:
            unit, reason = _unknown_unit(binding, bound, item, document), value.reason
        else:
            encoded = bound.encode(value)
            if encoded is None and bound.fallback is not None:
                bound = bound.fallback
                encoded = bound.encode(value)
            unit = encoded.unit if encoded is not None else None
        if bound.codec.python_type is Rate:
            unit = pair.unit if pair else None
        if bound.pure:
            unit = None
        if bound.period_start is not None and period_start is None:
            period_start = bound.period_start
        if bound.own_period:
            stating.append(bound)
        yield bound, fact_of(bound, encoded, unit, member), reason
    if period_start is None or not isinstance(period, Duration):
        return
    if not any(bound.spec.when == period_start.spec.when for bound in stating):
        yield period_start, fact_of(period_start, period_start.encode(period.first_day), None), None


@define(eq=False)
class _Uses:
    """Where a concept is reported first, the contexts of its facts, by identity, and the values of an enumeration."""

    first: FactOrigin
    contexts: dict[int, Context] = Factory(dict)
    values: dict[str, None] = Factory(dict)

    def used(self) -> Used:
        dimensions = dict.fromkeys(context.dimensions for context in self.contexts.values())
        return Used(
            binding=self.first.binding,
            bound=self.first.bound,
            location=self.first.location,
            dimensions=tuple(dimensions),
            values=tuple(self.values),
        )


class FactCollector:
    """Gathers facts, merging equal ones, and the footnotes they have."""

    taken: int = 0
    """The number of facts that were taken."""

    def __init__(self, document: ItemsDocument, bindings: dict[type[Any], Binding]) -> None:
        self.document = document
        self.bindings = bindings
        self.facts: dict[Fact, Fact] = {}
        self.origins: dict[Fact, list[FactOrigin]] = {}
        self.notes: dict[tuple[str, str, str], FootnoteResource] = {}
        self.links: dict[Link, None] = {}
        self.uses: dict[BoundConcept, _Uses] = {}
        self.printed: dict[BoundConcept, _Uses] = {}
        self.tagged: set[str] = set()
        self._contexts: Contexts = {}
        # Inline XBRL 1.0 links a footnote in one role only.
        self._is_inline_10 = any(bound.profile.document.inline_version == "1.0" for bound in bindings.values())

    def add(self, placed: PlacedItem[Any]) -> None:
        """The facts of the rows of an item, then its own."""
        binding = self.bindings[type(placed.item)]
        if binding.rows_field is not None:
            rows = getattr(placed.item, binding.rows_field)
            for row in rows_at(rows, f"{placed.pointer}/{binding.rows_field}"):
                self.add(row)
        if not binding.concepts:
            return
        item = placed.item
        noted: list[tuple[str, str]] = []
        for bound, fact, reason in facts_of(binding, item, self.document, self._contexts, self._next_id):
            origin = FactOrigin(placed, binding, bound)
            key = self.facts.setdefault(fact, fact)
            if key is fact:
                self.origins[fact] = []
            self._use(self.printed, origin, fact)
            if bound.tagged and (fact.value is not None or binding.profile.tagging.unknown):
                self._use(self.uses, origin, fact)
                self.tagged.add(key.id or "")
            self.origins[key].append(origin)
            identifier = key.id or ""
            noted.append((bound.field, identifier))
            if reason is not None:
                language = _language(binding, item, self.document)
                own = binding.profile.document.footnote_roles == "own"
                group = binding.namespace.unknown_reason_role if own else ROLE_LINK
                self._link(identifier, reason, language, group)
        if binding.notes_field is not None and (notes := getattr(item, binding.notes_field)):
            tag = binding.profile.document.labels.tag(self.document.language)
            self._add_notes(notes, noted, tag)

    @staticmethod
    def _use(uses: dict[BoundConcept, _Uses], origin: FactOrigin, fact: Fact) -> None:
        of_concept = uses.get(origin.bound)
        if of_concept is None:
            of_concept = uses[origin.bound] = _Uses(origin)
        of_concept.contexts[id(fact.context)] = fact.context
        if origin.bound.datatype.is_enumeration and fact.value is not None:
            of_concept.values[fact.value] = None

    def take(self) -> tuple[Fact, ...]:
        """The facts gathered since the last time, which are forgotten; their footnotes and links are not."""
        facts = tuple(self.facts.values())
        self.taken += len(facts)
        for gathered in (self.facts, self.origins, self.uses, self.printed, self._contexts):
            gathered.clear()
        self.tagged.clear()
        return facts

    def _next_id(self) -> str:
        return f"f{self.taken + len(self.facts) + 1}"

    def add_composed(self, placed: PlacedItem[Any], facts: Iterable[ComposedFact]) -> None:
        """Facts that a composition makes of an item."""
        binding = self.bindings[type(placed.item)]
        for composed in facts:
            key_of_context = (composed.period, composed.dimensions)
            context = self._contexts.get(key_of_context)
            if context is None:
                context = self._contexts[key_of_context] = Context(self.document.entity, *key_of_context)
            fact = Fact(
                composed.concept,
                context,
                composed.value,
                composed.decimals,
                composed.unit,
                composed.language,
                id=self._next_id(),
            )
            key = self.facts.setdefault(fact, fact)
            self.tagged.add(key.id or "")
            self.origins.setdefault(key, []).append(ComposedOrigin(placed, binding, None, composed.field))
            for text in composed.notes:
                self._link(key.id or "", text, self.document.language, ROLE_LINK)

    def _add_notes(self, notes: Iterable[ItemFootnote], facts: list[tuple[str, str]], language: str) -> None:
        """Link the notes, in ``language`` unless they say another, to facts, given by field and id."""
        for note in notes:
            for name, identifier in facts:
                if not note.fields or name in note.fields:
                    self._link(identifier, note.text, note.language or language, ROLE_LINK)

    def _link(self, source: str, text: str, language: str, group: str) -> None:
        note = self.notes.setdefault(
            (text, language.lower(), group if self._is_inline_10 else ""),
            FootnoteResource(_markup(text), language, f"fn{len(self.notes) + 1}"),
        )
        self.links[Link(source, note.id, group=group)] = None


def _markup(text: str) -> str:
    """Plain text as XHTML; a carriage return would not outlive the reading of XML as it is."""
    return escape(text, quote=False).replace("\r", "&#13;")


def _display(fact: Fact) -> str:
    if fact.value is None:
        return "unknown"
    return repr(truncated(fact.value, _MOST_SHOWN))


def contradiction(facts: Sequence[Fact], items: Iterable[str], location: Location) -> Finding:
    """The finding for facts that contradict each other.

    Args:
        facts: the facts.
        items: what a message calls the items that state them.
        location: where the last of them is stated.
    """
    values = list_text(f"{item} says {_display(fact)}" for item, fact in zip(items, facts, strict=True))
    return Finding(
        code="exporter:contradictoryFacts",
        message=f"{facts[0].concept.local_name} for {facts[0].period} has contradictory values: {values}",
        location=evolve(location, fact=facts[-1].id),
        fix="correct the wrong one, or tell the items apart by a dimension",
    )
