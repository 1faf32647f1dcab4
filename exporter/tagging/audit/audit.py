"""The coverage audit: is every number of the document tagged, or untagged for a reason, and is every fact found?"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.tagging.audit.numbers import RoundedNumbers, find_mismatches
from exporter.tagging.audit.scale import other_scale
from exporter.tagging.document.document import DocumentText
from exporter.tagging.search.anchors import NO_ANCHORS, Anchors
from exporter.tagging.search.apply_anchors import regions_of
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.search import Missing, Placements, Worded
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.untagged import Reason, reason_for

AUDIT_SCHEMA: Final = "exporter-tagging-audit/1"


class Status(enum.StrEnum):
    """What became of a surface."""

    TAGGED = "tagged"
    EXPLAINED = "untagged for a reason"
    UNEXPLAINED = "unexplained"


@frozen(kw_only=True)
class AuditLine:
    """One number, amount, percentage, date or count of the document: what it is tagged with, or why it is not."""

    surface: PrintedValue
    location: Location
    status: Status
    facts: tuple[str, ...] = ()
    reason: str = ""

    @property
    def text(self) -> str:
        return self.surface.text

    def as_row(self) -> tuple[str, str, str, str]:
        """Place, text as printed, status, and the facts or the reason: a row of a table."""
        place = f"{self.location.line or ''}{f':{self.location.column}' if self.location.column else ''}"
        return place, self.text, str(self.status), ", ".join(self.facts) or self.reason

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": str(self.surface.kind),
            "start": self.surface.span.start,
            "end": self.surface.span.end,
            "line": self.location.line,
            "status": self.status.name.lower(),
            "facts": list(self.facts),
            "reason": self.reason or None,
        }


@frozen(kw_only=True, eq=False)
class Audit:
    """The result: a line for each surface, the facts that were not found, and findings about what needs a person."""

    document: DocumentText
    lines: tuple[AuditLine, ...]
    missing: tuple[Missing, ...]
    worded: tuple[Worded, ...]
    findings: tuple[Finding, ...]
    tagged: int

    @property
    def unexplained(self) -> tuple[AuditLine, ...]:
        """The surfaces that are neither tagged nor explained."""
        return tuple(line for line in self.lines if line.status is Status.UNEXPLAINED)

    @property
    def is_clean(self) -> bool:
        """Whether every number is tagged or explained and nothing contradicts the items."""
        return not self.unexplained and all(finding.severity is Severity.INFO for finding in self.findings)

    def summary(self) -> dict[str, int]:
        """How many surfaces have which status, how many facts were found, worded, missing."""
        counts = Counter(line.status for line in self.lines)
        return {
            **{status.name.lower(): counts[status] for status in Status},
            "found": self.tagged,
            "worded": len(self.worded),
            "missing": len(self.missing),
        }

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Rows for a table: place, text, status, facts or reason."""
        yield from (line.as_row() for line in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """The audit as JSON (``schemas/tagging-audit.schema.json``)."""
        return {
            "schema": AUDIT_SCHEMA,
            "document": self.document.name,
            "summary": self.summary(),
            "surfaces": [line.as_dict() for line in self.lines],
            "missing": [_fact_dict(fact.expected) | {"reason": fact.reason} for fact in self.missing],
            "worded": [
                _fact_dict(fact.expected) | {"start": fact.span.start, "end": fact.span.end} for fact in self.worded
            ],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def _fact_dict(expected: ExpectedFact) -> dict[str, Any]:
    return {
        "fact": expected.id,
        "concept": expected.fact.concept.local_name,
        "item": expected.item or None,
        "field": expected.field or None,
    }


def audit(
    document: DocumentText, expected: Sequence[ExpectedFact], placements: Placements, anchors: Anchors = NO_ANCHORS
) -> Audit:
    """What of the document is tagged and what is not; what of the items the document does not say, or says otherwise.

    Findings: ``exporter:unexplainedNumber`` (warning) for a surface without tag or reason, ``exporter:documentDiffers``
    for a number that stands where a fact's would and is another, ``exporter:factNotFound`` for facts without a place
    (a warning for numbers and dates, for words an information), and those of the search.
    """
    auditor = _Auditor(document, tuple(expected), placements, anchors)
    lines = tuple(auditor.lines())
    unexplained = [line.surface for line in lines if line.status is Status.UNEXPLAINED]
    mismatches = tuple(find_mismatches(unexplained, expected, placements))
    tagged = {placement.fact for placement in placements.placements}
    return Audit(
        document=document,
        lines=lines,
        missing=placements.missing,
        worded=placements.worded,
        findings=(
            *other_scale(document, expected, placements),
            *placements.findings,
            *auditor.findings,
            *mismatches,
            *_unexplained(lines),
            *_missing_facts(placements.missing),
        ),
        tagged=len(tagged),
    )


@define(eq=False)
class _Auditor:
    document: DocumentText
    expected: tuple[ExpectedFact, ...]
    search: Placements
    anchors: Anchors
    findings: list[Finding] = field(factory=list)
    _by_fact: dict[str, ExpectedFact] = field(init=False)
    _figures: dict[Span, list[str]] = field(init=False)
    _texts: list[tuple[Span, str]] = field(init=False)
    _rounded: RoundedNumbers = field(init=False)
    _rows: set[tuple[int, int]] = field(factory=set)
    _columns: set[tuple[int, int]] = field(factory=set)
    _tables: set[int] = field(factory=set)
    _reported: dict[int, list[ExpectedFact]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._by_fact = {expected.id: expected for expected in self.expected}
        self._figures, self._texts = {}, []
        self._rounded = RoundedNumbers(self.expected, self.search.scorer)
        for placement in self.search.placements:
            expected = self._by_fact[placement.fact]
            if expected.shape in (Shape.TEXT, Shape.BOOLEAN):
                self._texts += [(span, placement.fact) for span in placement.spans]
            elif expected.shape is not Shape.BLOCK:
                self._figures.setdefault(placement.first, []).append(placement.fact)
                self._note_place(placement.first, expected)
        self._texts.sort(key=lambda entry: (entry[0].start, entry[0].end))

    @property
    def surroundings(self) -> Surroundings:
        return self.search.surroundings

    def _note_place(self, span: Span, expected: ExpectedFact) -> None:
        cell = self.surroundings.cell_at(span.start)
        if cell is not None:
            self._rows.add((cell.table, cell.row))
            self._columns.add((cell.table, cell.column))
            self._tables.add(cell.table)
        self._reported.setdefault(self.surroundings.sentence_number(span.start), []).append(expected)

    def lines(self) -> Iterator[AuditLine]:
        given = list(self._given())
        parts: dict[Span, list[str]] = {}
        surfaces = self.surroundings.surfaces
        for surface in surfaces:
            if surface.within and surface.span in self._figures:
                whole = next(other for other in surfaces_round(self.surroundings, surface))
                parts.setdefault(whole.span, []).extend(self._figures[surface.span])
        for surface in surfaces:
            if surface.kind is SurfaceKind.DASH and surface.span not in self._figures:
                continue  # a dash may stand for nothing
            if not surface.within:
                yield self._line(surface, parts.get(surface.span, []), given)

    def _line(self, surface: PrintedValue, parts: list[str], given: list[tuple[Span, str]]) -> AuditLine:
        location = self.document.place(surface.span.start)
        facts = tuple(dict.fromkeys([*self._figures.get(surface.span, ()), *parts]))
        if facts:
            return AuditLine(surface=surface, location=location, status=Status.TAGGED, facts=facts)
        if held := self._held_by_text(surface.span):
            reason = str(Reason.PART)
            return AuditLine(surface=surface, location=location, status=Status.TAGGED, facts=held, reason=reason)
        reason = self._reason(surface, given)
        status = Status.EXPLAINED if reason else Status.UNEXPLAINED
        return AuditLine(surface=surface, location=location, status=status, reason=reason)

    def _held_by_text(self, span: Span) -> tuple[str, ...]:
        number = bisect_right(self._texts, span.start, key=lambda entry: entry[0].start)
        return tuple(fact for whole, fact in self._texts[max(0, number - 8) : number] if span in whole)

    def _reason(self, surface: PrintedValue, given: list[tuple[Span, str]]) -> str:
        for span, reason in given:
            if surface.span in span:
                return reason
        rule = reason_for(surface, self.surroundings)
        if rule is None and surface.kind.is_calendar:
            rule = self._period_reason(surface)
        if rule is None and surface.is_number and (fact := self._rounded.of(surface)) is not None:
            return f"{Reason.ROUNDED}: {fact.title}"
        return str(rule) if rule is not None else ""

    def _period_reason(self, surface: PrintedValue) -> Reason | None:
        """A date in a head of a table with tagged figures, or the date of a figure tagged in the same sentence."""
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None and (
            (cell.table, cell.row) in self._rows
            or (cell.table, cell.column) in self._columns
            or (cell.table in self._tables and not self._figures_in_row(cell.table, cell.row))
        ):
            return Reason.PERIOD_HEAD
        sentence = self.surroundings.sentence_number(surface.span.start)
        named_periods = self.surroundings.periods_in(surface.span)
        for expected in self._reported.get(sentence, ()):
            if expected.shape.is_numeric and any(named_period.fits(expected.days) for named_period in named_periods):
                return Reason.PERIOD
        return None

    def _figures_in_row(self, table: int, row: int) -> bool:
        return (table, row) in self._rows

    def _given(self) -> Iterator[tuple[Span, str]]:
        """What people explain to be no fact."""
        for untagged in self.anchors.untagged:
            try:
                regions = list(regions_of(untagged.place, self.surroundings))
            except ReadError as error:
                self.findings += [finding.at(line=untagged.location.line) for finding in error.findings]
                continue
            if not regions:
                self.findings.append(
                    Finding(
                        code="exporter:anchorNotFound",
                        severity=Severity.WARNING,
                        message=f"nothing in the document is at {untagged.place}",
                        location=untagged.location,
                        fix="take the entry out, or correct the quote",
                    )
                )
            yield from ((region, untagged.reason or str(Reason.GIVEN)) for region in regions)


def surfaces_round(surroundings: Surroundings, part: PrintedValue) -> Iterator[PrintedValue]:
    """The larger surfaces that a part belongs to."""
    block = surroundings.leaf_at(part.span.start)
    start = block.start if block else 0
    for surface in reversed(surroundings.surfaces_in(start, part.span.end)):
        if not surface.within and part.span in surface.span:
            yield surface


def _unexplained(lines: Sequence[AuditLine]) -> Iterator[Finding]:
    for line in lines:
        if line.status is Status.UNEXPLAINED:
            yield Finding(
                code="exporter:unexplainedNumber",
                severity=Severity.WARNING,
                message=f"the {line.surface.kind} {line.text!r} is neither tagged nor untagged for a reason",
                location=line.location,
                fix="add the item that states it, anchor it, or list it under untagged: with the reason",
            )


def _missing_facts(missing: Sequence[Missing]) -> Iterator[Finding]:
    for missing_fact in missing:
        expected = missing_fact.expected
        if expected.shape is Shape.UNKNOWN:
            continue
        figure = expected.shape.is_numeric or expected.shape.is_calendar
        yield Finding(
            code="exporter:factNotFound",
            severity=Severity.WARNING if figure else Severity.INFO,
            message=f"{expected.title} was not found: {missing_fact.reason}",
            location=Location(
                pointer=f"{expected.pointer}/{expected.field}", item=expected.item or None, fact=expected.id
            ),
            fix="name its place in the anchors file" if figure else None,
        )
