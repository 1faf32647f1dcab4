"""Printing: exact numbers, dates, periods and units as people print them in a language, such that they read back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, Literal

from exporter.errors import ModelError
from exporter.items.values.currencies import SIGNS
from exporter.items.values.languages import Language, get_language, language_code, print_template
from exporter.items.values.numerals import GROUP_SPACE, check_power, last_place, shift
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217

Negative = Literal["minus", "parentheses", "triangle"]
WEEKLY_YEARS: Final = (364, 371)
_MIDNIGHT: Final = "T00:00:00"
_VOWELS: Final = "aeiouyàâéèêëîïôöûü"


# --- numbers ----------------------------------------------------------------------------------------------------------


def choose_scale(decimals: int, *, preferred: int | None, language: str) -> int:
    """The power of ten to print under: ``preferred`` if it has a word and hides no false digits, else the least."""
    least = max(0, -decimals)
    words = get_language(language).scales
    if preferred is not None and preferred >= least and (preferred in words or preferred == 0):
        return preferred
    return min((scale for scale in (0, *words) if scale >= least), default=least)


def digits_at(value: Decimal, decimals: int | None, scale: int, language: str = "en") -> str:
    """The digits of a non-negative number under a scale, grouped in threes: exactly as many as the accuracy allows."""
    shifted = shift(value, -scale)
    places = max(0, last_place(shifted)) if decimals is None else decimals + scale
    if places < 0:
        raise ModelError(f"under the scale 10^{scale} the printed digits would claim more than decimals {decimals}")
    marks = get_language(language)
    group = GROUP_SPACE if marks.group == " " else marks.group
    return format(shifted, f",.{places}f").translate(str.maketrans(",.", group + marks.decimal))


def scale_words(scale: int, language: str) -> str:
    """The word for a scale with the blank that the language wants before it; a power of ten where it has none."""
    if scale == 0:
        return ""
    words = get_language(language)
    word = words.scale_word(scale)
    if word is None:
        return f" × 10^{scale}"
    return f" {word}" if words.blanks else word


def print_number(
    value: Decimal, decimals: int | None, *, language: str, scale: int | None = None, preferred: int | None = None
) -> str:
    """A non-negative number with its scale word. ``scale`` is demanded, ``preferred`` taken where it can be."""
    get_language(language)
    check_power(scale, "scale")
    if scale is None:
        known = last_place(value) if decimals is None else decimals
        scale = choose_scale(max(0, known) if decimals is None else known, preferred=preferred, language=language)
    return digits_at(value, decimals, scale, language) + scale_words(scale, language)


def print_currency(number: str, currency: str, language: str) -> str:
    """A printed number with its currency's sign, name or code, none of which is ambiguous."""
    words = get_language(language)
    name, sign = words.currencies.get(currency, ("",))[0], SIGNS.get(currency)
    if "{name}" in words.amount and name:
        return print_template(words.amount, number=number, name=name)
    if not words.amount.startswith("{number}") or not words.blanks:
        return f"{sign}{number}" if sign else f"{currency} {number}"
    if words.of and number and number[-1].isalpha():
        return f"{number} {joined_of(words, name or currency)}{name or currency}"
    return print_template(words.amount, number=number, sign=sign or currency).strip()


def joined_of(language: Language, name: str) -> str:
    """What stands between a scale and what it counts, elided before a vowel where the language does so."""
    elided = [of for of in language.of if not of.endswith(" ")]
    if elided and name[:1].lower() in _VOWELS and not name.isupper():
        return elided[0]
    return language.of[0] if language.of else ""


def print_sign(text: str, *, negative: bool, style: Negative) -> str:
    """The text with the sign of a negative: a minus, parentheses, or the triangle of Japanese accounts."""
    if style not in ("minus", "parentheses", "triangle"):
        raise ModelError(f"a negative is shown by 'minus', 'parentheses' or 'triangle', got {style!r}")
    if not negative:
        return text
    return f"({text})" if style == "parentheses" else ("−" if style == "minus" else "△") + text


# --- dates and periods ------------------------------------------------------------------------------------------------


def print_date(date: dt.date, language: str = "en") -> str:
    """ "March 31, 2005", "2005年3月31日", "31. März 2005"."""
    words = get_language(language)
    return _calendar(words, words.date, date.year, date.month, date.day)


def print_month(year: int, month: int, language: str = "en") -> str:
    """ "March 2005", "2005年3月"."""
    words = get_language(language)
    return _calendar(words, words.month, year, month, 1)


def print_month_day(month: int, day: int, language: str = "en") -> str:
    """ "March 31", "3月31日"."""
    words = get_language(language)
    return _calendar(words, words.day, 1, month, day)


def _calendar(words: Language, template: str, year: int, month: int, day: int) -> str:
    # The first of a month has an ordinal in languages that give it to no other day: le 1er mars.
    first = words.ordinals[0] if day == 1 and len(words.ordinals) == 1 and words.ordinals[0].isalpha() else ""
    return print_template(template, year=f"{year:04d}", month=words.months[month - 1][0], day=f"{day}{first}")


