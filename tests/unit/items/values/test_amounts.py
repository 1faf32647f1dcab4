"""Amounts: exactness, accuracy, equality, printed forms."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import attrs
import pytest

from exporter.errors import ModelError
from exporter.items.values import Amount, Money, Percent, PerShare, Rate, Ratio, ShareCount
from exporter.items.values.phrases import Conventions
from exporter.model import Unit


def test_the_accuracy_is_taken_from_the_digits() -> None:
    assert Rate("110.90").decimals == 2
    assert Rate("110").decimals == 0
    assert Rate("110.").decimals == 0
    assert Rate(Decimal("110.90")).decimals == 2
    assert Rate(Decimal("1.1E+3")).decimals == 0
    assert Rate(110).decimals == 0
    assert Rate(".5").decimals == 1
    assert Percent("31.6").decimals == 3
    assert Percent("31.6", decimals=5).decimals == 5
    assert Percent("50", decimals=None).is_exact
    assert Money("5", "JPY", None).decimals is None
    assert Money("5", "JPY", decimals=-0).decimals == 0


@pytest.mark.parametrize("kind", [Amount, Rate, Ratio, ShareCount, Percent])
def test_no_float_no_boolean_no_infinity(kind: Any) -> None:
    with pytest.raises(ModelError, match="float is refused, for it is not exact"):
        kind(107.22)
    wrongs: list[Any] = [True, "1e5", "1_000", "１", " 1", "1 ", "", "1,000", "NaN", [], None]
    for wrong in [*wrongs, Decimal("NaN"), Decimal("Infinity")]:
        with pytest.raises(ModelError):
            kind(wrong)
    for huge in ("9" * 2000, 10**2000, Decimal("1E+2000"), Decimal("1E-2000")):
        with pytest.raises(ModelError, match="digits"):
            kind(huge)


def test_digits_finer_than_the_accuracy() -> None:
    with pytest.raises(ModelError, match="digits finer than decimals 2"):
        Rate("12.345", 2)
    with pytest.raises(ModelError, match="digits finer than decimals -8"):
        Money("34440000001", "JPY", -8)
    assert Rate("12.300", 1).value == Decimal("12.3")
    assert Money(0, "JPY", -8).value == 0


@pytest.mark.parametrize("wrong", ["2", 2.0, True, 1001, -1001])
def test_decimals_and_scale_are_whole_and_bounded(wrong: Any) -> None:
    with pytest.raises(ModelError, match="decimals"):
        Rate("0", wrong)
    with pytest.raises(ModelError, match="scale"):
        Rate("0", scale=wrong)


def test_equality_is_numeric_and_by_class() -> None:
    assert Rate("1.0", 1) == Rate("1.00", 1)
    assert hash(Rate("1.0", 1)) == hash(Rate("1.00", 1))
    assert Rate("1.0") != Rate("1.00")
    other: object = Ratio("1.0")
    assert Rate("1.0") != other
    assert Rate("1", scale=3) == Rate("1", scale=6)
    assert Money("1", "JPY") != Money("1", "USD")
    assert Rate("-0") == Rate("0")
    assert str(Rate("-0.00").value) == "0"


def test_values_do_not_change() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Rate("1").value = Decimal(2)  # type: ignore[misc]
    assert attrs.evolve(Percent("31.6"), decimals=4) == Percent("31.6", 4)
    assert copy.copy(Money("5", "JPY")) == Money("5", "JPY")


def test_currencies_are_checked() -> None:
    for kind in (Money, PerShare):
        with pytest.raises(ModelError, match="write 'JPY'"):
            kind("5", "yen")
        with pytest.raises(ModelError, match="capital letters"):
            kind("5", "jpy")
        with pytest.raises(ModelError, match="no currency"):
            kind("5", "XXX")
    assert Money("5", "DEM").currency == "DEM"


def test_percent_takes_one_of_two_numbers() -> None:
    assert Percent("31.6") == Percent(value="0.316") == Percent.of_fraction("0.316")
    assert Percent("31.6").value == Decimal("0.316")
    assert Percent(150).value == Decimal("1.5")
    with pytest.raises(ModelError, match="percentage"):
        Percent()
    with pytest.raises(ModelError, match="percentage"):
        Percent("31.6", value="0.316")


def test_units() -> None:
    assert Money("5", "JPY").unit == Unit.currency("JPY")
    assert PerShare("5", "JPY").unit == Unit.per_share("JPY")
    assert ShareCount(5).unit == Unit.shares()
    assert Rate("5").unit is Ratio("5").unit is Percent("5").unit is None


def test_intervals() -> None:
    assert Money.parse("¥34.4 billion").interval() == (Decimal(34_350_000_000), Decimal(34_450_000_000))
    assert Percent("31.6").interval() == (Decimal("0.3155"), Decimal("0.3165"))
    assert Rate("5", None).interval() == (Decimal(5), Decimal(5))
    wide = Rate("1" + "0" * 60)
    assert wide.interval()[1] - wide.value == Decimal("0.5")


@pytest.mark.parametrize(
    ("amount", "english", "japanese"),
    [
        (Money.parse("¥34.4 billion"), "¥34.4 billion", "344億円"),
        (Money("34400000000", "JPY", -8), "¥34.4 billion", "344億円"),
        (Money("34400000000", "JPY"), "¥34,400,000,000", "34,400,000,000円"),
        (Money("-1234000000", "JPY", -6), "−¥1,234 million", "−1,234百万円"),
        (Money("5000", "CHF", -3), "CHF 5 thousand", "5千スイスフラン"),
        (Money("1.00", "USD"), "US$1.00", "1.00米ドル"),
        (Money("1.50", "DEM"), "DEM 1.50", "DEM 1.50"),
        (Money("1.50", "USD", None), "US$1.5", "1.5米ドル"),
        (Money("5" + "0" * 20, "JPY", -20), "¥5 × 10^20", "5 × 10^20円"),
        (Percent("31.6"), "31.6%", "31.6%"),
        (Percent("-12.50"), "−12.50%", "−12.50%"),
        (Rate("110.90"), "110.90", "110.90"),
        (Ratio("0.5"), "0.5", "0.5"),
        (ShareCount(1), "1 share", "1株"),
        (ShareCount("1200000", -5), "1.2 million shares", "1.2百万株"),
        (PerShare("12.50", "JPY"), "¥12.50 per share", "1株当たり12.50円"),
    ],
)
def test_printed(amount: Any, english: str, japanese: str) -> None:
    assert amount.printed() == str(amount) == english
    assert amount.printed("ja") == japanese


def test_printed_on_demand() -> None:
    money = Money("-34400000000", "JPY", -6)
    assert money.printed(scale=9) == "−¥34.400 billion"
    assert money.printed("ja", scale=8, negative="triangle") == "△344.00億円"
    assert money.printed(negative="parentheses") == "(¥34,400 million)"
    assert PerShare("-1", "JPY").printed("ja", negative="triangle") == "1株当たり△1円"
    with pytest.raises(ModelError, match="claim more"):
        money.printed(scale=3)
    with pytest.raises(ModelError, match=r"'en', .*'nl', got 'tlh'"):
        money.printed("tlh")
    with pytest.raises(ModelError, match="'minus'"):
        money.printed(negative="red")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="scale -2"):
        Percent("5").printed(scale=-4)


@pytest.mark.parametrize(
    ("text", "grouped", "exact"),
    [
        ("EUR 1.234", "EUR 1,234", 'value: "1.234", decimals: 3, currency: EUR'),
        ("NOK (12.345)", "NOK (12,345)", 'value: "-12.345", decimals: 3, currency: NOK'),
        ("€1.234 million", "€1,234 million", 'value: "1234000", decimals: -3, currency: EUR'),
        ("JPY 1.234", "JPY 1,234", 'value: "1.234", decimals: 3, currency: JPY'),
        ("GBP 123.456", "GBP 123,456", 'value: "123.456", decimals: 3, currency: GBP'),
    ],
)
def test_a_point_that_may_group_thousands_is_refused(text: str, grouped: str, exact: str) -> None:
    with pytest.raises(ModelError) as caught:
        Money.parse(text)
    assert grouped in str(caught.value)
    assert exact in str(caught.value)
    assert Money.parse(grouped).value == Money.parse(text.replace(".", "")).value


@pytest.mark.parametrize(
    "text",
    [
        "EUR 0.125",
        "EUR 1.25",
        "EUR 1.2345",
        "EUR 1,234.567",
        "KWD 1.234",
        "GBP 1.234 million",
        "1.234百万円",
        "EUR 1234.567",
    ],
)
def test_a_point_that_can_only_be_a_decimal_mark(text: str) -> None:
    assert "." in f"{Money.parse(text).value / 10 ** (Money.parse(text).scale or 0)}"


def test_a_page_that_says_its_marks_is_believed() -> None:
    assert Money.parse("EUR 1.234", conventions=Conventions(default_currency="EUR")).value == Decimal("1.234")


@pytest.mark.parametrize(
    "amount",
    [Money("1.234", "EUR"), Money("-1234000", "EUR", decimals=-3, scale=6), Money("1.234", "JPY"), ShareCount("1.234")],
)
def test_no_printed_form_could_be_another_amount(amount: Any) -> None:
    assert type(amount).parse(amount.printed()) == amount


def test_shares_are_counted_in_whole_numbers() -> None:
    with pytest.raises(ModelError, match="write '1,234 shares' if it groups"):
        ShareCount.parse("1.234 shares")
    assert ShareCount.parse("1.234 million shares").value == 1_234_000
