"""Every example of every ``--help`` is run, on files that the program itself has written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from exporter.cli.main import program
from tests.examples.test_readme import README, RECIPES
from tests.support.snippets import blocks
from tests.unit.cli.running import ROOT, exporter

COMMANDS = list(program.list_commands(None))  # type: ignore[arg-type]
PACKAGES = ("us-gaap-2024.zip", "us-gaap-2025.zip", "ifrs-2024.zip", "edinet-2024.zip", "edinet-2025-11-01.zip")
# Examples that are about what is wrong: their exit code is not 0.
FINDINGS = {"exporter validate report.yaml --rules form-20-f": 1}


def examples() -> list[str]:
    """The lines that call the program in the help of all commands, and of the program itself."""
    lines = []
    for command in ("", *COMMANDS):
        text = exporter(*filter(None, [command]), "--help").out
        _, _, block = text.partition("Examples:\n") if command else text.partition("A first look:\n")
        for line in block.partition("\n\n")[0].splitlines():
            lines.append(re.split(r" {3,}|  (?=[A-Z])", line.strip())[0])
    return list(dict.fromkeys(lines))


EXAMPLES = examples()


def test_every_command_has_examples_that_call_the_program() -> None:
    called = {shlex.split(line)[1] for line in EXAMPLES}
    assert called == set(COMMANDS)
    assert all(line.startswith("exporter ") for line in EXAMPLES)
    assert len(EXAMPLES) > 45


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the examples read: what the program has written, by the names that the examples use."""
    folder = tmp_path_factory.mktemp("help")
    build = folder / "build"
    (folder / "report.yaml").write_text(blocks("yaml", README)[0], encoding="utf-8")
    (folder / "my-profile.toml").write_text(blocks("toml", RECIPES)[0], encoding="utf-8")
    (folder / "anchors.yaml").write_text("schema: exporter-anchors/1\nuntagged: []\n", encoding="utf-8")
    shutil.copy(ROOT / "examples" / "own-item" / "average_revenue.py", folder / "my_items.py")
    shutil.copytree(ROOT / "exporter" / "formats" / "inline_xbrl" / "theme", folder / "house-style")
    assert exporter("export", folder / "report.yaml", "-o", build, "-q").code == 0
    for path in build.glob("iij-20050331*.x[sm][dl]"):  # reports refer to their taxonomy beside them
        shutil.copy(path, folder)
    for name in (
        "report.xbrl",
        "a.xbrl",
        "b.xbrl",
        "report.json",
        "last-draft.json",
        "last-year.xbrl",
        "last-year.xbri",
    ):
        shutil.copy(build / f"iij-20050331{Path(name).suffix}", folder / name)
    shutil.copy(ROOT / "examples" / "statements" / "report.yaml", folder / "statements.yaml")
    (folder / "filings").mkdir()
    shutil.copy(folder / "report.yaml", folder / "filings" / "annual.yaml")
    (folder / "filings.csv").write_text("source,profile\nreport.yaml,extension-only\n", encoding="utf-8")
    shutil.copytree(build, folder / "reports")
    shutil.copy(build / "iij-20050331.xhtml", build / "annual-report.xhtml")
    for name in ("annual-report.htm", "annual-report.xhtml"):
        assert exporter("tag", "--strip", build / "iij-20050331.xhtml", "-o", folder / name, "-q").code == 0
    for name in PACKAGES:
        with_balance_sheet(build / "iij-20050331-taxonomy.zip", folder / name)
    return folder


def with_balance_sheet(package: Path, target: Path) -> None:
    """A copy of a taxonomy package that calls its first role a balance sheet."""
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if name.endswith(".xsd"):
                title = "<link:definition>000001 - Statement - Consolidated Balance Sheets<"
                content, changes = re.subn("<link:definition>[^<]*<", title, content, count=1)
                assert changes == 1
            made.writestr(name, content)


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it, with this package as ``exporter``."""
    script = f'exporter() {{ {shlex.quote(sys.executable)} -m exporter "$@"; }}\n{line}\n'
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            "EXPORTER_TAXONOMIES_DIR": str(folder / "kept-taxonomies"),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_of_the_help_works(line: str, outputs: Path, tmp_path: Path) -> None:
    if "arelle" in line and find_spec("arelle") is None:
        pytest.skip("the extra arelle is not installed")
    folder = tmp_path / "work"
    shutil.copytree(outputs, folder)
    if "--items-module balance_sheet.py" in line:  # the output of the example before it
        (before,) = (each for each in EXAMPLES if "-o balance_sheet.py" in each)
        assert run(before, folder).returncode == 0
    done = run(line, folder)
    assert "Traceback" not in done.stderr + done.stdout
    assert "internal" not in done.stderr
    assert done.returncode == FINDINGS.get(line, 0), done.stdout[-2000:] + done.stderr[-2000:]
