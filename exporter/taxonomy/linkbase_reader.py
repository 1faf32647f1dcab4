"""Relationships, labels and references of linkbases, prohibition applied (XBRL 2.1 section 3.5.3.9.7).

What is wrong is found at once; the objects are made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, Final, TypeVar, cast

from attrs import define, field, frozen
from lxml import etree

from exporter.model.qname import QName
from exporter.namespaces import LINK
from exporter.taxonomy import labels as label_roles
from exporter.taxonomy import references as reference_roles
from exporter.taxonomy.documents import Document, Dts, invalid
from exporter.taxonomy.effective import Effective, priority
from exporter.taxonomy.labels import Label
from exporter.taxonomy.lazy import LazySequence
from exporter.taxonomy.link_columns import Arc, End, LinkColumns, Parts, Resource, ResourceKey, of_kind, read_columns
from exporter.taxonomy.links import MAX_RELATIONSHIPS, too_many_relationships
from exporter.taxonomy.networks import CONCEPT_LABEL, CONCEPT_REFERENCE, ContextElement, Relationship
from exporter.taxonomy.references import Reference

_LINK: Final = f"{{{LINK}}}"
_ROLE: Final = "{http://www.w3.org/1999/xlink}role"
_LINKS: Final = tuple(
    f"{_LINK}{kind}Link" for kind in ("presentation", "calculation", "definition", "label", "reference")
)
_ONE: Final = Decimal(1)
_T = TypeVar("_T")


@frozen(eq=False)
class _Link:
    """An extended link without its elements: what each label stands for, and the arcs."""

    role: str
    ends: Mapping[str, Sequence[End]]
    arcs: Sequence[Arc]
    has_resources: bool


@define(eq=False)
class Linkbases:
    """What the linkbases of a DTS say.

    A locator to a schema that is not at hand still names a concept where the schema is imported with its namespace
    and the id follows the custom ``{prefix}_{name}``.
    """

    dts: Dts
    _links: list[_Link] = field(factory=list)
    _resources: dict[ResourceKey, Resource] = field(factory=dict)
    _numbers: dict[str, Decimal] = field(factory=dict)
    _count: int = 0

    @classmethod
    def of(cls, dts: Dts) -> Linkbases:
        """Read all linkbases, those embedded in schemas included.

        Raises:
            ReadError: ``exporter:limitExceeded``.
        """
        linkbases = cls(dts)
        for document in dts.documents.values():
            for root in document.linkbases:
                for link in root.iterchildren(*_LINKS):
                    linkbases._read_link(link, document)
        return linkbases

    # Reading

    def _read_link(self, link: etree._Element, document: Document) -> None:
        columns = read_columns(link)
        ends: dict[str, list[End]] = {}
        for label, name in zip(columns.loc_labels, self._located(columns, link, document), strict=True):
            found = ends.setdefault(label, [])
            if name is not None:
                found.append(name)
        for resource in columns.resources:
            key: ResourceKey = (document.url, resource[1]) if resource[1] else len(self._resources)
            self._resources[key] = resource
            ends.setdefault(resource[0], []).append(key)
        self._check_arcs(columns, ends, link, document)
        has_resources = bool(columns.resources) or any(
            isinstance(one, tuple) for found in ends.values() for one in found
        )
        self._links.append(_Link(link.get(_ROLE, ""), ends, columns.arcs, has_resources))

    def _located(self, columns: LinkColumns, link: etree._Element, document: Document) -> Iterator[End | None]:
        """What each locator points at; ``None`` where nothing is known of it."""
        known = document.located
        elements = list(of_kind(link, "locator")) if document.has_xml_base else None
        for position, href in enumerate(columns.loc_hrefs):
            if href in known:
                yield known[href]
                continue
            end, message = self._locate(href, elements[position] if elements else link, document)
            if message is not None:
                element = next(islice(of_kind(link, "locator"), position, None), link)
                self._fault(document, element, message)
            elif elements is None:
                known[href] = end
            yield end

    def _locate(self, href: str, element: etree._Element, document: Document) -> tuple[End | None, str | None]:
        url, target, fragment = self.dts.target(href, element, document)
        if target is None:
            return self._by_custom(url, fragment), None
        if (name := target.names_by_id.get(fragment)) is not None:
            return name, None
        found = target.find(fragment)
        if found is None:
            return None, f"the locator {href} points at nothing in {target.name}"
        if (name := target.declared_name(found)) is not None:
            return name, None
        identifier = found.get("id")
        return ((target.url, identifier) if identifier else None), None

    def _by_custom(self, url: str, fragment: str) -> QName | None:
        prefix, underscore, name = fragment.partition("_")
        namespace = self.dts.public_namespaces.get(url)
        return QName(namespace, name, prefix=prefix) if namespace and underscore and name else None

    def _check_arcs(
        self, columns: LinkColumns, ends: Mapping[str, Sequence[End]], link: etree._Element, document: Document
    ) -> None:
        arcs = columns.arcs
        named = {label for arc in arcs for label in arc[:2]}
        written = {text for arc in arcs for text in arc[5:7] if text is not None}
        numbers = [self._is_number(text) for text in written]  # each is looked at: what is a number is kept
        if not named <= ends.keys() or not all(numbers):
            for arc, element in zip(arcs, of_kind(link, "arc"), strict=False):
                self._arc_faults(arc, ends, element, document)
        shared = {label for label, found in ends.items() if len(found) > 1}
        if shared and not shared.isdisjoint(named):
            self._count += sum(len(ends.get(arc[0], ())) * len(ends.get(arc[1], ())) for arc in arcs)
        else:
            self._count += len(arcs)
        if self._count > MAX_RELATIONSHIPS:
            raise too_many_relationships(document.name)

    def _arc_faults(
        self, arc: Arc, ends: Mapping[str, Sequence[End]], element: etree._Element, document: Document
    ) -> None:
        if missing := [label for label in arc[:2] if label not in ends]:
            message = f"the arc names {missing[0]!r}, which no locator or resource is labelled"
            self._fault(document, element, message)
        elif not all(text is None or self._is_number(text) for text in arc[5:7]):
            self._fault(document, element, "order and weight are decimal numbers")

    def _is_number(self, text: str) -> bool:
        if text not in self._numbers:
            try:
                number = Decimal(text.strip())
            except InvalidOperation:
                return False
            if not number.is_finite():
                return False
            self._numbers[text] = number
        return True

    def _fault(self, document: Document, element: etree._Element, message: str) -> None:
        self.dts.errors.append(invalid(message, file=document.name, line=element.sourceline))

    # What was read

    @property
    def relationships(self) -> Sequence[Relationship]:
        """The relationships between concepts."""
        return LazySequence(self._relationships)

    @property
    def labels(self) -> Sequence[Label]:
        """The labels of concepts."""
        return LazySequence(self._labels)

    @property
    def references(self) -> Sequence[Reference]:
        """The references of concepts."""
        return LazySequence(self._references)

    def _relationships(self) -> Iterable[Relationship]:
        numbers = self._numbers
        rows = (
            (_relationship(arc, link.role, pair, numbers), arc)
            for link in self._links
            for arc in link.arcs
            for pair in _pairs(arc, link.ends)
        )
        return _effective(rows)

    def _labels(self) -> Iterator[Label]:
        for concept, key in self._resources_by(CONCEPT_LABEL):
            _, _, role, language, text = self._resources[key]
            yield Label(
                concept=concept, text=cast(str, text), language=language or "", role=role or label_roles.STANDARD
            )

    def _references(self) -> Iterator[Reference]:
        for concept, key in self._resources_by(CONCEPT_REFERENCE):
            _, _, role, _, content = self._resources[key]
            parts = [(_part_name(name, prefix), text) for name, prefix, text in cast(Parts, content)]
            yield Reference(concept=concept, parts=parts, role=role or reference_roles.STANDARD)

    def _resources_by(self, arcrole: str) -> Iterable[tuple[QName, ResourceKey]]:
        rows = (
            ((source, target), arc)
            for link in self._links
            if link.has_resources
            for arc in link.arcs
            if arc[2] == arcrole
            for source in link.ends.get(arc[0], ())
            if isinstance(source, QName)
            for target in link.ends.get(arc[1], ())
            if not isinstance(target, QName) and target in self._resources
        )
        return _effective(rows)


def _effective(rows: Iterable[tuple[_T, Arc]]) -> Iterable[_T]:
    """What the arcs leave, prohibition applied."""
    found: Effective[Any] = Effective()
    for key, arc in rows:
        found.meet(key, priority(arc[3], arc[4]))
    return found.survivors()


def _pairs(arc: Arc, ends: Mapping[str, Sequence[End]]) -> Iterator[tuple[QName, QName]]:
    for source in ends.get(arc[0], ()):
        if isinstance(source, QName):
            for target in ends.get(arc[1], ()):
                if isinstance(target, QName):
                    yield source, target


def _relationship(arc: Arc, role: str, pair: tuple[QName, QName], numbers: Mapping[str, Decimal]) -> Relationship:
    _, _, arcrole, _, _, order, weight, preferred_label, target_role, container, closed, usable = arc
    return Relationship(
        arcrole=arcrole,
        role=role,
        source=pair[0],
        target=pair[1],
        order=_ONE if order is None else numbers[order],
        weight=None if not weight else numbers[weight],
        preferred_label=preferred_label,
        target_role=target_role,
        context_element=cast("ContextElement | None", container),
        closed=closed is not None and closed.strip() in ("true", "1"),
        usable=usable is None or usable.strip() in ("true", "1"),
    )


def _part_name(clark: str, prefix: str | None) -> QName:
    namespace, _, name = clark.removeprefix("{").rpartition("}")
    return QName(namespace, name, prefix=prefix)
