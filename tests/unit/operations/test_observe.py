"""Timings add up, logs have their fields, and every command gives both."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import click
import pytest

from exporter.cli.main import program
from exporter.findings import Finding, Location, Severity
from exporter.operations.observe import LOGGER, StageTime, Timings, log_findings, log_stage, logged_to, observed
from exporter.resources.stages import stage
from tests.properties.test_hostile_input import SOUND
from tests.unit.cli.running import exporter


@stage("a")
def first() -> None:
    second()
    second()


@stage("b")
def second() -> None:
    sum(range(1000))


def test_times_are_by_path_and_an_outer_stage_has_those_within() -> None:
    with observed(timings := Timings()):
        second()
        first()
        first()
    assert [(timed.path, timed.calls) for timed in timings.stages] == [(("b",), 1), (("a",), 2), (("a", "b"), 4)]
    outer, inner = timings.stages[1:]
    assert outer.seconds >= inner.seconds > 0
    assert [line.split()[:2] for line in timings.table().splitlines()[1:]] == [["b", "1"], ["a", "2"], ["b", "4"]]
    assert inner.as_dict()["within"] == ["a"]


def test_times_of_elsewhere_are_added() -> None:
    timings = Timings()
    for _ in range(2):
        timings.add([StageTime(path=("x",), calls=3, seconds=1.5, cpu=1.0)])
    assert timings.stages == (StageTime(path=("x",), calls=6, seconds=3.0, cpu=2.0),)


def test_the_log_is_json_or_text_and_is_closed(tmp_path: Path) -> None:
    finding = Finding(code="a:b", message="wrong", severity=Severity.WARNING, location=Location(file="f", line=3))
    before = (LOGGER.level, LOGGER.propagate, list(LOGGER.handlers))
    for name in ("log.jsonl", "log.txt"):
        with logged_to(tmp_path / name):
            second()
            log_findings([finding])
    assert (LOGGER.level, LOGGER.propagate, list(LOGGER.handlers)) == before
    begin, end, found = map(json.loads, (tmp_path / "log.jsonl").read_text().splitlines())
    assert (begin["event"], begin["stage"], begin["level"]) == ("begin", "b", "DEBUG")
    assert (end["event"], end["stage"], end["level"], end["seconds"] >= 0) == ("end", "b", "INFO", True)
    assert (found["level"], found["finding"]) == ("WARNING", finding.as_dict())
    assert "WARNING f:3: warning: a:b: wrong" in (tmp_path / "log.txt").read_text()


@pytest.mark.parametrize(("level", "expected"), [("debug", 3), ("info", 2), ("warning", 1), ("error", 0)])
def test_the_log_has_what_is_of_its_level(level: str, expected: int, tmp_path: Path) -> None:
    with logged_to(tmp_path / "log.jsonl", level):
        second()
        log_findings([Finding(code="a:b", message="wrong", severity=Severity.WARNING)])
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == expected


def test_a_stage_that_fails_is_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "exporter"), pytest.raises(KeyError), log_stage("c"):
        raise KeyError("x")
    events = [(record.levelname, vars(record)["event"]) for record in caplog.records]
    assert events == [("DEBUG", "begin"), ("ERROR", "failed")]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "r.json"
    path.write_bytes(SOUND["r.json"])
    return path


def test_commands_print_timings(report: Path, tmp_path: Path) -> None:
    outcome = exporter("convert", report, "-o", tmp_path / "r.xbrl", "--timings")
    stages = [line.split("  ")[0] or line.strip().split("  ")[0] for line in outcome.err.splitlines()]
    assert [name for name in stages if name in ("convert", "read xbrl-json", "write xbrl-xml")] == [
        "convert",
        "read xbrl-json",
        "write xbrl-xml",
    ]
    timings = exporter("validate", report, "--no-strict", "--timings", "--json").json["timings"]
    assert [entry["stage"] for entry in timings if not entry["within"]] == ["validate"]
    assert "timings" not in exporter("validate", report, "--no-strict", "--json").json


def test_commands_log_stages_and_findings(report: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    outcome = exporter("validate", report, "--log", log, "--json")
    entries = list(map(json.loads, log.read_text().splitlines()))
    assert [entry["finding"] for entry in entries if entry["event"] == "finding"] == outcome.json["findings"]
    assert {"validate", "read xbrl-json"} <= {entry["stage"] for entry in entries if entry["event"] == "end"}


def test_a_level_alone_logs_to_standard_error(report: Path) -> None:
    outcome = exporter("validate", report, "--no-strict", "--log-level", "INFO")
    lines = [line.split(" ", 2)[2] for line in outcome.err.splitlines() if " INFO " in line]
    assert any(line.startswith("INFO validate: ") for line in lines)
    assert "DEBUG" not in outcome.err
    assert exporter("validate", report, "--log-level", "loud").code == 2


def test_every_command_takes_the_same_options() -> None:
    common = {"--log", "--log-level", "--quiet", "--verbose", "--timings", "--json", "--no-color"}
    for name in program.list_commands(click.Context(program)):
        command = program.get_command(click.Context(program), name)
        assert command is not None
        options = {option for parameter in command.params for option in parameter.opts}
        assert ({"--log", "--log-level"} if name == "mcp" else common) <= options, name


def test_a_log_that_cannot_be_written_is_a_finding(report: Path, tmp_path: Path) -> None:
    outcome = exporter("validate", report, "--log", tmp_path / "nowhere" / "log.jsonl", "--json")
    assert outcome.code == 2
    assert outcome.codes == ["exporter:unwritableFile"]


def test_a_batch_adds_up_the_times_of_its_workers(report: Path, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_bytes(SOUND["r.json"])
    manifest = tmp_path / "m.csv"
    manifest.write_text("source,task,to\nr.json,convert,xbrl-xml\ns.json,convert,xbrl-xml\n")
    outcome = exporter("batch", manifest, "-o", tmp_path / "out", "--workers", "1", "--timings", "--json")
    calls = {entry["stage"]: entry["calls"] for entry in outcome.json["timings"]}
    assert calls["write xbrl-xml"] == 2
