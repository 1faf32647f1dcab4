"""Filing rules and lints on any report: they never break down, and say the same twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.findings import Severity
from exporter.model.report import Report
from exporter.operations.load import load_filing
from exporter.profiles.read_rules import RULE_TABLES, read_rule_table
from exporter.testing.report_strategies import reports
from exporter.validation.rule_sets import check_filing_rules, check_lints
from tests.strategies.taxonomies import taxonomies

some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLE = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"


@some
@given(reports(), st.sampled_from(RULE_TABLES))
def test_rules_bear_any_report(report: Report, name: str) -> None:
    table = read_rule_table(name)
    found = list(check_filing_rules(report, table))
    assert found == list(check_filing_rules(report, table))
    assert {finding.code for finding in found} <= set(table.codes)


@some
@given(taxonomies(), st.sampled_from(RULE_TABLES))
def test_rules_bear_any_taxonomy(taxonomy: object, name: str) -> None:
    table = read_rule_table(name)
    found = list(check_filing_rules(Report(), table, taxonomy=taxonomy))  # type: ignore[arg-type]
    assert {finding.code for finding in found} <= set(table.codes)


@some
@given(reports())
def test_lints_bear_any_report(report: Report) -> None:
    found = list(check_lints(report))
    assert found == list(check_lints(report))
    assert all(finding.severity is Severity.WARNING for finding in found)


@pytest.fixture(scope="module")
def example() -> Report:
    return load_filing(EXAMPLE).to_report()


def test_order_does_not_count(example: Report) -> None:
    """What is wrong does not depend on the order of the facts."""
    table = read_rule_table("form-20-f")
    turned = evolve(example, facts=list(reversed(example.facts)))
    told = [{finding.code for finding in check_filing_rules(one, table)} for one in (example, turned)]
    assert told[0] == told[1]
    assert list(check_lints(turned)) == []
