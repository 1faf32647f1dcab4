"""Declarations that cannot be meant: each is refused with the field and the fix."""

import pytest

import exporter as ex
from exporter.errors import DeclarationError
from exporter.items.compile import item_specification
from exporter.items.from_tree import ItemStructurer


def test_a_field_without_a_type() -> None:
    @ex.report_item
    class Untyped(ex.ReportItem):
        over: ex.Duration = ex.period()
        a = ex.concept("A")

    with pytest.raises(DeclarationError, match=r"Untyped\.a: the field has no type; write a: Money"):
        item_specification(Untyped)


def test_sums_that_go_in_circles() -> None:
    @ex.report_item
    class Circular(ex.ReportItem):
        over: ex.Duration = ex.period()
        a: ex.Money = ex.concept("A", sum_of=("b",))
        b: ex.Money = ex.concept("B", sum_of=("c",))
        c: ex.Money = ex.concept("C", sum_of=("a",))

    with pytest.raises(DeclarationError, match="a is a sum of itself"):
        item_specification(Circular)


def test_sums_of_sums_are_no_circle() -> None:
    @ex.report_item
    class Nested(ex.ReportItem):
        over: ex.Duration = ex.period()
        a: ex.Money = ex.concept("A", sum_of=("b", "c"))
        b: ex.Money = ex.concept("B", sum_of=("c",))
        c: ex.Money = ex.concept("C")

    assert item_specification(Nested).name == "Nested"


def test_a_type_that_there_is_not_is_refused_at_once() -> None:
    with pytest.raises(DeclarationError, match="did you mean 'perShareItemType'"):
        ex.concept("A", type="perShareItemTyp")
    with pytest.raises(DeclarationError, match="did you mean 'perShareItemType'"):
        ex.option("A", type="perShareItemTyp")


class Colour(ex.Enumeration):
    DEEP_BLUE = "deep_blue", "Navy", "紺"
    RED = "red", "Scarlet", "赤"


@ex.report_item
class Paint(ex.ReportItem):
    over: ex.Duration = ex.period()
    colour: Colour = ex.concept("Colour")


@pytest.mark.parametrize("text", ["Navy", "navy", "紺", "deep_blue", "Deep Blue"])
def test_values_of_an_enumeration_may_be_given_by_their_labels(text: str) -> None:
    structurer = ItemStructurer.of([Paint])
    over = {"start": "2023-01-01", "end": "2023-12-31"}
    item = structurer.item({"type": "Paint", "over": over, "colour": text}, "/items/0")
    assert structurer.findings == []
    assert item.colour is Colour.DEEP_BLUE


@ex.report_item
class Shelf(ex.ReportItem):
    paints: tuple[Paint, ...] = ex.rows()


@ex.report_item
class Shop(ex.ReportItem):
    shelves: tuple[Shelf, ...] = ex.rows()


def test_rows_may_have_rows() -> None:
    over = ex.Duration("2023-01-01", "2023-12-31")
    shop = Shop(shelves=(Shelf(paints=(Paint(over=over, colour=Colour.RED),)),))
    filing = ex.Filing(entity=ex.Entity.cik(5), period_end=ex.Instant("2023-12-31"), items=[shop])
    (fact,) = filing.to_report().facts
    assert filing.derived.origins[fact.id or ""][0].pointer == "/items/0/shelves/0/paints/0"
