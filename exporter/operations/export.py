"""Exporting a filing: a folder with the items, the reports, the taxonomy, its package and a manifest.

Everything is written into a folder beside the destination, read back and compared; only then do the files appear, all
in one step. The same filing gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field, frozen

from exporter.errors import WriteError
from exporter.filing import Filing
from exporter.findings import MAX_FINDINGS, Finding, Location, Severity, at_most, choice_hint, list_text
from exporter.formats.items_json import read as read_items_json
from exporter.formats.items_json import write as write_items_json
from exporter.formats.options import WriteContext
from exporter.formats.registry import format_by_name
from exporter.items.to_facts import DerivedReport
from exporter.model.report import Report, Vocabulary
from exporter.operations.check import validate_filing
from exporter.operations.export_files import (
    at_public_schema,
    check_viewer_extra,
    context_namer,
    cover_name,
    package_name,
    page_name,
    standard_schemas,
    submission_manifest,
    write_filing_package,
    write_filing_taxonomy,
    write_viewer,
)
from exporter.operations.preflight import load_rule_tables
from exporter.operations.read import OFFLINE, read_report
from exporter.profiles.profile import SubmissionRules
from exporter.profiles.rules import RuleTable
from exporter.resources.limits import DEFAULT_LIMITS
from exporter.resources.publishing import Staging, publish, staged
from exporter.resources.resolver import Catalog, Resolver
from exporter.resources.stages import stage
from exporter.resources.targets import ReferencesTarget, StagedTarget, StreamTarget, Target
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.validation.report.subject import Calculations

if TYPE_CHECKING:
    from exporter.formats.inline_xbrl.write.blocks import Page

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
_REFERENCED: Final = {"ascii": ("xbrl-xml", "inline-xbrl"), "jis": ("inline-xbrl",)}
"""The formats that have but the characters of a set as they are."""

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


@stage("export")
def export_filing(
    filing: Filing,
    directory: Path | str,
    *,
    formats: Sequence[str] = EXPORT_FORMATS,
    submission: bool = False,
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
        formats: of `exporter.operations.export.EXPORT_FORMATS`; the taxonomy and its package come with any of XBRL.
        submission: whether to write what is submitted and nothing else: the pages, the taxonomy and what the profile
            has beside them, in its folders and by its names. ``formats`` and ``viewer`` are left aside.
        theme: a folder with what overrules the looks of the page (see `exporter.formats.inline_xbrl.write.report`).
        viewer: whether to add an interactive viewer of the page, ``{base}-viewer.html`` with its script.
        packages: taxonomy packages with the standard taxonomies that the report builds on, to check it against.
        rules: filing rules to hold it against too: names of tables, files, or tables.
        calc: how Calculations 1.1 reads rounded numbers.
        strict: whether warnings stop the export too.
        force: whether to write in spite of the findings; the manifest then lists them by code.
        on_step: is called with the name of each step, how many are done and how many there are.

    Raises:
        PackageError: one of ``packages`` is unsafe or no taxonomy package.
        ProfileError: there is no such table of rules, or it is malformed.
        MissingExtraError: the viewer is asked for and the extra ``viewer`` is not installed.
        WriteError: the filing is not valid, a file read back differs from what was meant, or there is no submission of
            the profile's, or the folder holds other files.
        OSError: a file cannot be written. Whatever is raised, the folder holds what it held before.
    """
    if unknown := [name for name in formats if name not in EXPORT_FORMATS]:
        raise WriteError(findings=[_unknown_format(unknown[0])])
    chosen = [name for name in EXPORT_FORMATS if name in formats]
    if submission:
        _check_submission(filing)
        chosen, viewer = ["inline-xbrl"], False
    if viewer:
        check_viewer_extra()
        chosen = [name for name in EXPORT_FORMATS if name in (*chosen, "inline-xbrl")]
    directory = Path(directory)
    steps = list(_steps(filing, chosen, theme=theme, viewer=viewer, submission=submission))
    job = _ExportSteps(filing, on_step, count=sum(1 + (step.same is not None) for step in steps) + 2)
    job.next_step("judging the filing")
    findings = _checked(filing, packages, rules, calc)
    stopping = tuple(finding for finding in findings if _stops(finding, strict=strict))
    if stopping and not force:
        raise WriteError(findings=findings)
    with staged(directory) as staging:
        for step in steps:
            job.write(step, staging)
        for step in steps:
            job.read_back(step, staging)
        files = job.close(staging, stopping, with_manifest=not submission)
        if submission:
            _check_alone(directory, files)
        publish(staging)
    report = filing.derived.report
    return Export(
        directory=directory,
        files=files,
        items=len(filing.items),
        facts=len(report.facts),
        footnotes=len(report.footnotes),
        findings=findings,
    )


