"""Durations from numbers and from words."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("sec:duryear", "2.5", "P2Y6M"),
    ("sec:duryear", "0.5", "P0Y6M"),
    ("sec:duryear", "-1", "-P1Y"),
    ("sec:duryear", "22.3456", "P22Y4M4D"),
    ("sec:duryear", "0", "P0Y"),
    ("sec:duryear", "-0.001", "P0Y"),
    ("sec:duryear", "+3.", "P3Y"),
    ("sec:duryear", "1e3", None),
    ("sec:duryear", "three", None),
    ("sec:duryear", "2.1", "P2Y1M6D"),
    ("sec:durmonth", "22.3456", "P22M10D"),
    ("sec:durmonth", "18", "P18M"),
    ("sec:durmonth", "0.5", "P0M15D"),
    ("sec:durmonth", "0", "P0M"),
    ("sec:durweek", "22.3456", "P156D"),
    ("sec:durweek", "2", "P14D"),
    ("sec:durweek", "0", "P0D"),
    ("sec:durday", "0.5", "P0DT12H"),
    ("sec:durday", "30", "P30D"),
    ("sec:durday", "0", "P0D"),
    ("sec:durhour", "5.7", "PT5H"),
    ("sec:durhour", "0", "PT0H"),
    ("sec:durwordsen", "one-year", "P1Y"),
    ("sec:durwordsen", "three years", "P3Y"),
    ("sec:durwordsen", "ten-year", "P10Y"),
    ("sec:durwordsen", "5 years, 3 months", "P5Y3M"),
    ("sec:durwordsen", "five years and two months", "P5Y2M"),
    ("sec:durwordsen", "two years, six months, and 3 days", "P2Y6M3D"),
    ("sec:durwordsen", "zero days", "P0D"),
    ("sec:durwordsen", "no years", "P0D"),
    ("sec:durwordsen", "0 years", "P0Y"),
    ("sec:durwordsen", "30 days", "P30D"),
    ("sec:durwordsen", "twelve months", "P12M"),
    ("sec:durwordsen", "18-month", "P18M"),
    ("sec:durwordsen", "three months two years", None),
    ("sec:durwordsen", "three", None),
    ("sec:durwordsen", "weeks", None),
    ("sec:durwordsen", "two weeks", None),
    ("sec:durwordsen", "three years.", None),
    ("sec:durwordsen", "", None),
    ("sec:durwordsen", "one hundred twenty-five days", "P125D"),
    ("sec:durwordsen", "one-hundred-and-five days", None),
    ("sec:durwordsen", "three years and", None),
    ("sec:durwordsen", "12345 days", None),
    ("sec:durwordsen", "two years six months", "P2Y6M"),
    ("sec:durwordsen", "no years and two months", "P2M"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value


def test_a_long_number_stays_exact() -> None:
    years = "9" * 60
    assert read("sec:duryear", f"{years}.25") == f"P{years}Y3M"
