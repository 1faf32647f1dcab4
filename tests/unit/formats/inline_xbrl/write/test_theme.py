"""Blocks as markup: headings, lists, tables, cover entries, sections.

Templates: what a theme may replace, and how its faults are told.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Entry,
    FactPlace,
    Heading,
    ItemList,
    KeyValues,
    NoteList,
    Paragraph,
    Row,
    RowKind,
    Scope,
    Section,
    SectionKind,
    Table,
    TableColumn,
    Tone,
)
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.inline_xbrl.write.theme import Templates
from exporter.formats.inline_xbrl.write.theme import markup as templates_markup
from exporter.formats.options import WriteContext
from exporter.resources.targets import StreamTarget
from tests.unit.formats.inline_xbrl.pages import body, codes, fact, facts_of, markup, page, report

SALES = report(fact("Sales", "-12"))


def shown(*blocks: Block) -> str:
    return re.sub(r"<ix:[^>]*>|</ix:[^>]*>|\s*(?=<)", "", body(markup(SALES, *blocks)))


def test_headings_and_paragraphs() -> None:
    assert shown(Heading(1, "A & B"), Heading(6, "C", id="c")) == '<h1>A &amp; B</h1><h6 id="c">C</h6>'
    assert shown(Paragraph("a", tone=Tone.REMARK, id="p")) == '<p class="remark" id="p">a</p>'


def test_lists() -> None:
    assert shown(ItemList(["a", "b"])) == "<ul><li>a</li><li>b</li></ul>"
    assert shown(ItemList(["a"], numbered=True, id="l")) == '<ol id="l"><li>a</li></ol>'


def test_empty_lists_leave_nothing() -> None:
    assert shown(ItemList([]), KeyValues([]), NoteList()) == ""


def test_entries() -> None:
    expected = (
        '<table class="entries" id="k"><caption>C</caption><tbody><tr><th scope="row">Sales</th><td>(12)</td></tr>'
        "</tbody></table>"
    )
    assert shown(KeyValues(iter([Entry("Sales", FactPlace("sales"))]), caption="C", id="k")) == expected


def test_sections() -> None:
    inner = Section(iter([Paragraph("a")]), kind=SectionKind.NOTES, new_page=True, id="n")
    assert shown(Section((inner,), kind=SectionKind.COVER)) == (
        '<div class="cover"><div class="notes new-page" id="n"><p class="text">a</p></div></div>'
    )


def rows() -> Iterator[Row]:
    yield Row([Cell("Group", columns=2, scope=Scope.ROWS)], kind=RowKind.GROUP)
    yield Row([Cell("Sales", scope=Scope.ROW, indent=1), FactPlace("sales")])
    yield Row(["Total", Cell("12", is_number=False)], kind=RowKind.TOTAL)


def test_tables() -> None:
    columns = [TableColumn(width=40), TableColumn(Align.NUMBER)]
    heads = [Row([Cell("", rows=2, scope=Scope.COLUMN), Cell("2024", scope=Scope.COLUMN)])]
    table = Table(columns=columns, heads=heads, rows=rows(), caption="C", remark="In yen", id="t", keep_together=True)
    assert shown(table) == (
        '<div class="table together" id="t"><p class="table-remark">In yen</p><table><caption>C</caption>'
        '<colgroup><col class="text" width="40%"/><col class="number"/></colgroup>'
        '<thead><tr><th scope="col" rowspan="2"></th><th scope="col" class="number">2024</th></tr></thead>'
        '<tbody><tr class="group"><th scope="rowgroup" colspan="2">Group</th></tr>'
        '<tr><th scope="row" class="indent-1">Sales</th><td class="number">(12)</td></tr>'
        '<tr class="total"><td>Total</td><td>12</td></tr></tbody></table></div>'
    )


def test_a_table_without_rows_is_a_table() -> None:
    assert '<tbody><tr><td colspan="2"></td></tr></tbody>' in shown(
        Table(columns=[TableColumn(), TableColumn()], rows=())
    )


def test_ids_of_blocks() -> None:
    assert codes(SALES, Heading(1, "a", id="1a")) == ["exporter:invalidId"]
    assert codes(SALES, Heading(1, "a", id="sales")) == ["exporter:duplicateId"]
    assert codes(SALES, Heading(1, "a", id="a"), Paragraph("b", id="a")) == ["exporter:duplicateId"]


def test_contexts_keep_out_of_the_way_of_blocks() -> None:
    document = markup(SALES, Heading(1, "a", id="c1"), Paragraph(FactPlace("sales")))
    assert '<xbrli:context id="c1_">' in document
    assert codes(SALES, Paragraph(FactPlace("sales")), Heading(1, "a", id="c1")) == ["exporter:duplicateId"]


pytestmark = pytest.mark.door("jinja2", "markupsafe")


def themed(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    stream = io.BytesIO()
    write(SALES, StreamTarget(stream), WriteContext(page=lambda _: page(Paragraph(FactPlace("sales"))), theme=folder))
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
    from exporter.formats.inline_xbrl.write.blocks import Row, Table

    (tmp_path / name).write_text(text, encoding="utf-8")
    stream = io.BytesIO()
    blocks = (Paragraph(FactPlace("sales")), Table(columns=[TableColumn()], rows=[Row(["a"])]))
    with pytest.raises(WriteError) as caught:
        write(SALES, StreamTarget(stream), WriteContext(page=lambda _: page(*blocks), theme=tmp_path))
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
    assert "<b>" in templates.render("block.xhtml", id=None, content=templates_markup("<b>"))
    assert "&lt;b&gt;" in templates.render("block.xhtml", id=None, content="<b>")


def test_halves_are_told_apart_whatever_the_text() -> None:
    before, behind = Templates().halves("entries.xhtml", id=None, caption="\ue000\ue001\ue001")
    assert "\ue000\ue001\ue001" in before
    assert behind.startswith("</tbody>")
