"""The simple types that typed domains may have: XML Schema's own and those that XBRL adds (XML Schema 1.0 part 2).

Their `DataType.base` is the built-in they come down to. What has no lexical check of ours (lists, unions, elements with
child elements) has the base ``list``, ``union`` or ``complex``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import DTR_NAMESPACES
from exporter.namespaces import XBRLI, XSD

_BUILT_IN: Final = (
    "anySimpleType", "string", "normalizedString", "token", "language", "NMTOKEN", "NMTOKENS", "Name", "NCName", "ID",
    "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NOTATION", "boolean", "decimal", "integer", "nonPositiveInteger",
    "negativeInteger", "long", "int", "short", "byte", "nonNegativeInteger", "unsignedLong", "unsignedInt",
    "unsignedShort", "unsignedByte", "positiveInteger", "float", "double", "duration", "dateTime", "time", "date",
    "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth", "hexBinary", "base64Binary", "anyURI", "QName",
)  # fmt: skip
_XBRL: Final[Mapping[str, str]] = {
    "monetary": "decimal",
    "shares": "decimal",
    "pure": "decimal",
    "dateUnion": "dateUnion",
}
_REGISTRY: Final = ("prefixedContentType", "SQNameType", "SQNamesType")


def _types() -> dict[QName, DataType]:
    types = [DataType(QName(XSD, name, prefix="xs"), name, name) for name in _BUILT_IN]
    types += [DataType(QName(XBRLI, name, prefix="xbrli"), base, base) for name, base in _XBRL.items()]
    types += [
        DataType(QName(namespace, name, prefix="dtr-types"), "token", name)
        for namespace in DTR_NAMESPACES
        for name in _REGISTRY
    ]
    return {one.name: one for one in types}


SIMPLE_TYPES: Final[Mapping[QName, DataType]] = _types()


def complex_type(name: QName) -> DataType:
    """The type of an element that holds child elements."""
    return DataType(name, "complex", "complex")
