"""The ledger: what it says is done is done, whatever was changed, lost or interrupted meanwhile."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from exporter.batches.ledger import open_ledger
from exporter.batches.remote import digest_at
from exporter.batches.task import Outcome, Task
from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity

FINDING = Finding(
    code="exporter:wrongType", message="m", severity=Severity.WARNING, location=Location(file="a", line=3), fix="f"
)


def test_an_outcome_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("in")
    (tmp_path / "a").write_text("out")
    task = Task(kind="export", source=str(tmp_path / "in"), output="a", options={"strict": True})
    outcome = Outcome(
        status="done",
        findings=(FINDING,),
        inputs={str(tmp_path / "in"): digest_at(str(tmp_path / "in")) or ""},
        outputs={"a": digest_at(str(tmp_path / "a")) or ""},
        counts={"facts": 3},
        seconds=1.5,
    )
    with open_ledger(tmp_path / "l", str(tmp_path)) as ledger:
        assert ledger.entry(task) is None
        ledger.start(task)
        ledger.start(task)
        assert ledger.is_settled(task) is None
        ledger.record(task, outcome)
    with open_ledger(tmp_path / "l", str(tmp_path)) as ledger:
        assert ledger.is_settled(task) == outcome
        (entry,) = ledger.entries()
        assert (entry.status, entry.attempts, entry.source) == ("done", 2, task.source)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l").write_text("no database, but a long enough text to be looked at" * 50)
    with pytest.raises(ReadError, match="cannot be used"), open_ledger(tmp_path / "l", str(tmp_path)):
        pass
    newer = sqlite3.connect(tmp_path / "n")
    newer.execute("pragma user_version = 99")
    newer.close()
    with pytest.raises(ReadError, match="version 99"), open_ledger(tmp_path / "n", str(tmp_path)):
        pass


NUMBERS = st.integers(0, 3)


class LedgerMachine(RuleBasedStateMachine):
    """Tasks are begun, ended, changed and lost in any order, the ledger closed and opened in between."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.known: dict[int, str] = {}
        self.content = dict.fromkeys(range(4), 0)
        for number in self.content:
            self._source(number).write_text("0")
        self._open()

    def _open(self) -> None:
        self.manager: Any = open_ledger(self.path / "ledger", str(self.path))
        self.ledger = self.manager.__enter__()

    def _source(self, number: int) -> Path:
        return self.path / f"source{number}"

    def _task(self, number: int) -> Task:
        return Task(kind="convert", source=str(self._source(number)), output=f"output{number}")

    @rule(number=NUMBERS)
    def start(self, number: int) -> None:
        self.ledger.start(self._task(number))
        self.known[number] = "running"

    @rule(number=NUMBERS, status=st.sampled_from(["done", "invalid", "failed"]))
    def end(self, number: int, status: Any) -> None:
        if self.known.get(number) != "running":
            return
        output = self.path / f"output{number}"
        outputs = {}
        if status == "done":
            output.write_text(f"of {self.content[number]}")
            outputs = {output.name: digest_at(str(output)) or ""}
        source = str(self._source(number))
        outcome = Outcome(status=status, inputs={source: digest_at(source) or ""}, outputs=outputs)
        self.ledger.record(self._task(number), outcome)
        self.known[number] = f"{status} {self.content[number]}"

    @rule(number=NUMBERS)
    def change_source(self, number: int) -> None:
        self.content[number] += 1
        self._source(number).write_text(str(self.content[number]))

    @rule(number=NUMBERS)
    def lose_output(self, number: int) -> None:
        (self.path / f"output{number}").unlink(missing_ok=True)

    @rule()
    def reopen(self) -> None:
        self.manager.__exit__(None, None, None)
        self._open()

    @invariant()
    def only_what_holds_is_settled(self) -> None:
        for number in self.content:
            state, output = self.known.get(number, ""), self.path / f"output{number}"
            is_current = state.endswith(f" {self.content[number]}")
            is_there = output.is_file() and output.read_text() == f"of {self.content[number]}"
            expected = is_current and (state.startswith("invalid") or (state.startswith("done") and is_there))
            assert (self.ledger.is_settled(self._task(number)) is not None) == expected, (number, state)

    def teardown(self) -> None:
        self.manager.__exit__(None, None, None)
        self.folder.cleanup()


LedgerMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestLedger = LedgerMachine.TestCase
