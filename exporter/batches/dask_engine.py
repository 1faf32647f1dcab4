"""Dask as the engine of a batch: the same tasks on the workers of a cluster (extra ``dask``).

Sources and outputs are paths or URLs that every worker reaches. Scheduling, and moving tasks from a worker that was
lost to another, is the cluster's business.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Final

from exporter.batches.task import Outcome, Task
from exporter.errors import ExporterError, MissingExtraError
from exporter.findings import Finding

_PATIENCE: Final = 30.0
"""Seconds in which a scheduler that was lost may come back."""

_LOOK: Final = 1.0
"""Seconds between looks at whether the scheduler is still there."""


class DaskEngine:
    """Gives tasks to a Dask scheduler; those that it forgets when it is started anew are lost, and come again."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client = _connected(address)
        self._running: dict[Any, Task] = {}
        self._ended: SimpleQueue[Any] = SimpleQueue()

    @property
    def workers(self) -> int:
        """The number of tasks that the cluster runs at once."""
        try:
            threads: list[int] = list(self._client.nthreads().values())
            return max(1, sum(threads))
        except (OSError, TimeoutError):
            return 1

    def submit(self, task: Task, call: Callable[[Task], Outcome]) -> None:
        future = self._client.submit(call, task, pure=False, key=f"{task.key}-{time.monotonic_ns()}")
        self._running[future] = task
        future.add_done_callback(self._ended.put)

    def finished(self) -> Iterator[tuple[Task, Outcome | None]]:
        from distributed.scheduler import KilledWorker

        try:
            future = self._ended.get(timeout=_LOOK)
        except Empty:
            if self._client.status != "running" or any(
                known.status in ("cancelled", "lost") for known in self._running
            ):
                yield from self._all_lost()
            return
        task = self._running.pop(future, None)
        if task is None:  # of a scheduler that was lost since
            return
        try:
            outcome = future.result()
        except KilledWorker:
            outcome = None
        except (OSError, CancelledError):  # lost with its worker, or with the scheduler
            outcome = None
            if self._client.status != "running":
                self._running[future] = task
                yield from self._all_lost()
                return
        yield task, outcome

    def _all_lost(self) -> Iterator[tuple[Task, Outcome | None]]:
        """Connect to the scheduler anew; all that it was given is to be given again."""
        self._client.close(timeout=1)
        self._client = _connected(self._address)
        tasks, self._running = list(self._running.values()), {}
        yield from ((task, None) for task in tasks)

    def close(self) -> None:
        """Take back what has not begun, and leave the cluster as it is."""
        self._client.cancel(list(self._running))
        self._client.close()


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError("dask", "a batch on a cluster") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it logs each lost connection with a traceback
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        finding = Finding(
            code="exporter:engineFailed",
            message=f"there is no Dask scheduler at {address}: {error}",
            fix="start one (dask scheduler), or correct the address; a rerun goes on from the ledger",
        )
        raise ExporterError(findings=[finding]) from error


@contextmanager
def dask_engine(address: str) -> Iterator[DaskEngine]:
    """An engine that is disconnected with the end of the block."""
    engine = DaskEngine(address)
    try:
        yield engine
    finally:
        engine.close()
