"""Slips in valid items: each is told where it stands, and what is right is passed over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import exporter as ex
from exporter.disclosures import NetLoss
from exporter.disclosures.rules.rule_set import check_plausibility
from exporter.findings import Severity
from exporter.operations.load import load_filing

EXAMPLE = Path(__file__).parents[4] / "examples" / "iij-20f-2005" / "report.yaml"
FY = "{start: 2023-01-01, end: 2023-12-31}"
FACT = "{type: MonetaryFact, meaning: %s, at: %s, amount: %s}"
RATE = "{type: ExchangeRates, pair: %s, over: " + FY + ", high: %s, low: %s, average: %s}"
SHARES = "{type: ShareCountFact, basis: outstanding, at: 2023-12-31, count: 10,000,000 shares}"
HOLDER = "{type: OwnershipInterest, holder: %s, share: %s, shares: %s, as_of: 2023-12-31}"
MARGIN = "{type: RatioFact, meaning: operating_margin, at: " + FY + ", value: %s}"


def fact(meaning: str, amount: str, at: str = FY) -> str:
    return FACT % (meaning, at, f'"{amount}"')


INCOME = fact("operating_income", "NOK 112.4 million")
REVENUE = fact("revenue", "NOK 2,418.6 million")
COLUMN = (INCOME, REVENUE, fact("gross_profit", "NOK 801 million"))
# The items of a filing for 2023, the code, and the pointer of what is told.
SLIPS: list[tuple[str, tuple[str, ...], str, str]] = [
    (
        "a text of the template",
        ("{type: TextDisclosure, kind: risk_factors, over: " + FY + ", text: A paragraph.}",),
        "placeholder",
        "/items/0/text",
    ),
    (
        "a holder of the template",
        (HOLDER % ("Some Company Ltd.", "30%", '"1,000 shares"'),),
        "placeholder",
        "/items/0/holder",
    ),
    ("a loss of one day", ("{type: NetLoss, amount: NOK 5 million, over: 2023-12-31}",), "oneDayFlow", "/items/0/over"),
    (
        "a flow of one day",
        (fact("revenue", "NOK 5 million", "{start: 2023-12-31, end: 2023-12-31}"),),
        "oneDayFlow",
        "/items/0/at",
    ),
    ("an item twice", (REVENUE, INCOME, REVENUE), "sameItem", "/items/2"),
    ("nine years after", (fact("total_assets", "NOK 5 million", "2032-12-31"), REVENUE), "afterPeriod", "/items/0/at"),
    (
        "in 2044",
        ("{type: AccumulatedDeficit, amount: NOK 5 million, as_of: 2044-12-31}",),
        "afterPeriod",
        "/items/0/as_of",
    ),
    (
        "a loss of the year after",
        ("{type: NetLoss, amount: NOK 5 million, over: {start: 2024-01-01, end: 2024-12-31}}",),
        "afterPeriod",
        "/items/0/over",
    ),
    ("one currency among others", (*COLUMN, fact("net_income", "USD 5 million")), "loneCurrency", "/items/3/amount"),
    ("a margin of other figures", (INCOME, REVENUE, MARGIN % "9.7%"), "ratioDiffers", "/items/2/value"),
    ("a margin a hundredfold", (INCOME, REVENUE, MARGIN % "0.046%"), "ratioDiffers", "/items/2/value"),
    ("a balance a day early", (fact("total_assets", "NOK 5 million", "2023-12-30"),), "dayOff", "/items/0/at"),
    ("a balance a day late", (fact("total_assets", "NOK 5 million", "2024-01-01"),), "dayOff", "/items/0/at"),
    (
        "a year a day long",
        (fact("revenue", "NOK 5 million", "{start: 2023-01-01, end: 2024-01-01}"),),
        "dayOff",
        "/items/0/at",
    ),
    (
        "the year before, a day off",
        (fact("revenue", "NOK 5 million", "{start: 2022-01-01, end: 2022-12-30}"),),
        "dayOff",
        "/items/0/at",
    ),
    (
        "a share of its count",
        (SHARES.replace("10,000,000 shares", '"10,000,000 shares"'), HOLDER % ("A", "0.12%", '"1,200,000"')),
        "shareHundredfold",
        "/items/1/share",
    ),
    (
        "a share beside others",
        (HOLDER % ("A", "0.12%", '"1,200,000"'), HOLDER % ("B", "8%", '"800,000"'), HOLDER % ("C", "5%", '"500,000"')),
        "shareHundredfold",
        "/items/0/share",
    ),
    ("a lone rate", (RATE % ("USD per JPY", "114.30", "102.26", "107.28"),), "rateInverted", "/items/0/high"),
    (
        "a lone rate the other way",
        (RATE % ("NOK per EUR", "0.0900", "0.0850", "0.0880"),),
        "rateInverted",
        "/items/0/high",
    ),
]
RIGHT: list[tuple[str, tuple[str, ...]]] = [
    ("a flow, its parts and its margin", (*COLUMN, MARGIN % "4.6%")),
    ("a margin in full digits", (INCOME, REVENUE, MARGIN % "4.65%")),
    ("a balance after the period", (fact("total_assets", "NOK 5 million", "2024-03-31"),)),
    ("years before", (fact("revenue", "NOK 5 million", "{start: 2022-01-01, end: 2022-12-31}"),)),
    ("a figure and its translation", (*COLUMN, fact("revenue", "USD 240 million"))),
    ("two currencies alike", (*COLUMN, fact("net_income", "USD 5 million"), fact("income_tax", "USD 1 million"))),
    ("holders of one whole", (HOLDER % ("A", "12%", '"1,200,000"'), HOLDER % ("B", "8%", '"800,000"'))),
    (
        "rates as they were",
        (RATE % ("JPY per USD", "151.70", "127.20", "140.50"), RATE % ("USD per EUR", "1.12", "1.05", "1.08")),
    ),
]


def findings(folder: Path, items: tuple[str, ...]) -> list[tuple[str, str | None]]:
    head = 'filing: {entity: {cik: "0000000005"}, prefix: acme, period_end: 2023-12-31}\nitems:\n'
    source = folder / "report.yaml"
    source.write_text(head + "".join(f"  - {item}\n" for item in items), encoding="utf-8")
    told = ex.validate(source)
    assert {each.severity for each in told} <= {Severity.WARNING}, told
    return [(each.code.removeprefix("exporter:"), each.location.pointer) for each in told]


@pytest.mark.parametrize(("items", "code", "pointer"), [case[1:] for case in SLIPS], ids=[case[0] for case in SLIPS])
def test_a_slip_is_told_where_it_stands(tmp_path: Path, items: tuple[str, ...], code: str, pointer: str) -> None:
    assert (code, pointer) in findings(tmp_path, items)


@pytest.mark.parametrize("items", [case[1] for case in RIGHT], ids=[case[0] for case in RIGHT])
def test_what_is_right_is_passed_over(tmp_path: Path, items: tuple[str, ...]) -> None:
    assert findings(tmp_path, items) == []


def test_a_period_far_beyond_its_items(tmp_path: Path) -> None:
    filing = load_filing(EXAMPLE)
    assert list(check_plausibility(filing.items, filing.period_end.date)) == []
    (finding,) = check_plausibility(filing.items, dt.date(2044, 3, 31))
    assert (finding.code, finding.location.pointer) == ("exporter:afterPeriod", "/filing/period_end")


def test_a_fiscal_year_of_weeks_ends_where_it_ends() -> None:
    loss = NetLoss(over=ex.Duration("2023-01-01", "2023-12-30"), amount=ex.Money.parse("$5 million", currency="USD"))
    assert list(check_plausibility([loss], dt.date(2023, 12, 30))) == []


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_edges_of_the_calendar(day: dt.date) -> None:
    loss = NetLoss(over=ex.Duration("2023-01-01", "2023-12-31"), amount=ex.Money.parse("$5 million", currency="USD"))
    assert list(check_plausibility([loss], day)) == []
    early = NetLoss(over=ex.Duration("0001-01-02", "0001-01-02"), amount=ex.Money.parse("$5 million", currency="USD"))
    assert {finding.code for finding in check_plausibility([early], dt.date(2023, 12, 31))} <= {"exporter:afterPeriod"}
