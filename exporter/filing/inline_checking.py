"""Validating Inline XBRL: the documents themselves, then each target as the instance that it stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import count

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.filing.report_files import ReportFile
from exporter.filing.taxonomy_loader import TaxonomyLoader
from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl.document_set import Node, place_of
from exporter.formats.inline_xbrl.inline_set import InlineSet, load_set
from exporter.formats.inline_xbrl.target_instance import TargetReading, read_target
from exporter.formats.inline_xbrl.xhtml_rules import check_xhtml
from exporter.formats.options import ReadOptions
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.namespaces import LINK
from exporter.resources.limits import Limits
from exporter.taxonomy.cache import TaxonomyCache

Rules = Callable[[Report, TaxonomyLoader, InlineSet], Iterator[Finding]]


@frozen(eq=False)
class _Judged:
    """A target that has been read, with its taxonomy."""

    reading: TargetReading
    loader: TaxonomyLoader


def check_inline(
    file: ReportFile, *, rules: Rules, strict: bool, limits: Limits, cache: TaxonomyCache | None = None
) -> Iterator[Finding]:
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
    loaders = [TaxonomyLoader(file.base, file.resolver, strict=strict, cache=cache) for _ in inline.targets]
    judged = [_judge(inline, number, file, loader, limits=limits) for number, loader in enumerate(loaders)]
    yield from inline.findings
    yield from check_xhtml(inline.found.documents)
    for each in judged:
        yield from each.loader.findings
        found = [*map(_valid_if_unmapped, each.reading.findings)]
        found += _rule_findings(each, inline, rules)
        found += _misused_roles(each, inline)
        yield from found
        said = {finding.location for finding in (*inline.findings, *found) if finding.is_error}
        yield from (one for one in _schema_faults(each, file, limits) if one.location not in said)


def _judge(inline: InlineSet, number: int, file: ReportFile, loader: TaxonomyLoader, *, limits: Limits) -> _Judged:
    options = ReadOptions(
        name=file.name, limits=limits, load_vocabulary=loader.load, warn=lambda finding: loader.findings.append(finding)
    )
    return _Judged(read_target(inline, inline.targets[number], options), loader)


def _valid_if_unmapped(finding: Finding) -> Finding:
    return evolve(finding, severity=Severity.WARNING) if finding.code.startswith("xbrlxe:") else finding


def _rule_findings(judged: _Judged, inline: InlineSet, rules: Rules) -> Iterator[Finding]:
    """What the rules find, each with the place of its fact in the documents."""
    reading = judged.reading
    spoken = {finding.location for finding in reading.findings if finding.is_error}
    report, nodes = _identified(reading)
    for finding in rules(report, judged.loader, inline):
        node = nodes.get(finding.location.fact or "")
        if node is not None:
            finding = evolve(finding, location=place_of(node))
        if finding.code != "exporter:xmlSchema" or finding.location not in spoken:
            yield _valid_if_unmapped(finding)


def _identified(reading: TargetReading) -> tuple[Report, dict[str, Node]]:
    """The report with an id for every fact, and the element of each."""
    taken = {fact.id for fact in reading.report.facts}
    free = (id_ for number in count(1) if (id_ := f"fact{number}") not in taken)
    facts = [fact if fact.id is not None else evolve(fact, id=next(free)) for fact in reading.report.facts]
    nodes = {fact.id: node for fact, node in zip(facts, reading.nodes, strict=True) if fact.id is not None}
    return evolve(reading.report, facts=facts), nodes


def _misused_roles(judged: _Judged, inline: InlineSet) -> Iterator[Finding]:
    """Roles and arcroles of footnote links that the taxonomy declares for other uses (XBRL 2.1 section 5.1)."""
    taxonomy = judged.loader.taxonomy
    if taxonomy is None:
        return
    arcroles = {arcrole.uri: arcrole.used_on for arcrole in taxonomy.arcroles}
    roles = {role.uri: role.used_on for role in taxonomy.roles}
    groups = {link.group: None for link in judged.reading.report.links}
    types = {link.type: None for link in judged.reading.report.links}
    places = {each.role: each.node for each in inline.relationships} | {
        each.arcrole: each.node for each in inline.relationships
    }
    for uris, declared, element, code in (
        (groups, roles, "footnoteLink", "xbrl.5.1.3.4:custRoleUsedOn"),
        (types, arcroles, "footnoteArc", "xbrl.5.1.4.5:custArcroleUsedOn"),
    ):
        for uri in uris:
            if uri in declared and QName(LINK, element) not in declared[uri]:
                message = f"the taxonomy does not declare {uri} for link:{element}"
                yield Finding(
                    code=code, message=message, location=place_of(places[uri]), mend="use another, or declare it"
                )


def _schema_faults(judged: _Judged, file: ReportFile, limits: Limits) -> Iterator[Finding]:
    """What XML Schema finds in the instance that a target stands for."""
    from exporter.validation.xml_schema import check_xml_schema

    loader, reading = judged.loader, judged.reading
    if not loader.schemas or not loader.complete or not reading.target.references:
        return
    instance, starts = reading.instance()
    found = list(check_xml_schema(instance, loader.schemas, name=file.name, resolver=file.resolver, limits=limits))
    if any(finding.code == "exporter:schemaNotFound" for finding in found):
        return
    lines = [line for line, _ in starts]
    for finding in found:
        if finding.code == "exporter:xmlSchema":
            number = bisect_right(lines, finding.location.line or 0) - 1
            place = place_of(starts[number][1]) if number >= 0 else Location(file=file.name)
            yield evolve(finding, location=place)
        else:  # a fault of a schema, not of the document
            yield finding
