"""Whole numbers in English words: *three thousand, two hundred and five* (EDGAR ``numwordsen``).

A text is cut into words, commas and joints, which are read from left to right once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

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


class Words:
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


def _below_hundred(words: Words) -> int | None:
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


def below_thousand(words: Words, *, joints: tuple[str, ...] = (_BLANK,)) -> int | None:
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


def _number(words: Words) -> int | None:
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
    words = Words(text)
    number = _number(words)
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


NUMBER_WORDS: Final = {"numwordsen": Rule(Gives.NUMBER, read_number, "a whole number in words like twenty-one")}
