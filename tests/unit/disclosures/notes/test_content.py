"""The texts of notes in one form."""

from __future__ import annotations

import pytest

from exporter.disclosures.notes.content import canonical_markup
from exporter.errors import ModelError


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("One.\n\nTwo & more.\n", "<p>One.</p><p>Two &amp; more.</p>"),
        ("<p class='a' >x<br></br>y</p><!-- no -->", '<p class="a">x<br/>y</p>'),
        ('<table><tr><td colspan="2">&#x3c;</td></tr></table>', '<table><tr><td colspan="2">&lt;</td></tr></table>'),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', '<a href="https://example.com/?a=1&amp;b=2">x</a>'),
        ("<p><![CDATA[a < b]]></p>", "<p>a &lt; b</p>"),
        ("  ", ""),
    ],
)
def test_markup_has_one_form(written: str, canonical: str) -> None:
    assert canonical_markup(written) == canonical
    assert canonical_markup(canonical) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<a href="javascript:x()">a</a>',
        '<p style="background:url(http://example.com/x)">a</p>',
        '<img src="x.png"/>',
        "<p>not closed",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "<p style=\"background:image-set('http://example.com/x')\">a</p>",
        '<p style="background:u\\72l(http://example.com/x)">a</p>',
        '<p style="background:u/**/rl(http://example.com/x)">a</p>',
        '<td title="{BalanceSheet/Cash}">a</td>',
    ],
)
def test_what_does_more_than_show_itself_is_refused(written: str) -> None:
    with pytest.raises(ModelError):
        canonical_markup(written)
