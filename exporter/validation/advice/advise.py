"""All advice on a filing's own taxonomy, in order of its concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exporter.findings import Finding
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.advice.anchors import check_anchors
from exporter.validation.advice.names import check_labels, check_names
from exporter.validation.advice.needless import check_needless
from exporter.validation.advice.subject import Subject, shown


def advise(
    extension: Taxonomy,
    standard: Taxonomy | Sequence[Taxonomy] = (),
    *,
    anchoring: bool = False,
    company: Iterable[str] = (),
    language: str = "en",
) -> Iterator[Finding]:
    """What a reviewer would say of a filing's own concepts; nothing of it is an error.

    Own are the concepts in the namespace of ``extension``; all others that it leads to, and those of ``standard``, are
    standard ones.

    Args:
        anchoring: whether line items have to be anchored in the standard, as in ESEF.
        company: words that tell the company, which no name should have.
        language: the language of the labels looked at.
    """
    around = (standard,) if isinstance(standard, Taxonomy) else tuple(standard)
    subject = Subject.of(extension, around, company=company, language=language)
    found = [*check_needless(subject), *check_names(subject), *check_labels(subject)]
    if anchoring:
        found += check_anchors(subject)
    places = {shown(concept.qname): place for place, concept in enumerate(subject.own)}
    yield from sorted(found, key=lambda finding: places.get(finding.location.item or "", len(places)))
