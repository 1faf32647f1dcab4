"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations.

In a profile with standard taxonomies it holds the filing's own concepts only, points at the standard ones where they
are declared, and has the members that the values of the filing's items become. Concepts of the filing's own may be
anchored to the standard ones that they are narrower or wider than (ESEF Regulatory Technical Standard, annex IV);
anchors stand in a link role of their own, away from dimensions.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import count
from typing import Any, Final

from attrs import evolve

from exporter.errors import DeclarationError
from exporter.items.bind import Binding, Used, bind
from exporter.items.bound import BoundConcept, Namespace
from exporter.items.composed import Composition
from exporter.items.taxonomy.concepts import Domains, EnumerationUse, FieldConcepts
from exporter.items.taxonomy.draft import TaxonomyDraft
from exporter.items.taxonomy.networks import Networks
from exporter.items.taxonomy.subjects import Subject, subjects_of
from exporter.items.values.enumeration import member_name
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.taxonomy.concepts import Concept, RoleType
from exporter.taxonomy.networks import WIDER_NARROWER, Relationship
from exporter.taxonomy.taxonomy import Import, Taxonomy

ROLE_NAME: Final = "Anchoring"
_DEFINITION: Final = "900001 - Document - Anchoring"


def with_anchors(taxonomy: Taxonomy, bindings: Iterable[Binding]) -> Taxonomy:
    """The taxonomy of item classes with the anchors that their own concepts declare.

    Anchors to taxonomies that the profile does not know are left out: they belong to another profile.
    """
    bindings = tuple(binding for binding in bindings if binding.profile.document.extension.anchors)
    declared = {concept.qname: concept for concept in taxonomy.concepts}
    arcs, standard = dict[Relationship, None](), dict[QName, Concept]()
    for binding in bindings:
        role = binding.namespace.role(ROLE_NAME)
        for own, name, is_wider in _anchors(binding, declared):
            anchor = _concept(binding.profile, name, declared[own])
            standard.setdefault(anchor.qname, anchor)
            source, target = (anchor.qname, own) if is_wider else (own, anchor.qname)
            arcs.setdefault(Relationship(arcrole=WIDER_NARROWER, role=role, source=source, target=target))
    if not arcs:
        return taxonomy
    profile, role = bindings[0].profile, bindings[0].namespace.role(ROLE_NAME)
    role_type = RoleType(uri=role, id=ROLE_NAME, definition=_DEFINITION, used_on=("definitionLink",))
    return evolve(
        taxonomy,
        concepts=(*taxonomy.concepts, *(anchor for name, anchor in standard.items() if name not in declared)),
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
    known = {imported.namespace for imported in taxonomy.imports}
    used = {name.namespace for name in standard} - known
    for imported in profile.taxonomies.values():
        if imported.namespace in used:
            yield Import(namespace=imported.namespace, location=imported.schema)


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
    uses: Iterable[Used] | None = None,
    with_reasons: bool = True,
    languages: Iterable[str] = (),
    composed: Iterable[Composition] = (),
) -> Taxonomy:
    """The extension taxonomy of item classes bound to one namespace.

    Args:
        uses: the concepts that facts report, with the dimensions and values they have: only these, and what they
            need, are declared. Where not given, everything is that facts of the classes may use.
        with_reasons: whether footnotes say why values are unknown.
        languages: the languages of the labels (BCP 47); by default those of the profile, else English.
        composed: what composed items make; their concepts come after those of the classes.

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
    uses = None if uses is None else tuple(uses)
    draft = TaxonomyDraft(bindings[0].namespace, bindings[0].profile, languages)
    subjects = subjects_of(bindings, uses)
    domains = Domains(draft, _enumerations(draft, subjects, uses))
    fields = FieldConcepts(draft, domains)
    fields.add(subjects)
    Networks(draft, domains).add(subjects)
    if draft.rules.standard_concepts:
        fields.label_standard_concepts()
    for composition in composed:
        composition.add_to(draft)
    return with_anchors(draft.taxonomy(with_reasons=with_reasons), bindings)


def _enumerations(
    draft: TaxonomyDraft, subjects: Iterable[Subject], uses: Iterable[Used] | None
) -> dict[QName, EnumerationUse]:
    """For each concept of the filing's own whose values are an enumeration's, the first role it stands in."""
    values: dict[QName, set[str]] = {}
    for used in uses or ():
        local_names = (text.rpartition("#")[2] for value in used.values for text in value.split())
        values.setdefault(used.bound.concept, set()).update(local_names)
    own_name = draft.profile.own_name
    found: dict[QName, EnumerationUse] = {}
    for subject in subjects:
        for bound in (line.bound for line in subject.lines):
            if bound.datatype.is_enumeration and bound.standard is None and bound.concept not in found:
                enumeration: Any = bound.codec.python_type
                chosen = (
                    value
                    for value in enumeration
                    if uses is None or own_name(member_name(value)) in values[bound.concept]
                )
                role = draft.subject_role(subject)
                found[bound.concept] = EnumerationUse(role=role, enumeration=enumeration, values=tuple(chosen))
    return found
