"""Facts compare by meaning, reports as sets; duplicates agree completely, consistently or not."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from exporter.model.dimensions import Context
from exporter.model.duplicates import Agreement, agreement, find_duplicates, interval
from exporter.model.fact import Fact, Facts, make_fact, parse_number
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.model.unit import Unit

CASH = QName("urn:a", "Cash")
CONTEXT = Context(None, Instant("2005-03-31"))
YEN = Unit.currency("JPY")


def fact(value: str | None, decimals: int | None = 0, **more: Any) -> Fact:
    return Fact(CASH, CONTEXT, value, decimals, more.pop("unit", YEN), **more)


def test_numbers_compare_as_numbers_and_ids_not_at_all() -> None:
    assert fact("1.0", id="a") == fact("1.00", id="b")
    assert hash(fact("1.0")) == hash(fact("1.00"))
    assert fact("1.0", 0) != fact("1.0", 1)
    assert fact("-0") == fact("0")


def test_text_compares_by_characters() -> None:
    text = Fact(CASH, CONTEXT, "1.0", language="EN")
    assert text == Fact(CASH, CONTEXT, "1.0", language="en")
    assert text != Fact(CASH, CONTEXT, "1.00", language="en")
    assert Fact(CASH, CONTEXT, "") != Fact(CASH, CONTEXT, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.50", Decimal("12.50")),
        (" -.5 ", Decimal("-0.5")),
        ("1e3", Decimal(1000)),
        ("INF", Decimal("Infinity")),
        ("NaN", None),
        ("1_000", None),
        ("１２", None),
        ("Infinity", None),
        ("", None),
    ],
)
def test_numbers_are_read_exactly_or_not_at_all(text: str, number: Decimal | None) -> None:
    assert parse_number(text) == number


def test_facts_are_a_sequence_equal_as_a_set() -> None:
    one, two = fact("1"), fact("2")
    assert Facts([one, two]) == Facts([two, one, one])
    assert Facts([one]) != Facts([two])
    assert (len(Facts([one, two])), Facts([one, two])[1], Facts([one, two])[:1]) == (2, two, Facts([one]))


def report(**more: Any) -> Report:
    given: dict[str, Any] = {
        "taxonomy": ("a.xsd",),
        "facts": [fact("1", id="f1"), fact("2", id="f2")],
        "footnotes": [FootnoteResource("note", "en", "n1")],
        "links": [Link("f1", "n1")],
    }
    return Report(**(given | more))


def test_reports_are_equal_whatever_the_ids_and_the_order() -> None:
    other = report(
        facts=[fact("2", id="x"), fact("1", id="y")],
        footnotes=[FootnoteResource("note", "EN", "z")],
        links=[Link("y", "z")],
    )
    assert report() == other
    assert hash(report()) == hash(other)


@pytest.mark.parametrize(
    "change",
    [
        {"links": [Link("f2", "n1")]},
        {"links": []},
        {"footnotes": [FootnoteResource("other", "en", "n1")]},
        {"facts": [fact("1", id="f1")]},
        {"taxonomy": ("b.xsd",)},
        {"base_url": "http://example.com/"},
        {"links": [Link("f1", "n1", group="urn:other")]},
    ],
)
def test_reports_differ_in_what_they_say(change: dict[str, Any]) -> None:
    assert report() != report(**change)


def test_footnotes_are_found_from_their_fact() -> None:
    made = report()
    assert made.footnotes_of(made.facts[0]) == (FootnoteResource("note", "en", "n1"),)
    assert made.footnotes_of(made.facts[1]) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("100", 0), ("100.0", 0)], Agreement.COMPLETE),
        ([("123", 0), ("120", -1)], Agreement.CONSISTENT),
        ([("125", 0), ("120", -1)], Agreement.CONSISTENT),  # the intervals touch
        ([("126", 0), ("120", -1)], Agreement.INCONSISTENT),
        ([("100", 0), ("101", 0)], Agreement.INCONSISTENT),
        ([("100", None), ("100", 0)], Agreement.CONSISTENT),
        ([(None, None), ("100", 0)], Agreement.INCONSISTENT),
        ([(None, None), (None, None)], Agreement.COMPLETE),
        ([("NaN", None), ("NaN", None)], Agreement.INCONSISTENT),
        ([("100", -2), ("140", -1), ("60", -1)], Agreement.INCONSISTENT),  # each fits the first, not each other
    ],
)
def test_how_far_duplicates_agree(values: list[tuple[str | None, int | None]], expected: Agreement) -> None:
    assert agreement(fact(value, decimals) for value, decimals in values) is expected


def test_text_duplicates_agree_completely_or_not_at_all() -> None:
    texts = [Fact(CASH, CONTEXT, text) for text in ("a", "a", "b")]
    assert agreement(texts[:2]) is Agreement.COMPLETE
    assert agreement(texts) is Agreement.INCONSISTENT


def test_duplicates_differ_in_value_decimals_and_id_only() -> None:
    other_period = evolve(fact("1"), context=Context(None, Instant("2006-03-31")))
    found = list(find_duplicates([fact("1"), other_period, fact("1", id="x"), fact("1", unit=Unit.currency("USD"))]))
    assert [len(each.facts) for each in found] == [2]
    assert found[0].best == fact("1")


def test_the_most_accurate_duplicate_is_the_best() -> None:
    (found,) = find_duplicates([fact("120", -1), fact("123", 0), fact("100", -2)])
    assert found.best == fact("123", 0)


def test_intervals_are_exact_at_any_size() -> None:
    low, high = interval(Decimal("34400000000"), -8)
    assert (low, high) == (Decimal("34350000000"), Decimal("34450000000"))
    big = "1" + "0" * 59
    assert interval(Decimal(f"{big}1"), 3) == (Decimal(f"{big}0.9995"), Decimal(f"{big}1.0005"))
    assert interval(Decimal("-0.5"), None) == (Decimal("-0.5"), Decimal("-0.5"))


def test_a_quickly_made_fact_is_like_any_other() -> None:
    made = make_fact(CASH, CONTEXT, "1.0", 0, YEN, None, "a")
    assert type(made) is Fact
    assert (made, hash(made), made.id) == (fact("1"), hash(fact("1")), "a")
    assert evolve(made, value="2") == fact("2")
    assert pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(FrozenInstanceError):
        made.value = "2"  # type: ignore[misc]


def test_a_report_holds_its_facts() -> None:
    facts = [fact("1"), fact("2"), fact("3")]
    report = Report(facts=facts)
    assert len(report) == 3
    assert list(report) == facts
    assert facts[1] in report
    assert len(Report()) == 0
    assert Report(), "a report without facts is a report"


def test_a_report_shows_in_one_line() -> None:
    report = Report(taxonomy=("a.xsd",), facts=[fact(str(number)) for number in range(1_000)])
    assert repr(report) == "<Report: 1,000 facts, 0 footnotes, taxonomy a.xsd>"
    assert repr(report.facts).endswith(", … 998 more])")
    assert len(repr(report.facts)) < 2_000
    assert repr(Facts()) == "Facts([])"
