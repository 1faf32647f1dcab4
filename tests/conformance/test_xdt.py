"""The Dimensions 1.0 conformance suite: each variation has the verdict and the code that the suite asks for."""

from __future__ import annotations

import csv

import pytest

from exporter.operations.validate import validate
from tests.conformance.suite import SHARED, Variation, variations

SUITE = SHARED / "xdt"

# What the verdict is not the suite's, and why.
GAPS = {
    "301-factlist-testcase#V-06": "tuples and free content in segment and scenario are valid XBRL 2.1, but outside the "
    "mapping to the Open Information Model, which asks for an error (xbrlxe:nonDimensionalSegmentScenarioContent)",
}
VARIATIONS = list(variations(SUITE))
JUDGED = [one for one in VARIATIONS if one.id not in GAPS]

pytestmark = pytest.mark.skipif(not VARIATIONS, reason="the corpus is not here")


@pytest.mark.parametrize("variation", JUDGED, ids=lambda one: one.id)
def test_the_verdict_is_the_suites(variation: Variation) -> None:
    errors = [finding for finding in validate(variation.path) if finding.is_error]
    if variation.expected == "valid":
        assert errors == []
    else:
        assert variation.expected in {finding.code for finding in errors}
    assert all(finding.location.file for finding in errors)


@pytest.mark.parametrize("variation", [one for one in VARIATIONS if one.id in GAPS], ids=lambda one: one.id)
def test_the_gaps_are_refused_as_outside_the_mapping(variation: Variation) -> None:
    codes = {finding.code for finding in validate(variation.path) if finding.is_error}
    assert codes == {"xbrlxe:nonDimensionalSegmentScenarioContent", "xbrlxe:unsupportedTuple"}


def test_every_counted_instance_is_among_them() -> None:
    with (SUITE / "variations.tsv").open(encoding="utf-8", newline="") as lines:
        counted = {(SUITE / row[0], row[1]) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert counted <= {(one.path, one.expected) for one in VARIATIONS}
    assert GAPS.keys() <= {one.id for one in VARIATIONS}
    assert len(VARIATIONS) == 62
