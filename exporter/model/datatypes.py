"""Data types of concepts: lexical space, white space, canonical form (XML Schema 1.0 part 2, XBRL 2.1 section 5.1.1.3).

A `DataType` names the nearest standard item type and the XML Schema built-in it comes down to, with the facets that a
taxonomy adds on the way. Values stay text: nothing here goes through ``float``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from attrs import evolve, frozen

from exporter.model.patterns import compile_pattern, may_take_long
from exporter.model.qname import NCNAME_PATTERN, QName
from exporter.namespaces import DTR, ENUM2, XBRLI

_DECIMAL: Final = frozenset({"decimal"})
_INTEGERS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_NUMERIC: Final = _DECIMAL | _INTEGERS.keys() | {"float", "double"}
_ZONED: Final = frozenset({"date", "dateTime", "dateUnion", "time"})
_TEXT: Final = frozenset({"string", "normalizedString", "token"})
_NO_LANGUAGE: Final = frozenset({"domainItemType", "noLangTokenItemType", "noLangStringItemType"})
_DATE_PATTERN: Final = r"-?(?:[1-9]\d{4,}|\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME_PATTERN: Final = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_ZONE_PATTERN: Final = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_PATTERNS: Final[Mapping[str, str]] = {
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
    "boolean": r"true|false|1|0",
    "date": _DATE_PATTERN + _ZONE_PATTERN,
    "dateTime": _DATE_PATTERN + "T" + _TIME_PATTERN + _ZONE_PATTERN,
    "dateUnion": _DATE_PATTERN + "(?:T" + _TIME_PATTERN + ")?" + _ZONE_PATTERN,
    "time": _TIME_PATTERN + _ZONE_PATTERN,
    "gYear": r"-?(?:[1-9]\d{4,}|\d{4})" + _ZONE_PATTERN,
    "gYearMonth": r"-?(?:[1-9]\d{4,}|\d{4})-(?:0[1-9]|1[0-2])" + _ZONE_PATTERN,
    "gMonth": r"--(?:0[1-9]|1[0-2])" + _ZONE_PATTERN,
    "gMonthDay": r"--(?P<month>\d\d)-(?P<day>\d\d)" + _ZONE_PATTERN,
    "gDay": r"---(?:0[1-9]|[12]\d|3[01])" + _ZONE_PATTERN,
    "duration": r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:[A-Za-z0-9+/] ?[AQgw] ?= ?=|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    **dict.fromkeys(_INTEGERS, r"[+-]?\d+"),
}
_NAMES: Final[Mapping[str, str]] = {
    "NCName": NCNAME_PATTERN,
    "Name": f"(?:{NCNAME_PATTERN}|:)(?:[:]|[-.0-9]|{NCNAME_PATTERN})*",
    "QName": rf"\{{[^{{}}]*\}}{NCNAME_PATTERN}",
    "enumeration": rf"[^\s#]+#{NCNAME_PATTERN}",
    "enumerationSet": rf"(?:[^\s#]+#{NCNAME_PATTERN}(?: [^\s#]+#{NCNAME_PATTERN})*)?",
}
_LONGEST_TRIED: Final = 20  # characters held against a pattern that may take exponential time
_MAX_EXPONENT_DIGITS: Final = 1000  # `int` refuses text of some thousand digits
_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@frozen
class Facets:
    """Restrictions a type adds to its base (XML Schema part 2, section 4.3); ``None`` means not restricted."""

    enumeration: frozenset[str] | None = None
    pattern: tuple[str, ...] = ()
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_inclusive: Decimal | None = None
    max_inclusive: Decimal | None = None
    min_exclusive: Decimal | None = None
    max_exclusive: Decimal | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None


@frozen(cache_hash=True)
class DataType:
    """The type of a concept or of a typed domain.

    ``name`` is the type as declared (``xbrli:monetaryItemType``); ``base`` the XML Schema built-in it comes down to
    (``decimal``), or ``dateUnion`` (date or dateTime), ``enumeration`` and ``enumerationSet`` (Extensible
    Enumerations 2.0), ``fraction``. ``standard`` is the local name of the nearest type of XBRL or the Data Type
    Registry on the way from ``name`` to ``base``.
    """

    name: QName
    base: str
    standard: str
    facets: tuple[Facets, ...] = ()
    lineage: frozenset[str] = frozenset()

    @property
    def is_numeric(self) -> bool:
        """Derived from decimal, float or double, every integer type included."""
        return self.base in _NUMERIC or self.base == "fraction"

    @property
    def is_text(self) -> bool:
        """May carry a language: derived from string, but not language, Name, nor the no-language types."""
        return self.base in _TEXT and not self._is_a(_NO_LANGUAGE)

    @property
    def is_monetary(self) -> bool:
        return self._is_a({"monetaryItemType"})

    @property
    def is_enumeration(self) -> bool:
        return self.base in ("enumeration", "enumerationSet")

    @property
    def collapses_white_space(self) -> bool:
        """All types but string and normalizedString collapse white space."""
        return self.base not in ("string", "normalizedString")

    def _is_a(self, names: frozenset[str] | set[str]) -> bool:
        return self.standard in names or not self.lineage.isdisjoint(names)

    def derive(self, name: QName, facets: Facets | None = None) -> DataType:
        """A type that restricts this one."""
        return evolve(
            self,
            name=name,
            facets=(*self.facets, facets) if facets else self.facets,
            lineage=self.lineage | {self.standard},
        )

    def normalise(self, text: str) -> str:
        """The text after the type's white-space rule."""
        if self.base == "string":
            return text
        if self.base == "normalizedString":
            return re.sub("[\t\n\r]", " ", text)
        return " ".join(re.split("[ \t\n\r]+", text.strip(" \t\n\r")))

    def is_valid(self, text: str) -> bool:
        """Whether ``text`` is in the lexical space, after white-space normalisation, all facets held."""
        text = self.normalise(text)
        pattern = _lexical_space(self.base)
        if pattern is not None and not (match := pattern.fullmatch(text)):
            return False
        if pattern is not None and "month" in pattern.groupindex and not _real_day(match, text):
            return False
        if self.base in _INTEGERS and not _in_range(text, self.base):
            return False
        return all(_facets_hold(facets, text, self) for facets in self.facets)

    def canonical(self, text: str) -> str:
        """The canonical form of a valid ``text`` (digest 2.5)."""
        text = self.normalise(text)
        canonical = _CANONICAL.get("integer" if self.base in _INTEGERS else self.base)
        return canonical(text) if canonical else text

    def is_canonical(self, text: str) -> bool:
        """Whether a valid ``text`` is in canonical form (XML Schema 1.0 part 2).

        A date or time at an offset other than ``Z`` is never canonical; a date with one has no canonical form.
        """
        if self.base in _ZONED and _split_zone(text)[1] not in ("", "Z"):
            return False
        return text == self.canonical(text)


