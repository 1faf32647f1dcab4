"""Batches: throughput of two processes over one, a Dask cluster that loses a worker and its scheduler, and kill -9.

``python -m tests.benchmarks.bench_batch --filings 2000`` takes the figures of the documentation. Whatever is killed,
each filing must be there once, with the bytes that one process writes; a difference ends the benchmark with an error.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from exporter.batches.run import BatchOptions, BatchResult, batch
from tests.benchmarks.measure import table
from tests.support.batches import write_sources, written
from tests.support.dask_cluster import dask_cluster

FORMATS: Final = ("xbrl-json", "xbrl-xml")
MOST_KILLS: Final = 20
_PROGRAM: Final = (
    "import sys\nfrom exporter.batches.run import BatchOptions, batch\n"
    "batch(sys.argv[1], sys.argv[2], defaults={'format': sys.argv[3:]}, options=BatchOptions(workers=2))"
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="facts of other benchmarks: a hundredth as many filings")
    parser.add_argument("--filings", type=int, help="the number of filings")
    parser.add_argument("--killed", type=int, help="the number of tasks of the batches that are killed; a tenth")
    parser.add_argument("--repeat", type=int, default=1, help="runs with one and two processes, in turn")
    parser.add_argument("--only", choices=["local", "dask", "kills"], help="one part alone")
    given = parser.parse_args(arguments)
    filings = given.filings or max(10, max(map(int, given.sizes.split(","))) // 100)
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as name:
        folder = Path(name)
        write_sources(folder / "in", filings)
        if given.only in (None, "local"):
            compare_processes(folder, filings, given.repeat)
        if given.only in (None, "dask"):
            disturb_cluster(folder, filings)
        if given.only in (None, "kills"):
            kill_batches(folder, given.killed or max(6, filings // 10))


def run_batch(folder: Path, output: str, **options: Any) -> tuple[BatchResult, float, float]:
    """A batch over all sources, with its seconds by the clock and those of the processors."""
    before, started = _processor_seconds(), time.perf_counter()
    pattern = str(folder / "in" / "*.yaml")
    result = batch(pattern, folder / output, defaults={"format": list(FORMATS)}, options=BatchOptions(**options))
    return result, time.perf_counter() - started, _processor_seconds() - before


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def compare_processes(folder: Path, filings: int, repeat: int) -> None:
    """Throughput of one process and of two, in turn, and whether they write the same."""
    best = {1: float("inf"), 2: float("inf")}
    used = {1: 0.0, 2: 0.0}
    for number in range(repeat):
        for workers in best:
            result, seconds, processor = run_batch(folder, f"local-{workers}-{number}", workers=workers)
            check(result.count("done") == filings, "a filing is missing")
            if seconds < best[workers]:
                best[workers], used[workers] = seconds, processor
    check(written(folder / "local-1-0") == written(folder / "local-2-0"), "two processes write something else")
    rows = [[f"{n} process(es)", filings / best[n], best[n], used[n] / best[n]] for n in best]
    print(table(["local", "filings/s", "seconds", "processors used"], rows))
    print(f"two processes over one: {best[1] / best[2]:.2f} (goal 1.8; {os.cpu_count()} processors, load "
          f"{os.getloadavg()[0]:.1f})\n", flush=True)  # fmt: skip


def disturb_cluster(folder: Path, filings: int) -> None:
    """A worker is killed after a third of the filings, the scheduler after two thirds."""
    if not (folder / "local-1-0").exists():
        run_batch(folder, "local-1-0", workers=2)
    ended = [0]
    with dask_cluster(folder) as made:

        def disturb() -> None:
            for share, action in ((1 / 3, made.workers[0].kill), (2 / 3, made.restart_scheduler)):
                while ended[0] < filings * share:
                    time.sleep(0.05)
                action()

        thread = threading.Thread(target=disturb, daemon=True)
        thread.start()
        started = time.perf_counter()
        result = batch(
            str(folder / "in" / "*.yaml"),
            folder / "dask",
            defaults={"format": list(FORMATS)},
            options=BatchOptions(dask=made.address, attempts=5),
            on_progress=lambda progress: ended.__setitem__(0, progress.ended),
        )
        seconds = time.perf_counter() - started
        thread.join()
    check(result.count("done") == filings == len({task.task.key for task in result.results}), "a filing is missing")
    check(written(folder / "dask") == written(folder / "local-1-0"), "the cluster writes something else")
    repeated = sum(task.attempts > 1 for task in result.results)
    print(f"dask: {filings} filings, a worker and the scheduler killed, {repeated} tasks tried again, byte-equal: "
          f"{filings / seconds:.1f} filings/s\n", flush=True)  # fmt: skip


def kill_batches(folder: Path, tasks: int) -> None:
    """A batch is killed at random points, often enough or until it is through; no kill leaves a filing in part."""
    chance = random.Random(7)
    source = folder / "killed-in"
    write_sources(source, tasks)
    pattern, output = str(source / "*.yaml"), folder / "killed"
    batch(pattern, folder / "expected", defaults={"format": list(FORMATS)}, options=BatchOptions(workers=0))
    expected = written(folder / "expected")
    kills = 0
    while True:
        command = [sys.executable, "-c", _PROGRAM, pattern, str(output), *FORMATS]
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(1.0, 6.0) if kills < MOST_KILLS else None)
            break
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        there = {name: content for name, content in written(output).items() if name in expected}
        for name in {name.partition("/")[0] for name in there}:
            whole = {path for path in expected if path.startswith(f"{name}/")}
            check(whole <= there.keys(), f"{name} is there in part")
        check(all(expected[name] == content for name, content in there.items()), "a file differs")
    check(process.returncode == 0, "the last run did not complete")
    there = {name: content for name, content in written(output).items() if name in expected}
    check(there == expected, "a filing is missing")
    print(f"kill -9: {tasks} tasks, killed {kills} times at random, no partial filing, all complete\n", flush=True)


def check(holds: bool, message: str) -> None:
    """What does not hold breaks the benchmark."""
    if not holds:
        raise SystemExit(message)


if __name__ == "__main__":
    main()
