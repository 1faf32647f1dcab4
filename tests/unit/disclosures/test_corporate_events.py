"""Events: no date is made up, and each party is a fact."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.disclosures import CorporateEvent
from exporter.disclosures.corporate_events import EventStatus
from exporter.errors import ItemError
from exporter.filing import Filing
from exporter.items.values import Month
from exporter.model.dimensions import Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.operations.to_items import to_items

YEAR = Duration("2004-04-01", "2005-03-31")


def filing(*items: Any, profile: str = "extension-only") -> Filing:
    entity = Entity.cik(1090633)
    return Filing(
        entity=entity,
        items=items,
        period_end=Instant("2005-03-31"),
        prefix="acme",
        namespace="http://acme.example/20050331",
        profile=profile,
        audience="analyst",
    )


def facts(made: Filing, name: str) -> list[Fact]:
    return [fact for fact in made.to_report().facts if fact.concept.local_name == name]


def test_an_event_without_a_date_has_a_period_and_no_date() -> None:
    event = CorporateEvent(event="purchase", on=YEAR, status=EventStatus.CONSIDERED)
    made = filing(event)
    assert facts(made, "EventDate") == facts(made, "EventMonth") == []
    (status,) = facts(made, "EventStatus")
    assert status.period == YEAR
    assert to_items(made.to_report(), namespace=made.namespace) == (event,)


@pytest.mark.parametrize("on", [dt.date(2005, 1, 2), Month(2005, 1), Duration("2005-01-02", "2005-01-02")])
def test_days_months_and_periods_of_the_same_length_come_back_as_they_are(on: Any) -> None:
    event = CorporateEvent(event="purchase", on=on, outcome="done")
    made = filing(event)
    assert to_items(made.to_report(), namespace=made.namespace) == (event,)


def test_an_event_in_a_period_has_to_say_more() -> None:
    with pytest.raises(ItemError, match="states nothing"):
        CorporateEvent(event="purchase", on=YEAR)


def test_parties_are_a_fact_each_with_a_number_on_a_typed_axis() -> None:
    made = filing(CorporateEvent(event="merger", on=YEAR, parties=("A", "B", "A")))
    found = {
        fact.context.dimension(QName(made.namespace, "EventPartiesAxis", prefix="acme")): fact.value
        for fact in facts(made, "EventParties")
    }
    assert {dimension.value: value for dimension, value in found.items() if isinstance(dimension, TypedDimension)} == {
        "1": "A",
        "2": "B",
        "3": "A",
    }


def test_parties_are_members_where_axes_are_explicit() -> None:
    event = CorporateEvent(event="merger", on=YEAR, parties=("A Ltd", "B", "A Ltd"))
    made = filing(event, profile="sec-us-gaap")
    axis = QName(made.namespace, "EventPartiesAxis", prefix="acme")
    members = [fact.context.dimension(axis) for fact in facts(made, "EventParties")]
    names = [member.member.local_name for member in members if isinstance(member, ExplicitDimension)]
    assert names == ["ALtdMember", "BMember", "ALtd2Member"]
    labels = {label.concept.local_name: label.text for label in made.taxonomy.labels}
    assert labels["ALtd2Member"] == "A Ltd (2) [Member]"
    assert to_items(made.to_report(), profile=made.profile, namespace=made.namespace) == (event,)
