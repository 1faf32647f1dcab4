"""Partial reports: what is certain is read, what is in doubt is left out, counted and told; else nothing is read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Severity
from exporter.formats.inline_xbrl.read.report import read_set
from exporter.formats.options import LEFT_OUT, PARTIAL, InlineFile, ReadOptions
from exporter.formats.xbrl_csv.read.report import read as read_csv
from exporter.formats.xbrl_json.read.report import read as read_json
from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.model.report import Report
from tests.unit.formats.inline_xbrl import documents as pages
from tests.unit.formats.xbrl_csv.reports import metadata, put
from tests.unit.formats.xbrl_json.documents import DOCUMENT
from tests.unit.formats.xbrl_xml.documents import EUR, PERIOD, PURE, SCHEMA_REF, context, instance, knowing

KNOWN = knowing({"Cash": "monetaryItemType", "Title": "stringItemType", "Day": "dateItemType"})
GOOD = '<t:Cash id="good" contextRef="c" unitRef="eur" decimals="0">1</t:Cash>'
BAD_PERIOD = "<xbrli:period><xbrli:instant>2024-02-30</xbrli:instant></xbrli:period>"
SHARED = context() + EUR + PURE
FOOTNOTE_LINK = (
    '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
    '<link:loc xlink:type="locator" xlink:href="#good" xlink:label="f"/>{}'
    '<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" '
    'xlink:from="f" xlink:to="n"/></link:footnoteLink>'
)
NOTE = '<link:footnote xlink:type="resource" xlink:label="n" xlink:role="{}" {}>note</link:footnote>'
STANDARD = "http://www.xbrl.org/2003/role/footnote"


def cash(attributes: str = "", *, context: str = "c", unit: str = "eur", value: str = "5", id_: str = "bad") -> str:
    accuracy = "" if "decimals" in attributes or "precision" in attributes else 'decimals="0"'
    return f'<t:Cash id="{id_}" contextRef="{context}" unitRef="{unit}" {accuracy} {attributes}>{value}</t:Cash>'


def partial(document: bytes, options: ReadOptions = KNOWN) -> tuple[Report, list[Finding]]:
    told: list[Finding] = []
    report = read(io.BytesIO(document), evolve(options, partial=True, warn=told.append))
    streamed = list(iter_facts(io.BytesIO(document), evolve(options, partial=True)))
    assert [evolve(fact, id=None) for fact in streamed] == [evolve(fact, id=None) for fact in report.facts]
    return report, told


def count_of(told: list[Finding]) -> int:
    """The number that the closing finding names."""
    counts = [finding for finding in told if finding.code == PARTIAL]
    assert len(counts) <= 1
    assert not counts or told[-1] is counts[0]
    return int(counts[0].message.split()[0].replace(",", "")) if counts else 0


def refused(document: bytes, options: ReadOptions = KNOWN) -> set[str]:
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(document), options)
    return {finding.code for finding in caught.value.findings}


IN_DOUBT = {
    "date": (context("d", period=BAD_PERIOD), cash(context="d"), "xbrl.4.7.2:invalidDate", 1),
    "two facts of a broken context": (
        context("d", period=BAD_PERIOD),
        cash(context="d") + cash(context="d", id_="other"),
        "xbrl.4.7.2:invalidDate",
        2,
    ),
    "no such context": ("", cash(context="nowhere"), "xbrl.4.6.1:contextRefMissing", 1),
    "no such unit": ("", cash(unit="nowhere"), "xbrl.4.6.2:unitRefMissing", 1),
    "broken unit": (
        '<xbrli:unit id="u"><xbrli:measure>nope:EUR</xbrli:measure></xbrli:unit>',
        cash(unit="u") + cash(unit="u", id_="other"),
        "xbrl.4.8.2:measure",
        2,
    ),
    "unit that is no currency": ("", cash(unit="pure") + cash(unit="pure", id_="b"), "xbrl.4.8.2:monetaryUnit", 2),
    "no entity": (
        context("d").replace(">acme<", "><") + context("e").replace(">acme<", "><"),
        cash(context="d") + cash(context="e", id_="other"),
        "xbrl.4.7.3.1:identifier",
        2,
    ),
    "no number": ("", cash(value="12,5"), "oime:invalidFactValue", 1),
    "no date": ("", '<t:Day contextRef="c">2024-13-01</t:Day>', "oime:invalidFactValue", 1),
    "decimals": ("", cash('decimals="two"'), "xbrl.4.6.5:decimals", 1),
    "both accuracies": ("", cash('decimals="0" precision="3"'), "xbrl.4.6.3:decimalsAndPrecision", 1),
    "nil with content": ("", cash('xsi:nil="true"'), "xbrl.4.6:nilContent", 1),
    "ambiguous context": (context("d") + context("d", period=PERIOD), cash(context="d"), "exporter:duplicateId", 1),
    "ambiguous unit": (
        EUR.replace('"eur"', '"u"') + PURE.replace('"pure"', '"u"'),
        cash(unit="u"),
        "exporter:duplicateId",
        1,
    ),
}


@pytest.mark.parametrize("case", IN_DOUBT)
@pytest.mark.parametrize("order", ["before", "after"])
def test_facts_in_doubt_are_left_out_and_told(case: str, order: str) -> None:
    shared, facts, code, number = IN_DOUBT[case]
    parts = (facts, GOOD) if order == "before" else (GOOD, facts)
    document = instance(*parts, shared=SHARED + shared)
    report, told = partial(document)
    assert [fact.id for fact in report.facts] == ["good"]
    assert count_of(told) == number
    assert code in {finding.code for finding in told if finding.is_error}
    assert all(finding.location.line for finding in told if finding.code not in (PARTIAL, "exporter:furtherFindings"))
    assert code in refused(document)


@pytest.mark.parametrize("case", ["date", "broken unit", "unit that is no currency", "no number", "decimals"])
def test_facts_in_doubt_that_stand_before_what_they_refer_to(case: str) -> None:
    shared, facts, code, number = IN_DOUBT[case]
    document = instance(facts, GOOD, SHARED + shared, shared="")
    report, told = partial(document)
    assert [fact.id for fact in report.facts] == ["good"]
    assert (count_of(told), code in {finding.code for finding in told}) == (number, True)


FRACTION = (
    '<t:Part contextRef="c" unitRef="pure"><xbrli:numerator>1</xbrli:numerator>'
    "<xbrli:denominator>3</xbrli:denominator></t:Part>"
)
UNHELD = {
    "tuple": ("", f"<t:Both>{cash()}{cash(id_='b')}</t:Both>", "xbrlxe:unsupportedTuple", 2),
    "fraction": ("", FRACTION, "xbrlxe:unsupportedFraction", 1),
    "segment": (
        context("d", segment="<t:Region>north</t:Region>"),
        cash(context="d") + cash(context="d", id_="b"),
        "xbrlxe:nonDimensionalSegmentScenarioContent",
        2,
    ),
    "complex typed dimension": (
        context("d", segment='<xbrldi:typedMember dimension="t:A"><t:D><t:x/></t:D></xbrldi:typedMember>'),
        cash(context="d"),
        "xbrlxe:unsupportedComplexTypedDimension",
        1,
    ),
    "zero precision": ("", cash('precision="0"'), "xbrlxe:unsupportedZeroPrecisionFact", 1),
}


@pytest.mark.parametrize("case", UNHELD)
def test_what_the_model_cannot_hold_is_a_warning(case: str) -> None:
    shared, facts, code, number = UNHELD[case]
    document = instance(GOOD, facts, shared=SHARED + shared)
    report, told = partial(document)
    assert [fact.id for fact in report.facts] == ["good"]
    assert count_of(told) == number
    assert code in {finding.code for finding in told}
    assert {finding.severity for finding in told} == {Severity.WARNING}
    assert code in refused(document)


LINKBASE_REF = (
    '<link:linkbaseRef xlink:type="simple" xlink:href="l.xml" '
    'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
)
ROLE_REF = '<link:roleRef roleURI="http://r.com/r" xlink:type="simple" xlink:href="t.xsd#r"/>'
HELD_WITHOUT = {
    "linkbaseRef": (SCHEMA_REF + LINKBASE_REF, "xbrlxe:unsupportedLinkbaseReference"),
    "no schema": ("", "oime:noTaxonomy"),
    "role twice": (SCHEMA_REF + ROLE_REF * 2, "xbrl.4.4:duplicateRef"),
}


@pytest.mark.parametrize("case", HELD_WITHOUT)
def test_what_touches_no_fact_is_a_warning(case: str) -> None:
    head, code = HELD_WITHOUT[case]
    report, told = partial(instance(GOOD, head=head))
    assert [fact.id for fact in report.facts] == ["good"]
    assert [(finding.code, finding.severity) for finding in told] == [(code, Severity.WARNING)]


def test_a_footnote_of_another_role_is_read() -> None:
    link = FOOTNOTE_LINK.format(NOTE.format("http://example.com/role/number", 'xml:lang="ja"'))
    report, told = partial(instance(GOOD, link))
    assert [(note.content, note.language) for note in report.footnotes] == [("note", "ja")]
    assert [finding.severity for finding in told] == [Severity.WARNING]
    assert "http://example.com/role/number" in told[0].message


def test_a_footnote_without_language_is_left_out() -> None:
    report, told = partial(instance(GOOD, FOOTNOTE_LINK.format(NOTE.format(STANDARD, ""))))
    assert [fact.id for fact in report.facts] == ["good"]
    assert (report.footnotes, report.links) == ((), ())
    assert [(finding.code, finding.is_error) for finding in told] == [("xbrl.4.11.1.2:language", True)]


def test_links_of_facts_that_are_left_out_go_with_them() -> None:
    link = FOOTNOTE_LINK.format(NOTE.format(STANDARD, 'xml:lang="en"')).replace("#good", "#bad")
    report, told = partial(instance(GOOD, cash(value="x"), link))
    assert (report.footnotes, report.links) == ((), ())
    assert count_of(told) == 1


def test_an_id_given_twice_is_taken_off() -> None:
    report, told = partial(instance(GOOD, cash(id_="good", value="7")))
    assert [(fact.id, fact.value) for fact in report.facts] == [("good", "1"), (None, "7")]
    assert [(finding.code, finding.is_error) for finding in told] == [("exporter:duplicateId", True)]


def test_dimensions_in_both_containers_are_read() -> None:
    member = '<xbrldi:explicitMember dimension="t:{0}">t:{0}Member</xbrldi:explicitMember>'
    both = context("d", segment=member.format("A"), scenario=member.format("B"))
    report, told = partial(instance(cash(context="d"), shared=SHARED + both))
    assert len(report.facts[0].dimensions) == 2
    assert [finding.severity for finding in told] == [Severity.WARNING]


def test_long_lists_are_cut_and_counted() -> None:
    facts = "".join(cash(context="d", id_=f"f{number}") for number in range(50))
    _, told = partial(instance(GOOD, facts, shared=SHARED + context("d", period=BAD_PERIOD)))
    assert sum(finding.code == LEFT_OUT for finding in told) == 20
    assert any(finding.code == "exporter:furtherFindings" and finding.message.startswith("30 ") for finding in told)
    assert count_of(told) == 50


def test_what_is_no_instance_is_refused() -> None:
    with pytest.raises(ReadError):
        read(io.BytesIO(b"<other/>"), evolve(KNOWN, partial=True))


def test_the_frame_of_these_tests_is_sound() -> None:
    assert read(io.BytesIO(instance(GOOD)), KNOWN).facts == partial(instance(GOOD))[0].facts


# Inline XBRL


def partial_page(document: bytes) -> tuple[Report, list[Finding]]:
    told: list[Finding] = []
    options = evolve(pages.knowing(), partial=True, warn=told.append)
    return read_set([InlineFile("page.xhtml", io.BytesIO(document))], options), told


SOUND = pages.number("1", 'id="good"')
BAD_CONTEXT = pages.CONTEXT.replace('id="c"', 'id="d"').replace("2024-01-01", "2024-31-01")
MEMBERS = pages.number("5", 'order="1"') + pages.number("6", 'order="2"', name="Cost")
PAGES = {
    "transformation": (pages.number("x", 'format="ixt:num-dot-decimal"'), "", 1),
    "unknown transformation": (pages.number("1", 'format="ixt:none-such"'), "", 1),
    "no number": (pages.number("about 5"), "", 1),
    "no such context": (pages.number("5").replace('"c"', '"nowhere"'), "", 1),
    "no such unit": (pages.number("5", unit="nowhere"), "", 1),
    "date": (pages.number("5").replace('"c"', '"d"'), BAD_CONTEXT, 1),
    "scale": (pages.number("5", 'scale="six"'), "", 1),
    "prefix": (pages.number("5").replace("t:Sales", "u:Sales"), "", 1),
    "text that breaks off": (pages.text("and so", 'continuedAt="nowhere"'), "", 1),
    "nested numbers that differ": (pages.number(pages.number("5", name="Cost"), 'scale="3"'), "", 2),
    "tuple": (f'<ix:tuple name="t:Both" tupleID="b">{MEMBERS}</ix:tuple>', "", 2),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_is_read_as_far_as_it_is_certain(case: str) -> None:
    body, resources, number = PAGES[case]
    document = pages.document(f"{SOUND}{body}", more=resources)
    report, told = partial_page(document)
    assert [fact.id for fact in report.facts] == ["good"]
    assert count_of(told) == number
    assert all(finding.location.file == "page.xhtml" for finding in told)
    with pytest.raises(ReadError):
        read_set([InlineFile("page.xhtml", io.BytesIO(document))])


def test_a_footnote_of_a_page_without_language_is_left_out() -> None:
    body = SOUND + '<p xml:lang=""><ix:footnote id="n">x</ix:footnote></p><p><ix:footnote id="m">y</ix:footnote></p>'
    link = '<ix:relationship fromRefs="good" toRefs="n m"/>'
    report, told = partial_page(pages.document(body, more=link))
    assert [fact.id for fact in report.facts] == ["good"]
    assert [note.id for note in report.footnotes] == ["m"]
    assert [link.target for link in report.links] == ["m"]
    assert [(finding.code, finding.is_error) for finding in told] == [("ixe:footnoteLang", True)]


def test_links_of_facts_of_a_page_that_are_left_out_go_with_them() -> None:
    body = SOUND + pages.number("x", 'id="bad"') + '<ix:footnote id="n">x</ix:footnote>'
    report, _ = partial_page(pages.document(body, more='<ix:relationship fromRefs="good bad" toRefs="n"/>'))
    assert [(link.source, link.target) for link in report.links] == [("good", "n")]
    body = body.replace(pages.number("x", 'id="bad"'), pages.number("5", 'id="bad"').replace('"c"', '"d"'))
    link = '<ix:relationship fromRefs="bad" toRefs="n"/>'
    report, told = partial_page(pages.document(body, more=BAD_CONTEXT + link))
    assert (report.links, report.footnotes, count_of(told)) == ((), (), 1)


# xBRL-JSON and xBRL-CSV


def test_a_fact_of_json_in_doubt_is_left_out() -> None:
    tree = json.loads(json.dumps(DOCUMENT))
    fact = tree["facts"]["f1"]
    tree["facts"]["bad"] = {**fact, "dimensions": {**fact["dimensions"], "period": "2024-02-30T00:00:00"}}
    data = json.dumps(tree).encode()
    told: list[Finding] = []
    report = read_json(io.BytesIO(data), ReadOptions(partial=True, warn=told.append))
    assert [each.id for each in report.facts] == ["f1"]
    assert count_of(told) == 1
    with pytest.raises(ReadError):
        read_json(io.BytesIO(data))


def test_a_fact_of_csv_in_doubt_is_left_out(tmp_path: Path) -> None:
    columns: dict[str, Any] = {"v": {"dimensions": {"concept": "ex:Cash"}}, "day": {}}
    tree = metadata(dimensions={"period": "$day", "unit": "iso4217:JPY"}, template={"decimals": 0}, columns=columns)
    path = put(tmp_path, tree, "v,day\n1,2024-01-01\n2,2024-02-30\n3,2024-03-01\n")
    told: list[Finding] = []
    report = read_csv(path, ReadOptions(partial=True, warn=told.append))
    assert [fact.value for fact in report.facts] == ["1", "3"]
    assert count_of(told) == 1
    with pytest.raises(ReadError):
        read_csv(path)
