"""Which texts can stand on a page as the markup they are."""

from __future__ import annotations

import pytest

from exporter.formats.inline_xbrl.write.text_blocks import Fragment, read_fragment, why_unprintable


@pytest.mark.parametrize(
    ("value", "is_block"),
    [
        ("plain", False),
        ("<b>a</b> &amp; b", False),
        ("line<br/>line", False),
        ('<img src="logo.png" alt=""/>', False),
        ('<a href="https://example.com/">a</a>', False),
        ("<p>a</p>", True),
        ("<span><div>a</div></span>", None),
        ('<table class="x"><tbody><tr><td colspan="2">1</td></tr></tbody></table>', True),
        ("<ul><li>a</li></ul>", True),
    ],
)
def test_markup(value: str, is_block: bool | None) -> None:
    assert read_fragment(value) == (None if is_block is None else Fragment(is_block=is_block))


@pytest.mark.parametrize(
    "value",
    [
        "a < b",
        "a & b",
        "a > b",
        "a\rb",
        "<p>not closed",
        "</div><div>",
        "<p class='a'>other quotation marks</p>",
        "<br></br>",
        "<p >blank</p>",
        "<p>&#160;</p>",
        "<!-- comment --><p>a</p>",
        "<![CDATA[a]]>",
        "<u>no XHTML 1.1</u>",
        '<p lang="en">a</p>',
        '<x:p xmlns:x="http://www.w3.org/1999/xhtml">a</x:p>',
        '<p xmlns="urn:other">a</p>',
        "<ix:exclude>a</ix:exclude>",
    ],
)
def test_texts_that_would_not_come_back(value: str) -> None:
    assert read_fragment(value) is None


ACTIVE = [
    '<script type="text/javascript">x</script>',
    '<p onclick="x()">a</p>',
    '<a href="javascript:x()">a</a>',
    '<a href=" JavaScript:x()">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<img src="https://example.com/a.png" alt=""/>',
    '<img src="//example.com/a.png" alt=""/>',
    '<img src="data:image/png;base64,AAAA" alt=""/>',
    '<p style="background: url(https://example.com/a.png)">a</p>',
    '<object data="a.swf"></object>',
    '<form action="a"><p><input name="a"/></p></form>',
]


@pytest.mark.parametrize("value", ACTIVE)
def test_what_does_more_than_show_itself_is_text(value: str) -> None:
    assert read_fragment(value) is None
    assert why_unprintable(value) is not None


def test_ids_are_told() -> None:
    assert read_fragment('<p id="a">x<b id="b">y</b></p>') == Fragment(is_block=True, ids=("a", "b"))


@pytest.mark.parametrize("content", ["plain", "<p>a</p>", "<br></br>", "<p class='a'>a</p>", "<p>not closed"])
def test_footnotes_without_fault(content: str) -> None:
    """They need not come back letter by letter; whether they are fragments at all is told elsewhere."""
    assert why_unprintable(content) is None


def test_footnotes_at_fault() -> None:
    assert "u" in (why_unprintable("<u>a</u>") or "")


def test_deep_markup_is_text() -> None:
    assert read_fragment("<span>" * 500 + "</span>" * 500) is None
