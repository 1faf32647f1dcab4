"""The numbers, amounts, dates and counts of a text, and what each states."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.items.values.printed import PrintedValue, SurfaceKind, find_values, fold
from tests.support.steps import steps


def only(text: str) -> PrintedValue:
    [found] = [surface for surface in find_values(text) if not surface.within]
    assert text[found.span.start : found.span.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "inside", "amount", "decimals", "currency"),
    [
        ("¥34.4 billion", "34.4", "34400000000", -8, "JPY"),
        ("(15.6) billion yen", "15.6", "-15600000000", -8, "JPY"),
        ("JPY 2.1 billion", "2.1", "2100000000", -8, "JPY"),
        ("34.4億円", "34.4", "3440000000", -7, "JPY"),
        ("12円5銭", "12円5銭", "12.05", 2, "JPY"),
        ("△1,234百万円", "1,234", "-1234000000", -6, "JPY"),
        ("US$ (12) million", "12", "-12000000", -6, "USD"),
        ("3.5 million euros", "3.5", "3500000", -5, "EUR"),
        ("€5bn", "5", "5000000000", -9, "EUR"),
        ("per \\$1.00", "1.00", "1.00", 2, "USD"),
        ("１，２３４千円", "１，２３４", "1234000", -3, "JPY"),
        ("−5.25", "5.25", "-5.25", 2, None),
        ("1,234,567.89", "1,234,567.89", "1234567.89", 2, None),
    ],
)
def test_amounts(text: str, inside: str, amount: str, decimals: int, currency: str | None) -> None:
    found = only(text)
    scale = found.scale or 0
    assert found.text == inside
    assert found.amount(scale) == Decimal(amount)
    assert decimals in found.accuracies(scale)
    assert (currency in found.currencies) if currency else not found.currencies
    assert found.negative == amount.startswith("-")


@pytest.mark.parametrize(("text", "power"), [("31.6%", -2), ("5 per cent.", -2), ("31.6 percent", -2), ("25 bps", -4)])
def test_percentages(text: str, power: int) -> None:
    assert only(text).percent == power


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("March 31, 2005", SurfaceKind.DATE, "2005-03-31"),
        ("Mar. 31, 2005", SurfaceKind.DATE, "2005-03-31"),
        ("31 March 2005", SurfaceKind.DATE, "2005-03-31"),
        ("31st of March 2005", SurfaceKind.DATE, "2005-03-31"),
        ("2005-03-31", SurfaceKind.DATE, "2005-03-31"),
        ("2005年3月31日", SurfaceKind.DATE, "2005-03-31"),
        ("平成17年3月31日", SurfaceKind.DATE, "2005-03-31"),
        ("令和元年5月1日", SurfaceKind.DATE, "2019-05-01"),
        ("September 2003", SurfaceKind.MONTH, "2003-09"),
        ("2005年3月", SurfaceKind.MONTH, "2005-03"),
        ("March 31", SurfaceKind.MONTH_DAY, "--03-31"),
        ("3月31日", SurfaceKind.MONTH_DAY, "--03-31"),
        ("2005", SurfaceKind.YEAR, "2005"),
        ("平成17年", SurfaceKind.YEAR, "2005"),
        ("☒", SurfaceKind.BOX, "true"),
        ("twenty-five", SurfaceKind.WORDS, Decimal(25)),
        ("one hundred and twenty", SurfaceKind.WORDS, Decimal(120)),
    ],
)
def test_dates_and_words(text: str, kind: SurfaceKind, value: object) -> None:
    found = only(text)
    assert (found.kind, found.value, found.text) == (kind, value, text)


def test_parts_of_a_date_are_within_it() -> None:
    whole, day, year = find_values("March 31, 2005")
    assert not whole.within
    assert (day.value, year.value) == ("--03-31", "2005")
    assert day.within
    assert year.within


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("the fiscal year ended March 31, 2005", 12),
        ("three months ended June 30, 2005", 3),
        ("the quarter ended June 30, 2005", 3),
        ("the year to March 2005", 12),
        ("2005年3月期", 12),
        ("on March 31, 2005", None),
    ],
)
def test_a_date_may_end_a_period(text: str, months: int | None) -> None:
    assert next(surface for surface in find_values(text) if surface.kind is not SurfaceKind.WORDS).months == months


@pytest.mark.parametrize("text", ["IPv6", "Form 20-F", "3G", "B2B"])
def test_digits_in_words_are_attached(text: str) -> None:
    assert only(text).attached


def test_a_hyphen_between_digits_is_no_minus() -> None:
    assert [surface.negative for surface in find_values("pages 5-10")] == [False, False]


def test_a_parenthesis_that_holds_more_is_no_sign() -> None:
    loss = next(surface for surface in find_values("(down from ¥15.6 billion)") if surface.kind is SurfaceKind.NUMBER)
    assert not loss.negative


def test_two_cells_are_no_date() -> None:
    assert [surface.kind for surface in find_values("March 31,\t2005")] == [SurfaceKind.MONTH_DAY, SurfaceKind.YEAR]


def test_impossible_dates_are_none() -> None:
    assert all(surface.kind is not SurfaceKind.DATE for surface in find_values("February 30, 2005; 2005-13-01"))


@given(st.text(alphabet="0123456789,.()-△¥$%円年月日万億 \t\nMarchOnetwobillion12'", max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_sound_surfaces(text: str) -> None:
    found = [surface for surface in find_values(text) if not surface.within]
    assert len(fold(text)) == len(text)
    for surface in found:
        assert text[surface.span.start : surface.span.end] == surface.text
        assert surface.outer.start <= surface.span.start
        assert surface.span.end <= surface.outer.end <= len(text)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@pytest.mark.parametrize("piece", ["1,234 ", "(", "one ", "March ", "9", "¥ ", "1 000 ", "2005年", "12円 "])
def test_the_cost_grows_with_the_text(piece: str) -> None:
    """The steps are counted; a search whose cost they do not show would not come to an end in the longest text."""

    def cost(times: int) -> int:
        return steps(lambda: find_values(piece * times))

    cost(1)
    assert cost(2_000) < 6 * cost(500) + 100
    find_values(piece * 20_000)
