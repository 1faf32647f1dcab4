"""Units against the type of the concept (XBRL 2.1 section 4.8.2, Unit Type Registry 1.0).

The registry is a table here (edition of 2025-03-18): which units facts of which types have. It holds recommended
entries and candidates. Type names are local names of XBRL 2.1 and of the Data Type Registry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.unit import PURE, SHARES, Unit
from exporter.namespaces import ISO4217, UTR, XBRLI
from exporter.validation.engine import is_a
from exporter.validation.report.facts import fact_rule, shape
from exporter.validation.report.subject import ReportSubject

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


@fact_rule(MEASURE, by=shape, section="XBRL 2.1, 4.8.2")
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
