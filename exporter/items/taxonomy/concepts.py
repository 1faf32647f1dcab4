"""Axes, their domains and the members of these.

The concepts that fields report, with their labels and references.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from attrs import evolve

from exporter.errors import DeclarationError
from exporter.items.axes import parse_pair_member
from exporter.items.bind import Binding
from exporter.items.bound import CURRENCY_PAIR_AXIS, CURRENCY_PAIR_DOMAIN, BoundAxis, BoundConcept
from exporter.items.declarations import words
from exporter.items.fields import ConceptSpec
from exporter.items.labels import NO_LABELS, LabelRole, Labels, enumeration_labels, member_labels
from exporter.items.taxonomy.draft import TaxonomyDraft, negated_text
from exporter.items.values.enumeration import domain_name, member_name
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.namespaces import XSD
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, EnumerationDomain, Reference, RoleType, TypedDomain
from exporter.taxonomy.networks import DIMENSION_DEFAULT, DIMENSION_DOMAIN, DOMAIN_MEMBER, PARENT_CHILD

_LONGEST_LABEL: Final = 400
_AT_INSTANT: Final = Labels(
    standard="At Instant",
    others={"ja": "時点", "de": "zum Stichtag", "fr": "à la date", "es": "a la fecha", "nl": "op de datum"},
)
_PAIR: Final = Labels(
    standard="Currency Pair",
    others={
        "ja": "通貨ペア",
        "de": "Währungspaar",
        "fr": "Paire de devises",
        "es": "Par de monedas",
        "nl": "Valutapaar",
    },
)
_STANDARD_CONCEPT_ROLES: Final[tuple[LabelRole, ...]] = ("period_start", "period_end", "total")
_NO_MEMBERS: Final[Mapping[str, QName]] = {}
_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")


class Domains:
    """The axes of item classes, each with its domain in a link role of its own."""

    def __init__(self, draft: TaxonomyDraft, pairs: tuple[QName, ...]) -> None:
        self._draft = draft
        self._pairs = pairs
        self._enumerations: dict[str, Any] = {}
        self._explicit_axes: dict[QName, Any] = {}

    def add(self, binding: Binding) -> None:
        """The axes of one item class."""
        for axis in binding.axes:
            self._axis(axis)
        if binding.unit_field is not None:
            self._pair_axis()

    def _axis(self, bound: BoundAxis) -> None:
        labels = axis_labels(bound)
        if bound.typed_domain is not None and bound.standard is not None:
            self._draft.standard(bound.axis, kind="dimension", typed_domain_ref=bound.typed_domain)
            place = self._draft.import_of(bound.typed_domain)
            domain = TypedDomain(qname=bound.typed_domain, datatype=bound.datatype, schema=place)
            self._draft.typed_domains.setdefault(bound.typed_domain, domain)
            return
        if bound.typed_domain is not None:
            self._typed_axis(bound.axis, bound.typed_domain, bound.datatype, labels)
            return
        if bound.standard is not None:
            self._draft.standard(bound.axis, kind="dimension")
        else:
            self._draft.abstract(bound.axis.local_name, "dimension")
            self._draft.named(bound.axis, "axis", labels)
        if bound.enumeration is None:
            self._open_domain(bound)
            return
        if self._explicit_axes.setdefault(bound.axis, bound.enumeration) is not bound.enumeration:
            raise DeclarationError(f"the axis {bound.axis.local_name} has members of two enumerations")
        self.domain(bound.enumeration, bound.members)

    def _open_domain(self, bound: BoundAxis) -> QName:
        """The domain of an axis whose members the values of the filing are."""
        labels = axis_labels(bound)
        domain, uri = self._new_domain(bound.axis, labels)
        for order, (text, member) in enumerate(bound.members.items(), start=1):
            self._open_member(member, text, labels.standard or "")
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._draft.arc(arcrole, uri, domain, member, order)
        return domain

    def _new_domain(self, axis: QName, labels: Labels) -> tuple[QName, str]:
        name = f"{axis.local_name.removesuffix('Axis')}Domain"
        domain, uri = self._draft.member(name), self._draft.namespace.role(name)
        if uri not in self._draft.roles:
            definition = f"900000 - Document - {labels.standard} [Domain]"
            self._draft.roles[uri] = RoleType(uri=uri, id=name, definition=definition)
            self._draft.named(domain, "domain", labels)
        return domain, uri

    def _open_member(self, member: QName, text: str, title: str) -> None:
        if member.namespace != self._draft.namespace.uri:
            self._draft.standard(member)
            return
        self._draft.member(member.local_name)
        if self._draft.is_labelled(member):
            return
        plain = " ".join(text.replace("<", " ").split())[:_LONGEST_LABEL]
        choices = itertools.chain([plain, f"{plain} ({title})"], (f"{plain} ({n})" for n in itertools.count(2)))
        endings = [self._draft.rules.ending("member", language) for language in self._draft.languages]
        name = next(
            choice for choice in choices if not any(f"{choice} {ending}" in self._draft.titles for ending in endings)
        )
        self._draft.label_in_all(member, lambda language: f"{name} {self._draft.rules.ending('member', language)}")

    def _typed_axis(self, axis: QName, domain: QName, datatype: DataType | None, labels: Labels) -> None:
        known = self._draft.typed_domains.setdefault(domain, TypedDomain(qname=domain, datatype=datatype))
        if known.datatype != datatype:
            raise DeclarationError(f"the typed axis {axis.local_name} has values of two types")
        self._draft.abstract(axis.local_name, "dimension", typed_domain_ref=domain)
        self._draft.named(axis, "axis", labels)

    def _pair_axis(self) -> None:
        axis, domain = self._draft.namespace.name(CURRENCY_PAIR_AXIS), self._draft.namespace.name(CURRENCY_PAIR_DOMAIN)
        if self._draft.profile.document.open_axes != "explicit":
            self._typed_axis(axis, domain, _XSD_STRING, _PAIR)
            return
        self._draft.abstract(axis.local_name, "dimension")
        self._draft.named(axis, "axis", _PAIR)
        head, uri = self._new_domain(axis, _PAIR)
        for order, member in enumerate(self._pairs, start=1):
            quote, base = parse_pair_member(member.local_name) or ("", "")
            self._draft.member(member.local_name)
            per = {"de": "je", "fr": "pour", "es": "por", "nl": "per"}
            others = {"ja": f"{base}当たり{quote}"} | {tag: f"{quote} {word} {base}" for tag, word in per.items()}
            pair = Labels(standard=f"{quote} per {base}", others=others)
            self._draft.named(member, "member", pair)
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._draft.arc(arcrole, uri, head, member, order)

    def role_of(self, enumeration: Any) -> str:
        """The link role with the members of an enumeration."""
        return self._draft.namespace.role(domain_name(enumeration))

    def domain(self, enumeration: Any, standard: Mapping[str, QName] = _NO_MEMBERS) -> QName:
        """The domain of an enumeration with its members, in a link role of its own."""
        name, uri = domain_name(enumeration), self.role_of(enumeration)
        if self._enumerations.setdefault(name, enumeration) is not enumeration:
            raise DeclarationError(f"two enumerations are called {enumeration.__name__}")
        domain = self._draft.member(name)
        if uri in self._draft.roles:
            return domain
        labels = enumeration_labels(enumeration, words(enumeration.__name__))
        definition = f"900000 - Document - {labels.standard} [Domain]"
        self._draft.roles[uri] = RoleType(uri=uri, id=name, definition=definition)
        self._draft.named(domain, "domain", labels)
        for order, value in enumerate(enumeration, start=1):
            if (found := standard.get(value.value)) is not None:
                member = self._draft.standard(found)
            else:
                member = self._draft.member(member_name(value))
                self._draft.named(member, "member", member_labels(value))
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._draft.arc(arcrole, uri, domain, member, order)
        return domain

    def domain_of(self, axis: BoundAxis) -> tuple[QName, str]:
        """The head of an explicit axis's domain, and the link role with its members."""
        if axis.enumeration is not None:
            return self.domain(axis.enumeration, axis.members), self.role_of(axis.enumeration)
        return self._new_domain(axis.axis, axis_labels(axis))

    def explicit(self, axis: BoundAxis, role: str) -> None:
        """The domain and the default member of an explicit axis of a hypercube."""
        domain, uri = self.domain_of(axis)
        head, default = domain, axis.standard.default if axis.standard is not None else None
        if default is not None:  # the standard has said it, and a dimension has one default in all
            head = self._draft.standard(self._draft.profile.qname(default))
            self._draft.arc(DIMENSION_DOMAIN, role, axis.axis, head, usable=axis.optional)
        self._draft.arc(
            DIMENSION_DOMAIN, role, axis.axis, domain, target_role=uri, usable=axis.optional and head is domain
        )
        if axis.optional:
            self._draft.arc(DIMENSION_DEFAULT, role, axis.axis, head)

    def pair_domain(self, axis: QName) -> tuple[QName, str]:
        """The head of the currency pairs where they are members, and the link role with them."""
        return self._new_domain(axis, _PAIR)


