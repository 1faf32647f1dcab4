"""Readers of printed forms, one for each type of value.

Each reads one value, exactly, or raises a `ModelError` that says what it read, what it expected and how to write it.
What a page says for all its numbers (a default currency, "in millions", the decimal mark, a dash for zero) is told by
`Conventions`. A text that states no value ("Not applicable", "N/A", a dash) is refused: `find_not_stated` tells such
texts apart beforehand.
"""

from __future__ import annotations

import re
from typing import Final

from exporter.errors import ModelError
from exporter.items.values.amounts import Money, Percent, PerShare, Rate, Ratio, ShareCount
from exporter.items.values.counts import parse_count
from exporter.items.values.currencies import resolve_currency
from exporter.items.values.glyphs import normalise
from exporter.items.values.numerals import Numeral
from exporter.items.values.parties import CurrencyPair
from exporter.items.values.phrases import DEFAULT_CONVENTIONS, Conventions, Phrase, read_phrase, reading

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
