"""Writing XBRL 2.1: the text that comes out, and what cannot be written."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import WriteError
from exporter.formats.options import WriteContext
from exporter.formats.xbrl_xml.read.report import read
from exporter.formats.xbrl_xml.write.report import write
from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ENTITIES
from exporter.resources.targets import StreamTarget

NS = "http://example.com/t"
CASH, TITLE, AXIS = QName(NS, "Cash", prefix="t"), QName(NS, "Title", prefix="t"), QName(NS, "Axis", prefix="t")
YEAR = Context(Entity("http://example.com/ids", "acme"), Duration("2024-01-01", "2024-12-31"))
FACT = Fact(CASH, YEAR, "1000", -3, Unit.currency("JPY"), id="f1")
TEXT = Fact(TITLE, YEAR, "a", id="f2")


def written(report: Report, **more: Any) -> str:
    stream = io.BytesIO()
    write(report, StreamTarget(stream), WriteContext(**more))
    return stream.getvalue().decode()


def report(*facts: Fact, **more: Any) -> Report:
    return Report(taxonomy=("t.xsd",), facts=facts, **more)


def codes(faulty: Report) -> list[str]:
    stream = io.BytesIO()
    with pytest.raises(WriteError) as caught:
        write(faulty, StreamTarget(stream))
    assert stream.getvalue() == b""
    return [finding.code for finding in caught.value.findings]


def test_the_whole_text() -> None:
    assert (
        written(report(FACT, evolve(TEXT, value="a & <b>\r", language="en")))
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl
    xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
    xmlns:link="http://www.xbrl.org/2003/linkbase"
    xmlns:t="http://example.com/t"
    xmlns:xbrli="http://www.xbrl.org/2003/instance"
    xmlns:xlink="http://www.w3.org/1999/xlink">
  <link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
  <xbrli:context id="c1">
    <xbrli:entity>
      <xbrli:identifier scheme="http://example.com/ids">acme</xbrli:identifier>
    </xbrli:entity>
    <xbrli:period>
      <xbrli:startDate>2024-01-01</xbrli:startDate>
      <xbrli:endDate>2024-12-31</xbrli:endDate>
    </xbrli:period>
  </xbrli:context>
  <xbrli:unit id="u1">
    <xbrli:measure>iso4217:JPY</xbrli:measure>
  </xbrli:unit>
  <t:Cash contextRef="c1" unitRef="u1" decimals="-3" id="f1">1000</t:Cash>
  <t:Title contextRef="c1" id="f2" xml:lang="en">a &amp; &lt;b&gt;&#13;</t:Title>
</xbrli:xbrl>
"""
    )


def test_ids_of_facts_are_kept_free() -> None:
    text = 'x\n  <t:Cash contextRef="c1" unitRef="u1"'
    facts = [evolve(FACT, id="c1"), evolve(TEXT, id="u_1", value=text)]
    document = written(report(*facts))
    assert 'context id="c__1"' in document
    again = read(io.BytesIO(document.encode()))
    assert again == report(*facts)
    assert [each.id for each in again.facts] == ["c1", "u_1"]
    assert written(report(), facts=iter(facts)) == document


def test_one_prefix_for_each_namespace() -> None:
    other = QName("urn:other", "Cash", prefix="t")
    bad = QName("urn:bad", "Cash", prefix="xmlish")
    taken = QName("urn:taken", "Cash", prefix="xbrli")
    document = written(report(FACT, *(evolve(FACT, concept=name, id=None) for name in (other, bad, taken))))
    root = etree.fromstring(document.encode())
    assert root.nsmap["t"] == NS
    assert root.nsmap["t1"] == "urn:other"
    assert "urn:bad" in root.nsmap.values()
    assert root.nsmap["xbrli1"] == "urn:taken"
    wanted = report(evolve(FACT, concept=QName("urn:w", "Cash")), namespaces={"w": "urn:w", "unused": "urn:unused"})
    assert 'xmlns:w="urn:w"' in written(wanted)
    assert "unused" not in written(wanted)


