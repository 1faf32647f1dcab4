"""Moments and periods at their ends: hour 24, zones, fractions, the first and last day of the calendar; refusals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.model.period import (
    Duration,
    Instant,
    parse_moment,
    parse_oim_period,
    parse_xml_date,
    xml_end,
    xml_start,
)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2005-03-31T24:00:00", "2005-04-01T00:00:00"),
        ("2005-03-31T24:00:00.000", "2005-04-01T00:00:00"),
        ("2005-03-31T24:00:00.000Z", "2005-04-01T00:00:00Z"),
        ("2005-03-31T12:00:00.500", "2005-03-31T12:00:00.5"),
        ("2005-03-31T12:00:10.0", "2005-03-31T12:00:10"),
        ("2005-03-31T12:00:00+14:00", "2005-03-30T22:00:00Z"),
        ("2005-03-31T12:00:00-14:00", "2005-04-01T02:00:00Z"),
        ("2005-03-31T12:00:00+05:59", "2005-03-31T06:01:00Z"),
        ("2005-03-31T12:00:00+00:00", "2005-03-31T12:00:00Z"),
        ("0001-01-01T14:00:00+14:00", "0001-01-01T00:00:00Z"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert parse_moment(text) == moment


UTC = dt.UTC
JAPAN = dt.timezone(dt.timedelta(hours=9))


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (dt.datetime(2005, 3, 31, 12), "2005-03-31T12:00:00"),
        (dt.datetime(2005, 3, 31, 12, tzinfo=UTC), "2005-03-31T12:00:00Z"),
        (dt.datetime(2005, 3, 31, 12, tzinfo=JAPAN), "2005-03-31T03:00:00Z"),
        (dt.datetime(2005, 3, 31, 12, 0, 0, 500_000), "2005-03-31T12:00:00.5"),
    ],
)
def test_times_of_python(value: dt.datetime, moment: str) -> None:
    assert Instant(value).moment == moment
    assert Duration(value, "9999-01-01T00:00:00Z").start == moment
    assert Duration("1900-01-01", value).end == moment


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (lambda: parse_moment("today"), "expected a date and time like 2005-04-01T00:00:00, got 'today'"),
        (lambda: parse_moment("2005-03-31T24:00:01"), "hour 24 stands only for midnight, got '2005-03-31T24:00:01'"),
        (lambda: parse_moment("2005-03-31T24:00:00.1"), "hour 24 stands only for midnight"),
        (lambda: parse_moment("2005-03-31T24:01:00"), "hour 24 stands only for midnight"),
        (
            lambda: parse_moment("2005-03-31T25:00:00"),
            "'2005-03-31T25:00:00' is no date and time: hour must",
        ),
        (lambda: parse_moment("2005-02-30T00:00:00"), "'2005-02-30' is no date: day is out of range"),
        (
            lambda: parse_moment("2005-03-31T12:00:00+14:01"),
            "the zone +14:01 of '2005-03-31T12:00:00+14:01' is no",
        ),
        (lambda: parse_moment("2005-03-31T12:00:00+01:60"), "the zone +01:60 of"),
        (
            lambda: parse_moment("0001-01-01T00:00:00+00:01"),
            "'0001-01-01T00:00:00+00:01' lies beyond the calendar",
        ),
        (lambda: Instant("9999-12-31"), "the day after 9999-12-31 is beyond the calendar"),
        (lambda: Duration("2005-04-01", "2005-03-31"), "a period ends after it starts, got 2005-04-01 to 2005-03-31"),
        (lambda: Duration("2005-04-01T00:00:00Z", "2005-04-01T00:00:00Z"), "a period ends after it starts"),
        (lambda: Duration("2005-04-01T00:00:00.5", "2005-04-01T00:00:00.25"), "a period ends after it starts"),
        (lambda: Duration("2005-04-01T00:00:00.25Z", "2005-04-01T00:00:00.2Z"), "a period ends after it starts"),
        (lambda: Duration("2005-04-01T00:00:00.9Z", "2005-04-01T00:00:00.1Z"), "a period ends after it starts"),
        (lambda: Duration.month(2005, 13), "2005-13 is no month: month must be in 1..12"),
        (lambda: Duration.month(9999, 12), "the month lies at the end of the calendar"),
        (
            lambda: parse_oim_period("2005-04-01T00:00:00.0"),
            "'2005-04-01T00:00:00.0' is not in canonical form, expected '2005-04-01T00:00:00'",
        ),
        (lambda: parse_oim_period("2005-04-01T00:00:00/2006-04-01T00:00:00.0"), "is not in canonical form"),
        (lambda: parse_xml_date("31.3.2005", is_end=True), "expected a date like 2005-03-31, got '31.3.2005'"),
        (lambda: parse_xml_date("\u00a02005-03-31", is_end=True), "expected a date like 2005-03-31"),
    ],
)
def test_refusals_say_why(work: Callable[[], Any], message: str) -> None:
    with pytest.raises(ModelError, match=f"^.*{re.escape(message)}"):
        work()


def test_a_period_of_a_fraction_of_a_second() -> None:
    assert Duration("2005-04-01T00:00:00.25", "2005-04-01T00:00:00.5").oim.endswith("00.5")
    assert Duration("2005-04-01T00:00:00", "2005-04-01T00:00:00.5").start == "2005-04-01T00:00:00"
    assert Duration("2005-04-01T00:00:00Z", "2005-04-01T00:00:00.5Z").start == "2005-04-01T00:00:00Z"
    assert Duration("2005-04-02", "2005-04-01T12:00:00Z").start == "2005-04-02T00:00:00"  # cannot be compared


@pytest.mark.parametrize(
    ("end", "last_day"),
    [
        ("2005-04-01T00:00:00", dt.date(2005, 3, 31)),
        ("2005-04-01T00:00:00Z", dt.date(2005, 3, 31)),
        ("2005-04-01T00:00:01", dt.date(2005, 4, 1)),
        ("2005-04-01T12:00:00Z", dt.date(2005, 4, 1)),
    ],
)
def test_the_last_day(end: str, last_day: dt.date) -> None:
    assert Duration("2004-04-01T00:00:00", end).last_day == last_day


def test_months() -> None:
    assert Duration.month(2004, 2) == Duration("2004-02-01", "2004-02-29")
    assert Duration.month(2004, 12) == Duration("2004-12-01", "2004-12-31")
    assert Duration.month(9999, 11) == Duration("9999-11-01", "9999-11-30")


def test_dates_of_xbrl() -> None:
    assert parse_xml_date(" \t2005-04-01\r\n", is_end=False) == "2005-04-01T00:00:00"
    assert parse_xml_date("\n2005-03-31Z", is_end=True) == "2005-04-01T00:00:00Z"
    assert parse_xml_date("2005-03-31+09:00", is_end=True) == "2005-03-31T15:00:00Z"
    assert parse_xml_date("2005-03-31T12:00:00", is_end=True) == "2005-03-31T12:00:00"
    assert (xml_start("2005-04-01T00:00:00"), xml_end("2005-04-01T00:00:00")) == ("2005-04-01", "2005-03-31")
    assert xml_end("0001-01-01T00:00:00") == "0001-01-01T00:00:00"
