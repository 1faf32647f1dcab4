"""Running a batch: an engine gets tasks, a few more at a time than it has workers; their outcomes go to the ledger."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from attrs import field, frozen

from exporter.batches.ledger import LEDGER, Ledger, open_ledger
from exporter.batches.manifest import read_manifest
from exporter.batches.remote import is_url
from exporter.batches.task import Outcome, Task, run_task, run_timed_task
from exporter.findings import Finding, Location
from exporter.operations.observe import Timings
from exporter.operations.read import OFFLINE, Access
from exporter.resources.locks import locked

Origin = Literal["run", "ledger"]

DEFAULT_ATTEMPTS: Final = 3
_AHEAD: Final = 2  # tasks in an engine for each of its workers
_PAUSE: Final = 0.5  # seconds before the second attempt; twice as many before each further one


class Engine(Protocol):
    """Where tasks run."""

    @property
    def workers(self) -> int:
        """The number of tasks that run at once."""

    def submit(self, task: Task, call: Callable[[Task], Outcome]) -> None:
        """Give a task to a worker."""

    def finished(self) -> Iterator[tuple[Task, Outcome | None]]:
        """Wait for at least one task; ``None`` for one that was lost with its worker."""


@frozen(kw_only=True)
class TaskResult:
    """What came of one task, in this run or in the one that the ledger remembers."""

    task: Task
    outcome: Outcome
    origin: Origin
    attempts: int = 1


@frozen(kw_only=True)
class BatchResult:
    """What came of a batch; ``results`` are in the order of the manifest."""

    folder: str
    results: tuple[TaskResult, ...]
    seconds: float

    def count(self, status: str) -> int:
        """The number of tasks that ended so: ``done``, ``invalid`` or ``failed``."""
        return sum(result.outcome.status == status for result in self.results)

    @property
    def resumed(self) -> int:
        """The number of tasks that an earlier run had done."""
        return sum(result.origin == "ledger" for result in self.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the manifest."""
        return tuple(finding for result in self.results for finding in result.outcome.findings)


@frozen(kw_only=True)
class BatchProgress:
    """How far a batch is; ``left`` is in seconds, ``None`` before the first task has ended."""

    tasks: int
    ended: int
    resumed: int
    invalid: int
    failed: int
    rate: float
    left: float | None


@frozen(kw_only=True)
class BatchOptions:
    """How a batch runs.

    Args:
        workers: the number of processes; 0 runs the tasks in this one, ``None`` takes the number of cores.
        dask: the address of a Dask scheduler, which is used in place of processes (extra ``dask``).
        attempts: how often a task is tried whose machine or worker failed.
        timeout: the most seconds that a task may take.
        again: whether tasks are run again although the ledger has their outcome: ``invalid`` ones, or ``all``.
        access: whether taxonomies are kept, and missing public documents fetched.
        timings: takes the times of the stages of all tasks, added up.
    """

    workers: int | None = None
    dask: str | None = None
    attempts: int = DEFAULT_ATTEMPTS
    timeout: float | None = None
    again: Literal["none", "invalid", "all"] = "none"
    access: Access = OFFLINE
    timings: Timings | None = None


def batch(
    manifest: Path | str,
    folder: Path | str,
    *,
    defaults: Mapping[str, Any] | None = None,
    options: BatchOptions = BatchOptions(),
    on_progress: Callable[[BatchProgress], None] = lambda progress: None,
) -> BatchResult:
    """Run the tasks of a manifest; what an earlier run has done is not done again.

    Args:
        manifest: a file, or a pattern of file names; see `exporter.batches.manifest.read_manifest`.
        folder: where outputs and the ledger are put; a folder, or a URL that fsspec knows (then the ledger is in the
            current folder).
        defaults: ``task`` and options for all tasks that do not have them.
        options: how it runs.
        on_progress: is called when a task has ended.

    Raises:
        ReadError: the manifest is malformed, or the ledger cannot be used.
        WriteError: ``exporter:folderInUse``: another batch writes into the folder.
        ExporterError: the engine is not there, or was lost; the ledger knows what it has done.
        OSError: the ledger cannot be written.
    """
    tasks = read_manifest(manifest, defaults)
    place = Path() if is_url(str(folder)) else Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with locked(place / f"{LEDGER}.lock", place), open_ledger(place / LEDGER, str(folder)) as ledger:
        job = _Batch(tasks=tasks, ledger=ledger, options=options, on_progress=on_progress, started=started)
        call = run_task if options.timings is None else run_timed_task
        results = job.run(partial(call, folder=str(folder), access=options.access, timeout=options.timeout))
    return BatchResult(folder=str(folder), results=results, seconds=time.monotonic() - started)


