"""Numbers as cells show them: places, per cent, scale and currency of a number format."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import ModelError
from exporter.sources.cells import (
    cell_name,
    cell_position,
    column_name,
    column_number,
    number_cell,
    scaled_cell,
    sheet_cell,
    split_sheet_cell,
)


@pytest.mark.parametrize(
    ("number", "code", "value", "decimals", "scale"),
    [
        (107.2, "0.00", "107.20", 2, None),
        (107.2, "General", "107.2", 1, None),
        (110.0, "General", "110", 0, None),
        (0.1 + 0.2, "General", "0.3", 1, None),
        (0.316, "0.0%", "0.316", 3, -2),
        (34_400_000_000, "#,##0,,", "34400000000", -6, 6),
        (34_400_000_000, "#,##0.0,,,", "34400000000", -8, 9),
        (34_400_000_000, "#,##0", "34400000000", 0, None),
        (-5.5, "#,##0.0_);(#,##0.0)", "-5.5", 1, None),
        (-5.55, "0.0;0.00", "-5.55", 2, None),
        (0, "0.0;-0.0;0", "0", 0, None),
        (12.5, "0.##", "12.5", 1, None),
        (12, "0.0#", "12.0", 1, None),
        (5, "[Red]0;[Blue]-0", "5", 0, None),
        (1234, '#,##0 "thousand"', "1234", 0, None),
        (1e22, "General", "10000000000000000000000", 0, None),
        (1e-7, "General", "0.0000001", 7, None),
        (1.5, "# ?/?", "1.5", 1, None),
        (1.5, "0.00E+00", "1.5", 1, None),
        (3, "", "3", 0, None),
    ],
)
def test_what_a_format_shows(number: float, code: str, value: str, decimals: int, scale: int | None) -> None:
    cell = number_cell(number, code)
    assert (cell.value, cell.decimals, cell.scale) == (Decimal(value), decimals, scale)


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$¥-411]#,##0", "¥"),
        ("#,##0 [$EUR]", "EUR"),
        ('"US$"#,##0', "US$"),
        ('#,##0 "JPY"', "JPY"),
        ("$#,##0", "$"),
        ("#,##0\\ €", "€"),
        ("#,##0", None),
        ('0.0"x"', None),
        ('#,##0,,"m"', None),
    ],
)
def test_the_currency_that_a_format_shows(code: str, currency: str | None) -> None:
    assert number_cell(5, code).currency == currency


def test_what_is_shown_is_the_value_and_what_is_held_is_known() -> None:
    cell = number_cell(0.31624, "0.0%")
    assert (cell.value, cell.text, cell.exact) == (Decimal("0.316"), "31.6%", Decimal("0.31624"))
    assert number_cell(2.5, "0").value == 3  # as spreadsheets round, away from zero
    assert number_cell(-2.5, "0").value == -3
    assert number_cell(0.316, "0.0%").exact is None


def test_digits_before_the_point_are_kept_as_text() -> None:
    assert number_cell(1090633, "0000000000").text == "0001090633"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_decimal_keeps_its_digits(number: Decimal) -> None:
    cell = number_cell(number)
    assert (cell.value, cell.decimals, cell.exact) == (number, 4, None)


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_a_binary_number_is_the_decimal_that_was_typed(digits: int, places: int) -> None:
    typed = Decimal(digits).scaleb(-places)
    cell = number_cell(float(typed))
    assert cell.value == typed
    assert cell.exact is None


def test_a_heading_scales_what_is_not_scaled_by_its_format() -> None:
    assert scaled_cell(number_cell(34_400), 6).value == 34_400_000_000
    assert scaled_cell(number_cell(34_400), 6).decimals == -6
    in_full = number_cell(34_400_000_000, "#,##0,,")
    assert scaled_cell(in_full, 6) is in_full
    with pytest.raises(ModelError, match=r"10\^6, where its heading says 10\^3"):
        scaled_cell(in_full, 3)


def test_names_of_cells() -> None:
    assert [cell_name(0, 0), cell_name(2, 25), cell_name(9, 26), cell_name(0, 702)] == ["A1", "Z3", "AA10", "AAA1"]
    assert cell_position("$AA$10") == (9, 26)
    assert cell_position("Rates") is None
    assert all(column_number(column_name(number)) == number for number in range(1000))


@given(st.text(min_size=1, max_size=31))
def test_sheets_are_quoted_where_they_must(sheet: str) -> None:
    assert split_sheet_cell(sheet_cell(sheet, "C7")) == (sheet, "C7")


def test_plain_names_of_sheets_are_not_quoted() -> None:
    assert sheet_cell("Rates", "C7") == "Rates!C7"
    assert sheet_cell("Bob's figures", "C7") == "'Bob''s figures'!C7"
