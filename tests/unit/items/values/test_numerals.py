"""Numbers as they are given: what is refused, and what the refusal says; places, signs, myriads."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from exporter.errors import ModelError
from exporter.items.values.numerals import (
    Numeral,
    check_blanks,
    exact_number,
    last_place,
    myriad,
    read_myriads,
)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (107.22, "a float is refused, for it is not exact: 107.22 is stored as 107.2199999999999988631316"),
        (float("nan"), "a float is refused, for it is not exact; write the number as text, such as '107.22'"),
        (1e15, "a float is refused, for it is not exact; write the number as text"),
        (1e300, "a float is refused, for it is not exact; write the number as text"),
        (b"1", "expected a number as text, Decimal or int, got bytes b'1'"),
        (
            "¥1,234",
            (
                "expected plain digits such as '1234.50', got '¥1,234'; parse() reads printed forms "
                "(grouping, currency signs, scale words, parentheses)"
            ),
        ),
    ],
)
def test_what_is_no_number(number: object, message: str) -> None:
    with pytest.raises(ModelError, match=re.escape(message)):
        exact_number(number)  # type: ignore[arg-type]


def test_the_stored_value_of_a_float_is_cut() -> None:
    with pytest.raises(ModelError) as caught:
        exact_number(0.1)  # type: ignore[arg-type]
    exact = str(caught.value).partition("exact")[2].partition("; write")[0]
    assert len(exact) == 60


@pytest.mark.parametrize(
    ("number", "place"), [("1.50", 1), ("100", -2), ("1E3", -3), ("0.25", 2), ("NaN", 0), ("Infinity", 0)]
)
def test_the_last_place(number: str, place: int) -> None:
    assert last_place(Decimal(number)) == place


def test_zero_has_no_sign() -> None:
    for zero in ("0", "0.00", "-0"):
        negated = Numeral(Decimal(zero), 0, 0).negated()
        assert str(negated.value) == "0"
    assert Numeral(Decimal(5), -3, 3).negated() == Numeral(Decimal(-5), -3, 3)


def test_myriads_are_in_order() -> None:
    numeral = read_myriads([("3", 8), ("4500", 4)])
    assert numeral.value == 345_000_000
    for parts in ([("3", 4), ("4500", 8)], [("3", 8), ("10000", 4)]):
        with pytest.raises(ModelError):
            read_myriads([*parts])
    assert read_myriads([("3", 8), ("9999", 4)]).value == 399_990_000
    assert myriad("億") == 8


def test_blanks_between_digits() -> None:
    with pytest.raises(ModelError, match=r"^blanks stand between the digits; write 1,234$"):
        check_blanks("1 234")
    message = "blanks stand between digits; group them by commas, 1,234, or give one number"
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        myriad("")
