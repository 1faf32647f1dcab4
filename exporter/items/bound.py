"""What binding makes of a declaration in a namespace: concepts with the texts of their facts, and axes.

`BoundConcept` is where a value becomes the text of a fact, and that text a value.

A standard concept fits a field if the types go together and the concept's period can be had from the item's: an instant
concept is reported at the end of an item that lasts, a concept of a duration never for an item at an instant.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

import attrs
from attrs import Factory, frozen

from exporter.items.codec import Codec, Encoded
from exporter.items.codecs import INTEGER
from exporter.items.declarations import words
from exporter.items.fields import ConceptSpec, FieldSpec
from exporter.items.values.enumeration import member_name
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.patterns import compile_rule_pattern
from exporter.model.qname import QName
from exporter.model.standard_types import Balance, PeriodType, standard_type
from exporter.profiles.profile import Profile, ProfileConcept, StandardConcept
from exporter.profiles.profile import ProfileAxis as StandardAxis

_TEXTS: Final = frozenset(
    {
        *("stringItemType", "normalizedStringItemType", "tokenItemType", "noLangStringItemType"),
        *("noLangTokenItemType", "anyURIItemType", "NCNameItemType", "NameItemType", "languageItemType"),
        *("durationItemType", "timeItemType", "gMonthItemType", "gDayItemType"),
    }
)
_WHOLE: Final = frozenset({"decimalItemType", "pureItemType", "gYearItemType"})
_FITTING: Final[Mapping[str, frozenset[str]]] = {
    "monetaryItemType": frozenset(
        {"noDecimalsMonetaryItemType", "nonNegativeMonetaryItemType", "nonNegativeNoDecimalsMonetaryItemType"}
    ),
    "perShareItemType": frozenset({"decimalItemType"}),
    "percentItemType": frozenset({"pureItemType"}),
    "pureItemType": frozenset({"decimalItemType"}),
    "decimalItemType": frozenset({"pureItemType"}),
    "textBlockItemType": frozenset({"stringItemType", "escapedItemType", "xmlNodesItemType", "xmlItemType"}),
    "stringItemType": _TEXTS,
}
"""Which item types may hold the values of a codec beside its own."""


def fitting_concept(profile: Profile, item: str, field: FieldSpec, spec: ConceptSpec) -> ProfileConcept | str | None:
    """The standard concept for a concept of a field, why it does not fit, or ``None`` where the profile has none."""
    bound = profile.binding(item, field.name, spec.name, spec.part)
    if not isinstance(bound, ProfileConcept):
        return None
    concept = bound.concept
    try:
        standard_type(concept.item_type)
    except KeyError:
        return f"{concept} has the type {concept.item_type}, which is no standard item type"
    if not _types_fit(spec, bound):
        return f"{concept} is a {concept.item_type}, which holds no {spec.codec.python_type.__name__}"
    if concept.period_type == "duration" and spec.period_type == "instant":
        return f"{concept} holds for a duration, the item at an instant"
    if concept.period_type != spec.period_type and spec.has_twin(field.concepts, "instant"):
        return f"{concept} holds at an instant, which another concept of the field reports"
    return bound


def _types_fit(spec: ConceptSpec, bound: ProfileConcept) -> bool:
    standard, own = bound.concept.item_type, spec.codec.item_type
    if bound.values:
        is_listed = standard in _TEXTS or standard == "enumerationItemType"
        return is_listed and (spec.codec.python_type is bool or own == "enumerationItemType")
    if standard in (own, spec.item_type) and own != "enumerationItemType":
        return True
    if spec.codec.python_type is int:
        return standard in _WHOLE or "nteger" in standard or standard in _TEXTS
    return standard in _FITTING.get(own, frozenset())


CURRENCY_PAIR_AXIS: Final = "CurrencyPairAxis"
OWN: Final = Profile(name="extension-only", title="Own concepts only")
"""The profile in which everything is reported in the filing's own namespace."""


@frozen(kw_only=True)
class Namespace:
    """The namespace of the filing's own names and the prefix it is written with."""

    uri: str
    prefix: str

    def name(self, local_name: str) -> QName:
        return QName(self.uri, local_name, prefix=self.prefix)

    def role(self, name: str) -> str:
        """A role URI of the filing: below the namespace's authority, so that it stays from year to year."""
        match = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]+", self.uri)
        return f"{match.group() if match else self.uri.rstrip('/')}/role/{name}"

    @property
    def unknown_reason_role(self) -> str:
        """The link role of the footnotes that say why a value is unknown."""
        return self.role("UnknownValueReason")


