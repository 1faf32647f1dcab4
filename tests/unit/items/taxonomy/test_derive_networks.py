"""Networks of a filing's taxonomy, as an expert lays them out: one table a subject, defaults everywhere."""

from __future__ import annotations

import pytest

from exporter.model.qname import QName
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
)
from exporter.taxonomy.taxonomy import Taxonomy
from tests.unit.items.taxonomy.test_draft import ITEMS, filing

PROFILES = ("sec-us-gaap", "sec-ifrs", "extension-only")


def tree(made: Taxonomy, arcrole: str, role: str) -> list[tuple[str, str]]:
    return [
        (str(arc.source), str(arc.target))
        for arc in made.relationships
        if arc.arcrole == arcrole and arc.role.endswith(f"/{role}")
    ]


def test_a_subject_is_a_heading_a_table_and_line_items() -> None:
    made = filing(*ITEMS).taxonomy
    assert tree(made, PARENT_CHILD, "MajorShareholders")[:9] == [
        ("acme:MajorShareholdersAbstract", "acme:MajorShareholdersTable"),
        ("acme:MajorShareholdersAbstract", "acme:MajorShareholdersLineItems"),
        ("acme:MajorShareholdersTable", "acme:MajorShareholderAxis"),
        ("acme:MajorShareholderAxis", "acme:MajorShareholderDomain"),
        ("acme:MajorShareholderDomain", "acme:BigFundMember"),
        ("acme:MajorShareholderDomain", "acme:SmallFundMember"),
        ("acme:MajorShareholdersTable", "us-gaap:StatementClassOfStockAxis"),
        ("us-gaap:StatementClassOfStockAxis", "us-gaap:ClassOfStockDomain"),
        ("us-gaap:ClassOfStockDomain", "us-gaap:CommonStockMember"),
    ]
    assert tree(made, ALL, "MajorShareholders") == [("acme:MajorShareholdersLineItems", "acme:MajorShareholdersTable")]
    assert ("us-gaap:ClassOfStockDomain", "us-gaap:CommonStockMember") in tree(made, DOMAIN_MEMBER, "MajorShareholders")


def test_without_axes_line_items_stand_below_the_heading() -> None:
    made = filing(*ITEMS).taxonomy
    assert ("dei:CoverAbstract", "dei:DocumentType") in tree(made, PARENT_CHILD, "Cover")
    assert tree(made, ALL, "Cover") == []


@pytest.mark.parametrize("profile", PROFILES)
def test_every_explicit_axis_of_a_hypercube_has_one_default_which_is_its_domain(profile: str) -> None:
    made = filing(*ITEMS, profile=profile).taxonomy
    defaults: dict[QName, set[QName]] = {}
    for arc in made.relationships:
        if arc.arcrole == DIMENSION_DEFAULT:
            defaults.setdefault(arc.source, set()).add(arc.target)
    for arc in made.relationships:
        concept = made.concept(arc.target)
        if arc.arcrole == HYPERCUBE_DIMENSION and concept is not None and concept.is_explicit_dimension:
            domains = {other.target for other in made.relationships if other.source == arc.target}
            assert defaults[arc.target] == domains
            assert any(other.arcrole == DIMENSION_DOMAIN for other in made.relationships if other.source == arc.target)
