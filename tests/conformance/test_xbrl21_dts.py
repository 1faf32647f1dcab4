"""The XBRL 2.1 conformance suite on schemas and linkbases: each variation has the verdict that the suite asks for.

Its test cases on instances (300-instance) are in ``test_xbrl21``.
"""

from __future__ import annotations

import pytest

from exporter.operations.validate import validate
from tests.conformance.suite import SHARED, Variation, variations

SUITE = SHARED / "xbrl21"

# What the verdict is not the suite's, and why: none.
GAPS: dict[str, str] = {}
VARIATIONS = [one for one in variations(SUITE) if one.path.parent.name != "300-instance"]
JUDGED = [one for one in VARIATIONS if one.id not in GAPS]

pytestmark = pytest.mark.skipif(not VARIATIONS, reason="the corpus is not here")


@pytest.mark.parametrize("variation", JUDGED, ids=lambda one: one.id)
def test_the_verdict_is_the_suites(variation: Variation) -> None:
    errors = [finding for finding in validate(variation.path) if finding.is_error]
    assert bool(errors) == (variation.expected == "invalid"), errors
    assert all(finding.location.file for finding in errors)


def test_the_part_of_the_suite_is_whole() -> None:
    assert GAPS.keys() <= {one.id for one in VARIATIONS}
    assert len(VARIATIONS) == 78
    assert {one.expected for one in VARIATIONS} == {"valid", "invalid"}
