"""Reading XBRL 2.1: what facts become, and what is refused with which code."""

from __future__ import annotations

import io

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions
from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.model.dimensions import ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.resources.limits import Limits
from tests.unit.formats.xbrl_xml.documents import EUR, NS, OPEN, PURE, SCHEMA_REF, context, instance, knowing

pytestmark = pytest.mark.door("lxml")

CASH = '<t:Cash contextRef="c" unitRef="eur" decimals="0">1</t:Cash>'


def reading(document: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    report = read(io.BytesIO(document), options)
    assert set(iter_facts(io.BytesIO(document), options)) == set(report.facts)
    return report


def fact(body: str, options: ReadOptions = DEFAULT_OPTIONS) -> Fact:
    (only,) = reading(instance(body), options).facts
    return only


def faults(document: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> list[Finding]:
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(document), options)
    return list(caught.value.findings)


def codes(document: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> list[str]:
    return [finding.code for finding in faults(document, options)]


def test_a_number_and_a_text() -> None:
    number = fact('<t:Cash id="f" contextRef="c" unitRef="eur" decimals="-3"> 12000\n</t:Cash>')
    assert (number.concept, number.value, number.decimals) == (QName(NS, "Cash"), "12000", -3)
    assert (number.unit, number.id, number.language) == (Unit.currency("EUR"), "f", None)
    assert number.period == Instant("2024-12-31")
    text = fact('<t:Title contextRef="c" xml:lang="en"> a <!-- no --><![CDATA[<b>]]>&#13;\n</t:Title>')
    assert (text.value, text.language) == (" a <b>\r\n", "en")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("<xbrli:forever/>", FOREVER),
        ("<xbrli:instant>2024-12-31T24:00:00</xbrli:instant>", Instant("2024-12-31")),
        ("<xbrli:instant>2024-12-31T00:00:00</xbrli:instant>", Instant("2024-12-30")),
        ("<xbrli:instant> 2024-02-29Z </xbrli:instant>", Instant("2024-03-01T00:00:00Z")),
        (
            "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-01-01</xbrli:endDate>",
            Duration("2024-01-01", "2024-01-01"),
        ),
    ],
)
def test_periods(period: str, expected: object) -> None:
    shared = context(period=f"<xbrli:period>{period}</xbrli:period>") + EUR
    assert reading(instance(CASH, shared=shared)).facts[0].period == expected


@pytest.mark.parametrize(
    ("value", "precision", "decimals"),
    [
        ("1234", "3", -1),
        ("0.00456", "1", 3),
        ("-999", "2", -1),
        ("1000", "4", 0),
        ("0", "5", None),
        ("12.5", "INF", None),
    ],
)
def test_precision_becomes_decimals(value: str, precision: str, decimals: int | None) -> None:
    got = fact(f'<t:Cash contextRef="c" unitRef="eur" precision="{precision}">{value}</t:Cash>')
    assert got.decimals == decimals


def test_contexts_and_units_may_come_last_and_in_any_order() -> None:
    body = [CASH, '<t:Ratio contextRef="d" unitRef="pure" decimals="2">0.5</t:Ratio>']
    late = instance(*body, context("d"), PURE, EUR, context(), shared="")
    early = instance(*body, shared=context() + context("d") + EUR + PURE)
    assert [each.concept.local_name for each in reading(late).facts] == ["Cash", "Ratio"]
    report = reading(early)
    assert report == reading(late)
    assert report.facts[0].context is report.facts[1].context


def test_types_are_inferred_from_units() -> None:
    report = reading(instance('<t:Ratio contextRef="c" unitRef="pure" decimals="INF">0.5</t:Ratio>', CASH))
    ratio = next(each for each in report.facts if each.concept.local_name == "Ratio")
    assert not ratio.looks_numeric
    assert report.vocabulary.is_numeric(ratio)
    weight = '<t:Weight contextRef="c" unitRef="pure" decimals="INF">1E5</t:Weight>'
    assert reading(instance(weight)).vocabulary.datatypes[QName(NS, "Weight")].base == "double"


