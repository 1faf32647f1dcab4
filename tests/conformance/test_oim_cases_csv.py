"""The xBRL-CSV cases of the OIM corpus: what the reader tells, and all of them through the whole of validation."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.operations.read import read_options
from exporter.operations.validate import validate
from exporter.validation.json_schema import is_valid_json

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "oim-cases"
SCHEMA = "xbrl-csv-metadata.schema.json"

# Rules of the taxonomy or of the report as a whole: `exporter.validation` has them.
NEEDS_RULES = {
    "c-cell-enum-outside",
    "c-concept-abstract",
    "c-concept-prefixed-content",
    "c-concept-unknown",
    "c-concept-unknown-unused",
    "c-dim-default-cell",
    "c-dim-member-outside",
    "c-dim-typed-complex",
    "c-dim-unknown",
    "c-dim-typed-nil-bad",
    "c-dup-none",
    "c-period-instant-duration",
}
# Faults that show in one metadata file by itself, which the schema sees too.
SHOWN_BY_THE_SCHEMA = {
    "xbrlce:invalidJSONStructure",
    "xbrlce:invalidIdentifier",
    "oimce:unsupportedDocumentType",
    "xbrlce:invalidDecimalsValue|xbrlce:invalidJSONStructure",
}
BEYOND_THE_SCHEMA = {"c-group-bad-kind"}


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["syntax"] == "csv"]


ALL = _cases()
VALID = [case for case in ALL if case["expected"] == "valid"]
INVALID = [case for case in ALL if case["expected"] != "valid" and case["id"] not in NEEDS_RULES]
pytestmark = pytest.mark.skipif(not ALL, reason="the corpus is not here")


def name(case: dict[str, str]) -> str:
    return case["id"]


@pytest.mark.parametrize("case", VALID, ids=name)
def test_a_valid_report_is_read_whole(case: dict[str, str]) -> None:
    path = CASES / case["file"]
    with read_options(path) as options:
        report = read(path, options)
        assert len(report.facts) == int(case["facts"])
        assert list(iter_facts(path, options)) == list(report.facts)


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_an_invalid_report_is_refused_with_the_code_and_a_place(case: dict[str, str]) -> None:
    path = CASES / case["file"]
    with read_options(path) as options, pytest.raises(ReadError) as caught:
        read(path, options)
    findings = caught.value.findings
    assert {finding.code for finding in findings} & set(case["expected"].split("|"))
    assert all(finding.location.file for finding in findings)
    assert all(finding.location.line or finding.location.pointer is not None for finding in findings)


@pytest.mark.parametrize("case", ALL, ids=name)
def test_the_verdict_of_validation_is_the_expected_one(case: dict[str, str]) -> None:
    errors = {finding.code for finding in validate(CASES / case["file"]) if finding.is_error}
    expected = set(case["expected"].split("|"))
    assert errors & expected if expected != {"valid"} else not errors


@pytest.mark.parametrize("case", ALL, ids=name)
def test_the_schema_agrees_on_the_structure(case: dict[str, str]) -> None:
    try:
        document = json.loads((CASES / case["file"]).read_text(encoding="utf-8-sig"))
    except ValueError:
        return
    if case["expected"] in SHOWN_BY_THE_SCHEMA and case["id"] not in BEYOND_THE_SCHEMA:
        assert not is_valid_json(document, SCHEMA)
    elif case["expected"] == "valid":
        assert is_valid_json(document, SCHEMA)


def test_all_cases_are_covered() -> None:
    assert len(VALID) + len(INVALID) + len(NEEDS_RULES) == len(ALL)
