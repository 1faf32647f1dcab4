"""Periods and units as the heads of a table say them, in English and Japanese."""

from __future__ import annotations

import datetime as dt
from typing import Final

from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERS: Final = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven"
)  # fmt: skip
_WEEKLY_YEARS: Final = (364, 371)
_MIDNIGHT: Final = "T00:00:00"


def is_japanese(language: str) -> bool:
    """Whether the language is Japanese; all others are given English words."""
    return language.lower().partition("-")[0] == "ja"


def date_words(date: dt.date, language: str) -> str:
    """``March 31, 2005``, ``2005年3月31日``."""
    if is_japanese(language):
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"


def period_words(period: Period, language: str) -> tuple[str, str]:
    """What a period is called, in two lines: ``Year ended``, ``March 31, 2005``."""
    japanese = is_japanese(language)
    if isinstance(period, Instant):
        return _instant_words(period, language)
    if not isinstance(period, Duration):
        return "", "無期限" if japanese else "Without period"
    if not period.start.endswith(_MIDNIGHT) or not period.end.endswith(_MIDNIGHT):
        return "", str(period)
    first, last = period.first_day, period.last_day
    if first == last:
        return "", date_words(first, language)
    months = _whole_months(first, last)
    if months is None or months > 12:
        between = "から" if japanese else "to "
        start, end = date_words(first, language), date_words(last, language)
        return (f"{start}{between}", f"{end}まで") if japanese else (start, f"{between}{end}")
    if japanese:
        return f"{date_words(last, language)}に終了した", "1年間" if months == 12 else f"{months}か月間"
    words = {1: "Month", 12: "Year"}.get(months) or f"{_NUMBERS[months]} months"
    return f"{words} ended", date_words(last, language)


def _instant_words(period: Instant, language: str) -> tuple[str, str]:
    if not period.moment.endswith(_MIDNIGHT) or period.moment.startswith("0001-01-01"):
        return "", period.moment
    if is_japanese(language):
        return "", f"{date_words(period.date, language)}現在"
    return "As of", date_words(period.date, language)


def _whole_months(first: dt.date, last: dt.date) -> int | None:
    """How many whole calendar months the days cover; a year may begin on any day, or have 52 or 53 weeks."""
    if (last - first).days + 1 in _WEEKLY_YEARS:
        return 12
    try:
        following = last + dt.timedelta(days=1)
    except OverflowError:
        return None
    if following.day != first.day:
        return None
    months = (following.year - first.year) * 12 + following.month - first.month
    return months if first.day == 1 or months == 12 else None


def unit_words(unit: Unit | None, language: str) -> str:
    """A unit as a table names it: ``JPY``, ``JPY per share``, ``JPY per USD``; nothing for a pure number."""
    if unit is None:
        return ""
    top = " × ".join(_measure_words(numerator, language) for numerator in unit.numerators)
    if not unit.denominators:
        return top
    below = " × ".join(_measure_words(denominator, language, single=True) for denominator in unit.denominators)
    return f"{top}／{below}" if is_japanese(language) else f"{top} per {below}"


def _measure_words(measure: QName, language: str, *, single: bool = False) -> str:
    if measure.namespace == ISO4217:
        return (
            {"JPY": "円"}.get(measure.local_name, measure.local_name) if is_japanese(language) else measure.local_name
        )
    if measure.local_name == "shares":
        return "株" if is_japanese(language) else "share" if single else "shares"
    return measure.local_name


def scale_words(scale: int, unit: str, language: str) -> str:
    """``In millions of JPY``, ``単位：百万円``."""
    if is_japanese(language):
        return f"単位：{ {3: '千', 6: '百万', 8: '億'}.get(scale, '') }{unit}"
    amount = {3: "thousands of ", 6: "millions of ", 9: "billions of "}.get(scale, "")
    return f"In {amount}{unit}" if unit else ""