def test_languages_are_inherited_and_only_for_text() -> None:
    options = knowing({"Title": "stringItemType", "Day": "dateItemType"})
    root = OPEN.replace("<xbrli:xbrl", '<xbrli:xbrl xml:lang="ja"')
    body = '<t:Title contextRef="c">x</t:Title><t:Day contextRef="c">2024-01-01</t:Day><t:Other contextRef="c"/>'
    document = instance(body, '<t:Title contextRef="c" xml:lang="">y</t:Title>').replace(OPEN.encode(), root.encode())
    found = {(each.concept.local_name, each.value, each.language) for each in reading(document, options).facts}
    assert found == {("Title", "x", "ja"), ("Title", "y", None), ("Day", "2024-01-01", None), ("Other", "", "ja")}


def test_typed_values_are_normalised_and_names_resolved() -> None:
    options = knowing({"Tag": "QNameItemType", "Word": "tokenItemType", "Pick": "enumerationSetItemType"})
    assert fact('<t:Tag contextRef="c"> t:x\n</t:Tag>', options).value == f"{{{NS}}}x"
    assert fact('<t:Tag contextRef="c" xmlns="urn:d">x</t:Tag>', options).value == "{urn:d}x"
    assert fact('<t:Word contextRef="c">\n a  b </t:Word>', options).value == "a b"
    assert fact(f'<t:Pick contextRef="c">\n{NS}#a  {NS}#b </t:Pick>', options).value == f"{NS}#a {NS}#b"


def test_dimensions_of_both_kinds() -> None:
    inner = (
        '<xbrldi:typedMember dimension="t:LotAxis"><t:Lot> 7 </t:Lot></xbrldi:typedMember>'
        '<xbrldi:typedMember dimension="t:NilAxis"><t:Nil xsi:nil="true"/></xbrldi:typedMember>'
        '<xbrldi:explicitMember dimension="t:Axis"> t:North </xbrldi:explicitMember>'
    )
    report = reading(instance(CASH, shared=context(segment=inner) + EUR))
    assert set(report.facts[0].dimensions) == {
        TypedDimension(QName(NS, "LotAxis"), " 7 "),
        TypedDimension(QName(NS, "NilAxis"), None),
        ExplicitDimension(QName(NS, "Axis"), QName(NS, "North")),
    }
    assert report.vocabulary.typed_domains[QName(NS, "LotAxis")] == QName(NS, "Lot")
    assert report.vocabulary.context_element == "segment"


def _link(inner: str) -> str:
    return f'<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{inner}</link:footnoteLink>'


NOTE = '<link:footnote xlink:type="resource" xlink:label="n" xml:lang="en">{}</link:footnote>'
ARC = (
    '<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" '
    'xlink:from="{}" xlink:to="n" {}/>'
)


def _loc(href: str, label: str = "f") -> str:
    return f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="{label}"/>'


def test_footnotes_are_xhtml_fragments() -> None:
    markup = 'a &lt; b <h:p xmlns:h="http://www.w3.org/1999/xhtml" class="x&quot;y">c<h:br/></h:p> d'
    link = _link(_loc("#f1") + NOTE.format(markup) + ARC.format("f", ""))
    report = reading(instance(CASH.replace("<t:Cash", '<t:Cash id="f1"'), link))
    (note,) = report.footnotes
    assert note.content == 'a &lt; b <p class="x&quot;y">c<br/></p> d'
    assert report.footnotes_of(report.facts[0]) == (note,)


def test_locators_may_point_by_place() -> None:
    link = _link(_loc("#element(/1/5)") + NOTE.format("x") + ARC.format("f", ""))
    report = reading(instance(CASH, link))
    assert report.footnotes_of(report.facts[0])[0].content == "x"


