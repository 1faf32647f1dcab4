"""The XBRL 2.1 cases of the OIM corpus: valid ones are read whole, invalid ones refused with their code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.formats.xbrl_xml.read.report import iter_facts, read

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "oim-cases"
NEEDS_TAXONOMY = {"xbrlxe:unsupportedExternalRoleRef"}


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["syntax"] == "xml"]


VALID = [case for case in _cases() if case["expected"] == "valid"]
INVALID = [case for case in _cases() if case["expected"] != "valid" and case["expected"] not in NEEDS_TAXONOMY]

pytestmark = pytest.mark.skipif(not _cases(), reason="the corpus is not here")


@pytest.mark.parametrize("case", VALID, ids=lambda case: case["id"])
def test_valid_cases_are_read(case: dict[str, str]) -> None:
    path = CASES / case["file"]
    assert len(read(path).facts) == int(case["facts"])
    assert len(list(iter_facts(path))) == int(case["facts"])


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case["id"])
def test_invalid_cases_are_refused_with_their_code(case: dict[str, str]) -> None:
    with pytest.raises(ReadError) as caught:
        read(CASES / case["file"])
    assert {finding.code for finding in caught.value.findings} & set(case["expected"].split("|"))
    assert all(finding.location.file for finding in caught.value.findings)
