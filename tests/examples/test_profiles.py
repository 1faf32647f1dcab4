"""The example under every profile: exported, judged by an independent processor, and read back to the same items."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exporter.errors import WriteError
from exporter.filing.export import Export, export_filing
from exporter.filing.filing import Filing, to_items
from exporter.filing.loading import load_filing
from exporter.filing.reading import read_report
from exporter.findings import Severity
from exporter.items.structure import members
from exporter.model.dimensions import ExplicitDimension
from exporter.profiles.reading import PROFILES, load_profile
from exporter.validation.arelle import ask_arelle
from tests.support.standin import make_standard_package

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
STANDARD = [name for name in PROFILES if load_profile(name).is_standard]
FORMATS = ("items-json", "xbrl-json", "xbrl-xml", "xbrl-csv", "inline-xbrl")
REPORTS = ("iij-20050331.xbrl", "iij-20050331.json", "iij-20050331-csv/iij-20050331.json")


@pytest.fixture(scope="module", params=PROFILES)
def filing(request: pytest.FixtureRequest) -> Filing:
    return load_filing(SOURCE, profile=request.param)


@pytest.fixture(scope="module")
def export(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export_filing(filing, tmp_path_factory.mktemp("build") / "filing", formats=FORMATS)


def standard_package(filing: Filing, export: Export) -> Path:
    schemas = {each.namespace: each.schema for each in filing.rules.taxonomies.values()}
    return make_standard_package(export.directory / REPORTS[0], export.directory, schemas)


def test_items_come_back(filing: Filing, export: Export) -> None:
    wanted = set(members(filing.items))
    for name in (*REPORTS, "iij-20050331.xhtml"):
        assert set(to_items(read_report(export.directory / name))) == wanted
    again = load_filing(export.directory / "iij-20050331.items.json")
    assert (again.items, again.rules.name) == (filing.items, filing.rules.name)


def test_a_second_run_gives_the_same_bytes(filing: Filing, export: Export, tmp_path: Path) -> None:
    again = export_filing(load_filing(SOURCE, profile=filing.rules.name), tmp_path, formats=FORMATS)
    assert again.files == export.files


def test_arelle_accepts_it_and_sees_the_same_facts(filing: Filing, export: Export) -> None:
    packages = [standard_package(filing, export)] if filing.rules.is_standard else []
    verdicts = ask_arelle([export.directory / name for name in REPORTS], packages=packages, calc="round", facts=True)
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    report = filing.to_report()
    for verdict in verdicts:
        assert len(verdict.facts) == len(report.facts)
        assert {(fact["concept"], fact["value"]) for fact in verdict.facts} == {
            (fact.concept.clark, fact.value) for fact in report.facts
        }


def test_the_verdict_is_made_with_packages(filing: Filing, export: Export, tmp_path: Path) -> None:
    if not filing.rules.is_standard:
        assert not {"exporter:packagesNeeded", "exporter:profileGaps"} & {each.code for each in export.findings}
        return
    told = next(each for each in export.findings if each.code == "exporter:packagesNeeded")
    assert told.severity is Severity.INFO
    assert all(each.schema in told.message for each in filing.rules.taxonomies.values() if each.prefix != "country")
    package = standard_package(filing, export)
    judged = export_filing(filing, tmp_path / "judged", formats=("xbrl-xml",), packages=[package])
    assert "exporter:packagesNeeded" not in {each.code for each in judged.findings}
    assert not [each for each in judged.findings if each.is_error]


def test_a_package_without_a_concept_stops_the_export(tmp_path: Path) -> None:
    filing = load_filing(SOURCE, profile="sec-us-gaap")
    export = export_filing(filing, tmp_path / "first", formats=("xbrl-xml",))
    instance = export.directory / REPORTS[0]
    text = instance.read_text(encoding="utf-8").replace("us-gaap:NetIncomeLoss", "us-gaap:NoSuchConcept")
    instance.write_text(text, encoding="utf-8")
    package = standard_package(filing, export)
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
    filing = load_filing(SOURCE, profile="edinet")
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


def test_the_profile_in_the_readme_works(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```toml\n(.*?)^```$", readme, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    filing = load_filing(SOURCE, profile=tmp_path / "ours.toml")
    facts = {str(fact.concept): fact for fact in filing.to_report().facts}
    name = "jpcrp_cor:NetIncomeLossAttributableToOwnersOfParentUSGAAPSummaryOfBusinessResults"
    assert facts[name].value == "-15600000000"
    assert set(to_items(filing.to_report(), profile=filing.profile)) == set(members(filing.items))
