"""Hindi dates and the Saka calendar: leap years, and the century of short years."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("3:datedaymonthyearin", "१९ ०९ २०१२", "2012-09-19"),
    ("3:datedaymonthyearin", "19 09 2012", None),
    ("4:date-day-monthname-year-hi", "१९ ०९ २०१२", None),
    ("4:date-day-monthname-year-hi", "30 नवंबर 2024", "2024-11-30"),
    ("4:date-day-monthname-year-hi", "31 नवंबर 2024", None),
    ("4:date-monthname-year-hi", "दिसंबर २०२४", "2024-12"),
    ("4:date-monthname-year-hi", "दिसंबर २०२", None),
    ("4:date-ind-day-monthname-year-hi", "1 Chaitra 1926", "2004-03-21"),
    ("4:date-ind-day-monthname-year-hi", "31 Chaitra 1926", "2004-04-20"),
    ("4:date-ind-day-monthname-year-hi", "31 Chaitra 1925", None),
    ("4:date-ind-day-monthname-year-hi", "1 Chaitra 1925", "2003-03-22"),
    ("4:date-ind-day-monthname-year-hi", "31 Bhadra 1921", "1999-09-22"),
    ("4:date-ind-day-monthname-year-hi", "31 Ashwin 1921", None),
    ("4:date-ind-day-monthname-year-hi", "5 Magha 21", "2000-01-25"),
    ("4:date-ind-day-monthname-year-hi", "10 Pausa 21", "2099-12-31"),
    ("4:date-ind-day-monthname-year-hi", "0 Magha 1921", None),
    ("4:date-ind-day-monthname-year-hi", "30 फाल्गुन १९२१", "2000-03-20"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
