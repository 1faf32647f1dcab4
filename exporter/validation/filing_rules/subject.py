"""What filing rules look at: a report with its taxonomy, its document and the table that is applied.

The document's nouns are plain data: whoever parses a document fills them (`exporter.operations.validate_inline`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final, Literal

from attrs import define, evolve, field, frozen

from exporter.findings import Finding, Location
from exporter.model.datatypes import DataType
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.patterns import compile_rule_pattern
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.profiles.rules import Condition, Cut, DocumentRule, RuleTable, TableRule
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import Network, Relationship
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import Rule, at_fact
from exporter.validation.filing_rules.written import WrittenDocument


@frozen(kw_only=True)
class TaggedFact:
    """A fact as it is tagged in Inline XBRL.

    ``element`` is the local name of the tag; ``before`` the last sign in front of it that is no white space. A fact is
    ``hidden`` in the header's hidden section.
    """

    concept: QName
    element: str
    location: Location
    id: str | None = None
    context: str = ""
    """The id of its context."""
    hidden: bool = False
    nil: bool = False
    format: QName | None = None
    escape: bool = False
    negative: bool = False
    before: str = ""
    target: str | None = None
    has_markup: bool = False
    has_specials: bool = False
    """Whether its text has ``&`` or ``<``."""
    is_displayed: bool = True
    """Whether no style hides it; what stands in the header's hidden section is not asked."""
    in_order: bool = True
    """Whether its continuations follow it in the order of the document."""


@frozen(kw_only=True)
class ContextUse:
    """A context as it is written. ``content`` is equal for contexts that say the same."""

    id: str
    location: Location
    content: str
    segment: bool = False
    scenario: bool = False
    other_content: bool = False
    used: bool = True
    dates: tuple[str, ...] = ()
    """The dates of its period as they are written."""
    start: dt.date | None = None
    end: dt.date | None = None
    """The last day of its duration, or its date."""
    instant: bool = False
    identifier: str = ""
    members: tuple[str, ...] = ()
    """The local names of its members."""


@frozen(kw_only=True)
class UnitUse:
    """A unit as it is written. ``content`` is equal for units that say the same."""

    id: str
    location: Location
    content: str
    used: bool = True


@frozen(kw_only=True)
class StyleLink:
    """A style property that names a fact, as filers link what is visible to hidden facts."""

    property: str
    id: str
    location: Location


@frozen(kw_only=True)
class Address:
    """An address in the document: ``element`` is ``img``, ``a``, ``link``, ``css`` (of a style) or another element."""

    element: str
    href: str
    location: Location


@frozen(kw_only=True)
class MarkupElement:
    """An element of XHTML by its local name, or an attribute of one, where it first stands."""

    name: str
    location: Location
    attribute: str | None = None


@frozen(kw_only=True)
class FootnoteUse:
    """A footnote as it is written; ``facts`` are the ids of the facts that relationships join it to."""

    id: str
    location: Location
    language: str = ""
    role: str = ""
    empty: bool = False
    facts: tuple[str, ...] = ()
    arcroles: tuple[str, ...] = ()
    link_roles: tuple[str, ...] = ()


@frozen(kw_only=True)
class PageFile:
    """A file of the document: how large it is, and what its head says of it.

    ``encoding`` is that of the XML declaration, ``meta_encoding`` that of a ``meta`` element; both as written.
    ``languages`` are the values of ``lang`` on the root, ``counts`` how many elements there are of a name.
    """

    name: str
    location: Location
    size: int = 0
    encoding: str | None = None
    meta_encoding: str | None = None
    languages: tuple[str, ...] = ()
    title: str = ""
    text_start: str = ""
    counts: Mapping[str, int] = field(factory=dict)
    characters: frozenset[str] = frozenset()
    """The characters beyond ASCII in its texts."""
    declares_below: bool = False
    """Whether prefixes of names are declared below its root."""


@frozen(kw_only=True)
class NamespaceBinding:
    """A namespace declaration on a root element; the default namespace has the prefix ``""``."""

    prefix: str
    namespace: str
    location: Location


