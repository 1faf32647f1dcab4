"""A taxonomy as files: a schema and the linkbases that have content (XBRL 2.1 sections 3.5 and 5.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, Literal, TypeVar

from attrs import define, field
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.model.lexical import plain
from exporter.model.qname import QName
from exporter.namespaces import LINK, ROLE_LINK, XBRLDT, XLINK, XML
from exporter.taxonomy.concepts import Label, Reference
from exporter.taxonomy.networks import (
    ALL,
    CONCEPT_LABEL,
    CONCEPT_REFERENCE,
    NOT_ALL,
    PARENT_CHILD,
    SUMMATIONS,
    Relationship,
)
from exporter.taxonomy.standard import ARCROLE_HREFS, ROLE_HREFS, STANDARD_ARCS, STANDARD_ROLES, is_standard_arcrole
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.markup import FilePrefixes, child, serialize, simple_link
from exporter.taxonomy.write.schema import LinkbaseRef, write_schema

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
        if href := self._roles.get(uri) or ROLE_HREFS.get(uri):
            return href
        raise TaxonomyError(f"the role {uri} is used but not declared: add a RoleType")

    def arcrole(self, uri: str) -> str:
        """Where an arcrole that needs a reference is declared.

        Raises:
            TaxonomyError: no declaration is known.
        """
        if href := self._roles.get(uri) or ARCROLE_HREFS.get(uri):
            return href
        raise TaxonomyError(f"the arcrole {uri} is used but not declared: add an ArcroleType")


class LinkbaseFile:
    """One linkbase in the making."""

    def __init__(
        self,
        targets: Targets,
        *,
        roles: Iterable[str],
        arcroles: Iterable[str] = (),
        prefixes: FilePrefixes | None = None,
    ) -> None:
        self.targets = targets
        prefixes = prefixes or FilePrefixes({})
        prefixes.of(LINK)
        prefixes.of(XLINK)
        self.root = etree.Element(f"{{{LINK}}}linkbase", nsmap=prefixes.as_map())
        for uri in sorted(set(roles) - STANDARD_ROLES):
            child(self.root, QName(LINK, "roleRef"), {"roleURI": uri, **simple_link(targets.role(uri))})
        for uri in sorted(set(arcroles) - STANDARD_ARCS.keys()):
            child(self.root, QName(LINK, "arcroleRef"), {"arcroleURI": uri, **simple_link(targets.arcrole(uri))})

    def link(self, kind: str, role: str) -> WrittenLink:
        """A new extended link, such as ``presentationLink``."""
        element = child(self.root, QName(LINK, kind), {xlink("type"): "extended", xlink("role"): role})
        return WrittenLink(element, self.targets)


@define
class WrittenLink:
    """An extended link: locators once per concept, arcs between them.

    XLink allows one arc for two labels: where a second is needed, the target gets a second locator.
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
        all_attributes = {xlink("type"): "arc", xlink("arcrole"): arcrole, **ends, **(attributes or {})}
        child(self.element, QName(LINK, kind), all_attributes)

    def resource(
        self, kind: str, label: str, role: str, attributes: Mapping[str, str | None], text: str | None = None
    ) -> etree._Element:
        """A label or a reference."""
        own = {xlink("type"): "resource", xlink("label"): label, xlink("role"): role}
        return child(self.element, QName(LINK, kind), {**own, **attributes}, text)


_Attributes = dict[str, str | None]
NetworkKind = Literal["presentation", "definition", "calculation"]
_NETWORKS: Final[Mapping[NetworkKind, str]] = {"presentation": "pre", "definition": "def", "calculation": "cal"}
"""The linkbases of networks in the order in which the schema names them, and what their file names end in."""


