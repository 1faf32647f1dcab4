"""Mappings: what they say, and what is wrong with them, all at once."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import ReadError
from exporter.findings import Location
from exporter.sources.mapping import FieldPath, read_mapping


def read(node: Any) -> Any:
    return read_mapping(node, lambda pointer: Location(pointer=pointer))


def test_a_table_with_columns() -> None:
    (table,) = read(
        {
            "file": "book.xlsx",
            "sheet": "Rates",
            "type": "ExchangeRates",
            "header": "3-4",
            "rows": "5-",
            "columns": {"over.start": "A", "high": {"at": "High", "decimals": 2}},
            "values": {"pair": "JPY per USD"},
            "scale": "thousands",
        }
    )
    assert (table.header, table.rows, table.conventions.scale) == ((3, 4), (5, None), 3)
    assert [(place.path.names, place.at, place.conventions.decimals) for place in table.columns] == [
        (("over", "start"), "A", None),
        (("high",), "High", "2"),
    ]


def test_paths() -> None:
    assert FieldPath.parse("footnotes.1.text") == FieldPath(("footnotes", 1, "text"))
    assert FieldPath.parse("titles[]") == FieldPath(("titles",), is_list=True)
    assert [FieldPath.parse(text) for text in ("High rate", "1.text", "", "a..b", "#", "a.0")] == [None] * 6


def test_all_that_is_wrong_is_reported_with_its_place() -> None:
    with pytest.raises(ReadError) as caught:
        read([{"colums": {}}, {"columns": {"high": {"at": None}, "1x": "A"}, "scale": "thousand", "rows": "9-5"}])
    findings = {finding.location.pointer: finding for finding in caught.value.findings}
    assert set(findings) == {
        "/tables/0/colums",
        "/tables/1/columns/high",
        "/tables/1/columns/1x",
        "/tables/1/scale",
        "/tables/1/rows",
    }
    assert findings["/tables/0/colums"].fix == "did you mean columns?"
    assert findings["/tables/1/scale"].fix == "did you mean thousands?"
    assert {finding.code for finding in findings.values()} == {"exporter:invalidMapping"}


@pytest.mark.parametrize("node", ["text", {"columns": ["high"]}, {"header": True}, {"columns": {}, "cells": {}}])
def test_what_is_no_mapping(node: Any) -> None:
    with pytest.raises(ReadError):
        read(node)