@frozen(kw_only=True)
class DocumentFacts:
    """A document, or the documents of one set; ``name`` is that of the first file, ``doctypes`` where there is one."""

    name: str
    is_inline: bool = False
    doctypes: tuple[Location, ...] = ()
    bindings: tuple[NamespaceBinding, ...] = ()
    facts: tuple[TaggedFact, ...] = ()
    contexts: tuple[ContextUse, ...] = ()
    units: tuple[UnitUse, ...] = ()
    links: tuple[StyleLink, ...] = ()
    references: tuple[Address, ...] = ()
    bases: tuple[Location, ...] = ()
    precisions: tuple[Location, ...] = ()
    elements: tuple[MarkupElement, ...] = ()
    unlinked_notes: tuple[Location, ...] = ()
    not_ascii: bool = False
    language: str | None = None
    """The language of the report: of the outermost element that has one."""
    files: tuple[PageFile, ...] = ()
    footnotes: tuple[FootnoteUse, ...] = ()
    element_places: Mapping[str, tuple[Location, ...]] = field(factory=dict)
    """The first places of each element of XHTML, by its local name."""
    attribute_places: Mapping[tuple[str, str], tuple[Location, ...]] = field(factory=dict)
    """The first places of each attribute on each element of XHTML, by their local names."""
    nested_tables: tuple[Location, ...] = ()
    inner_anchors: tuple[Location, ...] = ()
    """Elements ``a`` without an address that stand in something other than the body and its ``div`` elements."""
    meta_contents: tuple[tuple[str, Location], ...] = ()
    """The attribute ``content`` of each ``meta`` element."""


Need = Literal["report", "document", "inline", "taxonomy", "files", "written", "folder"]
"""What a kind of rule looks at: facts, the document, an Inline XBRL document, the taxonomy, the names of files, the
filer's own schemas and linkbases as they are written, the package or folder that is filed."""


@frozen(kw_only=True)
class FilingFolder:
    """A package or folder that is filed.

    ``names`` are the paths of its files, ``sizes`` their bytes. ``top`` is the top-level directory of a package,
    ``is_archive`` says that it is one file; ``size`` is that of the file. ``is_package`` that it is a report package
    with metadata of a taxonomy, ``directories`` lists those without files too.
    """

    name: str
    names: tuple[str, ...] = ()
    top: str = ""
    reports: tuple[str, ...] = ()
    has_marker: bool = True
    has_taxonomy_package: bool = True
    is_archive: bool = True
    size: int = 0
    sizes: Mapping[str, int] = field(factory=dict)
    heads: Mapping[str, bytes] = field(factory=dict)
    """The first bytes of images."""
    directories: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()
    """The instances that a manifest names, as written; empty texts for those without."""


