"""Looking on while the program works: how long each stage takes, and a structured log of them.

with ex.observed(timings := ex.Timings()):
    ex.export_filing(filing, "out")
print(timings.table())
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from exporter.findings import Finding, Severity
from exporter.resources.stages import observed as observed

LOGGER: Final = logging.getLogger("exporter")
_LEVELS: Final = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.INFO: logging.INFO}
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


@frozen(kw_only=True)
class StageTime:
    """A stage within others (``path``, the outermost first): how often it ran, and for how many seconds.

    ``cpu`` is the time of the process's processors, all threads included. A stage that takes facts from an iterator
    has the time of reading them too.
    """

    path: tuple[str, ...]
    calls: int
    seconds: float
    cpu: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        times = {"seconds": round(self.seconds, 6), "cpu": round(self.cpu, 6)}
        return {"stage": self.path[-1], "within": list(self.path[:-1]), "calls": self.calls, **times}


@define(eq=False)
class Timings:
    """An observer that adds up the times of stages."""

    _times: dict[tuple[str, ...], StageTime] = field(factory=dict, init=False)
    _path: tuple[str, ...] = field(default=(), init=False)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        outer, self._path = self._path, (*self._path, name)
        path = self._path
        self._times.setdefault(path, StageTime(path=path, calls=0, seconds=0.0, cpu=0.0))  # outer stages come first
        started, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            seconds, used = time.perf_counter() - started, time.process_time() - cpu
            self._path = outer
            self.add([StageTime(path=path, calls=1, seconds=seconds, cpu=used)])

    def add(self, stages: Iterable[StageTime]) -> None:
        """Add times that were taken elsewhere, as in a worker of a batch."""
        for new in stages:
            old = self._times.get(new.path, StageTime(path=new.path, calls=0, seconds=0.0, cpu=0.0))
            self._times[new.path] = StageTime(
                path=new.path, calls=old.calls + new.calls, seconds=old.seconds + new.seconds, cpu=old.cpu + new.cpu
            )

    @property
    def stages(self) -> tuple[StageTime, ...]:
        """All stages; those within a stage come after it."""
        order = {path: number for number, path in enumerate(self._times)}

        def place(path: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(order.get(path[: depth + 1], 0) for depth in range(len(path)))

        return tuple(self._times[path] for path in sorted(self._times, key=place))

    def table(self) -> str:
        """A line for each stage, those within another indented."""
        lines = [f"{'stage':44} {'calls':>7} {'seconds':>9} {'cpu':>9}"]
        for timed in self.stages:
            title = "  " * (len(timed.path) - 1) + timed.path[-1]
            lines.append(f"{title:44} {timed.calls:>7,} {timed.seconds:>9.3f} {timed.cpu:>9.3f}")
        return "\n".join(lines)


@contextmanager
def log_stage(name: str) -> Iterator[None]:
    """An observer that logs the beginning and the end of each stage, to the logger ``exporter``."""
    LOGGER.debug("%s", name, extra={"event": "begin", "stage": name})
    started = time.perf_counter()
    try:
        yield
    except BaseException as error:
        seconds = round(time.perf_counter() - started, 6)
        fields = {"event": "failed", "stage": name, "seconds": seconds, "error": type(error).__name__}
        LOGGER.error("%s: %s", name, type(error).__name__, extra=fields)
        raise
    seconds = round(time.perf_counter() - started, 6)
    LOGGER.info("%s: %.3f s", name, seconds, extra={"event": "end", "stage": name, "seconds": seconds})


def log_findings(findings: Iterable[Finding]) -> None:
    """Log each finding with its severity; a log of JSON has the fields that ``--json`` has."""
    for finding in findings:
        LOGGER.log(_LEVELS[finding.severity], "%s", finding, extra={"event": "finding", "finding": finding.as_dict()})


class JsonLines(logging.Formatter):
    """A line of JSON for each record: time, level, logger and message, then the fields of the record's ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        times = {"time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{record.msecs:03.0f}Z"}
        entry = {**times, "level": record.levelname, "logger": record.name, "message": record.getMessage(), **fields}
        return json.dumps(entry, ensure_ascii=False, default=str)


@contextmanager
def logged_to(target: Path, level: str = "debug") -> Iterator[None]:
    """Write the log to a file, or to standard error for ``-``: JSON where the name ends in .json or .jsonl, else text.

    Args:
        target: the file, which is added to.
        level: the least level that is written: ``debug``, ``info``, ``warning`` or ``error``.

    Raises:
        OSError: the file cannot be written.
    """
    is_json = target.suffix.lower() in (".json", ".jsonl")
    to_stderr = str(target) == "-"
    handler = logging.StreamHandler(sys.stderr) if to_stderr else logging.FileHandler(target, "a", "utf-8")
    handler.setFormatter(JsonLines() if is_json else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    previous, propagates = LOGGER.level, LOGGER.propagate
    LOGGER.addHandler(handler)
    LOGGER.setLevel(level.upper())
    LOGGER.propagate = False
    try:
        with observed(log_stage):
            yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(previous)
        LOGGER.propagate = propagates
        handler.close()
