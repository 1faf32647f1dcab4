"""Reading a report with its taxonomy: beside it, from a package, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.filing.export import export_filing
from exporter.filing.filing import Filing
from exporter.filing.reading import read_report
from exporter.findings import Finding
from tests.unit.items.extension.test_deriving import ITEMS
from tests.unit.items.made import document

FILING = Filing.of(document(*ITEMS))
BASE = "acme-20240331"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_filing(FILING, tmp_path_factory.mktemp("filing")).directory


@pytest.mark.parametrize("suffix", ["json", "xbrl"])
def test_the_taxonomy_beside_it(folder: Path, suffix: str) -> None:
    warnings: list[Finding] = []
    report = read_report(folder / f"{BASE}.{suffix}", warn=warnings.append, strict=True)
    assert report == FILING.to_report()
    assert report.vocabulary.datatypes
    assert warnings == []


@pytest.mark.parametrize("damage", ["missing", "broken"])
@pytest.mark.parametrize("suffix", ["json", "xbrl"])
def test_a_local_schema_must_be_there_and_sound(folder: Path, tmp_path: Path, suffix: str, damage: str) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    schema = tmp_path / "copy" / f"{BASE}.xsd"
    schema.unlink() if damage == "missing" else schema.write_text("<broken")
    with pytest.raises(ReadError) as caught:
        read_report(tmp_path / "copy" / f"{BASE}.{suffix}")
    assert "oime:invalidTaxonomy" in {each.code for each in caught.value.findings}
    assert all(each.location.file for each in caught.value.findings)


def public(folder: Path, tmp_path: Path) -> Path:
    """The report as one that refers to its schema by a public URL."""
    text = (folder / f"{BASE}.json").read_text(encoding="utf-8")
    path = tmp_path / "report.json"
    path.write_text(text.replace(f'"{BASE}.xsd"', f'"{FILING.namespace}/{BASE}.xsd"'), encoding="utf-8")
    return path


def test_a_public_schema_that_is_not_at_hand(folder: Path, tmp_path: Path) -> None:
    path, warnings = public(folder, tmp_path), list[Finding]()
    assert len(read_report(path, warn=warnings.append).facts) == len(FILING.to_report().facts)
    assert {each.code for each in warnings} == {"exporter:taxonomyNotAtHand"}
    with pytest.raises(ReadError) as caught:
        read_report(path, strict=True)
    assert [(each.code, each.is_error) for each in caught.value.findings] == [("exporter:taxonomyNotAtHand", True)]
    assert caught.value.findings[0].location.file == str(path)


def test_a_public_schema_from_a_package(folder: Path, tmp_path: Path) -> None:
    path = public(folder, tmp_path)
    report = read_report(path, packages=[folder / f"{BASE}-taxonomy.zip"], strict=True)
    assert report.facts == FILING.to_report().facts


def test_a_report_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_report(tmp_path / "absent.json")
    assert caught.value.findings[0].code == "exporter:unreadableFile"


def test_the_format_may_be_said(folder: Path, tmp_path: Path) -> None:
    path = folder / "unnamed"
    shutil.copy(folder / f"{BASE}.xbrl", path)
    assert read_report(path, format="xbrl-xml") == FILING.to_report()
    path.unlink()
