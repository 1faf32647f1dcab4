"""A workbook becomes four filings: the README's commands, and the same files as from YAML."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from tests.support.snippets import play
from tests.support.whole_filing import EXAMPLES, PROFILES, make_workbook, workbook


def test_the_commands_of_its_readme_work(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "statements", tmp_path / "statements")
    shutil.copytree(EXAMPLES / "whole-filing", tmp_path / "whole-filing")
    folder = tmp_path / "whole-filing"
    assert play((folder / "README.md").read_text(encoding="utf-8"), folder) > 10


@pytest.mark.parametrize("profile", PROFILES)
def test_the_workbook_makes_the_files_that_yaml_makes(profile: str, tmp_path: Path) -> None:
    """All but items JSON, which keeps a printed number as its source has it (9,184 or 9184), and the manifest of it."""
    source = tmp_path / "kita.yaml"
    document = make_workbook().filing_of(profile)
    source.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    folders = [
        export_filing(load_filing(path), tmp_path / name).directory
        for name, path in (("book", workbook(tmp_path, profile)), ("yaml", source))
    ]
    first, second = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "manifest.json" and not path.name.endswith(".items.json")
        }
        for folder in folders
    )
    assert len(first) > 8
    assert first == second


def test_every_kind_of_item_has_a_sheet(tmp_path: Path) -> None:
    filing = load_filing(workbook(tmp_path, "sec-us-gaap"))
    kinds = {type(item).__name__ for item in filing.items}
    assert {"DocumentInfo", "BalanceSheet", "IncomeStatement", "Note", "ExchangeRates"} <= kinds
    assert {"OwnershipInterest", "RiskFactor"} <= kinds