def _checked(
    filing: Filing,
    packages: Sequence[Path | str],
    rules: Iterable[str | Path | RuleTable],
    calc: Calculations,
) -> tuple[Finding, ...]:
    with OFFLINE.resolver(packages, DEFAULT_LIMITS) as resolver:
        findings = validate_filing(filing, resolver=resolver, tables=load_rule_tables(rules), calc=calc)
    return filing.located(at_most(findings, MAX_FINDINGS))


def _stops(finding: Finding, *, strict: bool) -> bool:
    return finding.is_error or (strict and finding.severity is Severity.WARNING)


def _check_submission(filing: Filing) -> None:
    if not filing.rules.document.submission:
        message = "the profile of the filing has no submission of plain files"
        fix = "choose sec-us-gaap, sec-ifrs or edinet, or leave --submission out"
        raise WriteError(findings=[Finding(code="exporter:noSubmission", message=message, fix=fix)])
    folder = filing.rules.document.folder
    if folder is not None and filing.filled(folder.id) is None:
        message = f"the namespace {filing.namespace} does not say which document is submitted"
        fix = "give a namespace of the form that the profile asks for: exporter profiles shows it"
        location = Location(pointer="/filing/namespace")
        finding = Finding(code="exporter:noSubmission", message=message, fix=fix, location=location)
        raise WriteError(findings=filing.located([finding]))


def _check_alone(directory: Path, files: Iterable[ExportedFile]) -> None:
    """That the folder of a submission holds nothing that is not part of it."""
    own = {file.name for file in files}
    there = (path for path in directory.rglob("*") if path.is_file()) if directory.is_dir() else ()
    others = sorted(name for path in there if (name := path.relative_to(directory).as_posix()) not in own)
    if others:
        message = f"the folder of the submission holds other files: {list_text(others)}"
        location = Location(file=str(directory))
        fix = "write into an empty folder"
        raise WriteError(findings=[Finding(code="exporter:otherFiles", message=message, location=location, fix=fix)])


def _unknown_format(name: str) -> Finding:
    return Finding(
        code="exporter:unknownFormat",
        message=f"a filing is not exported as {name!r}",
        fix=choice_hint(name, EXPORT_FORMATS),
    )


@frozen(kw_only=True)
class _Step:
    """One part of an export.

    ``write`` writes it to a target, ``same`` says of the file, or of the folder that everything is in, whether it
    reads back as what was meant. ``format`` is what the manifest calls the files that appear.
    """

    name: str
    format: str
    file: str
    write: Callable[[StagedTarget], object]
    same: Callable[[Path], bool] | None = None


