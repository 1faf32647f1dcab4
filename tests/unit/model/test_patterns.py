from __future__ import annotations

import sys
import time

import pytest

from exporter.model.datatypes import Facets
from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import PatternLimitError, compile_pattern, compile_rule_pattern
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type

pytestmark = pytest.mark.door("re2")


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
        (r"[a-z-[^aeiou]]", ["a"], ["b"]),
        (r"[a-z-[a-y-[b]]]", ["b", "z"], ["a", "y"]),
        (r"[a\-c]", ["a", "-", "c"], ["b"]),
        ("[-a]", ["-", "a"], ["b"]),
        ("[a-]", ["-", "a"], ["b"]),
        ("[^-a]", ["b"], ["-", "a"]),
        (r"[\w-.]", ["a", "-", "."], [" "]),
        ("[a-c-e]", ["b", "-", "e"], ["d"]),
        (r"[\[-\]]", ["[", "\\", "]"], ["a"]),
        (r"\d{4}", ["2005", "٢٠٠٥"], ["205", "20055"]),
        (r"\s\S", [" x"], ["xx", "\u00a0 "]),
        (r"\w+", ["a1"], ["a b", "a.b"]),
        (r"\W", ["."], ["a"]),
        (r"(ab)+\.", ["abab."], ["ab"]),
        (r"\n\t", ["\n\t"], ["nt"]),
        (r"[\^\]]", ["^", "]"], ["\\"]),
        ("[.]", ["."], ["a"]),
        (r"\p{IsGreek}", ["Ω"], ["a"]),
        (r"\P{IsBasicLatin}+", ["é日"], ["a"]),
        (r"\p{IsLatin-1Supplement}", ["é"], ["a"]),
        ("", [""], ["a"]),
        ("(|a)b{0}", ["", "a"], ["b"]),
        ("a{2,}", ["aa", "a" * 5000], ["a"]),
        ("a{2500}", ["a" * 2500], ["a" * 2499, "a" * 2501]),
        ("(a{1,100}b){1,40}", ["ab", ("a" * 100 + "b") * 40], ["b", "ab" * 41, "a" * 101 + "b"]),
        ("[a-c]{0,9000}", ["", "a" * 9000], ["d", "a" * 9001]),
        (".{5,10}-x", ["12345-x"], ["1234-x", "12345678901-x"]),
        ("(a?){3}(b{2,3}){2}", ["bbbb", "aaabbbbbb"], ["aaaabbbb", "abbb"]),
        ("\U0001d538", ["\U0001d538"], ["\ud835"]),
    ],
)
def test_means_what_xml_schema_means(pattern: str, good: list[str], bad: list[str]) -> None:
    compiled = compile_pattern(pattern)
    assert [text for text in good if not compiled.matches(text)] == []
    assert [text for text in bad if compiled.matches(text)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "(",
        ")",
        "a)",
        r"\p{IsMartian}",
        "*a",
        "a**",
        "a*?",
        "(?:a)",
        r"\p{Xx}",
        r"\p{Xx",
        "[]",
        "a{2,1}",
        "a{,2}",
        "\\",
        r"\q",
        "[b-a]",
        r"[a-\d]",
        "[[]",
        "[a-[b]c]",
        "(" * 3000 + ")" * 3000,
        "a{99999999999999999999}",
        "\\1",
    ],
)
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(PatternError) as raised:
        compile_pattern(pattern)
    assert not isinstance(raised.value, PatternLimitError)


@pytest.mark.parametrize(
    "pattern",
    ["(a{1,1000}){1,1000}", "(((a{99}){99}){99}){99}", "a" * 10_001, r"(\w{0,200} ){2}", "(ab?){30000}"],
)
def test_what_is_too_large(pattern: str) -> None:
    start = time.process_time()
    with pytest.raises(PatternLimitError, match=r"[0-9],000 "):
        compile_pattern(pattern)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("pattern", "deterministic"),
    [
        ("[A-Z]{2}-[0-9]+", True),
        ("(ab)+", True),
        ("a*b*", True),
        (r"\d+(\.\d+)?", True),
        ("(a|b)*c", True),
        ("a*a", False),
        ("(a|ab)", False),
        ("(a*)*", False),
        ("(a{1,10}){1,10}", False),
        (".*x", False),
        ("(a?b?)*", False),
    ],
)
def test_whether_one_place_only_can_meet_a_character(pattern: str, deterministic: bool) -> None:
    assert compile_pattern(pattern).is_deterministic == deterministic


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\d+\d+\d+\d+\d+x", "1" * 300),
        ("a*a*a*a*a*a*b", "a" * 100_000),
        (".*.*.*.*.*=", "a" * 100_000),
        ("a*a*b", "a" * 1_000_000),
        ("(a|aa)+", "a" * 99_999 + "b"),
        ("(x+x+)+y", "x" * 100_000),
        ("(a|a)*b", "a" * 100_000),
        ("[ab]*a[ab]{2000}", "ab" * 50_000),
    ],
)
def test_decided_in_linear_time(pattern: str, text: str) -> None:
    start = time.process_time()
    assert not compile_pattern(pattern).matches(text)
    assert time.process_time() - start < 5


def test_half_a_surrogate_pair_fits_nothing() -> None:
    assert not compile_pattern(".").matches("\ud800")
    assert not compile_pattern(r"[^a]").matches("\udfff")
    assert compile_pattern(".").matches(chr(sys.maxunicode))


def test_a_type_with_such_a_pattern_can_be_used() -> None:
    text = standard_type("tokenItemType")
    assert text.derive(QName("n", "t"), Facets(pattern=(r"\p{Lu}+", r"\i"))).is_valid("ABC")
    assert not text.derive(QName("n", "t"), Facets(pattern=(r"\p{Lu}+",))).is_valid("abc")
    assert not text.derive(QName("n", "t"), Facets(pattern=(r"\p{IsGreek}",))).is_valid("anything")
    assert text.derive(QName("n", "t"), Facets(pattern=(r"\p{IsMartian}",))).is_valid("anything")


def test_long_texts_are_held_against_any_pattern() -> None:
    type_ = standard_type("stringItemType").derive(QName("http://e", "t"), Facets(pattern=("(a+)+b",)))
    assert not type_.is_valid("a" * 10)
    assert type_.is_valid("a" * 10 + "b")
    assert not type_.is_valid("a" * 5000)


# Patterns of profiles and rules


def test_a_rule_pattern_has_the_methods_of_re() -> None:
    pattern = compile_rule_pattern(r"[a-z]+-(\d{8})")
    match = pattern.fullmatch("abc-20050331")
    assert match is not None
    assert match[1] == "20050331"
    assert pattern.fullmatch("abc-20050331.xsd") is None
    assert pattern.match("abc-20050331.xsd") is not None
    assert pattern.match("1abc-20050331") is None
    assert pattern.search("1abc-20050331") is not None
    assert pattern.search("abc-20050331\ud800") is None


@pytest.mark.parametrize("pattern", [r"(?=a)b", r"(a)\1", "(", "[", "\ud800", "a{5000}"])
def test_what_re2_leaves_out_is_not_a_rule_pattern(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_rule_pattern(pattern)


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(a|aa)+b", r"\w*\w*\w*\w*\w*-", r"(.*)*x"])
def test_a_rule_pattern_is_linear(pattern: str) -> None:
    text = "a" * 1_000_000  # an engine that tries again would not end
    compiled = compile_rule_pattern(pattern)
    assert compiled.fullmatch(text) is None
    assert compiled.match(text) is None
    assert compiled.search(text) is None
