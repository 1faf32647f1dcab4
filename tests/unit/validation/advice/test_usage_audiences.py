"""Audiences: what of the items is a fact, what is printed only, and that nothing unused is declared for either."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import ProfileError
from exporter.filing import Filing
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.to_items import to_items
from exporter.profiles.read import load_profile
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.advice.usage import unused_names
from exporter.validation.rule_sets import advise

EXAMPLE = Path(__file__).parents[4] / "examples" / "iij-20f-2005" / "report.yaml"
PROFILES = ("extension-only", "sec-us-gaap", "sec-ifrs", "esef-ifrs", "edinet")
AUDIENCES = ("analyst", "regulatory")


@pytest.fixture(scope="module")
def filing() -> Filing:
    return load_filing(EXAMPLE)


def of(filing: Filing, profile: str, audience: str) -> Filing:
    return evolve(filing, profile=load_profile(profile), audience=audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_declared_that_nothing_uses(filing: Filing, profile: str, audience: str) -> None:
    made = of(filing, profile, audience)
    assert unused_names(made.taxonomy, made.to_report()) == ()


def test_a_declaration_that_nothing_uses_is_pointed_out(filing: Filing) -> None:
    made = of(filing, "extension-only", "analyst")
    extension, report = made.taxonomy, made.to_report()
    spare = evolve(extension.concepts[0], qname=QName(extension.namespace, "SpareMember"))
    spared = evolve(extension, concepts=(*extension.concepts, spare))

    def pointed_out(taxonomy: Taxonomy, report: Report | None) -> list[str | None]:
        findings = advise(taxonomy, report=report)
        return [finding.location.item for finding in findings if finding.code == "exporter:unusedDeclaration"]

    assert pointed_out(extension, report) == []
    assert pointed_out(spared, None) == []
    assert pointed_out(spared, report) == [str(spare.qname)]


@pytest.mark.parametrize("profile", PROFILES)
def test_regulators_have_no_narrative_no_nil_and_no_names_tagged(filing: Filing, profile: str) -> None:
    everything, asked_for = of(filing, profile, "analyst").derived, of(filing, profile, "regulatory").derived
    names = {fact.concept.local_name for fact in asked_for.report.facts}
    assert names < {fact.concept.local_name for fact in everything.report.facts}
    assert not names & {"CounterpartyName", "MajorShareholderNameAtInstant", "HighestNetLossIndicator", "EventKind"}
    assert not any(name.endswith("StatedSign") or "RiskFactor" in name for name in names)
    assert not any(fact.is_nil for fact in asked_for.report.facts)
    assert {fact.id for fact in asked_for.printed.report.facts} == {fact.id for fact in everything.report.facts}
    assert {link.source for link in asked_for.report.links} <= {fact.id for fact in asked_for.report.facts}


@pytest.mark.parametrize("profile", PROFILES)
def test_analysts_get_items_back_from_facts(filing: Filing, profile: str) -> None:
    made = of(filing, profile, "analyst")
    assert set(to_items(made.to_report(), profile=made.rules)) == set(made.items)


def test_what_is_not_tagged_is_printed_and_comes_back_from_items_json(filing: Filing, tmp_path: Path) -> None:
    made = of(filing, "sec-us-gaap", "regulatory")
    export_filing(made, tmp_path / "out", formats=["items-json", "inline-xbrl"])
    page = etree.parse(str(tmp_path / "out" / "iij-20050331.htm"))
    text = " ".join("".join(map(str, page.getroot().itertext())).split())
    assert "The largest shareholder may follow interests of its own." in text
    assert not page.xpath("//*[contains(@name, 'RiskFactor')]")
    back = load_filing(tmp_path / "out" / "iij-20050331.items.json")
    assert set(back.items) == set(filing.items)
    assert back.audience == "regulatory"


def test_a_profile_names_its_audience_and_a_filing_chooses_another(filing: Filing) -> None:
    assert load_profile("sec-us-gaap").audience == "regulatory"
    assert load_profile("extension-only").audience == "analyst"
    with pytest.raises(ProfileError) as caught:
        _ = of(filing, "sec-us-gaap", "regulator").rules
    assert caught.value.findings[0].code == "exporter:unknownAudience"
