"""The columns of a statement are the periods that its rows have facts of."""

from __future__ import annotations

from exporter.disclosures.statements.presented import PresentedFacts
from exporter.disclosures.statements.statement_roles import statement_roles
from exporter.model.dimensions import Context, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.unit import Unit
from tests.unit.disclosures.statements.made import SHEET, filing, node

OLD = Instant("2020-12-31")


def presented(*more: Fact) -> PresentedFacts:
    made = filing(node("BalanceSheet", SHEET))
    facts: dict[QName, list[Fact]] = {}
    for fact in (*made.derived.report.facts, *more):
        facts.setdefault(fact.concept, []).append(fact)
    (role,) = statement_roles(made.taxonomy)
    return PresentedFacts(made.taxonomy, role, facts)


def old_assets(*cuts: ExplicitDimension) -> Fact:
    assets = next(fact for fact in presented().usual_facts if fact.concept.local_name == "Assets")
    return Fact(assets.concept, Context(Entity.cik(5), OLD, cuts), "5", 0, Unit.currency("USD"), id="old")


def test_usual_columns_are_those_of_most_rows() -> None:
    columns = presented().columns((), (), newest_first=True)
    assert [str(period) for period, _ in columns] == ["2024-12-31", "2023-12-31"]


def test_a_lone_fact_gets_a_column_only_if_nothing_else_presents_it() -> None:
    fact = old_assets()
    shown = presented(fact)
    assert next(str(period) for period, _ in shown.columns((), (), newest_first=False)) == "2020-12-31"
    assert len(shown.columns((), {fact.concept}, newest_first=True)) == 2
    assert len(shown.columns({id(fact)}, (), newest_first=True)) == 2


def test_members_that_the_tree_does_not_present_are_none_of_the_statement() -> None:
    fact = old_assets(ExplicitDimension(QName("urn:a", "SegmentAxis"), QName("urn:a", "EastMember")))
    shown = presented(fact)
    assert fact not in shown.of(fact.concept)
    assert len(shown.columns((), (), newest_first=True)) == 2
