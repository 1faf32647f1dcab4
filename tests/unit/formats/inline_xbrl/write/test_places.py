"""Facts at their places: what is tagged, what stands round the tag, what is hidden and linked."""

from __future__ import annotations

import io
import re

import pytest
from attrs import evolve

from exporter.formats.inline_xbrl.write.blocks import (
    Block,
    CrossReference,
    FactBlock,
    FactPlace,
    Flow,
    Heading,
    HiddenLink,
    InnerFact,
    LineBreak,
    NoteList,
    NoteMark,
    Page,
    PageText,
    Paragraph,
    Section,
    Within,
)
from exporter.formats.inline_xbrl.write.report import ESEF_HIDDEN, write
from exporter.formats.options import WriteContext
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link
from exporter.resources.targets import StreamTarget
from exporter.transformations import IXT_4, Negative, Style
from tests.unit.formats.inline_xbrl.pages import JPY, body, codes, every_kind, fact, findings, markup, report

MINUS, TRIANGLE = Style(negative=Negative.MINUS), Style.of("ja")


def shown(given: Fact, flow: Flow, **more: object) -> str:
    """A paragraph with attributes left out, but for those that make the value."""
    text = body(markup(report(given), Paragraph(flow), **more))
    text = text.removeprefix('<p class="text">').removesuffix("</p>")
    return re.sub(r' (?:name|contextRef|unitRef|decimals|id|format)="[^"]*"', "", text)


@pytest.mark.parametrize(
    ("value", "place", "style", "expected"),
    [
        ("34400000000", FactPlace("sales"), None, "<ix:nonFraction>34,400,000,000</ix:nonFraction>"),
        (
            "-34400000000",
            FactPlace("sales", scale=9, before="¥", after=" billion"),
            None,
            '¥(<ix:nonFraction scale="9" sign="-">34.4</ix:nonFraction>) billion',
        ),
        (
            "-34400000000",
            FactPlace("sales", scale=8, before="¥", after="00 million"),
            MINUS,
            '-¥<ix:nonFraction scale="8" sign="-">344</ix:nonFraction>00 million',
        ),
        (
            "-34400000000",
            FactPlace("sales", scale=8, after="億円"),
            TRIANGLE,
            '△<ix:nonFraction scale="8" sign="-">344</ix:nonFraction>億円',
        ),
        (
            "-34400000000",
            FactPlace("sales", scale=9, negated=True),
            None,
            '<ix:nonFraction scale="9" sign="-">34.4</ix:nonFraction>',
        ),
        ("5", FactPlace("sales", negated=True), None, "(<ix:nonFraction>5</ix:nonFraction>)"),
        ("-0", FactPlace("sales"), None, "<ix:nonFraction>0</ix:nonFraction>"),
        ("0", FactPlace("sales", negated=True), None, "<ix:nonFraction>0</ix:nonFraction>"),
        ("0", FactPlace("sales"), Style(zero_as_dash=True), "<ix:nonFraction>—</ix:nonFraction>"),
        (
            "12500000",
            FactPlace("sales", scale=6, text="12.5", after="m"),
            None,
            '<ix:nonFraction scale="6">12.5</ix:nonFraction>m',
        ),
        (
            "1" + "0" * 300,
            FactPlace("sales"),
            None,
            '<ix:nonFraction scale="300">1</ix:nonFraction> × 10³⁰⁰',
        ),
        (None, FactPlace("sales", after="%"), None, '<ix:nonFraction xsi:nil="true"></ix:nonFraction>—'),
    ],
)
def test_numbers(value: str | None, place: FactPlace, style: Style | None, expected: str) -> None:
    assert shown(fact("Sales", value), place, style=style) == expected


def test_a_percentage_is_shown_times_a_hundred() -> None:
    place = FactPlace("ratio", scale=-2, after="%")
    expected = '<ix:nonFraction scale="-2">31.6</ix:nonFraction>%'
    assert shown(fact("Ratio", "0.316", decimals=3), place) == expected


def test_places_are_as_many_as_are_accurate() -> None:
    assert ">5.40<" in shown(fact("Sales", "5.4", decimals=2), FactPlace("sales"))
    assert ">5.4<" in shown(fact("Sales", "5.4", decimals=300), FactPlace("sales"))


