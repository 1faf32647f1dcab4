"""The cases of Calculations 1.1, units and types: each has the expected verdict, with the expected code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from exporter.operations.validate import Calculations, validate

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "inline-cases"
KINDS = {"calc": 28, "unit": 12, "type": 10}


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["kind"] in KINDS and not row["judge"].startswith("uncertain")]


pytestmark = pytest.mark.skipif(not _cases(), reason="the corpus is not here")


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_the_verdict_is_the_expected_one(case: dict[str, str]) -> None:
    mode: Calculations = "truncate" if case["args"] == "--calc truncate" else "round"
    assert case["args"] in ("-", f"--calc {mode}")
    found = validate(CASES / case["file"], calc=mode)
    errors = [finding for finding in found if finding.is_error]
    wanted = case["expected"].split("|")
    if wanted == ["valid"]:
        assert errors == []
    elif "invalid" in wanted:  # no code is settled
        assert errors
    else:
        assert any(code in finding.code for code in wanted for finding in errors)
    assert all(finding.location.file for finding in found)


def test_every_case_is_counted() -> None:
    counts = {kind: sum(case["kind"] == kind for case in _cases()) for kind in KINDS}
    assert all(counts[kind] >= least for kind, least in KINDS.items())