@frozen(kw_only=True, eq=False)
class BoundConcept:
    """A concept that a field of an item class reports, and how the field's values stand in its facts.

    ``spec`` is what does not depend on the namespace. ``inverted``, ``period_type``, ``own_period`` and ``balance`` are
    of the concept itself, and may be otherwise for a standard one than in ``spec``. ``at_edge`` marks an instant
    concept that an item which lasts reports at its start or end. ``members`` is the namespace of the filing's members,
    ``names`` what some of them are called there. ``tagged`` says that the profile's audience has its values as facts.
    ``lines`` marks several values that are the lines of one text; on ``list_axis`` each of several values has a member.

    ``standard`` is what the profile says of a concept of a standard taxonomy: ``pure`` a rate that is a plain number,
    ``dimensions`` the members that every fact has, ``values`` the texts that the concept takes in place of the field's,
    ``pattern`` the texts that it takes. ``fallback`` is then the filing's own concept for values that it cannot take,
    and ``period_start`` the one that states the first day of the item's period, where the standard concept holds at an
    instant and the item lasts.
    """

    field: str
    spec: ConceptSpec
    codec: Codec = attrs.field(default=Factory(attrgetter("spec.codec"), takes_self=True), init=False)
    concept: QName
    datatype: DataType
    is_text: bool = attrs.field(default=Factory(attrgetter("datatype.is_text"), takes_self=True), init=False)
    inverted: bool
    at_edge: bool
    period_type: PeriodType
    own_period: bool
    balance: Balance | None = None
    members: str = ""
    names: Mapping[str, str] = Factory(dict)
    tagged: bool = True
    lines: bool = False
    list_axis: BoundAxis | None = None
    standard: StandardConcept | None = None
    pure: bool = False
    dimensions: tuple[ExplicitDimension, ...] = ()
    values: Mapping[str, str] = Factory(dict)
    pattern: str | None = None
    fallback: BoundConcept | None = None
    period_start: BoundConcept | None = None

    def encode(self, value: Any) -> Encoded | None:
        """What a fact holds for a value of the field, or of the part of it; ``None`` where it takes no such value."""
        if isinstance(value, tuple):
            encoded = Encoded("\n".join(value))
        else:
            encoded = self.codec.encode(value)
            if self.standard is None and self.datatype.is_enumeration:
                encoded = Encoded(f"{self.members}#{self.names.get(encoded.text, encoded.text)}")
            elif self.spec.item_type == "gYearItemType" and self.codec is INTEGER:
                encoded = Encoded(f"{value:04d}")
            elif self.inverted:
                encoded = encoded._replace(text=inverted_text(encoded.text))
        if self.standard is None:
            return encoded
        if self.values:
            text = self.values.get(value.value if isinstance(value, enum.Enum) else encoded.text)
            return None if text is None else encoded._replace(text=text)
        text = encoded.text
        if self.pattern is not None and compile_rule_pattern(self.pattern).fullmatch(text) is None:
            return None
        return encoded if self.datatype.normalise(text) == text and self.datatype.is_valid(text) else None

    def decode(self, encoded: Encoded) -> Any:
        """The value of the field, or of the part of it, that a fact holds; the inverse of `encode`.

        Raises:
            ModelError: the field cannot hold it.
        """
        if self.lines:
            return tuple(encoded.text.split("\n"))
        if self.values:
            given = (key for key, text in self.values.items() if text == encoded.text)
            return self.codec.from_json(next(given, encoded.text))
        if self.datatype.is_enumeration:
            name = encoded.text.rpartition("#")[2]
            encoded = Encoded(next((usual for usual, other in self.names.items() if other == name), name))
        elif self.inverted:
            encoded = encoded._replace(text=inverted_text(encoded.text))
        return self.codec.decode(encoded)


def inverted_text(number: str) -> str:
    """A number with its sign turned; zero has none."""
    if not number.strip("-+0."):
        return number.lstrip("-+")
    return number[1:] if number.startswith("-") else "-" + number.lstrip("+")


@frozen(kw_only=True, eq=False)
class BoundAxis:
    """An axis that a field of the item, or its currency pair, gives the value of.

    An axis is explicit with the members of an ``enumeration`` or, where ``is_open``, with one for each value; else it
    is typed. ``standard`` is what the profile says of it.
    """

    field: FieldSpec
    axis: QName
    base: str
    enumeration: type[enum.StrEnum] | None = None
    typed_domain: QName | None = None
    datatype: DataType | None = None
    codec: Codec
    labels: Any = None
    is_open: bool = False
    standard: StandardAxis | None = None
    members: Mapping[str, QName] = Factory(dict)

    @property
    def optional(self) -> bool:
        return self.field.optional

    def dimension(self, value: Any, namespace: Namespace) -> Dimension:
        if self.enumeration is not None:
            return ExplicitDimension(self.axis, self.members.get(value.value) or namespace.name(member_name(value)))
        text = self.codec.encode(value).text
        return ExplicitDimension(self.axis, self.members[text]) if self.is_open else TypedDimension(self.axis, text)

    def text_of(self, dimension: Dimension, profile: Profile) -> str:
        """What the member of an open axis stands for, by its name: a standard one's value, else its words."""
        if not isinstance(dimension, ExplicitDimension):
            return dimension.value or ""
        standard = self.standard.members if self.standard is not None else {}
        values = (value for value, name in standard.items() if profile.qname(name) == dimension.member)
        return next(values, words(dimension.member.local_name.removesuffix("Member")))

    def value(self, dimension: Dimension) -> Any:
        """The field's value; raises `ModelError` for what the field cannot hold."""
        if isinstance(dimension, ExplicitDimension):
            value = next((text for text, member in self.members.items() if member == dimension.member), None)
            if value is not None:
                return self.codec.from_json(value)
            return self.codec.decode(Encoded(dimension.member.local_name))
        return self.codec.decode(Encoded(dimension.value or ""))
