"""What all linkbases share: role references, extended links, locators and arcs (XBRL 2.1 section 3.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.model.qname import QName
from exporter.namespaces import LINK, XLINK
from exporter.taxonomy.markup import Prefixes, child, serialize, simple_link
from exporter.taxonomy.standard import ARCROLE_HREFS, ROLE_HREFS, is_standard_arcrole, is_standard_role
from exporter.taxonomy.taxonomy import Taxonomy

LOC = QName(LINK, "loc")


def xlink(name: str) -> str:
    """An XLink attribute's name."""
    return f"{{{XLINK}}}{name}"


@define
class Targets:
    """Where the concepts, roles and arcroles of a taxonomy are declared, seen from its own linkbases.

    ``schema`` is the name of the taxonomy's own schema file.
    """

    taxonomy: Taxonomy
    schema: str
    _roles: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._roles = self.taxonomy.role_hrefs(self.schema)

    def concept(self, name: QName) -> tuple[str, str]:
        """The address of a concept's declaration and its id.

        Raises:
            TaxonomyError: the concept is not in the taxonomy, or stands in another namespace at a place unknown.
        """
        concept = self.taxonomy.concept(name)
        if concept is None:
            raise TaxonomyError(f"{name} is used in a relationship, label or reference but is not declared")
        own = name.namespace == self.taxonomy.namespace
        place = self.schema if own else concept.schema
        if place is None:
            raise TaxonomyError(f"{name} stands in another namespace: its concept needs the schema that declares it")
        return f"{place}#{concept.id}", concept.id

    def role(self, uri: str) -> str:
        """Where a role that needs a reference is declared.

        Raises:
            TaxonomyError: no declaration is known.
        """
        if found := self._roles.get(uri) or ROLE_HREFS.get(uri):
            return found
        raise TaxonomyError(f"the role {uri} is used but not declared: add a RoleType")

    def arcrole(self, uri: str) -> str:
        """Where an arcrole that needs a reference is declared.

        Raises:
            TaxonomyError: no declaration is known.
        """
        if found := self._roles.get(uri) or ARCROLE_HREFS.get(uri):
            return found
        raise TaxonomyError(f"the arcrole {uri} is used but not declared: add an ArcroleType")


class LinkbaseFile:
    """One linkbase in the making."""

    def __init__(
        self, targets: Targets, *, roles: Iterable[str], arcroles: Iterable[str] = (), prefixes: Prefixes | None = None
    ) -> None:
        self.targets = targets
        prefixes = prefixes or Prefixes({})
        prefixes.of(LINK)
        prefixes.of(XLINK)
        self.root = etree.Element(f"{{{LINK}}}linkbase", nsmap=prefixes.as_map())
        for uri in sorted(set(roles)):
            if not is_standard_role(uri):
                self._reference("roleRef", "roleURI", uri, targets.role(uri))
        for uri in sorted(set(arcroles)):
            if not is_standard_arcrole(uri):
                self._reference("arcroleRef", "arcroleURI", uri, targets.arcrole(uri))

    def _reference(self, element: str, attribute: str, uri: str, href: str) -> None:
        child(self.root, QName(LINK, element), {attribute: uri, **simple_link(href)})

    def link(self, kind: str, role: str) -> ExtendedLink:
        """A new extended link, such as ``presentationLink``."""
        element = child(self.root, QName(LINK, kind), {xlink("type"): "extended", xlink("role"): role})
        return ExtendedLink(element, self.targets)

    def to_bytes(self) -> bytes:
        return serialize(self.root)


@define
class ExtendedLink:
    """An extended link: locators once per concept, arcs between them.

    XLink allows one arc for two labels: where a second is wanted, the target gets a second locator.
    """

    element: etree._Element
    targets: Targets
    _located: set[str] = field(factory=set)
    _joined: set[tuple[str, str]] = field(factory=set)

    def locate(self, name: QName, *, number: int = 1) -> str:
        """The label of a concept's locator, which is made where it is not there."""
        href, fragment = self.targets.concept(name)
        label = f"loc_{fragment}" if number == 1 else f"loc{number}_{fragment}"
        if label not in self._located:
            self._located.add(label)
            child(self.element, LOC, {xlink("type"): "locator", xlink("href"): href, xlink("label"): label})
        return label

    def join(self, kind: str, arcrole: str, source: QName, target: QName, attributes: Mapping[str, str | None]) -> None:
        """An arc from one concept to another."""
        start, number = self.locate(source), 1
        while (start, end := self.locate(target, number=number)) in self._joined:
            number += 1
        self._joined.add((start, end))
        self.arc(kind, arcrole, start, end, attributes)

    def arc(
        self, kind: str, arcrole: str, start: str, end: str, attributes: Mapping[str, str | None] | None = None
    ) -> None:
        """An arc from one label to another."""
        ends = {xlink("from"): start, xlink("to"): end}
        shown = {xlink("type"): "arc", xlink("arcrole"): arcrole, **ends, **(attributes or {})}
        child(self.element, QName(LINK, kind), shown)

    def resource(
        self, kind: str, label: str, role: str, attributes: Mapping[str, str | None], text: str | None = None
    ) -> etree._Element:
        """A label or a reference."""
        own = {xlink("type"): "resource", xlink("label"): label, xlink("role"): role}
        return child(self.element, QName(LINK, kind), {**own, **attributes}, text)
