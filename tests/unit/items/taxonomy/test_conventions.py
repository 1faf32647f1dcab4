"""A regulator's conventions for a taxonomy: roles, types, defaults, line items, files of labels."""

from __future__ import annotations

from exporter.disclosures import ConsecutiveLossYears, EdinetCover, MonetaryFact, SecuritiesHolding
from exporter.disclosures.monetary_facts import MonetaryMeaning
from exporter.filing import Filing
from exporter.items import declare as d
from exporter.items.values import Money, Ratio
from exporter.items.values.enumeration import Enumeration
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.taxonomy.networks import ALL, DIMENSION_DEFAULT, DOMAIN_MEMBER, PARENT_CHILD, WIDER_NARROWER


class Tier(Enumeration):
    """A tier."""

    FIRST = "first", "First"
    SECOND = "second", "Second"


@d.report_item(label="Reserve")
class Reserve(d.ReportItem):
    """A reserve of some tier."""

    as_of: Instant = d.period()
    tier: Tier = d.dimension("ReserveTier", label="Tier")
    amount: Money = d.concept("ReserveAmount", label="Reserve, Amount", documentation="How much.")


@d.report_item(label="Target", label_ja="目標")
class Target(d.ReportItem):
    """A target, without any axis."""

    as_of: Instant = d.period()
    share: Ratio = d.concept("TargetShare", label="Target, Share", label_ja="目標の割合")
    kind: Tier = d.concept("TargetTier", label="Target, Tier")


END = Instant("2024-12-31")
YEAR = Duration("2024-01-01", "2024-12-31")
LEI = Entity("http://standards.iso.org/iso/17442", "529900T8BM49AURSDO55")
ESMA = "https://www.esma.europa.eu/taxonomy/2024-03-27/esef_cor.xsd"
LINE_ITEMS = "https://www.esma.europa.eu/xbrl/role/cor/esef_role-999999"
DEFAULTS = "http://www.esma.europa.eu/xbrl/role/cor/ifrs-dim_role-990000"
ITEMS = [
    Reserve(as_of=END, tier=Tier.FIRST, amount=Money("1", "EUR")),
    Target(as_of=END, share=Ratio("2"), kind=Tier.SECOND),
]


def esef(**more: object) -> Filing:
    return Filing(entity=LEI, items=ITEMS, period_end=END, prefix="abc", profile="esef-ifrs", **more)  # type: ignore[arg-type]


def test_esef_files_are_named_as_the_manual_asks() -> None:
    assert list(esef().taxonomy_files) == [
        f"abc-2024-12-31{ending}" for ending in (".xsd", "_lab-en.xml", "_pre.xml", "_def.xml", "_cal.xml")
    ]
    assert b"<link:calculationLink" in esef().taxonomy_files["abc-2024-12-31_cal.xml"]


def test_esef_defaults_and_line_items_stand_in_the_dedicated_roles() -> None:
    taxonomy = esef().taxonomy
    defaults = [arc for arc in taxonomy.relationships if arc.arcrole == DIMENSION_DEFAULT]
    assert {(arc.source.local_name, arc.role) for arc in defaults} == {("ReserveTierAxis", DEFAULTS)}
    (cube,) = (arc for arc in taxonomy.relationships if arc.arcrole == ALL and arc.role == LINE_ITEMS)
    assert (cube.target.local_name, cube.closed) == ("LineItemsNotDimensionallyQualified", True)
    members = {
        arc.target.local_name
        for arc in taxonomy.relationships
        if (arc.arcrole, arc.role) == (DOMAIN_MEMBER, LINE_ITEMS)
    }
    assert members == {"TargetShare", "TargetTier"}
    assert {role.uri for role in taxonomy.roles if role.schema == ESMA} == {DEFAULTS, LINE_ITEMS}
    assert ESMA in {entry.location for entry in taxonomy.imports}


def parents(filing: Filing, name: str) -> set[str]:
    """What stands above a concept of the filing's own in its presentation, by local name."""
    arcs = [arc for arc in filing.taxonomy.relationships if arc.arcrole == PARENT_CHILD]
    return {arc.source.local_name for arc in arcs if arc.target == QName(filing.taxonomy.namespace, name)}


NOTES = "NotesAccountingPoliciesAndMandatoryTags"


def test_esef_groups_with_a_line_item_without_an_anchor_are_notes() -> None:
    filing = esef()
    assert parents(filing, "ReserveAbstract") == {NOTES}
    assert parents(filing, "TargetAbstract") == {NOTES}
    assert filing.taxonomy.concept(QName("http://www.esma.europa.eu/taxonomy/2024-03-27/esef_cor", NOTES)) is not None


def test_esef_amounts_of_disclosures_are_anchored() -> None:
    holding = SecuritiesHolding(as_of=END, amount=Money("1", "EUR"))
    filing = Filing(entity=LEI, items=[holding], period_end=END, prefix="abc", profile="esef-ifrs")
    arcs = [arc for arc in filing.taxonomy.relationships if arc.arcrole == WIDER_NARROWER]
    ends = [(arc.source.local_name, arc.target.local_name) for arc in arcs]
    assert ends == [("FinancialAssets", "AvailableForSaleSecuritiesCarryingAmount")]
    assert parents(filing, "SecuritiesHoldingAbstract") == set()


