""""""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.findings import Finding, Severity
from exporter.model.datatypes import Facets
from exporter.model.qname import QName
from exporter.namespaces import XBRLDT, XBRLI, XSD
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.resolver import Resolver
from exporter.taxonomy import Relationship, Taxonomy, networks
from exporter.taxonomy import concepts as labels
from exporter.taxonomy.read.discovery import load_taxonomy, load_vocabulary
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.strategies.taxonomies import ROLE, everything

SHARED = Path(__file__).parents[4].parent / "shared" / "data"
HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:t="http://t" targetNamespace="http://t">'
    '<xs:import namespace="http://www.xbrl.org/2003/instance" '
    'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
)
ITEM = 'substitutionGroup="xbrli:item" xbrli:periodType="duration"'


def load(folder: Path, inside: str, **others: str) -> Taxonomy:
    (folder / "t.xsd").write_text(f"{HEAD}{inside}</xs:schema>", encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    return load_taxonomy(["t.xsd"], base=folder)


def errors_of(folder: Path, inside: str, **others: str) -> list[Finding]:
    with pytest.raises(TaxonomyError) as caught:
        load(folder, inside, **others)
    assert {finding.code for finding in caught.value.findings} == {"oime:invalidTaxonomy"}
    return list(caught.value.findings)


def t(name: str) -> QName:
    return QName("http://t", name)


def linkbase(kind: str, arcs: str, *names: str) -> str:
    locs = "".join(f'<link:loc xlink:type="locator" xlink:href="t.xsd#{n}" xlink:label="{n}"/>' for n in names)
    return (
        '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<link:{kind}Link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{locs}{arcs}'
        f"</link:{kind}Link></link:linkbase>"
    )


def arc(source: str, target: str, more: str = "") -> str:
    return (
        f'<link:presentationArc xlink:type="arc" xlink:arcrole="{networks.PARENT_CHILD}" xlink:from="{source}" '
        f'xlink:to="{target}" {more}/>'
    )


LINKED = (
    '<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="pre.xml" '
    'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>'
    f'<xs:element name="A" id="A" type="xbrli:stringItemType" {ITEM}/>'
    f'<xs:element name="B" id="B" type="xbrli:stringItemType" {ITEM}/>'
)


def test_reads_back_what_was_written(tmp_path: Path) -> None:
    for name, data in write_taxonomy(everything(), "abc").items():
        (tmp_path / name).write_bytes(data)
    read = load_taxonomy(["abc.xsd"], base=tmp_path)
    assert read == everything()
    assert read.prefix == "abc"
    assert write_taxonomy(read, "abc") == write_taxonomy(everything(), "abc")
    assert load_vocabulary(["abc.xsd"], base=tmp_path / "report.xbrl").role_hrefs[ROLE + "Lots"] == "abc.xsd#Lots"


def test_named_and_anonymous_types(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        f'<xs:element name="A" id="A" type="t:short" {ITEM}/>'
        f'<xs:element name="B" id="B" {ITEM}><xs:complexType><xs:simpleContent><xs:restriction base="t:short">'
        '<xs:enumeration value="x"/><xs:enumeration value="y"/></xs:restriction></xs:simpleContent></xs:complexType>'
        "</xs:element>"
        f'<xs:element name="C" id="C" {ITEM}><xs:complexType><xs:simpleContent>'
        '<xs:restriction base="xbrli:decimalItemType"><xs:minInclusive value="0.5"/><xs:totalDigits value="4"/>'
        "</xs:restriction></xs:simpleContent></xs:complexType></xs:element>"
        '<xs:complexType name="short"><xs:simpleContent><xs:restriction base="xbrli:tokenItemType">'
        '<xs:maxLength value="3"/><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleContent></xs:complexType>',
    )
    types = {name.local_name: datatype for name, datatype in read.datatypes().items()}
    short = Facets(max_length=3, pattern=("[a-z]+",))
    assert (types["A"].name, types["A"].base, types["A"].facets) == (t("short"), "token", (short,))
    assert types["B"].facets == (short, Facets(enumeration=frozenset({"x", "y"})))
    assert types["B"].is_valid(" x ")
    assert not types["B"].is_valid("z")
    assert types["C"].facets == (Facets(min_inclusive=Decimal("0.5"), total_digits=4),)
    assert types["C"].name == QName(XBRLI, "decimalItemType")


def test_kinds_follow_the_substitution_group(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        f'<xs:element name="Head" id="Head" type="xbrli:stringItemType" {ITEM}/>'
        '<xs:element name="Child" id="Child" substitutionGroup="t:Head" xbrli:periodType="instant"/>'
        '<xs:element name="Pair" id="Pair" substitutionGroup="xbrli:tuple"><xs:complexType/></xs:element>'
        '<xs:element name="Axis" id="Axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" '
        'abstract="true" xbrli:periodType="duration" xbrldt:typedDomainRef="#Dom"/>'
        '<xs:element name="Dom" id="Dom" nillable="1"><xs:simpleType><xs:union memberTypes="xs:date xs:int"/>'
        '</xs:simpleType></xs:element><xs:element name="Plain" type="xs:string"/>'
        '<xs:element name="Loop" substitutionGroup="t:Loop"/>',
    )
    assert {one.qname.local_name: one.kind for one in read.concepts} == {
        "Head": "item",
        "Child": "item",
        "Pair": "tuple",
        "Axis": "dimension",
    }
    child = read.concept(t("Child"))
    assert child is not None
    assert child.datatype is not None
    assert child.datatype.name == QName(XBRLI, "stringItemType")
    (domain,) = read.typed_domains
    assert domain.nillable
    assert domain.datatype is not None
    assert domain.datatype.base == "union"


def test_a_typed_domain_with_children_is_complex(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        '<xs:element name="Axis" id="Axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" '
        'xbrli:periodType="duration" xbrldt:typedDomainRef="t.xsd#Dom"/><xs:element name="Dom" id="Dom">'
        '<xs:complexType><xs:sequence><xs:element name="leaf"/></xs:sequence></xs:complexType></xs:element>',
    )
    assert read.typed_domains[0].datatype is not None
    assert read.typed_domains[0].datatype.base == "complex"


def test_includes_imports_and_cycles(tmp_path: Path) -> None:
    (tmp_path / "part.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance">'
        '<xs:include schemaLocation="t.xsd"/>'
        f'<xs:element name="In" id="In" type="xbrli:dateItemType" {ITEM}/></xs:schema>'
    )
    (tmp_path / "other.xsd").write_text(
        HEAD.replace('targetNamespace="http://t"', 'targetNamespace="http://other"')
        + '<xs:import namespace="http://t" schemaLocation="t.xsd"/>'
        + f'<xs:element name="Far" id="Far" type="xbrli:dateItemType" {ITEM}/></xs:schema>'
    )
    read = load(
        tmp_path,
        '<xs:include schemaLocation="part.xsd"/><xs:import namespace="http://other" schemaLocation="other.xsd"/>',
    )
    places = {one.qname: one.schema for one in read.concepts}
    assert places == {t("In"): "part.xsd", QName("http://other", "Far"): "other.xsd"}
    assert [one.location for one in read.imports] == ["other.xsd"]


def test_embedded_linkbases_and_element_pointers(tmp_path: Path) -> None:
    embedded = linkbase("presentation", arc("A", "B"), "A", "B").replace("t.xsd#B", "#element(/1/4)")
    read = load(tmp_path, LINKED.replace("<xs:appinfo>", f"<xs:appinfo>{embedded}"), pre=linkbase("presentation", ""))
    assert read.relationships == (Relationship(arcrole=networks.PARENT_CHILD, source=t("A"), target=t("B")),)


@pytest.mark.parametrize(
    ("arcs", "left"),
    [
        (arc("A", "B", 'order="2.50"'), 1),
        (arc("A", "B") + arc("A", "B", 'use="prohibited"'), 0),
        (arc("A", "B", 'priority="1"') + arc("A", "B", 'use="prohibited"'), 1),
        (arc("A", "B") + arc("A", "B", 'use="prohibited" priority="2"') + arc("A", "B", 'priority="3"'), 1),
        (arc("A", "B", 'order="1.0"') + arc("A", "B", 'use="prohibited" order="2"'), 1),
        (arc("A", "B") + arc("A", "B", 'use="prohibited" order="1.0"'), 0),
    ],
)
def test_prohibition(tmp_path: Path, arcs: str, left: int) -> None:
    read = load(tmp_path, LINKED, pre=linkbase("presentation", arcs, "A", "B"))
    assert len(read.relationships) == left


def test_labels_take_the_language_in_scope(tmp_path: Path) -> None:
    text = (
        '<link:label xlink:type="resource" xlink:label="l">A <b>bold</b> word</link:label>'
        '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" '
        'xlink:from="A" xlink:to="l"/>'
    )
    read = load(
        tmp_path, LINKED, pre=linkbase("label", text, "A").replace("<link:labelLink", '<link:labelLink xml:lang="de"')
    )
    assert [(one.text, one.language, one.role) for one in read.labels] == [("A bold word", "de", labels.STANDARD)]


@pytest.mark.parametrize(
    ("inside", "others", "message"),
    [
        ('<xs:import namespace="http://x" schemaLocation="gone.xsd"/>', {}, "no such file"),
        (LINKED, {}, "no such file"),
        (LINKED, {"pre": "<half"}, "not well-formed"),
        (LINKED, {"pre": "<!DOCTYPE x><x/>"}, "document type"),
        (LINKED, {"pre": "<other/>"}, "no linkbase"),
        (LINKED, {"pre": linkbase("presentation", arc("A", "C"), "A")}, "labelled"),
        (LINKED, {"pre": linkbase("presentation", "", "C")}, "points at nothing"),
        (LINKED, {"pre": linkbase("presentation", arc("A", "B", 'order="one"'), "A", "B")}, "decimal"),
        (f'<xs:element name="A" type="t:none" {ITEM}/>', {}, "not defined"),
        (f'<xs:element name="A" type="none:x" {ITEM}/>', {}, "prefix"),
        (f'<xs:element name="1" {ITEM}/>', {}, "needs a name"),
        (f'<xs:element name="A" {ITEM}/><xs:element name="A" {ITEM}/>', {}, "twice"),
        (f'<xs:element name="A" xbrldt:typedDomainRef="#no" {ITEM}/>', {}, "points at no element"),
        (
            '<xs:annotation><xs:appinfo><link:roleType id="u"/></xs:appinfo></xs:annotation>',
            {},
            "a role type needs a URI",
        ),
    ],
)
def test_broken_local_taxonomies(tmp_path: Path, inside: str, others: dict[str, str], message: str) -> None:
    (finding,) = errors_of(tmp_path, inside, **others)
    assert message in finding.message
    assert finding.location.file is not None
    assert finding.location.line is not None
    assert finding.fix


def test_a_missing_entry_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="gone"):
        load_taxonomy(["gone.xsd"], base=tmp_path)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    inside = "".join(f'<xs:import namespace="http://x{n}" schemaLocation="gone{n}.xsd"/>' for n in range(3))
    assert len(errors_of(tmp_path, inside)) == 3