def test_zeros_of_an_exact_number_are_kept() -> None:
    """Nothing but its type tells that it is a number, so the text is all there is."""
    assert ">0.010<" in shown(fact("Exact", "0.010"), FactPlace("exact"))
    assert ">1.0<" in shown(fact("Exact", "0.010"), FactPlace("exact", scale=-2))


@pytest.mark.parametrize(
    ("given", "place", "expected"),
    [
        (fact("Day", "2024-12-31"), FactPlace("day"), "<ix:nonNumeric>December 31, 2024</ix:nonNumeric>"),
        (fact("Day", "2024-12-31"), FactPlace("day", text="12/31/2024"), "<ix:nonNumeric>12/31/2024</ix:nonNumeric>"),
        (fact("Flag", "true"), FactPlace("flag", text="Yes"), "<ix:nonNumeric>Yes</ix:nonNumeric>"),
        (fact("Flag", "false"), FactPlace("flag"), "<ix:nonNumeric>☐</ix:nonNumeric>"),
        (fact("Flag", "1"), FactPlace("flag"), "<ix:nonNumeric>1</ix:nonNumeric>"),
        (fact("Name", "a & <b>"), FactPlace("name"), "<ix:nonNumeric>a &amp; &lt;b&gt;</ix:nonNumeric>"),
        (fact("Name", ""), FactPlace("name"), "<ix:nonNumeric></ix:nonNumeric>"),
        (
            fact("Name", " a", language="ja"),
            FactPlace("name"),
            '<span class="verbatim"><ix:nonNumeric xml:lang="ja"> a</ix:nonNumeric></span>',
        ),
        (fact("Name", None), FactPlace("name", text="n/a"), '<ix:nonNumeric xsi:nil="true"></ix:nonNumeric>n/a'),
        (
            fact("Note", "<b>a</b> b"),
            FactPlace("note"),
            '<ix:nonNumeric escape="true"><b>a</b> b</ix:nonNumeric>',
        ),
        (fact("Note", "plain"), FactPlace("note"), '<ix:nonNumeric escape="true">plain</ix:nonNumeric>'),
        # What would come back otherwise stands as text.
        (
            fact("Note", "<b class='x'>a</b>"),
            FactPlace("note"),
            "<ix:nonNumeric>&lt;b class='x'&gt;a&lt;/b&gt;</ix:nonNumeric>",
        ),
        (fact("Note", "a < b"), FactPlace("note"), "<ix:nonNumeric>a &lt; b</ix:nonNumeric>"),
        (
            fact("Note", "<script>x</script>"),
            FactPlace("note"),
            "<ix:nonNumeric>&lt;script&gt;x&lt;/script&gt;</ix:nonNumeric>",
        ),
    ],
)  # fmt: skip
def test_texts(given: Fact, place: FactPlace, expected: str) -> None:
    assert shown(given, place) == expected


def test_formats_of_dates_and_boxes() -> None:
    document = markup(every_kind(), Paragraph([FactPlace("day"), FactPlace("flag")]))
    assert 'format="ixt:date-monthname-day-year-en"' in document
    assert 'format="ixt:fixed-true"' in document


def test_a_text_block_makes_a_division_of_its_paragraph() -> None:
    given = report(fact("Note", "<p>a</p>"))
    assert body(markup(given, Paragraph(FactPlace("note")))).startswith('<div class="text"><ix:nonNumeric')
    assert body(markup(given, Heading(2, FactPlace("note")))).startswith('<div class="heading h2"><ix:nonNumeric')
    assert body(markup(given, FactBlock("note"))).startswith('<div class="block"><ix:nonNumeric')


def test_ids_of_a_text_block_are_those_of_the_page() -> None:
    twice = report(fact("Note", '<p id="sales">a</p>'), fact("Sales", "1"))
    assert "&lt;p id=" in markup(twice, FactBlock("note"))
    once = report(fact("Note", '<p id="other">a</p>'))
    assert '<p id="other">a</p>' in markup(once, FactBlock("note"))


# -- several facts, several places


def test_facts_that_show_the_same_nest() -> None:
    given = report(fact("Sales", "12", id="a"), fact("Sales", "12", id="b", decimals=0))
    text = body(markup(given, Paragraph(FactPlace(("a", "b")))))
    assert re.fullmatch(r".*<ix:nonFraction[^>]*id=\"a\"><ix:nonFraction[^>]*id=\"b\">12</ix:.*></ix:.*></p>", text)


