"""The text of a document, with its blocks, tables and headings, and the way back to the source."""

from __future__ import annotations

import pytest

from exporter.errors import ModelError, ReadError
from exporter.items.values.printed import Span
from exporter.resources.limits import Limits
from exporter.tagging.document.document import DocumentText, read_document
from tests.support.steps import steps
from tests.support.tagging import at, page

pytestmark = pytest.mark.door("cssselect", "lxml")


def read(body: str, **more: str) -> DocumentText:
    return read_document(page(body, **more), "x.xhtml")


def test_text_is_what_a_reader_sees() -> None:
    document = read(
        "<h1>Item 3</h1>\n<p>A <b>deficit</b> of &#165;34.4&#160;billion<br/>in <!-- no -->all</p>"
        "<script>no()</script><style>p { color: red }</style><p style='display:none'>no</p><p hidden=''>no</p>"
        "<ul>\n <li>one</li>\n <li>two</li></ul><![CDATA[1 < 2]]>"
    )
    assert document.text == "Item 3\nA deficit of ¥34.4\xa0billion\nin all\none\ntwo\n1 < 2"


def test_what_a_style_rule_hides_is_not_seen() -> None:
    head = (
        "<title>t</title><style>.gone, #off { display: none } /* p { display:none } */ td.low { visibility:hidden }"
        " @media print { .kept { display: none } }</style>"
    )
    document = read(
        "<p class='a gone'>1</p><p id='off'>2</p><p class='low'>3</p><p class='kept'>4</p>"
        "<table><tr><td class='low'>5</td><td>6</td></tr></table>",
        head=head,
    )
    assert document.text.split() == ["3", "4", "6"]


def test_cells_stand_between_tabs_and_rows_on_lines() -> None:
    document = read("<table> <tr> <td><p>a</p></td> <td>b</td> </tr> <tr><td></td><td>c</td></tr></table>d")
    assert document.text == "a\tb\n\tc\nd"


def test_blocks_know_their_kind() -> None:
    document = read("<h2>T</h2><p>one</p><div>two<p>three</p></div><ul><li><p>four</p></li></ul><p><b>Five</b></p>")
    kinds = [(document.text[block.start : block.end], block.kind, block.level) for block in document.blocks]
    assert kinds == [
        ("T", "heading", 2),
        ("one", "paragraph", None),
        ("two", "paragraph", None),
        ("three", "paragraph", None),
        ("four", "list-item", None),
        ("Five", "heading", 7),
    ]


def test_a_table_is_a_grid_with_spans_resolved() -> None:
    document = read(
        "<table><caption>Rates</caption>"
        "<tr><th rowspan='2'>Year</th><th colspan='2'>Yen</th></tr><tr><th>High</th><th>Low</th></tr>"
        "<tr><td>2004</td><td>114.30</td><td>102.26</td></tr></table>"
    )
    (table,) = document.tables
    words = [
        [
            None if cell is None else document.text[document.blocks[cell].start : document.blocks[cell].end]
            for cell in row
        ]
        for row in table.grid
    ]
    assert words == [["Year", "Yen", "Yen"], ["Year", "High", "Low"], ["2004", "114.30", "102.26"]]
    assert (table.header_rows, table.header_columns, table.rows, table.columns) == (2, 1, 3, 3)
    assert table.caption is not None
    assert document.blocks[table.caption].kind == "caption"
    assert document.text[table.start : table.end].startswith("Year")


