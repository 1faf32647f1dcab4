"""A regulator's conventions for a taxonomy: where default members stand, what roles are called, which types are taken.

The conventions are data of the profile (`exporter.profiles.profile.ExtensionRules`); a profile that has none leaves the
taxonomy as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import evolve

from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import ExtensionRules, LineItemsRole, Profile
from exporter.taxonomy.concepts import Concept, Label, RoleType
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DOMAIN_MEMBER,
    PARENT_CHILD,
    SUMMATION_ITEM,
    SUMMATION_ITEM_2003,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.taxonomy import Import, Taxonomy

_STRING: Final = standard_type("stringItemType")
_LINE_ITEMS_LABEL: Final = "Not Dimensionally Qualified"
_NOTES_ROLE: Final = "Notes"
_NOTES_DEFINITION: Final = "900000 - Disclosure - Notes"


def with_conventions(taxonomy: Taxonomy, profile: Profile, *, languages: Iterable[str] = ()) -> Taxonomy:
    """The taxonomy as the profile's regulator wants it."""
    rules, languages = profile.document.extension, tuple(languages)
    if rules.types or rules.monetary_balance is not None:
        concepts = [_typed_concept(concept, taxonomy, rules) for concept in taxonomy.concepts]
        taxonomy = evolve(taxonomy, concepts=concepts)
    if profile.document.footnote_roles == "standard":
        roles = [role for role in taxonomy.roles if {name.local_name for name in role.used_on} != {"footnoteLink"}]
        taxonomy = evolve(taxonomy, roles=roles)
    if rules.own_role is not None:
        taxonomy = _with_roles(taxonomy, profile)
    if rules.twins and languages:
        taxonomy = _with_twins(taxonomy, languages[0])
    if rules.calculations == "2.1":
        arcs = taxonomy.relationships
        sums = {arc: evolve(arc, arcrole=SUMMATION_ITEM_2003) for arc in arcs if arc.arcrole == SUMMATION_ITEM}
        taxonomy = evolve(taxonomy, relationships=[sums.get(arc, arc) for arc in arcs])
    if rules.imports:
        taxonomy = _with_imports(taxonomy, profile)
    if rules.defaults is not None and rules.roles_in is not None:
        taxonomy = _with_defaults(taxonomy, profile)
    if rules.line_items is not None and rules.roles_in is not None:
        taxonomy = _with_line_items(taxonomy, profile, rules.line_items, languages or ("en",))
    return _with_notes(taxonomy, profile, rules.notes) if rules.notes is not None else taxonomy


def _typed_concept(concept: Concept, taxonomy: Taxonomy, rules: ExtensionRules) -> Concept:
    """With the types that the rules take from registries, and the balance that they ask for."""
    if concept.datatype is None:
        return concept
    concept = evolve(concept, datatype=rules.item_type(concept.datatype))
    is_amount = concept.datatype is not None and concept.datatype.is_monetary
    if is_amount and concept.balance is None and concept.qname.namespace == taxonomy.namespace:
        return evolve(concept, balance=rules.monetary_balance)
    return concept


def _with_twins(taxonomy: Taxonomy, first: str) -> Taxonomy:
    """With a label in the first language beside each that an arc prefers, and without other labels that have none.

    Where nobody has said it in the first language, the label has the text of the other.
    """
    there = {(label.concept, label.role) for label in taxonomy.labels if label.language == first}
    preferred = {(arc.target, arc.preferred_label) for arc in taxonomy.relationships if arc.preferred_label}
    labels: list[Label] = []
    for label in taxonomy.labels:
        place = (label.concept, label.role)
        if place not in there and place in preferred:
            there.add(place)
            labels.append(evolve(label, language=first))
        if place in there:
            labels.append(label)
    return evolve(taxonomy, labels=labels)


