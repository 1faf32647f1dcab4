"""The fields that footnotes belong to."""

from __future__ import annotations

import pytest

from exporter.items.footnote_settling import stated_fields
from exporter.items.footnotes import Footnote
from exporter.items.values import EntityRef, Money, Month
from exporter.model.entity import Entity
from tests.unit.items.made import YEAR, Event, Plan

YEN = Money("5", "JPY")


@pytest.mark.parametrize(
    ("notes", "settled"),
    [
        ([Footnote("n", fields=("gain", "loss"))], [Footnote("n")]),
        ([Footnote("n", fields=("gain",)), Footnote("n", fields=("loss",))], [Footnote("n")]),
        ([Footnote("n", fields=("gain",)), Footnote("n")], [Footnote("n")]),
        ([Footnote("n"), Footnote("n")], [Footnote("n")]),
        ([Footnote("n", fields=("gain",))], [Footnote("n", fields=("gain",))]),
        ([Footnote("n", fields=("gain",)), Footnote("n", "ja", ("gain",))], None),
    ],
)
def test_footnotes_settle_to_one_form(notes: list[Footnote], settled: list[Footnote] | None) -> None:
    item = Plan(over=YEAR, gain=YEN, loss=YEN, footnotes=tuple(notes))
    assert item.footnotes == tuple(notes if settled is None else settled)


def test_stated_fields_are_those_that_become_facts() -> None:
    holder = EntityRef("A", Entity.cik(9))
    assert stated_fields(Plan(over=YEAR, holder=EntityRef("A"), gain=YEN)) == {"gain"}
    assert stated_fields(Plan(over=YEAR, holder=holder, gain=YEN, remarks=("a",))) == {"holder", "gain", "remarks"}
    assert stated_fields(Event(on=Month(2024, 1), name="x")) == {"on"}
