"""A browser paints the tagged document as it painted the plain one: the same pixels.

The pages use a font whose letters all have the same, whole width. With other fonts a browser kerns no pair of letters
across the border of an element, whatever the element is, and what follows may move by a part of a pixel.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from exporter.items.values.printed import Span
from exporter.tagging.document.document import read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.write.tags import tag_document
from tests.support.chromium import image_data, needs_chromium, screenshot_of
from tests.support.tagging import DOT, amount, at, report_of, text_fact

FONT = "Noto Sans Mono CJK JP"
pytestmark = needs_chromium

_XHTML = b"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Report</title><style>
* { font-family: 'Noto Sans Mono CJK JP' } body { font-size: 16px } h1 { font-size: 32px }
sup { font-size: 12px } p { text-indent: 2em; margin: 0.7em } td { border: 1px solid #888; padding: 3px }
p b { color: maroon } td:nth-child(2) { text-align: right } li + li { border-top: 1px dotted }
</style></head>
<body bgcolor="white">
<h1>Item 3. <i>Key</i> Information</h1>
<p>We have an accumulated <b>deficit of <em>&#165;34.4</em>&#160;billion</b><sup>(1)</sup>
as of March&#160;31, 2005.</p>
<div class="page"><p>First half of a note, with <b>bold words</b></p><p>- 12 -</p></div><hr/>
<div class="page"><p>and its second half.</p></div>
<table><tr><td>Loss</td><td>(1,234)</td></tr><tr><td>Cash <span>and more</span></td><td>5,678</td></tr></table>
<ul><li>one <em>two</em></li><li>three</li></ul>
</body></html>
"""
_HTML = b"""<HTML><HEAD><TITLE>Report</TITLE>
<STYLE>* { font-family: 'Noto Sans Mono CJK JP'; font-size: 16px }</STYLE></HEAD>
<BODY BGCOLOR=white TEXT=#000033>
<CENTER><FONT SIZE=5><B>Item 3. Key Information</B></FONT></CENTER>
<P ALIGN=justify>We have an accumulated <B>deficit of <EM>&yen;34.4</EM>&nbsp;billion</B><SUP>(1)</SUP>.
<P>First half of a note, with <B>bold words</B><P>- 12 -<HR><P>and its second half.
<TABLE BORDER=1 CELLPADDING=4><TR><TD NOWRAP>Loss<TD ALIGN=right>(1,234)
<TR><TD>Cash <SPAN>and more</SPAN><TD>5,678</TABLE>
<UL><LI>one <EM>two</EM><LI>three</UL>"""


def has_font() -> bool:
    """Whether the font of the pages is installed."""
    match = shutil.which("fc-match")
    return match is not None and FONT in subprocess.run([match, FONT], capture_output=True, text=True).stdout


def pixels(page: Path, folder: Path) -> bytes:
    """The picture of a page, uncompressed."""
    picture = folder / f"{page.stem}.png"
    screenshot_of(page, picture, width=900, height=900)
    return image_data(picture)


@pytest.mark.skipif(not has_font(), reason="no font whose letters have a whole width")
@pytest.mark.parametrize(("source", "name"), [(_XHTML, "report.xhtml"), (_HTML, "report.htm")])
def test_the_tagged_document_looks_as_before(source: bytes, name: str, tmp_path: Path) -> None:
    document = read_document(source, name)
    note = Span(at(document, "First").start, at(document, "second half.").end)
    report = report_of(
        amount("f1", "-34400000000", -8),
        text_fact("f2", "First half of a note, with bold words and its second half.", name="Note"),
        amount("f3", "-1234000", -3),
        text_fact("f4", "Loss(1,234)Cashandmore5,678", name="Note"),
        text_fact("f5", "one two"),
        text_fact("f6", "accumulated deficit of ¥34.4\xa0billion"),
    )
    table = document.tables[0]
    placements = [
        Placement(fact="f1", spans=[at(document, "34.4")], format=DOT, scale=9, negative=True),
        Placement(fact="f2", spans=[note], excluded=[at(document, "- 12 -")], escape=True),
        Placement(fact="f3", spans=[at(document, "1,234")], format=DOT, scale=3, negative=True),
        Placement(fact="f4", spans=[Span(table.start, table.end)], escape=True),
        Placement(fact="f5", spans=[at(document, "one two")]),
        Placement(fact="f6", spans=[at(document, "accumulated deficit of ¥34.4\xa0billion")]),
    ]
    plain, tagged = tmp_path / "plain.xhtml", tmp_path / "tagged.xhtml"
    plain.write_bytes(document.xhtml)
    tagged.write_bytes(tag_document(document, report, placements))
    blank = tmp_path / "blank.xhtml"
    blank.write_bytes(b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>b</title></head><body></body></html>')
    before = pixels(plain, tmp_path)
    assert before == pixels(tagged, tmp_path)
    assert before != pixels(blank, tmp_path)