def test_prohibited_arcs_are_no_links() -> None:
    cash = CASH.replace("<t:Cash", '<t:Cash id="f1"')
    both = _loc("#f1") + _loc("#f1", "g") + NOTE.format("x")
    link = _link(both + ARC.format("f", "") + ARC.format("g", 'use="prohibited" priority="1"'))
    assert codes(instance(cash, link)) == ["xbrlxe:unlinkedFootnoteResource"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<t:Cash unitRef="eur" decimals="0">1</t:Cash>', "xbrl.4.6.1:contextRefMissing"),
        ('<t:Cash contextRef="x" unitRef="eur" decimals="0">1</t:Cash>', "xbrl.4.6.1:contextRefMissing"),
        ('<t:Cash contextRef="c" unitRef="x" decimals="0">1</t:Cash>', "xbrl.4.6.2:unitRefMissing"),
        ('<t:Cash contextRef="c" decimals="0">1</t:Cash>', "xbrl.4.6.3:nonNumericAccuracy"),
        ('<t:Cash contextRef="c" unitRef="eur">1</t:Cash>', "xbrl.4.6.3:accuracyMissing"),
        (
            '<t:Cash contextRef="c" unitRef="eur" decimals="0" precision="1">1</t:Cash>',
            "xbrl.4.6.3:decimalsAndPrecision",
        ),
        ('<t:Cash contextRef="c" unitRef="eur" decimals="1.5">1</t:Cash>', "xbrl.4.6.5:decimals"),
        ('<t:Cash contextRef="c" unitRef="eur" decimals="99999">1</t:Cash>', "exporter:limitExceeded"),
        ('<t:Cash contextRef="c" unitRef="eur" precision="00">1</t:Cash>', "xbrlxe:unsupportedZeroPrecisionFact"),
        ('<t:Cash contextRef="c" unitRef="eur" decimals="0">1,0</t:Cash>', "oime:invalidFactValue"),
        ('<t:Cash contextRef="c" unitRef="eur" decimals="0">1E99999</t:Cash>', "exporter:limitExceeded"),
        ('<t:Cash contextRef="c" unitRef="eur" decimals="0" xsi:nil="true"/>', "xbrl.4.6.3:nilAccuracy"),
        ('<t:Title contextRef="c" xsi:nil="true">x</t:Title>', "xbrl.4.6:nilContent"),
        ('<t:Title contextRef="c" xsi:nil="yes"/>', "xbrl.4.6:nil"),
        ('<t:Title contextRef="c" style="x">x</t:Title>', "xbrl.4.6:unexpectedAttribute"),
        ('<t:Title contextRef="c"><t:b>x</t:b></t:Title>', "xbrl.4.6:itemContent"),
        ('<t:Title contextRef="c" xml:base="http://x/">x</t:Title>', "xbrlxe:unsupportedXmlBase"),
        ('<t:Bundle><t:Title contextRef="c">x</t:Title></t:Bundle>', "xbrlxe:unsupportedTuple"),
        ('<t:Title contextRef="c" id="c">x</t:Title>', "exporter:duplicateId"),
        ('<t:Title contextRef="c" id="1">x</t:Title>', "exporter:invalidId"),
        ("<xbrli:other/>", "xbrl.4.1:unexpectedElement"),
        ("<link:schemaRef xlink:type='simple' xlink:href='late.xsd'/>", "xbrl.4.1:order"),
        (_link(_loc("#f1") + NOTE.format("x") + ARC.format("f", "")), "xbrl.4.11.1.1:locatorTarget"),
        (_link(_loc("#c") + NOTE.format("x") + ARC.format("f", "")), "xbrl.4.11.1.1:locatorTarget"),
        (_link(_loc("other.xml#f1") + NOTE.format("x")), "xbrl.4.11.1.1:locator"),
        (_link(NOTE.format("x") + ARC.format("f", "")), "xbrl.3.5.3.9:arc"),
        (_link(NOTE.format("<t:b/>")), "oime:invalidXHTMLFragment"),
    ],
)
def test_faulty_facts(body: str, code: str) -> None:
    found = faults(instance(body))
    assert code in [finding.code for finding in found]
    assert all(finding.location.line for finding in found)


_EXPLICIT = '<xbrldi:explicitMember dimension="t:Axis">t:North</xbrldi:explicitMember>'


