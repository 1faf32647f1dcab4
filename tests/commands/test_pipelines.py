"""The action and the hook that other repositories use: their files hold what is asked for, and their commands run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.cli.running import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment with this package as the command ``exporter``."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "exporter"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m exporter "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def test_the_action_has_the_shape_of_one() -> None:
    assert {"name", "description", "inputs", "runs"} <= ACTION.keys()
    assert ACTION["runs"]["using"] == "composite"
    assert all({"uses"} <= step.keys() or {"run", "shell"} <= step.keys() for step in STEPS)
    for given in ACTION["inputs"].values():
        assert given.keys() <= {"description", "required", "default"}
        assert given.get("required") or isinstance(given["default"], str)
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(ACTION["runs"])))
    assert used == set(ACTION["inputs"])


def test_inputs_reach_scripts_by_the_environment_only() -> None:
    """An expression within a script would let who names a file run commands."""
    assert all("${{" not in step.get("run", "") for step in STEPS)


@needs_bash
@pytest.mark.parametrize(("rules", "code"), [("", 0), ("form-20-f", 1), ("form-20-f esef", 1), ("no-such-rules", 2)])
def test_the_action_validates(rules: str, code: int, source: Path, tmp_path: Path, program: dict[str, str]) -> None:
    deep = tmp_path / "filings" / "2005"
    deep.mkdir(parents=True)
    shutil.copy(source, deep / "a report.yaml")
    (step,) = (step for step in STEPS if step.get("id") == "validate")
    given = {"FILES": "filings/**/*.yaml", "RULES": rules, "PROFILE": "", "SARIF": "out.sarif"}
    assert given.keys() == step["env"].keys()
    environment = {**program, **given, "GITHUB_OUTPUT": str(tmp_path / "output")}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]  # as GitHub runs it
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"exit-code={code}\n"
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert bool(results) == (code == 1)
    uris = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in results
        for location in result.get("locations", ())
    }
    assert not results or "filings/2005/a%20report.yaml" in uris


@needs_bash
def test_an_action_that_has_nothing_to_check_fails(tmp_path: Path, program: dict[str, str]) -> None:
    (step,) = (step for step in STEPS if step.get("id") == "validate")
    environment = {**program, "FILES": "away/*.yaml", "RULES": "", "PROFILE": "", "SARIF": "out.sarif"}
    environment["GITHUB_OUTPUT"] = str(tmp_path / "output")
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no file fits away/*.yaml" in done.stdout


def test_the_hook_has_the_shape_of_one() -> None:
    (hook,) = HOOKS
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook.keys() <= {"id", "name", "description", "entry", "language", "types_or", "files", "require_serial"}
    chosen = [name for name in ("report.yaml", "a/report.yml", "a/b.items.json") if re.search(hook["files"], name)]
    assert len(chosen) == 3
    assert not re.search(hook["files"], "mkdocs.yaml")
    assert not re.search(hook["files"], "a/report.json")


def test_the_hook_runs_on_the_files_that_are_committed(source: Path, program: dict[str, str], tmp_path: Path) -> None:
    (hook,) = HOOKS
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(source.read_text(encoding="utf-8").replace("31.6%", "316%"), encoding="utf-8")
    for names, code in (([source.name], 0), ([source.name, wrong.name], 1)):
        command = [*shlex.split(hook["entry"]), *names]
        done = subprocess.run(command, cwd=tmp_path, env=program, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
    assert "wrong.yaml:" in done.stdout
