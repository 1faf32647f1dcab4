"""Ends of calendar quarters."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("sec:datequarterend", "Second quarter 2024", "2024-06-30"),
    ("sec:datequarterend", "Q2 2024", "2024-06-30"),
    ("sec:datequarterend", "2024 Q4", "2024-12-31"),
    ("sec:datequarterend", "2024, first quarter", "2024-03-31"),
    ("sec:datequarterend", "Fifth quarter 2024", None),
    ("sec:datequarterend", "last quarter of 2023", "2023-12-31"),
    ("sec:datequarterend", "1 2024", "2024-03-31"),
    ("sec:datequarterend", "5 2024", None),
    ("sec:datequarterend", "quarter 2024", None),
    ("sec:datequarterend", "4th quarter 2024", "2024-12-31"),
    ("sec:datequarterend", "12 2024", None),
    ("sec:datequarterend", "first quarter 12024", None),
    ("sec:datequarterend", "20241", "2024-03-31"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
