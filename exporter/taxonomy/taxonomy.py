"""The taxonomy: concepts, labels, references, roles and the relationships between concepts.

Its sequences are made when they are first looked at: a taxonomy holds more than most of its users ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from attrs import field, frozen

from exporter.errors import TaxonomyError
from exporter.findings import Finding
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.report import ContextElement, Vocabulary
from exporter.taxonomy.concepts import STANDARD as STANDARD_LABEL
from exporter.taxonomy.concepts import ArcroleType, Concept, Label, Reference, RoleType, TypedDomain
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    NOT_ALL,
    Network,
    Relationship,
)

if TYPE_CHECKING:
    from exporter.taxonomy.search import ConceptIndex

_T = TypeVar("_T")


class LazySequence(Sequence[_T]):
    """Unchangeable, equal to any sequence of the same values; made at most once."""

    __slots__ = ("_make", "_values")

    def __init__(self, make: Callable[[], Iterable[_T]]) -> None:
        self._make: Callable[[], Iterable[_T]] | None = make
        self._values: tuple[_T, ...] = ()

    @property
    def values(self) -> tuple[_T, ...]:
        """The values, made now if they were not before."""
        make = self._make
        if make is not None:
            self._values = tuple(make())
            self._make = None
        return self._values

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...

    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        return self.values[index]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[_T]:
        return iter(self.values)

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazySequence):
            return self.values == other.values
        return self.values == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.values,)


# Not generic, for the type checker does not see through a generic function as converter.
def _sequence(values: Iterable[Any]) -> Sequence[Any]:
    """A tuple of the values; lazy ones stay lazy."""
    return values if isinstance(values, LazySequence) else tuple(values)


MOST_MEMBERS: Final = 5_000_000
"""The most primary items and members of all hypercubes together: a few arcs may give each of many what many have."""


@frozen(kw_only=True)
class Import:
    """A schema that the taxonomy builds on: its namespace and where it stands.

    Standard schemas that a declaration needs are imported by the writer without being named here.
    """

    namespace: str
    location: str


@frozen(kw_only=True)
class Axis:
    """A dimension of a hypercube.

    ``members`` are the usable members of an explicit dimension, the head of the domain included where usable;
    empty for a typed one, whose values stand in the element ``typed_domain``.
    """

    dimension: QName
    members: frozenset[QName] = frozenset()
    default: QName | None = None
    typed_domain: QName | None = None


@frozen(kw_only=True)
class Hypercube:
    """A hypercube as it hangs on a primary item in one link role (Dimensions 1.0 section 2.3)."""

    qname: QName
    role: str
    primary_item: QName
    context_element: ContextElement
    closed: bool
    excluded: bool
    axes: tuple[Axis, ...]
    primary_items: frozenset[QName]


@frozen(kw_only=True)
class Taxonomy:
    """A taxonomy or, read from files, a whole DTS.

    ``namespace`` and ``prefix`` are those of the taxonomy's own names; what stands in other namespaces belongs to
    the taxonomies that it builds on and is located, not declared, by the writers. Order is kept for writing and has no
    part in equality.
    """

    namespace: str
    prefix: str = field(eq=False)
    concepts: Sequence[Concept] = field(default=(), converter=_sequence, eq=frozenset)
    labels: Sequence[Label] = field(default=(), converter=_sequence, eq=frozenset)
    references: Sequence[Reference] = field(default=(), converter=_sequence, eq=frozenset)
    roles: Sequence[RoleType] = field(default=(), converter=_sequence, eq=frozenset)
    arcroles: Sequence[ArcroleType] = field(default=(), converter=_sequence, eq=frozenset)
    relationships: Sequence[Relationship] = field(default=(), converter=_sequence, eq=frozenset)
    typed_domains: Sequence[TypedDomain] = field(default=(), converter=_sequence, eq=frozenset)
    imports: Sequence[Import] = field(default=(), converter=_sequence, eq=frozenset)

    @cached_property
    def _concepts_by_name(self) -> Mapping[QName, Concept]:
        return {concept.qname: concept for concept in self.concepts}

    @cached_property
    def _domains_by_name(self) -> Mapping[QName, TypedDomain]:
        return {domain.qname: domain for domain in self.typed_domains}

    @cached_property
    def _labels_by_concept(self) -> Mapping[QName, tuple[Label, ...]]:
        by_concept: dict[QName, list[Label]] = {}
        for label in self.labels:
            by_concept.setdefault(label.concept, []).append(label)
        return {name: tuple(labels) for name, labels in by_concept.items()}

    @cached_property
    def _networks(self) -> Mapping[tuple[str, str], Network]:
        arcs: dict[tuple[str, str], list[Relationship]] = {}
        for relationship in self.relationships:
            arcs.setdefault((relationship.arcrole, relationship.role), []).append(relationship)
        return {key: Network(relationships) for key, relationships in arcs.items()}

    @cached_property
    def _roles_by_uri(self) -> Mapping[str, RoleType]:
        return {role.uri: role for role in reversed(self.roles)}

    @cached_property
    def defaults(self) -> Mapping[QName, QName]:
        """The default member of each dimension that has one; a default holds for the whole DTS."""
        defaults = {arc.source: arc.target for arc in self.relationships if arc.arcrole == DIMENSION_DEFAULT}
        return MappingProxyType(defaults)

    @cached_property
    def index(self) -> ConceptIndex:
        """Labels and names, ready for search."""
        # Imported on use: few look for concepts by words.
        from exporter.taxonomy.search import ConceptIndex

        return ConceptIndex.of(self)

    def concept(self, name: QName) -> Concept | None:
        """The declaration of ``name``, if there is one."""
        return self._concepts_by_name.get(name)

    def typed_domain(self, name: QName) -> TypedDomain | None:
        """The declaration of a typed dimension's domain element, if there is one."""
        return self._domains_by_name.get(name)

    def role(self, uri: str) -> RoleType | None:
        """The declaration of a link role, if there is one; standard roles have none."""
        return self._roles_by_uri.get(uri)

    def definition(self, role: str) -> str:
        """The definition of a link role; an empty text where it has none."""
        declared = self.role(role)
        return (declared.definition if declared is not None else None) or ""

    def labels_of(self, concept: QName) -> tuple[Label, ...]:
        """All labels of a concept."""
        return self._labels_by_concept.get(concept, ())

    def label(self, concept: QName, *, role: str = STANDARD_LABEL, language: str = "en") -> str | None:
        """The label in a role and language; ``en`` finds ``en-US`` too, an exact match comes first."""
        language_tag = language.lower()
        close = None
        for label in self.labels_of(concept):
            if label.role != role:
                continue
            if (tag := label.language.lower()) == language_tag:
                return label.text
            if close is None and tag.partition("-")[0] == language_tag.partition("-")[0]:
                close = label.text
        return close

    def network(self, arcrole: str, role: str) -> Network:
        """The relationships of one arcrole in one link role; empty where there are none."""
        return self._networks.get((arcrole, role)) or Network(())

    def roles_of(self, *arcroles: str) -> tuple[str, ...]:
        """The link roles that hold relationships of any of the arcroles, in order of appearance."""
        return tuple(dict.fromkeys(role for arcrole, role in self._networks if arcrole in arcroles))

    def hypercubes(self) -> Iterator[Hypercube]:
        """Every hypercube that hangs on a primary item, with its axes.

        Raises:
            TaxonomyError: their primary items and members together are more than
                `exporter.taxonomy.taxonomy.MOST_MEMBERS`.
        """
        members: dict[tuple[QName, str], frozenset[QName]] = {}
        primary_items: dict[tuple[QName, str], frozenset[QName]] = {}
        count = 0
        for arc in self.relationships:
            if arc.arcrole in (ALL, NOT_ALL):
                known = len(members)
                cube = self._hypercube(arc, members, primary_items)
                count += len(cube.primary_items) + len(cube.axes)
                count += sum(len(domain_members) for domain_members in islice(members.values(), known, None))
                if count > MOST_MEMBERS:
                    raise _too_many_members()
                yield cube

    def _hypercube(
        self,
        arc: Relationship,
        members: dict[tuple[QName, str], frozenset[QName]],
        primary_items: dict[tuple[QName, str], frozenset[QName]],
    ) -> Hypercube:
        """The hypercube of an arc; what several have in common is kept in ``members`` and ``primary_items``."""
        axes = self.network(HYPERCUBE_DIMENSION, arc.next_role).from_(arc.target)
        for axis in axes:
            if (axis.target, axis.next_role) not in members:
                members[axis.target, axis.next_role] = self.members(axis.target, axis.next_role)
        start = (arc.source, arc.role)
        if start not in primary_items:
            primary_items[start] = frozenset({arc.source, *self._below(*start, usable_only=False)})
        return Hypercube(
            qname=arc.target,
            role=arc.role,
            primary_item=arc.source,
            context_element=arc.context_element or "scenario",
            closed=arc.closed,
            excluded=arc.arcrole == NOT_ALL,
            axes=tuple(self._axis(axis, members[axis.target, axis.next_role]) for axis in axes),
            primary_items=primary_items[start],
        )

    def _axis(self, arc: Relationship, members: frozenset[QName]) -> Axis:
        concept = self.concept(arc.target)
        return Axis(
            dimension=arc.target,
            members=members,
            default=self.defaults.get(arc.target),
            typed_domain=concept.typed_domain_ref if concept else None,
        )

    def members(self, dimension: QName, role: str) -> frozenset[QName]:
        """The usable members of an explicit dimension, its dimension-domain arcs standing in ``role``.

        A member that one relationship makes usable and another unusable is not usable (Dimensions 1.0 section 2.5.3).
        """
        usable: set[QName] = set()
        unusable: set[QName] = set()
        for head in self.network(DIMENSION_DOMAIN, role).from_(dimension):
            (usable if head.usable else unusable).add(head.target)
            for arc in self._member_arcs(head.target, head.next_role):
                (usable if arc.usable else unusable).add(arc.target)
        return frozenset(usable - unusable)

    def enumeration_values(self, concept: Concept) -> frozenset[QName]:
        """The values that an enumeration concept allows; empty where it is none."""
        if concept.enumeration is None:
            return frozenset()
        domain, role = concept.enumeration.domain, concept.enumeration.linkrole
        head = {domain} if concept.enumeration.head_usable else set()
        return frozenset(head | self._below(domain, role, usable_only=True))

    def _below(self, start: QName, role: str, *, usable_only: bool) -> set[QName]:
        arcs = list(self._member_arcs(start, role))
        hidden = {arc.target for arc in arcs if usable_only and not arc.usable}
        return {arc.target for arc in arcs} - hidden

    def _member_arcs(self, start: QName, role: str) -> Iterator[Relationship]:
        seen = {(start, role)}
        waiting = [(start, role)]
        while waiting:
            name, place = waiting.pop()
            for arc in self.network(DOMAIN_MEMBER, place).from_(name):
                yield arc
                if (step := (arc.target, arc.next_role)) not in seen:
                    seen.add(step)
                    waiting.append(step)

    @property
    def context_element(self) -> ContextElement | None:
        """Where dimensions go by the has-hypercube arcs: scenario where both are named, ``None`` where none is."""
        named = {arc.context_element for arc in self.relationships if arc.arcrole in (ALL, NOT_ALL)}
        if "scenario" in named:
            return "scenario"
        return "segment" if "segment" in named else None

    def datatypes(self) -> Mapping[QName, DataType]:
        """The data types of concepts and of typed domains, where known."""
        declarations: tuple[Concept | TypedDomain, ...] = (*self.concepts, *self.typed_domains)
        return {
            declaration.qname: declaration.datatype for declaration in declarations if declaration.datatype is not None
        }

    def role_hrefs(self, schema: str | None = None) -> Mapping[str, str]:
        """Where each role and arcrole is declared (``schema.xsd#id``).

        ``schema`` is the place of the taxonomy's own schema; without it, its own roles are left out.
        """
        declared: tuple[RoleType | ArcroleType, ...] = (*self.roles, *self.arcroles)
        places = ((role.uri, role.schema or schema, role.id) for role in reversed(declared))
        return {uri: f"{place}#{fragment}" for uri, place, fragment in places if place is not None}

    def vocabulary(self, schema: str | None = None) -> Vocabulary:
        """What readers and writers of reports need to know.

        ``schema`` is the place of the taxonomy's own schema as the report names it.
        """
        return Vocabulary(
            datatypes=MappingProxyType(dict(self.datatypes())),
            typed_domains=MappingProxyType(
                {
                    concept.qname: concept.typed_domain_ref
                    for concept in self.concepts
                    if concept.typed_domain_ref is not None
                }
            ),
            role_hrefs=MappingProxyType(dict(self.role_hrefs(schema))),
            context_element=self.context_element,
            explicit_dimensions=frozenset(concept.qname for concept in self.concepts if concept.is_explicit_dimension),
            default_accuracies=MappingProxyType(
                {concept.qname: concept.default_accuracy for concept in self.concepts if concept.default_accuracy}
            ),
            find_label=lambda name, language: self.label(name, language=language),
        )


def _too_many_members() -> TaxonomyError:
    finding = Finding(
        code="exporter:limitExceeded",
        message=f"the hypercubes of the taxonomy have more than {MOST_MEMBERS:,} primary items and members",
        fix="hang a hypercube on the head of its primary items alone",
    )
    return TaxonomyError(findings=[finding])
