"""False alarms are rare: how many lints say something about filings that were accepted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from exporter.formats.registry import read_report
from exporter.operations.load import load_filing
from exporter.operations.read import infer_types
from exporter.validation.rule_sets import check_lints

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
FILINGS: dict[str, dict[str, int]] = {
    "sec/aapl-2023/aapl-20230930_htm.xml": {},
    "sec/nflx-2024q1/nflx-20240331_htm.xml": {},
    "sec/nflx-2009/nflx-20091231.xml": {},
    "ixbrl/nflx-10-q-2025-07-18.htm": {},
    "ferc/desertlink-2021.xbrl": {},
}


@pytest.mark.parametrize("path", FILINGS)
def test_accepted_filings_are_left_alone(path: str) -> None:
    if not (DATA / path).exists():
        pytest.skip("the corpus is not at hand")
    report = infer_types(read_report(DATA / path))
    assert Counter(finding.code for finding in check_lints(report)) == FILINGS[path]


def test_the_example_is_left_alone() -> None:
    filing = load_filing(ROOT / "examples" / "iij-20f-2005" / "report.yaml")
    assert list(check_lints(filing.to_report(), filing.taxonomy)) == []