def test_numbers_need_a_unit_and_an_accuracy() -> None:
    vocabulary = Vocabulary(datatypes={CASH: standard_type("pureItemType")})
    document = written(report(Fact(CASH, YEAR, "0.5"), vocabulary=vocabulary))
    assert "<xbrli:measure>xbrli:pure</xbrli:measure>" in document
    assert '<t:Cash contextRef="c1" unitRef="u1" decimals="INF">0.5</t:Cash>' in document


def test_nil_absent_entity_and_moments() -> None:
    context = Context(None, Instant("2024-12-31T12:00:00"))
    document = written(report(Fact(CASH, context, None, None, Unit.currency("JPY"))))
    assert f'<xbrli:identifier scheme="{ENTITIES}">NA</xbrli:identifier>' in document
    assert "<xbrli:instant>2024-12-31T12:00:00</xbrli:instant>" in document
    assert '<t:Cash contextRef="c1" unitRef="u1" xsi:nil="true"/>' in document


@pytest.mark.parametrize("container", [None, "segment", "scenario"])
def test_dimensions_go_where_the_taxonomy_has_them(container: Any) -> None:
    context = evolve(YEAR, dimensions=(ExplicitDimension(AXIS, QName(NS, "North")),))
    vocabulary = Vocabulary(context_element=container)
    root = etree.fromstring(written(report(evolve(FACT, context=context), vocabulary=vocabulary)).encode())
    (member,) = root.iter("{*}explicitMember")
    assert etree.QName(member.getparent()).localname == (container or "scenario")


def test_links_of_all_kinds() -> None:
    custom = "http://example.com/arcrole/x"
    notes = (FootnoteResource("a <b>b</b>", "en", "n1"), FootnoteResource("&lt;", "ja", "n2"))
    links = (
        Link("f1", "n1"),
        Link("f1", "n2"),
        Link("f2", "n2", custom, "http://example.com/role/x"),
        Link("f1", "f2", ARCROLE_FACT_EXPLANATORY),
        Link("f1", "n1", custom),
    )
    hrefs = {custom: "r.xsd#a", "http://example.com/role/x": "r.xsd#r"}
    full = report(FACT, TEXT, footnotes=notes, links=links, vocabulary=Vocabulary(role_hrefs=hrefs))
    document = written(full)
    assert read(io.BytesIO(document.encode())) == full
    assert document.count("<link:footnoteLink") == 2
    assert 'xlink:href="r.xsd#a"' in document
    assert "factExplanatory-2009-12-16.xsd#fact-explanatoryFact" in document


