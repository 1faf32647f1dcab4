"""Pre-flight: rules and lints on items and on files, each finding with the place it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ProfileError
from exporter.filing import Filing
from exporter.findings import Finding, Severity
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.preflight import Preflight, preflight_filing
from exporter.operations.validate import validate

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
SOURCE = """\
filing: {entity: {cik: 0001090633}, prefix: iij, namespace: "http://www.iij.ad.jp/20050331", period_end: 2005-03-31}
items:
  - type: DocumentInfo
    over: {start: 2004-04-01, end: 2005-03-31}
    document_type: 20-F
    amendment: false
    period_end: 2005-03-31
    fiscal_year_end: March 31
    registrant: Internet Initiative Japan Inc.
    central_index_key: "0001090633"
    annual_report: true
    transition_report: true
    auditor: Auditors
  - type: MonetaryFact
    meaning: revenue
    at: {start: 2003-04-01, end: 2004-03-31}
    amount: ¥38.8 billion
  - type: MonetaryFact
    meaning: revenue
    at: {start: 2004-04-01, end: 2005-03-31}
    amount: ¥41.7 million
"""


@pytest.fixture(scope="module")
def example() -> Filing:
    return load_filing(EXAMPLE)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def by_code(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.code: finding for finding in findings}


def test_the_example_lacks_what_its_cover_page_does_not_say(example: Filing) -> None:
    found = preflight_filing(example, ["form-20-f"])
    missing = {one.code for one in found if "the cover page lacks" in one.message}
    assert "sec20f:6.5.54-Auditor" in missing
    assert "sec20f:6.5.21-EntityFilerCategory" in missing
    assert not any(code.endswith(("-DocumentType", "-EntityRegistrantName", "-EntityFileNumber")) for code in missing)
    errors = {one.code for one in found if one.severity is Severity.ERROR}
    in_english = {"sec20f:6.5.14-LanguageTwin", "sec20f:6.10.1-Labels"}  # not in that of the United States
    typed = {"sec20f:6.5.39-TypedDimensions", "sec20f:6.7.20-TypedDomains"}
    assert errors == {"sec20f:6.5.54-Auditor", *typed, *in_english}
    assert [one.code for one in found if one.code in in_english] == sorted(in_english, reverse=True)


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_under_a_profile_of_the_sec_only_the_auditor_is_missing(profile: str) -> None:
    """Standard axes and dei facts are what the rules ask for; the excerpt names no auditor."""
    found = preflight_filing(load_filing(EXAMPLE, profile=profile), ["form-20-f"])
    assert {one.code for one in found if one.is_error} == {"sec20f:6.5.54-Auditor"}


def test_a_missing_fact_names_the_item_and_the_field_to_fill(example: Filing) -> None:
    found = by_code(preflight_filing(example, ["form-20-f"]))["sec20f:6.5.54-Auditor"]
    assert (found.location.item, found.location.pointer) == ("items[0] DocumentInfo", "/items/0")
    assert (found.fix or "").endswith("field auditor, auditor_firm_id, auditor_location of DocumentInfo")


def test_a_fact_is_told_at_the_field_that_states_it(source: Path) -> None:
    found = by_code(preflight_filing(load_filing(source), ["form-20-f"]))
    assert found["sec20f:6.5.49-ReportKind"].location.pointer == "/items/0/transition_report"
    scale = found["exporter:scaleSlip"]
    assert (scale.location.pointer, scale.location.item) == ("/items/2/amount", "items[2] MonetaryFact")


def test_only_the_fields_still_empty_are_named(source: Path) -> None:
    found = by_code(preflight_filing(load_filing(source), ["form-20-f"]))["sec20f:6.5.54-Auditor"]
    assert (found.fix or "").endswith("field auditor_firm_id, auditor_location of DocumentInfo")


def test_lints_are_for_files_of_items_unless_asked_otherwise(source: Path, tmp_path: Path) -> None:
    assert "exporter:scaleSlip" in by_code(validate(source))
    assert "exporter:scaleSlip" not in by_code(validate(source, lint=False))
    export_filing(load_filing(source), tmp_path / "out", formats=["xbrl-json", "xbrl-xml"])
    report = tmp_path / "out" / "iij-20050331.json"
    assert "exporter:scaleSlip" not in by_code(validate(report))
    assert by_code(validate(report, lint=True))["exporter:scaleSlip"].location.fact is not None


@pytest.mark.parametrize("name", ["iij-20050331.json", "iij-20050331.xbrl"])
def test_reports_are_held_against_rules_too(source: Path, tmp_path: Path, name: str) -> None:
    export_filing(load_filing(source), tmp_path / "out", formats=["xbrl-json", "xbrl-xml"])
    found = by_code(validate(tmp_path / "out" / name, rules=["form-20-f"]))
    assert "sec20f:6.5.54-Auditor" in found
    # Which element holds the dimensions is seen in XML only.
    assert ("sec20f:6.5.4-Segment" in found) is (name.endswith(".xbrl") and "<xbrli:scenario>" in _text(tmp_path, name))


def _text(folder: Path, name: str) -> str:
    return (folder / "out" / name).read_text(encoding="utf-8")


def test_without_rules_and_lints_nothing_is_said(example: Filing) -> None:
    assert list(Preflight().check_filing(example)) == []


def test_a_table_that_is_not_there(example: Filing) -> None:
    with pytest.raises(ProfileError):
        preflight_filing(example, ["form-99"])


INLINE = """\
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
  xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
  xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:ex="http://www.example.com/20250331"
  xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2010-04-20">