_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@define(eq=False, slots=False)
class FilingSubject:
    """A report as filing rules see it.

    ``period_end`` is the last day that the report covers, taken from the cover page where it is not given. ``files``
    are the names of the files that are filed, without folders. ``complete`` says that the whole taxonomy is available.
    """

    report: Report
    table: RuleTable
    taxonomy: Taxonomy | None = None
    document: DocumentFacts | None = None
    files: tuple[str, ...] = ()
    given_period_end: dt.date | None = None
    complete: bool = True
    written: tuple[WrittenDocument, ...] = ()
    folder: FilingFolder | None = None

    def has(self, need: Need) -> bool:
        """Whether what a kind of rule looks at is there."""
        if need == "document":
            return self.document is not None
        if need == "inline":
            return self.document is not None and self.document.is_inline
        if need == "taxonomy":
            return self.taxonomy is not None
        if need == "written":
            return bool(self.written)
        if need == "folder":
            return self.folder is not None
        return bool(self.files) if need == "files" else True

    # The cover page

    @cached_property
    def _cover(self) -> Mapping[str, list[Fact]]:
        facts: dict[str, list[Fact]] = {}
        for fact in self.report.facts:
            if self.table.is_cover(fact.concept.namespace):
                facts.setdefault(fact.concept.local_name, []).append(fact)
        return facts

    def cover_facts(self, concept: str, *, divided: bool = False, within: Cut | None = None) -> list[Fact]:
        """The facts of a cover concept that are not nil: undivided, or where the rule lets them stand."""
        facts = [fact for fact in self._cover.get(concept, ()) if fact.value is not None]
        if within is not None:
            return [fact for fact in facts if self._is_within(fact, within)]
        return facts if divided else [fact for fact in facts if not fact.dimensions]

    def _is_within(self, fact: Fact, cut: Cut) -> bool:
        if not fact.dimensions:
            return not self.table.is_standard(fact.concept.namespace)  # the filer's own taxonomy has no such axis
        return any(
            isinstance(dimension, ExplicitDimension)
            and (dimension.axis.local_name, dimension.member.local_name) == (cut.axis, cut.member)
            for dimension in fact.dimensions
        )

    @cached_property
    def form(self) -> str | None:
        """The type of the document, as its cover page says."""
        if self.table.form_concept is None:
            return None
        return next((fact.value for fact in self.cover_facts(self.table.form_concept)), None)

    @cached_property
    def period_end(self) -> dt.date | None:
        """The last day that the report covers, where it is known."""
        if self.given_period_end is not None or self.table.period_concept is None:
            return self.given_period_end
        for fact in self.cover_facts(self.table.period_concept):
            if _DATE.fullmatch((fact.value or "").strip()):
                try:
                    return dt.date.fromisoformat((fact.value or "").strip())
                except ValueError:
                    continue
        return None

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        """The namespaces of facts and of the filer's own taxonomy."""
        own = {self.taxonomy.namespace} if self.taxonomy is not None else set()
        own |= {document.namespace for document in self.written if document.namespace is not None}
        return frozenset(own | {fact.concept.namespace for fact in self.report.facts})

    def holds(self, condition: Condition | None) -> bool:
        """Whether what a condition asks is so; ``None`` always is."""
        if condition is None:
            return True
        if condition.forms and self.form not in condition.forms:
            return False
        if condition.namespace is not None and not any(
            compile_rule_pattern(condition.namespace).fullmatch(namespace) for namespace in self._namespaces
        ):
            return False
        if condition.concept is not None:
            facts = self.cover_facts(condition.concept, divided=True)
            values = [self._meaning(condition.concept, fact.value or "") for fact in facts]
            if not values or (condition.values and not any(_is_one(value, condition.values) for value in values)):
                return False
        return (
            all(self.holds(part) for part in condition.every)
            and (not condition.some or any(self.holds(part) for part in condition.some))
            and not any(self.holds(part) for part in condition.none)
        )

    def _meaning(self, concept: str, text: str) -> str:
        """A value as the rules on its concept spell it."""
        rules = (rule for rule in self.table.cover_rules if rule.value is not None and concept in rule.concepts)
        for rule in rules:
            if rule.value is not None and (meaning := rule.value.meaning(text)) != text:
                return meaning
        return text

    def finding(
        self,
        rule: TableRule,
        message: str,
        fix: str | None = None,
        *,
        fact: Fact | None = None,
        at: Location | None = None,
    ) -> Finding:
        """The finding of a row, in the words of the row where it has some."""
        finding = Finding(
            code=rule.code, message=rule.message or message, severity=rule.severity, fix=rule.fix or fix or None
        )
        if fact is not None:
            return at_fact(finding, fact)
        return evolve(finding, location=at) if at is not None else finding

    # The filer's own names

    def is_own(self, name: QName) -> bool:
        """Whether a name belongs to the filer, not to a standard taxonomy."""
        return not self.table.is_standard(name.namespace)

    @cached_property
    def own_concepts(self) -> tuple[Concept, ...]:
        """What the filer's own taxonomy declares."""
        if self.taxonomy is None:
            return ()
        return tuple(concept for concept in self.taxonomy.concepts if self.is_own(concept.qname))

    @cached_property
    def used(self) -> frozenset[QName]:
        """The concepts, axes and members that facts use."""
        names = {fact.concept for fact in self.report.facts}
        for context in dict.fromkeys(fact.context for fact in self.report.facts):
            for dimension in context.dimensions:
                names.add(dimension.axis)
                if isinstance(dimension, ExplicitDimension):
                    names.add(dimension.member)
        return frozenset(names)

    @cached_property
    def _own_links(self) -> frozenset[tuple[str, str]]:
        """The arcroles and roles of the links that stand in the filer's own documents."""
        return frozenset(
            (arc.arcrole, link.role) for document in self.written for link in document.links for arc in link.arcs
        )

    def own_networks(self, *arcroles: str) -> Iterator[tuple[str, Network]]:
        """The filer's networks, by role: where its documents have arcs, else those in roles that are no standard's."""
        taxonomy = self.taxonomy
        if taxonomy is None:
            return
        for arcrole in arcroles:
            for role in taxonomy.roles_of(arcrole):
                is_own = (arcrole, role) in self._own_links if self.written else not self.table.is_standard(role)
                if is_own:
                    yield role, taxonomy.network(arcrole, role)

    def datatype(self, name: QName) -> DataType | None:
        """The type of a concept, where known."""
        concept = self.taxonomy.concept(name) if self.taxonomy is not None else None
        if concept is not None and concept.datatype is not None:
            return concept.datatype
        return self.report.vocabulary.datatypes.get(name)

    def is_text_block(self, name: QName) -> bool:
        """Whether a concept holds marked-up text, by its type or, where that is not known, by its name."""
        datatype = self.datatype(name)
        if datatype is None or name in self.report.vocabulary.inferred:
            return name.local_name.endswith("TextBlock")
        return datatype.standard == "textBlockItemType" or "textBlockItemType" in datatype.lineage

    @cached_property
    def period_of_report(self) -> Duration | None:
        """The longest undivided duration that ends with the report's period."""
        durations = dict.fromkeys(fact.period for fact in self.report.facts if not fact.dimensions)
        ending = [
            duration
            for duration in durations
            if isinstance(duration, Duration) and duration.last_day == self.period_end
        ]
        return max(ending, key=lambda period: (period.last_day - period.first_day, period.start), default=None)


