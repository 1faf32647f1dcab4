"""The review of a report: one HTML page without scripts, with every fact, its origin and all findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from importlib.resources import files
from typing import BinaryIO, Final

from attrs import field, frozen
from jinja2 import Environment, StrictUndefined, Template

from exporter.findings import Finding, Severity
from exporter.formats.inline_xbrl.write.work_style import work_style
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.page.compose import notes_by_fact

_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_DIGITS: Final = 3


@frozen(kw_only=True)
class Review:
    """A report as it is reviewed.

    ``labels`` are those of concepts, ``origins`` by the id of a fact the items that report it and where they come from.
    """

    title: str
    report: Report
    findings: tuple[Finding, ...] = ()
    labels: Mapping[QName, str] = field(factory=dict)
    origins: Mapping[str, Sequence[str]] = field(factory=dict)


@frozen(kw_only=True)
class _FactRow:
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


@cache
def _template() -> Template:
    """The template of the page; whatever it is given is escaped."""
    text = files("exporter.page").joinpath("review.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(text)


def write_review(review: Review, stream: BinaryIO) -> None:
    """Write the page; the same review gives the same bytes. All that stands on it is escaped."""
    report = review.report
    numbers = {note.id: number for number, note in enumerate(report.footnotes, 1)}
    notes = notes_by_fact(report)
    rows = [_row(fact, review, tuple(numbers[note] for note in notes.get(fact.id or "", ()))) for fact in report.facts]
    counts = {kind.value: sum(finding.severity is kind for finding in review.findings) for kind in Severity}
    stream.write(
        _template()
        .render(
            title=review.title,
            style=work_style(),
            entities=sorted({_entity(fact) for fact in report.facts} - {""}),
            taxonomy=report.taxonomy,
            rows=rows,
            notes=[(numbers[note.id], note.language, _plain(note.content)) for note in report.footnotes],
            findings=sorted(review.findings, key=lambda finding: _ORDER[finding.severity]),
            counts=counts,
            has_origins=any(row.origins for row in rows),
        )
        .encode()
    )


def _row(fact: Fact, review: Review, notes: tuple[int, ...]) -> _FactRow:
    is_number = review.report.vocabulary.is_numeric(fact)
    return _FactRow(
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
