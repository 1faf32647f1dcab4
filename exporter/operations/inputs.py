"""What a command reads: the one place that knows what may be given as input, and what each of it holds.

A file; what comes through standard input or a pipe; a report package, zipped or unpacked; an Inline XBRL document set,
as several files, a folder, or a manifest of EDINET; an xBRL-CSV folder; an archive of any of these; a folder that an
export wrote, or its manifest. A path may lead into an archive (``filing.zip/XBRL/PublicDoc``).
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Final, Literal, NoReturn

from attrs import define, evolve, frozen

from exporter.errors import ReadError, WriteError
from exporter.findings import MOST_CHOICES, Finding, Location, list_text
from exporter.formats.options import InlineFile
from exporter.formats.registry import (
    detect_content,
    format_by_name,
    other_content,
    read_head,
    root_of,
    sniffed,
    unknown_content,
)
from exporter.operations.exported import MANIFEST, ExportedFolder, read_exported
from exporter.operations.loose_reports import (
    FileTree,
    ReportCandidate,
    describe,
    document_set,
    find_candidates,
    manifest_candidates,
)
from exporter.operations.report_files import ReportFile, base_of
from exporter.packages.edinet_manifest import is_manifest_name
from exporter.packages.report_package import (
    SUFFIXES,
    ReportPackage,
    holds_reports,
    is_package_folder,
    read_plain_archive,
    read_report_package,
)
from exporter.packages.taxonomy_package import METADATA_PATH
from exporter.resources.folders import Folder
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver, file_url
from exporter.resources.streams import is_stream, spooled
from exporter.sources import WORKBOOK_SUFFIXES, YAML_SUFFIXES

Source = Path | str | Sequence[Path | str]
"""A path; ``-`` for standard input; several paths for the documents of one Inline XBRL document set."""

Kind = Literal["reports", "items", "taxonomy", "taxonomy-package"]

_ZIP: Final = b"PK\x03\x04"
_YAML_ITEMS: Final = re.compile(rb"^items[ \t]*:", re.M)
_TABLES: Final = frozenset({".csv", ".tsv"})
_HEADS_OF_TAXONOMIES: Final = ("schema", "linkbase")


@frozen(eq=False, kw_only=True)
class Input:
    """What was given, open for reading.

    ``name`` is what findings call it, ``path`` where it is on this machine: for what came through a pipe, a copy that
    is gone with the input. ``files`` are the reports it holds: of a folder that an export wrote, the report in one
    format. ``is_yaml`` says that items are written in YAML, ``is_workbook`` in a workbook, ``only_manifest`` that the
    manifest of such a folder was given, not the folder.
    """

    name: str
    path: Path
    kind: Kind
    files: tuple[ReportFile, ...] = ()
    exported: ExportedFolder | None = None
    is_yaml: bool = False
    is_workbook: bool = False
    only_manifest: bool = False
    is_stream: bool = False

    @property
    def holds_items(self) -> bool:
        """Whether it is a file of report items."""
        return self.kind == "items"

    @property
    def is_written_by_people(self) -> bool:
        """Whether items stand in it as people write them, not as items JSON."""
        return self.is_yaml or self.is_workbook

    @property
    def folder(self) -> Path:
        """The folder that relative references in it lead out of."""
        if self.is_stream:
            return _folder_of(Path(self.name))
        source = self.files[0].content if self.files else self.path
        path = source if isinstance(source, Path) else self.path
        return path if path.is_dir() else path.parent

    @property
    def is_packed(self) -> bool:
        """Whether the report stands in an archive, so that nothing can refer to the files beside it."""
        return any(isinstance(file.content, bytes) for file in self.files)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders that are read, which nothing may be written over."""
        if self.is_stream:
            return ()
        paths = [self.path]
        for file in self.files:
            paths += [document.source for document in file.documents if isinstance(document.source, Path)]
            if file.format.has_files and file.package is None:
                paths += [self.folder, *sorted(self.folder.glob("*.csv"))]
        if self.path.is_dir() and is_package_folder(self.path):
            paths += (Path(self.path, name) for name in Folder(self.path).names)
        return tuple(dict.fromkeys(paths))

    def reports(self, resolver: Resolver) -> tuple[ReportFile, ...]:
        """The reports, their taxonomies to be found by ``resolver``; the files of a package come first for its own."""
        return tuple(file.resolved_by(resolver) for file in self.files)

    def report(self, resolver: Resolver) -> ReportFile:
        """The one report.

        Raises:
            ReadError: it holds none, or several (``exporter:severalReports``).
        """
        if self.kind == "taxonomy-package" and not zipfile.is_zipfile(self.path):
            read_report_package(self.path, resolver.limits, name=self.name).close()
        if self.kind != "reports":
            _refuse(*_NO_REPORT[self.kind], self.name)
        if len(self.files) > 1 and self.exported is None:
            names = [file.choice or file.name for file in self.files]
            _refuse_choice(names, self.name, "reports")
        return self.files[0].resolved_by(resolver)


