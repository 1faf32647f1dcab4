"""All sets of rules, each with the function that applies it: the table of contents of validation.

===================================================================  ======================  ====================
set                                                                  subject                 applied by
===================================================================  ======================  ====================
`report_rules`: OIM, units, dimensions, duplicates, calculations     a report                `check_report`
`taxonomy_rules`: XBRL 2.1, dimensions, enumerations, XML Schema     a taxonomy              `check_taxonomy`
`rule_kinds`, with the rows of a regulator's table                   a filing                `check_filing_rules`
`lints`: what is probably an error                                   a report                `check_lints`
`advice`: what a reviewer would object to                            an extension taxonomy   `advise`
===================================================================  ======================  ====================

A set takes the rules of its modules in their order; the modules are imported when the set is first applied. The rules
across report items are in `exporter.disclosures.rules`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from exporter.errors import ProfileError
from exporter.findings import RULES_CHECKED, Finding, Severity, choice_hint, list_text
from exporter.model.report import Report
from exporter.validation.engine import Rule, Syntax, defined_in, rules_of, run

if TYPE_CHECKING:
    from exporter.profiles.rules import DocumentRule, RuleTable
    from exporter.taxonomy.read.discovery import LoadedDts
    from exporter.taxonomy.taxonomy import Taxonomy
    from exporter.validation.advice.subject import AdviceSubject
    from exporter.validation.filing_rules.subject import DocumentFacts, FilingFolder, FilingSubject, Kind, Need
    from exporter.validation.filing_rules.written import WrittenDocument
    from exporter.validation.lints.subject import LintSubject
    from exporter.validation.report.subject import Calculations, ReportSubject
    from exporter.validation.taxonomy.subject import TaxonomySubject


@cache
def report_rules() -> tuple[Rule[ReportSubject], ...]:
    """The rules on reports: those on single facts as one, then the others."""
    from exporter.validation.report import calculation, dimensions, duplicates, report, values
    from exporter.validation.report.subject import FactRule, per_fact

    on_facts = per_fact(defined_in((report, values, dimensions), FactRule))
    return (on_facts, *rules_of(dimensions, report, duplicates, calculation))


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
        complete: whether the whole taxonomy was available; if not, what depends on the rest of it is not checked.
        calculations: how sums are checked.
    """
    from exporter.validation.report.subject import ReportSubject

    yield from run(report_rules(), ReportSubject(report, taxonomy, syntax, complete, calculations))


@cache
def taxonomy_rules() -> tuple[Rule[TaxonomySubject], ...]:
    """The rules on taxonomies."""
    from exporter.validation.taxonomy import concepts, dimensions, links, markup, relationships, roles

    return rules_of(concepts, roles, links, relationships, dimensions, markup)


def check_taxonomy(loaded: LoadedDts, *, complete: bool = True) -> Iterator[Finding]:
    """Yield the findings of reading a taxonomy, then those of the rules on it.

    Where a rule has its own code for an element, the general ``oime:invalidTaxonomy`` of reading and the finding of
    XML Schema for the same line are left out.

    Args:
        complete: whether all documents were available; if not, what depends on the others is not checked.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    from exporter.validation.taxonomy.markup import MARKUP
    from exporter.validation.taxonomy.subject import TaxonomySubject

    findings = list(run(taxonomy_rules(), TaxonomySubject(loaded, complete)))
    specific = {(finding.location.file, finding.location.line) for finding in findings if finding.code != MARKUP}
    missing = () if complete else loaded.missing  # reported already, as public documents
    for finding in (*loaded.findings, *findings):
        if finding in missing:
            continue
        is_general = finding.code in ("oime:invalidTaxonomy", MARKUP)
        if not (is_general and (finding.location.file, finding.location.line) in specific):
            yield finding


@cache
def rule_kinds() -> Mapping[str, Kind]:
    """The kinds of rules by the names that tables call them."""
    from exporter.validation.filing_rules import (
        contexts,
        cubes,
        declared,
        documents,
        extension,
        facts,
        folders,
        linkbases,
        pages,
        periods,
        structure,
        written_files,
    )
    from exporter.validation.filing_rules.subject import Kind

    on_reports = (contexts, periods, facts, documents, pages)
    on_taxonomies = (extension, written_files, linkbases, cubes, folders, structure, declared)
    return {kind.name: kind for kind in defined_in((*on_reports, *on_taxonomies), Kind)}


def check_filing_rules(
    report: Report,
    table: RuleTable,
    *,
    taxonomy: Taxonomy | None = None,
    document: DocumentFacts | None = None,
    files: Iterable[str] = (),
    period_end: dt.date | None = None,
    complete: bool = True,
    written: Iterable[WrittenDocument] = (),
    folder: FilingFolder | None = None,
    coverage: bool = False,
) -> Iterator[Finding]:
    """Apply the rules of a regulator's table: those on the cover page first, in the order of the table.

    Args:
        taxonomy: the report's taxonomy; without it, rules on it are skipped.
        document: what is known of the document itself; without it, rules on it are skipped.
        files: the names of the files to be filed.
        period_end: the last day that the report covers; read from its cover page where not given.
        complete: whether the whole taxonomy was available.
        written: the filer's own schemas and linkbases as they are written; without them, rules on them are skipped.
        folder: the package or folder that is filed; without it, rules on it are skipped.
        coverage: whether to end with a note of how many of the rules were checked (``exporter:rulesChecked``).

    Raises:
        ProfileError: the table has a rule of an unknown kind.
    """
    from exporter.validation.filing_rules.subject import FilingSubject

    subject = FilingSubject(
        report, table, taxonomy, document, tuple(files), period_end, complete, tuple(written), folder
    )
    yield from run(filing_rules_of(table), subject)
    if coverage:
        yield rules_checked(subject)


_NEEDED: Mapping[Need, str] = {
    "report": "facts",
    "document": "a document",
    "inline": "an Inline XBRL document",
    "taxonomy": "the taxonomy",
    "files": "the names of the files",
    "written": "the filer's own schemas",
    "folder": "the package or folder that is filed",
}


def rules_checked(subject: FilingSubject) -> Finding:
    """How many of a table's rules were checked, what the others look at, and which need software that is not here."""
    table = subject.table
    needs = (rule_kinds()[row.kind].need for row in table.document_rules)
    skipped = Counter(need for need in needs if not subject.has(need))
    count = len(table.rules) + len(table.elsewhere)
    message = f"{table.name}: {len(table.rules) - skipped.total()} of {count} rules checked"
    message += "".join(f"; {number} look at {_NEEDED[need]}, not given" for need, number in skipped.items())
    if table.elsewhere:
        software = dict.fromkeys(entry.needs for entry in table.elsewhere)
        message += f"; {len(table.elsewhere)} need software that is not here: {list_text(software)}"
    return Finding(code=RULES_CHECKED, message=message, severity=Severity.INFO)


