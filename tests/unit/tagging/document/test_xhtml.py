"""Documents as filings contain them, made into XHTML with as few changes as possible, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.tagging.document.document import read_document
from tests.support.tagging import page

_IX = "http://www.xbrl.org/20"
_DECLARED = f'<html xmlns:ix="{_IX}08/inlineXBRL"'.encode()


def test_xhtml_keeps_its_bytes() -> None:
    source = b'\xef\xbb\xbf<?xml version="1.0"  encoding="utf-8"?>\r\n' + page("<p  class = 'a'>&#x20;x</p ><br />")
    document = read_document(source, "x.xhtml")
    assert document.xhtml == source
    assert not document.findings


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP", "windows-1252", "utf-16"])
def test_xhtml_keeps_its_encoding(encoding: str) -> None:
    words = "caf\xe9" if encoding == "windows-1252" else "日本の会社"
    body = page(words).decode()
    source = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)
    document = read_document(source, "x.xhtml")
    assert words in document.text
    assert document.xhtml == source


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=iso-8859-1'>", "cp1252"),
        ("", "utf-8"),
        ("", "cp1252"),
    ],
)
def test_html_is_read_in_the_encoding_it_declares(head: str, encoding: str) -> None:
    source = f"<HTML><HEAD>{head}</HEAD><BODY><P>“quoted” ¥5".encode(encoding)
    document = read_document(source, "x.htm")
    assert document.text == "“quoted” ¥5"
    assert "windows" not in document.page.text
    assert "8859" not in document.page.text
    assert document.xhtml.decode("utf-8") == document.page.text


def test_japanese_html_is_read_by_its_meta_element() -> None:
    meta = "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>"
    source = f"<html><head>{meta}</head><body>①売上高".encode("cp932")
    assert read_document(source, "x.htm").text == "①売上高"


def test_html_becomes_xhtml() -> None:
    source = (
        b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<HTML><HEAD><TITLE>R</TITLE>"
        b"<STYLE><!-- P > B { color: red } --></STYLE></HEAD><BODY BGCOLOR=white>"
        b"<P ALIGN=center>One<P>Two<BR>&nbsp;&yen;&#8217;&#146;<TABLE><TR><TD NOWRAP>1<TD>2</TABLE>"
        b"<o:p>w</o:p><!-- a -- b --->tail\x0c\x01</BODY>after</HTML>"
    )
    document = read_document(source, "x.htm")
    text = document.page.text
    assert text.startswith('<html xmlns="http://www.w3.org/1999/xhtml">')
    assert '<style type="text/css"> P &gt; B { color: red } </style>' in text
    assert '<body bgcolor="white"><p align="center">One</p><p>Two<br/>\xa0¥’’</p>' in text
    assert '<td nowrap="nowrap">1</td><td>2</td>' in text
    assert "after</body>" in text
    assert document.text.split() == ["One", "Two", "¥’’", "1", "2", "wtail", "after"]
    assert [finding.code for finding in document.findings] == ["exporter:madeXhtml"]
    assert read_document(document.xhtml, "again.xhtml").xhtml == document.xhtml


def test_what_html_says_in_another_way_is_said_as_in_xhtml() -> None:
    source = '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"/><title>R</title><style>p {}</style></head>'
    text = read_document(f"{source}<body><p>1</p></body></html>".encode(), "x.html").page.text
    assert '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja">' in text
    assert '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>' in text
    assert '<style type="text/css">p {}</style>' in text


@pytest.mark.parametrize(
    ("loose", "closed"),
    [
        ("<B CLASS=q><P>one<P>two</B>x", '<b class="q"><p>one</p><p>two</p></b>x'),
        ("<FONT SIZE=2><P>one<P>two</FONT>x", '<font size="2"><p>one</p><p>two</p></font>x'),
        ("<TABLE><TR><TD><B>x<TD>y</TABLE>z", "<table><tr><td><b>x</b></td><td>y</td></tr></table>z"),
        ("<P>a<UL><LI>b<LI>c</UL>d", "<p>a</p><ul><li>b</li><li>c</li></ul>d"),
    ],
)
def test_what_is_left_open_ends_where_browsers_end_it(loose: str, closed: str) -> None:
    document = read_document(f"<HTML><BODY>{loose}".encode(), "x.htm")
    assert f"<body>{closed}</body>" in document.page.text


def test_xhtml_with_a_document_type_and_entities_is_changed_only_there() -> None:
    source = (
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
        b'"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n' + page("<p  >&nbsp;&copy; &amp; &lt;</p>")
    )
    document = read_document(source, "x.xhtml")
    assert document.xhtml == b'<?xml version="1.0"?>\n\n' + page("<p  >&#160;&#169; &amp; &lt;</p>")
    assert [finding.severity for finding in document.findings] == ["info"]


def test_html_that_is_xml_but_for_the_namespace_gets_it() -> None:
    source = b"<html ><head><title>t</title></head>\n<body><p  >x</p></body></html>"
    assert read_document(source, "x.htm").xhtml == source.replace(
        b"<html ", b'<html xmlns="http://www.w3.org/1999/xhtml" '
    )


def test_a_declared_encoding_that_xml_would_not_see_becomes_utf8() -> None:
    source = page("<p>caf\xe9</p>", head='<meta charset="windows-1252"/><title>t</title>').decode().encode("cp1252")
    document = read_document(source, "x.htm")
    assert document.text == "caf\xe9"
    assert document.xhtml == source.replace(b"windows-1252", b"UTF-8").replace(b"\xe9", "\xe9".encode())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.htm", "exporter:noText"),
        (b" \r\n\t", "x.htm", "exporter:noText"),
        (b"%PDF-1.4 ...", "x.htm", "exporter:noText"),
        (b"PK\x03\x04....", "x.xhtml", "exporter:noText"),
        (b"\0\1\2\3 binary", "x.htm", "exporter:noText"),
        (b"no element at all", "x.htm", "exporter:noText"),
        (b"<html><head><meta charset=klingon></head><body>x</body>", "x.htm", "exporter:noText"),
        (b'<?xml version="1.0"?><feed xmlns="urn:x"><a/></feed>', "x.xhtml", "exporter:noText"),
        (b'<?xml version="1.0"?>' + page("<p>x"), "x.htm", "exporter:malformedXml"),
        (page("<p>x"), "x.xhtml", "exporter:malformedXml"),
        (page("\xe9").decode().encode("latin-1"), "x.xhtml", "exporter:noText"),
        (b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]>' + page("&a;"), "x.xhtml", "exporter:doctypeRefused"),
        (page("&unknown;"), "x.xhtml", "exporter:malformedXml"),
        (page(f'<ix:nonNumeric xmlns:ix="{_IX}13/inlineXBRL">x</ix:nonNumeric>'), "x.xhtml", "exporter:alreadyTagged"),
        (page("x").replace(b"<html", _DECLARED), "x.xhtml", "exporter:alreadyTagged"),
    ],
)  # fmt: skip
def test_what_cannot_be_tagged_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadError) as error:
        read_document(data, name)
    (finding,) = error.value.findings
    assert finding.code == code
    assert finding.location.file == name
    assert finding.fix


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as error:
        read_document(tmp_path / "none.htm")
    assert error.value.findings[0].code == "exporter:unreadableFile"
