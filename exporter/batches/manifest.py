"""The manifest of a batch: which tasks there are. A CSV file, JSON lines, YAML, or a pattern of file names.

A row of a CSV file, a line of JSON, and an entry of ``tasks`` in YAML name a ``source`` and, where they differ from the
defaults, the ``task``, its ``output`` and options: those of the command of the same name, without the dashes. Paths of
sources are relative to the manifest, outputs are names below the folder of the batch.
"""

from __future__ import annotations

import csv
import glob
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from attrs import frozen

from exporter.batches.remote import is_url
from exporter.batches.task import FILE_OPTIONS, KINDS, Kind, Task, default_output
from exporter.errors import ExporterError, ReadError
from exporter.findings import Finding, FindingLog, Location, choice_hint, list_text
from exporter.formats.registry import formats
from exporter.operations.inputs import open_input
from exporter.sources import YAML_SUFFIXES, read_source

_TEXTS: Final = {
    "export": ("profile", "release"),
    "convert": ("to",),
    "validate": ("profile", "release"),
}
_LISTS: Final = {
    "export": ("format", "rules", "taxonomy-package", "items-module", "label-language"),
    "convert": ("taxonomy-package", "items-module"),
    "validate": ("rules", "taxonomy-package", "items-module"),
}
_FLAGS: Final = {"export": ("strict", "force"), "convert": ("partial", "strict"), "validate": ("no-strict",)}
_TRUTH: Final = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


@frozen(kw_only=True)
class _ManifestRow:
    values: Mapping[str, Any]
    location: Location

    def at(self, name: str) -> Location:
        """The location of one of its values."""
        pointer = None if self.location.pointer is None else f"{self.location.pointer}/{name}"
        return Location(file=self.location.file, line=self.location.line, pointer=pointer)


def read_manifest(manifest: Path | str, defaults: Mapping[str, Any] | None = None) -> list[Task]:
    """The tasks of a manifest, in its order.

    Args:
        manifest: a file (``.csv``, ``.jsonl``, ``.yaml``), or a pattern of file names such as ``filings/*.yaml``.
        defaults: ``task`` and options for all rows that do not have them.

    Raises:
        ReadError: with all findings: the manifest is malformed, a row asks for what there is not, two rows write the
            same output.
    """
    log = FindingLog()
    path = Path(manifest)
    if not path.is_file() and glob.has_magic(str(manifest)):
        rows, folder = list(_matches(str(manifest))), Path()
    else:
        rows, folder = list(_rows(path, log)), path.parent
    tasks = [task for row in rows if (task := _task(row, dict(defaults or {}), folder, log)) is not None]
    _refuse_shared_outputs(tasks, log)
    if not rows and not log.findings:
        message = "the manifest names no source"
        log.error("exporter:missingField", message, "add a row", location=Location(file=str(path)))
    log.findings.sort(key=lambda finding: finding.location.line or 0)
    log.raise_as(ReadError)
    return tasks


def _matches(pattern: str) -> Iterator[_ManifestRow]:
    for name in sorted(glob.glob(pattern, recursive=True)):
        yield _ManifestRow(values={"source": name}, location=Location(file=name))


def _rows(path: Path, log: FindingLog) -> Iterator[_ManifestRow]:
    try:
        if path.suffix.lower() in (*YAML_SUFFIXES, ".json"):
            yield from _tree_rows(path, log)
            return
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        finding = Finding(
            code="exporter:unreadableFile",
            message=f"the manifest cannot be read: {reason}",
            location=Location(file=str(path)),
            fix="give a file in UTF-8, or a pattern of file names in quotation marks",
        )
        raise ReadError(findings=[finding]) from error
    read = _json_lines if path.suffix.lower() in (".jsonl", ".ndjson") else _csv_rows
    yield from read(path, text, log)


def _tree_rows(path: Path, log: FindingLog) -> Iterator[_ManifestRow]:
    source = read_source(path)
    value = source.value
    defaults = value.get("defaults", {}) if isinstance(value, dict) else {}
    tasks = value.get("tasks") if isinstance(value, dict) else None
    if not isinstance(tasks, list) or not isinstance(defaults, dict):
        message = "expected a list of tasks under tasks, and options for all of them under defaults"
        log.error("exporter:wrongType", message, location=source.locate("/tasks"))
        return
    for number, task in enumerate(tasks):
        pointer = f"/tasks/{number}"
        location = source.locate(pointer)
        if not isinstance(task, dict):
            message = "expected a task: source, and what differs from the defaults"
            log.error("exporter:wrongType", message, location=location)
            continue
        yield _ManifestRow(values={**defaults, **task}, location=location)


def _json_lines(path: Path, text: str, log: FindingLog) -> Iterator[_ManifestRow]:
    for line, content in enumerate(text.split("\n"), 1):
        location = Location(file=str(path), line=line)
        if not content.strip():
            continue
        try:
            value = json.loads(content)
        except ValueError as error:
            log.error("exporter:malformedJson", str(error), location=location)
            continue
        if isinstance(value, dict):
            yield _ManifestRow(values=value, location=location)
        else:
            message = 'expected an object with a source on each line: {"source": "report.yaml"}'
            log.error("exporter:wrongType", message, location=location)


