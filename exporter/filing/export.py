"""Exporting a filing: a folder with the items, the reports, the taxonomy, its package and a manifest.

Everything is written into a folder beside the destination, read back and compared; only then do the files take their
names. The same filing gives the same bytes.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import WriteError
from exporter.filing.checking import check_filing
from exporter.filing.filing import Filing
from exporter.filing.reading import read_report
from exporter.findings import Finding, Location, has_errors
from exporter.formats.items_json.reader import read as read_items_json
from exporter.formats.items_json.writer import write as write_items_json
from exporter.formats.registry import format_by_name, write_report
from exporter.model.report import Report
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package
from exporter.taxonomy.discovery import load_taxonomy
from exporter.taxonomy.writer import write_taxonomy

REPORT_FORMATS: Final[dict[str, str]] = {
    "xbrl-json": "{base}.json",
    "xbrl-xml": "{base}.xbrl",
    "xbrl-csv": "{base}-csv/{base}.json",
}
EXPORT_FORMATS: Final = ("items-json", *REPORT_FORMATS)
MANIFEST: Final = "manifest.json"

OnStep = Callable[[str, int, int], None]


@frozen(kw_only=True)
class ExportedFile:
    """One file: its path in the folder, its format, its digest and its size in bytes."""

    name: str
    format: str
    sha256: str
    size: int


@frozen(kw_only=True)
class Export:
    """What an export left in ``directory``; ``findings`` are warnings about the items."""

    directory: Path
    files: tuple[ExportedFile, ...]
    items: int
    facts: int
    footnotes: int
    findings: tuple[Finding, ...]


def _silent(step: str, done: int, steps: int) -> None:
    return None


def export_filing(
    filing: Filing,
    directory: Path | str,
    *,
    formats: Sequence[str] = EXPORT_FORMATS,
    on_step: OnStep = _silent,
) -> Export:
    """Write the filing's folder.

    Args:
        formats: of `EXPORT_FORMATS`; the taxonomy and its package come with any format of XBRL.
        on_step: is told the name of each step, how many are done and how many there are.

    Raises:
        WriteError: items contradict each other, or a file read back differs from what was meant.
        OSError: a file cannot be written. Whatever is raised, the folder holds what it held before.
    """
    if unknown := [name for name in formats if name not in EXPORT_FORMATS]:
        raise WriteError(findings=[_unknown_format(unknown[0])])
    chosen = [name for name in EXPORT_FORMATS if name in formats]
    directory = Path(directory)
    findings = tuple(_item_warnings(filing))
    report = filing.to_report()
    with _staging(directory) as staging:
        job = _Job(filing, report, staging, on_step, steps=2 * len(chosen) + 2)
        for name in chosen:
            job.write(name)
        for name in chosen:
            job.read_back(name)
        files = job.close()
        _publish(staging, directory, [each.name for each in files] + [MANIFEST])
    return Export(
        directory=directory,
        files=files,
        items=len(filing.items),
        facts=len(report.facts),
        footnotes=len(report.footnotes),
        findings=findings,
    )


def _item_warnings(filing: Filing) -> Iterator[Finding]:
    """What item rules and rules across items say; errors stop the export."""
    found = tuple(check_filing(filing))
    if has_errors(found):
        raise WriteError(findings=found)
    yield from found


def _unknown_format(name: str) -> Finding:
    return Finding(
        code="exporter:unknownFormat",
        message=f"a filing is not exported as {name!r}",
        mend=f"choose among {', '.join(EXPORT_FORMATS)}",
    )


@contextmanager
def _staging(directory: Path) -> Iterator[Path]:
    """A folder beside ``directory``, on the same disk so that files can be renamed, gone at the end."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{directory.name or 'export'}.", dir=directory.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _publish(staging: Path, directory: Path, names: Iterable[str]) -> None:
    """Move the files to their places; where one cannot be, those that stood there before come back."""
    directory.mkdir(parents=True, exist_ok=True)
    before = staging / "before"
    before.mkdir()
    moved: list[str] = []
    made: list[Path] = []
    try:
        for name in names:
            if (directory / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(directory / name))
            moved.append(name)
            if not (directory / name).parent.is_dir():
                (directory / name).parent.mkdir(parents=True)
                made.append((directory / name).parent)
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            if (directory / name).exists():
                os.replace(directory / name, before / name)
            os.replace(staging / name, directory / name)
    except OSError:
        for name in moved:
            if (before / name).exists():
                os.replace(before / name, directory / name)
            else:
                (directory / name).unlink(missing_ok=True)
        for folder in made:
            folder.rmdir()
        raise


