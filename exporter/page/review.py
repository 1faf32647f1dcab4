"""The review page: one HTML file to look at before signing, with everything in it and nothing fetched.

The records here say what stands on it; `exporter.page.review_layout` arranges facts in tables, `exporter.page.charts`
draws. The page works without its script, which searches, filters and opens what is known of a figure.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, Final

from attrs import field, fields, frozen
from jinja2 import Environment, FunctionLoader, StrictUndefined

from exporter.findings import Finding, Location, Severity

_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_KEYS: Final = {"location": "at"}  # of a source, as the script reads it
_SAFE: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@frozen(kw_only=True)
class SourceLink:
    """Where a fact comes from: the item and field that state it, its location, the ``anchor`` of that on the page."""

    item: str
    location: str
    anchor: str = ""
    written: str = ""


@frozen(kw_only=True)
class ReviewedFact:
    """All that is known of a fact, in words.

    ``value`` is exact; ``document`` is what the reader of the document sees, ``sources`` what states the fact.
    ``other`` is the value in the filing it is held against, ``change`` what has become of it.
    """

    id: str
    label: str
    concept: str
    value: str
    accuracy: str = ""
    unit: str = ""
    period: str = ""
    dimensions: tuple[str, ...] = ()
    language: str = ""
    document: str = ""
    documentation: str = ""
    sources: tuple[SourceLink, ...] = ()
    notes: tuple[int, ...] = ()
    findings: tuple[int, ...] = ()
    other: str = ""
    change: str = ""


@frozen
class FigureCell:
    """A fact as it stands in a table: its number among the facts and its text; ``is_first`` where it stands first."""

    fact: int
    text: str
    is_first: bool = True


@frozen(kw_only=True)
class ReviewRow:
    """A line of a table: a label, the facts in each column, how the latest differs from the one before.

    A ``heading`` has no cells. ``is_large`` marks a change by a tenth or more.
    """

    label: str
    concept: str = ""
    depth: int = 0
    unit: str = ""
    cells: tuple[tuple[FigureCell, ...], ...] = ()
    difference: str = ""
    percent: str = ""
    is_number: bool = False
    is_large: bool = False
    is_heading: bool = False

    @property
    def facts(self) -> tuple[int, ...]:
        """The numbers of the facts in it."""
        return tuple(cell.fact for cells in self.cells for cell in cells)


@frozen
class RowGroup:
    """Lines of one member, or of none; ``title`` names it."""

    title: str
    rows: tuple[ReviewRow, ...]


@frozen(kw_only=True)
class ReviewTable:
    """Lines with a column for each period; ``measure`` is the unit of all figures, ``change`` what is compared."""

    heads: tuple[str, ...]
    groups: tuple[RowGroup, ...]
    measure: str = ""
    change: str = ""


@frozen
class Chart:
    """A drawing: SVG, and in words what it shows."""

    title: str
    svg: str
    description: str


@frozen(kw_only=True)
class ReviewSubject:
    """What belongs together: a statement, a disclosure, with its tables, charts and findings."""

    id: str
    title: str
    tables: tuple[ReviewTable, ...]
    charts: tuple[Chart, ...] = ()
    findings: tuple[int, ...] = ()

    @property
    def facts(self) -> frozenset[int]:
        """The numbers of the facts in it."""
        groups = (group for table in self.tables for group in table.groups)
        return frozenset(fact for group in groups for row in group.rows for fact in row.facts)


@frozen
class ReviewSection:
    """Subjects under one heading."""

    title: str
    subjects: tuple[ReviewSubject, ...]


@frozen(kw_only=True)
class SourceLine:
    """A line or cell of the source, with the numbers of the facts that it states."""

    anchor: str
    label: str
    text: str
    facts: tuple[int, ...] = ()


@frozen
class FileDigest:
    """A file that was read: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@frozen(kw_only=True)
class Review:
    """A filing as it is reviewed.

    ``coverage`` says which sets of rules were checked, ``remarks`` what the page lacks, ``notes`` are footnotes by
    number, ``against`` names the filing it is held against and ``gone`` are the figures that only that one has.
    """

    title: str
    sections: tuple[ReviewSection, ...]
    facts: tuple[ReviewedFact, ...]
    subtitle: str = ""
    entities: tuple[str, ...] = ()
    taxonomy: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    source_name: str = ""
    source_lines: tuple[SourceLine, ...] = ()
    digests: tuple[FileDigest, ...] = ()
    against: str = ""
    changes: Mapping[str, int] = field(factory=dict)
    gone: tuple[tuple[str, str, str], ...] = ()
    program: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return {kind.value: sum(finding.severity is kind for finding in self.findings) for kind in Severity}

    def facts_of_findings(self) -> Mapping[int, tuple[int, ...]]:
        """The numbers of the facts that each finding concerns, by the number of the finding."""
        concerned: dict[int, list[int]] = {}
        for number, fact in enumerate(self.facts):
            for finding in fact.findings:
                concerned.setdefault(finding, []).append(number)
        return {finding: tuple(facts) for finding, facts in concerned.items()}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as the page numbers them: errors first."""
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))


@cache
def _environment() -> Environment:
    """The templates of this room; whatever they are given is escaped."""
    loader = FunctionLoader(_part)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render_page(template: str, **values: Any) -> bytes:
    """A page in the style of the review from a template of this room; all values are escaped."""
    return (
        _environment()
        .get_template(template)
        .render(style=_part("review.css"), **values)
        .encode("utf-8", "backslashreplace")
    )


@cache
def _part(name: str) -> str:
    return files("exporter.page").joinpath(name).read_text(encoding="utf-8")


def write_review(review: Review, stream: BinaryIO) -> None:
    """Write the page; the same review gives the same bytes. All that stands on it is escaped."""
    script = _part("review.js")
    severities = {number: finding.severity.value for number, finding in enumerate(review.findings)}
    stream.write(
        render_page(
            "review.html",
            review=review,
            script=script,
            script_hash=_hash(script),
            data=_details(review).translate(_SAFE),
            facts=review.facts,
            concerned=review.facts_of_findings(),
            severities=severities,
            worst=_worst,
            place=_place,
        )
    )


def _hash(script: str) -> str:
    """The source expression of a script that a content security policy admits."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _worst(findings: Sequence[int], severities: Mapping[int, str]) -> str:
    """The severity of the worst of some findings, which come in order; nothing where there are none."""
    return severities[min(findings)] if findings else ""


def _place(location: Location) -> str:
    """Where a finding is, in few words: the file without its folders, line or cell, item, fact."""
    file = (location.file or "").replace("\\", "/").rpartition("/")[2]
    mark = f"!{location.cell}" if location.cell else f":{location.line}" if location.line is not None else ""
    field_name = (location.pointer or "").rpartition("/")[2]
    item = " ".join(filter(None, (location.item, field_name if not field_name.isdigit() else "")))
    fact = f"fact {location.fact}" if location.fact and not location.item else ""
    return " · ".join(filter(None, (file + mark, item, fact)))


def _details(review: Review) -> str:
    """What the script shows of each fact, as JSON; what is empty is left out."""
    return json.dumps(list(map(_plain, review.facts)), ensure_ascii=False, separators=(",", ":"))


def _plain(record: ReviewedFact | SourceLink) -> dict[str, Any]:
    values = ((attribute.name, getattr(record, attribute.name)) for attribute in fields(type(record)))
    return {
        _KEYS.get(name, name): tuple(map(_plain, value)) if name == "sources" else value
        for name, value in values
        if value not in ("", ())
    }
