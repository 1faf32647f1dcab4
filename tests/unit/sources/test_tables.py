"""Rows as items: paths of fields, notes, order, containers, what tables say once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from exporter.findings import Location
from exporter.sources.cells import NumberCell, PrintedText, cell_name, number_cell
from exporter.sources.leaves import plain_value
from exporter.sources.mapping import read_mapping
from exporter.sources.tables import TableRow, TablesReader, TablesSource


@frozen
class Rows:
    """A table of rows at hand."""

    name: str
    data: Sequence[Sequence[Any]]
    headings: tuple[str, ...] | None = None

    def rows(self) -> Iterator[TableRow]:
        for number, values in enumerate(self.data, 1):
            yield TableRow(number, [plain_value(value) for value in values])

    def location(self, row: int, column: int) -> Location:
        return Location(file="f", cell=f"{self.name}!{cell_name(row - 1, column)}")

    def spread(self, row: TableRow) -> Sequence[Any]:
        return row.values

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        return {}


def read(*tables: Rows) -> TablesSource:
    reader = TablesReader(["NetLoss", "PriceHistory", "WriteOff"])
    for table in tables:
        reader.add_by_name(table)
    return reader.source("f")


def mapped(table: Rows, **mapping: Any) -> TablesSource:
    reader = TablesReader(())
    (read_table,) = read_mapping(mapping, lambda pointer: Location(pointer=pointer))
    reader.add(table, read_table, lambda pointer: Location(file="m", pointer=pointer))
    return reader.source("f")


def test_headings_are_fields() -> None:
    table = Rows(
        "Net Loss",
        [
            ["#", "amount", "over.start", "over.end", "titles[]", "footnotes.1.text", "footnotes.2.text"],
            ["# takes", "an amount", "a day", None, None, None, None],
            [None, "¥1 billion", dt.date(2004, 4, 1), "2005-03-31", "a; b;c", None, "note"],
            [None] * 7,
            ["checked", "{unknown: not stated}", None, None, None, "x", "y"],
        ],
    )
    source = read(table)
    assert source.value["items"] == [
        {
            "type": "NetLoss",
            "amount": "¥1 billion",
            "over": {"start": "2004-04-01", "end": "2005-03-31"},
            "titles": ["a", "b", "c"],
            "footnotes": [{"text": "note"}],
        },
        {"type": "NetLoss", "amount": {"unknown": "not stated"}, "footnotes": [{"text": "x"}, {"text": "y"}]},
    ]
    cells = {
        "/items/0/amount": "B3",
        "/items/0/over/end": "D3",
        "/items/0/over": "C3",
        "/items/1/footnotes/1/text": "G5",
        "/items/1": "B5",
        "/items/1/unknown_field": "B5",
    }
    assert {pointer: source.locate(pointer).cell for pointer in cells} == {
        pointer: f"Net Loss!{cell}" for pointer, cell in cells.items()
    }
    assert source.findings == ()


def test_a_column_type_and_the_order_of_items() -> None:
    source = read(
        Rows("Mixed", [["type", "amount", "#order"], ["NetLoss", "1", "2"], ["WriteOff", "2", "1.5"]]),
        Rows("NetLoss", [["amount", "#order"], ["3", "1"], ["4", None]]),
    )
    assert [item["amount"] for item in source.value["items"]] == ["3", "2", "1", "4"]
    assert source.locate("/items/1/amount").cell == "Mixed!B3"
    assert source.locate("/items/3/amount").cell == "NetLoss!A3"


def test_rows_of_containers() -> None:
    source = read(
        Rows("PriceHistory.rows", [["#item", "high"], ["A", "1"], ["B", "2"], ["A", "3"]]),
        Rows("PriceHistory", [["#item", "market"], ["A", "Tokyo"], ["B", "New York"]]),
    )
    assert source.value["items"] == [
        {"type": "PriceHistory", "rows": [{"high": "1"}, {"high": "3"}], "market": "Tokyo"},
        {"type": "PriceHistory", "rows": [{"high": "2"}], "market": "New York"},
    ]
    assert source.locate("/items/0/rows/1/high").cell == "PriceHistory.rows!B4"
    assert source.locate("/items/1/market").cell == "PriceHistory!B3"


def test_tables_that_are_no_items_are_noticed() -> None:
    source = read(Rows("NetLosses", [["amount"], ["1"]]), Rows("Remarks", [["hello"]]), Rows("Empty", []))
    assert source.value["items"] == []
    assert [(finding.code, str(finding.severity), finding.fix) for finding in source.findings][:2] == [
        ("exporter:tableNotRead", "warning", "did you mean NetLoss?"),
        ("exporter:tableNotRead", "info", "map it with tables in a YAML file of items"),
    ]


def test_a_heading_that_is_no_field_is_noticed() -> None:
    source = read(Rows("NetLoss", [["amount", "1st (note)"], ["1", "x"]]))
    assert [finding.location.cell for finding in source.findings] == ["NetLoss!B1"]


def test_the_header_of_a_filing() -> None:
    source = read(Rows("Filing", [["# about"], ["entity.cik", number_cell(1090633, "0000000000")], ["prefix", "iij"]]))
    assert source.value["filing"] == {"entity": {"cik": "0001090633"}, "prefix": "iij"}
    assert source.locate("/filing/entity/cik").cell == "Filing!B2"
    assert source.locate("/filing/entity").cell == "Filing!B2"


def test_parts_of_an_amount_in_columns_of_their_own() -> None:
    source = read(
        Rows(
            "NetLoss",
            [["amount", "amount.currency", "amount.scale"], [15.6, "JPY", "billions"], ["15.6", "JPY", "billions"]],
        )
    )
    number, text = (item["amount"] for item in source.value["items"])
    assert isinstance(number, NumberCell)
    assert (number.value, number.decimals, number.currency) == (Decimal("15600000000"), -8, "JPY")
    assert text == PrintedText("15.6", "JPY", 9)


def test_a_mapping_by_headings_letters_and_rows() -> None:
    table = Rows(
        "Rates",
        [
            ["Some company", None, None],
            ["(in thousands)", None, None],
            ["Year", "High\nrate", "Low"],
            ["2004", 1, 2],
            ["2005", 3, 4],
            ["Total", 4, 6],
        ],
    )
    source = mapped(
        table,
        type="NetLoss",
        columns={"over": "A", "high": "high rate", "low": {"at": "Low", "scale": "thousands", "currency": "JPY"}},
        rows="4-5",
        values={"pair": "JPY per USD"},
    )
    first, second = source.value["items"]
    assert (first["over"], first["pair"], repr(first["high"])) == ("2004", "JPY per USD", "1")
    assert (second["low"].value, second["low"].currency) == (4000, "JPY")
    assert source.locate("/items/1/low").cell == "Rates!C5"
    assert source.locate("/items/1/pair").cell == "Rates!A5"


def test_headings_in_two_rows() -> None:
    table = Rows("T", [["2004", "2004", "2005"], ["High", "Low", "High"], [1, 2, 3]])
    source = mapped(table, type="NetLoss", header="1-2", columns={"a": "2004 / High", "b": "2005/High", "c": "low"})
    assert [repr(source.value["items"][0][name]) for name in "abc"] == ["1", "3", "2"]


def test_headings_that_are_not_there_or_twice() -> None:
    table = Rows("T", [["High", "High", "Low"], [1, 2, 3]])
    source = mapped(table, type="NetLoss", header=1, columns={"a": "High", "b": "Lo"})
    assert [(finding.code, finding.location.pointer, finding.fix) for finding in source.findings] == [
        ("exporter:unknownColumn", "/tables/0/columns/a", "give the letter of the column"),
        ("exporter:unknownColumn", "/tables/0/columns/b", "did you mean Low?"),
    ]


def test_rounded_cells_are_reported_once_for_a_column() -> None:
    rows = [[number_cell(0.31624, "0.0%")], [number_cell(0.5, "0%")], [number_cell(0.111, "0%")]]
    source = read(Rows("NetLoss", [["share"], *rows]))
    (finding,) = source.findings
    assert (finding.code, finding.location.cell) == ("exporter:roundedCell", "NetLoss!A2")
    assert "0.31624 and shows 31.6%" in finding.message
    assert "1 more cells" in finding.message


def test_plain_values() -> None:
    assert plain_value("  ") is None
    assert plain_value(float("nan")) is None
    assert plain_value(dt.datetime(2005, 3, 31)) == "2005-03-31"
    assert plain_value({"name": "NTT", "kind": None}) == {"name": "NTT"}
    assert plain_value(["a", None]) == ["a"]
    assert plain_value(Decimal("1.50")).decimals == 2
    assert plain_value(5).decimals == 0
