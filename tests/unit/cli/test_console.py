"""Tables that fit the screen."""

from __future__ import annotations

import pytest

from exporter.cli.console import folded


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("NoonBuyingRateAverage", 12, ["NoonBuying", "RateAverage"]),
        ("2004-04-01/2005-03-31", 11, ["2004-04-01/", "2005-03-31"]),
        ("JPY / iso4217:USD", 9, ["JPY /", "iso4217:", "USD"]),
        ("short", 9, ["short"]),
        ("", 9, [""]),
    ],
)
def test_long_cells_break_between_the_parts_of_a_name(text: str, width: int, lines: list[str]) -> None:
    assert folded(text, width).split("\n") == lines
