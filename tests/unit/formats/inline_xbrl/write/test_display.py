"""How values stand at a place, by value and style."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exporter.formats.inline_xbrl.read.values import scale_text
from exporter.formats.inline_xbrl.write.blocks import FactPlace
from exporter.formats.inline_xbrl.write.display import describe, show_number, show_text, split_name
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.transformations import IXT_1, IXT_2, IXT_4, IXT_5, IXT_SEC, NotPrintable, Style, format_number, parse

PLACE = FactPlace("f")
VALUES = (
    "0", "-0", "0.0", "1", "-1", "12", "999", "1000", "-1234567", "1234567.89", "-0.005", "100000000000000000",
    "1234567890123456789012345678901234567890", "0.000000000001", "+7", "007", ".5", "5.", "1E3", "1.5e-30", "1e400",
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("scale", [0, 3, -2, 9])
@pytest.mark.parametrize("registry", [IXT_1, IXT_2, IXT_4, IXT_5])
@pytest.mark.parametrize("decimals", [None, 2, -3])
def test_every_number_comes_back(value: str, scale: int, registry: str, decimals: int | None) -> None:
    style = Style(registry=registry)
    shown = show_number(value, None, FactPlace("f", scale=scale), style, decimals=decimals)
    text = shown.text if shown.format is None else parse(shown.format, shown.text)
    assert Decimal(scale_text(text, shown.scale, negative=shown.negative)) == Decimal(value)
    assert "-" not in shown.text
    assert shown.before in ("", "(")


@pytest.mark.parametrize("value", ["1", "-12", "1234.5", "1234567", "-1000000", "0.25", "5000"])
@pytest.mark.parametrize(("scale", "decimals"), [(0, None), (0, 2), (3, -3), (3, None), (6, -6), (0, -3)])
def test_the_quick_way_is_the_long_way(value: str, scale: int, decimals: int | None) -> None:
    """Most numbers are put into groups without `format_number`, with the same outcome."""
    shown = show_number(value, None, FactPlace("f", scale=scale), Style(), decimals=decimals)
    assert shown == format_number(Decimal(value), style=Style(), scale=scale, decimals=decimals)


def test_no_number_has_more_places_than_a_reader_bears() -> None:
    assert len(show_number("5", None, PLACE, Style(), decimals=300).text) < 20
    assert show_number("1.5e-30", None, PLACE, Style(), decimals=None).after == " × 10⁻³⁰"
    with pytest.raises(NotPrintable):
        show_number("1e99999999999999999999", None, PLACE, Style(), decimals=None)


@pytest.mark.parametrize("value", ["INF", "-INF", "NaN"])
def test_infinite_numbers_need_edgars_registry(value: str) -> None:
    shown = show_number(value, standard_type("doubleItemType"), PLACE, Style(), decimals=None)
    assert shown.format is not None
    assert shown.format.namespace == IXT_SEC
    assert parse(shown.format, shown.text) == value


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (FactPlace("f", text="１２"), "12"),
        (FactPlace("f", text="-12"), "-12"),
        (FactPlace("f", text="(12)"), "-12"),
        (FactPlace("f", text="12", scale=3), "12"),
        (FactPlace("f", text="12", format=QName(IXT_4, "fixed-zero")), "12"),
        (FactPlace("f", text="twelve"), "12"),
    ],
)
def test_texts_that_do_not_give_the_number(place: FactPlace, value: str) -> None:
    with pytest.raises(NotPrintable):
        show_number(value, None, place, Style(), decimals=0)


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("1,234.50", "1234.5", {}),
        ("—", "0", {"format": QName(IXT_4, "fixed-zero")}),
        ("12円5銭", "12.05", {}),
        ("34.4", "-34400000000", {"scale": 9}),
    ],
)
def test_texts_as_asked(text: str, value: str, place: dict[str, object]) -> None:
    shown = show_number(value, None, FactPlace("f", text=text, **place), Style(), decimals=None)  # type: ignore[arg-type]
    assert shown.text == text
    assert shown.negative == value.startswith("-")


@pytest.mark.parametrize(
    ("kind", "value", "style", "text"),
    [
        ("dateItemType", "2024-12-31", Style(), "December 31, 2024"),
        ("dateItemType", "2024-12-31", Style.of("ja"), "2024年12月31日"),
        ("dateItemType", "2024-12-31", Style.of("ja", eras=True), "令和6年12月31日"),
        ("dateItemType", "2024-12-31+09:00", Style(), "2024-12-31+09:00"),
        ("dateTimeItemType", "2024-12-31T12:00:00", Style(), "2024-12-31T12:00:00"),
        ("gYearMonthItemType", "2024-12", Style(), "December 2024"),
        ("gMonthDayItemType", "--03-31", Style(), "March 31"),
        ("gYearItemType", "2024", Style(), "2024"),
        ("booleanItemType", "true", Style(), "☒"),
        ("booleanItemType", "1", Style(), "1"),
        ("anyURIItemType", "http://example.com/", Style(), "http://example.com/"),
        ("tokenItemType", "a b", Style(), "a b"),
        ("durationItemType", "P1Y", Style(), None),
        ("durationItemType", "P1Y", Style(with_sec=True), "1 year"),
        ("enumerationItemType", "urn:x#A", Style(), None),
        ("QNameItemType", "{urn:x}A", Style(), None),
    ],
)
def test_words(kind: str, value: str, style: Style, text: str | None) -> None:
    shown = show_text(value, standard_type(kind), PLACE, style)
    assert (shown and shown.text) == text
    if shown is not None and shown.format is not None:
        assert parse(shown.format, shown.text) == value


def test_a_format_that_is_asked_for_has_to_fit() -> None:
    day = standard_type("dateItemType")
    place = FactPlace("f", text="31.12.2024", format=QName(IXT_4, "date-day-month-year"))
    assert show_text("2024-12-31", day, place, Style()) is not None
    with pytest.raises(NotPrintable):
        show_text("2024-12-30", day, place, Style())


@pytest.mark.parametrize(
    ("kind", "value", "language", "words"),
    [
        ("durationItemType", "P2Y6M", "en", "2 years, 6 months"),
        ("durationItemType", "-P1D", "en", "-1 day"),
        ("durationItemType", "PT1H30M0.5S", "en", "1 hour, 30 minutes, 0.5 seconds"),
        ("durationItemType", "P2Y6M", "ja", "2年6か月"),
        ("enumerationItemType", "urn:x#NewYorkMember", "en", "New York"),
        ("enumerationSetItemType", "urn:x#AMember urn:x#BMember", "en", "A, B"),
        ("QNameItemType", "{urn:x}NetSales", "en", "Net Sales"),
        ("stringItemType", "a", "en", "a"),
    ],
)
def test_words_for_what_is_hidden(kind: str, value: str, language: str, words: str) -> None:
    assert describe(value, standard_type(kind), Style.of(language)) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RetainedEarningsAccumulatedDeficit", "Retained Earnings Accumulated Deficit"),
        ("IFRSMember", "IFRS"),
        ("SummaryOfPoliciesTextBlock", "Summary Of Policies"),
        ("HolderAxis", "Holder"),
        ("Axis", "Axis"),
        ("売上高", "売上高"),
        ("line_items", "line items"),
    ],
)
def test_names_are_split(name: str, words: str) -> None:
    assert split_name(name) == words