def filing_rules_of(table: RuleTable) -> tuple[Rule[FilingSubject], ...]:
    """The rules that the rows of a table stand for.

    Raises:
        ProfileError: the table has a rule of an unknown kind.
    """
    from exporter.validation.filing_rules.cover import check_cover

    check_kinds(table)
    cover = [
        Rule(codes=(row.code,), check=partial(check_cover, row), severity=row.severity) for row in table.cover_rules
    ]
    return (*cover, *(rule_kinds()[row.kind].rule(row) for row in table.document_rules))


def check_kinds(table: RuleTable) -> None:
    """Refuse a table that has rules of unknown kinds.

    Raises:
        ProfileError: with one finding for each such rule.
    """
    unknown = [row for row in table.document_rules if row.kind not in rule_kinds()]
    if unknown:
        raise ProfileError(findings=[_unknown_kind(row) for row in unknown])


def _unknown_kind(row: DocumentRule) -> Finding:
    message = f"{row.code}: no kind is called {row.kind!r}"
    return Finding(code="exporter:invalidRules", message=message, fix=choice_hint(row.kind, sorted(rule_kinds())))


@cache
def lints() -> tuple[Rule[LintSubject], ...]:
    """The lints."""
    from exporter.validation.lints import arithmetic, numbers, periods

    return rules_of(numbers, periods, arithmetic)


def check_lints(
    report: Report, taxonomy: Taxonomy | None = None, *, codes: Collection[str] | None = None
) -> Iterator[Finding]:
    """Yield what is probably an error in a report, as warnings: each may be right.

    Args:
        taxonomy: the declarations of concepts, if available; types and balances sharpen some lints.
        codes: only the lints with one of these codes.
    """
    from exporter.validation.lints.subject import LintSubject

    chosen = [lint for lint in lints() if codes is None or not set(codes).isdisjoint(lint.codes)]
    yield from run(chosen, LintSubject(report, taxonomy))


@cache
def advice() -> tuple[Rule[AdviceSubject], ...]:
    """What reviewers look at in extension concepts."""
    from exporter.validation.advice import concepts, usage

    return rules_of(concepts, usage)


def advise(
    extension: Taxonomy,
    standard: Taxonomy | Sequence[Taxonomy] = (),
    *,
    anchoring: bool = False,
    company: Iterable[str] = (),
    language: str = "en",
    report: Report | None = None,
) -> Iterator[Finding]:
    """Yield what a reviewer would object to in extension concepts, in the order of the concepts; none is an error.

    Extension concepts are those in the namespace of ``extension``; all others that it leads to, and those of
    ``standard``, are standard ones.

    Args:
        anchoring: whether line items have to be anchored in the standard, as in ESEF.
        company: words that name the company, which no name of a concept should have.
        language: the language of the labels to check.
        report: the report that the extension is for; what it does not use is pointed out.
    """
    from exporter.taxonomy.taxonomy import Taxonomy
    from exporter.validation.advice.subject import AdviceSubject, name_text

    around = (standard,) if isinstance(standard, Taxonomy) else tuple(standard)
    subject = AdviceSubject.of(
        extension, around, company=company, language=language, anchoring=anchoring, report=report
    )
    positions = {name_text(concept.qname): position for position, concept in enumerate(subject.own)}
    findings = run(advice(), subject)
    yield from sorted(findings, key=lambda finding: positions.get(finding.location.item or "", len(positions)))
