"""Values as OIM syntaxes write them: prefixed names in text, expanded names in the model (OIM 1.0, xBRL-JSON 1.0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from exporter.errors import ModelError
from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.formats.oim.names import format_qname, parse_qname
from exporter.formats.oim.prefixes import AliasChooser
from exporter.model.datatypes import DataType
from exporter.model.fact import parse_number
from exporter.model.qname import QName, is_ncname

_UNLAWFUL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_DECIMAL = re.compile(r"[+-]?[0-9]{1,100}(?:\.[0-9]{1,100})?")
_PLAIN_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_NAMED: Final = frozenset({"QName", "enumeration", "enumerationSet"})

Matcher = Callable[[str], object]


def unlawful_character(text: str) -> str | None:
    """The first character that no XBRL value can hold because XML 1.0 cannot, as ``U+0007``."""
    match = _UNLAWFUL.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def has_lone_surrogate(text: str) -> bool:
    """Half a surrogate pair: no Unicode text."""
    return _LONE_SURROGATE.search(text) is not None


def holds_names(datatype: DataType | None) -> bool:
    """Whether values of the type are names, written with prefixes and kept expanded."""
    return datatype is not None and datatype.base in _NAMED


def is_free_text(datatype: DataType | None) -> bool:
    """Whether every string of lawful characters is a value of the type."""
    return datatype is not None and datatype.base == "string" and not datatype.facets


def quick_matcher(datatype: DataType | None, *, looks_numeric: bool) -> Matcher | None:
    """A cheap test that is true only for valid values, or ``None``: what fails it must be looked at closely."""
    if datatype is None:
        return _PLAIN_DECIMAL.fullmatch if looks_numeric else None
    if datatype.facets:
        return None
    if datatype.base in ("decimal", "float", "double"):
        return _PLAIN_DECIMAL.fullmatch
    return _PLAIN_INTEGER.fullmatch if datatype.base == "integer" else None


def has_huge_exponent(value: str, limit: int) -> bool:
    """Whether a number's exponent would make it too long to work with."""
    digits = value.lower().partition("e")[2].lstrip("+-").lstrip("0")
    return digits.isdecimal() and (len(digits) > 9 or int(digits) > limit)


def value_problem(value: str, datatype: DataType | None, *, looks_numeric: bool) -> str | None:
    """Why ``value``, in the model's form, is no value of the type; without a type, what can be told by its looks."""
    if (character := unlawful_character(value)) is not None:
        return f"the value holds the character {character}, which no XBRL value can hold"
    if datatype is None:
        if looks_numeric and value != "NaN" and parse_number(value) is None:
            return f"expected a number, as there is a unit or decimals, got {shortened(value)}"
        return None
    if not is_free_text(datatype) and not datatype.is_valid(value):
        return f"{shortened(value)} is no {datatype.standard} ({datatype.base})"
    return None


def expand_names(text: str, datatype: DataType, namespaces: Mapping[str, str], *, code: str) -> str:
    """A written QName, enumeration or enumeration set in the model's form."""
    if datatype.base == "QName":
        return parse_qname(datatype.normalise(text), namespaces, code=code).clark
    if datatype.base == "enumeration":
        return parse_qname(datatype.normalise(text), namespaces, code=code).expanded
    if text == "":
        return ""
    return " ".join(parse_qname(part, namespaces, code=code).expanded for part in text.split(" "))


def write_names(value: str, datatype: DataType, prefixes: AliasChooser, *, code: str) -> str:
    """The model's form of a QName, enumeration or enumeration set, with prefixes."""
    if datatype.base == "QName":
        return format_qname(_parse_clark(datatype.normalise(value), code), prefixes)
    parts = datatype.normalise(value).split(" ") if value else []
    return " ".join(format_qname(_parse_expanded(part, code), prefixes) for part in parts)


def _parse_clark(text: str, code: str) -> QName:
    try:
        name = QName.parse(text)
    except ModelError as error:
        raise LexicalFault(code, str(error)) from None
    return _checked(name, text, code)


def _parse_expanded(text: str, code: str) -> QName:
    namespace, _, local_name = text.rpartition("#")
    return _checked(QName(namespace, local_name), text, code)


def _checked(name: QName, text: str, code: str) -> QName:
    if not name.namespace or not is_ncname(name.local_name):
        raise LexicalFault(code, f"expected an expanded name, got {shortened(text)}", "give namespace and local name")
    return name


def is_canonical(text: str, datatype: DataType) -> bool:
    """Whether a valid value, as it is written, is in the canonical form of its type (XML Schema 1.0 part 2)."""
    if datatype.base == "enumerationSet":
        return text == " ".join(sorted(text.split(" ")))
    if datatype.base in _NAMED:
        return text == datatype.normalise(text)
    return datatype.is_canonical(text)
