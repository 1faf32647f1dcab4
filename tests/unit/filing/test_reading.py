"""Reading a report with its taxonomy: beside it, from a package, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.filing.export import export_filing
from exporter.filing.filing import Filing
from exporter.filing.reading import read_report
from exporter.filing.validating import validate
from exporter.findings import Finding, Severity
from tests.unit.formats.xbrl_xml.documents import NS, instance
from tests.unit.items.extension.test_deriving import ITEMS
from tests.unit.items.made import document

FILING = Filing.of(document(*ITEMS))
BASE = "acme-20240331"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_filing(FILING, tmp_path_factory.mktemp("filing")).directory


@pytest.mark.parametrize("suffix", ["json", "xbrl"])
def test_the_taxonomy_beside_it(folder: Path, suffix: str) -> None:
    warnings: list[Finding] = []
    report = read_report(folder / f"{BASE}.{suffix}", warn=warnings.append, strict=True)
    assert report == FILING.to_report()
    assert report.vocabulary.datatypes
    assert warnings == []


@pytest.mark.parametrize("damage", ["missing", "broken"])
@pytest.mark.parametrize("suffix", ["json", "xbrl"])
def test_a_local_schema_must_be_there_and_sound(folder: Path, tmp_path: Path, suffix: str, damage: str) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    schema = tmp_path / "copy" / f"{BASE}.xsd"
    schema.unlink() if damage == "missing" else schema.write_text("<broken")
    with pytest.raises(ReadError) as caught:
        read_report(tmp_path / "copy" / f"{BASE}.{suffix}")
    assert "oime:invalidTaxonomy" in {each.code for each in caught.value.findings}
    assert all(each.location.file for each in caught.value.findings)


def public(folder: Path, tmp_path: Path) -> Path:
    """The report as one that refers to its schema by a public URL."""
    text = (folder / f"{BASE}.json").read_text(encoding="utf-8")
    path = tmp_path / "report.json"
    path.write_text(text.replace(f'"{BASE}.xsd"', f'"{FILING.namespace}/{BASE}.xsd"'), encoding="utf-8")
    return path


def test_a_public_schema_that_is_not_at_hand(folder: Path, tmp_path: Path) -> None:
    path, warnings = public(folder, tmp_path), list[Finding]()
    assert len(read_report(path, warn=warnings.append).facts) == len(FILING.to_report().facts)
    assert {each.code for each in warnings} == {"exporter:taxonomyNotAtHand"}
    with pytest.raises(ReadError) as caught:
        read_report(path, strict=True)
    assert [(each.code, each.is_error) for each in caught.value.findings] == [("exporter:taxonomyNotAtHand", True)]
    assert caught.value.findings[0].location.file == str(path)


def test_a_public_schema_from_a_package(folder: Path, tmp_path: Path) -> None:
    path = public(folder, tmp_path)
    report = read_report(path, packages=[folder / f"{BASE}-taxonomy.zip"], strict=True)
    assert report.facts == FILING.to_report().facts


def test_a_report_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_report(tmp_path / "absent.json")
    assert caught.value.findings[0].code == "exporter:unreadableFile"


def test_the_format_may_be_said(folder: Path, tmp_path: Path) -> None:
    path = folder / "unnamed"
    shutil.copy(folder / f"{BASE}.xbrl", path)
    assert read_report(path, format="xbrl-xml") == FILING.to_report()
    path.unlink()


LINKBASE_REF = (
    '<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="gone.xml" '
    'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>'
)
IMPORT = '<xs:import namespace="http://example.com/gone" schemaLocation="gone.xsd"/>'
SHAPES: dict[str, tuple[list[str], dict[str, str], bool]] = {
    "schemaRef": (["gone.xsd"], {}, False),
    "one of several schemaRefs": (["t.xsd", "gone.xsd"], {}, True),
    "the first of several schemaRefs": (["gone.xsd", "t.xsd"], {}, True),
    "linkbaseRef": (["t.xsd"], {"linkbaseRef": LINKBASE_REF}, True),
    "import": (["t.xsd"], {"import": IMPORT}, True),
    "include": (["t.xsd"], {"include": '<xs:include schemaLocation="gone.xsd"/>'}, True),
    "type of an imported schema": (
        ["t.xsd"],
        {"import": IMPORT, "type": "g:ItemType"},
        False,
    ),
    "malformed": (["broken.xsd"], {}, False),
    "no schema": (["report.xbrl"], {}, False),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rest_of_a_taxonomy_is_used(tmp_path: Path, shape: str) -> None:
    """Whatever of it is missing or broken: a warning, the same facts, types as far as they are declared or inferred."""
    hrefs, more, is_typed = SHAPES[shape]
    (tmp_path / "broken.xsd").write_text("<xs:schema")
    declared = "".join(text for key, text in more.items() if key != "type")
    (tmp_path / "t.xsd").write_text(_schema(more.get("type", "xbrli:monetaryItemType"), declared))
    path = tmp_path / "report.xbrl"
    cash = '<t:Cash contextRef="c" unitRef="eur" decimals="0"> 5 </t:Cash>'
    head = "".join(f'<link:schemaRef xlink:type="simple" xlink:href="{href}"/>' for href in hrefs)
    path.write_bytes(instance(cash, head=head))
    warnings: list[Finding] = []
    report = read_report(path, partial=True, warn=warnings.append)
    (fact,) = report.facts
    assert (fact.value, fact.decimals) == ("5", 0)
    assert {(each.code, each.severity) for each in warnings} == {("oime:invalidTaxonomy", Severity.WARNING)}
    assert all(each.location.file for each in warnings)
    assert report.vocabulary.datatypes[fact.concept].is_monetary == is_typed
    with pytest.raises(ReadError):
        read_report(path)
    assert "oime:invalidTaxonomy" in {each.code for each in validate(path) if each.is_error}


def _schema(item_type: str, more: str) -> str:
    includes = more if "xs:include" in more else ""
    rest = "" if includes else more
    return (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:g="http://example.com/gone" targetNamespace="{NS}" elementFormDefault="qualified">{includes}'
        '<xs:import namespace="http://www.xbrl.org/2003/instance" '
        f'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>{rest}'
        f'<xs:element name="Cash" id="t_Cash" type="{item_type}" substitutionGroup="xbrli:item" '
        'xbrli:periodType="instant" nillable="true"/></xs:schema>'
    )


def test_facts_in_doubt_refuse_a_report_unless_it_may_be_partial(tmp_path: Path) -> None:
    path = tmp_path / "report.xbrl"
    bad = '<t:Cash contextRef="gone" unitRef="eur" decimals="0">5</t:Cash>'
    path.write_bytes(instance('<t:Cash contextRef="c" unitRef="eur" decimals="0">1</t:Cash>', bad))
    (tmp_path / "t.xsd").write_text(_schema("xbrli:monetaryItemType", ""))
    with pytest.raises(ReadError):
        read_report(path)
    told: list[Finding] = []
    assert [fact.value for fact in read_report(path, partial=True, warn=told.append).facts] == ["1"]
    assert [each.code for each in told] == ["xbrl.4.6.1:contextRefMissing", "exporter:partialReport"]
    assert all(each.is_error for each in told)
