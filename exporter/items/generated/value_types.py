"""Which Python type holds the values of a concept or of a typed axis, and which types no item holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from exporter.model.datatypes import DataType
from exporter.taxonomy.concept import Concept

_BY_TYPE: Final[Mapping[str, str]] = {
    "monetaryItemType": "ex.Money",
    "perShareItemType": "ex.PerShare",
    "sharesItemType": "ex.ShareCount",
    "percentItemType": "ex.Percent",
    "pureItemType": "ex.Ratio",
    "decimalItemType": "ex.Ratio",
    "floatItemType": "ex.Ratio",
    "doubleItemType": "ex.Ratio",
    "booleanItemType": "bool",
    "dateItemType": "dt.date",
    "gYearMonthItemType": "ex.Month",
    "gMonthDayItemType": "ex.MonthDay",
    "gYearItemType": "int",
    "textBlockItemType": "ex.TextBlock",
    **dict.fromkeys(
        (
            *("stringItemType", "normalizedStringItemType", "tokenItemType", "languageItemType", "NameItemType"),
            *("NCNameItemType", "anyURIItemType", "noLangTokenItemType", "noLangStringItemType"),
            *("durationItemType", "timeItemType", "gMonthItemType", "gDayItemType"),
        ),
        "str",
    ),
}
USUAL_TYPES: Final[Mapping[str, str]] = {
    "ex.Money": "monetaryItemType",
    "ex.PerShare": "perShareItemType",
    "ex.ShareCount": "sharesItemType",
    "ex.Percent": "percentItemType",
    "ex.Ratio": "pureItemType",
    "ex.TextBlock": "textBlockItemType",
    "ex.Month": "gYearMonthItemType",
    "ex.MonthDay": "gMonthDayItemType",
    "dt.date": "dateItemType",
    "bool": "booleanItemType",
    "int": "integerItemType",
    "str": "stringItemType",
}
"""The item type that a declaration has where it names none."""

_INTEGERS: Final = frozenset(
    f"{name}ItemType"
    for name in (
        *("integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger", "long", "int"),
        *("short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_DOMAIN_BASES: Final[Mapping[str, str]] = {"date": "dt.date", "gYearMonth": "ex.Month", "boolean": "bool"}
_INTEGER_BASES: Final = frozenset(name.removesuffix("ItemType") for name in _INTEGERS)
_NO_TEXT: Final = frozenset({"complex", "union", "list", "QName", "fraction"})


def value_type(datatype: DataType) -> str | None:
    """The annotation for values of a concept's type; ``None`` where items hold no such values."""
    standard = datatype.standard
    if datatype.is_monetary:
        return "ex.Money"
    return "int" if standard in _INTEGERS else _BY_TYPE.get(standard)


def domain_value_type(datatype: DataType | None) -> str | None:
    """The annotation for the values of a typed axis; ``None`` where they are no single text."""
    if datatype is None or datatype.base in _NO_TEXT:
        return None
    return "int" if datatype.base in _INTEGER_BASES else _DOMAIN_BASES.get(datatype.base, "str")


def is_reportable(concept: Concept) -> bool:
    """Whether facts report the concept itself: no heading, axis, table or member."""
    if concept.kind != "item" or concept.abstract:
        return False
    return concept.datatype is None or concept.datatype.standard != "domainItemType"


def listed_values(datatype: DataType) -> tuple[str, ...]:
    """The texts that a type allows where it lists them."""
    lists = [facets.enumeration for facets in datatype.facets if facets.enumeration is not None]
    return tuple(sorted(frozenset.intersection(*lists))) if lists and datatype.base == "string" else ()
