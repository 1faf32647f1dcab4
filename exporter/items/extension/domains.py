"""Axes, their domains and the members of these."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, Final

from exporter.errors import DeclarationError
from exporter.items.binding import Binding
from exporter.items.bound import CURRENCY_PAIR_AXIS, CURRENCY_PAIR_DOMAIN, BoundAxis
from exporter.items.enumeration import domain_name, member_labels, member_name
from exporter.items.extension.draft import Draft
from exporter.items.labels import Labels, words
from exporter.items.open_axes import parse_pair_member
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.namespaces import XSD
from exporter.taxonomy import labels as roles
from exporter.taxonomy.concept import TypedDomain
from exporter.taxonomy.networks import DIMENSION_DEFAULT, DIMENSION_DOMAIN, DOMAIN_MEMBER, PARENT_CHILD
from exporter.taxonomy.roles import RoleType

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
            member, next(f"{each} {ending}" for each in choices if f"{each} {ending}" not in self._draft.titles)
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
