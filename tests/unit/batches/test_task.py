"""One task: what it reads and writes is known, and whatever goes wrong is an outcome."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from exporter.batches import task as module
from exporter.batches.task import Task, run_task
from exporter.operations import doctor
from exporter.operations.read import OFFLINE
from tests.support.batches import write_sources


def test_an_export_knows_its_files(tmp_path: Path) -> None:
    (source,) = write_sources(tmp_path, 1)
    outcome = run_task(Task(kind="export", source=str(source), output="a/b"), str(tmp_path / "out"), OFFLINE)
    assert outcome.status == "done"
    assert list(outcome.inputs) == [str(source)]
    assert {name.partition("/")[0] for name in outcome.outputs} == {"b"}
    assert set(outcome.outputs) == {
        path.relative_to(tmp_path / "out" / "a").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert outcome.counts == {"items": 1, "facts": 1}


def test_a_source_beside_its_output_is_an_input(tmp_path: Path) -> None:
    (source,) = write_sources(tmp_path, 1)
    outcome = run_task(Task(kind="export", source=str(source), output=source.stem), str(tmp_path), OFFLINE)
    assert list(outcome.inputs) == [str(source)]


def test_a_validation_depends_on_the_schema_beside_the_report(tmp_path: Path) -> None:
    (source,) = write_sources(tmp_path, 1)
    run_task(Task(kind="export", source=str(source), output="a"), str(tmp_path), OFFLINE)
    (report,) = (tmp_path / "a").glob("*.xbrl")
    outcome = run_task(Task(kind="validate", source=str(report)), str(tmp_path / "out"), OFFLINE)
    assert outcome.status == "done"
    assert report.name in {Path(path).name for path in outcome.inputs}
    assert any(path.endswith(".xsd") for path in outcome.inputs)
    assert not outcome.outputs


def test_a_conversion_gives_a_file(tmp_path: Path) -> None:
    (source,) = write_sources(tmp_path, 1)
    task = Task(kind="convert", source=str(source), output="a.json", options={"to": "xbrl-json"})
    outcome = run_task(task, str(tmp_path), OFFLINE)
    assert (outcome.status, list(outcome.outputs), outcome.counts) == ("done", ["a.json"], {"facts": 1})


def test_a_bad_source_is_invalid_and_writes_nothing(tmp_path: Path) -> None:
    (source,) = write_sources(tmp_path, 1, bad=frozenset({1}))
    outcome = run_task(Task(kind="export", source=str(source), output="a"), str(tmp_path / "out"), OFFLINE)
    assert (outcome.status, outcome.is_transient) == ("invalid", False)
    assert [(finding.code, finding.location.file) for finding in outcome.findings] == [
        ("exporter:malformedYaml", str(source))
    ]
    assert not (tmp_path / "out" / "a").exists()


@pytest.mark.parametrize(
    ("error", "code", "is_transient"),
    [
        (OSError(28, "No space left on device"), "exporter:unwritableFile", True),
        (MemoryError(), "exporter:limitExceeded", True),
        (ZeroDivisionError("x"), "exporter:internalError", False),
    ],
)
def test_what_the_machine_or_the_program_does_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, is_transient: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(module, "load_filing", fail)
    (source,) = write_sources(tmp_path, 1)
    outcome = run_task(Task(kind="export", source=str(source), output="a"), str(tmp_path / "out"), OFFLINE)
    assert (outcome.status, outcome.is_transient) == ("failed", is_transient)
    assert [finding.code for finding in outcome.findings] == [code]


def test_a_task_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_filing", lambda *_, **__: time.sleep(60))
    (source,) = write_sources(tmp_path, 1)
    outcome = run_task(Task(kind="export", source=str(source), output="a"), str(tmp_path), OFFLINE, timeout=0.05)
    assert (outcome.status, outcome.is_transient) == ("failed", False)
    assert "0.05 seconds" in outcome.findings[0].message


def test_the_version_is_looked_up_once_for_all_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    lookups: list[str] = []

    def version(name: str) -> str:
        lookups.append(name)
        return "7"

    monkeypatch.setattr(doctor, "version", version)
    doctor.program_version.cache_clear()
    try:
        keys = {Task(kind="export", source=f"{number}.yaml").key for number in range(20)}
    finally:
        doctor.program_version.cache_clear()
    assert len(keys) == 20
    assert len(lookups) == 1
