"""The table of lints, and the function that applies them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from attrs import evolve, frozen

from exporter.codes import CODES
from exporter.findings import Finding, Severity
from exporter.model.report import Report
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.lints import periods, rates, scale, sign, sums
from exporter.validation.lints.subject import LintSubject

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
    Lint(scale.SCALE, scale.scale_slips),
    Lint(scale.SAME_DIGITS, scale.same_digits),
    Lint(scale.SHARE_COUNT, scale.share_counts),
    Lint(scale.PER_SHARE, scale.earnings_per_share),
    Lint(scale.EXACT, scale.exact_amounts),
    Lint(scale.FINER, scale.finer_digits),
    Lint(sign.DOUBLE, sign.double_negation),
    Lint(sign.NOT_NEGATIVE, sign.loss_not_negative),
    Lint(sign.FLIP, sign.sign_flips),
    Lint(sign.FLIP, sign.opposite_duplicates),
    Lint(periods.AT_START, periods.instants_at_start),
    Lint(periods.DAY_OFF, periods.days_off),
    Lint(periods.FOCUS, periods.fiscal_year_focus),
    Lint(periods.PERIOD_END, periods.period_end_differs),
    Lint(periods.YEAR_OFF, periods.year_off),
    Lint(rates.PERCENT, rates.percentages),
    Lint(rates.INVERTED, rates.inverted_rates),
    Lint(rates.TRANSLATED, rates.translations),
    Lint(rates.BEYOND, rates.highs_and_lows),
    Lint(sums.BALANCE, sums.identities),
    Lint(sums.EXPLAINED, sums.explained_sums),
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
