"""Kinds of rules on a taxonomy's relationships (presentation, calculation, definition, anchors), labels, references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.concepts import Concept, Label
from exporter.taxonomy.networks import (
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    NOT_ALL,
    PARENT_CHILD,
    SUMMATIONS,
    Network,
    Relationship,
)
from exporter.validation.filing_rules.subject import FilingSubject, kind

WIDER_NARROWER: Final = "http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"


def _at(arc: Relationship) -> Location:
    return Location(item=f"{arc.source} to {arc.target} in {arc.role}")


def _own_networks(subject: FilingSubject, *arcroles: str) -> Iterator[tuple[str, Network]]:
    """The filer's own networks, by role."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return
    for arcrole in arcroles:
        for role in taxonomy.roles_of(arcrole):
            if not subject.table.is_standard(role):
                yield role, taxonomy.network(arcrole, role)


@kind
def presented(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every concept, axis and member that is used stands in a presentation."""
    if subject.taxonomy is None:
        return
    arcs = [arc for arc in subject.taxonomy.relationships if arc.arcrole == PARENT_CHILD]
    there = {name for arc in arcs for name in (arc.source, arc.target)}
    for name in sorted(subject.used, key=lambda used_name: used_name.sort_key):
        # An arc to a declaration that is not available is not known.
        if name not in there and (subject.complete or subject.taxonomy.concept(name) is not None):
            yield subject.finding(
                rule, f"{name} is used, but not presented", "add it to a presentation", at=Location(item=str(name))
            )


@kind
def one_root(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A presentation has one root; where some of its declarations are not available, that is not checked."""
    if not subject.complete:
        return
    for role, network in _own_networks(subject, PARENT_CHILD):
        if len(network.roots) > 1:
            names = list_text(map(str, network.roots))
            yield subject.finding(rule, f"the presentation {role} has several roots: {names}", at=Location(item=role))


@kind
def distinct_orders(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Children of one parent have different orders."""
    for role, network in _own_networks(subject, PARENT_CHILD):
        for parent in dict.fromkeys(arc.source for arc in network):
            counts = Counter(arc.order for arc in network.from_(parent))
            for order in (repeated for repeated, count in counts.items() if count > 1):
                message = f"several children of {parent} have the order {order} in {role}"
                yield subject.finding(rule, message, "number them", at=Location(item=str(parent)))


@kind
def distinct_preferred_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A child that stands twice under one parent has another preferred label each time."""
    for _, network in _own_networks(subject, PARENT_CHILD):
        seen: set[tuple[QName, QName, str | None]] = set()
        for arc in network:
            key = (arc.source, arc.target, arc.preferred_label)
            if key in seen:
                yield subject.finding(rule, f"{arc.target} stands twice under {arc.source} with one label", at=_at(arc))
            seen.add(key)


@kind
def calculation_weights(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Weights are 1 or -1, nothing adds to itself, and what is added has one kind of period."""
    for _, network in _own_networks(subject, *SUMMATIONS):
        for arc in network:
            if arc.weight is not None and abs(arc.weight) != 1:
                yield subject.finding(
                    rule, f"the weight of {arc.target} in {arc.source} is {arc.weight}", "use 1 or -1", at=_at(arc)
                )
            if arc.source == arc.target:
                yield subject.finding(rule, f"{arc.source} adds to itself", "take it out", at=_at(arc))
            kinds = {concept.period_type for name in (arc.source, arc.target) if (concept := _concept(subject, name))}
            if len(kinds) > 1:
                yield subject.finding(
                    rule, f"{arc.target} and its total {arc.source} have other kinds of period", at=_at(arc)
                )


def _concept(subject: FilingSubject, name: QName) -> Concept | None:
    return subject.taxonomy.concept(name) if subject.taxonomy is not None else None


@kind
def calculation_arcroles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Calculations use the ``arcroles`` that are listed."""
    for arcrole in SUMMATIONS:
        if arcrole in rule.texts("arcroles"):
            continue
        for role, _ in _own_networks(subject, arcrole):
            fix = f"use {list_text(rule.texts('arcroles'), last=' or ')}"
            yield subject.finding(
                rule, f"the calculation {role} has the arcrole {arcrole}", fix, at=Location(item=role)
            )


@kind
def domains_are_members(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The domain of an axis is of the type for domains."""
    for _, network in _own_networks(subject, DIMENSION_DOMAIN, DIMENSION_DEFAULT):
        for arc in network:
            datatype = subject.datatype(arc.target)
            if datatype is not None and datatype.standard != "domainItemType":
                yield subject.finding(
                    rule, f"{arc.target} is the domain of {arc.source}, but of type {datatype.standard}", at=_at(arc)
                )


@kind
def no_not_all(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Hypercubes are not excluded from anything."""
    for _, network in _own_networks(subject, NOT_ALL):
        for arc in network:
            yield subject.finding(
                rule, f"{arc.source} excludes the hypercube {arc.target}", "use all instead of notAll", at=_at(arc)
            )


@kind
def default_role(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Default members stand in the dedicated ``role``."""
    for role, network in _own_networks(subject, DIMENSION_DEFAULT):
        if role != rule.text("role"):
            for arc in network:
                yield subject.finding(
                    rule,
                    f"the default of {arc.source} stands in {role}",
                    f"put it into {rule.text('role')}",
                    at=_at(arc),
                )


@kind
def anchored(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own line items that facts use are anchored: wider or narrower than a concept of the core taxonomy.

    Text blocks are exempt. What stands only in the notes is reported too: it cannot be distinguished from the rest.
    """
    if subject.taxonomy is None or not subject.complete:
        return
    arcs = [arc for arc in subject.taxonomy.relationships if arc.arcrole == WIDER_NARROWER]
    there = {name for arc in arcs for name in (arc.source, arc.target)}
    for concept in subject.own_concepts:
        is_line = concept.kind == "item" and not concept.abstract and concept.is_numeric
        if is_line and concept.qname in subject.used and concept.qname not in there:
            fix = "say which concept of the core taxonomy is the closest wider one"
            yield subject.finding(rule, f"{concept.qname} is not anchored", fix, at=Location(item=str(concept.qname)))


@kind
def anchors(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An anchor joins one own concept and one of the core taxonomy."""
    for _, network in _own_networks(subject, WIDER_NARROWER):
        for arc in network:
            if subject.is_own(arc.source) == subject.is_own(arc.target):
                yield subject.finding(
                    rule, f"{arc.source} and {arc.target} are joined, but not own and core", at=_at(arc)
                )


_NUMERIC_ROLES: Final = label_roles.NEGATED_ROLES | {
    label_roles.POSITIVE,
    label_roles.POSITIVE_TERSE,
    label_roles.POSITIVE_VERBOSE,
    label_roles.NEGATIVE,
    label_roles.NEGATIVE_TERSE,
    label_roles.NEGATIVE_VERBOSE,
    label_roles.ZERO,
    label_roles.ZERO_TERSE,
    label_roles.ZERO_VERBOSE,
}
_WIDE: Final = re.compile("[\uff01-\uff5e\u3000]")


def _of(name: QName) -> Location:
    return Location(item=str(name))


def _own_labels(subject: FilingSubject) -> Iterator[Label]:
    if subject.taxonomy is not None:
        yield from (label for label in subject.taxonomy.labels if subject.is_own(label.concept))


def _is_in(label: Label, language: str) -> bool:
    return label.language.lower().partition("-")[0] == language.lower().partition("-")[0]


@kind
def standard_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have a standard label in ``language``."""
    language = rule.text("language", "en")
    for concept in subject.own_concepts:
        labels = subject.taxonomy.labels_of(concept.qname) if subject.taxonomy is not None else ()
        if not any(label.role == label_roles.STANDARD and _is_in(label, language) for label in labels):
            yield subject.finding(
                rule, f"{concept.qname} has no label in {language}", "add a label", at=_of(concept.qname)
            )


@kind
def labels_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A concept has one label in a role and language."""
    seen: set[tuple[QName, str, str]] = set()
    for label in _own_labels(subject):
        key = (label.concept, label.role, label.language.lower())
        if key in seen:
            message = f"{label.concept} has two labels of one role in {label.language}"
            yield subject.finding(rule, message, "keep one", at=_of(label.concept))
        seen.add(key)


@kind
def unique_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two concepts have the same standard label in one language."""
    seen: dict[tuple[str, str], QName] = {}
    for label in _own_labels(subject):
        if label.role != label_roles.STANDARD:
            continue
        first = seen.setdefault((label.language.lower(), label.text.strip().lower()), label.concept)
        if first != label.concept:
            message = f"{label.concept} and {first} have the same label: {label.text!r}"
            yield subject.finding(rule, message, "distinguish them by their labels", at=_of(label.concept))


@kind
def label_texts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels are no longer than ``limit``, have no blanks at their ends or doubled, and no ``<``."""
    for label in _own_labels(subject):
        if label.role == label_roles.DOCUMENTATION:
            continue
        reason = None
        if len(label.text) > rule.number_of("limit", 511):
            reason = f"is longer than {rule.number_of('limit', 511)} characters"
        elif label.text != label.text.strip() or "  " in label.text:
            reason = "has blanks at an end, or several together"
        elif "<" in label.text:
            reason = "has a '<'"
        if reason is not None:
            yield subject.finding(
                rule, f"the label {label.text[:60]!r} of {label.concept} {reason}", at=_of(label.concept)
            )


@kind
def numeric_label_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Label roles for numbers stand on numbers only."""
    for label in _own_labels(subject):
        datatype = subject.datatype(label.concept)
        if label.role in _NUMERIC_ROLES and datatype is not None and not datatype.is_numeric:
            role = label.role.rpartition("/")[2]
            yield subject.finding(
                rule, f"{label.concept} is no number, but has a {role}", "use another role", at=_of(label.concept)
            )


@kind
def name_from_label(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An own name is its English label in capitalised words; words that labels add in brackets do not count."""
    taxonomy = subject.taxonomy
    for concept in subject.own_concepts if taxonomy is not None else ():
        label = taxonomy.label(concept.qname) if taxonomy is not None else None
        if label is None:
            continue
        name = concept.qname.local_name
        words = {word.lower() for word in re.findall(r"[A-Za-z0-9]+", label)}
        first = re.match(r"[A-Z][a-z0-9]*|[A-Z0-9]+", name)
        if first is not None and words and not _shares_words(name, words):
            message = f"the name {name} has nothing of its label {label!r}"
            yield subject.finding(rule, message, "make the name of the words of the label", at=_of(concept.qname))


def _shares_words(name: str, words: set[str]) -> bool:
    lowered = name.lower()
    return any(len(word) > 2 and word in lowered for word in words) or any(word in lowered for word in words)


@kind
def no_wide_characters(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels in ``language`` have no full-width characters."""
    for label in _own_labels(subject):
        if _is_in(label, rule.text("language", "en")) and _WIDE.search(label.text):
            message = f"the label {label.text[:60]!r} of {label.concept} has full-width characters"
            yield subject.finding(rule, message, "write it in half width", at=_of(label.concept))


@kind
def no_new_documentation(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Standard concepts keep their definitions: none of the filer's stands beside one of theirs."""
    seen: set[tuple[QName, str]] = set()
    for label in subject.taxonomy.labels if subject.taxonomy is not None else ():
        if label.role != label_roles.DOCUMENTATION or subject.is_own(label.concept):
            continue
        key = (label.concept, label.language.lower())
        concept = subject.taxonomy.concept(label.concept) if subject.taxonomy is not None else None
        if key in seen or (subject.complete and concept is None):
            message = f"the standard {label.concept} is given a definition"
            yield subject.finding(rule, message, "take the definition out", at=_of(label.concept))
        seen.add(key)


@kind
def no_references(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have no references."""
    references = subject.taxonomy.references if subject.taxonomy is not None else ()
    for name in dict.fromkeys(reference.concept for reference in references if subject.is_own(reference.concept)):
        yield subject.finding(rule, f"{name} has a reference", "take it out", at=_of(name))
