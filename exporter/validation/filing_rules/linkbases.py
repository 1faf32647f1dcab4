"""Kinds of rules on a taxonomy's relationships (presentation, calculation, definition, anchors), labels, references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.concepts import Concept, Label
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
)
from exporter.validation.filing_rules.subject import FilingSubject, at_arc, at_concept, kind_on

_ARCROLES: Final = {
    "presentation": (PARENT_CHILD,),
    "calculation": SUMMATIONS,
    "definition": (ALL, NOT_ALL, HYPERCUBE_DIMENSION, DIMENSION_DOMAIN, DOMAIN_MEMBER),
}


@kind_on("taxonomy")
def presented(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every concept, axis and member that is used stands in a presentation; ``concepts_only`` leaves axes out.

    Concepts whose names fit ``but_pattern`` are excepted.
    """
    if subject.taxonomy is None:
        return
    but = compile_rule_pattern(rule.text("but_pattern")) if "but_pattern" in rule.parameters else None
    concepts = {fact.concept for fact in subject.report.facts}
    arcs = [arc for arc in subject.taxonomy.relationships if arc.arcrole == PARENT_CHILD]
    there = {name for arc in arcs for name in (arc.source, arc.target)}
    for name in sorted(subject.used, key=lambda used_name: used_name.sort_key):
        if (but is not None and but.fullmatch(name.local_name)) or (
            rule.parameters.get("concepts_only") and name not in concepts
        ):
            continue
        # An arc to a declaration that is not available is not known.
        if name not in there and (subject.complete or subject.taxonomy.concept(name) is not None):
            yield subject.finding(
                rule, f"{name} is used, but not presented", "add it to a presentation", at=Location(item=str(name))
            )