@cache
def _lexical_space(base: str) -> re.Pattern[str] | None:
    """The pattern of a built-in type, compiled when it is first needed: few reports need many of them."""
    if base in _NAMES:
        return re.compile(_NAMES[base])
    return re.compile(_PATTERNS[base], re.ASCII) if base in _PATTERNS else None


def _real_day(match: re.Match[str] | None, text: str) -> bool:
    if match is None:
        return False
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_OF_MONTH[month - 1]:
        return False
    if text.startswith("0000"):
        return False
    if month == 2 and day == 29 and not text.startswith("--"):
        year = int(text[: text.index("-", 1)])
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return True


def _in_range(text: str, base: str) -> bool:
    low, high = _INTEGERS[base]
    value = Decimal(text)
    return (low is None or value >= low) and (high is None or value <= high)


def _facets_hold(facets: Facets, text: str, datatype: DataType) -> bool:
    if facets.enumeration is not None and text not in facets.enumeration:
        return False
    if facets.pattern and not any(_matches(pattern, text) for pattern in facets.pattern):
        return False
    size = len(text)
    if facets.length is not None and size != facets.length:
        return False
    if size < (facets.min_length or 0) or (facets.max_length is not None and size > facets.max_length):
        return False
    return not datatype.is_numeric or _numeric_facets_hold(facets, text)


def _matches(pattern: str, text: str) -> bool:
    compiled = compile_pattern(pattern)
    if compiled is None or (len(text) > _LONGEST_TRIED and may_take_long(pattern)):
        return True  # not judged here; in XML the schema judges it too
    return compiled.fullmatch(text) is not None


def _numeric_facets_hold(facets: Facets, text: str) -> bool:
    if text == "NaN":
        return True
    value = _number(text)
    if (facets.min_inclusive is not None and value < facets.min_inclusive) or (
        facets.max_inclusive is not None and value > facets.max_inclusive
    ):
        return False
    if (facets.min_exclusive is not None and value <= facets.min_exclusive) or (
        facets.max_exclusive is not None and value >= facets.max_exclusive
    ):
        return False
    if facets.total_digits is None and facets.fraction_digits is None:
        return True
    if not value.is_finite():
        return True
    _, digits, exponent = value.as_tuple()
    shown = "".join(map(str, digits)).lstrip("0")
    kept = shown.rstrip("0")
    power = int(exponent) + len(shown) - len(kept)  # of the last digit that counts
    fraction, total = max(-power, 0), max(len(kept) + max(power, 0), -power)
    return (facets.fraction_digits is None or fraction <= facets.fraction_digits or not kept) and (
        facets.total_digits is None or total <= facets.total_digits or not kept
    )


