from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from exporter.model.standard_types import standard_type
from exporter.taxonomy import Concept, Label, Network, Relationship, Taxonomy, networks
from exporter.taxonomy import concepts as labels
from tests.strategies.taxonomies import NAMESPACE, ROLE, everything, own


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return everything()


def test_equality_knows_no_order(taxonomy: Taxonomy) -> None:
    turned = Taxonomy(
        namespace=NAMESPACE,
        prefix="other",
        concepts=reversed(taxonomy.concepts),
        labels=reversed(taxonomy.labels),
        references=reversed(taxonomy.references),
        roles=reversed(taxonomy.roles),
        arcroles=taxonomy.arcroles,
        relationships=reversed(taxonomy.relationships),
        typed_domains=reversed(taxonomy.typed_domains),
    )
    assert turned == taxonomy
    assert hash(turned) == hash(taxonomy)
    assert Taxonomy(namespace=NAMESPACE, prefix="abc", concepts=taxonomy.concepts[1:]) != taxonomy


def test_lookups(taxonomy: Taxonomy) -> None:
    cash = taxonomy.concept(own("Cash"))
    assert cash is not None
    assert cash.id == "abc_Cash"
    assert cash.is_numeric
    assert taxonomy.concept(own("None")) is None
    assert taxonomy.typed_domain(own("LotDomain")) is taxonomy.typed_domains[0]
    role = taxonomy.role(ROLE + "Sales")
    assert role is not None
    assert role.definition == "0002 - Disclosure - Sales"


def test_labels_by_role_and_language(taxonomy: Taxonomy) -> None:
    cash = own("Cash")
    assert taxonomy.label(cash) == "Cash"
    assert taxonomy.label(cash, language="EN-us") == "Cash"
    assert taxonomy.label(cash, language="ja") == "項目 Cash"
    assert taxonomy.label(cash, role=labels.PERIOD_START, language="ja") == "期首残高"
    assert taxonomy.label(cash, language="de") is None
    near = Taxonomy(
        namespace="n",
        prefix="p",
        labels=[Label(concept=cash, text=text, language=tag) for tag, text in (("en-US", "us"), ("en", "plain"))],
    )
    assert near.label(cash, language="en") == "plain"
    assert near.label(cash, language="en-GB") == "us"


def test_networks_sort_children_by_order(taxonomy: Taxonomy) -> None:
    balance = taxonomy.network(networks.PARENT_CHILD, ROLE + "Balance")
    assert balance.roots == (own("BalanceAbstract"),)
    children = balance.from_(own("BalanceAbstract"))
    assert [arc.target.local_name for arc in children] == [
        "Cash",
        "Receivables",
        "CurrentAssets",
        "AccumulatedDeficit",
        "Cash",
    ]
    assert [arc.preferred_label for arc in balance.to(own("Cash"))] == [labels.PERIOD_START, labels.PERIOD_END]
    assert taxonomy.roles_of(*networks.SUMMATIONS) == (ROLE + "Balance",)
    assert len(taxonomy.network(networks.PARENT_CHILD, "http://none")) == 0


def test_walking_a_cycle_ends() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("b", "d")]
    arcs = [Relationship(arcrole="x", source=own(source), target=own(target)) for source, target in pairs]
    walked = [(depth, arc.target.local_name) for depth, arc in Network(arcs).walk(own("a"))]
    assert walked == [(0, "b"), (1, "c"), (2, "a"), (1, "d")]


def test_a_deep_network_does_not_exhaust_the_stack() -> None:
    arcs = [Relationship(arcrole="x", source=own(f"n{i}"), target=own(f"n{i + 1}")) for i in range(5000)]
    assert sum(1 for _ in Network(arcs).walk(own("n0"))) == 5000


def test_hypercubes(taxonomy: Taxonomy) -> None:
    sales, lots = taxonomy.hypercubes()
    assert (sales.qname, sales.context_element, sales.closed, sales.excluded) == (
        own("SalesTable"),
        "scenario",
        True,
        False,
    )
    assert sales.primary_items == {own("SalesLineItems"), own("Sales")}
    (region,) = sales.axes
    assert region.dimension == own("RegionAxis")
    assert region.members == {own("RegionDomain"), own("JapanMember")}
    assert region.default == own("RegionDomain")
    assert [(axis.dimension, axis.typed_domain) for axis in lots.axes] == [
        (own("LotAxis"), own("LotDomain")),
        (own("DayAxis"), own("DayDomain")),
    ]


def test_enumeration_values(taxonomy: Taxonomy) -> None:
    one, many = (taxonomy.concept(own(name)) for name in ("Region", "Regions"))
    assert one is not None
    assert many is not None
    assert taxonomy.enumeration_values(one) == {own("JapanMember")}
    assert taxonomy.enumeration_values(many) == {own("JapanMember"), own("RegionDomain")}
    assert taxonomy.enumeration_values(taxonomy.concepts[0]) == frozenset()


def test_vocabulary(taxonomy: Taxonomy) -> None:
    vocabulary = taxonomy.vocabulary("abc.xsd")
    assert vocabulary.datatypes[own("Cash")] == standard_type("monetaryItemType")
    assert vocabulary.datatypes[own("DayDomain")].base == "date"
    assert vocabulary.typed_domains == {own("LotAxis"): own("LotDomain"), own("DayAxis"): own("DayDomain")}
    assert vocabulary.role_hrefs[ROLE + "Sales"] == "abc.xsd#Sales"
    assert vocabulary.role_hrefs[ROLE + "arcrole/follows"] == "abc.xsd#follows"
    assert vocabulary.context_element == "scenario"
    assert taxonomy.vocabulary().role_hrefs == {}


@pytest.mark.parametrize(
    ("named", "expected"),
    [([], None), (["segment"], "segment"), (["scenario"], "scenario"), (["segment", "scenario"], "scenario")],
)
def test_context_element(named: list[str], expected: str | None) -> None:
    arcs = [
        Relationship(arcrole=networks.ALL, source=own("a"), target=own(f"h{i}"), context_element=where)  # type: ignore[arg-type]
        for i, where in enumerate(named)
    ]
    assert Taxonomy(namespace="n", prefix="p", relationships=arcs).context_element == expected


def test_nouns_can_be_pickled(taxonomy: Taxonomy) -> None:
    assert pickle.loads(pickle.dumps(taxonomy)) == taxonomy


def test_numbers_of_relationships_are_decimals() -> None:
    arc = Relationship(arcrole="x", source=own("a"), target=own("b"), order=2, weight="-1")
    assert (arc.order, arc.weight) == (Decimal(2), Decimal(-1))
    assert Concept(qname=own("a")) == Concept(qname=own("a"), schema="elsewhere.xsd")
