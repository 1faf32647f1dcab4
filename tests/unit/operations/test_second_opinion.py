"""Arelle is asked about whatever the program itself reads."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from exporter.filing import Filing
from exporter.findings import Finding, Location
from exporter.operations.export import export_filing
from exporter.operations.validate import validate
from exporter.validation import arelle
from tests.support.inline_set import write_manifest, write_set
from tests.unit.items.made import document
from tests.unit.items.taxonomy.test_derive import ITEMS

BASE = "acme-20240331"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_filing(Filing.of(document(*ITEMS)), tmp_path_factory.mktemp("filing") / "out").directory


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The entries that Arelle was given, in place of asking it; it finds something in the first file of each."""
    entries: list[Any] = []

    def answer(paths: list[Any], **_: Any) -> list[Finding]:
        entries.extend(paths)
        first = [entry if isinstance(entry, Path) else entry[0] for entry in paths]
        assert all(path.is_file() for path in first)
        return [Finding(code="arelle:code", message="m", location=Location(file=str(path))) for path in first]

    monkeypatch.setattr(arelle, "validate_with_arelle", answer)
    return entries


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"{BASE}.xbrl", [f"{BASE}.xbrl"]),
        (f"{BASE}-csv", [f"{BASE}-csv/{BASE}.json"]),
        (f"{BASE}-csv/{BASE}.json", [f"{BASE}-csv/{BASE}.json"]),
        (f"{BASE}.xbri", [f"{BASE}.xbri"]),
        (f"{BASE}.xsd", [f"{BASE}.xsd"]),
        (f"{BASE}-taxonomy.zip", [f"{BASE}-taxonomy.zip"]),
        (
            ".",
            [f"{BASE}.xbrl", f"{BASE}.json", f"{BASE}-csv/{BASE}.json", f"{BASE}.xhtml", f"{BASE}.xbri"],
        ),
    ],
)
def test_the_files_that_stand_for_an_input(exported: Path, asked: list[Any], given: str, expected: list[str]) -> None:
    found = validate(exported / given, engine="arelle")
    assert asked == [exported / name for name in expected]
    assert [each.code for each in found] == ["arelle:code"] * len(expected)


@pytest.mark.parametrize("shape", ["files", "folder", "manifest", "archive"])
def test_a_document_set_is_one_entry(tmp_path: Path, asked: list[Any], shape: str) -> None:
    pages = write_set(tmp_path / "in")
    manifest = write_manifest(tmp_path / "in", ("jp", [page.name for page in pages]))
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        for path in (tmp_path / "in").iterdir():
            stream.write(path, f"top/{path.name}")
    sources: dict[str, Any] = {"files": pages, "folder": tmp_path / "in", "manifest": manifest, "archive": archive}
    (finding,) = validate(sources[shape], engine="arelle")
    ((entry,),) = [asked]
    assert [path.name for path in entry] == [page.name for page in pages]
    first = archive / "top" / pages[0].name if shape == "archive" else pages[0]
    assert finding.location.file == str(first)


def test_items_and_pipes_are_not_for_arelle(exported: Path, asked: list[Any]) -> None:
    for source in (exported / f"{BASE}.items.json", "/dev/null"):
        (finding,) = validate(source, engine="arelle")
        assert finding.is_error
    assert asked == []


@pytest.mark.skipif(find_spec("arelle") is None, reason="the extra arelle is not installed")
def test_arelle_finds_nothing_wrong_in_any_shape(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "out")
    judge: Callable[[Path], list[Finding]] = lambda path: validate(path, engine="arelle")  # noqa: E731
    assert [each for each in judge(tmp_path / "out" / f"{BASE}-csv") if each.is_error] == []
    assert [each for each in judge(tmp_path / "out") if each.is_error] == []
