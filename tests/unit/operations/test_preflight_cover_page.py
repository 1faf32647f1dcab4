"""The cover page of Form 20-F: every fact that the filing rules ask for can be stated, and a complete cover passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures import DISCLOSURES, ContactPerson, DocumentInfo, RegisteredSecurity
from exporter.disclosures.cover_document import ReportingItem
from exporter.disclosures.cover_registrant import FilerCategory
from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.disclosures.securities import RegistrationSection
from exporter.filing import Filing
from exporter.findings import Finding
from exporter.items.bind import Binding, bind
from exporter.items.bound import Namespace
from exporter.items.values import MonthDay, ShareCount
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.export import export_filing
from exporter.operations.preflight import preflight_filing
from exporter.operations.to_items import to_items
from exporter.operations.validate import validate
from exporter.profiles.read import load_profile
from exporter.profiles.read_rules import read_rule_table
from exporter.profiles.rules import CoverRule

TABLE = read_rule_table("form-20-f")
COVER_CODES = {rule.code for rule in TABLE.cover_rules}
PROFILES = ["extension-only", "sec-us-gaap", "sec-ifrs"]
YEAR = Duration("2024-04-01", "2025-03-31")


def cover(**values: Any) -> DocumentInfo:
    """A complete cover page of a made-up company with one class of securities."""
    said: dict[str, Any] = {
        "over": YEAR,
        "document_type": "20-F",
        "amendment": False,
        "annual_report": True,
        "registration_statement": False,
        "transition_report": False,
        "shell_company_report": False,
        "period_end": dt.date(2025, 3, 31),
        "fiscal_year_end": MonthDay(3, 31),
        "fiscal_year_focus": 2025,
        "fiscal_period_focus": "FY",
        "accounting_standard": AccountingStandard.US_GAAP,
        "error_correction": False,
        "registrant": "Acme Kaisha, Ltd.",
        "central_index_key": "0001234567",
        "file_number": "001-12345",
        "country_of_incorporation": "M0",
        "address_line_1": "1-1 Example, Chiyoda-ku",
        "address_city": "Tokyo",
        "address_postal_code": "100-0000",
        "address_country": "JP",
        "filer_category": FilerCategory.ACCELERATED_FILER,
        "well_known_seasoned_issuer": False,
        "voluntary_filer": False,
        "current_reporting": True,
        "interactive_data_current": True,
        "shell_company": False,
        "emerging_growth_company": False,
        "auditor_attestation": True,
        "securities": ("American Depositary Shares",),
        "exchanges": ("NASDAQ",),
        "trading_symbols": ("ACME",),
        "shares_outstanding": ShareCount(38_360),
        "auditor": "Auditors & Co.",
        "auditor_firm_id": "1234",
        "auditor_location": "Tokyo, Japan",
    }
    return DocumentInfo(**{**said, **values})


CONTACT: Any = ContactPerson(
    over=YEAR,
    name="Taro Example",
    address_line_1="1-1 Example, Chiyoda-ku",
    address_city="Tokyo",
    address_postal_code="100-0000",
    address_country="JP",
    area_code="+81-3",
    phone="0000-0000",
    email="ir@acme.example",
)


def filing(*items: Any, profile: str) -> Filing:
    return Filing(
        entity=Entity.cik(1234567),
        items=items,
        period_end=Instant("2025-03-31"),
        prefix="acme",
        namespace="http://www.acme.example/20250331",
        profile=profile,
    )


def cover_findings(*items: Any, profile: str) -> list[Finding]:
    return [one for one in preflight_filing(filing(*items, profile=profile), ["form-20-f"]) if one.code in COVER_CODES]


def names(findings: list[Finding]) -> set[str]:
    return {one.code.rpartition("-")[2] for one in findings}


# --- which facts can be stated -------------------------------------------------------------------------------------


def wanted() -> Iterator[tuple[str, CoverRule | None]]:
    """Every concept that a rule on the cover page names; those of conditions may stand anywhere."""
    for rule in TABLE.cover_rules:
        yield from ((concept, rule) for concept in rule.concepts)
        conditions = rule.when.concepts if rule.when is not None else ()
        yield from ((concept, None) for concept in (*conditions, *([rule.each] if rule.each else [])))


def states(binding: Binding, concept: str, rule: CoverRule | None) -> bool:
    """Whether items of the class report the concept where the rule looks for it."""
    if concept not in {option.concept.local_name for option in binding.concepts}:
        return False
    required = {axis.axis.local_name for axis in binding.axes if not axis.optional}
    if rule is None or rule.divided:
        return True
    return required == ({rule.within.axis} if rule.within else set())


def test_every_fact_of_the_rules_can_be_stated() -> None:
    bindings = bind(DISCLOSURES, Namespace(uri="http://www.acme.example/20250331", prefix="acme"))
    asked = list(wanted())
    assert len({concept for concept, _ in asked}) > 45
    cannot = {concept for concept, rule in asked if not any(states(each, concept, rule) for each in bindings)}
    assert cannot == set()


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_every_fact_of_the_rules_is_a_standard_one(profile: str) -> None:
    bindings = bind(
        DISCLOSURES,
        Namespace(uri="http://www.acme.example/20250331", prefix="acme"),
        load_profile(profile),
    )
    standard = {option.concept.local_name for each in bindings for option in each.concepts if option.standard}
    assert {concept for concept, _ in wanted()} - standard == set()


# --- complete covers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_a_complete_cover_has_no_findings(profile: str) -> None:
    assert cover_findings(cover(), CONTACT, profile=profile) == []


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_the_cover_is_stated_in_standard_concepts_and_comes_back(profile: str) -> None:
    made = filing(cover(), CONTACT, profile=profile)
    report = made.to_report()
    assert {fact.concept.prefix for fact in report.facts} == {"dei"}
    assert to_items(report, profile=made.profile, namespace=made.namespace) == made.items
    contact = next(fact for fact in report.facts if fact.concept.local_name == "ContactPersonnelName")
    (cut,) = contact.dimensions
    assert str(cut.axis) == "dei:EntityAddressesAddressTypeAxis"
    assert str(getattr(cut, "member", None)) == "dei:BusinessContactMember"


def several() -> tuple[Any, ...]:
    info = cover(securities=(), exchanges=(), trading_symbols=(), shares_outstanding=None)
    common = RegisteredSecurity(
        class_of_stock="Common Stock",
        over=YEAR,
        title="Common Stock",
        no_trading_symbol=True,
        exchange="NASDAQ",
        shares_outstanding=ShareCount(38_360),
    )
    receipts = RegisteredSecurity(
        class_of_stock="American Depositary Shares",
        over=YEAR,
        title="American Depositary Shares",
        trading_symbol="ACME",
        exchange="NASDAQ",
    )
    return info, common, receipts, CONTACT


@pytest.mark.parametrize("profile", PROFILES)
def test_several_classes_of_securities(profile: str) -> None:
    items = several()
    assert cover_findings(*items, profile=profile) == []
    made = filing(*items, profile=profile)
    assert set(to_items(made.to_report(), profile=made.profile, namespace=made.namespace)) == set(items)
    info, common, receipts, contact = items
    found = cover_findings(info, common, evolve(receipts, trading_symbol=None), contact, profile=profile)
    assert names(found) == {"TradingSymbol"}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_class_registered_under_the_other_section(profile: str) -> None:
    info, *_ = several()
    other = RegisteredSecurity(
        class_of_stock="Common Stock",
        section=RegistrationSection.SECTION_12G,
        over=YEAR,
        title="Common Stock",
        shares_outstanding=ShareCount(38_360),
    )
    assert cover_findings(info, other, CONTACT, profile=profile) == []
    made = filing(info, other, CONTACT, profile=profile)
    assert other in to_items(made.to_report(), profile=made.profile, namespace=made.namespace)


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_the_page_of_a_cover_breaks_no_rule(profile: str, tmp_path: Path) -> None:
    """Truths and categories that a standard concept takes as texts stand on the page as such texts, not hidden."""
    export_filing(filing(*several(), profile=profile), tmp_path, formats=["inline-xbrl"])
    (page,) = tmp_path.glob("*.htm")
    found = validate(page, rules=["form-20-f"], strict=False)
    assert [one for one in found if one.code.startswith("sec20f:")] == []
    text = page.read_text(encoding="utf-8")
    assert ">Accelerated Filer</ix:nonNumeric>" in text
    assert ">Yes</ix:nonNumeric>" in text


VARIANTS: dict[str, dict[str, Any]] = {
    "amendment": {"document_type": "20-F/A", "amendment": True, "amendment_description": "The exhibits are added."},
    "transition": {
        "over": Duration("2024-07-01", "2025-03-31"),
        "annual_report": False,
        "transition_report": True,
        "period_start": dt.date(2024, 7, 1),
    },
    "shell": {
        "annual_report": False,
        "shell_company_report": True,
        "shell_company_event_date": dt.date(2025, 3, 1),
        "shell_company": True,
    },
    "growth": {"emerging_growth_company": True, "ex_transition_period": True},
    "correction": {"error_correction": True, "recovery_analysis": False},
    "other standard": {
        "accounting_standard": AccountingStandard.OTHER,
        "other_standard_item": ReportingItem.ITEM_18,
    },
    "under 12(g)": {"securities": (), "exchanges": (), "trading_symbols": (), "securities_12g": ("Common Stock",)},
    "without symbol": {"trading_symbols": (), "no_trading_symbol": True},
    "not accelerated": {"filer_category": FilerCategory.NON_ACCELERATED_FILER, "auditor_attestation": None},
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_covers_of_other_kinds(variant: str, profile: str) -> None:
    assert cover_findings(cover(**VARIANTS[variant]), CONTACT, profile=profile) == []


def test_several_listed_securities_are_of_one_class() -> None:
    listed: Any = {"securities": ("A", "B"), "exchanges": ("NYSE", "NYSE"), "trading_symbols": ("ACA", "ACB")}
    assert cover_findings(cover(**listed), CONTACT, profile="extension-only") == []
    found = cover_findings(cover(**{**listed, "exchanges": ()}), CONTACT, profile="extension-only")
    assert names(found) == {"SecurityExchangeName"}


# What each fact is asked for by, where it is left out.
ASKED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "filer_category": ({}, {"EntityFilerCategory"}),
    "current_reporting": ({}, {"EntityCurrentReportingStatus"}),
    "interactive_data_current": ({}, {"EntityInteractiveDataCurrent"}),
    "shell_company": ({}, {"EntityShellCompany"}),
    "emerging_growth_company": ({}, {"EntityEmergingGrowthCompany"}),
    "error_correction": ({}, {"DocumentFinStmtErrorCorrectionFlag"}),
    "address_line_1": ({}, {"EntityAddressAddressLine1"}),
    "address_city": ({}, {"EntityAddressCityOrTown"}),
    "address_postal_code": ({}, {"EntityAddressPostalZipCode"}),
    "auditor_attestation": ({}, {"IcfrAuditorAttestationFlag"}),
    "auditor_location": ({}, {"Auditor"}),
    "amendment_description": (VARIANTS["amendment"], {"AmendmentDescription"}),
    "period_start": (VARIANTS["transition"], {"DocumentPeriodStartDate"}),
    "shell_company_event_date": (VARIANTS["shell"], {"DocumentShellCompanyEventDate"}),
    "ex_transition_period": (VARIANTS["growth"], {"EntityExTransitionPeriod"}),
    "recovery_analysis": (VARIANTS["correction"], {"RecoveryAnalysisFlag"}),
    "other_standard_item": (VARIANTS["other standard"], {"OtherReportingStandardItemNumber"}),
    "no_trading_symbol": (VARIANTS["without symbol"], {"TradingSymbol"}),
}


@pytest.mark.parametrize("profile", ["extension-only", "sec-us-gaap"])
@pytest.mark.parametrize("field", ASKED)
def test_what_is_left_out_is_asked_for(field: str, profile: str) -> None:
    values, asked = ASKED[field]
    found = cover_findings(cover(**{**values, field: None}), CONTACT, profile=profile)
    assert names(found) == asked
    if field != "no_trading_symbol":  # told at the title beside which the symbol lacks
        assert f"field {field} of DocumentInfo" in (found[0].fix or "")


def test_a_cover_without_contact_is_told_which_item_to_add() -> None:
    (found,) = cover_findings(cover(), profile="sec-us-gaap")
    assert found.code.endswith("-ContactPersonnelName")
    assert (found.fix or "").endswith("add an item ContactPerson with field name")
    assert found.location.item == "items[0] DocumentInfo"


def test_what_a_contact_lacks_is_told_at_the_contact() -> None:
    short = evolve(CONTACT, address_city=None, area_code=None, phone=None, email=None)
    found = cover_findings(cover(), short, profile="sec-us-gaap")
    assert names(found) == {"ContactAddress", "ContactReached"}
    assert {one.location.item for one in found} == {"items[1] ContactPerson"}
    fixes = {one.code.rpartition("-")[2]: one.fix or "" for one in found}
    assert "address_city" in fixes["ContactAddress"]
    assert fixes["ContactReached"].endswith("field phone, fax, email of ContactPerson")
