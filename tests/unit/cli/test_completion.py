"""What a shell completes, as shells ask for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.running import ROOT

pytestmark = pytest.mark.door("click")

RECIPES = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
OWN = """\
import exporter as ex

@ex.report_item(label="Churn")
class ChurnRate(ex.ReportItem):
    as_of: ex.Instant = ex.period()
    share: ex.Percent = ex.concept("ChurnRate")
"""


def program(*command: str, folder: Path = ROOT, **variables: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.stdout


def completed(line: str, folder: Path = ROOT) -> list[str]:
    """What bash is offered at the end of ``line``, with its kind."""
    position = str(len(line.split()) - (not line.endswith(" ")))
    variables = {"_EXPORTER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": position}
    return program(sys.executable, "-m", "exporter", folder=folder, **variables).split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("exporter exp", ["plain,export"]),
        ("exporter items Owner", ["plain,OwnershipInterest"]),
        ("exporter items ownership", ["plain,OwnershipInterest"]),
        ("exporter schema AccumulatedD", ["plain,AccumulatedDeficit"]),
        ("exporter profiles edinet --item NetL", ["plain,NetLoss"]),
        ("exporter profiles sec-u", ["plain,sec-us-gaap", "file,sec-u"]),
        ("exporter export a.yaml --profile sec-", ["plain,sec-us-gaap", "plain,sec-ifrs", "file,sec-"]),
        ("exporter validate a.yaml --profile ed", ["plain,edinet", "file,ed"]),
        ("exporter tag a.htm --profile ed", ["plain,edinet", "file,ed"]),
        ("exporter advise a.yaml --profile ed", ["plain,edinet", "file,ed"]),
        ("exporter validate a.yaml --rules form", ["plain,form-20-f", "file,form"]),
        ("exporter export a.yaml --rules es", ["plain,esef", "file,es"]),
        ("exporter export a.yaml --format report", ["plain,report-package"]),
        ("exporter convert a.xbrl -o b --to xbrl-", ["plain,xbrl-csv", "plain,xbrl-json", "plain,xbrl-xml"]),
    ],
)
def test_names_are_completed(line: str, offered: list[str]) -> None:
    assert [entry for entry in completed(line) if entry != "plain,OwnershipChange"] == offered


def test_items_of_a_module_named_before_are_completed(tmp_path: Path) -> None:
    (tmp_path / "churn.py").write_text(OWN, encoding="utf-8")
    assert completed("exporter items --items-module churn Churn", tmp_path) == ["plain,ChurnRate"]
    assert completed("exporter items --items-module nothing Churn", tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_that_turns_completion_on_is_the_documented_one(shell: str) -> None:
    (variable,) = set(re.findall(rf"(\w+)={shell}_source exporter", RECIPES))
    variables = dict.fromkeys([variable], f"{shell}_source")
    script = program(sys.executable, "-m", "exporter", folder=ROOT, **variables)
    assert f"_EXPORTER_COMPLETE={shell}_complete" in script


def test_the_program_runs_as_a_module() -> None:
    for module in ("exporter", "exporter.cli"):
        assert program(sys.executable, "-m", module, "--version").startswith("exporter ")
