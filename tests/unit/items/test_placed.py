"""Items where they stand: pointers, labels and the locations of findings."""

from __future__ import annotations

from exporter.findings import Location, Severity
from exporter.items.placed import PlacedItem, item_label, placed_items, rows_at
from tests.unit.items.test_placed_containers import Sales, sale

SALES = Sales(sales=(sale(1), sale(2)))


def test_rows_follow_the_item_that_they_are_in() -> None:
    placed = list(placed_items([sale(3), SALES, "no item"]))
    assert [(each.pointer, each.label) for each in placed] == [
        ("/items/0", "items[0] Sale"),
        ("/items/1", "items[1] Sales"),
        ("/items/1/sales/0", "items[1].sales[0] Sale"),
        ("/items/1/sales/1", "items[1].sales[1] Sale"),
    ]
    assert [each.item for each in placed] == [sale(3), SALES, *SALES.sales]
    assert list(placed[1].rows()) == placed[2:]
    assert list(placed[0].rows()) == []


def test_rows_of_an_item_alone() -> None:
    assert [each.label for each in rows_at(SALES.sales, "/sales")] == ["sales[0] Sale", "sales[1] Sale"]
    assert item_label("/items/0/sales/1/parts/2") == "items[0].sales[1].parts[2]"


def test_a_finding_is_at_the_item_or_at_its_field() -> None:
    placed = PlacedItem("/items/4", sale(1))
    assert placed.at() == Location(pointer="/items/4", item="items[4] Sale")
    error = placed.finding("acme:code", "wrong", fix="right")
    assert (error.location, error.severity, error.fix) == (placed.at(), Severity.ERROR, "right")
    doubt = placed.finding("acme:code", "odd", field="region", warning=True)
    assert (doubt.location.pointer, doubt.severity) == ("/items/4/region", Severity.WARNING)
