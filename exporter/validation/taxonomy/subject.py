"""What rules on taxonomies look at: a taxonomy and the documents it was read from.

XBRL 2.1 has few codes of its own; ``xbrl.{section}:{name}`` names the section that is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, Literal

from attrs import define

from exporter.findings import Finding, Location, Severity
from exporter.model.qname import QName
from exporter.namespaces import LINK, XLINK
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.read.discovery import LoadedDts
from exporter.taxonomy.read.documents import Document, Dts, Element
from exporter.taxonomy.read.links import Edge, LinkIndex
from exporter.taxonomy.read.schemas import Schemas
from exporter.taxonomy.taxonomy import Taxonomy

X: Final = f"{{{XLINK}}}"
L: Final = f"{{{LINK}}}"
LINKS: Final = frozenset(
    f"{L}{name}Link" for name in ("label", "reference", "presentation", "calculation", "definition")
)
"""The extended links of XBRL 2.1 that a taxonomy may have."""

ARCS: Final = frozenset(f"{L}{name}Arc" for name in ("label", "reference", "presentation", "calculation", "definition"))
"""The arcs of XBRL 2.1 that a taxonomy may have."""

Kind = Literal["item", "dimension", "hypercube", "tuple", "element"]


@define(eq=False)
class TaxonomySubject:
    """A taxonomy with its documents.

    ``complete`` says that all documents were available; where one was not, a name that it may declare is no finding.
    """

    loaded: LoadedDts
    complete: bool = True

    @property
    def taxonomy(self) -> Taxonomy:
        return self.loaded.taxonomy

    @property
    def dts(self) -> Dts:
        return self.loaded.documents

    @property
    def schemas(self) -> Schemas:
        return self.loaded.schemas

    @cached_property
    def links(self) -> LinkIndex:
        """The extended links of all linkbases."""
        return LinkIndex.of(self.dts)

    @cached_property
    def edges(self) -> dict[str, list[Edge]]:
        """The effective relationships between concepts by arcrole."""
        edges_by_arcrole: dict[str, list[Edge]] = {}
        for key, edges in self.links.base_sets.items():
            edges_by_arcrole.setdefault(key[0], []).extend(edges)
        return edges_by_arcrole

    @property
    def schema_documents(self) -> Iterator[Document]:
        return (document for document in self.dts.documents.values() if document.is_schema)

    def declaration(self, name: QName) -> tuple[Element, Document] | None:
        """Where an element is declared, if its schema is available."""
        return self.schemas.elements.get(name)

    def concept(self, name: QName) -> Concept | None:
        """The declaration of a concept, if the taxonomy has one."""
        return self.taxonomy.concept(name)

    def kind(self, name: QName) -> Kind | None:
        """What a name stands for: a kind of concept, another element, or ``None`` where its schema is not available."""
        concept = self.taxonomy.concept(name)
        if concept is not None:
            return concept.kind
        return "element" if name in self.schemas.elements else None

    def finding(
        self,
        code: str,
        message: str,
        fix: str,
        *,
        at: tuple[Element, Document] | None = None,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding at an element of a document."""
        location = Location() if at is None else Location(file=at[1].name, line=line_of(at[0]))
        return Finding(code=code, message=message, fix=fix, severity=severity, location=location)


def line_of(element: Element) -> int | None:
    """The line an element stands on, where known."""
    line: Any = element.sourceline
    return line or None


def local(element: Element) -> str:
    """The local name of an element, as messages show it."""
    return str(element.tag).rpartition("}")[2]