class FieldConcepts:
    """The concepts that fields report, with their labels and references."""

    def __init__(self, draft: TaxonomyDraft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains
        self._standard_titles: dict[QName, str | None] = {}  # what fields call the standard concepts that they report

    def add(self, options: Iterable[BoundConcept]) -> None:
        """The concepts of one item class."""
        for bound in options:
            self._add(bound)

    def _add(self, bound: BoundConcept) -> None:
        enumeration = None
        if bound.datatype.is_enumeration:
            python_type: Any = bound.codec.python_type
            enumeration = EnumerationDomain(
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
        self._draft.label_all(bound.concept, labels_of(bound.spec), negated=bound.inverted)
        for parts in bound.spec.references if self._draft.profile.document.extension.references else ():
            reference = Reference(concept=bound.concept, parts=parts)
            if reference not in self._draft.references:
                self._draft.references.append(reference)

    def _label_standard(self, bound: BoundConcept) -> None:
        """A standard concept gets the label that the presentation prefers, and where the profile says so its name."""
        labels = labels_of(bound.spec)
        if bound.inverted and not self._draft.is_labelled(bound.concept, roles.NEGATED):
            self._draft.label_in_all(bound.concept, partial(negated_text, labels), role=roles.NEGATED)
        for role in _STANDARD_CONCEPT_ROLES:
            self._draft.label_once(bound.concept, labels, role)
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
                title = Labels(standard=next(iter(texts), str(concept.qname)))
                self._draft.label_once(concept.qname, title, "standard")


def labels_of(spec: ConceptSpec) -> Labels:
    """The labels declared, at an instant beside a duration with that behind them; from the name where none is given."""
    labels = spec.labels.joined(_AT_INSTANT, documented=True) if spec.at_instant else spec.labels
    return labels if spec.labels.standard else evolve(labels, standard=words(spec.name))


def axis_labels(axis: BoundAxis) -> Labels:
    """The labels declared for an axis; the English one is made from its name where none is given."""
    labels = axis.labels or NO_LABELS
    return evolve(labels, standard=labels.standard or words(axis.base))
