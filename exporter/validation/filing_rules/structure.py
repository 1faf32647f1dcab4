"""Kinds of rules on how a taxonomy is laid out: order of groups, domains, tables, sums and where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    NOT_ALL,
    PARENT_CHILD,
    SUMMATIONS,
    Relationship,
)
from exporter.validation.filing_rules.subject import FilingSubject, at_arc, at_concept, kind, kind_on

_LEVELS: Final = (" - Document - ", " - Statement - ")
_DETAILS: Final = (" (Polic", " (Table", " (Detail")
_NUMBERED: Final = re.compile(r"([0-9]+) - ")
_AT_INSTANT: Final = frozenset({label_roles.PERIOD_START, label_roles.PERIOD_END})
_NEXT_ARCROLES: Final = {ALL: HYPERCUBE_DIMENSION, HYPERCUBE_DIMENSION: DIMENSION_DOMAIN}
_STATEMENT: Final = re.compile(r"[^-]+-\s+Statement\s+-\s")
_WITH_BALANCE: Final = re.compile(r"[^-]+-\s+Statement\s+-\s.*(?:income|balance|financial\W+position)", re.IGNORECASE)
_TOTALS: Final = frozenset({label_roles.TOTAL, label_roles.NEGATED_TOTAL})


def _level(definition: str) -> int:
    """Cover, statements, notes, policies, tables, details."""
    for level, mark in enumerate(_LEVELS):
        if mark in definition:
            return level
    return next((level for level, mark in enumerate(_DETAILS, start=3) if mark in definition), 2)


@kind_on("taxonomy")
def role_order(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Groups of the presentation come in order: cover, statements, notes, policies, tables, details."""
    if subject.taxonomy is None:
        return
    definitions = {role.uri: role.definition or "" for role in subject.taxonomy.roles}
    titles = [definitions.get(role, "") for role, network in subject.own_networks(PARENT_CHILD) if len(list(network))]
    numbered = sorted((match[1], text) for text in titles if (match := _NUMBERED.match(text)) is not None)
    last, before = 0, ""
    for _, text in numbered:
        if _level(text) < last:
            message = f"the group {text!r} stands behind {before!r}"
            yield subject.finding(rule, message, "number the cover first, then statements, notes, details")
        last, before = max(last, _level(text)), text


