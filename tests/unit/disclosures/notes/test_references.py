"""Amounts that a text names."""

from __future__ import annotations

import pytest

from exporter.disclosures.notes.references import References, UnknownNameError
from exporter.disclosures.statements.compose import readings_of
from tests.unit.disclosures.notes.made import DEFICIT, filing

TWO = [{"type": "NetLoss", "amount": f"USD {n} million", "over": "year 2024", "id": f"loss{n}"} for n in (5, 6)]
SHARE = {"type": "OwnershipInterest", "holder": "Fund", "share": "31.6%", "as_of": "2024-12-31"}


def references() -> References:
    made = filing(DEFICIT, SHARE)
    return References(made, readings_of(made.composed))


@pytest.mark.parametrize(
    ("name", "text", "digits", "scale"),
    [
        ("AccumulatedDeficit.amount", "US$34.4 million", "34.4", 6),
        ("OwnershipInterest.share", "31.6%", "31.6", -2),
        ("sheet/Inventories", "US$800 thousand", "800", 3),
        ("BalanceSheet/Inventories/1", "US$800 thousand", "800", 3),
        ("sheet/Total assets/2023-12-31", "US$4,700 thousand", "4,700", 3),
        ("sheet/us-gaap:Assets/2 | digits", "4,700", "4,700", 3),
        ("sheet/TreasuryStockValue/2", "US$100 thousand", "100", 3),
    ],
)
def test_names_stand_for_amounts_as_printed(name: str, text: str, digits: str, scale: int) -> None:
    amount = references().amount(name)
    assert amount.text == text
    assert amount.digits is not None
    assert (amount.text[slice(*amount.digits)], amount.scale) == (digits, scale)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Nothing.amount", "no item"),
        ("AccumulatedDeficit.sum", "no field"),
        ("AccumulatedDeficit", "names no amount"),
        ("AccumulatedDeficit/amount", "no statement"),
        ("sheet/Tools", "no row"),
        ("sheet/Inventories/1999-12-31", "no column"),
        ("sheet/Inventories | words", "nothing of how"),
        ("OwnershipInterest.as_of", "no amount that is known"),
    ],
)
def test_names_of_nothing_say_what_there_is(name: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message) as caught:
        references().amount(name)
    assert caught.value.fix


def test_a_class_with_two_items_is_named_by_id() -> None:
    made = filing(*TWO)
    names = References(made, ())
    with pytest.raises(UnknownNameError, match="2 items"):
        names.amount("NetLoss.amount")
    assert names.amount("loss6.amount").text == "US$6 million"
