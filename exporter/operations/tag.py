"""The whole job of tagging: a document and the items that it states, to a document that machines read."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import define, evolve, field, frozen

from exporter.errors import WriteError
from exporter.filing import Filing
from exporter.findings import Finding, Location, Severity, has_errors
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.items.values.languages import DecimalMark as DecimalMark
from exporter.items.values.languages import find_language
from exporter.model.report import Report
from exporter.operations.check_profile import check_tagging_version
from exporter.operations.export_files import at_public_schema, write_filing_package
from exporter.operations.read import read_report
from exporter.resources.files import atomic_write
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.publishing import write_together
from exporter.resources.stages import stage
from exporter.resources.streams import is_stream, readable
from exporter.resources.xml import parse_xml
from exporter.sources import read_source
from exporter.tagging.audit.audit import Audit, audit
from exporter.tagging.audit.page import review_page
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.search.anchors import NO_ANCHORS, Anchors, read_anchors
from exporter.tagging.search.expected import ExpectedFact, derive_expected
from exporter.tagging.search.matches import STANDARD_REGISTRY
from exporter.tagging.search.search import Placements, find_placements
from exporter.tagging.write.read_back import check_styles
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document

OnStep = Callable[[str, int, int], None]


@frozen(kw_only=True)
class TaggingFiles:
    """What to write beside the tagged document: the audit as JSON, as a page, and a report package."""

    audit: Path | None = None
    review: Path | None = None
    package: Path | None = None


@frozen(kw_only=True, eq=False)
class Tagging:
    """What a job did. ``files`` are those written; not the document where ``findings`` kept it from being tagged.

    ``names`` are the titles of all facts by their ids; ``facts`` is how many are tagged at the ``placements``,
    ``hidden`` how many stand in the header only.
    """

    document: DocumentText
    placements: tuple[Placement, ...]
    facts: int
    hidden: int
    files: tuple[Path, ...]
    audit: Audit
    findings: tuple[Finding, ...]
    names: Mapping[str, str]


def _silent(step: str, done: int, steps: int) -> None:
    return None


@stage("tag")
def tag_filing(
    source: Path,
    filing: Filing,
    output: Path,
    *,
    anchors: Anchors | Path | None = None,
    files: TaggingFiles = TaggingFiles(),
    hide_missing: bool = False,
    strict: bool = False,
    decimal_mark: DecimalMark | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_step: OnStep = _silent,
) -> Tagging:
    """Tag what a document states of a filing's items, and report what it does not state.

    The tagged document, the extension taxonomy that it refers to, beside it, and all other files appear together, or
    none, after the document has been read back. Where the document is not tagged, the audit is written alone.

    Args:
        source: the document, XHTML or HTML.
        filing: the items.
        output: the tagged document to write.
        anchors: places that a person has named, or the YAML file with them.
        files: what else to write.
        hide_missing: whether facts that the document does not state, or only in words that no transformation reads, go
            to ``ix:hidden``.
        strict: write no document where there are warnings.
        decimal_mark: what stands before the decimals in the document's figures: a point, or a comma; by default what
            the filing's language has.
        limits: what to accept.
        on_step: is called with the name of each step, how many are done and how many there are.

    Raises:
        ReadError: the document cannot be read.
        WriteError: the items contradict each other, or the document cannot be tagged; the findings say where.
        OSError: a file cannot be written.
    """
    steps = _Steps(on_step, 6 + (files.package is not None))
    if isinstance(anchors, Path):
        anchors = read_anchors(read_source(anchors, limits, is_yaml=True))
    named = anchors or NO_ANCHORS
    steps.next("deriving the facts")
    report = filing.to_report()
    _refuse_collisions(source, filing, output, files)
    steps.next("reading the document")
    with readable(source, limits) as path:
        document = read_document(path, str(source), limits)
    steps.next("finding the facts")
    expected = derive_expected(filing.derived, language=filing.language)
    placements = _placements(document, expected, named, filing, decimal_mark)
    steps.next("checking the coverage")
    coverage = audit(document, expected, placements, named)
    hidden = _hidden(placements) if hide_missing else ()
    job = _TaggedFiles(document, filing, report, placements, registries_of(filing)[0], hidden)
    contents = dict(_audit_files(coverage, files))
    steps.next("tagging")
    try:
        data = job.tagged(report)
    except WriteError as error:
        _write_together(contents)
        scale_findings = [finding for finding in coverage.findings if finding.code == "exporter:otherScale"]
        raise (WriteError(findings=[*error.findings, *scale_findings]) if scale_findings else error) from None
    findings = (*document.findings, *coverage.findings, *_tagged_findings(document, data, source, filing, limits))
    if strict and _has_warnings(findings):
        _write_together(contents)
    else:
        contents = _write_tagged(job, data, output, files.package, contents, steps)
        if is_stream(output):
            findings = (*findings, _without_taxonomy(filing, output))
    return Tagging(
        document=document,
        placements=placements.placements,
        facts=len({placement.fact for placement in placements.placements}),
        hidden=len(job.hidden),
        files=tuple(contents),
        audit=coverage,
        findings=findings,
        names={fact.id: fact.title for fact in expected},
    )


def _placements(
    document: DocumentText,
    expected: Sequence[ExpectedFact],
    named: Anchors,
    filing: Filing,
    decimal_mark: DecimalMark | None,
) -> Placements:
    """Where the document states the facts, read with the decimal mark given or that of the filing's language."""
    words = find_language(filing.language)
    mark = decimal_mark or (words.decimal if words is not None else ".")
    registries = registries_of(filing)
    return find_placements(
        document, expected, named, registries=registries, decimal_mark=mark, language=filing.language
    )


