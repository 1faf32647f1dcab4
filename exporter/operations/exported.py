"""A folder that `exporter export` wrote, known by its manifest: one report in several formats, with its taxonomy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from attrs import frozen

from exporter.errors import ExporterError
from exporter.findings import Finding, Location
from exporter.model.report import Report
from exporter.operations.references import with_places_of

MANIFEST: Final = "manifest.json"
REPORT_FORMATS: Final = ("xbrl-xml", "xbrl-json", "xbrl-csv", "inline-xbrl", "report-package")
"""The formats that hold the report, the one to read first."""

_MAX_SIZE: Final = 16 * 1024**2
_PIECE: Final = 1024**2


@frozen
class ManifestFile:
    """A file as the manifest lists it: its path in the folder, format, SHA-256 and size in bytes."""

    path: str
    format: str
    sha256: str
    size: int


@frozen
class ExportedFolder:
    """A folder with the files that its manifest lists."""

    folder: Path
    files: tuple[ManifestFile, ...]

    def primary(self, format: str) -> Path | None:
        """The file to read a format from: of xBRL-CSV the metadata."""
        for file in self.files:
            if file.format == format and (format != "xbrl-csv" or file.path.endswith(".json")):
                return self.folder / file.path
        return None

    @property
    def reports(self) -> tuple[tuple[str, Path], ...]:
        """The formats that hold the report, each with the file to read it from."""
        paths = ((format, self.primary(format)) for format in REPORT_FORMATS)
        return tuple((format, path) for format, path in paths if path is not None)

    def check_files(self) -> Iterator[Finding]:
        """An error for each file that is not there, or is not the one that was written."""
        for file in self.files:
            path = self.folder / file.path
            if (reason := _finding(path, file)) is not None:
                yield Finding(
                    code="exporter:manifestDiffers",
                    message=f"{reason}: it has been changed since it was exported",
                    location=Location(file=str(path)),
                    fix="export again, or take the manifest away to have each file checked alone",
                )


def _finding(path: Path, file: ManifestFile) -> str | None:
    try:
        if not path.is_file():
            return "the manifest lists the file, which is not there"
        if path.stat().st_size != file.size:
            return f"the file has {path.stat().st_size} bytes, {file.size} in the manifest"
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        return f"the file cannot be read ({error.strerror or error})"
    return None if digest.hexdigest() == file.sha256 else "the file has not the SHA-256 of the manifest"


def read_exported(path: Path) -> ExportedFolder | None:
    """The folder that a manifest describes; ``None`` where ``path`` is no manifest that an export wrote."""
    try:
        if path.name != MANIFEST or not path.is_file() or path.stat().st_size > _MAX_SIZE:
            return None
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    listed = content.get("files") if isinstance(content, dict) and isinstance(content.get("filing"), dict) else None
    if not isinstance(listed, list) or not listed:
        return None
    files = [_file(entry) for entry in listed]
    return ExportedFolder(path.parent, tuple(file for file in files if file)) if all(files) else None


def _file(listed: Any) -> ManifestFile | None:
    if not isinstance(listed, dict):
        return None
    path, format, sha256, size = (listed.get(name) for name in ("path", "format", "sha256", "size"))
    if not (isinstance(path, str) and isinstance(format, str) and isinstance(sha256, str) and isinstance(size, int)):
        return None
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path:
        return None
    return ManifestFile(path, format, sha256, size)


def check_agreement(exported: ExportedFolder, report: Report, read: Callable[[Path], Report]) -> Iterator[Finding]:
    """An error for each file that does not say what ``report``, read from one of them, says."""
    from exporter.model.differences import compare_reports

    for _, path in exported.reports:
        if not path.exists():
            continue
        try:
            other = read(path)
        except ExporterError as error:
            yield from (finding.at(file=str(path)) for finding in error.findings)
            continue
        differences = compare_reports(with_places_of(report, other), with_places_of(other, report))
        if len(differences):
            yield Finding(
                code="exporter:reportsDiffer",
                message=f"the file does not say what the others of the export say: {len(differences)} differences",
                location=Location(file=str(path)),
                fix="compare two of them with `exporter diff`, and export again",
            )
