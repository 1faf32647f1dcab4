"""Patterns of XML Schema mean what a slow matcher says that they mean, and libxml2 where it decides alike."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.model.patterns import compile_pattern
from tests.support.pattern_meaning import ALPHABET, SHORTHANDS, Meaning, meanings

MANY = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
PLAIN = "ab1-."  # where the tables of Unicode of all engines are alike


@pytest.mark.parametrize("shorthand", SHORTHANDS)
def test_shorthands_one_by_one(shorthand: str) -> None:
    pattern, inside, outside = map(compile_pattern, (shorthand, f"[{shorthand}]", f"[^{shorthand}]"))
    for character in ALPHABET:
        fits = SHORTHANDS[shorthand](character)
        assert (pattern.matches(character), inside.matches(character)) == (fits, fits)
        assert outside.matches(character) != fits


@MANY
@given(meanings(), st.lists(st.text(ALPHABET, max_size=8), min_size=1, max_size=8))
def test_like_the_slow_matcher(meaning: Meaning, texts: list[str]) -> None:
    pattern = compile_pattern(meaning.text)
    assert {text: pattern.matches(text) for text in texts} == {text: meaning.fits(text) for text in texts}


@MANY
@given(
    meanings(PLAIN, shorthands=(r"\d", r"\D", r"\s", r"\S", r"\-"), for_libxml2=True),
    st.lists(st.text(PLAIN, max_size=8), min_size=1, max_size=8),
)
def test_like_libxml2(meaning: Meaning, texts: list[str]) -> None:
    schema = etree.XMLSchema(
        etree.fromstring(
            '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="e"><simpleType><restriction base="string">'
            f"<pattern value={quoteattr(meaning.text)}/></restriction></simpleType></element></schema>"
        )
    )
    pattern = compile_pattern(meaning.text)
    assume(pattern.is_deterministic)  # the others are never left to libxml2, which takes ``(a*|.)`` to fit ``1a``
    for text in texts:
        element = etree.Element("e")
        element.text = text
        try:
            valid = schema.validate(element)
        except etree.XMLSchemaValidateError:
            assume(False)
        assert pattern.matches(text) == valid
