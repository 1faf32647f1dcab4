"""Exporting a filing: a folder with the items, the reports, the taxonomy, its package and a manifest.

Everything is written into a folder beside the destination, read back and compared; only then do the files appear, all
in one step. The same filing gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import evolve, frozen

from exporter.errors import WriteError
from exporter.filing import Filing
from exporter.findings import Finding, Location, Severity, at_most, choice_hint
from exporter.formats.items_json import read as read_items_json
from exporter.formats.items_json import write as write_items_json
from exporter.formats.registry import format_by_name, write_report
from exporter.formats.xbrl_csv.write.files import tables_of_earlier
from exporter.formats.xbrl_xml.write.report import write as write_instance
from exporter.model.dimensions import Context
from exporter.model.report import Report
from exporter.operations.export_files import (
    at_public_schema,
    check_viewer_extra,
    context_namer,
    page_name,
    standard_schemas,
    write_filing_package,
    write_filing_taxonomy,
    write_viewer,
)
from exporter.operations.judging import judge_filing
from exporter.operations.preflight import load_rule_tables
from exporter.operations.read import OFFLINE, read_report
from exporter.operations.validate import MAX_FINDINGS
from exporter.profiles.rules import RuleTable
from exporter.resources.limits import DEFAULT_LIMITS
from exporter.resources.publishing import publish, staged
from exporter.resources.resolver import Catalog, Resolver
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.validation.rule_sets import Calculations

EXPORT_FILES: Final[dict[str, str]] = {
    "items-json": "{base}.items.json",
    "xbrl-json": "{base}.json",
    "xbrl-xml": "{base}.xbrl",
    "xbrl-csv": "{base}-csv/{base}.json",
    "inline-xbrl": "{base}.xhtml",
    "report-package": "{base}.xbri",
}
EXPORT_FORMATS: Final = tuple(EXPORT_FILES)
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
    theme: Path | None = None,
    viewer: bool = False,
    packages: Sequence[Path | str] = (),
    rules: Iterable[str | Path | RuleTable] = (),
    calc: Calculations = "round",
    strict: bool = False,
    force: bool = False,
    on_step: OnStep = _silent,
) -> Export:
    """Write the filing's folder, unless `exporter.operations.validate.validate` would find an error in its source.

    Args:
        filing: the items.
        directory: where the folder is, or shall be.
        formats: of `EXPORT_FORMATS`; the taxonomy and its package come with any format of XBRL.
        theme: a folder with what overrules the looks of the page (see `exporter.formats.inline_xbrl.write.report`).
        viewer: whether to add an interactive viewer of the page, ``{base}-viewer.html`` with its script.
        packages: taxonomy packages with the standard taxonomies that the report builds on, to judge it by.
        rules: filing rules to hold it against too: names of tables, files, or tables.
        calc: how Calculations 1.1 reads rounded numbers.
        strict: whether warnings stop the export too.
        force: whether to write in spite of the findings; the manifest then lists them by code.
        on_step: is told the name of each step, how many are done and how many there are.

    Raises:
        PackageError: one of ``packages`` is unsafe or no taxonomy package.
        ProfileError: there is no such table of rules, or it is malformed.
        MissingExtraError: the viewer is wanted and the extra ``viewer`` is not installed.
        WriteError: the filing is not valid, or a file read back differs from what was meant.
        OSError: a file cannot be written. Whatever is raised, the folder holds what it held before.
    """
    if unknown := [name for name in formats if name not in EXPORT_FORMATS]:
        raise WriteError(findings=[_unknown_format(unknown[0])])
    chosen = [name for name in EXPORT_FORMATS if name in formats]
    if viewer:
        check_viewer_extra()
        chosen = [name for name in EXPORT_FORMATS if name in (*chosen, "inline-xbrl")]
    directory = Path(directory)
    steps = 2 * len(chosen) + 3 + viewer
    on_step("judging the filing", 0, steps)
    findings = _judged(filing, packages, rules, calc)
    stopping = tuple(finding for finding in findings if _stops(finding, strict=strict))
    if stopping and not force:
        raise WriteError(findings=findings)
    report = filing.derived.report
    with staged(directory) as staging:
        job = _Export(filing, report, staging.files, theme, on_step, steps=steps, overruled=stopping)
        for name in chosen:
            job.write(name)
        for name in chosen:
            job.read_back(name)
        if viewer:
            job.write_viewer()
        files = job.close()
        if "xbrl-csv" in chosen:
            staging.stale += tables_of_earlier(directory, job.name_of("xbrl-csv"))
        publish(staging)
    return Export(
        directory=directory,
        files=files,
        items=len(filing.items),
        facts=len(report.facts),
        footnotes=len(report.footnotes),
        findings=findings,
    )


def _judged(
    filing: Filing,
    packages: Sequence[Path | str],
    rules: Iterable[str | Path | RuleTable],
    calc: Calculations,
) -> tuple[Finding, ...]:
    with OFFLINE.resolver(packages, DEFAULT_LIMITS) as resolver:
        found = judge_filing(filing, resolver=resolver, tables=load_rule_tables(rules), calc=calc)
    return tuple(at_most(found, MAX_FINDINGS))


def _stops(finding: Finding, *, strict: bool) -> bool:
    return finding.is_error or (strict and finding.severity is Severity.WARNING)


def _unknown_format(name: str) -> Finding:
    return Finding(
        code="exporter:unknownFormat",
        message=f"a filing is not exported as {name!r}",
        fix=choice_hint(name, EXPORT_FORMATS),
    )


class _Export:
    """The steps of one export, all in the staging folder."""

    def __init__(
        self,
        filing: Filing,
        report: Report,
        staging: Path,
        theme: Path | None,
        on_step: OnStep,
        *,
        steps: int,
        overruled: Iterable[Finding] = (),
    ) -> None:
        self.filing = filing
        self.report = report
        self.staging = staging
        self.theme = theme
        self._names: dict[str, str] = {}
        self._on_step = on_step
        self._steps = steps
        self._done = 1  # the judgement
        self._overruled = tuple(overruled)
        self._taxonomy: dict[str, bytes] = {}

    def _step(self, name: str) -> None:
        self._on_step(name, self._done, self._steps)
        self._done += 1

    def write(self, format: str) -> None:
        """Write one format, and the taxonomy before the first that refers to it."""
        if format != "items-json" and not self._taxonomy:
            self._write_taxonomy()
        self._step(f"writing {format}")
        name = self.name_of(format)
        if format == "xbrl-csv":
            write_report(self._meant(format), self.staging / name, format=format)
            folder = (self.staging / name).parent
            self._names |= {each.relative_to(self.staging).as_posix(): format for each in sorted(folder.iterdir())}
            return
        with (self.staging / name).open("wb") as stream:
            self._write_to(stream, format)
        self._names[name] = format

    def _write_to(self, stream: BinaryIO, format: str) -> None:
        match format:
            case "items-json":
                write_items_json(self.filing, stream)
            case "inline-xbrl":
                self._write_page(self._meant(format), stream)
            case "report-package":
                page = io.BytesIO()
                self._write_page(self._meant(format), page)
                write_filing_package(self.filing, self._taxonomy, page.getvalue(), stream)
            case "xbrl-xml" if self._name_context is not None:
                write_instance(self._meant(format), stream, name_context=self._name_context)
            case _:
                format_by_name(format).write(self._meant(format), stream)

    def _write_page(self, report: Report, stream: BinaryIO) -> None:
        # Imported on use: its tables of transformations take time to load.
        from exporter.formats.inline_xbrl.write.report import SEC_HIDDEN, write_page

        linked = self.filing.rules.document.hidden_style or SEC_HIDDEN
        named = self._name_context
        write_page(
            report,
            self._page,
            stream,
            theme=self.theme,
            hidden_style=linked,
            name_context=named,
            version=self.filing.rules.document.inline_version,
        )

    @cached_property
    def _name_context(self) -> Callable[[Context], str | None] | None:
        return context_namer(self.filing, self.report)

    @cached_property
    def _page(self) -> Any:
        from exporter.page.filing_page import filing_page, style_of

        return filing_page(self.filing, self.filing.derived, style=style_of(self.filing))

    def name_of(self, format: str) -> str:
        """The file that a format is written to, the first of them where there are several."""
        if format == "inline-xbrl":
            return page_name(self.filing)
        return EXPORT_FILES[format].format(base=self.filing.base_name)

    def _meant(self, format: str) -> Report:
        """The report with the place of its taxonomy as the format's file names it: relative, but in a package."""
        if format == "report-package":
            return at_public_schema(self.filing, self.report)
        up = "../" * self.name_of(format).count("/")
        return evolve(self.report, taxonomy=[up + href for href in self.report.taxonomy])

    def _write_taxonomy(self) -> None:
        self._step("writing the taxonomy")
        self._taxonomy = self.filing.taxonomy_files
        for name, content in self._taxonomy.items():
            (self.staging / name).write_bytes(content)
            self._names[name] = "taxonomy"
        package = f"{self.filing.base_name}-taxonomy.zip"
        with (self.staging / package).open("wb") as stream:
            write_filing_taxonomy(self.filing, self._taxonomy, stream)
        self._names[package] = "taxonomy-package"

    def read_back(self, format: str) -> None:
        """Read a file again and compare it with what was meant."""
        self._step(f"reading {format} back")
        name = self.name_of(format)
        if format == "items-json":
            with (self.staging / name).open("rb") as stream:
                same = Filing.of(read_items_json(stream, self.filing.classes)) == self.filing
        else:
            syntax = None if format == "report-package" else format
            read = read_report(self.staging / name, format=syntax, catalogs=self._standard)
            same = read == self._meant(format)
        if not same:
            raise WriteError(findings=[_differs(name)])

    @cached_property
    def _standard(self) -> tuple[Catalog, ...]:
        return standard_schemas(self.filing)

    def write_viewer(self) -> None:
        """Add the viewer of the page, which has been written before."""
        self._step("writing the viewer")
        target = self.staging / f"{self.filing.base_name}-viewer.html"
        for path in write_viewer(self.staging / self.name_of("inline-xbrl"), target):
            self._names[path.name] = "viewer"

    def close(self) -> tuple[ExportedFile, ...]:
        """Compare the taxonomy read back, write the manifest, and say what there is."""
        self._step("finishing")
        if self._taxonomy:
            resolver = Resolver(catalogs=self._standard)
            read = load_taxonomy([self.filing.schema_name], base=self.staging.resolve(), resolver=resolver)
            if read != self.filing.taxonomy:
                raise WriteError(findings=[_differs(self.filing.schema_name)])
        files = tuple(_describe(self.staging, name, format) for name, format in sorted(self._names.items()))
        (self.staging / MANIFEST).write_bytes(_manifest(self.filing, self.report, files, self._overruled))
        return files


