"""Validate Inline XBRL: the documents, then each target as the instance that it stands for; facts for filing rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import count
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import DocumentElement, place_of
from exporter.formats.inline_xbrl.read.inline_set import InlineSet, load_set
from exporter.formats.inline_xbrl.read.report import Instance, TargetReading, read_target
from exporter.formats.inline_xbrl.read.values import is_nil
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.namespaces import LINK, XBRLDI, XHTML, XML
from exporter.operations.page_markup import add_markup
from exporter.operations.report_files import ReportFile
from exporter.operations.validate_taxonomy import TaxonomyLoader
from exporter.resources.limits import Limits
from exporter.resources.xml import iter_children
from exporter.taxonomy.cache import TaxonomyCache
from exporter.validation.filing_rules.subject import (
    ContextUse,
    DocumentFacts,
    MarkupElement,
    NamespaceBinding,
    StyleLink,
    TaggedFact,
    UnitUse,
)

Rules = Callable[[Report, TaxonomyLoader, DocumentFacts | None], Iterator[Finding]]


@frozen(eq=False)
class _Checked:
    """A target that has been read, with its taxonomy."""

    reading: TargetReading
    loader: TaxonomyLoader


def check_inline(
    file: ReportFile,
    *,
    rules: Rules,
    strict: bool,
    limits: Limits,
    cache: TaxonomyCache | None = None,
    with_document: bool = True,
) -> Iterator[Finding]:
    """The findings of a document set.

    The rules of Inline XBRL and of XHTML hold for the documents, those of XBRL 2.1, of the taxonomy's schemas and
    ``rules`` for each of its targets; they are given the facts about the document itself if ``with_document``. What
    only the mapping to the Open Information Model forbids is a warning: the document is valid, but cannot be read as a
    report. The documents' trees are let go before the rules are applied.
    """
    try:
        inline = load_set(file.documents, limits)
    except ReadError as error:
        yield from error.findings
        return
    markup_findings = list(check_xhtml(inline.document_set.documents))
    document = inline_document_facts(inline) if with_document and inline.targets else None
    loaders = [TaxonomyLoader(file.base, file.resolver, strict=strict, cache=cache) for _ in inline.targets]
    targets = [_checked(inline, number, file, loader, limits=limits) for number, loader in enumerate(loaders)]
    for target in targets:
        if target.reading.instance is not None:
            target.reading.instance.release()
    inline.release()
    yield from inline.findings
    yield from markup_findings
    while targets:
        target = targets.pop(0)
        yield from target.loader.findings
        findings = [*map(_valid_if_unmapped, target.reading.findings)]
        findings += _rule_findings(target, document, rules)
        findings += _misused_roles(target, inline)
        yield from findings
        locations = {finding.location for finding in (*inline.findings, *findings) if finding.is_error}
        instance, loader = target.reading.instance, target.loader
        has_schemas = loader.schemas and loader.complete and target.reading.target.references
        del target  # its facts, which the schemas are not asked about
        if instance is not None and has_schemas:
            schema_findings = _schema_findings(instance, loader, file, limits)
            yield from (finding for finding in schema_findings if finding.location not in locations)


def _checked(inline: InlineSet, number: int, file: ReportFile, loader: TaxonomyLoader, *, limits: Limits) -> _Checked:
    options = ReadOptions(
        name=file.name, limits=limits, load_vocabulary=loader.load, warn=lambda finding: loader.findings.append(finding)
    )
    return _Checked(read_target(inline, inline.targets[number], options, with_instance=True), loader)


def _valid_if_unmapped(finding: Finding) -> Finding:
    return evolve(finding, severity=Severity.WARNING) if finding.code.startswith("xbrlxe:") else finding


def _rule_findings(target: _Checked, document: DocumentFacts | None, rules: Rules) -> Iterator[Finding]:
    """The findings of the rules, each with the location of its fact in the documents."""
    reading = target.reading
    locations = {finding.location for finding in reading.findings if finding.is_error}
    report = _identified(reading.report)
    nodes: dict[str, DocumentElement] = {}
    for finding in rules(report, target.loader, document):
        if finding.location.fact is not None:
            nodes = nodes or {fact.id or "": node for fact, node in zip(report.facts, reading.nodes, strict=True)}
            node = nodes.get(finding.location.fact)
            finding = finding if node is None else evolve(finding, location=place_of(node))
        if finding.code != "exporter:xmlSchema" or finding.location not in locations:
            yield _valid_if_unmapped(finding)


def _identified(report: Report) -> Report:
    """The report with an id for every fact."""
    taken = {fact.id for fact in report.facts}
    if None not in taken:
        return report
    free = (id_ for number in count(1) if (id_ := f"fact{number}") not in taken)
    return evolve(report, facts=[fact if fact.id is not None else evolve(fact, id=next(free)) for fact in report.facts])


def _misused_roles(target: _Checked, inline: InlineSet) -> Iterator[Finding]:
    """Roles and arcroles of footnote links that the taxonomy declares for other uses (XBRL 2.1 section 5.1)."""
    taxonomy = target.loader.taxonomy
    if taxonomy is None:
        return
    arcroles = {arcrole.uri: arcrole.used_on for arcrole in taxonomy.arcroles}
    roles = {role.uri: role.used_on for role in taxonomy.roles}
    groups = {link.group: None for link in target.reading.report.links}
    types = {link.type: None for link in target.reading.report.links}
    places = {relationship.role: relationship.node for relationship in inline.relationships} | {
        arc.arcrole: arc.node for arc in inline.relationships
    }
    for uris, declared, element, code in (
        (groups, roles, "footnoteLink", "xbrl.5.1.3.4:custRoleUsedOn"),
        (types, arcroles, "footnoteArc", "xbrl.5.1.4.5:custArcroleUsedOn"),
    ):
        for uri in uris:
            if uri in declared and QName(LINK, element) not in declared[uri]:
                message = f"the taxonomy does not declare {uri} for link:{element}"
                yield Finding(
                    code=code, message=message, location=place_of(places[uri]), fix="use another, or declare it"
                )


def _schema_findings(instance: Instance, loader: TaxonomyLoader, file: ReportFile, limits: Limits) -> Iterator[Finding]:
    """What XML Schema finds in the instance that a target stands for."""
    from exporter.validation.xml_schema import check_xml_schema

    findings = list(
        check_xml_schema(instance.close(), loader.schemas, name=file.name, resolver=file.resolver, limits=limits)
    )
    if any(finding.code == "exporter:schemaNotFound" for finding in findings):
        return
    for finding in findings:
        if finding.code == "exporter:xmlSchema":
            node = instance.node_at(finding.location.line or 0)
            yield evolve(finding, location=Location(file=file.name) if node is None else place_of(node))
        else:  # a finding about a schema, not about the document
            yield finding


_STYLE_LINK: Final = re.compile(r"(-[A-Za-z]+-ix-hidden)\s*:\s*([^;\s]+)")
_MEMBERS: Final = frozenset({f"{{{XBRLDI}}}explicitMember", f"{{{XBRLDI}}}typedMember"})
_TRUE: Final = ("true", "1")


def inline_document_facts(inline: InlineSet) -> DocumentFacts:
    """The facts about an Inline XBRL document set."""
    document_set = inline.document_set
    used = {node.get(key, "").strip() for node in document_set.facts for key in ("contextRef", "unitRef")}
    facts = DocumentFacts(
        name=document_set.documents[0].name,
        is_inline=True,
        bindings=tuple(
            NamespaceBinding(prefix=prefix or "", namespace=uri, location=Location(file=document.name))
            for document in document_set.documents
            for prefix, uri in document.root.nsmap.items()
        ),
        facts=tuple(fact for node in document_set.facts if (fact := _tagged(node)) is not None),
        contexts=tuple(_context(node.element, place_of(node), used) for node in document_set.contexts),
        units=tuple(_unit(node.element, place_of(node), used) for node in document_set.units),
        links=tuple(_style_links(inline)),
        bases=tuple(_bases(inline)),
        precisions=tuple(place_of(node) for node in document_set.facts if node.get("precision") is not None),
        elements=tuple(_elements(inline)),
        unlinked_notes=tuple(_unlinked_notes(inline)),
        not_ascii=any(document.not_ascii for document in document_set.documents),
    )
    return add_markup(facts, inline)


def _elements(inline: InlineSet) -> Iterator[MarkupElement]:
    """Each element of XHTML, and each attribute of it, where it first stands in a document."""
    for document in inline.document_set.documents:
        seen: set[tuple[str, str | None]] = set()
        for element in document.root.iter(f"{{{XHTML}}}*"):
            name = _local(element.tag)
            for attribute in (None, *map(str, element.attrib)):
                if (name, attribute) not in seen:
                    seen.add((name, attribute))
                    place = Location(file=document.name, line=_line(element))
                    yield MarkupElement(name=name, location=place, attribute=attribute)


def _unlinked_notes(inline: InlineSet) -> Iterator[Location]:
    """Footnotes that no relationship leads to."""
    linked = {id(target.element) for relationship in inline.relationships for target in relationship.targets}
    for note in inline.document_set.footnotes:
        if id(note.element) not in linked:
            yield place_of(note)


def refused_document_facts(name: str, findings: Iterable[Finding], *, is_inline: bool) -> DocumentFacts | None:
    """What is known of a document that was not read for its document type declaration."""
    places = tuple(finding.location for finding in findings if finding.code == "exporter:doctypeRefused")
    return DocumentFacts(name=name, is_inline=is_inline, doctypes=places) if places else None


def xml_document_facts(file: ReportFile, limits: Limits) -> DocumentFacts | None:
    """The facts about an instance in XBRL 2.1; ``None`` where it cannot be read."""
    contexts: list[tuple[Any, Location]] = []
    units: list[tuple[Any, Location]] = []
    used: set[str] = set()
    precisions: list[Location] = []
    try:
        children = iter_children(file.content, limits, file.name)
        next(children)
        for child in children:
            place = Location(file=file.name, line=_line(child))
            if child.tag == xbrl.CONTEXT:
                contexts.append((_frozen(child), place))
            elif child.tag == xbrl.UNIT:
                units.append((_frozen(child), place))
            else:
                used |= {value for key in ("contextRef", "unitRef") if (value := child.get(key))}
                if child.get("precision") is not None:
                    precisions.append(Location(file=file.name, line=place.line, fact=child.get("id")))
    except (ReadError, StopIteration):
        return None
    return DocumentFacts(
        name=file.name,
        contexts=tuple(_context(element, place, used) for element, place in contexts),
        units=tuple(_unit(element, place, used) for element, place in units),
        precisions=tuple(precisions),
    )


class _Element:
    """A copy of an element that outlives the parser's own."""

    __slots__ = ("attrib", "children", "tag", "text")

    def __init__(self, element: Any) -> None:
        self.tag = str(element.tag)
        self.text = element.text
        self.attrib = dict(element.attrib)
        self.children = [_Element(child) for child in element if isinstance(child.tag, str)]

    def __iter__(self) -> Iterator[_Element]:
        return iter(self.children)

    def get(self, key: str) -> str | None:
        return self.attrib.get(key)


