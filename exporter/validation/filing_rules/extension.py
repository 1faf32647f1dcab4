"""Kinds of rules on the filer's own taxonomy: namespace, declarations and roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlsplit

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.concepts import Concept, RoleType, element_id
from exporter.validation.filing_rules.subject import FilingSubject, at_concept, kind_on

_LEGAL_FORMS: Final = frozenset(
    {"ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kk", "limited", "llc", "lp"}
    | {"ltd", "nv", "plc", "sa", "se", "spa"}
)


@kind_on("taxonomy")
def own_namespace(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The namespace of the filer's own names fits ``pattern``; with ``dated`` its date is the end of the period."""
    end = subject.period_end
    for namespace in dict.fromkeys(concept.qname.namespace for concept in subject.own_concepts):
        match = rule.pattern().fullmatch(namespace)
        if match is None:
            yield subject.finding(
                rule, f"the namespace {namespace} is not of the form asked for", rule.text("example") or None
            )
        elif rule.parameters.get("dated") and end is not None and re.sub(r"\D", "", match[1]) != f"{end:%Y%m%d}":
            yield subject.finding(
                rule, f"the namespace {namespace} is not dated {end}", "date it with the end of the period"
            )


@kind_on("taxonomy")
def concept_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The names of own declarations fit ``pattern`` and are no longer than ``limit`` bytes."""
    for concept in subject.own_concepts:
        name = concept.qname.local_name
        if not rule.pattern().fullmatch(name):
            fix = "begin with a capital letter, and use letters and digits only"
            yield subject.finding(
                rule, f"the name {name} is not of the form asked for", fix, at=at_concept(concept.qname)
            )
        elif len(name.encode()) > rule.number_of("limit", 10_000):
            yield subject.finding(
                rule,
                f"the name {name[:40]}… is longer than {rule.number_of('limit', 0)} bytes",
                at=at_concept(concept.qname),
            )


@kind_on("taxonomy")
def no_company_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Names of own concepts have neither the filer's name nor a period in them (``period_pattern``)."""
    company, period_pattern = _company(subject, rule.text("registrant")), rule.text("period_pattern")
    for concept in subject.own_concepts:
        name = concept.qname.local_name
        if name.endswith(("Member", "Domain")):
            continue  # members are what they are: a note due 2025, a company
        if company and company.lower() in name.lower():
            yield subject.finding(
                rule,
                f"the name {name} has the filer's name in it",
                "name what is reported",
                at=at_concept(concept.qname),
            )
        elif period_pattern and (match := compile_rule_pattern(period_pattern).search(name)) is not None:
            yield subject.finding(
                rule,
                f"the name {name} has a period in it: {match[0]}",
                "the context says when",
                at=at_concept(concept.qname),
            )


def _company(subject: FilingSubject, concept: str) -> str:
    name = next((fact.value or "" for fact in subject.cover_facts(concept)), "")
    words = [word for word in re.findall(r"[A-Za-z0-9]+", name) if word.lower() not in _LEGAL_FORMS]
    joined = "".join(words)
    return joined if len(joined) > 3 else ""


