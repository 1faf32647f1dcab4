"""Every command and every snippet of the README and of the recipes is run."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import exporter as ex
from tests.support.snippets import ROOT, blocks, exporter, run, run_commands

README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's user works: the YAML snippet stands there as report.yaml."""
    made = tmp_path_factory.mktemp("readme")
    (yaml,) = blocks("yaml", README)
    (made / "report.yaml").write_text(yaml, encoding="utf-8")
    return made


def test_the_commands_work_in_their_order(folder: Path) -> None:
    assert run_commands(README, folder) >= 8


def test_the_recipes_work_in_their_order(folder: Path, tmp_path: Path) -> None:
    if find_spec("iXBRLViewerPlugin") is None:
        pytest.skip("the recipe of the viewer needs it")
    shutil.copy(folder / "report.yaml", tmp_path)
    shutil.copytree(ROOT / "examples" / "iij-20f-2005", tmp_path / "iij-20f-2005")
    assert run_commands(RECIPES, tmp_path) >= 8


def test_the_python_snippets_work(tmp_path: Path) -> None:
    snippets = blocks("python", README)
    assert len(snippets) == 2
    for number, snippet in enumerate(snippets):
        script = tmp_path / f"snippet_{number}.py"
        script.write_text(snippet, encoding="utf-8")
        done = run([sys.executable, str(script)], tmp_path)
        assert done.returncode == 0, done.stderr


def test_every_name_of_the_package_is_there() -> None:
    """Those in the text too, which no snippet uses."""
    names = set(re.findall(r"\bex\.(\w+)", README))
    assert len(names) >= 20
    assert names <= set(ex.__all__)


def test_the_error_line_is_one_that_is_printed(folder: Path) -> None:
    (shown,) = blocks("text", README)
    code, fix = re.search(r"error: (exporter:\w+): .*\((.*)\)$", shown.strip()).groups()  # type: ignore[union-attr]
    wrong = (folder / "report.yaml").read_text(encoding="utf-8").replace("low: 102.26", "low: 115.00")
    (folder / "wrong.yaml").write_text(wrong, encoding="utf-8")
    done = run(exporter("exporter validate wrong.yaml"), folder)
    assert done.returncode == 1
    expected = shown.strip().partition(" error: ")[2]
    assert f"error: {expected}" in done.stdout, done.stdout
    assert code in done.stdout
    assert fix in done.stdout
    line = wrong.splitlines().index("    low: 115.00") + 1
    assert f"wrong.yaml:{line}:" in done.stdout


def test_the_two_commands_are_those_of_ci() -> None:
    first, second = blocks("sh", README)[0].splitlines()
    assert first.endswith("exporter export examples/iij-20f-2005/report.yaml -o build")
    assert second == ".venv/bin/python -m pytest -n auto"
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
