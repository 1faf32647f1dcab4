"""Counts: whole numbers in digits or in English words. A count is a plain ``int``; it has no accuracy to carry."""

from __future__ import annotations

import re
from typing import Final

from exporter.errors import ModelError
from exporter.findings import choice_hint
from exporter.items.values.glyphs import GROUP_SPACE, normalise
from exporter.items.values.numerals import check_blanks, read_digits
from exporter.items.values.phrases import reading
from exporter.items.values.unknown import find_not_stated

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ONES: Final[tuple[str, ...]] = tuple(
    re.findall("[a-z]+", f"zero one two three four five six seven eight nine {_TEENS}")
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
LARGEST_SPELLED: Final = 10**15 - 1
_SMALL: Final = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_KNOWN: Final = {*_SMALL, *_POWERS, "hundred"}
_DIGITS: Final = re.compile(rf"[0-9][0-9,'{GROUP_SPACE}]*")
_BOUND: Final = re.compile(r"(up to|at most|at least|no more than|more than|fewer than|less than|about|over)\b", re.I)


def parse_count(text: str) -> int:
    """A whole number in digits ("1,234", "１２") or English words ("three", "one hundred and twenty-three").

    "Up to three" is a bound and no count: it is refused, and so are fractions, signs and scaled digits.

    Raises:
        ModelError: the text is no count.
    """
    with reading(text, kind="a count", example="three or 1,234"):
        plain = normalise(text)
        if _DIGITS.fullmatch(plain):
            return int(read_digits(plain).value)
        check_blanks(plain)
        if match := _BOUND.match(plain):
            raise ModelError(f"{match[0]!r} makes it a bound; give the number alone and the bound in its own field")
        if find_not_stated(plain) is not None:
            message = "it states no number; write 0 for none, or that it is unknown and why"
            raise ModelError(message).noted("Unknown(reason)")
        return _from_words(plain)


def _from_words(plain: str) -> int:
    words = [word for word in re.split(r"[ ,-]+", plain.casefold()) if word]
    if words[:1] == ["a"]:
        words[0] = "one"
    counted = [word for word in words if word != "and"]
    if unknown := [word for word in words if word not in _KNOWN and word != "and"]:
        hint = choice_hint(unknown[0], _KNOWN, "write whole numbers in digits or in English words")
        raise ModelError(f"{unknown[0]!r} is no number word; {hint}")
    if not counted:
        raise ModelError("there is no number in it")
    total = _sum(counted)
    # Spelling the sum again tells well-formed numbers from loose words such as "two three" or "thousand".
    if total > LARGEST_SPELLED or re.split("[ -]", spell_count(total)) != counted or words[-1] == "and":
        raise ModelError("its words do not make one number")
    return total


def _sum(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word == "hundred":
            group *= 100
        elif word in _POWERS:
            total, group = total + group * _POWERS[word], 0
        else:
            group += _SMALL[word]
    return total + group


def spell_count(number: int) -> str:
    """A whole number from zero to below a quadrillion in English words, without "and"."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LARGEST_SPELLED:
        raise ModelError(f"expected a whole number from 0 to {LARGEST_SPELLED}, got {number!r}")
    if number == 0:
        return _ONES[0]
    words = []
    for name, power in reversed(_POWERS.items()):
        if count := number // power % 1000:
            words.append(f"{_spell_group(count)} {name}")
    if rest := number % 1000:
        words.append(_spell_group(rest))
    return " ".join(words)


def _spell_group(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10 - 2] + (f"-{_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(_ONES[rest])
    return " ".join(words)
