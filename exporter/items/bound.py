"""What binding makes of a declaration: concepts, axes and statements in a namespace."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import Factory, frozen

from exporter.items.codecs.codec import Codec, Encoded
from exporter.items.declaration import Balance, PeriodType
from exporter.items.enumeration import member_name
from exporter.items.fact_options import FactOption
from exporter.items.field_specification import FieldSpecification
from exporter.items.standard_concepts import StandardBinding
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.profiles.profile import BoundAxis as StandardAxis
from exporter.profiles.profile import Profile

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

    field: FieldSpecification
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
