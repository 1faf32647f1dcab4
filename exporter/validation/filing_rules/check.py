"""Applying a table of filing rules to a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from exporter.errors import ProfileError
from exporter.findings import Finding, choice_hint
from exporter.model.report import Report
from exporter.profiles.rules import DocumentRule, RuleTable
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.filing_rules import contexts, extension, facts, files, inline, labels, networks, texts
from exporter.validation.filing_rules.cover import check_cover
from exporter.validation.filing_rules.document import DocumentFacts
from exporter.validation.filing_rules.subject import FilingSubject, Kind

KINDS: Final[dict[str, Kind]] = {
    **contexts.KINDS,
    **facts.KINDS,
    **texts.KINDS,
    **inline.KINDS,
    **files.KINDS,
    **extension.KINDS,
    **labels.KINDS,
    **networks.KINDS,
}
"""Every kind of rule by the name that tables call it."""


def check_filing_rules(
    report: Report,
    table: RuleTable,
    *,
    taxonomy: Taxonomy | None = None,
    document: DocumentFacts | None = None,
    files: Iterable[str] = (),
    period_end: dt.date | None = None,
    complete: bool = True,
) -> Iterator[Finding]:
    """What the rules of a table find: those on the cover page first, in the order of the table.

    Args:
        taxonomy: the report's taxonomy; what rules ask of it is not judged without.
        document: what is known of the document itself; what rules ask of it is not judged without.
        files: the names of the files to be filed.
        period_end: the last day that the report covers; read from its cover page where not given.
        complete: whether the whole taxonomy was at hand.

    Raises:
        ProfileError: the table has a rule of a kind that there is not.
    """
    check_kinds(table)
    subject = FilingSubject(report, table, taxonomy, document, tuple(files), period_end, complete)
    for cover_rule in table.cover_rules:
        yield from check_cover(cover_rule, subject)
    for rule in table.document_rules:
        if subject.holds(rule.when):
            yield from KINDS[rule.kind](rule, subject)


def check_kinds(table: RuleTable) -> None:
    """Refuse a table with rules that nothing here can apply.

    Raises:
        ProfileError: with one finding for each such rule.
    """
    unknown = [rule for rule in table.document_rules if rule.kind not in KINDS]
    if unknown:
        raise ProfileError(findings=[_unknown_kind(rule) for rule in unknown])


def _unknown_kind(rule: DocumentRule) -> Finding:
    message = f"{rule.code}: no kind is called {rule.kind!r}"
    return Finding(code="exporter:invalidRules", message=message, mend=choice_hint(rule.kind, sorted(KINDS)))