_NO_REPORT: Final[dict[str, tuple[str, str]]] = {
    "items": ("this is a file of report items, not a report", "turn it into a report: exporter export, or convert"),
    "taxonomy": ("this is a part of a taxonomy, which holds no facts", "give the report that refers to it"),
    "taxonomy-package": (
        "the archive holds no report; as a taxonomy package it is given with --taxonomy-package",
        "give the report, or an archive with reports",
    ),
}


@contextmanager
def open_input(
    source: Source | Input, *, format: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Input]:
    """What a path, standard input or several paths hold; an input that is open already is given back.

    Args:
        source: what was given.
        format: the name of the syntax; by default content and suffix decide.
        limits: what to accept.

    Raises:
        ReadError: it cannot be read, its format is unknown, or a folder leaves open which report is meant.
        PackageError: an archive is unsafe, or no report package.
    """
    if isinstance(source, Input):
        yield source
        return
    with ExitStack() as stack:
        opener = _Opener(stack, limits, format)
        if isinstance(source, Path | str):
            yield opener.open(Path(source))
            return
        paths = [Path(path) for path in source]
        yield opener.open(paths[0]) if len(paths) == 1 else opener.documents(paths)


@define(eq=False)
class _Opener:
    """Opens one input; what has to be closed goes to the stack."""

    stack: ExitStack
    limits: Limits
    format: str | None

    def open(self, path: Path) -> Input:
        if is_stream(path):
            copy = self.stack.enter_context(spooled(path, self.limits))
            opened = self._file(copy, str(path), file_url(_folder_of(path) / "_"), has_suffix=False)
            return evolve(opened, is_stream=True)
        try:
            is_folder, is_there, base = path.is_dir(), path.exists(), base_of(path)
        except (OSError, ValueError) as error:  # a name too long, a folder that may not be entered
            reason = getattr(error, "strerror", None) or error
            fix = "check the path and the permissions"
            _refuse(f"the file cannot be read: {reason}", fix, str(path), code="exporter:unreadableFile")
        if is_folder:
            return self._folder(path)
        if not is_there and (inner := self._inside(path)) is not None:
            return inner
        return self._file(path, str(path), base)

    def documents(self, paths: Sequence[Path]) -> Input:
        """Several files: the documents of one Inline XBRL document set."""
        if not paths:
            _refuse("nothing is given to read", "name a file", None)
        for number, path in enumerate(paths):
            if path in paths[:number]:
                _refuse("the document is given twice", "give each document once", str(path))
            if is_stream(path) or path.is_dir() or _format_name(path) != "inline-xbrl":
                message = "several inputs are the documents of one Inline XBRL document set, and this is none"
                _refuse(message, "give one report at a time", str(path))
        return self._input(paths[0], str(paths[0]), [document_set(paths)])

    def _input(self, path: Path, name: str, files: Sequence[ReportFile]) -> Input:
        return Input(name=name, path=path, kind="reports", files=tuple(files))

    # Files

    def _file(self, path: Path, name: str, base: str, *, has_suffix: bool = True) -> Input:
        suffix = PurePosixPath(name).suffix.lower() if has_suffix else ""
        if self.format is not None:
            return self._single(path, name, base, self.format)
        if suffix in YAML_SUFFIXES:
            return Input(name=name, path=path, kind="items", is_yaml=True)
        if suffix in WORKBOOK_SUFFIXES:
            read_head(path, name)
            return Input(name=name, path=path, kind="items", is_workbook=True)
        if suffix == ".xsd":
            return Input(name=name, path=path, kind="taxonomy")
        head = read_head(path, name)
        if suffix in SUFFIXES or head.startswith(_ZIP):
            return self._archive(path, name, has_suffix=has_suffix)
        root = root_of(head)
        if root in _HEADS_OF_TAXONOMIES:
            return Input(name=name, path=path, kind="taxonomy")
        if root == "manifest" and has_suffix:
            return self._manifest(path, path.name)
        if (exported := read_exported(path)) is not None:
            return evolve(self._exported(exported, path, name), only_manifest=True)
        if sniffed(head) is None and _YAML_ITEMS.search(head):
            return Input(name=name, path=path, kind="items", is_yaml=True)
        if not has_suffix and sniffed(head) is None:
            raise ReadError(findings=[unknown_content(other_content(head, ""), name)])
        if suffix in _TABLES and (metadata := _metadata_of(path)) is not None:
            _refuse("this is a table of a report in xBRL-CSV", f"give its metadata: {metadata}", name)
        syntax = detect_content(head, name)
        if syntax.has_files and not has_suffix:
            _refuse(f"a report in {syntax.name} is several files", "name its metadata file", name)
        return self._single(path, name, base, syntax.name)

    def _single(self, path: Path, name: str, base: str, format: str) -> Input:
        syntax = format_by_name(format)
        if syntax.holds == "items":
            return Input(name=name, path=path, kind="items")
        file = ReportFile(name, syntax, base, Resolver(limits=self.limits), (InlineFile(name, path),))
        return self._input(path, name, [file])

    # Archives

    def _archive(self, path: Path, name: str, *, has_suffix: bool) -> Input:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".zip" and not zipfile.is_zipfile(path):  # either reader of packages will say why
            return Input(name=name, path=path, kind="taxonomy-package")
        if SUFFIXES.get(suffix) in ("xbri", "xbr") or holds_reports(path):
            package = read_report_package(path, self.limits, name=name, has_suffix=has_suffix)
            return self._package(self.stack.enter_context(package), path, name)
        tree = read_plain_archive(path, self.limits, name=name)
        self.stack.enter_context(tree)
        if (other := other_content(read_head(path, name), name, tree.names)) is not None:
            raise ReadError(findings=[unknown_content(other, name)])
        if any(entry.partition("/")[2] == METADATA_PATH for entry in tree.names):
            return Input(name=name, path=path, kind="taxonomy-package")
        candidates = find_candidates(tree, "", self.limits)
        if not candidates:
            return Input(name=name, path=path, kind="taxonomy-package")
        return self._chosen(tree, candidates, path, name)

    def _package(self, package: ReportPackage, path: Path, name: str) -> Input:
        files = [
            package_report(package, report.files, is_inline=report.is_inline, limits=self.limits)
            for report in package.reports
        ]
        return self._input(path, name, files)

    def _inside(self, path: Path) -> Input | None:
        """What a path that leads into an archive, or to an instance of a manifest (``#id``), names."""
        outer = next((parent for parent in path.parents if parent.exists()), None)
        if outer is None:
            return None
        if outer.is_dir():
            file, _, id_ = path.name.partition("#")
            return self._manifest(path.parent / file, path.name) if id_ and (path.parent / file).is_file() else None
        if not zipfile.is_zipfile(outer):
            return None
        read = read_report_package if holds_reports(outer) else read_plain_archive
        tree = self.stack.enter_context(read(outer, self.limits))
        inner = path.relative_to(outer).as_posix()
        name = tree.display_name(inner)
        file = inner.partition("#")[0]
        if is_manifest_name(file) and file in tree:
            return self._chosen(tree, manifest_candidates(tree, inner, self.limits), path, name)
        if inner in tree:
            syntax = detect_content(tree.read(inner), inner)
            return self._chosen(tree, [ReportCandidate((inner,), syntax)], path, name)
        if not any(entry.startswith(f"{inner}/") for entry in tree.names):
            return None
        candidates = find_candidates(tree, inner, self.limits)
        if not candidates:
            _refuse_empty(name, "directory of the archive")
        return self._chosen(tree, candidates, path, name)

    # Folders

    def _folder(self, path: Path) -> Input:
        if self.format is not None:
            return self._single(path, str(path), base_of(path), self.format)
        if (exported := read_exported(path / MANIFEST)) is not None:
            return self._exported(exported, path, str(path))
        if (package := _package_in(path)) is not None:
            return self._package(read_report_package(package, self.limits), package, str(path))
        tree = Folder(path, limits=self.limits)
        candidates = find_candidates(tree, "", self.limits)
        if not candidates:
            _refuse_empty(str(path), "folder")
        return self._chosen(tree, candidates, path, str(path))

    def _manifest(self, path: Path, name: str) -> Input:
        tree = Folder(path.parent, limits=self.limits)
        return self._chosen(tree, manifest_candidates(tree, name, self.limits), path, str(path.parent / name))

    def _exported(self, exported: ExportedFolder, path: Path, name: str) -> Input:
        files: tuple[ReportFile, ...] = ()
        for format, file in exported.reports:
            if not files and file.exists():
                files = (
                    _Opener(self.stack, self.limits, None if format == "report-package" else format).open(file).files
                )
        items = exported.primary("items-json")
        if not files and items is not None:
            return Input(name=name, path=items, kind="items", exported=exported)
        if not files:
            _refuse_empty(name, "folder")
        return Input(name=name, path=path, kind="reports", files=files, exported=exported)

    def _chosen(self, tree: FileTree, candidates: Sequence[ReportCandidate], path: Path, name: str) -> Input:
        """The reports found: those that manifests list, or the only one there is."""
        loose = [candidate for candidate in candidates if candidate.listed_as is None]
        if len(candidates) > 1 and loose:
            _refuse_choice([describe(tree, candidate) for candidate in candidates], name, "reports")
        return self._input(path, name, [_report_file(tree, candidate, self.limits) for candidate in candidates])


