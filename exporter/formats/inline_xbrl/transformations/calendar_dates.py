"""Dates that exist, as XML Schema writes them; short years are of this century (Transformation Rules Registries)."""

from __future__ import annotations

import calendar
from typing import Final

_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def full_year(text: str) -> int:
    """A year of one or two digits is of the years 2000 to 2099."""
    return int(text) + (2000 if len(text) < 3 else 0)


def write_date(*, year: int, month: int, day: int) -> str | None:
    """``2024-12-31``; ``None`` for a day that does not exist in the Gregorian calendar."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def write_month(*, year: int, month: int) -> str | None:
    """``2024-12``; ``None`` for a month that does not exist."""
    return f"{year:04}-{month:02}" if 1 <= year <= 9999 and 1 <= month <= 12 else None


def write_month_day(*, month: int, day: int) -> str | None:
    """``--12-31``; ``None`` for a day that the month never has."""
    exists = 1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1]
    return f"--{month:02}-{day:02}" if exists else None
