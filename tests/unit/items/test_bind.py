"""Binding: which concept, unit, sign and dimensions an item's fields have."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.items import declare as d
from exporter.items.bind import bind
from exporter.items.bound import Namespace, inverted_text
from exporter.items.values import EntityKind, EntityRef, Money, Month, PerShare, Rate, Unknown
from exporter.model.dimensions import Entity, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant
from exporter.model.unit import Unit
from tests.unit.items.made import (
    CLOSE,
    NAMESPACE,
    OPEN,
    OWN,
    PAIR,
    YEAR,
    Colour,
    Event,
    Kind,
    Measure,
    Plan,
    Quote,
    Quotes,
    declared,
    facts_of,
)

YEN, DOLLARS = Money("5", "JPY"), Money("3", "USD")


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("5", "-5"),
        ("-5", "5"),
        ("+5", "-5"),
        ("0", "0"),
        ("-0", "0"),
        ("+0.00", "0.00"),
        ("-0.0", "0.0"),
        ("0.1", "-0.1"),
    ],
)
def test_a_sign_is_turned(text: str, turned: str) -> None:
    assert inverted_text(text) == turned


@pytest.mark.parametrize(
    ("uri", "role"),
    [
        (NAMESPACE, "http://acme.example.com/role/Plan"),
        ("urn:acme:2024", "urn:acme:2024/role/Plan"),
        ("https://a.b/c/d/", "https://a.b/role/Plan"),
    ],
)
def test_roles_stay_from_year_to_year(uri: str, role: str) -> None:
    assert Namespace(uri=uri, prefix="x").role("Plan") == role


CHOICES: list[tuple[Any, set[str]]] = [
    (Measure(at=YEAR, kind=Kind.GAIN, amount=YEN), {"MeasureGain"}),
    (Measure(at=CLOSE, kind=Kind.GAIN, amount=YEN), {"MeasureGainAtInstant"}),
    (Measure(at=YEAR, kind=Kind.COST, amount=YEN, basis=Colour.RED), {"MeasureCost", "MeasureCostBasis"}),
    (
        Measure(at=CLOSE, kind=Kind.COST, amount=YEN, basis=Colour.RED, remark="x"),
        {"MeasureCostAtInstant", "MeasureCostBasisAtInstant", "MeasureRemarkAtInstant"},
    ),
    (Event(on=dt.date(2024, 1, 5), name="x"), {"EventDate"}),
    (Event(on=Month(2024, 1), name="x"), {"EventMonth"}),
]


@pytest.mark.parametrize(("item", "concepts"), CHOICES)
def test_options_are_chosen(item: Any, concepts: set[str]) -> None:
    assert set(facts_of(item)) == concepts


def test_the_own_kind_of_period_goes_first() -> None:
    both = declared(
        "Both",
        at=(Instant | Duration, d.period()),
        a=(Money, d.concept_choice(d.option("BothEnd", period="instant"), d.option("BothFlow", period="duration"))),
        b=(Money | None, d.concept("BothEdge", period="instant", at="start", default=None)),
    )
    lasting = facts_of(both(at=YEAR, a=YEN, b=YEN))
    assert lasting.keys() == {"BothFlow", "BothEdge"}
    assert lasting["BothEdge"].period == OPEN
    assert facts_of(both(at=CLOSE, a=YEN)).keys() == {"BothEnd"}


def test_no_option_for_a_value() -> None:
    made = declared(
        "Half",
        at=(Instant, d.period()),
        kind=(Kind, d.selector()),
        a=(Money, d.concept_choice(d.option("HalfA", when={"kind": Kind.GAIN}))),
    )
    with pytest.raises(DeclarationError, match="no concept for a value of type Money"):
        facts_of(made(at=CLOSE, kind=Kind.COST, a=YEN))


def test_instants_at_the_edges_and_signs() -> None:
    facts = facts_of(Plan(over=YEAR, gain=YEN, loss=YEN, opening=YEN, closing=YEN))
    assert facts["PlanOpening"].period == OPEN
    assert facts["PlanClosing"].period == CLOSE
    assert facts["PlanGain"].period == YEAR
    assert (facts["PlanGain"].value, facts["PlanLoss"].value) == ("5", "-5")
    assert facts_of(Plan(over=YEAR, gain=YEN, loss=Money("0", "JPY")))["PlanLoss"].value == "0"


def test_dimensions() -> None:
    holder = EntityRef("Trust", Entity.cik(9), kind=EntityKind.PERSON)
    facts = facts_of(Plan(over=YEAR, holder=holder, colour=Colour.DEEP_BLUE, gain=YEN))
    assert facts["PlanGain"].dimensions == (
        ExplicitDimension(OWN.name("PlanColourAxis"), OWN.name("DeepBlueMember")),
        TypedDimension(OWN.name("PlanHolderAxis"), "Trust"),
    )
    assert facts["PlanHolderKind"].value == f"{NAMESPACE}#PersonMember"
    assert facts["PlanHolderIdentifier"].value == "http://www.sec.gov/CIK 0000000009"
    assert facts["PlanHolderKind"].dimensions == facts["PlanGain"].dimensions
    assert facts_of(Plan(over=YEAR, gain=YEN))["PlanGain"].dimensions == ()


def test_parts_of_an_entity_that_say_something() -> None:
    assert facts_of(Event(on=Month(2024, 1), name="x", party=EntityRef("A"))).keys() == {"EventMonth", "EventParty"}
    nameless = facts_of(Event(on=Month(2024, 1), name="x", party=EntityRef(identifier=Entity.cik(9))))
    assert nameless["EventParty"].value == nameless["EventPartyIdentifier"].value


def test_the_pair_is_a_unit_or_an_axis() -> None:
    facts = facts_of(Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Rate("107.22"), checked=True))
    assert facts["QuoteRate"].unit == Unit.rate(base="USD", quote="JPY")
    assert facts["QuoteRate"].dimensions == ()
    pair = ExplicitDimension(OWN.name("CurrencyPairAxis"), OWN.name("JPYPerUSDMember"))
    assert facts["QuoteChecked"].dimensions == (pair,)
    assert facts["QuoteRate"].period == Duration("2024-01-05", "2024-01-05")
    unknown = facts_of(Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Unknown("holiday")))
    assert unknown["QuoteRate"].unit == PAIR.unit
    assert unknown["QuoteRate"].value is None


@pytest.mark.parametrize(
    ("items", "more", "currency"),
    [
        ([Plan(over=YEAR, gain=Unknown("?"), loss=DOLLARS)], {}, "USD"),
        ([Plan(over=YEAR, gain=Unknown("?"), loss=DOLLARS)], {"currency": "EUR"}, "USD"),
        ([Plan(over=YEAR, gain=Unknown("?"), per_share=PerShare("1", "GBP"))], {}, "GBP"),
        ([Plan(over=YEAR, gain=Unknown("?"))], {"currency": "EUR"}, "EUR"),
        ([Plan(over=YEAR, gain=Unknown("?"))], {}, "USD"),
        ([Plan(over=YEAR, gain=Unknown("?")), Measure(at=CLOSE, kind=Kind.GAIN, amount=YEN)], {}, "JPY"),
    ],
)
def test_an_unknown_amount_has_a_currency(items: list[Any], more: dict[str, Any], currency: str) -> None:
    fact = facts_of(*items, **more)["PlanGain"]
    assert (fact.value, fact.unit) == (None, Unit.currency(currency))


def test_rows_are_bound_with_their_container() -> None:
    assert [binding.spec.cls for binding in bind([Quotes, Quote, Quotes], OWN)] == [Quotes, Quote]


@pytest.mark.parametrize(
    ("hint", "item_type", "message"),
    [
        (Money, "noSuchItemType", "no standard item type"),
        (Money, "stringItemType", "not reported as stringItemType"),
        (str, "monetaryItemType", "not reported as monetaryItemType"),
    ],
)
def test_an_item_type_must_fit(hint: Any, item_type: str, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        bind([declared("Misfit", at=(Instant, d.period()), a=(hint, d.concept("MisfitA", type=item_type)))], OWN)


def test_years_are_written_with_four_digits() -> None:
    made = declared("Dated", at=(Instant, d.period()), a=(int, d.concept("DatedA", type="gYearItemType")))
    assert facts_of(made(at=CLOSE, a=987))["DatedA"].value == "0987"
