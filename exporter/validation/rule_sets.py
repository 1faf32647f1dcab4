"""All sets of rules, each with the function that applies it: the table of contents of validation.

=================================================================  ======================  ====================
set                                                                subject                 applied by
=================================================================  ======================  ====================
`REPORT_RULES`: OIM, units, dimensions, duplicates, calculations   a report                `check_report`
`TAXONOMY_RULES`: XBRL 2.1, dimensions, enumerations, XML Schema   a taxonomy              `check_taxonomy`
`KINDS` of rules, with the rows of a regulator's table             a filing                `check_filing_rules`
`LINTS`: what is probably an error                                 a report                `check_lints`
`ADVICE`: what a reviewer would object to                          an extension taxonomy   `advise`
=================================================================  ======================  ====================

A set takes the rules of its modules in their order. The rules across report items are in `exporter.disclosures.rules`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from exporter.errors import ProfileError
from exporter.findings import Finding, choice_hint
from exporter.model.report import Report
from exporter.profiles.rules import DocumentRule, RuleTable
from exporter.taxonomy.read.discovery import LoadedDts
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.advice import concepts as extension_concepts
from exporter.validation.advice.subject import AdviceSubject, name_text
from exporter.validation.engine import Rule, Syntax, defined_in, rules_of, run
from exporter.validation.filing_rules import contexts, documents, extension, facts, linkbases
from exporter.validation.filing_rules.cover import check_cover
from exporter.validation.filing_rules.subject import DocumentFacts, FilingSubject, Kind
from exporter.validation.lints import arithmetic, numbers, periods
from exporter.validation.lints.subject import LintSubject
from exporter.validation.report import calculation, dimensions, duplicates, report, units, values
from exporter.validation.report.facts import fact_rules_of, per_fact
from exporter.validation.report.subject import Calculations, ReportSubject
from exporter.validation.taxonomy import concepts, links, markup, relationships, roles
from exporter.validation.taxonomy import dimensions as taxonomy_dimensions
from exporter.validation.taxonomy.subject import TaxonomySubject

REPORT_RULES: Final[tuple[Rule[ReportSubject], ...]] = (
    per_fact(fact_rules_of(report, values, units, dimensions)),
    *rules_of(dimensions, report, duplicates, calculation),
)


def check_report(
    report: Report,
    taxonomy: Taxonomy,
    *,
    syntax: Syntax = "json",
    complete: bool = True,
    calculations: Calculations = "none",
) -> Iterator[Finding]:
    """Apply the rules on reports, in time that grows with the number of facts.

    Args:
        syntax: whose codes to use where each syntax's specification has its own.
        complete: whether the whole taxonomy was at hand; if not, what depends on the rest of it is not checked.
        calculations: how sums are checked.
    """
    yield from run(REPORT_RULES, ReportSubject(report, taxonomy, syntax, complete, calculations))


TAXONOMY_RULES: Final[tuple[Rule[TaxonomySubject], ...]] = rules_of(
    concepts, roles, links, relationships, taxonomy_dimensions, markup
)


def check_taxonomy(loaded: LoadedDts, *, complete: bool = True) -> Iterator[Finding]:
    """Yield the findings of reading a taxonomy, then those of the rules on it.

    Where a rule has its own code for an element, the general ``oime:invalidTaxonomy`` of reading and the finding of
    XML Schema for the same line are left out.

    Args:
        complete: whether all documents were at hand; if not, what depends on the others is not checked.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    findings = list(run(TAXONOMY_RULES, TaxonomySubject(loaded, complete)))
    specific = {(finding.location.file, finding.location.line) for finding in findings if finding.code != markup.MARKUP}
    missing = () if complete else loaded.missing  # reported already, as public documents
    for finding in (*loaded.findings, *findings):
        if finding in missing:
            continue
        is_general = finding.code in ("oime:invalidTaxonomy", markup.MARKUP)
        if not (is_general and (finding.location.file, finding.location.line) in specific):
            yield finding


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind for kind in defined_in((contexts, facts, documents, extension, linkbases), Kind)
}
"""The kinds of rules by the names that tables call them."""


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
    """Apply the rules of a regulator's table: those on the cover page first, in the order of the table.

    Args:
        taxonomy: the report's taxonomy; without it, rules on it are skipped.
        document: what is known of the document itself; without it, rules on it are skipped.
        files: the names of the files to be filed.
        period_end: the last day that the report covers; read from its cover page where not given.
        complete: whether the whole taxonomy was at hand.

    Raises:
        ProfileError: the table has a rule of an unknown kind.
    """
    subject = FilingSubject(report, table, taxonomy, document, tuple(files), period_end, complete)
    yield from run(filing_rules_of(table), subject)


def filing_rules_of(table: RuleTable) -> tuple[Rule[FilingSubject], ...]:
    """The rules that the rows of a table stand for.

    Raises:
        ProfileError: the table has a rule of an unknown kind.
    """
    check_kinds(table)
    cover = [
        Rule(codes=(row.code,), check=partial(check_cover, row), severity=row.severity) for row in table.cover_rules
    ]
    return (*cover, *(KINDS[row.kind].rule(row) for row in table.document_rules))


def check_kinds(table: RuleTable) -> None:
    """Refuse a table that has rules of unknown kinds.

    Raises:
        ProfileError: with one finding for each such rule.
    """
    unknown = [row for row in table.document_rules if row.kind not in KINDS]
    if unknown:
        raise ProfileError(findings=[_unknown_kind(row) for row in unknown])


def _unknown_kind(row: DocumentRule) -> Finding:
    message = f"{row.code}: no kind is called {row.kind!r}"
    return Finding(code="exporter:invalidRules", message=message, fix=choice_hint(row.kind, sorted(KINDS)))


LINTS: Final[tuple[Rule[LintSubject], ...]] = rules_of(numbers, periods, arithmetic)


def check_lints(
    report: Report, taxonomy: Taxonomy | None = None, *, codes: Collection[str] | None = None
) -> Iterator[Finding]:
    """Yield what is probably an error in a report, as warnings: each may be right.

    Args:
        taxonomy: the declarations of concepts, if at hand; types and balances sharpen some lints.
        codes: only the lints with one of these codes.
    """
    chosen = LINTS if codes is None else [lint for lint in LINTS if not set(codes).isdisjoint(lint.codes)]
    yield from run(chosen, LintSubject(report, taxonomy))


ADVICE: Final[tuple[Rule[AdviceSubject], ...]] = rules_of(extension_concepts)


def advise(
    extension: Taxonomy,
    standard: Taxonomy | Sequence[Taxonomy] = (),
    *,
    anchoring: bool = False,
    company: Iterable[str] = (),
    language: str = "en",
) -> Iterator[Finding]:
    """Yield what a reviewer would object to in extension concepts, in the order of the concepts; none is an error.

    Extension concepts are those in the namespace of ``extension``; all others that it leads to, and those of
    ``standard``, are standard ones.

    Args:
        anchoring: whether line items have to be anchored in the standard, as in ESEF.
        company: words that name the company, which no name of a concept should have.
        language: the language of the labels to check.
    """
    around = (standard,) if isinstance(standard, Taxonomy) else tuple(standard)
    subject = AdviceSubject.of(extension, around, company=company, language=language, anchoring=anchoring)
    positions = {name_text(concept.qname): position for position, concept in enumerate(subject.own)}
    findings = run(ADVICE, subject)
    yield from sorted(findings, key=lambda finding: positions.get(finding.location.item or "", len(positions)))
