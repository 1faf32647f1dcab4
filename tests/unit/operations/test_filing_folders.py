"""What filing rules are told of the package or folder that is filed."""

from __future__ import annotations

from pathlib import Path

from exporter.operations.filing_folders import filing_folder
from exporter.operations.inputs import open_input
from exporter.resources.archives import write_archive
from exporter.resources.limits import DEFAULT_LIMITS
from exporter.resources.resolver import Resolver
from tests.unit.operations.test_page_markup import PAGE

MANIFEST = """\
<manifest xmlns="http://disclosure.edinet-fsa.go.jp/2013/manifest"><list>
<instance id="a" preferredFilename="a.xbrl"><ixbrl>page.htm</ixbrl></instance></list></manifest>"""


def test_a_package(tmp_path: Path) -> None:
    path = tmp_path / "ex.zip"
    files = {
        "ex/META-INF/reportPackage.json": b'{"documentInfo":{"documentType":"https://xbrl.org/report-package/2023"}}',
        "ex/reports/page.xhtml": PAGE.encode(),
        "ex/reports/b.png": b"\x89PNG\r\n\x1a\n",
    }
    with path.open("wb") as stream:
        write_archive(stream, files)
    with open_input(path, limits=DEFAULT_LIMITS) as opened:
        folder = filing_folder(opened.reports(Resolver())[0], DEFAULT_LIMITS)
    assert folder is not None
    assert (folder.name, folder.top, folder.is_archive, folder.has_taxonomy_package) == ("ex.zip", "ex", True, False)
    assert folder.reports == ("ex/reports/page.xhtml",)
    assert folder.heads == {"ex/reports/b.png": b"\x89PNG\r\n\x1a\n"}
    assert folder.size == path.stat().st_size


def test_a_folder_with_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "page.htm").write_text(PAGE, encoding="utf-8")
    (tmp_path / "images").mkdir()
    (tmp_path / "manifest_PublicDoc.xml").write_text(MANIFEST, encoding="utf-8")
    with open_input(tmp_path, limits=DEFAULT_LIMITS) as opened:
        folder = filing_folder(opened.reports(Resolver())[0], DEFAULT_LIMITS)
    assert folder is not None
    assert set(folder.names) == {"page.htm", "manifest_PublicDoc.xml"}
    assert folder.directories == ("images",)
    assert folder.instances == ("a.xbrl",)


def test_a_file_alone(tmp_path: Path) -> None:
    (tmp_path / "page.htm").write_text(PAGE, encoding="utf-8")
    with open_input(tmp_path / "page.htm", limits=DEFAULT_LIMITS) as opened:
        assert filing_folder(opened.reports(Resolver())[0], DEFAULT_LIMITS) is None
