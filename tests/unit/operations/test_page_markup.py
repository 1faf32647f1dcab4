"""What filing rules are told of a page's markup."""

from __future__ import annotations

from pathlib import Path

from exporter.formats.inline_xbrl.read.inline_set import load_set
from exporter.formats.options import InlineFile
from exporter.operations.validate_inline import inline_document_facts
from exporter.validation.filing_rules.subject import DocumentFacts

PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:ex="http://www.example.com/ex" xml:lang="en">
<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>Report</title>
<style>@font-face { src: url(font.woff) } p { background: url('a.png') }</style></head>
<body onload="go()"><div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple"
 xlink:href="ex.xsd"/></ix:references><ix:resources><ix:relationship fromRefs="f1" toRefs="n1"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">x</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period>
</xbrli:context></ix:resources></ix:header></div>
<p>Profit あ <ix:nonNumeric id="f1" name="ex:A" contextRef="c" continuedAt="k">A &amp; B</ix:nonNumeric></p>
<p style="color: red; display : none">
<ix:nonNumeric id="f2" name="ex:A" contextRef="c" continuedAt="k2">A</ix:nonNumeric></p>
<ix:continuation id="k">C</ix:continuation>
<p><img src="b.png" alt=""/><a href="mailto:a@b.example">mail</a></p>
<ix:footnote id="n1" xml:lang="fr">Note</ix:footnote><ix:footnote id="n2">Loose</ix:footnote>
</body></html>"""


def facts_of(page: str) -> DocumentFacts:
    return inline_document_facts(load_set([InlineFile("page.xhtml", page.encode())]))


def test_markup() -> None:
    facts = facts_of(PAGE)
    assert facts.language == "en"
    assert ("body", "onload") in facts.attribute_places
    assert {address.element: address.href for address in facts.references} == {
        "font": "font.woff",
        "css": "a.png",
        "img": "b.png",
        "a": "mailto:a@b.example",
    }
    (page,) = facts.files
    assert (page.encoding, page.meta_encoding, page.title) == ("UTF-8", "UTF-8", "Report")
    assert page.characters == {"あ"}
    assert not page.declares_below


def test_facts_and_footnotes() -> None:
    facts = facts_of(PAGE)
    first, second = facts.facts
    assert (first.has_specials, first.is_displayed, first.in_order) == (True, True, True)
    assert (second.has_specials, second.is_displayed) == (False, False)
    assert [(note.id, note.language, note.facts) for note in facts.footnotes] == [
        ("n1", "fr", ("f1",)),
        ("n2", "en", ()),
    ]
    (context,) = facts.contexts
    assert context.dates == ("2024-01-01", "2024-12-31")
    assert (str(context.start), str(context.end), context.identifier) == ("2024-01-01", "2024-12-31", "x")


def test_parts_out_of_order(tmp_path: Path) -> None:
    before = '<ix:continuation id="k">C</ix:continuation>'
    page = PAGE.replace(before, "").replace("<p>Profit", f"{before}<p>Profit")
    assert not facts_of(page).facts[0].in_order