def test_public_schemas_not_at_hand_are_one_warning_each(tmp_path: Path) -> None:
    (tmp_path / "t.xsd").write_text(
        HEAD + '<xs:import namespace="http://base" schemaLocation="http://base/b.xsd"/>' * 2
        + LINKED.replace('"xbrli:stringItemType"', '"b:type" xmlns:b="http://base"') + "</xs:schema>"
    )  # fmt: skip
    far = linkbase("presentation", arc("A", "b_Far"), "A", "b_Far").replace("t.xsd#b_Far", "http://base/b.xsd#b_Far")
    (tmp_path / "pre.xml").write_text(far)
    warnings: list[Finding] = []
    read = load_taxonomy(["t.xsd", "http://base/b.xsd"], base=tmp_path, warn=warnings.append)
    assert [(one.code, one.severity) for one in warnings] == [("exporter:taxonomyNotAtHand", Severity.WARNING)]
    assert "http://base/b.xsd" in warnings[0].message
    assert read.concepts[0].datatype is None
    assert read.relationships[0].target == QName("http://base", "Far")


def test_standard_schemas_are_never_asked_for(tmp_path: Path) -> None:
    warnings: list[Finding] = []
    standard = ["http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd", "http://www.xbrl.org/2005/xbrldt-2005.xsd"]
    assert load_taxonomy(standard, base=tmp_path, warn=warnings.append).concepts == ()
    assert warnings == []


