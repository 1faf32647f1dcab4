"""Durations from a number of years, months, weeks, days or hours, and from English words (EDGAR ``dur…``).

A fraction of a year becomes months and days, one of a month days, one of a day hours; what is smaller is dropped. A
month has 30.4375 days here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, Context, Decimal
from typing import Final

from exporter.transformations.numbers import NumberWords, below_thousand
from exporter.transformations.rule import Gives, TransformationRule

_NUMBER: Final = re.compile(r"([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAYS_OF_MONTH: Final = Decimal("30.4375")
_FIGURES: Final = re.compile("[0-9]{1,4}")
_JOINTS: Final = (" ", "-")
# Some more digits than the text has keep every product exact.
_SPARE_DIGITS: Final = 20


def _cut(number: Decimal, context: Context) -> tuple[Decimal, Decimal]:
    """The whole part and the fraction."""
    whole = number.to_integral_value(rounding=ROUND_DOWN, context=context)
    return whole, context.subtract(number, whole)


def _years(number: Decimal, context: Context) -> tuple[tuple[Decimal, str], ...]:
    years, rest = _cut(number, context)
    months, rest = _cut(context.multiply(rest, Decimal(12)), context)
    days, _ = _cut(context.multiply(rest, _DAYS_OF_MONTH), context)
    return (years, "Y"), (months, "M"), (days, "D")


def _months(number: Decimal, context: Context) -> tuple[tuple[Decimal, str], ...]:
    months, rest = _cut(number, context)
    return (months, "M"), (_cut(context.multiply(rest, _DAYS_OF_MONTH), context)[0], "D")


def _weeks(number: Decimal, context: Context) -> tuple[tuple[Decimal, str], ...]:
    return ((_cut(context.multiply(number, Decimal(7)), context)[0], "D"),)


def _days(number: Decimal, context: Context) -> tuple[tuple[Decimal, str], ...]:
    days, rest = _cut(number, context)
    return (days, "D"), (_cut(context.multiply(rest, Decimal(24)), context)[0], "TH")


def _hours(number: Decimal, context: Context) -> tuple[tuple[Decimal, str], ...]:
    return ((_cut(number, context)[0], "TH"),)


def _write(parts: tuple[tuple[Decimal, str], ...], sign: str) -> str:
    """The first part always, the others unless they are zero; nothing at all has no sign."""
    parts_ = [parts[0], *(part for part in parts[1:] if part[0])]
    text = "".join(f"{unit[:-1]}{number:f}{unit[-1]}" for number, unit in parts_)
    return f"{sign if any(number for number, _ in parts) else ''}P{text}"


def _counted(split: Callable[[Decimal, Context], tuple[tuple[Decimal, str], ...]]) -> Callable[[str], str | None]:
    def parser(text: str) -> str | None:
        match = _NUMBER.fullmatch(text)
        if match is None:
            return None
        context = Context(prec=len(text) + _SPARE_DIGITS)
        return _write(split(context.create_decimal(match[2]), context), "-" if match[1] == "-" else "")

    return parser


def _count_in_words(words: NumberWords) -> str | None:
    """Figures as they are, a number in words, or nothing for *zero* and *no*."""
    if words.take(("zero", "no")):
        return ""
    figures = words.peek()
    if _FIGURES.fullmatch(figures):
        words.place += 1
        return figures
    number = below_thousand(words, joints=_JOINTS)
    return None if number is None else str(number)


def _in_words(text: str) -> str | None:
    """Years, months and days in this order, any of them left out, with ``and`` or a comma between them."""
    words, parts = NumberWords(text), []
    for unit in ("year", "month", "day"):
        before = words.place
        count = _count_in_words(words)
        if count is None or not words.take(_JOINTS, (unit, unit + "s")):
            words.place = before
            continue
        parts.append(f"{count}{unit[0].upper()}" if count else "")
        if words.at_end:
            break
        if unit == "day" or not (words.take((" ", "-", ","))):
            return None
        words.take(("and",), (" ",))
    return "P" + ("".join(parts) or "0D") if parts and words.at_end else None


def _duration(parser: Callable[[str], str | None], expects: str) -> TransformationRule:
    return TransformationRule(Gives.DURATION, parser, expects)


DURATIONS: Final = {
    "duryear": _duration(_counted(_years), "a number of years like 2.5"),
    "durmonth": _duration(_counted(_months), "a number of months like 18"),
    "durweek": _duration(_counted(_weeks), "a number of weeks like 2"),
    "durday": _duration(_counted(_days), "a number of days like 30"),
    "durhour": _duration(_counted(_hours), "a number of hours like 5"),
    "durwordsen": _duration(_in_words, "a duration in words like two years, 6 months"),
}
