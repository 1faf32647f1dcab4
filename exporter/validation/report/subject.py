"""What rules on reports look at: a report, its taxonomy, the syntax whose codes are used; and single facts in one pass.

The result on a fact mostly depends on few of its parts: on its concept, unit and kind of period, or on its
dimensions. A rule names these as its key; the result on the first fact of a key then holds for all others of that
key, and the cost of a million facts is that of the few hundred keys they have. A rule on values says for each shape of
facts by which quick test most values are cleared, often without any.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Final, Literal

from attrs import define, field, frozen

from exporter.findings import Finding, Severity
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.namespaces import OIM
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import ALL, NOT_ALL, SUMMATIONS
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import Code, Rule, Syntax, at_fact

Calculations = Literal["round", "truncate", "xbrl21", "none"]
"""How sums are checked: by Calculations 1.1 in one of its modes, by XBRL 2.1, or not at all."""


CANONICAL_VALUES: Final = f"{{{OIM}}}canonicalValues"
"""The feature by which a document promises canonical values, as `Report.features` names it."""

Need = Literal["base url", "footnotes", "links", "canonical values", "sums", "hypercubes"]
"""What a rule on reports may need: parts of the report, its promise of canonical values, networks of the taxonomy."""

Part = Literal["nil", "unit", "decimals", "language", "dimensions"]
"""What some facts have and others do not."""


@define(eq=False)
class ReportSubject:
    """A report with its taxonomy.

    ``complete`` says that the whole taxonomy was available. Where it was not, a name is unknown only if other names of
    its namespace are known, and what depends on all relationships (dimensional validity, domains of enumerations)
    is not checked.
    """

    report: Report
    taxonomy: Taxonomy
    syntax: Syntax = "json"
    complete: bool = True
    calculations: Calculations = "none"
    _domains: dict[QName, frozenset[str]] = field(factory=dict, init=False)

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(concept.qname.namespace for concept in self.taxonomy.concepts)

    def has(self, need: Need) -> bool:
        """Whether the report, or its taxonomy, has what a rule needs."""
        match need:
            case "base url":
                return self.report.base_url is not None
            case "footnotes":
                return bool(self.report.footnotes)
            case "links":
                return bool(self.report.links)
            case "canonical values":
                return self.report.features.get(CANONICAL_VALUES) is True
            case "sums":
                return bool(self.taxonomy.roles_of(*SUMMATIONS))
            case "hypercubes":
                return bool(self.taxonomy.roles_of(ALL, NOT_ALL))

    def datatype(self, name: QName) -> DataType | None:
        """The type of a concept, where known."""
        concept = self.taxonomy.concept(name)
        return concept.datatype if concept is not None else None

    def enumeration_domain(self, concept: Concept) -> frozenset[str]:
        """The values that an enumeration concept allows, as ``namespace#local``; looked up once."""
        if concept.qname not in self._domains:
            names = self.taxonomy.enumeration_values(concept)
            self._domains[concept.qname] = frozenset(name.expanded for name in names)
        return self._domains[concept.qname]

    def is_unknown(self, name: QName) -> bool:
        """Whether a name is certainly not in the taxonomy."""
        if self.taxonomy.concept(name) is not None:
            return False
        return self.complete or name.namespace in self._namespaces

    def finding(
        self, code: Code, message: str, fix: str | None = None, *, severity: Severity = Severity.ERROR
    ) -> Finding:
        """A finding without location, with the code of the report's syntax."""
        text = code if isinstance(code, str) else str(getattr(code, self.syntax))
        return Finding(code=text, message=message, fix=fix, severity=severity)


FactCheck = Callable[[ReportSubject, Fact], Iterator[Finding]]
Clearing = Callable[[ReportSubject, Fact], Callable[[str], object] | None]
"""Given the first fact of a shape: a test that clears values of facts of this shape; ``None`` if none needs a check."""

Key = Callable[[Fact], Hashable]


@frozen(kw_only=True)
class FactRule:
    """A rule on single facts. Facts with equal ``key`` share the result; without a key each fact is checked.

    Facts whose value passes the test that ``clear`` gives for their shape are valid without a check. With a ``part``,
    only facts that have it are checked.
    """

    codes: tuple[Code, ...]
    key: Key | None
    part: Part | None = None
    check: FactCheck
    clear: Clearing | None = None
    section: str | None = None
    needs: tuple[Need, ...] = ()

    @property
    def name(self) -> str:
        return self.check.__name__


def fact_rule(
    *codes: Code,
    by: Key | None,
    part: Part | None = None,
    clear: Clearing | None = None,
    section: str | None = None,
    needs: tuple[Need, ...] = (),
) -> Callable[[FactCheck], FactRule]:
    """Make a generator of findings a rule on facts that may yield ``codes``."""
    return lambda check: FactRule(
        codes=codes, key=by, part=part, check=check, clear=clear, section=section, needs=needs
    )


