"""Taxonomy-defined dimensions and dimensional validity."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.report import Vocabulary
from exporter.taxonomy import Taxonomy, networks
from exporter.validation.report.subject import CANONICAL_VALUES
from tests.unit.validation.subjects import AXES, CUBE, CUBES, TAXONOMY, arc, codes, fact, own, sales, taxonomy


def member(axis: str, name: str) -> ExplicitDimension:
    return ExplicitDimension(own(axis), own(name))


def typed(axis: str, value: str | None) -> TypedDimension:
    return TypedDimension(own(f"{axis}Axis"), value)


INVALID = "xbrldie:PrimaryItemDimensionallyInvalidError"
TITLE = "Title"

GOOD = (member("RegionAxis", "South"), typed("Lot", ""), typed("Number", "-07"), typed("Nil", None))
BAD = (
    (member("UnheardAxis", "South"), "oime:unknownDimension", "oime:unknownDimension"),
    (member("Title", "South"), "oime:unknownDimension", "oime:unknownDimension"),
    (member("LotAxis", "South"), "xbrlje:invalidDimensionValue", "xbrldie:ExplicitMemberNotExplicitDimensionError"),
    (typed("Region", "South"), "xbrlje:invalidDimensionValue", "xbrldie:TypedMemberNotTypedDimensionError"),
    (
        member("RegionAxis", "Unheard"),
        "xbrldie:ExplicitMemberUndefinedQNameError",
        "xbrldie:ExplicitMemberUndefinedQNameError",
    ),
    (member("RegionAxis", "North"), "oime:invalidDimensionValue", "xbrldie:DefaultValueUsedInInstanceError"),
    (typed("Number", "five"), "xbrlje:invalidDimensionValue", "xbrldie:IllegalTypedDimensionContentError"),
    (typed("Lot", None), "oime:invalidDimensionValue", "xbrldie:IllegalTypedDimensionContentError"),
    (typed("List", "1 2"), "oime:unsupportedDimensionDataType", "oime:unsupportedDimensionDataType"),
    (typed("Token", "a"), "oime:unsupportedDimensionDataType", "oime:unsupportedDimensionDataType"),
    (typed("Tree", "a"), "oime:unsupportedDimensionDataType", "xbrlxe:unsupportedComplexTypedDimension"),
)


@pytest.mark.parametrize("dimension", GOOD, ids=repr)
def test_dimensions_as_declared_are_good(dimension: Dimension) -> None:
    assert codes(fact(TITLE, "x", dimension)) == []


@pytest.mark.parametrize(("dimension", "json", "xml"), BAD)
def test_each_fault_of_a_dimension_has_its_code(dimension: Dimension, json: str, xml: str) -> None:
    assert codes(fact(TITLE, "x", dimension)) == [json]
    assert codes(fact(TITLE, "x", dimension), syntax="xml") == [xml]


def test_promised_canonical_values_hold_for_typed_dimensions() -> None:
    promise = {CANONICAL_VALUES: True}
    assert codes(fact(TITLE, "x", typed("Number", "5")), features=promise) == []
    assert codes(fact(TITLE, "x", typed("Number", "05")), features=promise) == ["xbrlje:nonCanonicalValue"]


SOUTH = member("RegionAxis", "South")
LOT = typed("Lot", "1")


@pytest.mark.parametrize("concept", ["Sales", "SalesInShop"])
def test_a_closed_hypercube_allows_its_own_members_and_no_other_dimension(concept: str) -> None:
    assert codes(sales(concept=concept)) == []
    assert codes(sales(SOUTH, concept=concept)) == []
    assert codes(sales(member("RegionAxis", "World"), concept=concept)) == [INVALID]
    assert codes(sales(member("RegionAxis", "Nowhere"), concept=concept)) == [INVALID]
    assert codes(sales(SOUTH, LOT, concept=concept)) == [INVALID]


def test_a_concept_without_hypercubes_is_always_valid() -> None:
    assert codes(fact("Title", "x", member("OtherAxis", "Nowhere"), LOT)) == []


def _cube(*more: Any, **attributes: Any) -> Taxonomy:
    has = arc(networks.ALL, "Sales", "Cube", CUBES, **{"context_element": "segment", **attributes})
    return taxonomy(*more, cube=(has, *CUBE[1:]))


def test_an_open_hypercube_allows_further_dimensions() -> None:
    assert codes(sales(SOUTH, LOT), under=_cube()) == []


def test_a_dimension_without_default_has_to_be_there() -> None:
    under = _cube(arc(networks.HYPERCUBE_DIMENSION, "Cube", "LotAxis", CUBES))
    assert codes(sales(LOT), under=under) == []
    assert codes(sales(), under=under) == [INVALID]


def test_a_default_outside_the_domain_does_not_stand_in() -> None:
    hidden = arc(networks.DOMAIN_MEMBER, "South", "North", AXES, usable=False)
    assert codes(sales(), under=_cube(hidden)) == [INVALID]
    assert codes(sales(SOUTH), under=_cube(hidden)) == []


def test_what_a_not_all_hypercube_describes_is_excluded() -> None:
    barred = (
        arc(networks.NOT_ALL, "Sales", "Barred", CUBES, context_element="segment"),
        arc(networks.HYPERCUBE_DIMENSION, "Barred", "OtherAxis", CUBES),
        arc(networks.DIMENSION_DOMAIN, "OtherAxis", "Nowhere", CUBES),
    )
    assert codes(sales(member("OtherAxis", "South")), under=_cube(*barred)) == []
    assert codes(sales(member("OtherAxis", "Nowhere")), under=_cube(*barred)) == [INVALID]


def test_one_role_that_allows_is_enough_and_in_a_role_all_hypercubes_count() -> None:
    needs_lot = (
        arc(networks.ALL, "Sales", "Barred", AXES, context_element="segment"),
        arc(networks.HYPERCUBE_DIMENSION, "Barred", "LotAxis", AXES),
    )
    assert codes(sales(), under=_cube(*needs_lot)) == []
    same_role = (
        arc(networks.ALL, "Sales", "Barred", CUBES, context_element="segment"),
        arc(networks.HYPERCUBE_DIMENSION, "Barred", "LotAxis", CUBES),
    )
    assert codes(sales(), under=_cube(*same_role)) == [INVALID]
    assert codes(sales(LOT), under=_cube(*same_role)) == []


def test_xml_stands_by_the_container_it_uses() -> None:
    used = {"vocabulary": Vocabulary(context_element="scenario"), "syntax": "xml"}
    closed = taxonomy(arc(networks.HYPERCUBE_DIMENSION, "Cube", "LotAxis", CUBES))
    assert codes(sales(LOT), under=closed, **{**used, "vocabulary": Vocabulary(context_element="segment")}) == []
    assert codes(sales(LOT), under=closed, **used) == [INVALID]


def test_where_the_taxonomy_names_both_containers_one_has_to_fit_all_facts() -> None:
    mixed = (
        arc(networks.ALL, "Title", "Barred", AXES, context_element="scenario"),
        arc(networks.HYPERCUBE_DIMENSION, "Barred", "LotAxis", AXES),
    )
    under = _cube(*mixed, arc(networks.HYPERCUBE_DIMENSION, "Cube", "NumberAxis", CUBES))
    number = sales(typed("Number", "1"))
    assert codes(number, under=under) == []
    assert codes(fact("Title", "x", LOT), under=under) == []
    assert codes(number, fact("Title", "x", LOT), under=under) == [INVALID]


def test_validity_is_not_judged_by_half_a_taxonomy() -> None:
    assert codes(sales(SOUTH, LOT), complete=False) == []
    assert codes(sales(SOUTH, LOT), under=TAXONOMY) == [INVALID]
