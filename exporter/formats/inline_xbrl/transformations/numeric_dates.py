"""Dates in figures: day, month and year in any order, parted by anything that is no digit; and those with 年月日."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from exporter.formats.inline_xbrl.transformations.calendar_dates import (
    full_year,
    write_date,
    write_month,
    write_month_day,
)
from exporter.formats.inline_xbrl.transformations.digits import DEVANAGARI_DIGITS, FULL_WIDTH_DIGITS
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

DAY: Final = "(?P<day>[0-9]{1,2})"
MONTH: Final = "(?P<month>[0-9]{1,2})"
YEAR: Final = "(?P<year>[0-9]{4}|[0-9]{1,2})"
_APART: Final = "[^0-9]+"
_SPACED: Final = r"\s*"


def value_of(match: re.Match[str]) -> str | None:
    """The date, month or day of the year that the named groups hold."""
    parts = match.groupdict()
    month, day = int(parts.get("month", "0")), int(parts.get("day", "0"))
    if "year" not in parts:
        return write_month_day(month=month, day=day)
    year = full_year(parts["year"])
    return write_date(year=year, month=month, day=day) if "day" in parts else write_month(year=year, month=month)


def shaped(pattern: str, digits: Mapping[int, int] | None = None) -> Callable[[str], str | None]:
    """Reads texts of one shape, with its digits of another script made ASCII."""
    shape = re.compile(pattern)

    def parser(text: str) -> str | None:
        match = shape.fullmatch(text.translate(digits) if digits else text)
        return value_of(match) if match else None

    return parser


def _date(pattern: str, example: str, digits: Mapping[int, int] | None = None) -> Rule:
    return Rule(Gives.DATE, shaped(pattern, digits), f"a date like {example}")


def _month(pattern: str, example: str, digits: Mapping[int, int] | None = None) -> Rule:
    return Rule(Gives.MONTH, shaped(pattern, digits), f"a month of a year like {example}")


def _month_day(pattern: str, example: str) -> Rule:
    return Rule(Gives.MONTH_DAY, shaped(pattern), f"a day of a month like {example}")


_DAY_MONTH = _month_day(DAY + _APART + MONTH, "31/12")
_MONTH_DAY = _month_day(MONTH + _APART + DAY + "[A-Za-z]*", "12/31")
_DAY_MONTH_YEAR = DAY + _APART + MONTH + _APART + YEAR
_MONTH_DAY_YEAR = _date(MONTH + _APART + DAY + _APART + YEAR, "12/31/2024")
_MONTH_YEAR = MONTH + _APART + YEAR
_YEAR_MONTH = YEAR + _APART + MONTH + "[^0-9]*"
_YEAR_MONTH_DAY = _date(
    YEAR + _APART + MONTH + _APART + DAY + "[^0-9]*", "2024-12-31 or 2024年12月31日", FULL_WIDTH_DIGITS
)
_CJK_MONTH = _SPACED.join((YEAR, "年", MONTH, "月"))
_CJK_DATE = _SPACED.join((_CJK_MONTH, DAY, "日"))

NUMERIC_DATES_1: Final = {
    "dateslashus": _date(f"{MONTH}/{DAY}/{YEAR}", "12/31/2024"),
    "dateslasheu": _date(f"{DAY}/{MONTH}/{YEAR}", "31/12/2024"),
    "datedotus": _date(rf"{MONTH}\.{DAY}\.{YEAR}", "12.31.2024"),
    "datedoteu": _date(rf"{DAY}\.{MONTH}\.{YEAR}", "31.12.2024"),
    "dateslashdaymontheu": _month_day(f"{DAY}/{MONTH}", "31/12"),
    "dateslashmonthdayus": _month_day(f"{MONTH}/{DAY}", "12/31"),
}
NUMERIC_DATES_2: Final = {
    "datedaymonth": _DAY_MONTH,
    "datemonthday": _MONTH_DAY,
    "datedaymonthyear": _date(_DAY_MONTH_YEAR, "31.12.2024"),
    "datemonthdayyear": _MONTH_DAY_YEAR,
    "dateyearmonthdaycjk": _date(_CJK_DATE, "2024年12月31日", FULL_WIDTH_DIGITS),
    "dateyearmonthcjk": _month(_CJK_MONTH, "2024年12月", FULL_WIDTH_DIGITS),
}
NUMERIC_DATES_3: Final = {
    "datemonthyear": _month(_MONTH_YEAR, "12/2024"),
    "dateyearmonthday": _YEAR_MONTH_DAY,
}
NUMERIC_DATES_4: Final = {
    "date-day-month": _DAY_MONTH,
    "date-month-day": _MONTH_DAY,
    "date-day-month-year": _date(_DAY_MONTH_YEAR, "31.12.2024", DEVANAGARI_DIGITS),
    "date-month-day-year": _MONTH_DAY_YEAR,
    "date-month-year": _month(_MONTH_YEAR, "12/2024", DEVANAGARI_DIGITS),
    "date-year-month": _month(_YEAR_MONTH, "2024-12 or 2024年12月", FULL_WIDTH_DIGITS),
    "date-year-month-day": _YEAR_MONTH_DAY,
}
