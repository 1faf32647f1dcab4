"""What a rule over a report is: one small generator, the codes it may yield, and how far its verdict carries.

The verdict on a fact mostly depends on few of its parts: on its concept, unit and kind of period, or on its
dimensions. A rule names these as its key; the verdict on the first fact of a key then holds for all others of that
key, and the cost of a million facts is that of the few hundred keys they have.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Literal

from attrs import define, evolve, field, frozen

from exporter.findings import Finding, Location, Severity
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy.concept import Concept
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

    def fault(self, code: Code, message: str, mend: str | None = None, *, warning: bool = False) -> Finding:
        """A finding without its place."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=self.code(code), message=message, mend=mend, severity=severity)


FactCheck = Callable[[Subject, Fact], Iterator[Finding]]
ReportCheck = Callable[[Subject], Iterator[Finding]]
Key = Callable[[Fact], Hashable]


@frozen(kw_only=True)
class FactRule:
    """A rule on single facts. Facts with equal ``key`` share the verdict; without a key each fact is looked at."""

    codes: tuple[Code, ...]
    key: Key | None
    check: FactCheck

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


def fact_rule(*codes: Code, by: Key | None) -> Callable[[FactCheck], FactRule]:
    """Make a generator a rule on facts that may yield ``codes``."""
    return lambda check: FactRule(codes=codes, key=by, check=check)


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


def apply_rules(rules: Iterable[Rule], subject: Subject) -> Iterator[Finding]:
    """The findings of all rules: those on facts in the order of the facts, then those on the report."""
    rules = tuple(rules)
    yield from _over_facts([rule for rule in rules if isinstance(rule, FactRule)], subject)
    for rule in rules:
        if isinstance(rule, ReportRule):
            yield from rule.check(subject)


def _over_facts(rules: Iterable[FactRule], subject: Subject) -> Iterator[Finding]:
    by_key: dict[Key | None, list[FactRule]] = {}
    for rule in rules:
        by_key.setdefault(rule.key, []).append(rule)
    each = by_key.pop(None, [])
    shared: list[tuple[Key, list[FactRule], dict[Hashable, tuple[Finding, ...]]]]
    shared = [(key, group, {}) for key, group in by_key.items() if key is not None]
    for fact in subject.report.facts:
        for key, group, verdicts in shared:
            value = key(fact)
            found = verdicts.get(value)
            if found is None:
                found = verdicts[value] = tuple(one for rule in group for one in rule.check(subject, fact))
            for finding in found:
                yield placed(finding, fact)
        for rule in each:
            for finding in rule.check(subject, fact):
                yield placed(finding, fact)


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