def whole_months(first: dt.date, last: dt.date) -> int | None:
    """How many whole months the days from ``first`` to ``last`` cover, both included; ``None`` where they do not.

    A year may begin on any day and may have 52 or 53 weeks; shorter periods begin with the first day of a month.
    """
    if (last - first).days + 1 in WEEKLY_YEARS:
        return 12
    after = (last.year + 1, 1, 1) if last == dt.date.max else _next_day(last)
    if after[2] != first.day:
        return None
    months = (after[0] - first.year) * 12 + after[1] - first.month
    return months if first.day == 1 or months == 12 else None


def _next_day(day: dt.date) -> tuple[int, int, int]:
    following = day + dt.timedelta(days=1)
    return following.year, following.month, following.day


def period_parts(period: Period, language: str) -> tuple[str, str]:
    """What a period is called in two parts: "year ended" and "March 31, 2005", "2005年3月31日に終了した" and "1年間".

    The first is empty where one part says all.
    """
    words = get_language(language)
    if isinstance(period, Instant):
        if not period.moment.endswith(_MIDNIGHT) or period.moment.startswith("0001-01-01"):
            return "", period.moment
        return _two_parts(words, words.as_of[0], date=print_date(period.date, language))
    if not isinstance(period, Duration):
        return "", words.forever
    if not period.start.endswith(_MIDNIGHT) or not period.end.endswith(_MIDNIGHT):
        return "", str(period)
    first, last = period.first_day, period.last_day
    if first == last:
        return "", print_date(first, language)
    length = words.lengths.get(whole_months(first, last) or 0)
    if length and words.ended:
        return _two_parts(words, words.ended[0], date=print_date(last, language), length=length[0])
    start, end = print_date(first, language), print_date(last, language)
    return _two_parts(words, words.between[0], start=start, end=end)


def print_period(period: Period, language: str = "en") -> str:
    """A period in words that `exporter.items.values.dates.parse_period` reads back.

    "as of March 31, 2005", "year ended March 31, 2005", "January 2005", "April 1, 2004 to June 20, 2005". A period
    that does not begin and end with a day keeps its canonical form of OIM 1.0.
    """
    if isinstance(period, Instant) and "T" in str(period):
        return period.oim
    if isinstance(period, Duration):
        if "T" in str(period):
            return period.oim
        first, last = period.first_day, period.last_day
        months = whole_months(first, last)
        if months == 1:
            return print_month(first.year, first.month, language)
        if first.day != 1 or (months == 12 and _next_day(last)[2] != 1):  # whose first day the words do not tell
            return print_range(first, last, language) if first != last else print_date(first, language)
    first_part, second_part = period_parts(period, language)
    return f"{first_part}{' ' if first_part and get_language(language).blanks else ''}{second_part}"


def print_range(first: dt.date, last: dt.date, language: str = "en") -> str:
    """ "April 1, 2004 to March 31, 2005", "2004年4月1日から2005年3月31日まで"."""
    start, end = print_date(first, language), print_date(last, language)
    return print_template(get_language(language).between[0], start=start, end=end)


def print_short_range(first: dt.date, last: dt.date, language: str = "en") -> str:
    """As `print_range`, a common year printed once where the language may: "April 1 to June 20, 2005"."""
    words = get_language(language)
    if first.year != last.year or not words.blanks:
        return print_range(first, last, language)
    start = print_month_day(first.month, first.day, language)
    return print_template(words.between[0], start=start, end=print_date(last, language))


def _two_parts(words: Language, template: str, **values: str) -> tuple[str, str]:
    """A printed template cut before what it ends with: before its last value, or before "to" between two dates."""
    cut = template.rindex("{")
    if not template[:cut]:
        return "", print_template(template, **values)
    first, second = print_template(template[:cut], **values), print_template(template[cut:], **values)
    if "start" in values and words.blanks:
        first, joint = values["start"], first.partition(values["start"])[2].strip()
        second = f"{joint} {second}"
    return first.strip(), second


# --- units ------------------------------------------------------------------------------------------------------------


def print_unit(unit: Unit | None, language: str) -> str:
    """A unit as a table names it: ``JPY``, ``JPY per share``, ``JPY per USD``; nothing for a pure number."""
    if unit is None:
        return ""
    words = get_language(language)
    top = " × ".join(_measure(measure, words) for measure in unit.numerators)
    if not unit.denominators:
        return top
    below = " × ".join(_measure(measure, words, single=True) for measure in unit.denominators)
    return print_template(words.per, top=top, below=below)


def _measure(measure: QName, words: Language, *, single: bool = False) -> str:
    if measure.namespace == ISO4217:
        # A table in Japanese says 円; other currencies are called by their codes in every language.
        is_own = words.code == "ja" and measure.local_name == "JPY"
        return words.currencies["JPY"][0] if is_own else measure.local_name
    if measure.local_name == "shares" and words.shares:
        return words.shares[-1 if single else 0]
    return measure.local_name


def print_scale(scale: int, unit: str, language: str) -> str:
    """What a table says of its figures: ``In millions of JPY``, ``単位：百万円``."""
    words = get_language(language)
    word = words.scale_word(scale, in_head=True)
    if word is None:
        return print_template(words.unit_alone, unit=unit)
    return print_template(words.unit, scale=word, unit=unit, of=joined_of(words, unit))


def is_japanese(language: str) -> bool:
    """Whether a language tag means Japanese."""
    return language_code(language) == "ja"
