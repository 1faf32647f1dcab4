"""The xBRL-JSON cases of the OIM corpus, as far as they can be judged without reading the taxonomy."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.formats.xbrl_json.read.report import read

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "oim-cases"

# Codes, or single cases of codes, that only the taxonomy can tell. The validation room has them.
NEEDS_TAXONOMY = {
    "enum2ie:InvalidEnumerationSetValue",
    "enum2ie:InvalidEnumerationValue",
    "oime:invalidDimensionValue",
    "oime:invalidPeriodDimension",
    "oime:invalidTaxonomy|oime:unresolvableTaxonomy",
    "oime:misplacedLanguageDimension",
    "oime:unknownConcept",
    "oime:unknownDimension",
    "oime:unsupportedConceptDataType",
    "oime:unsupportedDimensionDataType",
    "oime:valueForAbstractConcept",
    "xbrldie:PrimaryItemDimensionallyInvalidError",
    "xbrlje:invalidDimensionValue",
    "xbrlje:invalidDimensionValue|oime:invalidDimensionValue",
    "xbrlje:nonCanonicalValue",
    "j-ns-unbound-member",
    "j-unit-nonnumeric",
    "j-value-enum-unbound",
    "j-value-nil-forbidden",
}
# Types of values are the taxonomy's; these two show without it, by their decimals or their characters.
VALUES_TOLD_BY_LOOKS = {"j-value-empty-number", "j-value-control", "j-fact-id-ncname"}


def _cases() -> list[dict[str, str]]:
    if not (CASES / "index.tsv").is_file():
        return []
    with (CASES / "index.tsv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["syntax"] == "json"]


def _needs_taxonomy(case: dict[str, str]) -> bool:
    if case["expected"] == "xbrlje:invalidFactValue":
        return case["id"] not in VALUES_TOLD_BY_LOOKS
    return case["expected"] in NEEDS_TAXONOMY or case["id"] in NEEDS_TAXONOMY


VALID = [case for case in _cases() if case["expected"] == "valid"]
INVALID = [case for case in _cases() if case["expected"] != "valid" and not _needs_taxonomy(case)]
pytestmark = pytest.mark.skipif(not VALID, reason="the corpus is not at hand")


@pytest.mark.parametrize("case", VALID, ids=lambda case: case["id"])
def test_a_valid_report_is_read_whole(case: dict[str, str]) -> None:
    assert len(read(CASES / case["file"]).facts) == int(case["facts"])


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case["id"])
def test_an_invalid_report_is_refused_with_the_code(case: dict[str, str]) -> None:
    with pytest.raises(ReadError) as caught:
        read(CASES / case["file"])
    assert {finding.code for finding in caught.value.findings} & set(case["expected"].split("|"))


def test_most_cases_are_covered() -> None:
    left_out = [case["id"] for case in _cases() if _needs_taxonomy(case)]
    assert len(left_out) <= 64, left_out
    assert len(VALID) + len(INVALID) >= 140
