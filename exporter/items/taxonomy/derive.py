"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations.

In a profile with standard taxonomies it holds the filing's own concepts only, points at the standard ones where they
are declared, and has the members that the values of the filing's items become. Concepts of the filing's own may be
anchored to the standard ones that they are narrower or wider than (ESEF Regulatory Technical Standard, annex IV);
anchors stand in a link role of their own, away from dimensions.

A subject has one link role for its networks. The presentation has a heading; below it the table with its axes, their
domains and members, and the line items. Without axes the line items stand right below the heading. The definition says
the same of dimensions: one closed hypercube with all axes, each explicit one with its default member.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator
from functools import partial
from itertools import count
from typing import Any, Final

from attrs import define, evolve

from exporter.errors import DeclarationError
from exporter.items.bind import Binding, Used, bind
from exporter.items.bound import BoundConcept, Namespace
from exporter.items.composed import Composition
from exporter.items.declarations import ConceptDeclaration
from exporter.items.taxonomy.concepts import Domains, EnumerationUse, FieldConcepts, labels_of
from exporter.items.taxonomy.draft import Subject, SubjectAxis, TaxonomyDraft, subjects_of
from exporter.items.values.enumeration import member_name
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.resources.stages import stage
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, RoleType
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.taxonomy import Import, Taxonomy


@define(eq=False)
class Networks:
    """The networks of subjects, each in a link role of its own."""

    _draft: TaxonomyDraft
    _domains: Domains

    def add(self, subjects: Iterable[Subject]) -> None:
        """The networks of all subjects.

        A concept with a typed axis in one subject, and no axes in another, has a hypercube without axes for the latter.
        """
        subjects = tuple(subjects)
        always_cut = {
            line.bound.concept
            for subject in subjects
            if any(axis.is_everywhere and axis.is_typed for axis in subject.axes)
            for line in subject.lines
        }
        for subject in subjects:
            role = self._draft.subject_role(subject)
            heading = self._heading(subject)
            if subject.axes or any(line.bound.concept in always_cut for line in subject.lines):
                table, lines = self._abstracts(subject)
                self._draft.arc(PARENT_CHILD, role, heading, table, 1)
                self._draft.arc(PARENT_CHILD, role, heading, lines, 2)
                self._hypercube(subject, role, table, lines)
                for order, axis in enumerate(subject.axes, start=1):
                    self._axis(axis, role, table, order)
                self._line_items(subject, role, lines)
            else:
                self._line_items(subject, role, heading)
            _add_sums(self._draft, role, subject)

    def _heading(self, subject: Subject) -> QName:
        standard = self._draft.profile.headings.get(subject.name)
        if standard is not None:
            return self._draft.standard(self._draft.profile.qname(standard), kind="item")
        heading = self._draft.abstract(f"{subject.name}Abstract")
        self._draft.named(heading, "abstract", subject.labels)
        self._draft.label_in_all(heading, partial(subject.labels.text, role="documentation"), role=roles.DOCUMENTATION)
        return heading

    def _abstracts(self, subject: Subject) -> tuple[QName, QName]:
        """The table and the line items of a subject."""
        table = self._draft.abstract(f"{subject.name}Table", "hypercube")
        lines = self._draft.abstract(f"{subject.name}LineItems")
        self._draft.named(table, "table", subject.labels)
        self._draft.named(lines, "line_items", subject.labels)
        return table, lines

    def _hypercube(self, subject: Subject, role: str, table: QName, lines: QName) -> None:
        """The hypercube, open where facts have a value on a typed axis or none: such an axis has no default."""
        is_closed = all(axis.is_everywhere for axis in subject.axes if axis.is_typed)
        element = self._draft.profile.document.context_element
        self._draft.arc(ALL, role, lines, table, context_element=element, closed=is_closed)
        for order, concept in enumerate(dict.fromkeys(line.bound.concept for line in subject.lines), start=1):
            self._draft.arc(DOMAIN_MEMBER, role, lines, concept, order)

    def _axis(self, axis: SubjectAxis, role: str, table: QName, order: int) -> None:
        self._domains.declare(axis)
        self._draft.arc(PARENT_CHILD, role, table, axis.axis, order)
        if not axis.is_typed or axis.is_everywhere:
            self._draft.arc(HYPERCUBE_DIMENSION, role, table, axis.axis, order)
        if axis.is_typed:
            return
        head = self._domains.head(axis)
        self._draft.arc(PARENT_CHILD, role, axis.axis, head)
        self._draft.arc(DIMENSION_DOMAIN, role, axis.axis, head)
        self._draft.arc(DIMENSION_DEFAULT, role, axis.axis, head)
        members = (member for member in axis.members if member != head)
        for number, member in enumerate(self._domains.ordered(axis, members), start=1):
            self._draft.arc(PARENT_CHILD, role, head, member, number)
            self._draft.arc(DOMAIN_MEMBER, role, head, member, number)

    def _line_items(self, subject: Subject, role: str, lines: QName) -> None:
        """The line items in order, each enumeration with its domain below it."""
        for order, (concept, preferred) in enumerate(_presented(subject), start=1):
            self._draft.arc(PARENT_CHILD, role, lines, concept, order, preferred_label=preferred)
            if (enumeration := self._domains.enumerated(concept, role)) is not None:
                head, members = enumeration
                self._draft.arc(PARENT_CHILD, role, concept, head)
                for number, member in enumerate(members, start=1):
                    self._draft.arc(PARENT_CHILD, role, head, member, number)
                    self._draft.arc(DOMAIN_MEMBER, role, head, member, number)


