"""Kinds of rules on hypercubes, axes, members and anchors of the filer's own networks (Dimensions 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DIMENSIONAL,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    NOT_ALL,
    PARENT_CHILD,
    SUMMATIONS,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.filing_rules.subject import FilingSubject, at_arc, at_concept, kind_on

_NEXT: Final = {
    ALL: (HYPERCUBE_DIMENSION,),
    NOT_ALL: (HYPERCUBE_DIMENSION,),
    HYPERCUBE_DIMENSION: (DIMENSION_DOMAIN,),
    DIMENSION_DOMAIN: (DOMAIN_MEMBER,),
    DOMAIN_MEMBER: (DOMAIN_MEMBER,),
}
"""The arcroles of the relationships that follow one (Dimensions 1.0 section 2.4)."""


@kind_on("taxonomy")
def line_items_in_cubes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What facts without dimensions report stands in a hypercube with members, or in one of the dedicated ``roles``."""
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.complete:
        return
    placed: set[QName] = set()
    for cube in taxonomy.hypercubes():
        if not cube.excluded and (cube.role in rule.texts("roles") or any(axis.members for axis in cube.axes)):
            placed |= cube.primary_items
    reported = dict.fromkeys(fact.concept for fact in subject.report.facts if not fact.dimensions)
    for name in reported:
        concept = taxonomy.concept(name)
        if concept is not None and not concept.abstract and name not in placed:
            fix = f"make it a line item of {rule.texts('roles')[0]}"
            yield subject.finding(rule, f"{name} is a line item of no hypercube", fix, at=at_concept(name))


@kind_on("taxonomy")
def closed_cubes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Hypercubes are closed."""
    for _, network in subject.own_networks(ALL):
        for arc in network:
            if not arc.closed:
                yield subject.finding(
                    rule, f"the hypercube {arc.target} is open", 'write xbrldt:closed="true"', at=at_arc(arc)
                )


@kind_on("taxonomy")
def defaults_declared(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every explicit axis of the filer has a default member in one of the dedicated ``roles``."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return
    roles = rule.texts("roles") or taxonomy.roles_of(DIMENSION_DEFAULT)
    with_default = {arc.source for role in roles for arc in taxonomy.network(DIMENSION_DEFAULT, role)}
    for concept in subject.own_concepts:
        if concept.is_explicit_dimension and concept.qname not in with_default:
            message = f"the axis {concept.qname} has no default member there"
            yield subject.finding(
                rule, message, f"declare one in {list_text(roles, last=' or ')}", at=at_concept(concept.qname)
            )


@kind_on("taxonomy")
def usable_arcs(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No arc but those between members says that something is not usable."""
    for arcrole in (ALL, NOT_ALL, HYPERCUBE_DIMENSION, DIMENSION_DEFAULT):
        for _, network in subject.own_networks(arcrole):
            for arc in network:
                if not arc.usable:
                    yield subject.finding(rule, f"{arc.target} is not usable", "take xbrldt:usable out", at=at_arc(arc))