@pytest.mark.parametrize(
    ("shared", "code"),
    [
        (
            context(period="<xbrli:period><xbrli:instant>2024-13-01</xbrli:instant></xbrli:period>"),
            "xbrl.4.7.2:invalidDate",
        ),
        (
            context(
                period="<xbrli:period><xbrli:startDate>2024-01-02</xbrli:startDate>"
                "<xbrli:endDate>2024-01-01</xbrli:endDate></xbrli:period>"
            ),
            "xbrl.4.7.2:periodStartBeforeEnd",
        ),
        (context(period="<xbrli:period/>"), "xbrl.4.7.2:periodContent"),
        (context(period=""), "xbrl.4.7:contextContent"),
        (context().replace('scheme="http://example.com/ids"', ""), "xbrl.4.7.3.1:identifier"),
        (context(segment=" "), "xbrl.4.7.3.2:emptyContainer"),
        (context(segment="<t:x/>"), "xbrlxe:nonDimensionalSegmentScenarioContent"),
        (context(segment="<t:x><xbrli:unit/></t:x>"), "xbrl.4.7.3.2:xbrliElement"),
        (
            context(segment=_EXPLICIT, scenario=_EXPLICIT.replace("Axis", "Bxis")),
            "xbrlxe:inconsistentDimensionsContainer",
        ),
        (context(segment=_EXPLICIT, scenario=_EXPLICIT), "xbrldie:RepeatedDimensionInInstanceError"),
        (context(segment=_EXPLICIT.replace("t:North", "q:North")), "xbrldie:ExplicitMemberUndefinedQNameError"),
        (
            context(scenario='<xbrldi:typedMember dimension="t:A"><t:D><t:e/></t:D></xbrldi:typedMember>'),
            "xbrlxe:unsupportedComplexTypedDimension",
        ),
        (
            context(scenario='<xbrldi:typedMember dimension="t:A"/>'),
            "xbrldie:IllegalTypedDimensionContentError",
        ),
    ],
)
def test_faulty_contexts(shared: str, code: str) -> None:
    assert code in codes(instance(CASH, shared=shared + EUR))


def test_what_only_the_mapping_forbids_may_stand_in_an_unused_context() -> None:
    shared = context() + context("x", segment="<t:x/>") + EUR
    assert len(reading(instance(CASH, shared=shared)).facts) == 1


DIVIDE = (
    "<xbrli:divide><xbrli:unitNumerator><xbrli:measure>t:m</xbrli:measure></xbrli:unitNumerator>"
    "<xbrli:unitDenominator><xbrli:measure>t:m</xbrli:measure></xbrli:unitDenominator></xbrli:divide>"
)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("", "xbrl.4.8:unitContent"),
        ("<xbrli:measure>q:EUR</xbrli:measure>", "xbrl.4.8.2:measure"),
        (DIVIDE, "xbrl.4.8.4:measureOnBothSides"),
    ],
)
def test_faulty_units(unit: str, code: str) -> None:
    assert codes(instance(CASH, shared=context() + f'<xbrli:unit id="eur">{unit}</xbrli:unit>')) == [code]


@pytest.mark.parametrize(
    ("types", "body", "code"),
    [
        ({"Cash": "monetaryItemType"}, CASH.replace("eur", "pure"), "xbrl.4.8.2:monetaryUnit"),
        ({"Cash": "sharesItemType"}, CASH, "xbrl.4.8.2:sharesUnit"),
        ({"Cash": "integerItemType"}, CASH.replace(">1<", ">1.5<"), "oime:invalidFactValue"),
        ({"Cash": "stringItemType"}, CASH, "xbrl.4.6.2:nonNumericUnit"),
        ({"Cash": "monetaryItemType"}, '<t:Cash contextRef="c">1</t:Cash>', "xbrl.4.6.2:numericUnitMissing"),
        ({"Day": "dateItemType"}, '<t:Day contextRef="c">2024-02-30</t:Day>', "oime:invalidFactValue"),
        ({"Tag": "QNameItemType"}, '<t:Tag contextRef="c">q:x</t:Tag>', "oime:invalidFactValue"),
        (
            {"Part": "fractionItemType"},
            '<t:Part contextRef="c" unitRef="eur" xsi:nil="true"/>',
            "xbrlxe:unsupportedFraction",
        ),
    ],
)
def test_faults_against_the_type(types: dict[str, str], body: str, code: str) -> None:
    assert code in codes(instance(body), knowing(types))


