"""Exact numbers, the digits that people print, and their scale words.

A printed numeral has a value, an accuracy (the power of ten of its last digit, as XBRL's ``decimals``) and a scale (the
power of ten its digits are multiplied by, as Inline XBRL's ``scale``). Nothing here goes through ``float``, and no
result is rounded: the arithmetic context refuses to.
"""

from __future__ import annotations

import enum
import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Final

from attrs import frozen

from exporter.errors import ModelError
from exporter.findings import truncated
from exporter.items.values.languages import ALWAYS, DecimalMark, Language, get_language

LONGEST_TEXT: Final = 2000
_SHOWN: Final = 60
_GLYPHS: Final[dict[int, str]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), "-"),  # hyphens, en dash, minus
    **dict.fromkeys((0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x200A, 0x3000), " "),
    0x301C: "~",
    0xFFE0: "¢",
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
    0x2019: "'",
    0x25B2: "△",
}
_NARROW_SPACES: Final = "\u00a0\u2009\u202f"
GROUP_SPACE: Final = "\u202f"
_GROUPED: Final = re.compile(f"(?<=[0-9])[{_NARROW_SPACES}](?=[0-9]{{3}}(?![0-9]))")
_BLANKS: Final = re.compile(rf"(?:[ \t\r\n\u00a0\u2009]|(?<![0-9]){GROUP_SPACE}|{GROUP_SPACE}(?![0-9]))+")


def normalise(text: str) -> str:
    """``text`` with full-width forms, minus signs and blanks brought to one shape each.

    A no-break or thin space between a digit and a group of three digits stays, as `GROUP_SPACE`: it groups digits.
    An em dash stays too, for it is no minus sign.

    Raises:
        ModelError: no text at all, or more of it than any printed value has.
    """
    if not isinstance(text, str):
        raise ModelError(f"expected text to read, got {type(text).__name__} {text!r}")
    if len(text) > LONGEST_TEXT:
        raise ModelError(f"{quoted_text(text)} is too long for one value ({len(text)} characters)")
    if text.isascii():
        return " ".join(text.split())
    narrowed = _GROUPED.sub(GROUP_SPACE, text.translate(_GLYPHS))
    return _BLANKS.sub(" ", narrowed).strip(" ")


def quoted_text(text: str) -> str:
    """``text`` in quotes for a message, cut where it is long."""
    return repr(truncated(text, _SHOWN))


MOST_DIGITS: Final = 1000
_TOO_LARGE: Final = 10**MOST_DIGITS


class AsWritten(enum.Enum):
    """Says that the accuracy is to be taken from the digits as they are written."""

    AS_WRITTEN = "as written"


AS_WRITTEN: Final = AsWritten.AS_WRITTEN
Decimals = int | AsWritten | None
_EXACT: Final = Context(prec=6 * MOST_DIGITS, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[Inexact, InvalidOperation, Overflow])
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.([0-9]*))?|\.([0-9]+))")
_ZERO: Final = Decimal(0)


def shift(number: Decimal, places: int) -> Decimal:
    """``number`` times ten to the power of ``places``, exactly, without an exponent above zero."""
    moved = _EXACT.scaleb(number, places)
    exponent = moved.as_tuple().exponent
    return _EXACT.quantize(moved, Decimal(1)) if isinstance(exponent, int) and exponent > 0 else moved


def half_unit(decimals: int) -> Decimal:
    """Half of ten to the power of ``-decimals``: how far a value with this accuracy may be off."""
    return _EXACT.scaleb(Decimal(5), -decimals - 1)


def add(a: Decimal, b: Decimal) -> Decimal:
    """The exact sum."""
    return _EXACT.add(a, b)


def last_place(number: Decimal) -> int:
    """The number of digits after the point, trailing zeros left out; negative for trailing zeros before it."""
    exponent = _EXACT.normalize(number).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def check_power(value: int | None, name: str) -> int | None:
    """A power of ten as given for decimals or scale: a whole number within bounds, or ``None``."""
    if value is None:
        return None
    if value.__class__ is not int:
        raise ModelError(f"{name} is a whole number, got {type(value).__name__} {value!r}")
    if not -MOST_DIGITS <= value <= MOST_DIGITS:
        raise ModelError(f"{name} lies between -{MOST_DIGITS} and {MOST_DIGITS}, got {value}")
    return value


def exact_number(number: Decimal | int | str) -> tuple[Decimal, int]:
    """An exact, finite number and how many digits are written after its point.

    Text is plain: a sign, digits, a point; no grouping, no exponent, no currency.

    Raises:
        ModelError: a float, a boolean, no number, not finite, or beyond a thousand digits.
    """
    if isinstance(number, str):
        return _from_text(number)
    if isinstance(number, Decimal):
        return _from_decimal(number)
    if isinstance(number, bool) or not isinstance(number, int):
        raise ModelError(_refusal(number))
    if abs(number) >= _TOO_LARGE:
        raise ModelError(f"the number has more than {MOST_DIGITS} digits")
    return Decimal(number), 0


def _refusal(number: object) -> str:
    if isinstance(number, float):
        exact = f": {number!r} is stored as {Decimal(number)}" if number == number and abs(number) < 1e15 else ""
        return f"a float is refused, for it is not exact{exact[:60]}; write the number as text, such as '107.22'"
    return f"expected a number as text, Decimal or int, got {type(number).__name__} {number!r}"


def _from_text(text: str) -> tuple[Decimal, int]:
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise ModelError(
            f"expected plain digits such as '1234.50', got {quoted_text(text)}; parse() reads printed forms "
            "(grouping, currency signs, scale words, parentheses)"
        )
    if len(text) > MOST_DIGITS:
        raise ModelError(f"the number {quoted_text(text)} has more than {MOST_DIGITS} digits")
    value = Decimal(text)
    return (value or _ZERO), len(match[1] or match[2] or "")


