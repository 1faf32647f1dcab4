"""The XBRL 2.1 conformance suite on instances: what is valid is read, what is faulty as an instance is refused.

Reading knows the standard schemas from tables and judges instances; calculations and linkbases are left to
validation. What XBRL 2.1 allows and the Open Information Model cannot hold is refused on purpose, with the code of the
mapping.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from exporter.errors import ReadError
from exporter.operations.read import read_report
from exporter.operations.validate import validate

SUITE = Path(__file__).parents[2].parent / "shared" / "data" / "xbrl21"

# Valid XBRL 2.1 outside the mapping to the Open Information Model, with the code that says so.
REFUSED_BY_MAPPING = {
    "314-lax-validation-01": "xbrlxe:nonDimensionalSegmentScenarioContent",
    "314-lax-validation-02": "xbrlxe:nonDimensionalSegmentScenarioContent",
    "397-14-SeparateTuplesConsistent-valid": "xbrlxe:unsupportedTuple",
    "397-17-ConsistentCountdown-valid": "xbrlxe:unsupportedTuple",
    "397-19-DuplicateCountdown-valid": "xbrlxe:unsupportedTuple",
    "397-23-TopAndTuple-consistent": "xbrlxe:unsupportedTuple",
}
# Sums that do not add up: reading does not calculate; validation finds them by the rules of XBRL 2.1.
CALCULATIONS = {
    "231-01-ArcsAreNotEqualButTheyLookAsEqual",
    "305_07_invalid_instance",
    "322-01-BindCalculationDefaultDecimals-instance",
    "322-03-BindCalculationDefaultPrecision-instance",
    "397-01-InconsistentInstance-invalid",
    "397-04-SEqualContextsAndUnitsContributing-invalid",
    "397-07-OneNilContributing-invalid",
    "397-09-OneContributing-invalid",
    "397-27-DecimalsTrailingDigits",
    "397-30-InferredPrecisionZeroContributions",
}
# Of these, what Calculations 1.1 finds consistent: it compares intervals where XBRL 2.1 compares rounded numbers.
CONSISTENT_INTERVALS = {
    "305_07_invalid_instance",
    "322-03-BindCalculationDefaultPrecision-instance",
    "397-30-InferredPrecisionZeroContributions",
}
# Faults of the taxonomy, which reading bears; validation finds them.
TAXONOMIES = {
    "RoleSDRI": "xbrl.5.1.3:roleTypes-inequality",
    "RoleEBR": "xbrl.5.1.3.4:custRoleUsedOn",
    "RoleLDR": "xbrl.5.1.3:roleTypeDuplicate",
}


class Variation(NamedTuple):
    path: Path
    valid: bool

    @property
    def name(self) -> str:
        return self.path.stem


def _variations() -> list[Variation]:
    index = SUITE / "variations.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Variation(SUITE / file, expected == "valid") for file, expected, *_ in rows]


VARIATIONS = _variations()
READ = [one for one in VARIATIONS if one.valid and one.name not in REFUSED_BY_MAPPING]
MAPPED = [one for one in VARIATIONS if one.valid and one.name in REFUSED_BY_MAPPING]
ADDED_UP = [one for one in VARIATIONS if not one.valid and one.name in CALCULATIONS]
ILL_DECLARED = [one for one in VARIATIONS if not one.valid and one.name in TAXONOMIES]
REFUSED = [one for one in VARIATIONS if not one.valid and one.name not in CALCULATIONS | TAXONOMIES.keys()]

pytestmark = pytest.mark.skipif(not VARIATIONS, reason="the corpus is not here")


def _each(variations: list[Variation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("variation", variations, ids=lambda variation: variation.name)


def _codes(path: Path) -> set[str]:
    with pytest.raises(ReadError) as caught:
        read_report(path)
    assert all(finding.location.file for finding in caught.value.findings)
    return {finding.code for finding in caught.value.findings}


@_each(READ)
def test_what_is_valid_is_read(variation: Variation) -> None:
    text = variation.path.read_text(encoding="utf-8-sig")
    assert len(read_report(variation.path).facts) == text.count(" contextRef=")


@_each(MAPPED)
def test_what_the_model_cannot_hold_is_refused_by_its_code(variation: Variation) -> None:
    assert _codes(variation.path) == {REFUSED_BY_MAPPING[variation.name]}


@_each(REFUSED)
def test_what_is_invalid_is_refused(variation: Variation) -> None:
    assert all(code.startswith(("xbrl.", "xbrlxe:", "oime:", "oimce:")) for code in _codes(variation.path))


@_each(ADDED_UP)
def test_what_does_not_add_up_is_found_by_validation(variation: Variation) -> None:
    read_report(variation.path)
    errors = {finding.code for finding in validate(variation.path, calc="xbrl21") if finding.is_error}
    assert errors == {"xbrl.5.2.5.2:calcInconsistency"}
    intervals = {finding.code for finding in validate(variation.path) if finding.is_error}
    is_consistent = variation.name in CONSISTENT_INTERVALS
    assert intervals == (set() if is_consistent else {"calc11e:inconsistentCalculationUsingRounding"})


@_each(READ)
def test_what_is_valid_adds_up(variation: Variation) -> None:
    found = [finding for finding in validate(variation.path, calc="xbrl21") if finding.is_error]
    assert [finding for finding in found if finding.code.startswith("xbrl.5.2.5.2")] == []


@_each(ILL_DECLARED)
def test_faults_of_the_taxonomy_are_found_by_validation(variation: Variation) -> None:
    read_report(variation.path)
    assert TAXONOMIES[variation.name] in {finding.code for finding in validate(variation.path) if finding.is_error}


def test_every_listed_variation_is_in_the_suite() -> None:
    assert {one.name for one in MAPPED} == REFUSED_BY_MAPPING.keys()
    assert {one.name for one in ADDED_UP} == CALCULATIONS >= CONSISTENT_INTERVALS
    assert {one.name for one in ILL_DECLARED} == TAXONOMIES.keys()
    assert len(READ) + len(MAPPED) + len(ADDED_UP) + len(ILL_DECLARED) + len(REFUSED) == len(VARIATIONS) == 79
