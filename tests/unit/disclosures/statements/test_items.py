"""The statements among the report items."""

from __future__ import annotations

from exporter.disclosures import BalanceSheet, IncomeStatement
from exporter.disclosures.statements.layout import StatementKind
from exporter.items.composed import composer_of
from exporter.operations.check import validate_filing
from tests.unit.disclosures.statements.made import SHEET, filing, node


def test_each_statement_knows_its_kind_and_they_are_composed_together() -> None:
    assert BalanceSheet.kind is StatementKind.BALANCE_SHEET
    assert composer_of(BalanceSheet) is composer_of(IncomeStatement)


def test_a_sum_that_does_not_hold_is_one_finding_of_the_whole_judgement() -> None:
    made = filing(node("BalanceSheet", SHEET.replace("| 2,000 | 1,100", "| 2,900 | 1,100")))
    sums = [finding for finding in validate_filing(made) if "Sum" in finding.code or "calc" in finding.code]
    assert [finding.code for finding in sums] == ["exporter:statementSum"]
    assert not sums[0].is_error
