"""Amounts inside labels: facts of their own, tagged where the label prints them."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures.statements.compose import readings_of
from exporter.disclosures.statements.layout import ROW
from exporter.disclosures.statements.parenthetical import LabelFigure, figures_in_label, with_amounts_in_labels
from exporter.errors import ModelError
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import FactPlace, PageText
from exporter.operations.to_items import filing_of_report
from exporter.page.compose import Grid
from exporter.page.display import ItemDisplay
from exporter.page.statement_tables import statement_section
from exporter.page.words import PageLanguage
from exporter.transformations import Style
from tests.unit.disclosures.statements.made import codes, filing, messages, node

ALLOWANCE = "us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent"
ROWS: list[dict[str, Any]] = [
    {
        "label": "Receivables, less allowances of $53 and $47, respectively",
        "concept": "us-gaap:AccountsReceivableNetCurrent",
        "values": ["500", "400"],
        "parenthetical": {"concept": ALLOWANCE, "values": ["$53", "$47"]},
    },
    {"label": "Total assets", "concept": "us-gaap:Assets", "values": ["500", "400"], "sum_of": []},
    {
        "label": "Common stock, par value $0.00001, 50,400,000 shares authorized, 15,550 and 15,943 issued",
        "concept": "us-gaap:CommonStockValue",
        "values": ["500", "400"],
        "parenthetical": [
            {"concept": "us-gaap:CommonStockParOrStatedValuePerShare", "values": "$0.00001"},
            {"concept": "us-gaap:CommonStockSharesAuthorized", "values": ["50,400,000"]},
            {"concept": "us-gaap:CommonStockSharesIssued", "values": ["15,550", "15,943"], "scale": "thousands"},
        ],
    },
    {"label": "Total equity", "concept": "us-gaap:StockholdersEquity", "values": ["500", "400"], "sum_of": []},
]


def made() -> Filing:
    return filing(node("BalanceSheet", ROWS))


def test_amounts_in_labels_are_facts_in_their_own_units() -> None:
    facts = [
        (fact.concept.local_name, fact.value, fact.decimals, str(fact.unit).rpartition("/")[2])
        for fact in made().derived.report.facts
        if not any(row["concept"].endswith(f":{fact.concept.local_name}") for row in ROWS)
    ]
    assert facts == [
        ("AllowanceForDoubtfulAccountsReceivableCurrent", "53000", -3, "iso4217:USD"),
        ("AllowanceForDoubtfulAccountsReceivableCurrent", "47000", -3, "iso4217:USD"),
        ("CommonStockParOrStatedValuePerShare", "0.00001", 5, "xbrli:shares"),
        ("CommonStockParOrStatedValuePerShare", "0.00001", 5, "xbrli:shares"),
        ("CommonStockSharesAuthorized", "50400000", 0, "xbrli:shares"),
        ("CommonStockSharesAuthorized", "50400000", 0, "xbrli:shares"),
        ("CommonStockSharesIssued", "15550000", -3, "xbrli:shares"),
        ("CommonStockSharesIssued", "15943000", -3, "xbrli:shares"),
    ]
    assert codes(made()) == []
    assert [role.definition.rpartition(" - ")[2] for role in made().taxonomy.roles if role.definition] == [
        "The BalanceSheet",
        "The BalanceSheet (Parenthetical)",
    ]


def test_they_are_tagged_inside_the_label() -> None:
    given = made()
    section = statement_section(given, given.derived, ItemDisplay(PageLanguage.of("en", ("en",)), Style.of("en")))
    assert section is not None
    (grid,) = (part for part in section.parts if isinstance(part, Grid))
    label = list(grid.lines)[2].cells[0]
    assert isinstance(label, tuple)
    shown = [part.text if isinstance(part, PageText) else getattr(part, "text", None) for part in label]
    assert "".join(text or "" for text in shown) == ROWS[2]["label"]
    places = [(len(part.facts), part.text, part.scale) for part in label if isinstance(part, FactPlace)]
    assert places == [(2, "0.00001", 0), (2, "50,400,000", 0), (1, "15,550", 3), (1, "15,943", 3)]


def test_they_come_back_in_the_rows_that_print_them() -> None:
    given = made()
    again = filing_of_report(given.derived.report, taxonomy=given.taxonomy).filing
    assert set(again.derived.report.facts) == set(given.derived.report.facts)
    assert len(again.items) == 1
    rows = again.items[0].rows
    assert [[amount.concept for amount in row.parenthetical] for row in rows] == [
        [amount.concept for amount in row.parenthetical] for row in given.items[0].rows
    ]
    assert len(readings_of(again.composed)[0].rows[2].figures) == 4


def test_amounts_that_no_label_prints_stay_a_statement() -> None:
    sheet = made().items[0]
    bare = evolve(sheet, rows=tuple(evolve(row, parenthetical=()) for row in sheet.rows))
    amounts = evolve(bare, title=f"{sheet.title} (Parenthetical)", rows=sheet.rows[0].parenthetical)
    (merged,) = with_amounts_in_labels([bare, amounts])
    assert merged.rows[0].parenthetical[0].concept == ALLOWANCE
    other = evolve(amounts, rows=(evolve(amounts.rows[0], values=("54", "47")),))
    assert with_amounts_in_labels([bare, other]) == [bare, other]


@pytest.mark.parametrize(
    ("label", "texts", "spans"),
    [
        ("of $1,234 and $1,100", {0: "1,234", 1: "1,100"}, [(4, 9, (0,)), (15, 20, (1,))]),
        ("of 5 and 5", {0: "5", 1: "5"}, [(3, 4, (0, 1))]),
        ("11 of 1", {0: "1"}, [(6, 7, (0,))]),
        ("1.5 of 5", {0: "$5"}, [(7, 8, (0,))]),
        ("2005: 5.", {0: "5"}, [(6, 7, (0,))]),
    ],
)
def test_a_number_is_looked_for_as_a_whole(
    label: str, texts: dict[int, str], spans: list[tuple[int, int, tuple[int, ...]]]
) -> None:
    figures = [match for match in figures_in_label(label, [(0, texts)]) if isinstance(match, LabelFigure)]
    assert [(figure.start, figure.stop, figure.columns) for figure in figures] == spans


def test_an_amount_that_the_label_does_not_print_is_a_finding() -> None:
    rows = [{**ROWS[0], "parenthetical": {"concept": ALLOWANCE, "values": ["54", "47"]}}]
    wrong = filing(node("BalanceSheet", rows))
    assert codes(wrong) == ["exporter:amountNotInLabel"]
    assert "'Allowance For Doubtful Accounts Receivable Current', 54, 47" in messages(wrong)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        "53",
        {"concept": ALLOWANCE},
        {"concept": ALLOWANCE, "values": ["53"], "parenthetical": {"concept": ALLOWANCE, "values": ["53"]}},
    ],
)
def test_amounts_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(ModelError):
        ROW.from_json({**ROWS[0], "parenthetical": wrong})


def test_rows_with_amounts_come_back_from_items_json() -> None:
    row = ROW.from_json(ROWS[2])
    assert ROW.from_json(ROW.to_json(row)) == row
