"""The example with statements under every profile: exported, judged by an independent processor, and read back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.disclosures.statements.compose import readings_of
from exporter.filing import Filing
from exporter.model.differences import compare_reports
from exporter.operations.convert import convert
from exporter.operations.export import Export, export_filing
from exporter.operations.export_files import page_name
from exporter.operations.inputs import open_input
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.profiles.read import PROFILES
from exporter.validation.arelle import ask_arelle
from tests.support.standard_package import package_of

SOURCE = Path(__file__).parents[2] / "examples" / "statements" / "report.yaml"
FORMATS = ("items-json", "xbrl-json", "xbrl-xml", "xbrl-csv", "inline-xbrl")
OF_STATEMENTS = {"BalanceSheet", "IncomeStatement", "Note"}


@pytest.fixture(scope="module", params=PROFILES)
def filing(request: pytest.FixtureRequest) -> Filing:
    return load_filing(SOURCE, profile=request.param, audience="analyst")


@pytest.fixture(scope="module")
def export(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export_filing(filing, tmp_path_factory.mktemp("build") / "filing", formats=FORMATS)


def written(filing: Filing, export: Export) -> list[Path]:
    base = filing.base_name
    names = (f"{base}.xbrl", f"{base}.json", f"{base}-csv/{base}.json", page_name(filing))
    return [export.directory / name for name in names]


def test_rows_stand_on_standard_concepts_where_the_profile_has_them(filing: Filing) -> None:
    sheet, income = readings_of(filing.composed)
    own = [row.row.label for reading in (sheet, income) for row in reading.rows if row.is_own]
    expected = {"edinet": ["Weighted average number of shares (in thousands)"]}
    assert filing.rules.name == "extension-only" or own == expected.get(filing.rules.name, [])
    assert [len(reading.findings) for reading in (sheet, income)] == [0, 0]


def test_figures_are_the_same_in_every_profile(filing: Filing) -> None:
    facts = {(fact.concept.local_name, str(fact.period)): fact for fact in filing.to_report().facts}
    sheet, income = readings_of(filing.composed)
    values = {
        row.row.label: facts[row.concept.local_name, str(reading.period(row, row.cells[0]))].value
        for reading in (sheet, income)
        for row in reading.rows
        if row.cells
    }
    assert values["Total assets"] == values["Total liabilities and shareholders’ equity"] == "55171000000"
    assert values["Interest expense"] == "312000000"
    assert values["Weighted average number of shares (in thousands)"] == "80000000"
    assert values["Basic earnings per share (in yen)"] == "44.24"


def test_arelle_accepts_every_format_and_sees_the_same_facts(filing: Filing, export: Export) -> None:
    packages = [package_of(filing, export.directory)] if filing.rules.is_standard else []
    verdicts = ask_arelle(written(filing, export), packages=packages, calc="round", facts=True)
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    expected = {(fact.concept.clark, fact.value) for fact in filing.to_report().facts}
    for verdict in verdicts[:-1]:
        assert {(fact["concept"], fact["value"]) for fact in verdict.facts} == expected
    assert {fact["concept"] for fact in verdicts[-1].facts} == {concept for concept, _ in expected}


def test_the_figures_of_the_note_are_those_of_the_balance_sheet(filing: Filing, export: Export) -> None:
    page = (export.directory / page_name(filing)).read_text(encoding="utf-8")
    sheet, _ = readings_of(filing.composed)
    inventories = next(row for row in sheet.rows if row.row.label == "Inventories")
    note = page[page.index('id="statement-notes"') :]
    tags = re.findall(rf'<ix:nonFraction name="{inventories.concept}"[^>]*>([^<]*)<', note)
    assert tags == ["6,342", "6,015", "6,342", "6,015"]


def test_statements_come_back_as_a_file_that_makes_the_same_facts(
    filing: Filing, export: Export, tmp_path: Path
) -> None:
    source = tmp_path / "again.yaml"
    report = export.directory / f"{filing.base_name}.xbrl"
    with open_input(report) as opened:
        convert(opened, source)
    again = load_filing(source, audience="analyst")
    kinds = {type(item).__name__ for item in again.items}
    assert kinds >= OF_STATEMENTS
    facts = compare_reports(again.to_report(), read_report(report)).facts
    assert (facts.added, facts.removed, facts.changed) == ((), (), ())


AS_PRINTED = """
filing: {entity: {cik: "0001234567"}, period_end: 2024-12-31, prefix: acme, currency: USD}
items:
  - type: BalanceSheet
    title: Balance Sheets
    columns: [2024-12-31, 2023-12-31]
    scale: thousands
    rows:
      - label: Receivables, less allowances of $53 and $47, respectively
        concept: Receivables
        values: ["500", "400"]
        parenthetical: {concept: Allowances, values: [$53, $47]}
      - {label: Treasury stock, concept: TreasuryStock, values: [nil, "—"], dash: nil}
      - label: Common stock, par value $0.00001, 50,400,000 shares authorized
        concept: CommonStock
        values: ["500", "400"]
        parenthetical:
          - {concept: ParValue, values: $0.00001, unit: per share}
          - {concept: SharesAuthorized, values: "50,400,000", unit: shares}
  - type: Note
    title: Receivables
    over: {start: 2024-01-01, end: 2024-12-31}
    markup: markdown
    content: "Owed by *customers*: {BalanceSheet/Receivables} & more."
    parts:
      - {kind: policy, title: Valuation, content: "- at cost\\n- **{BalanceSheet/Receivables/2}**"}
      - kind: table
        title: By Year
        content: "| | 2024 |\\n|---|--:|\\n| Owed | {BalanceSheet/Receivables/1 | digits} |"
"""


def test_what_is_nil_inside_labels_and_in_markdown_is_accepted_and_comes_back(tmp_path: Path) -> None:
    source = tmp_path / "report.yaml"
    source.write_text(AS_PRINTED, encoding="utf-8")
    made = load_filing(source)
    done = export_filing(made, tmp_path / "build", formats=FORMATS)
    verdicts = ask_arelle(written(made, done), packages=[], calc="round", facts=True)
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    facts = made.to_report().facts
    assert [fact.is_nil for fact in facts].count(True) == 2
    expected = sorted((fact.concept.clark, fact.value or "") for fact in facts)
    assert len(expected) == 15
    for verdict in verdicts[:-1]:
        assert sorted((fact["concept"], fact["value"] or "") for fact in verdict.facts) == expected
    assert {fact["concept"] for fact in verdicts[-1].facts} == {concept for concept, _ in expected}
    with open_input(done.directory / f"{made.base_name}.xbrl") as opened:
        convert(opened, tmp_path / "again.yaml")
    again = load_filing(tmp_path / "again.yaml")
    assert len(again.items) == 2
    assert len(compare_reports(again.to_report(), made.to_report()).facts) == 0
