"""Numbers in figures: group marks, decimal marks, units, dashes for zero (Transformation Rules Registries 1 to 5).

The patterns have one way to match each text, so that a hostile text costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from exporter.formats.inline_xbrl.transformations.digits import FULL_WIDTH_DIGITS
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

_APOSTROPHES: Final = "'`´’′"
_DASHES: Final = frozenset("-\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63\uff0d")


def canonical_number(text: str) -> str:
    """Without leading zeros, trailing zeros of the fraction, or an idle point: ``007.50`` → ``7.5``."""
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _in_groups(pattern: str, *, marks: str, point: str) -> Callable[[str], str | None]:
    """Registries 1 to 3: the groups are checked, the digits stay as they are."""
    shape = re.compile(pattern)
    drop = dict.fromkeys(map(ord, marks)) | {ord(point): "."}

    def parser(text: str) -> str | None:
        return text.translate(drop) if shape.fullmatch(text) else None

    return parser


def _anywhere(*, marks: str, point: str) -> Callable[[str], str | None]:
    """Registries 4 and 5: group marks anywhere before the point, blanks after it too, canonical result."""
    blanks = " \u00a0"
    shape = re.compile(f"[0-9{re.escape(marks)}{blanks}]*(?:{re.escape(point)}[0-9{blanks}]+)?")
    drop = dict.fromkeys(map(ord, marks + blanks)) | {ord(point): "."}

    def parser(text: str) -> str | None:
        if shape.fullmatch(text) is None:
            return None
        number = text.translate(drop)
        return canonical_number(number) if number and not number.endswith(".") else None

    return parser


def _with_unit(*, marks: str) -> Callable[[str], str | None]:
    """Registries 4 and 5: ``12円5銭``, digits of either width."""
    inside = re.escape(marks)
    shape = re.compile(f"([0-9{inside}]+)([^0-9{inside}][^0-9]*)([0-9]{{1,2}})[^0-9]*")
    drop = dict.fromkeys(map(ord, marks))

    def parser(text: str) -> str | None:
        match = shape.fullmatch(text.translate(FULL_WIDTH_DIGITS))
        whole = match[1].translate(drop) if match else ""
        return canonical_number(f"{whole}.{match[3].zfill(2)}") if match and whole else None

    return parser


def _with_checked_unit(pattern: str, *, marks: str) -> Callable[[str], str | None]:
    """Registries 2 and 3: the groups are checked, the fraction has two digits."""
    shape = re.compile(pattern)
    drop = dict.fromkeys(map(ord, marks))

    def parser(text: str) -> str | None:
        match = shape.fullmatch(text.translate(FULL_WIDTH_DIGITS))
        return f"{match['whole'].translate(drop)}.{match['part'].zfill(2)}" if match else None

    return parser


def _indian_unit(text: str) -> str | None:
    match = _INDIAN_UNIT.fullmatch(text)
    return f"{match['whole'].translate(_INDIAN_MARKS)}.{match['part'].zfill(2)}" if match else None


def _dash(text: str) -> str | None:
    return "0" if text in _DASHES else None


def _hyphen(text: str) -> str | None:
    return "0" if text == "-" else None


_INDIAN_WHOLE = r"(?:[0-9]{1,2}[, \u00a0])?(?:[0-9]{2}[, \u00a0])*[0-9]{3}"
_INDIAN_UNIT = re.compile(rf"(?P<whole>{_INDIAN_WHOLE}|[0-9]+)[^0-9]+(?P<part>[0-9]{{1,2}})[^0-9]*")
_INDIAN_MARKS: Final = dict.fromkeys(map(ord, ", \u00a0"))


def _number(parser: Callable[[str], str | None], expects: str) -> Rule:
    return Rule(Gives.NUMBER, parser, expects)


def _grouped(mark: str, point: str, expects: str) -> Rule:
    """Registry 1: groups of three, each parted by one of the marks."""
    pattern = rf"[0-9]{{1,3}}(?:[{re.escape(mark)}][0-9]{{3}})*(?:{re.escape(point)}[0-9]+)?"
    return _number(_in_groups(pattern, marks=mark, point=point), expects)


def _loosely_grouped(marks: str, point: str, expects: str) -> Rule:
    """Registries 2 and 3: groups of three after the first, parted by a mark or by nothing."""
    pattern = rf"[0-9]{{1,3}}(?:[{re.escape(marks)}]?[0-9]{{3}})*(?:{re.escape(point)}[0-9]+)?"
    return _number(_in_groups(pattern, marks=marks, point=point), expects)


_UNIT_2 = (
    r"(?P<whole>0|[1-9][0-9]{0,2}(?:[.,\uff0c\uff0e]?[0-9]{3})*)[^0-9.,\uff0c\uff0e]+"
    r"(?P<part>[0-9]{1,2})[^0-9.,\uff0c\uff0e]*"
)

NUMBERS_1: Final = {
    "numcommadot": _grouped(",", ".", "a number like 1,234.5"),
    "numdotcomma": _grouped(".", ",", "a number like 1.234,5"),
    "numspacedot": _grouped(" \u00a0", ".", "a number like 1 234.5"),
    "numspacecomma": _grouped(" \u00a0", ",", "a number like 1 234,5"),
    "numcomma": _number(_in_groups(r"[0-9]+(?:,[0-9]+)?", marks="", point=","), "a number like 1234,5"),
    "numdash": _number(_hyphen, "a hyphen-minus"),
}
NUMBERS_2: Final = {
    "numdotdecimal": _loosely_grouped(", \u00a0", ".", "a number like 1,234.5"),
    "numcommadecimal": _loosely_grouped(". \u00a0", ",", "a number like 1.234,5"),
    "numunitdecimal": _number(
        _with_checked_unit(_UNIT_2, marks=".,\uff0c\uff0e"), "two numbers with units like 12円5銭"
    ),
    "zerodash": _number(_dash, "one dash"),
}
NUMBERS_3: Final = {
    "numdotdecimalin": _number(
        _in_groups(rf"(?:{_INDIAN_WHOLE}|[0-9]+)(?:\.[0-9]+)?", marks=", \u00a0", point="."),
        "a number like 12,34,567.8",
    ),
    "numunitdecimalin": _number(_indian_unit, "two numbers with units like 12,345 rupees 8 paise"),
}
NUMBERS_4: Final = {
    "num-dot-decimal": _number(_anywhere(marks=",", point="."), "a number like 1,234.5 without a sign"),
    "num-comma-decimal": _number(_anywhere(marks=".", point=","), "a number like 1.234,5 without a sign"),
    "num-unit-decimal": _number(_with_unit(marks=".,\uff0c"), "two numbers with units like 12円5銭"),
}
NUMBERS_5: Final = {
    "num-dot-decimal-apos": _number(
        _anywhere(marks="," + _APOSTROPHES, point="."), "a number like 1'234.5 without a sign"
    ),
    "num-comma-decimal-apos": _number(
        _anywhere(marks="." + _APOSTROPHES, point=","), "a number like 1'234,5 without a sign"
    ),
    "num-unit-decimal-apos": _number(
        _with_unit(marks=".,\uff0c\uff07" + _APOSTROPHES), "two numbers with units like 1'234 francs 5 centimes"
    ),
}
