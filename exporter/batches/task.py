"""One task of a batch: an export, a conversion or a validation, run wherever an engine runs it.

`run_task` never raises for what is wrong with a source: its `Outcome` says what came of it. It takes and returns plain
values, so that it can run in another process or on another machine.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal, TypeVar, cast

from attrs import evolve, field, frozen

from exporter.batches.remote import digest_at, is_url, local_copy, published_at
from exporter.errors import ExporterError, internal_error, unwritable
from exporter.findings import Finding, Location, Severity, has_errors
from exporter.formats.registry import format_by_name
from exporter.operations.classes import load_item_classes
from exporter.operations.convert import convert
from exporter.operations.doctor import program_version
from exporter.operations.export import EXPORT_FORMATS, export_filing
from exporter.operations.inputs import open_input
from exporter.operations.load import load_filing
from exporter.operations.observe import StageTime, Timings, observed
from exporter.operations.read import Access
from exporter.operations.validate import validate
from exporter.resources.files import schema_path

Kind = Literal["export", "convert", "validate"]
Status = Literal["done", "invalid", "failed"]
"""``done``: written, or valid. ``invalid``: findings keep the source from being used. ``failed``: the machine did."""

KINDS: Final = ("export", "convert", "validate")
MAX_FINDINGS: Final = 100
"""The most findings that are kept of one task."""

FILE_OPTIONS: Final = ("profile", "rules", "taxonomy-package", "items-module")
"""The options that may name files."""

_TRANSIENT: Final = frozenset({"exporter:folderInUse", "exporter:unwritableFile"})
_OBJECTS_BEFORE_COLLECTION: Final = 50_000
_T = TypeVar("_T", str, bool, tuple[str, ...])


@frozen(kw_only=True)
class Task:
    """What to do with one source.

    Args:
        kind: the verb.
        source: a path, or a URL that fsspec knows.
        output: the name of the folder (export) or file (convert) below the folder of the batch.
        options: those of the command of the same name: texts, lists of texts and flags, by name.
        location: where the manifest asks for it.
    """

    kind: Kind
    source: str
    output: str | None = None
    options: Mapping[str, Any] = field(factory=dict)
    location: Location = Location()  # noqa: RUF009 - frozen

    @cached_property
    def key(self) -> str:
        """What the ledger knows the task by: a digest of all that it is asked for, and of the version that does it."""
        asked = [self.kind, self.source, self.output, sorted(self.options.items()), program_version()]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()

    def option(self, name: str, default: _T) -> _T:
        """An option, of the type of its default."""
        value = self.options.get(name, default)
        return cast("_T", tuple(value) if isinstance(default, tuple) else value)


@frozen(kw_only=True)
class Outcome:
    """What came of a task.

    ``inputs`` and ``outputs`` are the SHA-256 of each file that was read and written, by path or URL; ``counts`` are
    numbers of items and facts. ``is_transient`` says that another attempt may do better. ``timings`` are there where
    they were asked for, and no ledger keeps them.
    """

    status: Status
    findings: tuple[Finding, ...] = ()
    inputs: Mapping[str, str] = field(factory=dict)
    outputs: Mapping[str, str] = field(factory=dict)
    counts: Mapping[str, int] = field(factory=dict)
    seconds: float = 0.0
    is_transient: bool = False
    timings: tuple[StageTime, ...] = ()


def prepare_worker() -> None:
    """Set a worker process up: an interrupt of the terminal is the coordinator's, and hardly anything is cyclic."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION, 20, 50)


def run_timed_task(task: Task, folder: str, access: Access, timeout: float | None = None) -> Outcome:
    """As `run_task`, with the times of its stages."""
    timings = Timings()
    with observed(timings):
        outcome = run_task(task, folder, access, timeout)
    return evolve(outcome, timings=timings.stages)


def run_task(task: Task, folder: str, access: Access, timeout: float | None = None) -> Outcome:
    """Do what a task asks for; what is written appears whole or not at all.

    Args:
        folder: the folder, or the URL, that outputs are put into.
        access: whether taxonomies are kept, and missing public documents fetched.
        timeout: the most seconds that the task may take.
    """
    started = time.perf_counter()
    findings: list[Finding] = []
    counts: dict[str, int] = {}
    outputs: dict[str, str] = {}
    is_transient, target = False, None
    status: Status = "done"
    with _recorded_reads() as reads:
        try:
            with _limited(timeout), local_copy(task.source) as source, published_at(folder, task.output) as target:
                _VERBS[task.kind](task, source, target, access, findings, counts)
                outputs = digests_below(target) if target is not None else {}
        except ExporterError as error:
            findings += error.findings or (internal_error(error),)
            is_transient = any(finding.code in _TRANSIENT for finding in error.findings)
        except (OSError, MemoryError) as error:  # a TimeoutError is an OSError
            findings.append(_system_finding(error))
            status, is_transient = "failed", not isinstance(error, TimeoutError)
        except Exception as error:  # a fault of the program ends one task, not the batch
            findings.append(internal_error(error))
            status = "failed"
    if status == "done" and (has_errors(findings) or (task.option("strict", False) and _has_warnings(findings))):
        status = "failed" if is_transient else "invalid"
    return Outcome(
        status=status,
        findings=tuple(finding.at(file=task.source) for finding in findings[:MAX_FINDINGS]),
        inputs=_digests_of_inputs(task, reads, ignored=(access.cache, target)),
        outputs=outputs,
        counts=counts,
        seconds=time.perf_counter() - started,
        is_transient=is_transient,
    )


