"""What the reader of a document sees around each fact."""

from __future__ import annotations

import pytest

from exporter.errors import ReadError
from exporter.formats.inline_xbrl.read.phrases import document_phrases

PAGE = """\
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><body>
<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric id="f0">F</ix:nonNumeric></ix:hidden></ix:header></div>
<p>The deficit was ¥<ix:nonFraction id="f1">34.4</ix:nonFraction> billion
   at <b>March 31, 2005</b>.</p>
<table><tr><th>High</th><td><ix:nonFraction id="f2">125.54</ix:nonFraction></td><td>104.19</td></tr></table>
<p><ix:nonNumeric id="f3">{long}</ix:nonNumeric> <ix:nonFraction>1</ix:nonFraction></p>
</body></html>"""


def test_the_line_or_paragraph_around_each_fact() -> None:
    phrases = document_phrases(PAGE.replace("{long}", "many words " * 100).encode())
    assert phrases["f1"] == "The deficit was ¥34.4 billion at March 31, 2005."
    assert phrases["f2"] == "High 125.54 104.19"
    assert len(phrases["f3"]) == 301
    assert phrases["f3"].endswith("…")
    assert phrases.keys() == {"f1", "f2", "f3"}


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(ReadError):
        document_phrases(b"<html><p></html>")
