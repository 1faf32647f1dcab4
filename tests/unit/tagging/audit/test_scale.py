"""Documents whose figures are the items' but for one power of ten, or for the decimal mark."""

from __future__ import annotations

import pytest

from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.items.values import Money
from exporter.model.period import Duration
from tests.unit.tagging.pages import search, table

YEAR = Duration("2004-04-01", "2005-03-31")
FIGURES = {
    MonetaryMeaning.REVENUE: "41,703",
    MonetaryMeaning.OPERATING_INCOME: "1,253",
    MonetaryMeaning.NET_INCOME: "2,906",
}
LABELS = ("Total revenues", "Operating income", "Net income")


def items(unit: str) -> list[MonetaryFact]:
    return [
        MonetaryFact(meaning=meaning, amount=Money.parse(f"JPY {digits} {unit}"), at=YEAR)
        for meaning, digits in FIGURES.items()
    ]


def body(words: str, *figures: str) -> str:
    return f"<p>{words}</p>" + table(("", "Year ended March 31, 2005"), *zip(LABELS, figures, strict=True))


@pytest.mark.parametrize(
    ("words", "unit", "message"),
    [
        ("(in thousands of yen)", "million", "1,000 times greater"),
        ("(in millions of yen)", "thousand", "1,000 times smaller"),
    ],
)
def test_thousands_for_millions_are_one_finding(words: str, unit: str, message: str) -> None:
    searched = search(body(words, *FIGURES.values()), *items(unit))
    [finding] = [each for each in searched.audit.findings if each.code == "exporter:otherScale"]
    assert message in finding.message
    assert "scale" in (finding.fix or "")


def test_the_other_decimal_mark_is_one_finding() -> None:
    figures = ("41,7031", "1,2534", "2,9062")
    facts = [
        MonetaryFact(meaning=meaning, amount=Money.parse(f"JPY {digits.replace(',', '.')} billion"), at=YEAR)
        for meaning, digits in zip(FIGURES, figures, strict=True)
    ]
    searched = search(body("(in billions of yen)", *figures), *facts)
    [finding] = [each for each in searched.audit.findings if each.code == "exporter:otherScale"]
    assert finding.fix == "give `--decimal-mark ,`"


@pytest.mark.parametrize(
    ("words", "unit"), [("(in millions of yen)", "million"), ("(in thousands of yen)", "thousand")]
)
def test_a_document_that_states_the_items_has_none(words: str, unit: str) -> None:
    searched = search(body(words, *FIGURES.values()), *items(unit))
    assert "exporter:otherScale" not in searched.codes()
    assert searched.found.placements


def test_other_figures_are_no_scale() -> None:
    searched = search(body("(in millions of yen)", "41,713", "1,263", "2,916"), *items("million"))
    assert "exporter:otherScale" not in searched.codes()
