"""Tags put into a document, and every way in which that cannot be done."""

from __future__ import annotations

import io
from typing import Any

import pytest

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.options import ReadOptions
from exporter.items.values.printed import Span
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document
from tests.support.tagging import (
    DATE,
    DOLLAR,
    DOT,
    IX,
    amount,
    at,
    day,
    page,
    report_of,
    shown_text,
    tagged_texts,
    text_fact,
)


def document(body: str) -> DocumentText:
    return read_document(page(body), "x.xhtml")


def read_again(data: bytes, report: Report) -> Report:
    return read(io.BytesIO(data), ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary))


def inner(data: bytes) -> str:
    """The body of a tagged document behind its header."""
    return data.decode().partition("</ix:header></div>")[2].removesuffix("</body></html>")


def refused(found: DocumentText, report: Report, *placements: Placement) -> list[str]:
    with pytest.raises(WriteError) as error:
        tag_document(found, report, placements)
    for finding in error.value.findings:
        assert finding.location.file == "x.xhtml"
        assert finding.location.line == 1
    return [finding.code for finding in error.value.findings]


def test_a_number_in_a_sentence() -> None:
    found = document("<p>A deficit of <b>&#165;34.4</b>&#160;billion&#x2E;</p>")
    report = report_of(amount("f1", "-34400000000", -8))
    place = Placement(fact="f1", spans=[at(found, "34.4")], format=DOT, scale=9, negative=True)
    tagged = tag_document(found, report, [place])
    assert inner(tagged) == (
        '<p>A deficit of <b>&#165;<ix:nonFraction name="fil:Amount" contextRef="c1" unitRef="u1" decimals="-8" '
        'scale="9" format="ixt:num-dot-decimal" sign="-" id="f1">34.4</ix:nonFraction></b>&#160;billion&#x2E;</p>'
    )
    assert strip_tags(tagged) == found.source
    assert read_again(tagged, report).facts == report.facts


def test_only_what_is_used_is_written() -> None:
    found = document("<p>5</p>")
    report = report_of(amount("f1", "5", 0), amount("f2", "6", 0, unit=DOLLAR), text_fact("f3", "x"))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[Span(0, 1)])]).decode()
    assert tagged.count("<xbrli:context ") == tagged.count("<xbrli:unit ") == 1
    assert "USD" not in tagged
    assert "xmlns:ixt" not in tagged
    assert "xmlns:xsi" not in tagged


def test_prefixes_of_the_document_are_respected() -> None:
    declared = b'<html xmlns:fil="urn:other" xmlns:i="http://www.xbrl.org/2003/iso4217" lang="en"\n'
    source = page("<p>5</p>").replace(b"<html", declared)
    found = read_document(source, "x.xhtml")
    report = report_of(amount("f1", "5", 0))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[Span(0, 1)])])
    assert read_again(tagged, report).facts == report.facts
    assert strip_tags(tagged) == source


def test_ids_of_the_document_are_respected() -> None:
    found = document("<p id='f1'>5 <a name='x' id='c1'></a> 5</p>")
    report = report_of(amount("f1", "5", 0))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[at(found, "5", number)]) for number in (0, 1)])
    ids = [
        part.partition("'")[0].partition('"')[0] for part in tagged.decode().replace("id='", 'id="').split(' id="')[1:]
    ]
    assert len(ids) == len(set(ids)) == 6
    assert read_again(tagged, report).facts == report.facts


def test_a_text_across_inline_markup_is_tagged_in_one_piece() -> None:
    found = document("<p>The <i>Internet</i> Initiative <b>Japan <u>Inc.</u></b> of Tokyo</p>")
    report = report_of(text_fact("f1", "Internet Initiative Japan Inc."))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[at(found, "Internet Initiative Japan Inc.")])])
    assert "continuation" not in inner(tagged)
    assert inner(tagged).startswith(
        '<p>The <ix:nonNumeric name="fil:Name" contextRef="c1" xml:lang="en" id="f1"><i>Internet'
    )
    assert "<u>Inc.</u></b></ix:nonNumeric> of Tokyo" in inner(tagged)


