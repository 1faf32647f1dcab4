"""Values in the style of a document: what is tagged, what stands round the tag, and that nothing is rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.namespaces import XBRLI
from exporter.transformations import (
    IXT_1,
    IXT_2,
    IXT_4,
    IXT_5,
    IXT_SEC,
    DateForm,
    Negative,
    NotPrintable,
    Style,
    format_boolean,
    format_date,
    format_duration,
    format_number,
    format_value,
    format_with_units,
)

ENGLISH = Style.of("en", with_sec=True)
JAPANESE = Style.of("ja")
ERAS = Style.of("ja-JP", eras=True, with_sec=True)


def _type(base: str) -> DataType:
    return DataType(QName(XBRLI, base + "ItemType"), base, base + "ItemType")


@pytest.mark.parametrize(
    ("number", "scale", "decimals", "style", "shown"),
    [
        ("34400000000", 9, -8, ENGLISH, "34.4"),
        ("34400000000", 6, -8, ENGLISH, "34,400"),
        ("0.316", -2, 3, ENGLISH, "31.6"),
        ("0.05", -2, 2, ENGLISH, "5"),
        ("107.2", 0, 2, ENGLISH, "107.20"),
        ("-1234", 0, 0, ENGLISH, "(1,234)"),
        ("-1234", 0, 0, JAPANESE, "△1,234"),
        ("-1234", 0, 0, Style(negative=Negative.FILLED_TRIANGLE), "▲1,234"),
        ("-1234", 0, 0, Style(negative=Negative.MINUS), "-1,234"),
        ("-0", 0, 0, ENGLISH, "0"),
        ("0", 6, 0, Style(zero_as_dash=True), "—"),
        ("1234.5", 0, None, Style(decimal_mark=","), "1.234,5"),
        ("1234.5", 0, None, Style(figures_only=True), "1234.5"),
        ("1E+3", 0, None, ENGLISH, "1,000"),
        ("123456789012345678901234567890.123", 0, 0, ENGLISH, "123,456,789,012,345,678,901,234,567,890.123"),
    ],
)
def test_a_number_is_shown_whole(number: str, scale: int, decimals: int | None, style: Style, shown: str) -> None:
    displayed = format_number(Decimal(number), style=style, scale=scale, decimals=decimals)
    assert displayed.full_text == shown
    assert displayed.negative == (Decimal(number) < 0)
    assert not set(displayed.text) & set("-()△▲")


def test_the_scale_is_told_with_the_text() -> None:
    displayed = format_number(Decimal(34_400_000_000), style=ENGLISH, scale=9, decimals=-8)
    assert (displayed.text, displayed.scale) == ("34.4", 9)
    assert displayed.format == QName(IXT_4, "num-dot-decimal")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+2000", "1E-2000"])
def test_what_is_no_figure_is_refused(number: str) -> None:
    with pytest.raises(NotPrintable):
        format_number(Decimal(number), style=ENGLISH)


def test_yen_and_sen() -> None:
    displayed = format_with_units(Decimal("-12.05"), style=JAPANESE)
    assert (displayed.full_text, displayed.text, displayed.negative) == ("△12円5銭", "12円5銭", True)
    with pytest.raises(NotPrintable):
        format_with_units(Decimal("12.055"), style=JAPANESE)
    with pytest.raises(NotPrintable):
        format_with_units(Decimal(12), style=Style(registry=IXT_1))


@pytest.mark.parametrize(
    ("value", "style", "shown", "name"),
    [
        ("2024-12-31", ENGLISH, "December 31, 2024", "date-monthname-day-year-en"),
        ("2024-12-31", Style(dates=DateForm.DAY_FIRST), "31 December 2024", "date-day-monthname-year-en"),
        ("2024-12-31", JAPANESE, "2024年12月31日", "date-year-month-day"),
        ("2024-12-31", ERAS, "令和6年12月31日", "date-jpn-era-year-month-day"),
        ("1870-01-01", ERAS, "1870年1月1日", "date-year-month-day"),
        ("2024-12-31", Style(registry=IXT_2, dates=DateForm.YEAR_FIRST), "2024年12月31日", "dateyearmonthdaycjk"),
        ("2024-12-31", Style(registry=IXT_1), "December 31, 2024", "datelongus"),
        ("2024-12-31", Style(registry=IXT_1, dates=DateForm.ERA), "2024-12-31", None),
        ("2024-12-31T00:00:00", ENGLISH, "2024-12-31T00:00:00", None),
        ("2024-12-31Z", ENGLISH, "2024-12-31Z", None),
        ("-0044-03-15", ENGLISH, "-0044-03-15", None),
    ],
)
def test_a_date_is_shown_in_the_style(value: str, style: Style, shown: str, name: str | None) -> None:
    displayed = format_date(value, style=style)
    assert displayed.full_text == shown
    assert displayed.format == (QName(style.registry, name) if name else None)


@pytest.mark.parametrize(
    ("value", "style", "shown", "text"),
    [
        ("P2Y6M", ENGLISH, "2 years, 6 months", "2 years, 6 months"),
        ("P2Y6M", ERAS, "2.5年", "2.5"),
        ("P18M", ERAS, "18か月", "18"),
        ("P30D", ERAS, "30日", "30"),
        ("PT5H", ERAS, "5時間", "5"),
        ("P2Y6M", JAPANESE, "P2Y6M", "P2Y6M"),
        ("P2Y5M", ERAS, "P2Y5M", "P2Y5M"),
        ("-P1Y", ENGLISH, "-P1Y", "-P1Y"),
    ],
)
def test_a_duration_is_shown_with_its_unit(value: str, style: Style, shown: str, text: str) -> None:
    displayed = format_duration(value, style=style)
    assert (displayed.full_text, displayed.text) == (shown, text)


@pytest.mark.parametrize(
    ("value", "box", "word"), [("true", "☒", "true"), ("1", "☒", "true"), ("false", "☐", "false"), ("0", "☐", "false")]
)
def test_a_boolean_is_a_box(value: str, box: str, word: str) -> None:
    assert format_boolean(value, style=ENGLISH).full_text == box
    assert format_boolean(value, style=Style(registry=IXT_1)).full_text == word


@pytest.mark.parametrize(
    ("base", "value", "style", "shown"),
    [
        ("decimal", "1234.50", ENGLISH, "1,234.5"),
        ("double", "1.5E3", ENGLISH, "1,500"),
        ("double", "INF", ENGLISH, "∞"),
        ("integer", "+007", JAPANESE, "7"),
        ("boolean", "true", JAPANESE, "☒"),
        ("date", "2024-12-31", JAPANESE, "2024年12月31日"),
        ("dateUnion", "2024-12-31", ENGLISH, "December 31, 2024"),
        ("gYearMonth", "2024-12", ENGLISH, "December 2024"),
        ("gYearMonth", "2024-12", ERAS, "令和6年12月"),
        ("gMonthDay", "--03-31", ENGLISH, "March 31"),
        ("gMonthDay", "--03-31", JAPANESE, "3/31"),
        ("duration", "P1Y", ENGLISH, "1 year"),
        ("string", "  two  blanks ", ENGLISH, "  two  blanks "),
        ("gYear", "2024", JAPANESE, "2024"),
    ],
)
def test_a_fact_is_shown_by_its_type(base: str, value: str, style: Style, shown: str) -> None:
    assert format_value(value, _type(base), style=style).full_text == shown


def test_special_numbers_need_the_registry_that_has_them() -> None:
    assert format_value("NaN", _type("double"), style=ENGLISH).format == QName(IXT_SEC, "numnan")
    with pytest.raises(NotPrintable):
        format_value("NaN", _type("double"), style=JAPANESE)


def test_registry_5_has_the_names_of_registry_4() -> None:
    displayed = format_date("2024-12-31", style=Style(registry=IXT_5))
    assert displayed.format == QName(IXT_5, "date-monthname-day-year-en")


def test_a_style_needs_a_registry() -> None:
    with pytest.raises(ValueError, match="registries"):
        Style(registry=IXT_SEC)