def _digests_of_inputs(task: Task, reads: set[str], ignored: Iterable[Path | None]) -> dict[str, str]:
    """The files that a task has read, and those that its options name, which a worker may have in memory already."""
    folders = [path.resolve() for path in ignored if path is not None]
    named = {os.path.abspath(text) for name in FILE_OPTIONS for text in _texts(task.options.get(name))}
    paths = {path for path in reads if not any(Path(path).is_relative_to(folder) for folder in folders)}
    digests = {path: digest_at(path) for path in sorted(paths | named)}
    if is_url(task.source):  # its local copy is gone
        digests[task.source] = digest_at(task.source)
    return {path: digest for path, digest in digests.items() if digest is not None}


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


def _export(
    task: Task, source: Path, target: Path | None, access: Access, findings: list[Finding], counts: dict[str, int]
) -> None:
    assert target is not None
    filing = load_filing(
        source,
        load_item_classes(task.option("items-module", ())),
        profile=task.options.get("profile"),
        release=task.options.get("release"),
        label_languages=task.option("label-language", ()),
    )
    export = export_filing(
        filing,
        target,
        formats=task.option("format", ()) or EXPORT_FORMATS,
        packages=task.option("taxonomy-package", ()),
        rules=task.option("rules", ()),
        strict=task.option("strict", False),
        force=task.option("force", False),
    )
    findings += export.findings
    counts |= {"items": export.items, "facts": export.facts}


def _convert(
    task: Task, source: Path, target: Path | None, access: Access, findings: list[Finding], counts: dict[str, int]
) -> None:
    assert target is not None
    with open_input(source) as opened:
        conversion = convert(
            opened,
            target,
            format=task.options.get("to"),
            packages=tuple(map(Path, task.option("taxonomy-package", ()))),
            classes=load_item_classes(task.option("items-module", ())),
            partial=task.option("partial", False),
            strict=task.option("strict", False),
            access=access,
            warn=findings.append,
        )
    if conversion is not None:
        numbers = {"items": conversion.items, "facts": conversion.facts}
        counts |= {name: number for name, number in numbers.items() if number is not None}


def _validate(
    task: Task, source: Path, target: Path | None, access: Access, findings: list[Finding], counts: dict[str, int]
) -> None:
    findings += validate(
        source,
        packages=task.option("taxonomy-package", ()),
        classes=load_item_classes(task.option("items-module", ())),
        rules=task.option("rules", ()),
        profile=task.options.get("profile"),
        release=task.options.get("release"),
        strict=not task.option("no-strict", False),
        access=access,
    )


_VERBS: Final = {"export": _export, "convert": _convert, "validate": _validate}


def default_output(kind: Kind, source: str, format: str | None) -> str | None:
    """The name of what a task writes, made of that of its source: a folder, or a file with the suffix of its format."""
    stem = source.rstrip("/").rpartition("/")[2]
    stem = stem.removesuffix(".items.json") if stem.endswith(".items.json") else Path(stem).stem
    if kind == "export":
        return stem
    if kind == "convert" and format is not None:
        known = format_by_name(format)
        return stem if known.has_files else stem + known.suffixes[0]
    return None


def digests_below(path: Path) -> dict[str, str]:
    """The SHA-256 of a file, or of each file in a folder, by its path relative to the folder that holds it."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path.parent).as_posix(): digest_at(str(file)) or "" for file in files}


def _has_warnings(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.WARNING for finding in findings)


def _system_finding(error: OSError | MemoryError) -> Finding:
    """The finding for what the machine did not give."""
    if isinstance(error, OSError) and not isinstance(error, TimeoutError):
        return unwritable(error)
    if isinstance(error, TimeoutError):
        message, fix = str(error), "give more time with --timeout"
    else:
        message, fix = "there is not enough memory", "give fewer workers with --workers"
    return Finding(code="exporter:limitExceeded", message=message, fix=fix)


# What a task reads


_reads: set[str] | None = None
_OURS: Final = (Path(__file__).parents[1], schema_path("xsd/xl.xsd").parents[1])
_NO_INPUTS: Final = (*(str(path.resolve()) for path in _OURS), sys.prefix, sys.base_prefix, "/proc", "/dev")


def _note_open(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or _reads is None or not isinstance(arguments[0], str | bytes):
        return
    flags = arguments[2] or 0
    if not flags & (os.O_WRONLY | os.O_RDWR):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if not path.startswith(_NO_INPUTS):
            _reads.add(path)


@cache
def _install_hook() -> None:
    sys.addaudithook(_note_open)


@contextmanager
def _recorded_reads() -> Iterator[set[str]]:
    """The files that are opened for reading inside the block, whoever opens them: what a task depends on."""
    global _reads
    _install_hook()
    reads: set[str] = set()
    _reads = reads
    try:
        yield reads
    finally:
        _reads = None


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """Raise `TimeoutError` after so many seconds, where the system has timers and this is the main thread."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"the task takes longer than {seconds:g} seconds")

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except ValueError:  # not the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