_NOTE = (FootnoteResource("x", "en", "n"),)
_TYPED = evolve(YEAR, dimensions=(TypedDimension(AXIS, "7"),))
_TYPES = Vocabulary(
    datatypes={CASH: standard_type("monetaryItemType"), TITLE: standard_type("integerItemType")},
)


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (Report(facts=(FACT,)), "oime:noTaxonomy"),
        (report(FACT, base_url="http://x/"), "exporter:baseUrlNotInXml"),
        (report(FACT, FACT), "exporter:duplicateId"),
        (report(evolve(FACT, id="1 x")), "exporter:invalidId"),
        (report(evolve(FACT, value="1e")), "oime:invalidFactValue"),
        (report(evolve(FACT, value=None)), "oime:misplacedDecimalsProperty"),
        (report(evolve(TEXT, value="\x01")), "exporter:characterNotInXml"),
        (report(evolve(TEXT, value="\ud800")), "exporter:characterNotInXml"),
        (report(evolve(TEXT, language="no such")), "oime:invalidLanguage"),
        (report(evolve(FACT, language="en")), "oime:misplacedLanguageDimension"),
        (report(evolve(FACT, concept=QName(NS, "a/><b"))), "exporter:invalidName"),
        (report(evolve(FACT, context=_TYPED)), "exporter:typedDomainUnknown"),
        (report(evolve(FACT, context=Context(Entity(ENTITIES, "NA")))), "oime:invalidUseOfReservedIdentifier"),
        (report(evolve(FACT, unit=Unit.shares()), vocabulary=_TYPES), "xbrl.4.8.2:monetaryUnit"),
        (report(evolve(TEXT, value="1.5"), vocabulary=_TYPES), "oime:invalidFactValue"),
        (report(FACT, footnotes=_NOTE), "oime:unusedNoteFact"),
        (report(FACT, links=(Link("f1", "none"),)), "exporter:danglingLink"),
        (report(FACT, links=(Link("none", "n"),), footnotes=_NOTE), "exporter:danglingLink"),
        (report(FACT, TEXT, links=(Link("f1", "f2"),)), "oime:illegalStandardFootnoteTarget"),
        (report(FACT, links=(Link("f1", "n", "urn:a"),), footnotes=_NOTE), "xbrlxe:nonStandardRoleDefinitionNotInDTS"),
        (
            report(FACT, links=(Link("f1", "n"),), footnotes=(FootnoteResource("a < b", "en", "n"),)),
            "oime:invalidXHTMLFragment",
        ),
        (
            report(FACT, links=(Link("f1", "f1"),), footnotes=(FootnoteResource("x", "en", "f1"),)),
            "exporter:duplicateId",
        ),
    ],
)
def test_what_cannot_be_written(faulty: Report, code: str) -> None:
    assert code in codes(faulty)


def test_every_finding_is_told_with_its_fact() -> None:
    with pytest.raises(WriteError) as caught:
        written(report(evolve(FACT, value="x"), evolve(TEXT, value="\x00")))
    assert [finding.location.fact for finding in caught.value.findings] == ["f1", "f2"]


def test_values_go_out_as_xml_has_them() -> None:
    vocabulary = Vocabulary(datatypes={TITLE: standard_type("QNameItemType")})
    full = report(evolve(TEXT, value="{urn:q}x"), vocabulary=vocabulary, namespaces={"q": "urn:q"})
    assert ">q:x</t:Title>" in written(full)


def test_contexts_may_be_named() -> None:
    end = Context(YEAR.entity, Instant("2024-12-31"))
    given = report(FACT, evolve(TEXT, context=end))
    text = written(given, name_context={YEAR: "CurrentYearDuration"}.get)
    assert re.findall(r'context id="([^"]+)"', text) == ["CurrentYearDuration", "c2"]
    assert re.findall(r'contextRef="([^"]+)"', text) == ["CurrentYearDuration", "c2"]


def test_names_of_contexts_stay_where_others_change() -> None:
    end = Context(YEAR.entity, Instant("2024-12-31"))
    given = report(evolve(FACT, id="u1"), evolve(TEXT, context=end, id="c2"))
    text = written(given, name_context={YEAR: "Now"}.get)
    assert re.findall(r'<xbrli:(?:context|unit) id="([^"]+)"', text) == ["Now", "c_2", "u_1"]
    assert re.findall(r'contextRef="([^"]+)"(?: unitRef="([^"]+)")?', text) == [("Now", "u_1"), ("c_2", "")]


@pytest.mark.parametrize(
    ("name", "code"),
    [("no name", "exporter:invalidId"), ("c7", "exporter:invalidId"), ("f2", "exporter:duplicateId")],
)
def test_names_of_contexts_are_ids_of_their_own(name: str, code: str) -> None:
    with pytest.raises(WriteError) as caught:
        written(report(FACT, TEXT), name_context=lambda context: name)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_two_contexts_with_one_name() -> None:
    end = Context(YEAR.entity, Instant("2024-12-31"))
    with pytest.raises(WriteError) as caught:
        written(report(FACT, evolve(TEXT, context=end)), name_context=lambda context: "same")
    assert [finding.code for finding in caught.value.findings] == ["exporter:duplicateId"]
