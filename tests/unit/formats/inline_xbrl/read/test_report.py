"""Inline XBRL is read as the specification says, and what breaks its rules is refused with its codes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.formats.inline_xbrl.read.report import iter_facts
from exporter.formats.inline_xbrl.read.report import read as read_one
from exporter.formats.options import ReadOptions
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, ROLE_LINK
from exporter.resources.limits import Limits
from tests.unit.formats.inline_xbrl.documents import (
    CONTEXT,
    EUR,
    NS,
    REFERENCES,
    SCHEMA_REF,
    bare,
    continuation,
    document,
    knowing,
    number,
    only,
    read,
    text,
    values,
)

DOT = 'format="ixt:num-dot-decimal"'
FIRST = 'order="1"'
RELATION = '<ix:relationship fromRefs="{}" toRefs="{}" {}/>'


def codes(*documents: bytes, **more: object) -> list[str]:
    """The codes of the errors that keep the documents from being read."""
    with pytest.raises(ReadError) as caught:
        read(*documents, **more)  # type: ignore[arg-type]
    assert all(finding.location.file for finding in caught.value.findings)
    return [finding.code for finding in caught.value.findings if finding.is_error]


# Numbers


@pytest.mark.parametrize(
    ("shown", "attributes", "value"),
    [
        ("1234", "", "1234"),
        (" +.5\n", "", ".5"),
        ("1,234.50", DOT, "1234.5"),
        ("34.4", f'{DOT} scale="9"', "34400000000"),
        ("31.6", 'scale="-2"', "0.316"),
        ("5", f'{DOT} scale=" +3 " sign="-"', "-5000"),
        ("—", 'format="ixt:fixed-zero" sign="-" scale="6"', "0"),
        ("0.00", 'sign="-"', "0.00"),
        ("12<!-- a -->34", "", "1234"),
        ("1<?a b?>2", "", "12"),
        ("123456789012345678901234567890.5", 'scale="3"', "123456789012345678901234567890500"),
        ("1", 'scale="-40"', "0." + "0" * 39 + "1"),
        ("", 'xsi:nil="1"', None),
        ("", 'xsi:nil="true" scale="3" sign="-" format="ixt:fixed-zero"', None),
    ],
)
def test_numbers(shown: str, attributes: str, value: str | None) -> None:
    fact = only(read(document(number(shown, attributes))))
    assert fact.value == value
    assert fact.unit == Unit.currency("EUR")
    assert fact.decimals == (None if value is None else 0)


def test_a_number_inside_a_number_is_two_facts() -> None:
    report = read(document(number(number("9", 'scale="3"', name="Cost"), 'scale="3" sign="-"')))
    assert values(report) == {"Sales": "-9000", "Cost": "9000"}


@pytest.mark.parametrize(
    ("tagged", "code"),
    [
        (number("-5"), "ixe:nonFractionNegative"),
        (number("(5)"), "oime:invalidFactValue"),
        (number("1,234"), "oime:invalidFactValue"),
        (number("５"), "oime:invalidFactValue"),
        (number("1e3"), "oime:invalidFactValue"),
        (number(""), "ixe:nonFraction"),
        (number("<b>5</b>"), "ixe:nonFractionChildren"),
        (number(number("5", name="Cost") + number("6", name="Cost")), "ixe:nonFractionChildren"),
        (number(" " + number("5", name="Cost")), "ixe:nonFractionChildren"),
        (number(number("5", 'scale="0"', name="Cost")), "ixe:nestedNonFractionProperties"),
        (number(number("5", DOT, name="Cost")), "ixe:nestedNonFractionProperties"),
        (number(number("5", name="Cost", unit="pure")), "ixe:nestedNonFractionProperties"),
        (number(number("", 'xsi:nil="true"', name="Cost")), "ixe:nestedNonFractionIsNil"),
        (number("△5", DOT), "ixe:transformValueError"),
        (number("5", 'format="ixt:num"'), "ixe:invalidTransformation"),
        (number("5", 'format="t:num-dot-decimal"'), "ixe:invalidTransformation"),
        (number("-", 'xsi:nil="true"'), "xbrl.4.6:nilContent"),
        (number("5", unit="usd"), "ixe:unitReference"),
        (number("5").replace('"c"', '"d"'), "ixe:contextReference"),
        (number("5", 'scale="20000"'), "exporter:limitExceeded"),
        (number("5", 'scale="x"'), "exporter:xmlSchema"),
        (number("5", 'sign="+"'), "exporter:xmlSchema"),
        (number("5", 'title="x"'), "exporter:xmlSchema"),
        (number("5", 'precision="3"'), "xbrl.4.6.3:decimalsAndPrecision"),
        (number("5", 'ix:scale="3"'), "ixe:qualifiedAttributeDisallowed"),
        (number("5", 'order="1"'), "ixe:tupleOrder"),
        (number("5", 'tupleRef="x" order="1"'), "ixe:tupleRefMissing"),
        (number("5", name="Part", unit="pure"), "ixe:fractionDeclaration"),
        (number("5", name="Name"), "xbrl.4.6.2:nonNumericUnit"),
        (number("5").replace("t:Sales", "u:Sales"), "exporter:xmlSchema"),
        (number("5").replace('unitRef="eur"', ""), "exporter:xmlSchema"),
        ("<ix:number/>", "exporter:xmlSchema"),
    ],
)
def test_faults_of_numbers(tagged: str, code: str) -> None:
    assert code in codes(document(tagged))


def test_a_fault_has_its_file_line_and_fact() -> None:
    data = document("\n\n" + number("1,2", 'id="f7"'))
    with pytest.raises(ReadError) as caught:
        read(data)
    (finding,) = caught.value.findings
    line = data[: data.index(b"f7")].count(b"\n") + 1
    assert (finding.location.file, finding.location.line, finding.location.fact) == ("a.xhtml", line, "f7")
    assert finding.fix


def test_all_faults_are_told_together() -> None:
    found = codes(document(number("-1") + number("x") + text("y", 'continuedAt="z"') + text("1", name="Date")))
    assert {
        "ixe:nonFractionNegative",
        "oime:invalidFactValue",
        "ixe:continuationMissing",
    } <= set(found)


# Texts


@pytest.mark.parametrize(
    ("content", "attributes", "value"),
    [
        ("a <b>b</b>\n c", "", "a b\n c"),
        ("<p>a</p><p>b</p>", "", "ab"),
        ("x &amp; <![CDATA[<y>]]>", "", "x & <y>"),
        ("a" + number("5") + "b", "", "a5b"),
        ("", "", ""),
        ("", 'xsi:nil="true"', None),
        ("a<ix:exclude>x<ix:exclude>y</ix:exclude></ix:exclude>b", "", "ab"),
        ("<i>a<ix:exclude>x</ix:exclude>b</i>c", "", "abc"),
    ],
)
def test_plain_texts(content: str, attributes: str, value: str | None) -> None:
    assert values(read(document(text(content, attributes))))["Name"] == value


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("a &lt; <b>b</b>", "a &lt; <b>b</b>"),
        ("<p>one<br/>two</p><div></div><hr />", "<p>one<br/>two</p><div></div><hr/>"),
        (f"<p>a {number('5')}<ix:exclude> page 7</ix:exclude> b</p>", "<p>a 5 b</p>"),
        ('<p title="&lt;&quot;&#10;">x</p>', '<p title="&lt;&quot;&#10;">x</p>'),
        ("<!-- c --><p>x</p>", "<p>x</p>"),
        ('<q:e xmlns:q="urn:q" q:a="1"><q:f/></q:e>', '<q:e xmlns:q="urn:q" q:a="1"><q:f/></q:e>'),
        ('<p xml:lang="fr">x</p>', '<p xml:lang="fr">x</p>'),
    ],
)
def test_escaped_texts_keep_their_markup(content: str, value: str) -> None:
    report = read(document(text(content, 'escape=" true "', name="Note")))
    assert values(report)["Note"] == value


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('<a href="x.html">x</a>', '<a href="http://e.com/d/x.html">x</a>'),
        ('<a href="#n">x</a>', '<a href="http://e.com/d/f.html#n">x</a>'),
        ('<a href="mailto:a@e.com">x</a>', '<a href="mailto:a@e.com">x</a>'),
        ('<img src="/a b.png" alt="x.html"/>', '<img src="http://e.com/a%20b.png" alt="x.html"/>'),
        ('<p title="x.html" class="y">z</p>', '<p title="x.html" class="y">z</p>'),
        (
            '<object codebase="c/" data="d" archive="a b"></object>',
            '<object codebase="http://e.com/d/c/" data="d" archive="a b"></object>',
        ),
        ('<object archive="a b"></object>', '<object archive="http://e.com/d/a http://e.com/d/b"></object>'),
    ],
)
def test_urls_in_escaped_texts_resolve_against_base(content: str, value: str) -> None:
    data = document(text(content, 'escape="true"', name="Note"), head='<base href="http://e.com/d/f.html"/>')
    assert values(read(data))["Note"] == value


@pytest.mark.parametrize(
    ("name", "content", "attributes", "value"),
    [
        ("Date", " 2024-05-06\n", "", "2024-05-06"),
        ("Date", "May 6,\n 2024", 'format="ixt:date-monthname-day-year-en"', "2024-05-06"),
        ("Flag", "Yes", 'format="ixt:fixed-true"', "true"),
        ("Link", "t:Name", "", f"{{{NS}}}Name"),
        ("Link", "q:Name", 'xmlns:q="urn:q"', "{urn:q}Name"),
    ],
)
def test_values_have_the_form_of_their_type(name: str, content: str, attributes: str, value: str) -> None:
    assert only(read(document(text(content, attributes, name=name)))).value == value


def test_names_are_resolved_where_they_stand() -> None:
    tagged = text("x").replace("<ix:nonNumeric", '<ix:nonNumeric xmlns:t="urn:other"')
    assert only(read(document(tagged))).concept == QName("urn:other", "Name")


@pytest.mark.parametrize(
    ("tagged", "code"),
    [
        (text("x", 'escape="yes"'), "exporter:xmlSchema"),
        (text("x", 'unitRef="eur"'), "exporter:xmlSchema"),
        (text("x", name="Date"), "oime:invalidFactValue"),
        (text("5", name="Sales"), "xbrl.4.6.2:numericUnitMissing"),
        (text("<br/>", 'xsi:nil="true"'), "xbrl.4.6:nilContent"),
        (text("x", 'target="a:b"'), "exporter:xmlSchema"),
        ("<p><ix:exclude>x</ix:exclude></p>", "ixe:excludeMisplaced"),
        (text('a<ix:exclude xml:lang="en">x</ix:exclude>'), "exporter:xmlSchema"),
        (number("5", 'id="c"'), "ixe:uniqueIxId"),
        (number("5", 'id="f"') + text("x", 'id="f"'), "ixe:uniqueIxId"),
        (number("5", 'id="1f"'), "exporter:invalidId"),
        (number("5", 'id="f"') + '<p id="f">x</p>', "exporter:duplicateId"),
        ('<p id="c">x</p>', "ixe:resourceIdDuplication"),
        (CONTEXT, "exporter:xmlSchema"),
        (REFERENCES, "exporter:xmlSchema"),
    ],
)
def test_faults_of_texts_and_ids(tagged: str, code: str) -> None:
    assert code in codes(document(tagged))


# Continuations


def test_a_chain_goes_in_its_own_order_through_all_files() -> None:
    first = document(continuation("c2", "3") + text("1", 'continuedAt="c1"'))
    second = bare("<p>" + continuation("c1", "2", 'continuedAt="c2"') + "</p>")
    assert only(read(first, second)).value == "123"


def test_a_chain_of_markup_and_formats_sees_the_whole() -> None:
    start = text("<p>a</p>", 'escape="true" continuedAt="c1"', name="Note")
    body = f"<div>{start}{continuation('c1', '<p>b</p>')}</div>"
    assert values(read(document(body))) == {"Note": "<p>a</p><p>b</p>"}
    date = text("May 6", 'continuedAt="c1" format="ixt:date-monthname-day-year-en"', name="Date")
    assert only(read(document(date + continuation("c1", ", 2024")))).value == "2024-05-06"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (text("a", 'continuedAt="x"'), "ixe:continuationMissing"),
        (text("a", 'continuedAt="p"') + '<p id="p">x</p>', "ixe:continuationTarget"),
        (text("a", 'continuedAt="p"') + text("b", 'id="p"'), "ixe:continuationTarget"),
        (continuation("x", "a"), "ixe:continuationNotReferenced"),
        (text("a", 'continuedAt="x"') + continuation("x", "b", 'continuedAt="x"'), "ixe:continuationCycle"),
        (
            text("a", 'continuedAt="x"')
            + continuation("x", "b", 'continuedAt="y"')
            + continuation("y", "c", 'continuedAt="x"'),
            "ixe:continuationCycle",
        ),
        (
            continuation("x", "b", 'continuedAt="y"') + continuation("y", "c", 'continuedAt="x"'),
            "ixe:continuationNotReferenced",
        ),
        (text("a" + continuation("x", "b"), 'continuedAt="x"'), "ixe:continuationChainNested"),
        (
            text("a", 'continuedAt="x"') + text("b", 'continuedAt="x"', name="Note") + continuation("x", "c"),
            "ixe:continuationReferences",
        ),
        (number("5", 'continuedAt="x"'), "exporter:xmlSchema"),
        ("<ix:continuation>a</ix:continuation>", "exporter:xmlSchema"),
    ],
)
def test_broken_chains(body: str, expected: str) -> None:
    assert expected in codes(document(body))


def test_a_continuation_may_not_be_hidden() -> None:
    start = text("a", 'continuedAt="x"')
    hidden = f"<ix:hidden>{start}{continuation('x', 'b')}</ix:hidden>"
    assert "ixe:ancestorNodeDisallowed" in codes(document("<p>x</p>", hidden=hidden))


# Languages


def test_a_fact_takes_its_own_language_or_that_of_the_references() -> None:
    french = text("b", 'xml:lang="fr"', name="Note")
    body = f'<p xml:lang="ja">{text("a")}{french}</p>'
    assert {fact.language for fact in read(document(body)).facts} == {None, "fr"}
    references = REFERENCES.replace("<ix:references", '<ix:references xml:lang="nl"')
    assert [fact.language for fact in read(document(body, references=references)).facts] == ["nl", "fr"]


# Header, references, targets


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bare("<p>x</p>"), "ixe:missingHeader"),
        (bare(f"<div><ix:header>{REFERENCES}</ix:header></div>"), "ixe:missingResources"),
        (document(number("5"), references=""), "ixe:missingReferences"),
        (document(number("5", 'target="x"')), "ixe:missingReferenceTargets"),
        (document("", hidden="<ix:hidden></ix:hidden>"), "exporter:xmlSchema"),
        (document("", hidden="<ix:hidden><p/></ix:hidden>"), "exporter:xmlSchema"),
        (document("", hidden=f"<ix:hidden>{number('5')}</ix:hidden>" * 2), "exporter:xmlSchema"),
        (document("", references=f"<ix:resources/>{REFERENCES}"), "exporter:xmlSchema"),
        (document("", references="<ix:references/>"), "exporter:xmlSchema"),
        (document("", more="<p/>"), "exporter:xmlSchema"),
        (document("", more=CONTEXT), "ixe:resourceIdDuplication"),
        (document("", more='<xbrli:unit id="c"/>'), "ixe:resourceIdDuplication"),
        (
            document("", references=REFERENCES.replace("references>", 'references id="r1">', 1) * 1
                     + REFERENCES.replace("references>", 'references id="r2">', 1)),
            "ixe:referencesTargetId",
        ),
        (
            document("", references="".join(
                REFERENCES.replace("references>", f'references xmlns:q="urn:{n}">', 1) for n in range(2))),
            "ixe:referencesNamespacePrefixConflict",
        ),
        (
            document("", references=REFERENCES.replace("references>", 'references xml:lang="en">', 1) * 2),
            "ixe:referencesAttributeDuplication",
        ),
        (document("", more='<ix:relationship fromRefs="" toRefs=""/>'), "exporter:xmlSchema"),
        (b"<html/>", "ixe:rootElement"),
        (
            document('<x:nonNumeric xmlns:x="http://www.xbrl.org/2008/inlineXBRL">x</x:nonNumeric>'),
            "ixe:multipleIxNamespaces",
        ),
        (b"<!DOCTYPE html>" + document(number("5")), "exporter:doctypeRefused"),
        (document(number("5"))[:-20], "exporter:malformedXml"),
    ],
)  # fmt: skip
def test_faults_of_documents(data: bytes, code: str) -> None:
    assert code in codes(data)


def test_references_and_contexts_may_stand_in_different_files() -> None:
    first = bare(f"<div><ix:header>{REFERENCES}</ix:header></div>{number('5')}")
    second = bare(f"<div><ix:header><ix:resources>{CONTEXT}{EUR}</ix:resources></ix:header></div>")
    assert only(read(first, second)).value == "5"
    assert only(read(second, first)).value == "5"
    assert "ixe:resourceIdDuplication" in codes(first, second, second)


def test_the_schemas_of_all_references_are_the_taxonomy() -> None:
    based = REFERENCES.replace("references>", 'references xml:base="../x/">', 1)
    absolute = REFERENCES.replace("t.xsd", "http://e.com/u.xsd").replace("references>", 'references xml:base="y/">', 1)
    assert read(document(number("5"), references=REFERENCES * 2 + based + absolute)).taxonomy == (
        "t.xsd",
        "../x/t.xsd",
        "http://e.com/u.xsd",
    )


def test_targets_are_reports_of_their_own() -> None:
    other = f'<ix:references target="o">{SCHEMA_REF.replace("t.xsd", "o.xsd")}</ix:references>'
    data = document(number("5") + number("6", 'target="o"', name="Cost"), references=REFERENCES + other)
    warnings: list[Finding] = []
    report = read(data, options=knowing(warnings=warnings))
    assert values(report) == {"Sales": "5"}
    assert [finding.code for finding in warnings] == ["exporter:otherTargets"]
    assert values(read(data, target="o")) == {"Cost": "6"}
    assert read(data, target="o").taxonomy == ("o.xsd",)
    alone = document(number("6", 'target="o"'), references=other)
    assert values(read(alone, options=knowing(warnings=warnings))) == {"Sales": "6"}
    assert len(warnings) == 1


# Footnotes and relationships


def test_footnotes_are_linked_from_facts() -> None:
    note = '<ix:footnote id="n" continuedAt="x">see <b>b</b><ix:exclude>!</ix:exclude></ix:footnote>'
    body = number("5", 'id="f"') + number("6", 'id="g"', name="Cost") + note + continuation("x", " &amp; c")
    report = read(document(body, more=RELATION.format("f g f", "n", "")))
    (footnote,) = report.footnotes
    assert (footnote.content, footnote.language, footnote.id) == ("see <b>b</b> &amp; c", "en", "n")
    assert [(link.source, link.target, link.type, link.group) for link in report.links] == [
        ("f", "n", ARCROLE_FACT_FOOTNOTE, ROLE_LINK),
        ("g", "n", ARCROLE_FACT_FOOTNOTE, ROLE_LINK),
    ]


def test_facts_are_linked_with_a_declared_arcrole() -> None:
    declared = (
        f'<link:arcroleRef arcroleURI="{ARCROLE_FACT_EXPLANATORY}" xlink:type="simple" '
        'xlink:href="http://www.xbrl.org/lrr/arcrole/factExplanatory-2009-12-16.xsd#fact-explanatoryFact"/>'
    )
    body = number("5", 'id="f"') + number("6", 'id="g"', name="Cost")
    relation = RELATION.format("f", "g", f'arcrole="{ARCROLE_FACT_EXPLANATORY}"')
    (link,) = read(document(body, more=declared + relation)).links
    assert (link.source, link.target, link.type) == ("f", "g", ARCROLE_FACT_EXPLANATORY)
    assert "xbrl.4.5:arcroleRefMissing" in codes(document(body, more=relation))


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        (RELATION.format("x", "n", ""), "ixe:relationshipFromRef"),
        (RELATION.format("n", "g", ""), "ixe:relationshipFromRef"),
        (RELATION.format("f", "x", ""), "ixe:relationshipToRef"),
        (RELATION.format("f", "c", ""), "ixe:relationshipToRef"),
        (RELATION.format("f", "n g", ""), "ixe:relationshipReferencesMixed"),
        (RELATION.format("f", "f", ""), "ixe:relationshipFromToMatch"),
        (RELATION.format("f", "g", ""), "xbrl.4.11.1.3.1:factFootnoteArcTo"),
        (RELATION.format("f", "n", 'linkRole="http://e.com/r"'), "xbrl.4.4:roleRefMissing"),
        (RELATION.format("f", "n", 'linkRole=""'), "exporter:xmlSchema"),
        (RELATION.format("f", "n", 'order="x"'), "exporter:xmlSchema"),
        (RELATION.format("f", "n", 'kind="x"'), "exporter:xmlSchema"),
    ],
)
def test_faults_of_relationships(relation: str, code: str) -> None:
    body = number("5", 'id="f"') + number("6", 'id="g"', name="Cost") + '<ix:footnote id="n">x</ix:footnote>'
    assert code in codes(document(body, more=relation))


def test_a_footnote_has_a_language() -> None:
    assert "ixe:footnoteLang" in codes(document('<p xml:lang=""><ix:footnote id="n">x</ix:footnote></p>'))


# Tuples and fractions


def fraction(terms: str, attributes: str = "") -> str:
    return f'<ix:fraction name="t:Part" contextRef="c" unitRef="pure" {attributes}>{terms}</ix:fraction>'


def test_tuples_and_fractions_are_refused_by_code() -> None:
    member = text("Ann", 'order="1"')
    assert codes(document(f'<ix:tuple name="t:Person">{member}</ix:tuple>')) == ["xbrlxe:unsupportedTuple"]
    terms = "<ix:numerator>1</ix:numerator>/<ix:denominator>3</ix:denominator>"
    assert codes(document(fraction(terms))) == ["xbrlxe:unsupportedFraction"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<ix:tuple name="t:P">x</ix:tuple>', "ixe:tupleID"),
        (f'<ix:tuple name="t:P">{text("x")}</ix:tuple>', "ixe:tupleMemberOrderMissing"),
        ('<ix:tuple name="t:P" tupleID="a"/>' * 2, "ixe:tupleIdDuplication"),
        (
            f"<ix:tuple name='t:P'>{text('x', FIRST)}{text('y', FIRST)}</ix:tuple>",
            "ixe:tupleSameOrderMembersUnequal",
        ),
        ('<ix:tuple name="t:P" tupleID="a" tupleRef="a" order="1"/>', "ixe:tupleNestingCycle"),
        (fraction(""), "ixe:fractionTerms"),
        (
            fraction("<ix:numerator>-1</ix:numerator><ix:denominator>2</ix:denominator>"),
            "ixe:fractionTermNegative",
        ),
        (
            fraction("<ix:numerator>1</ix:numerator><ix:denominator>2</ix:denominator>", 'xsi:nil="true"'),
            "ixe:fractionNilTerms",
        ),
    ],
)
def test_faults_of_tuples_and_fractions(body: str, code: str) -> None:
    assert code in codes(document(body))


# Types, limits, entries


def test_without_a_taxonomy_numbers_are_known_by_their_tags() -> None:
    report = read(document(number("5") + number("0.5", unit="pure", name="Ratio") + text("6")), options=ReadOptions())
    numeric = {fact.concept.local_name for fact in report.facts if report.vocabulary.is_numeric(fact)}
    assert numeric == {"Sales", "Ratio"}


def test_limits_hold() -> None:
    options = evolve(knowing(), limits=Limits(depth=4))
    assert codes(document(f"<div><div>{number('5')}</div></div>"), options=options) == ["exporter:limitExceeded"]


def test_a_document_is_read_from_a_path_or_a_stream(tmp_path: Path) -> None:
    data = document(number("5", 'id="f"'))
    path = tmp_path / "d.xhtml"
    path.write_bytes(data)
    report = read_one(path, knowing())
    assert only(report).id == "f"
    assert read_one(io.BytesIO(data), knowing()) == report
    assert tuple(iter_facts(path, knowing())) == tuple(report.facts)
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path / "none.xhtml", knowing())
    assert caught.value.findings[0].code == "exporter:unreadableFile"
