"""What advice looks at: the concepts of an extension taxonomy, with the standard ones around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen

from exporter.findings import Finding, Location, Severity, list_text
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy.concepts import STANDARD, Concept
from exporter.taxonomy.search import ConceptIndex, ConceptMatch
from exporter.taxonomy.taxonomy import Taxonomy

DOMAIN_TYPE = "domainItemType"


def _texts(value: Iterable[str]) -> frozenset[str]:
    return frozenset(text.lower() for text in value)


@frozen(kw_only=True, eq=False)
class AdviceSubject:
    """The extension taxonomy, its own concepts, and the standard concepts as an index.

    ``company`` holds words, in lower case, by which the company is known. ``anchoring`` asks for anchors of line items,
    ``report`` is the one that the extension is for.
    """

    extension: Taxonomy
    own: tuple[Concept, ...]
    standard: ConceptIndex
    standard_labels: tuple[str, ...]
    company: frozenset[str] = field(default=frozenset(), converter=_texts)
    language: str = "en"
    anchoring: bool = False
    report: Report | None = None

    @classmethod
    def of(
        cls,
        extension: Taxonomy,
        standard: Sequence[Taxonomy],
        *,
        company: Iterable[str],
        language: str,
        anchoring: bool = False,
        report: Report | None = None,
    ) -> AdviceSubject:
        """What belongs to the namespace of the extension is its own; all else it leads to is standard."""
        namespace = extension.namespace
        around = (extension, *standard)
        return cls(
            extension=extension,
            own=tuple(concept for concept in extension.concepts if concept.qname.namespace == namespace),
            standard=ConceptIndex.of(*around, accept=lambda concept: concept.qname.namespace != namespace),
            standard_labels=tuple(
                label.text
                for taxonomy in around
                for label in taxonomy.labels
                if label.role == STANDARD and _is(label.language, language) and label.concept.namespace != namespace
            ),
            company=company,
            language=language,
            anchoring=anchoring,
            report=report,
        )

    def finding(
        self,
        code: str,
        message: str,
        concept: Concept,
        fix: str | None = None,
        *,
        severity: Severity = Severity.WARNING,
    ) -> Finding:
        """A finding on a concept of the extension."""
        location = Location(item=name_text(concept.qname))
        return Finding(code=code, message=message, severity=severity, location=location, fix=fix)

    def label(self, concept: Concept) -> str | None:
        """The standard label of an own concept in the language of the advice."""
        return self.extension.label(concept.qname, language=self.language)

    def is_own(self, name: QName) -> bool:
        return name.namespace == self.extension.namespace


def _is(tag: str, language: str) -> bool:
    return tag.lower().partition("-")[0] == language.lower().partition("-")[0]


def kind_of(concept: Concept) -> str:
    """What concepts have in common that may stand for each other: dimension, hypercube, member, abstract, item."""
    if concept.kind != "item":
        return concept.kind
    if is_member(concept):
        return "member"
    return "abstract" if concept.abstract else "item"


def is_member(concept: Concept) -> bool:
    """Whether a concept is a member or a domain by its type."""
    return concept.datatype is not None and concept.datatype.standard == DOMAIN_TYPE


def is_text_block(concept: Concept) -> bool:
    return concept.datatype is not None and concept.datatype.standard == "textBlockItemType"


def name_text(name: QName) -> str:
    """``prefix:name``."""
    return f"{name.prefix}:{name.local_name}" if name.prefix else name.local_name


def candidates_text(candidates: Sequence[ConceptMatch]) -> str:
    """Candidates in a sentence, each with its label."""
    return list_text(f"{name_text(candidate.concept.qname)} ({candidate.label})" for candidate in candidates)


def comparable(concept: Concept) -> tuple[Any, ...]:
    """What has to be the same for one concept to stand for another."""
    standard = concept.datatype.standard if concept.datatype is not None else None
    return (kind_of(concept), standard, concept.period_type, concept.balance)
