"""From a report back to a filing of items, for syntaxes that hold items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from exporter.disclosures.notes.from_report import derive_notes
from exporter.disclosures.statements.from_report import derive_statements
from exporter.errors import ModelError, ReadError
from exporter.filing import Filing
from exporter.findings import Finding, Location, Severity
from exporter.items.bind import Binding, bind
from exporter.items.bound import Namespace
from exporter.items.compile import item_specification
from exporter.items.declarations import RowsDeclaration
from exporter.items.document import DEFAULT_LANGUAGE, DEFAULT_PREFIX
from exporter.items.from_facts import DerivedItems, derive_items
from exporter.model.dimensions import Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report
from exporter.namespaces import CUSTOMARY_PREFIXES, RESERVED_PREFIXES
from exporter.operations.classes import known_classes
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.load import load_filing
from exporter.operations.read import OFFLINE, Access, read_report
from exporter.profiles.profile import EXTENSION_ONLY, Profile, StandardTaxonomy
from exporter.profiles.read import detect_profile, load_profile
from exporter.taxonomy.taxonomy import Taxonomy

_DATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


@frozen(kw_only=True)
class FilingOfReport:
    """The filing that a report states, or a file of items holds.

    ``findings`` say what in the report belongs to no item; ``taxonomy`` is the one at hand.
    """

    filing: Filing
    findings: tuple[Finding, ...] = ()
    taxonomy: Taxonomy | None = None


def read_filing(
    source: Source | Input,
    classes: Iterable[type[Any]] = (),
    *,
    packages: Iterable[Path | str] = (),
    access: Access = OFFLINE,
) -> FilingOfReport:
    """The filing in whatever holds one: a file of items, or a report in any syntax with its taxonomy.

    Args:
        source: what to read.
        classes: item classes beside the disclosures of this package.
        packages: taxonomy packages that a report's taxonomy may come from.
        access: whether taxonomies are kept, and missing public documents fetched.

    Raises:
        ReadError: it cannot be read, or has no items.
        PackageError: a package is unsafe or none.
    """
    with open_input(source) as opened:
        if opened.holds_items:
            filing = load_filing(opened, classes)
            return FilingOfReport(filing=filing, taxonomy=filing.taxonomy)
        taxonomies: list[Taxonomy] = []
        report = read_report(
            opened, packages=tuple(packages), access=access, partial=True, take_taxonomy=taxonomies.append
        )
    return filing_of_report(report, classes, taxonomy=next(iter(taxonomies), None))


def filing_of_report(
    report: Report, classes: Iterable[type[Any]] = (), *, taxonomy: Taxonomy | None = None
) -> FilingOfReport:
    """The items that a report states, with what they share.

    The entity is the one with most facts, the namespace the one that most of its concepts are in and that is none of a
    standard taxonomy, the end of the period the date in the name of the taxonomy's schema or in the namespace, else the
    latest end of a period. The standard concepts show the profile, the texts and notes the language.
    Statements and notes are those whose presentation ``taxonomy`` has.

    Raises:
        ReadError: no item can be made of any fact.
    """
    entity = next(
        (candidate for candidate, _ in Counter(fact.entity for fact in report.facts).most_common() if candidate), None
    )
    namespaces = Counter(fact.concept.namespace for fact in report.facts if fact.entity == entity)
    profile = profile_of(report)
    language = _language(report, taxonomy)
    standard = {known.namespace for known in profile.taxonomies.values()} if profile else set()
    uris = [uri for uri, _ in namespaces.most_common()]
    own = next((uri for uri in uris if uri not in standard and not _is_published(uri)), "")
    if taxonomy is not None and taxonomy.namespace not in standard and not _is_published(taxonomy.namespace):
        own = taxonomy.namespace
    own = own or next(iter(uris), "")
    statements: tuple[Any, ...] = ()
    placed = frozenset[int]()
    if taxonomy is not None:
        derived_statements = derive_statements(report, taxonomy, entity=entity, namespace=own, language=language)
        statements, placed = derived_statements.statements, derived_statements.facts
    rest = evolve(report, facts=[fact for fact in report.facts if id(fact) not in placed]) if placed else report
    derived = derive_report_items(rest, classes, profile=profile, entity=entity, language=language)
    notes: tuple[Any, ...] = ()
    unbound = derived.unbound
    if taxonomy is not None and unbound:
        own_facts = [fact for fact in unbound if fact.entity == entity]
        derived_notes = derive_notes(own_facts, taxonomy, namespace=own)
        notes = derived_notes.notes
        unbound = tuple(fact for fact in unbound if id(fact) not in derived_notes.facts)
    items = (*derived.items, *statements, *notes)
    if not items or entity is None:
        raise ReadError(findings=[*derived.findings, _no_items_finding()])
    prefix = next(
        (name for name, uri in report.namespaces.items() if uri == own and name not in CUSTOMARY_PREFIXES), "ext"
    )
    try:
        filing = Filing(
            entity=entity,
            items=items,
            taxonomies=_taxonomies(report, taxonomy, {own, *standard}) if taxonomy is not None and placed else (),
            period_end=_period_end(report, own),
            prefix=prefix,
            namespace=own,
            language=language,
            profile=profile or EXTENSION_ONLY,
            release=profile.release if profile else None,
        )
    except ModelError as error:
        raise ReadError(findings=[Finding(code="exporter:invalidFiling", message=str(error))]) from error
    findings = (*derived.findings, *map(_left_out, unbound))
    return FilingOfReport(filing=filing, findings=findings, taxonomy=taxonomy)


def _is_published(namespace: str) -> bool:
    try:
        StandardTaxonomy.at("any", namespace)
    except ValueError:
        return False
    return True


def _taxonomies(report: Report, taxonomy: Taxonomy, known: Set[str]) -> Iterator[StandardTaxonomy]:
    """The taxonomies of others that the profile does not know, by the prefixes that concepts and members have.

    Their schemas are where their publisher puts them, or where the taxonomy at hand has them.
    """
    cuts = dict.fromkeys(cut for fact in report.facts for cut in fact.dimensions)
    members = (cut.member for cut in cuts if isinstance(cut, ExplicitDimension))
    names = (*(fact.concept for fact in report.facts), *(cut.axis for cut in cuts), *members)
    samples = {(name.prefix, name.namespace): name for name in names}
    for (prefix, namespace), name in samples.items():
        if prefix and namespace not in known:
            declared = taxonomy.concept(name)
            if _is_published(namespace):
                yield StandardTaxonomy.at(prefix, namespace)
            elif declared is not None and declared.schema is not None:
                yield StandardTaxonomy.at(prefix, namespace, declared.schema)


def _language(report: Report, taxonomy: Taxonomy | None = None) -> str:
    """Of texts without one, as a report item's are in the language of the filing; else that of most labels."""
    texts = (fact.language for fact in report.facts)
    counter = Counter(language for language in (*texts, *(note.language for note in report.footnotes)) if language)
    if not counter and taxonomy is not None:
        counter = Counter(label.language.partition("-")[0] for label in taxonomy.labels)
    return min(counter, key=lambda name: (-counter[name], name), default=DEFAULT_LANGUAGE)


