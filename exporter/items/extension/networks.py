"""Presentation and calculation of item classes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from exporter.errors import DeclarationError
from exporter.items.binding import Binding
from exporter.items.bound import BoundOption
from exporter.items.declaration import ConceptDeclaration
from exporter.items.extension.domains import Domains
from exporter.items.extension.draft import Draft
from exporter.items.extension.field_concepts import labels_of
from exporter.model.qname import QName
from exporter.taxonomy import labels as roles
from exporter.taxonomy.networks import PARENT_CHILD, SUMMATION_ITEM


class Networks:
    """The presentation and the sums of item classes, each class in a link role of its own."""

    def __init__(self, draft: Draft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains

    def add(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        """What one item class shows and sums up."""
        self._presentation(binding, number, options)
        self._calculation(binding, number, options)

    def _presentation(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        role, spec = self._draft.role(binding, number), binding.spec
        heading = self._draft.abstract(f"{spec.name}Abstract")
        self._draft.named(heading, "abstract", spec.options.label, spec.options.label_ja)
        self._draft.label(heading, spec.options.documentation, role=roles.DOCUMENTATION)
        self._draft.label(heading, spec.options.documentation_ja, role=roles.DOCUMENTATION, language="ja")
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

    def _calculation(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        """Sums among concepts of one period type and one choice of the selectors.

        The weights declared are for the amounts that items hold; a concept with the sign turned takes the opposite.
        """
        by_field: dict[str, list[BoundOption]] = {}
        for bound in options:
            if bound.option.part is None:
                by_field.setdefault(bound.option.field, []).append(bound)
        for each in binding.spec.declared(ConceptDeclaration):
            for order, (part, weight) in enumerate(getattr(each.declaration, "sum_of", ()), start=1):
                for total, addend in itertools.product(by_field.get(each.name, ()), by_field.get(part, ())):
                    if _are_summed(total, addend):
                        self._summation(binding, number, total, addend, order, weight)

    def _summation(
        self, binding: Binding, number: int, total: BoundOption, addend: BoundOption, order: int, weight: int
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


def _are_summed(total: BoundOption, addend: BoundOption) -> bool:
    return total.option.when == addend.option.when and total.period_type == addend.period_type


def _presented(binding: Binding, options: Sequence[BoundOption]) -> Iterator[tuple[QName, str | None]]:
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
        labels = labels_of(bound.option)
        if bound.inverted:
            yield bound.concept, roles.NEGATED
        elif bound.option.field in totals and labels.total is not None:
            yield bound.concept, roles.TOTAL
        elif labels.period_start is not None and bound.option.declared.at == "start":
            yield bound.concept, roles.PERIOD_START
        elif labels.period_end is not None and bound.period_type == "instant":
            yield bound.concept, roles.PERIOD_END
        else:
            yield bound.concept, None
