"""What a table says once for all its figures."""

from __future__ import annotations

import pytest

from exporter.tagging.scales import currencies_in, is_per_share_head, is_percent_head, scale_in


@pytest.mark.parametrize(
    ("head", "scale"),
    [
        ("(in millions)", 6),
        ("The table is in millions of yen.", 6),
        ("Millions of yen", 6),
        ("Thousands of U.S. dollars", 3),
        ("¥ in billions", 9),
        ("($ millions, except per share data)", 6),
        ("US$'000", 3),
        ("（単位：百万円）", 6),
        ("単位：千株", 3),
        ("(億円)", 8),
        ("Revenues", None),
        ("High", None),
    ],
)
def test_scales(head: str, scale: int | None) -> None:
    assert scale_in(head) == scale


def test_currencies_and_units() -> None:
    assert currencies_in("Thousands of U.S. dollars") == {"USD"}
    assert "JPY" in currencies_in("（単位：百万円）")
    assert currencies_in("Revenues") == frozenset()
    assert is_percent_head("Share (%)")
    assert is_per_share_head("Net income per share")
    assert not is_percent_head("Revenues")
