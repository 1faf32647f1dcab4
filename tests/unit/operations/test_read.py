"""Reading a report with its taxonomy: beside it, from a package, or not at all.

Conversion fact by fact: when it is done, and that it comes to the same as the whole.

Without the taxonomy: types are taken from the facts, and what they do not tell is said, never lost in silence.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import ReadError
from exporter.filing import Filing
from exporter.findings import Finding, Severity
from exporter.formats.options import WriteContext
from exporter.formats.registry import format_by_name
from exporter.items.values.texts import Footnote
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.operations.export import export_filing
from exporter.operations.read import can_stream, check_untyped, has_duplicates, infer_types, read_report, stream_report
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.unit.cli.running import exporter
from tests.unit.formats.xbrl_xml.documents import NS, instance
from tests.unit.items.made import document
from tests.unit.items.taxonomy.test_derive import ITEMS
from tests.unit.operations.test_export import SMALL

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


NAMES = {"xbrl-json": "r.json", "xbrl-xml": "r.xbrl", "xbrl-csv": "r-csv/r.json"}


def written(filing: Filing, folder: Path, format: str) -> Path:
    for name, content in write_taxonomy(filing.taxonomy, filing.base_name).items():
        (folder / name).write_bytes(content)
    path = folder / NAMES[format]
    report = filing.to_report()
    up = "../" if "/" in NAMES[format] else ""
    write_report(evolve(report, taxonomy=[up + href for href in report.taxonomy]), path, format=format)
    return path


@pytest.mark.parametrize("source", NAMES)
@pytest.mark.parametrize("target", NAMES)
def test_streamed_facts_are_the_report(tmp_path: Path, source: str, target: str) -> None:
    path = written(SMALL, tmp_path, source)
    if not can_stream(path, target=target, at_least=0):
        assert source == target == "xbrl-xml"
        return
    whole = read_report(path)
    out = path.parent / ("out.json" if target == "xbrl-json" else "out.xbrl" if target == "xbrl-xml" else "o.json")
    with stream_report(path) as stream:
        assert stream is not None
        form = format_by_name(target)
        with form.target(out) as written_to:
            assert form.write(stream.head, written_to, WriteContext(facts=stream.facts)) == len(whole.facts)
    assert read_report(out) == whole


@pytest.mark.parametrize("source", NAMES)
def test_footnotes_belong_to_the_whole(tmp_path: Path, source: str) -> None:
    noted = SMALL.with_items([evolve(SMALL.items[0], footnotes=(Footnote("a note"),))])
    assert not can_stream(written(noted, tmp_path, source), target="xbrl-json", at_least=0)


def test_small_documents_are_converted_as_a_whole(tmp_path: Path) -> None:
    path = written(SMALL, tmp_path, "xbrl-json")
    assert not can_stream(path, target="xbrl-xml")
    assert can_stream(path, target="xbrl-xml", at_least=path.stat().st_size)


def test_a_mark_is_found_wherever_it_stands(tmp_path: Path) -> None:
    path = written(SMALL, tmp_path, "xbrl-json")
    text = path.read_text(encoding="utf-8")
    for padding in (1024**2 - 3, 1024**2 - 200, 2 * 1024**2 - 4):
        path.write_text(text.replace('"facts"', f'{" " * padding}"links": 0, "facts"'), encoding="utf-8")
        assert not can_stream(path, target="xbrl-xml", at_least=0)


def test_types_that_are_not_known_need_the_whole(tmp_path: Path) -> None:
    report = evolve(SMALL.to_report(), taxonomy=["http://example.com/absent.xsd"])
    path = tmp_path / "r.json"
    write_report(report, path)
    with stream_report(path) as stream:
        assert stream is None


def test_duplicates_are_told() -> None:
    report: Report = SMALL.to_report()
    facts: list[Fact] = list(report.facts)
    assert not has_duplicates(facts)
    assert has_duplicates([*facts, evolve(facts[0], value="7", id="other")])


PUBLIC = "http://example.com/2024/"
HEAD = "".join(
    f'<link:schemaRef xlink:type="simple" xlink:href="{PUBLIC}{name}.xsd"/>\n' for name in ("core", "roles", "more/dei")
)


def fact(name: str, value: str | None, *, decimals: int | None = None, unit: str = "", language: str = "") -> Fact:
    money = Unit.currency(unit) if unit else None
    return Fact(
        QName("http://t", name, prefix="t"), Context(), value, decimals, money, language or None, id=f"f-{name}"
    )


def inferred(facts: Iterable[Fact]) -> dict[str, str]:
    vocabulary = infer_types(Report(taxonomy=["t.xsd"], facts=facts)).vocabulary
    assert vocabulary.inferred == vocabulary.datatypes.keys()
    return {name.local_name: datatype.base for name, datatype in vocabulary.datatypes.items()}


def test_one_fact_with_a_unit_or_decimals_makes_the_concept_numeric() -> None:
    facts = [fact("Rate", "0.5", decimals=2), fact("Rate", "1"), fact("Cash", "7", unit="EUR"), fact("Name", "12")]
    assert inferred(facts) == {"Rate": "decimal", "Cash": "decimal"}


def test_values_beyond_decimal_make_it_double() -> None:
    assert inferred([fact("Rate", "1E-3", decimals=2), fact("Rate", "1")]) == {"Rate": "double"}


def test_nil_facts_say_nothing_against_decimal() -> None:
    assert inferred([fact("Cash", None, unit="EUR")]) == {"Cash": "decimal"}


def test_known_types_are_left_alone() -> None:
    report = infer_types(Report(taxonomy=["t.xsd"], facts=[fact("Rate", "1", decimals=2)]))
    assert infer_types(report) is report
    words = Report(taxonomy=["t.xsd"], facts=[fact("Name", "one")])
    assert infer_types(words) is words


def test_one_warning_tells_of_numbers_that_would_become_text() -> None:
    facts = [fact("Share", "0.5"), fact("Count", "3"), fact("Name", "three"), fact("Code", "3", language="en")]
    report = infer_types(Report(taxonomy=["t.xsd"], facts=[*facts, fact("Cash", "3", unit="EUR")]))
    finding = check_untyped(report, source="xbrl-json", target="xbrl-xml")
    assert finding is not None
    assert (finding.code, finding.severity) == ("exporter:untypedNumber", Severity.WARNING)
    assert "2 facts (the first is of t:Share)" in finding.message
    assert check_untyped(report, source="xbrl-json", target="xbrl-csv") is None
    assert check_untyped(report, source="xbrl-xml", target="xbrl-xml") is None


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    """Its taxonomy: two public schemas in one place and one in another, none at hand."""
    path = tmp_path / "report.xbrl"
    facts = (
        '<t:Cash contextRef="c" unitRef="eur" decimals="0" id="f1">7</t:Cash>',
        '<t:Share contextRef="c" unitRef="pure" decimals="INF" id="f2">0.5</t:Share>',
        '<t:Size contextRef="c" unitRef="pure" decimals="1" id="f3">0.5</t:Size>',
        '<t:Name contextRef="c" id="f4" xml:lang="en">12</t:Name>',
    )
    path.write_bytes(instance(*facts, head=HEAD))
    return path


def test_a_missing_public_taxonomy_is_one_warning(filing: Path) -> None:
    said: list[Finding] = []
    report = read_report(filing, warn=said.append)
    assert len(report.facts) == 4
    assert [(one.code, one.severity) for one in said] == [("exporter:taxonomyNotAtHand", Severity.WARNING)] * 2
    assert f"{PUBLIC}core.xsd" in said[0].message
    assert "roles.xsd" in said[0].message
    assert f"{PUBLIC}more/dei.xsd" in said[1].message
    assert {name.local_name for name in report.vocabulary.inferred} == {"Cash", "Share", "Size"}


def test_it_is_an_error_where_strict(filing: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_report(filing, strict=True)
    assert [one.code for one in caught.value.findings] == ["exporter:taxonomyNotAtHand"] * 2
    assert all(one.is_error for one in caught.value.findings)


@pytest.mark.parametrize("command", [("facts",), ("diff", "same"), ("validate", "--no-strict")])
def test_commands_that_only_read_warn(filing: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    others = [filing if each == "same" else each for each in rest]
    outcome = exporter(name, filing, *others, "--json")
    assert outcome.code == 0
    assert set(outcome.codes) == {"exporter:taxonomyNotAtHand"}


@pytest.mark.parametrize("command", [("validate",), ("facts", "--strict"), ("convert", "-o", "{}/x.json", "--strict")])
def test_strict_commands_refuse(filing: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *rest = (each.format(tmp_path) for each in command)
    outcome = exporter(name, filing, *rest, "--json")
    assert outcome.code == 1
    assert "exporter:taxonomyNotAtHand" in outcome.codes


def _numbers(path: Path) -> dict[str, str]:
    root = etree.parse(str(path)).getroot()
    found = [each for each in root if each.get("unitRef")]
    return {etree.QName(each).localname: f"{each.text} {each.get('decimals')}" for each in found}


def test_convert_there_and_back_keeps_what_shows_and_tells_of_the_rest(filing: Path, tmp_path: Path) -> None:
    there, back = tmp_path / "x.json", tmp_path / "y.xbrl"
    outcome = exporter("convert", filing, "-o", there, "--json")
    assert (outcome.code, outcome.codes.count("exporter:untypedNumber")) == (0, 1)
    outcome = exporter("convert", there, "-o", back, "--json")
    assert (outcome.code, outcome.codes.count("exporter:untypedNumber")) == (0, 1)
    assert _numbers(filing) == {"Cash": "7 0", "Share": "0.5 INF", "Size": "0.5 1"}
    assert _numbers(back) == {"Cash": "7 0", "Size": "0.5 1"}  # the share is text now, as the warning says
    assert read_report(back).facts == read_report(filing).facts


def test_a_folder_of_csv_can_be_the_target(filing: Path, tmp_path: Path) -> None:
    outcome = exporter("convert", filing, "-o", tmp_path / "x-csv", "--json")
    assert outcome.code == 0
    assert read_report(tmp_path / "x-csv").facts == read_report(filing).facts


@pytest.mark.parametrize("name", ["a\0b.json", "a\0b.xbrl", "a\0b.yaml"])
def test_a_path_with_nul_is_unreadable(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_report(name)
    assert [finding.code for finding in caught.value.findings] == ["exporter:unreadableFile"]
    assert [finding.code for finding in validate(name)] == ["exporter:unreadableFile"]
