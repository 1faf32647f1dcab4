"""The header of a document and the tags of its facts, as those use them who tag documents of others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.write.markup import Tag, continuation_tag, fact_tag, footnote_tag, header_markup
from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.transformations import IXT_2, IXT_4, IXT_5, Displayed, Style, format_number
from tests.unit.formats.inline_xbrl.pages import END, NS, fact, name, report

SALES = fact("Sales", "-34400000000", decimals=-8)


def resources(given: Report | None = None, **more: object) -> Resources:
    return Resources(report(SALES) if given is None else given, **more)  # type: ignore[arg-type]


def test_a_tag() -> None:
    tag = Tag("ix:nonNumeric", [("name", "t:a"), ("title", 'a & "b"')])
    assert tag.start == '<ix:nonNumeric name="t:a" title="a &amp; &quot;b&quot;">'
    assert tag.round("x") == f"{tag.start}x</ix:nonNumeric>"


def test_the_tag_of_a_number() -> None:
    displayed = format_number(Decimal(SALES.value or ""), style=Style(), scale=9, decimals=-8)
    tag = fact_tag(SALES, displayed, resources())
    assert tag.name == "ix:nonFraction"
    assert dict(tag.attributes) == {
        "name": "t:Sales",
        "contextRef": "c1",
        "unitRef": "u1",
        "decimals": "-8",
        "scale": "9",
        "format": "ixt:num-dot-decimal",
        "sign": "-",
        "id": "sales",
    }


def test_the_tag_of_a_text() -> None:
    tag = fact_tag(fact("Note", "a", language="ja"), Displayed(text="a"), resources(), escape=True, continued_at="n2")
    assert dict(tag.attributes) == {
        "name": "t:Note",
        "contextRef": "c1",
        "escape": "true",
        "xml:lang": "ja",
        "id": "note",
        "continuedAt": "n2",
    }


def test_the_tag_of_nothing() -> None:
    shown = Displayed(text="", scale=6, format=QName(IXT_4, "fixed-zero"))
    tag = fact_tag(fact("Sales", None), shown, resources(), id_=None)
    assert dict(tag.attributes) == {"name": "t:Sales", "contextRef": "c1", "unitRef": "u1", "xsi:nil": "true"}


def test_a_fact_of_unknown_type_is_what_it_looks_like() -> None:
    unknown = Report(taxonomy=("t.xsd",))
    assert fact_tag(SALES, Displayed(text="1"), resources(unknown)).name == "ix:nonFraction"
    assert fact_tag(fact("Exact", "1"), Displayed(text="1"), resources(unknown)).name == "ix:nonNumeric"


def test_other_tags() -> None:
    assert continuation_tag("n2").start == '<ix:continuation id="n2">'
    assert continuation_tag("n2", continued_at="n3").start == '<ix:continuation id="n2" continuedAt="n3">'
    note = footnote_tag(FootnoteResource("a", "ja", "n"), resources())
    assert note.start == '<ix:footnote id="n" xml:lang="ja">'


def test_contexts_and_units_are_given_out_once() -> None:
    shared = resources()
    assert [shared.context_ref(each) for each in (SALES.context, END, SALES.context)] == ["c1", "c2", "c1"]
    assert [shared.unit_ref(each) for each in (SALES.unit, None, SALES.unit)] == ["u1", "u2", "u1"]
    header = header_markup(shared)
    assert header.count("<xbrli:context ") == header.count("<xbrli:unit ") == 2
    assert "<xbrli:measure>xbrli:pure</xbrli:measure>" in header


def test_ids_of_others_are_left_alone() -> None:
    shared = resources()
    shared.claim(["c1", "u1", "u1_"])
    assert shared.context_ref(END) == "c1_"
    assert shared.unit_ref(None) == "u1__"


def test_the_header_of_a_document_of_others() -> None:
    """What it hides, refers to and links may be other than the report's own."""
    shared = resources(report(SALES, footnotes=[FootnoteResource("a", "en", "n")], links=[Link("sales", "n")]))
    header = header_markup(shared, hidden=["<a></a>", "<b></b>"], taxonomy=["x.xsd?a&b"], links=[Link("other", "n")])
    assert header.startswith("<ix:header>\n<ix:hidden>\n<a></a>\n<b></b>\n</ix:hidden>\n<ix:references>\n")
    assert 'xlink:href="x.xsd?a&amp;b"' in header
    assert '<ix:relationship fromRefs="other" toRefs="n"></ix:relationship>' in header
    assert header.endswith("</ix:resources>\n</ix:header>")


def test_prefixes_that_a_document_has_declared_are_used() -> None:
    shared = resources(bound={"ex": NS, "t": "urn:other", "link": "http://www.xbrl.org/2003/linkbase"})
    assert shared.concept(name("Sales"))[1] == "ex:Sales"
    assert shared.concept(QName("urn:new", "A", prefix="t"))[1] == "t1:A"
    assert ("ex", NS) in shared.declarations


@pytest.mark.parametrize("registry", [IXT_2, IXT_5])
def test_ixt_is_the_prefix_of_the_registry_in_use(registry: str) -> None:
    shared = resources(registry=registry)
    fact_tag(SALES, Displayed(text="1", format=QName(registry, "x")), shared)
    assert ("ixt", registry) in shared.declarations
    fact_tag(SALES, Displayed(text="1", format=QName(IXT_4, "x", prefix="ixt")), shared)
    assert ("ixt1", IXT_4) in shared.declarations


def test_faults_are_gathered() -> None:
    shared = resources(Report())
    fact_tag(fact("Sales", "x", unit=None, decimals=0), Displayed(text="x"), shared)
    header_markup(shared)
    with pytest.raises(WriteError) as caught:
        shared.log.raise_as(WriteError)
    assert [finding.code for finding in caught.value.findings] == ["oime:invalidFactValue", "oime:noTaxonomy"]