def _describe(folder: Path, name: str, format: str) -> ExportedFile:
    path = folder / name
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ExportedFile(name=name, format=format, sha256=digest, size=path.stat().st_size)


def _manifest(filing: Filing, report: Report, files: Iterable[ExportedFile], overruled: Iterable[Finding]) -> bytes:
    content: dict[str, Any] = {
        "filing": {
            "entity": {"scheme": filing.entity.scheme, "identifier": filing.entity.identifier},
            "period_end": filing.period_end.date.isoformat(),
            "namespace": filing.namespace,
            **_profile_of(filing),
        },
        "items": len(filing.items),
        "facts": len(report.facts),
        "footnotes": len(report.footnotes),
        "files": [
            {"path": file.name, "format": file.format, "sha256": file.sha256, "size": file.size} for file in files
        ],
    }
    if counts := Counter((finding.code, str(finding.severity)) for finding in overruled):
        content["forced"] = [
            {"code": code, "severity": severity, "count": count} for (code, severity), count in sorted(counts.items())
        ]
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _profile_of(filing: Filing) -> dict[str, str]:
    rules = filing.rules
    return {"profile": rules.name, "release": rules.release or ""} if rules.is_standard else {}


def _differs(name: str) -> Finding:
    return Finding(
        code="exporter:readBackDiffers",
        message=f"{name} read back is not what was written; nothing was exported",
        location=Location(file=name),
        fix="please report this with the source: it is a fault of exporter",
    )
