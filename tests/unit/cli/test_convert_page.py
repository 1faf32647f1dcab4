"""``exporter convert`` to and from a page of Inline XBRL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import exporter


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    """A filing folder with a report and its taxonomy."""
    assert exporter("export", source, "-o", tmp_path / "out", "-q").code == 0
    return tmp_path / "out"


def test_a_page_and_back(folder: Path) -> None:
    report, page = folder / "iij-20050331.json", folder / "page.xhtml"
    outcome = exporter("convert", report, "-o", page)
    assert (outcome.code, outcome.err) == (0, f"{page}: 2 facts as inline-xbrl\n")
    assert exporter("validate", page).code == 0
    assert exporter("diff", report, page).code == 0
    assert exporter("convert", page, "-o", folder / "again.json", "-q").code == 0
    assert exporter("diff", report, folder / "again.json").code == 0


def test_by_name(folder: Path) -> None:
    target = folder / "page.any"
    assert exporter("convert", folder / "iij-20050331.xbrl", "-o", target, "--to", "inline-xbrl", "-q").code == 0
    assert target.read_bytes().startswith(b"<?xml")
    assert exporter("diff", folder / "iij-20050331.xbrl", target).code == 0


def test_a_page_in_another_folder_finds_the_taxonomy(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.xhtml"
    assert exporter("convert", folder / "iij-20050331.json", "-o", page, "-q").code == 0
    assert 'xlink:href="out/iij-20050331.xsd"' in page.read_text(encoding="utf-8")
    assert exporter("validate", page).code == 0


def test_nothing_is_left_of_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(
        '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {"x": "urn:x"},'
        ' "taxonomy": ["https://example.com/x.xsd"]}, "facts": {"f1": {"value": "1", "dimensions": {"concept": "x:A",'
        ' "x:Axis": "typed"}}}}',
        encoding="utf-8",
    )
    outcome = exporter("convert", report, "-o", tmp_path / "page.xhtml", "--json")
    assert outcome.code == 1
    assert "exporter:typedDomainUnknown" in outcome.codes
    assert not (tmp_path / "page.xhtml").exists()
