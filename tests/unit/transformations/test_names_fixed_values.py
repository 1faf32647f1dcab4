"""Rules with one value for any text, and boxes."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("2:nocontent", "anything", ""),
    ("2:booleantrue", "", "true"),
    ("2:booleanfalse", "x", "false"),
    ("4:fixed-zero", "nil", "0"),
    ("4:fixed-zero", "", "0"),
    ("4:fixed-empty", "n/a", ""),
    ("4:fixed-true", "☐", "true"),
    ("4:fixed-false", "☒", "false"),
    ("sec:numinf", "x", "INF"),
    ("sec:numneginf", "x", "-INF"),
    ("sec:numnan", "x", "NaN"),
    ("sec:boolballotbox", "☐", "false"),
    ("sec:boolballotbox", " ☑ ", "true"),
    ("sec:boolballotbox", "☒", "true"),
    ("sec:boolballotbox", "X", None),
    ("sec:boolballotbox", "☒☒", None),
    ("sec:yesnoballotbox", "☒", "Yes"),
    ("sec:yesnoballotbox", "☐", "No"),
    ("sec:yesnoballotbox", "", None),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
