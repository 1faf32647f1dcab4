"""The template of a review; whatever it is given is escaped.

What a review shows, and writing it as one HTML page without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any, BinaryIO, Final

from attrs import field, frozen
from jinja2 import Environment, StrictUndefined, Template

from exporter.findings import Finding, Severity
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report


@cache
def _template() -> Template:
    text = files("exporter.page").joinpath("review.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )


def render(**values: Any) -> str:
    """The page."""
    return _template().render(**values)


_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_DIGITS: Final = 3


@frozen(kw_only=True)
class Review:
    """A report as it is reviewed.

    ``labels`` are those of concepts, ``origins`` say for a fact's id which items state it and where they come from.
    """

    title: str
    report: Report
    findings: tuple[Finding, ...] = ()
    labels: Mapping[QName, str] = field(factory=dict)
    origins: Mapping[str, Sequence[str]] = field(factory=dict)


@frozen(kw_only=True)
class _Row:
    """One fact in words."""

    label: str
    concept: str
    value: str
    is_number: bool
    is_nil: bool
    decimals: str
    unit: str
    period: str
    dimensions: tuple[str, ...]
    language: str
    notes: tuple[int, ...]
    origins: tuple[str, ...]


def write_review(review: Review, stream: BinaryIO) -> None:
    """Write the page; the same review gives the same bytes. Everything shown is escaped."""
    report = review.report
    numbers = {note.id: number for number, note in enumerate(report.footnotes, 1)}
    marks: dict[str, dict[int, None]] = {}
    for link in report.links:
        if link.target in numbers:
            marks.setdefault(link.source, {})[numbers[link.target]] = None
    rows = [_row(fact, review, tuple(marks.get(fact.id or "", ()))) for fact in report.facts]
    stream.write(
        render(
            title=review.title,
            entities=sorted({_entity(fact) for fact in report.facts} - {""}),
            taxonomy=report.taxonomy,
            rows=rows,
            notes=[(numbers[note.id], note.language, _plain(note.content)) for note in report.footnotes],
            findings=sorted(review.findings, key=lambda each: _ORDER[each.severity]),
            counts={each.value: sum(finding.severity is each for finding in review.findings) for each in Severity},
            has_origins=any(row.origins for row in rows),
        ).encode()
    )


def _row(fact: Fact, review: Review, notes: tuple[int, ...]) -> _Row:
    is_number = review.report.vocabulary.is_numeric(fact)
    return _Row(
        label=review.labels.get(fact.concept, ""),
        concept=str(fact.concept),
        value=_value(fact, is_number=is_number),
        is_number=is_number,
        is_nil=fact.is_nil,
        decimals="" if not is_number or fact.is_nil else "exact" if fact.decimals is None else str(fact.decimals),
        unit="" if fact.unit is None else str(fact.unit),
        period=str(fact.period),
        dimensions=tuple(
            f"{dimension.axis}: {dimension.member if isinstance(dimension, ExplicitDimension) else dimension.value}"
            for dimension in fact.dimensions
        ),
        language=fact.language or "",
        notes=notes,
        origins=tuple(review.origins.get(fact.id or "", ())),
    )


def _value(fact: Fact, *, is_number: bool) -> str:
    """The value as reported; the digits of a number in groups."""
    value = fact.value or ""
    whole, point, fraction = value.partition(".")
    if not is_number or not whole.lstrip("-").isdigit() or len(whole.lstrip("-")) <= _DIGITS:
        return value
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    start = len(digits) % _DIGITS
    groups = [digits[:start]] if start else []
    groups += [digits[at : at + _DIGITS] for at in range(start, len(digits), _DIGITS)]
    return f"{sign}{','.join(groups)}{point}{fraction}"


def _plain(content: str) -> str:
    """The text of a note, whose content is markup."""
    return unescape(re.sub(r"<[^<>]*>", " ", content)).strip()


def _entity(fact: Fact) -> str:
    return "" if fact.entity is None else f"{fact.entity.identifier} ({fact.entity.scheme})"