def test_a_text_that_cuts_through_markup_goes_on_in_pieces() -> None:
    found = document("<p>one <b>two three</b> four</p>")
    report = report_of(text_fact("f1", "one two"))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[at(found, "one two")])])
    assert (
        'continuedAt="f1-part2">one </ix:nonNumeric><b><ix:continuation id="f1-part2">two</ix:continuation> three'
        in inner(tagged)
    )
    assert read_again(tagged, report).facts == report.facts


def test_a_text_block_holds_paragraphs_and_tables_and_the_numbers_in_them() -> None:
    found = document("<h2>Risk</h2><p>We lost 12.</p>\n<table><tr><td>Loss</td><td>(12)</td></tr></table><p>End</p>")
    report = report_of(
        text_fact("f1", "<p>We lost 12.</p><table><tr><td>Loss</td><td>(12)</td></tr></table>", name="Note"),
        amount("f2", "-12", 0),
    )
    whole = Span(at(found, "We").start, at(found, ")").end)
    placements = [
        Placement(fact="f2", spans=[at(found, "12", 1)], negative=True),
        Placement(fact="f1", spans=[whole], escape=True),
        Placement(fact="f2", spans=[at(found, "12", 0)], negative=True),
    ]
    tagged = tag_document(found, report, placements)
    assert inner(tagged).startswith('<h2>Risk</h2><ix:nonNumeric name="fil:Note"')
    assert "</table></ix:nonNumeric><p>End</p>" in inner(tagged)
    assert len(list(read_again(tagged, report).facts)) == 3
    assert strip_tags(tagged) == found.source


def test_cells_of_one_row_are_chained() -> None:
    found = document("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    report = report_of(text_fact("f1", "a b", name="Note"))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[Span(0, 3)], escape=True)])
    assert inner(tagged).count("<td><ix:") == 2
    assert tagged_texts(tagged) == {"f1": "ab"}


def test_a_page_break_is_bridged_and_its_number_excluded() -> None:
    found = document(
        "<div><p>First half</p><p>- 12 -</p></div><hr/><div><p>Company</p><p>second half.</p><p>More</p></div>"
    )
    report = report_of(text_fact("f1", "First half second half.", name="Note"))
    place = Placement(
        fact="f1",
        spans=[Span(0, at(found, "half.").end)],
        excluded=[at(found, "- 12 -"), at(found, "Company")],
        escape=True,
    )
    tagged = tag_document(found, report, [place])
    assert "".join(tagged_texts(tagged)["f1"].split()) == "Firsthalfsecondhalf."
    assert strip_tags(tagged) == found.source
    in_spans = Placement(fact="f1", spans=[at(found, "First half"), at(found, "second half.")], escape=True)
    assert tagged_texts(tag_document(found, report, [in_spans]))["f1"] == "First halfsecond half."


def test_what_is_not_displayed_is_no_part_of_a_value() -> None:
    found = document("<div><p>one</p><p style='display:none'>secret</p><p>two</p></div>")
    report = report_of(text_fact("f1", "one two", name="Note"))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[Span(0, len(found.text))], escape=True)])
    assert tagged_texts(tagged) == {"f1": "onetwo"}
    assert "<ix:exclude><p style='display:none'>secret</p></ix:exclude>" in inner(tagged)


def test_two_facts_of_one_figure_nest() -> None:
    found = document("<p>12</p>")
    report = report_of(amount("f1", "12000", -3), amount("f2", "-12000", -3, name="Other"), text_fact("f3", "12"))
    placements = [
        Placement(fact="f1", spans=[Span(0, 2)], scale=3),
        Placement(fact="f2", spans=[Span(0, 2)], scale=3, negative=True),
        Placement(fact="f3", spans=[Span(0, 2)]),
    ]
    tagged = tag_document(found, report, placements)
    assert read_again(tagged, report).facts == report.facts
    assert inner(tagged).startswith("<p><ix:nonNumeric ")
    assert inner(tagged).endswith("12</ix:nonFraction></ix:nonFraction></ix:nonNumeric></p>")


