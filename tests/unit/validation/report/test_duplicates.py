"""Duplicates, told by the types of their values."""

from __future__ import annotations

import pytest

from exporter.findings import Severity
from exporter.model.dimensions import TypedDimension
from exporter.model.duplicates import Agreement
from exporter.model.fact import Fact
from exporter.validation.report.duplicates import ALLOWED_DUPLICATES, FactComparison
from tests.unit.validation.subjects import NAMESPACE, TAXONOMY, USD, codes, fact, findings, own

COMPLETE, CONSISTENT, INCONSISTENT = Agreement.COMPLETE, Agreement.CONSISTENT, Agreement.INCONSISTENT


def money(value: str | None, decimals: int | None = None) -> Fact:
    return fact("Sales", value, unit=USD, decimals=decimals)


CASES = (
    ((money("5"), money("5.0")), COMPLETE),
    ((fact("Ratio", "1"), fact("Ratio", "1.00")), COMPLETE),
    ((fact("Title", "1"), fact("Title", "1.0")), INCONSISTENT),
    ((fact("Title", "a", language="EN"), fact("Title", "a", language="en")), COMPLETE),
    ((money(None), money(None)), COMPLETE),
    ((money(None), money("5")), INCONSISTENT),
    ((money("5"), money("5", 0)), CONSISTENT),
    ((money("4.6"), money("5", 0)), CONSISTENT),
    ((money("4.5"), money("5", 0)), CONSISTENT),
    ((money("4.4"), money("5", 0)), INCONSISTENT),
    ((money("5", 0), money("6", 0)), INCONSISTENT),
    ((money("5"), money("6")), INCONSISTENT),
    ((money("1000", -3), money("1400", -2), money("1.2E3", None)), INCONSISTENT),
    ((fact("Weight", "NaN"), fact("Weight", "NaN")), INCONSISTENT),
    ((fact("Weight", "INF"), fact("Weight", "INF")), COMPLETE),
    ((fact("Flag", "1"), fact("Flag", "true")), COMPLETE),
    ((fact("Day", "2024-01-01Z"), fact("Day", "2024-01-01")), INCONSISTENT),
    ((fact("Picks", f"{NAMESPACE}#A {NAMESPACE}#B"), fact("Picks", f"{NAMESPACE}#B {NAMESPACE}#A")), COMPLETE),
    ((fact("Mystery", "01"), fact("Mystery", "1")), INCONSISTENT),
    ((fact("Mystery", "01", decimals=0), fact("Mystery", "1", decimals=0)), COMPLETE),
)


@pytest.mark.parametrize(("facts", "agreement"), CASES)
def test_agreement_goes_by_type(facts: tuple[Fact, ...], agreement: Agreement) -> None:
    (found,) = FactComparison(TAXONOMY).duplicates(facts)
    assert found.agreement is agreement
    assert found.facts == facts


def test_typed_values_that_mean_the_same_make_duplicates() -> None:
    def at(axis: str, value: str) -> Fact:
        return fact("Title", "x", TypedDimension(own(f"{axis}Axis"), value))

    assert len(list(FactComparison(TAXONOMY).duplicates([at("Number", "5"), at("Number", "05")]))) == 1
    assert list(FactComparison(TAXONOMY).duplicates([at("Lot", "5"), at("Lot", "05")])) == []
    assert list(FactComparison(TAXONOMY).duplicates([at("Number", "5"), at("Number", "6"), fact("Title", "x")])) == []


def test_languages_and_units_tell_facts_apart() -> None:
    facts = [fact("Title", "a", language="en"), fact("Title", "b", language="ja"), fact("Amount", "5", unit=USD)]
    assert list(FactComparison(TAXONOMY).duplicates([*facts, fact("Amount", "5")])) == []


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ("none", [COMPLETE, CONSISTENT, INCONSISTENT]),
        ("complete", [CONSISTENT, INCONSISTENT]),
        ("consistent", [INCONSISTENT]),
    ],
)
def test_a_report_keeps_what_it_says_of_duplicates(allowed: str, refused: list[Agreement]) -> None:
    pairs = {
        COMPLETE: (money("5"), money("5.0")),
        CONSISTENT: (money("5", 0), money("5.1", 1)),
        INCONSISTENT: (money("5", 0), money("6", 0)),
    }
    for agreement, pair in pairs.items():
        expected = ["oime:disallowedDuplicateFacts"] if agreement in refused else []
        assert codes(*pair, features={ALLOWED_DUPLICATES: allowed}) == expected


def test_contradictions_are_a_warning_where_all_are_allowed() -> None:
    (finding,) = findings(money("5"), money("6"), features={ALLOWED_DUPLICATES: "all"})
    assert (finding.code, finding.severity) == ("exporter:inconsistentDuplicates", Severity.WARNING)
    assert codes(money("5"), money("6")) == [finding.code]
    assert codes(money("5"), money("5")) == []


def test_sets_come_in_the_order_of_their_first_facts_whoever_is_repeated_first() -> None:
    facts = [fact("Title", "a"), fact("Code", "b"), fact("Flag", "1"), fact("Code", "c"), fact("Title", "d")]
    found = list(FactComparison(TAXONOMY).duplicates(iter(facts)))
    assert [[each.value for each in one.facts] for one in found] == [["a", "d"], ["b", "c"]]


def test_one_fact_given_twice_is_its_own_duplicate() -> None:
    once = fact("Title", "a")
    (found,) = FactComparison(TAXONOMY).duplicates([once, fact("Code", "b"), once])
    assert found.facts == (once, once)
