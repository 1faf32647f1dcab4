"""What a caller gives a reader or a writer beside the report, and the two attitudes of readers.

A reader refuses a document with all its findings, or reads what is certain and reports the rest. It gathers the same
findings in either attitude; only here it is decided what they lead to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary
from exporter.resources.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from exporter.formats.inline_xbrl.tags import InlineVersion
    from exporter.formats.inline_xbrl.write.blocks import Page
    from exporter.model.report import FootnoteResource, Link
    from exporter.resources.xml import XmlSource

VocabularyLoader = Callable[[tuple[str, ...]], Vocabulary]


@frozen
class InlineFile:
    """A file of an Inline XBRL Document Set: the name that findings show, and where its bytes are."""

    name: str
    source: XmlSource


def _know_nothing(hrefs: tuple[str, ...]) -> Vocabulary:
    return Vocabulary()


def _ignore(finding: Finding) -> None:
    return None


@frozen(kw_only=True)
class ReadOptions:
    """Options common to all readers.

    ``load_vocabulary`` is called once, with the schema references of the report as they stand in it, before the first
    fact is made; it returns what the taxonomy says of data types, typed domains and roles (an empty `Vocabulary` where
    nothing is known: types are then inferred). ``warn`` takes findings that do not stop the reading; errors are
    gathered and raised together in one `exporter.errors.ReadError`. With ``partial``, facts whose meaning is in doubt
    and what the model cannot hold are left out instead, and all findings, errors too, go to ``warn``. ``name`` is the
    file name used in locations.
    """

    name: str | None = None
    limits: Limits = DEFAULT_LIMITS
    load_vocabulary: VocabularyLoader = _know_nothing
    warn: Callable[[Finding], None] = _ignore
    partial: bool = False


DEFAULT_OPTIONS = ReadOptions()


@frozen(kw_only=True)
class WriteContext:
    """What a writer may need beside the report; each takes what its syntax has a use for and ignores the rest.

    ``facts`` take the place of the report's own, perhaps from an iterator that gives them but once. ``name_context``
    gives a context its id in XML, which is nobody else's; ``c1``, ``c2`` … by default and where it gives none.
    ``page`` composes the page that Inline XBRL shows a report as, in which every fact has an id; ``untagged`` has facts
    and footnotes that the page shows in the same way and that are none of the report; ``theme`` is a folder
    with templates and a style sheet in place of those of the package, ``theme_variant`` which of the package's
    (``edgar``), ``hidden_style`` the CSS property that links words on the page to a hidden fact (that of the SEC by
    default), ``inline_version`` the version of Inline XBRL. ``cover_file`` is the document beside it that has the
    cover, with what facts refer to and what is hidden; both are one document set.
    """

    facts: Iterable[Fact] | None = None
    name_context: Callable[[Context], str | None] | None = None
    page: Callable[[Report], Page] | None = None
    untagged: Report | None = None
    theme: Path | None = None
    theme_variant: str = ""
    hidden_style: str | None = None
    inline_version: InlineVersion = "1.1"
    cover_file: str | None = None

    def facts_of(self, report: Report) -> Iterable[Fact]:
        """The facts to write."""
        return report.facts if self.facts is None else self.facts


DEFAULT_CONTEXT = WriteContext()


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
