"""Text blocks: well-formed fragments, from markup or from plain paragraphs.

Footnotes to items.
"""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.items.values.texts import Footnote, TextBlock


@pytest.mark.parametrize(
    "markup",
    [
        "",
        " \n",
        "<p>",
        "<p>a</b>",
        "a & b",
        "&nbsp;",
        "</div><div>",
        "<p>a</p>&undeclared;",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
        "<x:p>a</x:p>",
        "<p a='1' a='2'/>",
    ],
)
def test_what_is_no_fragment_is_refused(markup: str) -> None:
    with pytest.raises(ModelError):
        TextBlock(markup)


@pytest.mark.parametrize(
    ("text", "markup", "plain"),
    [
        ("one", "<p>one</p>", "one"),
        ("one\ntwo\n \nthree", "<p>one two</p><p>three</p>", "one two\n\nthree"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
        ("&lt;", "<p>&amp;lt;</p>", "&lt;"),
        (" <p>a</p> ", "<p>a</p>", "a"),
        ("<p>a <b>b</b></p><p>c</p>", "<p>a <b>b</b></p><p>c</p>", "a b\n\nc"),
    ],
)
def test_parse(text: str, markup: str, plain: str) -> None:
    block = TextBlock.parse(text)
    assert block.xhtml == markup
    assert block.plain == plain


def test_paragraphs_one_by_one() -> None:
    assert TextBlock.of(["a", " ", "b"]) == TextBlock("<p>a</p><p>b</p>")
    with pytest.raises(ModelError):
        TextBlock.of([])


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": 5},
        {"text": "a", "language": "not a tag"},
        {"text": "a", "language": 5},
        {"text": "a", "marker": 5},
        {"text": "a", "fields": "loss"},
    ],
)
def test_what_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        Footnote(**arguments)


def test_the_order_of_fields_and_the_marker_have_no_meaning() -> None:
    one, other = Footnote("a", fields=("x", "y", "x"), marker="(1)"), Footnote("a", fields=["y", "x"])
    assert one == other
    assert hash(one) == hash(other)
    assert one.fields == ("x", "y")
    assert Footnote("a", "en") != Footnote("a")