def test_a_text_holds_a_number() -> None:
    given = report(fact("Sales", "12"), fact("Name", "12"))
    text = body(markup(given, Paragraph(FactPlace(("sales", "name")))))
    assert re.search(r"<ix:nonNumeric[^>]*><ix:nonFraction[^>]*>12<", text)


def test_facts_that_show_something_else_do_not_nest() -> None:
    given = report(fact("Sales", "12", id="a"), fact("Sales", "13", id="b"), fact("Sales", None, id="c"))
    assert codes(given, Paragraph(FactPlace(("a", "b")))) == ["exporter:notPrintable"]
    assert codes(given, Paragraph(FactPlace(("a", "c")))) == ["exporter:notPrintable"]


def test_the_first_place_has_the_id() -> None:
    document = markup(report(fact("Sales", "12")), Paragraph([FactPlace("sales"), " and ", FactPlace("sales")]))
    assert document.count('name="t:Sales"') == 2
    assert document.count('id="sales"') == 1


def test_pieces_are_chained() -> None:
    given = report(fact("Name", "onetwothree", language="en"))
    blocks: list[Block] = [
        Paragraph([str(n), FactPlace("name", part=part)]) for n, part in enumerate([(0, 3), (3, 6), (6, 11)])
    ]
    text = body(markup(given, *blocks))
    assert 'id="name" continuedAt="name-3">one<' in text
    assert '<ix:continuation id="name-3" continuedAt="name-6">two</ix:continuation>' in text
    assert '<ix:continuation id="name-6">three</ix:continuation>' in text


def test_pieces_of_markup_are_chained() -> None:
    value = "<p>one</p><p>two</p>"
    given = report(fact("Note", value))
    text = body(markup(given, FactBlock("note", part=(0, 10)), FactBlock("note", part=(10, len(value)))))
    assert '<ix:continuation id="note-10"><p>two</p></ix:continuation>' in text


@pytest.mark.parametrize("parts", [[(0, 3)], [(0, 3), (4, 6)], [(3, 6)], [(0, 7)], [(0, 6), (0, 6)]])
def test_pieces_without_gaps(parts: list[tuple[int, int]]) -> None:
    given = report(fact("Name", "onetwo"))
    blocks = [Paragraph(FactPlace("name", part=part)) for part in parts]
    assert set(codes(given, *blocks)) == {"exporter:notPrintable"}


WHOLE = "<p>T</p><p>one</p>"


def within(part: tuple[int, int], at: int) -> FactPlace:
    return FactPlace("name", within=Within("note", part, at))


def test_a_fact_stands_inside_a_piece_of_a_longer_text() -> None:
    given = report(fact("Note", WHOLE), fact("Name", "T"), fact("Note", "<p>one</p>", id="part", language="ja"))
    blocks: list[Block] = [
        Heading(2, ("1. ", within((0, 8), 3))),
        FactBlock("part", within=Within("note", (8, len(WHOLE)), 8)),
    ]
    text = body(markup(given, *blocks))
    assert re.search(r'<div class="heading h2">1. <ix:nonNum[^>]*continuedAt="note-8"><p><ix:nonNum[^>]*>T</ix:', text)
    assert re.search(r'<ix:continuation id="note-8"><ix:nonNumeric [^>]*id="part"><p>one</p></ix:', text)


def test_a_text_without_markup_holds_another() -> None:
    given = report(fact("Name", "one two", id="all"), fact("Name", "two"))
    text = body(markup(given, Paragraph(FactPlace("name", within=Within("all", (0, 7), 4)))))
    assert re.search(r'<ix:nonNumeric [^>]*id="all">one <ix:nonNumeric [^>]*id="name">two</ix:', text)


@pytest.mark.parametrize(
    "place",
    [
        within((0, len(WHOLE)), 4),
        within((4, len(WHOLE)), 3),
        within((0, 3), 3),
        within((0, 2), 3),
        FactPlace(("name", "sales"), within=Within("note", (0, len(WHOLE)), 3)),
        FactPlace("name", after="!", within=Within("note", (0, len(WHOLE)), 3)),
        FactPlace("name", within=Within("nobody", (0, 8), 3)),
        FactPlace("nobody", within=Within("note", (0, 8), 3)),
        FactPlace("name", within=Within("ids", (0, 15), 10)),
        FactPlace("name", within=Within("broken", (0, 4), 3)),
    ],
)
def test_what_does_not_stand_in_the_longer_text_is_told(place: FactPlace) -> None:
    others = [fact("Note", '<p id="a">T</p>', id="ids"), fact("Note", "<p>T", id="broken"), fact("Sales", "1")]
    given = report(fact("Note", WHOLE), fact("Name", "T"), *others)
    assert set(codes(given, Paragraph(place))) <= {"exporter:notPrintable", "exporter:notOnRecord"}
    assert codes(given, Paragraph(place))


