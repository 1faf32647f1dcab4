"""The built-in rules: one table of them all, and the function that applies them to a report and its taxonomy.

All rules over taxonomies, and the function that applies them.

Applying a table of filing rules to a report.

The table of lints, and the function that applies them.

All advice on a filing's own taxonomy, in order of its concepts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, Literal

from attrs import evolve, frozen

from exporter.codes import CODES
from exporter.errors import ProfileError
from exporter.findings import Finding, Severity, choice_hint
from exporter.model.report import Report
from exporter.profiles.rules import DocumentRule, RuleTable
from exporter.taxonomy.networks import SUMMATION_ITEM
from exporter.taxonomy.read.discovery import LoadedDts
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.advice.concepts import check_anchors, check_labels, check_names, check_needless
from exporter.validation.advice.subject import Subject as AdviseSubject
from exporter.validation.advice.subject import shown
from exporter.validation.engine import Rule, Subject, Syntax, apply_rules
from exporter.validation.filing_rules import contexts, documents, extension, facts, linkbases
from exporter.validation.filing_rules.cover import check_cover
from exporter.validation.filing_rules.subject import DocumentFacts, FilingSubject, Kind
from exporter.validation.lints import arithmetic, numbers, periods
from exporter.validation.lints.subject import LintSubject
from exporter.validation.report import dimensions, duplicates, units, values
from exporter.validation.report import report as concepts
from exporter.validation.report import report as whole_report
from exporter.validation.report.calculation import check_calculations, check_xbrl21_calculations
from exporter.validation.taxonomy import concepts as validate_concepts
from exporter.validation.taxonomy import dimensions as validate_dimensions
from exporter.validation.taxonomy import links, relationships, roles
from exporter.validation.taxonomy.subject import TaxonomyRule, TaxonomySubject

Calculations = Literal["round", "truncate", "xbrl21", "none"]
"""How sums are checked: by Calculations 1.1 in one of its modes, by XBRL 2.1, or not at all."""

RULES: Final[tuple[Rule, ...]] = (
    *concepts.CONCEPT_RULES,
    *values.RULES,
    *units.RULES,
    *dimensions.RULES,
    *whole_report.RULES,
    *duplicates.RULES,
)
"""Every rule, each with its codes."""


def check_report(
    report: Report, taxonomy: Taxonomy, *, syntax: Syntax = "json", complete: bool = True
) -> Iterator[Finding]:
    """What the rules find in a report, in time that grows with the number of its facts.

    Args:
        syntax: whose codes to use where the same fault has one in each syntax's specification.
        complete: whether the whole taxonomy was at hand; if not, what cannot be told is not judged.
    """
    yield from apply_rules(RULES, Subject(report, taxonomy, syntax, complete))


def check_report_and_sums(
    report: Report, taxonomy: Taxonomy, *, syntax: Syntax, complete: bool, calc: Calculations
) -> Iterator[Finding]:
    """As `check_report`, and the calculations that do not come out."""
    yield from check_report(report, taxonomy, syntax=syntax, complete=complete)
    if calc == "xbrl21":
        yield from check_calculations(report, taxonomy, arcroles=(SUMMATION_ITEM,))
        yield from check_xbrl21_calculations(report, taxonomy)
    elif calc != "none":
        yield from check_calculations(report, taxonomy, mode=calc)


TAXONOMY_RULES: Final[tuple[TaxonomyRule, ...]] = (
    *validate_concepts.RULES,
    *roles.RULES,
    *links.RULES,
    *relationships.RULES,
    *validate_dimensions.RULES,
    *validate_concepts.ENUMERATION_RULES,
    *links.MARKUP_RULES,
)
"""Every rule, each with its codes."""


def check_taxonomy(loaded: LoadedDts, *, complete: bool = True) -> Iterator[Finding]:
    """What is wrong with a taxonomy: what reading it found, then what the rules find.

    A fault that a rule names with its own code is not told a second time as ``oime:invalidTaxonomy`` or as one of
    markup.

    Args:
        complete: whether all documents were at hand; if not, what cannot be told is not judged.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    subject = TaxonomySubject(loaded, complete)
    found = [finding for rule in TAXONOMY_RULES for finding in rule.check(subject)]
    named = {(one.location.file, one.location.line) for one in found if one.code != links.MARKUP}
    missing = () if complete else loaded.missing  # which has been told, as of public documents
    for finding in (*loaded.findings, *found):
        if finding in missing:
            continue
        is_general = finding.code in ("oime:invalidTaxonomy", links.MARKUP)
        if not (is_general and (finding.location.file, finding.location.line) in named):
            yield finding


