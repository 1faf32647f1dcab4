"""Hooks, nox and CI run the same tools, from files that can be read."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest
import yaml

from tests.architecture.test_layers import PACKAGE

ROOT = PACKAGE.parent
HOOKS = ROOT / ".pre-commit-config.yaml"
TOOLS = {"ruff check", "ruff format", "mypy"}


def test_hooks_run_the_locked_tools_and_fetch_nothing() -> None:
    (repository,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    entries = [hook["entry"] for hook in repository["hooks"]]
    assert all(entry.startswith(".venv/bin/") for entry in entries)
    assert {" ".join(entry.removeprefix(".venv/bin/").split(" --")[0].split()) for entry in entries} == TOOLS
    assert all(hook["language"] == "system" for hook in repository["hooks"])


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_hooks_are_configured_as_pre_commit_wants_it() -> None:
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", HOOKS], check=True)


def test_ci_runs_what_a_developer_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(tool in script for tool in TOOLS)
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    for option in ("--fail-on-warning", "--nitpicky", "--keep-going"):
        assert option in script
        assert option in noxfile
