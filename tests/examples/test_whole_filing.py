"""A workbook becomes four filings: the README's commands, and the same files as from YAML."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.review import write_review
from exporter.operations.validate import validate
from tests.support.snippets import play
from tests.support.whole_filing import EXAMPLES, PROFILES, make_workbook, workbook
from tests.unit.cli.running import exporter


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


def test_its_review_page_asks_for_nothing(tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    review = write_review(workbook(tmp_path, "sec-us-gaap"), page)
    text = page.read_text(encoding="utf-8")
    assert len(review.facts) > 50
    assert "default-src 'none'" in text
    assert re.findall(r"<(?:link|iframe|img|object|embed|script)\b[^>]*\b(?:src|href|data)\s*=", text) == []
    assert re.findall(r"url\((?!#|data:)|@import", text) == []


def test_next_years_file_is_valid_once_it_is_filled_in(tmp_path: Path) -> None:
    """Before, only what has to have a value is wrong."""
    path = tmp_path / "next.yaml"
    done = exporter("roll-forward", workbook(tmp_path, "sec-us-gaap"), "--to-period", "2026-03-31", "-o", path, "-q")
    assert done.code == 0
    assert {finding.location.item for finding in validate(path) if finding.is_error} == {
        "items[5] ExchangeRates",
        "items[7] OwnershipInterest",
        "items[8] OwnershipInterest",
    }
    text = path.read_text(encoding="utf-8")
    filled, fields = re.subn(r"^( +[a-z_]+):  # was (.+)$(?!\n +- \"\")", r"\1: \2", text, flags=re.M)
    filled, figures = re.subn(r"^( +values:)  # was (\S+)\n( +- )\"\"$", r"\1\n\3\2", filled, flags=re.M)
    assert (fields, figures) == (7, 28)
    path.write_text(filled, encoding="utf-8")
    assert [finding for finding in validate(path) if finding.is_error] == []
