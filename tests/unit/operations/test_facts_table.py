"""Facts as files of other programs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import exporter as ex
from exporter.model.selection import PrefixedNames
from exporter.operations.facts_table import facts_format, write_facts
from tests.support.tables import EXAMPLE
from tests.unit.cli.running import exporter

pytestmark = pytest.mark.door("narwhals", "xlsxwriter", "openpyxl")


@pytest.fixture(scope="module")
def report() -> ex.Report:
    return ex.load_filing(EXAMPLE).to_report()


def test_parquet_holds_exact_decimals(report: ex.Report, tmp_path: Path) -> None:
    target = tmp_path / "facts.parquet"
    assert write_facts(report.facts, PrefixedNames(report.namespaces), target, "parquet") == len(report)
    rows = pq.read_table(target).to_pylist()
    numbers = {row["concept"]: row["number"] for row in rows}
    assert numbers["iij:RetainedEarningsAccumulatedDeficit"] == Decimal("-34400000000")


def test_a_workbook_and_json(report: ex.Report, tmp_path: Path) -> None:
    names = PrefixedNames(report.namespaces)
    write_facts(report.facts, names, tmp_path / "facts.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "facts.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == len(report) + 1
    heads = [str(head) for head in rows[0]]
    by_concept = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:]}
    assert by_concept["iij:RetainedEarningsAccumulatedDeficit"]["number"] == -34_400_000_000
    write_facts(report.facts, names, tmp_path / "facts.json", "json")
    document = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    (deficit,) = (row for row in document if row["concept"] == "iij:RetainedEarningsAccumulatedDeficit")
    assert deficit["number"] == "-34400000000"


def test_the_format_is_told_by_the_suffix() -> None:
    assert facts_format(Path("a.parquet")) == "parquet"
    assert facts_format(Path("a.txt"), "csv") == "csv"
    with pytest.raises(ex.WriteError, match="'txt'"):
        facts_format(Path("a.txt"))


def test_the_command(tmp_path: Path) -> None:
    for name in ("facts.csv", "facts.xlsx", "facts.parquet", "facts.json"):
        assert exporter("facts", EXAMPLE, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert (tmp_path / "facts.csv").read_text(encoding="utf-8") == exporter("facts", EXAMPLE, "--csv").out
    assert exporter("facts", EXAMPLE, "--to", "csv").code == 2
    assert exporter("facts", tmp_path / "facts.json", "-o", tmp_path / "facts.json").code == 2
