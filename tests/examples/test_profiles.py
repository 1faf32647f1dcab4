"""The example under every profile: exported, judged by an independent processor, and read back to the same items."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exporter.errors import WriteError
from exporter.filing import Filing
from exporter.findings import Severity
from exporter.model.differences import compare_reports
from exporter.model.dimensions import ExplicitDimension
from exporter.operations.check_profile import needed_taxonomies
from exporter.operations.export import Export, export_filing
from exporter.operations.export_files import page_name
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.to_items import to_items
from exporter.operations.validate import validate
from exporter.packages.report_package import read_report_package
from exporter.profiles.read import PROFILES, load_profile
from exporter.taxonomy import concepts
from exporter.validation.arelle import ask_arelle
from tests.support.standard_package import package_of
from tests.support.standin import make_standard_package

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
STANDARD = [name for name in PROFILES if load_profile(name).is_standard]
FORMATS = ("items-json", "xbrl-json", "xbrl-xml", "xbrl-csv", "inline-xbrl")


@pytest.fixture(scope="module", params=PROFILES)
def filing(request: pytest.FixtureRequest) -> Filing:
    return load_filing(SOURCE, profile=request.param, audience="analyst")


@pytest.fixture(scope="module")
def export(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export_filing(filing, tmp_path_factory.mktemp("build") / "filing", formats=FORMATS)


def reports_of(filing: Filing) -> tuple[str, ...]:
    base = filing.base_name
    return f"{base}.xbrl", f"{base}.json", f"{base}-csv/{base}.json"


def standard_package(filing: Filing, export: Export) -> Path:
    extension = filing.rules.document.extension
    if extension.roles_in is not None or extension.group_roles:
        return package_of(filing, export.directory)  # no instance shows the standard roles and hypercubes that it takes
    schemas = {each.namespace: each.schema for each in filing.rules.taxonomies.values()}
    return make_standard_package(export.directory / reports_of(filing)[0], export.directory, schemas)


def test_items_come_back(filing: Filing, export: Export) -> None:
    for name in (*reports_of(filing), page_name(filing)):
        assert set(to_items(read_report(export.directory / name))) == set(filing.items)
    again = load_filing(export.directory / f"{filing.base_name}.items.json")
    assert (again.items, again.rules.name) == (filing.items, filing.rules.name)


def test_a_second_run_gives_the_same_bytes(filing: Filing, export: Export, tmp_path: Path) -> None:
    again = export_filing(load_filing(SOURCE, profile=filing.rules.name, audience="analyst"), tmp_path, formats=FORMATS)
    assert again.files == export.files


def test_arelle_accepts_it_and_sees_the_same_facts(filing: Filing, export: Export) -> None:
    packages = [standard_package(filing, export)] if filing.rules.is_standard else []
    page = export.directory / page_name(filing)
    reports = [*(export.directory / name for name in reports_of(filing)), page]
    verdicts = ask_arelle(reports, packages=packages, calc="round", facts=True)
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    report = filing.to_report()
    for verdict in verdicts[:-1]:
        assert len(verdict.facts) == len(report.facts)
        assert {(fact["concept"], fact["value"]) for fact in verdict.facts} == {
            (fact.concept.clark, fact.value) for fact in report.facts
        }
    first_places = {fact["id"]: fact["concept"] for fact in verdicts[-1].facts if fact["id"] is not None}
    assert first_places.keys() >= {fact.id for fact in report.facts}
    assert {first_places[fact.id] == fact.concept.clark for fact in report.facts if fact.id is not None} == {True}


def test_the_verdict_is_made_with_packages(filing: Filing, export: Export, tmp_path: Path) -> None:
    if not filing.rules.is_standard:
        assert not {"exporter:packagesNeeded", "exporter:profileGaps"} & {each.code for each in export.findings}
        return
    told = next(each for each in export.findings if each.code == "exporter:packagesNeeded")
    assert told.severity is Severity.INFO
    needed = [taxonomy.schema for taxonomy in needed_taxonomies(filing)]
    assert needed
    assert all(schema in told.message for schema in needed)
    package = package_of(filing, tmp_path)
    judged = export_filing(filing, tmp_path / "judged", formats=("xbrl-xml",), packages=[package])
    assert "exporter:packagesNeeded" not in {each.code for each in judged.findings}
    assert not [each for each in judged.findings if each.is_error]


def test_a_package_without_a_concept_stops_the_export(tmp_path: Path) -> None:
    filing = load_filing(SOURCE, profile="sec-us-gaap")
    package = package_of(filing, tmp_path, lambda schema: schema.replace(b"NetIncomeLoss", b"NoSuchConcept"))
    with pytest.raises(WriteError) as caught:
        export_filing(filing, tmp_path / "second", formats=("xbrl-xml",), packages=[package])
    assert any("NetIncomeLoss" in each.message for each in caught.value.findings)
    assert not (tmp_path / "second" / "iij-20050331.xbrl").exists()


@pytest.mark.parametrize("profile", STANDARD)
def test_no_own_concept_has_the_name_of_a_standard_one(profile: str) -> None:
    filing = load_filing(SOURCE, profile=profile)
    standard = {each.local_name for each in filing.rules.concepts.values()}
    own = {each.qname.local_name for each in filing.taxonomy.concepts if each.qname.namespace == filing.namespace}
    assert own & standard == set()


def test_the_sec_wants_dimensions_in_segments_and_none_typed() -> None:
    filing = load_filing(SOURCE, profile="sec-us-gaap", release="2024")
    assert filing.taxonomy.context_element == "segment"
    assert filing.taxonomy.typed_domains == ()
    dimensions = [each for fact in filing.to_report().facts for each in fact.dimensions]
    assert dimensions
    assert all(isinstance(each, ExplicitDimension) for each in dimensions)
    used = {fact.concept.namespace for fact in filing.to_report().facts}
    assert {"http://fasb.org/us-gaap/2024", "http://xbrl.sec.gov/dei/2024"} < used


def test_figures_stand_on_standard_concepts_with_their_sign() -> None:
    report = load_filing(SOURCE, profile="sec-us-gaap").to_report()
    said = {str(fact.concept): fact for fact in report.facts if not fact.dimensions}
    assert said["us-gaap:RetainedEarningsAccumulatedDeficit"].value == "-34400000000"
    assert said["us-gaap:NetIncomeLoss"].value == "-15600000000"
    assert said["us-gaap:ForeignCurrencyExchangeRateTranslation1"].unit == next(
        fact.unit for fact in report.facts if fact.concept.local_name == "NoonBuyingRateHigh"
    )
    assert said["dei:DocumentType"].value == "20-F"


def test_edinet_reports_risks_at_an_instant() -> None:
    filing = load_filing(SOURCE, profile="edinet", audience="analyst")
    facts = {str(fact.concept): fact for fact in filing.to_report().facts}
    assert facts["jpcrp_cor:BusinessRisksTextBlock"].period == filing.period_end
    assert facts["iij:RiskFactorsTextBlockPeriodStart"].value == "2004-04-01"
    ratio = facts["jpcrp_cor:ShareholdingRatio"]
    assert [str(each.member) for each in ratio.dimensions if isinstance(each, ExplicitDimension)] == [
        "jpcrp_cor:No1MajorShareholdersMember"
    ]
    assert facts["jpcrp_cor:NameMajorShareholders"].value == "NTT and its affiliates"


def test_the_manifest_says_the_profile(filing: Filing, export: Export) -> None:
    manifest = json.loads((export.directory / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["filing"].get("profile", "extension-only") == filing.rules.name


def test_the_profile_in_the_recipes_works(tmp_path: Path) -> None:
    recipes = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```toml\n(.*?)^```$", recipes, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    filing = load_filing(SOURCE, profile=tmp_path / "ours.toml", audience="analyst")
    facts = {str(fact.concept): fact for fact in filing.to_report().facts}
    name = "jpcrp_cor:NetIncomeLossAttributableToOwnersOfParentUSGAAPSummaryOfBusinessResults"
    assert facts[name].value == "-15600000000"
    assert set(to_items(filing.to_report(), profile=filing.profile)) == set(filing.items)


@pytest.mark.parametrize(
    ("profile", "page"),
    [
        ("extension-only", "iij-20050331.xhtml"),
        ("sec-us-gaap", "iij-20050331.htm"),
        ("sec-ifrs", "iij-20050331.htm"),
        ("edinet", "0101010_honbun_iij-20050331_ixbrl.htm"),
    ],
)
def test_the_page_is_called_what_the_regulator_wants(tmp_path: Path, profile: str, page: str) -> None:
    filing = load_filing(SOURCE, profile=profile)
    made = export_filing(filing, tmp_path, formats=("inline-xbrl", "report-package"))
    assert [each.name for each in made.files if each.format == "inline-xbrl"] == [page]
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert page in {each["path"] for each in manifest["files"]}
    with read_report_package(tmp_path / "iij-20050331.xbri") as package:
        assert [report.files for report in package.reports] == [(f"iij-20050331/reports/{page}",)]
    grammar = filing.rules.document.file_name
    assert grammar is None or re.fullmatch(grammar, page)


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_edgar_takes_the_names_of_files_and_the_labels(tmp_path: Path, profile: str) -> None:
    export_filing(load_filing(SOURCE, profile=profile), tmp_path, formats=("inline-xbrl",))
    codes = {each.code for each in validate(tmp_path / "iij-20050331.htm", rules=("form-20-f",))}
    assert not {each for each in codes if "FileNames" in each or "Labels" in each}


def test_standard_concepts_have_labels_that_are_told_apart() -> None:
    taxonomy = load_filing(SOURCE, profile="sec-us-gaap").taxonomy
    titles = [each for each in taxonomy.labels if each.role == concepts.STANDARD and each.language == "en-US"]
    assert len({each.text for each in titles}) == len(titles)
    assert {each.concept for each in titles} >= {each.qname for each in taxonomy.concepts}
    said = {str(each.concept): each.text for each in titles}
    assert said["dei:DocumentType"] == "Document Type"


def test_contexts_are_called_what_edinet_calls_them(tmp_path: Path) -> None:
    filing = load_filing(SOURCE, profile="edinet")
    export_filing(filing, tmp_path, formats=("xbrl-xml", "inline-xbrl"))
    grammar = re.compile(filing.rules.document.context_id or "")
    for name in (reports_of(filing)[0], page_name(filing)):
        ids = re.findall(r'<xbrli:context id="([^"]+)"', (tmp_path / name).read_text(encoding="utf-8"))
        assert len(set(ids)) == len(ids)
        assert {"CurrentYearInstant", "CurrentYearDuration", "Prior4YearDuration"} < set(ids)
        assert "Prior1YearDuration_iijCrosswaveMember" in ids
        assert all(grammar.fullmatch(each) or re.fullmatch("c[0-9]+", each) for each in ids)


def test_edinet_reads_inline_xbrl_1_0(tmp_path: Path) -> None:
    filing = load_filing(SOURCE, profile="edinet")
    export_filing(filing, tmp_path, formats=("xbrl-xml", "inline-xbrl"))
    page = tmp_path / page_name(filing)
    text = page.read_text(encoding="utf-8")
    assert "http://www.xbrl.org/2008/inlineXBRL" in text
    assert "2013/inlineXBRL" not in text
    assert not re.search("ix:continuation|ix:relationship|continuedAt", text)
    assert not compare_reports(read_report(page), read_report(tmp_path / reports_of(filing)[0]))


def test_arelle_judges_inline_xbrl_1_0_by_its_own_schema(tmp_path: Path) -> None:
    filing = load_filing(SOURCE, profile="edinet", audience="analyst")
    export = export_filing(filing, tmp_path, formats=("xbrl-xml", "inline-xbrl"))
    page = tmp_path / page_name(filing)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("footnoteLinkRole=", "linkRole=", 1), encoding="utf-8")
    (verdict,) = ask_arelle([page], packages=[standard_package(filing, export)])
    assert any("linkRole" in each.message for each in verdict.findings)


def test_linkbases_within_the_schema(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text('extends = "edinet"\n[document]\nlinkbases = "embedded"\n', encoding="utf-8")
    filing = load_filing(SOURCE, profile=ours)
    export = export_filing(filing, tmp_path / "out", formats=("xbrl-xml", "report-package"))
    assert not list((tmp_path / "out").glob("*_*.xml"))
    instance, packages = export.directory / reports_of(filing)[0], [standard_package(filing, export)]
    (verdict,) = ask_arelle([instance], packages=packages, calc="round", facts=True)
    assert [*verdict.findings] == []
    assert len(verdict.facts) == len(filing.to_report().facts)