def _period_end(report: Report, namespace: str) -> Instant:
    for text in (*report.taxonomy, namespace):
        for match in _DATED.finditer(text.rpartition("/")[2]):
            try:
                return Instant("-".join(match.groups()))
            except ModelError:
                continue
    ends = [period.end if isinstance(period, Duration) else period.moment for period in _periods(report)]
    return Instant(max(ends))


def _periods(report: Report) -> list[Instant | Duration]:
    return [fact.period for fact in report.facts if isinstance(fact.period, Instant | Duration)]


def _no_items_finding() -> Finding:
    return Finding(
        code="exporter:noItems",
        message="no report item is known whose concepts the report's facts have",
        fix="name the module with the items (--items-module), or choose a format that holds facts",
    )


def _left_out(fact: Fact) -> Finding:
    return Finding(
        code="exporter:factWithoutItem",
        message=f"{fact.concept} belongs to no report item and is left out",
        severity=Severity.WARNING,
        location=Location(fact=fact.id),
        fix="declare an item for it, or choose a format that holds facts",
    )


def to_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Profile | None = None,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> tuple[Any, ...]:
    """The report items that a report states: those of the disclosures of this package and of ``classes``.

    Args:
        report: what to look in.
        classes: item classes beside the disclosures of this package.
        profile: which standard concepts the items report; left out, the profile of this package whose concepts the
            report has most of.
        namespace: the namespace of the filing's own names; left out, every namespace in which a fact's concept has the
            name of one that an item class reports.
        entity: whose items; left out, the entity with most facts.
        language: the language of texts that do not say their own.
    """
    derived = derive_report_items(
        report, classes, profile=profile, namespace=namespace, entity=entity, language=language
    )
    return derived.items