@kind_on("taxonomy")
def concept_ids(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The id of a declaration is prefix, underscore and name."""
    for concept in subject.own_concepts:
        expected = element_id(concept.qname)
        if concept.id != expected:
            yield subject.finding(
                rule, f"the id of {concept.qname} is {expected}, got {concept.id}", at=at_concept(concept.qname)
            )


@kind_on("taxonomy")
def nillable(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own declarations are nillable."""
    yield from _check_concepts(
        rule, subject, lambda concept: not concept.nillable, "is not nillable", "declare it nillable"
    )


@kind_on("taxonomy")
def abstract_concepts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Abstract declarations are of type string, or that of domains, and durations; ``check`` may ask for ``period``."""
    types = ("stringItemType", "domainItemType")
    for concept in subject.own_concepts:
        if not concept.abstract:
            continue
        if concept.period_type not in ("duration", None):
            yield subject.finding(
                rule,
                f"{concept.qname} is abstract, but no duration",
                "make it a duration",
                at=at_concept(concept.qname),
            )
        datatype = concept.datatype
        if datatype is not None and datatype.standard not in types and rule.text("check") != "period":
            yield subject.finding(
                rule,
                f"{concept.qname} is abstract, but of type {datatype.standard}",
                at=at_concept(concept.qname),
            )


@kind_on("taxonomy")
def name_endings(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Names that end in Axis, Table, LineItems, Domain or Member are what they say, and the reverse.

    ``check`` asks for one of these: ``axis``, ``table``, ``line-items``, ``member``, ``member-period`` or
    ``member-abstract``.
    """
    check = rule.text("check")
    for concept in subject.own_concepts:
        for subject_of_check, difference in _ending_differences(concept):
            if check != subject_of_check and (check or subject_of_check == "member-abstract"):
                continue
            yield subject.finding(
                rule, f"{concept.qname} {difference}", "let the name show the kind", at=at_concept(concept.qname)
            )


def _ending_differences(concept: Concept) -> Iterator[tuple[str, str]]:
    name = concept.qname.local_name
    is_domain = concept.datatype is not None and concept.datatype.standard == "domainItemType"
    for ending, concept_kind in (("Axis", "dimension"), ("Table", "hypercube")):
        if name.endswith(ending) != (concept.kind == concept_kind):
            verb = "ends" if name.endswith(ending) else "does not end"
            yield ending.lower(), f"is a {concept.kind}, but its name {verb} in {ending}"
    if concept.kind == "item" and concept.datatype is not None and name.endswith(("Domain", "Member")) != is_domain:
        yield "member", f"is {'' if is_domain else 'no '}member of a domain, which its name does not say"
    if name.endswith("LineItems") and not concept.abstract:
        yield "line-items", "ends in LineItems, but is not abstract"
    if is_domain and concept.period_type == "instant":
        yield "member-period", "is a member of a domain, but no duration"
    if is_domain and not concept.abstract:
        yield "member-abstract", "is a member of a domain, but not abstract"


@kind_on("taxonomy")
def text_block_periods(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Text blocks are durations."""

    def is_instant_block(concept: Concept) -> bool:
        return concept.period_type == "instant" and not concept.abstract and subject.is_text_block(concept.qname)

    yield from _check_concepts(
        rule, subject, is_instant_block, "is a text block, but no duration", "make it a duration"
    )


@kind_on("taxonomy")
def no_tuples(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer declares no tuples."""
    yield from _check_concepts(rule, subject, lambda concept: concept.kind == "tuple", "is a tuple", "declare an item")


@kind_on("taxonomy")
def no_fractions(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer declares no fractions."""

    def is_fraction(concept: Concept) -> bool:
        return concept.datatype is not None and concept.datatype.base == "fraction"

    yield from _check_concepts(rule, subject, is_fraction, "is a fraction", "declare a number")


@kind_on("taxonomy")
def no_typed_domains(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer declares no typed dimensions."""
    fix = "declare an axis with members"
    yield from _check_concepts(rule, subject, lambda concept: concept.is_typed_dimension, "is a typed dimension", fix)


@kind_on("taxonomy")
def standard_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own names do not repeat those of standard elements."""
    concepts = subject.taxonomy.concepts if subject.taxonomy is not None else ()
    standard = {
        declared.qname.local_name: declared.qname for declared in concepts if not subject.is_own(declared.qname)
    }
    for concept in subject.own_concepts:
        standard_name = standard.get(concept.qname.local_name)
        if standard_name is not None:
            yield subject.finding(
                rule,
                f"{concept.qname} has the name of {standard_name}",
                f"use {standard_name}",
                at=at_concept(concept.qname),
            )


@kind_on("taxonomy")
def monetary_balance(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own monetary items have a balance, or a definition that says what a positive number means."""
    for concept in subject.own_concepts:
        if concept.datatype is None or not concept.datatype.is_monetary or concept.balance is not None:
            continue
        labels = subject.taxonomy.labels_of(concept.qname) if subject.taxonomy is not None else ()
        if rule.parameters.get("definition_suffices") and any(
            label.role.endswith("/documentation") for label in labels
        ):
            continue
        yield subject.finding(
            rule,
            f"{concept.qname} is an amount without balance",
            "say debit or credit",
            at=at_concept(concept.qname),
        )


def _check_concepts(
    rule: DocumentRule, subject: FilingSubject, is_wrong: Callable[[Concept], bool], statement: str, fix: str
) -> Iterator[Finding]:
    for concept in subject.own_concepts:
        if is_wrong(concept):
            yield subject.finding(rule, f"{concept.qname} {statement}", fix, at=at_concept(concept.qname))


# Roles


def _own_roles(subject: FilingSubject) -> Iterator[RoleType]:
    if subject.taxonomy is None:
        return
    written = {role.uri for document in subject.written for role in document.roles}
    for role in subject.taxonomy.roles:
        is_own = role.uri in written if subject.written else not subject.table.is_standard(role.uri)
        if is_own and _is_for_relationships(role):
            yield role


def _is_for_relationships(role: RoleType) -> bool:
    return any(name.local_name in _LINKS for name in role.used_on)


_LINKS: Final = ("presentationLink", "calculationLink", "definitionLink")


@kind_on("taxonomy")
def role_uris(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own roles begin as the namespace does and end in ``/role/`` and a name."""
    authorities = {_authority(concept.qname.namespace) for concept in subject.own_concepts}
    for role in _own_roles(subject):
        if _authority(role.uri) not in authorities or not re.search(r"/role/[^/]+$", role.uri):
            fix = "begin with the scheme and authority of the namespace, and end in /role/Name"
            yield subject.finding(
                rule, f"the role {role.uri} is not of the form asked for", fix, at=Location(item=role.uri)
            )


def _authority(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.scheme, parts.netloc


@kind_on("taxonomy")
def role_usage(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own roles may be used on presentation, calculation and definition links."""
    for role in _own_roles(subject):
        used_on = {name.local_name for name in role.used_on}
        missing = [name for name in _LINKS if name not in used_on]
        if missing:
            message = f"the role {role.uri} may not be used on {list_text(missing)}"
            yield subject.finding(rule, message, "declare usedOn for all three", at=Location(item=role.uri))


@kind_on("taxonomy")
def role_definitions(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The definitions of own roles fit ``pattern``: number, kind and title."""
    for role in _own_roles(subject):
        if not rule.pattern().fullmatch(role.definition or ""):
            message = f"the definition of the role {role.uri} is not of the form asked for: {role.definition!r}"
            yield subject.finding(rule, message, rule.text("example") or None, at=Location(item=role.uri))


@kind_on("taxonomy")
def roles_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A role is declared once."""
    seen: set[str] = set()
    for role in _own_roles(subject):
        if role.uri in seen:
            yield subject.finding(
                rule, f"the role {role.uri} is declared twice", "declare it once", at=Location(item=role.uri)
            )
        seen.add(role.uri)
