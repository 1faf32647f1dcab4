"""Advice on a filing's own concepts."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from exporter.findings import Finding, Severity
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.taxonomy.concepts import Concept, Label, RoleType
from exporter.taxonomy.networks import ALL, PARENT_CHILD, WIDER_NARROWER, Relationship
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.rule_sets import advise

STD = "http://standard.example.com/2024"
OWN = "http://acme.example.com/20241231"
MONEY = {"type": "monetaryItemType", "period_type": "instant", "balance": "debit"}
HEADING = {"type": "stringItemType", "period_type": "duration", "balance": None, "abstract": True}


def std(name: str) -> QName:
    return QName(STD, name, prefix="std")


def own(name: str) -> QName:
    return QName(OWN, name, prefix="acme")


def taxonomy(namespace: str, *declared: tuple[Any, ...], **more: Any) -> Taxonomy:
    """Concepts as (name, label, options); label ``None`` for none."""
    prefix = "std" if namespace == STD else "acme"
    concepts, labels = [], []
    for name, text, options in declared:
        given = {**MONEY, **options}
        qname = QName(namespace, name, prefix=prefix)
        concepts.append(Concept(qname=qname, datatype=standard_type(given.pop("type")), **given))
        labels += [] if text is None else [Label(concept=qname, text=text)]
    return Taxonomy(namespace=namespace, prefix=prefix, concepts=concepts, labels=labels, **more)


STANDARD = taxonomy(
    STD,
    ("TradeReceivables", "Trade receivables", {}),
    ("OtherReceivables", "Other receivables", {}),
    ("OtherCurrentReceivables", "Other current receivables", {}),
    ("Revenue", "Revenue", {"period_type": "duration", "balance": "credit"}),
    ("SegmentsAxis", "Segments [Axis]", {**HEADING, "kind": "dimension"}),
)


def found(*declared: tuple[Any, ...], standard: Any = (), **options: Any) -> list[tuple[str, str]]:
    return [(one.location.item or "", one.code) for one in advise(taxonomy(OWN, *declared), standard, **options)]


def codes(name: str, label: str | None, options: dict[str, Any] | None = None, **more: Any) -> set[str]:
    return {code.removeprefix("exporter:") for _, code in found((name, label, options or {}), **more)}


def test_a_sound_extension_needs_no_advice() -> None:
    assert found(
        ("ReceivablesFromLessees", "Receivables from lessees", {}),
        ("LeasesAxis", "Leases [Axis]", {**HEADING, "kind": "dimension"}),
        ("LeasesTable", "Leases [Table]", {**HEADING, "kind": "hypercube"}),
        ("LeasesDomain", "Leases [Domain]", {**HEADING, "type": "domainItemType"}),
        ("ShortLeasesMember", "Short leases [Member]", {**HEADING, "type": "domainItemType"}),
        ("LeasesLineItems", "Leases [Line items]", HEADING),
        ("LeasesAbstract", "Leases [Abstract]", HEADING),
        ("LeasesTextBlock", "Leases [Text block]", {**HEADING, "type": "textBlockItemType", "abstract": False}),
        standard=STANDARD,
    ) == []  # fmt: skip


# Needless concepts


@pytest.mark.parametrize("label", ["Trade receivables", "Receivables, trade", "TRADE RECEIVABLE"])
def test_a_concept_that_the_standard_has(label: str) -> None:
    (finding,) = [
        one for one in advise(taxonomy(OWN, ("TradeReceivable", label, {})), STANDARD) if "needless" in one.code
    ]
    assert finding.severity is Severity.WARNING
    assert finding.location.item == "acme:TradeReceivable"
    assert "std:TradeReceivables (Trade" in (finding.fix or "")


@pytest.mark.parametrize(
    "options", [{"period_type": "duration"}, {"balance": "credit"}, {"type": "sharesItemType", "balance": None}]
)
def test_what_differs_in_type_period_or_balance_is_needed(options: dict[str, Any]) -> None:
    assert "needlessExtension" not in codes("TradeReceivables", "Trade receivables", options, standard=STANDARD)


def test_the_nearest_are_named() -> None:
    extension = taxonomy(OWN, ("OtherCurrentTradeReceivables", "Other current trade receivables", {}))
    (finding,) = advise(extension, [STANDARD])
    assert (finding.code, finding.severity) == ("exporter:similarConcept", Severity.INFO)
    assert finding.message.endswith("std:OtherCurrentReceivables (Other current receivables)")


def test_the_standard_may_be_what_the_extension_builds_on() -> None:
    alone = taxonomy(OWN, ("TradeReceivables", "Trade receivables", {}))
    whole = evolve(alone, concepts=(*alone.concepts, *STANDARD.concepts), labels=(*alone.labels, *STANDARD.labels))
    assert [one.code for one in advise(alone)] == []
    assert [one.code for one in advise(whole)] == ["exporter:needlessExtension"]


# Names


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("NetIncomeLoss", "Net income (loss)"),
        ("LoansToBanks", "Loans to the banks"),
        ("CostOfSales", "Cost of sales"),
        ("CostSales", "Cost of Sales"),
        ("NoncurrentAssets", "Non-current assets"),
        ("SegmentsAbstract", "Segments [Abstract]"),
        ("Segments", "Segments [Abstract]"),
        ("Proceeds", "売上高"),
    ],
)
def test_camel_forms(name: str, label: str) -> None:
    assert "nameNotOfLabel" not in codes(name, label)


@pytest.mark.parametrize(
    ("name", "label", "offered"),
    [
        ("NetLoss", "Net income (loss)", "NetIncomeLoss"),
        ("BanksLoans", "Loans to banks", "LoansToBanks"),
        ("Sales", "Cost of sales", "CostOfSales"),
    ],
)
def test_other_forms(name: str, label: str, offered: str) -> None:
    said = [one for one in advise(taxonomy(OWN, (name, label, {}))) if one.code == "exporter:nameNotOfLabel"]
    assert [one.fix for one in said] == [f"call it {offered}, or change the label"]
    assert said[0].severity is Severity.INFO


@pytest.mark.parametrize("name", ["netLoss", "Net-Loss", "Net_Loss", "N" * 201])
def test_the_form_of_a_name(name: str) -> None:
    assert "nameForm" in codes(name, None)


@pytest.mark.parametrize(
    "name", ["Loans2024", "LoansFY", "LoansFY2024", "Q1Loans", "LoansDecember31", "LoansH1", "Loans2Q"]
)
def test_a_period_in_a_name(name: str) -> None:
    assert "periodInName" in codes(name, None)


@pytest.mark.parametrize("name", ["Ifrs16Effect", "H2OSupplies", "Marches", "CodeSection401k", "Loans12345"])
def test_no_period_in_a_name(name: str) -> None:
    assert "periodInName" not in codes(name, None)


def test_the_company_in_a_name() -> None:
    assert "companyInName" in codes("LoansToAcmeBank", None, company=["ACME"])
    assert "companyInName" not in codes("Placements", None, company=["ace"])


@pytest.mark.parametrize(
    ("name", "options", "wrong"),
    [
        ("Segments", {**HEADING, "kind": "dimension"}, True),
        ("Segments", {**HEADING, "kind": "hypercube"}, True),
        ("Segments", {**HEADING, "type": "domainItemType"}, True),
        ("Segments", HEADING, True),
        ("SegmentsAxis", MONEY, True),
        ("SegmentsMember", MONEY, True),
        ("SegmentsLineItems", MONEY, True),
        ("SegmentsAbstract", MONEY, True),
        ("SegmentsTextBlock", MONEY, True),
        ("SegmentsAxis", HEADING, True),
        ("Notes", {**HEADING, "type": "textBlockItemType", "abstract": False}, True),
        ("NotesExplanatory", {**HEADING, "type": "textBlockItemType", "abstract": False}, False),
        ("SegmentsRollForward", HEADING, False),
        ("PoolTable", MONEY, False),
        ("Segments", MONEY, False),
    ],
)
def test_endings_tell_the_kind(name: str, options: dict[str, Any], wrong: bool) -> None:
    assert ("endingOfName" in codes(name, None, options)) is wrong


def test_money_has_a_balance() -> None:
    assert "balanceMissing" in codes("Loans", "Loans", {"balance": None})
    assert "balanceMissing" not in codes("Loans", "Loans")
    assert "balanceMissing" not in codes("Shares", "Shares", {"type": "sharesItemType", "balance": None})


def test_headings_last() -> None:
    assert "abstractAtInstant" in codes("LoansAbstract", None, {**HEADING, "period_type": "instant"})


# Labels


def test_labels() -> None:
    assert "labelMissing" in codes("Loans", None)
    assert "labelForm" in codes("Loans", "L" * 512)
    assert "labelForm" not in codes("Loans", "L" * 511)
    assert "labelForm" in codes("Loans", " Loans")
    assert "labelForm" in codes("LoansToBanks", "Loans  to banks")
    said = found(("Loans", "Loans", {}), ("Credits", "Loans", {}))
    assert ("acme:Credits", "exporter:sameLabel") in said
    assert ("acme:Loans", "exporter:sameLabel") not in said


def test_the_style_of_the_standard_is_the_style_wanted() -> None:
    titled = taxonomy(STD, *((f"Kind{number}", f"Kind of Thing {number}", {}) for number in range(30)))
    plain = taxonomy(STD, *((f"Kind{number}", f"Kind of thing {number}", {}) for number in range(30)))
    assert "labelForm" in codes("LoansToBanks", "Loans to banks", standard=titled)
    assert "labelForm" not in codes("LoansToBanks", "Loans to Banks", standard=titled)
    assert "labelForm" not in codes("WriteOffs", "Write-offs", standard=titled)
    assert "labelForm" not in codes("LoansToBanks", "Loans to banks", standard=plain)


# Anchors


def anchored(*arcs: Relationship, definition: str = "Statement of financial position", **options: Any) -> list[Finding]:
    role = RoleType(uri=f"{OWN}/role/main", id="main", definition=definition)
    shown = Relationship(arcrole=PARENT_CHILD, role=role.uri, source=std("Head"), target=own("LeaseReceivables"))
    extension = taxonomy(
        OWN, ("LeaseReceivables", "Lease receivables", options), roles=[role], relationships=[shown, *arcs]
    )
    whole = evolve(
        extension, concepts=(*extension.concepts, *STANDARD.concepts), labels=(*extension.labels, *STANDARD.labels)
    )
    return [one for one in advise(whole, anchoring=True) if "nchor" in one.code]


def arc(source: QName, target: QName, role: str = "anchors") -> Relationship:
    return Relationship(arcrole=WIDER_NARROWER, role=f"{OWN}/role/{role}", source=source, target=target)


def test_line_items_are_anchored() -> None:
    (finding,) = anchored()
    assert (finding.code, finding.severity) == ("exporter:unanchoredConcept", Severity.WARNING)
    assert "std:OtherReceivables (Other receivables)" in (finding.fix or "")
    assert anchored(arc(std("OtherReceivables"), own("LeaseReceivables"))) == []
    assert anchored(arc(own("LeaseReceivables"), std("TradeReceivables"))) == []


def test_notes_may_do_without() -> None:
    (finding,) = anchored(definition="000012 - Disclosure - Leases")
    assert finding.severity is Severity.INFO
    assert [one.severity for one in anchored(definition="[822390] Notes - Leases")] == [Severity.INFO]


def test_text_blocks_and_headings_are_not_anchored() -> None:
    assert anchored(type="textBlockItemType", balance=None, period_type="duration") == []
    assert anchored(type="stringItemType", balance=None, period_type="duration", abstract=True) == []


def test_anchors_that_tie_nothing() -> None:
    said = [one.code for one in anchored(arc(own("LeaseReceivables"), own("LeaseReceivables")))]
    assert said == ["exporter:unanchoredConcept", "exporter:wrongAnchor"]
    cube = Relationship(
        arcrole=ALL, role=f"{OWN}/role/cube", source=std("A"), target=std("B"), context_element="scenario"
    )
    said = [one.code for one in anchored(arc(std("OtherReceivables"), own("LeaseReceivables"), "cube"), cube)]
    assert said == ["exporter:wrongAnchor"]


def test_anchors_of_another_kind() -> None:
    (finding,) = anchored(arc(std("Revenue"), own("LeaseReceivables")))
    assert (finding.code, finding.severity) == ("exporter:anchorDiffers", Severity.INFO)
    assert "period type" in finding.message


def test_advice_comes_in_the_order_of_concepts() -> None:
    said = [name for name, _ in found(("B2", None, {}), ("a1", None, {"balance": None}))]
    assert said == sorted(said)
    assert set(said) == {"acme:B2", "acme:a1"}
