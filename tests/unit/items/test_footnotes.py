"""Footnotes to items."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.items.footnotes import Footnote


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": 5},
        {"text": "a", "language": "not a tag"},
        {"text": "a", "language": 5},
        {"text": "a", "marker": 5},
        {"text": "a", "fields": "loss"},
    ],
)
def test_what_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        Footnote(**arguments)


def test_the_order_of_fields_and_the_marker_have_no_meaning() -> None:
    one, other = Footnote("a", fields=("x", "y", "x"), marker="(1)"), Footnote("a", fields=["y", "x"])
    assert one == other
    assert hash(one) == hash(other)
    assert one.fields == ("x", "y")
    assert Footnote("a", "en") != Footnote("a")
