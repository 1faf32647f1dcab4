"""What stands in a file: one report, or a package with reports and, perhaps, the taxonomy that they need."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.formats.inline_xbrl.document_set import InlineFile
from exporter.formats.options import ReadOptions
from exporter.formats.registry import Format, detect_content, detect_format, format_by_name
from exporter.model.report import Report
from exporter.packages.report_package import (
    SUFFIXES,
    PackagedReport,
    ReportPackage,
    holds_reports,
    read_report_package,
)
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver, file_url

_ZIP = b"PK\x03\x04"


@frozen(eq=False)
class ReportFile:
    """A report as it stands in files, in its own right or in a package.

    ``name`` is what findings show, ``base`` the URL that references are relative to, ``resolver`` what finds them.
    ``documents`` are the files of an Inline XBRL Document Set, or the one document of any other format.
    """

    name: str
    format: Format
    base: str
    resolver: Resolver
    documents: tuple[InlineFile, ...]
    package: ReportPackage | None = None

    @property
    def is_inline(self) -> bool:
        return self.format.name == "inline-xbrl"

    @property
    def content(self) -> Path | bytes:
        """The first document: its path, or its bytes where it stands in a package."""
        source = self.documents[0].source
        return source if isinstance(source, Path | bytes) else source.read()

    def read(self, options: ReadOptions) -> Report:
        """The report.

        Raises:
            ReadError: with every finding.
        """
        if self.is_inline:
            # Imported on use: its tables of transformations take time to load.
            from exporter.formats.inline_xbrl.reader import read_set

            return read_set(self.documents, options)
        if self.format.has_files and self.package is not None:
            return self._read_files(self.package, options)
        content = self.content
        return self.format.read(content if isinstance(content, Path) else io.BytesIO(content), options)

    def _read_files(self, package: ReportPackage, options: ReadOptions) -> Report:
        """A format of several files wants them in a folder."""
        primary = PurePosixPath(self.name.removeprefix(f"{package.name}/"))
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            for path in map(PurePosixPath, package.names):
                if path.is_relative_to(primary.parent):
                    target = Path(folder, path.relative_to(primary.parent))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(package.read(str(path)))
            return self.format.read(Path(folder, primary.name), options)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive: by its suffix, or by what it begins with."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) == _ZIP
    except OSError:
        return False


@contextmanager
def open_report_files(
    path: Path, *, format: str | None = None, resolver: Resolver | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[ReportFile, ...]]:
    """The report in a file, or all those in a report package, whose catalog and files come first for them.

    Args:
        path: the file.
        format: the name of the syntax; left out, it is told by content and suffix.
        resolver: where taxonomies come from. From a package, files beside it are not read.
        limits: what to accept.

    Raises:
        PackageError: an archive is unsafe, or no report package.
        ReadError: nothing tells the format of a document.
    """
    resolver = resolver or Resolver(limits=limits)
    with ExitStack() as stack:
        if format is None and is_archive(path):
            package = stack.enter_context(read_report_package(path, limits))
            inner = evolve(resolver, catalogs=(package, *resolver.catalogs), roots=())
            yield tuple(_packaged(package, report, inner) for report in package.reports)
        else:
            syntax = detect_format(path) if format is None else format_by_name(format)
            documents = (InlineFile(str(path), path),)
            yield (ReportFile(str(path), syntax, base_of(path), resolver, documents),)


def base_of(path: Path) -> str:
    """The URL that references in a file are relative to; a folder stands for the files in it."""
    path = path.resolve()
    return file_url(path / "_" if path.is_dir() else path)


def _packaged(package: ReportPackage, report: PackagedReport, resolver: Resolver) -> ReportFile:
    documents = tuple(InlineFile(f"{package.name}/{path}", package.read(path)) for path in report.files)
    first = documents[0]
    content = first.source if isinstance(first.source, bytes) else b""
    syntax = format_by_name("inline-xbrl") if report.is_inline else detect_content(content, first.name)
    return ReportFile(first.name, syntax, package.url(report.files[0]), resolver, documents, package)


def only_report(files: tuple[ReportFile, ...], path: Path) -> ReportFile:
    """The one report of a file.

    Raises:
        ReadError: ``exporter:severalReports`` for a package with more than one.
    """
    if len(files) == 1:
        return files[0]
    finding = Finding(
        code="exporter:severalReports",
        message=f"the package holds {len(files)} reports, expected one: {list_text(file.name for file in files)}",
        location=Location(file=str(path)),
        mend="unpack it and give one of them",
    )
    raise ReadError(findings=[finding])


def detect_report_format(path: Path) -> Format:
    """The format of the report in a file, that of the first one in a package.

    Raises:
        PackageError, ReadError: as `open_report_files`.
    """
    with open_report_files(path) as files:
        return files[0].format


def is_report_package(path: Path) -> bool:
    """Whether a file is an archive that claims to hold reports."""
    return is_archive(path) and holds_reports(path)
