"""What is compiled from the declaration of a class."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.items import specifiers as d
from exporter.items.specification import item_specification
from tests.unit.items.made import Event, Measure, Plan, declared

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
    found: dict[str, str] = {option.name: option.period_type for option in item_specification(cls).facts}
    assert names.items() <= found.items()
