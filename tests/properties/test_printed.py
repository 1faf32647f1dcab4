"""Printed values in each language: what is printed reads back, and is found in running text as it is read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.items.values import (
    Conventions,
    Money,
    Percent,
    PerShare,
    ShareCount,
    parse_date,
    parse_money,
    parse_percent,
    parse_period,
    parse_shares,
    print_date,
    print_period,
)
from exporter.items.values.languages import get_language, languages
from exporter.items.values.printed import PrintedValue, find_values
from exporter.model.period import Duration, Instant

LANGUAGES = languages()
CURRENCIES = ("EUR", "USD", "JPY", "CHF", "GBP", "NOK", "INR")
DATES = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2099, 12, 30))


def numbers_in(text: str, language: str) -> list[PrintedValue]:
    """The numbers in a text, those of dates left out."""
    values = find_values(text, decimal_mark=get_language(language).decimal, language=language)
    return [value for value in values if value.is_number]


def in_sentence(printed: str, language: str) -> str:
    return f"({printed})" if get_language(language).blanks else f"（{printed}）"


@st.composite
def amounts(draw: st.DrawFn) -> tuple[Decimal, int]:
    """A number of at least three figures, which no year looks like, and its decimals."""
    decimals = draw(st.sampled_from((2, 1, 0, -3, -5, -6, -8)))
    digits = draw(st.integers(100, 999)) * draw(st.sampled_from((1, 1000)))
    return Decimal(digits).scaleb(-decimals), decimals


@pytest.mark.parametrize("language", LANGUAGES)
@given(amount=amounts(), currency=st.sampled_from(CURRENCIES))
def test_money_reads_back_and_is_found(language: str, amount: tuple[Decimal, int], currency: str) -> None:
    money = Money(amount[0], currency, amount[1])
    printed = money.printed(language)
    assert parse_money(printed, currency=currency, conventions=Conventions(language=language)) == money
    [value] = numbers_in(in_sentence(printed, language), language)
    assert value.amount(value.scale or 0) in (money.value, -money.value)  # parentheses are a sign as well
    assert currency in value.currencies


@pytest.mark.parametrize("language", LANGUAGES)
@given(tenths=st.integers(100, 999))
def test_percentages_shares_and_amounts_per_share_are_found(language: str, tenths: int) -> None:
    conventions = Conventions(language=language)
    percent, shares = Percent(Decimal(tenths) / 10, 4), ShareCount(tenths * 1000)
    per_share = PerShare(Decimal(tenths) / 100, "EUR", 2)
    assert parse_percent(percent.printed(language), conventions=conventions) == percent
    assert parse_shares(shares.printed(language), conventions=conventions) == shares
    [first] = numbers_in(percent.printed(language), language)
    [second] = numbers_in(shares.printed(language), language)
    assert (first.amount(-2), first.percent, second.value, second.is_shares) == (
        percent.value,
        -2,
        shares.value,
        True,
    )
    assert PerShare.parse(per_share.printed(language), conventions=conventions) == per_share
    *_, third = numbers_in(per_share.printed(language), language)  # 1株当たり has a number of its own
    assert third.value == per_share.value
    assert third.is_per_share or not get_language(language).blanks


@pytest.mark.parametrize("language", LANGUAGES)
@given(date=DATES)
def test_dates_read_back_and_are_found(language: str, date: dt.date) -> None:
    printed = print_date(date, language)
    assert parse_date(printed, language=language) == date
    found = [value for value in find_values(f"({printed})", language=language) if not value.within]
    assert [(str(value.kind), value.value) for value in found] == [("date", date.isoformat())]


@pytest.mark.parametrize("language", LANGUAGES)
@given(date=DATES, months=st.sampled_from((3, 6, 9, 12)))
def test_periods_read_back_and_their_lengths_are_found(language: str, date: dt.date, months: int) -> None:
    assert parse_period(print_period(Instant(date.isoformat()), language), language=language) == Instant(
        date.isoformat()
    )
    last = date.replace(day=1) - dt.timedelta(days=1)
    month = last.year * 12 + last.month - months
    period = Duration(dt.date(month // 12, month % 12 + 1, 1), last)
    printed = print_period(period, language)
    assert parse_period(printed, language=language) == period
    if get_language(language).blanks:
        [value] = [value for value in find_values(printed, language=language) if str(value.kind) == "date"]
        assert (value.value, value.months) == (last.isoformat(), months)
