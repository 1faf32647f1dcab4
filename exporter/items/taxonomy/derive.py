"""Anchors: the standard concepts that concepts of the filing's own are narrower or wider than.

A filer in the European Union ties each line item of its own to the taxonomy that the regulator publishes (ESEF
Regulatory Technical Standard, annex IV). Anchors stand in a link role of their own, away from dimensions.

Hypercubes: which axes a fact of each concept has.

Presentation and calculation of item classes.

The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations.

In a profile with standard taxonomies it holds the filing's own concepts only, points at the standard ones where they
are declared, and has the members that the values of the filing's items become.

Each item class has a link role of its own. Its presentation shows the axes and the concepts under one heading; its
hypercubes say which axes a fact of each concept has. An axis that an item may lack is either explicit, with its domain
as default member, or typed: then there is a link role with the axis and one without.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import DeclarationError
from exporter.items.bind import Binding, bind
from exporter.items.bound import BoundAxis, BoundConcept, Namespace
from exporter.items.declarations import ConceptDeclaration, words
from exporter.items.taxonomy.concepts import Domains, FieldConcepts, labels_of
from exporter.items.taxonomy.draft import TaxonomyDraft
from exporter.model.datatypes import DataType
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, RoleType
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.taxonomy import Import, Taxonomy

ROLE_NAME: Final = "Anchoring"
_DEFINITION: Final = "900001 - Document - Anchoring"


def with_anchors(taxonomy: Taxonomy, bindings: Iterable[Binding]) -> Taxonomy:
    """The taxonomy of item classes with the anchors that their own concepts declare.

    Anchors to taxonomies that the profile does not know are left out: they belong to another profile.
    """
    bindings = tuple(bindings)
    declared = {concept.qname: concept for concept in taxonomy.concepts}
    arcs, standard = dict[Relationship, None](), dict[QName, Concept]()
    for binding in bindings:
        role = binding.namespace.role(ROLE_NAME)
        for own, name, is_wider in _anchors(binding, declared):
            found = _concept(binding.profile, name, declared[own])
            standard.setdefault(found.qname, found)
            source, target = (found.qname, own) if is_wider else (own, found.qname)
            arcs.setdefault(Relationship(arcrole=WIDER_NARROWER, role=role, source=source, target=target))
    if not arcs:
        return taxonomy
    profile, role = bindings[0].profile, bindings[0].namespace.role(ROLE_NAME)
    role_type = RoleType(uri=role, id=ROLE_NAME, definition=_DEFINITION, used_on=("definitionLink",))
    return evolve(
        taxonomy,
        concepts=(*taxonomy.concepts, *(one for name, one in standard.items() if name not in declared)),
        relationships=(*taxonomy.relationships, *_ordered(arcs)),
        roles=(*taxonomy.roles, role_type),
        imports=(*taxonomy.imports, *_imports(taxonomy, profile, standard)),
    )


def _anchors(binding: Binding, declared: Container[QName]) -> Iterator[tuple[QName, str, bool]]:
    """Own concepts with the standard ones that they are anchored to, and whether these are the wider ones."""
    for bound in binding.readable:
        if bound.standard is None and bound.concept in declared and _is_declared(bound):
            for names, is_wider in ((bound.spec.wider, True), (bound.spec.narrower, False)):
                for name in names:
                    if name.partition(":")[0] in binding.profile.taxonomies:
                        yield bound.concept, name, is_wider


def _is_declared(bound: BoundConcept) -> bool:
    """Whether the option is the concept declared, not what is said beside it (a kind, an identifier)."""
    return bound.spec.part is None and not bound.spec.at_instant


def _concept(profile: Profile, name: str, own: Concept) -> Concept:
    """A standard concept at its place; where the profile does not describe it, taken to be like the one it anchors."""
    known = profile.concepts.get(name)
    return Concept(
        qname=profile.qname(name),
        datatype=(_datatype(known.item_type) if known else None) or own.datatype,
        period_type=known.period_type if known else own.period_type,
        balance=known.balance if known else own.balance,
        schema=profile.taxonomies[name.partition(":")[0]].schema,
    )


def _datatype(item_type: str) -> DataType | None:
    try:
        return standard_type(item_type)
    except KeyError:
        return None


def _ordered(arcs: Iterable[Relationship]) -> Iterator[Relationship]:
    """The arcs with the order of their source's targets."""
    orders: dict[QName, Iterator[int]] = {}
    for arc in arcs:
        yield evolve(arc, order=next(orders.setdefault(arc.source, count(1))))


