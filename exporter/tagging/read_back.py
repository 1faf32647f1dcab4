"""A tagged document read again: it says what was meant, and shows what it showed before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from exporter.errors import ReadError, WriteError
from exporter.findings import Finding, Location
from exporter.formats.inline_xbrl.document_set import InlineFile
from exporter.formats.inline_xbrl.inline_set import load_set
from exporter.formats.inline_xbrl.target_instance import read_target
from exporter.formats.options import ReadOptions
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.namespaces import XHTML
from exporter.resources.xml import parse_xml
from exporter.tagging.document import DocumentText
from exporter.tagging.placement import Placement
from exporter.tagging.strip import strip_tags
from exporter.tagging.weaving import place_of

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
    findings = list(_faults(document, data, report, occurrences))
    if not findings and strip_tags(data, document.name, document.limits) != document.xhtml:
        findings.append(
            Finding(
                code="exporter:readBackDiffers",
                message="the tagged document without its tags is not the document that was tagged",
                location=Location(file=document.name),
                mend="please report this with the document: it is a fault of exporter",
            )
        )
    if findings:
        raise WriteError(findings=findings)


def _faults(
    document: DocumentText, data: bytes, report: Report, occurrences: Mapping[str, Occurrence]
) -> Iterator[Finding]:
    options = ReadOptions(name=document.name, limits=document.limits, load_vocabulary=lambda hrefs: report.vocabulary)
    try:
        inline = load_set([InlineFile(document.name, data)], document.limits)
    except ReadError as error:
        yield from (_placed(document, finding, occurrences) for finding in error.findings)
        return
    reading = read_target(inline, inline.choose(), options)
    said: set[str] = set()
    for finding in (*inline.findings, *reading.findings):
        if finding.is_error:
            said.add(finding.location.fact or "")
            yield _placed(document, finding, occurrences)
    read = {fact.id: fact for fact in reading.report.facts}
    for id_, occurrence in occurrences.items():
        if id_ not in said:
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
        shown = f"{_value(read)}, the fact is {_value(meant)}"
        yield _differs(document, occurrence, f"is tagged where the document says {shown}")


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
        mend="tag the right place, or give the scale, sign or format that reads it",
    )
