"""Dates and periods moved from one reporting period to another."""

from __future__ import annotations

import datetime as dt

import pytest

from exporter.errors import ModelError
from exporter.model.fiscal_calendar import FiscalCalendar, relative_period
from exporter.model.period import FOREVER, Duration, Instant


def calendar(last: str, following: str) -> FiscalCalendar:
    return FiscalCalendar(dt.date.fromisoformat(last), dt.date.fromisoformat(following))


@pytest.mark.parametrize(
    ("last", "following", "day", "expected"),
    [
        ("2005-03-31", "2006-03-31", "2005-03-31", "2006-03-31"),
        ("2005-03-31", "2006-03-31", "2004-03-31", "2005-03-31"),
        ("2005-03-31", "2006-03-31", "2005-07-29", "2006-07-29"),
        ("2005-03-31", "2005-06-30", "2005-01-31", "2005-04-30"),
        ("2023-02-28", "2024-02-29", "2022-02-28", "2023-02-28"),
        ("2023-02-28", "2024-02-29", "2023-03-01", "2024-03-01"),
        ("2024-02-29", "2025-02-28", "2024-02-29", "2025-02-28"),
        ("2005-12-31", "2004-12-31", "2005-02-28", "2004-02-29"),
        ("2024-09-28", "2025-09-27", "2024-09-28", "2025-09-27"),
        ("2024-09-28", "2025-09-27", "2023-09-30", "2024-09-28"),
        ("2024-03-20", "2025-03-20", "2024-01-05", "2025-01-05"),
    ],
)
def test_a_date_is_moved(last: str, following: str, day: str, expected: str) -> None:
    assert calendar(last, following).date(dt.date.fromisoformat(day)).isoformat() == expected


def test_years_of_weeks_are_known_as_such() -> None:
    assert calendar("2022-09-24", "2023-09-30").is_week_based
    assert calendar("2024-09-28", "2025-09-27").is_week_based
    assert not calendar("2005-03-31", "2006-03-31").is_week_based
    assert not calendar("2024-03-20", "2025-03-20").is_week_based
    assert not calendar("2023-02-28", "2024-02-29").is_week_based


def test_a_year_of_53_weeks_begins_where_the_last_one_ends() -> None:
    moved = calendar("2022-09-24", "2023-09-30").duration(Duration("2021-09-26", "2022-09-24"))
    assert moved == Duration("2022-09-25", "2023-09-30")


def test_periods_are_moved() -> None:
    way = calendar("2005-03-31", "2006-03-31")
    assert way.period(Duration("2004-04-01", "2005-03-31")) == Duration("2005-04-01", "2006-03-31")
    assert way.period(Instant("2005-03-31T12:00:00")) == Instant("2006-03-31T12:00:00")
    assert way.period(FOREVER) is FOREVER
    assert way.months == 12


def test_what_lies_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ModelError, match="beyond the calendar"):
        calendar("2005-03-31", "2006-03-31").date(dt.date(9999, 6, 30))


def test_periods_that_people_compare_lie_alike() -> None:
    this, last = dt.date(2023, 9, 30), dt.date(2022, 9, 24)
    year = relative_period(Duration("2022-09-25", "2023-09-30"), this)
    assert year == relative_period(Duration("2021-09-26", "2022-09-24"), last) == (0, 12)
    assert relative_period(Instant("2022-09-24"), this) == (12, 0)
    assert relative_period(Duration("2023-07-02", "2023-09-30"), this) == (0, 3)
    assert relative_period(FOREVER, this) is None
