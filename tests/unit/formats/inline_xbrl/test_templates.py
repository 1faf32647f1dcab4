"""Templates: what a theme may replace, and how its faults are told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.page import FactPlace, Paragraph
from exporter.formats.inline_xbrl.templates import Templates, markup
from exporter.formats.inline_xbrl.writer import write_page
from tests.unit.formats.inline_xbrl.pages import fact, facts_of, page, report

pytestmark = pytest.mark.door("jinja2", "markupsafe")

SALES = report(fact("Sales", "-12"))


def themed(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    stream = io.BytesIO()
    write_page(SALES, page(Paragraph(FactPlace("sales"))), stream, theme=folder)
    assert set(facts_of(SALES, stream.getvalue())) == set(SALES.facts)
    return stream.getvalue().decode()


def test_a_theme_replaces_what_it_has(tmp_path: Path) -> None:
    document = themed(tmp_path, style_css="p > b { color: red }", paragraph_xhtml='<p class="own">{{ content }}</p>')
    assert '<style type="text/css">\np > b { color: red }\n</style>' in document
    assert '<p class="own">(<ix:nonFraction ' in document
    assert '<div class="page">' in document


def test_a_style_sheet_is_text_of_the_document(tmp_path: Path) -> None:
    document = themed(tmp_path, style_css='a::after { content: "<&]]>" }')
    assert 'content: "&lt;&amp;]]&gt;"' in document


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paragraph.xhtml", "{{ contents }}"),
        ("paragraph.xhtml", "{% if %}"),
        ("paragraph.xhtml", "{{ content / 0 }}"),
        ("paragraph.xhtml", "{{ ''.__class__.__mro__ }}"),
        ("paragraph.xhtml", "{% include 'nowhere.xhtml' %}"),
        ("document.xhtml", "<html>{{ header }}</html>"),
        ("row.xhtml", "{{ nothing }}"),
    ],
)
def test_faults_of_a_theme(tmp_path: Path, name: str, text: str) -> None:
    from exporter.formats.inline_xbrl.page import Column, Row, Table

    (tmp_path / name).write_text(text, encoding="utf-8")
    stream = io.BytesIO()
    blocks = (Paragraph(FactPlace("sales")), Table(columns=[Column()], rows=[Row(["a"])]))
    with pytest.raises(WriteError) as caught:
        write_page(SALES, page(*blocks), stream, theme=tmp_path)
    (finding,) = caught.value.findings
    assert finding.code == "exporter:themeFault"
    assert finding.location.file == str(tmp_path / name)
    assert stream.getvalue() == b""


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught:
        Templates(tmp_path / "nowhere")
    assert caught.value.findings[0].code == "exporter:themeFault"


def test_a_style_sheet_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(WriteError):
        Templates(tmp_path).style_sheet()


def test_what_is_given_is_escaped_but_for_markup() -> None:
    templates = Templates()
    assert "<b>" in templates.render("block.xhtml", id=None, content=markup("<b>"))
    assert "&lt;b&gt;" in templates.render("block.xhtml", id=None, content="<b>")


def test_halves_are_told_apart_whatever_the_text() -> None:
    before, behind = Templates().halves("entries.xhtml", id=None, caption="\ue000\ue001\ue001")
    assert "\ue000\ue001\ue001" in before
    assert behind.startswith("</tbody>")