def arcs_by_kind(taxonomy: Taxonomy) -> dict[NetworkKind, list[Relationship]]:
    """The relationships by the linkbase that they belong in.

    A custom arcrole stands in the definition linkbase, where it may be used on definition arcs.
    """
    kinds: dict[str, NetworkKind] = {PARENT_CHILD: "presentation", **dict.fromkeys(SUMMATIONS, "calculation")}
    arcs: dict[NetworkKind, list[Relationship]] = {kind: [] for kind in _NETWORKS}
    for arc in taxonomy.relationships:
        arcs[kinds.get(arc.arcrole, "definition")].append(arc)
    return arcs


def write_network(taxonomy: Taxonomy, schema: str, *, kind: NetworkKind) -> bytes:
    """A linkbase of relationships between concepts, dimensions included; each role has its extended link.

    Raises:
        TaxonomyError: the weight of a calculation is missing or zero, or a has-hypercube relationship does not say
            where dimensions go.
    """
    arcs = list(dict.fromkeys(arcs_by_kind(taxonomy)[kind]))
    attributes = {arc: _attributes_of(arc, kind) for arc in arcs}
    declared = dict.fromkeys(role.uri for role in taxonomy.roles)
    by_role: dict[str, list[Relationship]] = {role: [] for role in declared}
    for arc in arcs:
        by_role.setdefault(arc.role, []).append(arc)
    by_role = {role: in_role for role, in_role in by_role.items() if in_role} or {ROLE_LINK: []}
    more_roles = (arc.preferred_label if kind == "presentation" else arc.target_role for arc in arcs)
    prefixes = FilePrefixes({})
    if any(name.startswith(f"{{{XBRLDT}}}") and value for arc in arcs for name, value in attributes[arc].items()):
        prefixes.of(XBRLDT)
    linkbase = LinkbaseFile(
        Targets(taxonomy, schema),
        roles=[*(by_role if arcs else ()), *(role for role in more_roles if role and kind != "calculation")],
        arcroles=[arc.arcrole for arc in arcs],
        prefixes=prefixes,
    )
    links = {role: linkbase.link(f"{kind}Link", role) for role in by_role}
    for role, in_role in by_role.items():
        for arc in in_role:
            links[role].join(f"{kind}Arc", arc.arcrole, arc.source, arc.target, attributes[arc])
    return serialize(linkbase.root)


def _attributes_of(arc: Relationship, kind: NetworkKind) -> _Attributes:
    order = {"order": plain(arc.order)}
    if kind == "presentation":
        return {**order, "preferredLabel": arc.preferred_label}
    if kind == "calculation":
        if not arc.weight:
            raise TaxonomyError(f"the sum of {arc.source} from {arc.target} needs a weight other than zero")
        return {**order, "weight": plain(arc.weight)}
    if arc.arcrole in (ALL, NOT_ALL) and arc.context_element is None:
        raise TaxonomyError(f"{arc.source} has the hypercube {arc.target}: say whether in segment or scenario")
    if is_standard_arcrole(arc.arcrole):
        return {**order}
    return {
        **order,
        f"{{{XBRLDT}}}contextElement": arc.context_element,
        f"{{{XBRLDT}}}closed": "true" if arc.closed else None,
        f"{{{XBRLDT}}}usable": None if arc.usable else "false",
        f"{{{XBRLDT}}}targetRole": arc.target_role,
    }


_Resource = TypeVar("_Resource", Label, Reference)


def write_labels(taxonomy: Taxonomy, schema: str, *, language: str | None = None) -> bytes:
    """The label linkbase: all languages in one file, or those of one ``language``."""
    targets = Targets(taxonomy, schema)
    chosen = [label for label in taxonomy.labels if language in (None, label.language)]
    linkbase = LinkbaseFile(targets, roles=(label.role for label in chosen))
    link = linkbase.link("labelLink", ROLE_LINK)
    for concept, labels in _by_concept(chosen):
        start, end = link.locate(concept), f"lab_{targets.concept(concept)[1]}"
        for label in labels:
            link.resource("label", end, label.role, {f"{{{XML}}}lang": label.language}, label.text)
        link.arc("labelArc", CONCEPT_LABEL, start, end)
    return serialize(linkbase.root)


