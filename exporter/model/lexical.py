"""Lexical spaces and canonical forms of the types of XML Schema (part 2), plain numbers, and what texts may hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from exporter.model.qname import NCNAME_PATTERN

INTEGERS: Final[Mapping[str, tuple[int | None, int | None]]] = {
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
    **dict.fromkeys(INTEGERS, r"[+-]?\d+"),
}
_NAMES: Final[Mapping[str, str]] = {
    "NCName": NCNAME_PATTERN,
    "Name": f"(?:{NCNAME_PATTERN}|:)(?:[:]|[-.0-9]|{NCNAME_PATTERN})*",
    "QName": rf"\{{[^{{}}]*\}}{NCNAME_PATTERN}",
    "enumeration": rf"[^\s#]+#{NCNAME_PATTERN}",
    "enumerationSet": rf"(?:[^\s#]+#{NCNAME_PATTERN}(?: [^\s#]+#{NCNAME_PATTERN})*)?",
}
_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_in_lexical_space(text: str, *, base: str) -> bool:
    """Whether ``text``, its white space normalised, is a value of the built-in type ``base``."""
    pattern = _lexical_space(base)
    if pattern is not None and not (match := pattern.fullmatch(text)):
        return False
    if pattern is not None and "month" in pattern.groupindex and not _real_day(match, text):
        return False
    return base not in INTEGERS or _in_range(text, base)


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
    low, high = INTEGERS[base]
    value = Decimal(text)
    return (low is None or value >= low) and (high is None or value <= high)


_MAX_EXPONENT_DIGITS: Final = 1000  # `int` refuses text of some thousand digits


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
    body, zone = split_zone(text)
    if "." in body:
        body = body.rstrip("0").rstrip(".")
    return body + _canonical_zone(zone)


def _canonical_date_time(text: str) -> str:
    body, zone = split_zone(text)
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


def split_zone(text: str) -> tuple[str, str]:
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


def canonical_form(text: str, *, base: str) -> str:
    """The canonical form of a valid ``text`` of the built-in type ``base``; as it is where the type has none."""
    canonical = _CANONICAL.get(base)
    return canonical(text) if canonical else text


_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_ESCAPE: Final = "%[0-9A-Fa-f]{2}"
_NAME: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|{_ESCAPE})*"
_USER: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|{_ESCAPE})*"
_PATH: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|{_ESCAPE})"
_AUTHORITY: Final = rf"//(?:{_USER}@)?(?:\[[0-9A-Fa-f:.]+\]|{_NAME})(?::[0-9]*)?"
_URI: Final = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:{_AUTHORITY}(?:/{_PATH}*)?|(?!//){_PATH}+)(?:\?(?:{_PATH}|\?)*)?"
)


def first_not_in_xml(text: str) -> str | None:
    """The first character that XML 1.0 cannot carry, as ``U+0001``."""
    match = _NOT_IN_XML.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def is_absolute_uri(text: str) -> bool:
    """Whether ``text`` has a scheme and holds no character that a URI (or IRI) cannot hold."""
    return _ABSOLUTE.fullmatch(text) is not None


def is_namespace_uri(text: str) -> bool:
    """Whether ``text`` is an absolute URI without fragment in the strict sense (RFC 3986): ASCII, escapes complete."""
    return _URI.fullmatch(text) is not None


LANGUAGE_PATTERN: Final = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_TAG: Final = re.compile(LANGUAGE_PATTERN)


def is_language_tag(value: object) -> bool:
    """Whether ``value`` is a language tag such as ``en`` or ``zh-Hant``."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None