def test_a_nil_fact_stands_empty_before_its_dash() -> None:
    found = document("<table><tr><td>n/a</td></tr></table>")
    report = report_of(amount("f1", None), text_fact("f2", None))
    tagged = tag_document(
        found, report, [Placement(fact="f1", spans=[Span(0, 3)]), Placement(fact="f2", spans=[Span(0, 3)])]
    )
    nil = 'xsi:nil="true"'
    assert inner(tagged).count(nil) == 2
    assert inner(tagged).endswith("></ix:nonNumeric>n/a</td></tr></table>")
    assert read_again(tagged, report).facts == report.facts
    assert shown_text(tagged).strip() == shown_text(found.source).strip()


def test_a_date_is_read_by_its_format() -> None:
    found = document("<p>As of March&#160;31, 2005 and later</p>")
    report = report_of(day("f1", "2005-03-31"))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[at(found, "March\xa031, 2005")], format=DATE)])
    assert read_again(tagged, report).facts == report.facts


def test_footnotes_and_hidden_facts_stand_in_the_header() -> None:
    found = document("<p>5</p>")
    report = report_of(
        amount("f1", "5", 0),
        text_fact("f2", "a < b"),
        text_fact("f3", "left out"),
        footnotes=[FootnoteResource("of <b>all</b>", "en", "n1"), FootnoteResource("unused", "en", "n2")],
        links=[Link("f1", "n1"), Link("f2", "n1"), Link("f3", "n2")],
    )
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[Span(0, 1)])], hidden=["f2"])
    again = read_again(tagged, report)
    assert {fact.id for fact in again.facts} == {"f1", "f2"}
    assert [note.id for note in again.footnotes] == ["n1"]
    assert len(again.links) == 2
    assert strip_tags(tagged) == found.source


def test_white_space_of_the_document_is_kept() -> None:
    found = document("<p>Internet\n   Initiative</p>")
    tagged = tag_document(
        found,
        report_of(text_fact("f1", "Internet Initiative")),
        [Placement(fact="f1", spans=[Span(0, len(found.text))])],
    )
    assert "Internet\n   Initiative</ix:nonNumeric>" in inner(tagged)


@pytest.mark.parametrize(
    ("body", "placements", "codes"),
    [
        ("<p>5</p>", [("nowhere", (0, 1), {})], ["exporter:unknownFact"]),
        ("<p>5</p>", [("f1", (4, 9), {})], ["exporter:noSuchPlace"]),
        ("<p>5</p><p>6</p>", [("f1", (1, 2), {})], ["exporter:noSuchPlace"]),
        ("<p>1<b>2</b></p>", [("f1", (0, 2), {})], ["exporter:numberInPieces"]),
        ("<p>a<![CDATA[bcd]]></p>", [("t1", (2, 3), {})], ["exporter:noSuchPlace"]),
        ("<p>6</p>", [("f1", (0, 1), {})], ["exporter:taggedValueDiffers"]),
        ("<p>5</p>", [("f1", (0, 1), {"scale": 3})], ["exporter:taggedValueDiffers"]),
        ("<p>5</p>", [("f1", (0, 1), {"negative": True})], ["exporter:taggedValueDiffers"]),
        ("<p>five</p>", [("f1", (0, 4), {})], ["oime:invalidFactValue"]),
        ("<p>five</p>", [("f1", (0, 4), {"format": DOT})], ["ixe:transformValueError"]),
        ("<p>5</p>", [("f1", (0, 1), {"format": QName("urn:none", "num", prefix="n")})], ["ixe:invalidTransformation"]),
        ("<p>one two three</p>", [("t1", (0, 7), {}), ("t2", (4, 13), {})], ["exporter:overlappingTags"]),
        ("<p>5</p>", [("f1", (0, 1), {}), ("f2", (0, 1), {"scale": 1})], ["exporter:overlappingTags"]),
        ("<p>55</p>", [("f1", (0, 2), {}), ("f1", (0, 1), {})], ["exporter:overlappingTags"]),
        ("<p>5</p>", [("t1", (0, 1), {"excluded": [Span(0, 1)]})], ["exporter:exclusionOutside"]),
        ("<p>5 6</p>", [("t1", (0, 1), {"excluded": [Span(2, 3)]})], ["exporter:exclusionOutside"]),
        ("<svg xmlns='urn:svg'><text>5</text></svg>", [("f1", (0, 1), {})], ["exporter:noSuchPlace"]),
        ("<p>A<br/>B</p>", [("t3", (0, 3), {})], ["exporter:taggedValueDiffers"]),
    ],
)  # fmt: skip
def test_what_cannot_be_tagged_is_told(
    body: str, placements: list[tuple[str, tuple[int, int], dict[str, Any]]], codes: list[str]
) -> None:
    found = document(body)
    report = report_of(
        amount("f1", "5", 0),
        amount("f2", "5", 0, name="Other", unit=DOLLAR),
        *(text_fact(f"t{number}", text) for number, text in enumerate(("one two", "two three", "A B"), 1)),
    )
    made = [Placement(fact=fact, spans=[Span(*bounds)], **more) for fact, bounds, more in placements]
    assert refused(found, report, *made) == codes


