"""Rows and columns as people write them."""

from __future__ import annotations

import pytest

from exporter.disclosures import BalanceSheet, IncomeStatement
from exporter.disclosures.statements.layout import COLUMN, ROW, StatementRow, row_nodes, scale_of, with_depths
from exporter.errors import ItemError, ModelError
from exporter.model.period import Duration, Instant
from tests.unit.disclosures.statements.made import DATES, SHEET, YEARS, filing, node


def test_a_table_written_as_text_has_a_row_for_each_line() -> None:
    nodes = row_nodes("Assets:\n  Cash | us-gaap:Cash | 1,200 | (5)\n  Land | us-gaap:Land | |\n")
    assert nodes == [
        {"label": "Assets:"},
        {"label": "  Cash", "concept": "us-gaap:Cash", "values": ["1,200", "(5)"]},
        {"label": "  Land", "concept": "us-gaap:Land", "values": ["", ""]},
    ]
    assert row_nodes("Cash | 1 | 2\nLand | 3 | 4")[1] == {"label": "Land", "values": ["3", "4"]}


def test_blanks_before_a_label_are_levels() -> None:
    assert [StatementRow(label=label).depth for label in ("A", "  A", "    A", "\u3000A")] == [0, 1, 2, 1]
    assert ROW.from_json({"label": "  A", "depth": 1}).depth == 2
    steps = with_depths([StatementRow(label="A", depth=1), StatementRow(label="B", depth=5), StatementRow(label="C")])
    assert [row.depth for row in steps] == [0, 1, 0]


def test_rows_and_columns_come_back_from_items_json() -> None:
    given = {"label": "Cash", "depth": 1, "values": ["1", ""], "negated": True, "sum_of": ["-A", "B"], "scale": 3}
    row = ROW.from_json(given)
    assert ROW.to_json(row) == given
    assert ROW.from_json(ROW.to_json(row)) == row
    for plain in (DATES[0], YEARS[0], {"period": YEARS[0], "label": "2024", "members": {"us-gaap:A": "us-gaap:B"}}):
        column = COLUMN.from_json(plain)
        assert COLUMN.to_json(column) == plain
    assert COLUMN.from_json(DATES[0]).period == Instant("2024-12-31")
    assert COLUMN.from_json(YEARS[0]).period == Duration("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(("text", "power"), [("thousands", 3), ("in millions", 6), ("百万円", 6), (3, 3), ("0", 0)])
def test_a_scale_is_a_word_or_a_power(text: object, power: int) -> None:
    assert scale_of(text) == power


@pytest.mark.parametrize("node", ["dozens", 99, None, {"label": 1}])
def test_no_scale(node: object) -> None:
    with pytest.raises(ModelError):
        scale_of(node)


@pytest.mark.parametrize(
    "row",
    [{}, {"label": ""}, {"label": "A", "concept": "no name"}, {"label": "A", "at": "middle"}, {"label": "A", "x": 1}],
)
def test_what_is_no_row(row: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        ROW.from_json(row)


def test_a_statement_with_the_wrong_columns_is_refused() -> None:
    column = COLUMN.from_json(YEARS[0])
    row = StatementRow(label="Cash", values=("1", "2"))
    with pytest.raises(ItemError) as raised:
        BalanceSheet(title="Sheet", columns=(column,), rows=(row,))
    assert [finding.code for finding in raised.value.findings] == ["exporter:rowTooLong", "exporter:periodKind"]
    with pytest.raises(ItemError):
        IncomeStatement(title="Income", columns=(COLUMN.from_json(DATES[0]),), rows=(StatementRow(label="A"),))
    with pytest.raises(ItemError):
        BalanceSheet(title="Sheet", columns=(), rows=())


def test_a_statement_comes_back_from_items_json() -> None:
    made = filing(node("BalanceSheet", SHEET))
    from exporter.items.tree_values import item_to_plain

    again = filing(item_to_plain(made.items[0]))
    assert again.items == made.items


def test_a_row_may_name_concepts_of_several_taxonomies() -> None:
    row = ROW.from_json({"label": "Total", "concept": ["us-gaap:Assets", "ifrs-full:Assets", "Assets"]})
    assert row.concepts == ("us-gaap:Assets", "ifrs-full:Assets", "Assets")
    assert ROW.from_json(ROW.to_json(row)) == row
    assert row_nodes("Total | us-gaap:Assets ifrs-full:Assets | 5")[0]["concept"] == "us-gaap:Assets ifrs-full:Assets"
    with pytest.raises(ModelError, match="prefix:Name"):
        StatementRow(label="Total", concept="us-gaap:Assets, Assets")


def test_wider_concepts_are_standard_ones() -> None:
    assert ROW.from_json({"label": "A", "wider": "ifrs-full:Assets"}).wider == ("ifrs-full:Assets",)
    with pytest.raises(ModelError, match="standard one"):
        StatementRow(label="A", wider=["Assets"])