def _tagged_findings(
    document: DocumentText, data: bytes, source: Path, filing: Filing, limits: Limits
) -> Iterator[Finding]:
    """What the tagged document shows: its styles, what Inline XBRL's XHTML does not know, the version of its tags."""
    yield from check_styles(document, data)
    yield from _beyond_xhtml(data, source, limits)
    yield from check_tagging_version(filing)


def _write_tagged(
    job: _TaggedFiles, data: bytes, output: Path, package: Path | None, others: Mapping[Path, bytes], steps: _Steps
) -> dict[Path, bytes]:
    """Write the tagged document, its taxonomy, the package and the other files; return all by their paths."""
    steps.next("reading back")
    taxonomy: dict[Path, bytes] = {}
    if is_stream(output):
        _prove(data, job.filing)
    else:
        taxonomy = {output.parent / name: content for name, content in job.filing.taxonomy_files.items()}
    contents = {output: data, **taxonomy, **others}
    if package is not None:
        steps.next("packing")
        contents[_followed(package)] = job.package()
    _write_together(contents, None if is_stream(output) else output)
    return contents


def strip_document(source: Path, output: Path, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Write a tagged document without its tags.

    Raises:
        ReadError: it is no well-formed XHTML.
        OSError: a file cannot be read or written.
    """
    with readable(source, limits) as path, path.open("rb") as stream:
        data = stream.read(limits.file_size + 1)
    _write(output, strip_tags(data, str(source), limits))


def registries_of(filing: Filing) -> tuple[str, ...]:
    """The transformation registries that the filing's profile allows, the one to prefer first.

    Without any in the profile the standard's own: EDGAR's, which reads counts in words, is for EDGAR only.
    """
    return tuple(registry.namespace for registry in filing.rules.document.registries) or (STANDARD_REGISTRY,)


def _beyond_xhtml(data: bytes, source: Path, limits: Limits) -> Iterator[Finding]:
    """What stands in the document and Inline XBRL's XHTML 1.1 does not know: it is tagged all the same."""
    root = parse_xml(data, limits, str(source)).getroot()
    for finding in check_xhtml([InlineDocument(str(source), root)]):
        place = evolve(finding.location, line=None)  # tags have moved the lines
        yield evolve(finding, severity=Severity.WARNING, location=place)


def _write(path: Path, data: bytes) -> None:
    with atomic_write(path) as stream:
        stream.write(data)


@define(eq=False)
class _Steps:
    """Counts the steps of a job."""

    _on_step: OnStep
    _count: int
    _done: int = field(default=0, init=False)

    def next(self, name: str) -> None:
        self._on_step(name, self._done, self._count)
        self._done += 1


def _has_warnings(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is not Severity.INFO for finding in findings) or has_errors(findings)


def _hidden(placements: Placements) -> tuple[str, ...]:
    worded = (placement.expected.id for placement in placements.worded)
    return (*worded, *(placement.expected.id for placement in placements.missing))


def _refuse_collisions(source: Path, filing: Filing, output: Path, files: TaggingFiles) -> None:
    """The document is not overwritten, nor is a file of the taxonomy taken for it."""
    taxonomy = {os.path.realpath(output.parent / name) for name in filing.taxonomy_files}
    for path in filter(None, (output, files.audit, files.review, files.package)):
        if path is output and output.exists() and source.exists() and output.samefile(source):
            message = "the tagged document would take the place of the document itself"
        elif os.path.realpath(path) in taxonomy:
            message = f"{path.name} is a file of the extension taxonomy, which is written beside the document"
        else:
            continue
        place = Location(file=str(path))
        finding = Finding(code="exporter:unwritableFile", message=message, location=place, fix="give another name")
        raise WriteError(findings=[finding])


def _audit_files(coverage: Audit, files: TaggingFiles) -> Iterator[tuple[Path, bytes]]:
    if files.audit is not None:
        text = json.dumps(coverage.as_dict(), ensure_ascii=False, indent=2)
        yield _followed(files.audit), f"{text}\n".encode()
    if files.review is not None:
        yield _followed(files.review), review_page(coverage).encode("utf-8", "backslashreplace")


def _followed(path: Path) -> Path:
    return path.resolve() if path.is_symlink() else path


def _write_together(contents: Mapping[Path, bytes], document: Path | None = None) -> None:
    """Write files, all or none; the tagged document among them is read before."""

    def check(places: Mapping[Path, Path]) -> None:
        if document is not None:
            read_report(places[document], format="inline-xbrl")

    write_together(contents, check)


def _prove(data: bytes, filing: Filing) -> None:
    """Read a tagged document that goes into a pipe, where its taxonomy cannot follow."""
    with tempfile.TemporaryDirectory(prefix="exporter-tagged-") as folder:
        for name, content in {**filing.taxonomy_files, "tagged.xhtml": data}.items():
            Path(folder, name).write_bytes(content)
        read_report(Path(folder, "tagged.xhtml"), format="inline-xbrl")


def _without_taxonomy(filing: Filing, output: Path) -> Finding:
    return Finding(
        code="exporter:taxonomyNotWritten",
        message=f"the document refers to {filing.schema_name}, which cannot stand beside a pipe or device",
        severity=Severity.WARNING,
        location=Location(file=str(output)),
        fix="name a file to get the taxonomy beside it, or use `exporter export`",
    )


def _no_value_finding(document: DocumentText) -> Finding:
    return Finding(
        code="exporter:nothingTagged",
        message="the document states none of the items' facts, so there is nothing to tag",
        location=Location(file=document.name),
        fix="give the document that belongs to the items, or name places in the anchors file",
    )


@define(eq=False)
class _TaggedFiles:
    """Tags a document, for itself and for a package."""

    document: DocumentText
    filing: Filing
    report: Report
    placements: Placements
    registry: str
    hidden: tuple[str, ...]

    def package(self) -> bytes:
        """The tagged document and the taxonomy as a report package."""
        taxonomy = self.filing.taxonomy_files
        page = self.tagged(at_public_schema(self.filing, self.report))
        stream = io.BytesIO()
        write_filing_package(self.filing, taxonomy, page, stream)
        return stream.getvalue()

    def tagged(self, report: Report) -> bytes:
        """The document with tags for the facts of the report, or of one that refers to its schema elsewhere."""
        if not self.placements.placements and not self.hidden:
            raise WriteError(findings=[_no_value_finding(self.document)])
        return tag_document(
            self.document,
            report,
            self.placements.placements,
            registry=self.registry,
            hidden=self.hidden,
        )
