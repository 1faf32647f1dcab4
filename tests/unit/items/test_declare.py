"""Field specifiers: what they refuse, and what they declare.

The class decorator: what it refuses, and what it makes.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from exporter.errors import DeclarationError, ItemError
from exporter.items import declare as d
from exporter.items.declarations import METADATA_KEY
from exporter.items.declare import report_item
from exporter.items.labels import Labels
from exporter.items.values import Money
from exporter.model.period import Instant
from tests.unit.items.made import CLOSE, Balance, Event, Kind, declared

BAD_SPECIFIERS: list[tuple[Any, str]] = [
    (lambda: d.concept("lower"), "starts with a capital"),
    (lambda: d.concept("Has Space"), "starts with a capital"),
    (lambda: d.concept("A" * 201), "at most 200"),
    (lambda: d.concept("Ünicode"), "starts with a capital"),
    (lambda: d.dimension("holder"), "starts with a capital"),
    (lambda: d.companion("of it", of="x"), "starts with a capital"),
    (lambda: d.option("x"), "starts with a capital"),
    (lambda: d.concept("A", period="Instant"), "period is 'instant' or 'duration', got 'Instant'"),  # type: ignore[arg-type]
    (lambda: d.concept("A", at="middle"), "at is 'start' or 'end'"),  # type: ignore[arg-type]
    (lambda: d.concept("A", balance="both"), "balance is 'debit' or 'credit'"),  # type: ignore[arg-type]
    (lambda: d.concept("A", sign="negated"), "sign is 'as_stated' or 'inverted'"),  # type: ignore[arg-type]
    (lambda: d.concept_choice(), "at least one option"),
]


@pytest.mark.parametrize(("make", "message"), BAD_SPECIFIERS)
def test_a_specifier_refuses(make: Any, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        make()


def test_short_labels_go_before_those_of_labels() -> None:
    field = d.concept("A", labels=Labels(standard="old", total="Sum"), label="new", label_ja="新")
    labels = field.metadata[METADATA_KEY].options[0].labels
    assert (labels.standard, labels.text("ja"), labels.total) == ("new", "新", "Sum")


def test_the_order_of_selectors_in_an_option_has_no_meaning() -> None:
    one = d.option("A", when={"kind": Kind.GAIN, "basis": 1})
    assert one == d.option("A", when={"basis": 1, "kind": Kind.GAIN})


def test_sums_take_names_or_weights() -> None:
    plain = d.concept("A", sum_of=["x", "y"]).metadata[METADATA_KEY]
    weighted = d.concept("A", sum_of={"x": 1, "y": -1}).metadata[METADATA_KEY]
    assert plain.sum_of == (("x", 1), ("y", 1))
    assert weighted.sum_of == (("x", 1), ("y", -1))


def test_provenance_is_no_part_of_equality() -> None:
    one, other = (Balance(at=CLOSE, closing=Money("5", "JPY"), id=name) for name in ("a", "b"))
    assert one == other
    assert hash(one) == hash(other)


pytestmark = pytest.mark.door("attrs")


def test_a_class_name_must_be_a_concept_name() -> None:
    with pytest.raises(DeclarationError, match="starts with a capital"):
        declared("made_up", at=(Instant, d.period()))


def test_the_decorator_works_with_and_without_arguments() -> None:
    event: Any = Event
    balance: Any = Balance
    assert event.__report_item__.label == "Event"
    assert balance.__report_item__.label == "Balance"
    assert event.__report_item__.labels.text("ja") is None


def test_an_item_is_frozen_and_takes_keywords_only() -> None:
    item = Balance(at=CLOSE, closing=Money("5", "JPY"))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        item.at = CLOSE  # type: ignore[misc]
    with pytest.raises(TypeError):
        Balance(CLOSE, Money("5", "JPY"))  # type: ignore[call-arg, arg-type]


def test_an_own_post_init_runs_after_the_checks() -> None:
    class Strict:
        at: Instant = d.period()
        closing: Money = d.concept("StrictClosing")

        def __attrs_post_init__(self) -> None:
            raise RuntimeError("reached")

    Strict.__annotations__ = {"at": Instant, "closing": Money}
    made: Any = report_item(Strict)
    with pytest.raises(ItemError):
        made(at="yesterday", closing=Money("5", "JPY"))
    with pytest.raises(RuntimeError, match="reached"):
        made(at=CLOSE, closing=Money("5", "JPY"))