def test_heads_without_a_schema_or_with_a_linkbase() -> None:
    assert codes(instance(head="")) == ["oime:noTaxonomy"]
    linkbase = '<link:linkbaseRef xlink:type="simple" xlink:href="l.xml"/>'
    assert codes(instance(head=SCHEMA_REF + linkbase)) == ["xbrlxe:unsupportedLinkbaseReference"]


def test_no_instance_at_all() -> None:
    assert codes(b"<html/>") == ["xbrl.4.1:rootElement"]
    assert codes(b"<!DOCTYPE a><a/>") == ["exporter:doctypeRefused"]


def test_everything_is_gathered_before_the_document_breaks() -> None:
    document = instance('<t:Cash contextRef="c" unitRef="eur">1</t:Cash>', CASH * 3)[:-20]
    assert codes(document) == ["xbrl.4.6.3:accuracyMissing", "exporter:malformedXml"]


def test_limits_are_passed_on() -> None:
    options = ReadOptions(limits=Limits(file_size=100))
    assert codes(instance(CASH), options) == ["exporter:limitExceeded"]


def supplying(**accuracies: dict[str, str]) -> ReadOptions:
    """A taxonomy of money whose types supply these attributes."""
    vocabulary = Vocabulary(
        datatypes={QName(NS, name): standard_type("monetaryItemType") for name in accuracies},
        default_accuracies={QName(NS, name): default for name, default in accuracies.items()},
    )
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary)


def test_the_type_may_supply_the_accuracy() -> None:
    options = supplying(Cash={"decimals": "2"}, Debt={"precision": "3"})
    assert fact('<t:Cash contextRef="c" unitRef="eur">1.5</t:Cash>', options).decimals == 2
    assert fact('<t:Cash contextRef="c" unitRef="eur" decimals="-6">1.5</t:Cash>', options).decimals == -6
    assert fact('<t:Debt contextRef="c" unitRef="eur">1500</t:Debt>', options).decimals == -1
    both = instance('<t:Debt contextRef="c" unitRef="eur" decimals="0">1500</t:Debt>')
    assert codes(both, options) == ["xbrl.4.6.3:decimalsAndPrecision"]
    nil = instance('<t:Cash contextRef="c" unitRef="eur" xsi:nil="true"/>')
    assert codes(nil, options) == ["xbrl.4.6.3:nilAccuracy"]


@pytest.mark.parametrize(("container", "section"), [("segment", "4.7.3.2"), ("scenario", "4.7.4")])
def test_containers_hold_no_items(container: str, section: str) -> None:
    inside = f"<o:Part xmlns:o='http://example.com/o'>{CASH}</o:Part>"
    document = instance(shared=context(**{container: inside}))
    assert codes(document, knowing({"Cash": "monetaryItemType"})) == [f"xbrl.{section}:itemElement"]
    assert reading(document).facts == ()


def test_a_low_limit_on_digits_holds_for_every_number() -> None:
    options = ReadOptions(limits=Limits(number_digits=20))
    assert codes(instance(CASH.replace(">1<", f">{'1' * 21}<")), options) == ["exporter:limitExceeded"]
    assert len(reading(instance(CASH.replace(">1<", f">{'1' * 20}<")), options).facts) == 1


def test_types_that_only_the_document_tells_are_called_inferred() -> None:
    report = reading(instance(CASH, '<t:Name contextRef="c">1</t:Name>'))
    assert report.vocabulary.inferred == {QName(NS, "Cash")}
    known = reading(instance(CASH), knowing({"Cash": "monetaryItemType"}))
    assert known.vocabulary.inferred == frozenset()
