"""What a rule over a report is: one small generator, the codes it may yield, and how far its verdict carries.

The verdict on a fact mostly depends on few of its parts: on its concept, unit and kind of period, or on its
dimensions. A rule names these as its key; the verdict on the first fact of a key then holds for all others of that
key, and the cost of a million facts is that of the few hundred keys they have. A rule on values says for each shape of
facts by which quick test most values are cleared, often without any.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Final, Literal

from attrs import define, evolve, field, frozen

from exporter.findings import Finding, Location, Severity
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.taxonomy import Taxonomy

Syntax = Literal["json", "csv", "xml"]


@frozen(kw_only=True)
class Codes:
    """One fault that each syntax's specification gives a code of its own."""

    json: str
    csv: str
    xml: str

    @classmethod
    def oim(cls, code: str, *, xml: str) -> Codes:
        """A code of the model itself; XBRL 2.1 has another for the same fault."""
        return cls(json=code, csv=code, xml=xml)

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((self.json, self.csv, self.xml))


Code = str | Codes


@define(eq=False)
class Subject:
    """What rules are about: a report, its taxonomy, the syntax whose codes are used.

    ``complete`` says that the whole taxonomy was at hand. Where it was not, a name is unknown only if other names of
    its namespace are known, and what depends on all relationships (dimensional validity, domains of enumerations)
    is not judged.
    """

    report: Report
    taxonomy: Taxonomy
    syntax: Syntax = "json"
    complete: bool = True
    _domains: dict[QName, frozenset[str]] = field(factory=dict, init=False)

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(concept.qname.namespace for concept in self.taxonomy.concepts)

    def concept(self, name: QName) -> Concept | None:
        """The declaration of a concept, if the taxonomy has one."""
        return self.taxonomy.concept(name)

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

    def code(self, code: Code) -> str:
        """The code in this syntax."""
        return code if isinstance(code, str) else str(getattr(code, self.syntax))

    def fault(self, code: Code, message: str, fix: str | None = None, *, warning: bool = False) -> Finding:
        """A finding without its place."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=self.code(code), message=message, fix=fix, severity=severity)


FactCheck = Callable[[Subject, Fact], Iterator[Finding]]
Clearing = Callable[[Subject, Fact], Callable[[str], object] | None]
"""Given the first fact of a shape: a test that clears values of facts of this shape; ``None`` if none needs a check."""

ReportCheck = Callable[[Subject], Iterator[Finding]]
Key = Callable[[Fact], Hashable]


@frozen(kw_only=True)
class FactRule:
    """A rule on single facts. Facts with equal ``key`` share the verdict; without a key each fact is looked at.

    Facts whose value passes what ``clear`` gives for their shape are known to be right and are not looked at.
    """

    codes: tuple[Code, ...]
    key: Key | None
    check: FactCheck
    clear: Clearing | None = None

    @property
    def name(self) -> str:
        return self.check.__name__


@frozen(kw_only=True)
class ReportRule:
    """A rule on the report as a whole; its findings have their places."""

    codes: tuple[Code, ...]
    check: ReportCheck

    @property
    def name(self) -> str:
        return self.check.__name__


Rule = FactRule | ReportRule


def fact_rule(*codes: Code, by: Key | None, clear: Clearing | None = None) -> Callable[[FactCheck], FactRule]:
    """Make a generator a rule on facts that may yield ``codes``."""
    return lambda check: FactRule(codes=codes, key=by, check=check, clear=clear)


def report_rule(*codes: Code) -> Callable[[ReportCheck], ReportRule]:
    """Make a generator a rule on reports that may yield ``codes``."""
    return lambda check: ReportRule(codes=codes, check=check)


def codes_of(rules: Iterable[Rule]) -> frozenset[str]:
    """Every code that the rules may yield in any syntax."""
    named = (code for rule in rules for code in rule.codes)
    return frozenset(each for code in named for each in ((code,) if isinstance(code, str) else code))


def shape(fact: Fact) -> Hashable:
    """All of a fact but who, which dimensions, when exactly, and the value itself."""
    return (
        fact.concept,
        type(fact.context.period),
        fact.unit,
        fact.decimals is None,
        fact.language,
        fact.value is None,
    )


def cut(fact: Fact) -> Hashable:
    """The taxonomy-defined dimensions of a fact."""
    return fact.context.dimensions


def whose(fact: Fact) -> Hashable:
    """The entity of a fact."""
    return fact.context.entity


_OF_CONTEXT: Final[tuple[Key, ...]] = (cut, whose)
"""Keys that are told by the context alone."""


def apply_rules(rules: Iterable[Rule], subject: Subject) -> Iterator[Finding]:
    """The findings of all rules: those on facts in the order of the facts, then those on the report."""
    rules = tuple(rules)
    yield from _over_facts([rule for rule in rules if isinstance(rule, FactRule)], subject)
    for rule in rules:
        if isinstance(rule, ReportRule):
            yield from rule.check(subject)


def _over_facts(rules: Iterable[FactRule], subject: Subject) -> Iterator[Finding]:
    """The findings fact by fact: those of its shape, of its context, of any other key, then of its value.

    What shapes and contexts are already judged is told by the identity of their parts, which is several times as fast
    as by equality; the report keeps all of them alive.
    """
    groups = _Groups(tuple(rules), subject)
    shapes: dict[Hashable, _Shape] = {}
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
        known = shapes.get(key)
        if known is None:
            known = shapes[key] = groups.shape(fact)
        found = contexts.get(id(context))
        if found is None:
            found = contexts[id(context)] = groups.context(fact)
        if known.findings or found or groups.others:
            for finding in (*known.findings, *found, *groups.other(fact)):
                yield placed(finding, fact)
        for is_cleared, check in known.checks:
            if is_cleared is None or value is None or not is_cleared(value):
                for finding in check(subject, fact):
                    yield placed(finding, fact)


@frozen
class _Shape:
    """The verdict on all facts of a shape, and what is left to check of each: how it is cleared, how checked."""

    findings: tuple[Finding, ...]
    checks: tuple[tuple[Callable[[str], object] | None, FactCheck], ...]


@define(eq=False)
class _Groups:
    """Rules by their keys, with the verdict on each key."""

    rules: tuple[FactRule, ...]
    subject: Subject
    others: tuple[Key, ...] = field(init=False)
    _by_key: dict[Key, list[FactRule]] = field(factory=dict, init=False)
    _verdicts: dict[tuple[Key, Hashable], tuple[Finding, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for rule in self.rules:
            if rule.key is not None:
                self._by_key.setdefault(rule.key, []).append(rule)
        self.others = tuple(key for key in self._by_key if key is not shape and key not in _OF_CONTEXT)

    def shape(self, fact: Fact) -> _Shape:
        """The verdict on the shape of a fact."""
        checks = []
        for rule in self.rules:
            if rule.key is None:
                test = rule.clear(self.subject, fact) if rule.clear is not None else None
                if rule.clear is None or test is not None:
                    checks.append((test, rule.check))
        return _Shape(self._verdict(shape, fact), tuple(checks))

    def context(self, fact: Fact) -> tuple[Finding, ...]:
        """The verdict on the context of a fact."""
        return tuple(finding for key in _OF_CONTEXT for finding in self._verdict(key, fact))

    def other(self, fact: Fact) -> Iterator[Finding]:
        """The verdicts on all other keys of a fact."""
        for key in self.others:
            yield from self._verdict(key, fact)

    def _verdict(self, key: Key, fact: Fact) -> tuple[Finding, ...]:
        place = (key, key(fact))
        found = self._verdicts.get(place)
        if found is None:
            rules = self._by_key.get(key, ())
            found = self._verdicts[place] = tuple(one for rule in rules for one in rule.check(self.subject, fact))
        return found


def placed(finding: Finding, fact: Fact) -> Finding:
    """The finding at its fact; one without an id is named by concept and period."""
    place = Location(fact=fact.id) if fact.id is not None else Location(item=f"{fact.concept}, {fact.period}")
    return evolve(finding, location=place)


def is_a(datatype: DataType, *names: str) -> bool:
    """Whether a type is one of the standard types with these local names, or derived from one."""
    return datatype.standard in names or not datatype.lineage.isdisjoint(names)


def shortened(text: str | None, limit: int = 60) -> str:
    """A value as messages show it."""
    if text is None:
        return "nil"
    return repr(text) if len(text) <= limit else f"{text[:limit]!r}…"
