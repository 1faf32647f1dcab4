"""Items to facts: the report that a document of items makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from attrs import frozen

from exporter.findings import Finding, Location, list_text
from exporter.items.binding import Binding, bind
from exporter.items.bound import BoundOption, Namespace, Statement
from exporter.items.document import ItemsDocument
from exporter.items.footnotes import Footnote as ItemFootnote
from exporter.items.statements import statements_of
from exporter.items.values import CurrencyPair
from exporter.model.dimensions import Context, Dimension
from exporter.model.duplicates import Agreement, agreement
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Footnote, Link, Report, Vocabulary
from exporter.namespaces import ROLE_LINK

_MOST_SHOWN: Final = 60  # characters of a value in a message


@frozen
class Origin:
    """Where a fact comes from: the path of the item in the document, its class, and the field."""

    pointer: str
    item: str
    field: str


@frozen(kw_only=True)
class Used:
    """A concept that the items report: of which class's binding, as which option."""

    binding: Binding
    bound: BoundOption


@frozen(kw_only=True)
class DerivedReport:
    """A report with, for each fact id, the items and fields that state it, and what they contradict each other in.

    ``used`` are the concepts reported, in order; ``contradicted`` those of them that contradictions are about.
    """

    report: Report
    origins: dict[str, tuple[Origin, ...]]
    findings: tuple[Finding, ...]
    used: tuple[Used, ...] = ()
    contradicted: tuple[Used, ...] = ()


def derive_report(
    document: ItemsDocument, *, schema: str, vocabulary: Vocabulary, bindings: Iterable[Binding] | None = None
) -> DerivedReport:
    """The facts, footnotes and links of the items. Equal facts merge; unequal ones of one kind are findings.

    Args:
        schema: href of the taxonomy's schema, as the report shall name it.
        vocabulary: what the derived taxonomy says of the names used.
        bindings: the classes bound to the document's namespace; bound here where not given.
    """
    if bindings is None:
        bindings = bind(document.classes, document.own_namespace, items=document.items)
    bindings = tuple(bindings)
    collector = _Collector(document, {binding.spec.cls: binding for binding in bindings})
    for index, item in enumerate(document.items):
        collector.add(item, f"/items/{index}", f"items[{index}]")
    namespaces = {document.prefix: document.namespace} | _standard_prefixes(bindings)
    report = Report(
        taxonomy=(schema,),
        facts=collector.facts.values(),
        footnotes=collector.notes.values(),
        links=tuple(collector.links),
        namespaces=namespaces,
        vocabulary=vocabulary,
    )
    origins = {fact.id or "": tuple(collector.origins[key]) for key, fact in collector.facts.items()}
    contradictory = tuple(_contradictions(collector))
    return DerivedReport(
        report=report,
        origins=origins,
        findings=tuple(_contradiction(facts, origins) for facts in contradictory),
        used=tuple(collector.used.values()),
        contradicted=tuple(
            each
            for each in collector.used.values()
            if any(each.bound.concept == facts[0].concept for facts in contradictory)
        ),
    )


def _standard_prefixes(bindings: Iterable[Binding]) -> dict[str, str]:
    """The prefixes of the standard taxonomies that the classes are bound to."""
    profile = next((binding.profile for binding in bindings), None)
    return {each.prefix: each.namespace for each in profile.taxonomies.values()} if profile else {}


