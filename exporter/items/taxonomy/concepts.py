"""Axes, their domains and the members of these.

The concepts that fields report, with their labels and references.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from exporter.errors import DeclarationError
from exporter.items.axes import parse_pair_member
from exporter.items.bind import Binding
from exporter.items.bound import CURRENCY_PAIR_AXIS, CURRENCY_PAIR_DOMAIN, BoundAxis, BoundOption
from exporter.items.declarations import Labels, words
from exporter.items.fields import FactOption
from exporter.items.taxonomy.draft import Draft
from exporter.items.values.enumeration import domain_name, member_labels, member_name
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.namespaces import XSD
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, Enumeration, Reference, RoleType, TypedDomain
from exporter.taxonomy.networks import DIMENSION_DEFAULT, DIMENSION_DOMAIN, DOMAIN_MEMBER, PARENT_CHILD

_LONGEST_LABEL: Final = 400
_PAIR_TITLES: Final = ("Currency Pair", "通貨ペア")
_NO_MEMBERS: Final[Mapping[str, QName]] = {}
_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")


class Domains:
    """The axes of item classes, each with its domain in a link role of its own."""

    def __init__(self, draft: Draft, pairs: tuple[QName, ...]) -> None:
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
        labels = bound.labels or Labels()
        standard = labels.standard or words(bound.base)
        if bound.typed_domain is not None and bound.standard is not None:
            self._draft.standard(bound.axis, kind="dimension", typed_domain_ref=bound.typed_domain)
            place = self._draft.import_of(bound.typed_domain)
            domain = TypedDomain(qname=bound.typed_domain, datatype=bound.datatype, schema=place)
            self._draft.typed_domains.setdefault(bound.typed_domain, domain)
            return
        if bound.typed_domain is not None:
            self._typed_axis(bound.axis, bound.typed_domain, bound.datatype, standard, labels.standard_ja)
            return
        if bound.standard is not None:
            self._draft.standard(bound.axis, kind="dimension")
        else:
            self._draft.abstract(bound.axis.local_name, "dimension")
            self._draft.named(bound.axis, "axis", standard, labels.standard_ja)
        if bound.enumeration is None:
            self._open_domain(bound)
            return
        if self._explicit_axes.setdefault(bound.axis, bound.enumeration) is not bound.enumeration:
            raise DeclarationError(f"the axis {bound.axis.local_name} has members of two enumerations")
        self.domain(bound.enumeration, bound.members)

    def _open_domain(self, bound: BoundAxis) -> QName:
        """The domain of an axis whose members the values of the filing are."""
        labels = bound.labels or Labels()
        title = labels.standard or words(bound.base)
        domain, uri = self._new_domain(bound.axis, title, labels.standard_ja)
        for order, (text, member) in enumerate(bound.members.items(), start=1):
            self._open_member(member, text, title)
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._draft.arc(arcrole, uri, domain, member, order)
        return domain

    def _new_domain(self, axis: QName, title: str, title_ja: str | None) -> tuple[QName, str]:
        name = f"{axis.local_name.removesuffix('Axis')}Domain"
        domain, uri = self._draft.member(name), self._draft.namespace.role(name)
        if uri not in self._draft.roles:
            self._draft.roles[uri] = RoleType(uri=uri, id=name, definition=f"900000 - Document - {title} [Domain]")
            self._draft.named(domain, "domain", title, title_ja)
        return domain, uri

    def _open_member(self, member: QName, text: str, title: str) -> None:
        if member.namespace != self._draft.namespace.uri:
            self._draft.standard(member)
            return
        self._draft.member(member.local_name)
        if (member, roles.STANDARD, self._draft.rules.english) in self._draft.labels:
            return
        plain = " ".join(text.replace("<", " ").split())[:_LONGEST_LABEL]
        choices = itertools.chain([plain, f"{plain} ({title})"], (f"{plain} ({n})" for n in itertools.count(2)))
        ending = self._draft.rules.ending("member")
        self._draft.label(
            member, next(f"{choice} {ending}" for choice in choices if f"{choice} {ending}" not in self._draft.titles)
        )

    def _typed_axis(
        self, axis: QName, domain: QName, datatype: DataType | None, label: str, label_ja: str | None
    ) -> None:
        known = self._draft.typed_domains.setdefault(domain, TypedDomain(qname=domain, datatype=datatype))
        if known.datatype != datatype:
            raise DeclarationError(f"the typed axis {axis.local_name} has values of two types")
        self._draft.abstract(axis.local_name, "dimension", typed_domain_ref=domain)
        self._draft.named(axis, "axis", label, label_ja)

    def _pair_axis(self) -> None:
        axis, domain = self._draft.namespace.name(CURRENCY_PAIR_AXIS), self._draft.namespace.name(CURRENCY_PAIR_DOMAIN)
        if self._draft.profile.document.open_axes != "explicit":
            self._typed_axis(axis, domain, _XSD_STRING, *_PAIR_TITLES)
            return
        self._draft.abstract(axis.local_name, "dimension")
        self._draft.named(axis, "axis", *_PAIR_TITLES)
        head, uri = self._new_domain(axis, *_PAIR_TITLES)
        for order, member in enumerate(self._pairs, start=1):
            quote, base = parse_pair_member(member.local_name) or ("", "")
            self._draft.member(member.local_name)
            self._draft.label(member, f"{quote} per {base} {self._draft.rules.ending('member')}")
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
        title = words(enumeration.__name__)
        self._draft.roles[uri] = RoleType(uri=uri, id=name, definition=f"900000 - Document - {title} [Domain]")
        self._draft.named(domain, "domain", title, getattr(enumeration, "__label_ja__", title))
        for order, value in enumerate(enumeration, start=1):
            if (found := standard.get(value.value)) is not None:
                member = self._draft.standard(found)
            else:
                member = self._draft.member(member_name(value))
                self._draft.named(member, "member", *member_labels(value))
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._draft.arc(arcrole, uri, domain, member, order)
        return domain

    def domain_of(self, axis: BoundAxis) -> tuple[QName, str]:
        """The head of an explicit axis's domain, and the link role with its members."""
        if axis.enumeration is not None:
            return self.domain(axis.enumeration, axis.members), self.role_of(axis.enumeration)
        labels = axis.labels or Labels()
        return self._new_domain(axis.axis, labels.standard or words(axis.base), labels.standard_ja)

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
        return self._new_domain(axis, *_PAIR_TITLES)


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
