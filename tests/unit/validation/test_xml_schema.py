"""Instances against our own schemas and a taxonomy's."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.findings import Finding
from exporter.taxonomy.schema_closure import STANDARD_SCHEMAS, standard_schema
from exporter.validation import xml_schema
from exporter.validation.xml_schema import check_xml_schema

pytestmark = pytest.mark.door("lxml")

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:dtr="http://www.xbrl.org/dtr/type/2024-01-31" xmlns:enum2="http://xbrl.org/2020/extensible-enumerations-2.0"
  xmlns:xbrldt="http://xbrl.org/2005/xbrldt"
  targetNamespace="http://example.com/t" elementFormDefault="qualified">
  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="{instance}"/>
  <xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
  <xs:import namespace="http://www.xbrl.org/dtr/type/2024-01-31"
    schemaLocation="https://www.xbrl.org/dtr/type/2024-01-31/types.xsd"/>
  <xs:import namespace="http://xbrl.org/2020/extensible-enumerations-2.0"
    schemaLocation="https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd"/>
  <xs:element name="Cash" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true"
    xbrli:periodType="instant" xbrli:balance="debit"/>
  <xs:element name="Share" type="dtr:percentItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
  <xs:element name="Pick" type="enum2:enumerationItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
  <xs:element name="Axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
    xbrli:periodType="instant" xbrldt:typedDomainRef="#Lot"/>
  <xs:element name="Lot" type="xs:integer"/>
  <xs:element name="Grade" substitutionGroup="xbrli:item" xbrli:periodType="instant">
    <xs:complexType><xs:simpleContent><xs:restriction base="xbrli:stringItemType">
      <xs:enumeration value="high"/></xs:restriction></xs:simpleContent></xs:complexType>
  </xs:element>
</xs:schema>"""
INSTANCE = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:t="http://example.com/t"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://example.com">e</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period>
<xbrli:scenario><xbrldi:typedMember dimension="t:Axis"><t:Lot>7</t:Lot></xbrldi:typedMember></xbrli:scenario>
</xbrli:context>
<xbrli:unit id="u"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<t:Cash contextRef="c" unitRef="u" decimals="-3">1000</t:Cash>
<t:Cash contextRef="c" unitRef="u" xsi:nil="true"/>
<t:Share contextRef="c" unitRef="u" decimals="INF">0.5</t:Share>
<t:Pick contextRef="c">http://example.com/t#A</t:Pick>
<t:Grade contextRef="c" id="g">high</t:Grade>
<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="#g" xlink:label="g"/>
<link:footnote xlink:type="resource" xlink:label="n" xml:lang="en">A
<b xmlns="http://www.w3.org/1999/xhtml">note</b></link:footnote>
<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"
xlink:from="g" xlink:to="n"/>
</link:footnoteLink>
</xbrli:xbrl>"""
STANDARD = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    path = tmp_path / "t.xsd"
    path.write_text(SCHEMA.format(instance=STANDARD), encoding="utf-8")
    return path


def check(instance: str, *schemas: Path) -> list[Finding]:
    return list(check_xml_schema(instance.encode(), schemas, name="i.xbrl"))


@pytest.mark.parametrize("standard", STANDARD_SCHEMAS, ids=lambda standard: standard.file)
def test_each_schema_of_ours_is_one(standard: object) -> None:
    path = standard.path  # type: ignore[attr-defined]
    tree = etree.parse(str(path))
    assert etree.XMLSchema(tree) is not None
    assert tree.getroot().get("targetNamespace") == standard.namespace  # type: ignore[attr-defined]
    assert all(standard_schema(url) is standard for url in standard.urls)  # type: ignore[attr-defined]


def test_http_and_https_are_the_same_address() -> None:
    assert standard_schema(STANDARD) is standard_schema(STANDARD.replace("http:", "https:"))
    assert standard_schema("http://www.xbrl.org/other.xsd") is None


@pytest.mark.parametrize("address", [STANDARD, STANDARD.replace("http:", "https:")])
def test_a_good_instance_has_no_findings(tmp_path: Path, address: str) -> None:
    schema = tmp_path / "t.xsd"
    schema.write_text(SCHEMA.format(instance=address), encoding="utf-8")
    assert check(INSTANCE, schema) == []


@pytest.mark.parametrize(
    ("good", "bad", "line"),
    [
        (">1000<", ">1,000<", 10),
        (' unitRef="u" decimals="-3"', "", 10),
        ('decimals="-3"', 'decimals="three"', 10),
        ("2024-12-31", "2024-12-32", 6),
        ("<t:Lot>7<", "<t:Lot>seven<", 7),
        (">0.5<", ">half<", 12),
        ("/t#A<", "/t:A<", 13),
        (">high<", ">low<", 14),
        ("<t:Grade", "<t:Unknown", 14),
        (' scheme="http://example.com"', "", 5),
        (' xml:lang="en"', "", 17),
        ('xlink:from="g"', "", 20),
        ("<xbrli:measure>xbrli:pure</xbrli:measure>", "", 9),
    ],
)
def test_faults_are_told_with_their_line(schema: Path, good: str, bad: str, line: int) -> None:
    document = INSTANCE.replace(good, bad, 1)
    if bad == "<t:Unknown":
        document = document.replace("</t:Grade", "</t:Unknown")
    findings = check(document, schema)
    assert findings
    assert {finding.code for finding in findings} == {"exporter:xmlSchema"}
    assert (findings[0].location.file, findings[0].location.line) == ("i.xbrl", line)
    assert "{http" not in findings[0].message


def test_a_missing_schema_is_named(schema: Path) -> None:
    schema.write_text(schema.read_text().replace(STANDARD, "x").replace('2003/instance" schema', '2003/other" schema'))
    (finding,) = check(INSTANCE, schema)
    assert finding.code == "exporter:schemaNotFound"
    (finding,) = check(INSTANCE, schema.parent / "none.xsd")
    assert finding.code == "exporter:schemaNotFound"


def test_a_public_schema_is_not_fetched(schema: Path) -> None:
    text = schema.read_text().replace(
        "<xs:element", '<xs:import namespace="u" schemaLocation="http://e.com/u.xsd"/><xs:element', 1
    )
    schema.write_text(text)
    (finding,) = check(INSTANCE, schema)
    assert finding.code == "exporter:schemaNotFound"
    assert "http://e.com/u.xsd" in finding.message


def test_a_broken_schema_is_told(schema: Path) -> None:
    schema.write_text(schema.read_text().replace("xbrli:monetaryItemType", "xbrli:noSuchItemType"))
    (finding,) = check(INSTANCE, schema)
    assert finding.code == "exporter:schemaInvalid"
    assert "noSuchItemType" in finding.message


def test_a_changed_schema_is_compiled_anew(schema: Path) -> None:
    assert check(INSTANCE, schema) == []
    schema.write_text(schema.read_text().replace('value="high"', 'value="low"'))
    assert [finding.location.line for finding in check(INSTANCE, schema)] == [14]


def test_hints_in_the_instance_are_not_followed(schema: Path, tmp_path: Path) -> None:
    (tmp_path / "u.xsd").write_text("not a schema")
    hint = f'xsi:schemaLocation="http://u {(tmp_path / "u.xsd").as_uri()}" xmlns:t='
    assert check(INSTANCE.replace("xmlns:t=", hint, 1), schema) == []


def test_a_doctype_is_refused(schema: Path) -> None:
    (finding,) = check("<!DOCTYPE a>" + INSTANCE, schema)
    assert finding.code == "exporter:doctypeRefused"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [("[", "exporter:schemaInvalid"), ("(a{1,1000}){1,1000}", "exporter:limitExceeded"), ("(a|aa)+", None)],
)
def test_patterns_are_judged_before_the_validator_sees_them(tmp_path: Path, pattern: str, code: str | None) -> None:
    text = SCHEMA.replace('<xs:enumeration value="high"/>', f'<xs:pattern value="{pattern}"/>')
    (tmp_path / "t.xsd").write_text(text.replace("{instance}", STANDARD))
    found = list(check_xml_schema(INSTANCE.encode(), [tmp_path / "t.xsd"]))
    assert {finding.code for finding in found} == ({code} - {None})
    line = 1 + text[: text.index("<xs:pattern")].count("\n")
    assert {(finding.location.line, pattern in finding.message) for finding in found} <= {(line, True)}


def test_a_validator_that_gives_up_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tired:
        def validate(self, _: object) -> bool:
            raise etree.XMLSchemaValidateError("Internal error in XML Schema validation.")

    monkeypatch.setattr(xml_schema, "_is_valid_in_passing", lambda *_: False)
    monkeypatch.setattr(xml_schema, "_compile", lambda _: xml_schema._Compiled(Tired()))  # type: ignore[arg-type]
    found = list(check_xml_schema(INSTANCE.encode(), name="i.xbrl"))
    assert [(finding.code, finding.location.file) for finding in found] == [("exporter:limitExceeded", "i.xbrl")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('decimals="-3"', 'decimals="x"'),
        ("<t:Share", "<t:Shares"),
        (">high<", ">low<"),
        (">7<", ">seven<"),
        ('id="g"', 'id="c"'),
        ("<xbrli:instant>2024-12-31", "<xbrli:instant>2024-13-31"),
        ('id="u"', 'id="u" x="1"'),
        ("<t:Cash", '<t:Cash xsi:schemaLocation="http://e.com e.xsd"'),
    ],
)
def test_what_is_wrong_is_found_as_with_the_whole_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    """The quick way, which makes no tree, never says that a document is valid where the long one objects."""
    (tmp_path / "t.xsd").write_text(SCHEMA.replace("{instance}", STANDARD))
    spoilt = INSTANCE.replace(old, new, 1).encode()
    quick = list(check_xml_schema(spoilt, [tmp_path / "t.xsd"]))
    monkeypatch.setattr(xml_schema, "_is_valid_in_passing", lambda *_: False)
    assert quick == list(check_xml_schema(spoilt, [tmp_path / "t.xsd"]))
    assert bool(quick) == ("schemaLocation" not in new)


def test_no_tree_is_made_of_what_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.xsd").write_text(SCHEMA.replace("{instance}", STANDARD))
    (tmp_path / "i.xbrl").write_text(INSTANCE)
    assert list(check_xml_schema(tmp_path / "i.xbrl", [tmp_path / "t.xsd"])) == []
    monkeypatch.setattr(xml_schema, "_without_hints", lambda _: pytest.fail("a tree was made"))
    assert list(check_xml_schema(tmp_path / "i.xbrl", [tmp_path / "t.xsd"])) == []


class _Pause(etree.Resolver):
    """Holds up a parse at its external DTD, until told to go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        self.reached.set()
        self.go_on.wait(10)
        return self.resolve_string("<!ELEMENT a EMPTY>", context, base_url=system_url)


def test_a_parse_that_ends_elsewhere_leaves_the_compiler_alone(schema: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """lxml sets libxml2's one loader of documents back when a parse ends, whoever compiles a schema meanwhile."""
    pause = _Pause()

    def parse() -> None:
        parser = etree.XMLParser(load_dtd=True, no_network=True)
        parser.resolvers.add(pause)
        etree.fromstring('<!DOCTYPE a SYSTEM "memory:a.dtd"><a/>', parser)

    thread = threading.Thread(target=parse)
    attempts: list[object] = []
    resolve = xml_schema._Documents.resolve

    def end_the_parse(documents: Any, *arguments: Any) -> Any:
        attempts.append(documents)
        pause.go_on.set()
        thread.join()
        return resolve(documents, *arguments)

    monkeypatch.setattr(xml_schema._Documents, "resolve", end_the_parse)
    xml_schema._cache.clear()
    thread.start()
    pause.reached.wait(10)
    assert check(INSTANCE, schema) == []
    assert len(set(map(id, attempts))) in (1, 2), (
        "once more where lxml sets the loader back, which not every release does"
    )
    assert [finding.location.line for finding in check(INSTANCE.replace(">1000<", ">1,000<"), schema)] == [10]
