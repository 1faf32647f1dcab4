"""Rows back in their containers: what tells containers apart, and what is said where nothing does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.errors import DeclarationError, ItemError
from exporter.items.check import check_item
from exporter.items.compile import item_specification
from exporter.items.declare import ReportItem, concept, dimension, language, period, report_item, rows
from exporter.items.placed import merged_containers
from exporter.items.values import Month
from exporter.items.values.texts import Footnote
from exporter.model.period import Duration
from tests.unit.items.made import back, report_of

YEAR, LATER = Duration("2023-01-01", "2023-12-31"), Duration("2024-01-01", "2024-12-31")


@report_item
class Sale(ReportItem):
    region: str = dimension("SaleRegion")
    on: dt.date | Month = period()
    pieces: int = concept("SalePieces")


@report_item
class Sales(ReportItem):
    """A container without concepts or other fields."""

    sales: tuple[Sale, ...] = rows()


@report_item
class RegionalSales(ReportItem):
    """A container whose dimension is its rows' too."""

    region: str = dimension("SaleRegion")
    sales: tuple[Sale, ...] = rows()


@report_item
class Report(ReportItem):
    """A container with a fact of its own, over a period around those of its rows."""

    over: Duration = period()
    heading: str = concept("ReportHeading")
    sales: tuple[Sale, ...] = rows()


@report_item
class Library(ReportItem):
    """A container of containers."""

    reports: tuple[Report, ...] = rows()


@report_item
class Pairs(ReportItem):
    """Rows that make a container where there are two."""

    sales: tuple[Sale, ...] = rows(by="region", least=2)


@report_item
class Loose(ReportItem):
    """Rows that are as often items by themselves."""

    sales: tuple[Sale, ...] = rows(alone=True)


@report_item
class Strict(ReportItem):
    """A container that refuses more than one row."""

    sales: tuple[Sale, ...] = rows()

    def check(self) -> Any:
        from exporter.items.check import problem

        if len(self.sales) > 1:
            yield problem("exporter:repeatedWord", "too many", "sales")


def sale(day: int, region: str = "north", year: int = 2023) -> Sale:
    return Sale(region=region, on=dt.date(year, 1, day), pieces=day)


def read_back(*items: Any, classes: tuple[type[Any], ...] = ()) -> set[Any]:
    found = back(report_of(*items), classes or tuple({type(item): None for item in items}))
    assert found.findings == ()
    assert found.unbound == ()
    return set(found.items)


CASES: dict[str, list[Any]] = {
    "one": [Sales(sales=(sale(1), sale(2, "south")))],
    "one row": [Sales(sales=(sale(1),))],
    "by a dimension of both": [
        RegionalSales(region="north", sales=(sale(1), sale(2))),
        RegionalSales(region="south", sales=(sale(1, "south"),)),
    ],
    "by the period around": [
        Report(over=YEAR, heading="old", sales=(sale(1), sale(2))),
        Report(over=LATER, heading="new", sales=(sale(1, year=2024),)),
    ],
    "the narrowest period": [
        Report(over=YEAR, heading="year", sales=(sale(30),)),
        Report(over=Duration("2023-01-01", "2023-01-15"), heading="half a month", sales=(sale(2), sale(3))),
    ],
    "without rows": [Report(over=YEAR, heading="nothing sold", sales=())],
    "containers of containers": [
        Library(
            reports=(Report(over=YEAR, heading="old", sales=(sale(1),)), Report(over=LATER, heading="new", sales=())),
        )
    ],
    "two rows": [Pairs(sales=(sale(1), sale(2))), Pairs(sales=(sale(1, "south"), sale(2, "south")))],
}


@pytest.mark.parametrize("name", CASES)
def test_containers_come_back(name: str) -> None:
    assert read_back(*CASES[name]) == set(CASES[name])
    assert list(merged_containers(tuple(CASES[name]))) == []


def test_rows_are_equal_in_any_order() -> None:
    assert Sales(sales=(sale(1), sale(2))) == Sales(sales=(sale(2), sale(1)))
    assert len({Sales(sales=(sale(1), sale(2))), Sales(sales=(sale(2), sale(1)))}) == 1
    assert Sales(sales=(sale(1),)) != Sales(sales=(sale(2),))


def test_rows_that_are_too_few_or_may_stand_alone_come_back_by_themselves() -> None:
    assert read_back(Pairs(sales=(sale(1),))) == {sale(1)}
    assert read_back(Loose(sales=(sale(1), sale(2)))) == {sale(1), sale(2)}
    assert list(merged_containers((Pairs(sales=(sale(1),)), Loose(sales=(sale(1), sale(2)))))) == []


def test_a_row_goes_to_the_first_class_that_takes_it() -> None:
    assert read_back(sale(1), classes=(RegionalSales, Sales)) == {RegionalSales(region="north", sales=(sale(1),))}
    assert read_back(sale(1), classes=(Sales, RegionalSales)) == {Sales(sales=(sale(1),))}


def test_containers_that_nothing_tells_apart_are_one_and_reported() -> None:
    made = (Sales(sales=(sale(1),)), Sales(sales=(sale(2),)))
    assert read_back(*made) == {Sales(sales=(sale(1), sale(2)))}
    found = list(merged_containers(made))
    assert [(each.code, each.location.pointer, each.is_error) for each in found] == [
        ("exporter:containersAlike", "/items/0", False),
        ("exporter:containersAlike", "/items/1", False),
    ]


def test_rows_that_make_no_container_stay_with_a_finding() -> None:
    found = back(report_of(sale(1), sale(2)), (Strict,))
    assert set(found.items) == {sale(1), sale(2)}
    (finding,) = found.findings
    assert (finding.code, finding.is_error) == ("exporter:incompleteItem", False)
    assert "Strict" in finding.message
    assert "too many" in finding.message


def test_rows_agree_with_their_container() -> None:
    with pytest.raises(ItemError, match="region has one value in a RegionalSales, got north and south"):
        RegionalSales(region="north", sales=(sale(1, "south"),))
    with pytest.raises(ItemError, match="region has one value in a Pairs"):
        Pairs(sales=(sale(1), sale(1, "south")))


def test_a_footnote_to_a_container_that_states_nothing_is_refused() -> None:
    with pytest.raises(ItemError, match="states nothing beside its rows"):
        Sales(sales=(sale(1),), footnotes=(Footnote("to whom?"),))
    noted = Report(over=YEAR, heading="noted", sales=(sale(1),), footnotes=(Footnote("to the heading"),))
    assert list(check_item(noted)) == []
    assert read_back(noted) == {noted}


@report_item
class UnknownBy(ReportItem):
    sales: tuple[Sale, ...] = rows(by="colour")


@report_item
class UnstatedField(ReportItem):
    branch: str = dimension("Branch")
    sales: tuple[Sale, ...] = rows()


@report_item
class UnstatedLanguage(ReportItem):
    told_in: str | None = language()
    sales: tuple[Sale, ...] = rows()


@report_item
class MissingBy(ReportItem):
    over: Duration = period()
    heading: str = concept("MissingByHeading")
    sales: tuple[Sale, ...] = rows(by="region")


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (UnknownBy, "Sale has no field 'colour'"),
        (UnstatedField, "no fact states it; give Sale a field 'branch' too, or the container a concept"),
        (UnstatedLanguage, "a container without concepts has nothing that states it"),
        (MissingBy, "a container with concepts of its own has a field 'region' too"),
    ],
)
def test_what_could_not_be_read_back_is_refused(cls: type[Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        item_specification(cls)