KindCheck = Callable[[DocumentRule, FilingSubject], Iterator[Finding]]


@frozen
class Kind:
    """A kind of rule: it makes a rule of a row of a regulator's table, which holds the code and the parameters."""

    name: str
    check: KindCheck
    need: Need = "report"

    def rule(self, row: DocumentRule) -> Rule[FilingSubject]:
        """The rule of a row; it yields nothing where the row's condition does not hold."""

        def check(subject: FilingSubject) -> Iterator[Finding]:
            if subject.has(self.need) and subject.holds(row.when):
                yield from self.check(row, subject)

        return Rule(codes=(row.code,), check=check, severity=row.severity)


def kind(check: KindCheck) -> Kind:
    """Make a generator of findings a kind of rule on facts, which tables call by its name with hyphens."""
    return kind_on("report")(check)


def kind_on(need: Need) -> Callable[[KindCheck], Kind]:
    """Make a generator of findings a kind of rule on something that may not be there; then it is not checked."""
    return lambda check: Kind(check.__name__.replace("_", "-"), check, need)


def at_concept(name: QName) -> Location:
    """The location of a concept in findings: its name."""
    return Location(item=str(name))


def at_arc(arc: Relationship) -> Location:
    """The location of a relationship in findings: its ends and its role."""
    return Location(item=f"{arc.source} to {arc.target} in {arc.role}")


def _is_one(value: str | None, values: tuple[str, ...]) -> bool:
    truth = {"1": "true", "0": "false"}
    return value in values or truth.get(value or "") in values


def is_true(fact: Fact) -> bool:
    """Whether a boolean fact says yes."""
    return fact.value in ("true", "1")


def last_day(fact: Fact) -> dt.date | None:
    """The last day of a fact's period; ``None`` for ever."""
    if isinstance(fact.period, Duration):
        return fact.period.last_day
    return fact.period.date if isinstance(fact.period, Instant) else None
