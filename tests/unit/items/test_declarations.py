"""Labels made from names."""

from __future__ import annotations

import pytest

from exporter.items.declarations import words


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("NetLossOfYear", "Net Loss Of Year"),
        ("ADSRatio", "ADS Ratio"),
        ("Item3D", "Item3 D"),
        ("Plain", "Plain"),
    ],
)
def test_a_label_is_made_from_a_name(name: str, label: str) -> None:
    assert words(name) == label
