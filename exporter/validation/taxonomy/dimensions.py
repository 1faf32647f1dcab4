"""Dimensional taxonomies (Dimensions 1.0) and the domains of enumerations (Extensible Enumerations 2.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, field

from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.namespaces import ENUM2, LINK, XBRLDT
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    NOT_ALL,
)
from exporter.taxonomy.read.documents import resolve_name
from exporter.taxonomy.read.links import Edge
from exporter.taxonomy.standard import is_standard_role, is_standard_schema
from exporter.validation.engine import rule
from exporter.validation.taxonomy.relationships import by_source, directed_cycle
from exporter.validation.taxonomy.subject import Kind, L, TaxonomySubject

HYPERCUBE_ABSTRACT: Final = "xbrldte:HypercubeElementIsNotAbstractError"
DIMENSION_ABSTRACT: Final = "xbrldte:DimensionElementIsNotAbstractError"
CONTEXT_ELEMENT: Final = "xbrldte:HasHypercubeMissingContextElementAttributeError"
TARGET_ROLE: Final = "xbrldte:TargetRoleNotResolvedError"
TYPED_REF: Final = "xbrldte:TypedDomainRefError"
TYPED_URI: Final = "xbrldte:TypedDimensionURIError"
TYPED: Final = "xbrldte:TypedDimensionError"
OUT_OF_DTS: Final = "xbrldte:OutOfDTSSchemaError"
DEFAULTS: Final = "xbrldte:TooManyDefaultMembersError"
CYCLE: Final = "xbrldte:DRSDirectedCycleError"
POLYMORPHISM: Final = "xbrldte:PrimaryItemPolymorphismError"

_DIM: Final = f"{{{XBRLDT}}}"
_ARC: Final = f"{{{LINK}}}definitionArc"

_ENDS: Final[Mapping[str, tuple[str, Kind, Kind]]] = {
    ALL: ("HasHypercube", "item", "hypercube"),
    NOT_ALL: ("HasHypercube", "item", "hypercube"),
    HYPERCUBE_DIMENSION: ("HypercubeDimension", "hypercube", "dimension"),
    DIMENSION_DOMAIN: ("DimensionDomain", "dimension", "item"),
    DOMAIN_MEMBER: ("DomainMember", "item", "item"),
    DIMENSION_DEFAULT: ("DimensionDefault", "dimension", "item"),
}
_CODES: Final = tuple(
    f"xbrldte:{name}{end}Error"
    for name in dict.fromkeys(end[0] for end in _ENDS.values())
    for end in ("Source", "Target")
)
_KIND_TEXTS: Final[Mapping[str, str]] = {
    "item": "a primary item or member",
    "hypercube": "a hypercube",
    "dimension": "a dimension",
}


@rule(HYPERCUBE_ABSTRACT, DIMENSION_ABSTRACT, section="Dimensions 1.0, 2.2.1 and 2.5.1")
def hypercubes_and_dimensions_are_abstract(subject: TaxonomySubject) -> Iterator[Finding]:
    """No fact is ever reported for a hypercube or a dimension (sections 2.2.1 and 2.5.1)."""
    codes = {"hypercube": HYPERCUBE_ABSTRACT, "dimension": DIMENSION_ABSTRACT}
    for concept in subject.taxonomy.concepts:
        if concept.kind in codes and not concept.abstract:
            message = f"the {concept.kind} {concept.qname} is not abstract"
            at = subject.declaration(concept.qname)
            yield subject.finding(codes[concept.kind], message, 'declare it with abstract="true"', at=at)


@rule(*_CODES, section="Dimensions 1.0")
def arcs_join_what_they_are_for(subject: TaxonomySubject) -> Iterator[Finding]:
    """Each arcrole of Dimensions 1.0 has its kind of source and of target; only explicit dimensions have domains."""
    for arcrole, (name, source, target) in _ENDS.items():
        for edge in subject.edges.get(arcrole, ()):
            for end, concept, expected in (("Source", edge.source, source), ("Target", edge.target, target)):
                kind = subject.kind(concept)
                is_typed = expected == "dimension" and end == "Source" and _is_typed(subject, concept)
                if kind is None or (kind == expected and not is_typed):
                    continue
                expected_text = (
                    "an explicit dimension" if expected == "dimension" and end == "Source" else _KIND_TEXTS[expected]
                )
                message = (
                    f"{concept} is the {end.lower()} of a {arcrole.rpartition('/')[2]} arc, which takes {expected_text}"
                )
                at = (edge.arc, edge.link.document)
                yield subject.finding(f"xbrldte:{name}{end}Error", message, "correct the arc or the declaration", at=at)


def _is_typed(subject: TaxonomySubject, name: QName) -> bool:
    declaration = subject.declaration(name)
    return declaration is not None and declaration[0].get(f"{_DIM}typedDomainRef") is not None


@rule(CONTEXT_ELEMENT, section="Dimensions 1.0, 2.3.1")
def has_hypercube_arcs_name_their_container(subject: TaxonomySubject) -> Iterator[Finding]:
    """An arc to a hypercube says whether its dimensions stand in the segment or in the scenario (section 2.3.1)."""
    for arcrole in (ALL, NOT_ALL):
        for edge in subject.edges.get(arcrole, ()):
            container = edge.arc.get(f"{_DIM}contextElement")
            if container not in ("segment", "scenario"):
                message = f"the arc from {edge.source} to {edge.target} needs xbrldt:contextElement, got {container!r}"
                fix = "state segment or scenario"
                yield subject.finding(CONTEXT_ELEMENT, message, fix, at=(edge.arc, edge.link.document))


@rule(TARGET_ROLE, section="Dimensions 1.0, 2.4.3")
def target_roles_are_referred_to(subject: TaxonomySubject) -> Iterator[Finding]:
    """A target role is standard, or the linkbase has a roleRef for it (section 2.4.3)."""
    for link in subject.links.links:
        referred: set[str] | None = None
        for arc in link.arcs:
            role = arc.get(f"{_DIM}targetRole")
            if role is None or arc.tag != _ARC or is_standard_role(role):
                continue
            if referred is None:
                referred = {reference.get("roleURI", "") for reference in link.base.iterchildren(f"{L}roleRef")}
            if role not in referred:
                message = f"the target role {role} has no roleRef in the linkbase"
                yield subject.finding(TARGET_ROLE, message, f"add a roleRef for {role}", at=(arc, link.document))


@rule(TYPED_REF, TYPED_URI, TYPED, OUT_OF_DTS, section="Dimensions 1.0, 2.5.2.1")
def typed_dimensions_lead_to_their_domain(subject: TaxonomySubject) -> Iterator[Finding]:
    """A typed dimension names a global, non-abstract element of a schema of the DTS (section 2.5.2.1)."""
    for name, (element, document) in subject.schemas.elements.items():
        href, at = element.get(f"{_DIM}typedDomainRef"), (element, document)
        if href is None:
            continue
        kind = subject.kind(name)
        if kind != "dimension":
            if kind != "element" or subject.complete:
                message = f"{name} has a typedDomainRef but is no dimension"
                yield subject.finding(TYPED_REF, message, "take it out, or make it a dimension", at=at)
            continue
        url, target_document, fragment = subject.dts.target(href, element, document)
        if not fragment:
            message = f"the typedDomainRef of {name} has no fragment: {href!r}"
            yield subject.finding(TYPED_URI, message, "write schema.xsd#id", at=at)
        elif target_document is None or not target_document.is_schema:
            if target_document is not None or not (is_standard_schema(url) or url in subject.dts.public_namespaces):
                message = f"the typedDomainRef of {name} leads to {href}, which is no schema of the DTS"
                yield subject.finding(OUT_OF_DTS, message, "import that schema", at=at)
        else:
            target = target_document.find(fragment)
            if target is None or target_document.declared_name(target) is None:
                message = f"the typedDomainRef of {name} leads to {href}, which is no global element"
                yield subject.finding(TYPED, message, "let it point at a global element declaration", at=at)
            elif target.get("abstract", "").strip() in ("true", "1"):
                message = f"the typed domain of {name} is abstract"
                yield subject.finding(TYPED, message, "let it point at an element that is not abstract", at=at)


@rule(DEFAULTS, section="Dimensions 1.0, 2.7.1.1")
def dimensions_have_one_default(subject: TaxonomySubject) -> Iterator[Finding]:
    """A dimension has at most one default member in the whole DTS (section 2.7.1.1)."""
    first: dict[QName, QName] = {}
    for edge in subject.edges.get(DIMENSION_DEFAULT, ()):
        default = first.setdefault(edge.source, edge.target)
        if default != edge.target:
            message = f"{edge.source} has two default members, {default} and {edge.target}"
            yield subject.finding(DEFAULTS, message, "keep one", at=(edge.arc, edge.link.document))


# Dimensional relationship sets


@define(eq=False)
class _Reach:
    """What the consecutive relationships below a dimension or a primary item lead to; each is walked once."""

    subject: TaxonomySubject
    _arcs: dict[str, dict[tuple[QName, str], list[Edge]]] = field(factory=dict, init=False)
    _domains: dict[tuple[QName, str], list[Edge]] = field(factory=dict, init=False)
    _items: dict[tuple[QName, str], frozenset[QName]] = field(factory=dict, init=False)

    def from_(self, arcrole: str, name: QName, role: str) -> list[Edge]:
        """The relationships of an arcrole that lead from a concept in a link role."""
        if arcrole not in self._arcs:
            index: dict[tuple[QName, str], list[Edge]] = {}
            for edge in self.subject.edges.get(arcrole, ()):
                index.setdefault((edge.source, edge.link.role), []).append(edge)
            self._arcs[arcrole] = index
        return self._arcs[arcrole].get((name, role), [])

    def domain(self, dimension: QName, role: str) -> list[Edge]:
        """The relationships from a dimension to all members of its domain."""
        key = (dimension, role)
        if key not in self._domains:
            heads = self.from_(DIMENSION_DOMAIN, dimension, role)
            self._domains[key] = [*heads, *self._members(heads)]
        return self._domains[key]

    def primary_items(self, item: QName, role: str) -> frozenset[QName]:
        """The item and all that inherit its hypercubes."""
        key = (item, role)
        if key not in self._items:
            below = self.from_(DOMAIN_MEMBER, item, role)
            reached = [*below, *self._members(below)]
            self._items[key] = frozenset({item, *(edge.target for edge in reached if edge.is_usable)})
        return self._items[key]

    def _members(self, edges: list[Edge]) -> Iterator[Edge]:
        waiting = [(edge.target, edge.next_role) for edge in edges]
        seen = set(waiting)
        while waiting:
            for edge in self.from_(DOMAIN_MEMBER, *waiting.pop()):
                yield edge
                step = (edge.target, edge.next_role)
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)


@rule(CYCLE, POLYMORPHISM, section="Dimensions 1.0, 2.5.3")
def relationship_sets_are_sound(subject: TaxonomySubject) -> Iterator[Finding]:
    """Below a hypercube nothing goes round, and no member is one of its own primary items (section 2.5.3)."""
    reach = _Reach(subject)
    checked: set[tuple[QName, QName, str]] = set()
    for arcrole in (ALL, NOT_ALL):
        for has in subject.edges.get(arcrole, ()):
            for axis in reach.from_(HYPERCUBE_DIMENSION, has.target, has.next_role):
                domain = reach.domain(axis.target, axis.next_role)
                key = (axis.source, axis.target, axis.next_role)
                if key not in checked:
                    checked.add(key)
                    yield from _cycle(subject, axis, domain)
                items = reach.primary_items(has.source, has.link.role)
                shared = next((edge for edge in domain if edge.is_usable and edge.target in items), None)
                if shared is not None:
                    message = f"{shared.target} is a member on {axis.target} and a primary item of {has.target} as well"
                    fix = "use separate concepts for members and primary items"
                    yield subject.finding(POLYMORPHISM, message, fix, at=(shared.arc, shared.link.document))


def _cycle(subject: TaxonomySubject, axis: Edge, domain: list[Edge]) -> Iterator[Finding]:
    cycle = directed_cycle(by_source([axis, *domain]))
    if cycle is not None:
        path = " → ".join(str(edge.source) for edge in cycle[:20])
        message = f"the members below {axis.target} go round: {path} → {cycle[-1].target}"
        yield subject.finding(CYCLE, message, "take out one of the arcs", at=(cycle[-1].arc, cycle[-1].link.document))


# Enumerations


NO_DOMAIN: Final = "enum2te:MissingDomainError"
DOMAIN: Final = "enum2te:InvalidDomainError"
NO_LINKROLE: Final = "enum2te:MissingLinkRoleError"

_ENUM: Final = f"{{{ENUM2}}}"


@rule(NO_DOMAIN, DOMAIN, NO_LINKROLE, section="Extensible Enumerations 2.0")
def enumerations_have_a_domain(subject: TaxonomySubject) -> Iterator[Finding]:
    """An enumeration concept names the head of its domain, a plain item, and the link role of its members."""
    for concept in subject.taxonomy.concepts:
        declaration = subject.declaration(concept.qname)
        if declaration is None or concept.datatype is None or not concept.datatype.is_enumeration:
            continue
        element, _ = declaration
        text = element.get(f"{_ENUM}domain")
        domain = resolve_name(element, text)
        if not text:
            message = f"the enumeration {concept.qname} has no enum2:domain"
            yield subject.finding(NO_DOMAIN, message, "name the head of its domain", at=declaration)
        elif domain is None or (subject.kind(domain) or ("element" if subject.complete else "item")) != "item":
            message = f"the domain {text} of {concept.qname} is no item of the taxonomy that may be a member"
            yield subject.finding(
                DOMAIN, message, "name an item that is no dimension, hypercube or tuple", at=declaration
            )
        if not (element.get(f"{_ENUM}linkrole") or "").strip():
            message = f"the enumeration {concept.qname} has no enum2:linkrole"
            yield subject.finding(NO_LINKROLE, message, "name the link role of its members", at=declaration)
