"""Members that the values of open axes become."""

from __future__ import annotations

import pytest

from exporter.items.axes import OpenMembers, axis_values, pair_member, parse_pair_member, taken_names
from exporter.items.compile import item_specification
from exporter.items.values import EntityRef, Money
from exporter.model.qname import QName
from exporter.profiles.profile import Profile, ProfileAxis, StandardTaxonomy
from tests.unit.items.made import OWN, YEAR, Colour, Plan

AXIS = QName(OWN.uri, "PlaceAxis")
STANDARD = Profile(
    name="p",
    title="P",
    taxonomies={"s": StandardTaxonomy(prefix="s", namespace="http://s", schema="http://s/s.xsd", package="S")},
)


def names(*texts: str, taken: set[str] | None = None, standard: ProfileAxis | None = None) -> list[str]:
    members = OpenMembers(OWN.uri, OWN.prefix, set(taken or ()))
    for text in texts:
        members.add(AXIS, "Place", text, standard, STANDARD)
    return [str(member) for member in members.of(AXIS).values()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NTT and its affiliates", "NTTAndItsAffiliatesMember"),
        ("Société Générale", "SocieteGeneraleMember"),
        ("O'Neill", "ONeillMember"),
        ("3.A", "Place3AMember"),
        ("東京", "PlaceMember"),
        ("x" * 200, f"X{'x' * 59}Member"),
    ],
)
def test_names_are_made_from_values(text: str, name: str) -> None:
    assert names(text) == [f"acme:{name}"]


def test_names_are_told_apart() -> None:
    assert names("東京", "大阪", "Red", taken={"RedMember"}) == [
        "acme:PlaceMember",
        "acme:Place2Member",
        "acme:RedPlaceMember",
    ]


def test_one_value_is_one_member_on_every_axis() -> None:
    members = OpenMembers(OWN.uri, OWN.prefix)
    other = QName(OWN.uri, "OtherAxis")
    for axis, base in ((AXIS, "Place"), (other, "Other"), (AXIS, "Place")):
        members.add(axis, base, "1", None, STANDARD)
    assert members.of(AXIS) == members.of(other) == {"1": QName(OWN.uri, "Place1Member")}


def test_standard_members_come_first_and_ranked_ones_in_order() -> None:
    axis = ProfileAxis(axis="s:PlaceAxis", members={"Japan": "s:JP"}, ranked=("s:First", "s:Second"))
    assert names("b", "Japan", "a", "c", standard=axis) == ["s:First", "s:JP", "s:Second", "acme:CMember"]


def test_pairs() -> None:
    assert parse_pair_member(pair_member("JPY", "USD")) == ("JPY", "USD")
    assert parse_pair_member("OtherMember") is None


def test_names_of_enumerations_are_taken() -> None:
    assert {"RedMember", "DeepBlueMember"} <= taken_names([item_specification(Plan)])


def test_values_come_in_the_order_of_items() -> None:
    plans = [
        Plan(over=YEAR, gain=Money(1, "JPY"), holder=EntityRef("A"), colour=Colour.RED),
        Plan(over=YEAR, gain=Money(2, "JPY")),
        Plan(over=YEAR, gain=Money(3, "JPY"), holder=EntityRef("B")),
    ]
    found = [(name, value) for _, name, value in axis_values(plans)]
    assert found == [("holder", EntityRef("A")), ("colour", Colour.RED), ("holder", EntityRef("B"))]
