"""Canonical forms of valid text (XML Schema 1.0 part 2), and numbers in plain notation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

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
