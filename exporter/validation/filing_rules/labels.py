"""Kinds of rules on the labels and references of a taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location
from exporter.model.qname import QName
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import labels as label_roles
from exporter.taxonomy.labels import Label
from exporter.validation.filing_rules.subject import FilingSubject, Kind, fault

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


def standard_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have a standard label in ``language``."""
    language = rule.text("language", "en")
    for concept in subject.own_concepts:
        labels = subject.taxonomy.labels_of(concept.qname) if subject.taxonomy is not None else ()
        if not any(one.role == label_roles.STANDARD and _is_in(one, language) for one in labels):
            yield fault(rule, f"{concept.qname} has no label in {language}", "add a label", at=_of(concept.qname))


def labels_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A concept has one label in a role and language."""
    seen: set[tuple[QName, str, str]] = set()
    for label in _own_labels(subject):
        key = (label.concept, label.role, label.language.lower())
        if key in seen:
            message = f"{label.concept} has two labels of one role in {label.language}"
            yield fault(rule, message, "keep one", at=_of(label.concept))
        seen.add(key)


def unique_labels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two concepts have the same standard label in one language."""
    seen: dict[tuple[str, str], QName] = {}
    for label in _own_labels(subject):
        if label.role != label_roles.STANDARD:
            continue
        first = seen.setdefault((label.language.lower(), label.text.strip().lower()), label.concept)
        if first != label.concept:
            message = f"{label.concept} and {first} have the same label: {label.text!r}"
            yield fault(rule, message, "tell them apart by their labels", at=_of(label.concept))


def label_texts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels are no longer than ``limit``, have no blanks at their ends or doubled, and no ``<``."""
    for label in _own_labels(subject):
        if label.role == label_roles.DOCUMENTATION:
            continue
        problem = None
        if len(label.text) > rule.number_of("limit", 511):
            problem = f"is longer than {rule.number_of('limit', 511)} characters"
        elif label.text != label.text.strip() or "  " in label.text:
            problem = "has blanks at an end, or several together"
        elif "<" in label.text:
            problem = "has a '<'"
        if problem is not None:
            yield fault(rule, f"the label {label.text[:60]!r} of {label.concept} {problem}", at=_of(label.concept))


def numeric_label_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Label roles for numbers stand on numbers only."""
    for label in _own_labels(subject):
        datatype = subject.datatype(label.concept)
        if label.role in _NUMERIC_ROLES and datatype is not None and not datatype.is_numeric:
            role = label.role.rpartition("/")[2]
            yield fault(
                rule, f"{label.concept} is no number, but has a {role}", "use another role", at=_of(label.concept)
            )


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
            yield fault(rule, message, "make the name of the words of the label", at=_of(concept.qname))


def _shares_words(name: str, words: set[str]) -> bool:
    lowered = name.lower()
    return any(len(word) > 2 and word in lowered for word in words) or any(word in lowered for word in words)


def no_wide_characters(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels in ``language`` have no full-width characters."""
    for label in _own_labels(subject):
        if _is_in(label, rule.text("language", "en")) and _WIDE.search(label.text):
            message = f"the label {label.text[:60]!r} of {label.concept} has full-width characters"
            yield fault(rule, message, "write it in half width", at=_of(label.concept))


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
            yield fault(rule, message, "take the definition out", at=_of(label.concept))
        seen.add(key)


def no_references(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts have no references."""
    references = subject.taxonomy.references if subject.taxonomy is not None else ()
    for name in dict.fromkeys(one.concept for one in references if subject.is_own(one.concept)):
        yield fault(rule, f"{name} has a reference", "take it out", at=_of(name))


KINDS: Final[dict[str, Kind]] = {
    "standard-labels": standard_labels,
    "labels-once": labels_once,
    "unique-labels": unique_labels,
    "label-texts": label_texts,
    "numeric-label-roles": numeric_label_roles,
    "name-from-label": name_from_label,
    "no-wide-characters": no_wide_characters,
    "no-new-documentation": no_new_documentation,
    "no-references": no_references,
}
