"""What stands in a file: one report, or a package with reports and, perhaps, the taxonomy that they need."""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from exporter.findings import Finding, Location
from exporter.formats.options import InlineFile, ReadOptions
from exporter.formats.registry import Format
from exporter.model.report import Report
from exporter.packages.report_package import ReportPackage
from exporter.resources.locks import private_folder
from exporter.resources.resolver import Resolver, file_url
from exporter.resources.stages import stage


@frozen(eq=False)
class ReportFile:
    """A report as it stands in files, in its own right or in a package.

    ``name`` is what findings show, ``base`` the URL that references are relative to, ``resolver`` what finds them.
    ``documents`` are the files of an Inline XBRL Document Set, or the one document of any other format. ``choice`` is
    how the report is named among several, where that is not by its first document, ``path`` that of the first document
    in the package.
    """

    name: str
    format: Format
    base: str
    resolver: Resolver
    documents: tuple[InlineFile, ...]
    package: ReportPackage | None = None
    choice: str | None = None
    path: str = ""

    def resolved_by(self, resolver: Resolver) -> ReportFile:
        """The report with a resolver; that of a package asks the package first, and reads no files beside it."""
        if self.package is not None:
            resolver = evolve(resolver, catalogs=(self.package, *resolver.catalogs), roots=())
        return evolve(self, resolver=resolver)

    @property
    def is_inline(self) -> bool:
        return self.format.name == "inline-xbrl"

    @property
    def content(self) -> Path | bytes:
        """The first document: its path, or its bytes where it stands in a package."""
        source = self.documents[0].source
        return source if isinstance(source, Path | bytes) else source.read()

    @stage(lambda file, _: f"read {file.format.name}")
    def read(self, options: ReadOptions) -> Report:
        """The report.

        Raises:
            ReadError: with every finding.
        """
        if self.is_inline:
            # Imported on use: its tables of transformations take time to load.
            from exporter.formats.inline_xbrl.read.report import read_set

            return read_set(self.documents, options)
        content = self.content
        if self.format.has_files and self.package is not None and isinstance(content, bytes):
            return self._read_files(self.package, options)
        return self.format.read(content if isinstance(content, Path) else io.BytesIO(content), options)

    def _read_files(self, package: ReportPackage, options: ReadOptions) -> Report:
        """A format of several files wants them in a folder."""
        primary = PurePosixPath(self.path)
        with private_folder("report") as folder:
            for path in map(PurePosixPath, package.names):
                if path.is_relative_to(primary.parent):
                    target = Path(folder, path.relative_to(primary.parent))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(package.read(str(path)))
            return self.format.read(Path(folder, primary.name), options)


def base_of(path: Path) -> str:
    """The URL that references in a file are relative to; a folder stands for the files in it."""
    path = path.resolve()
    return file_url(path / "_" if path.is_dir() else path)


def unreadable(name: str, error: OSError) -> Finding:
    """The finding for a file that the system does not let be read: the input, or one that it leads to."""
    return Finding(
        code="exporter:unreadableFile",
        message=f"the file cannot be read: {error.strerror or error}",
        location=Location(file=error.filename if isinstance(error.filename, str) else name),
        fix="check the name and the permissions",
    )
