"""What is said once instead of many times."""

from __future__ import annotations

import pytest

from exporter.cli.console import shared_prefix
from exporter.cli.outcome import with_absent_taxonomies_counted
from exporter.findings import Finding, Location, Severity


def absent(name: str, file: str, severity: Severity = Severity.WARNING) -> Finding:
    message = f"https://example.org/{name}.xsd, and beside it much more, are not available"
    return Finding(code="exporter:taxonomyNotAtHand", message=message, severity=severity, location=Location(file=file))


OTHER = Finding(code="exporter:wrongShape", message="something else")


def test_absent_taxonomies_are_one_line_with_their_count() -> None:
    both = [absent(name, file) for file in ("a.xbrl", "b.xbrl") for name in ("dei", "us-gaap", "srt")]
    told = with_absent_taxonomies_counted([*both[:2], OTHER, *both[2:]])
    assert [each.code for each in told] == ["exporter:taxonomyNotAtHand", OTHER.code]
    assert told[0].message.startswith("3 public taxonomies are not available")
    assert "--verbose" in (told[0].fix or "")
    assert len(str(told[0])) < 300


def test_one_taxonomy_of_two_reports_is_one() -> None:
    (told,) = with_absent_taxonomies_counted([absent("dei", "a.xbrl"), absent("dei", "b.xbrl")])
    assert told.message.startswith("1 public taxonomy is not available")


def test_a_single_one_keeps_its_name_and_errors_stay() -> None:
    single = [absent("dei", "a.xbrl"), OTHER]
    assert with_absent_taxonomies_counted(single) == single
    errors = [absent(name, "a.xbrl", Severity.ERROR) for name in ("dei", "srt")]
    assert with_absent_taxonomies_counted(errors) == errors


@pytest.mark.parametrize(
    ("cells", "prefix"),
    [
        (["iij:High", "", "iij:Low"], "iij:"),
        (["iij:High", "dei:Name"], ""),
        (["iij:High"], ""),
        (["https://a", "https://b"], ""),
        ([], ""),
    ],
)
def test_a_prefix_that_all_share_is_said_once(cells: list[str], prefix: str) -> None:
    assert shared_prefix(cells) == prefix
