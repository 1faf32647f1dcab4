"""Labels that read as a balance at the start or end of a period, and those that do not."""

from __future__ import annotations

import pytest

from exporter.disclosures.statements.balance_labels import UNCLEAR, balance_edge, edge_of_label, without_edge
from exporter.model.period import Duration

YEAR = Duration("2004-04-01", "2005-03-31")
CALENDAR_YEAR = Duration("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("label", "edge", "name"),
    [
        ("Balance at the beginning of the year", "start", "Balance"),
        ("Cash and cash equivalents, beginning of fiscal year", "start", "Cash and cash equivalents"),
        ("Opening balance", "start", "Balance"),
        ("Closing cash balance", "end", "Cash balance"),
        ("Cash at end of year", "end", "Cash"),
        ("Cash, ending", "end", "Cash"),
        ("Beginning of year", "start", "Balance"),
        ("Balance, March 31, 2005", "end", "Balance"),
        ("BALANCE AS OF MARCH 31, 2004", "start", "BALANCE"),
        ("At 1 April 2004", "start", "Balance"),
        ("Balance at March 31, 2005 (restated)", "end", "Balance (restated)"),
        ("Balance before adoption of new standards at beginning of year", "start", None),
        ("現金及び現金同等物の期首残高", "start", "現金及び現金同等物の残高"),
        ("当期末残高", "end", "残高"),
        ("前期末残高", "start", "残高"),
        ("2005年3月31日残高", "end", "残高"),
        ("Anfangsbestand", "start", "Bestand"),
        ("Finanzmittel am Ende des Geschäftsjahres", "end", "Finanzmittel"),
        ("Eigenkapital zum Jahresbeginn", "start", "Eigenkapital"),
        ("Stand am 31. März 2005", "end", "Stand"),
        ("Trésorerie à l'ouverture", "start", "Trésorerie"),
        ("Solde de clôture", "end", "Solde"),
        ("Capitaux propres au début de l'exercice", "start", "Capitaux propres"),
        ("Trésorerie à la fin de la période", "end", "Trésorerie"),
    ],
)
def test_a_label_says_at_which_end_of_the_period_a_balance_stands(label: str, edge: str, name: str | None) -> None:
    assert balance_edge(label, [YEAR]) == edge
    assert name is None or without_edge(label) == name


@pytest.mark.parametrize(
    "label",
    [
        "Closing costs",
        "Closing fees on equity offerings",
        "Start-up costs",
        "Effect of exchange rates on opening balance",
        "Change from the beginning of the year",
        "Shares issued at the beginning of the year",
        "Inventories at end of year",
        "Dividends declared on March 31, 2005",
        "Net change in balances due to banks",
        "期首商品棚卸高",
        "Veränderung zum Ende des Jahres",
        "Variation de trésorerie à la clôture",
        "Net income",
    ],
)
def test_a_label_of_a_change_is_no_balance(label: str) -> None:
    assert balance_edge(label, [YEAR], asks=True) is None


def test_a_balance_that_names_no_end_of_its_period_is_unclear() -> None:
    assert balance_edge("Balance, June 30, 2004", [YEAR]) == UNCLEAR
    # The end of one column is the start of the other.
    assert balance_edge("Balance, March 31, 2005", [YEAR, Duration("2005-04-01", "2006-03-31")]) == UNCLEAR
    assert balance_edge("Balance", [YEAR], asks=True) == UNCLEAR
    assert balance_edge("Balances as restated", [YEAR], asks=True) == UNCLEAR
    assert balance_edge("Balances with banks", [YEAR]) is None


def test_a_day_of_the_year_tells_in_every_column_unless_the_day_before_the_period_is_its_last_day_too() -> None:
    columns = [CALENDAR_YEAR, Duration("2023-01-01", "2023-12-31")]
    assert balance_edge("Balance at January 1", columns) == "start"
    assert balance_edge("Balance at December 31", columns) == UNCLEAR


@pytest.mark.parametrize(
    ("label", "edge"),
    [
        ("Opening", "start"),
        ("前期末", "start"),
        ("Ende", "end"),
        ("End of the previous year", "start"),
        ("From beginning to end", None),
        ("Cash", None),
    ],
)
def test_a_word_is_enough_for_what_is_known_as_a_balance(label: str, edge: str | None) -> None:
    assert edge_of_label(label) == edge
