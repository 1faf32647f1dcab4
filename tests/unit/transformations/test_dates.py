"""Dates in figures: the order of the parts, short years, digits of other scripts, days that do not exist."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("1:dateslashus", "12/31/2024", "2024-12-31"),
    ("1:dateslasheu", "31/12/24", "2024-12-31"),
    ("1:datedotus", "12.31.2024", "2024-12-31"),
    ("1:datedoteu", "31.12.2024", "2024-12-31"),
    ("1:dateslashus", "31/12/2024", None),
    ("1:dateslashus", "12-31-2024", None),
    ("1:dateslashdaymontheu", "31/12", "--12-31"),
    ("1:dateslashmonthdayus", "2/29", "--02-29"),
    ("1:dateslashmonthdayus", "2/30", None),
    ("2:datedaymonth", "30/02", None),
    ("2:datemonthdayyear", "12/31/9", "2009-12-31"),
    ("2:dateyearmonthdaycjk", "2024 年 12 月 31 日", "2024-12-31"),
    ("2:dateyearmonthcjk", "２０２４年１２月", "2024-12"),
    ("3:datemonthyear", "0/2024", None),
    ("3:dateyearmonthday", "2024/2/29", "2024-02-29"),
    ("3:dateyearmonthday", "2023/2/29", None),
    ("4:date-day-month-year", "31.12.2024", "2024-12-31"),
    ("4:date-day-month-year", "31.12.224", None),
    ("4:date-day-month-year", "१९ ०९ २०१२", "2012-09-19"),
    ("4:date-year-month-day", "２０２４年１２月３１日", "2024-12-31"),
    ("4:date-year-month-day", "0000-01-01", None),
    ("4:date-month-day", "12/31st", "--12-31"),
    ("4:date-year-month", "2024年12月", "2024-12"),
    ("4:date-month-year", "12/2024", "2024-12"),
    ("4:date-day-month", "31 of 12", "--12-31"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
