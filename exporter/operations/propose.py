"""Standard concepts for the rows of statements that name none: proposals, which a person decides on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from exporter.disclosures.statements.concept_search import (
    ConceptSearch,
    PreviousChoice,
    RowProposal,
    previous_choices,
)
from exporter.disclosures.statements.layout import Statement
from exporter.disclosures.statements.row_query import has_minority_rows
from exporter.filing import Filing
from exporter.findings import Finding, Location, Severity
from exporter.items.placed import item_label
from exporter.operations.to_items import read_filing
from exporter.taxonomy.search import Labelled

_MOST_REASONS: Final = 4
_LIKELY: Final = 0.5  # the score below which the row is likelier one of the filing's own


def propose_concepts(
    filing: Filing, *, standard: Iterable[Labelled] = (), previous: Iterable[PreviousChoice] = ()
) -> Iterator[Finding]:
    """A finding for each row of a statement that names no concept and is not ``own: true``: the best candidates.

    Args:
        filing: the items, with the standard taxonomies of their profile and head.
        standard: taxonomies at hand, whose labels are searched too.
        previous: the choices of earlier filings; see `choices_of`.
    """
    statements = [(number, item) for number, item in enumerate(filing.items) if isinstance(item, Statement)]
    search = ConceptSearch(
        taxonomies=filing.rules.taxonomies,
        labelled=tuple(standard),
        previous=tuple(previous),
        has_minority=has_minority_rows(statement for _, statement in statements),
    )
    for number, statement in statements:
        label = item_label(f"/items/{number}", type(statement).__name__)
        for proposal in search.proposals(statement):
            yield _finding(proposal, Location(pointer=f"/items/{number}/rows/{proposal.number}", item=label))


def choices_of(
    path: Path | str, *, packages: Iterable[Path | str] = (), classes: Iterable[type[Any]] = ()
) -> tuple[PreviousChoice, ...]:
    """The concepts that a filing chose for the rows of its statements.

    Args:
        path: a file of items, or a report in any syntax whose presentation is at hand.
        packages: taxonomy packages that the presentation may come from.
        classes: item classes that a file of items may use beside the disclosures of this package.

    Raises:
        ReadError: it cannot be read, or has no statement.
        PackageError: a package is unsafe or none.
    """
    path = Path(path)
    filing = read_filing(path, classes, packages=packages).filing
    statements = [item for item in filing.items if isinstance(item, Statement)]
    return tuple(previous_choices(statements, source=path.name))


def _finding(proposal: RowProposal, location: Location) -> Finding:
    row, candidates = proposal.row, proposal.candidates
    if not candidates:
        return Finding(
            code="exporter:conceptProposed",
            message=f"{row.label!r} names no concept, and no standard one is like it",
            severity=Severity.INFO,
            location=location,
            fix="say own: true, or find one with `exporter concepts`",
        )
    best, *others = candidates
    reasons = "; ".join(best.reasons[:_MOST_REASONS])
    rest = ", ".join(f"{candidate.concept} {candidate.score:.2f}" for candidate in others)
    certainty = "" if proposal.is_clear else "perhaps "
    decisions = [f"concept: {best.concept}", "own: true for one of the filing's own"]
    if best.score < _LIKELY:
        decisions.reverse()
    return Finding(
        code="exporter:conceptProposed",
        message=f"{row.label!r} names no concept; {certainty}{best.concept} {best.score:.2f} ({reasons})"
        + (f"; else {rest}" if rest else ""),
        severity=Severity.INFO,
        location=location,
        fix=f"say {', or '.join(decisions)}",
    )