def _line(element: Any) -> int | None:
    return element.sourceline or None


def _frozen(element: Any) -> _Element:
    return _Element(element)


def _tagged(node: DocumentElement) -> TaggedFact | None:
    concept = node.resolve("name")
    if concept is None:
        return None
    is_hidden = next(node.element.iterancestors(tags.HIDDEN), None) is not None
    return TaggedFact(
        concept=concept,
        element=node.name.removeprefix("ix:"),
        location=place_of(node),
        id=node.id.strip() if node.id is not None else None,
        context=(node.get("contextRef") or "").strip(),
        hidden=is_hidden,
        nil=is_nil(node),
        format=node.resolve("format") if node.get("format") is not None else None,
        escape=(node.get("escape") or "").strip() in _TRUE,
        negative=node.get("sign") == "-",
        before=_before(node.element),
        target=node.get("target"),
        has_markup=next(node.element.iter(f"{{{XHTML}}}*"), None) is not None,
    )


def _before(element: Any) -> str:
    """The last sign in front of an element that is no white space."""
    for _ in range(_FARTHEST):
        if element is None:
            break
        previous = element.getprevious()
        text = previous.tail if previous is not None else getattr(element.getparent(), "text", None)
        if text and text.strip():
            return str(text.strip()[-1])
        if previous is not None:
            inner = "".join(previous.itertext()).strip()
            if inner:
                return str(inner[-1])
            element = previous
            continue
        parent = element.getparent()
        if parent is None or parent.tag in _BLOCKS:
            return ""
        element = parent
    return ""


