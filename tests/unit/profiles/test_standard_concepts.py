"""What the table of standard concepts says, and what names alone say."""

from __future__ import annotations

import pytest

from exporter.profiles.profile import StandardTaxonomy
from exporter.profiles.standard_concepts import ConceptAttributes, standard_attributes, standard_names, usual_lines


def test_what_the_table_says() -> None:
    assets = standard_attributes("us-gaap", "Assets")
    assert assets == ConceptAttributes(item_type="monetaryItemType", period_type="instant", balance="debit")
    shares = standard_attributes("us-gaap", "WeightedAverageNumberOfSharesOutstandingBasic")
    assert shares is not None
    assert (shares.item_type, shares.period_type, shares.balance) == ("sharesItemType", "duration", None)
    heading = standard_attributes("jppfs_cor", "AssetsAbstract")
    assert heading is not None
    assert heading.abstract
    assert standard_attributes("us-gaap", "NothingOfTheKind") is None
    assert list(standard_names("nobody")) == []


def test_which_release_has_a_concept() -> None:
    names = dict(standard_names("us-gaap"))
    assert names["SalesRevenueNet"].is_usable(2010)
    assert not names["SalesRevenueNet"].is_usable(2023)
    assert not names["RevenueFromContractWithCustomerExcludingAssessedTax"].is_usable(2009)
    assert not names["SalesRevenueNet"].is_usable(None)


@pytest.mark.parametrize("prefix", ["us-gaap", "ifrs-full", "jppfs_cor"])
def test_usual_lines_are_concepts_of_their_taxonomy(prefix: str) -> None:
    names, lines = dict(standard_names(prefix)), list(usual_lines(prefix))
    assert len(lines) > 100
    assert [line.name for line in lines if line.name not in names] == []
    assert len({line.name for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("name", "balance"),
    [
        ("PaymentsToAcquireSomething", "credit"),
        ("IncreaseDecreaseInOtherCurrentAssets", "credit"),
        ("IncreaseDecreaseInSundryLiabilities", "debit"),
        ("TreasuryStockCommonValue", "debit"),
        ("OtherComprehensiveIncomeLossThingAfterReclassificationAndTaxParent", "credit"),
        ("OtherComprehensiveIncomeLossThingReclassificationAfterTax", "debit"),
        ("Zebra", None),
    ],
)
def test_what_a_name_says(name: str, balance: str | None) -> None:
    attributes = ConceptAttributes.of_name(name)
    assert (attributes.balance, attributes.is_certain) == (balance, False)


def test_kinds_by_name() -> None:
    assert ConceptAttributes.of_name("SomethingAbstract").abstract
    assert ConceptAttributes.of_name("ThingPerShareBasic").item_type == "perShareItemType"
    assert ConceptAttributes.of_name("AverageNumberOfSharesUsed").item_type == "sharesItemType"


@pytest.mark.parametrize(
    ("prefix", "namespace", "schema"),
    [
        ("us-gaap", "http://fasb.org/us-gaap/2023", "https://xbrl.fasb.org/us-gaap/2023/elts/us-gaap-2023.xsd"),
        (
            "us-gaap",
            "http://xbrl.us/us-gaap/2009-01-31",
            "http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd",
        ),
        (
            "ifrs-full",
            "https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full",
            "https://xbrl.ifrs.org/taxonomy/2024-03-27/full_ifrs/full_ifrs-cor_2024-03-27.xsd",
        ),
        (
            "jppfs_cor",
            "http://disclosure.edinet-fsa.go.jp/taxonomy/jppfs/2025-11-01/jppfs_cor",
            "http://disclosure.edinet-fsa.go.jp/taxonomy/jppfs/2025-11-01/jppfs_cor_2025-11-01.xsd",
        ),
    ],
)
def test_where_a_taxonomy_stands(prefix: str, namespace: str, schema: str) -> None:
    assert StandardTaxonomy.at(prefix, namespace).schema == schema


def test_a_taxonomy_of_nobody_known_needs_its_schema() -> None:
    with pytest.raises(ValueError, match="schema"):
        StandardTaxonomy.at("x", "http://example.com/x")
    assert StandardTaxonomy.at("x", "http://example.com/x", "http://example.com/x.xsd").schema.endswith("x.xsd")