def test_headers_are_guessed_where_they_are_not_marked() -> None:
    rows = [("", "2004", "2005"), ("Revenues", "38,780", "41,703"), ("Net loss", "(1,234)", "—")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (table,) = read(f"<table>{cells}</table>").tables
    assert (table.header_rows, table.header_columns) == (1, 1)


def test_tables_in_tables_have_their_own_cells() -> None:
    document = read("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>")
    assert [table.columns for table in document.tables] == [2, 1]
    inner = document.tables[1].grid[0][0]
    assert inner is not None
    assert document.blocks[inner].table == 1


def test_spans_beyond_reason_are_bounded() -> None:
    rows = "<tr><td rowspan='65534' colspan='1000'>x</td></tr>" * 3000
    (table,) = read(f"<table>{rows}</table>").tables
    assert table.rows == 3000


def test_headings_make_a_path() -> None:
    document = read("<h1>A</h1><p>x</p><h2>B</h2><p><b>C</b></p><p>y</p><h2>D</h2><p>z</p>")
    assert document.headings_at(0) == ("A",)
    assert document.headings_at(at(document, "y").start) == ("A", "B", "C")
    assert document.headings_at(at(document, "z").start) == ("A", "D")
    assert read("<p>x</p>").headings_at(0) == ()


def test_places_are_lines_and_columns_of_the_source() -> None:
    document = read("\n<p>one\r\ntwo &amp; three</p>")
    place = document.place(at(document, "three").start)
    assert (place.file, place.line, place.column) == ("x.xhtml", 3, 11)


def test_places_count_in_the_source_that_was_mended() -> None:
    source = b"<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head>\n<body><p>&nbsp;&yen;1</p>\n</body></html>"
    document = read_document(source, "x.xhtml")
    place = document.place(document.text.index("1"))
    assert (place.line, place.column) == (3, 21)
    assert "<!DOCTYPE" not in document.page.text


def test_places_in_html_are_lines() -> None:
    document = read_document(b"<HTML>\n<BODY>\n<P>one\n<P>two\nthree\n", "x.htm")
    lines = [document.place(at(document, word).start).line for word in ("one", "two", "three")]
    assert lines == [3, 4, 5]


def test_a_source_range_holds_the_reference() -> None:
    document = read("<p>&#165;34</p>")
    start, end = document.source_range(Span(0, 2))
    assert document.page.text[start:end] == "&#165;3"


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ("font-weight:bold", 7),
        ("FONT: BOLD 10pt Arial", 7),
        ("font-weight: 700 !important", 7),
        ("font-weight:400", None),
        ("font-family:bold", None),
        ("", None),
    ],
)
def test_a_short_paragraph_in_bold_is_a_heading(style: str, level: int | None) -> None:
    (block,) = read(f"<p style='{style}'>Risk Factors</p>").blocks
    assert block.level == level
    assert (block.kind == "heading") == (level is not None)


@pytest.mark.parametrize(
    "body",
    [
        "<p style='{}'>x</p>".format("font:" * 100_000),
        "<table><tr><td>{}z</td></tr></table>".format("$ " * 100_000),
        "<style>{}</style>x".format("/*" * 100_000),
        "<style>{}</style>x".format("@" * 100_000),
        "<p hidden=''>x</p>" * 20_000 + "x",
    ],
)
def test_hostile_documents_come_to_an_end(body: str) -> None:
    """They are so long that a reading of quadratic cost would not."""
    assert read(body).text


def test_the_cost_grows_with_the_document() -> None:
    def cost(times: int) -> int:
        return steps(lambda: read("<p hidden=''>x</p><p>1</p>" * times))

    cost(1)
    assert cost(800) < 10 * cost(100)


def test_elements_are_found_by_id_and_by_selector() -> None:
    document = read(
        "<p id='a'> one </p><a name='b'></a><p>two</p><p>x <a id='c'></a>y</p>"
        "<table class='rates'><tr><td>1</td><td>2</td></tr></table>"
    )
    words = [document.text[span.start : span.end] for name in "abc" if (span := document.by_id(name))]
    assert words == ["one", "two", "x y"]
    assert document.by_id("nowhere") is None
    assert [document.text[span.start : span.end] for span in document.select("table.rates td:nth-child(2), #a")] == [
        "one",
        "2",
    ]
    with pytest.raises(ReadError) as error:
        document.select("p[")
    assert error.value.findings[0].code == "exporter:invalidSelector"


def test_a_span_is_not_empty() -> None:
    for bounds in ((3, 3), (4, 3), (-1, 2)):
        with pytest.raises(ModelError):
            Span(*bounds)


def test_limits_are_kept() -> None:
    deep = page("<div>" * 300 + "x" + "</div>" * 300)
    for data, name in ((deep, "x.xhtml"), (deep.replace(b"<head>", b"<HEAD>"), "x.htm")):
        with pytest.raises(ReadError) as error:
            read_document(data, name)
        assert error.value.findings[0].code == "exporter:limitExceeded"
    with pytest.raises(ReadError) as error:
        read_document(page("x"), "x.xhtml", Limits(file_size=20))
    assert error.value.findings[0].code == "exporter:limitExceeded"