# -- facts inside a block


TABLE = "<p>of 1,200</p><p>one</p>"
AMOUNT = fact("Sales", "1200")


def test_facts_are_tagged_inside_a_block_one_in_the_other() -> None:
    given = report(
        fact("Note", TABLE), fact("Note", "<p>of 1,200</p>", id="part", language="ja"), fact("Sales", "1200")
    )
    inner = [InnerFact(fact="sales", start=6, stop=11), InnerFact(fact="part", start=0, stop=15)]
    text = body(markup(given, FactBlock("note", inner=inner)))
    tagged = (
        r'id="note"><ix:nonNumeric [^>]*id="part"><p>of <ix:nonFraction [^>]*id="sales">1,200</ix:nonFraction></p></ix'
    )
    assert re.search(tagged, text)
    assert "</ix:nonNumeric><p>one</p></ix:nonNumeric>" in text


@pytest.mark.parametrize(
    "inner",
    [
        [InnerFact(fact="sales", start=5, stop=11)],
        [InnerFact(fact="sales", start=6, stop=11, scale=3)],
        [InnerFact(fact="sales", start=20, stop=90)],
        [InnerFact(fact="nobody", start=6, stop=11)],
        [InnerFact(fact="part", start=0, stop=15), InnerFact(fact="part", start=9, stop=20)],
    ],
)
def test_inner_facts_that_do_not_stand_there_are_told(inner: list[InnerFact]) -> None:
    given = report(
        fact("Note", TABLE), fact("Note", "<p>of 1,200</p>", id="part", language="ja"), fact("Sales", "1200")
    )
    found = codes(given, FactBlock("note", inner=inner))
    assert found
    assert set(found) <= {"exporter:notPrintable", "exporter:notOnRecord"}


# -- what is hidden


def test_what_no_transformation_gives_is_hidden_and_linked() -> None:
    text = body(markup(every_kind(), Paragraph([FactPlace("term"), LineBreak(), FactPlace("kind"), FactPlace("link")])))
    assert '<span style="-sec-ix-hidden:term">2 years, 6 months</span><br/>' in text
    assert '<span style="-sec-ix-hidden:kind">Retail</span>' in text
    assert '<span style="-sec-ix-hidden:link">Sales</span>' in text


def test_the_link_is_of_the_regulators_kind_and_stands_once() -> None:
    link = HiddenLink("term", "thirty months")
    text = body(markup(every_kind(), Paragraph([link, link]), hidden_style=ESEF_HIDDEN))
    assert text.count("-esef-ix-hidden:term") == 1
    assert text.count("thirty months") == 2


def test_a_linked_fact_that_is_tagged_later_stays_hidden() -> None:
    document = markup(
        report(fact("Day", "2024-12-31")), Paragraph([HiddenLink("day", "New Year's Eve"), FactPlace("day")])
    )
    hidden = document.partition("<ix:hidden>")[2].partition("</ix:hidden>")[0]
    assert 'id="day"' in hidden
    assert document.count('id="day"') == 1


def test_words_take_the_place_of_a_value_that_they_do_not_give() -> None:
    text = body(markup(report(fact("Term", "P1Y")), Paragraph(FactPlace("term", text="a year"))))
    assert '<span style="-sec-ix-hidden:term">a year</span>' in text


def test_durations_in_words_of_edgar() -> None:
    text = body(markup(report(fact("Term", "P1Y")), Paragraph(FactPlace("term")), style=Style(with_sec=True)))
    assert 'format="ixt-sec:durwordsen"' in text


# -- footnotes, words, references


