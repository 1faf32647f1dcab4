"""The forms people write, one by one: what is read, and what is refused and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.items.values import (
    Conventions,
    CurrencyPair,
    Money,
    NotStatedKind,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    find_not_stated,
    parse_count,
    parse_money,
    parse_number,
    parse_per_share,
    parse_percent,
    parse_quotation,
    parse_rate,
    parse_ratio,
    parse_shares,
    spell_count,
)

YEN_PER_DOLLAR = CurrencyPair(base="USD", quote="JPY")


@pytest.mark.parametrize(
    ("text", "value", "currency", "decimals", "scale"),
    [
        ("¥34.4 billion", "34400000000", "JPY", -8, 9),
        ("JPY 34.4 billion", "34400000000", "JPY", -8, 9),
        ("JPY34.4 billion", "34400000000", "JPY", -8, 9),
        ("34.4 billion yen", "34400000000", "JPY", -8, 9),
        ("34.4 billion Japanese yen", "34400000000", "JPY", -8, 9),
        ("34.4 billions of yen", "34400000000", "JPY", -8, 9),
        ("¥34.4bn", "34400000000", "JPY", -8, 9),
        ("￥３４．４ billion", "34400000000", "JPY", -8, 9),
        ("¥ 125.54", "125.54", "JPY", 2, None),
        ("¥(15.6) billion", "-15600000000", "JPY", -8, 9),
        ("(¥15.6 billion)", "-15600000000", "JPY", -8, 9),
        ("(15.6) billion yen", "-15600000000", "JPY", -8, 9),
        ("（15.6）億円", "-1560000000", "JPY", -7, 8),
        ("−¥2.1 billion", "-2100000000", "JPY", -8, 9),
        ("¥-2.1 billion", "-2100000000", "JPY", -8, 9),
        ("–¥2", "-2", "JPY", 0, None),
        ("+¥2", "2", "JPY", 0, None),
        ("△1,234百万円", "-1234000000", "JPY", -6, 6),
        ("▲ 1,234 百万円", "-1234000000", "JPY", -6, 6),
        ("¥△1,234", "-1234", "JPY", 0, None),
        ("344億円", "34400000000", "JPY", -8, 8),
        ("1.5兆円", "1500000000000", "JPY", -11, 12),
        ("500千円", "500000", "JPY", -3, 3),
        ("3千万円", "30000000", "JPY", -7, 7),
        ("12億3,456万円", "1234560000", "JPY", -4, 4),
        ("１２億３，４５６万円", "1234560000", "JPY", -4, 4),
        ("1億2,345円", "100002345", "JPY", 0, 0),
        ("1兆2億円", "1000200000000", "JPY", -8, 8),
        ("△1万2千円", "-12000", "JPY", -3, 3),
        ("12円5銭", "12.05", "JPY", 2, None),
        ("△1,234円50銭", "-1234.50", "JPY", 2, None),
        ("50銭", "0.50", "JPY", 2, None),
        ("1,234百万米ドル", "1234000000", "USD", -6, 6),
        ("US$1.00", "1.00", "USD", 2, None),
        ("U.S. $1.00", "1.00", "USD", 2, None),
        (r"U.S. \$1.00", "1.00", "USD", 2, None),
        ("USD 1.00", "1.00", "USD", 2, None),
        ("1.00 U.S. dollars", "1.00", "USD", 2, None),
        ("HK$5", "5", "HKD", 0, None),
        ("NT$5", "5", "TWD", 0, None),
        ("R$5", "5", "BRL", 0, None),
        ("A$5", "5", "AUD", 0, None),
        ("C$5", "5", "CAD", 0, None),
        ("S$5", "5", "SGD", 0, None),
        ("€1,234.50", "1234.50", "EUR", 2, None),
        ("£.50", "0.50", "GBP", 2, None),
        ("₩1,000", "1000", "KRW", 0, None),
        ("100元", "100", "CNY", 0, None),
        ("RMB 100", "100", "CNY", 0, None),
        ("CHF 1'234'567.05", "1234567.05", "CHF", 2, None),
        ("EUR 1\u00a0234.50", "1234.50", "EUR", 2, None),
        ("EUR 1\u202f234\u202f567", "1234567", "EUR", 0, None),
        ("INR 12,34,567", "1234567", "INR", 0, None),
        ("DM 5".replace("DM", "DEM"), "5", "DEM", 0, None),
        ("¥5 × 10^20", "500000000000000000000", "JPY", -20, 20),
        ("¥5\n billion", "5000000000", "JPY", -9, 9),
        ("-0 JPY", "0", "JPY", 0, None),
    ],
)
def test_money_is_read(text: str, value: str, currency: str, decimals: int, scale: int | None) -> None:
    money = parse_money(text)
    assert money == Money(value, currency, decimals=decimals)
    assert money.scale == scale
    assert "E" not in str(money.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("$1.00", "USD, AUD, CAD"),
        ("5 dollars", "USD, AUD, CAD"),
        ("5 francs", "CHF"),
        ("kr 5", "DKK, ISK, NOK or SEK"),
        ("34.4 billion", "no currency is named"),
        ("1.234,50 EUR", "decimal_mark"),
        ("1,5 EUR", "decimal_mark"),
        ("1.234.567 EUR", "decimal_mark"),
        ("1,23,45 EUR", "not grouped"),
        ("12,34.5 EUR", "not grouped"),
        ("1 234 EUR", "blanks"),
        ("¥5 ¥6", "between digits"),
        ("5円6円", "between digits"),
        ("5-6 yen", "between digits"),
        ("¥--5", "two signs"),
        ("−(¥5)", "two signs"),
        ("△(5)円", "two signs"),
        ("¥(−5)", "two signs"),
        ("(¥5", "parentheses do not match"),
        ("((¥5))", "parentheses do not match"),
        ("¥5 (1)", "whole number"),
        ("¥5 (approximately)", "whole number"),
        ("¥ billion", "no digits"),
        ("", "no digits"),
        ("1.2m USD", "no clear scale"),
        ("1.2k USD", "no clear scale"),
        ("about ¥5", "no currency"),
        ("約5円", "no currency"),
        ("¥5.", "no currency"),
        ("¥5 USD", "means USD"),
        ("5 XYZ", "no currency"),
        ("5 XXX", "no currency"),
        ("¥5 billion million", "no currency"),
        ("1億3.5万円", "fraction"),
        ("1万2億円", "too large"),
        ("1億12,345万円", "too large"),
        ("12.5円5銭", "fraction"),
        ("12円500銭", "sen"),
        ("Not applicable", "Unknown"),
        ("Not required.", "ItemStatus"),
        ("N/A", "Unknown"),
        ("該当なし", "Unknown"),
        ("—", "dash_is_zero"),
        ("-", "dash_is_zero"),
        ("—5 JPY", "no currency"),
        ("\\5", "no currency"),
        ("NaN JPY", "no digits"),
        ("1e5 JPY", "between digits"),
        ("٣ JPY", "no digits"),
        ("5 × 10^9999 JPY", "between -1000 and 1000"),
        ("9" * 1500 + " JPY", "digits"),
        ("9" * 3000, "too long"),
    ],
)
def test_money_is_refused(text: str, message: str) -> None:
    with pytest.raises(ModelError, match="(?s)" + message.replace("(", r"\(")) as caught:
        parse_money(text)
    assert len(str(caught.value)) < 400


def test_a_currency_that_it_has_to_be() -> None:
    assert parse_money("$5", currency="CAD") == Money("5", "CAD")
    assert parse_money("5", currency="CAD") == Money("5", "CAD")
    assert parse_money("(15.6) billion", currency="JPY") == Money("-15600000000", "JPY", decimals=-8)
    assert parse_money("¥5", currency="CNY") == Money("5", "CNY")
    with pytest.raises(ModelError, match="the currency is USD"):
        parse_money("¥5", currency="USD")
    with pytest.raises(ModelError, match="no currency of ISO"):
        parse_money("5", currency="ZZZ")


def test_a_default_currency_gives_way_to_a_plain_one() -> None:
    page = Conventions(default_currency="CNY")
    assert parse_money("¥5", conventions=page).currency == "CNY"
    assert parse_money("5", conventions=page).currency == "CNY"
    assert parse_money("US$5", conventions=page).currency == "USD"
    assert parse_money("$5", conventions=Conventions(default_currency="HKD")).currency == "HKD"
    with pytest.raises(ModelError, match="may be"):
        parse_money("$5", conventions=page)


def test_the_scale_of_a_table() -> None:
    page = Conventions(default_currency="JPY", scale=6, dash_is_zero=True)
    assert parse_money("1,234", conventions=page) == Money("1234000000", "JPY", decimals=-6)
    assert parse_money("5百万円", conventions=page) == Money("5000000", "JPY", decimals=-6)
    assert parse_money("—", conventions=page) == Money("0", "JPY", decimals=-6)
    assert parse_percent("31.6%", conventions=page) == Percent("31.6")
    assert parse_per_share("12.5", conventions=page) == PerShare("12.5", "JPY")
    assert parse_rate("107.22", conventions=page) == Rate("107.22")
    with pytest.raises(ModelError, match="10\\^9 where the page says 10\\^6"):
        parse_money("5 billion", conventions=page)


def test_the_decimal_comma_is_told() -> None:
    page = Conventions(decimal_mark=",")
    assert parse_money("1.234,50 EUR", conventions=page) == Money("1234.50", "EUR")
    assert parse_money("1.234 EUR", conventions=page) == Money("1234", "EUR")
    with pytest.raises(ModelError, match="not grouped"):
        parse_money("1,234.50 EUR", conventions=page)


@pytest.mark.parametrize(
    "wrong", [{"decimal_mark": ";"}, {"scale": "6"}, {"default_currency": "yen"}, {"dash_is_zero": 1}, {"scale": True}]
)
def test_conventions_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises((ModelError, ValueError, TypeError)):
        Conventions(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fraction", "decimals"),
    [
        ("31.6%", "0.316", 3),
        ("31.6 %", "0.316", 3),
        ("31.6 percent", "0.316", 3),
        ("31.6 per cent", "0.316", 3),
        ("31.6パーセント", "0.316", 3),
        ("３１．６％", "0.316", 3),
        ("(1.5)%", "-0.015", 3),
        ("(1.5%)", "-0.015", 3),
        ("△1.5%", "-0.015", 3),
        ("−12.5%", "-0.125", 3),
        ("100.00%", "1", 4),
        ("0%", "0", 2),
        ("1,000%", "10", 2),
        ("5‰", "0.005", 3),
        ("25 basis points", "0.0025", 4),
    ],
)
def test_percentages_are_read(text: str, fraction: str, decimals: int) -> None:
    assert parse_percent(text) == Percent.of_fraction(fraction, decimals)


@pytest.mark.parametrize("text", ["31.6", "31,6%", "31.6%%", "¥31.6%", "5 percentage points", "N/A", "31.6 %-40%"])
def test_percentages_are_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read .* as a percentage"):
        parse_percent(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("three", 3), ("Three", 3), ("twelve", 12), ("forty-two", 42), ("one hundred and five", 105),
        ("a hundred", 100),
        ("two thousand and four", 2004), ("one hundred twenty-three thousand, four hundred and fifty-six", 123456),
        ("three million", 3_000_000), ("zero", 0), ("0", 0), ("1,234", 1234), ("１２", 12), ("1\u00a0234", 1234),
    ],
)  # fmt: skip
def test_counts_are_read(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "up to three", "at least 3", "-3", "1.0", "1.5", "3 persons", "three directors", "third", "thousand", "hundred",
        "two three", "twenty twelve", "one thousand thousand", "three and", "and", "none", "no", "N/A", "", "1,2",
        "3 million", "two hundred hundred", "zero five", "several", "2-3", "1 234",
    ],
)  # fmt: skip
def test_counts_are_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read .* as a count"):
        parse_count(text)


def test_counts_beyond_words() -> None:
    with pytest.raises(ModelError, match="whole number from 0"):
        spell_count(10**15)
    with pytest.raises(ModelError, match="whole number from 0"):
        spell_count(True)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("12,345 shares", "12345", 0), ("1 share", "1", 0), ("1.2 million shares", "1200000", -5),
        ("12,345株", "12345", 0),
        ("12千株", "12000", -3), ("12,345", "12345", 0), ("0.5 shares", "0.5", 1),
    ],
)  # fmt: skip
def test_shares_are_read(text: str, value: str, decimals: int) -> None:
    assert parse_shares(text) == ShareCount(value, decimals)


@pytest.mark.parametrize("text", ["12,345 ADSs", "¥5", "5 yen", "shares", "12,345 shares outstanding"])
def test_shares_are_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read .* as a number of shares"):
        parse_shares(text)


@pytest.mark.parametrize(
    ("text", "value", "currency", "decimals"),
    [
        ("¥12.50 per share", "12.50", "JPY", 2),
        ("¥12.50", "12.50", "JPY", 2),
        ("US$1.00/share", "1.00", "USD", 2),
        ("5 yen a share", "5", "JPY", 0),
        ("1株当たり12円50銭", "12.50", "JPY", 2),
        ("１株あたり△５円", "-5", "JPY", 0),
        ("(¥3) per share", "-3", "JPY", 0),
    ],
)
def test_per_share_is_read(text: str, value: str, currency: str, decimals: int) -> None:
    assert parse_per_share(text) == PerShare(value, currency, decimals)


def test_per_share_is_refused() -> None:
    with pytest.raises(ModelError, match="per ADS"):
        parse_per_share("¥12.50 per ADS")
    with pytest.raises(ModelError, match="may be"):
        parse_per_share("$12.50 per share")


def test_ratios_and_numbers() -> None:
    assert parse_ratio("0.316") == Ratio("0.316")
    assert parse_ratio("1.5x") == parse_ratio("1.5 times") == parse_ratio("1.5倍") == Ratio("1.5")
    number = parse_number("(15.6) billion")
    assert (number.value, number.decimals, number.scale) == (Decimal("-15600000000"), -8, 9)
    assert parse_number("12億3,456万").value == 1234560000
    for text in ("31.6%", "¥5", "5 apples"):
        with pytest.raises(ModelError, match="the number"):
            parse_ratio(text)


@pytest.mark.parametrize(
    "text", ["107.22", "¥107.22", "¥ 107.22", "107.22円", r"¥107.22 per U.S. \$1.00", "1ドル=107.22円"]
)
def test_a_rate_is_checked_against_its_pair(text: str) -> None:
    assert parse_rate(text, pair=YEN_PER_DOLLAR) == Rate("107.22")


def test_rates_are_refused() -> None:
    with pytest.raises(ModelError, match="the currency is JPY"):
        parse_rate("US$107.22", pair=YEN_PER_DOLLAR)
    with pytest.raises(ModelError, match="means EUR"):
        parse_rate("¥107.22 per €1", pair=YEN_PER_DOLLAR)
    with pytest.raises(ModelError, match="stands before"):
        parse_rate("¥107.22")
    with pytest.raises(ModelError, match="for 100 of the base"):
        parse_quotation("JPY 1,000 per 100 KRW")
    with pytest.raises(ModelError, match="may be USD"):
        parse_quotation("¥107.22 per $1.00")
    with pytest.raises(ModelError, match="two different"):
        parse_quotation("¥107.22 per ¥1")
    with pytest.raises(ModelError, match="per one of the other"):
        parse_quotation("107.22")


@pytest.mark.parametrize(
    "text",
    ["¥107.22 per U.S. $1.00", "JPY 107.22/USD", "107.22 yen per US dollar", "US$1 = ¥107.22", "1米ドル＝107.22円"],
)
def test_quotations_are_read(text: str) -> None:
    assert parse_quotation(text) == (Rate("107.22"), YEN_PER_DOLLAR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Not applicable.", NotStatedKind.NOT_APPLICABLE),
        ("NOT REQUIRED", NotStatedKind.NOT_REQUIRED),
        ("not available", NotStatedKind.NOT_AVAILABLE),
        ("N/A", NotStatedKind.ABBREVIATED),
        ("n.a.", NotStatedKind.ABBREVIATED),
        ("n.m.", NotStatedKind.NOT_MEANINGFUL),
        ("該当事項はありません。", NotStatedKind.NOT_APPLICABLE),
        ("—", NotStatedKind.DASH),
        ("－", NotStatedKind.DASH),
        ("None", NotStatedKind.NONE),
        ("", None),
        ("0", None),
        ("Not applicable to us", None),
    ],
)
def test_texts_that_state_nothing(text: str, kind: NotStatedKind | None) -> None:
    found = find_not_stated(text)
    assert (found.kind if found else None) == kind


def test_only_text_is_read() -> None:
    number: Any = 34.4
    for reader in (parse_money, parse_count, parse_percent):
        with pytest.raises(ModelError, match="expected text"):
            reader(number)