def derive_report_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Profile | None = None,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> DerivedItems:
    """As `to_items`, with the facts that belong to no item and the reasons why items could not be made."""
    used = profile_of(report) if profile is None else load_profile(profile)
    if used is not None and used.is_standard:
        bindings = _profile_bindings(report, known_classes(classes), used, namespace)
        return derive_items(report, bindings, entity=entity, language=language)
    return _derive_own_items(report, classes, namespace=namespace, entity=entity, language=language)


def profile_of(report: Report) -> Profile | None:
    """The profile of this package whose standard concepts the report has most of; ``None`` where it has none."""
    return detect_profile(_names_by_namespace(report))


def _profile_bindings(
    report: Report, classes: Iterable[type[Any]], profile: Profile, namespace: str | None
) -> list[Binding]:
    """The classes bound to each namespace that may be the filing's own."""
    prefixes = {uri: prefix for prefix, uri in report.namespaces.items()}
    standard = {taxonomy.namespace for taxonomy in profile.taxonomies.values()}
    namespaces = [namespace] if namespace else [uri for uri in _namespaces(report) if uri not in standard]
    places = [Namespace(uri=uri, prefix=prefixes.get(uri, DEFAULT_PREFIX)) for uri in namespaces]
    classes = tuple(classes)
    return [
        binding
        for place in places or [Namespace(uri="urn:own", prefix=DEFAULT_PREFIX)]
        for binding in bind(classes, place, profile)
    ]


def _namespaces(report: Report) -> list[str]:
    """The namespaces of concepts that are no standard's."""
    return [uri for uri in _names_by_namespace(report) if uri not in RESERVED_PREFIXES.values()]


def _derive_own_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    namespace: str | None,
    entity: Entity | None,
    language: str,
) -> DerivedItems:
    """The items of reports with concepts of filings' own."""
    known = known_classes(classes)
    reporting = _classes_by_concept(known)
    prefixes = {uri: prefix for prefix, uri in report.namespaces.items()}
    bindings: list[Binding] = []
    for uri, names in _names_by_namespace(report).items():
        if uri == namespace or (namespace is None and uri not in RESERVED_PREFIXES.values()):
            reported = dict.fromkeys(cls for name in names for cls in reporting.get(name, ()))
            containers = [cls for cls in known if not reported.keys().isdisjoint(_rows_within(cls))]
            bindings += bind([*containers, *reported], Namespace(uri=uri, prefix=prefixes.get(uri, DEFAULT_PREFIX)))
    return derive_items(report, bindings, entity=entity, language=language)


def _classes_by_concept(classes: Iterable[type[Any]]) -> dict[str, list[type[Any]]]:
    """The classes, and those of their rows, by the local names of the concepts that they report."""
    by_concept: dict[str, list[type[Any]]] = {}
    waiting, seen = list(classes), set[type[Any]]()
    while waiting:
        cls = waiting.pop(0)
        if cls in seen:
            continue
        seen.add(cls)
        spec = item_specification(cls)
        for name in dict.fromkeys(concept.name for concept in spec.concepts):
            by_concept.setdefault(name, []).append(cls)
        made_of = spec.only(RowsDeclaration)
        waiting += made_of.types if made_of else ()
    return by_concept


def _rows_within(cls: type[Any]) -> Iterator[type[Any]]:
    """The classes of the rows of a container, and of theirs."""
    waiting, seen = [cls], {cls}
    while waiting:
        table = item_specification(waiting.pop()).only(RowsDeclaration)
        rows = [row for row in table.types if row not in seen] if table else []
        seen.update(rows)
        waiting += rows
        yield from rows


def _names_by_namespace(report: Report) -> dict[str, dict[str, None]]:
    names: dict[str, dict[str, None]] = {}
    for fact in report.facts:
        names.setdefault(fact.concept.namespace, {})[fact.concept.local_name] = None
    return names