<head><title>t</title></head>
<body>
<div style="display:none"><ix:header>
<ix:hidden><ix:nonNumeric id="h1" name="ex:Note" contextRef="c1">hidden</ix:nonNumeric></ix:hidden>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="ex.xsd"/></ix:references>
<ix:resources>
<xbrli:context id="c1"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2025-03-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="c2"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2025-03-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u1"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>
<p><img src="logo.png" alt=""/> △<ix:nonFraction id="f1" name="ex:Cash" contextRef="c1" unitRef="u1" decimals="0"
  sign="-">5</ix:nonFraction>, <span style="-sec-ix-hidden:h1">noted</span></p>
</body></html>
"""
SCHEMA = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  targetNamespace="http://www.example.com/20250331" elementFormDefault="qualified">
<xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:element name="Cash" id="ex_Cash" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true"
  xbrli:periodType="instant" xbrli:balance="debit"/>
<xs:element name="Note" id="ex_Note" type="xbrli:stringItemType" substitutionGroup="xbrli:item" nillable="true"
  xbrli:periodType="instant"/>
</xs:schema>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "ex.xsd").write_text(SCHEMA, encoding="utf-8")
    path = tmp_path / "ex-20250331.htm"
    path.write_text(INLINE, encoding="utf-8")
    return path


def test_what_the_document_itself_gets_wrong(page: Path) -> None:
    found = by_code(validate(page, rules=["form-20-f"], strict=False))
    told = {code.removeprefix("sec20f:"): one.location.line for code, one in found.items()}
    assert told["5.2.5.14-HiddenTransformable"] == 9
    assert told["5.2.5-Images"] == 18
    assert told["6.5.7-DuplicateContexts"] == told["6.5.8-UnusedContexts"] == 14
    assert "5.2.5.12-Registries" in told
    assert "6.3.3-TaxonomyFileNames" in told
    assert not {"5.2.5.14-HiddenLinks", "5.1.1-FileNames", "6.5.4-Segment"} & told.keys()


def test_a_doctype_is_a_broken_rule_too(page: Path) -> None:
    page.write_text(f"<!DOCTYPE html>\n{INLINE}", encoding="utf-8")
    found = by_code(validate(page, rules=["form-20-f"], strict=False))
    assert found["sec20f:5.2.5-Doctype"].is_error
    assert "exporter:doctypeRefused" in found


def test_the_glyph_before_a_negative_number(page: Path) -> None:
    from attrs import evolve

    from exporter.profiles.read_rules import read_rule_table

    table = evolve(read_rule_table("edinet"), standard=("http://",))
    assert "edinet:EC8023W-NegativeSign" not in by_code(validate(page, rules=[table], strict=False))
    page.write_text(INLINE.replace("△", ""), encoding="utf-8")
    assert "edinet:EC8023W-NegativeSign" in by_code(validate(page, rules=[table], strict=False))
