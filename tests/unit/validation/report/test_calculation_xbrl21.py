"""The calculations of XBRL 2.1: what binds, and how numbers are rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from exporter.findings import Finding
from exporter.model.fact import Fact
from exporter.model.unit import Unit
from exporter.taxonomy import networks
from exporter.validation.report.calculation import XBRL21_CODES, XBRL21_INCONSISTENT, check_xbrl21_calculations, rounded
from tests.unit.validation.subjects import CUBES, END, USD, arc, fact, report, taxonomy

D = Decimal


def summation(target: str, weight: str = "1", arcrole: str = networks.SUMMATION_ITEM_2003) -> Any:
    return arc(arcrole, "Sales", target, CUBES, weight=weight)


PLAIN = taxonomy(summation("SalesInShop"), summation("Amount", "-1"))


def number(concept: str, value: str | None, decimals: int | None = 0, unit: Unit | None = USD, **more: Any) -> Fact:
    return fact(concept, value, unit=unit, decimals=decimals if value is not None else None, **more)


def check(*facts: Fact, under: Any = PLAIN) -> list[Finding]:
    return list(check_xbrl21_calculations(report(*facts), under))


def test_the_sum_has_to_be_the_total() -> None:
    parts = [number("SalesInShop", "70"), number("Amount", "30")]
    assert check(number("Sales", "40"), *parts) == []
    (finding,) = check(number("Sales", "41"), *parts)
    assert (finding.code, finding.is_error, finding.location.fact) == (XBRL21_INCONSISTENT, True, "f-Sales")
    assert finding.code in XBRL21_CODES
    assert "sum to 40" in finding.message


def test_contributions_are_rounded_before_and_the_sum_after() -> None:
    assert check(number("Sales", "3"), number("SalesInShop", "1.6"), number("Amount", "-1.4")) == []
    assert check(number("Sales", "30", -1), number("SalesInShop", "33"), number("Amount", "1")) == []
    assert check(number("Sales", "31", -1), number("SalesInShop", "33"), number("Amount", "1")) == []
    assert check(number("Sales", "40", -1), number("SalesInShop", "33"), number("Amount", "1"))


def test_what_is_missing_or_nil_is_zero_and_nothing_at_all_is_no_check() -> None:
    assert check(number("Sales", "40")) == []
    assert check(number("Sales", "40"), number("SalesInShop", None)) == []
    assert check(number("Sales", "40"), number("SalesInShop", "40"), number("Amount", None)) == []
    (finding,) = check(number("Sales", "41"), number("SalesInShop", "40"), number("Amount", None))
    assert "1 of its contributions not reported" in finding.message
    assert check(number("Sales", None), number("SalesInShop", "40")) == []


@pytest.mark.parametrize("twice", ["Sales", "SalesInShop", "Amount"])
@pytest.mark.parametrize("value", ["1", None])
def test_duplicates_bind_nothing(twice: str, value: str | None) -> None:
    facts = [number("Sales", "9"), number("SalesInShop", "1"), number("Amount", "1")]
    assert check(*facts)
    assert check(*facts, number(twice, value, id="again")) == []


def test_other_contexts_and_units_do_not_bind() -> None:
    assert check(number("Sales", "9"), number("SalesInShop", "1", unit=Unit.currency("JPY"))) == []
    assert check(number("Sales", "9"), number("SalesInShop", "1", period=END)) == []


def test_relationships_of_calculations_11_are_left_alone() -> None:
    under = taxonomy(summation("SalesInShop", arcrole=networks.SUMMATION_ITEM))
    assert check(number("Sales", "9"), number("SalesInShop", "1"), under=under) == []


def test_infinite_numbers_are_left_alone() -> None:
    under = taxonomy(summation("Weight"))
    assert check(number("Sales", "9"), number("Weight", "INF"), under=under) == []
    assert check(number("Sales", "9"), number("Weight", "NaN"), under=under) == []


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.5", 0, "0"),
        ("1.5", 0, "2"),
        ("-2.5", 0, "-2"),
        ("2.51", 0, "3"),
        ("150", -2, "200"),
        ("50", -2, "0"),
        ("1.005", 2, "1.00"),
        ("7", None, "7"),
        ("7", 5, "7"),
        ("7", -9999, "0"),
        ("1E+9000", -3, "1E+9000"),
        (f"{'9' * 60}.5", 0, f"1{'0' * 60}"),
    ],
)
def test_halves_go_to_even(value: str, decimals: int | None, expected: str) -> None:
    assert rounded(D(value), decimals) == D(expected)