def test_esef_statements_keep_amounts_and_leave_the_rest_to_notes() -> None:
    expenses = MonetaryFact(meaning=MonetaryMeaning.OPERATING_EXPENSES, at=YEAR, amount=Money("5", "EUR"))
    losses = ConsecutiveLossYears(over=YEAR, years=2)
    items = [expenses, losses]
    filing = Filing(entity=LEI, items=items, period_end=END, prefix="abc", profile="esef-ifrs", audience="analyst")
    assert parents(filing, "OperatingExpenses") == {"StatementOfFinancialPositionAbstract"}
    assert parents(filing, "NumberOfConsecutiveFiscalYearsWithNetLoss") == {NOTES}


def test_esef_roles_whose_line_items_all_go_to_the_notes_are_gone() -> None:
    items = [ConsecutiveLossYears(over=YEAR, years=2)]
    filing = Filing(entity=LEI, items=items, period_end=END, prefix="abc", profile="esef-ifrs", audience="analyst")
    own = {role.uri for role in filing.taxonomy.roles if role.schema is None}
    assert own == {arc.role for arc in filing.taxonomy.relationships if arc.arcrole == PARENT_CHILD}


def test_other_regulators_take_no_anchors() -> None:
    expenses = MonetaryFact(meaning=MonetaryMeaning.OPERATING_EXPENSES, at=YEAR, amount=Money("5", "EUR"))
    filing = Filing(entity=Entity.cik("0001090633"), items=[expenses], period_end=END, prefix="abc", profile="sec-ifrs")
    assert filing.taxonomy.concept(QName(filing.taxonomy.namespace, "OperatingExpenses")) is not None
    assert not any(arc.arcrole == WIDER_NARROWER for arc in filing.taxonomy.relationships)


def test_esef_types_balances_and_enumerations() -> None:
    filing = esef()
    concepts = {concept.qname.local_name: concept for concept in filing.taxonomy.concepts}
    first = concepts["FirstMember"].datatype
    assert first is not None
    assert first.name.namespace == "http://www.xbrl.org/dtr/type/2022-03-31"
    assert concepts["ReserveAmount"].balance == "debit"
    tier = concepts["TargetTier"]
    assert (tier.datatype and tier.datatype.name.local_name, tier.enumeration) == ("stringItemType", None)
    report = filing.to_report()
    assert {fact.value for fact in report.facts if fact.concept.local_name == "TargetTier"} == {"SecondMember"}


def test_edinet_roles_types_and_files() -> None:
    filing = Filing(
        entity=Entity("http://disclosure.edinet-fsa.go.jp", "E04481-000"),
        items=ITEMS,
        period_end=END,
        prefix="jpcrp030000-asr_E04481-000",
        namespace="http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E04481-000/2024-12-31/01/2025-03-28",
        profile="edinet",
    )
    base = "jpcrp030000-asr-001_E04481-000_2024-12-31_01_2025-03-28"
    names = set(filing.taxonomy_files)
    assert {f"{base}.xsd", f"{base}_lab.xml", f"{base}_lab-en.xml"} <= names
    assert b'xml:lang="en"' not in filing.taxonomy_files[f"{base}_lab.xml"]
    assert {(role.uri, role.id) for role in filing.taxonomy.roles if "Reserve" in role.uri} == {
        ("http://disclosure.edinet-fsa.go.jp/role/jpcrp-asr/rol_Reserve", "rol_Reserve")
    }
    schema = filing.taxonomy_files[f"{base}.xsd"]
    assert b"http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd" in schema
    assert b"https://" not in schema


def test_edinet_labels_have_japanese_twins_and_the_cover_a_standard_role() -> None:
    cover = EdinetCover(as_of=END, filing_date=END.date, document_title="有価証券報告書")
    filing = Filing(
        entity=Entity("http://disclosure.edinet-fsa.go.jp", "E04481-000"),
        items=[*ITEMS, cover],
        period_end=END,
        prefix="jpcrp030000-asr_E04481-000",
        namespace="http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E04481-000/2024-12-31/01/2025-03-28",
        profile="edinet",
    )
    labels = filing.taxonomy.labels
    in_japanese = {(label.concept, label.role) for label in labels if label.language == "ja"}
    assert {(label.concept, label.role) for label in labels} == in_japanese
    (role,) = (role for role in filing.taxonomy.roles if "FormNo3AnnualSecuritiesReport" in role.uri)
    assert role.schema is not None
    assert role.schema.endswith("jpcrp_rt_2025-11-01.xsd")
    presented = {arc.target.local_name for arc in filing.taxonomy.relationships if arc.role == role.uri}
    assert {"DocumentTitleCoverPage", "FilingDateCoverPage"} <= presented


def test_a_namespace_of_another_form_gives_the_usual_names() -> None:
    filing = Filing(entity=LEI, items=ITEMS, period_end=END, prefix="abc", profile="edinet")
    assert filing.base_name == "abc-20241231"


def test_a_profile_without_conventions_leaves_the_taxonomy_as_it_is() -> None:
    filing = Filing(entity=LEI, items=ITEMS, period_end=END, prefix="abc")
    assert not any(role.schema for role in filing.taxonomy.roles)
    assert list(filing.taxonomy_files)[1] == "abc-20241231_lab.xml"
