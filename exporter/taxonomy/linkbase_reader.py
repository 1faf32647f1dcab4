"""Relationships, labels and references of linkbases, prohibition applied (XBRL 2.1 section 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from attrs import define, field
from lxml import etree

from exporter.model.qname import QName
from exporter.namespaces import LINK, XBRLDT, XLINK, XML
from exporter.taxonomy import labels as label_roles
from exporter.taxonomy import references as reference_roles
from exporter.taxonomy.documents import LINKBASE, Document, Dts, invalid
from exporter.taxonomy.effective import Effective, priority_of
from exporter.taxonomy.labels import Label
from exporter.taxonomy.networks import CONCEPT_LABEL, CONCEPT_REFERENCE, ContextElement, Relationship
from exporter.taxonomy.references import Reference

_LINK: Final = f"{{{LINK}}}"
_XLINK: Final = f"{{{XLINK}}}"
_DIM: Final = f"{{{XBRLDT}}}"
_ARC_LINKS: Final = frozenset(f"{_LINK}{name}Link" for name in ("presentation", "calculation", "definition"))
_RESOURCE_LINKS: Final = frozenset({f"{_LINK}labelLink", f"{_LINK}referenceLink"})
_End = QName | etree._Element


@define(eq=False)
class Linkbases:
    """What the linkbases of a DTS say.

    A locator to a schema that is not at hand still names a concept where the schema is imported with its namespace
    and the id follows the custom ``{prefix}_{name}``.
    """

    dts: Dts
    _arcs: Effective[Relationship] = field(factory=Effective)
    _labels: Effective[tuple[QName, etree._Element]] = field(factory=Effective)
    _references: Effective[tuple[QName, etree._Element]] = field(factory=Effective)

    @classmethod
    def of(cls, dts: Dts) -> Linkbases:
        """Read all linkbases, those embedded in schemas included."""
        linkbases = cls(dts)
        for document in dts.documents.values():
            for root in document.root.iter(LINKBASE):
                for link in root.iterchildren(*_ARC_LINKS, *_RESOURCE_LINKS):
                    linkbases._read_link(link, document)
        return linkbases

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        return tuple(self._arcs.survivors())

    @property
    def labels(self) -> Iterator[Label]:
        for concept, element in self._labels.survivors():
            yield Label(
                concept=concept,
                text="".join(map(str, element.itertext())),
                language=_language(element),
                role=element.get(f"{_XLINK}role") or label_roles.STANDARD,
            )

    @property
    def references(self) -> Iterator[Reference]:
        for concept, element in self._references.survivors():
            parts = [(_qname(part), "".join(map(str, part.itertext()))) for part in element.iterchildren(etree.Element)]
            role = element.get(f"{_XLINK}role") or reference_roles.STANDARD
            yield Reference(concept=concept, parts=parts, role=role)

    def _read_link(self, link: etree._Element, document: Document) -> None:
        ends: dict[str, list[_End]] = {}
        arcs = []
        for element in link.iterchildren(etree.Element):
            kind, label = element.get(f"{_XLINK}type"), element.get(f"{_XLINK}label", "")
            if kind == "locator":
                if (end := self._located(element, document)) is not None:
                    ends.setdefault(label, []).append(end)
                else:
                    ends.setdefault(label, [])
            elif kind == "resource":
                ends.setdefault(label, []).append(element)
            elif kind == "arc":
                arcs.append(element)
        role = link.get(f"{_XLINK}role", "")
        for arc in arcs:
            self._read_arc(arc, role, ends, document)

    def _located(self, element: etree._Element, document: Document) -> _End | None:
        href = element.get(f"{_XLINK}href", "")
        url, target, fragment = self.dts.target(href, element, document)
        if target is None:
            return self._by_custom(url, fragment)
        found = target.find(fragment)
        if found is None:
            self._fault(document, element, f"the locator {href} points at nothing in {target.name}")
            return None
        return target.declared_name(found) if target.is_schema and found.getparent() is target.root else found

    def _by_custom(self, url: str, fragment: str) -> QName | None:
        prefix, underscore, name = fragment.partition("_")
        namespace = self.dts.public_namespaces.get(url)
        return QName(namespace, name, prefix=prefix) if namespace and underscore and name else None

    def _fault(self, document: Document, element: etree._Element, message: str) -> None:
        self.dts.errors.append(invalid(message, file=document.name, line=element.sourceline))

    def _read_arc(self, arc: etree._Element, role: str, ends: dict[str, list[_End]], document: Document) -> None:
        start, end = arc.get(f"{_XLINK}from", ""), arc.get(f"{_XLINK}to", "")
        if missing := [label for label in (start, end) if label not in ends]:
            self._fault(document, arc, f"the arc names {missing[0]!r}, which no locator or resource is labelled")
            return
        arcrole = arc.get(f"{_XLINK}arcrole", "")
        for source in ends[start]:
            for target in ends[end]:
                if not isinstance(source, QName):
                    continue
                if isinstance(target, QName):
                    self._read_relationship(arc, arcrole, role, source, target, document)
                elif arcrole == CONCEPT_LABEL:
                    self._labels.meet((source, target), priority_of(arc))
                elif arcrole == CONCEPT_REFERENCE:
                    self._references.meet((source, target), priority_of(arc))

    def _read_relationship(
        self, arc: etree._Element, arcrole: str, role: str, source: QName, target: QName, document: Document
    ) -> None:
        try:
            relationship = Relationship(
                arcrole=arcrole,
                role=role,
                source=source,
                target=target,
                order=_number(arc.get("order", "1")),
                weight=_number(arc.get("weight", "")) if arc.get("weight") else None,
                preferred_label=arc.get("preferredLabel"),
                target_role=arc.get(f"{_DIM}targetRole"),
                context_element=cast("ContextElement | None", arc.get(f"{_DIM}contextElement")),
                closed=arc.get(f"{_DIM}closed", "false").strip() in ("true", "1"),
                usable=arc.get(f"{_DIM}usable", "true").strip() in ("true", "1"),
            )
        except InvalidOperation:
            self._fault(document, arc, "order and weight are decimal numbers")
            return
        self._arcs.meet(relationship, priority_of(arc))


def _number(text: str) -> Decimal:
    number = Decimal(text.strip())
    if not number.is_finite():
        raise InvalidOperation
    return number


def _language(element: Any) -> str:
    """The language in scope, empty where none is."""
    while element is not None:
        if (language := element.get(f"{{{XML}}}lang")) is not None:
            return str(language)
        element = element.getparent()
    return ""


def _qname(element: etree._Element) -> QName:
    name = etree.QName(element)
    return QName(name.namespace or "", name.localname, prefix=element.prefix)
