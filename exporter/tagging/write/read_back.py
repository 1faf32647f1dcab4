"""A tagged document read again: it says what was meant, and shows what it showed before.

Style rules that look at which element is whose child: tags come between, so these may find other elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from attrs import evolve, frozen
from lxml import etree

from exporter.errors import ReadError, WriteError
from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl import tags as ix
from exporter.formats.inline_xbrl.read.inline_set import load_set
from exporter.formats.inline_xbrl.read.report import read_target
from exporter.formats.options import InlineFile, ReadOptions
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.namespaces import XHTML
from exporter.resources.xml import parse_xml
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.layout import rules_of
from exporter.tagging.document.source import Placement
from exporter.tagging.write.nesting import place_of
from exporter.tagging.write.strip import strip_tags

_SHOWN: Final = 80


@frozen(eq=False)
class Occurrence:
    """A fact as it was meant, and where it was tagged."""

    fact: Fact
    placement: Placement


def check_tagged(document: DocumentText, data: bytes, report: Report, occurrences: Mapping[str, Occurrence]) -> None:
    """Read a tagged document back and compare it with what was meant.

    Args:
        occurrences: the facts to be found, by the ids of their elements.

    Raises:
        WriteError: a fact reads differently or not at all, or the document without its tags is not the one before.
    """
    findings = list(_findings(document, data, report, occurrences))
    if not findings and strip_tags(data, document.name, document.limits) != document.xhtml:
        findings.append(
            Finding(
                code="exporter:readBackDiffers",
                message="the tagged document without its tags is not the document that was tagged",
                location=Location(file=document.name),
                fix="please report this with the document: it is a fault of exporter",
            )
        )
    if findings:
        raise WriteError(findings=findings)


def _findings(
    document: DocumentText, data: bytes, report: Report, occurrences: Mapping[str, Occurrence]
) -> Iterator[Finding]:
    options = ReadOptions(name=document.name, limits=document.limits, load_vocabulary=lambda hrefs: report.vocabulary)
    try:
        inline = load_set([InlineFile(document.name, data)], document.limits)
    except ReadError as error:
        yield from (_placed(document, finding, occurrences) for finding in error.findings)
        return
    reading = read_target(inline, inline.choose(), options)
    reported: set[str] = set()
    for finding in (*inline.findings, *reading.findings):
        if finding.is_error:
            reported.add(finding.location.fact or "")
            yield _placed(document, finding, occurrences)
    read = {fact.id: fact for fact in reading.report.facts}
    for id_, occurrence in occurrences.items():
        if id_ not in reported:
            yield from _compared(document, occurrence, read.get(id_))


def _placed(document: DocumentText, finding: Finding, occurrences: Mapping[str, Occurrence]) -> Finding:
    """The finding about the tagged document with its place in the one before."""
    occurrence = occurrences.get(finding.location.fact or "")
    if occurrence is None:
        return evolve(finding, location=Location(file=document.name, fact=finding.location.fact))
    return evolve(finding, location=place_of(document, occurrence.placement))


def _compared(document: DocumentText, occurrence: Occurrence, read: Fact | None) -> Iterator[Finding]:
    meant = occurrence.fact
    if read is None:
        yield _differs(document, occurrence, "cannot be read back")
    elif read.aspects != meant.aspects:
        yield _differs(document, occurrence, "reads back with another concept, context, unit or language")
    elif read != meant and not _says_the_same(meant, read, as_markup=occurrence.placement.escape):
        difference = f"{_value(read)}, the fact is {_value(meant)}"
        yield _differs(document, occurrence, f"is tagged where the document says {difference}")


def _says_the_same(meant: Fact, read: Fact, *, as_markup: bool) -> bool:
    """Whether texts differ in white space alone, text blocks in their markup alone: the document's own is kept."""
    if meant.value is None or read.value is None or meant.looks_numeric:
        return False
    if as_markup:
        return _characters(meant.value) == _characters(read.value)
    return meant.value.split() == read.value.split()


def _characters(fragment: str) -> str:
    """The text of a fragment of XHTML without its white space, which markup stands for as often as not."""
    try:
        root = parse_xml(f'<div xmlns="{XHTML}">{fragment}</div>'.encode("utf-8", "replace")).getroot()
    except ReadError:  # no markup but text
        return "".join(fragment.split())
    return "".join("".join(map(str, root.itertext())).split())


def _value(fact: Fact) -> str:
    if fact.value is None:
        return "nil"
    value = " ".join(fact.value.split())
    accuracy = "" if fact.decimals is None else f" (decimals {fact.decimals})"
    return f"{value[:_SHOWN]}…" if len(value) > _SHOWN else f"{value!r}{accuracy}"


def _differs(document: DocumentText, occurrence: Occurrence, what: str) -> Finding:
    name = occurrence.fact.concept.local_name
    return Finding(
        code="exporter:taggedValueDiffers",
        message=f"the fact {occurrence.placement.fact!r} ({name}) {what}",
        location=place_of(document, occurrence.placement),
        fix="tag the right place, or give the scale, sign or format that reads it",
    )


_STRUCTURAL: Final = re.compile(r"[>+~]|:(?:first|last|nth|only|empty)")
_MOST: Final = 200  # selectors that are tried


def check_styles(document: DocumentText, data: bytes) -> Iterator[Finding]:
    """A warning for each selector of the document's style sheets that finds other elements in the tagged document."""
    all_selectors = (
        text for sheet in document.page.sheets for selectors, _ in rules_of(sheet) for text in selectors.split(",")
    )
    structural = dict.fromkeys(text.strip() for text in all_selectors if _STRUCTURAL.search(text))
    if not structural:
        return
    before = _ComparedPage(document.xhtml, document)
    after = _ComparedPage(data, document)
    for selector in list(structural)[:_MOST]:
        if before.select(selector) != after.select(selector):
            yield Finding(
                code="exporter:styleDiffers",
                message=f"the style rule for {selector!r} finds other elements once the document is tagged",
                severity=Severity.WARNING,
                location=Location(file=document.name),
                fix="let the rule go by a class, or by descent in place of the immediate parent",
            )


class _ComparedPage:
    """A page whose elements are numbered without those of Inline XBRL, so that two can be compared."""

    def __init__(self, data: bytes, document: DocumentText) -> None:
        root = parse_xml(data, document.limits, document.name).getroot()
        header = next(root.iter(ix.HEADER), None)
        added = set() if header is None else {header, header.getparent(), *header.iterdescendants()}
        own: Iterable[etree._Element] = (
            element
            for element in root.iter(etree.Element)
            if element not in added and not str(element.tag).startswith(f"{{{ix.IX}}}")
        )
        self._numbers = {element: number for number, element in enumerate(own)}
        for element in root.iter(etree.Element):
            name = etree.QName(element)
            element.tag = name.localname if name.namespace != ix.IX else f"x-{name.localname}"
        self._root = root

    def select(self, selector: str) -> list[int] | None:
        """The numbers of the elements that a selector finds; ``None`` where it is not understood."""
        from lxml.cssselect import CSSSelector, SelectorError

        try:
            elements = cast("list[etree._Element]", CSSSelector(selector, translator="html")(self._root))
        except (SelectorError, etree.XPathError):
            return None
        return [self._numbers[element] for element in elements if element in self._numbers]
