"""The concepts that fields report, with their labels and references."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from exporter.items.bound import BoundOption
from exporter.items.extension.domains import Domains
from exporter.items.extension.draft import Draft
from exporter.items.fact_options import FactOption
from exporter.items.labels import Labels, words
from exporter.model.qname import QName
from exporter.taxonomy import labels as roles
from exporter.taxonomy.concept import Concept, Enumeration
from exporter.taxonomy.references import Reference


class FieldConcepts:
    """The concepts that fields report, with their labels and references."""

    def __init__(self, draft: Draft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains
        self._standard_titles: dict[QName, str | None] = {}  # what fields call the standard concepts that they report

    def add(self, options: Iterable[BoundOption]) -> None:
        """The concepts of one item class."""
        for bound in options:
            self._add(bound)

    def _add(self, bound: BoundOption) -> None:
        option, enumeration = bound.option, None
        if bound.datatype.is_enumeration:
            python_type: Any = bound.codec.python_type
            enumeration = Enumeration(
                domain=self._domains.domain(python_type), linkrole=self._domains.role_of(python_type), head_usable=False
            )
        self._draft.declare(
            Concept(
                qname=bound.concept,
                datatype=bound.datatype,
                period_type=bound.period_type,
                balance=bound.balance,
                enumeration=enumeration,
                schema=self._draft.import_of(bound.concept),
            )
        )
        if bound.standard is not None:
            self._label_standard(bound)
            return
        self._draft.label_all(bound.concept, labels_of(option), negated=bound.inverted)
        for parts in option.declared.references if self._draft.profile.document.extension.references else ():
            reference = Reference(concept=bound.concept, parts=parts)
            if reference not in self._draft.references:
                self._draft.references.append(reference)

    def _label_standard(self, bound: BoundOption) -> None:
        """A standard concept gets the label that the presentation prefers, and where the profile says so its name."""
        labels = labels_of(bound.option)
        if bound.inverted:
            self._draft.label_once(bound.concept, labels.negated or labels.standard, roles.NEGATED)
        for role, text in ((roles.PERIOD_START, labels.period_start), (roles.PERIOD_END, labels.period_end)):
            self._draft.label_once(bound.concept, text, role)
        self._draft.label_once(bound.concept, labels.total, roles.TOTAL)
        self._standard_titles.setdefault(bound.concept, labels.standard)

    def label_standard_concepts(self) -> None:
        """Standard concepts are called what fields are, or by their names where something else is called so.

        This comes last: the filing's own concepts have their labels before.
        """
        for concept in self._draft.concepts.values():
            if concept.qname.namespace != self._draft.namespace.uri:
                wish = self._standard_titles.get(concept.qname)
                texts = [
                    text for text in (wish, words(concept.qname.local_name)) if text and text not in self._draft.titles
                ]
                self._draft.label_once(concept.qname, next(iter(texts), str(concept.qname)), roles.STANDARD)


def labels_of(option: FactOption) -> Labels:
    """The labels declared, or for a concept beside the one declared (at an instant, of a part) some made from them."""
    labels, suffix = option.declared.labels, option.name[len(option.declared.name) :]
    if not suffix:
        return evolve(labels, standard=labels.standard or words(option.name))
    return Labels(
        standard=f"{labels.standard}, {words(suffix)}" if labels.standard else words(option.name),
        standard_ja=f"{labels.standard_ja}、時点" if labels.standard_ja and suffix == "AtInstant" else None,
        documentation=labels.documentation,
        documentation_ja=labels.documentation_ja,
    )
