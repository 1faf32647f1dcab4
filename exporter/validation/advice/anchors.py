"""Anchors: which standard concepts are wider or narrower than a filing's own (ESEF Regulatory Technical Standard)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Severity, list_text
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.taxonomy.concept import Concept
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    NOT_ALL,
    PARENT_CHILD,
    WIDER_NARROWER,
    Relationship,
)
from exporter.validation.advice.subject import Subject, advice, is_text_block, kind_of, listed, shown

_DIMENSIONAL: Final = (ALL, NOT_ALL, HYPERCUBE_DIMENSION, DIMENSION_DOMAIN, DOMAIN_MEMBER, DIMENSION_DEFAULT)
_NOTES: Final = re.compile(r"^\s*\[[89][0-9]{5}\]|\bnotes?\b|\bdisclosure\b|\bpolic(?:y|ies)\b", re.IGNORECASE)
_NAMED: Final = 3
_PLAUSIBLE: Final = 0.3


def check_anchors(subject: Subject) -> Iterator[Finding]:
    """Line items that no anchor ties to the standard, a note for those in notes, and anchors that tie nothing."""
    arcs = [arc for arc in subject.extension.relationships if arc.arcrole == WIDER_NARROWER]
    by_name = {concept.qname: concept for concept in subject.own}
    anchored = {end for arc in arcs if _ties(subject, arc) for end in (arc.source, arc.target) if subject.is_own(end)}
    excused = _presented_in_notes_only(subject)
    for concept in subject.own:
        if _needs_anchor(concept) and concept.qname not in anchored:
            yield _unanchored(subject, concept, excused=concept.qname in excused)
    dimensional = {arc.role for arc in subject.extension.relationships if arc.arcrole in _DIMENSIONAL}
    for arc in arcs:
        own = by_name.get(arc.source) or by_name.get(arc.target)
        if own is not None:
            yield from _check_arc(subject, arc, own, dimensional)


def _ties(subject: Subject, arc: Relationship) -> bool:
    return subject.is_own(arc.source) != subject.is_own(arc.target)


def _needs_anchor(concept: Concept) -> bool:
    return kind_of(concept) == "item" and not is_text_block(concept)


def _presented_in_notes_only(subject: Subject) -> set[QName]:
    """Concepts that stand in roles of notes and in no other."""
    places: dict[QName, set[bool]] = {}
    for arc in subject.extension.relationships:
        if arc.arcrole == PARENT_CHILD and subject.is_own(arc.target):
            role = subject.extension.role(arc.role)
            is_note = role is not None and _NOTES.search(role.definition or "") is not None
            places.setdefault(arc.target, set()).add(is_note)
    return {name for name, found in places.items() if found == {True}}


def _unanchored(subject: Subject, concept: Concept, *, excused: bool) -> Finding:
    text = subject.label(concept) or concept.qname.local_name
    type_ = concept.datatype.standard if concept.datatype is not None else None
    found = subject.standard.nearest(
        text,
        type=type_,
        period=concept.period_type,
        accept=lambda other: kind_of(other) == "item",
        limit=_NAMED,
        least=_PLAUSIBLE,
    )
    hint = f", perhaps {listed(found)}" if found else ""
    return advice(
        "exporter:unanchoredConcept",
        "a line item of the filing's own has no anchor in the standard taxonomy"
        + (", which it may do without in the notes" if excused else ""),
        concept,
        f"name a wider standard concept{hint}; for a sum, the narrower ones it combines",
        severity=Severity.INFO if excused else Severity.WARNING,
    )


def _check_arc(subject: Subject, arc: Relationship, own: Concept, dimensional: set[str]) -> Iterator[Finding]:
    ends = f"{shown(arc.source)} is wider than {shown(arc.target)}"
    if not _ties(subject, arc):
        message = f"{ends}: an anchor leads from the filing's own concepts to standard ones"
        yield advice("exporter:wrongAnchor", message, own, "anchor it to a standard concept")
        return
    if arc.role in dimensional:
        message = f"{ends} in the link role {arc.role}, where dimensions stand"
        yield advice("exporter:wrongAnchor", message, own, "anchors have a link role of their own")
    other_name = arc.target if subject.is_own(arc.source) else arc.source
    other = subject.extension.concept(other_name)
    if other is not None and (different := _differences(own, other)):
        message = f"{ends}, but they differ in their {list_text(different, last=' and ')}"
        yield advice(
            "exporter:anchorDiffers", message, own, "anchor to a concept of the same kind", severity=Severity.INFO
        )


def _differences(own: Concept, other: Concept) -> list[str]:
    found = []
    if own.datatype is not None and other.datatype is not None and not _related(own.datatype, other.datatype):
        found.append("type")
    if own.period_type != other.period_type:
        found.append("period type")
    return found


def _related(one: DataType, two: DataType) -> bool:
    """The same standard type, or one derived from the other."""
    return one.standard == two.standard or one.standard in two.lineage or two.standard in one.lineage
