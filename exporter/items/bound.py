"""Which standard concept a field reports in a profile, and whether a value fits it.

A concept fits a field if the types go together and the concept's period can be had from the item's: an instant concept
is reported at the end of an item that lasts, a concept of a duration never for an item at an instant.

What binding makes of a declaration: concepts, axes and statements in a namespace.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import Factory, frozen

from exporter.items.codec import Codec, Encoded
from exporter.items.compile import ItemSpec
from exporter.items.declarations import Balance, PeriodType
from exporter.items.fields import FactOption, FieldSpec
from exporter.items.values.enumeration import member_name
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.patterns import compile_rule_pattern
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
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


@frozen(kw_only=True, eq=False)
class StandardBinding:
    """A standard concept as a field of an item class reports it."""

    bound: ProfileConcept
    qname: QName
    schema: str
    datatype: DataType
    dimensions: tuple[ExplicitDimension, ...] = ()

    @classmethod
    def of(cls, concept: StandardConcept, profile: Profile) -> StandardBinding:
        """The concept by itself, its values as they are."""
        return cls(
            bound=ProfileConcept(concept=concept),
            qname=profile.qname(str(concept)),
            schema=profile.taxonomies[concept.prefix].schema,
            datatype=standard_type(concept.item_type),
        )

    def text_of(self, value: Any, encoded: Encoded) -> str | None:
        """The text that the concept takes for a value; ``None`` where it takes no such one."""
        values = self.bound.values
        if values:
            key = value.value if isinstance(value, enum.Enum) else encoded.text
            return values.get(key)
        text = encoded.text
        if self.bound.pattern is not None and compile_rule_pattern(self.bound.pattern).fullmatch(text) is None:
            return None
        return text if self.datatype.normalise(text) == text and self.datatype.is_valid(text) else None

    def value_of(self, text: str) -> str:
        """What stands in the profile for a text that the concept holds; the inverse of `text_of`."""
        return next((key for key, held in self.bound.values.items() if held == text), text)


def standard_binding(profile: Profile, option: FactOption, spec: ItemSpec) -> StandardBinding | str | None:
    """The standard concept of an option, why it does not fit, or ``None`` where the profile has none."""
    found = profile.binding(spec.name, option.field, option.name, option.part)
    if not isinstance(found, ProfileConcept):
        return None
    concept = found.concept
    try:
        datatype = standard_type(concept.item_type)
    except KeyError:
        return f"{concept} has the type {concept.item_type}, which is no standard item type"
    if not _types_fit(option, found):
        return f"{concept} is a {concept.item_type}, which holds no {option.codec.python_type.__name__}"
    if concept.period_type == "duration" and option.period_type == "instant":
        return f"{concept} holds for a duration, the item at an instant"
    if concept.period_type != option.period_type and _has_twin(spec.facts, option, "instant"):
        return f"{concept} holds at an instant, which another concept of the field reports"
    return StandardBinding(
        bound=found,
        qname=profile.qname(str(concept)),
        schema=profile.taxonomies[concept.prefix].schema,
        datatype=datatype,
        dimensions=tuple(
            ExplicitDimension(profile.qname(axis), profile.qname(member)) for axis, member in found.dimensions
        ),
    )


def _types_fit(option: FactOption, bound: ProfileConcept) -> bool:
    wanted, item_type = bound.concept.item_type, option.codec.item_type
    if bound.values:
        is_listed = wanted in _TEXTS or wanted == "enumerationItemType"
        return is_listed and (option.codec.python_type is bool or item_type == "enumerationItemType")
    if wanted in (item_type, option.item_type) and item_type != "enumerationItemType":
        return True
    if option.codec.python_type is int:
        return wanted in _WHOLE or "nteger" in wanted or wanted in _TEXTS
    return wanted in _FITTING.get(item_type, frozenset())


def _has_twin(facts: Iterable[FactOption], option: FactOption, period_type: str) -> bool:
    """Whether the same value has another concept for the other kind of period."""
    return any(
        other.period_type == period_type
        and (other.field, other.part, other.when) == (option.field, option.part, option.when)
        and other.codec.python_type is option.codec.python_type
        for other in facts
    )


CURRENCY_PAIR_AXIS: Final = "CurrencyPairAxis"
CURRENCY_PAIR_DOMAIN: Final = "CurrencyPairTypedDomain"
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
class BoundOption:
    """A concept that a field may report.

    ``at_edge``: an instant concept that an item which lasts reports at its start or end. ``standard`` is given for a
    concept of a standard taxonomy; ``own`` is then the concept in its place for values that it cannot take, and
    ``marker`` what says the item's period where the standard concept holds at an instant and the item lasts.
    """

    option: FactOption
    concept: QName
    datatype: DataType
    is_text: bool
    inverted: bool
    at_edge: bool
    period_type: PeriodType
    own_period: bool
    balance: Balance | None = None
    standard: StandardBinding | None = None
    own: BoundOption | None = None
    marker: BoundOption | None = None

    @property
    def codec(self) -> Codec:
        return self.option.codec

    @property
    def is_pure(self) -> bool:
        """Whether a rate is reported as a plain number."""
        return self.standard is not None and self.standard.bound.unit == "pure"

    @property
    def dimensions(self) -> tuple[ExplicitDimension, ...]:
        """Members that every fact of the option has."""
        return self.standard.dimensions if self.standard else ()


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

    def value(self, dimension: Dimension) -> Any:
        """The field's value; raises `ModelError` for what the field cannot hold."""
        if isinstance(dimension, ExplicitDimension):
            found = next((key for key, member in self.members.items() if member == dimension.member), None)
            if found is not None:
                return self.codec.from_json(found)
            return self.codec.decode(Encoded(dimension.member.local_name))
        return self.codec.decode(Encoded(dimension.value or ""))


@frozen(kw_only=True, eq=False)
class Statement:
    """One fact to be: which field says what with which concept. ``value`` is ``None`` for an unknown."""

    field: str
    bound: BoundOption
    encoded: Encoded | None
    unit: Unit | None
    reason: str | None = None
