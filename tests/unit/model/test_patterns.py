from __future__ import annotations

import pytest

from exporter.model.datatypes import Facets
from exporter.model.patterns import compile_pattern, may_take_long
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[A-Z]{2}[0-9]+", ["AB1"], ["A1", "AB", "xAB1"]),
        ("a|bc", ["a", "bc"], ["abc", "ac"]),
        ("^a$", ["^a$"], ["a"]),
        ("a.b", ["a-b"], ["a\nb", "a\rb"]),
        (r"\i\c*", ["a:b-1", "_", "é"], ["1a", "-a", ""]),
        (r"\I\C", ["1 "], ["a ", "1a"]),
        (r"\p{Lu}\p{Ll}+", ["Ab", "Éa"], ["ab", "AB"]),
        (r"\P{L}", ["1"], ["a"]),
        (r"[\p{L}\-]+", ["a-b"], ["a1"]),
        (r"[a-z-[aeiou]]+", ["xyz"], ["xa"]),
        (r"[^a-c-[x]]", ["d"], ["a", "x"]),
        (r"[a\-c]", ["a", "-", "c"], ["b"]),
        ("[-a]", ["-", "a"], ["b"]),
        ("[a-]", ["-", "a"], ["b"]),
        (r"\d{4}", ["2005"], ["205", "20055"]),
        (r"\s\S", [" x"], ["xx", "\u00a0 "]),
        (r"\w+", ["a1"], ["a b", "a.b"]),
        (r"\W", ["."], ["a"]),
        (r"(ab)+\.", ["abab."], ["ab"]),
        (r"\n\t", ["\n\t"], ["nt"]),
        (r"[\^\]]", ["^", "]"], ["\\"]),
        ("[.]", ["."], ["a"]),
    ],
)
def test_means_what_xml_schema_means(pattern: str, good: list[str], bad: list[str]) -> None:
    compiled = compile_pattern(pattern)
    assert compiled is not None
    assert [text for text in good if not compiled.fullmatch(text)] == []
    assert [text for text in bad if compiled.fullmatch(text)] == []


@pytest.mark.parametrize("pattern", ["[", "(", r"\p{IsGreek}", "*a", r"\p{Xx", "[]", "a{2,1}", "\\"])
def test_what_cannot_be_checked_is_none(pattern: str) -> None:
    assert compile_pattern(pattern) is None


def test_a_type_with_such_a_pattern_can_be_used() -> None:
    text = standard_type("tokenItemType")
    assert text.derive(QName("n", "t"), Facets(pattern=(r"\p{Lu}+", r"\i"))).is_valid("ABC")
    assert not text.derive(QName("n", "t"), Facets(pattern=(r"\p{Lu}+",))).is_valid("abc")
    assert text.derive(QName("n", "t"), Facets(pattern=(r"\p{IsGreek}",))).is_valid("anything")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "((a?){20})*", "(x(a*)y)+", "([a-z]+[0-9]*){3}"])
def test_what_may_take_long(pattern: str) -> None:
    assert may_take_long(pattern)


@pytest.mark.parametrize("pattern", ["[A-Z]{2}-[0-9]+", "(ab)+", "(a|b)c", "\\(a+\\)+", "[(+)]+", "a*b*", ""])
def test_what_does_not(pattern: str) -> None:
    assert not may_take_long(pattern)


def test_long_texts_are_not_held_against_what_may_take_long() -> None:
    type_ = standard_type("stringItemType").derive(QName("http://e", "t"), Facets(pattern=("(a+)+b",)))
    assert not type_.is_valid("a" * 10)
    assert type_.is_valid("a" * 10 + "b")
    assert type_.is_valid("a" * 5000)


@pytest.mark.parametrize("pattern", ["(" * 3000 + ")" * 3000, "a{99999999999999999999}"])
def test_what_is_beyond_all_bounds_is_not_checked(pattern: str) -> None:
    assert compile_pattern(pattern) is None