def test_public_schemas_of_one_place_are_one_taxonomy(tmp_path: Path) -> None:
    places = ("http://base/one/a.xsd", "http://base/one/b.xsd", "http://base/two/a.xsd")
    warnings: list[Finding] = []
    load_taxonomy(places, base=tmp_path, warn=warnings.append)
    assert len(warnings) == 2
    assert "http://base/one/a.xsd, and beside it b.xsd, are" in warnings[0].message
    assert "http://base/two/a.xsd is" in warnings[1].message


RESTRICTED = (
    '<xs:complexType name="{}"><xs:simpleContent><xs:restriction base="{}">{}</xs:restriction></xs:simpleContent>'
    "</xs:complexType>"
)


def test_a_type_supplies_accuracy(tmp_path: Path) -> None:
    fixed, default = '<xs:attribute name="decimals" fixed="2"/>', '<xs:attribute name="precision" default="4"/>'
    barred = '<xs:attribute name="decimals" use="prohibited"/>'
    types = (
        RESTRICTED.format("fixed", "xbrli:monetaryItemType", fixed)
        + RESTRICTED.format("derived", "t:fixed", "")
        + RESTRICTED.format("other", "t:derived", barred + default)
        + RESTRICTED.format("loop", "t:loop", "")
    )
    names = ("fixed", "derived", "other", "loop")
    items = "".join(f'<xs:element name="{name}" type="t:{name}" {ITEM}/>' for name in names)
    items += f'<xs:element name="plain" type="xbrli:monetaryItemType" {ITEM}/>'
    (tmp_path / "t.xsd").write_text(f"{HEAD}{types}{items}</xs:schema>", encoding="utf-8")
    known = load_vocabulary(["t.xsd"], base=tmp_path).default_accuracies
    assert known == {t("fixed"): {"decimals": "2"}, t("derived"): {"decimals": "2"}, t("other"): {"precision": "4"}}