def _imports(taxonomy: Taxonomy, profile: Profile, standard: Iterable[QName]) -> Iterator[Import]:
    known = {one.namespace for one in taxonomy.imports}
    used = {name.namespace for name in standard} - known
    for one in profile.taxonomies.values():
        if one.namespace in used:
            yield Import(namespace=one.namespace, location=one.schema)


_MOST_OPEN_AXES: Final = 5


@frozen
class _Cube:
    """The axes that facts of some concepts of one class have."""

    axes: tuple[BoundAxis | ExplicitDimension | None, ...]  # None stands for the currency pair
    options: tuple[BoundConcept, ...]


class Hypercubes:
    """The hypercubes of item classes, closed: a fact has the axes of its class and no others."""

    def __init__(self, draft: TaxonomyDraft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains
        self._dimensionless: list[tuple[Binding, int, tuple[BoundConcept, ...]]] = []
        self._cubed: set[QName] = set()

    def add(self, binding: Binding, number: int, options: Sequence[BoundConcept]) -> None:
        """The hypercubes of one item class."""
        for part, cube in enumerate(_cubes(binding, options), start=1):
            if cube.axes:
                self._hypercubes(binding, cube, number, part)
            else:
                self._dimensionless.append((binding, number, cube.options))

    def close(self) -> None:
        """Concepts that have axes in one class and none in another need a hypercube without axes for the latter."""
        for binding, number, options in self._dimensionless:
            shared = tuple(bound for bound in options if bound.concept in self._cubed)
            if shared:
                self._hypercube(
                    binding, shared, (), self._draft.role(binding, number, suffix="WithoutAxes"), "WithoutAxes"
                )

    def _hypercubes(self, binding: Binding, cube: _Cube, number: int, part: int) -> None:
        open_axes = [
            axis
            for axis in cube.axes
            if isinstance(axis, BoundAxis) and axis.optional and axis.typed_domain is not None
        ]
        if len(open_axes) > _MOST_OPEN_AXES:
            raise DeclarationError(
                f"{binding.spec.name} has {len(open_axes)} typed axes that may be absent; each doubles the link roles, "
                f"so at most {_MOST_OPEN_AXES} are possible"
            )
        variants = itertools.chain.from_iterable(
            itertools.combinations(open_axes, size) for size in range(len(open_axes) + 1)
        )
        for variant, absent in enumerate(variants):
            axes = tuple(axis for axis in cube.axes if axis not in absent)
            suffix = "" if part == 1 else f"Part{part}"
            suffix += "".join(f"Without{axis.base}" for axis in absent)
            role = self._draft.role(binding, number, part=part * 100 + variant, suffix=suffix)
            self._hypercube(binding, cube.options, axes, role, suffix)
        self._cubed.update(bound.concept for bound in cube.options)

    def _hypercube(
        self,
        binding: Binding,
        options: Sequence[BoundConcept],
        axes: Sequence[BoundAxis | ExplicitDimension | None],
        role: str,
        suffix: str,
    ) -> None:
        name = binding.spec.name + suffix
        addition = f" ({words(suffix)})" if suffix else ""
        lines, table = self._draft.abstract(f"{name}LineItems"), self._draft.abstract(f"{name}Table", "hypercube")
        for concept, kind in ((lines, "line_items"), (table, "table")):
            self._draft.named(concept, kind, binding.spec.options.labels, suffix=addition)
        element = self._draft.profile.document.context_element
        self._draft.arc(ALL, role, lines, table, context_element=element, closed=True)
        for order, axis in enumerate(axes, start=1):
            name_of_axis = binding.pair_axis if axis is None else axis.axis
            self._draft.arc(HYPERCUBE_DIMENSION, role, table, name_of_axis, order)
            if isinstance(axis, ExplicitDimension):
                self._draft.arc(DIMENSION_DOMAIN, role, axis.axis, self._draft.standard(axis.member))
            elif axis is not None and axis.typed_domain is None:
                self._domains.explicit(axis, role)
            elif axis is None and binding.has_open_pairs:
                head, uri = self._domains.pair_domain(binding.pair_axis)
                self._draft.arc(DIMENSION_DOMAIN, role, binding.pair_axis, head, target_role=uri, usable=False)
        for order, concept in enumerate(dict.fromkeys(bound.concept for bound in options), start=1):
            self._draft.arc(DOMAIN_MEMBER, role, lines, concept, order)


def _cubes(binding: Binding, options: Sequence[BoundConcept]) -> Iterator[_Cube]:
    """The concepts of a class by the axes their facts have."""
    by_axes: dict[tuple[bool, tuple[ExplicitDimension, ...]], list[BoundConcept]] = {}
    for bound in sorted(options, key=binding.carries_pair_axis):
        by_axes.setdefault((binding.carries_pair_axis(bound), bound.dimensions), []).append(bound)
    for (paired, fixed), found in by_axes.items():
        yield _Cube((*binding.axes, *fixed, *((None,) if paired else ())), tuple(found))


class Networks:
    """The presentation and the sums of item classes, each class in a link role of its own."""

    def __init__(self, draft: TaxonomyDraft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains

    def add(self, binding: Binding, number: int, options: Sequence[BoundConcept]) -> None:
        """What one item class shows and sums up."""
        self._presentation(binding, number, options)
        self._calculation(binding, number, options)

    def _presentation(self, binding: Binding, number: int, options: Sequence[BoundConcept]) -> None:
        role, spec = self._draft.role(binding, number), binding.spec
        heading = self._draft.abstract(f"{spec.name}Abstract")
        labels = spec.options.labels
        self._draft.named(heading, "abstract", labels)
        self._draft.label_in_all(heading, partial(labels.text, role="documentation"), role=roles.DOCUMENTATION)
        order = itertools.count(1)
        for axis in binding.axes:
            self._draft.arc(PARENT_CHILD, role, heading, axis.axis, next(order))
            if axis.typed_domain is None:
                self._draft.arc(PARENT_CHILD, role, axis.axis, self._domains.domain_of(axis)[0])
        if any(map(binding.carries_pair_axis, options)):
            self._draft.arc(PARENT_CHILD, role, heading, binding.pair_axis, next(order))
            if binding.has_open_pairs:
                self._draft.arc(PARENT_CHILD, role, binding.pair_axis, self._domains.pair_domain(binding.pair_axis)[0])
        for fixed in dict.fromkeys(itertools.chain.from_iterable(bound.dimensions for bound in options)):
            self._draft.arc(
                PARENT_CHILD, role, heading, self._draft.standard(fixed.axis, kind="dimension"), next(order)
            )
            self._draft.arc(PARENT_CHILD, role, fixed.axis, self._draft.standard(fixed.member))
        for concept, preferred in _presented(binding, options):
            self._draft.arc(PARENT_CHILD, role, heading, concept, next(order), preferred_label=preferred)

    def _calculation(self, binding: Binding, number: int, options: Sequence[BoundConcept]) -> None:
        """Sums among concepts of one period type and one choice of the selectors.

        The weights declared are for the amounts that items hold; a concept with the sign turned takes the opposite.
        """
        by_field: dict[str, list[BoundConcept]] = {}
        for bound in options:
            if bound.spec.part is None:
                by_field.setdefault(bound.field, []).append(bound)
        for each in binding.spec.declared(ConceptDeclaration):
            for order, (part, weight) in enumerate(getattr(each.declaration, "sum_of", ()), start=1):
                for total, addend in itertools.product(by_field.get(each.name, ()), by_field.get(part, ())):
                    if _are_summed(total, addend):
                        self._summation(binding, number, total, addend, order, weight)

    def _summation(
        self, binding: Binding, number: int, total: BoundConcept, addend: BoundConcept, order: int, weight: int
    ) -> None:
        weight = -weight if total.inverted != addend.inverted else weight
        balances = {total.balance, addend.balance}
        if None not in balances and (len(balances) == 1) != (weight > 0):
            raise DeclarationError(
                f"{binding.spec.name}: {total.concept.local_name} is a sum of {addend.concept.local_name} with "
                f"the weight {weight}, which their balances do not allow (XBRL 2.1 section 5.1.1.2)"
            )
        role = self._draft.role(binding, number)
        self._draft.arc(SUMMATION_ITEM, role, total.concept, addend.concept, order, weight=weight)


def _are_summed(total: BoundConcept, addend: BoundConcept) -> bool:
    return total.spec.when == addend.spec.when and total.period_type == addend.period_type


def _presented(binding: Binding, options: Sequence[BoundConcept]) -> Iterator[tuple[QName, str | None]]:
    """Concepts in order with the label to show: negated where the sign is turned, total for sums, start and end."""
    totals = {
        each.name
        for each in binding.spec.declared(ConceptDeclaration)
        if isinstance(each.declaration, ConceptDeclaration) and each.declaration.sum_of
    }
    seen: set[QName] = set()
    for bound in options:
        if bound.concept in seen:
            continue
        seen.add(bound.concept)
        labels = labels_of(bound.spec)
        if bound.inverted:
            yield bound.concept, roles.NEGATED
        elif bound.field in totals and labels.total is not None:
            yield bound.concept, roles.TOTAL
        elif labels.period_start is not None and bound.spec.at == "start":
            yield bound.concept, roles.PERIOD_START
        elif labels.period_end is not None and bound.period_type == "instant":
            yield bound.concept, roles.PERIOD_END
        else:
            yield bound.concept, None


def derive_taxonomy(
    classes: Iterable[type[Any]], *, namespace: str, prefix: str, languages: Iterable[str] = ()
) -> Taxonomy:
    """The extension taxonomy of item classes.

    Args:
        classes: report item classes, at least one.
        namespace: the namespace of all names.
        prefix: the prefix of the namespace, and the start of element ids.
        languages: the languages of the labels (BCP 47); English by default.

    Raises:
        DeclarationError: two classes declare one name differently, or two concepts have one standard label.
    """
    return taxonomy_of(bind(classes, Namespace(uri=namespace, prefix=prefix)), languages=languages)


def taxonomy_of(
    bindings: Iterable[Binding],
    *,
    also: Iterable[tuple[Binding, BoundConcept]] = (),
    reported: Container[BoundConcept] | None = None,
    pairs: Iterable[QName] = (),
    languages: Iterable[str] = (),
) -> Taxonomy:
    """The extension taxonomy of item classes bound to one namespace.

    Args:
        also: concepts of the filing's own that stand in the place of standard ones, where any are reported.
        reported: the standard concepts that the taxonomy points at; all of the classes where not given.
        pairs: the members that currency pairs become where their axis is explicit.
        languages: the languages of the labels (BCP 47); by default those of the profile, else English.

    Raises:
        DeclarationError: two classes declare one name differently, or two concepts have one standard label.
    """
    bindings = tuple(bindings)
    if not bindings:
        raise DeclarationError("a taxonomy is derived from at least one item class")
    names: dict[str, type[Any]] = {}
    for binding in bindings:
        if names.setdefault(binding.spec.name, binding.spec.cls) is not binding.spec.cls:
            raise DeclarationError(f"two item classes are called {binding.spec.name}")
    more: dict[Binding, list[BoundConcept]] = {}
    for binding, bound in also:
        more.setdefault(binding, []).append(bound)
    draft = TaxonomyDraft(bindings[0].namespace, bindings[0].profile, languages)
    domains = Domains(draft, tuple(pairs))
    fields, networks, cubes = FieldConcepts(draft, domains), Networks(draft, domains), Hypercubes(draft, domains)
    for number, binding in enumerate(bindings, start=1):
        wanted = (
            option for option in binding.concepts if option.standard is None or reported is None or option in reported
        )
        options = (*wanted, *more.get(binding, ()))
        if options:
            fields.add(options)
            domains.add(binding)
            networks.add(binding, number, options)
            cubes.add(binding, number, options)
    cubes.close()
    if draft.rules.standard_concepts:
        fields.label_standard_concepts()
    return with_anchors(draft.taxonomy(), bindings)
