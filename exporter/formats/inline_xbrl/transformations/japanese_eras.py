"""Dates of the Japanese eras: 令和6年12月31日. The first year of an era is 元年; its length is not checked."""

from __future__ import annotations

import re
from typing import Final

from exporter.formats.inline_xbrl.transformations.calendar_dates import write_date, write_month
from exporter.formats.inline_xbrl.transformations.digits import FULL_WIDTH_DIGITS
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

# The Gregorian year before the first year of each era, and its first day; 明治 counts from the reform of the calendar.
_YEAR_BEFORE: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_FIRST_DAYS: Final = (
    ("2019-05-01", "令和"),
    ("1989-01-08", "平成"),
    ("1926-12-25", "昭和"),
    ("1912-07-30", "大正"),
    ("1873-01-01", "明治"),
)
_YEARS: Final = _YEAR_BEFORE | {name[0]: year for name, year in _YEAR_BEFORE.items()}
_ERA: Final = "(?P<era>" + "|".join(f"{name}|{name[0]}" for name in _YEAR_BEFORE) + ")"
_MONTH_SHAPE: Final = r"\s*".join((_ERA, "(?P<year>[0-9]{1,2}|元)", "年", "(?P<month>[0-9]{1,2})", "月"))
_MONTH: Final = re.compile(_MONTH_SHAPE + r"\s*")
_DATE: Final = re.compile(r"\s*".join((_MONTH_SHAPE, "(?P<day>[0-9]{1,2})", r"日\s*")))


def _gregorian_year(match: re.Match[str]) -> int:
    return _YEARS[match["era"]] + (1 if match["year"] == "元" else int(match["year"]))


def _era_month(text: str) -> str | None:
    match = _MONTH.fullmatch(text.translate(FULL_WIDTH_DIGITS))
    return write_month(year=_gregorian_year(match), month=int(match["month"])) if match else None


def _era_date(text: str) -> str | None:
    match = _DATE.fullmatch(text.translate(FULL_WIDTH_DIGITS))
    if match is None:
        return None
    return write_date(year=_gregorian_year(match), month=int(match["month"]), day=int(match["day"]))


def era_year(date: str) -> str | None:
    """``令和6`` for ``2024-12-31``, ``令和元`` for its first year; ``None`` before 1873."""
    for first_day, name in _FIRST_DAYS:
        if date >= first_day:
            year = int(date[:4]) - _YEAR_BEFORE[name]
            return f"{name}{'元' if year == 1 else year}"
    return None


_ERA_DATE_RULE = Rule(Gives.DATE, _era_date, "a date like 令和6年12月31日")
_ERA_MONTH_RULE = Rule(Gives.MONTH, _era_month, "a month like 令和6年12月")

ERA_DATES_2: Final = {"dateerayearmonthdayjp": _ERA_DATE_RULE, "dateerayearmonthjp": _ERA_MONTH_RULE}
ERA_DATES_4: Final = {"date-jpn-era-year-month-day": _ERA_DATE_RULE, "date-jpn-era-year-month": _ERA_MONTH_RULE}
