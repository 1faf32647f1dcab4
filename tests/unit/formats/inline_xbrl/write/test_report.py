"""Whole documents of Inline XBRL: what stands in the header, and what cannot be written."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.blocks import FactPlace, Page, Paragraph
from exporter.formats.inline_xbrl.write.report import with_ids, write
from exporter.formats.options import WriteContext
from exporter.formats.registry import read_report
from exporter.model.differences import compare_reports
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY
from exporter.operations.write import write_report
from exporter.page.report_page import report_page
from exporter.resources.targets import StreamTarget
from tests.unit.formats.inline_xbrl.pages import NS, YEAR, codes, every_kind, fact, facts_of, markup, name, page, report

_EXPLAINS = ARCROLE_FACT_EXPLANATORY


def written(given: Report, **more: Any) -> bytes:
    stream = io.BytesIO()
    assert write(given, StreamTarget(stream), WriteContext(page=report_page, **more)) == len(given.facts) or more
    return stream.getvalue()


def test_every_kind_of_fact_stands_on_its_default_page() -> None:
    given = every_kind()
    document = written(given)
    assert set(facts_of(given, document)) == set(given.facts)
    hidden = re.findall(r'name="t:(\w+)"', document.decode().partition("</ix:hidden>")[0])
    assert hidden == ["Term", "Kind", "Link"]
    assert written(given) == document


def test_the_whole_text() -> None:
    document = markup(report(fact("Sales", "-1", decimals=0)), Paragraph(FactPlace("sales")))
    assert document.partition("<style")[0] == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml"\n'
        '    xmlns:iso4217="http://www.xbrl.org/2003/iso4217"\n'
        '    xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"\n'
        '    xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"\n'
        '    xmlns:link="http://www.xbrl.org/2003/linkbase"\n'
        '    xmlns:t="http://example.com/t"\n'
        '    xmlns:xbrli="http://www.xbrl.org/2003/instance"\n'
        '    xmlns:xlink="http://www.w3.org/1999/xlink"\n'
        '    xml:lang="en">\n'
        '<head>\n<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<title>T</title>\n'
    )
    assert document.partition("</style>\n")[2] == (
        '</head>\n<body>\n<div style="display:none">\n<ix:header>\n'
        '<ix:references>\n  <link:schemaRef xlink:type="simple" xlink:href="t.xsd"></link:schemaRef>\n'
        "</ix:references>\n"
        '<ix:resources>\n<xbrli:context id="c1">\n    <xbrli:entity>\n'
        '      <xbrli:identifier scheme="http://example.com/ids">acme</xbrli:identifier>\n    </xbrli:entity>\n'
        "    <xbrli:period>\n      <xbrli:startDate>2024-01-01</xbrli:startDate>\n"
        "      <xbrli:endDate>2024-12-31</xbrli:endDate>\n    </xbrli:period>\n</xbrli:context>\n"
        '<xbrli:unit id="u1">\n    <xbrli:measure>iso4217:JPY</xbrli:measure>\n</xbrli:unit>\n'
        "</ix:resources>\n</ix:header>\n</div>\n"
        '<div class="page">\n'
        '<p class="text">(<ix:nonFraction name="t:Sales" contextRef="c1" unitRef="u1" decimals="0"'
        ' format="ixt:num-dot-decimal" sign="-" id="sales">1</ix:nonFraction>)</p>\n'
        "\n</div>\n</body>\n</html>\n"
    )


def test_nothing_is_declared_that_is_not_used() -> None:
    document = markup(report(fact("Name", "a")), Paragraph(FactPlace("name")))
    declared = set(re.findall(r"xmlns:(\w+)=", document))
    assert declared == {"ix", "link", "t", "xbrli", "xlink"}
    typed = markup(every_kind())
    assert {"xbrldi", "xsi"} <= set(re.findall(r"xmlns:(\w+)=", typed))


def test_a_prefix_within_a_value_is_declared() -> None:
    given = report(fact("Link", "{urn:example:other}Thing"))
    assert re.search(r'xmlns:(\w+)="urn:example:other"', markup(given))


def test_the_prefixes_of_inline_xbrl_are_kept_for_it() -> None:
    odd = QName("urn:example:odd", "Thing", prefix="ixt")
    given = report(Fact(odd, YEAR, "a", id="a"), Fact(QName("urn:x", "B", prefix="ix"), YEAR, "b", id="b"))
    document = markup(given)
    assert 'name="ixt1:Thing"' in document
    assert 'name="ix1:B"' in document


@pytest.mark.parametrize("place", ["segment", "scenario", None])
def test_dimensions_stand_where_the_taxonomy_has_them(place: Any) -> None:
    given = every_kind()
    given = evolve(given, vocabulary=evolve(given.vocabulary, context_element=place))
    document = markup(given)
    assert document.count(f"<xbrli:{place or 'scenario'}>") == 2
    assert "<t:person>Ann &amp; Bob</t:person>" in document


def test_no_element_is_closed_by_a_slash_but_void_ones() -> None:
    """A parser of HTML would take all that follows for its content."""
    document = written(every_kind()).decode()
    assert set(re.findall(r"<([\w:]+)[^<>]*/>", document)) <= {"br", "col", "meta"}


def test_the_document_is_the_same_to_a_parser_of_html() -> None:
    document = written(every_kind())
    as_xml = etree.fromstring(document)
    as_html = etree.fromstring(document.partition(b"?>")[2], etree.HTMLParser())
    names = ("ix:nonfraction", "ix:nonnumeric", "ix:footnote")

    def texts(root: Any) -> list[str]:
        found = (each for each in root.iter() if isinstance(each.tag, str))
        return ["".join(each.itertext()) for each in found if _plain_name(each) in names]

    assert texts(as_html) == texts(as_xml)
    assert len(texts(as_xml)) == 13


def _plain_name(element: Any) -> str:
    tag = str(element.tag)
    local = tag.rpartition("}")[2].lower()
    return local if local.startswith("ix:") or "inlineXBRL" not in tag else f"ix:{local}"


def test_relationships() -> None:
    given = report(
        fact("Sales", "1", id="a"),
        fact("Sales", "2", id="b", decimals=0),
        footnotes=[FootnoteResource("x", "en", "n")],
        links=[
            Link("a", "n"),
            Link("b", "n"),
            Link("a", "b", ARCROLE_FACT_EXPLANATORY),
            Link("a", "n", group="http://example.com/role/notes"),
        ],
    )
    document = markup(given)
    assert '<ix:relationship fromRefs="a b" toRefs="n"></ix:relationship>' in document
    assert f'<ix:relationship arcrole="{ARCROLE_FACT_EXPLANATORY}" fromRefs="a" toRefs="b">' in document
    assert '<ix:relationship linkRole="http://example.com/role/notes" fromRefs="a" toRefs="n">' in document
    assert document.count("<link:arcroleRef ") == document.count("<link:roleRef ") == 1


def test_a_relationship_leads_to_footnotes_or_to_facts() -> None:
    given = report(
        fact("Sales", "1", id="a"),
        fact("Sales", "2", id="b", decimals=0),
        footnotes=[FootnoteResource("x", "en", "n"), FootnoteResource("y", "en", "m")],
        links=[Link("a", target, ARCROLE_FACT_EXPLANATORY) for target in ("n", "b", "m")],
    )
    document = markup(given)
    assert re.findall('toRefs="([^"]*)"', document) == ["n m", "b"]
    assert set(read(io.BytesIO(written(given))).links) == set(given.links)


def test_facts_without_id_are_given_one() -> None:
    given = with_ids(
        report(fact("Sales", "1", id=None), fact("Name", "a", id="f1"), fact("Day", "2024-12-31", id=None))
    )
    assert [each.id for each in given.facts] == ["f1_", "f1", "f3"]
    assert with_ids(given) is given


def test_contexts_may_be_named() -> None:
    document = markup(every_kind(), name_context=lambda context: "CurrentYearDuration")
    assert re.findall(r'context id="(\w+)"', document) == [f"CurrentYearDuration{'_' * tail}" for tail in range(3)]
    assert "exporter:invalidId" in codes(every_kind(), name_context=lambda context: "no name")


def test_facts_in_place_of_the_reports_own() -> None:
    given = every_kind()
    stream = io.BytesIO()
    assert write(
        evolve(given, facts=()), StreamTarget(stream), WriteContext(facts=iter(given.facts), page=report_page)
    ) == len(given.facts)
    assert stream.getvalue() == written(given)


def test_a_report_without_facts() -> None:
    given = report()
    assert facts_of(given, written(given)) == ()


def test_words_of_the_title_are_escaped() -> None:
    stream = io.BytesIO()
    write(
        report(),
        StreamTarget(stream),
        WriteContext(page=lambda _: page(title="A & <B>", running_head='x"\\} </style>')),
    )
    document = stream.getvalue().decode()
    assert "<title>A &amp; &lt;B&gt;</title>" in document
    assert 'content: "x\\000022 \\00005c \\00007d  \\00003c \\00002f style\\00003e ";' in document


# -- what cannot be written


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (evolve(report(fact("Name", "a")), taxonomy=()), "oime:noTaxonomy"),
        (evolve(report(fact("Name", "a")), base_url="http://example.com/"), "exporter:baseUrlNotInXml"),
        (report(fact("Name", "a"), fact("Sales", "1", id="name")), "exporter:duplicateId"),
        (report(fact("Name", "a"), links=[Link("name", "name", _EXPLAINS)]), "ixe:relationshipFromToMatch"),
        (report(fact("Name", "a"), links=[Link("name", "nobody")]), "exporter:danglingLink"),
        (report(footnotes=[FootnoteResource("a", "en", "n")]), "oime:unusedNoteFact"),
        (report(Fact(QName(NS, "a b"), YEAR, "1", id="x")), "exporter:invalidName"),
        (report(Fact(QName("", "a"), YEAR, "1", id="x")), "exporter:invalidName"),
    ],
)  # fmt: skip
def test_reports_that_cannot_be_written(given: Report, code: str) -> None:
    stream = io.BytesIO()
    with pytest.raises(WriteError) as caught:
        write(given, StreamTarget(stream), WriteContext(page=report_page))
    assert [finding.code for finding in caught.value.findings] == [code]
    assert stream.getvalue() == b""


def test_an_unknown_typed_domain_is_told_once() -> None:
    given = every_kind()
    given = evolve(given, vocabulary=evolve(given.vocabulary, typed_domains={}))
    assert codes(given) == ["exporter:typedDomainUnknown"]


def test_all_faults_are_told_together() -> None:
    given = report(fact("Sales", "x"), fact("Day", "y"), fact("Name", "\x01"))
    assert codes(given) == ["oime:invalidFactValue", "oime:invalidFactValue", "exporter:characterNotInXml"]


# -- in the registry


@pytest.mark.parametrize("suffix", [".xhtml", ".html", ".htm"])
def test_suffixes(tmp_path: Path, suffix: str) -> None:
    given = report(fact("Sales", "12", decimals=0))
    path = tmp_path / f"report{suffix}"
    assert write_report(given, path) == 1
    assert not len(compare_reports(given, read_report(path)))


def test_a_page_is_a_value() -> None:
    place = FactPlace("sales")
    assert Page(title="T", blocks=(Paragraph(place),)) == Page(title="T", blocks=(Paragraph([place]),))
    assert name("Sales") in every_kind().vocabulary.datatypes


def test_a_report_without_a_page_is_refused() -> None:
    stream = io.BytesIO()
    with pytest.raises(WriteError) as caught:
        write(every_kind(), StreamTarget(stream))
    assert [finding.code for finding in caught.value.findings] == ["exporter:noPage"]
    assert stream.getvalue() == b""
