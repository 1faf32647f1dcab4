"""Every command and every snippet of the README is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's user works: the YAML snippet stands there as report.yaml."""
    made = tmp_path_factory.mktemp("readme")
    (yaml,) = blocks("yaml")
    (made / "report.yaml").write_text(yaml, encoding="utf-8")
    return made


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )


def exporter(line: str) -> list[str]:
    program, *arguments = shlex.split(line, comments=True)
    assert program == "exporter"
    return [sys.executable, "-m", "exporter.cli", *arguments]


def test_the_commands_work_in_their_order(folder: Path) -> None:
    (console,) = blocks("console")
    lines = [line.removeprefix("$ ") for line in console.splitlines()]
    assert len(lines) >= 8
    for line in lines:
        done = run(exporter(line), folder)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout or done.stderr, line


def test_the_python_snippets_work(tmp_path: Path) -> None:
    snippets = blocks("python")
    assert len(snippets) == 2
    for number, snippet in enumerate(snippets):
        script = tmp_path / f"snippet_{number}.py"
        script.write_text(snippet, encoding="utf-8")
        done = run([sys.executable, str(script)], tmp_path)
        assert done.returncode == 0, done.stderr


def test_the_error_line_is_one_that_is_printed(folder: Path) -> None:
    (shown,) = blocks("text")
    code, mend = re.search(r"error: (exporter:\w+): .*\((.*)\)$", shown.strip()).groups()  # type: ignore[union-attr]
    wrong = (folder / "report.yaml").read_text(encoding="utf-8").replace("low: 102.26", "low: 115.00")
    (folder / "wrong.yaml").write_text(wrong, encoding="utf-8")
    done = run(exporter("exporter validate wrong.yaml"), folder)
    assert done.returncode == 1
    expected = shown.strip().partition(" error: ")[2]
    assert f"error: {expected}" in done.stdout, done.stdout
    assert code in done.stdout
    assert mend in done.stdout
    line = wrong.splitlines().index("    low: 115.00") + 1
    assert f"wrong.yaml:{line}:" in done.stdout


def test_the_two_commands_are_those_of_ci() -> None:
    first, second = blocks("sh")[0].splitlines()
    assert first.endswith("exporter export examples/iij-20f-2005/report.yaml -o build")
    assert second == ".venv/bin/python -m pytest"
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script


def test_every_folder_and_file_named_is_there() -> None:
    for path in re.findall(r"`((?:exporter|schemas|examples)/[\w./-]+)`", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_formats_table_is_the_registry() -> None:
    from exporter.formats.registry import formats

    table = README.partition("## Formats")[2].partition("##")[0]
    assert set(re.findall(r"^\| `([\w-]+)`", table, flags=re.MULTILINE)) == {each.name for each in formats()}


def test_json_output_is_one_document(folder: Path) -> None:
    done = run(exporter("exporter validate report.yaml --json"), folder)
    assert json.loads(done.stdout)["findings"] == []