_FARTHEST: Final = 64  # elements between a sign and its number
_BLOCKS: Final = frozenset(f"{{{XHTML}}}{name}" for name in ("td", "th", "p", "div", "li", "body", "tr", "table"))


def _context(element: Any, place: Location, used: set[str]) -> ContextUse:
    containers = [
        child for part in (element, *element) for child in part if _local(child.tag) in ("segment", "scenario")
    ]
    names = {_local(child.tag) for child in containers}
    return ContextUse(
        id=(element.get("id") or "").strip(),
        location=place,
        content=repr(_content(element)),
        segment="segment" in names,
        scenario="scenario" in names,
        other_content=any(str(member.tag) not in _MEMBERS for holder in containers for member in holder),
        used=(element.get("id") or "").strip() in used,
        identifier=next((_text(part) for part in _below(element, "identifier")), ""),
        members=tuple(
            _text(member).rpartition(":")[2]
            for holder in containers
            for member in holder
            if _local(member.tag) == "explicitMember"
        ),
        **_dates(element),
    )


def _below(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names below another, two levels down: where contexts have what they say."""
    for child in element:
        for part in child if isinstance(child.tag, str) else ():
            if _local(part.tag) in names:
                yield part


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _dates(element: Any) -> dict[str, Any]:
    """What a context says of its period: the dates as written, and what they are."""
    written = {_local(part.tag): _text(part) for part in _below(element, "startDate", "endDate", "instant")}
    days = {name: _day(text) for name, text in written.items()}
    return {
        "dates": tuple(written.values()),
        "start": days.get("startDate"),
        "end": days.get("endDate") or days.get("instant"),
        "instant": "instant" in written,
    }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _unit(element: Any, place: Location, used: set[str]) -> UnitUse:
    identifier = (element.get("id") or "").strip()
    return UnitUse(id=identifier, location=place, content=repr(_content(element)), used=identifier in used)


def _content(element: Any) -> Hashable:
    """What an element says: order counts nowhere in contexts and units, and neither do ids."""
    attributes = tuple(sorted((str(key), value.strip()) for key, value in element.attrib.items() if key != "id"))
    children = sorted((_content(child) for child in element if isinstance(child.tag, str)), key=repr)
    return (str(element.tag), (element.text or "").strip(), attributes, tuple(children))


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _style_links(inline: InlineSet) -> Iterator[StyleLink]:
    for document in inline.document_set.documents:
        for element in document.root.iterfind(".//*[@style]"):
            for match in _STYLE_LINK.finditer(element.get("style") or ""):
                place = Location(file=document.name, line=_line(element))
                yield StyleLink(property=match[1], id=match[2], location=place)


def _bases(inline: InlineSet) -> Iterator[Location]:
    for document in inline.document_set.documents:
        for element in (*document.root.iter(tags.BASE), *document.root.iterfind(f".//*[@{{{XML}}}base]")):
            yield Location(file=document.name, line=_line(element))