KINDS: Final[dict[str, Kind]] = {
    **contexts.KINDS,
    **facts.KINDS,
    **facts.TEXT_KINDS,
    **documents.KINDS,
    **documents.FILE_KINDS,
    **extension.KINDS,
    **linkbases.LABEL_KINDS,
    **linkbases.KINDS,
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
    return Finding(code="exporter:invalidRules", message=message, fix=choice_hint(rule.kind, sorted(KINDS)))


Check = Callable[[LintSubject], Iterator[Finding]]


@frozen
class Lint:
    """One lint: the code of its findings, the generator, and how bad its findings are."""

    code: str
    check: Check
    severity: Severity = Severity.WARNING

    @property
    def meaning(self) -> str:
        """What the code means."""
        return CODES[self.code]


LINTS: Final = (
    Lint(numbers.SCALE, numbers.scale_slips),
    Lint(numbers.SAME_DIGITS, numbers.same_digits),
    Lint(numbers.SHARE_COUNT, numbers.share_counts),
    Lint(numbers.PER_SHARE, numbers.earnings_per_share),
    Lint(numbers.EXACT, numbers.exact_amounts),
    Lint(numbers.FINER, numbers.finer_digits),
    Lint(numbers.DOUBLE, numbers.double_negation),
    Lint(numbers.NOT_NEGATIVE, numbers.loss_not_negative),
    Lint(numbers.FLIP, numbers.sign_flips),
    Lint(numbers.FLIP, numbers.opposite_duplicates),
    Lint(periods.AT_START, periods.instants_at_start),
    Lint(periods.DAY_OFF, periods.days_off),
    Lint(periods.FOCUS, periods.fiscal_year_focus),
    Lint(periods.PERIOD_END, periods.period_end_differs),
    Lint(periods.YEAR_OFF, periods.year_off),
    Lint(arithmetic.PERCENT, arithmetic.percentages),
    Lint(arithmetic.INVERTED, arithmetic.inverted_rates),
    Lint(arithmetic.TRANSLATED, arithmetic.translations),
    Lint(arithmetic.BEYOND, arithmetic.highs_and_lows),
    Lint(arithmetic.BALANCE, arithmetic.identities),
    Lint(arithmetic.EXPLAINED, arithmetic.explained_sums),
)
"""Every lint, in the order in which their findings are told."""


def check_lints(
    report: Report, taxonomy: Taxonomy | None = None, *, codes: Collection[str] | None = None
) -> Iterator[Finding]:
    """What looks like a slip in a report; warnings all, for each may be right.

    Args:
        taxonomy: what is known of the concepts; types and balances sharpen some lints.
        codes: only the lints with these codes.
    """
    subject = LintSubject(report, taxonomy)
    for lint in LINTS:
        if codes is not None and lint.code not in codes:
            continue
        for finding in lint.check(subject):
            yield finding if finding.severity is lint.severity else evolve(finding, severity=lint.severity)


def advise(
    extension: Taxonomy,
    standard: Taxonomy | Sequence[Taxonomy] = (),
    *,
    anchoring: bool = False,
    company: Iterable[str] = (),
    language: str = "en",
) -> Iterator[Finding]:
    """What a reviewer would say of a filing's own concepts; nothing of it is an error.

    Own are the concepts in the namespace of ``extension``; all others that it leads to, and those of ``standard``, are
    standard ones.

    Args:
        anchoring: whether line items have to be anchored in the standard, as in ESEF.
        company: words that tell the company, which no name should have.
        language: the language of the labels looked at.
    """
    around = (standard,) if isinstance(standard, Taxonomy) else tuple(standard)
    subject = AdviseSubject.of(extension, around, company=company, language=language)
    found = [*check_needless(subject), *check_names(subject), *check_labels(subject)]
    if anchoring:
        found += check_anchors(subject)
    places = {shown(concept.qname): place for place, concept in enumerate(subject.own)}
    yield from sorted(found, key=lambda finding: places.get(finding.location.item or "", len(places)))
