"""One judgement of a filing: what `validate` finds in a source, `export` finds, at the same items and lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import exporter as ex
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.findings import Finding, has_errors
from exporter.operations.check import validate_filing
from exporter.operations.load import load_filing
from tests.unit.cli.running import exporter as run_program

HEAD = """filing: {entity: {cik: "0000000005"}, prefix: acme, period_end: 2023-12-31}
items:
"""
# What only the report, its calculations or a lint can find, with the line that is at fault.
SUM = (
    HEAD
    + """  - type: MonetaryFact
    meaning: revenue
    at: &fy {start: 2023-01-01, end: 2023-12-31}
    amount: NOK 100 million
  - {type: MonetaryFact, meaning: cost_of_revenue, at: *fy, amount: NOK 60 million}
  - {type: MonetaryFact, meaning: gross_profit, at: *fy, amount: NOK 90 million}
"""
)
SCALE = (
    HEAD
    + """  - {type: MonetaryFact, meaning: total_assets, at: 2022-12-31, amount: NOK 100.4 million}
  - {type: MonetaryFact, meaning: total_assets, at: 2023-12-31, amount: NOK 101.2 thousand}
"""
)
CALCULATED = (
    HEAD
    + """  - type: Parts
    over: {start: 2023-01-01, end: 2023-12-31}
    one: NOK 10 million
    other: NOK 5 million
    total: NOK 26 million
"""
)
MODULE = """
import exporter as ex


@ex.report_item
class Parts(ex.ReportItem):
    over: ex.Duration = ex.period()
    one: ex.Money = ex.concept("One", balance="debit")
    other: ex.Money = ex.concept("Other", balance="debit")
    total: ex.Money = ex.concept("Total", balance="debit", sum_of=("one", "other"))
"""


def written(folder: Path, text: str, name: str = "report.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    written(tmp_path, MODULE, "parts_of_a_sum.py")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "parts_of_a_sum"


CASES = {
    "exporter:sumDiffers": (SUM, 8, "/items/2/amount", "items[2] MonetaryFact"),
    "exporter:scaleSlip": (SCALE, 4, "/items/1/amount", "items[1] MonetaryFact"),
    "calc11e:inconsistentCalculationUsingRounding": (CALCULATED, 7, "/items/0/total", "items[0] Parts"),
}


@pytest.mark.parametrize("code", CASES)
def test_both_commands_find_the_same_at_the_same_line(tmp_path: Path, module: str, code: str) -> None:
    text, line, pointer, item = CASES[code]
    source = written(tmp_path, text)
    validated = run_program("validate", source, "--items-module", module, "--json")
    exported = run_program("export", source, "-o", tmp_path / "out", "--items-module", module, "--json")
    findings = json.loads(validated.out)["findings"]
    assert json.loads(exported.out)["findings"] == findings
    assert validated.code == exported.code
    place = next(each["location"] for each in findings if each["code"] == code)
    assert (place["line"], place["pointer"], place["item"]) == (line, pointer, item)
    assert place["file"] == str(source)


def test_an_error_that_only_the_report_shows_stops_the_export(tmp_path: Path, module: str) -> None:
    source, out = written(tmp_path, CALCULATED), tmp_path / "out"
    assert run_program("export", source, "-o", out, "--items-module", module).code == 1
    assert not out.exists()


def test_force_writes_and_says_so(tmp_path: Path, module: str) -> None:
    source, out = written(tmp_path, CALCULATED), tmp_path / "out"
    ended = run_program("export", source, "-o", out, "--items-module", module, "--force", "--json")
    assert ended.code == 1
    code = "calc11e:inconsistentCalculationUsingRounding"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["forced"] == [{"code": code, "severity": "error", "count": 1}]
    first = (out / "manifest.json").read_bytes()
    run_program("export", source, "-o", out, "--items-module", module, "--force")
    assert (out / "manifest.json").read_bytes() == first
    assert [each["code"] for each in json.loads(ended.out)["findings"]] == [code]


def test_force_overrules_warnings_under_strict(tmp_path: Path) -> None:
    source, out = written(tmp_path, SCALE), tmp_path / "out"
    assert run_program("export", source, "-o", out, "--strict").code == 1
    assert not out.exists()
    run_program("export", source, "-o", out, "--strict", "--force")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {each["severity"] for each in manifest["forced"]} == {"warning"}


def test_a_sound_filing_is_not_forced(tmp_path: Path) -> None:
    source = written(tmp_path, SCALE.replace("thousand", "million"))
    assert run_program("export", source, "-o", tmp_path / "out", "--force").code == 0
    assert "forced" not in json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))


def test_contradicting_items_can_be_written_by_force(tmp_path: Path) -> None:
    text = HEAD + "".join(
        f"  - {{type: MonetaryFact, meaning: total_assets, at: 2023-12-31, amount: NOK {amount} million}}\n"
        for amount in (100, 200)
    )
    out = tmp_path / "out"
    run_program("export", written(tmp_path, text), "-o", out, "--force")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert "exporter:duplicateContradicts" in {each["code"] for each in manifest["forced"]}
    report = ex.read_report(out / "acme-20231231.xbrl")
    assert {fact.value for fact in report.facts if fact.concept.local_name == "Assets"} == {"100000000", "200000000"}


def test_the_library_judges_as_the_commands_do(tmp_path: Path) -> None:
    source = written(tmp_path, SUM)
    validated = ex.validate(source)
    done = ex.export_filing(load_filing(source), tmp_path / "out")
    assert list(done.findings) == validated
    assert any(finding.code == "exporter:sumDiffers" and finding.location.line == 8 for finding in validated)


def test_items_without_a_file_have_their_place_among_the_items() -> None:
    fy = ex.Duration("2023-01-01", "2023-12-31")
    amounts = {
        MonetaryMeaning.REVENUE: "NOK 100 million",
        MonetaryMeaning.COST_OF_REVENUE: "NOK 60 million",
        MonetaryMeaning.GROSS_PROFIT: "NOK 90 million",
    }
    items = [MonetaryFact(meaning=each, at=fy, amount=ex.Money.parse(text)) for each, text in amounts.items()]
    filing = ex.Filing(entity=ex.Entity.cik(5), period_end=ex.Instant("2023-12-31"), items=items)
    (finding,) = validate_filing(filing)
    assert (finding.location.pointer, finding.location.file) == ("/items/2/amount", None)


@pytest.mark.parametrize("profile", ["extension-only", "sec-us-gaap", "sec-ifrs", "edinet"])
def test_every_finding_about_a_filing_has_a_line(tmp_path: Path, profile: str) -> None:
    for text in (SUM, SCALE):
        source = written(tmp_path, text)
        findings: list[Finding] = ex.validate(source, profile=profile)
        assert findings
        assert not has_errors(findings)
        assert [finding for finding in findings if finding.location.line is None] == []