class _Collector:
    """Gathers facts, merging equal ones, and the footnotes they have."""

    def __init__(self, document: ItemsDocument, bindings: dict[type[Any], Binding]) -> None:
        self.document = document
        self.bindings = bindings
        self.namespace: Namespace = document.own_namespace
        self.facts: dict[Fact, Fact] = {}
        self.origins: dict[Fact, list[Origin]] = {}
        self.notes: dict[tuple[str, str], Footnote] = {}
        self.links: dict[Link, None] = {}
        self.used: dict[BoundOption, Used] = {}
        self._contexts: dict[tuple[Any, ...], Context] = {}

    def add(self, item: Any, pointer: str, name: str) -> None:
        binding = self.bindings[type(item)]
        if binding.rows_field is not None:
            for index, row in enumerate(getattr(item, binding.rows_field)):
                self.add(row, f"{pointer}/{binding.rows_field}/{index}", f"{name}.{binding.rows_field}[{index}]")
        if binding.period_field is not None:
            self._add_facts(binding, item, pointer, f"{name} {binding.spec.name}")

    def _add_facts(self, binding: Binding, item: Any, pointer: str, name: str) -> None:
        language = self._language(binding, item)
        period, dimensions, pair = binding.period(item), binding.dimensions(item), binding.pair(item)
        stated: list[tuple[Statement, str]] = []
        for statement in statements_of(binding, item, self.document.reporting_currency):
            if statement.bound not in self.used:
                self.used[statement.bound] = Used(binding=binding, bound=statement.bound)
            fact = self._fact(binding, statement, period, dimensions, pair, language)
            key = self.facts.setdefault(fact, fact)
            if key is fact:
                self.origins[fact] = []
            self.origins[key].append(Origin(pointer, name, statement.field))
            identifier = key.id or ""
            stated.append((statement, identifier))
            if statement.reason is not None:
                self._link(identifier, statement.reason, language, self.namespace.unknown_reason_role)
        if binding.notes_field is not None:
            self._add_notes(getattr(item, binding.notes_field), stated)

    def _language(self, binding: Binding, item: Any) -> str:
        own = getattr(item, binding.language_field) if binding.language_field else None
        return own or self.document.language

    def _fact(
        self,
        binding: Binding,
        statement: Statement,
        period: Instant | Duration,
        dimensions: tuple[Dimension, ...],
        pair: CurrencyPair | None,
        language: str,
    ) -> Fact:
        bound, encoded = statement.bound, statement.encoded
        option = bound.option
        if isinstance(period, Duration) and bound.period_type == "instant":
            period = period.end_instant if option.declared.at == "end" else period.start_instant
        if pair is not None and binding.carries_pair_axis(bound):
            dimensions = (*dimensions, binding.pair_dimension(pair))
        if bound.dimensions:
            dimensions = (*dimensions, *bound.dimensions)
        return Fact(
            bound.concept,
            self._context(period, dimensions),
            None if encoded is None else encoded.text,
            None if encoded is None else encoded.decimals,
            statement.unit,
            language if bound.is_text else None,
            id=f"f{len(self.facts) + 1}",
        )

    def _context(self, period: Instant | Duration, dimensions: tuple[Dimension, ...]) -> Context:
        key = (period, dimensions)
        found = self._contexts.get(key)
        if found is None:
            found = self._contexts[key] = Context(self.document.entity, period, dimensions)
        return found

    def _add_notes(self, notes: Iterable[ItemFootnote], stated: list[tuple[Statement, str]]) -> None:
        for note in notes:
            for statement, identifier in stated:
                if not note.fields or statement.field in note.fields:
                    self._link(identifier, note.text, note.language or self.document.language, ROLE_LINK)

    def _link(self, source: str, text: str, language: str, group: str) -> None:
        note = self.notes.setdefault(
            (text, language.lower()), Footnote(_markup(text), language, f"fn{len(self.notes) + 1}")
        )
        self.links[Link(source, note.id, group=group)] = None


def _markup(text: str) -> str:
    """Plain text as XHTML; a carriage return would not outlive the reading of XML as it is."""
    return escape(text, quote=False).replace("\r", "&#13;")


def _contradictions(collector: _Collector) -> Iterator[list[Fact]]:
    groups: dict[Any, list[Fact]] = {}
    for fact in collector.facts.values():
        groups.setdefault(fact.aspects, []).append(fact)
    for facts in groups.values():
        if len(facts) > 1 and agreement(facts) is Agreement.INCONSISTENT:
            yield facts


def _shown(fact: Fact) -> str:
    if fact.value is None:
        return "unknown"
    return repr(fact.value if len(fact.value) <= _MOST_SHOWN else fact.value[:_MOST_SHOWN] + "…")


def _contradiction(facts: list[Fact], origins: dict[str, tuple[Origin, ...]]) -> Finding:
    said = list_text(f"{origins[fact.id or ''][0].item} says {_shown(fact)}" for fact in facts)
    last = origins[facts[-1].id or ""][-1]
    return Finding(
        code="exporter:contradictoryFacts",
        message=f"{facts[0].concept.local_name} for {facts[0].period} has contradictory values: {said}",
        location=Location(pointer=f"{last.pointer}/{last.field}", item=last.item, fact=facts[-1].id),
        mend="correct the wrong one, or tell the items apart by a dimension",
    )
