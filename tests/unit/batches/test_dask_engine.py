"""A batch on a Dask cluster: a real scheduler and workers, one of which is killed, and a scheduler that comes back."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.batches import dask_engine
from exporter.batches.run import BatchOptions, batch
from exporter.batches.task import Outcome, Task
from exporter.errors import ExporterError
from tests.support.batches import write_sources, written
from tests.support.dask_cluster import dask_cluster, free_port

pytest.importorskip("distributed")
pytestmark = [pytest.mark.door("distributed"), pytest.mark.skipif(sys.platform == "win32", reason="signals")]


def once(condition: object, seconds: float = 60) -> None:
    """Wait until a condition holds."""
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_is_lost_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "_PATIENCE", 60.0)
    write_sources(tmp_path / "in", 40)
    pattern = str(tmp_path / "in" / "*.yaml")
    alone = batch(pattern, tmp_path / "alone", options=BatchOptions(workers=0))
    assert alone.count("done") == 40
    out = tmp_path / "out"
    with dask_cluster(tmp_path) as made:
        ended: list[int] = []

        def disturb() -> None:
            once(lambda: ended and ended[-1] >= 4)
            made.workers[0].send_signal(signal.SIGKILL)
            once(lambda: ended[-1] >= 12)
            made.restart_scheduler()

        thread = threading.Thread(target=disturb)
        thread.start()
        options = BatchOptions(dask=made.address, attempts=5)
        result = batch(pattern, out, options=options, on_progress=lambda progress: ended.append(progress.ended))
        thread.join()
    assert result.count("done") == 40
    assert written(out) == written(tmp_path / "alone")


class _Client:
    """A client that gives what it is asked for back as a future without a result."""

    def __init__(self, *_: object, **__: object) -> None:
        self.status = "running"

    def submit(self, *_: object, **__: object) -> _LostFuture:
        return _LostFuture()

    def close(self, **_: object) -> None: ...


class _LostFuture:
    """A future whose worker or scheduler is gone before its result is fetched."""

    status = "finished"

    def add_done_callback(self, call: Callable[[object], None]) -> None:
        call(self)

    def result(self) -> object:
        raise OSError("Stream is closed")


@pytest.mark.parametrize("status", ["running", "connecting"])
def test_a_result_that_cannot_be_fetched_is_lost(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "_connected", _Client)
    engine = dask_engine.DaskEngine("tcp://127.0.0.1:1")
    engine._client.status = status
    tasks = [Task(kind="validate", source=name) for name in ("a", "b")]
    for task in tasks:
        engine.submit(task, lambda _: Outcome(status="done"))
    lost = list(engine.finished())
    assert lost == ([(tasks[0], None)] if status == "running" else [(tasks[1], None), (tasks[0], None)])


def test_a_scheduler_that_is_not_there_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "_PATIENCE", 0.2)
    write_sources(tmp_path, 1)
    options = BatchOptions(dask=f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(ExporterError, match="no Dask scheduler"):
        batch(str(tmp_path / "*.yaml"), tmp_path / "out", options=options)