@frozen(kw_only=True)
class _Batch:
    tasks: list[Task]
    ledger: Ledger
    options: BatchOptions
    on_progress: Callable[[BatchProgress], None]
    started: float
    results: dict[str, TaskResult] = field(factory=dict)
    counts: Counter[str] = field(factory=Counter)

    def run(self, call: Callable[[Task], Outcome]) -> tuple[TaskResult, ...]:
        waiting = deque(task for task in self.tasks if not self._resumes(task))
        if waiting:
            with _engine(self.options, len(waiting)) as engine:
                self._run_on(engine, waiting, call)
        return tuple(self.results[task.key] for task in self.tasks)

    def _resumes(self, task: Task) -> bool:
        """Whether the ledger has the outcome of a task."""
        if task.key in self.results:  # the manifest asks for it twice
            return True
        outcome = self.ledger.is_settled(task) if self.options.again != "all" else None
        if outcome is None or (outcome.status == "invalid" and self.options.again == "invalid"):
            return False
        self._end(TaskResult(task=task, outcome=outcome, origin="ledger"))
        return True

    def _run_on(self, engine: Engine, waiting: deque[Task], call: Callable[[Task], Outcome]) -> None:
        attempts: dict[str, int] = {}
        running: set[str] = set()
        while waiting or running:
            most = engine.workers * _AHEAD
            while waiting and len(running) < most:
                task = waiting.popleft()
                if task.key in running or task.key in self.results:
                    continue
                attempts[task.key] = attempts.get(task.key, 0) + 1
                self.ledger.start(task)
                running.add(task.key)
                engine.submit(task, call)
            if not running:
                break
            for task, outcome in engine.finished():
                running.discard(task.key)
                tried = attempts[task.key]
                if (outcome is None or outcome.is_transient) and tried < self.options.attempts:
                    time.sleep(min(_PAUSE * 2 ** (tried - 1), 10) if outcome is not None else 0)
                    waiting.append(task)
                    continue
                if outcome is None:
                    outcome = Outcome(status="failed", findings=(_lost(task, tried),))
                self.ledger.record(task, outcome)
                if self.options.timings is not None:
                    self.options.timings.add(outcome.timings)
                self._end(TaskResult(task=task, outcome=outcome, origin="run", attempts=tried))

    def _end(self, result: TaskResult) -> None:
        self.results[result.task.key] = result
        self.counts.update((result.origin, result.outcome.status))
        ran = self.counts["run"]
        rate = ran / max(time.monotonic() - self.started, 1e-9)
        rest = len(self.tasks) - len(self.results)
        progress = BatchProgress(
            tasks=len(self.tasks),
            ended=len(self.results),
            resumed=self.counts["ledger"],
            invalid=self.counts["invalid"],
            failed=self.counts["failed"],
            rate=rate,
            left=rest / rate if ran else None,
        )
        self.on_progress(progress)


def _lost(task: Task, attempts: int) -> Finding:
    return Finding(
        code="exporter:workerLost",
        message=f"the process that worked on it ended without a word, {attempts} times",
        location=Location(file=task.source),
        fix="run the command of the task alone; it may need more memory than there is",
    )


@contextmanager
def _engine(options: BatchOptions, tasks: int) -> Iterator[Engine]:
    """The engine that the options ask for, imported on use."""
    if options.dask is not None:
        from exporter.batches.dask_engine import dask_engine

        with dask_engine(options.dask) as engine:
            yield engine
        return
    from exporter.batches.local_engine import InlineEngine, process_engine

    workers = os.cpu_count() or 1 if options.workers is None else options.workers
    if workers == 0:
        yield InlineEngine()
        return
    with process_engine(min(workers, tasks)) as local:
        yield local
