"""Relationships, labels and references of linkbases, prohibition applied (XBRL 2.1 section 3.5.3.9.7).

What is wrong is found at once; the objects are made when somebody asks for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import Final, cast

from attrs import define, field, frozen
from lxml import etree

from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy import concepts as reference_roles
from exporter.taxonomy.concepts import Label, Reference
from exporter.taxonomy.networks import CONCEPT_LABEL, CONCEPT_REFERENCE, ELEMENT_LABEL, ContextElement, Relationship
from exporter.taxonomy.read.documents import Document, Dts, invalid
from exporter.taxonomy.read.link_columns import GENERIC_LINK, RESOURCES, Arc, End, LinkColumns, ResourceKey
from exporter.taxonomy.read.links import Priority, effective, priority, too_many_relationships

_ONE: Final = Decimal(1)


@frozen(eq=False)
class _LinkLabels:
    """An extended link and what each label in it stands for; ``keys`` are those of its resources, in order."""

    columns: LinkColumns
    ends: Mapping[str, Sequence[End]]
    keys: Sequence[ResourceKey] = ()


@define(eq=False)
class Linkbases:
    """What the linkbases of a DTS say.

    A locator to a schema that is not available still names a concept where the schema is imported with its namespace
    and the id follows the custom ``{prefix}_{name}``.
    """

    dts: Dts
    _links: list[_LinkLabels] = field(factory=list)
    _resource_links: list[tuple[LinkColumns, Document]] = field(factory=list)
    _count: int = 0

    @classmethod
    def of(cls, dts: Dts) -> Linkbases:
        """Read all linkbases, those embedded in schemas included.

        Links of labels and references are left to validation: they change no fact.

        Raises:
            ReadError: ``exporter:limitExceeded``.
        """
        linkbases = cls(dts)
        for document in dts.documents.values():
            for columns in document.links:
                if str(columns.link.tag) in RESOURCES:
                    linkbases._resource_links.append((columns, document))
                else:
                    linkbases._links.append(_LinkLabels(columns, linkbases._read_link(columns, document)))
            for linkbase in document.linkbases:
                generic = linkbase.iterchildren(GENERIC_LINK)
                linkbases._resource_links += ((LinkColumns(link), document) for link in generic)
        return linkbases

    # Reading

    def _read_link(self, columns: LinkColumns, document: Document) -> dict[str, list[End]]:
        ends: dict[str, list[End]] = {}
        for (label, _), name in zip(columns.locators, self._located(columns, document, self.dts.errors), strict=True):
            if label not in ends:
                ends[label] = [name] if name is not None else []
            elif name is not None:
                ends[label].append(name)
        arcs = columns.arcs
        numbers = {text for arc in arcs for text in arc[5:7] if text is not None}
        named = {arc[0] for arc in arcs} | {arc[1] for arc in arcs}
        if not named <= ends.keys() or None in map(_number, numbers):
            for element, arc in zip(columns.elements("arc"), arcs, strict=True):
                self._arc_findings(arc, ends, element, document)
        shared = any(len(same_label) > 1 for same_label in ends.values())
        self._add(sum(len(ends.get(arc[0], ())) * len(ends.get(arc[1], ())) for arc in arcs) if shared else len(arcs))
        return ends

    def _located(self, columns: LinkColumns, document: Document, errors: list[Finding]) -> Iterator[End | None]:
        """What each locator points at; ``None`` where nothing is known of it."""
        elements = list(columns.elements("locator")) if document.has_xml_base else None
        names = document.located
        for position, (_, href) in enumerate(columns.locators):
            place, _, fragment = href.partition("#")
            base = elements[position] if elements else columns.link
            if elements is None and place not in names:
                _, target, _ = self.dts.target(href, base, document)
                names[place] = {} if target is None else target.names_by_id
            name = names[place].get(fragment) if place in names else None
            if name is not None:
                yield name
                continue
            end, message = self._locate(href, base, document)
            if message is not None:
                element = next(itertools.islice(columns.elements("locator"), position, None), columns.link)
                errors.append(invalid(message, file=document.name, line=element.sourceline))
            yield end

    def _locate(self, href: str, element: etree._Element, document: Document) -> tuple[End | None, str | None]:
        url, target, fragment = self.dts.target(href, element, document)
        if target is None:
            return self._by_custom(url, fragment), None
        if (name := target.names_by_id.get(fragment)) is not None:
            return name, None
        located = target.find(fragment)
        if located is None:
            return None, f"the locator {href} points at nothing in {target.name}"
        if (name := target.declared_name(located)) is not None:
            return name, None
        identifier = located.get("id")
        return ((target.url, identifier) if identifier else None), None

    def _by_custom(self, url: str, fragment: str) -> QName | None:
        namespace = self.dts.public_namespaces.get(url)
        if namespace is None:
            return None
        last = namespace.rstrip("/").rpartition("/")[2]  # some prefixes have an underscore: jpcrp_cor
        start = last if "_" in last and fragment.startswith(f"{last}_") else fragment.partition("_")[0]
        prefix, name = fragment[: len(start)], fragment[len(start) + 1 :]
        return QName(namespace, name, prefix=prefix) if prefix and name else None

    def _add(self, count: int) -> None:
        self._count += count
        if self._count > (most := self.dts.resolver.limits.relationships):
            raise too_many_relationships(most)

    def _arc_findings(
        self, arc: Arc, ends: Mapping[str, Sequence[End]], element: etree._Element, document: Document
    ) -> None:
        if missing := [label for label in arc[:2] if label not in ends]:
            message = f"the arc names {missing[0]!r}, which no locator or resource is labelled"
            self._finding(document, element, message)
        elif any(text is not None and _number(text) is None for text in arc[5:7]):
            self._finding(document, element, "order and weight are decimal numbers")

    def _finding(self, document: Document, element: etree._Element, message: str) -> None:
        self.dts.errors.append(invalid(message, file=document.name, line=element.sourceline))

    # What was read

    def relationships(self) -> Iterator[Relationship]:
        """The relationships between concepts."""
        ranked: list[tuple[Relationship, Priority]] = []
        for link in self._links:
            role, ends = link.columns.role, link.ends
            for arc in link.columns.arcs:
                start, end, arcrole, use, rank, place, weight, preferred, target_role, container, closed, usable = arc
                sources = [source for source in ends.get(start, ()) if isinstance(source, QName)]
                targets = [target for target in ends.get(end, ()) if isinstance(target, QName)]
                order = None if place is None else _number(place)
                for source, target in itertools.product(sources, targets):
                    relationship = Relationship(
                        arcrole=arcrole,
                        role=role,
                        source=source,
                        target=target,
                        order=_ONE if order is None else order,
                        weight=None if weight is None else _number(weight),
                        preferred_label=preferred,
                        target_role=target_role,
                        context_element=cast("ContextElement | None", container),
                        closed=closed is not None and closed.strip() in ("true", "1"),
                        usable=usable is None or usable.strip() in ("true", "1"),
                    )
                    ranked.append((relationship, priority(use, rank)))
        return effective(ranked)

    def labels(self) -> Iterator[Label]:
        """The labels of concepts."""
        content = {
            key: row for link in self._resolved_links for key, row in zip(link.keys, link.columns.labels, strict=True)
        }
        for concept, key in self._resources_by(CONCEPT_LABEL, ELEMENT_LABEL):
            role, language, text = content[key]
            role = label_roles.GENERIC_ROLES.get(role or "", role)
            yield Label(concept=concept, text=text, language=language, role=role or label_roles.STANDARD)

    def references(self) -> Iterator[Reference]:
        """The references of concepts."""
        content = {
            key: row
            for link in self._resolved_links
            for key, row in zip(link.keys, link.columns.references, strict=True)
        }
        for concept, key in self._resources_by(CONCEPT_REFERENCE):
            role, named = content[key]
            parts = [(_part_name(name, prefix), text) for name, prefix, text in named]
            yield Reference(concept=concept, parts=parts, role=role or reference_roles.STANDARD_REFERENCE)

    @cached_property
    def _resolved_links(self) -> list[_LinkLabels]:
        """The links of resources with what their labels stand for."""
        links: list[_LinkLabels] = []
        count = 0
        for columns, document in self._resource_links:
            ends: dict[str, list[End]] = {}
            for (label, _), name in zip(columns.locators, self._located(columns, document, []), strict=True):
                if name is not None:
                    ends.setdefault(label, []).append(name)
            keys: list[ResourceKey] = []
            for label, identifier in columns.resource_names:
                count += 1
                keys.append((document.url, identifier) if identifier else count)
                ends.setdefault(label, []).append(keys[-1])
            self._add(sum(len(ends.get(arc[0], ())) * len(ends.get(arc[1], ())) for arc in columns.arcs))
            links.append(_LinkLabels(columns, ends, keys))
        return links

    def _resources_by(self, *arcroles: str) -> Iterable[tuple[QName, ResourceKey]]:
        """Concepts with the resources that arcs of the arcroles give them."""
        resources = {key for link in self._resolved_links for key in link.keys}
        return effective(
            ((source, target), priority(arc[3], arc[4]))
            for link in self._resolved_links
            for arc in link.columns.arcs
            if arc[2] in arcroles
            for source in link.ends.get(arc[0], ())
            if isinstance(source, QName)
            for target in link.ends.get(arc[1], ())
            if not isinstance(target, QName) and target in resources
        )


@lru_cache(maxsize=4096)  # orders are mostly the same few in each link
def _number(text: str) -> Decimal | None:
    """An order or a weight; ``None`` for what is no number, which is reported where the arc is read."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _part_name(clark: str, prefix: str | None) -> QName:
    namespace, _, name = clark.removeprefix("{").rpartition("}")
    return QName(namespace, name, prefix=prefix)
