"""Calculations 1.1 in both modes, with exact ends of intervals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.findings import Finding, Severity
from exporter.model.fact import Fact, has_excess_digits
from exporter.model.unit import Unit
from exporter.taxonomy import networks
from exporter.validation.report.calculation import Interval, check_calculations, interval_of
from tests.unit.validation.subjects import CUBES, USD, arc, fact, report, taxonomy

D = Decimal
ROUNDING = "calc11e:inconsistentCalculationUsingRounding"
TRUNCATION = "calc11e:inconsistentCalculationUsingTruncation"


def summation(target: str, weight: str = "1", source: str = "Sales", old: bool = False, **more: Any) -> Any:
    arcrole = networks.SUMMATION_ITEM_2003 if old else networks.SUMMATION_ITEM
    return arc(arcrole, source, target, CUBES, weight=weight, **more)


PLAIN = taxonomy(summation("SalesInShop"), summation("Amount", "-1"))


def number(concept: str, value: str | None, decimals: int | None = None, unit: Unit | None = USD, **more: Any) -> Fact:
    return fact(concept, value, unit=unit, decimals=decimals, **more)


def check(*facts: Fact, mode: Any = "round", under: Any = PLAIN) -> list[Finding]:
    return list(check_calculations(report(*facts), under, mode=mode))


def codes(*facts: Fact, **more: Any) -> list[str]:
    return [finding.code for finding in check(*facts, **more)]


@pytest.mark.parametrize("old", [False, True])
def test_a_total_has_to_meet_the_sum_of_its_contributions(old: bool) -> None:
    under = taxonomy(summation("SalesInShop", old=old), summation("Amount", "-1", old=old))
    parts = [number("SalesInShop", "70", 0), number("Amount", "30", 0)]
    assert codes(number("Sales", "40", 0), *parts, under=under) == []
    assert codes(number("Sales", "41", 0), *parts, under=under) == []  # 39 to 41 meets 40.5 to 41.5
    (finding,) = check(number("Sales", "42", 0), *parts, under=under)
    assert (finding.code, finding.severity, finding.location.fact) == (ROUNDING, Severity.ERROR, "f-Sales")
    assert "[39, 41]" in finding.message


def test_exact_numbers_have_to_be_equal() -> None:
    assert codes(number("Sales", "40.00"), number("SalesInShop", "40")) == []
    assert codes(number("Sales", "40.01"), number("SalesInShop", "40")) == [ROUNDING]


def test_missing_contributions_count_as_zero_and_none_at_all_is_no_check() -> None:
    assert codes(number("Sales", "40")) == []
    assert codes(number("SalesInShop", "40")) == []
    assert codes(number("Sales", "40"), number("Amount", "-40")) == []
    assert codes(number("Sales", "40"), number("SalesInShop", None)) == []
    assert codes(number("Sales", None), number("SalesInShop", "40")) == []


def test_facts_of_another_context_or_unit_do_not_contribute() -> None:
    from exporter.model.dimensions import Entity

    other = Entity("http://www.example.com/ids", "other")
    assert codes(number("Sales", "1"), number("SalesInShop", "5", unit=Unit.currency("EUR"))) == []
    assert codes(number("Sales", "1"), number("SalesInShop", "5", entity=other)) == []
    assert codes(number("Sales", "1"), number("SalesInShop", "5")) == [ROUNDING]


def test_more_digits_than_arithmetic_by_default_has() -> None:
    many = "1" + "0" * 60
    assert codes(number("Sales", many + "1"), number("SalesInShop", many + "1")) == []
    assert codes(number("Sales", many + "1"), number("SalesInShop", many + "2")) == [ROUNDING]


def test_weights_stretch_intervals() -> None:
    under = taxonomy(summation("SalesInShop", "0.5"))
    assert codes(number("Sales", "5"), number("SalesInShop", "10"), under=under) == []
    assert codes(number("Sales", "5.25"), number("SalesInShop", "10", 0), under=under) == []
    assert codes(number("Sales", "5.3"), number("SalesInShop", "10", 0), under=under) == [ROUNDING]


def test_truncation_leaves_out_the_far_end() -> None:
    assert codes(number("Sales", "41"), number("SalesInShop", "40.9", 1), mode="truncate") == [TRUNCATION]
    assert codes(number("Sales", "40.99"), number("SalesInShop", "40.9", 1), mode="truncate") == []
    assert codes(number("Sales", "-41"), number("SalesInShop", "-40.9", 1), mode="truncate") == [TRUNCATION]
    assert codes(number("Sales", "-40.95"), number("Amount", "40.9", 1), mode="truncate") == []
    assert codes(number("Sales", "-41"), number("Amount", "40.9", 1), mode="truncate") == [TRUNCATION]


def test_consistent_duplicates_narrow_the_interval() -> None:
    parts = [number("SalesInShop", "40", 0), number("SalesInShop", "40.3", 1)]
    assert codes(number("Sales", "40.35"), *parts) == []
    assert codes(number("Sales", "39.8"), *parts) == [ROUNDING]


@pytest.mark.parametrize("pair", [("40", "41"), ("40", "50"), ("40", None)])
@pytest.mark.parametrize("of", ["Sales", "SalesInShop"])
def test_duplicates_that_contradict_each_other_end_the_check(pair: tuple[str, str | None], of: str) -> None:
    other = "SalesInShop" if of == "Sales" else "Sales"
    facts = [number(of, pair[0], 0), number(of, pair[1], None if pair[1] is None else 0), number(other, "99")]
    assert codes(*facts) == ["oime:disallowedDuplicateFacts"]
    assert codes(*facts, mode="truncate") == ["calc11e:disallowedDuplicateFactsUsingTruncation"]


def test_digits_beyond_decimals() -> None:
    facts = [number("Sales", "41.2", 0), number("SalesInShop", "41", 0)]
    (finding,) = check(*facts)
    assert (finding.code, finding.severity) == ("calc11e:excessDigits", Severity.WARNING)
    (finding,) = check(number("Sales", "99.2", 0), facts[1], mode="truncate")
    assert (finding.code, finding.severity) == ("calc11e:excessDigits", Severity.ERROR)
    assert not has_excess_digits(D("1200"), -2)
    assert has_excess_digits(D("1250"), -2)
    assert has_excess_digits(D("5"), -3)
    assert not has_excess_digits(D("1.50"), 1)
    assert not has_excess_digits(D("0.00"), -5)


@pytest.mark.parametrize(("old", "severity"), [(False, Severity.ERROR), (True, Severity.WARNING)])
def test_what_is_no_decimal_number_takes_no_part(old: bool, severity: Severity) -> None:
    for target in ("Weight", "Title"):
        (finding,) = check(number("Sales", "1"), under=taxonomy(summation(target, old=old)))
        assert (finding.code, finding.severity) == ("calc11e:nonDecimalItemNode", severity)


def test_the_same_pair_twice_in_one_role_is_a_fault() -> None:
    twice = taxonomy(summation("SalesInShop"), summation("SalesInShop", "2"))
    assert codes(number("Sales", "1"), number("SalesInShop", "5"), under=twice) == [
        "calc11e:duplicateCalculationRelationships"
    ]


def test_nothing_is_told_of_a_report_that_adds_up_in_no_calculation() -> None:
    assert codes(number("Sales", "1"), number("SalesInShop", "5"), under=taxonomy()) == []


def test_intervals() -> None:
    assert interval_of(D("5"), 0, "round") == Interval(D("4.5"), D("5.5"))
    assert interval_of(D("1200"), -2, "round") == Interval(D("1150"), D("1250"))
    assert interval_of(D("5"), None, "truncate") == Interval(D(5), D(5))
    assert interval_of(D("0"), 0, "truncate") == Interval(D(-1), D(1), False, False)
    assert Interval(D(1), D(2), True, False).times(D(-1)) == Interval(D(-2), D(-1), False, True)
    assert Interval(D(1), D(2)).cut(Interval(D(2), D(3))) == Interval(D(2), D(2))
    assert Interval(D(1), D(2)).cut(Interval(D(2), D(3), False, True)) is None
    assert Interval(D(1), D(2), True, False).cut(Interval(D(2), D(3))) is None


@settings(max_examples=60)
@given(st.lists(st.decimals(-9999, 9999, places=3), min_size=1, max_size=2), st.integers(-2, 2))
def test_rounding_true_numbers_never_makes_them_inconsistent(parts: list[Decimal], decimals: int) -> None:
    names = ("SalesInShop", "Amount")
    total = parts[0] - (parts[1] if len(parts) > 1 else 0)
    unit = Decimal((0, (1,), -decimals))
    rounded = [
        format(part.quantize(unit) if decimals >= 0 else (part / unit).quantize(1) * unit, "f") for part in parts
    ]
    shown = format(total.quantize(unit) if decimals >= 0 else (total / unit).quantize(1) * unit, "f")
    facts = [number(name, text, decimals) for name, text in zip(names, rounded, strict=False)]
    assert codes(number("Sales", shown, decimals), *facts) == []
