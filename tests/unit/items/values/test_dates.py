"""Dates, months, days of the year and periods as people write them."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.items.values import Month, MonthDay, parse_date, parse_period, print_date, print_period
from exporter.model import Duration, Instant

DAY = dt.date(2005, 3, 31)
FISCAL_2005 = Duration("2004-04-01", "2005-03-31")


@pytest.mark.parametrize(
    "text",
    [
        "2005-03-31", "March 31, 2005", "March 31,2005", "March 31 2005", "31 March 2005", "31st of March, 2005",
        "Mar. 31, 2005", "MAR 31, 2005", "march 31st, 2005", "2005年3月31日", "2005年 3月 31日", "２００５年３月３１日",
        "平成17年3月31日", "平成１７年３月３１日", "㍻17年3月31日", "2005/3/31", "2005/03/31", "2005.3.31",
        " 2005-03-31 ",
        "March\u00a031, 2005",
    ],
)  # fmt: skip
def test_dates_are_read(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("平成32年3月31日", dt.date(2020, 3, 31)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("平成元年1月8日", dt.date(1989, 1, 8)),
        ("大正15年12月24日", dt.date(1926, 12, 24)),
        ("明治45年7月29日", dt.date(1912, 7, 29)),
        ("Sept. 1, 2003", dt.date(2003, 9, 1)),
        ("February 29, 2004", dt.date(2004, 2, 29)),
    ],
)
def test_eras_and_leap_days(text: str, date: dt.date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("03/04/2005", "may be 2005-04-03 or 2005-03-04"),
        ("13/04/2005", "write 2005-04-13"),
        ("31.3.2005", "write 2005-03-31"),
        ("05-03-31", "more than one order"),
        ("3/4/05", "more than one order"),
        ("March 31, 05", "expected"),
        ("March 2005", "write the day too"),
        ("2005-3-31", "write 2005-03-31"),
        ("20050331", "expected"),
        ("February 29, 2005", "no day 29"),
        ("2005-02-30", "no day 30"),
        ("2005-13-01", "month 13"),
        ("0000-01-01", "month 1 of 0"),
        ("Marsh 31, 2005", "no month"),
        ("March 31th, 2005", "no ordinal"),
        ("平成元年1月7日", "before the era"),
        ("平成0年3月31日", "begin with 1"),
        ("2005-03-31T00:00:00", "expected"),
        ("Not applicable", "expected"),
        ("٢٠٠٥-٠٣-٣١", "expected"),
        ("", "expected"),
        ("1" * 500, "too long"),
    ],
)
def test_dates_are_refused(text: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        parse_date(text)


def test_dates_are_printed() -> None:
    assert print_date(DAY) == "March 31, 2005"
    assert print_date(DAY, "ja") == "2005年3月31日"


@pytest.mark.parametrize(
    "text", ["2003-09", "September 2003", "Sep 2003", "Sept. 2003", "September, 2003", "2003年9月", "平成15年9月"]
)
def test_months_are_read(text: str) -> None:
    month = Month.parse(text)
    assert month == Month(2003, 9)
    assert str(month) == "2003-09"
    assert month.duration == Duration("2003-09-01", "2003-09-30")
    assert dt.date(2003, 9, 30) in month
    assert DAY not in month


@pytest.mark.parametrize("text", ["2003-9", "09/2003", "2003-13", "2003", "September", "2003-09-01", "平成元年0月"])
def test_months_are_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read .* as a month"):
        Month.parse(text)


def test_months_are_ordered_and_checked() -> None:
    assert Month(2003, 12) < Month(2004, 1)
    assert Month(2004, 2).last_day.day == 29
    assert Month(1900, 2).last_day.day == 28
    wrongs: list[Any] = [(2003, 0), (0, 1), (10000, 1), ("2003", 9), (2003, True), (2003, 9.0)]
    for wrong in wrongs:
        with pytest.raises(ModelError):
            Month(*wrong)


@pytest.mark.parametrize("text", ["--03-31", "March 31", "31 March", "Mar. 31st", "3月31日", "３月３１日"])
def test_days_of_the_year_are_read(text: str) -> None:
    assert MonthDay.parse(text) == MonthDay(3, 31)
    assert str(MonthDay(3, 31)) == "--03-31"


@pytest.mark.parametrize("text", ["03-31", "3/31", "--02-30", "March", "31", "--3-31", "April 31"])
def test_days_of_the_year_are_refused(text: str) -> None:
    with pytest.raises(ModelError):
        MonthDay.parse(text)


def test_a_day_in_a_year() -> None:
    assert MonthDay(2, 29).in_year(2004) == dt.date(2004, 2, 29)
    with pytest.raises(ModelError, match="no day 29"):
        MonthDay(2, 29).in_year(2005)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("as of March 31, 2005", Instant("2005-03-31")),
        ("As at 31 March 2005", Instant("2005-03-31")),
        ("2005年3月31日現在", Instant("2005-03-31")),
        ("2005-04-01T00:00:00", Instant("2005-03-31")),
        ("2004-04-01T00:00:00/2005-04-01T00:00:00", FISCAL_2005),
        ("2004-04-01 to 2005-03-31", FISCAL_2005),
        ("2004-04-01/2005-03-31", FISCAL_2005),
        ("2004-04-01 – 2005-03-31", FISCAL_2005),
        ("from April 1, 2004 to March 31, 2005", FISCAL_2005),
        ("April 1, 2004 through March 31, 2005", FISCAL_2005),
        ("April 1, 2004–March 31, 2005", FISCAL_2005),
        ("2004年4月1日から2005年3月31日まで", FISCAL_2005),
        ("平成16年4月1日～平成17年3月31日", FISCAL_2005),
        ("fiscal year ended March 31, 2005", FISCAL_2005),
        ("for the fiscal year ended March 31, 2005", FISCAL_2005),
        ("the year ended 31 March 2005", FISCAL_2005),
        ("twelve months ended March 31, 2005", FISCAL_2005),
        ("2005年3月期", FISCAL_2005),
        ("平成17年3月期", FISCAL_2005),
        ("2005年3月31日に終了した1年間", FISCAL_2005),
        ("2005年3月31日に終了した連結会計年度", FISCAL_2005),
        ("three months ended June 30, 2005", Duration("2005-04-01", "2005-06-30")),
        ("quarter ended June 30, 2005", Duration("2005-04-01", "2005-06-30")),
        ("six months ended February 28, 2005", Duration("2004-09-01", "2005-02-28")),
        ("nine-month period ended December 31, 2004", Duration("2004-04-01", "2004-12-31")),
        ("fiscal year ended February 29, 2004", Duration("2003-03-01", "2004-02-29")),
        ("2005-01", Duration.month(2005, 1)),
        ("January 2005", Duration.month(2005, 1)),
        ("month of January 2005", Duration.month(2005, 1)),
        ("2005年1月", Duration.month(2005, 1)),
        ("2005-06-24", Duration.day("2005-06-24")),
        ("June 24, 2005", Duration.day("2005-06-24")),
        ("year 2004", Duration("2004-01-01", "2004-12-31")),
        ("calendar year 2004", Duration("2004-01-01", "2004-12-31")),
        ("2004年", Duration("2004-01-01", "2004-12-31")),
    ],
)
def test_periods_are_read(text: str, period: Any) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2005", "where the year begins"),
        ("FY2005", "where the year begins"),
        ("fiscal year 2005", "where the year begins"),
        ("2004年度", "where the year begins"),
        ("fiscal year ended September 25, 2004", "not the last day of a month"),
        ("six months ended February 28, 2004", "not the last day of a month"),
        ("2005-03-31 to 2004-04-01", "ends after it starts"),
        ("03/04/2005 to 04/04/2005", "may be 2005-04-03 or 2005-03-04"),
        ("July (through July 29, 2005)", "cannot read"),
        ("through July 29, 2005", "cannot read"),
        ("year ended December 31, 0001", None),
        ("six months ended March 31, 0001", "before the calendar"),
        ("currently", "expected"),
        ("", "expected"),
    ],
)
def test_periods_are_refused(text: str, message: str | None) -> None:
    if message is None:
        assert parse_period(text) == Duration("0001-01-01", "0001-12-31")
        return
    with pytest.raises(ModelError, match=message):
        parse_period(text)


def test_a_refusal_names_the_text_once() -> None:
    with pytest.raises(ModelError) as caught:
        parse_period("currently")
    assert str(caught.value).count("currently") == 1
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_periods_are_printed() -> None:
    assert print_period(Instant("2005-03-31")) == "as of March 31, 2005"
    assert print_period(FISCAL_2005) == "year ended March 31, 2005"
    assert print_period(FISCAL_2005, "ja") == "2005年3月31日に終了した1年間"
    assert print_period(Duration("2024-12-29", "2025-12-27")) == "December 29, 2024 to December 27, 2025"
    noon = Instant("2005-03-31T12:00:00")
    assert parse_period(print_period(noon)) == noon