def _steps(
    filing: Filing, formats: Collection[str], *, theme: Path | None, viewer: bool, submission: bool
) -> Iterator[_Step]:
    """What is written, in this order; the taxonomy comes before the first report that refers to it."""
    if "items-json" in formats:
        yield _Step(
            name="items-json",
            format="items-json",
            file=EXPORT_FILES["items-json"].format(base=filing.base_name),
            write=lambda target: _write_items(filing, target),
            same=lambda path: _read_items(path, filing) == filing,
        )
    reports = [name for name in EXPORT_FORMATS if name in formats and name != "items-json"]
    if not reports:
        return
    folder = filing.rules.document.folder if submission else None
    above = "" if folder is None else f"{folder.folder}/"
    writer = _ReportFiles(filing, theme, folder)
    yield _Step(
        name="the taxonomy",
        format="taxonomy",
        file=f"{above}{filing.schema_name}",
        write=writer.write_taxonomy,
        same=writer.is_same_taxonomy,
    )
    if not submission:
        yield _Step(
            name="the taxonomy package",
            format="taxonomy-package",
            file=f"{filing.base_name}-taxonomy.zip",
            write=writer.write_taxonomy_package,
        )
    if folder is not None:
        yield _Step(
            name="the manifest", format="manifest", file=f"{above}{folder.manifest}", write=writer.write_manifest
        )
    for format in reports:
        is_package = format == "report-package"
        names = {"inline-xbrl": page_name, "report-package": package_name}
        name = names.get(format)
        file = name(filing) if name is not None else EXPORT_FILES[format].format(base=filing.base_name)
        report = filing.derived.report
        if is_package:
            report = at_public_schema(filing, report)
        elif up := "../" * file.count("/"):  # the taxonomy lies above the folder of the format
            report = evolve(report, taxonomy=[up + href for href in report.taxonomy])
        write = partial(writer.write_report_package, report) if is_package else partial(writer.write, report, format)
        yield _Step(
            name=format,
            format=format,
            file=f"{above}{file}",
            write=write,
            same=partial(writer.is_same_package, report)
            if is_package
            else partial(writer.is_same_report, report, format),
        )
    if viewer:
        yield _Step(
            name="the viewer",
            format="viewer",
            file=f"{filing.base_name}-viewer.html",
            write=lambda target: target.take(write_viewer(target.place.with_name(page_name(filing)), target.place)),
        )


def _write_items(filing: Filing, target: Target) -> None:
    with target.open() as stream:
        write_items_json(filing, stream)


def _read_items(path: Path, filing: Filing) -> Filing:
    with path.open("rb") as stream:
        return Filing.of(read_items_json(stream, filing.classes))


@define(eq=False, slots=False)
class _ReportFiles:
    """Writes the reports of a filing and their taxonomy, and reads them back.

    With a ``folder`` of a submission the page is written as the pages of that.
    """

    _filing: Filing
    _theme: Path | None
    _folder: SubmissionRules | None

    @cached_property
    def _context(self) -> WriteContext:
        document, whole = self._filing.rules.document, self._filing.derived.whole
        return WriteContext(
            name_context=context_namer(self._filing, self._filing.derived.report),
            page=lambda _: self._page,
            untagged=self._untagged(whole) if whole is not None else None,
            theme=self._theme,
            theme_variant=document.markup,
            hidden_style=document.hidden_style,
            inline_version=document.inline_version,
            cover_file=None if self._folder is None else cover_name(self._filing, self._folder),
        )

    def _untagged(self, whole: DerivedReport) -> Report:
        """What the page shows of the whole report and the profile's audience does not have tagged."""
        derived = self._filing.derived
        tagged, notes = {fact.id for fact in derived.report.facts}, {note.id for note in derived.report.footnotes}
        datatypes = {used.bound.concept: used.bound.datatype for used in whole.used}
        return evolve(
            whole.report,
            facts=tuple(fact for fact in whole.report.facts if fact.id not in tagged),
            footnotes=tuple(note for note in whole.report.footnotes if note.id not in notes),
            links=(),
            vocabulary=Vocabulary(datatypes=datatypes),
        )

    @cached_property
    def _page(self) -> Page:
        # Imported on use: only Inline XBRL asks for a page.
        from exporter.page.filing_page import filing_page, style_of

        return filing_page(self._filing, self._filing.derived.printed, style=style_of(self._filing))

    @cached_property
    def _standard(self) -> tuple[Catalog, ...]:
        return standard_schemas(self._filing)

    def write(self, report: Report, format: str, target: Target) -> int:
        characters = self._filing.rules.document.characters
        if characters != "unicode" and format in _REFERENCED[characters]:
            target = ReferencesTarget(target, characters)
        return format_by_name(format).write(report, target, self._context)

    def write_report_package(self, report: Report, target: Target) -> None:
        page = io.BytesIO()
        self.write(report, "inline-xbrl", StreamTarget(page))
        with target.open() as stream:
            write_filing_package(self._filing, self._filing.taxonomy_files, page.getvalue(), stream)

    def write_taxonomy(self, target: Target) -> None:
        for name, content in self._filing.taxonomy_files.items():
            with target.open(name) as stream:
                stream.write(content)

    def write_manifest(self, target: Target) -> None:
        assert self._folder is not None
        with target.open() as stream:
            stream.write(submission_manifest(self._filing, self._folder))

    def write_taxonomy_package(self, target: Target) -> None:
        with target.open() as stream:
            write_filing_taxonomy(self._filing, self._filing.taxonomy_files, stream)

    def is_same_taxonomy(self, path: Path) -> bool:
        self._taxonomy_file = path
        resolver = Resolver(catalogs=self._standard)
        self._taxonomy = load_taxonomy([path.name], base=path.parent.resolve(), resolver=resolver)
        return self._taxonomy == self._filing.taxonomy

    def is_same_report(self, report: Report, format: str, path: Path) -> bool:
        """Whether a report reads back as what was meant, with the taxonomy as it was read back before."""
        vocabulary = partial(self._vocabulary, path.parent)
        if self._folder is not None:
            return read_report(path.with_name(self._folder.manifest), vocabulary=vocabulary) == report
        return read_report(path, format=format, vocabulary=vocabulary) == report

    def is_same_package(self, report: Report, path: Path) -> bool:
        """Whether a report package, which has a taxonomy of its own, reads back as what was meant."""
        return read_report(path, catalogs=self._standard) == report

    def _vocabulary(self, folder: Path, hrefs: tuple[str, ...]) -> Vocabulary:
        """What the taxonomy declares for a report; nothing where the report does not lead to it."""
        if len(hrefs) != 1 or (folder / hrefs[0]).resolve() != self._taxonomy_file.resolve():
            return Vocabulary()
        return self._taxonomy.vocabulary(hrefs[0])


