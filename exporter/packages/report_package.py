"""Report packages (Report Packages 1.0): one archive with reports and, perhaps, the taxonomy that they need."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, BinaryIO, Final, Literal
from urllib.parse import quote

from attrs import define, evolve, frozen

from exporter.errors import PackageError
from exporter.findings import Finding, Location, list_text
from exporter.packages.taxonomy_package import (
    CATALOG_PATH,
    METADATA_PATH,
    PackageMetadata,
    package_files,
    read_catalog,
    read_metadata,
)
from exporter.resources.archives import Archive, ArchiveCodes, ArchiveSource, open_archive, write_archive
from exporter.resources.folders import Folder
from exporter.resources.json_text import syntax_error, too_deep_at
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Rewrite, file_url

Kind = Literal["xbri", "xbr", "zip"]
"""What a package may hold: one Inline XBRL report, one other report, or any number of either."""

SUFFIXES: Final[Mapping[str, Kind]] = {".xbri": "xbri", ".xbr": "xbr", ".zip": "zip"}

_TYPES: Final[Mapping[Kind, str]] = {
    "xbri": "https://xbrl.org/report-package/2023/xbri",
    "xbr": "https://xbrl.org/report-package/2023/xbr",
    "zip": "https://xbrl.org/report-package/2023",
}
_CODES: Final = ArchiveCodes(format="rpe:invalidArchiveFormat", structure="rpe:invalidDirectoryStructure")
_MARKER: Final = "META-INF/reportPackage.json"
_REPORTS: Final = "reports"
_INLINE: Final = frozenset({".xhtml", ".html", ".htm"})
_OTHER: Final = frozenset({".xbrl", ".json"})


@frozen
class PackagedReport:
    """One report of a package: the path of its file, or those of all files of an Inline XBRL Document Set."""

    files: tuple[str, ...]

    @property
    def is_inline(self) -> bool:
        return PurePosixPath(self.files[0]).suffix in _INLINE


@define(eq=False)
class ReportPackage:
    """An open package; a `exporter.resources.resolver.Catalog`. Close it, or use it in a ``with`` statement.

    ``top`` is the top-level directory. ``metadata`` is there if it is a taxonomy package as well. ``rewrites`` map
    what the package's own catalog says, and `url` of each of its files, to paths in the archive.
    """

    kind: Kind
    top: str
    reports: tuple[PackagedReport, ...]
    metadata: PackageMetadata | None
    rewrites: tuple[Rewrite, ...]
    base: str
    _archive: Archive | Folder

    @property
    def name(self) -> str:
        """As findings name the package."""
        return self._archive.name

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all files, the top-level directory included."""
        return self._archive.names

    @property
    def digest(self) -> str | None:
        """What changes when any file of the package does; ``None`` for a folder."""
        return self._archive.digest

    def names_in(self, directory: str) -> tuple[str, ...]:
        """The paths of the files directly in a directory."""
        return self._archive.names_in(directory)

    def display_name(self, path: str) -> str:
        """As findings name a file of the package."""
        return self._archive.display_name(path)

    def source(self, path: str) -> Path | bytes:
        """Where a file can be read: its path in a folder, its bytes from an archive."""
        return self._archive.source(path)

    def __contains__(self, path: object) -> bool:
        return path in self._archive

    def read(self, path: str) -> bytes:
        """The bytes of a file; `KeyError` where there is none."""
        return self._archive.read(path)

    def url(self, path: str) -> str:
        """The address of a file of the package, to which references in it are relative."""
        return self.base + quote(path)

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> ReportPackage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def holds_reports(path: Path) -> bool:
    """Whether an archive claims to be a report package: by its suffix, a ``reports`` directory or its JSON file.

    Nothing is checked here; what is no archive at all holds no reports, unless its suffix says so.
    """
    if SUFFIXES.get(path.suffix.lower()) in ("xbri", "xbr"):
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False
    return _claims_reports(names)


