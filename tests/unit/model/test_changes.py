"""What a report says against the one of the period before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from exporter.model.changes import compare_periods, percent, reporting_end
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit

JPY = Unit.currency("JPY")


def name(local: str, year: int) -> QName:
    return QName(f"http://www.example.com/{year}0331", local, prefix="x")


def fact(local: str, period: Period, value: str, year: int, unit: Unit | None = JPY, *dimensions: Dimension) -> Fact:
    context = Context(Entity.cik(7), period, dimensions)
    return Fact(name(local, year), context, value, -6 if unit else None, unit, None if unit else "en")


def year_to(end: int) -> Duration:
    return Duration(f"{end - 1}-04-01", f"{end}-03-31")


def report(*facts: Fact) -> Report:
    return Report(taxonomy=["x.xsd"], facts=facts)


def region(year: int) -> ExplicitDimension:
    return ExplicitDimension(name("RegionAxis", year), name("JapanMember", year))


LAST = report(
    fact("Sales", year_to(2005), "100", 2005),
    fact("Sales", year_to(2004), "80", 2005),
    fact("Sales", year_to(2005), "60", 2005, JPY, region(2005)),
    fact("Cash", Instant("2005-03-31"), "7", 2005),
    fact("Name", year_to(2005), "Acme", 2005, None),
    fact("Patents", year_to(2005), "3", 2005),
)
THIS = report(
    fact("Sales", year_to(2006), "125", 2006),
    fact("Sales", year_to(2005), "101", 2006),
    fact("Sales", year_to(2006), "60", 2006, JPY, region(2006)),
    fact("Cash", Instant("2006-03-31"), "0", 2006),
    fact("Name", year_to(2006), "Acme", 2006, None),
    fact("Loans", year_to(2006), "9", 2006),
)


def test_figures_stand_beside_those_of_the_period_before() -> None:
    compared = compare_periods(LAST, THIS)
    shown = [
        (change.fact.concept.local_name, change.status, change.difference, change.percent)
        for change in compared.figures
    ]
    assert shown == [
        ("Sales", "changed", Decimal(25), Decimal("25.0")),
        ("Sales", "changed", Decimal(21), Decimal("26.2")),
        ("Sales", "unchanged", Decimal(0), Decimal("0.0")),
        ("Cash", "changed", Decimal(-7), Decimal("-100.0")),
        ("Name", "unchanged", None, None),
        ("Loans", "new", None, None),
        ("Patents", "gone", None, None),
    ]
    assert compared.counts() == {"changed": 3, "unchanged": 2, "new": 1, "gone": 1, "restated": 1}


def test_a_figure_of_one_and_the_same_period_that_differs_is_restated() -> None:
    (restated,) = compare_periods(LAST, THIS).restated
    assert (restated.status, restated.difference) == ("restated", Decimal(1))
    assert restated.fact.period == year_to(2005)


def test_drafts_of_one_period_compare_as_they_are() -> None:
    later = report(fact("Sales", year_to(2005), "100.0", 2005), fact("Sales", year_to(2004), "81", 2005))
    compared = compare_periods(LAST, later)
    assert [change.status for change in compared.figures] == ["unchanged", "changed", *["gone"] * 4]
    assert compared.restated == ()


def test_years_of_52_and_53_weeks_are_compared() -> None:
    before = report(fact("Sales", Duration("2021-09-26", "2022-09-24"), "10", 2022))
    after = report(fact("Sales", Duration("2022-09-25", "2023-09-30"), "12", 2023))
    assert [change.status for change in compare_periods(before, after).figures] == ["changed"]


def test_a_fact_is_compared_once() -> None:
    before = report(fact("Sales", year_to(2005), "1", 2005))
    after = report(
        fact("Sales", year_to(2006), "2", 2006), fact("Sales", Duration("2005-04-02", "2006-03-30"), "3", 2006)
    )
    assert [change.status for change in compare_periods(before, after).figures] == ["changed", "new"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("0", "5", None),
        ("-4", "4", None),
        ("4", "-4", None),
        ("-4", "-2", "50.0"),
        ("-4", "0", "100.0"),
        ("3", "1", "-66.7"),
    ],
)
def test_per_cent_where_they_say_something(before: str, after: str, expected: str | None) -> None:
    first, second = (fact("Sales", year_to(2005), value, 2005) for value in (before, after))
    assert percent(first, second) == (None if expected is None else Decimal(expected))


def test_the_end_of_the_reporting_period() -> None:
    stated = fact("DocumentPeriodEndDate", year_to(2005), "2005-03-26", 2005, None)
    assert reporting_end(report(*LAST.facts, stated)) == dt.date(2005, 3, 26)
    assert reporting_end(LAST) == dt.date(2005, 3, 31)
    assert reporting_end(report(fact("Cash", Instant("2004-12-31"), "1", 2004))) == dt.date(2004, 12, 31)
