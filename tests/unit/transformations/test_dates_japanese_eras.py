"""Dates of the Japanese eras, and the era of a day."""

from __future__ import annotations

import pytest

from exporter.transformations.dates import era_year
from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("4:date-jpn-era-year-month-day", "令和6年12月31日", "2024-12-31"),
    ("4:date-jpn-era-year-month-day", "令和元年5月1日", "2019-05-01"),
    ("4:date-jpn-era-year-month-day", "平 31 年 4 月 30 日", "2019-04-30"),
    ("4:date-jpn-era-year-month-day", "昭和６４年１月７日", "1989-01-07"),
    ("4:date-jpn-era-year-month-day", "昭和\u300064年1月7日", "1989-01-07"),
    ("4:date-jpn-era-year-month-day", "令和100年1月1日", None),
    ("4:date-jpn-era-year-month-day", "令和6年2月30日", None),
    ("4:date-jpn-era-year-month-day", "慶応4年1月1日", None),
    ("4:date-jpn-era-year-month", "大正15年12月", "1926-12"),
    ("4:date-jpn-era-year-month", "明治1年9月", "1868-09"),
    ("4:date-jpn-era-year-month", "令和6年13月", None),
    ("2:dateerayearmonthdayjp", "大10年1月2日", "1921-01-02"),
    ("2:dateerayearmonthjp", "平成22年5月", "2010-05"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("date", "era"),
    [
        ("2019-05-01", "令和元"),
        ("2019-04-30", "平成31"),
        ("1989-01-08", "平成元"),
        ("1989-01-07", "昭和64"),
        ("1926-12-24", "大正15"),
        ("1912-07-29", "明治45"),
        ("1873-01-01", "明治6"),
        ("1872-12-31", None),
    ],
)
def test_a_day_belongs_to_the_era_that_had_begun(date: str, era: str | None) -> None:
    assert era_year(date) == era