def package_report(
    package: ReportPackage, paths: Sequence[str], *, is_inline: bool, limits: Limits = DEFAULT_LIMITS
) -> ReportFile:
    """A report of a package: the files of an Inline XBRL document set, or the one file of any other."""
    syntax = (
        format_by_name("inline-xbrl")
        if is_inline
        else detect_content(package.read(paths[0]), package.display_name(paths[0]))
    )
    return _report_file(package, ReportCandidate(tuple(paths), syntax), limits)


def _report_file(tree: FileTree, candidate: ReportCandidate, limits: Limits) -> ReportFile:
    documents = tuple(InlineFile(tree.display_name(path), tree.source(path)) for path in candidate.files)
    first = documents[0]
    return ReportFile(
        name=first.name,
        format=candidate.format,
        base=tree.url(candidate.files[0]) if isinstance(tree, ReportPackage) else base_of(Path(first.name)),
        resolver=Resolver(limits=limits),
        documents=documents,
        package=tree if isinstance(tree, ReportPackage) else None,
        choice=None if candidate.listed_as is None else tree.display_name(candidate.listed_as),
        path=candidate.files[0],
    )


def _package_in(path: Path) -> Path | None:
    """The folder of an unpacked report package: the folder itself, or the only thing in it."""
    if is_package_folder(path):
        return path
    try:
        inside = [entry for entry in path.iterdir() if not entry.name.startswith((".", "__MACOSX"))]
    except OSError:
        return None
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and is_package_folder(inside[0]) else None


