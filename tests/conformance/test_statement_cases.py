"""Primary statements of real filings, written from their printed tables: facts, sums and order are the filers' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from tests.conformance.suite import SHARED
from tests.support.statement_case import source_of

CASES = sorted(path.parent for path in (SHARED / "statements").glob("*/case.json"))
CHECK = SHARED.parent / "tools" / "check_statements.py"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_printed_table_gives_what_the_company_filed(case: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.yaml"
    source.write_text(yaml.safe_dump(source_of(case), allow_unicode=True, sort_keys=False), encoding="utf-8")
    export_filing(load_filing(source), tmp_path / "out", formats=["xbrl-json"])
    command = [sys.executable, str(CHECK), str(case), str(tmp_path / "out"), "--printed"]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
