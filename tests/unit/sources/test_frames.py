"""Frames of every library as tables: names, exact numbers, what is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exporter.errors import ReadError
from exporter.sources.frames import frame_table, parquet_table

pytestmark = pytest.mark.door("narwhals")

COLUMNS: dict[str, list[Any]] = {
    "rate": [Decimal("107.20"), None],
    "amount": [34_400_000_000, 1],
    "share": [0.316, float("nan")],
    "on": [dt.date(2005, 3, 31), None],
    "name": ["NTT", None],
}


def frames() -> dict[str, Any]:
    arrow = pa.table(COLUMNS)
    return {
        "pandas": pd.DataFrame(COLUMNS),
        "polars": pl.DataFrame(COLUMNS),
        "lazy polars": pl.LazyFrame(COLUMNS),
        "pyarrow": arrow,
        "duckdb": duckdb.from_arrow(arrow),
    }


@pytest.mark.parametrize("library", sorted(frames()))
def test_values_of_a_frame(library: str) -> None:
    table = frame_table(frames()[library], "rates")
    assert table.headings == tuple(COLUMNS)
    first, second = ([*row.values] for row in table.rows())
    assert (first[0].value, first[0].decimals) == (Decimal("107.20"), 2)
    assert (first[1].value, first[1].decimals) == (Decimal(34_400_000_000), 0)
    assert (first[2].value, first[2].decimals) == (Decimal("0.316"), 3)
    assert first[3:] == ["2005-03-31", "NTT"]
    assert [second[index] for index in (0, 2, 3, 4)] == [None] * 4
    assert str(table.location(1, 0)) == "cell rates!rate[1]"


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table(COLUMNS), tmp_path / "a.parquet")
    table = parquet_table(tmp_path / "a.parquet", "a.parquet")
    assert next(table.rows()).values[0].value == Decimal("107.20")
    assert str(table.location(1, 2)) == "a.parquet!share[1]"
    (tmp_path / "b.parquet").write_text("no")
    for name, code in (("b.parquet", "exporter:malformedTable"), ("c.parquet", "exporter:unreadableFile")):
        with pytest.raises(ReadError) as caught:
            parquet_table(tmp_path / name, name)
        assert caught.value.findings[0].code == code


def test_what_is_no_frame() -> None:
    with pytest.raises(ReadError):
        frame_table([1, 2], "x")