def _number(text: str) -> Decimal:
    """The number of a valid lexical form; beyond all exponents that `Decimal` bears it is infinite or zero."""
    try:
        return Decimal(text.replace("INF", "Infinity"))
    except InvalidOperation:
        mantissa, _, exponent = text.lower().partition("e")
        if exponent.startswith("-") or not mantissa.strip("+-0."):
            return Decimal(0)
        return Decimal("-Infinity" if mantissa.startswith("-") else "Infinity")


def plain(value: Decimal) -> str:
    """A finite number in plain notation: no exponent, no ``+``, no negative zero.

    ``str(Decimal)`` would write ``1E+3``; digits are kept as they are otherwise.
    """
    text = format(value, "f")
    return text.lstrip("-") if value.is_zero() else text


def _canonical_decimal(text: str) -> str:
    negative, digits = text.startswith("-"), text.lstrip("+-")
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0") or "0"
    sign = "-" if negative and (whole, fraction) != ("0", "0") else ""
    return f"{sign}{whole}.{fraction}"


def _canonical_integer(text: str) -> str:
    digits = text.lstrip("+-").lstrip("0")
    return ("-" if text.startswith("-") and digits else "") + (digits or "0")


def _canonical_float(text: str) -> str:
    if text in ("INF", "-INF", "NaN"):
        return text
    mantissa, _, exponent = text.lower().partition("e")
    if len(exponent) > _MAX_EXPONENT_DIGITS:
        return text
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("+-").partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return f"{sign}0.0E0"
    leading = len(whole + fraction) - len(digits)
    power = int(exponent or 0) + len(whole) - leading - 1
    return f"{sign}{digits[0]}.{digits[1:].rstrip('0') or '0'}E{power}"


def _canonical_time(text: str) -> str:
    body, zone = _split_zone(text)
    if "." in body:
        body = body.rstrip("0").rstrip(".")
    return body + _canonical_zone(zone)


def _canonical_date_time(text: str) -> str:
    body, zone = _split_zone(text)
    day, t, time = body.partition("T")
    if not t:
        return day + _canonical_zone(zone)
    if "." in time:
        time = time.rstrip("0").rstrip(".")
    moment_is_plain = day[:1] != "-" and len(day) == 10
    if moment_is_plain and (time.startswith("24") or zone not in ("", "Z")):
        try:
            return _in_utc(day, time, zone)
        except OverflowError:  # in UTC it lies beyond the calendar's years 1 to 9999
            return text
    return f"{day}T{time}{_canonical_zone(zone)}"


def _in_utc(day: str, time: str, zone: str) -> str:
    hour, fraction = time[:2], time[8:]
    moment = dt.datetime.fromisoformat(f"{day}T{'00' if hour == '24' else hour}{time[2:8]}")
    moment += dt.timedelta(days=hour == "24")
    if zone not in ("", "Z"):
        offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
        moment = moment - offset if zone[0] == "+" else moment + offset
    return f"{moment.isoformat()}{fraction}{'Z' if zone else ''}"


def _split_zone(text: str) -> tuple[str, str]:
    if text.endswith("Z"):
        return text[:-1], "Z"
    if re.search(r"[+-]\d\d:\d\d$", text, re.ASCII):
        return text[:-6], text[-6:]
    return text, ""


def _canonical_zone(zone: str) -> str:
    return "Z" if zone in ("+00:00", "-00:00") else zone


def _canonical_boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


def _canonical_set(text: str) -> str:
    return " ".join(sorted(text.split(" ")))


_CANONICAL: Final[Mapping[str, Callable[[str], str]]] = {
    "decimal": _canonical_decimal,
    "integer": _canonical_integer,
    "float": _canonical_float,
    "double": _canonical_float,
    "boolean": _canonical_boolean,
    "dateTime": _canonical_date_time,
    "dateUnion": _canonical_date_time,
    "date": _canonical_time,
    "time": _canonical_time,
    "hexBinary": str.upper,
    "language": str.lower,
    "enumerationSet": _canonical_set,
}

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
    **{f"{base}ItemType": base for base in _INTEGERS},
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
        if (found := STANDARD_TYPES.get(QName(namespace, local_name))) is not None:
            return found
    raise KeyError(local_name)
