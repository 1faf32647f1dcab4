"""The summary of a batch: the same rows as JSON, Parquet and page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.batches.run import BatchOptions, BatchResult, batch
from exporter.batches.summary import as_dict, as_rows, write_summary
from tests.support.batches import write_sources

pytestmark = pytest.mark.door("pyarrow")


@pytest.fixture
def result(tmp_path: Path) -> BatchResult:
    write_sources(tmp_path / "in", 3, bad=frozenset({2}))
    return batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=BatchOptions(workers=0))


def test_rows_say_how_each_task_ended(result: BatchResult) -> None:
    rows = as_rows(result)
    assert [row["status"] for row in rows] == ["done", "invalid", "done"]
    assert rows[1]["codes"] == "exporter:malformedYaml"
    assert "co0002.yaml:1" in rows[1]["first"] or "co0002.yaml:2" in rows[1]["first"]
    assert as_dict(result)["invalid"] == 1


def test_json_and_page_hold_the_findings(result: BatchResult, tmp_path: Path) -> None:
    write_summary(result, tmp_path / "s.json")
    data = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert data["tasks"][1]["findings"][0]["code"] == "exporter:malformedYaml"
    assert set(data["tasks"][0]["outputs"]) > {"co0001/manifest.json"}
    write_summary(result, tmp_path / "s.html")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "exporter:malformedYaml" in page
    assert "http" not in page.replace("http-equiv", "")


def test_parquet_holds_the_rows(result: BatchResult, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_summary(result, tmp_path / "s.parquet")
    assert parquet.read_table(tmp_path / "s.parquet").to_pylist() == as_rows(result)


def test_another_suffix_is_refused(result: BatchResult, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose among"):
        write_summary(result, tmp_path / "s.xml")
