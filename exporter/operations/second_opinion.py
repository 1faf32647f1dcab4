"""Asking Arelle about whatever the program itself reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.report_files import ReportFile
from exporter.packages.report_package import holds_reports
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.locks import private_folder
from exporter.validation import arelle
from exporter.validation.arelle import Calculations, Entry


def ask_for_second_opinion(
    source: Source | Input,
    *,
    packages: Iterable[Path] = (),
    calc: Calculations = "none",
    plugins: Iterable[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> list[Finding]:
    """Arelle's findings; it is given the files that stand for an input, unpacked where they are in an archive.

    Raises:
        ReadError: the input cannot be read, holds report items, or comes through a pipe, which Arelle cannot read.
        PackageError: an archive is unsafe, or no report package.
        MissingExtraError, ExporterError: as `exporter.validation.arelle.ask_arelle`.
    """
    with ExitStack() as stack:
        opened = stack.enter_context(open_input(source, limits=limits))
        if opened.holds_items or opened.is_stream:
            raise ReadError(findings=[_not_for_arelle(opened)])
        unpacked = stack.enter_context(private_folder("unpacked"))
        entries = list(_entries(opened, unpacked))
        findings = arelle.validate_with_arelle(entries, packages=packages, calc=calc, plugins=plugins)
        return [_renamed(finding, unpacked, opened.name) for finding in findings]


def _entries(opened: Input, unpacked: Path) -> Iterator[Entry]:
    if opened.exported is not None:
        yield from (path for _, path in opened.exported.reports if path.exists())
    elif opened.kind != "reports" or (opened.path.is_file() and holds_reports(opened.path)):
        yield opened.path
    else:
        for file in opened.files:
            yield _unpacked(file, unpacked) if isinstance(file.content, bytes) else _paths(file)


def _paths(file: ReportFile) -> Entry:
    paths = [document.source for document in file.documents if isinstance(document.source, Path)]
    if file.format.has_files and paths[0].is_dir():
        # Imported on use: only reports in several files need it.
        from exporter.formats.xbrl_csv.read.files import find_metadata

        return find_metadata(paths[0])
    return paths[0] if len(paths) == 1 else paths


def _unpacked(file: ReportFile, folder: Path) -> Entry:
    """The documents of a report in an archive, with all files of the archive beside them."""
    package = file.package
    if package is None:
        return file.name
    for name in package.names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(package.read(name))
    paths = [folder / document.name.removeprefix(f"{package.name}/") for document in file.documents]
    return paths[0] if len(paths) == 1 else paths


def _renamed(finding: Finding, unpacked: Path, name: str) -> Finding:
    """The finding with the name that a file has in its archive."""
    file = finding.location.file
    if file is None or not file.startswith(f"{unpacked}/"):
        return finding
    return evolve(finding, location=evolve(finding.location, file=f"{name}/{file.removeprefix(f'{unpacked}/')}"))


def _not_for_arelle(opened: Input) -> Finding:
    if opened.holds_items:
        message, fix = "Arelle knows no files of items", "export them first, and validate the report"
    else:
        message, fix = "Arelle reads nothing from a pipe", "name a file"
    return Finding(code="exporter:usage", message=message, location=Location(file=opened.name), fix=fix)
