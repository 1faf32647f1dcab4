"""The engine that a batch has by default: processes on this machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from exporter.batches.task import Outcome, Task, prepare_worker

_TASKS_A_PROCESS: Final = 2_000
"""A process ends after so many tasks, and with it whatever they have left in memory.

Tasks of one small filing leave about 10 KiB each; a new process costs as much as 75 of them.
"""


class InlineEngine:
    """Runs tasks in this process, one after the other."""

    workers = 1

    def __init__(self) -> None:
        self._outcomes: list[tuple[Task, Outcome | None]] = []

    def submit(self, task: Task, call: Callable[[Task], Outcome]) -> None:
        self._outcomes.append((task, call(task)))

    def finished(self) -> Iterator[tuple[Task, Outcome | None]]:
        outcomes, self._outcomes = self._outcomes, []
        yield from outcomes


class ProcessEngine:
    """Runs tasks in processes.

    When one of the processes dies, nobody knows with which task, and the pool is of no more use: each task that was
    under way then runs in a pool of one process, so that the one that kills its process kills no other.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._new_pool(workers)
        self._running: dict[Future[Outcome], Task] = {}
        self._suspects: set[str] = set()

    @staticmethod
    def _new_pool(workers: int) -> ProcessPoolExecutor:
        # Not forked: a process with threads, such as one that shows progress, is not safely copied.
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=prepare_worker,
            max_tasks_per_child=_TASKS_A_PROCESS,
        )

    def submit(self, task: Task, call: Callable[[Task], Outcome]) -> None:
        if task.key in self._suspects:
            alone = self._new_pool(1)
            future = alone.submit(call, task)
            future.add_done_callback(lambda _: alone.shutdown(wait=False))
        else:
            try:
                future = self._pool.submit(call, task)
            except BrokenProcessPool:  # noticed before the futures have been looked at
                self._renew()
                future = self._pool.submit(call, task)
        self._running[future] = task

    def finished(self) -> Iterator[tuple[Task, Outcome | None]]:
        ended, _ = wait(self._running, return_when=FIRST_COMPLETED)
        is_broken = False
        for future in ended:
            task = self._running.pop(future)
            try:
                outcome = future.result()
            except BrokenProcessPool:
                is_broken = is_broken or task.key not in self._suspects
                self._suspects.add(task.key)
                yield task, None
            else:
                yield task, outcome
        if is_broken:
            self._renew()

    def _renew(self) -> None:
        self._pool.shutdown(wait=False)
        self._pool = self._new_pool(self.workers)

    def close(self) -> None:
        """End the processes; tasks that are under way end first, those that wait do not begin."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def process_engine(workers: int) -> Iterator[ProcessEngine]:
    """An engine whose processes end with the block."""
    engine = ProcessEngine(workers)
    try:
        yield engine
    finally:
        engine.close()
