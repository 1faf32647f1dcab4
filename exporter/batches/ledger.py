"""The ledger of a batch: what came of each task, in a SQLite file (write-ahead log) that a rerun resumes from.

One process writes it. A task that was running when that process died is simply run again: what it writes appears whole
or not at all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from exporter.batches.remote import digest_at, joined
from exporter.batches.task import Outcome, Status, Task
from exporter.errors import ReadError
from exporter.findings import Finding, Location

LEDGER: Final = "batch.ledger"
"""The name of the file in the folder of the batch."""

_VERSION: Final = 1
_TABLE: Final = """
create table if not exists tasks (
  key text primary key,
  kind text not null, source text not null, output text, options text not null,
  status text not null,
  attempts integer not null default 0,
  seconds real, ended text,
  findings text not null default '[]',
  inputs text not null default '{}',
  outputs text not null default '{}',
  counts text not null default '{}'
) strict
"""


@frozen(kw_only=True)
class LedgerEntry:
    """What the ledger holds of a task; ``status`` is ``running`` where no outcome has been recorded."""

    kind: str
    source: str
    output: str | None
    status: Status | str
    attempts: int
    outcome: Outcome


class Ledger:
    """An open ledger; see `open_ledger`."""

    def __init__(self, connection: sqlite3.Connection, folder: str) -> None:
        self._connection = connection
        self._folder = folder

    def start(self, task: Task) -> None:
        """Note that an attempt at a task begins."""
        values = (task.key, task.kind, task.source, task.output, json.dumps(dict(task.options), ensure_ascii=False))
        with self._connection as connection:
            connection.execute(
                "insert into tasks (key, kind, source, output, options, status, attempts) "
                "values (?, ?, ?, ?, ?, 'running', 1) "
                "on conflict (key) do update set status = 'running', attempts = attempts + 1",
                values,
            )

    def record(self, task: Task, outcome: Outcome) -> None:
        """Note what came of a task."""
        findings = json.dumps([finding.as_dict() for finding in outcome.findings], ensure_ascii=False)
        maps = (outcome.inputs, outcome.outputs, outcome.counts)
        texts = [json.dumps(dict(values), ensure_ascii=False) for values in maps]
        with self._connection as connection:
            connection.execute(
                "update tasks set status = ?, seconds = ?, ended = datetime('now'), findings = ?, inputs = ?, "
                "outputs = ?, counts = ? where key = ?",
                (outcome.status, outcome.seconds, findings, *texts, task.key),
            )

    def entry(self, task: Task) -> LedgerEntry | None:
        """What is known of a task."""
        rows = self._entries("where key = ?", task.key)
        return next(rows, None)

    def entries(self) -> Iterator[LedgerEntry]:
        """What is known of every task that was ever begun, in the order of their beginning."""
        return self._entries("order by rowid")

    def is_settled(self, task: Task) -> Outcome | None:
        """The outcome of an earlier run, if it still holds: the same inputs give the same outputs, or findings.

        An outcome holds while every file that was read has the same content, and every file that was written too.
        """
        entry = self.entry(task)
        if entry is None or entry.status not in ("done", "invalid"):
            return None
        outcome = entry.outcome
        unchanged = all(digest_at(path) == digest for path, digest in outcome.inputs.items())
        present = all(digest_at(joined(self._parent(task), name)) == digest for name, digest in outcome.outputs.items())
        return outcome if unchanged and present and outcome.inputs else None

    def _parent(self, task: Task) -> str:
        """The folder that the names of a task's outputs are relative to."""
        above = (task.output or "").rpartition("/")[0]
        return joined(self._folder, above) if above else self._folder

    def _entries(self, condition: str, *values: object) -> Iterator[LedgerEntry]:
        columns = "kind, source, output, status, attempts, seconds, findings, inputs, outputs, counts"
        statement = f"select {columns} from tasks {condition}"  # noqa: S608 - our own words
        for kind, source, output, status, attempts, seconds, *texts in self._connection.execute(statement, values):
            findings, inputs, outputs, counts = map(json.loads, texts)
            outcome = Outcome(
                status=status if status in ("done", "invalid") else "failed",
                findings=tuple(map(Finding.from_dict, findings)),
                inputs=inputs,
                outputs=outputs,
                counts=counts,
                seconds=seconds or 0.0,
            )
            yield LedgerEntry(
                kind=kind, source=source, output=output, status=status, attempts=attempts, outcome=outcome
            )


@contextmanager
def open_ledger(path: Path, folder: str) -> Iterator[Ledger]:
    """The ledger in a file, which is made where there is none.

    Args:
        folder: the folder or URL that outputs are put into.

    Raises:
        ReadError: ``exporter:unreadableFile``: the file is no ledger, or that of another version.
        OSError: it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error
    try:
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            (version,) = connection.execute("pragma user_version").fetchone()
            if version not in (0, _VERSION):
                raise _no_ledger(path, f"it is a ledger of version {version}")
            connection.execute(_TABLE)
            connection.execute(f"pragma user_version = {_VERSION}")
            connection.commit()
        except sqlite3.DatabaseError as error:
            raise _no_ledger(path, str(error)) from error
        yield Ledger(connection, folder)
    finally:
        connection.close()


def _no_ledger(path: Path, reason: str) -> ReadError:
    message = f"the ledger of the batch cannot be used: {reason}"
    fix = "move it away; what is there already is then made anew"
    return ReadError(
        findings=[Finding(code="exporter:unreadableFile", message=message, location=Location(file=str(path)), fix=fix)]
    )
