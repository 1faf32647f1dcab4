"""A job ended by a signal at its steps: ``python -m tests.support.interrupting JOB FOLDER EVERY SIGNAL…``.

Every change of a file or folder is a step; Python tells of it before. For each step the job runs in a child process
that sends itself a signal there, the signals in turn, then once more, undisturbed. What is left is printed as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from exporter.formats.xbrl_csv.write.files import TableFiles
from exporter.resources.files import atomic_write
from exporter.resources.publishing import publish, staged, write_together
from exporter.resources.signals import Terminated, termination_raised
from exporter.resources.targets import staged_target

_CHANGES = frozenset(
    ("os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "exporter.exchange")
)

Job = Callable[[Path], None]


def _before(folder: Path) -> None:
    """Two folders with a report of an earlier run, and files of somebody else."""
    for name in ("out", "side"):
        (folder / name / "tables").mkdir(parents=True)
        (folder / name / "a.txt").write_text("old a")
        (folder / name / "b.txt").write_text("old b")
        (folder / name / "tables" / "stale.csv").write_text("old table")
        (folder / name / "mine").mkdir()
        (folder / name / "mine" / "notes.txt").write_text("mine")
        (folder / name / "mine.txt").symlink_to("mine/notes.txt")


def _publish(folder: Path) -> None:
    with staged(folder) as staging:
        for name in ("a.txt", "b.txt", "new.txt", "tables/t.csv", "more/deep/d.txt"):
            (staging.files / name).parent.mkdir(parents=True, exist_ok=True)
            (staging.files / name).write_text("new")
        staging.stale.append("tables/stale.csv")
        publish(staging)


def publish_new(folder: Path) -> None:
    _publish(folder / "fresh")


def swap(folder: Path) -> None:
    _publish(folder / "out")


def journal(folder: Path) -> None:
    """The working directory is not swapped for another."""
    os.chdir(folder / "out")
    _publish(Path("."))


def several(folder: Path) -> None:
    names = ("out/a.txt", "out/b.txt", "out/new.txt", "side/a.txt", "side/new.txt")
    write_together({folder / name: b"new" for name in names}, lambda places: None)


def single_file(folder: Path) -> None:
    with atomic_write(folder / "out" / "a.txt") as stream:
        stream.write(b"new")


def tables(folder: Path) -> None:
    with staged_target(folder / "fresh-csv" / "report.json") as target:
        files = TableFiles(target)
        for name in ("one", "two"):
            files.write(files.add(name), "concept\n")
        files.close("{}")


def export(folder: Path) -> None:
    # Imported on use, and before the first child: a small process is forked fast.
    from exporter.operations.export import export_filing
    from exporter.operations.load import load_filing

    source = folder.parent / "report.yaml"
    export_filing(load_filing(source), folder / "out", formats=["items-json", "xbrl-csv"])


def begin(folder: Path) -> None:
    """A run that is about to write, and does not."""
    for name in ("out", "side"):
        with staged(folder / name):
            pass


JOBS = {job.__name__: job for job in (publish_new, swap, journal, several, single_file, tables, export)}


def content(folder: Path) -> dict[str, str]:
    """What stands in a folder, hidden files too; texts by the paths of their files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("latin-1")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run_child(job: Job, folder: Path, step: int, number: int) -> tuple[int, int]:
    """Run the job in a child that is sent a signal at a step; its exit code, and the number of steps it took."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 99
        try:
            code = _run(job, folder, step, number, writing)
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    steps = len(os.read(reading, 65536)) if not step else 0
    os.close(reading)
    return os.waitstatus_to_exitcode(status), steps


def _run(job: Job, folder: Path, step: int, number: int, writing: int) -> int:
    taken = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not writes and event not in _CHANGES:
            return
        taken += 1
        if taken == step:
            os.kill(os.getpid(), number)

    try:
        with termination_raised():
            sys.addaudithook(count)
            job(folder)
    except (KeyboardInterrupt, Terminated) as end:
        return 128 + getattr(end, "number", signal.SIGINT)
    os.write(writing, b"." * taken)
    return 0


def main(job: Job, folder: Path, every: int, signals: Sequence[signal.Signals]) -> None:
    os.fsync = lambda fd: None  # what a process leaves does not depend on it
    if job is export:
        _before(folder / "first")
        export(folder / "first")
    whole = folder / "whole"
    _before(whole)
    old = content(whole)
    code, steps = run_child(job, whole, 0, 0)
    assert code == 0, f"the job itself fails with {code}"
    assert steps > 0
    outcomes = []
    for number, step in enumerate(range(1, steps + 1, every)):
        place = folder / str(step)
        _before(place)
        ended_by = signals[number % len(signals)]
        code, _ = run_child(job, place, step, ended_by)
        left = content(place)
        outcome: dict[str, Any] = {"step": step, "signal": ended_by.name, "code": code, "left": left}
        if ended_by is signal.SIGKILL and job in (journal, several):
            outcome["begun"], _ = run_child(begin, place, 0, 0)
            outcome["undone"] = content(place)
        outcome["again"], _ = run_child(job, place, 0, 0)
        outcomes.append({**outcome, "at_last": content(place)})
    print(json.dumps({"old": old, "new": content(whole), "outcomes": outcomes}))


if __name__ == "__main__":
    main(JOBS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]), [signal.Signals[name] for name in sys.argv[4:]])
