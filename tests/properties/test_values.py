"""What is printed is read back; what is equal is equal by meaning; nothing is rounded."""

from __future__ import annotations

import contextlib
import datetime as dt
import pickle
from decimal import Decimal, localcontext
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import model
from exporter.errors import ModelError
from exporter.items import values
from exporter.items.values import Conventions, CurrencyPair, Money, Month, MonthDay, Percent, Rate, parse_rate
from exporter.items.values.languages import languages
from exporter.model.period import Instant
from exporter.testing import values as those

LANGUAGES = st.sampled_from(languages())
NEGATIVES = st.sampled_from(["minus", "parentheses", "triangle"])


@settings(max_examples=300, deadline=None)
@given(those.amounts, LANGUAGES, NEGATIVES)
def test_what_is_printed_is_read_back(amount: Any, language: Any, negative: Any) -> None:
    words = Conventions(language=language)
    assert type(amount).parse(amount.printed(language, negative=negative), conventions=words) == amount


@settings(max_examples=100, deadline=None)
@given(those.amounts, LANGUAGES)
def test_only_the_exactness_is_lost_in_print(amount: Any, language: Any) -> None:
    exact = attrs.evolve(amount, decimals=None)
    assert exact.value == amount.value
    assert (
        attrs.evolve(
            type(exact).parse(exact.printed(language), conventions=Conventions(language=language)), decimals=None
        )
        == exact
    )


@settings(max_examples=60, deadline=None)
@given(those.moneys, LANGUAGES)
def test_full_width_forms_read_the_same(money: Money, language: Any) -> None:
    wide = money.printed(language).translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert Money.parse(wide, conventions=Conventions(language=language)) == money


@settings(max_examples=100, deadline=None)
@given(those.amounts)
def test_copies_are_equal_whatever_the_scale(amount: Any) -> None:
    again = pickle.loads(pickle.dumps(amount))
    assert again == amount
    assert again.scale == amount.scale
    other = attrs.evolve(amount, scale=7)
    assert other == amount
    assert hash(other) == hash(amount)


@settings(max_examples=100, deadline=None)
@given(those.amounts)
def test_the_interval_is_centred_and_exact(amount: Any) -> None:
    low, high = amount.interval()
    with localcontext() as context:
        context.prec = 200
        assert low + high == 2 * amount.value
        assert high - low == Decimal(10) ** -amount.decimals
    exact = attrs.evolve(amount, decimals=None)
    assert exact.interval() == (amount.value, amount.value)


@settings(max_examples=100, deadline=None)
@given(those.numbers(), st.integers(1, 10))
def test_digits_finer_than_the_accuracy_are_refused(number: tuple[Decimal, int], finer: int) -> None:
    value, decimals = number
    with localcontext() as context:
        context.prec = 200
        finer_value = value + Decimal(10) ** -(decimals + finer)
    with pytest.raises(ModelError, match="finer"):
        Rate(finer_value, decimals)
    assert Rate(finer_value, decimals + finer).value == finer_value


@settings(max_examples=60, deadline=None)
@given(st.integers(-999, 999), st.integers(-990, 990))
def test_extreme_magnitudes(digits: int, power: int) -> None:
    value = Decimal((digits < 0, tuple(map(int, str(abs(digits)))), power))
    rate = Rate(value, -power)
    assert rate.value == value
    assert Rate.parse(rate.printed()) == rate


@settings(max_examples=60, deadline=None)
@given(those.numbers(digits=12, places=8))
def test_a_percentage_is_its_fraction(number: tuple[Decimal, int]) -> None:
    text = format(number[0], "f")
    percent = Percent(text)
    assert percent.percentage == number[0]
    assert Percent.of_fraction(percent.value, percent.decimals) == percent


@given(those.currency_pairs)
def test_pairs_are_read_back(pair: CurrencyPair) -> None:
    assert CurrencyPair.parse(str(pair)) == pair
    assert CurrencyPair.parse(f"{pair.quote}/{pair.base}") == pair
    assert pair.inverted().inverted() == pair != pair.inverted()


@settings(max_examples=60, deadline=None)
@given(those.rates, those.currency_pairs)
def test_quotations_are_read_back(rate: Rate, pair: CurrencyPair) -> None:
    printed = f"{pair.quote} {rate.printed()} per {pair.base} 1.00"
    assert values.parse_quotation(printed) == (rate, pair)
    assert parse_rate(printed, pair=pair) == rate


@given(those.dates.filter(lambda date: date.year >= 1000), LANGUAGES)
def test_dates_are_read_back(date: dt.date, language: Any) -> None:
    assert values.parse_date(values.print_date(date, language), language=language) == date
    assert values.parse_date(date.isoformat()) == date


@given(those.months, LANGUAGES)
def test_months_are_read_back(month: Month, language: Any) -> None:
    assert Month.parse(str(month)) == Month.parse(month.printed(language), language=language) == month
    assert values.parse_period(month.printed(language), language=language) == month.duration


@given(those.month_days, LANGUAGES)
def test_days_of_the_year_are_read_back(day: MonthDay, language: Any) -> None:
    assert MonthDay.parse(str(day)) == MonthDay.parse(day.printed(language), language=language) == day


@given(those.instants | those.durations, LANGUAGES)
def test_periods_are_read_back(period: Any, language: Any) -> None:
    assert values.parse_period(values.print_period(period, language), language=language) == period
    assert values.parse_period(period.oim) == period


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(those.amounts, those.entity_refs, those.unknowns, those.currency_pairs, those.months, those.month_days)
    | those.instants
    | those.durations
    | st.datetimes().map(Instant)
    | st.builds(Money.unit.fget, those.moneys)  # type: ignore[attr-defined]
)
def test_what_is_shown_in_python_is_the_value(value: Any) -> None:
    names = {name: getattr(values, name) for name in values.__all__}
    assert eval(repr(value), {**names, "Decimal": Decimal, **vars(model)}) == value


@given(st.integers(0, 10**15 - 1))
def test_counts_are_read_back(number: int) -> None:
    assert values.parse_count(f"{number:,}") == values.parse_count(values.spell_count(number)) == number


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,-−()△¥$円億万千百兆銭% xX×^年月日/~toJPYmilb'\u3000\u00a0　", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    readers = (
        values.parse_money, values.parse_percent, values.parse_rate, values.parse_ratio, values.parse_shares,
        values.parse_per_share, values.parse_quotation, values.parse_number, values.parse_count, values.parse_date,
        values.parse_period, Month.parse, MonthDay.parse, CurrencyPair.parse,
    )  # fmt: skip
    for reader in readers:
        with contextlib.suppress(ModelError):  # any other exception is a fault
            reader(text)