def _from_decimal(number: Decimal) -> tuple[Decimal, int]:
    if not number.is_finite():
        raise ModelError(f"a reported number is finite, got {number}").noted("an amount not known is Unknown(reason)")
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DIGITS or number.adjusted() > MOST_DIGITS:
        raise ModelError(f"the number {quoted_text(str(number))} has more than {MOST_DIGITS} digits")
    if not number:
        return _ZERO, max(0, -exponent)
    if exponent > 0:
        return _EXACT.quantize(number, Decimal(1)), 0
    return number, -exponent


def check_accuracy(value: Decimal, decimals: int | None) -> None:
    """That ``value`` has no digit finer than ``decimals`` says it has."""
    if decimals is None:
        return
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= decimals or not value:
        return
    if last_place(value) > decimals:
        raise ModelError(
            f"{quoted_text(format(value, 'f'))} has digits finer than decimals {decimals} allows; round the value, "
            f"or give decimals {last_place(value)} or more"
        ).noted("decimals=None is exact")


@frozen
class Numeral:
    """A number as printed: ``value`` with the scale applied, ``decimals`` its accuracy, ``scale`` as printed."""

    value: Decimal
    decimals: int
    scale: int = 0

    def scaled(self, places: int) -> Numeral:
        """The numeral under a further scale, such as "billion" or the heading of a table."""
        return Numeral(shift(self.value, places), self.decimals - places, self.scale + places)

    def negated(self) -> Numeral:
        return Numeral(_ZERO if not self.value else _EXACT.minus(self.value), self.decimals, self.scale)


_GROUPS: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:[{GROUP_SPACE}'][0-9]{{3}})+|[0-9]+)"
_INDIAN: Final = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
_POINTED: Final = re.compile(rf"(?:{_GROUPS}|{_INDIAN})(?:\.[0-9]+)?|\.[0-9]+")
_COMMA_DECIMAL: Final = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]*),[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_SPACED: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_SWAPPED: Final = str.maketrans(".,", ",.")


def read_digits(text: str, mark: DecimalMark = ".") -> Numeral:
    """Digits as printed, with grouping: "1,234.50", "12,34,567", "1'234.50"; with ``mark=","`` also "1.234,50".

    The decimal mark is never guessed: under the point, "1.234,50" is refused, since a document that writes so writes
    "1.234" for a thousand.

    Raises:
        ModelError: the digits are grouped in no known way.
    """
    plain = text.translate(_SWAPPED) if mark == "," else text
    if not _POINTED.fullmatch(plain):
        if mark == "." and _COMMA_DECIMAL.fullmatch(text):
            message = f"{quoted_text(text)} seems to have a decimal comma; write {text.translate(_SWAPPED)}"
            raise ModelError(message).noted("or give Conventions(decimal_mark=',')")
        raise ModelError(f"the digits {quoted_text(text)} are not grouped in threes; write 1,234.50 or 1234.50")
    digits = re.sub(rf"[,{GROUP_SPACE}']", "", plain)
    if len(digits) > MOST_DIGITS:
        raise ModelError(f"{quoted_text(text)} has more than {MOST_DIGITS} digits")
    return Numeral(Decimal(digits), len(digits.partition(".")[2]))


def check_blanks(text: str) -> None:
    """That no blanks group the digits of ``text``: "1 412" may be two numbers.

    Raises:
        ModelError: they do.
    """
    if _SPACED.fullmatch(text):
        grouped = text.replace(",", ".").replace(" ", ",")
        raise ModelError(f"blanks stand between the digits; write {grouped}")


_UNCLEAR_SCALES: Final = frozenset({"k", "m", "mm", "b", "t", "g"})
_LETTERS: Final = re.compile(r"[A-Za-z]+\b")


def take_scale(text: str, language: Language | None = None) -> tuple[int | None, str]:
    """The scale word at the start of ``text`` (``None`` where there is none), and the rest.

    Words of ``language`` come before those of the languages that are always read.

    Raises:
        ModelError: a letter that is no clear scale, such as "m".
    """
    for known in (language, *map(get_language, ALWAYS)):
        if known is not None:
            scale, rest = known.take_scale(text)
            if scale is not None:
                return scale, rest
    if (match := _LETTERS.match(text)) and match[0].lower() in _UNCLEAR_SCALES:
        raise ModelError(f"{match[0]!r} is no clear scale; write thousand, million, billion or trillion")
    return None, text


def read_myriads(parts: list[tuple[str, int | None]]) -> Numeral:
    """A Japanese numeral in parts, "12億3,456万" as ``[("12", 8), ("3,456", 4)]``: whole numbers, units falling."""
    total, above = _ZERO, None
    for digits, scale in parts:
        part = read_digits(digits)
        if part.decimals:
            raise ModelError(f"{quoted_text(digits)} has a fraction within a number of several units")
        value = shift(part.value, scale or 0)
        if above is not None and value >= shift(Decimal(1), above):
            raise ModelError(f"{quoted_text(digits)} is too large for its place after the larger unit")
        total, above = add(total, value), scale or 0
    return Numeral(total, -(above or 0), above or 0)


def myriad(unit: str) -> int:
    """The power of ten of a unit between the parts of a Japanese numeral."""
    if not unit:
        raise ModelError("blanks stand between digits; group them by commas, 1,234, or give one number")
    powers = get_language("ja").myriads
    if unit not in powers:
        raise ModelError(f"{quoted_text(unit)} stands between digits; expected one number")
    return powers[unit]
