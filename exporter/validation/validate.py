"""The built-in rules: one table of them all, and the function that applies them to a report and its taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from exporter.findings import Finding
from exporter.model.report import Report
from exporter.taxonomy.networks import SUMMATION_ITEM
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation import dimensions, duplicates, units
from exporter.validation.calculation import check_calculations
from exporter.validation.calculation_xbrl21 import check_xbrl21_calculations
from exporter.validation.oim import concepts, values
from exporter.validation.oim import report as whole_report
from exporter.validation.rules import Rule, Subject, Syntax, apply_rules

Calculations = Literal["round", "truncate", "xbrl21", "none"]
"""How sums are checked: by Calculations 1.1 in one of its modes, by XBRL 2.1, or not at all."""

RULES: Final[tuple[Rule, ...]] = (
    *concepts.RULES,
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
