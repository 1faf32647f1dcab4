"""Findings: what messages list, what they suggest, and that they stay short."""

from __future__ import annotations

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding, FindingLog, Location, Severity, choice_hint, list_text, near_choices


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, ""),
        (1, "h1"),
        (2, "h1 or h2"),
        (5, "h1, h2, h3, h4 or h5"),
        (6, "h1, h2, h3, h4, h5 or h6"),
        (7, "h1, h2, h3, h4, h5 and 2 more"),
        (3_000, "h1, h2, h3, h4, h5 and 2,995 more"),
    ],
)
def test_long_lists_are_cut_and_counted(number: int, text: str) -> None:
    assert list_text((f"h{each}" for each in range(1, number + 1)), last=" or ") == text


def test_a_name_in_a_list_is_cut() -> None:
    assert len(list_text(["x" * 90_000, "y"])) < 300


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("OwnershipIntrest", "OwnershipInterest"),
        ("ownershipinterest", "OwnershipInterest"),
        ("ownership_interest", "OwnershipInterest"),
        ("Ownership Interest", "OwnershipInterest"),
        ("NetLos", "NetLoss"),
        ("Zebra", None),
        ("", None),
        ("x" * 1_000_000, None),
    ],
)
def test_the_nearest_choice(given: str, meant: str | None) -> None:
    assert near_choices(given, ["NetLoss", "OwnershipInterest"]) == ([] if meant is None else [meant])


def test_what_several_are_alike_near_to_is_not_guessed() -> None:
    assert choice_hint("xbrl", ["xbrl-json", "xbrl-xml", "csv"]) == "did you mean xbrl-xml or xbrl-json?"


def test_what_is_near_no_choice_gets_all_of_them() -> None:
    assert choice_hint("netloss", ["NetLoss"]) == "did you mean NetLoss?"
    assert choice_hint("zebra", ["NetLoss", "WriteOff"]) == "choose among NetLoss, WriteOff"
    assert choice_hint("zebra", ["NetLoss"], "see the list") == "see the list"


def test_no_part_of_a_finding_grows_with_the_document() -> None:
    finding = Finding(code="exporter:wrongShape", message="m" * 90_000, fix="f" * 90_000)
    assert len(str(finding)) < 5_000


def test_a_log_keeps_findings_in_order_up_to_its_bound() -> None:
    log = FindingLog(at_most=2)
    assert not log
    for number in range(5):
        log.error("x:y", f"m{number}")
    assert [finding.message for finding in log.findings[:2]] == ["m0", "m1"]
    assert [finding.code for finding in log.findings] == ["x:y", "x:y", "exporter:furtherFindings"]


def test_a_log_without_bound_keeps_all() -> None:
    log = FindingLog(at_most=None)
    for number in range(1_500):
        log.error("x:y", f"m{number}")
    assert len(log.findings) == 1_500


def test_a_log_fills_in_its_file() -> None:
    log = FindingLog(file="a.xml")
    log.error("x:y", "m", "fix it", line=3, fact="f1")
    log.error("x:y", "m", location=Location(file="b.xml"))
    assert [finding.location for finding in log.findings] == [
        Location(file="a.xml", line=3, fact="f1"),
        Location(file="b.xml"),
    ]
    assert log.findings[0].fix == "fix it"


def test_a_log_raises_all_that_it_holds_if_one_is_an_error() -> None:
    log = FindingLog()
    log.add(log.finding("x:warning", "m", severity=Severity.WARNING))
    log.raise_as(ReadError)
    log.error("x:error", "m")
    with pytest.raises(ReadError) as caught:
        log.raise_as(ReadError)
    assert [finding.code for finding in caught.value.findings] == ["x:warning", "x:error"]
