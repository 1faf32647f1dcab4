"""Networks of a subject: its presentation, its hypercube and its sums, all in one link role.

The presentation has a heading; below it the table with its axes, their domains and members, and the line items. Without
axes the line items stand right below the heading. The definition says the same of dimensions: one closed hypercube with
all axes, each explicit one with its default member.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import partial

from exporter.errors import DeclarationError
from exporter.items.bind import Binding
from exporter.items.bound import BoundConcept
from exporter.items.declarations import ConceptDeclaration
from exporter.items.taxonomy.concepts import Domains, labels_of
from exporter.items.taxonomy.draft import TaxonomyDraft
from exporter.items.taxonomy.subjects import Subject, SubjectAxis
from exporter.model.qname import QName
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
)


class Networks:
    """The networks of subjects, each in a link role of its own."""

    def __init__(self, draft: TaxonomyDraft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains

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
            _Sums(self._draft, role).add(subject)

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
        for order, concept in enumerate(_concepts(subject), start=1):
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


def _concepts(subject: Subject) -> Iterator[QName]:
    yield from dict.fromkeys(line.bound.concept for line in subject.lines)


class _Sums:
    """The calculation of a subject.

    Sums are among concepts of one period type and one choice of the selectors. The weights declared are for the amounts
    that items hold; a concept with the sign turned takes the opposite.
    """

    def __init__(self, draft: TaxonomyDraft, role: str) -> None:
        self._draft = draft
        self._role = role

    def add(self, subject: Subject) -> None:
        by_field: dict[tuple[Binding, str], list[BoundConcept]] = {}
        for line in subject.lines:
            if line.bound.spec.part is None:
                by_field.setdefault((line.binding, line.bound.field), []).append(line.bound)
        for binding in dict.fromkeys(line.binding for line in subject.lines):
            for each in binding.spec.declared(ConceptDeclaration):
                for order, (part, weight) in enumerate(getattr(each.declaration, "sum_of", ()), start=1):
                    totals, addends = by_field.get((binding, each.name), ()), by_field.get((binding, part), ())
                    for total, addend in itertools.product(totals, addends):
                        if _are_summed(total, addend):
                            self._summation(binding, total, addend, order, weight)

    def _summation(self, binding: Binding, total: BoundConcept, addend: BoundConcept, order: int, weight: int) -> None:
        weight = -weight if total.inverted != addend.inverted else weight
        balances = {total.balance, addend.balance}
        if None not in balances and (len(balances) == 1) != (weight > 0):
            raise DeclarationError(
                f"{binding.spec.name}: {total.concept.local_name} is a sum of {addend.concept.local_name} with "
                f"the weight {weight}, which their balances do not allow (XBRL 2.1 section 5.1.1.2)"
            )
        self._draft.arc(SUMMATION_ITEM, self._role, total.concept, addend.concept, order, weight=weight)


def _are_summed(total: BoundConcept, addend: BoundConcept) -> bool:
    return total.spec.when == addend.spec.when and total.period_type == addend.period_type


def _presented(subject: Subject) -> Iterator[tuple[QName, str | None]]:
    """Concepts in order with the label to show: negated where the sign is turned, total for sums, start and end."""
    totals = {
        (binding, each.name)
        for binding in dict.fromkeys(line.binding for line in subject.lines)
        for each in binding.spec.declared(ConceptDeclaration)
        if isinstance(each.declaration, ConceptDeclaration) and each.declaration.sum_of
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
