"""Taxonomy-defined dimensions: names, members and values, and dimensional validity (OIM 1.0, Dimensions 1.0)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Final

from attrs import define, field

from exporter.errors import TaxonomyError
from exporter.findings import Finding, list_text
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import ContextElement
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.taxonomy import Axis, Hypercube, Taxonomy
from exporter.validation.engine import Codes, at_fact, is_a, rule, value_text
from exporter.validation.report.subject import ReportSubject, fact_rule, taxonomy_dimensions

UNKNOWN: Final = "oime:unknownDimension"
NOT_EXPLICIT: Final = Codes(
    json="xbrlje:invalidDimensionValue",
    csv="xbrlce:invalidDimensionValue",
    xml="xbrldie:ExplicitMemberNotExplicitDimensionError",
)
NOT_TYPED: Final = Codes(
    json="xbrlje:invalidDimensionValue",
    csv="xbrlce:invalidDimensionValue",
    xml="xbrldie:TypedMemberNotTypedDimensionError",
)
NO_MEMBER: Final = "xbrldie:ExplicitMemberUndefinedQNameError"
DEFAULT: Final = Codes(
    json="oime:invalidDimensionValue",
    csv="xbrlce:invalidDimensionValue",
    xml="xbrldie:DefaultValueUsedInInstanceError",
)
TYPED_VALUE: Final = Codes(
    json="xbrlje:invalidDimensionValue",
    csv="xbrlce:invalidDimensionValue",
    xml="xbrldie:IllegalTypedDimensionContentError",
)
TYPED_NIL: Final = Codes(
    json="oime:invalidDimensionValue",
    csv="xbrlce:invalidDimensionValue",
    xml="xbrldie:IllegalTypedDimensionContentError",
)
COMPLEX: Final = Codes.oim("oime:unsupportedDimensionDataType", xml="xbrlxe:unsupportedComplexTypedDimension")
UNSUPPORTED: Final = "oime:unsupportedDimensionDataType"
INVALID: Final = "xbrldie:PrimaryItemDimensionallyInvalidError"

_LEGACY: Final = ("ENTITY", "ENTITIES", "ID", "IDREF", "IDREFS", "NMTOKEN", "NMTOKENS", "NOTATION")
_PREFIXED: Final = ("prefixedContentType", "prefixedContentItemType", "SQNameType", "SQNamesType")


@fact_rule(UNKNOWN, NOT_EXPLICIT, NOT_TYPED, by=taxonomy_dimensions, part="dimensions", section="OIM 1.0")
def dimensions_are_declared(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Each dimension is one of the taxonomy's, and explicit or typed as declared."""
    for dimension in fact.context.dimensions:
        axis = subject.taxonomy.concept(dimension.axis)
        if axis is None:
            if subject.is_unknown(dimension.axis):
                message = f"the taxonomy has no dimension {dimension.axis}"
                yield subject.finding(UNKNOWN, message, "correct the name or its prefix, or declare the dimension")
        elif axis.kind != "dimension":
            yield subject.finding(UNKNOWN, f"{dimension.axis} is no dimension", "name a dimension of the taxonomy")
        elif isinstance(dimension, ExplicitDimension) and axis.is_typed_dimension:
            message = f"{dimension.axis} is a typed dimension, yet it is given the member {dimension.member}"
            yield subject.finding(NOT_EXPLICIT, message, "give a value of its domain's type")
        elif isinstance(dimension, TypedDimension) and axis.is_explicit_dimension:
            message = f"{dimension.axis} is an explicit dimension, expected a member, got {value_text(dimension.value)}"
            yield subject.finding(NOT_TYPED, message, "name a member, with a declared prefix")


