"""Validating Inline XBRL: the documents themselves, then each target as the instance that it stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.filing.report_files import ReportFile
from exporter.filing.taxonomy_loader import TaxonomyLoader
from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl.document_set import place_of
from exporter.formats.inline_xbrl.inline_set import InlineSet, load_set
from exporter.formats.inline_xbrl.target_instance import TargetReading, read_target
from exporter.formats.inline_xbrl.xhtml_rules import check_xhtml
from exporter.formats.options import ReadOptions
from exporter.model.report import Report
from exporter.resources.limits import Limits

Rules = Callable[[Report, TaxonomyLoader], Iterator[Finding]]


@frozen(eq=False)
class _Judged:
    """A target that has been read, with its taxonomy."""

    reading: TargetReading
    loader: TaxonomyLoader


def check_inline(file: ReportFile, *, rules: Rules, strict: bool, limits: Limits) -> Iterator[Finding]:
    """All that is wrong with a document set.

    The rules of Inline XBRL and of XHTML hold for the documents, those of XBRL 2.1, of the taxonomy's schemas and
    ``rules`` for each of its targets. What only the mapping to the Open Information Model forbids is a warning:
    the document is valid, but cannot be read as a report.
    """
    try:
        inline = load_set(file.documents, limits)
    except ReadError as error:
        yield from error.findings
        return
    judged = [_judge(inline, number, file, strict=strict, limits=limits) for number in range(len(inline.targets))]
    yield from inline.findings
    yield from check_xhtml(inline.found.documents)
    for each in judged:
        yield from each.loader.findings
        yield from map(_valid_if_unmapped, each.reading.findings)
        yield from _judged_by_rules(each, rules)
        yield from _schema_faults(each, file, inline, limits)


def _judge(inline: InlineSet, number: int, file: ReportFile, *, strict: bool, limits: Limits) -> _Judged:
    loader = TaxonomyLoader(file.base, file.resolver, strict=strict)
    options = ReadOptions(
        name=file.name, limits=limits, load_vocabulary=loader.load, warn=lambda finding: loader.findings.append(finding)
    )
    return _Judged(read_target(inline, inline.targets[number], options), loader)


def _valid_if_unmapped(finding: Finding) -> Finding:
    return evolve(finding, severity=Severity.WARNING) if finding.code.startswith("xbrlxe:") else finding


def _judged_by_rules(judged: _Judged, rules: Rules) -> Iterator[Finding]:
    places: dict[str, Location] = {}
    for finding in rules(judged.reading.report, judged.loader):
        if not places:
            places = {node.id: place_of(node) for node in judged.reading.target.facts if node.id is not None}
        place = places.get(finding.location.fact or "")
        found = finding if place is None else finding.at(file=place.file, line=place.line)
        yield _valid_if_unmapped(found)


def _schema_faults(judged: _Judged, file: ReportFile, inline: InlineSet, limits: Limits) -> Iterator[Finding]:
    """What XML Schema finds in the instance that a target stands for, where nothing has been said of the same place."""
    from exporter.validation.xml_schema import check_xml_schema

    loader, reading = judged.loader, judged.reading
    if not loader.schemas or not loader.complete or not reading.target.references:
        return
    instance, starts = reading.instance()
    found = list(check_xml_schema(instance, loader.schemas, name=file.name, resolver=file.resolver, limits=limits))
    if any(finding.code == "exporter:schemaNotFound" for finding in found):
        return
    told = map(_valid_if_unmapped, (*inline.findings, *reading.findings))
    said = {finding.location for finding in told if finding.is_error}
    lines = [line for line, _ in starts]
    for finding in found:
        number = bisect_right(lines, finding.location.line or 0) - 1
        place = place_of(starts[number][1]) if number >= 0 else Location(file=file.name)
        if place not in said:
            yield evolve(finding, location=place)
