"""Concepts of a filing's own where a standard one says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Severity
from exporter.taxonomy.concept import Concept
from exporter.taxonomy.search import Candidate, tokens
from exporter.validation.advice.subject import Subject, advice, comparable, listed, shown

_NEAR: Final = 0.8
_NAMED: Final = 3


def check_needless(subject: Subject) -> Iterator[Finding]:
    """``exporter:needlessExtension`` where a standard concept of the same kind, type, period type and balance has the
    same words; ``exporter:similarConcept`` where it has nearly the same."""
    for concept in subject.own:
        found = _nearest(subject, concept)
        if not found:
            continue
        same = tuple(one for one in found if _same_words(subject, concept, one))
        if same:
            yield advice(
                "exporter:needlessExtension",
                f"{shown(same[0].concept.qname)} is a standard concept of the same label, type, period type and "
                "balance",
                concept,
                f"report {listed(same)}, or give a label that says what is different",
            )
        else:
            yield advice(
                "exporter:similarConcept",
                f"there are standard concepts of nearly the same label: {listed(found)}",
                concept,
                "report one of them if it means the same",
                severity=Severity.INFO,
            )


def _nearest(subject: Subject, concept: Concept) -> tuple[Candidate, ...]:
    wanted = comparable(concept)
    found: dict[object, Candidate] = {}
    for text in dict.fromkeys((subject.label(concept), concept.qname.local_name)):
        if text:
            for one in subject.standard.nearest(
                text, accept=lambda other: comparable(other) == wanted, limit=_NAMED, least=_NEAR
            ):
                known = found.get(one.concept.qname)
                if known is None or one.score > known.score:
                    found[one.concept.qname] = one
    ranked = sorted(found.values(), key=lambda one: (-one.score, one.concept.qname.sort_key))
    return tuple(ranked[:_NAMED])


def _same_words(subject: Subject, concept: Concept, candidate: Candidate) -> bool:
    """Whether label or name has just the words of the candidate: with a label, names do not count."""
    text = subject.label(concept) or concept.qname.local_name
    return candidate.concept.qname.local_name == concept.qname.local_name or set(tokens(text)) == set(
        tokens(candidate.label)
    )
