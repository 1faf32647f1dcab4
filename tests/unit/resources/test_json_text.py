"""Verdicts on JSON that do not depend on the version of the standard parser."""

from __future__ import annotations

import json

import pytest

from exporter.resources.json_text import is_unterminated, syntax_error, too_deep_at

pytestmark = pytest.mark.door("json")


@pytest.mark.parametrize(
    ("text", "depth", "position"),
    [
        ("[[1], [2]]", 2, None),
        ("[[1], [[2]]]", 2, 7),
        ('["[[[", "\\"[[["]', 1, None),
        ('{"a": {"b": [', 2, 12),
        ("]]][[", 1, None),
        ('["[[[[', 1, None),
    ],
)
def test_depth_is_counted_outside_of_strings(text: str, depth: int, position: int | None) -> None:
    assert too_deep_at(text, depth) == position


def test_depth_of_a_part() -> None:
    assert too_deep_at("[[[[", 1, 2) == 3
    assert too_deep_at("[[[[", 1, 2, 3) is None


@pytest.mark.parametrize(
    ("text", "bracket"),
    [('{"a":1,}', 7), ("[1,]", 3), ('{"a":1,\n\n}', 9), ("[1 , ]", 5)],
)
@pytest.mark.parametrize("is_at_comma", [False, True])
def test_a_trailing_comma_is_reported_at_the_bracket(text: str, bracket: int, is_at_comma: bool) -> None:
    """Python 3.13 gives the place of the comma, earlier versions that of the bracket."""
    position = text.index(",") if is_at_comma else bracket
    message, place = syntax_error(text, json.JSONDecodeError("Whatever", text, position))
    assert place == bracket
    assert message == f"a value is expected after the comma, not {text[bracket]!r}"


@pytest.mark.parametrize("text", ['{"a":1,}', "[1,]", '{"a":1,\n\n}', "[1 , ]"])
def test_a_trailing_comma_by_the_parser_of_this_version(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert syntax_error(text, caught.value)[1] == text.rindex(text[-1])


def test_other_errors_stay_where_the_parser_sees_them() -> None:
    for text, place in (("[1 2]", 3), ('{"a" 1}', 5), ("[1}", 2), ('["a', 1), ('["a",', 5)):
        with pytest.raises(json.JSONDecodeError) as caught:
            json.loads(text)
        assert syntax_error(text, caught.value)[1] == place


def test_strings_without_an_end() -> None:
    assert is_unterminated('["a', 1)
    assert is_unterminated('"a\\"', 0)
    assert not is_unterminated('["a"', 1)
    assert not is_unterminated("[1", 1)
