"""Readers of printed forms, one for each type of value, and counts, which are whole numbers without accuracy.

Each reads one value, exactly, or raises a `ModelError` that says what it read, what it expected and how to write it.
What a page says for all its numbers (a default currency, "in millions", the decimal mark, a dash for zero) is told by
`Conventions`. A text that states no value ("Not applicable", "N/A", a dash) is refused: `find_not_stated` tells such
texts apart beforehand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from exporter.errors import ModelError
from exporter.findings import choice_hint
from exporter.items.values.amounts import Money, Percent, PerShare, Rate, Ratio, ShareCount
from exporter.items.values.currencies import resolve_currency
from exporter.items.values.languages import get_language
from exporter.items.values.numerals import GROUP_SPACE, Numeral, check_blanks, normalise, read_digits
from exporter.items.values.parties import CurrencyPair
from exporter.items.values.phrases import DEFAULT_CONVENTIONS, Conventions, Phrase, read_phrase, reading
from exporter.items.values.unknown import find_not_stated

LARGEST_SPELLED: Final = 10**15 - 1
_DIGITS: Final = re.compile(rf"[0-9][0-9,'{GROUP_SPACE}]*")
_BOUND: Final = re.compile(r"(up to|at most|at least|no more than|more than|fewer than|less than|about|over)\b", re.I)


@cache
def _powers() -> dict[str, int]:
    """Thousand, million and so on, the smallest first."""
    scales = get_language("en").scales
    return {scales[power][0]: 10**power for power in sorted(scales)}


@cache
def _small_numbers() -> dict[str, int]:
    return {word: number for word, number in get_language("en").count_of.items() if " " not in word}


def parse_count(text: str, *, language: str | None = None) -> int:
    """A whole number in digits ("1,234", "１２") or English words ("three", "one hundred and twenty-three").

    "Up to three" is a bound and no count: it is refused, and so are fractions, signs and scaled digits. ``language``
    names a further language to read: its groups of digits ("1.234") and its words below a hundred ("drei").

    Raises:
        ModelError: the text is no count.
    """
    with reading(text, kind="a count", example="three or 1,234"):
        plain = normalise(text)
        further = get_language(language) if language else None
        if _DIGITS.fullmatch(plain):
            return int(read_digits(plain).value)
        if further is not None and re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(further.group)}[0-9]{{3}})+", plain):
            return int(plain.replace(further.group, ""))
        check_blanks(plain)
        for known in (further, get_language("ja")):
            if known is not None and (number := known.read_count(plain)) is not None:
                return number
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
    known = {*_small_numbers(), *_powers(), "hundred"}
    if unknown := [word for word in words if word not in known and word != "and"]:
        hint = choice_hint(unknown[0], known, "write whole numbers in digits or in English words")
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
        elif word in _powers():
            total, group = total + group * _powers()[word], 0
        else:
            group += _small_numbers()[word]
    return total + group


def spell_count(number: int, language: str = "en") -> str:
    """A whole number in words: below a quadrillion in English, without "and"; below a hundred in other languages."""
    words = get_language(language)
    largest = LARGEST_SPELLED if words.code == "en" else 99
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= largest:
        raise ModelError(f"expected a whole number from 0 to {largest}, got {number!r}")
    if number < 100:
        return words.count_words[number]
    spelled = []
    for name, power in reversed(_powers().items()):
        if count := number // power % 1000:
            spelled.append(f"{_spell_group(count)} {name}")
    if rest := number % 1000:
        spelled.append(_spell_group(rest))
    return " ".join(spelled)


def _spell_group(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    counts = get_language("en").count_words
    words = [f"{counts[hundreds]} hundred"] if hundreds else []
    return " ".join([*words, *([counts[rest]] if rest else [])])


__all__ = [
    "parse_count",
    "parse_money",
    "parse_number",
    "parse_per_share",
    "parse_percent",
    "parse_quotation",
    "parse_rate",
    "parse_ratio",
    "parse_shares",
]
_PER: Final = re.compile(r" per (?:one )?| ?/ ?")
_EQUALS: Final = re.compile(r" ?= ?")


def parse_number(text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Numeral:
    """A number without any unit: "1,234.50", "(15.6) billion", "△1,234", "12億3,456万"."""
    with reading(text, kind="a number", example="1,234.50"):
        phrase = read_phrase(text, conventions)
        phrase.expect("")
        return phrase.numeral


def parse_money(text: str, *, currency: str | None = None, conventions: Conventions = DEFAULT_CONVENTIONS) -> Money:
    """As `Money.parse`."""
    return Money.parse(text, currency=currency, conventions=conventions)


def parse_per_share(
    text: str, *, currency: str | None = None, conventions: Conventions = DEFAULT_CONVENTIONS
) -> PerShare:
    """As `PerShare.parse`."""
    return PerShare.parse(text, currency=currency, conventions=conventions)


def parse_percent(text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Percent:
    """As `Percent.parse`."""
    return Percent.parse(text, conventions=conventions)


def parse_ratio(text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Ratio:
    """As `Ratio.parse`."""
    return Ratio.parse(text, conventions=conventions)


def parse_shares(text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> ShareCount:
    """As `ShareCount.parse`."""
    return ShareCount.parse(text, conventions=conventions)


def parse_rate(text: str, *, pair: CurrencyPair | None = None, conventions: Conventions = DEFAULT_CONVENTIONS) -> Rate:
    """An exchange rate: "107.22", and with ``pair`` also "¥ 125.54" or "¥107.22 per U.S. $1.00", checked against it.

    Raises:
        ModelError: no rate, or one in other currencies than the pair's.
    """
    if pair is None:
        return Rate.parse(text, conventions=conventions)
    with reading(text, kind=f"a rate in {pair}", example="107.22"):
        plain = normalise(text)
        if _PER.search(plain) or "=" in plain:
            return _read_quotation(plain, pair, conventions)[0]
        phrase = read_phrase(plain, conventions.unscaled)
        phrase.currency(currency=pair.quote, default=None)
        return _rate(phrase)


def parse_quotation(
    text: str, *, pair: CurrencyPair | None = None, conventions: Conventions = DEFAULT_CONVENTIONS
) -> tuple[Rate, CurrencyPair]:
    """A rate with both its currencies: "¥107.22 per U.S. $1.00", "JPY 107.22/USD", "1米ドル=107.22円".

    Raises:
        ModelError: a currency is missing or ambiguous, or the base is not one unit.
    """
    with reading(text, kind="a quotation", example="¥107.22 per US$1.00"):
        return _read_quotation(normalise(text), pair, conventions)


def _read_quotation(plain: str, pair: CurrencyPair | None, conventions: Conventions) -> tuple[Rate, CurrencyPair]:
    quoted, based = _sides(plain)
    phrase = read_phrase(quoted, conventions.unscaled)
    default = conventions.default_currency
    quote = phrase.currency(currency=pair.quote if pair else None, default=default)
    base_code = pair.base if pair else None
    if any(ch in "0123456789" for ch in based):
        base = read_phrase(based, conventions.unscaled)
        if base.numeral.value != 1:
            raise ModelError(f"the rate is for {base.numeral.value} of the base; expected a rate for one")
        code = base.currency(currency=base_code, default=default)
    else:
        code = resolve_currency(based, currency=base_code, default=default)
    return _rate(phrase), CurrencyPair(base=code, quote=quote)


def _sides(plain: str) -> tuple[str, str]:
    """The quoted amount and the base of a quotation."""
    if len(sides := _EQUALS.split(plain)) == 2:
        return sides[1], sides[0]
    if len(sides := _PER.split(plain)) == 2:
        return sides[0], sides[1]
    raise ModelError("expected so much of one currency per one of the other")


def _rate(phrase: Phrase) -> Rate:
    return Rate(phrase.numeral.value, phrase.numeral.decimals, scale=phrase.scale)