@fact_rule(NO_MEMBER, DEFAULT, by=taxonomy_dimensions, part="dimensions", section="OIM 1.0")
def members_are_declared(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Members are items of the taxonomy; the default member is never written."""
    for dimension in fact.context.dimensions:
        if not isinstance(dimension, ExplicitDimension):
            continue
        member = subject.taxonomy.concept(dimension.member)
        if subject.is_unknown(dimension.member) or (member is not None and member.kind == "tuple"):
            message = f"the taxonomy has no member {dimension.member} (on {dimension.axis})"
            yield subject.finding(NO_MEMBER, message, "correct the name or its prefix, or declare the member")
        elif subject.taxonomy.defaults.get(dimension.axis) == dimension.member:
            message = f"{dimension.member} is the default of {dimension.axis}, which is never written"
            yield subject.finding(DEFAULT, message, f"leave {dimension.axis} out")


@fact_rule(TYPED_VALUE, TYPED_NIL, COMPLEX, UNSUPPORTED, by=taxonomy_dimensions, part="dimensions", section="OIM 1.0")
def typed_values_fit_their_domain(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Typed values are in the lexical space of the domain's type, nil only where the domain element allows it."""
    for dimension in fact.context.dimensions:
        axis = subject.taxonomy.concept(dimension.axis)
        if isinstance(dimension, TypedDimension) and axis is not None and axis.typed_domain_ref is not None:
            yield from _check_typed_value(subject, dimension, axis)


def _check_typed_value(subject: ReportSubject, dimension: TypedDimension, axis: Concept) -> Iterator[Finding]:
    domain = subject.taxonomy.typed_domain(axis.typed_domain_ref) if axis.typed_domain_ref else None
    if domain is None:
        return
    datatype = domain.datatype
    if datatype is not None and (reason := _unsupported(datatype)) is not None:
        code = COMPLEX if datatype.base == "complex" else UNSUPPORTED
        message = f"the values of {dimension.axis} are of {reason}, which the model cannot carry"
        yield subject.finding(code, message, "give the domain element a simple type")
    elif dimension.value is None and not domain.nillable:
        message = f"a value on {dimension.axis} is expected, got nil: {domain.qname} is not nillable"
        yield subject.finding(TYPED_NIL, message, "give a value")
    elif dimension.value is not None and datatype is not None and not datatype.is_valid(dimension.value):
        message = f"{value_text(dimension.value)} is no value on {dimension.axis}, expected {datatype.name}"
        yield subject.finding(TYPED_VALUE, message, "write the value in the form of its type")


def _unsupported(datatype: DataType) -> str | None:
    if datatype.base in ("complex", "list", "union"):
        return f"a {datatype.base} type"
    if is_a(datatype, *_PREFIXED):
        return f"the type {datatype.name} with prefixes inside"
    if datatype.base in _LEGACY or is_a(datatype, *_LEGACY):
        return f"the legacy type {datatype.base}"
    return None


# Dimensional validity


_Cubes = tuple[tuple[Hypercube, ...], ...]
"""Hypercubes by link role."""


@define(eq=False)
class Validity:
    """Which combinations of concept and dimensions the hypercubes of a taxonomy allow.

    A concept is valid with some dimensions if in at least one link role that has hypercubes for it, all of these are
    satisfied: ``all`` ones hold, ``notAll`` ones do not. A concept without hypercubes is always valid.
    """

    taxonomy: Taxonomy
    _by_concept: Mapping[QName, _Cubes] = field(init=False)
    _verdicts: dict[Hashable, bool] = field(factory=dict, init=False)

    @_by_concept.default
    def _arrange(self) -> Mapping[QName, _Cubes]:
        roles_by_concept: dict[QName, dict[str, list[Hypercube]]] = {}
        for hypercube in self.taxonomy.hypercubes():
            for name in hypercube.primary_items:
                roles_by_concept.setdefault(name, {}).setdefault(hypercube.role, []).append(hypercube)
        shared: dict[Hashable, _Cubes] = {}
        return {name: _shared(roles.values(), shared) for name, roles in roles_by_concept.items()}

    @property
    def containers(self) -> tuple[ContextElement, ...]:
        """Where the hypercubes look for dimensions; scenario first."""
        named = {cube.context_element for roles in self._by_concept.values() for role in roles for cube in role}
        return tuple(name for name in ("scenario", "segment") if name in named)

    def allows(self, concept: QName, dimensions: tuple[Dimension, ...], container: ContextElement | None) -> bool:
        """Whether ``concept`` is valid with ``dimensions``, all standing in ``container``.

        Without a container they stand where each hypercube looks for them.
        """
        roles = self.cubes(concept)
        if roles is None:
            return True
        key = (id(roles), dimensions, container)
        if key not in self._verdicts:
            self._verdicts[key] = any(_all_satisfied(cubes, dimensions, container) for cubes in roles)
        return self._verdicts[key]

    def cubes(self, concept: QName) -> _Cubes | None:
        """The hypercubes of a concept; the same object for all concepts that have the same."""
        return self._by_concept.get(concept)


def _shared(roles: Iterable[list[Hypercube]], known: dict[Hashable, _Cubes]) -> _Cubes:
    cubes = tuple(map(tuple, roles))
    return known.setdefault(tuple(tuple(map(id, cube)) for cube in cubes), cubes)


def _all_satisfied(
    cubes: Iterable[Hypercube], dimensions: tuple[Dimension, ...], container: ContextElement | None
) -> bool:
    for cube in cubes:
        inside = dimensions if container in (None, cube.context_element) else ()
        if _is_inside(cube, inside) == cube.excluded:
            return False
    return True


def _is_inside(cube: Hypercube, dimensions: tuple[Dimension, ...]) -> bool:
    values = {dimension.axis: dimension for dimension in dimensions}
    if cube.closed and not values.keys() <= {axis.dimension for axis in cube.axes}:
        return False
    return all(_axis_allows(axis, values.get(axis.dimension)) for axis in cube.axes)


def _axis_allows(axis: Axis, value: Dimension | None) -> bool:
    if axis.typed_domain is not None:
        return isinstance(value, TypedDimension)
    if value is None:
        return axis.default is not None and axis.default in axis.members
    return isinstance(value, ExplicitDimension) and value.member in axis.members


@rule(INVALID, "exporter:limitExceeded", section="Dimensions 1.0, 3.1", needs=("hypercubes",))
def facts_are_dimensionally_valid(subject: ReportSubject) -> Iterator[Finding]:
    """Each fact fits the hypercubes of its concept (Dimensions 1.0 section 3.1).

    A report in another syntax than XML has no containers: it is checked with the one that XML would use.
    """
    if not subject.complete:
        return
    try:
        validity = Validity(subject.taxonomy)
    except TaxonomyError as error:
        yield from error.findings
        return
    container = _container(subject, validity)
    # By identity, several times as fast as by equality; report and taxonomy keep all of these alive.
    cubes: dict[int, _Cubes | None] = {}
    known: dict[tuple[int, int], bool] = {}
    for fact in subject.report.facts:
        concept, context = fact.concept, fact.context
        if id(concept) not in cubes:
            cubes[id(concept)] = validity.cubes(concept)
        place = (id(cubes[id(concept)]), id(context))
        verdict = known.get(place)
        if verdict is None:
            verdict = known[place] = validity.allows(concept, context.dimensions, container)
        if not verdict:
            yield at_fact(_invalid(subject, fact), fact)


def _container(subject: ReportSubject, validity: Validity) -> ContextElement | None:
    if subject.syntax == "xml":
        used = subject.report.vocabulary.context_element
        return used or next(iter(validity.containers), None)
    choices = validity.containers
    if len(choices) < 2:
        return next(iter(choices), None)
    combinations = {(fact.concept, fact.context.dimensions) for fact in subject.report.facts}
    fitting = (choice for choice in choices if all(validity.allows(*pair, choice) for pair in combinations))
    return next(fitting, choices[0])


def _invalid(subject: ReportSubject, fact: Fact) -> Finding:
    dimensions = list_text(
        f"{aspect.axis} = {aspect.member if isinstance(aspect, ExplicitDimension) else value_text(aspect.value)}"
        for aspect in fact.context.dimensions
    )
    message = f"no hypercube of {fact.concept} allows {dimensions or 'a fact without dimensions'}"
    return subject.finding(INVALID, message, "use dimensions and members that the taxonomy provides for this concept")
