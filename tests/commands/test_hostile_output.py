"""What is printed is harmless where it ends up: on a terminal, in a spreadsheet, in a stream that nobody reads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.running import ROOT, exporter

VALUES = {
    "=HYPERLINK(1)": "'=HYPERLINK(1)",
    "+1+cmd|' /C calc'!A0": "'+1+cmd|' /C calc'!A0",
    "-1-1": "'-1-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "＝1+1": "'＝1+1",
    "-34400000000": "-34400000000",
    "+1.5": "+1.5",
    "-.5e-3": "-.5e-3",
    "-": "'-",
    "1=1": "1=1",
    "a\u202eb": "a\\u202eb",
    "a\x9b31m\x85": "a\\x9b31m\\x85",
    "two\nlines": "two\nlines",
    "\u200fx": "\\u200fx",
    "": "",
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    dimensions = {"concept": "e:A", "entity": "s:A", "period": "2005-04-01T00:00:00"}
    facts = {f"f{n}": {"value": value, "dimensions": dimensions} for n, value in enumerate(VALUES)}
    head = {
        "documentType": "https://xbrl.org/2021/xbrl-json",
        "namespaces": {"e": "http://e.com/x", "s": "http://s"},
        "taxonomy": ["http://e.com/x.xsd"],
    }
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"documentInfo": head, "facts": facts}))
    return path


def cells(text: str) -> list[str]:
    return [row["value"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_a_spreadsheet_runs_nothing(report: Path) -> None:
    outcome = exporter("facts", report, "--csv")
    assert outcome.code == 0
    assert cells(outcome.out) == list(VALUES.values())


def test_cells_as_they_are(report: Path) -> None:
    outcome = exporter("facts", report, "--csv", "--unaltered")
    assert cells(outcome.out) == list(VALUES)
    assert exporter("facts", report, "--unaltered").code == 2


def test_a_table_steers_no_terminal(report: Path) -> None:
    text = exporter("facts", report).out
    assert "a\\u202eb" in text
    assert "a\\x9b31m" in text
    assert all(character in "\t\n" or character.isprintable() for character in text)


@pytest.mark.parametrize("arguments", [["facts"], ["facts", "--json"], ["validate", "--json"], ["facts", "--csv"]])
@pytest.mark.parametrize(("redirection", "code"), [(">&-", 2), (">&- 2>&-", 2), ("<&- >/dev/full", 2), ("| true", 0)])
def test_streams_that_take_nothing(report: Path, arguments: list[str], redirection: str, code: int) -> None:
    command = f'"$@" {redirection}'
    program = [sys.executable, "-m", "exporter.cli", *arguments, str(report)]
    done = subprocess.run(
        ["sh", "-c", command, "sh", *program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert "internalError" not in done.stderr
    assert "Traceback" not in done.stderr
    assert ("exporter:unwritableFile" in done.stderr) == (code == 2 and "2>" not in redirection)


def test_help_into_a_closed_stream() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "exporter.cli", "facts", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "standard output cannot be written" in done.stderr
    assert "internalError" not in done.stderr


def test_findings_into_a_closed_stream() -> None:
    program = [sys.executable, "-m", "exporter.cli", "facts", "nosuch.json"]
    done = subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *program], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 2
