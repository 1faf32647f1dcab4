"""The OIM cases through the whole of validation: valid ones have no error, invalid ones the expected one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from exporter.operations.validate import validate

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "oim-cases"
SYNTAXES = {"json", "xml"}


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["syntax"] in SYNTAXES]


pytestmark = pytest.mark.skipif(not _cases(), reason="the corpus is not here")


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_the_verdict_is_the_expected_one(case: dict[str, str]) -> None:
    found = validate(CASES / case["file"])
    errors = [finding.code for finding in found if finding.is_error]
    expected = set(case["expected"].split("|"))
    if expected == {"valid"}:
        assert errors == []
    elif any(code.startswith("xbrl.") for code in expected):  # XBRL 2.1 has no codes of its own
        assert errors
    else:
        assert expected & set(errors)
    assert all(finding.location.file for finding in found)