@kind_on("taxonomy")
def one_cube_in_role(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A role has one hypercube at most."""
    for role, network in subject.own_networks(ALL):
        cubes = list(dict.fromkeys((arc.source, arc.target) for arc in network))
        if len(cubes) > 1:
            message = f"the role {role} has several hypercubes: {list_text(str(cube) for _, cube in cubes)}"
            yield subject.finding(rule, message, "give each a role of its own", at=Location(item=role))


@kind_on("taxonomy")
def target_roles_followed(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Where an arc leads on to another role, something follows there."""
    taxonomy = subject.taxonomy
    for arcrole, following in _NEXT.items():
        for _, network in subject.own_networks(arcrole):
            for arc in network:
                if arc.target_role is None or taxonomy is None:
                    continue
                if not any(taxonomy.network(after, arc.target_role).from_(arc.target) for after in following):
                    message = f"nothing follows {arc.target} in the target role {arc.target_role}"
                    yield subject.finding(rule, message, "take xbrldt:targetRole out", at=at_arc(arc))


@kind_on("taxonomy")
def member_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's members and domains are of the type for domains, of one of ``namespaces``."""
    members = {
        arc.target
        for arcrole in (DIMENSION_DOMAIN, DIMENSION_DEFAULT)
        for _, network in subject.own_networks(arcrole)
        for arc in network
    }
    waiting = list(members)
    below: dict[QName, list[QName]] = {arc.source: [] for arc in _arcs(subject, DOMAIN_MEMBER)} if members else {}
    for arc in _arcs(subject, DOMAIN_MEMBER) if members else ():
        below[arc.source].append(arc.target)
    while waiting:
        for target in below.get(waiting.pop(), ()):
            if target not in members:
                members.add(target)
                waiting.append(target)
    for concept in subject.own_concepts:
        datatype = concept.datatype
        if concept.qname not in members or datatype is None:
            continue
        namespaces = rule.texts("namespaces")
        is_domain = datatype.name.local_name == "domainItemType"
        if not is_domain or (namespaces and datatype.name.namespace not in namespaces):
            message = f"{concept.qname} is a member, but of the type {datatype.name}"
            fix = f"use domainItemType of {namespaces[0]}" if namespaces else "use domainItemType"
            yield subject.finding(rule, message, fix, at=at_concept(concept.qname))


def _arcs(subject: FilingSubject, *arcroles: str) -> list[Relationship]:
    relationships = subject.taxonomy.relationships if subject.taxonomy is not None else ()
    return [arc for arc in relationships if arc.arcrole in arcroles]


# Anchors


@kind_on("taxonomy")
def anchor_ends(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Anchors join line items: no axes, no members and, with ``abstract = false``, nothing abstract."""
    for arc in _arcs(subject, WIDER_NARROWER):
        for name in (arc.source, arc.target):
            concept = subject.taxonomy.concept(name) if subject.taxonomy is not None else None
            word = _unanchorable(concept, abstract=rule.parameters.get("abstract", True))
            if word is not None:
                yield subject.finding(rule, f"{name} is {word}, and anchored", "anchor line items only", at=at_arc(arc))


def _unanchorable(concept: Concept | None, *, abstract: bool) -> str | None:
    if concept is None:
        return None
    is_domain = concept.datatype is not None and concept.datatype.standard == "domainItemType"
    if not abstract:
        return "abstract" if concept.abstract and concept.kind == "item" and not is_domain else None
    if is_domain:
        return "a member"
    return None if concept.kind == "item" else f"a {concept.kind}"


@kind_on("taxonomy")
def anchor_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An own concept has the type of what it is anchored to, or one derived from it; ``same`` allows no other."""
    for arc in _arcs(subject, WIDER_NARROWER):
        own, core = (arc.source, arc.target) if subject.is_own(arc.source) else (arc.target, arc.source)
        type_of_own, type_of_core = subject.datatype(own), subject.datatype(core)
        if type_of_own is None or type_of_core is None or type_of_own.name == type_of_core.name:
            continue
        is_derived = type_of_core.name.local_name in (type_of_own.standard, *type_of_own.lineage)
        if rule.parameters.get("same") or not is_derived:
            message = f"{own} is of the type {type_of_own.name}, its anchor {core} of {type_of_core.name}"
            yield subject.finding(rule, message, "anchor it to a concept of its type", at=at_arc(arc))


@kind_on("taxonomy")
def anchor_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Anchors have roles of their own, without dimensional relationships."""
    taxonomy = subject.taxonomy
    for role in taxonomy.roles_of(WIDER_NARROWER) if taxonomy is not None else ():
        if taxonomy is not None and any(taxonomy.network(arcrole, role) for arcrole in DIMENSIONAL):
            message = f"the role {role} has anchors and hypercubes"
            yield subject.finding(rule, message, "give anchors a role of their own", at=Location(item=role))


@kind_on("taxonomy")
def anchored(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own line items are anchored: wider or narrower than a concept of the core taxonomy.

    Totals of a calculation and what is presented below one of ``notes`` only are exempt.
    """
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.complete:
        return
    there = {name for arc in _arcs(subject, WIDER_NARROWER) for name in (arc.source, arc.target)}
    totals = {arc.source for arc in _arcs(subject, *SUMMATIONS)}
    notes = frozenset(rule.texts("notes"))
    presented = {name for arc in _arcs(subject, PARENT_CHILD) for name in (arc.source, arc.target)}
    for concept in subject.own_concepts:
        is_line = concept.kind == "item" and not concept.abstract
        is_there = concept.qname in subject.used or concept.qname in presented
        if not is_line or not is_there or concept.qname in there or concept.qname in totals:
            continue
        if notes and _is_below(concept.qname, notes, taxonomy):
            continue
        fix = "say which concept of the core taxonomy is the closest wider one"
        yield subject.finding(rule, f"{concept.qname} is not anchored", fix, at=at_concept(concept.qname))


def _is_below(name: QName, above: frozenset[str], taxonomy: Taxonomy) -> bool:
    """Whether every presentation of a concept is below one of some concepts."""

    @cache
    def leads_up(child: QName, role: str) -> bool:
        if child.local_name in above:
            return True
        return any(
            leads_up(arc.source, role) for arc in taxonomy.network(PARENT_CHILD, role).to(child) if arc.source != child
        )

    roles = [role for role in taxonomy.roles_of(PARENT_CHILD) if taxonomy.network(PARENT_CHILD, role).to(name)]
    try:
        return bool(roles) and all(leads_up(name, role) for role in roles)
    except RecursionError:  # a cycle, which the rules on taxonomies report
        return False


# Presentation


@kind_on("taxonomy")
def networks_used(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Line items in the filer's networks of ``links`` (``presentation`` …) are used by facts."""
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.report.facts:
        return
    chosen = rule.texts("links") or ("presentation", "calculation", "definition")
    arcroles = {
        "presentation": (PARENT_CHILD,),
        "calculation": SUMMATIONS,
        "definition": (ALL, DOMAIN_MEMBER, DIMENSION_DOMAIN),
    }
    names: dict[QName, None] = {}
    for link in chosen:
        for arcrole in arcroles[link]:
            for _, network in subject.own_networks(arcrole):
                names.update((name, None) for arc in network for name in (arc.source, arc.target))
    for name in names:
        concept = taxonomy.concept(name)
        is_line = concept is not None and concept.kind == "item" and not concept.abstract
        is_domain = (
            concept is not None and concept.datatype is not None and concept.datatype.standard == "domainItemType"
        )
        if is_line and not is_domain and name not in subject.used:
            yield subject.finding(
                rule, f"{name} is in the taxonomy, but no fact uses it", "take it out", at=at_concept(name)
            )


@kind_on("taxonomy")
def in_definitions(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every concept that facts use stands in a definition network."""
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.complete:
        return
    there = {
        name
        for arc in _arcs(subject, ALL, NOT_ALL, DIMENSION_DOMAIN, DOMAIN_MEMBER)
        for name in (arc.source, arc.target)
    }
    for name in dict.fromkeys(fact.concept for fact in subject.report.facts):
        if name not in there and taxonomy.concept(name) is not None:
            yield subject.finding(
                rule, f"{name} is used, but in no definition", "add it to a hypercube", at=at_concept(name)
            )


@kind_on("taxonomy")
def statements_apart(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Primary statements, which begin with one of ``roots``, have a role each."""
    for role, network in subject.own_networks(PARENT_CHILD):
        roots = [root for root in network.roots if network.from_(root)]
        statements = [root for root in roots if root.local_name in rule.texts("roots")]
        if statements and len(roots) > 1:
            message = f"the role {role} has several hierarchies: {list_text(map(str, roots))}"
            yield subject.finding(rule, message, "give each a role of its own", at=Location(item=role))


@kind_on("taxonomy")
def statement_presented(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A presentation begins with one of ``roots``, the primary statements."""
    if not subject.complete:
        return
    roots = {root.local_name for _, network in subject.own_networks(PARENT_CHILD) for root in network.roots}
    if roots and roots.isdisjoint(rule.texts("roots")):
        fix = f"begin one with {list_text(rule.texts('roots'), last=' or ')}"
        yield subject.finding(rule, "no presentation is a primary statement", fix)


@kind_on("taxonomy")
def presented_sums(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Ends of a calculation are presented together; with ``reported`` only those with facts in one context."""
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.complete:
        return
    groups: dict[QName, set[str]] = {}
    for role in taxonomy.roles_of(PARENT_CHILD):
        for arc in taxonomy.network(PARENT_CHILD, role):
            groups.setdefault(arc.source, set()).add(role)
            groups.setdefault(arc.target, set()).add(role)
    contexts: dict[QName, set[object]] = {}
    for fact in subject.report.facts:
        contexts.setdefault(fact.concept, set()).add(fact.context)
    for _, network in subject.own_networks(*SUMMATIONS):
        for arc in network:
            is_meant = not rule.parameters.get("reported") or contexts.get(arc.source, set()) & contexts.get(
                arc.target, set()
            )
            if is_meant and not groups.get(arc.source, set()) & groups.get(arc.target, set()):
                message = f"{arc.target} and its total {arc.source} are in no presentation together"
                yield subject.finding(rule, message, "present them in one role", at=at_arc(arc))


@kind_on("taxonomy")
def calculation_present(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Where facts are of namespaces that fit ``pattern``, there is a calculation."""
    taxonomy = subject.taxonomy
    is_needed = any(rule.pattern().fullmatch(fact.concept.namespace) for fact in subject.report.facts)
    if is_needed and subject.complete and taxonomy is not None and not taxonomy.roles_of(*SUMMATIONS):
        yield subject.finding(rule, "the statements are tagged, but nothing is added up", "add a calculation linkbase")


@kind_on("taxonomy")
def declared_currency(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Amounts of the primary statements (``roots``) are tagged in the currency that most of them have."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return
    presented: set[QName] = set()
    for _, network in subject.own_networks(PARENT_CHILD):
        if any(root.local_name in rule.texts("roots") for root in network.roots):
            presented |= {name for arc in network for name in (arc.source, arc.target)}
    currencies: dict[str, int] = {}
    by_concept: dict[QName, set[str]] = {}
    for fact in subject.report.facts:
        datatype = subject.datatype(fact.concept)
        if datatype is None or not datatype.is_monetary or fact.unit is None or fact.concept not in presented:
            continue
        currency = str(fact.unit)
        currencies[currency] = currencies.get(currency, 0) + 1
        by_concept.setdefault(fact.concept, set()).add(currency)
    declared = max(currencies, key=lambda currency: (currencies[currency], currency), default=None)
    for name, used in by_concept.items():
        if declared is not None and declared not in used:
            message = f"{name} is tagged in {list_text(sorted(used))} only, the statements in {declared}"
            yield subject.finding(rule, message, "tag it in the currency of the statements", at=at_concept(name))