def _metadata_of(table: Path) -> Path | None:
    """The metadata of the xBRL-CSV report that a table belongs to, where it stands beside it."""
    # Imported on use: few inputs are tables.
    from exporter.formats.xbrl_csv.read.files import find_metadata

    try:
        return find_metadata(table.parent)
    except ReadError:
        return None


def keep_apart(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuse an output that is an input, or another output, before anything is written.

    Raises:
        WriteError: ``exporter:unwritableFile``: two of them are one file, by whatever name.
    """
    taken = {_identity(path): path for path in inputs if path is not None and path.exists()}
    for path in outputs:
        if path is None or is_stream(path):
            continue
        other = taken.setdefault(_identity(path), path)
        if other is not path:
            message = f"{path} would take the place of {other}, which this command reads or writes too"
            location = Location(file=str(path))
            finding = Finding(
                code="exporter:unwritableFile", message=message, location=location, fix="give another name"
            )
            raise WriteError(findings=[finding])


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _folder_of(stream: Path) -> Path:
    """Where references in what comes through a pipe lead from: a named pipe's folder, else the current one."""
    is_named = stream.is_absolute() and str(stream).startswith(("/dev/", "/proc/"))
    return Path.cwd() if is_named or str(stream) == "-" else Path(os.path.abspath(stream)).parent


def _format_name(path: Path) -> str:
    return detect_content(read_head(path, str(path)), str(path)).name


def _refuse(message: str, fix: str, name: str | None, *, code: str = "exporter:unknownFormat") -> NoReturn:
    finding = Finding(code=code, message=message, location=Location(file=name), fix=fix)
    raise ReadError(findings=[finding])


def _refuse_empty(name: str, what: str) -> NoReturn:
    expected = "Inline XBRL, XBRL 2.1, xBRL-JSON, metadata of xBRL-CSV, a report package or a manifest of EDINET"
    message = f"the {what} holds no report: expected {expected}"
    _refuse(message, "name the folder or the file with the report", name, code="exporter:unreadableFile")


def _refuse_choice(names: Sequence[str], name: str, what: str) -> NoReturn:
    message = f"this holds {len(names)} {what}, expected one: {list_text(names, most=MOST_CHOICES)}"
    _refuse(message, "give one of them, by the name given here", name, code="exporter:severalReports")