def test_an_overlap_names_both_facts() -> None:
    found = document("<p>one two three</p>")
    report = report_of(text_fact("f1", "one two"), text_fact("f2", "two three", name="Note"))
    with pytest.raises(WriteError) as error:
        tag_document(
            found, report, [Placement(fact="f1", spans=[Span(0, 7)]), Placement(fact="f2", spans=[Span(4, 13)])]
        )
    message = error.value.findings[0].message
    assert "'f1'" in message
    assert "'f2'" in message
    assert "line 1" in message


def test_pieces_of_one_fact_do_not_overlap() -> None:
    found = document("<p>one two three</p>")
    place = Placement(fact="f1", spans=[Span(0, 7), Span(4, 13)])
    assert refused(found, report_of(text_fact("f1", "one two")), place) == ["exporter:overlappingTags"]
    with pytest.raises(WriteError) as error:
        tag_document(found, report_of(text_fact("f1", "x")), [Placement(fact="f1", spans=())])
    assert [finding.code for finding in error.value.findings] == ["exporter:noSuchPlace"]


def test_a_number_has_no_pieces() -> None:
    found = document("<p>1 2</p>")
    place = Placement(fact="f1", spans=[Span(0, 1), Span(2, 3)])
    assert refused(found, report_of(amount("f1", "12", 0)), place) == ["exporter:numberInPieces"]


def test_every_fault_is_told_at_once() -> None:
    found = document("<p>5 6 7</p>")
    report = report_of(*(amount(f"f{number}", str(number), 0) for number in (5, 6, 7)))
    places = [Placement(fact=f"f{number}", spans=[at(found, "6")]) for number in (5, 7)]
    codes = refused(found, report, *places)
    assert codes == ["exporter:taggedValueDiffers", "exporter:taggedValueDiffers"]


def test_html_is_tagged_in_its_xhtml() -> None:
    found = read_document(b"<HTML><BODY><P>Loss of <B>\xa534.4 billion<P>more", "x.htm")
    report = report_of(amount("f1", "34400000000", -8))
    tagged = tag_document(found, report, [Placement(fact="f1", spans=[at(found, "34.4")], scale=9)])
    assert strip_tags(tagged) == found.xhtml
    assert b"<p>more</p>" in tagged or b"more" in tagged


def test_the_same_input_gives_the_same_bytes() -> None:
    found = document("<p>5 one</p>")
    report = report_of(amount("f1", "5", 0), text_fact("f2", "one"))
    places = [Placement(fact="f1", spans=[Span(0, 1)]), Placement(fact="f2", spans=[Span(2, 5)])]
    assert tag_document(found, report, places) == tag_document(document("<p>5 one</p>"), report, places)


def test_the_header_is_first_in_the_body_and_not_displayed() -> None:
    found = document("<p>5</p>")
    tagged = tag_document(found, report_of(amount("f1", "5", 0)), [Placement(fact="f1", spans=[Span(0, 1)])])
    assert b'<body><div style="display:none"><ix:header>' in tagged
    assert IX.strip("{}").encode() in tagged
