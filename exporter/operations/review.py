"""A review of whatever can be read: a report in any syntax, or a file of items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from exporter.filing import Filing
from exporter.findings import Finding
from exporter.items.declarations import words
from exporter.items.placed import placed_items
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.page.review import Review
from exporter.page.review import write_review as render_review
from exporter.resources.files import atomic_write


def write_review(
    source: Source | Input,
    output: Path,
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
) -> Review:
    """Write the page of whatever can be read, with the findings of `exporter.operations.validate.validate`.

    Args:
        source: a report or a file of items.
        output: the HTML page to write, whole or not at all.
        packages: taxonomy packages that the taxonomy may come from.
        strict: whether to show only a report without errors, and not all that can be read with certainty.
        classes: item classes that a file of items may use beside the disclosures of this package.

    Raises:
        ReadError, PackageError: as `exporter.operations.read.read_report`.
        WriteError: items contradict each other.
        OSError: the page cannot be written.
    """
    with open_input(source) as opened:
        if opened.holds_items:
            filing = load_filing(opened, classes)
            review = review_filing(filing, validate(filing, packages=packages, strict=strict))
        else:
            findings = validate(opened, packages=packages, strict=strict)
            review = review_report(opened, findings, packages=packages, strict=strict)
        review = evolve(review, title=review.title or Path(opened.name).name)
    with atomic_write(output) as stream:
        render_review(review, stream)
    return review


def review_filing(filing: Filing, findings: Iterable[Finding] = ()) -> Review:
    """A review of items: the facts that they make, with the items that state each and where those come from.

    Raises:
        WriteError: items contradict each other.
    """
    report = filing.to_report()
    sources = {placed.pointer: _source(placed.item) for placed in placed_items(filing.items)}
    origins = {
        fact: [f"{origin.item} {origin.field}{sources.get(origin.pointer, '')}" for origin in places]
        for fact, places in filing.derived.origins.items()
    }
    labels = {
        concept: filing.taxonomy.label(concept, language=filing.language) or filing.taxonomy.label(concept) or ""
        for concept in {fact.concept for fact in report.facts}
    }
    return _review(filing.title or filing.base_name, report, findings, labels, origins)


def review_report(
    source: Source | Input,
    findings: Iterable[Finding] = (),
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
) -> Review:
    """A review of a report: of all that can be read with certainty, or with ``strict`` of a report without errors.

    Raises:
        ReadError, PackageError: as `exporter.operations.read.read_report`.
    """
    with open_input(source) as opened:
        report, title = (
            read_report(opened, packages=packages, strict=strict, partial=not strict),
            Path(opened.name).name,
        )
    named = ((fact.concept, report.vocabulary.label(fact.concept, "en", "ja")) for fact in report.facts)
    return _review(title, report, findings, {concept: label for concept, label in named if label}, {})


def _review(
    title: str,
    report: Report,
    findings: Iterable[Finding],
    labels: Mapping[QName, str],
    origins: Mapping[str, list[str]],
) -> Review:
    named = {fact.concept: labels.get(fact.concept) or words(fact.concept.local_name) for fact in report.facts}
    return Review(title=title, report=report, findings=tuple(findings), labels=named, origins=origins)


def _source(item: Any) -> str:
    source = getattr(item, "source", None)
    return f" ({source})" if source is not None else ""
