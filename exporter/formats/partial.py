"""The two attitudes of readers: refuse a document with all its findings, or read what is certain and report the rest.

A reader gathers the same findings in either attitude; only here it is decided what they lead to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.formats.options import ReadOptions

if TYPE_CHECKING:
    from exporter.model.fact import Fact
    from exporter.model.report import FootnoteResource, Link

LEFT_OUT: Final = "exporter:factLeftOut"
"""A fact that refers to what is broken."""

PARTIAL: Final = "exporter:partialReport"
"""The count of the facts that are left out."""

_LISTED: Final = 20
_UNMAPPED: Final = "xbrlxe:"
# Those about a fact itself: without that part the fact would have another meaning.
_UNHELD: Final = frozenset(
    f"{_UNMAPPED}{name}"
    for name in (
        "nonDimensionalSegmentScenarioContent",
        "unsupportedComplexTypedDimension",
        "unsupportedFraction",
        "unsupportedTuple",
        "unsupportedZeroPrecisionFact",
    )
)
# What says nothing about any fact's meaning: names of things, and references to what types are taken from.
_MILD: Final = frozenset(
    {
        "oime:invalidTaxonomy",
        "oime:noTaxonomy",
        "xbrl.4.1:order",
        "xbrl.4.2:simpleLink",
        "xbrl.4.3:simpleLink",
        "xbrl.4.4:simpleLink",
        "xbrl.4.5:simpleLink",
        "xbrl.4.4:uriMissing",
        "xbrl.4.5:uriMissing",
        "xbrl.4.4:duplicateRef",
        "xbrl.4.5:duplicateRef",
        "xbrl.4.4:roleRefMissing",
        "xbrl.4.5:arcroleRefMissing",
    }
)
IDS: Final = frozenset({"exporter:duplicateId", "exporter:invalidId", "ixe:uniqueIxId"})
"""Errors of ids: what has such an id is read without it."""

_UNREADABLE: Final = frozenset(
    {
        "xbrl.4.1:rootElement",
        "ixe:rootElement",
        "ixe:multipleIxNamespaces",
        "exporter:malformedXml",
        "exporter:unreadableFile",
    }
)


def is_certain(code: str) -> bool:
    """Whether a finding of this code leaves the meaning of a fact as it is."""
    return (_is_mild(code) and code not in _UNHELD) or code in IDS


def _is_mild(code: str) -> bool:
    return code in _MILD or code.startswith(_UNMAPPED)


def settle(findings: Iterable[Finding], options: ReadOptions, *, left_out: int = 0, file: str | None = None) -> None:
    """End a reading: raise what was found, or report it where ``options.partial`` is set.

    A partial report's findings are warnings where nothing is in doubt (what the model cannot hold, names and
    references), at most some of each code are listed, and the number of facts that are left out comes last.

    Raises:
        ReadError: with every finding, where one is an error and the report is not to be partial, or nothing can be
            read.
    """
    findings = tuple(findings)
    refused = not options.partial or any(finding.code in _UNREADABLE for finding in findings)
    if refused and any(finding.is_error for finding in findings):
        raise ReadError(findings=findings)
    if not options.partial:
        listed: Iterable[Finding] = findings
    else:
        checked = [_checked(finding) for finding in findings]
        listed = (*_cut(checked), *_count(checked, left_out, file))
    for finding in listed:
        options.warn(finding)


def linked(
    facts: Iterable[Fact], footnotes: Iterable[FootnoteResource], links: Iterable[Link]
) -> tuple[tuple[FootnoteResource, ...], tuple[Link, ...]]:
    """The links whose ends a partial report has, and the footnotes that these lead to."""
    footnotes = tuple(footnotes)
    ends = {fact.id for fact in facts} | {note.id for note in footnotes}
    kept = tuple(link for link in links if link.source in ends and link.target in ends)
    targets = {link.target for link in kept}
    return tuple(note for note in footnotes if note.id in targets), kept


def _checked(finding: Finding) -> Finding:
    return evolve(finding, severity=Severity.WARNING) if finding.is_error and _is_mild(finding.code) else finding


def _cut(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; of each code at most some, and how many more there are."""
    counts: Counter[tuple[str, Severity]] = Counter()
    places: dict[tuple[str, Severity], str | None] = {}
    for finding in findings:
        kind = finding.code, finding.severity
        counts[kind] += 1
        places.setdefault(kind, finding.location.file)
        if counts[kind] <= _LISTED:
            yield finding
    for (code, severity), number in counts.items():
        if number > _LISTED:
            yield Finding(
                code="exporter:furtherFindings",
                message=f"{number - _LISTED:,} more findings of {code} are not listed",
                severity=Severity.INFO,
                location=Location(file=places[code, severity]),
            )


def _count(findings: Iterable[Finding], left_out: int, file: str | None) -> Iterator[Finding]:
    if not left_out:
        return
    in_doubt = any(finding.is_error for finding in findings)
    reason = "what they mean is in doubt" if in_doubt else "the Open Information Model cannot hold them"
    yield Finding(
        code=PARTIAL,
        message=f"{left_out:,} fact{'' if left_out == 1 else 's'} left out of the report: {reason}",
        severity=Severity.ERROR if in_doubt else Severity.WARNING,
        location=Location(file=file),
        fix="correct the document at the places named",
    )
