"""What is XHTML 1.1 with Inline XBRL, and what is not."""

from __future__ import annotations

import pytest
from lxml import etree

from exporter.findings import Finding
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from tests.unit.formats.inline_xbrl.documents import bare, document, number, text

pytestmark = pytest.mark.door("lxml")

TABLE = (
    f"<table><caption>{number('5')}</caption><col width='2*'/><thead><tr><th scope='col'>x</th></tr></thead>"
    f"<tbody><tr valign='top'><td colspan='2'>{text('<div>x</div>')}</td></tr></tbody></table>"
)
FORM = (
    '<form action="x"><p><label>a <input type="text" disabled="disabled"/></label>'
    "<select><option>1</option></select></p></form>"
)


def faults(data: bytes) -> list[Finding]:
    return list(check_xhtml([InlineDocument("a.xhtml", etree.fromstring(data))]))


@pytest.mark.parametrize(
    "body",
    [
        "",
        f"<p>{text('a')}</p><ul><li>{number('5')}</li></ul><h1>{text('b')}</h1>",
        TABLE,
        text("<div><p>x</p></div>") + "<hr/><blockquote><p>x</p></blockquote>",
        f"<p>{text('<div>block in a paragraph</div>')}</p>",
        "<div>a <b>b</b><p>c</p></div>",
        '<p class="a b-1 c.d" style="x" title="" dir="rtl" xml:lang="">x</p>',
        FORM,
        '<p><ruby><rb>a</rb><rp>(</rp><rt>b</rt><rp>)</rp></ruby><a href="x y#z">c</a><img src="a" alt=""/></p>',
        '<p><ins datetime="2024-01-01T00:00:00Z">a</ins></p>',
    ],
)
def test_valid_documents(body: str) -> None:
    assert faults(document(body)) == []
    assert faults(bare(f"<div>{body}</div>")) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("text", "body may not hold text"),
        ("&#160;", "body may not hold text"),
        ("<span>x</span>", "body may not hold span"),
        ("<p><div/></p>", "p may not hold div"),
        ("<p><p/></p>", "p may not hold p"),
        ("<p><a><a/></a></p>", "a may not hold a"),
        (f"<table>{text('<tr><td/></tr>')}</table>", "table may not hold ix:nonNumeric"),
        (f"<ul>{text('x')}</ul>", "ul may not hold ix:nonNumeric"),
        ("<ul/>", "ul holds at least one element"),
        ("<table/>", "table holds caption"),
        ("<table><tr><td/></tr><thead><tr><td/></tr></thead></table>", "table holds caption"),
        ("<section/>", "XHTML 1.1 has no element section"),
        ("<P/>", "XHTML 1.1 has no element P"),
        ('<x xmlns="urn:x"/>', "no room for {urn:x}x"),
        (text("<tr/>"), "ix:nonNumeric may not hold tr"),
        ('<p lang="en"/>', "p has no attribute lang"),
        ('<p data-x="1"/>', "p has no attribute data-x"),
        ('<p onclick="x"/>', "p has no attribute onclick"),
        ('<p xml:base="x"/>', "p has no attribute xml:base"),
        ('<p xmlns:q="urn:q" q:a=""/>', "p has no attribute {urn:q}a"),
        ('<p class=""/>', "class of p"),
        ('<p class="a$"/>', "class of p"),
        ('<p id="1"/>', "an id is an XML name"),
        ('<table><tr><td colspan="x"/></tr></table>', "colspan of td is a number"),
        ('<table><tr><td align="top"/></tr></table>', "align of td is one of"),
        ('<table><tr><td width="1"/></tr></table>', "td has no attribute width"),
        ('<p><img src="a"/></p>', "img lacks its attribute alt"),
        ('<p><a href="http://[">x</a></p>', "href of a is a URL"),
    ],
)
def test_faults(body: str, said: str) -> None:
    found = faults(bare(body))
    assert any(said in finding.message for finding in found), found
    assert all(finding.location.file == "a.xhtml" and finding.location.line for finding in found)
    assert {finding.code for finding in found} == {"exporter:xmlSchema"}


def test_ids_are_unique_in_a_file() -> None:
    assert [finding.code for finding in faults(bare('<p id="a"/><p id="a"/>'))] == ["exporter:duplicateId"]


def test_the_head_has_one_title() -> None:
    good = '<base href="x"/><style type="text/css">p {}</style><meta content="x" name="y"/>'
    assert faults(bare("", head=good)) == []
    for head in ("<title>x</title>", "<meta/>", "<style/>", '<base href="x"/><base href="y"/>'):
        assert faults(bare("", head=head))
