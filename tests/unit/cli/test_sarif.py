"""Findings as SARIF 2.1.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.cli.sarif import sarif_log
from exporter.codes import CODES
from exporter.findings import Finding, Location, Severity
from exporter.validation.json_schema import check_json_schema
from tests.unit.cli.running import exporter

pytestmark = pytest.mark.door("jsonschema", "jsonschema_rs")

LOW = Finding(
    code="exporter:doubleNegation",
    message="the loss is negative",
    location=Location(file="a b/report.yaml", line=7, column=3, pointer="/items/0/amount", item="items[0] NetLoss"),
    fix="drop the minus",
)


def log_of(*findings: Finding, **more: Any) -> dict[str, Any]:
    log = sarif_log(findings, tool_version="1.2.3", **more)
    assert list(check_json_schema(json.loads(json.dumps(log)), "sarif.schema.json")) == []
    run: dict[str, Any] = log["runs"][0]
    return run


def uri_of(file: str, base: Path | None = None) -> dict[str, str]:
    finding = Finding(code="exporter:usage", message="m", location=Location(file=file))
    found: dict[str, str] = log_of(finding, base=base)["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]
    return found


def test_a_finding_is_a_result_with_its_rule_its_place_and_its_mend() -> None:
    run = log_of(LOW)
    assert run["tool"]["driver"] == {
        "name": "exporter",
        "version": "1.2.3",
        "rules": [
            {
                "id": "exporter:doubleNegation",
                "name": "DoubleNegation",
                "shortDescription": {"text": CODES["exporter:doubleNegation"]},
            }
        ],
    }
    (result,) = run["results"]
    fingerprint = result.pop("partialFingerprints")["exporterFinding/v1"]
    assert fingerprint.endswith(":1")
    assert result == {
        "ruleId": "exporter:doubleNegation",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "the loss is negative (drop the minus)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a%20b/report.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 7, "startColumn": 3},
                },
                "logicalLocations": [
                    {"fullyQualifiedName": "items[0] NetLoss", "kind": "item"},
                    {"fullyQualifiedName": "/items/0/amount", "kind": "value"},
                ],
            }
        ],
        "properties": {"mend": "drop the minus"},
    }


def test_levels_and_rules() -> None:
    found = [
        Finding(code="oime:unknownConcept", message="b", severity=Severity.ERROR),
        Finding(code="exporter:usage", message="a", severity=Severity.WARNING),
        Finding(code="EFM.6.05.20", message="c", severity=Severity.INFO),
        Finding(code="oime:unknownConcept", message="d", severity=Severity.WARNING),
    ]
    run = log_of(*found)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["EFM.6.05.20", "exporter:usage", "oime:unknownConcept"]
    assert rules[2]["shortDescription"]["text"] == "unknownConcept: an error code of Open Information Model 1.0"
    assert [(each["level"], rules[each["ruleIndex"]]["id"]) for each in run["results"]] == [
        ("error", "oime:unknownConcept"),
        ("warning", "exporter:usage"),
        ("note", "EFM.6.05.20"),
        ("warning", "oime:unknownConcept"),
    ]
    assert all("locations" not in each for each in run["results"])


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/job/out/a.json", "out/a.json"),
        ("out/./x/../a.json", "out/a.json"),
        ("/job/有価証券.xbrl", "%E6%9C%89%E4%BE%A1%E8%A8%BC%E5%88%B8.xbrl"),
        ("a#b?c%.xml", "a%23b%3Fc%25.xml"),
        ("c:d.xml", "c%3Ad.xml"),
        ("x.xbri/reports/r.json", "x.xbri/reports/r.json"),
    ],
)
def test_files_below_the_base_are_relative(file: str, uri: str) -> None:
    assert uri_of(file, Path("/job")) == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/else/a b.json", "file:///else/a%20b.json"),
        ("../a.json", "file:///a.json"),
        ("http://example.com/tax 1.xsd", "http://example.com/tax%201.xsd"),
    ],
)
def test_others_are_absolute(file: str, uri: str) -> None:
    assert uri_of(file, Path("/job")) == {"uri": uri}


def test_fingerprints_stay_while_lines_move_and_tell_findings_apart() -> None:
    def prints(*findings: Finding) -> list[str]:
        return [each["partialFingerprints"]["exporterFinding/v1"] for each in log_of(*findings)["results"]]

    moved = Finding(
        code=LOW.code,
        message=LOW.message,
        location=Location(file=LOW.location.file, line=99, pointer="/items/0/amount", item="items[0] NetLoss"),
    )
    other = Finding(code=LOW.code, message=LOW.message, location=Location(file="other.yaml"))
    assert prints(LOW) == prints(moved)
    assert len(set(prints(LOW, moved, other))) == 3


def test_a_document_brings_no_links_into_a_review() -> None:
    (result,) = log_of(Finding(code="exporter:wrongType", message="got '[see](http://evil.example)'"))["results"]
    assert result["message"]["text"] == "got '[see\\](http://evil.example)'"


def test_what_prevents_the_work_is_a_notification() -> None:
    run = log_of(notifications=[Finding(code="exporter:usage", message="no such option")], exit_code=2)
    assert run["results"] == []
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "exitCode": 2,
            "toolExecutionNotifications": [
                {
                    "descriptor": {"id": "exporter:usage", "index": 0},
                    "level": "error",
                    "message": {"text": "no such option"},
                }
            ],
        }
    ]


def test_the_schema_refuses_what_sarif_does_not_know() -> None:
    log = sarif_log([LOW], tool_version="1")
    log["runs"][0]["results"][0]["level"] = "fatal"
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b"
    pointers = {finding.location.pointer for finding in check_json_schema(log, "sarif.schema.json")}
    assert pointers == {
        "/runs/0/results/0/level",
        "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
    }


# The command


def printed(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = exporter(*arguments)
    document = json.loads(done.out)
    assert list(check_json_schema(document, "sarif.schema.json")) == []
    return done.code, document["runs"][0]


def test_validate_prints_sarif_and_keeps_its_exit_codes(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed("validate", source.name, "--sarif") == (0, printed("validate", source.name, "--sarif")[1])
    assert printed("validate", source.name, "--sarif")[1]["results"] == []
    source.write_text(source.read_text(encoding="utf-8").replace("31.6%", "131.6%"), encoding="utf-8")
    code, run = printed("validate", source.name, "--sarif")
    assert code == 1
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "report.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] > 1
    assert exporter("validate", source.name, "--json").json["findings"][0]["code"] == run["results"][0]["ruleId"]


def test_a_file_that_is_not_there_is_a_notification(tmp_path: Path) -> None:
    code, run = printed("validate", tmp_path / "none.yaml", "--sarif")
    assert code == 2
    assert run["results"] == []
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["descriptor"]["id"] == "exporter:unreadableFile"
    assert said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


def test_usage_is_told_in_sarif_too() -> None:
    code, run = printed("validate", "--sarif", "--no-such-option")
    assert code == 2
    assert run["invocations"][0]["exitCode"] == 2
    code, run = printed("validate", "x", "--sarif", "--json")
    assert code == 2
    assert "one of them" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_export_and_convert_print_nothing_but_sarif(source: Path, tmp_path: Path) -> None:
    assert printed("export", source, "-o", tmp_path / "build", "--format", "xbrl-json", "--sarif")[0] == 0
    code, run = printed("convert", source, "-o", tmp_path / "again.json", "--sarif")
    assert code == 0
    assert [each["ruleId"] for each in run["results"]] == ["exporter:taxonomyNotWritten"]
    assert run["results"][0]["level"] == "warning"
