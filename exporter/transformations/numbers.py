"""Numbers in figures and in English words (Transformation Rules Registries 1 to 5, EDGAR ``numwordsen``).

In figures: group marks, decimal marks, units, dashes for zero.

The patterns have one way to match each text, so that a hostile text costs no more than its length.

In words: *three thousand, two hundred and five*.

A text is cut into words, commas and joints, which are read from left to right once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from exporter.transformations.rule import FULL_WIDTH_DIGITS, Gives, TransformationRule

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


def _number(parser: Callable[[str], str | None], expects: str) -> TransformationRule:
    return TransformationRule(Gives.NUMBER, parser, expects)


def _grouped(mark: str, point: str, expects: str) -> TransformationRule:
    """Registry 1: groups of three, each parted by one of the marks."""
    pattern = rf"[0-9]{{1,3}}(?:[{re.escape(mark)}][0-9]{{3}})*(?:{re.escape(point)}[0-9]+)?"
    return _number(_in_groups(pattern, marks=mark, point=point), expects)


def _loosely_grouped(marks: str, point: str, expects: str) -> TransformationRule:
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


_BELOW_TWENTY: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL: Final = tuple(_BELOW_TWENTY.split())
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE: Final = (
    ("quintillion", 10**18),
    ("quadrillion", 10**15),
    ("trillion", 10**12),
    ("billion", 10**9),
    ("million", 10**6),
    ("thousand", 10**3),
)
DASHES: Final = "-\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63\uff0d"
_UNITS: Final[Mapping[str, int]] = {word: number for number, word in enumerate(_SMALL, start=1)}
_TENS_OF: Final[Mapping[str, int]] = {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_NOTHING: Final = frozenset({"no", "none", "nil", "zero"})
_ANY_DASH: Final = re.escape(DASHES)
_TOKEN: Final = re.compile(rf"[^\s,{_ANY_DASH}]+|\s*,\s*|\s+|[{_ANY_DASH}]")
_BLANK: Final = " "
_COMMA: Final = ","
_DASH: Final = "-"


class NumberWords:
    """Words and the joints between them, with a place that moves on. Words begin with either case."""

    def __init__(self, text: str) -> None:
        self.tokens = [self._normal(token) for token in _TOKEN.findall(text)]
        self.place = 0

    @staticmethod
    def _normal(token: str) -> str:
        if token.isspace():
            return _BLANK
        if token.strip() == _COMMA:
            return _COMMA
        return _DASH if token in DASHES else token[0].lower() + token[1:]

    def peek(self, ahead: int = 0) -> str:
        """The token there, or nothing at the end."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def take(self, *expected: tuple[str, ...]) -> bool:
        """Moves past one token of each group, if they all stand there."""
        if all(self.peek(ahead) in group for ahead, group in enumerate(expected)):
            self.place += len(expected)
            return True
        return False

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.tokens)


def _below_hundred(words: NumberWords) -> int | None:
    word = words.peek()
    if word in _UNITS:
        words.place += 1
        return _UNITS[word]
    if word not in _TENS_OF:
        return None
    words.place += 1
    unit = _UNITS.get(words.peek(1), 10) if words.peek() in (_BLANK, _DASH) else 10
    if unit < 10:
        words.place += 2
        return _TENS_OF[word] + unit
    return _TENS_OF[word]


def below_thousand(words: NumberWords, *, joints: tuple[str, ...] = (_BLANK,)) -> int | None:
    """*five*, *twenty-one*, *nineteen hundred and five*; ``None`` where no number stands."""
    number = _below_hundred(words)
    if number is None or number > 19 or not words.take(joints, ("hundred",)):
        return number
    number *= 100
    before = words.place
    if words.take(joints):
        words.take(("and",), (_BLANK,))
        rest = _below_hundred(words)
        if rest is not None:
            return number + rest
    words.place = before
    return number


def _word_number(words: NumberWords) -> int | None:
    """Groups by falling size, the last of them without one."""
    total, smallest = 0, 10**21
    while True:
        group = below_thousand(words)
        if group is None:
            return None
        size = next((size for name, size in _LARGE if words.peek(1) == name), 0) if words.peek() == _BLANK else 0
        if not size:
            return total + group
        if size >= smallest:
            return None
        words.place += 2
        total, smallest = total + group * size, size
        if words.at_end or (size > 1000 and words.tokens[words.place :] == [_COMMA]):
            words.place = len(words.tokens)
            return total
        if not words.take((_BLANK, _COMMA)):
            return None
        if size == 1000 and words.take(("and",), (_BLANK,)) and words.peek(2) == "hundred":
            return None


def read_number(text: str) -> str | None:
    """The number that English words state, in figures."""
    if text[:1].lower() + text[1:] in _NOTHING:
        return "0"
    words = NumberWords(text)
    number = _word_number(words)
    return str(number) if number is not None and words.at_end else None


def _write_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_SMALL[hundreds - 1]} hundred"] if hundreds else []
    if rest and rest < 20:
        parts.append(_SMALL[rest - 1])
    elif rest:
        tens, unit = divmod(rest, 10)
        parts.append(_TENS[tens - 2] + (f"-{_SMALL[unit - 1]}" if unit else ""))
    return " ".join(parts)


def write_number(number: int) -> str | None:
    """The number in English words; ``None`` below zero and from 10²¹ on."""
    if not 0 <= number < 10**21:
        return None
    parts = []
    for name, size in _LARGE:
        group, number = divmod(number, size)
        if group:
            parts.append(f"{_write_below_thousand(group)} {name}")
    if number:
        parts.append(_write_below_thousand(number))
    return " ".join(parts) or "zero"


NUMBER_WORDS: Final = {
    "numwordsen": TransformationRule(Gives.NUMBER, read_number, "a whole number in words like twenty-one")
}
