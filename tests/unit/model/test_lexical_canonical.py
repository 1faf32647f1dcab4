"""Canonical forms value by value: signs, zeros, exponents, zones, days at the ends of months and of the calendar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exporter.model.lexical import canonical_form, is_in_lexical_space, plain, split_zone


@pytest.mark.parametrize(
    ("base", "text", "canonical"),
    [
        ("decimal", "-1", "-1.0"),
        ("decimal", "+00120.500", "120.5"),
        ("decimal", "-0.0", "0.0"),
        ("decimal", "-0.50", "-0.5"),
        ("decimal", "-100", "-100.0"),
        ("integer", "-007", "-7"),
        ("integer", "+0", "0"),
        ("integer", "-0", "0"),
        ("double", "INF", "INF"),
        ("double", "-INF", "-INF"),
        ("float", "NaN", "NaN"),
        ("double", "-0", "-0.0E0"),
        ("double", "+0012.50", "1.25E1"),
        ("double", "-0.00125e3", "-1.25E0"),
        ("double", "100", "1.0E2"),
        ("double", "5E0", "5.0E0"),
        ("double", f"1E{'0' * 999}5", "1.0E5"),
        ("double", f"1E{'0' * 1000}5", f"1E{'0' * 1000}5"),
        ("boolean", "1", "true"),
        ("boolean", "0", "false"),
        ("boolean", "true", "true"),
        ("time", "12:30:00.500+00:00", "12:30:00.5Z"),
        ("time", "12:30:00-00:00", "12:30:00Z"),
        ("time", "12:30:00.000", "12:30:00"),
        ("date", "2005-03-31+00:00", "2005-03-31Z"),
        ("dateUnion", "2005-03-31", "2005-03-31"),
        ("dateUnion", "2005-03-31-00:00", "2005-03-31Z"),
        ("dateUnion", "2005-03-31+09:00", "2005-03-31+09:00"),
        ("dateTime", "2005-03-31T12:00:00", "2005-03-31T12:00:00"),
        ("dateTime", "2005-03-31T12:00:00Z", "2005-03-31T12:00:00Z"),
        ("dateTime", "2005-03-31T12:00:00.0100", "2005-03-31T12:00:00.01"),
        ("dateTime", "2005-03-31T12:00:30.000Z", "2005-03-31T12:00:30Z"),
        ("dateTime", "2005-03-31T24:00:00", "2005-04-01T00:00:00"),
        ("dateTime", "2005-03-31T24:00:00Z", "2005-04-01T00:00:00Z"),
        ("dateTime", "2005-03-31T02:15:00+12:47", "2005-03-30T13:28:00Z"),
        ("dateTime", "2005-03-31T22:15:00.5-12:47", "2005-04-01T11:02:00.5Z"),
        ("dateTime", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("dateTime", "12005-03-31T24:00:00", "12005-03-31T24:00:00"),
        ("dateTime", "-005-03-31T24:00:00", "-005-03-31T24:00:00"),
        ("dateTime", "12005-03-31T12:00:00.50+00:00", "12005-03-31T12:00:00.5Z"),
        ("hexBinary", "ab0f", "AB0F"),
        ("language", "EN-us", "en-us"),
        ("enumerationSet", "b a c", "a b c"),
        ("string", " as it is ", " as it is "),
    ],
)
def test_the_canonical_form(base: str, text: str, canonical: str) -> None:
    assert canonical_form(text, base=base) == canonical


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2004-02-29", True),
        ("2005-02-29", False),
        ("2000-02-29", True),
        ("1900-02-29", False),
        ("1996-02-29", True),
        ("2100-02-29", False),
        ("-0004-02-29", True),
        ("-0005-02-29", False),
        ("12004-02-29", True),
        ("2005-02-28", True),
        ("2005-04-31", False),
        ("2005-12-31", True),
        ("2005-13-01", False),
        ("2005-00-10", False),
        ("2005-01-00", False),
        ("0000-01-01", False),
    ],
)
def test_days_that_there_are(text: str, is_day: bool) -> None:
    assert is_in_lexical_space(text, base="date") is is_day


def test_the_leap_day_of_every_year() -> None:
    assert is_in_lexical_space("--02-29", base="gMonthDay")
    assert not is_in_lexical_space("--02-30", base="gMonthDay")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2005-03-31Z", ("2005-03-31", "Z")),
        ("2005-03-31+09:30", ("2005-03-31", "+09:30")),
        ("2005-03-31", ("2005-03-31", "")),
        ("12:00:00-05:00", ("12:00:00", "-05:00")),
        ("2005-03-31+٠٩:٠٠", ("2005-03-31+٠٩:٠٠", "")),
    ],
)
def test_a_zone_is_at_the_end(text: str, parts: tuple[str, str]) -> None:
    assert split_zone(text) == parts


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("-0", "0"), ("-0.00", "0.00"), ("-1.50", "-1.50"), ("1E-7", "0.0000001")]
)
def test_plain_notation(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
