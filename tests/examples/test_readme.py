"""Every command and every snippet of the README and of the recipes is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(language: str, document: str = README) -> list[str]:
    return [text for name, text in _BLOCK.findall(document) if name == language]


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


def run_commands(document: str, folder: Path) -> int:
    """Run every command of a document; a line that says so in its comment ends with exit code 1."""
    lines = [line.removeprefix("$ ") for text in blocks("console", document) for line in text.splitlines()]
    for line in lines:
        done = run(exporter(line), folder)
        expected = 1 if "# " in line and "exit code 1" in line.partition("# ")[2] else 0
        assert done.returncode == expected, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout or done.stderr, line
    return len(lines)


def test_the_commands_work_in_their_order(folder: Path) -> None:
    assert run_commands(README, folder) >= 8


def test_the_recipes_work_in_their_order(folder: Path, tmp_path: Path) -> None:
    if find_spec("iXBRLViewerPlugin") is None:
        pytest.skip("the recipe of the viewer needs it")
    shutil.copy(folder / "report.yaml", tmp_path)
    shutil.copytree(ROOT / "examples" / "iij-20f-2005", tmp_path / "iij-20f-2005")
    assert run_commands(RECIPES, tmp_path) >= 8


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
    for path in re.findall(r"`((?:exporter|schemas|examples)/[\w./-]+)`", README + RECIPES):
        assert (ROOT / path).exists(), path
    for folder, document in ((ROOT, README), (ROOT / "examples", RECIPES)):
        for path in re.findall(r"\]\(([\w./-]+)\)", document):
            assert (folder / path).exists(), path


def test_the_formats_table_is_the_registry() -> None:
    from exporter.formats.registry import formats

    table = README.partition("## Formats")[2].partition("##")[0]
    assert set(re.findall(r"^\| `([\w-]+)`", table, flags=re.MULTILINE)) == {each.name for each in formats()}


def test_json_output_is_one_document(folder: Path) -> None:
    done = run(exporter("exporter validate report.yaml --json"), folder)
    assert json.loads(done.stdout)["findings"] == []