def _csv_rows(path: Path, text: str, log: FindingLog) -> Iterator[_ManifestRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if "source" not in header:
            message = "the first line names the columns; one of them is source"
            location = Location(file=str(path), line=1)
            log.error("exporter:missingField", message, "add a column source", location=location)
            return
        for row in reader:
            if any(cell.strip() for cell in row):
                values = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
                yield _ManifestRow(values=values, location=Location(file=str(path), line=reader.line_num))
    except csv.Error as error:
        location = Location(file=str(path), line=reader.line_num)
        log.error("exporter:malformedManifest", str(error), location=location)


def _task(row: _ManifestRow, defaults: dict[str, Any], folder: Path, log: FindingLog) -> Task | None:
    values = {**defaults, **{name.replace("_", "-"): value for name, value in row.values.items() if value is not None}}
    source = values.pop("source", None)
    if not isinstance(source, str) or not source:
        log.error("exporter:missingField", "the task names no source", location=row.location)
        return None
    if not is_url(source):
        source = str(folder / source)
    kind = values.pop("task", None) or _kind_of(source, row, log)
    if kind is None:
        return None
    if kind not in KINDS:
        fix = choice_hint(str(kind), KINDS)
        log.error("exporter:usage", f"no task is called {kind!r}", fix, location=row.at("task"))
        return None
    output = values.pop("output", None)
    options = dict(_options(kind, values, folder, row, log))
    if output is None:
        output = default_output(kind, source, options.get("to"))
    if kind == "validate":
        output = None
    elif output is None:
        fix = f"give to: {list_text(format_.name for format_ in formats())}"
        message = "a conversion needs a format, or the name of the file to write"
        log.error("exporter:missingField", message, fix, location=row.location)
        return None
    elif not _is_below(output):
        message = f"the output {output!r} is no name below the folder of the batch"
        log.error("exporter:malformedManifest", message, "give a relative path", location=row.at("output"))
        return None
    return Task(kind=kind, source=source, output=output, options=options, location=row.location)


def _kind_of(source: str, row: _ManifestRow, log: FindingLog) -> Kind | None:
    """What is done with a source by default: items are exported, reports validated."""
    if os.path.isdir(source):  # not looked into: that takes long where it has many files
        return "validate"
    if is_url(source):
        return "export" if source.endswith((*YAML_SUFFIXES, ".items.json")) else "validate"
    try:
        with open_input(source) as opened:
            return "export" if opened.holds_items else "validate"
    except ExporterError:  # the task itself says what is wrong with it
        return "export" if source.endswith((*YAML_SUFFIXES, ".items.json")) else "validate"


def _options(
    kind: Kind, values: Mapping[str, Any], folder: Path, row: _ManifestRow, log: FindingLog
) -> Iterator[tuple[str, Any]]:
    known = (*_TEXTS[kind], *_LISTS[kind], *_FLAGS[kind])
    every = {name for table in (_TEXTS, _LISTS, _FLAGS) for names in table.values() for name in names}
    for name, value in values.items():
        if name not in known:
            if name in every:
                continue  # an option of the batch that concerns other tasks
            message = f"a task of the kind {kind} has no option {name!r}"
            fix = choice_hint(name, known)
            log.error("exporter:unknownField", message, fix, location=row.at(name))
        elif name in _FLAGS[kind]:
            flag = value if isinstance(value, bool) else _TRUTH.get(str(value).casefold())
            if flag is None:
                message = f"{name} is yes or no, got {value!r}"
                log.error("exporter:wrongType", message, location=row.at(name))
            elif flag:
                yield name, True
        elif name in _LISTS[kind]:
            texts = value.split() if isinstance(value, str) else list(value)
            yield name, [_resolved(name, str(text), folder) for text in texts]
        else:
            yield name, _resolved(name, str(value), folder)


def _resolved(name: str, text: str, folder: Path) -> str:
    """A value that names a file, seen from the manifest."""
    looks_like_path = name in FILE_OPTIONS and not is_url(text) and (folder / text).exists()
    return str(folder / text) if looks_like_path else text


def _is_below(output: object) -> bool:
    path = PurePosixPath(str(output).replace("\\", "/"))
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and ":" not in path.parts[0]


def _refuse_shared_outputs(tasks: Iterable[Task], log: FindingLog) -> None:
    """Two tasks that write the same, or one that writes into the folder of another, would undo each other's work."""
    owners: dict[PurePosixPath, Task] = {}
    for task in tasks:
        if task.output is None:
            continue
        path = PurePosixPath(task.output)
        other = next((owners[above] for above in (path, *path.parents) if above in owners), None)
        if other is not None:
            message = f"{task.output} is written for {other.source} already"
            fix = "give each task an output of its own"
            log.error("exporter:malformedManifest", message, fix, location=task.location)
        owners.setdefault(path, task)
