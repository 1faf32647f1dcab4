"""What an item states: for each field that says something the concept, the text of the fact, its unit.

Items to facts: the report that a document of items makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from attrs import frozen

from exporter.findings import Finding, Location, list_text
from exporter.items.axes import NAME_PART
from exporter.items.bind import Binding, bind, inverted
from exporter.items.bound import BoundAxis, BoundOption, Namespace, Statement
from exporter.items.codec import Encoded
from exporter.items.codecs import INTEGER, format_identifier
from exporter.items.declarations import PeriodType
from exporter.items.document import ItemsDocument
from exporter.items.values import CurrencyPair, EntityRef, InCurrency, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.items.values.texts import Footnote as ItemFootnote
from exporter.model.dimensions import Context, Dimension
from exporter.model.duplicates import Agreement, agreement
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Footnote, Link, Report, Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import ROLE_LINK


def statements_of(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    """What the item states, field by field in order of declaration.

    An amount that is not known is reported in the currency of the item's other amounts, else in ``currency``.
    """
    return _marked(binding, item, currency) if binding.profile.is_standard else _statements(binding, item, currency)


def _marked(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    """The statements, and the start of the item's period where none of them says it."""
    stated = list(_statements(binding, item, currency))
    yield from stated
    marker = next((each.bound.marker for each in stated if each.bound.marker is not None), None)
    period = binding.period(item)
    if marker is None or not isinstance(period, Duration):
        return
    if any(each.bound.own_period and each.bound.option.when == marker.option.when for each in stated):
        return
    first_day = Encoded(period.first_day.isoformat())
    yield Statement(field=binding.period_field or "", bound=marker, encoded=first_day, unit=None)


def _statements(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    kind: PeriodType = "instant" if isinstance(binding.period(item), Instant) else "duration"
    selected = tuple(getattr(item, name) for name in binding.selectors)
    pair = binding.pair(item)
    rate_unit = pair.unit if pair else None
    for name in binding.fact_fields:
        value = getattr(item, name)
        if value is None or value == () or (name, None) not in binding.by_field:
            continue
        bound = binding.choose(name, None, type(value), kind, selected)
        if type(value) is Unknown:
            currency = _currency(binding, item) or currency
        yield _statement(binding, name, bound, value, rate_unit, currency)
        if type(value) is EntityRef:
            yield from _parts(binding, name, value, kind, selected)
    for axis in binding.axes:
        value = getattr(item, axis.field.name)
        if axis.is_open and value is not None:
            yield _name_of(binding, axis, value, kind)
        if type(value) is EntityRef:
            yield from _parts(binding, axis.field.name, value, kind, selected)


def _name_of(binding: Binding, axis: BoundAxis, value: Any, kind: PeriodType) -> Statement:
    text = axis.codec.encode(value).text
    bound = next(bound for bound in binding.by_field[axis.field.name, NAME_PART] if bound.option.period_type == kind)
    return _fitting(binding, axis.field.name, bound, text, Encoded(text), None)


def _currency(binding: Binding, item: Any) -> str | None:
    values = (getattr(item, name) for name in binding.fact_fields)
    return next((value.currency for value in values if isinstance(value, InCurrency)), None)


def _statement(
    binding: Binding, name: str, bound: BoundOption, value: Any, rate_unit: Unit | None, currency: str
) -> Statement:
    is_rate = bound.codec.python_type is Rate
    if isinstance(value, Unknown):
        in_currency = bound.codec.unit_in
        unit = rate_unit if is_rate else in_currency(currency) if in_currency else None
        unit = None if bound.is_pure else unit
        return Statement(field=name, bound=bound, encoded=None, unit=unit, reason=value.reason)
    if isinstance(value, tuple):
        return _fitting(binding, name, bound, value, Encoded("\n".join(value)), None)
    encoded = _encode(binding, bound.own or bound, value)
    unit = rate_unit if is_rate else encoded.unit
    if bound.standard is None:
        return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
    return _fitting(binding, name, bound, value, encoded, unit)


def _fitting(
    binding: Binding, name: str, bound: BoundOption, value: Any, encoded: Encoded, unit: Unit | None
) -> Statement:
    """The statement with the standard concept, or where that cannot take the value, with the filing's own.

    ``encoded`` is what the filing's own concept holds.
    """
    if bound.standard is None or bound.own is None:
        return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
    if bound.inverted != bound.own.inverted:
        encoded = encoded._replace(text=inverted(encoded.text))
    text = bound.standard.text_of(value, encoded)
    if text is None:
        return _fitting(binding, name, bound.own, value, _own_encoding(binding, bound.own, value, encoded), unit)
    unit = None if bound.is_pure else unit
    return Statement(field=name, bound=bound, encoded=encoded._replace(text=text), unit=unit)


def _own_encoding(binding: Binding, own: BoundOption, value: Any, encoded: Encoded) -> Encoded:
    return encoded if isinstance(value, tuple) or own.option.part else _encode(binding, own, value)


def _encode(binding: Binding, bound: BoundOption, value: Any) -> Encoded:
    encoded = bound.codec.encode(value)
    if bound.datatype.is_enumeration:
        return Encoded(f"{binding.namespace.uri}#{encoded.text}")
    if bound.option.item_type == "gYearItemType" and bound.codec is INTEGER:
        return Encoded(f"{value:04d}")
    return encoded._replace(text=inverted(encoded.text)) if bound.inverted else encoded


def _parts(
    binding: Binding, name: str, value: EntityRef, kind: PeriodType, selected: tuple[Any, ...]
) -> Iterator[Statement]:
    said: dict[str, Any] = {}
    if value.kind is not EntityKind.ORGANIZATION:
        said["Kind"] = value.kind
    if value.identifier is not None:
        said["Identifier"] = format_identifier(value.identifier)
    for part, content in said.items():
        bound = binding.choose(name, part, type(content), kind, selected)
        yield _fitting(binding, name, bound, content, _encode(binding, bound.own or bound, content), None)


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
    return {taxonomy.prefix: taxonomy.namespace for taxonomy in profile.taxonomies.values()} if profile else {}


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
        if binding.options:
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
        fix="correct the wrong one, or tell the items apart by a dimension",
    )
