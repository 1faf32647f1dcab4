"""Field specifiers: what they refuse, and what they declare."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.items import specifiers as d
from exporter.items.declaration import METADATA_KEY
from exporter.items.labels import Labels
from exporter.items.values import Money
from tests.unit.items.made import CLOSE, Balance, Kind

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
    assert (labels.standard, labels.standard_ja, labels.total) == ("new", "新", "Sum")


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
