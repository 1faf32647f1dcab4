"""What is known of a concept, made ready for reading and writing its many facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.model.unit import SHARES, Unit

# xs:decimal, and the forms xs:double has beyond it; ASCII digits only.
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN")

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
INFERRED_DECIMAL: Final = standard_type("decimalItemType")
INFERRED_DOUBLE: Final = standard_type("doubleItemType")


def is_decimal(text: str) -> bool:
    """Whether ``text`` is an ``xs:decimal``."""
    return _DECIMAL.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether ``text`` is a number of any XML Schema type."""
    return _DOUBLE.fullmatch(text) is not None


def value_check(datatype: DataType | None, *, numeric: bool) -> Callable[[str], object] | None:
    """The fastest check of a normalised value; ``None`` where every text is valid."""
    if datatype is None:
        return _DOUBLE.fullmatch if numeric else None
    if not datatype.facets:
        if datatype.base == "decimal":
            return _DECIMAL.fullmatch
        if datatype.base in ("string", "normalizedString", "token"):
            return None
    return datatype.is_valid


class ConceptForm:
    """A concept of one document: its name, its type where known, and the checks that follow.

    ``numeric`` is ``None`` where the type is unknown: a fact with a unit is then a number,
    and ``inferred`` the type that its values show. ``default_accuracy`` are the accuracy attributes that the type
    supplies. ``units`` and ``units_by_id`` are those found to fit, ``unfit`` the ids of those found not to.
    """

    __slots__ = (
        "check",
        "datatype",
        "default_accuracy",
        "has_exponents",
        "inferred",
        "is_verbatim",
        "name",
        "numeric",
        "numeric_check",
        "text",
        "unfit",
        "units",
        "units_by_id",
    )

    def __init__(self, name: QName, datatype: DataType | None, default_accuracy: Mapping[str, str] = _NOTHING) -> None:
        self.name = name
        self.datatype = datatype
        self.default_accuracy = default_accuracy
        self.numeric = None if datatype is None else datatype.is_numeric
        self.is_verbatim = datatype is not None and datatype.base == "string" and not datatype.facets
        self.units: set[Unit | None] = set()
        self.units_by_id: dict[str, Unit | None] = {}
        self.unfit: set[str] = set()
        self.inferred: DataType | None = None
        self.has_exponents = datatype is not None and datatype.base in ("float", "double")
        self.text = datatype is None or datatype.is_text
        self.numeric_check = value_check(datatype, numeric=True)
        self.check = value_check(datatype, numeric=False)


def unit_error(concept: ConceptForm, unit: Unit | None) -> tuple[str, str] | None:
    """Code and message if money has no currency or shares are counted in something else (XBRL 2.1 section 4.8.2)."""
    datatype = concept.datatype
    if datatype is None:
        return None
    if datatype.is_monetary and (unit is None or unit.single_currency is None):
        return "xbrl.4.8.2:monetaryUnit", f"the unit of {concept.name} is one currency (iso4217), got {unit or 'pure'}"
    shares = datatype.standard == "sharesItemType" or "sharesItemType" in datatype.lineage
    if shares and (unit is None or unit.numerators != (SHARES,) or unit.denominators):
        return "xbrl.4.8.2:sharesUnit", f"the unit of {concept.name} is xbrli:shares, got {unit or 'pure'}"
    return None
