"""Periods: the end of a day, handled once."""

from __future__ import annotations

import datetime as dt

import pytest

from exporter.errors import ModelError
from exporter.model.period import (
    FOREVER,
    Duration,
    Forever,
    Instant,
    parse_moment,
    parse_oim_period,
    parse_xml_date,
    xml_end,
    xml_start,
)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2005-03-31", "2005-04-01T00:00:00"),
        ("2004-02-28", "2004-02-29T00:00:00"),
        ("2005-12-31", "2006-01-01T00:00:00"),
        ("2005-03-31T00:00:00", "2005-03-31T00:00:00"),
        ("2005-03-31T24:00:00", "2005-04-01T00:00:00"),
        (dt.date(2005, 3, 31), "2005-04-01T00:00:00"),
        (dt.datetime(2005, 3, 31, 12, 30), "2005-03-31T12:30:00"),
    ],
)
def test_an_instant_given_as_a_date_is_the_end_of_the_day(written: str | dt.date, moment: str) -> None:
    assert Instant(written).moment == moment


def test_a_duration_runs_from_the_start_of_its_first_day_to_the_end_of_its_last() -> None:
    year = Duration("2004-04-01", "2005-03-31")
    assert year.oim == "2004-04-01T00:00:00/2005-04-01T00:00:00"
    assert (year.first_day, year.last_day) == (dt.date(2004, 4, 1), dt.date(2005, 3, 31))
    assert year.end_instant == Instant("2005-03-31")
    assert year.start_instant == Instant("2004-03-31")
    assert str(year) == "2004-04-01 to 2005-03-31"


def test_one_day_starts_and_ends_on_it() -> None:
    assert Duration.day("2004-06-24") == Duration("2004-06-24", "2004-06-24")
    assert Duration.day("2004-06-24").oim == "2004-06-24T00:00:00/2004-06-25T00:00:00"


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2004, 2, "2004-02-29"), (2005, 2, "2005-02-28"), (2003, 12, "2003-12-31")]
)
def test_a_month_ends_on_its_last_day(year: int, month: int, last: str) -> None:
    assert Duration.month(year, month) == Duration(f"{year}-{month:02d}-01", last)


@pytest.mark.parametrize(
    ("start", "end"), [("2005-04-01", "2005-03-31"), ("2005-04-01", "2005-03-30"), ("2005-01-01T00:00:00",) * 2]
)
def test_a_period_that_does_not_last_is_refused(start: str, end: str) -> None:
    with pytest.raises(ModelError, match="ends after it starts"):
        Duration(start, end)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2024-01-01T09:00:00+09:00", "2024-01-01T00:00:00Z"),
        ("2024-01-01T00:00:00-05:30", "2024-01-01T05:30:00Z"),
        ("2024-01-01T00:00:00.500", "2024-01-01T00:00:00.5"),
        ("2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00Z"),
        ("2023-12-31T24:00:00", "2024-01-01T00:00:00"),
    ],
)
def test_moments_are_brought_to_canonical_form(text: str, canonical: str) -> None:
    assert parse_moment(text) == canonical
    assert parse_moment(canonical) == canonical


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-30", "20240131", "2024-01-01T24:00:01", "2024-01-01T00:00:60", "2024-01-01T00:00", "9999-12-31"),
        *("２０２４-01-01", "2024-01-01T00:00:00+15:00", "0000-01-01", "", "2024-1-1", "2024-01-01T00:00:00+09:75"),
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        Instant(text)


@pytest.mark.parametrize("text", ["2024-01-01", "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00.0", "x/y", "a/b/c"])
def test_xbrl_json_takes_the_canonical_form_only(text: str) -> None:
    with pytest.raises(ModelError):
        parse_oim_period(text)


@pytest.mark.parametrize("period", [Instant("2005-03-31"), Duration("2004-04-01", "2005-03-31T12:00:00Z")])
def test_oim_form_comes_back(period: Instant | Duration) -> None:
    assert parse_oim_period(period.oim) == period


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2005-03-31", "2005-04-01T00:00:00"),
        (" 2005-03-31 ", "2005-04-01T00:00:00"),
        ("2005-03-31Z", "2005-04-01T00:00:00Z"),
        ("2005-03-31+09:00", "2005-03-31T15:00:00Z"),
        ("2005-03-31T10:00:00", "2005-03-31T10:00:00"),
    ],
)
def test_an_end_in_xml_is_the_end_of_the_day(text: str, moment: str) -> None:
    assert parse_xml_date(text, is_end=True) == moment


def test_xml_forms_come_back() -> None:
    year = Duration("2004-04-01", "2005-03-31")
    assert (xml_start(year.start), xml_end(year.end)) == ("2004-04-01", "2005-03-31")
    assert parse_xml_date("2004-04-01", is_end=False) == year.start
    assert parse_xml_date("2005-03-31", is_end=True) == year.end
    assert xml_end("2005-04-01T00:00:00Z") == "2005-04-01T00:00:00Z"


def test_forever_is_one_value() -> None:
    assert Forever() == FOREVER
    assert str(FOREVER) == "forever"


@pytest.mark.parametrize(
    "shown",
    [
        "Instant('2023-12-31')",
        "Instant('2023-12-31T12:30:00')",
        "Instant('2024-01-01T00:00:00Z')",
        "Instant('0001-01-01T00:00:00')",
        "Duration('2023-01-01', '2023-12-31')",
        "Duration('2023-01-01T09:00:00', '2023-12-31')",
    ],
)
def test_periods_show_the_dates_that_people_write(shown: str) -> None:
    assert repr(eval(shown)) == shown