def _with_roles(taxonomy: Taxonomy, profile: Profile) -> Taxonomy:
    """With the filing's own roles called as the rules say, or standard ones in their place, wherever they are named.

    Roles of footnotes stay: facts name them.
    """
    rules = profile.document.extension
    named: dict[str, RoleType] = {}
    imports = {entry.namespace: entry for entry in taxonomy.imports}
    for role in taxonomy.roles:
        is_own = role.schema is None and not any(name.local_name == "footnoteLink" for name in role.used_on)
        name = role.uri.rpartition("/")[2]
        if is_own and (standard := rules.group_roles.get(name)) is not None:
            declaring = profile.taxonomies[standard.taxonomy]
            imports[declaring.namespace] = Import(namespace=declaring.namespace, location=declaring.schema)
            named[role.uri] = evolve(role, uri=standard.uri, id=standard.id, definition=None, schema=declaring.schema)
        elif is_own and rules.own_role is not None:
            uri, identifier = rules.own_role.replace("{name}", name), rules.role_id.replace("{name}", name)
            named[role.uri] = evolve(role, uri=uri, id=identifier)
    uris = {old: role.uri for old, role in named.items()}

    def renamed(concept: Concept) -> Concept:
        domain = concept.enumeration
        if domain is None:
            return concept
        return evolve(concept, enumeration=evolve(domain, linkrole=uris.get(domain.linkrole, domain.linkrole)))

    return evolve(
        taxonomy,
        imports=tuple(imports.values()),
        roles=[named.get(role.uri, role) for role in taxonomy.roles],
        concepts=[renamed(concept) for concept in taxonomy.concepts],
        relationships=[
            evolve(
                arc,
                role=uris.get(arc.role, arc.role),
                target_role=uris.get(arc.target_role, arc.target_role) if arc.target_role is not None else None,
            )
            for arc in taxonomy.relationships
        ],
    )


def _with_imports(taxonomy: Taxonomy, profile: Profile) -> Taxonomy:
    known = {entry.namespace for entry in taxonomy.imports}
    named = (profile.taxonomies[prefix] for prefix in profile.document.extension.imports)
    more = [Import(namespace=entry.namespace, location=entry.schema) for entry in named if entry.namespace not in known]
    return evolve(taxonomy, imports=(*taxonomy.imports, *more))


def _with_notes(taxonomy: Taxonomy, profile: Profile, heading: str) -> Taxonomy:
    """With what is not anchored below the standard heading of notes: no anchors are asked for there.

    Groups of the filing's own stand below it as they are. Groups below a standard heading are statements: what is said
    in them beside amounts is presented among notes; amounts, but for totals of a calculation, have to be anchored.
    """
    arcs = taxonomy.relationships
    anchored = {name for arc in arcs if arc.arcrole == WIDER_NARROWER for name in (arc.source, arc.target)}
    anchored |= {arc.source for arc in arcs if arc.arcrole == SUMMATION_ITEM}
    loose = {
        concept.qname: concept
        for concept in taxonomy.concepts
        if concept.qname.namespace == taxonomy.namespace and concept.kind == "item" and not concept.abstract
        if concept.qname not in anchored
    }
    prefix, _, name = heading.partition(":")
    notes = Concept(
        qname=profile.taxonomies[prefix].name(name),
        datatype=_STRING,
        period_type="duration",
        abstract=True,
        schema=profile.taxonomies[prefix].schema,
    )
    networks: dict[str, list[Relationship]] = {}
    for arc in arcs:
        if arc.arcrole == PARENT_CHILD:
            networks.setdefault(arc.role, []).append(arc)
    above, moved = list[Relationship](), dict[Relationship, None]()
    for role, presented in networks.items():
        if not any(arc.target in loose for arc in presented):
            continue
        roots = {arc.source for arc in presented} - {arc.target for arc in presented}
        if all(root.namespace == taxonomy.namespace for root in roots):
            above += [Relationship(arcrole=PARENT_CHILD, role=role, source=notes.qname, target=root) for root in roots]
        else:
            moved |= dict.fromkeys(
                arc for arc in presented if arc.target in loose and not _is_amount(loose[arc.target])
            )
    if not above and not moved:
        return taxonomy
    own_role = f"{next(iter(moved)).role.rpartition('/')[0]}/{_NOTES_ROLE}" if moved else ""
    kept = [arc for arc in arcs if arc not in moved]
    apart = [
        evolve(arc, role=own_role, source=notes.qname, order=order, preferred_label=None)
        for order, arc in enumerate({arc.target: arc for arc in moved}.values(), start=1)
    ]
    domains = {concept.enumeration.linkrole for concept in taxonomy.concepts if concept.enumeration is not None}
    emptied = {arc.role for arc in moved} - {arc.role for arc in kept} - domains
    roles = [role for role in taxonomy.roles if role.uri not in emptied]
    role_type = RoleType(uri=own_role, id=_NOTES_ROLE, definition=_NOTES_DEFINITION, used_on=("presentationLink",))
    return evolve(
        taxonomy,
        concepts=(*taxonomy.concepts, notes),
        relationships=(*above, *kept, *apart),
        roles=(*roles, *([role_type] if moved else [])),
    )


