"""What is said of a filing's items before anything is written.

Items on standard concepts: what fits, what falls back, what is said of it, and that all of it comes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures import (
    AccumulatedDeficit,
    ConvenienceTranslation,
    DocumentInfo,
    ExchangeRates,
    OwnershipInterest,
    SegmentResult,
    ShareCountFact,
    TextDisclosure,
    WriteOff,
)
from exporter.disclosures.exchange_rates import ConvenienceTranslationBasis
from exporter.disclosures.financial_tables import SegmentMeasure
from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.disclosures.shares import ShareCountBasis
from exporter.disclosures.texts import TextKind
from exporter.errors import WriteError
from exporter.filing import Filing
from exporter.findings import Finding
from exporter.items.values import CurrencyPair, EntityRef, Money, Percent, Rate, ShareCount, Unknown
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.operations.check import check_filing, validate_filing
from exporter.operations.check_profile import check_profile, missing_packages
from exporter.operations.load import load_filing
from exporter.operations.read import OFFLINE
from exporter.operations.tag import tag_filing
from exporter.operations.to_items import derive_report_items, to_items
from exporter.profiles.profile import Profile, ProfileConcept
from exporter.profiles.read import load_profile
from exporter.resources.limits import DEFAULT_LIMITS
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import DIMENSION_DEFAULT
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.rule_sets import check_report
from tests.support.standard_package import package_of

HEAD = "filing: {entity: {cik: '0000000001'}, prefix: ab, period_end: 2024-03-31, language: ja%s}\nitems:\n"
LOSS = "  - {type: NetLoss, over: {start: 2023-04-01, end: 2024-03-31}, amount: {unknown: not given}}\n"
DEFICIT = "  - {type: AccumulatedDeficit, amount: '¥34.4 billion', as_of: 2024-03-31}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "report.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    return [finding.code for finding in check_filing(load_filing(path))]


def test_a_currency_that_nothing_states_is_told(tmp_path: Path) -> None:
    (finding,) = check_filing(load_filing(written(tmp_path, HEAD % "" + LOSS)))
    assert (finding.code, str(finding.severity)) == ("exporter:currencyAssumed", "warning")
    assert finding.location.pointer == "/items/0/amount"


@pytest.mark.parametrize("text", [HEAD % ", currency: JPY" + LOSS, HEAD % "" + LOSS + DEFICIT])
def test_a_currency_that_is_stated_is_taken(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    assert "exporter:currencyAssumed" not in codes(path)
    (unit,) = {fact.unit for fact in load_filing(path).to_report().facts}
    assert str(unit) == "iso4217:JPY"


@pytest.mark.parametrize(
    ("binding", "fix"),
    [
        ("[bindings.AccumulatedDeficit]\namuont", "write amount"),
        ("[bindings.AccumulatedDefcit]\namount", "write AccumulatedDeficit"),
        ("[bindings.SomebodysOwnItem]\namount", None),
    ],
)
def test_entries_that_bind_nothing_are_told(tmp_path: Path, binding: str, fix: str | None) -> None:
    profile = tmp_path / "ours.toml"
    profile.write_text(f'extends = "sec-us-gaap"\ntitle = "Ours"\n{binding} = {{ gap = "none" }}\n', encoding="utf-8")
    filing = load_filing(written(tmp_path, HEAD % "" + DEFICIT), profile=profile)
    found = [finding for finding in check_profile(filing) if finding.code == "exporter:boundToNothing"]
    assert [finding.fix for finding in found] == ([fix] if fix else [])


def test_what_xhtml_does_not_know_is_told_when_a_document_is_tagged(tmp_path: Path) -> None:
    filing = load_filing(written(tmp_path, HEAD % "" + DEFICIT))
    page = tmp_path / "page.html"
    text = "<p>Our accumulated deficit was ¥34.4 billion at March 31, 2024.</p>"
    page.write_text(f"<html><head><title>x</title></head><body>{text}<svg></svg></body></html>", encoding="utf-8")
    done = tag_filing(page, filing, tmp_path / "tagged" / "page.xhtml")
    (finding,) = (finding for finding in done.findings if finding.code == "exporter:xmlSchema")
    assert not finding.is_error
    assert "svg" in finding.message


YEAR, END = Duration("2004-04-01", "2005-03-31"), Instant("2005-03-31")
PAIR = CurrencyPair(base="USD", quote="JPY")


def filing(*items: Any, profile: str | Profile = "sec-us-gaap", **more: Any) -> Filing:
    more = {"audience": "analyst"} | more
    return Filing(entity=Entity.cik(5), items=items, period_end=END, prefix="acme", profile=profile, **more)


def facts(made: Filing) -> dict[str, Fact]:
    return {str(fact.concept): fact for fact in made.to_report().facts}


def comes_back(made: Filing) -> None:
    """The report obeys its taxonomy, dimensions included, and makes the same items."""
    report = made.to_report()
    assert [each for each in check_report(report, made.taxonomy, syntax="json", complete=True) if each.is_error] == []
    back = derive_report_items(report, profile=made.profile, namespace=made.namespace)
    assert (set(back.items), back.unbound, back.findings) == (set(made.items), (), ())


def said(made: Filing) -> dict[str, Finding]:
    return {finding.code: finding for finding in check_profile(made)}


def own(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path)


def test_without_standard_taxonomies_there_is_nothing_to_say() -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END), profile="extension-only")
    assert said(made) == {}
    assert list(missing_packages(made)) == []


def test_the_sign_is_the_bindings() -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END))
    assert facts(made)["us-gaap:RetainedEarningsAccumulatedDeficit"].value == "-5"
    assert made.taxonomy.concept(made.rules.qname("us-gaap:RetainedEarningsAccumulatedDeficit")) is not None
    assert all(label.concept.namespace == made.namespace or label.role for label in made.taxonomy.labels)
    comes_back(made)


def test_an_unknown_amount_is_nil_on_the_standard_concept() -> None:
    made = filing(AccumulatedDeficit(amount=Unknown("it is not stated"), as_of=END))
    assert facts(made)["us-gaap:RetainedEarningsAccumulatedDeficit"].value is None
    comes_back(made)


def test_values_that_a_standard_concept_cannot_take_have_one_of_their_own() -> None:
    info = DocumentInfo(
        over=YEAR,
        document_type="20-F",
        securities=("Common Stock", "American Depositary Shares"),
        accounting_standard=AccountingStandard.JAPANESE_GAAP,
        voluntary_filer=False,
        country_of_incorporation="JPN",
    )
    made = filing(info)
    reported = facts(made)
    assert reported["dei:DocumentType"].value == "20-F"
    assert reported["dei:EntityVoluntaryFilers"].value == "No"
    titles = [fact.value for fact in made.to_report().facts if fact.concept.local_name == "Security12bTitleAsStated"]
    assert titles == ["Common Stock", "American Depositary Shares"]
    assert {"acme:DocumentAccountingStandardAsStated", "acme:EntityIncorporationStateCountryCodeAsStated"} < set(
        reported
    )
    fallen = [each.message for each in check_profile(made) if each.code == "exporter:standardConceptNotUsed"]
    assert len(fallen) == 3
    assert all("takes no such value" in message for message in fallen)
    comes_back(made)


def test_what_falls_back_is_said_of_the_item_that_does() -> None:
    taken = DocumentInfo(over=YEAR, document_type="20-F", country_of_incorporation="JP")
    refused = DocumentInfo(
        over=Duration("2005-04-01", "2006-03-31"), document_type="20-F", country_of_incorporation="JPN"
    )
    made = filing(taken, refused)
    (finding,) = (each for each in check_profile(made) if each.code == "exporter:standardConceptNotUsed")
    assert finding.location.pointer == "/items/1/country_of_incorporation"
    assert finding.location.item == "items[1] DocumentInfo"


def test_values_that_fit_are_reported_as_the_concept_wants_them() -> None:
    info = DocumentInfo(
        over=YEAR, document_type="20-F", securities=("Common Stock",), accounting_standard=AccountingStandard.IFRS
    )
    made = filing(info)
    assert facts(made)["dei:Security12bTitle"].value == "Common Stock"
    assert facts(made)["dei:DocumentAccountingStandard"].value == "International Financial Reporting Standards"
    comes_back(made)


def test_a_period_that_a_standard_concept_cannot_say_is_said_beside_it() -> None:
    made = filing(
        TextDisclosure(over=YEAR, kind=TextKind.RISK_FACTORS, text=TextBlock("<p>Risks.</p>")), profile="edinet"
    )
    reported = facts(made)
    assert reported["jpcrp_cor:BusinessRisksTextBlock"].period == END
    assert reported["acme:RiskFactorsTextBlockPeriodStart"].value == "2004-04-01"
    assert reported["acme:RiskFactorsTextBlockPeriodStart"].period == YEAR
    comes_back(made)


def test_rates_that_would_contradict_each_other_are_told_apart() -> None:
    rates = ExchangeRates(pair=PAIR, over=YEAR, high=Rate("114.30"), period_end=Rate("107.22"))
    translation = ConvenienceTranslation(
        pair=PAIR, over=YEAR, rate=Rate("107.20"), basis=ConvenienceTranslationBasis.SINGLE_RATE
    )
    made = filing(rates, translation, profile="sec-ifrs")
    assert "ifrs-full:ClosingForeignExchangeRate" not in facts(made)
    found = said(made)["exporter:standardConceptNotUsed"]
    assert "would contradict another fact" in found.message
    comes_back(made)
    agreeing = filing(
        rates,
        ConvenienceTranslation(
            pair=PAIR, over=YEAR, rate=Rate("107.22"), basis=ConvenienceTranslationBasis.SINGLE_RATE
        ),
        profile="sec-ifrs",
    )
    assert facts(agreeing)["ifrs-full:ClosingForeignExchangeRate"].value == "107.22"
    comes_back(agreeing)


def test_items_that_contradict_each_other_are_still_refused() -> None:
    made = filing(*(AccumulatedDeficit(amount=Money(n, "JPY"), as_of=END) for n in (5, 6)))
    with pytest.raises(WriteError, match="contradictory"):
        made.to_report()


def test_values_of_open_axes_become_members_and_keep_their_names() -> None:
    lost = [
        WriteOff(amount=Money(1, "JPY"), over=YEAR, counterparty=EntityRef(name))
        for name in ("Crosswave", "クロスウェイブ", "3com & Co.", "Cross-wave")
    ]
    made = filing(*lost)
    members = [
        str(each.member)
        for fact in made.to_report().facts
        for each in fact.dimensions
        if isinstance(each, ExplicitDimension) and str(each.axis) == "srt:CounterpartyNameAxis"
    ]
    assert list(dict.fromkeys(members)) == [
        "acme:CrosswaveMember",
        "acme:CounterpartyMember",
        "acme:Counterparty3comCoMember",
        "acme:CrossWaveMember",
    ]
    comes_back(made)


def test_values_take_standard_members_where_there_are_some() -> None:
    geography = [
        SegmentResult(measure=SegmentMeasure.REVENUE, at=YEAR, amount=Money(n, "JPY"), segment="Net", geography=name)
        for n, name in ((1, "Japan"), (2, "Kansai"))
    ]
    count = ShareCountFact(basis=ShareCountBasis.ISSUED, at=END, count=ShareCount(7), class_of_stock="Common Stock")
    made = filing(*geography, count)
    members = {
        str(each.member)
        for fact in made.to_report().facts
        for each in fact.dimensions
        if isinstance(each, ExplicitDimension)
    }
    assert {"country:JP", "acme:KansaiMember", "us-gaap:CommonStockMember"} <= members
    comes_back(made)


def test_holders_take_ranked_members_and_then_members_of_the_filings_own() -> None:
    holders = [
        OwnershipInterest(holder=EntityRef(f"Holder {n}"), share=Percent("1.5"), as_of=END) for n in range(1, 18)
    ]
    made = filing(*holders, profile="edinet")
    members = {
        each.member.local_name: str(each.member)
        for fact in made.to_report().facts
        for each in fact.dimensions
        if isinstance(each, ExplicitDimension)
    }
    assert len(members) == 17
    assert {"No1MajorShareholdersMember", "No15MajorShareholdersMember", "Holder16Member"} < members.keys()
    comes_back(made)


def test_members_and_pure_rates_by_a_profile_of_ones_own(tmp_path: Path) -> None:
    profile = own(
        tmp_path,
        """\