class _Job:
    """The steps of one export, all in the staging folder."""

    def __init__(self, filing: Filing, report: Report, staging: Path, on_step: OnStep, *, steps: int) -> None:
        self.filing = filing
        self.report = report
        self.staging = staging
        self._names: dict[str, str] = {}
        self._on_step = on_step
        self._steps = steps
        self._done = 0
        self._taxonomy_written = False

    def _step(self, name: str) -> None:
        self._on_step(name, self._done, self._steps)
        self._done += 1

    def write(self, format: str) -> None:
        """Write one format, and the taxonomy before the first that refers to it."""
        if format == "items-json":
            self._step("writing items-json")
            name = f"{self.filing.base_name}.items.json"
            with (self.staging / name).open("wb") as stream:
                write_items_json(self.filing, stream)
        else:
            if not self._taxonomy_written:
                self._write_taxonomy()
            self._step(f"writing {format}")
            self._write_report(format)
            return
        self._names[name] = format

    def _write_report(self, format: str) -> None:
        name = self._report_name(format)
        if not format_by_name(format).has_files:
            with (self.staging / name).open("wb") as stream:
                format_by_name(format).write(self._referring(name), stream)
            self._names[name] = format
            return
        write_report(self._referring(name), self.staging / name, format=format)
        folder = (self.staging / name).parent
        self._names |= {each.relative_to(self.staging).as_posix(): format for each in sorted(folder.iterdir())}

    def _report_name(self, format: str) -> str:
        return REPORT_FORMATS[format].format(base=self.filing.base_name)

    def _referring(self, name: str) -> Report:
        """The report with the place of its taxonomy as seen from the file ``name``."""
        up = "../" * name.count("/")
        return evolve(self.report, taxonomy=[up + href for href in self.report.taxonomy])

    def _write_taxonomy(self) -> None:
        self._step("writing the taxonomy")
        files = write_taxonomy(self.filing.taxonomy, self.filing.base_name)
        for name, content in files.items():
            (self.staging / name).write_bytes(content)
            self._names[name] = "taxonomy"
        package = f"{self.filing.base_name}-taxonomy.zip"
        with (self.staging / package).open("wb") as stream:
            _write_package(self.filing, files, stream)
        self._names[package] = "taxonomy-package"
        self._taxonomy_written = True

    def read_back(self, format: str) -> None:
        """Read a file again and compare it with what was meant."""
        self._step(f"reading {format} back")
        if format == "items-json":
            name = f"{self.filing.base_name}.items.json"
            with (self.staging / name).open("rb") as stream:
                same = Filing.of(read_items_json(stream, self.filing.classes)) == self.filing
        else:
            name = self._report_name(format)
            same = read_report(self.staging / name, format=format) == self._referring(name)
        if not same:
            raise WriteError(findings=[_differs(name)])

    def close(self) -> tuple[ExportedFile, ...]:
        """Compare the taxonomy read back, write the manifest, and say what there is."""
        self._step("finishing")
        if self._taxonomy_written:
            read = load_taxonomy([self.filing.schema_name], base=self.staging.resolve())
            if read != self.filing.taxonomy:
                raise WriteError(findings=[_differs(self.filing.schema_name)])
        files = tuple(_describe(self.staging, name, format) for name, format in sorted(self._names.items()))
        (self.staging / MANIFEST).write_bytes(_manifest(self.filing, self.report, files))
        return files


def _write_package(filing: Filing, files: dict[str, bytes], stream: Any) -> None:
    location = filing.namespace.rstrip("/") + "/"
    folder = "taxonomy/"
    title = filing.title or filing.base_name
    metadata = PackageMetadata(
        identifier=f"{location}{filing.base_name}-taxonomy.zip",
        names={"en": f"{title}: extension taxonomy"},
        version=filing.date_stamp,
        publication_date=filing.period_end.date.isoformat(),
        entry_points=[EntryPoint(documents=[f"{location}{filing.schema_name}"], names={"en": title})],
    )
    write_taxonomy_package(
        stream,
        metadata,
        {f"{folder}{name}": content for name, content in files.items()},
        f"{filing.base_name}-taxonomy",
        rewrites={location: folder},
    )


def _describe(folder: Path, name: str, format: str) -> ExportedFile:
    path = folder / name
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ExportedFile(name=name, format=format, sha256=digest, size=path.stat().st_size)


def _manifest(filing: Filing, report: Report, files: Iterable[ExportedFile]) -> bytes:
    content = {
        "filing": {
            "entity": {"scheme": filing.entity.scheme, "identifier": filing.entity.identifier},
            "period_end": filing.period_end.date.isoformat(),
            "namespace": filing.namespace,
        },
        "items": len(filing.items),
        "facts": len(report.facts),
        "footnotes": len(report.footnotes),
        "files": [
            {"path": each.name, "format": each.format, "sha256": each.sha256, "size": each.size} for each in files
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _differs(name: str) -> Finding:
    return Finding(
        code="exporter:readBackDiffers",
        message=f"{name} read back is not what was written; nothing was exported",
        location=Location(file=name),
        mend="please report this with the source: it is a fault of exporter",
    )