def per_fact(rules: Iterable[FactRule]) -> Rule[ReportSubject]:
    """One rule on the report that applies rules on facts in one pass, in the order of the facts."""
    rules = tuple(rules)
    codes = dict.fromkeys(code for rule in rules for code in rule.codes)

    def facts_pass_their_rules(subject: ReportSubject) -> Iterator[Finding]:
        """The findings fact by fact: those of its shape, of its context, of any other key, then of its value.

        Shapes and contexts are looked up by the identity of their parts, which is several times as fast as by
        equality; the report keeps all of them alive.
        """
        verdicts = _Verdicts(tuple(rule for rule in rules if all(map(subject.has, rule.needs))), subject)
        shapes: dict[Hashable, _ShapeFindings] = {}
        contexts: dict[int, tuple[Finding, ...]] = {}
        for fact in subject.report.facts:
            context, value = fact.context, fact.value
            key = (
                id(fact.concept),
                type(context.period),
                id(fact.unit),
                fact.decimals is None,
                fact.language,
                value is None,
            )
            of_shape = shapes.get(key)
            if of_shape is None:
                of_shape = shapes[key] = verdicts.of_shape(fact)
            of_context = contexts.get(id(context))
            if of_context is None:
                of_context = contexts[id(context)] = verdicts.of_context(fact)
            if of_shape.findings or of_context or verdicts.other_keys:
                for finding in (*of_shape.findings, *of_context, *verdicts.of_other_keys(fact)):
                    yield at_fact(finding, fact)
            for is_cleared, check in of_shape.checks:
                if is_cleared is None or value is None or not is_cleared(value):
                    for finding in check(subject, fact):
                        yield at_fact(finding, fact)

    return Rule(codes=tuple(codes), check=facts_pass_their_rules)


def shape(fact: Fact) -> Hashable:
    """All of a fact but its entity, dimensions, dates and value."""
    return (
        fact.concept,
        type(fact.context.period),
        fact.unit,
        fact.decimals is None,
        fact.language,
        fact.value is None,
    )


taxonomy_dimensions: Final[Key] = attrgetter("context.dimensions")
"""The taxonomy-defined dimensions of a fact."""

entity: Final[Key] = attrgetter("context.entity")
"""The entity of a fact."""


def _parts_of(fact: Fact) -> tuple[Part, ...]:
    parts: dict[Part, bool] = {
        "nil": fact.value is None,
        "unit": fact.unit is not None,
        "decimals": fact.decimals is not None,
        "language": fact.language is not None,
        "dimensions": bool(fact.context.dimensions),
    }
    return tuple(part for part, is_there in parts.items() if is_there)


_OF_CONTEXT: Final[tuple[Key, ...]] = (taxonomy_dimensions, entity)
"""Keys that depend on the context alone."""


@frozen
class _ShapeFindings:
    """The result on all facts of a shape, and what is left to check of each: the test that clears it, the check."""

    findings: tuple[Finding, ...]
    checks: tuple[tuple[Callable[[str], object] | None, FactCheck], ...]


@define(eq=False)
class _Verdicts:
    """Rules by their keys, with the result on each key."""

    rules: tuple[FactRule, ...]
    subject: ReportSubject
    other_keys: tuple[Key, ...] = field(init=False)
    _by_key: dict[Key, list[FactRule]] = field(factory=dict, init=False)
    _verdicts: dict[tuple[Key, Hashable], tuple[Finding, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for rule in self.rules:
            if rule.key is not None:
                self._by_key.setdefault(rule.key, []).append(rule)
        self.other_keys = tuple(key for key in self._by_key if key is not shape and key not in _OF_CONTEXT)

    def of_shape(self, fact: Fact) -> _ShapeFindings:
        checks = []
        for rule in self.rules:
            if rule.key is None and (rule.part is None or rule.part in _parts_of(fact)):
                test = rule.clear(self.subject, fact) if rule.clear is not None else None
                if rule.clear is None or test is not None:
                    checks.append((test, rule.check))
        return _ShapeFindings(self._decision(shape, fact), tuple(checks))

    def of_context(self, fact: Fact) -> tuple[Finding, ...]:
        return tuple(finding for key in _OF_CONTEXT for finding in self._decision(key, fact))

    def of_other_keys(self, fact: Fact) -> Iterator[Finding]:
        for key in self.other_keys:
            yield from self._decision(key, fact)

    def _decision(self, key: Key, fact: Fact) -> tuple[Finding, ...]:
        known = self._verdicts.get((key, key(fact)))
        if known is None:
            parts = _parts_of(fact)
            rules = [rule for rule in self._by_key.get(key, ()) if rule.part is None or rule.part in parts]
            known = tuple(finding for rule in rules for finding in rule.check(self.subject, fact))
            self._verdicts[key, key(fact)] = known
        return known
