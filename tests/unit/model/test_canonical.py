"""Canonical forms, and numbers in plain notation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exporter.model.canonical import plain
from exporter.model.standard_types import standard_type

CANONICAL = [
    ("decimalItemType", "+007.500", "7.5"),
    ("decimalItemType", "1200000", "1200000.0"),
    ("decimalItemType", "-0", "0.0"),
    ("integerItemType", "-007", "-7"),
    ("integerItemType", "-0", "0"),
    ("doubleItemType", "1000", "1.0E3"),
    ("doubleItemType", "-0.00120", "-1.2E-3"),
    ("booleanItemType", "1", "true"),
    ("hexBinaryItemType", "0aff", "0AFF"),
    ("languageItemType", "EN-us", "en-us"),
    ("dateTimeItemType", "2024-12-31T24:00:00", "2025-01-01T00:00:00"),
    ("dateTimeItemType", "2024-01-01T09:00:00.500+09:00", "2024-01-01T00:00:00.5Z"),
    ("enumerationSetItemType", "urn:x#b urn:x#a", "urn:x#a urn:x#b"),
]


@pytest.mark.parametrize(("name", "text", "canonical"), CANONICAL)
def test_canonical_forms(name: str, text: str, canonical: str) -> None:
    datatype = standard_type(name)
    assert datatype.canonical(text) == canonical
    assert datatype.canonical(canonical) == canonical
    assert datatype.is_valid(canonical)


@pytest.mark.parametrize(
    ("number", "text"),
    [("1E+3", "1000"), ("-0", "0"), ("-0.00", "0.00"), ("1E-7", "0.0000001"), ("107.20", "107.20"), ("-5", "-5")],
)
def test_numbers_are_written_in_plain_digits(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
