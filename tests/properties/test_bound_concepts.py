"""What facts hold for a value, and the value again: every codec, plain, inverted and through a profile's values."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from exporter.items import declare as d
from exporter.items.bind import Binding
from exporter.items.bound import BoundConcept, Namespace
from exporter.items.codecs import codec_for
from exporter.items.compile import item_specification
from exporter.items.declare import ReportItem, report_item
from exporter.items.values import EntityRef
from exporter.model.period import Duration
from exporter.profiles.profile import StandardConcept
from tests.strategies.item_classes import VALUES

OWN = Namespace(uri="http://own.example.com/2005", prefix="own")
STANDARD = StandardConcept(prefix="s", local_name="C", item_type="x", period_type="duration", verified=True)


def bound(kind: Any, **declared: Any) -> BoundConcept:
    """The concept of a class with one field of a type."""
    body = {"__annotations__": {"over": Duration, "value": kind}, "__module__": __name__}
    fields = {"over": d.period(), "value": d.concept("Value", **declared)}
    cls: type[Any] = report_item(label="Made")(type("Made", (ReportItem,), {**body, **fields}))
    return Binding.of(item_specification(cls), OWN).concepts[0]


def name_of(value: Any) -> Any:
    """What the fact of the field itself says of an entity: its name, or where it has none its identifier."""
    return value.name if isinstance(value, EntityRef) else value


@pytest.mark.parametrize("kind", VALUES, ids=str)
@given(st.data())
def test_encode_and_decode_are_inverse(kind: Any, data: st.DataObject) -> None:
    concept, value = bound(kind), data.draw(VALUES[kind])
    if concept.list_axis is not None:
        value = data.draw(st.sampled_from(value))  # each value of a list is its own fact
    encoded = concept.encode(value)
    assert encoded is not None
    assert concept.datatype.is_enumeration or concept.datatype.is_valid(encoded.text)
    assert name_of(concept.decode(encoded)) == name_of(value)
    if concept.codec.is_number:
        inverted = evolve(concept, inverted=True)
        turned = inverted.encode(value)
        assert turned is not None
        assert inverted.decode(turned) == value
        assert (turned.text == encoded.text) == (not encoded.text.strip("-+0."))


@pytest.mark.parametrize(
    "kind", [kind for kind in VALUES if isinstance(kind, type) and (kind is bool or issubclass(kind, enum.Enum))]
)
@given(st.data())
def test_values_of_a_profile_stand_for_those_of_the_field(kind: Any, data: st.DataObject) -> None:
    codec = codec_for(kind)
    assert codec is not None
    texts = {value.value for value in kind} if issubclass(kind, enum.Enum) else {"true", "false"}
    held = {text: f"the {text} one" for text in texts}
    concept = evolve(bound(kind), standard=STANDARD, values=held)
    value = data.draw(VALUES[kind])
    encoded = concept.encode(value)
    assert encoded is not None
    assert encoded.text in held.values()
    assert concept.decode(encoded) == value
    held.pop(next(iter(held)))
    taken = [concept.encode(each) for each in (kind if issubclass(kind, enum.Enum) else (True, False))]
    assert taken.count(None) == 1
