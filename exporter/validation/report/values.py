"""Values and units against the type of their concept, and enumeration values against their domain (OIM 1.0, xBRL-JSON
1.0, Extensible Enumerations 2.0, XBRL 2.1 section 4.8.2, Unit Type Registry 1.0).

The registry is a table here (edition of 2025-03-18): which units facts of which types have. It holds recommended
entries and candidates. Type names are local names of XBRL 2.1 and of the Data Type Registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.datatypes import DataType
from exporter.model.dimensions import TypedDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.unit import PURE, SHARES, Unit
from exporter.namespaces import ISO4217, UTR, XBRLI
from exporter.taxonomy.concepts import Concept
from exporter.validation.engine import Codes, is_a, value_text
from exporter.validation.report.subject import ReportSubject, fact_rule, shape, taxonomy_dimensions

VALUE: Final = Codes(json="xbrlje:invalidFactValue", csv="xbrlce:invalidFactValue", xml="exporter:xmlSchema")
NOT_CANONICAL: Final = Codes(
    json="xbrlje:nonCanonicalValue", csv="xbrlce:nonCanonicalValue", xml="xbrlje:nonCanonicalValue"
)
OUTSIDE: Final = "enum2ie:InvalidEnumerationValue"
SET_OUTSIDE: Final = "enum2ie:InvalidEnumerationSetValue"
SET_REPEATS: Final = "enum2ie:RepeatedEnumerationSetValue"
SET_ORDER: Final = "enum2ie:InvalidEnumerationSetOrder"
LANGUAGE_TAG: Final = "oime:invalidLanguage"

_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_NAMED: Final = frozenset({"QName", "enumeration", "enumerationSet"})


def is_value(datatype: DataType, text: str) -> bool:
    """Whether ``text`` is a value of the type; the common cases cost little."""
    if not datatype.facets:
        if datatype.base == "string":
            return True
        if datatype.base == "decimal" and _PLAIN.fullmatch(text):
            return True
    return datatype.is_valid(text)


def _value_test(subject: ReportSubject, fact: Fact) -> Callable[[str], object] | None:
    """What clears values of a shape of facts; the common types have it cheap."""
    datatype = subject.datatype(fact.concept)
    if datatype is None or fact.value is None:
        return None
    if not datatype.facets and datatype.base == "string":
        return None
    if not datatype.facets and datatype.base == "decimal":
        return _PLAIN.fullmatch
    return datatype.is_valid


def _is_enumeration(subject: ReportSubject, fact: Fact) -> Callable[[str], object] | None:
    """Nothing clears the value of an enumeration; others are no matter here."""
    concept = subject.taxonomy.concept(fact.concept)
    if fact.value is None or concept is None or concept.enumeration is None or concept.datatype is None:
        return None
    return _never if concept.datatype.base in ("enumeration", "enumerationSet") else None


def _never(_: str) -> bool:
    return False


@fact_rule(VALUE, by=None, clear=_value_test, section="OIM 1.0")
def value_fits_type(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The value is in the lexical space of the concept's type, facets included."""
    if fact.value is None:
        return
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not is_value(datatype, fact.value):
        message = f"{value_text(fact.value)} is no value of {fact.concept}, expected {_expected(datatype)}"
        yield subject.finding(VALUE, message, "write the value in the form of its type")


def _expected(datatype: DataType) -> str:
    restricted = " within the limits its type sets" if datatype.facets else ""
    return f"{datatype.name} ({datatype.base}){restricted}"


