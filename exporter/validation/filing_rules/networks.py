"""Kinds of rules on the relationships of a taxonomy: presentation, calculation, definition, anchoring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.concept import Concept
from exporter.taxonomy.networks import (
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    NOT_ALL,
    PARENT_CHILD,
    SUMMATIONS,
    Network,
    Relationship,
)
from exporter.validation.filing_rules.subject import FilingSubject, Kind, fault

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


def presented(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every concept, axis and member that is used stands in a presentation."""
    if subject.taxonomy is None:
        return
    arcs = [arc for arc in subject.taxonomy.relationships if arc.arcrole == PARENT_CHILD]
    there = {name for arc in arcs for name in (arc.source, arc.target)}
    for name in sorted(subject.used, key=lambda one: one.sort_key):
        # An arc to a declaration that is not at hand is not known.
        if name not in there and (subject.complete or subject.taxonomy.concept(name) is not None):
            yield fault(
                rule, f"{name} is used, but not presented", "add it to a presentation", at=Location(item=str(name))
            )


def one_root(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A presentation has one root; where some of its declarations are not at hand, that is not judged."""
    if not subject.complete:
        return
    for role, network in _own_networks(subject, PARENT_CHILD):
        if len(network.roots) > 1:
            names = list_text(map(str, network.roots))
            yield fault(rule, f"the presentation {role} has several roots: {names}", at=Location(item=role))


def distinct_orders(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Children of one parent are told apart by their order."""
    for role, network in _own_networks(subject, PARENT_CHILD):
        for parent in dict.fromkeys(arc.source for arc in network):
            counts = Counter(arc.order for arc in network.from_(parent))
            for order in (one for one, count in counts.items() if count > 1):
                message = f"several children of {parent} have the order {order} in {role}"
                yield fault(rule, message, "number them", at=Location(item=str(parent)))


def distinct_labels_of_pairs(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A child that stands twice under one parent has another preferred label each time."""
    for _, network in _own_networks(subject, PARENT_CHILD):
        seen: set[tuple[QName, QName, str | None]] = set()
        for arc in network:
            key = (arc.source, arc.target, arc.preferred_label)
            if key in seen:
                yield fault(rule, f"{arc.target} stands twice under {arc.source} with one label", at=_at(arc))
            seen.add(key)


def calculation_weights(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Weights are 1 or -1, nothing adds to itself, and what is added has one kind of period."""
    for _, network in _own_networks(subject, *SUMMATIONS):
        for arc in network:
            if arc.weight is not None and abs(arc.weight) != 1:
                yield fault(
                    rule, f"the weight of {arc.target} in {arc.source} is {arc.weight}", "use 1 or -1", at=_at(arc)
                )
            if arc.source == arc.target:
                yield fault(rule, f"{arc.source} adds to itself", "take it out", at=_at(arc))
            kinds = {concept.period_type for name in (arc.source, arc.target) if (concept := _concept(subject, name))}
            if len(kinds) > 1:
                yield fault(rule, f"{arc.target} and its total {arc.source} have other kinds of period", at=_at(arc))


def _concept(subject: FilingSubject, name: QName) -> Concept | None:
    return subject.taxonomy.concept(name) if subject.taxonomy is not None else None


def calculation_arcroles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Calculations use the ``arcroles`` that are listed."""
    for arcrole in SUMMATIONS:
        if arcrole in rule.texts("arcroles"):
            continue
        for role, _ in _own_networks(subject, arcrole):
            mend = f"use {list_text(rule.texts('arcroles'), last=' or ')}"
            yield fault(rule, f"the calculation {role} has the arcrole {arcrole}", mend, at=Location(item=role))


def domains_are_members(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The domain of an axis is of the type for domains."""
    for _, network in _own_networks(subject, DIMENSION_DOMAIN, DIMENSION_DEFAULT):
        for arc in network:
            datatype = subject.datatype(arc.target)
            if datatype is not None and datatype.standard != "domainItemType":
                yield fault(
                    rule, f"{arc.target} is the domain of {arc.source}, but of type {datatype.standard}", at=_at(arc)
                )


def no_not_all(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Hypercubes are not excluded from anything."""
    for _, network in _own_networks(subject, NOT_ALL):
        for arc in network:
            yield fault(
                rule, f"{arc.source} excludes the hypercube {arc.target}", "use all instead of notAll", at=_at(arc)
            )


def default_role(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Default members stand in the dedicated ``role``."""
    for role, network in _own_networks(subject, DIMENSION_DEFAULT):
        if role != rule.text("role"):
            for arc in network:
                yield fault(
                    rule,
                    f"the default of {arc.source} stands in {role}",
                    f"put it into {rule.text('role')}",
                    at=_at(arc),
                )


def anchored(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own line items that facts use are anchored: wider or narrower than a concept of the core taxonomy.

    Text blocks are exempt; what is told only in the notes cannot be told from the rest, so it is spoken of too.
    """
    if subject.taxonomy is None or not subject.complete:
        return
    arcs = [arc for arc in subject.taxonomy.relationships if arc.arcrole == WIDER_NARROWER]
    there = {name for arc in arcs for name in (arc.source, arc.target)}
    for concept in subject.own_concepts:
        is_line = concept.kind == "item" and not concept.abstract and concept.is_numeric
        if is_line and concept.qname in subject.used and concept.qname not in there:
            mend = "say which concept of the core taxonomy is the closest wider one"
            yield fault(rule, f"{concept.qname} is not anchored", mend, at=Location(item=str(concept.qname)))


def anchors(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An anchor joins one own concept and one of the core taxonomy."""
    for _, network in _own_networks(subject, WIDER_NARROWER):
        for arc in network:
            if subject.is_own(arc.source) == subject.is_own(arc.target):
                yield fault(rule, f"{arc.source} and {arc.target} are joined, but not own and core", at=_at(arc))


KINDS: Final[dict[str, Kind]] = {
    "presented": presented,
    "one-root": one_root,
    "distinct-orders": distinct_orders,
    "distinct-preferred-labels": distinct_labels_of_pairs,
    "calculation-weights": calculation_weights,
    "calculation-arcroles": calculation_arcroles,
    "domains-are-members": domains_are_members,
    "no-not-all": no_not_all,
    "default-role": default_role,
    "anchored": anchored,
    "anchors": anchors,
}
