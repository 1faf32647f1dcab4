"""Printing by a named rule, and finding the rules that read a printed text as a value."""

from __future__ import annotations

import pytest

from exporter.model.qname import QName
from exporter.transformations import (
    IXT_2,
    IXT_4,
    IXT_SEC,
    REGISTRIES,
    Gives,
    NotPrintable,
    UnknownTransformation,
    find_formats,
    format_as,
    writable_formats,
)
from exporter.transformations.inverse import WRITERS, write_figures
from tests.unit.formats.inline_xbrl.transformations.reading import named


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("4:num-dot-decimal", "1234567.50", "1,234,567.50"),
        ("4:num-dot-decimal", "0", "0"),
        ("4:num-comma-decimal", "1234.5", "1.234,5"),
        ("4:num-unit-decimal", "1234.05", "1,234円5銭"),
        ("5:num-dot-decimal-apos", "1234", "1’234"),
        ("1:numspacedot", "1234", "1\u00a0234"),
        ("4:fixed-zero", "0.00", "—"),
        ("1:numdash", "0", "-"),
        ("4:fixed-true", "true", "☒"),
        ("4:fixed-empty", "", ""),
        ("4:date-monthname-day-year-en", "2024-12-31", "December 31, 2024"),
        ("4:date-monthname-day-year-en", "0203-05-01", "May 1, 0203"),
        ("4:date-year-month-day", "2005-03-31", "2005年3月31日"),
        ("4:date-jpn-era-year-month-day", "2019-05-01", "令和元年5月1日"),
        ("4:date-jpn-era-year-month", "2005-03", "平成17年3月"),
        ("4:date-month-day", "--12-31", "12/31"),
        ("sec:duryear", "P2Y6M", "2.5"),
        ("sec:duryear", "-P1Y", "-1"),
        ("sec:durweek", "P14D", "2"),
        ("sec:durhour", "PT5H", "5"),
        ("sec:durwordsen", "P1Y3M", "1 year, 3 months"),
        ("sec:numwordsen", "2300005", "two million three hundred thousand five"),
        ("sec:datequarterend", "2024-06-30", "Second quarter 2024"),
        ("sec:countrynameen", "JP", "Japan"),
        ("sec:exchnameen", "NYSE", "New York Stock Exchange"),
    ],
)
def test_a_value_is_printed(name: str, value: str, text: str) -> None:
    assert format_as(named(name), value) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("4:num-dot-decimal", "-5"),
        ("4:num-dot-decimal", "1e5"),
        ("4:num-unit-decimal", "1.234"),
        ("4:fixed-zero", "1"),
        ("4:fixed-true", "false"),
        ("4:date-monthname-day-year-en", "2024-02-30"),
        ("4:date-monthname-day-year-en", "2024-12"),
        ("4:date-monthname-day-year-en", "12024-12-31"),
        ("4:date-jpn-era-year-month-day", "1872-12-31"),
        ("sec:duryear", "P2Y5M"),
        ("sec:duryear", "P2Y6M1D"),
        ("sec:durweek", "P15D"),
        ("sec:durwordsen", "PT5H"),
        ("sec:durwordsen", "P"),
        ("sec:numwordsen", "1.5"),
        ("sec:datequarterend", "2024-06-29"),
        ("sec:countrynameen", "XX"),
        ("4:date-day-monthname-year-de", "2024-12-31"),
    ],
)
def test_a_value_that_would_not_be_read_back_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotPrintable):
        format_as(named(name), value)


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UnknownTransformation):
        format_as(QName(IXT_2, "num-dot-decimal"), "1")


def test_every_writer_belongs_to_a_rule() -> None:
    known = {name for rules in REGISTRIES.values() for name in rules}
    assert known >= WRITERS.keys()
    assert len(list(writable_formats())) > len(WRITERS)


@pytest.mark.parametrize(("value", "text"), [("1", "1"), ("123", "123"), ("1234", "1,234"), ("0001000", "1,000")])
def test_groups_have_three_figures(value: str, text: str) -> None:
    assert write_figures(value, mark=",", point=".") == text


def test_formats_are_found_for_a_text_that_stands_in_a_document() -> None:
    found = find_formats("March 31, 2005", "2005-03-31", gives=Gives.DATE, registries=(IXT_4, IXT_SEC))
    assert found == (QName(IXT_4, "date-monthname-day-year-en"),)
    assert find_formats("107.22", "107.22", gives=Gives.NUMBER, registries=(IXT_4,)) == (
        QName(IXT_4, "num-dot-decimal"),
    )
    assert find_formats("three", "3", gives=Gives.NUMBER, registries=(IXT_4, IXT_SEC)) == (
        QName(IXT_SEC, "numwordsen"),
    )
    assert find_formats("31.6", "31.5", gives=Gives.NUMBER, registries=(IXT_4,)) == ()
