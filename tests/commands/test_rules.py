"""Filing rules, lints and plug-ins of Arelle on the command line."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.unit.cli.running import exporter

SLIP = """\
filing: {entity: {cik: 0001090633}, prefix: iij, namespace: "http://www.iij.ad.jp/20050331", period_end: 2005-03-31}
items:
  - type: DocumentInfo
    over: {start: 2004-04-01, end: 2005-03-31}
    document_type: 20-F
    period_end: 2005-03-31
    registrant: Internet Initiative Japan Inc.
    central_index_key: "0001090633"
    annual_report: true
  - {type: MonetaryFact, meaning: revenue, at: {start: 2003-04-01, end: 2004-03-31}, amount: ¥38.8 billion}
  - {type: MonetaryFact, meaning: revenue, at: {start: 2004-04-01, end: 2005-03-31}, amount: ¥41.7 million}
"""
MINE = """\
schema = "exporter-rules/1"
name = "mine"
prefix = "mine"
title = "House rules"
source = "ours"
[[cover]]
name = "FileNumber"
concept = "EntityFileNumber"
level = "required"
fix = "state the file number"
"""


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    path = tmp_path / "slip.yaml"
    path.write_text(SLIP, encoding="utf-8")
    return path


class TestRules:
    def test_a_broken_rule_has_its_line_and_item(self, slip: Path) -> None:
        outcome = exporter("validate", slip, "--rules", "form-20-f")
        assert outcome.code == 1
        assert f"{slip}:3:5: error: sec20f:6.5.54-Auditor: items[0] DocumentInfo: the cover page lacks" in outcome.out

    def test_json_has_the_same(self, slip: Path) -> None:
        told = exporter("validate", slip, "--rules", "form-20-f", "--json").json["findings"]
        findings = {one["code"]: one for one in told}
        auditor = findings["sec20f:6.5.54-Auditor"]
        assert auditor["location"] == {
            "file": str(slip),
            "line": 3,
            "column": 5,
            "pointer": "/items/0",
            "item": "items[0] DocumentInfo",
        }
        assert findings["exporter:scaleSlip"]["location"]["line"] == 11

    def test_several_tables_one_of_them_ones_own(self, slip: Path, tmp_path: Path) -> None:
        mine = tmp_path / "mine.toml"
        mine.write_text(MINE, encoding="utf-8")
        codes = exporter("validate", slip, "--rules", "esef", "--rules", mine, "--json").codes
        assert "mine:FileNumber" in codes
        assert "esef:G2.1.1-EntityScheme" in codes

    @pytest.mark.parametrize("name", ["form-99", "nosuch.toml"])
    def test_rules_that_are_not_there(self, slip: Path, name: str) -> None:
        outcome = exporter("validate", slip, "--rules", name, "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:invalidRules"])

    def test_rules_are_not_arelles(self, folder: Path) -> None:
        report = folder / "iij-20050331.xbrl"
        outcome = exporter("validate", report, "--rules", "esef", "--engine", "arelle", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])

    def test_export_leaves_nothing_behind_that_breaks_them(self, slip: Path, tmp_path: Path) -> None:
        outcome = exporter("export", slip, "-o", tmp_path / "out", "--rules", "form-20-f", "--json")
        assert outcome.code == 1
        assert "sec20f:6.5.54-Auditor" in outcome.codes
        assert not (tmp_path / "out").exists()

    def test_export_of_what_keeps_them(self, slip: Path, tmp_path: Path) -> None:
        mine = tmp_path / "mine.toml"
        mine.write_text(MINE.replace("EntityFileNumber", "EntityRegistrantName"), encoding="utf-8")
        outcome = exporter("export", slip, "-o", tmp_path / "out", "--rules", mine, "--format", "xbrl-json", "-q")
        assert outcome.code == 0
        assert (tmp_path / "out" / "iij-20050331.json").exists()


class TestLints:
    def test_on_by_default_for_items_and_off_when_asked(self, slip: Path) -> None:
        assert "exporter:scaleSlip" in exporter("validate", slip, "--json").codes
        assert "exporter:scaleSlip" not in exporter("validate", slip, "--no-lint", "--json").codes

    def test_on_when_asked_for_reports(self, slip: Path, tmp_path: Path) -> None:
        exporter("export", slip, "-o", tmp_path / "out", "--format", "xbrl-json", "-q")
        report = tmp_path / "out" / "iij-20050331.json"
        assert exporter("validate", report, "--json").codes == []
        outcome = exporter("validate", report, "--lint", "--json")
        assert (outcome.code, outcome.codes) == (0, ["exporter:scaleSlip"])


class TestPlugins:
    def test_they_are_arelles(self, slip: Path) -> None:
        outcome = exporter("validate", slip, "--plugin", "esef", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])
        assert "--engine arelle" in outcome.json["findings"][0]["mend"]

    @pytest.mark.skipif(importlib.util.find_spec("arelle") is None, reason="Arelle is not installed")
    def test_a_plugin_that_is_not_there(self, folder: Path) -> None:
        report = folder / "iij-20050331.xbrl"
        outcome = exporter("validate", report, "--engine", "arelle", "--plugin", "/nowhere/EDGAR", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:unreadableFile"])

    @pytest.mark.skipif(
        importlib.util.find_spec("arelle") is None or importlib.util.find_spec("tinycss2") is None,
        reason="Arelle is not installed, or not with its extra esef",
    )
    def test_esef_by_arelle(self, folder: Path) -> None:
        """The report is no ESEF report: entity, taxonomy and package are told."""
        report = folder / "iij-20050331.xhtml"
        outcome = exporter("validate", report, "--engine", "arelle", "--plugin", "esef", "--json")
        assert outcome.code == 1
        assert any(code.startswith("ESEF.") for code in outcome.codes)
