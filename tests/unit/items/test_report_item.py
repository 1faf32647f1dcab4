"""The class decorator: what it refuses, and what it makes."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from exporter.errors import DeclarationError, ItemError
from exporter.items import specifiers as d
from exporter.items.report_item import report_item
from exporter.items.values import Money
from exporter.model.period import Instant
from tests.unit.items.made import CLOSE, Balance, Event, declared

pytestmark = pytest.mark.door("attrs")


def test_a_class_name_must_be_a_concept_name() -> None:
    with pytest.raises(DeclarationError, match="starts with a capital"):
        declared("made_up", at=(Instant, d.period()))


def test_the_decorator_works_with_and_without_arguments() -> None:
    event: Any = Event
    balance: Any = Balance
    assert event.__report_item__.label == "Event"
    assert balance.__report_item__.label == "Balance"
    assert event.__report_item__.label_ja is None


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