extends = "sec-us-gaap"
[concepts.us-gaap]
SomeRate = { type = "pureItemType", period = "duration", remark = "made up" }
[bindings.ExchangeRates]
high = { concept = "us-gaap:SomeRate", unit = "pure", dimensions = { "srt:RangeAxis" = "srt:MaximumMember" } }
low = { concept = "us-gaap:SomeRate", unit = "pure", dimensions = { "srt:RangeAxis" = "srt:MinimumMember" } }
average = { concept = "us-gaap:SomeRate", unit = "pure", dimensions = { "srt:RangeAxis" = "srt:MinimumMember" } }
[bindings.ConvenienceTranslation]
rate = { concept = "us-gaap:NetIncomeLoss" }
""",
    )
    rates = ExchangeRates(pair=PAIR, over=YEAR, high=Rate("114"), low=Rate("102"), average=Rate("107.5"))
    made = filing(rates, profile=profile)
    on_standard = [fact for fact in made.to_report().facts if fact.concept.local_name == "SomeRate"]
    assert {(fact.value, fact.unit, len(fact.dimensions)) for fact in on_standard} == {
        ("114", None, 2),
        ("102", None, 2),
    }
    assert "a fact would not tell the two apart" in said(made)["exporter:standardConceptMisfit"].message
    comes_back(made)
    translation = ConvenienceTranslation(
        pair=PAIR, over=YEAR, rate=Rate("107"), basis=ConvenienceTranslationBasis.SINGLE_RATE
    )
    wrong = filing(translation, profile=profile)
    assert "which holds no Rate" in said(wrong)["exporter:standardConceptMisfit"].message
    comes_back(wrong)


def test_what_is_said_of_gaps_doubts_and_the_entity() -> None:
    items = (
        ExchangeRates(pair=PAIR, over=YEAR, high=Rate("114"), average=Rate("107")),
        AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END),
    )
    found = said(filing(*items, profile="sec-ifrs"))
    assert "ExchangeRates.high" in found["exporter:profileGaps"].message
    assert "exporter:unverifiedConcepts" not in found
    doubtful = load_profile("sec-ifrs")
    concepts = dict(doubtful.concepts) | {
        "ifrs-full:RetainedEarnings": evolve(doubtful.concepts["ifrs-full:RetainedEarnings"], verified=False)
    }
    bound = {
        key: evolve(each, concept=concepts[str(each.concept)]) if isinstance(each, ProfileConcept) else each
        for key, each in doubtful.bindings.items()
    }
    found = said(filing(*items, profile=evolve(doubtful, concepts=concepts, bindings=bound)))
    assert "AccumulatedDeficit.amount as ifrs-full:RetainedEarnings" in found["exporter:unverifiedConcepts"].message
    assert "exporter:entityScheme" not in found
    assert (
        "http://disclosure.edinet-fsa.go.jp" in said(filing(*items, profile="edinet"))["exporter:entityScheme"].message
    )


def test_what_is_needed_and_not_at_hand() -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END))
    (needed,) = missing_packages(made)
    assert needed.code == "exporter:packagesNeeded"
    assert "US GAAP Financial Reporting Taxonomy 2025" in needed.message
    assert "DEI" not in needed.message
    assert list(missing_packages(made, [made.rules.taxonomies["us-gaap"].schema])) == []


def test_the_profile_is_told_by_the_report() -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END), release="2024")
    assert to_items(made.to_report()) == made.items
    assert to_items(made.to_report(), profile=load_profile("sec-us-gaap", release="2024")) == made.items


def doubting(**changes: Any) -> Profile:
    """The profile of IFRS with another description of retained earnings."""
    profile = load_profile("sec-ifrs")
    name = "ifrs-full:RetainedEarnings"
    changed = evolve(profile.concepts[name], verified=False, remark="made up", **changes)
    bindings = {
        key: evolve(each, concept=changed) if isinstance(each, ProfileConcept) and str(each.concept) == name else each
        for key, each in profile.bindings.items()
    }
    return evolve(profile, concepts={**profile.concepts, name: changed}, bindings=bindings)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"balance": "debit"}, "ifrs-full:RetainedEarnings the balance debit, but it is credit"),
        ({"balance": None}, "the balance none, but it is credit"),
        ({"item_type": "decimalItemType"}, "the type decimalItemType, but it is monetaryItemType"),
    ],
)
def test_a_profile_is_held_against_the_taxonomy_given(tmp_path: Path, changes: Any, message: str) -> None:
    item = AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END)
    right = filing(item, profile="sec-ifrs")
    package = package_of(right, tmp_path)
    wrong = filing(item, profile=doubting(**changes))
    if "item_type" in changes:  # it would not be used for an amount of money
        used = tuple(evolve(each, bound=_with_type(each.bound, changes["item_type"])) for each in right.derived.used)
        right.__dict__["derived"] = evolve(right.derived, used=used)
        wrong = right
    with OFFLINE.resolver([package], DEFAULT_LIMITS) as resolver:
        findings = validate_filing(wrong, resolver=resolver)
    (finding,) = [each for each in findings if each.code == "exporter:standardConceptDiffers"]
    assert message in finding.message
    assert finding.is_error
    assert finding.location.pointer == "/items/0/amount"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "item"}, "as axis, but its substitution group is that of items"),
        ({"abstract": False}, "and it is not abstract"),
    ],
)
def test_an_axis_of_a_profile_is_held_against_the_taxonomy_given(changes: Any, message: str) -> None:
    made = filing(WriteOff(counterparty=EntityRef("Crosswave"), over=YEAR, amount=Money(5, "JPY")))
    axes = {axis.axis for binding in made.bindings for axis in binding.axes if axis.standard is not None}
    assert axes
    taxonomy = made.taxonomy
    concepts = [evolve(each, **changes) if each.qname in axes else each for each in taxonomy.concepts]
    wrong = evolve(taxonomy, concepts=concepts)
    codes = [each for each in check_profile(made, declared=wrong) if each.code == "exporter:standardConceptDiffers"]
    assert codes
    assert all(message in each.message for each in codes)
    right = check_profile(made, declared=taxonomy)
    assert "exporter:standardConceptDiffers" not in {each.code for each in right}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda taxonomy, axis, member: _with_concept(taxonomy, member, abstract=False), "and it is not abstract"),
        (
            lambda taxonomy, axis, member: _with_concept(taxonomy, member, datatype=standard_type("stringItemType")),
            "as member, but its type is stringItemType",
        ),
        (
            lambda taxonomy, axis, member: _without_arcs(taxonomy, DIMENSION_DEFAULT, member),
            "as member of us-gaap:StatementClassOfStockAxis, but the axis has no such member",
        ),
        (
            lambda taxonomy, axis, member: _with_default(taxonomy, axis, member),
            "the default us-gaap:ClassOfStockDomain, but it is us-gaap:CommonStockMember",
        ),
        (
            lambda taxonomy, axis, member: _with_concept(taxonomy, axis, typed_domain_ref=member),
            "the typed domain none, but it is us-gaap:CommonStockMember",
        ),
    ],
)
def test_domain_and_members_of_a_profile_are_held_against_the_taxonomy_given(change: Any, message: str) -> None:
    count = ShareCountFact(
        basis=ShareCountBasis.ISSUED, at=END, class_of_stock="Common Stock", count=ShareCount(5, decimals=None)
    )
    made = filing(count)
    axis = made.rules.qname("us-gaap:StatementClassOfStockAxis")
    member = made.rules.qname("us-gaap:CommonStockMember")
    assert made.taxonomy.concept(member) is not None
    wrong = change(made.taxonomy, axis, member)
    findings = [finding for finding in check_profile(made, declared=wrong) if finding.is_error]
    assert any(message in finding.message for finding in findings)
    assert {finding.code for finding in findings} == {"exporter:standardConceptDiffers"}
    assert not [finding for finding in check_profile(made, declared=made.taxonomy) if finding.is_error]


def _with_concept(taxonomy: Taxonomy, name: QName, **changes: Any) -> Taxonomy:
    concepts = [evolve(known, **changes) if known.qname == name else known for known in taxonomy.concepts]
    return evolve(taxonomy, concepts=concepts)


def _without_arcs(taxonomy: Taxonomy, arcrole: str, member: QName) -> Taxonomy:
    """The member is in no domain; the default goes too, as it is a member all the same."""
    arcs = [arc for arc in taxonomy.relationships if arc.target != member and arc.arcrole != arcrole]
    return evolve(taxonomy, relationships=arcs)


def _with_default(taxonomy: Taxonomy, axis: QName, member: QName) -> Taxonomy:
    arcs = [
        evolve(arc, target=member) if (arc.arcrole, arc.source) == (DIMENSION_DEFAULT, axis) else arc
        for arc in taxonomy.relationships
    ]
    return evolve(taxonomy, relationships=arcs)


def test_concepts_of_the_profile_that_no_item_uses_are_compared_too() -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END))
    unused = made.rules.concepts["us-gaap:Revenues"]
    other = Concept(
        qname=made.rules.qname(str(unused)), datatype=standard_type("stringItemType"), period_type="instant"
    )
    declared = evolve(made.taxonomy, concepts=(*made.taxonomy.concepts, other))
    (finding,) = [finding for finding in check_profile(made, declared=declared) if finding.is_error]
    assert "the period type duration, but it is instant" in finding.message
    assert finding.location.pointer == "/filing/profile"


def _with_type(bound: Any, item_type: str) -> Any:
    return evolve(bound, standard=evolve(bound.standard, item_type=item_type))


def test_what_the_taxonomy_declares_is_not_in_doubt(tmp_path: Path) -> None:
    made = filing(AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END), profile=doubting())
    assert "exporter:unverifiedConcepts" in {each.code for each in validate_filing(made)}
    with OFFLINE.resolver([package_of(made, tmp_path)], DEFAULT_LIMITS) as resolver:
        assert validate_filing(made, resolver=resolver) == ()


def test_an_own_type_of_the_taxonomy_is_one_derived_from_the_standard_type(tmp_path: Path) -> None:
    made = filing(DocumentInfo(over=YEAR, document_type="20-F", registrant="Acme"), profile="sec-ifrs")
    with OFFLINE.resolver([package_of(made, tmp_path)], DEFAULT_LIMITS) as resolver:
        codes = {each.code for each in validate_filing(made, resolver=resolver)}
    assert "exporter:standardConceptDiffers" not in codes
