"""What is compiled from the declaration of a class.

Item classes that are declared wrongly.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from exporter.errors import DeclarationError
from exporter.items import declare as d
from exporter.items.compile import item_specification
from exporter.items.values import CurrencyPair, EntityRef, Money, Month, Percent, Rate, Ratio, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import Footnote
from exporter.model.period import Duration, Instant
from tests.unit.items.made import Colour, Event, Kind, Measure, Plan, declared

pytestmark = pytest.mark.door("attrs")


def test_what_is_no_item_is_refused() -> None:
    with pytest.raises(DeclarationError, match="decorate it with @report_item"):
        item_specification(str)


def test_a_subclass_must_be_decorated_itself() -> None:
    child = type("Child", (Event,), {})
    with pytest.raises(DeclarationError, match="decorate it"):
        item_specification(child)


def test_a_type_that_is_no_name_is_refused() -> None:
    with pytest.raises(DeclarationError, match="names of its module"):
        item_specification(declared("Made", at=("Nowhere", d.period())))


def test_a_specification_is_compiled_once() -> None:
    assert item_specification(Plan) is item_specification(Plan)


@pytest.mark.parametrize(
    ("cls", "names"),
    [
        (Measure, {"MeasureGain": "duration", "MeasureGainAtInstant": "instant", "MeasureCost": "duration"}),
        (Measure, {"MeasureGainBasis": "duration", "MeasureCostBasisAtInstant": "instant"}),
        (Plan, {"PlanHolderKind": "duration", "PlanHolderIdentifier": "duration", "PlanOpening": "instant"}),
        (Event, {"EventDate": "duration", "EventMonth": "duration", "EventPartyKind": "duration"}),
    ],
)
def test_concepts_of_a_class(cls: type[Any], names: dict[str, str]) -> None:
    found: dict[str, str] = {concept.name: concept.period_type for concept in item_specification(cls).concepts}
    assert names.items() <= found.items()


AT = {"at": (Instant, d.period())}
YEN = Money("5", "JPY")


class Twice(Enumeration):
    A_B = "a_b"
    AB = "a-b"


class Numbered(Enumeration):
    FIRST = "1st"


WRONG: dict[str, tuple[dict[str, tuple[Any, Any]], str]] = {
    "no period": ({"a": (Money, d.concept("A"))}, r"has a period\(\) field"),
    "no period, a dimension": ({"a": (str, d.dimension("A"))}, r"has a period\(\) field"),
    "two periods": ({**AT, "b": (Instant, d.period())}, "more than one period field"),
    "two units": ({**AT, "p": (CurrencyPair, d.unit()), "q": (CurrencyPair, d.unit())}, "more than one unit field"),
    "two languages": ({**AT, "p": (str, d.language()), "q": (str, d.language())}, "more than one language field"),
    "two notes": (
        {"p": (tuple[Footnote, ...], d.notes()), "q": (tuple[Footnote, ...], d.notes())},
        "more than one notes field",
    ),
    "two rows": ({"p": (tuple[Event, ...], d.rows()), "q": (tuple[Event, ...], d.rows())}, "more than one rows field"),
    "period of another type": ({"at": (str, d.period())}, "a period is an Instant"),
    "period unknown": ({"at": (Instant | Unknown, d.period())}, "always known"),
    "period absent": ({"at": (Instant | None, d.period(default=None))}, "always known"),
    "duration or day": ({"at": (Duration | dt.date, d.period())}, "tells these kinds of period apart"),
    "duration or month": ({"at": (Duration | Month, d.period())}, "tells these kinds of period apart"),
    "instant or day": ({"at": (Instant | dt.date, d.period())}, "tells these kinds of period apart"),
    "type that is no value": ({**AT, "a": (float, d.concept("A"))}, "cannot be reported"),
    "pair of values": ({**AT, "a": (tuple[str, int], d.concept("A"))}, r"only tuple\[X, \.\.\.\]"),
    "several amounts": ({**AT, "a": (tuple[Money, ...], d.concept("A"))}, r"only tuple\[str, \.\.\.\]"),
    "text or amount": ({**AT, "a": (str | Money, d.concept("A"))}, "could not be told"),
    "one concept, two types": ({**AT, "a": (Percent | Ratio, d.concept("A"))}, "values of two types"),
    "one concept, two fields": ({**AT, "a": (Money, d.concept("A")), "b": (Money, d.concept("A"))}, "a and b report"),
    "one concept, two choices": (
        {
            **AT,
            "kind": (Kind, d.selector()),
            "a": (
                Money,
                d.concept_choice(d.option("A", when={"kind": Kind.GAIN}), d.option("A", when={"kind": Kind.COST})),
            ),
        },
        "for two choices",
    ),
    "part of an entity": (
        {**AT, "a": (EntityRef, d.concept("A")), "b": (str, d.concept("AIdentifier"))},
        "a.Identifier and b report",
    ),
    "dimension unknown": ({**AT, "a": (str | Unknown, d.dimension("A"))}, "a dimension has one type"),
    "dimension of several": ({**AT, "a": (tuple[str, ...], d.dimension("A"))}, "a dimension has one type"),
    "dimension of two types": ({**AT, "a": (str | int, d.dimension("A"))}, "a dimension has one type"),
    "dimension of an amount": ({**AT, "a": (Money, d.dimension("A"))}, "an axis has values of the types str"),
    "two axes of one name": ({**AT, "a": (str, d.dimension("A")), "b": (str, d.dimension("A"))}, "another axis AAxis"),
    "axis of the pair": (
        {**AT, "p": (CurrencyPair, d.unit()), "a": (str, d.dimension("CurrencyPair"))},
        "another axis CurrencyPairAxis",
    ),
    "selector no enumeration": ({**AT, "a": (str, d.selector())}, "a selector is an enumeration"),
    "selector absent": ({**AT, "a": (Kind | None, d.selector(default=None))}, "always given"),
    "selector idle": ({**AT, "kind": (Kind, d.selector()), "a": (Money, d.concept("A"))}, "no option asks for"),
    "choice by no selector": (
        {**AT, "a": (Money, d.concept_choice(d.option("A", when={"kind": Kind.GAIN})))},
        "'kind', which is no selector",
    ),
    "choice by no value": (
        {**AT, "kind": (Kind, d.selector()), "a": (Money, d.concept_choice(d.option("A", when={"kind": "gain"})))},
        "that does not exist: 'gain'",
    ),
    "option for another type": ({**AT, "a": (Money, d.concept_choice(d.option("A", of=Month)))}, "for another type"),
    "unit absent": ({**AT, "p": (CurrencyPair | None, d.unit(default=None))}, "is a CurrencyPair and always given"),
    "unit of a string": ({**AT, "p": (str, d.unit())}, "is a CurrencyPair"),
    "rate without a pair": ({**AT, "a": (Rate, d.concept("A"))}, r"a Rate needs a unit\(\) field"),
    "language of another type": ({**AT, "p": (int, d.language())}, "is a str, or None"),
    "notes of strings": ({"p": (tuple[str, ...], d.notes())}, r"tuple\[Footnote"),
    "rows of no items": ({"p": (tuple[str, ...], d.rows())}, "is a tuple of report items"),
    "provenance of a number": ({**AT, "p": (int, d.provenance(default=1))}, "is a str or a SourceRef"),
    "companion of nothing": ({**AT, "a": (Kind, d.companion("Basis", of="b"))}, "'b', which is no concept"),
    "companion of an axis": (
        {**AT, "b": (str, d.dimension("B")), "a": (Kind, d.companion("Basis", of="b"))},
        "'b', which is no concept",
    ),
    "companion of a companion": (
        {
            **AT,
            "b": (Money, d.concept("B")),
            "c": (Kind, d.companion("Basis", of="b")),
            "e": (Colour, d.companion("Hue", of="c")),
        },
        "'c', which is no concept",
    ),
    "balance of a count": ({**AT, "a": (int, d.concept("A", balance="debit"))}, "a balance is for amounts of money"),
    "duration at an instant": ({**AT, "a": (Money, d.concept("A", period="duration"))}, "at an instant"),
    "sum of nothing": ({**AT, "a": (Money, d.concept("A", sum_of=["b"]))}, "a sum of 'b', which is no other number"),
    "sum of itself": ({**AT, "a": (Money, d.concept("A", sum_of=["a"]))}, "no other number"),
    "sum of text": (
        {**AT, "a": (Money, d.concept("A", sum_of=["b"])), "b": (str, d.concept("B"))},
        "no other number",
    ),
    "weight of zero": (
        {**AT, "a": (Money, d.concept("A", sum_of={"b": 0})), "b": (Money, d.concept("B"))},
        "with the weight 0",
    ),
    "absent without default": ({**AT, "a": (Money | None, d.concept("A"))}, "has the default None"),
    "absent with another default": ({**AT, "a": (Money | None, d.concept("A", default=YEN))}, "has the default None"),
    "lines with a default": ({**AT, "a": (tuple[str, ...], d.concept("A", default=("x",)))}, r"has the default \(\)"),
    "field called type": ({**AT, "type": (str, d.concept("A"))}, "no field is called 'type'"),
    "private field": ({**AT, "_a": (str, d.concept("A"))}, "underscore"),
    "plain attribute": ({**AT, "a": (str, attrs.field())}, r"is declared with concept\(\)"),
    "members of one name": ({**AT, "a": (Twice, d.concept("A"))}, "are both called ABMember"),
    "members without a name": ({**AT, "a": (Numbered, d.concept("A"))}, "'1st' makes no name"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_class_declared_wrongly_is_refused(name: str) -> None:
    fields, message = WRONG[name]
    with pytest.raises(DeclarationError, match=message):
        item_specification(declared("Made", **fields))