SEC = ["sec/aapl-2023/aapl-20230930.xsd", "sec/nflx-2024q1/nflx-20240331.xsd"]


def _declared(paths: list[Path]) -> int:
    """Items by plain counting."""
    heads = ("xbrli:item", "xbrldt:dimensionItem", "xbrldt:hypercubeItem", "xbrli:tuple")
    found = (one for path in paths for one in etree.parse(path).getroot().iterchildren(f"{{{XSD}}}element"))
    return sum(one.get("substitutionGroup") in heads for one in found)


@pytest.mark.parametrize("name", SEC)
def test_extension_taxonomies_of_filers(name: str) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("shared data are not here")
    read = load_taxonomy([path.name], base=path.parent)
    assert len(read.concepts) == _declared([path]) > 0
    files = {kind: etree.parse(path.with_name(f"{path.stem}_{kind}.xml")) for kind in ("lab", "pre", "cal", "def")}
    arcs = sum(
        1 for kind in ("pre", "cal", "def") for _ in files[kind].iter(f"{{{'http://www.xbrl.org/2003/linkbase'}}}*")
        if _.get("{http://www.w3.org/1999/xlink}type") == "arc"
    )  # fmt: skip
    assert len(read.relationships) == arcs
    assert len(read.labels) == sum(1 for _ in files["lab"].iter("{http://www.xbrl.org/2003/linkbase}label"))
    assert read.context_element == "segment"
    assert all(concept.datatype or concept.kind == "tuple" for concept in read.concepts if concept.kind != "item")


def test_a_hand_made_extension_of_the_early_years(tmp_path: Path) -> None:
    folder = SHARED / "sec" / "nflx-2009"
    if not folder.is_dir():
        pytest.skip("shared data are not here")
    for path in folder.glob("nflx-20100222*"):
        (tmp_path / path.name.replace("20100222", "20091231")).write_bytes(path.read_bytes())
    read = load_taxonomy(["nflx-20091231.xsd"], base=tmp_path)
    assert len(read.concepts) == _declared([tmp_path / "nflx-20091231.xsd"]) > 0


def test_a_regulators_taxonomy_from_its_package() -> None:
    path = SHARED / "ferc" / "form-1-2022-01-01.package.zip"
    if not path.is_file():
        pytest.skip("shared data are not here")
    url = "https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd"
    warnings: list[Finding] = []
    with read_taxonomy_package(path) as package:
        read = load_taxonomy([url], base=path.parent, resolver=Resolver(catalogs=[package]), warn=warnings.append)
    assert len(read.concepts) == 2999
    assert read.context_element == "segment"
    assert len(warnings) == 2
    typed = [concept for concept in read.concepts if concept.is_typed_dimension]
    assert typed
    assert all(concept.typed_domain_ref and read.typed_domain(concept.typed_domain_ref) for concept in typed)


def test_the_taxonomy_of_the_oim_cases() -> None:
    folder = SHARED / "oim-cases" / "taxonomy"
    if not folder.is_dir():
        pytest.skip("shared data are not here")
    read = load_taxonomy(["../taxonomy/plus.xsd"], base=folder)
    assert len(read.concepts) == _declared([folder / "core.xsd", folder / "plus.xsd"])
    bases = {one.qname.local_name: one.datatype.base for one in read.typed_domains if one.datatype is not None}
    assert bases["MomentDomain"] == "dateUnion"
    assert (bases["UnionDomain"], bases["ListDomain"], bases["TreeDomain"]) == ("union", "list", "complex")
    assert QName(XBRLDT, "hypercubeItem") not in read.datatypes()
    with pytest.raises(TaxonomyError, match=r"broken\.xsd"):
        load_taxonomy(["broken.xsd"], base=folder)
