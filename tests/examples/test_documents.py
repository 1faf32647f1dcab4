"""What the site shows works: files are written, Python is run, commands print what stands below them."""

from __future__ import annotations

import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.snippets import ROOT, blocks, play, snippets

SITE = ROOT / "docs"
PAGES = sorted(path for path in SITE.rglob("*.md") if blocks("console", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_a_page_shows_works(page: Path, tmp_path: Path) -> None:
    """A page starts with the README's ``report.yaml`` and the files of the example."""
    (report,) = blocks("yaml", (ROOT / "README.md").read_text(encoding="utf-8"))
    (tmp_path / "report.yaml").write_text(report, encoding="utf-8")
    shutil.copytree(ROOT / "examples" / "iij-20f-2005", tmp_path / "iij-20f-2005")
    assert play(page.read_text(encoding="utf-8"), tmp_path) > 1


def test_there_are_a_tutorial_and_how_to_pages() -> None:
    assert {path.parent.name for path in PAGES} == {"docs", "how-to"}


def test_every_public_name_is_in_the_reference() -> None:
    import exporter

    text = (SITE / "reference" / "api.rst").read_text(encoding="utf-8")
    names = re.findall(r"^\.\. auto\w+:: (\w+)$", text, flags=re.MULTILINE)
    assert len(names) == len(set(names))
    assert {*names, "__version__"} == set(exporter.__all__)


def test_every_class_in_the_reference_is_there() -> None:
    text = (SITE / "reference" / "rooms.rst").read_text(encoding="utf-8")
    for name in re.findall(r"^\.\. auto\w+:: (\S+)$", text, flags=re.MULTILINE):
        module, _, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute), name


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = (SITE / "index.md").read_text(encoding="utf-8")
    pages = {
        path.relative_to(SITE).with_suffix("").as_posix()
        for path in SITE.rglob("*.*")
        if path.suffix in (".md", ".rst")
    }
    listed = set(re.findall(r"^([\w/-]+)$", contents, flags=re.MULTILINE))
    assert pages - {"index"} == listed


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (Add .*?)\n(.*?)(?=^## )", CONTRIBUTING, flags=re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize(
    "title", [title for title, text in SECTIONS.items() if blocks("console", text) or blocks("python", text)]
)
def test_what_contributing_adds_works(title: str, tmp_path: Path) -> None:
    """The section is carried out on a copy of the package."""
    shutil.copytree(ROOT / "exporter", tmp_path / "exporter", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    assert play(SECTIONS[title], tmp_path) > 0


@pytest.mark.parametrize("title", SECTIONS)
def test_what_is_added_most_often_takes_fifteen_lines(title: str) -> None:
    count = 0
    for snippet in snippets(SECTIONS[title]):
        lines = snippet.text.splitlines()
        if snippet.language == "diff":
            count += sum(line.startswith("+") and bool(line[1:].strip()) for line in lines)
        elif snippet.file is not None and snippet.file.startswith("exporter/"):
            count += sum(bool(line.strip()) for line in lines)
    assert count < 15


def test_contributing_names_what_is_there() -> None:
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    sessions = set(re.findall(r"^@nox\.session\ndef (\w+)", noxfile, flags=re.MULTILINE))
    assert set(re.findall(r"nox -s (\w+)", CONTRIBUTING)) == sessions
    for path in re.findall(r"`((?:exporter|schemas|tests|requirements)/?[\w./-]*)`", CONTRIBUTING):
        assert (ROOT / path).exists(), path
