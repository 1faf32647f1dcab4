"""Amounts as they are read and printed: accuracy and scale kept, signs, points that could group, what refusals say."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.items.values import Conventions, Money, Percent, PerShare, Rate, Ratio, ShareCount


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: Rate.parse("x"), "cannot read 'x' as a rate (such as 107.22): there are no digits in it"),
        (
            lambda: Rate.parse("107.22 yen"),
            "cannot read '107.22 yen' as a rate (such as 107.22): 'yen' stands after the number; expected the number",
        ),
        (
            lambda: Ratio.parse("3 pigs"),
            "as a ratio (such as 0.316): 'pigs' stands after the number; expected a number, perhaps with 'times'",
        ),
        (lambda: Money.parse("much"), "cannot read 'much' as an amount of money (such as ¥34.4 billion): there are no"),
        (lambda: PerShare.parse("much"), "cannot read 'much' as an amount per share (such as ¥12.50 per share): there"),
        (
            lambda: ShareCount.parse("12 pigs"),
            "shares (such as 12,345 shares): 'pigs' stands after the number; expected a number, perhaps with 'shares'",
        ),
        (
            lambda: ShareCount.parse("1.234 shares"),
            "write '1,234 shares' if it groups, {value: \"1.234\", decimals: 3} if it is a decimal mark",
        ),
        (
            lambda: Money.parse("¥1.234"),
            "write '¥1,234' if it groups, {value: \"1.234\", decimals: 3, currency: JPY} if it is a decimal mark",
        ),
        (
            lambda: Percent(),
            "a Percent takes a percentage, Percent('31.6'), or a fraction, Percent(value='0.316')",
        ),
        (lambda: Percent("1", value="0.01"), "a Percent takes a percentage"),
        (
            lambda: Percent.parse("31.6"),
            "cannot read '31.6' as a percentage (such as 31.6%): it has no percent sign; write 31.6%",
        ),
        (lambda: Percent.parse("1"), "it has no percent sign; write 100% if it is a fraction, or 1%"),
        (lambda: Percent.parse("-1"), "it has no percent sign; write -100% if it is a fraction, or -1%"),
        (lambda: Percent.parse("1.5"), "it has no percent sign; write 1.5%"),
        (lambda: Percent.parse("31.6 pigs"), "'pigs' stands after the number; expected a percent sign after it"),
        (lambda: Percent.parse("$5"), "'$' stands before the number; expected a percent sign after it"),
        (lambda: Money("1", "JPY", scale=2000), "scale lies between -1000 and 1000, got 2000"),
        (lambda: Money("1", "JPY", 2000), "decimals lies between -1000 and 1000, got 2000"),
        (lambda: Ratio("1", scale=2000), "scale lies between -1000 and 1000, got 2000"),
        (lambda: Percent("1", scale=2000), "scale lies between -1000 and 1000, got 2000"),
        (lambda: Percent("1.55", decimals=3), "'0.0155' has digits finer than decimals 3 allows"),
        (lambda: PerShare.parse("12.5"), "no currency is named; write its code or sign with the amount"),
        (lambda: Percent("31.6").printed(scale=-4), "a percentage has the scale -2, got -4"),
    ],
)
def test_refusals_say_what_and_why(read: Callable[[], Any], message: str) -> None:
    with pytest.raises(ModelError, match=f"{re.escape(message)}"):
        read()


@pytest.mark.parametrize(
    ("amount", "value", "decimals", "scale"),
    [
        (Rate.parse("1.5 million"), "1500000", -5, 6),
        (Ratio.parse("1.5x"), "1.5", 1, None),
        (Ratio.parse("2 thousand"), "2000", -3, 3),
        (Ratio.parse("0.3160"), "0.3160", 4, None),
        (PerShare.parse("¥1.5 thousand per share"), "1500", -2, 3),
        (PerShare.parse("¥12.50 per share"), "12.50", 2, None),
        (ShareCount.parse("1.2 million shares"), "1200000", -5, 6),
        (ShareCount.parse("12,345 shares"), "12345", 0, None),
        (Percent.parse("0"), "0", 2, -2),
        (Percent.parse("25 basis points"), "0.0025", 4, -4),
        (Percent.parse("31.60%"), "0.3160", 4, -2),
        (Percent("31.6"), "0.316", 3, -2),
        (Percent(value="0.316", scale=None), "0.316", 3, None),
        (Money("34400000000", "JPY", -8, scale=9), "34400000000", -8, 9),
    ],
)
def test_accuracy_and_scale_are_kept(amount: Any, value: str, decimals: int, scale: int | None) -> None:
    assert (amount.value, amount.decimals, amount.scale) == (Decimal(value), decimals, scale)


def test_conventions_decide_what_a_comma_is() -> None:
    german = Conventions(language="de")
    assert ShareCount.parse("12,345 Aktien", conventions=german) == ShareCount("12.345")
    assert Ratio.parse("1,5", conventions=german) == Ratio("1.5")
    assert Rate.parse("107,22", conventions=german) == Rate("107.22")
    assert Percent.parse("31,6 %", conventions=german) == Percent("31.6")
    assert PerShare.parse("12,5 ¥ je Aktie", conventions=german) == PerShare("12.5", "JPY")
    assert PerShare.parse("12.5", conventions=Conventions(default_currency="JPY")) == PerShare("12.5", "JPY")
    assert PerShare.parse("$12.5", currency="CAD") == PerShare("12.5", "CAD")


@pytest.mark.parametrize(
    ("amount", "english", "in_parentheses", "german"),
    [
        (Money("1234", "USD", 0), "US$1,234", "US$1,234", "1.234 US$"),
        (Money("-1.234", "EUR", 3), "−€1,234 × 10^-3", "(€1,234 × 10^-3)", "−1,234 €"),
        (Money("1.234", "EUR", None), "€1,234 × 10^-3", "€1,234 × 10^-3", "1,234 €"),
        (Money("1234000", "EUR", None), "€1,234,000", "€1,234,000", "1.234.000 €"),
        (Money("1.5", "KWD", 3), "KWD 1.500", "KWD 1.500", "1,500 KWD"),
        (Money("0", "JPY", 0), "¥0", "¥0", "0 ¥"),
        (Money("34400000000", "JPY", -8, scale=6), "¥34.4 billion", "¥34.4 billion", "34,4 Mrd. ¥"),
        (Money("34400000000", "JPY", -6, scale=6), "¥34,400 million", "¥34,400 million", "34.400 Mio. ¥"),
        (ShareCount("-1.234", 3), "−1,234 × 10^-3 shares", "(1,234 × 10^-3 shares)", "−1,234 Aktien"),
        (ShareCount("1200000", -5), "1.2 million shares", "1.2 million shares", "1,2 Mio. Aktien"),
        (Percent("-31.6"), "−31.6%", "(31.6%)", "−31,6\u00a0%"),
        (Percent("3000", -1), "3 thousand%", "3 thousand%", "3 Tsd.%"),
        (Percent("31.65", None), "31.65%", "31.65%", "31,65\u00a0%"),
        (Percent("0"), "0%", "0%", "0\u00a0%"),
        (Ratio("-0.5"), "−0.5", "(0.5)", "−0,5"),
        (PerShare("12.5", "JPY"), "¥12.5 per share", "¥12.5 per share", "12,5 ¥ je Aktie"),
    ],
)
def test_printed_forms(amount: Any, english: str, in_parentheses: str, german: str) -> None:
    assert amount.printed() == str(amount) == english
    assert amount.printed(negative="parentheses") == in_parentheses
    assert amount.printed("de") == german


def test_a_scale_that_is_asked_for() -> None:
    assert ShareCount("1234000", -3).printed(scale=3) == "1,234 thousand shares"
    assert ShareCount("1234000", -3).printed("de", scale=3) == "1.234 Tsd. Aktien"
    assert Money("1234000", "JPY", -3).printed(scale=3, negative="parentheses") == "¥1,234 thousand"