def _add_sums(draft: TaxonomyDraft, role: str, subject: Subject) -> None:
    """The calculation of a subject.

    Sums are among concepts of one period type and one choice of the selectors. The weights declared are for the amounts
    that items hold; a concept with the sign turned takes the opposite.
    """
    by_field: dict[tuple[Binding, str], list[BoundConcept]] = {}
    for line in subject.lines:
        if line.bound.spec.part is None:
            by_field.setdefault((line.binding, line.bound.field), []).append(line.bound)
    for binding in dict.fromkeys(line.binding for line in subject.lines):
        for declared in binding.spec.declared(ConceptDeclaration):
            for order, (part, weight) in enumerate(getattr(declared.declaration, "sum_of", ()), start=1):
                totals, addends = by_field.get((binding, declared.name), ()), by_field.get((binding, part), ())
                for total, addend in itertools.product(totals, addends):
                    if total.spec.when == addend.spec.when and total.period_type == addend.period_type:
                        weight_of_values = _weight(binding, total, addend, weight)
                        draft.arc(SUMMATION_ITEM, role, total.concept, addend.concept, order, weight=weight_of_values)


def _weight(binding: Binding, total: BoundConcept, addend: BoundConcept, weight: int) -> int:
    """The weight between the values that facts have."""
    weight = -weight if total.inverted != addend.inverted else weight
    balances = {total.balance, addend.balance}
    if None not in balances and (len(balances) == 1) != (weight > 0):
        raise DeclarationError(
            f"{binding.spec.name}: {total.concept.local_name} is a sum of {addend.concept.local_name} with "
            f"the weight {weight}, which their balances do not allow (XBRL 2.1 section 5.1.1.2)"
        )
    return weight


def _presented(subject: Subject) -> Iterator[tuple[QName, str | None]]:
    """Concepts in order with the label to show: negated where the sign is turned, total for sums, start and end."""
    totals = {
        (binding, declared.name)
        for binding in dict.fromkeys(line.binding for line in subject.lines)
        for declared in binding.spec.declared(ConceptDeclaration)
        if isinstance(declared.declaration, ConceptDeclaration) and declared.declaration.sum_of
    }
    seen: set[QName] = set()
    for line in subject.lines:
        bound = line.bound
        if bound.concept in seen:
            continue
        seen.add(bound.concept)
        labels = labels_of(bound.spec)
        if bound.inverted:
            yield bound.concept, roles.NEGATED
        elif (line.binding, bound.field) in totals and labels.total is not None:
            yield bound.concept, roles.TOTAL
        elif labels.period_start is not None and bound.spec.at == "start":
            yield bound.concept, roles.PERIOD_START
        elif labels.period_end is not None and bound.period_type == "instant":
            yield bound.concept, roles.PERIOD_END
        else:
            yield bound.concept, None


ROLE_NAME: Final = "Anchoring"
_DEFINITION: Final = "900001 - Document - Anchoring"


def with_anchors(
    taxonomy: Taxonomy, bindings: Iterable[Binding], composed: Iterable[tuple[QName, str]] = ()
) -> Taxonomy:
    """The taxonomy of item classes with the anchors that their own concepts declare.

    Anchors to taxonomies that the profile does not know are left out: they belong to another profile.

    Args:
        composed: concepts of composed items with the standard ones that are wider.
    """
    bindings = tuple(binding for binding in bindings if binding.profile.document.extension.anchors)
    declared = {concept.qname: concept for concept in taxonomy.concepts}
    arcs, standard = dict[Relationship, None](), dict[QName, Concept]()
    for binding in bindings:
        role = binding.namespace.role(ROLE_NAME)
        known = ((own, name, True) for own, name in composed if name.partition(":")[0] in binding.profile.taxonomies)
        for own, name, is_wider in (*_anchors(binding, declared), *known):
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
        spec = bound.spec
        is_declared = spec.part is None and not spec.at_instant  # it is no kind or identifier beside the concept
        if is_declared and bound.standard is None and bound.concept in declared:
            for names, is_wider in ((spec.wider, True), (spec.narrower, False)):
                for name in names:
                    if name.partition(":")[0] in binding.profile.taxonomies:
                        yield bound.concept, name, is_wider


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


@stage("derive taxonomy")
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
    for subject in subjects:
        draft.subject_role(subject)
    domains = Domains(draft, _enumerations(draft, subjects, uses))
    fields = FieldConcepts(draft, domains)
    fields.add(subjects)
    Networks(draft, domains).add(subjects)
    for composition in composed:
        composition.add_to(draft)
    if draft.rules.standard_concepts:
        fields.label_standard_concepts()
    taxonomy = draft.taxonomy(with_reasons=with_reasons)
    # Anchors lead to the taxonomies of a profile: one that has none asks for none.
    return with_anchors(taxonomy, bindings, tuple(draft.anchors)) if draft.profile.taxonomies else taxonomy


def _enumerations(
    draft: TaxonomyDraft, subjects: Iterable[Subject], uses: Iterable[Used] | None
) -> dict[QName, EnumerationUse]:
    """For each concept of the filing's own whose values are an enumeration's, the first role it stands in."""
    values: dict[QName, set[str]] = {}
    for used in uses or ():
        local_names = (text.rpartition("#")[2] for value in used.values for text in value.split())
        values.setdefault(used.bound.concept, set()).update(local_names)
    own_name = draft.profile.own_name
    enumerations: dict[QName, EnumerationUse] = {}
    for subject in subjects:
        for bound in (line.bound for line in subject.lines):
            if bound.datatype.is_enumeration and bound.standard is None and bound.concept not in enumerations:
                enumeration: Any = bound.codec.python_type
                chosen = (
                    value
                    for value in enumeration
                    if uses is None or own_name(member_name(value)) in values[bound.concept]
                )
                role = draft.subject_role(subject)
                enumerations[bound.concept] = EnumerationUse(role=role, enumeration=enumeration, values=tuple(chosen))
    return enumerations
