"""Blocks as markup: headings, lists, tables, cover entries, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.formats.inline_xbrl.page import (
    Align,
    Block,
    Cell,
    Column,
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
    Tone,
)
from tests.unit.formats.inline_xbrl.pages import body, codes, fact, markup, report

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
    columns = [Column(width=40), Column(Align.NUMBER)]
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
    assert '<tbody><tr><td colspan="2"></td></tr></tbody>' in shown(Table(columns=[Column(), Column()], rows=()))


def test_ids_of_blocks() -> None:
    assert codes(SALES, Heading(1, "a", id="1a")) == ["exporter:invalidId"]
    assert codes(SALES, Heading(1, "a", id="sales")) == ["exporter:duplicateId"]
    assert codes(SALES, Heading(1, "a", id="a"), Paragraph("b", id="a")) == ["exporter:duplicateId"]


def test_contexts_keep_out_of_the_way_of_blocks() -> None:
    document = markup(SALES, Heading(1, "a", id="c1"), Paragraph(FactPlace("sales")))
    assert '<xbrli:context id="c1_">' in document
    assert codes(SALES, Paragraph(FactPlace("sales")), Heading(1, "a", id="c1")) == ["exporter:duplicateId"]
