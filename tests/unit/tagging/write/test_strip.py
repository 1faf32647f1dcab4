"""Tags taken out again, of our own documents and of others."""

from __future__ import annotations

import pytest

from exporter.errors import ReadError
from exporter.tagging.write.strip import strip_tags

_IX = 'xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'


def html(root: str, body: str) -> bytes:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"{root}><head><title>t</title></head><body>{body}</body></html>'.encode()


def test_content_stays_and_the_header_goes() -> None:
    tagged = html(
        f" {_IX}",
        '<div style="display: none;">\n<ix:header><ix:hidden><ix:nonNumeric name="a" contextRef="c">x</ix:nonNumeric>'
        '</ix:hidden></ix:header>\n</div><p>a <ix:nonNumeric name="a" contextRef="c" escape="true">b <i>c</i>'
        "<ix:exclude> d </ix:exclude></ix:nonNumeric><ix:continuation id='e'></ix:continuation>"
        '<ix:footnote id="n">n</ix:footnote></p>',
    )
    assert strip_tags(tagged) == html("", "<p>a b <i>c</i> d n</p>")


def test_a_wrapper_with_other_content_stays() -> None:
    tagged = html(f" {_IX}", "<div style='display:none'><ix:header></ix:header>other</div><div><ix:header/></div>")
    assert strip_tags(tagged) == html("", "<div style='display:none'>other</div><div></div>")


def test_declarations_that_are_still_needed_stay() -> None:
    root = f' xmlns:kept="urn:before" {_IX} xmlns:m="urn:m" xmlns:x="urn:x" lang="en" xmlns:xbrli="urn:i"'
    tagged = html(root, '<p m:a="1">1</p><ix:nonFraction name="x:a" contextRef="c" unitRef="u">2</ix:nonFraction>')
    assert strip_tags(tagged) == html(' xmlns:kept="urn:before" xmlns:m="urn:m" lang="en"', '<p m:a="1">1</p>2')


def test_a_prefix_that_is_declared_again_below_is_not_needed_at_the_root() -> None:
    root = f' {_IX} xmlns:xlink="http://www.w3.org/1999/xlink"'
    body = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="#"/></svg>'
    )
    assert strip_tags(html(root, body)) == html("", body)


def test_other_prefixes_for_inline_xbrl_are_known() -> None:
    tagged = html(' xmlns:i="http://www.xbrl.org/2008/inlineXBRL"', '<p><i:nonNumeric name="a">x</i:nonNumeric></p>')
    assert strip_tags(tagged) == html("", "<p>x</p>")


def test_a_document_without_tags_is_as_it_was() -> None:
    plain = html(' xmlns:unused="urn:u"', "<p>&#160;<!-- <ix:exclude> --><![CDATA[<ix:exclude>]]></p>")
    assert strip_tags(plain) == plain


def test_what_is_not_well_formed_is_refused() -> None:
    with pytest.raises(ReadError) as error:
        strip_tags(html("", "<p>"), "x.xhtml")
    assert error.value.findings[0].code == "exporter:malformedXml"
