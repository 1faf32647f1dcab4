"""The extension taxonomy of made-up classes, and Arelle's opinion of a filing of them.

Anchoring concepts of the filing's own in a standard taxonomy.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.filing import Filing
from exporter.findings import has_errors
from exporter.items import declare as d
from exporter.items.bind import bind
from exporter.items.bound import Namespace
from exporter.items.declare import concept, concept_choice, option, period, report_item
from exporter.items.taxonomy.derive import ROLE_NAME, derive_taxonomy, taxonomy_of
from exporter.items.values import EntityKind, EntityRef, Money, Month, Percent, PerShare, Rate, Ratio, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.export import export_filing
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.profiles.profile import Profile, StandardTaxonomy
from exporter.resources.resolver import Resolver
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.support.standard_package import CORE, CORE_ENTRY, write_standard_package
from tests.unit.items.made import (
    ACME,
    BEFORE,
    CLASSES,
    CLOSE,
    NAMESPACE,
    OPEN,
    OWN,
    PAIR,
    YEAR,
    Balance,
    Colour,
    Event,
    Kind,
    Measure,
    Notice,
    Plan,
    Quote,
    Quotes,
    declared,
)

YEN = Money("5", "JPY")


def taxonomy(*classes: type[Any]) -> Taxonomy:
    return derive_taxonomy(classes or CLASSES, namespace=NAMESPACE, prefix="acme", languages=("en", "ja"))


def arcs(made: Taxonomy, arcrole: str) -> list[Relationship]:
    return [arc for arc in made.relationships if arc.arcrole == arcrole]


def label(made: Taxonomy, name: str, role: str = roles.STANDARD, language: str = "en") -> str | None:
    found = [
        each.text
        for each in made.labels
        if (each.concept.local_name, each.role, each.language) == (name, role, language)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_class_has_one_hypercube_open_where_a_typed_axis_may_be_absent() -> None:
    made = taxonomy(Plan)
    cubes: dict[str, set[str]] = {}
    for arc in arcs(made, HYPERCUBE_DIMENSION):
        cubes.setdefault(arc.source.local_name, set()).add(arc.target.local_name)
    assert cubes == {"PlanTable": {"PlanColourAxis"}}
    assert [(arc.closed, arc.context_element) for arc in arcs(made, ALL)] == [(False, "scenario")]
    shown = {arc.target.local_name for arc in arcs(made, PARENT_CHILD) if arc.source.local_name == "PlanTable"}
    assert shown == {"PlanHolderAxis", "PlanColourAxis", "PlanRemarksAxis"}


def test_every_explicit_axis_has_its_domain_as_default() -> None:
    found = {(arc.source.local_name, arc.target.local_name) for arc in arcs(taxonomy(Plan), DIMENSION_DEFAULT)}
    assert found == {("PlanColourAxis", "ColourDomain")}
    required = declared("Must", at=(Instant, d.period()), c=(Colour, d.dimension("C")), a=(Money, d.concept("MustA")))
    assert [arc.target.local_name for arc in arcs(taxonomy(required), DIMENSION_DEFAULT)] == ["ColourDomain"]
    assert all(arc.closed for arc in arcs(taxonomy(required), ALL))


def test_a_concept_with_a_typed_axis_elsewhere_has_a_hypercube_without_axes() -> None:
    plain = declared("Plain", at=(Instant, d.period()), a=(Money, d.concept("SharedAmount")))
    cut = declared("Cut", at=(Instant, d.period()), who=(str, d.dimension("Who")), a=(Money, d.concept("SharedAmount")))
    made = taxonomy(plain, cut)
    tables = {arc.target.local_name for arc in arcs(made, ALL)}
    assert tables == {"PlainTable", "CutTable"}
    assert {arc.source.local_name for arc in arcs(made, HYPERCUBE_DIMENSION)} == {"CutTable"}
    assert arcs(taxonomy(plain), ALL) == []
    assert tables == {arc.target.local_name for arc in arcs(taxonomy(cut, plain), ALL)}


def test_weights_are_for_amounts_as_items_hold_them() -> None:
    found = [(arc.source.local_name, arc.target.local_name, arc.weight) for arc in arcs(taxonomy(Plan), SUMMATION_ITEM)]
    assert found == [("PlanNet", "PlanGain", Decimal(1)), ("PlanNet", "PlanLoss", Decimal(1))]


def test_sums_stay_within_a_kind_of_period() -> None:
    made = declared(
        "Sum",
        at=(Instant | Duration, d.period()),
        total=(Money, d.concept("SumTotal", sum_of=["part"])),
        part=(Money, d.concept("SumPart")),
    )
    found = {(arc.source.local_name, arc.target.local_name) for arc in arcs(taxonomy(made), SUMMATION_ITEM)}
    assert found == {("SumTotal", "SumPart"), ("SumTotalAtInstant", "SumPartAtInstant")}


PREFERRED = {
    "PlanGain": None,
    "PlanLoss": roles.NEGATED,
    "PlanNet": roles.TOTAL,
    "PlanOpening": roles.PERIOD_START,
    "PlanClosing": roles.PERIOD_END,
}


def test_preferred_labels_exist() -> None:
    made = taxonomy(Plan)
    shown = {arc.target.local_name: arc.preferred_label for arc in arcs(made, PARENT_CHILD)}
    assert {name: shown[name] for name in PREFERRED} == PREFERRED
    for name, role in PREFERRED.items():
        assert role is None or label(made, name, role) is not None


@pytest.mark.parametrize(
    ("name", "role", "language", "text"),
    [
        ("PlanLoss", roles.NEGATED, "en", "Plan Loss"),
        ("PlanLoss", roles.NEGATED, "ja", "計画損失"),
        ("PlanNet", roles.TOTAL, "ja", "計画純額合計"),
        ("PlanHolderAxis", roles.STANDARD, "ja", "計画の保有者 [軸]"),
        ("PlanAbstract", roles.STANDARD, "ja", "計画 [タイトル項目]"),
        ("PlanAbstract", roles.DOCUMENTATION, "ja", "計画である。"),
        ("PlanTable", roles.STANDARD, "ja", "計画 [表]"),
        ("RedMember", roles.STANDARD, "ja", "赤 [メンバー]"),
        ("MeasureGain", roles.STANDARD, "en", "Measure Gain"),
        ("MeasureGainAtInstant", roles.STANDARD, "en", "Measure Gain, At Instant"),
        ("MeasureGainAtInstant", roles.STANDARD, "ja", "尺度の利得、時点"),
        ("MeasureGainBasis", roles.STANDARD, "ja", "尺度の利得、基礎"),
        ("MeasureCost", roles.STANDARD, "en", "Measure Cost"),
        ("EventPartyIdentifier", roles.STANDARD, "en", "Event Party Identifier"),
        ("CurrencyPairAxis", roles.STANDARD, "ja", "通貨ペア [軸]"),
    ],
)
def test_labels(name: str, role: str, language: str, text: str) -> None:
    assert label(taxonomy(), name, role, language) == text


def test_labels_stay_where_only_the_standard_one_is_made() -> None:
    made = declared(
        "Ja", at=(Instant, d.period()), a=(Money, d.concept("JaAmount", label_ja="額", documentation_ja="文"))
    )
    found = taxonomy(made)
    assert label(found, "JaAmount") == "Ja Amount"
    assert label(found, "JaAmount", language="ja") == "額"
    assert label(found, "JaAmount", roles.DOCUMENTATION, "ja") == "文"


def test_references() -> None:
    (reference,) = taxonomy(Plan).references
    assert reference.concept.local_name == "PlanGain"
    assert [(name.local_name, text) for name, text in reference.parts] == [("Name", "Form"), ("Paragraph", "3")]


def one(name: str, concept: str, hint: Any = Money, **more: Any) -> type[Any]:
    return declared(name, at=(Instant, d.period()), a=(hint, d.concept(concept, **more)))


def cut(name: str, axis: str, hint: Any, **more: Any) -> type[Any]:
    return declared(
        name, at=(Instant, d.period()), x=(hint, d.dimension(axis, **more)), a=(Money, d.concept(f"{name}A"))
    )


OTHER_COLOUR = Enumeration("Colour", {"GREEN": "green"})  # type: ignore[arg-type]
SUM = {"at": (Instant, d.period()), "part": (Money, d.concept("BadPart", balance="credit"))}
CONFLICTS: dict[str, tuple[list[type[Any]], str]] = {
    "type": ([one("A", "X"), one("B", "X", str)], "X is declared twice and differently"),
    "balance": ([one("A", "X", balance="debit"), one("B", "X")], "declared twice and differently"),
    "period type": (
        [one("A", "X"), declared("B", at=(Duration, d.period()), a=(Money, d.concept("X")))],
        "declared twice and differently",
    ),
    "concept and axis": ([one("A", "XAxis", str), cut("B", "X", str)], "declared twice and differently"),
    "two labels": ([one("A", "X", label="One"), one("B", "X", label="Two")], "X has two labels .*'One' and 'Two'"),
    "one label for two": (
        [one("A", "X", label="Same"), one("B", "Y", label="Same")],
        "same standard label .en.: 'Same'",
    ),
    "one Japanese label for two": (
        [one("A", "X", label_ja="同"), one("B", "Y", label_ja="同")],
        "X and Y have the same standard label .ja.: '同'",
    ),
    "typed axis of two types": ([cut("A", "X", str), cut("B", "X", int)], "axis XAxis has values of two types"),
    "typed and explicit axis": ([cut("A", "X", str), cut("B", "X", Colour)], "declared twice and differently"),
    "axis of two enumerations": ([cut("A", "X", Colour), cut("B", "X", Kind)], "members of two enumerations"),
    "two enumerations of one name": (
        [cut("A", "X", Colour), cut("B", "Y", OTHER_COLOUR)],
        "two enumerations are called",
    ),
    "two classes of one name": ([one("A", "X"), one("A", "Y")], "two item classes are called A"),
    "weight against balance": (
        [declared("A", **SUM, t=(Money, d.concept("BadTotal", balance="debit", sum_of=["part"])))],
        "which their balances do not allow",
    ),
    "no classes": ([], "at least one item class"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflicts_are_refused(name: str) -> None:
    classes, message = CONFLICTS[name]
    with pytest.raises(DeclarationError, match=message):
        derive_taxonomy(classes, namespace=NAMESPACE, prefix="acme", languages=("en", "ja"))


def test_any_number_of_optional_typed_axes_makes_one_hypercube() -> None:
    axes = {f"x{n}": (str | None, d.dimension(f"Many{n}", default=None)) for n in range(6)}
    made = declared("Many", at=(Instant, d.period()), a=(Money, d.concept("ManyA")), **axes)
    assert [arc.target.local_name for arc in arcs(taxonomy(made), ALL)] == ["ManyTable"]


def test_the_order_is_the_same_every_time() -> None:
    assert tuple(taxonomy().relationships) == tuple(taxonomy().relationships)
    assert taxonomy() == taxonomy()


HOLDER = EntityRef("Trust", Entity.cik(9), kind=EntityKind.GROUP)
NOTES = (Footnote("Rounded."), Footnote("丸め", "ja", ("gain",)))
LOSS, NET = Money("2", "JPY"), Money("3", "JPY")
ITEMS: list[Any] = [
    Plan(over=YEAR, gain=YEN, loss=LOSS, net=NET, opening=YEN, closing=NET, remarks=("a", "b"), footnotes=NOTES),
    Plan(over=YEAR, holder=HOLDER, gain=Unknown("not disclosed"), loss=Money("0", "JPY")),
    Plan(over=YEAR, colour=Colour.RED, gain=YEN, per_share=PerShare("1.5", "JPY")),
    Plan(over=BEFORE, holder=EntityRef("Other"), colour=Colour.DEEP_BLUE, gain=YEN),
    Balance(at=CLOSE, closing=NET),
    Balance(at=Instant("2022-03-31"), closing=YEN),
    *(Measure(at=at, kind=kind, amount=YEN, basis=Colour.RED, remark="r") for at in (YEAR, OPEN) for kind in Kind),
    Quotes(rates=(Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Rate("107.22"), checked=True),)),
    Notice(over=YEAR, title="Title", body=TextBlock("<p>One &amp; <b>two</b></p>"), pages=3),
    Notice(over=YEAR, title="題", said_in="ja", pages=3),
    Event(on=dt.date(2024, 2, 29), name="x", party=HOLDER, share=Percent("5.0"), ratio=Ratio("1.5")),
    Event(on=Month(2024, 2), name="y"),
]


def test_arelle_accepts_all_of_it(tmp_path: Path) -> None:
    pytest.importorskip("arelle")
    from exporter.validation.arelle import ask_arelle

    filing = Filing(entity=ACME, period_end=CLOSE, prefix="acme", namespace=OWN.uri, items=ITEMS)
    export = export_filing(filing, tmp_path)
    verdicts = ask_arelle([tmp_path / "acme-20240331.xbrl", tmp_path / "acme-20240331.json"], calc="round", facts=True)
    for verdict in verdicts:
        assert not has_errors(verdict.findings), "\n".join(map(str, verdict.findings))
        assert len(verdict.facts) == export.facts


OWN_ANCHORS = Namespace(uri="http://acme.example.com/20241231", prefix="acme")
ROLE = "http://acme.example.com/role/Anchoring"


@report_item(label="Forest")
class Forest:
    wood: Money | None = concept(
        "StandingWood", balance="debit", wider=["core:Land", "other:Land"], label="Standing Wood", default=None
    )
    total: Money | None = concept("CashAndLand", balance="debit", narrower=("core:Cash", "core:Land"), default=None)
    either: Money | None = concept_choice(option("OwnLoans", balance="credit", wider="core:Loans"), default=None)
    at: Instant = period()


def profile(**more: object) -> Profile:
    core = StandardTaxonomy(prefix="core", namespace=CORE, schema=CORE_ENTRY, package="Standard 2024")
    return Profile(name="p", title="P", taxonomies={"core": core}, **more)  # type: ignore[arg-type]


def anchors(taxonomy: Taxonomy) -> set[tuple[str, str, str]]:
    return {
        (str(arc.source.local_name), str(arc.target.local_name), arc.role)
        for arc in taxonomy.relationships
        if arc.arcrole == WIDER_NARROWER
    }


EXPECTED = {
    ("Land", "StandingWood", ROLE),
    ("CashAndLand", "Cash", ROLE),
    ("CashAndLand", "Land", ROLE),
    ("Loans", "OwnLoans", ROLE),
}


def test_anchors_lead_from_wider_to_narrower_in_a_role_of_their_own() -> None:
    made = taxonomy_of(bind([Forest], OWN_ANCHORS, profile()))
    assert anchors(made) == EXPECTED
    role = made.role(ROLE)
    assert role is not None
    assert [name.local_name for name in role.used_on] == ["definitionLink"]
    assert {arc.arcrole for arc in made.relationships if arc.role == ROLE} == {WIDER_NARROWER}


def test_without_a_standard_taxonomy_there_is_nothing_to_anchor_to() -> None:
    made = taxonomy_of(bind([Forest], OWN_ANCHORS))
    assert anchors(made) == set()
    assert made.role(ROLE) is None


def test_the_linkbase_declares_the_arcrole_where_the_registry_has_it() -> None:
    files = write_taxonomy(taxonomy_of(bind([Forest], OWN_ANCHORS, profile())), "acme-20241231")
    text = files["acme-20241231_def.xml"].decode()
    assert 'arcroleURI="http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"' in text
    assert 'href="http://www.xbrl.org/lrr/arcrole/esma-arcrole-2018-11-21.xsd#wider-narrower"' in text
    assert f'href="{CORE_ENTRY}#core_Land"' in text


def test_anchors_are_read_back(tmp_path: Path) -> None:
    made = taxonomy_of(bind([Forest], OWN_ANCHORS, profile()))
    for name, data in write_taxonomy(made, "acme-20241231").items():
        (tmp_path / name).write_bytes(data)
    with read_taxonomy_package(write_standard_package(tmp_path / "standard.zip")) as package:
        read = load_taxonomy(["acme-20241231.xsd"], base=tmp_path, resolver=Resolver(catalogs=[package]))
    assert anchors(read) == EXPECTED
    own = {arc for arc in made.relationships if arc.arcrole == WIDER_NARROWER}
    assert {arc for arc in read.relationships if arc.arcrole == WIDER_NARROWER} == own
    assert read.network(WIDER_NARROWER, ROLE).to(OWN_ANCHORS.name("StandingWood"))[0].source.local_name == "Land"


@pytest.mark.parametrize("name", ["Land", "core:", ":Land", "core:La nd", "http://x#Land"])
def test_an_anchor_is_a_qualified_name(name: str) -> None:
    with pytest.raises(DeclarationError, match="prefix:name"):
        concept("Wood", wider=[name])


def test_the_role_name() -> None:
    assert OWN_ANCHORS.role(ROLE_NAME) == ROLE