def is_package_folder(path: Path) -> bool:
    """Whether a folder is a report package that has been unpacked: its top-level directory."""
    if (path / _MARKER).is_file():
        return True
    is_package = (path / METADATA_PATH).is_file() or (path / CATALOG_PATH).is_file()
    return is_package and (path / _REPORTS).is_dir()


def _claims_reports(names: Iterable[str]) -> bool:
    names = tuple(names)
    below = {name.partition("/")[2] for name in names}
    return _MARKER in names or _MARKER in below or any(name.startswith(f"{_REPORTS}/") for name in below)


def read_report_package(
    source: ArchiveSource, limits: Limits = DEFAULT_LIMITS, *, name: str | None = None, has_suffix: bool = True
) -> ReportPackage:
    """An open report package; its suffix decides what it may hold.

    Args:
        source: a path, the bytes, or an open binary file; or the path of the folder that a package was unpacked to.
        limits: what to accept of the archive and of its XML.
        name: the file name, for its suffix and for findings; a path's own by default.
        has_suffix: whether the name has a suffix; without one, as a folder or what comes through a pipe, the
            document type in the package decides what it may hold.

    Raises:
        PackageError: the codes of Report Packages 1.0 (``rpe:``), of Taxonomy Packages 1.0 for the files that make it a
            taxonomy package (``tpe:``), or ``exporter:limitExceeded``.
    """
    file_name = name or (str(source) if isinstance(source, Path) else str(getattr(source, "name", "")))
    if isinstance(source, Path) and source.is_dir():
        return _open_folder(source, limits)
    kind = SUFFIXES.get(PurePosixPath(file_name).suffix.lower()) if has_suffix else "zip"
    if kind is None:
        message = f"a report package is a file .xbri, .xbr or .zip, got {PurePosixPath(file_name).name!r}"
        raise _refusal(_finding("rpe:unsupportedFileExtension", message), file_name)
    archive = open_archive(source, limits, codes=_CODES, name=file_name)
    try:
        return _open(archive, kind if has_suffix else _kind_of(archive), limits, _base(source))
    except BaseException:
        archive.close()
        raise


def read_plain_archive(
    source: ArchiveSource, limits: Limits = DEFAULT_LIMITS, *, name: str | None = None
) -> ReportPackage:
    """An open archive that is no report package, as a catalog of its files, without its reports.

    Raises:
        PackageError: it is unsafe, no archive, or beyond the limits.
    """
    archive = open_archive(source, limits, name=name)
    base = _base(source)
    return ReportPackage("zip", "", (), None, (Rewrite(base, ""),), base, archive)


def _base(source: ArchiveSource) -> str:
    return file_url(source) + "/" if isinstance(source, Path) else "file:///report-package/"


def _open_folder(path: Path, limits: Limits) -> ReportPackage:
    real = path.resolve()
    folder = Folder(path, real.name or "package", limits)
    return _open(folder, _kind_of(folder), limits, file_url(real.parent).rstrip("/") + "/")


def _kind_of(archive: Archive | Folder) -> Kind:
    """What the package itself says that it holds; any number of reports where it says nothing that is known."""
    path = next((name for name in archive.names if name.partition("/")[2] == _MARKER), None)
    if path is None:
        return "zip"
    document_type = _document_type(_load_json(archive, path), archive, path)
    return next((kind for kind, type_ in _TYPES.items() if type_ == document_type), "zip")