def test_marks_and_notes() -> None:
    given = report(
        fact("Sales", "1"),
        footnotes=[
            FootnoteResource("a", "en", "n1"),
            FootnoteResource("<p>b</p>", "ja", "n2"),
            FootnoteResource("c", "en", "n3"),
        ],
        links=[Link("sales", "n1"), Link("sales", "n2"), Link("sales", "n3")],
    )
    blocks: list[Block] = [
        Paragraph([FactPlace("sales"), NoteMark("n2"), NoteMark("n1"), NoteMark("n2")]),
        NoteList(),
        NoteList(),
    ]
    document = markup(given, *blocks)
    text = body(document)
    assert '<sup class="mark"><a href="#n2">1</a></sup><sup class="mark"><a href="#n1">2</a></sup>' in text
    assert text.index('<ix:footnote id="n2" xml:lang="ja"><p>b</p>') < text.index('<ix:footnote id="n1"')
    assert '<ix:footnote id="n3" xml:lang="en">c</ix:footnote>' in document.partition("</ix:hidden>")[0]


def test_a_note_that_is_no_page_markup() -> None:
    given = report(
        fact("Sales", "1"), footnotes=[FootnoteResource("<u>a</u>", "en", "n1")], links=[Link("sales", "n1")]
    )
    assert codes(given) == ["exporter:unfitMarkup"]
    given = evolve(given, footnotes=[FootnoteResource('<p onclick="x()">a</p>', "en", "n1")])
    assert codes(given) == ["exporter:unfitMarkup"]


def test_words_in_two_languages() -> None:
    stream = io.BytesIO()
    blocks: list[Block] = [Heading(1, PageText("Sales", "売上", emphasis=True))]
    write(
        report(),
        StreamTarget(stream),
        WriteContext(page=lambda _: Page(title="T", second_language="ja", blocks=blocks)),
    )
    assert '<strong><span class="first">Sales</span> <span class="second" xml:lang="ja">売上</span></strong>' in (
        stream.getvalue().decode()
    )
    assert body(markup(report(), *blocks)) == "<h1><strong>Sales</strong></h1>"


def test_marks_behind_words() -> None:
    given = report(fact("Sales", "1"), footnotes=[FootnoteResource("a", "en", "n1")], links=[Link("sales", "n1")])
    text = body(markup(given, Paragraph(PageText("Sales", emphasis=True, notes="n1")), NoteList()))
    assert '<strong>Sales<sup class="mark"><a href="#n1">1</a></sup></strong>' in text


def test_references() -> None:
    blocks: list[Block] = [Paragraph(CrossReference("there", "see there")), Section((Paragraph("x"),), id="there")]
    assert '<a href="#there">see there</a>' in body(markup(report(), *blocks))
    assert codes(report(), *blocks[:1]) == ["exporter:notOnRecord"]


# -- what cannot be


@pytest.mark.parametrize(
    ("flow", "code"),
    [
        (FactPlace("nobody"), "exporter:notOnRecord"),
        (HiddenLink("nobody", "x"), "exporter:notOnRecord"),
        (NoteMark("nobody"), "exporter:notOnRecord"),
        (FactPlace("sales", text="13"), "exporter:notPrintable"),
        (FactPlace("count", scale=-2), "exporter:notPrintable"),
        (FactPlace("day", text="31.12.2024", format=QName(IXT_4, "date-month-day-year")), "exporter:notPrintable"),
        ("a\x07b", "exporter:characterNotInXml"),
    ],
)
def test_places_that_cannot_be(flow: Flow, code: str) -> None:
    given = report(fact("Sales", "12"), fact("Count", "12"), fact("Day", "2024-12-31"))
    assert codes(given, Paragraph(flow)) == [code]


def test_findings_name_the_fact() -> None:
    (finding,) = findings(report(fact("Name", "a\ud800")), Paragraph(FactPlace("name")))
    assert finding.code == "exporter:characterNotInXml"
    assert finding.location.fact == "name"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (fact("Sales", "1,5"), "oime:invalidFactValue"),
        (fact("Sales", "1", unit=None), "xbrl.4.8.2:monetaryUnit"),
        (fact("Sales", "1", language="en"), "oime:misplacedLanguageDimension"),
        (fact("Sales", None, decimals=2), "oime:misplacedDecimalsProperty"),
        (fact("Day", "2024-02-30"), "oime:invalidFactValue"),
        (fact("Name", "a", unit=JPY), "oime:misplacedUnitDimension"),
        (fact("Name", "a", language="e n"), "oime:invalidLanguage"),
        (fact("Name", "a", id="1a"), "exporter:invalidId"),
        (fact("Link", "t:Sales"), "oime:invalidFactValue"),
    ],
)
def test_facts_that_cannot_be(given: Fact, code: str) -> None:
    place = Paragraph(FactPlace(given.id or ""))
    assert codes(report(given), place) == codes(report(given)) == [code]
