"""Inline XBRL 1.0: what is written, what is read, and what has no place in it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import ReadError
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import load_documents
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.blocks import FactPlace, Paragraph
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import InlineFile, ReadOptions, WriteContext
from exporter.model.differences import compare_reports
from exporter.model.report import FootnoteResource, Link, Report
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, ROLE_LINK
from exporter.resources.targets import StreamTarget
from tests.unit.formats.inline_xbrl import documents
from tests.unit.formats.inline_xbrl.documents import bare, document, knowing, number, only, text, values
from tests.unit.formats.inline_xbrl.pages import codes, every_kind, fact, page, report
from tests.unit.formats.inline_xbrl.read.test_report import codes as codes_read

OLD, NEW = b"http://www.xbrl.org/2008/inlineXBRL", b"http://www.xbrl.org/2013/inlineXBRL"
NOTES = "http://example.com/role/notes"


def written(given: Report, *blocks: Any) -> str:
    """The page in 1.0, from which the report comes back."""
    stream = io.BytesIO()
    write(given, StreamTarget(stream), WriteContext(page=lambda _: page(*blocks), inline_version="1.0"))
    data = stream.getvalue()
    assert OLD in data
    assert NEW not in data
    again = read(io.BytesIO(data), ReadOptions(load_vocabulary=lambda hrefs: given.vocabulary))
    assert not compare_reports(given, again)
    return data.decode()


def noted(role: str = ROLE_LINK) -> Report:
    links = [Link("sales", "n1", group=role), Link("ratio", "n1", group=role), Link("sales", "n2")]
    notes = [FootnoteResource("A <b>note</b>", "en", "n1"), FootnoteResource("Other", "ja", "n2")]
    return evolve(every_kind(), footnotes=notes, links=links)


def old(data: bytes) -> bytes:
    return data.replace(NEW, OLD)


def test_every_kind_of_fact_goes_there_and_back() -> None:
    markup = written(noted(), Paragraph(FactPlace("sales")))
    assert 'footnoteRefs="n1 n2">' in markup
    assert '<ix:footnote footnoteID="n1" id="n1" xml:lang="en">' in markup
    assert "ix:relationship" not in markup


def test_the_roles_of_links_stand_on_the_footnote() -> None:
    markup = written(noted(NOTES))
    assert f'<ix:footnote footnoteID="n1" id="n1" footnoteLinkRole="{NOTES}" xml:lang="en">' in markup
    assert f'roleURI="{NOTES}"' in markup


@pytest.mark.parametrize(
    "links",
    [
        [Link("sales", "n1"), Link("ratio", "n1", group=NOTES)],
        [Link("sales", "n1"), Link("sales", "ratio", type=ARCROLE_FACT_EXPLANATORY)],
    ],
)
def test_links_without_a_place_are_refused(links: list[Link]) -> None:
    given = evolve(every_kind(), footnotes=[FootnoteResource("a", "en", "n1")], links=links)
    assert codes(given, inline_version="1.0") == ["exporter:notInInline10"]


def test_texts_in_pieces_are_refused() -> None:
    given = report(fact("Name", "hello world", language="en"))
    blocks = [Paragraph(FactPlace("name", part=part)) for part in ((0, 5), (5, 11))]
    assert "exporter:notInInline10" in codes(given, *blocks, inline_version="1.0")
    assert codes(given, Paragraph(FactPlace("name")), Paragraph(FactPlace("gone")), inline_version="1.0") == [
        "exporter:notOnRecord"
    ]


def test_of_several_numbers_at_one_place_one_is_tagged() -> None:
    given = report(fact("Sales", "5", decimals=0), fact("Sales", "5", decimals=0, id="again"), fact("Name", "5"))
    markup = written(given, Paragraph(FactPlace(["name", "sales", "again"])))
    shown = markup.partition('<div class="page">')[2]
    assert shown.count("<ix:nonFraction") == shown.count("<ix:nonNumeric") == 1
    assert '<span style="-sec-ix-hidden:sales">' in shown


# -- reading


def test_facts_are_read() -> None:
    body = number("1,000", 'format="ixt:num-dot-decimal" sign="-" scale="3"') + text("a<ix:exclude>b</ix:exclude>c")
    assert values(documents.read(old(document(body)))) == {"Sales": "-1000000", "Name": "ac"}


def test_footnotes_are_read() -> None:
    note = f'<ix:footnote footnoteID="n" footnoteLinkRole="{NOTES}" xml:lang="en">why</ix:footnote>'
    role = f'<link:roleRef roleURI="{NOTES}" xlink:type="simple" xlink:href="t.xsd#notes"/>'
    body = number("5", 'footnoteRefs="n"') + text("a", 'id="own" footnoteRefs=" n "') + note
    vocabulary = evolve(knowing().load_vocabulary(()), role_hrefs={NOTES: "t.xsd#notes"})
    options = ReadOptions(load_vocabulary=lambda hrefs: vocabulary)
    made = documents.read(old(document(body, more=role)), options=options)
    assert made.footnotes == (FootnoteResource("why", "en", "n"),)
    ids = {each.concept.local_name: each.id for each in made.facts}
    assert ids["Name"] == "own"
    assert set(made.links) == {Link(ids["Sales"] or "", "n", ARCROLE_FACT_FOOTNOTE, NOTES),
                               Link("own", "n", ARCROLE_FACT_FOOTNOTE, NOTES)}  # fmt: skip


def test_a_footnote_may_stand_in_another_file() -> None:
    first = old(document(number("5", 'footnoteRefs="n"')))
    second = old(bare('<ix:footnote footnoteID="n" xml:lang="en">why</ix:footnote>'))
    assert [each.target for each in documents.read(first, second).links] == ["n"]
    assert [each.target for each in documents.read(second, first).links] == ["n"]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_each_version_has_its_public_identifier(version: str) -> None:
    """The set decides, as its schema does: a page without any tag is of the version of the others."""
    pages = [document(number("5")), bare("<p>x</p>")]
    for stated in ("1.0", "1.1"):
        identifier = f'<html version="-//XBRL International//DTD XHTML Inline XBRL {stated}//EN" '
        given = [page.replace(b"<html ", identifier.encode()) for page in pages]
        given = list(map(old, given)) if version == "1.0" else given
        found = load_documents([InlineFile(f"{number}.xhtml", page) for number, page in enumerate(given)])
        messages = [finding.message for finding in check_xhtml(found.documents)]
        assert len(messages) == (0 if stated == version else 2)
        assert all(f"Inline XBRL {version}//EN" in message for message in messages)


def test_a_set_is_of_one_version() -> None:
    assert "ixe:multipleIxNamespaces" in codes_read(old(document(number("5"))), bare(number("6")))


@pytest.mark.parametrize(
    "body",
    [
        text("a", 'continuedAt="b"'),
        '<ix:continuation id="b">b</ix:continuation>',
        '<ix:relationship fromRefs="a" toRefs="b"/>',
        '<ix:footnote id="n" xml:lang="en">a</ix:footnote>',
        number("5", 'footnoteRefs="gone"'),
        number(number("5")),
        '<ix:surprise>a</ix:surprise>',
    ],
)  # fmt: skip
def test_what_1_0_does_not_know(body: str) -> None:
    found = codes_read(old(document(body)))
    assert "exporter:xmlSchema" in found


def test_the_place_of_a_fault_is_told() -> None:
    with pytest.raises(ReadError) as caught:
        documents.read(old(document("\n\n" + number("5", 'id="f" footnoteRefs="gone"'))))
    (finding,) = caught.value.findings
    assert (finding.location.file, finding.location.fact) == ("a.xhtml", "f")
    assert finding.location.line is not None
    assert "'gone'" in finding.message


def test_a_number_stands_alone() -> None:
    assert only(documents.read(old(document(number("5"))))).value == "5"