def _open(archive: Archive | Folder, kind: Kind, limits: Limits, base: str) -> ReportPackage:
    if _MARKER in archive:
        message = f"{_MARKER} stands at the top of the archive, which is for later versions of report packages"
        raise _refusal(_finding("rpe:unsupportedReportPackageVersion", message), archive.name)
    top = _top(archive)
    _check_type(archive, top, kind)
    reports = _find_reports(archive, top)
    if finding := _reports_finding(reports, kind):
        raise _refusal(finding, archive.name)
    findings: list[Finding] = []
    has_metadata = f"{top}/{METADATA_PATH}" in archive
    metadata = read_metadata(archive, top, limits, findings) if has_metadata else None
    rewrites = read_catalog(archive, top, limits, findings)
    if findings:
        raise PackageError(findings=[finding.at(file=archive.name) for finding in findings])
    return ReportPackage(kind, top, tuple(reports), metadata, (*rewrites, Rewrite(base, "")), base, archive)


def _refusal(finding: Finding, name: str) -> PackageError:
    return PackageError(findings=[finding.at(file=name)])


def _finding(code: str, message: str, fix: str = "correct the package, or ask its publisher to") -> Finding:
    return Finding(code=code, message=message, location=Location(), fix=fix)


def _top(archive: Archive | Folder) -> str:
    tops = {path.partition("/")[0] for path in archive.names if "/" in path}
    tops |= {path.partition("/")[0] for path in archive.directories}
    if len(tops) != 1:
        names = list_text(sorted(tops)) or "none"
        message = f"expected exactly one top-level directory, found {names}"
        raise _refusal(_finding("rpe:invalidDirectoryStructure", message), archive.name)
    return tops.pop()


def _check_type(archive: Archive | Folder, top: str, kind: Kind) -> None:
    """The JSON file names the document type that goes with the suffix."""
    path = f"{top}/{_MARKER}"
    if path not in archive:
        if kind != "zip":
            message = f"a package .{kind} has the file {path}, which is not there"
            fix = f"{_renamed(archive.name, 'zip')}, which does without, or add the file"
            raise _refusal(_finding("rpe:documentTypeFileExtensionMismatch", message, fix), archive.name)
        return
    type_ = _document_type(_load_json(archive, path), archive, path)
    if type_ not in _TYPES.values():
        message = f"expected one of the document types {list_text(_TYPES.values())}, got {type_}"
        raise _refusal(_finding("rpe:unsupportedReportPackageVersion", message), archive.name)
    if type_ != _TYPES[kind]:
        message = f"the document type of a package .{kind} is {_TYPES[kind]}, got {type_}"
        fix = _renamed(archive.name, next(extension for extension in _TYPES if _TYPES[extension] == type_))
        raise _refusal(_finding("rpe:documentTypeFileExtensionMismatch", message, fix), archive.name)


def _renamed(name: str, suffix: str) -> str:
    return f"rename the file to {PurePosixPath(name).stem}.{suffix}"


def _load_json(archive: Archive | Folder, path: str) -> Any:
    try:
        text = archive.read(path).decode("utf-8-sig")
        if too_deep_at(text, DEFAULT_LIMITS.depth) is not None:
            raise ValueError(f"it is nested more than {DEFAULT_LIMITS.depth} deep")
        return json.loads(text, object_pairs_hook=_unique)
    except ValueError as error:
        reason = syntax_error(text, error)[0] if isinstance(error, json.JSONDecodeError) else error
        raise _refusal(_finding("rpe:invalidJSON", f"{path} is no JSON: {reason}"), archive.name) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise ValueError("a name is given twice in one object")
    return unique


def _document_type(content: Any, archive: Archive | Folder, path: str) -> str:
    info = content.get("documentInfo") if isinstance(content, dict) else None
    type_ = info.get("documentType") if isinstance(info, dict) else None
    if not isinstance(type_, str):
        message = f"{path} is an object with documentInfo.documentType, a string"
        raise _refusal(_finding("rpe:invalidJSONStructure", message), archive.name)
    return type_


