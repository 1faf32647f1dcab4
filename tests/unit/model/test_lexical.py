"""Lexical spaces of types.

Canonical forms, and numbers in plain notation.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from exporter.model.lexical import first_not_in_xml, is_namespace_uri, plain
from exporter.model.standard_types import standard_type

VALID = {
    "decimalItemType": ["12", "-12.50", "+1", ".5", "5.", "007", "-0", " 1 "],
    "monetaryItemType": ["1", "-0.1"],
    "integerItemType": ["0", "-5", "+007"],
    "nonNegativeIntegerItemType": ["0", "-0", "5"],
    "byteItemType": ["-128", "127"],
    "doubleItemType": ["1E3", "1.5e-3", "INF", "-INF", "NaN", "12"],
    "booleanItemType": ["true", "false", "1", "0"],
    "dateItemType": ["2024-02-29", "2024-12-31Z", "2024-12-31+09:00", "-0001-01-01"],
    "dateTimeItemType": ["2024-12-31", "2024-12-31T24:00:00", "2024-12-31T23:59:59.5Z"],
    "gYearItemType": ["2024", "12024"],
    "gYearMonthItemType": ["2024-12"],
    "gMonthDayItemType": ["--02-29", "--12-31Z"],
    "gDayItemType": ["---31"],
    "gMonthItemType": ["--12"],
    "durationItemType": ["P1Y2M3DT4H5M6.7S", "-P30D", "PT0S"],
    "timeItemType": ["12:00:00", "24:00:00", "23:59:59.5Z"],
    "hexBinaryItemType": ["", "0aFF"],
    "base64BinaryItemType": ["", "QUJD", "QQ==", "QUI="],
    "languageItemType": ["en", "zh-Hant-TW"],
    "NameItemType": ["a:b", "_x"],
    "NCNameItemType": ["_x", "漢字"],
    "stringItemType": ["", "  any\n text "],
    "percentItemType": ["0.316"],
    "QNameItemType": ["{urn:x}y"],
    "enumerationItemType": ["urn:x#y"],
    "enumerationSetItemType": ["", "urn:x#a urn:x#b"],
}
INVALID = {
    "decimalItemType": ["", "1E6", "INF", "1,000", "１", "--1", "1_0", "."],
    "integerItemType": ["1.0", "", "1e1"],
    "nonNegativeIntegerItemType": ["-1"],
    "byteItemType": ["128"],
    "doubleItemType": ["+INF", "Infinity", "1E", "nan"],
    "booleanItemType": ["True", "yes", ""],
    "dateItemType": ["2023-02-29", "2024-13-01", "20240101", "0000-01-01", "2024-01-01T00:00:00", "2024-01-01+15:00"],
    "dateTimeItemType": ["2024-12-31T24:00:01", "2024-12-31T10:00"],
    "gMonthDayItemType": ["--02-30", "02-29"],
    "durationItemType": ["P", "PT", "1Y", "P1YT"],
    "timeItemType": ["24:00:01", "12:60:00"],
    "hexBinaryItemType": ["0", "0g"],
    "base64BinaryItemType": ["A", "QQ=", "Q==="],
    "languageItemType": ["e_n", "abcdefghi"],
    "NCNameItemType": ["a:b", "1a"],
    "domainItemType": ["x"],
    "QNameItemType": ["p:y"],
    "enumerationItemType": ["p:y", "urn:x#a urn:x#b"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in VALID.items() for text in texts])
def test_valid(name: str, text: str) -> None:
    assert standard_type(name).is_valid(text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in INVALID.items() for text in texts])
def test_invalid(name: str, text: str) -> None:
    assert not standard_type(name).is_valid(text)


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


@pytest.mark.parametrize(
    "uri",
    [
        "http://e.com/2005",
        "urn:x:y",
        "http://[::1]/x",
        "mailto:a@b",
        "x:y",
        "http://u:p@e.com:80/a?b=c?d",
        "http://e.com",
        "http://e.com/%20",
        "tag:e.com,2005:x",
        "http://e.com/(a)",
    ],
)
def test_namespaces(uri: str) -> None:
    assert is_namespace_uri(uri)
    etree.Element("a", nsmap={"p": uri})  # libxml2 agrees


@pytest.mark.parametrize(
    "uri",
    [
        "http://e.com/%",
        "http://e.com/%4",
        "http://%",
        "http://[",
        "http://e.com/[1]",
        "http://e.com:port/",
        "%",
        "foo",
        "http://e.com/¥",
        "http://e.com/\u202e",
        "http://e.com/\x01",
        "http://e.com/a b",
        "http://e.com/#x",
        "",
        ":x",
        "http://e.com/\ufdd0",
        "http://e.com/?q=[]",
        "x:",
        "http://e.com/\n",
    ],
)
def test_what_is_no_namespace(uri: str) -> None:
    assert not is_namespace_uri(uri)


def test_long_uris_take_no_time() -> None:
    assert not is_namespace_uri("http:" + "a" * 200_000 + "\n")
    assert not is_namespace_uri("http://" + "a@" * 100_000)
    assert not is_namespace_uri("http://" + "%20" * 100_000 + "%")


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_carry(character: str) -> None:
    assert first_not_in_xml(f"a{character}b") == f"U+{ord(character):04X}"


def test_characters_that_xml_can_carry() -> None:
    assert first_not_in_xml("\t\n\r a\x7f\x85\u202e\ufdd0\U0010ffff") is None
