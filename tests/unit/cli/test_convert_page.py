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


FERC = Path(__file__).parents[3].parent / "shared" / "data" / "ferc"


def test_concepts_are_called_by_the_labels_of_the_taxonomy(folder: Path, tmp_path: Path) -> None:
    report, page = folder / "iij-20050331.json", tmp_path / "page.xhtml"
    labels = folder / "iij-20050331_lab.xml"
    assert exporter("convert", report, "-o", page, "-q").code == 0
    assert ">Major Shareholder, Ownership Percentage<" in page.read_text(encoding="utf-8")
    text = labels.read_text(encoding="utf-8")
    labels.write_text(text.replace(">Major Shareholder, Ownership Percentage<", ">Part Held<"), encoding="utf-8")
    assert exporter("convert", report, "-o", page, "-q", "--no-cache").code == 0
    assert ">Part Held<" in page.read_text(encoding="utf-8")


@pytest.mark.skipif(not FERC.exists(), reason="the filing is not at hand")
def test_a_note_that_no_page_can_hold_is_told_once(tmp_path: Path) -> None:
    given = ("--taxonomy-package", FERC / "form-1-2022-01-01.package.zip")
    outcome = exporter("convert", FERC / "desertlink-2021.xbrl", "-o", tmp_path / "page.xhtml", *given)
    assert outcome.code == 1
    (line,) = [line for line in outcome.err.splitlines() if "error:" in line]
    assert "exporter:unfitMarkup: the footnote 'note4' ('RECONCILIATION OF REPORTED NET INCOME" in line
    assert "XHTML 1.1 has no element u" in line
    assert not (tmp_path / "page.xhtml").exists()


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