@define(eq=False)
class _ExportSteps:
    """The steps of one export as they are taken."""

    _filing: Filing
    _on_step: OnStep
    _count: int
    _done: int = field(default=0, init=False)
    _formats: dict[str, str] = field(factory=dict, init=False)

    def next_step(self, name: str) -> None:
        self._on_step(name, self._done, self._count)
        self._done += 1

    @stage(lambda _, step, __: f"write {step.name}")
    def write(self, step: _Step, staging: Staging) -> None:
        self.next_step(f"writing {step.name}")
        target = StagedTarget(staging, step.file)
        step.write(target)
        self._formats |= dict.fromkeys(target.files, step.format)

    @stage(lambda _, step, __: f"read back {step.name}")
    def read_back(self, step: _Step, staging: Staging) -> None:
        """Read what a step wrote again and compare it with what was meant."""
        if step.same is not None:
            self.next_step(f"reading {step.name} back")
            if not step.same(staging.files / step.file):
                raise WriteError(findings=[_differs(step.file)])

    def close(self, staging: Staging, overruled: Iterable[Finding], *, with_manifest: bool) -> tuple[ExportedFile, ...]:
        """Write the manifest, if there is one, and return the files there are."""
        self.next_step("finishing")
        described: list[ExportedFile] = []
        for name, format in sorted(self._formats.items()):
            path = staging.files / name
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            described.append(ExportedFile(name=name, format=format, sha256=digest, size=path.stat().st_size))
        files = tuple(described)
        if not with_manifest:
            return files
        content = _manifest(self._filing, self._filing.derived.report, files, overruled)
        (staging.files / MANIFEST).write_bytes(content)
        return files


def _manifest(filing: Filing, report: Report, files: Iterable[ExportedFile], overruled: Iterable[Finding]) -> bytes:
    rules = filing.rules
    profile = {"profile": rules.name, "release": rules.release or ""} if rules.is_standard else {}
    content: dict[str, Any] = {
        "filing": {
            "entity": {"scheme": filing.entity.scheme, "identifier": filing.entity.identifier},
            "period_end": filing.period_end.date.isoformat(),
            "namespace": filing.namespace,
            **profile,
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


def _differs(name: str) -> Finding:
    return Finding(
        code="exporter:readBackDiffers",
        message=f"{name} read back is not what was written; nothing was exported",
        location=Location(file=name),
        fix="please report this with the source: it is a bug in exporter",
    )