def _is_amount(concept: Concept) -> bool:
    """Whether a statement may have the concept as a line: money, for a share or not, or a number of shares."""
    datatype = concept.datatype
    return datatype is not None and (
        datatype.is_monetary or datatype.standard in ("perShareItemType", "sharesItemType")
    )


def _standard_role(taxonomy: Taxonomy, profile: Profile, uri: str, identifier: str) -> Taxonomy:
    """With a role that a standard taxonomy declares."""
    place = profile.taxonomies[profile.document.extension.roles_in or ""].schema
    role = RoleType(uri=uri, id=identifier, used_on=("presentationLink", "definitionLink"), schema=place)
    return evolve(taxonomy, roles=(*taxonomy.roles, role))


def _with_defaults(taxonomy: Taxonomy, profile: Profile) -> Taxonomy:
    """With the default members of own axes in the dedicated role; those of standard axes are the standard's affair."""
    rules = profile.document.extension.defaults
    if rules is None:
        return taxonomy
    arcs: dict[Relationship, None] = {}
    for arc in taxonomy.relationships:
        if arc.arcrole != DIMENSION_DEFAULT:
            arcs[arc] = None
        elif arc.source.namespace == taxonomy.namespace:
            arcs[evolve(arc, role=rules.uri)] = None
    if not any(arc.role == rules.uri for arc in arcs):
        return evolve(taxonomy, relationships=tuple(arcs))
    return _standard_role(evolve(taxonomy, relationships=tuple(arcs)), profile, rules.uri, rules.id)


def _with_line_items(
    taxonomy: Taxonomy, profile: Profile, rules: LineItemsRole, languages: tuple[str, ...]
) -> Taxonomy:
    """With a hypercube without axes for the line items that are in no other."""
    placed = {name for cube in taxonomy.hypercubes() for name in cube.primary_items}
    presented = {arc.target for arc in taxonomy.relationships if arc.arcrole == PARENT_CHILD}
    items = (concept for concept in taxonomy.concepts if concept.kind == "item" and not concept.abstract)
    loose = [concept.qname for concept in items if concept.qname in presented - placed]
    if not loose:
        return taxonomy
    prefix, _, name = rules.hypercube.partition(":")
    standard = profile.taxonomies[prefix]
    line_items = QName(taxonomy.namespace, rules.line_items, prefix=taxonomy.prefix)
    cube = Concept(
        qname=standard.name(name),
        datatype=_STRING,
        period_type="duration",
        abstract=True,
        kind="hypercube",
        schema=standard.schema,
    )
    heading = Concept(qname=line_items, datatype=_STRING, period_type="duration", abstract=True)
    arcs = [
        Relationship(
            arcrole=ALL,
            role=rules.uri,
            source=line_items,
            target=cube.qname,
            closed=True,
            context_element=profile.document.context_element,
        ),
        *(
            Relationship(arcrole=DOMAIN_MEMBER, role=rules.uri, source=line_items, target=target, order=order)
            for order, target in enumerate(loose, start=1)
        ),
    ]
    ending = profile.document.labels.ending
    tags = dict.fromkeys((*languages, profile.document.labels.english))
    labels = [
        Label(concept=line_items, text=f"{_LINE_ITEMS_LABEL} {ending('line_items', language)}", language=language)
        for language in tags
    ]
    taxonomy = evolve(
        taxonomy,
        concepts=(*taxonomy.concepts, heading, *(() if taxonomy.concept(cube.qname) else (cube,))),
        labels=(*taxonomy.labels, *labels),
        relationships=(*taxonomy.relationships, *arcs),
    )
    return _standard_role(taxonomy, profile, rules.uri, rules.id)
