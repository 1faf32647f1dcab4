"""The standard item types (XBRL 2.1, Data Type Registry, Extensible Enumerations 2.0), and those of typed domains.

Simple types are XML Schema's own and those that XBRL adds (XML Schema 1.0 part 2).

Their `DataType.base` is the built-in they come down to. What has no lexical check of ours (lists, unions, elements with
child elements) has the base ``list``, ``union`` or ``complex``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from attrs import evolve

from exporter.model.datatypes import DataType, Facets
from exporter.model.lexical import INTEGERS
from exporter.model.qname import QName
from exporter.namespaces import DTR, ENUM2, XBRLI, XSD

PeriodType = Literal["instant", "duration"]
Balance = Literal["debit", "credit"]

# XBRL 2.1, section 5.1.1.3: item types by their XML Schema base.
_XBRLI_ITEM_TYPES: Final[Mapping[str, str]] = {
    **{
        f"{base}ItemType": base
        for base in [
            "decimal",
            "float",
            "double",
            "string",
            "boolean",
            "hexBinary",
            "base64Binary",
            "anyURI",
            "QName",
            "duration",
            "time",
            "date",
            "gYearMonth",
            "gYear",
            "gMonthDay",
            "gDay",
            "gMonth",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
        ]
    },
    **{f"{base}ItemType": base for base in INTEGERS},
    "monetaryItemType": "decimal",
    "sharesItemType": "decimal",
    "pureItemType": "decimal",
    "fractionItemType": "fraction",
    "dateTimeItemType": "dateUnion",
}
# Data Type Registry 2024-01-31: type, its base within XBRL or the registry.
_DTR_ITEM_TYPES: Final[Mapping[str, str]] = {
    "domainItemType": "stringItemType",
    "escapedItemType": "stringItemType",
    "xmlNodesItemType": "escapedItemType",
    "xmlItemType": "xmlNodesItemType",
    "textBlockItemType": "xmlNodesItemType",
    "guidanceItemType": "stringItemType",
    "noLangTokenItemType": "tokenItemType",
    "noLangStringItemType": "stringItemType",
    "gYearListItemType": "noLangTokenItemType",
    "prefixedContentItemType": "tokenItemType",
    "SQNameItemType": "prefixedContentItemType",
    "SQNamesItemType": "prefixedContentItemType",
    "dateTimeItemType": "dateTimeItemType",
    "percentItemType": "pureItemType",
    "perShareItemType": "decimalItemType",
    "perUnitItemType": "decimalItemType",
    **dict.fromkeys(
        [
            "areaItemType",
            "volumeItemType",
            "massItemType",
            "weightItemType",
            "energyItemType",
            "powerItemType",
            "lengthItemType",
            "memoryItemType",
            "flowItemType",
            "ghgEmissionsItemType",
            "voltageItemType",
            "frequencyItemType",
            "pressureItemType",
            "temperatureItemType",
            "forceItemType",
            "electricChargeItemType",
            "electricCurrentItemType",
            "planeAngleItemType",
            "irradianceItemType",
            "insolationItemType",
            "speedItemType",
            "massFlowItemType",
            "monetaryPerAreaItemType",
            "monetaryPerDurationItemType",
            "monetaryPerEnergyItemType",
            "monetaryPerLengthItemType",
            "monetaryPerMassItemType",
            "monetaryPerVolumeItemType",
            "energyPerMonetaryItemType",
            "ghgEmissionsPerMonetaryItemType",
            "volumePerMonetaryItemType",
        ],
        "decimalItemType",
    ),
    "noDecimalsMonetaryItemType": "monetaryItemType",
    "nonNegativeMonetaryItemType": "monetaryItemType",
    "nonNegativeNoDecimalsMonetaryItemType": "nonNegativeMonetaryItemType",
}
_DTR_FACETS: Final[Mapping[str, Facets]] = {
    "domainItemType": Facets(length=0),
    "nonNegativeMonetaryItemType": Facets(min_inclusive=Decimal(0)),
    "noDecimalsMonetaryItemType": Facets(fraction_digits=0),
    "nonNegativeNoDecimalsMonetaryItemType": Facets(fraction_digits=0),
}
# The registry's editions, and the two schemas it was split over before 2020.
DTR_NAMESPACES: Final = (
    DTR,
    "http://www.xbrl.org/dtr/type/2022-03-31",
    "http://www.xbrl.org/dtr/type/2020-01-21",
    "http://www.xbrl.org/dtr/type/numeric",
    "http://www.xbrl.org/dtr/type/non-numeric",
)


def _standard_types() -> dict[QName, DataType]:
    types = {
        (name := QName(XBRLI, local, prefix="xbrli")): DataType(name, base, local)
        for local, base in _XBRLI_ITEM_TYPES.items()
    }
    for namespace in DTR_NAMESPACES:
        prefix = {"numeric": "num", "non-numeric": "nonnum"}.get(namespace.rpartition("/")[2], "dtr-types")
        for local, base in _DTR_ITEM_TYPES.items():
            own = QName(namespace, base)
            parent = types[own if own in types and base != local else QName(XBRLI, base)]
            derived = parent.derive(QName(namespace, local, prefix=prefix), _DTR_FACETS.get(local))
            types[derived.name] = evolve(
                derived, standard=local, base="dateTime" if local == "dateTimeItemType" else derived.base
            )
    for local, base in (("enumerationItemType", "enumeration"), ("enumerationSetItemType", "enumerationSet")):
        name = QName(ENUM2, local, prefix="enum2")
        types[name] = DataType(name, base, local)
    return types


STANDARD_TYPES: Final[Mapping[QName, DataType]] = _standard_types()
"""Item types of XBRL 2.1, the Data Type Registry (2024-01-31 and earlier) and Extensible Enumerations 2.0."""


def standard_type(local_name: str) -> DataType:
    """A standard item type by its local name; where two standards share a name, XBRL 2.1 comes first.

    Raises:
        KeyError: no standard type has that name.
    """
    for namespace in (XBRLI, DTR, ENUM2):
        if (datatype := STANDARD_TYPES.get(QName(namespace, local_name))) is not None:
            return datatype
    raise KeyError(local_name)


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
    return {datatype.name: datatype for datatype in types}


SIMPLE_TYPES: Final[Mapping[QName, DataType]] = _types()


def complex_type(name: QName) -> DataType:
    """The type of an element that holds child elements."""
    return DataType(name, "complex", "complex")