def write_references(taxonomy: Taxonomy, schema: str) -> bytes:
    """The reference linkbase."""
    targets = Targets(taxonomy, schema)
    prefixes = FilePrefixes({taxonomy.namespace: taxonomy.prefix})
    for reference in taxonomy.references:
        for name, _ in reference.parts:
            prefixes.of(name.namespace, name.prefix)
    roles = (reference.role for reference in taxonomy.references)
    linkbase = LinkbaseFile(targets, roles=roles, prefixes=prefixes)
    link = linkbase.link("referenceLink", ROLE_LINK)
    for concept, references in _by_concept(taxonomy.references):
        start, end = link.locate(concept), f"ref_{targets.concept(concept)[1]}"
        for reference in references:
            resource = link.resource("reference", end, reference.role, {})
            for name, text in reference.parts:
                child(resource, name, text=text)
        link.arc("referenceArc", CONCEPT_REFERENCE, start, end)
    return serialize(linkbase.root)


def _by_concept(resources: Iterable[_Resource]) -> Iterable[tuple[QName, list[_Resource]]]:
    by_concept: dict[QName, list[_Resource]] = {}
    for resource in dict.fromkeys(resources):
        by_concept.setdefault(resource.concept, []).append(resource)
    return by_concept.items()


LabelFiles = Literal["one", "untagged", "tagged"]
"""All labels in one file, one for each language of which the first has no tag in its name, or one for each."""


def _label_files(taxonomy: Taxonomy, base_name: str, label_files: LabelFiles) -> Iterator[tuple[str, str | None]]:
    """The names of the label linkbases, each with its language."""
    languages = list(dict.fromkeys(label.language for label in taxonomy.labels))
    if label_files == "one" or not languages:
        yield f"{base_name}_lab.xml", None
        return
    first = next((language for language in languages if not language.startswith("en")), languages[0])
    for language in languages:
        is_plain = label_files == "untagged" and language == first
        yield f"{base_name}_lab{'' if is_plain else f'-{language}'}.xml", language


def write_taxonomy(
    taxonomy: Taxonomy,
    base_name: str,
    *,
    embedded: bool = False,
    label_files: LabelFiles = "one",
    always: Collection[str] = (),
) -> dict[str, bytes]:
    """File names and bytes of the taxonomy's own part.

    ``{base_name}.xsd`` comes first, then those of ``_lab``, ``_pre``, ``_def``, ``_cal`` and ``_ref`` (``.xml``) that
    have content, or are among those that are ``always`` there; ``label_files`` may ask for a file of labels for each
    language. Where linkbases are ``embedded`` they stand in the schema, the only file then. Names of other namespaces
    are located where their concept's ``schema`` says. The same taxonomy gives the same bytes.

    Raises:
        TaxonomyError: the taxonomy is incomplete; the message names what is missing.
    """
    schema = f"{base_name}.xsd"
    labels = [
        ("label", name, partial(write_labels, language=language))
        for name, language in (_label_files(taxonomy, base_name, label_files) if taxonomy.labels else ())
    ]
    networks: list[tuple[str, str, object, Callable[[Taxonomy, str], bytes]]] = [
        (kind, _NETWORKS[kind], arcs, partial(write_network, kind=kind))
        for kind, arcs in arcs_by_kind(taxonomy).items()
    ]
    others = [
        (kind, f"{base_name}_{suffix}.xml", write)
        for kind, suffix, content, write in (*networks, ("reference", "ref", taxonomy.references, write_references))
        if content or kind in always
    ]
    used: list[tuple[str, str, Callable[[Taxonomy, str], bytes]]] = [*labels, *others]
    if embedded:
        return {schema: write_schema(taxonomy, embedded=[write(taxonomy, schema) for _, _, write in used])}
    refs = [LinkbaseRef(name, kind) for kind, name, _ in used]
    return {schema: write_schema(taxonomy, refs)} | {name: write(taxonomy, schema) for _, name, write in used}