@kind_on("taxonomy")
def one_root(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A presentation has one root, with ``definitions`` a definition network too.

    Where some of the declarations are not available, that is not checked.
    """
    if not subject.complete:
        return
    groups: dict[tuple[str, str], dict[QName, bool]] = {}
    kinds = {PARENT_CHILD: "presentation"}
    kinds |= dict.fromkeys(DIMENSIONAL, "definition") if rule.parameters.get("definitions") else {}
    own = {(word, role) for arcrole, word in kinds.items() for role, _ in subject.own_networks(arcrole)}
    for arc in subject.taxonomy.relationships if subject.taxonomy is not None else ():
        key = (kinds.get(arc.arcrole, ""), arc.role)
        if key in own:
            names = groups.setdefault(key, {})
            names[arc.target] = False
            names.setdefault(arc.source, True)
    for (word, role), names in groups.items():
        roots = [name for name, is_root in names.items() if is_root]
        if len(roots) > 1:
            message = f"the {word} {role} has several roots: {list_text(map(str, roots))}"
            yield subject.finding(rule, message, "join them below one", at=Location(item=role))


@kind_on("taxonomy")
def distinct_orders(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Children of one parent have different orders, in the networks of ``link`` (``presentation`` …)."""
    for role, network in subject.own_networks(*_ARCROLES[rule.text("link", "presentation")]):
        for parent in dict.fromkeys(arc.source for arc in network):
            counts = Counter(arc.order for arc in network.from_(parent))
            for order in (repeated for repeated, count in counts.items() if count > 1):
                message = f"several children of {parent} have the order {order} in {role}"
                yield subject.finding(rule, message, "number them", at=Location(item=str(parent)))


@kind_on("taxonomy")
def distinct_preferred_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A child that stands twice under one parent has another preferred label each time."""
    for _, network in subject.own_networks(PARENT_CHILD):
        seen: set[tuple[QName, QName, str | None]] = set()
        for arc in network:
            key = (arc.source, arc.target, arc.preferred_label)
            if key in seen:
                yield subject.finding(
                    rule, f"{arc.target} stands twice under {arc.source} with one label", at=at_arc(arc)
                )
            seen.add(key)


@kind_on("taxonomy")
def calculation_weights(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Weights are 1 or -1, nothing adds to itself, and what is added has one kind of period.

    ``check`` asks for ``weights`` or ``periods`` only.
    """
    check = rule.text("check")
    for _, network in subject.own_networks(*SUMMATIONS):
        for arc in network:
            if check in ("", "weights") and arc.weight is not None and abs(arc.weight) != 1:
                yield subject.finding(
                    rule,
                    f"the weight of {arc.target} in {arc.source} is {arc.weight}",
                    "use 1 or -1",
                    at=at_arc(arc),
                )
            if check in ("", "weights") and arc.source == arc.target:
                yield subject.finding(rule, f"{arc.source} adds to itself", "take it out", at=at_arc(arc))
            kinds = {concept.period_type for name in (arc.source, arc.target) if (concept := _concept(subject, name))}
            if check in ("", "periods") and len(kinds) > 1:
                yield subject.finding(
                    rule, f"{arc.target} and its total {arc.source} have other kinds of period", at=at_arc(arc)
                )


def _concept(subject: FilingSubject, name: QName) -> Concept | None:
    return subject.taxonomy.concept(name) if subject.taxonomy is not None else None


@kind_on("taxonomy")
def calculation_arcroles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Calculations use the ``arcroles`` that are listed."""
    for arcrole in SUMMATIONS:
        if arcrole in rule.texts("arcroles"):
            continue
        for role, _ in subject.own_networks(arcrole):
            fix = f"use {list_text(rule.texts('arcroles'), last=' or ')}"
            yield subject.finding(
                rule, f"the calculation {role} has the arcrole {arcrole}", fix, at=Location(item=role)
            )


@kind_on("taxonomy")
def domains_are_members(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The domain of an axis is of the type for domains."""
    for _, network in subject.own_networks(DIMENSION_DOMAIN, DIMENSION_DEFAULT):
        for arc in network:
            datatype = subject.datatype(arc.target)
            if datatype is not None and datatype.standard != "domainItemType":
                yield subject.finding(
                    rule,
                    f"{arc.target} is the domain of {arc.source}, but of type {datatype.standard}",
                    at=at_arc(arc),
                )


@kind_on("taxonomy")
def no_not_all(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Hypercubes are not excluded from anything."""
    for _, network in subject.own_networks(NOT_ALL):
        for arc in network:
            yield subject.finding(
                rule,
                f"{arc.source} excludes the hypercube {arc.target}",
                "use all instead of notAll",
                at=at_arc(arc),
            )


@kind_on("taxonomy")
def default_role(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Default members stand in one of the dedicated ``roles``."""
    for role, network in subject.own_networks(DIMENSION_DEFAULT):
        if role not in rule.texts("roles"):
            for arc in network:
                fix = f"put it into {rule.texts('roles')[0]}"
                yield subject.finding(rule, f"the default of {arc.source} stands in {role}", fix, at=at_arc(arc))


@kind_on("taxonomy")
def anchors(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """An anchor joins one own concept and one of the core taxonomy."""
    for _, network in subject.own_networks(WIDER_NARROWER):
        for arc in network:
            if subject.is_own(arc.source) == subject.is_own(arc.target):
                yield subject.finding(
                    rule, f"{arc.source} and {arc.target} are joined, but not own and core", at=at_arc(arc)
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


def _own_labels(subject: FilingSubject) -> Iterator[Label]:
    if subject.taxonomy is not None:
        yield from (label for label in subject.taxonomy.labels if subject.is_own(label.concept))


def _is_in(label: Label, language: str) -> bool:
    """Whether a label is in a language, of whatever region."""
    return label.language.lower().partition("-")[0] == language.lower().partition("-")[0]


@kind_on("taxonomy")
def standard_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have a standard label in ``language``, with ``used`` everything that facts use, too.

    In ``en`` is what is in ``en-US``, not the reverse; labels of another region are reported once.
    """
    language = rule.text("language", "en")
    names, reported = [concept.qname for concept in subject.own_concepts], set[str]()
    if rule.parameters.get("used") and subject.complete:
        own = set(names)
        names += sorted(subject.used - own, key=lambda name: name.sort_key)
    for name in names if subject.taxonomy is not None else ():
        labels = subject.taxonomy.labels_of(name) if subject.taxonomy is not None else ()
        standard = [f"{label.language.lower()}-" for label in labels if label.role == label_roles.STANDARD]
        if any(tag.startswith(f"{language.lower()}-") for tag in standard):
            continue
        near = next(
            (tag.rstrip("-") for tag in standard if tag.startswith(f"{language.lower().partition('-')[0]}-")), ""
        )
        if near not in reported:
            fix = f"give labels in {language}" if near else "add a label"
            yield subject.finding(
                rule, f"{name} has no label in {language}{f', but in {near}' * bool(near)}", fix, at=at_concept(name)
            )
        reported |= {near} - {""}


@kind_on("taxonomy")
def labels_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A concept has one label in a role and language."""
    seen: set[tuple[QName, str, str]] = set()
    for label in _own_labels(subject):
        key = (label.concept, label.role, label.language.lower())
        if key in seen:
            message = f"{label.concept} has two labels of one role in {label.language}"
            yield subject.finding(rule, message, "keep one", at=at_concept(label.concept))
        seen.add(key)


@kind_on("taxonomy")
def label_twins(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A label of an own concept that is used stands in ``language`` too, whatever others it stands in."""
    language = rule.text("language", "en")
    there = {(label.concept, label.role) for label in _own_labels(subject) if _is_in(label, language)}
    for label in _own_labels(subject):
        key = (label.concept, label.role)
        if key not in there and (label.concept in subject.used or not rule.parameters.get("used")):
            there.add(key)
            message = f"the {label.role.rpartition('/')[2]} of {label.concept} is in {label.language} only"
            yield subject.finding(rule, message, f"add one in {language}", at=at_concept(label.concept))


@kind_on("taxonomy")
def labels_in_report_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts that are presented have a standard label in the language of the report."""
    language = subject.document.language if subject.document is not None else None
    presented = {
        name
        for _, network in subject.own_networks(PARENT_CHILD)
        for arc in network
        for name in (arc.source, arc.target)
    }
    for concept in subject.own_concepts if language and subject.taxonomy is not None else ():
        labels = subject.taxonomy.labels_of(concept.qname) if subject.taxonomy is not None else ()
        if concept.qname in presented and not any(
            label.role == label_roles.STANDARD and _is_in(label, language or "") for label in labels
        ):
            message = f"{concept.qname} has no label in the language of the report, {language}"
            yield subject.finding(rule, message, "add one", at=at_concept(concept.qname))


@kind_on("taxonomy")
def unique_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two concepts have the same standard label in one language; one that has a verbose label goes by that."""
    seen: dict[tuple[str, str], QName] = {}
    verbose = {(label.concept, label.language) for label in _own_labels(subject) if label.role == label_roles.VERBOSE}
    for label in _own_labels(subject):
        if label.role != label_roles.STANDARD or (label.concept, label.language) in verbose:
            continue
        first = seen.setdefault((label.language.lower(), label.text.strip().lower()), label.concept)
        if first != label.concept:
            message = f"{label.concept} and {first} have the same label: {label.text!r}"
            yield subject.finding(rule, message, "distinguish them by their labels", at=at_concept(label.concept))


@kind_on("taxonomy")
def label_texts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels are no longer than ``limit``, have no blanks at their ends or doubled, and no ``<``.

    ``check`` asks for one of these: ``length``, ``blanks`` (doubled) with ``<``, or ``ends``.
    """
    check = rule.text("check")
    for label in _own_labels(subject):
        if label.role == label_roles.DOCUMENTATION:
            continue
        reason = None
        if check in ("", "length") and len(label.text) > rule.number_of("limit", 511):
            reason = f"is longer than {rule.number_of('limit', 511)} characters"
        elif check in ("", "ends") and label.text != label.text.strip():
            reason = "has blanks at an end"
        elif check in ("", "blanks") and re.search(r"\s\s", label.text.strip()):
            reason = "has several blanks together"
        elif check in ("", "blanks") and "<" in label.text:
            reason = "has a '<'"
        if reason is not None:
            yield subject.finding(
                rule, f"the label {label.text[:60]!r} of {label.concept} {reason}", at=at_concept(label.concept)
            )


@kind_on("taxonomy")
def numeric_label_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Label roles for numbers stand on numbers only."""
    for label in _own_labels(subject):
        datatype = subject.datatype(label.concept)
        if label.role in _NUMERIC_ROLES and datatype is not None and not datatype.is_numeric:
            role = label.role.rpartition("/")[2]
            yield subject.finding(
                rule,
                f"{label.concept} is no number, but has a {role}",
                "use another role",
                at=at_concept(label.concept),
            )


@kind_on("taxonomy")
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
            yield subject.finding(
                rule, message, "make the name of the words of the label", at=at_concept(concept.qname)
            )


def _shares_words(name: str, words: set[str]) -> bool:
    lowered = name.lower()
    return any(len(word) > 2 and word in lowered for word in words) or any(word in lowered for word in words)


@kind_on("taxonomy")
def no_wide_characters(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels in ``language`` have no full-width characters."""
    for label in _own_labels(subject):
        if _is_in(label, rule.text("language", "en")) and _WIDE.search(label.text):
            message = f"the label {label.text[:60]!r} of {label.concept} has full-width characters"
            yield subject.finding(rule, message, "write it in half width", at=at_concept(label.concept))


@kind_on("taxonomy")
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
            yield subject.finding(rule, message, "take the definition out", at=at_concept(label.concept))
        seen.add(key)


@kind_on("taxonomy")
def no_references(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have no references."""
    references = subject.taxonomy.references if subject.taxonomy is not None else ()
    for name in dict.fromkeys(reference.concept for reference in references if subject.is_own(reference.concept)):
        yield subject.finding(rule, f"{name} has a reference", "take it out", at=at_concept(name))
