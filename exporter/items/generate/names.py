"""Names and types of generated item classes: names in ASCII, each once, and the type of a field's values."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import define, field

from exporter.model.datatypes import DataType
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.search import words_of_name

RESERVED_FIELDS: Final = frozenset(
    [*keyword.kwlist, *keyword.softkwlist, "type", "id", "source", "footnotes", "check", "over", "as_of"]
)
"""What no field is called: keywords, the fields every item has, and the period."""

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"^\s*(?:\[[^\]]*\]|[0-9][0-9A-Za-z.]*)\s*(?:[-\u2013\u2014:]\s*)?")
_SORT: Final = re.compile(r"^(?:Statement|Disclosure|Schedule|Document|Notes)\s*[-\u2013\u2014:]\s*")
_KIND: Final = re.compile(r"(?<!\s)\s*\[[^\[\]]*\]\s*$")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _parts(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+", _ascii(text).replace("'", ""))


def camel_name(text: str, fallback: str) -> str:
    """A name with a capital, of letters and digits: of words or of another name."""
    made = "".join(part[0].upper() + part[1:] for part in _parts(text))[:_LONGEST]
    return made if made[:1].isalpha() else f"{fallback}{made}"[:_LONGEST]


def snake_name(text: str, fallback: str) -> str:
    """A name in small letters with underscores between the words."""
    words = [word for part in _parts(text) for word in words_of_name(part).lower().split()]
    made = "_".join(words)
    return made if made[:1].isalpha() else f"{fallback}_{made}".rstrip("_")


def plain_title(text: str) -> str:
    """A title or label without the number and sort before it and the kind in brackets behind it."""
    short = _SORT.sub("", _NUMBER.sub("", _KIND.sub("", text)))
    return " ".join((short or text).split())


@define(eq=False)
class UniqueNames:
    """Gives each name once: what is taken gets a number."""

    _taken: set[str] = field(factory=set)

    @classmethod
    def without(cls, reserved: Iterable[str] = ()) -> UniqueNames:
        return cls({name.lower() for name in reserved})

    def take(self, name: str, glue: str = "") -> str:
        """``name``, or ``name2`` where it is taken; small and capital letters count as the same."""
        chosen, number = name, 1
        while chosen.lower() in self._taken:
            number += 1
            chosen = f"{name[: _LONGEST - 6]}{glue}{number}"
        self._taken.add(chosen.lower())
        return chosen


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
