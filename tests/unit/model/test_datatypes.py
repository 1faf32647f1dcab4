"""Data types of concepts and the facets that restrict them."""

from __future__ import annotations

from decimal import Decimal

from exporter.model.datatypes import Facets
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type


def test_which_types_are_numbers_and_which_are_text() -> None:
    numbers = {"monetaryItemType", "sharesItemType", "pureItemType", "percentItemType", "perShareItemType"}
    text = {"stringItemType", "normalizedStringItemType", "tokenItemType", "textBlockItemType"}
    neither = {"domainItemType", "noLangTokenItemType", "languageItemType", "dateItemType", "enumerationItemType"}
    for name in numbers:
        assert standard_type(name).is_numeric
        assert not standard_type(name).is_text
    assert all(standard_type(name).is_text for name in text)
    assert not any(standard_type(name).is_text or standard_type(name).is_numeric for name in neither)
    assert standard_type("noDecimalsMonetaryItemType").is_monetary


def test_facets_restrict() -> None:
    name = QName("urn:x", "t")
    score = standard_type("decimalItemType").derive(
        name, Facets(min_inclusive=Decimal(0), max_exclusive=Decimal(10), fraction_digits=1, total_digits=2)
    )
    assert [text for text in ("0", "9.9", "-1", "10", "1.25", "0.50") if score.is_valid(text)] == ["0", "9.9", "0.50"]
    grade = standard_type("stringItemType").derive(name, Facets(enumeration=frozenset({"high", "low"})))
    assert grade.is_valid("high")
    assert not grade.is_valid("High")
    code = standard_type("tokenItemType").derive(name, Facets(pattern=("[A-Z]{2}",), max_length=2))
    assert code.is_valid(" AB ")
    assert not code.is_valid("ABC")