def _find_reports(archive: Archive | Folder, top: str) -> list[PackagedReport]:
    """Files directly in ``reports`` are a report each; only where there are none, each subdirectory is one."""
    start = f"{top}/{_REPORTS}"
    inside = [path for path in archive.names if path.startswith(f"{start}/")]
    if not inside and not any(path == start or path.startswith(f"{start}/") for path in archive.directories):
        message = f"expected the directory {start}"
        raise _refusal(_finding("rpe:missingReportsDirectory", message), archive.name)
    parts = [(path, path.split("/")[2:]) for path in sorted(inside) if PurePosixPath(path).suffix in _INLINE | _OTHER]
    if direct := [PackagedReport((path,)) for path, below in parts if len(below) == 1]:
        return direct
    folders: dict[str, list[str]] = {}
    for path, below in parts:
        if len(below) == 2:
            folders.setdefault(below[0], []).append(path)
    return [_report_in(folder, files, archive) for folder, files in folders.items()]


def _report_in(folder: str, files: list[str], archive: Archive | Folder) -> PackagedReport:
    if len(files) > 1 and any(PurePosixPath(path).suffix in _OTHER for path in files):
        message = f"the subdirectory {folder} of {_REPORTS} holds several reports: {list_text(files)}"
        fix = "keep one report there; only files of one Inline XBRL document set stand together"
        raise _refusal(_finding("rpe:multipleReportsInSubdirectory", message, fix), archive.name)
    return PackagedReport(tuple(files))


def _reports_finding(reports: list[PackagedReport], kind: Kind) -> Finding | None:
    if not reports:
        return _finding("rpe:missingReport", f"there is no report in {_REPORTS} or directly below it")
    if kind == "zip":
        return None
    if len(reports) > 1:
        names = list_text(report.files[0] for report in reports)
        return _finding("rpe:multipleReports", f"a package .{kind} holds one report, got {names}")
    if reports[0].is_inline != (kind == "xbri"):
        expected = "an Inline XBRL report" if kind == "xbri" else "a report that is not Inline XBRL"
        return _finding("rpe:incorrectReportType", f"a package .{kind} holds {expected}, got {reports[0].files[0]}")
    return None


def write_report_package(
    stream: BinaryIO,
    files: Mapping[str, bytes],
    top: str,
    *,
    kind: Kind = "xbri",
    metadata: PackageMetadata | None = None,
    rewrites: Mapping[str, str] | None = None,
) -> None:
    """A report package; the same content gives the same bytes.

    Args:
        stream: an open binary file.
        files: paths below ``top`` and bytes; reports stand in ``reports/`` or one directory below it.
        top: the name of the top-level directory.
        kind: what the package is to hold, and the suffix that its file must have.
        metadata: makes it a taxonomy package as well.
        rewrites: public URL prefix to path below ``top``, both ending in ``/``; written as the package's catalog.

    Raises:
        PackageError: a path is impossible, or what would be written is no such report package.
    """
    marker = json.dumps({"documentInfo": {"documentType": _TYPES[kind]}}).encode() + b"\n"
    own = {_MARKER: marker, **package_files(metadata, rewrites or {})}
    if clash := sorted(own.keys() & files.keys()):
        message = f"{clash[0]} is written by the package itself"
        raise _refusal(_finding("rpe:invalidDirectoryStructure", message, "leave it out"), f"(.{kind})")
    content = {f"{top}/{path}": data for path, data in {**files, **own}.items()}
    packed = io.BytesIO()
    write_archive(packed, content)
    _check_written(packed.getvalue(), top, kind)
    stream.write(packed.getvalue())


def _check_written(data: bytes, top: str, kind: Kind) -> None:
    """Find what a reader would object to before anything is written, except how tightly it is packed."""
    limits = evolve(DEFAULT_LIMITS, archive_ratio=1 << 62)
    with open_archive(data, limits, codes=_CODES, name=f"(.{kind})") as archive:
        if (actual := _top(archive)) != top:
            message = f"the top-level directory would be {actual}, not {top}"
            raise _refusal(_finding("rpe:invalidDirectoryStructure", message), archive.name)
        if finding := _reports_finding(_find_reports(archive, top), kind):
            raise _refusal(finding, archive.name)