@kind_on("taxonomy")
def line_items_abstract(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own names that end in LineItems are abstract."""
    for concept in subject.own_concepts:
        if concept.qname.local_name.endswith("LineItems") and not concept.abstract:
            yield subject.finding(
                rule, f"{concept.qname} is not abstract", "declare it abstract", at=at_concept(concept.qname)
            )


@kind_on("taxonomy")
def domain_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The type of domains stands with names that end in Domain or Member, and the reverse."""
    for concept in subject.own_concepts:
        if concept.datatype is not None:
            is_named = concept.qname.local_name.endswith(("Domain", "Member"))
            if is_named != (concept.datatype.standard == "domainItemType"):
                message = f"{concept.qname} is of type {concept.datatype.standard}"
                fix = "names in Domain or Member have the type domainItemType, and no others"
                yield subject.finding(rule, message, fix, at=at_concept(concept.qname))


@kind_on("taxonomy")
def domain_periods(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Domains and members are declared for a duration."""
    for concept in subject.own_concepts:
        is_domain = concept.datatype is not None and concept.datatype.standard == "domainItemType"
        if is_domain and concept.period_type == "instant":
            yield subject.finding(
                rule, f"{concept.qname} holds at an instant", "make it a duration", at=at_concept(concept.qname)
            )


@kind_on("taxonomy")
def labels_in_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What has a label of a role in another language has one of that role in ``language``, too."""
    language = rule.text("language", "en-US").lower()
    if subject.taxonomy is None:
        return
    languages: dict[tuple[QName, str], set[str]] = {}
    for label in subject.taxonomy.labels:
        if label.concept in subject.used:
            languages.setdefault((label.concept, label.role), set()).add(label.language.lower())
    for (concept, role), tags in languages.items():
        if not any(tag.partition("-")[0] == language.partition("-")[0] for tag in tags):
            name = role.rpartition("/")[2]
            message = f"{concept} has a {name} in {list_text(sorted(tags))} and none in {language}"
            yield subject.finding(rule, message, f"add one in {language}", at=at_concept(concept))


@kind_on("taxonomy")
def trimmed_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels neither begin nor end with white space."""
    for label in subject.taxonomy.labels if subject.taxonomy is not None else ():
        if subject.is_own(label.concept) and label.text != label.text.strip():
            message = f"the label {label.text.strip()[:60]!r} of {label.concept} has white space at an end"
            yield subject.finding(rule, message, "take it out", at=at_concept(label.concept))


@kind_on("taxonomy")
def period_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels for the start or the end of a period are preferred for concepts at an instant only."""
    for _, network in subject.own_networks(PARENT_CHILD):
        for arc in network:
            concept = subject.taxonomy.concept(arc.target) if subject.taxonomy is not None else None
            if arc.preferred_label in _AT_INSTANT and concept is not None and concept.period_type == "duration":
                message = f"{arc.target} lasts, and is shown with the label of a period's start or end"
                yield subject.finding(rule, message, "prefer another label", at=at_arc(arc))


@kind_on("taxonomy")
def axis_domains(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An explicit axis that is presented has a domain below it."""
    taxonomy = subject.taxonomy
    for role, network in subject.own_networks(PARENT_CHILD) if taxonomy is not None else ():
        for name in dict.fromkeys(arc.target for arc in network):
            concept = taxonomy.concept(name) if taxonomy is not None else None
            if concept is None or not concept.is_explicit_dimension:
                continue
            types = [subject.datatype(arc.target) for arc in network.from_(name)]
            if not any(datatype is None or datatype.standard == "domainItemType" for datatype in types):
                message = f"the axis {name} has no domain below it in {role}, which hides every fact"
                yield subject.finding(rule, message, "present its domain and members", at=at_concept(name))


@kind_on("taxonomy")
def calculation_cycles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Nothing is summed into itself."""
    for role, network in subject.own_networks(*SUMMATIONS):
        for name in dict.fromkeys(arc.source for arc in network):
            waiting, seen = [name], set[QName]()
            while waiting:
                for arc in network.from_(waiting.pop()):
                    if arc.target not in seen:
                        seen.add(arc.target)
                        waiting.append(arc.target)
            if name in seen:
                message = f"{name} is summed into itself in {role}"
                yield subject.finding(rule, message, "take one of the sums out", at=at_concept(name))
                break


@kind_on("taxonomy")
def members_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """In the tree of a table or of an axis everything stands once."""
    for role, network in subject.own_networks(DOMAIN_MEMBER):
        parents: dict[QName, set[QName]] = {}
        for arc in network:
            parents.setdefault(arc.target, set()).add(arc.source)
        for name, sources in parents.items():
            roots = [_root(source, parents) for source in sorted(sources, key=lambda concept: concept.sort_key)]
            if len(roots) != len(set(roots)) or name in roots:
                message = f"{name} stands twice in one tree of members in {role}"
                yield subject.finding(rule, message, "take one of its places out", at=at_concept(name))


def _root(name: QName, parents: dict[QName, set[QName]]) -> QName:
    seen: set[QName] = set()
    while (above := parents.get(name)) and name not in seen:
        seen.add(name)
        name = min(above, key=lambda parent: parent.sort_key)
    return name


@kind_on("taxonomy")
def consecutive_relationships(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A relationship that names a role to go on in is gone on with there."""
    taxonomy = subject.taxonomy
    for _, network in subject.own_networks(ALL, HYPERCUBE_DIMENSION, DIMENSION_DOMAIN, DOMAIN_MEMBER):
        for arc in network if taxonomy is not None else ():
            if arc.target_role is None or taxonomy is None:
                continue
            following = _NEXT_ARCROLES.get(arc.arcrole, DOMAIN_MEMBER)
            if not list(taxonomy.network(following, arc.target_role).from_(arc.target)):
                message = f"{arc.target} goes on in {arc.target_role}, where nothing follows"
                yield subject.finding(rule, message, "take the target role out, or relate it there", at=at_arc(arc))


@kind
def standard_axes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No own axis is used where a standard one is preferred: ``axes`` has names of own axes by the standard one."""
    axes = dict.fromkeys(dimension.axis for fact in subject.report.facts for dimension in fact.dimensions)
    patterns = {name: re.compile(str(pattern)) for name, pattern in rule.texts_by_name("axes").items()}
    for axis in axes:
        for name, pattern in patterns.items():
            if subject.is_own(axis) and pattern.fullmatch(axis.local_name):
                message = f"{axis} is used, and {name} is preferred"
                yield subject.finding(rule, message, f"use {name}", at=at_concept(axis))


# Balances and sums in statements


def _definition(subject: FilingSubject, role: str) -> str:
    return subject.taxonomy.definition(role) if subject.taxonomy is not None else ""


@kind_on("taxonomy")
def statement_balances(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own amounts in a balance sheet or a statement of income are debit or credit."""
    reported: set[QName] = set()
    for role, network in subject.own_networks(PARENT_CHILD):
        for arc in network if _WITH_BALANCE.match(_definition(subject, role)) else ():
            concept = subject.taxonomy.concept(arc.target) if subject.taxonomy is not None else None
            if concept is None or concept.datatype is None or not subject.is_own(arc.target):
                continue
            if concept.datatype.is_monetary and concept.balance is None and arc.target not in reported:
                reported.add(arc.target)
                message = f"{arc.target} stands in a statement, and is neither debit nor credit"
                yield subject.finding(rule, message, "say which", at=at_concept(arc.target))


@kind_on("taxonomy")
def totals_calculated(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What is shown as the total of what precedes it is a total of a calculation; ``statements`` chooses the groups."""
    taxonomy, in_statements = subject.taxonomy, bool(rule.parameters.get("statements"))
    if taxonomy is None:
        return
    totals = {arc.source for arc in taxonomy.relationships if arc.arcrole in SUMMATIONS}
    reported = {(fact.concept, fact.context) for fact in subject.report.facts if fact.value is not None}
    contexts: dict[QName, set[object]] = {}
    for name, context in reported:
        contexts.setdefault(name, set()).add(context)
    for role, network in subject.own_networks(PARENT_CHILD):
        if bool(_STATEMENT.match(_definition(subject, role))) != in_statements:
            continue
        for parent in dict.fromkeys(arc.source for arc in network):
            parts: list[QName] = []
            for arc in network.from_(parent):
                datatype = subject.datatype(arc.target)
                if arc.preferred_label in _TOTALS and arc.target not in totals:
                    summed = [part for part in parts if contexts.get(part, set()) & contexts.get(arc.target, set())]
                    if len(summed) > 1:
                        message = f"{arc.target} is shown as a total in {role}, and no calculation adds it up"
                        yield subject.finding(rule, message, "add the calculation", at=at_arc(arc))
                if datatype is not None and datatype.is_numeric and arc.target != parent:
                    parts.append(arc.target)


@kind_on("taxonomy")
def sums_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A total that is reported has other parts in each role in which it is added up."""
    roles: dict[tuple[QName, frozenset[QName]], str] = {}
    for role, network in subject.own_networks(*SUMMATIONS):
        for total in dict.fromkeys(arc.source for arc in network):
            parts = frozenset(arc.target for arc in network.from_(total))
            first = roles.setdefault((total, parts), role)
            if first != role and total in subject.used:
                message = f"{total} is added up of the same parts in {first} and {role}"
                yield subject.finding(rule, message, "leave one of them out", at=at_concept(total))


# Tables


def _tables(subject: FilingSubject, arcrole: str) -> Iterator[Relationship]:
    for _, network in subject.own_networks(arcrole):
        yield from network


@kind_on("taxonomy")
def one_table(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Line items have one table in a role."""
    first: dict[tuple[str, QName], QName] = {}
    for arc in _tables(subject, ALL):
        table = first.setdefault((arc.role, arc.source), arc.target)
        if table != arc.target:
            message = f"{arc.source} has two tables in {arc.role}: {table} and {arc.target}"
            yield subject.finding(rule, message, "put one into a role of its own", at=at_arc(arc))


@kind_on("taxonomy")
def open_exclusions(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A table that is excluded (``notAll``) is open, or it would exclude nothing that it is meant to."""
    for arc in _tables(subject, NOT_ALL):
        if arc.closed:
            message = f"{arc.source} excludes the closed table {arc.target}"
            yield subject.finding(rule, message, 'write xbrldt:closed="false"', at=at_arc(arc))


@kind_on("taxonomy")
def exclusions_of_others(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No table is both included and excluded in one role."""
    included = {(arc.role, arc.target) for arc in _tables(subject, ALL)}
    for arc in _tables(subject, NOT_ALL):
        if (arc.role, arc.target) in included:
            message = f"the table {arc.target} is included and excluded in {arc.role}"
            yield subject.finding(rule, message, "exclude another table", at=at_arc(arc))


@kind_on("taxonomy")
def excluded_axes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An axis of an excluded table stands in a table of the same line items, or of what they are below."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return

    def axes(arc: Relationship) -> set[QName]:
        network = taxonomy.network(HYPERCUBE_DIMENSION, arc.next_role)
        return {dimension.target for dimension in network.from_(arc.target)}

    included: dict[tuple[str, QName], set[QName]] = {}
    for arc in _tables(subject, ALL):
        included.setdefault((arc.role, arc.source), set()).update(axes(arc))
    for arc in _tables(subject, NOT_ALL):
        allowed: set[QName] = set()
        waiting, seen = [arc.source], {arc.source}
        while waiting:
            name = waiting.pop()
            allowed |= included.get((arc.role, name), set())
            above = [parent.source for parent in taxonomy.network(DOMAIN_MEMBER, arc.role).to(name)]
            waiting += [parent for parent in above if parent not in seen]
            seen.update(above)
        for axis in sorted(axes(arc) - allowed, key=lambda name: name.sort_key):
            message = f"members of {axis} are excluded from {arc.source}, and no table of it has the axis"
            yield subject.finding(rule, message, "include the axis in a table first", at=at_arc(arc))
