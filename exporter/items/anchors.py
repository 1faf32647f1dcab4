"""Anchors: the standard concepts that concepts of the filing's own are narrower or wider than.

A filer in the European Union ties each line item of its own to the taxonomy that the regulator publishes (ESEF
Regulatory Technical Standard, annex IV). Anchors stand in a link role of their own, away from dimensions.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import count
from typing import Final

from attrs import evolve

from exporter.items.binding import Binding
from exporter.items.bound import BoundOption
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.taxonomy.concept import Concept
from exporter.taxonomy.networks import WIDER_NARROWER, Relationship
from exporter.taxonomy.roles import RoleType
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
            option = bound.option.declared
            for names, is_wider in ((option.wider, True), (option.narrower, False)):
                for name in names:
                    if name.partition(":")[0] in binding.profile.taxonomies:
                        yield bound.concept, name, is_wider


def _is_declared(bound: BoundOption) -> bool:
    """Whether the option is the concept declared, not what is said beside it (a kind, an identifier)."""
    return bound.option.part is None and bound.option.name == bound.option.declared.name


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