@fact_rule(
    OUTSIDE, SET_OUTSIDE, SET_REPEATS, SET_ORDER, by=None, clear=_is_enumeration, section="Extensible Enumerations 2.0"
)
def enumeration_value_is_in_domain(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Enumeration values are usable members of the concept's domain; a set has each once."""
    if fact.value is None:
        return
    concept = subject.taxonomy.concept(fact.concept)
    if concept is None or concept.enumeration is None or concept.datatype is None:
        return
    if concept.datatype.base not in ("enumeration", "enumerationSet") or not concept.datatype.is_valid(fact.value):
        return
    names = concept.datatype.normalise(fact.value).split(" ") if fact.value.strip() else []
    if subject.complete:
        yield from _outside(subject, concept, names)
    if concept.datatype.base == "enumerationSet":
        yield from _set_form(subject, concept, names)


def _outside(subject: ReportSubject, concept: Concept, names: list[str]) -> Iterator[Finding]:
    allowed = subject.enumeration_domain(concept)
    code = OUTSIDE if concept.datatype is not None and concept.datatype.base == "enumeration" else SET_OUTSIDE
    for name in names:
        if name not in allowed:
            message = f"{name} is no usable member of the domain of {concept.qname}"
            yield subject.finding(code, message, f"choose one of {_some(allowed)}")


def _set_form(subject: ReportSubject, concept: Concept, names: list[str]) -> Iterator[Finding]:
    if len(set(names)) < len(names):
        yield subject.finding(SET_REPEATS, f"the set of {concept.qname} names a member twice", "name each member once")
    elif subject.syntax == "xml" and names != sorted(names):
        yield subject.finding(SET_ORDER, f"the set of {concept.qname} is not sorted", "sort its members by code point")


def _some(names: frozenset[str]) -> str:
    return list_text(sorted(names)) or "its members, of which there are none"


@fact_rule(NOT_CANONICAL, by=None, section="xBRL-JSON 1.0", needs=("canonical values",))
def value_is_canonical(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """A document that promises canonical values keeps the promise; the reader checks names as they are written."""
    if fact.value is None:
        return
    datatype = subject.datatype(fact.concept)
    if datatype is not None and is_value(datatype, fact.value) and not _is_canonical(datatype, fact.value):
        message = f"{value_text(fact.value)} is not the canonical form of a value of {fact.concept}"
        yield subject.finding(NOT_CANONICAL, message, _canonical_fix(datatype, fact.value))


@fact_rule(
    NOT_CANONICAL, by=taxonomy_dimensions, part="dimensions", section="xBRL-JSON 1.0", needs=("canonical values",)
)
def typed_value_is_canonical(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The promise of canonical values holds for typed dimensions too."""
    for dimension in fact.context.dimensions:
        if not isinstance(dimension, TypedDimension) or dimension.value is None:
            continue
        datatype = domain_type(subject, dimension.axis)
        if datatype is None or not datatype.is_valid(dimension.value) or _is_canonical(datatype, dimension.value):
            continue
        message = f"{value_text(dimension.value)} is not the canonical form of a value on {dimension.axis}"
        yield subject.finding(NOT_CANONICAL, message, _canonical_fix(datatype, dimension.value))


def _canonical_fix(datatype: DataType, text: str) -> str:
    canonical = datatype.canonical(text)
    return f"write {value_text(canonical)}" if datatype.is_canonical(canonical) else "write it with the zone Z or none"


def _is_canonical(datatype: DataType, text: str) -> bool:
    return datatype.base in _NAMED or datatype.is_canonical(text)


def domain_type(subject: ReportSubject, axis: QName) -> DataType | None:
    """The type of a typed dimension's values, where known."""
    concept = subject.taxonomy.concept(axis)
    if concept is None or concept.typed_domain_ref is None:
        return None
    domain = subject.taxonomy.typed_domain(concept.typed_domain_ref)
    return domain.datatype if domain is not None else None


@fact_rule(LANGUAGE_TAG, by=shape, part="language", section="OIM 1.0")
def language_is_a_tag(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """A language is a tag such as ``en`` or ``ja-JP`` (BCP 47)."""
    if fact.language is not None and not _TAG.fullmatch(fact.language):
        yield subject.finding(LANGUAGE_TAG, f"{fact.language!r} is no language tag", "write a tag such as en or ja-JP")


CURRENCIES: Final = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN USS UYI UYU UYW UZS
    VEB VED VEF VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XFU XOF XPD XPF XPT XSU XUA YER ZAR ZMK ZMW
    ZWG ZWL
    """.split()  # noqa: SIM905 - a list of two hundred lines is no easier to read
)
"""ISO 4217 codes, some no longer in use, which old reports still need."""


def _utr(ids: str) -> frozenset[QName]:
    return frozenset(QName(UTR, name, prefix="utr") for name in ids.split())


_MEASURES: Final[Mapping[str, frozenset[QName]]] = {
    "monetaryItemType": frozenset(QName(ISO4217, code, prefix="iso4217") for code in CURRENCIES),
    "sharesItemType": frozenset({SHARES}),
    "pureItemType": frozenset({PURE}) | _utr("Rate"),
    "areaItemType": _utr("acre sqft sqmi sqyd ha sqkm sqm"),
    "durationItemType": _utr("Y M D H MM S Q WK"),
    "electricChargeItemType": _utr("Ah C"),
    "electricCurrentItemType": _utr("A"),
    "energyItemType": _utr(
        "Boe Btu ft_lb MBoe Mcfe MMBoe MMBTU Cal J kJ kWh mJ MWh GWh TWh MMcfe Bcfe Tcfe MWM GWM Wh VAh dth MWd GJ MJ"
        " TJ"
    ),
    "forceItemType": _utr("N"),
    "frequencyItemType": _utr("Hz"),
    "ghgEmissionsItemType": _utr("gCO2e tCO2e ktCO2e MtCO2e GtCO2e"),
    "lengthItemType": _utr("ft in mi nmi yd cm dm km m mm"),
    "massItemType": _utr("lb oz ozt T t g kg kT MT GT kt Mt Gt"),
    "memoryItemType": _utr("B GB kB MB TB PB"),
    "planeAngleItemType": _utr("Degree rad"),
    "powerItemType": _utr("hp GW kW MW TW W var VA Mvar MVA"),
    "pressureItemType": _utr("Pa Bar psi atm"),
    "temperatureItemType": _utr("Celsius K F"),
    "voltageItemType": _utr("V kV MV GV"),
    "volumeItemType": _utr("bbl ft3 gal MBbls Mcf MMBbls MMcf l m3 bu aft Bcf Tcf hl Mhl Ml Mm3 TEU"),
}

REGISTERED_UNIT_IDS: Final = frozenset(measure.local_name for measures in _MEASURES.values() for measure in measures)
"""The names of all measures of the registry."""

# Numerator and denominator; None stands for any measures.
_QUOTIENTS: Final[Mapping[str, tuple[tuple[str, str | None], ...]]] = {
    "pureItemType": (("monetaryItemType", "monetaryItemType"),),
    "perShareItemType": (("monetaryItemType", "sharesItemType"),),
    "perUnitItemType": (("monetaryItemType", None),),
    "flowItemType": (("volumeItemType", "durationItemType"), ("energyItemType", "durationItemType")),
    "energyPerMonetaryItemType": (("energyItemType", "monetaryItemType"),),
    "ghgEmissionsPerMonetaryItemType": (("ghgEmissionsItemType", "monetaryItemType"),),
    "volumePerMonetaryItemType": (("volumeItemType", "monetaryItemType"),),
}

REGISTERED: Final = (_MEASURES.keys() | _QUOTIENTS.keys()) - {"durationItemType"}
"""The types of numbers whose units the registry constrains."""

_EXAMPLES: Final[Mapping[str, str]] = {
    "monetaryItemType": "a currency such as iso4217:USD",
    "sharesItemType": "xbrli:shares",
    "pureItemType": "no unit, or a currency per currency",
    "perShareItemType": "a currency per xbrli:shares",
    "perUnitItemType": "a currency per something",
}


def is_registered_unit(unit: Unit | None, item_type: str) -> bool:
    """Whether the registry has the unit for facts of a type of `REGISTERED`; no unit is the pure number."""
    numerators = (PURE,) if unit is None else unit.numerators
    denominators = () if unit is None else unit.denominators
    if not denominators:
        return len(numerators) == 1 and numerators[0] in _MEASURES.get(item_type, ())
    return any(
        _is_one_of(numerators, numerator) and (denominator is None or _is_one_of(denominators, denominator))
        for numerator, denominator in _QUOTIENTS.get(item_type, ())
    )


def _is_one_of(measures: tuple[QName, ...], item_type: str) -> bool:
    return len(measures) == 1 and measures[0] in _MEASURES[item_type]


def expected_unit(item_type: str) -> str:
    """The units that the registry has for a type, for a message."""
    if item_type in _EXAMPLES:
        return _EXAMPLES[item_type]
    if item_type in _MEASURES:
        return list_text(sorted(map(str, _MEASURES[item_type])), last=" or ")
    return list_text(
        (f"{top} per {bottom}".replace("ItemType", "") for top, bottom in _QUOTIENTS[item_type]), last=" or "
    )


MONETARY: Final = "xbrl.4.8.2:monetaryUnit"
SHARE: Final = "xbrl.4.8.2:sharesUnit"
MEASURE: Final = "xbrl.4.8.2:measureElement"
REGISTRY: Final = "utre:error-NumericFactUtrInvalid"


@fact_rule(MONETARY, SHARE, by=shape, section="XBRL 2.1, 4.8.2")
def unit_fits_type(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Money is counted in one currency, shares in shares."""
    datatype = subject.datatype(fact.concept)
    if datatype is None:
        return
    if datatype.is_monetary and (fact.unit is None or fact.unit.single_currency is None):
        message = f"the unit of {fact.concept} is one currency (iso4217), got {fact.unit or 'none'}"
        yield subject.finding(MONETARY, message, "state the currency, such as iso4217:USD")
    elif is_a(datatype, "sharesItemType") and (fact.unit is None or not _is_shares(fact)):
        message = f"the unit of {fact.concept} is xbrli:shares, got {fact.unit or 'none'}"
        yield subject.finding(SHARE, message, "state the unit xbrli:shares")


def _is_shares(fact: Fact) -> bool:
    return fact.unit is not None and fact.unit.numerators == (SHARES,) and not fact.unit.denominators


@fact_rule(MEASURE, by=shape, part="unit", section="XBRL 2.1, 4.8.2")
def measure_of_xbrl_is_known(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """XBRL 2.1 has two measures of its own, ``pure`` and ``shares``."""
    measures = () if fact.unit is None else (*fact.unit.numerators, *fact.unit.denominators)
    for name in measures:
        if name.namespace == XBRLI and name not in (PURE, SHARES):
            message = f"the unit of {fact.concept} has the measure {name}, expected xbrli:pure or xbrli:shares"
            yield subject.finding(MEASURE, message, "use another namespace, such as iso4217 for a currency")


@fact_rule(REGISTRY, by=shape, section="Unit Type Registry 1.0, 3")
def unit_is_registered(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The unit is one that the Unit Type Registry has for the type (Unit Type Registry 1.0 section 3)."""
    datatype = subject.datatype(fact.concept)
    if datatype is None or (fact.unit is None and fact.value is None):
        return
    item_type = registered_type(datatype)
    if item_type is None or is_registered_unit(fact.unit, item_type) or _breaks_xbrl(fact, datatype):
        return
    message = f"the Unit Type Registry does not have {fact.unit or 'the pure number'} for {item_type} ({fact.concept})"
    yield subject.finding(REGISTRY, message, f"use {expected_unit(item_type)}")


def registered_type(datatype: DataType) -> str | None:
    """The nearest type of which the registry says something, the type itself or one it derives from."""
    if datatype.standard in REGISTERED:
        return datatype.standard
    return next(iter(sorted(datatype.lineage & REGISTERED)), None)


def _breaks_xbrl(fact: Fact, datatype: DataType) -> bool:
    """Whether `unit_fits_type` reports the unit."""
    if datatype.is_monetary:
        return fact.unit is None or fact.unit.single_currency is None
    return is_a(datatype, "sharesItemType")
