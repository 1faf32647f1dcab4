"""Which standard concept a field reports in a profile, and whether a value fits it.

A concept fits a field if the types go together and the concept's period can be had from the item's: an instant concept
is reported at the end of an item that lasts, a concept of a duration never for an item at an instant.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from exporter.items.codecs.codec import Encoded
from exporter.items.fact_options import FactOption
from exporter.items.specification import ItemSpecification
from exporter.model.datatypes import DataType
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import BoundConcept, Profile, StandardConcept

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

    bound: BoundConcept
    qname: QName
    schema: str
    datatype: DataType
    dimensions: tuple[ExplicitDimension, ...] = ()

    @classmethod
    def of(cls, concept: StandardConcept, profile: Profile) -> StandardBinding:
        """The concept by itself, its values as they are."""
        return cls(
            bound=BoundConcept(concept=concept),
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
        if self.bound.pattern is not None and re.fullmatch(self.bound.pattern, text) is None:
            return None
        return text if self.datatype.normalise(text) == text and self.datatype.is_valid(text) else None

    def value_of(self, text: str) -> str:
        """What stands in the profile for a text that the concept holds; the inverse of `text_of`."""
        return next((key for key, held in self.bound.values.items() if held == text), text)


def standard_binding(profile: Profile, option: FactOption, spec: ItemSpecification) -> StandardBinding | str | None:
    """The standard concept of an option, why it does not fit, or ``None`` where the profile has none."""
    found = profile.binding(spec.name, option.field, option.name, option.part)
    if not isinstance(found, BoundConcept):
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


def _types_fit(option: FactOption, bound: BoundConcept) -> bool:
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
