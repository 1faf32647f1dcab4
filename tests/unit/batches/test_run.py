"""A whole batch: the same files whatever runs it; what is done is not done again; lost workers, kill -9."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exporter.batches import run as module
from exporter.batches.run import BatchOptions, BatchProgress, batch
from exporter.batches.task import Outcome, Task
from exporter.findings import Finding
from tests.support.batches import SOURCE, write_sources, written

HERE = BatchOptions(workers=0)


def test_processes_write_what_one_process_writes(tmp_path: Path) -> None:
    write_sources(tmp_path / "in", 6, bad=frozenset({3}))
    pattern = str(tmp_path / "in" / "*.yaml")
    alone = batch(pattern, tmp_path / "alone", options=HERE)
    many = batch(pattern, tmp_path / "many", options=BatchOptions(workers=2))
    assert [result.outcome.status for result in many.results] == ["done", "done", "invalid", "done", "done", "done"]
    assert [result.outcome.status for result in alone.results] == [result.outcome.status for result in many.results]
    assert written(tmp_path / "alone") == written(tmp_path / "many") != {}


def test_a_rerun_does_what_has_changed(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "in", 4, bad=frozenset({2}))
    pattern, out = str(tmp_path / "in" / "*.yaml"), tmp_path / "out"
    batch(pattern, out, options=HERE)
    assert batch(pattern, out, options=HERE).resumed == 4
    sources[1].write_text(SOURCE.format(cik=2, number=2), encoding="utf-8")
    next((out / "co0003").glob("*.xbrl")).unlink()
    again = batch(pattern, out, options=HERE)
    assert [result.origin for result in again.results] == ["ledger", "run", "run", "ledger"]
    assert again.count("done") == 4
    assert batch(pattern, out, options=BatchOptions(workers=0, again="all")).resumed == 0
    sources[0].write_text("items: [", encoding="utf-8")
    assert batch(pattern, out, options=HERE).count("invalid") == 1
    assert batch(pattern, out, options=BatchOptions(workers=0, again="invalid")).resumed == 3


def test_transient_faults_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0)
    calls: list[str] = []

    def fails_twice(task: Task, **_: object) -> Outcome:
        calls.append(task.source)
        if calls.count(task.source) < 3:
            return Outcome(status="failed", findings=(Finding(code="c", message="m"),), is_transient=True)
        return Outcome(status="done", inputs={task.source: "x"})

    monkeypatch.setattr(module, "run_task", fails_twice)
    write_sources(tmp_path / "in", 2)
    result = batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=HERE)
    assert [(task.outcome.status, task.attempts) for task in result.results] == [("done", 3), ("done", 3)]
    calls.clear()
    options = BatchOptions(workers=0, attempts=2, again="all")
    assert batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=options).count("failed") == 2


def test_progress_counts_every_task(tmp_path: Path) -> None:
    write_sources(tmp_path / "in", 3, bad=frozenset({1}))
    steps: list[BatchProgress] = []
    batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=HERE, on_progress=steps.append)
    assert [(step.ended, step.tasks, step.invalid) for step in steps] == [(1, 3, 1), (2, 3, 1), (3, 3, 1)]
    assert steps[-1].left == 0


KILLER = """import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_task_that_kills_its_process_kills_no_other(tmp_path: Path) -> None:
    sources = write_sources(tmp_path, 4)
    (tmp_path / "deadly.py").write_text(KILLER)
    rows = [f"{path.name},{'deadly.py' if path == sources[1] else ''}" for path in sources]
    (tmp_path / "m.csv").write_text("source,items-module\n" + "\n".join(rows) + "\n")
    result = batch(tmp_path / "m.csv", tmp_path / "out", options=BatchOptions(workers=2, attempts=2))
    assert [task.outcome.status for task in result.results] == ["done", "failed", "done", "done"]
    assert [finding.code for finding in result.findings] == ["exporter:workerLost"]


COMMAND = (
    "from exporter.batches.run import *; import sys; batch(sys.argv[1], sys.argv[2], options=BatchOptions(workers=2))"
)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_whatever_is_killed_the_rerun_completes(tmp_path: Path) -> None:
    write_sources(tmp_path / "in", 24)
    pattern, out = str(tmp_path / "in" / "*.yaml"), tmp_path / "out"
    batch(pattern, tmp_path / "expected", options=HERE)
    expected, chance = written(tmp_path / "expected"), random.Random(1)
    for _ in range(3):
        arguments = [sys.executable, "-c", COMMAND, pattern, str(out)]
        process = subprocess.Popen(arguments, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        folders = {name.partition("/")[0] for name in expected}
        for folder in folders & set(os.listdir(out) if out.exists() else ()):
            parts = {name: content for name, content in expected.items() if name.startswith(f"{folder}/")}
            there = {f"{folder}/{name}": content for name, content in written(out / folder).items()}
            assert there == parts, "a filing is there whole or not at all"
    result = batch(pattern, out, options=HERE)
    assert result.count("done") == 24
    assert {name: content for name, content in written(out).items() if name in expected} == expected
