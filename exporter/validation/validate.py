"""The built-in rules: one table of them all, and the function that applies them to a report and its taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.model.report import Report
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation import dimensions, duplicates, units
from exporter.validation.oim import concepts, values
from exporter.validation.oim import report as whole_report
from exporter.validation.rules import Rule, Subject, Syntax, apply_rules

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
