"""Report packages: what they hold, what they refuse, and that they are written the same every time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter.errors import PackageError
from exporter.packages.report_package import (
    Kind,
    PackagedReport,
    holds_reports,
    read_report_package,
    write_report_package,
)
from exporter.packages.taxonomy_package import PackageMetadata
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver

MARKER = "p/META-INF/reportPackage.json"
TYPES = {
    "xbri": "https://xbrl.org/report-package/2023/xbri",
    "xbr": "https://xbrl.org/report-package/2023/xbr",
    "zip": "https://xbrl.org/report-package/2023",
}


def marker(document_type: str) -> bytes:
    return json.dumps({"documentInfo": {"documentType": document_type}, "more": [1]}).encode()


def packed(files: Mapping[str, bytes | None]) -> bytes:
    """An archive, not checked; ``None`` makes an entry for a directory."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in files.items():
            archive.writestr(path if data is not None else f"{path}/", data or b"")
    return stream.getvalue()


def codes(files: Mapping[str, bytes | None], suffix: str = "xbri") -> list[str]:
    """The codes with which an archive is refused."""
    with pytest.raises(PackageError) as caught:
        read_report_package(packed(files), name=f"a.{suffix}")
    assert all(finding.location.file == f"a.{suffix}" and finding.fix for finding in caught.value.findings)
    return [finding.code for finding in caught.value.findings]


def valid(kind: str = "xbri", **reports: bytes) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {MARKER: marker(TYPES[kind])}
    return found | {f"p/reports/{name.replace('__', '/').replace('_', '.')}": data for name, data in reports.items()}


@pytest.mark.parametrize(
    ("kind", "files", "reports"),
    [
        ("xbri", valid(a_xhtml=b""), [("a.xhtml",)]),
        ("xbri", valid(a_htm=b"", s__b_html=b"", s__c_html=b""), [("a.htm",)]),
        ("xbri", valid(s__b_html=b"", s__a_htm=b"", s__c_css=b""), [("s/a.htm", "s/b.html")]),
        ("xbr", valid("xbr", a_xbrl=b""), [("a.xbrl",)]),
        ("xbr", valid("xbr", a_json=b"", a_csv=b""), [("a.json",)]),
        ("zip", valid("zip", a_xbrl=b"", b_html=b""), [("a.xbrl",), ("b.html",)]),
        ("zip", valid("zip", s__a_xbrl=b"", t__b_html=b""), [("s/a.xbrl",), ("t/b.html",)]),
        ("zip", {"p/reports/a.xhtml": b""}, [("a.xhtml",)]),
        ("xbri", valid(a_xhtml=b"") | {"p": None, "p/reports": None}, [("a.xhtml",)]),
    ],
)
def test_reports_are_found(kind: str, files: dict[str, bytes | None], reports: list[tuple[str, ...]]) -> None:
    with read_report_package(packed(files), name=f"a.{kind}") as package:
        found = [tuple(path.removeprefix("p/reports/") for path in report.files) for report in package.reports]
        assert found == reports
        assert (package.kind, package.top, package.metadata) == (kind, "p", None)


@pytest.mark.parametrize(
    ("code", "files", "suffix"),
    [
        ("unsupportedFileExtension", valid(a_xhtml=b""), "xbrl"),
        ("documentTypeFileExtensionMismatch", {"p/reports/a.xhtml": b""}, "xbri"),
        ("documentTypeFileExtensionMismatch", valid("zip", a_xhtml=b""), "xbri"),
        ("documentTypeFileExtensionMismatch", valid("xbri", a_xhtml=b""), "zip"),
        ("unsupportedReportPackageVersion", {MARKER: marker("http://x"), "p/reports/a.htm": b""}, "xbri"),
        ("unsupportedReportPackageVersion", valid(a_htm=b"") | {"META-INF/reportPackage.json": b"{}"}, "xbri"),
        ("invalidJSON", {MARKER: b"{", "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSON", {MARKER: b'{"a": 1, "a": 1}', "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSON", {MARKER: '{"a": "é"}'.encode("latin-1"), "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSON", {MARKER: b"[" * 500 + b"]" * 500, "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSON", {MARKER: b"[" * 5000 + b"]" * 5000, "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSONStructure", {MARKER: b"[]", "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSONStructure", {MARKER: b'{"documentInfo": []}', "p/reports/a.htm": b""}, "xbri"),
        ("invalidJSONStructure", {MARKER: b'{"documentInfo": {"documentType": 1}}', "p/reports/a.htm": b""}, "xbri"),
        ("missingReportsDirectory", valid(), "xbri"),
        ("missingReport", valid() | {"p/reports": None}, "xbri"),
        ("missingReport", valid(a_xbri=b""), "xbri"),
        ("missingReport", valid(s__t__a_htm=b""), "xbri"),
        ("missingReport", {MARKER: marker(TYPES["xbri"]), "p/reports/a.XHTML": b""}, "xbri"),
        ("multipleReports", valid(a_htm=b"", b_htm=b""), "xbri"),
        ("multipleReports", valid(s__a_htm=b"", t__b_htm=b""), "xbri"),
        ("multipleReports", valid("xbr", a_json=b"", b_xbrl=b""), "xbr"),
        ("multipleReportsInSubdirectory", valid("zip", s__a_htm=b"", s__b_xbrl=b""), "zip"),
        ("multipleReportsInSubdirectory", valid("zip", s__a_json=b"", s__b_xbrl=b""), "zip"),
        ("incorrectReportType", valid("xbr", a_htm=b""), "xbr"),
        ("incorrectReportType", valid(a_xbrl=b""), "xbri"),
        ("invalidDirectoryStructure", {"a.xhtml": b""}, "xbri"),
        ("invalidDirectoryStructure", valid(a_htm=b"") | {"q/a.txt": b""}, "xbri"),
        ("invalidDirectoryStructure", valid(a_htm=b"") | {"p/../a.txt": b""}, "xbri"),
        ("invalidDirectoryStructure", valid(a_htm=b"") | {"p/reports/a.htm/b": b""}, "xbri"),
        ("invalidArchiveFormat", valid(a_htm=b"") | {"/p/a.txt": b""}, "xbri"),
        ("invalidArchiveFormat", valid(a_htm=b"") | {"p\\a.txt": b""}, "xbri"),
    ],
)
def test_broken_packages_are_refused_with_their_code(code: str, files: dict[str, bytes | None], suffix: str) -> None:
    assert f"rpe:{code}" in codes(files, suffix)


@pytest.mark.parametrize(
    ("files", "name", "renamed"),
    [
        (valid("xbri", a_xhtml=b""), "in/a.b.zip", "a.b.xbri"),
        (valid("xbr", a_json=b""), "a.zip", "a.xbr"),
        (valid("xbr", a_json=b""), "a.XBRI", "a.xbr"),
        (valid("zip", a_json=b""), "a.xbr", "a.zip"),
        ({"p/reports/a.json": b""}, "a.xbr", "a.zip"),
    ],
)
def test_a_package_with_the_wrong_suffix_is_to_be_renamed(
    files: dict[str, bytes | None], name: str, renamed: str
) -> None:
    with pytest.raises(PackageError) as caught:
        read_report_package(packed(files), name=name)
    (finding,) = caught.value.findings
    assert finding.code == "rpe:documentTypeFileExtensionMismatch"
    assert f"rename the file to {renamed}" in (finding.fix or "")


def test_what_is_no_archive_or_swells_is_refused() -> None:
    with pytest.raises(PackageError) as caught:
        read_report_package(b"no archive", name="a.xbri")
    assert caught.value.findings[0].code == "rpe:invalidArchiveFormat"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p/reports/a.xhtml", b" " * 4_000_000)
    with pytest.raises(PackageError) as caught:
        read_report_package(stream.getvalue(), Limits(archive_ratio=100), name="a.zip")
    assert caught.value.findings[0].code == "exporter:limitExceeded"


def test_the_catalog_and_the_files_of_a_package_serve_its_reports(tmp_path: Path) -> None:
    path = tmp_path / "a b.xbri"
    with path.open("wb") as stream:
        write_report_package(
            stream,
            {"reports/ü 1.xhtml": b"r", "www/x.xsd": b"x", "t/y.xsd": b"y"},
            "p",
            metadata=PackageMetadata(identifier="http://e.com/p", names={"en": "P"}),
            rewrites={"http://e.com/": "www/"},
        )
    with read_report_package(path) as package:
        assert package.metadata is not None
        assert package.metadata.identifier == "http://e.com/p"
        resolver = Resolver(catalogs=(package,), roots=())
        report = package.url(package.reports[0].files[0])
        assert report.startswith(path.as_uri())
        assert resolver.read(report) == b"r"
        assert resolver.read("http://e.com/x.xsd") == b"x"
        assert resolver.read(resolver.absolute("../t/y.xsd", report)) == b"y"
        outside = resolver.absolute("../../../outside.xsd", report)
        (tmp_path / "outside.xsd").write_bytes(b"secret")
        assert not resolver.is_at_hand(outside)


def test_a_broken_catalog_or_metadata_is_refused() -> None:
    start = "p/META-INF/"
    assert codes(valid(a_htm=b"") | {f"{start}catalog.xml": b"<x/>"}) == ["tpe:invalidCatalogFile"]
    assert codes(valid(a_htm=b"") | {f"{start}taxonomyPackage.xml": b"<x/>"}) == ["tpe:invalidMetaDataFile"]


@pytest.mark.parametrize(
    ("kind", "name"), [("xbri", "reports/a.xhtml"), ("xbr", "reports/a.xbrl"), ("zip", "reports/s/a.json")]
)
def test_what_is_written_is_read_and_always_the_same(kind: Kind, name: str) -> None:
    files = {name: b"data", "x/y.txt": b"more"}
    first, second = io.BytesIO(), io.BytesIO()
    write_report_package(first, files, "top", kind=kind)
    write_report_package(second, dict(reversed(files.items())), "top", kind=kind)
    assert first.getvalue() == second.getvalue()
    with read_report_package(first.getvalue(), name=f"a.{kind}") as package:
        assert package.reports == (PackagedReport((f"top/{name}",)),)
        assert package.read(f"top/{name}") == b"data"
        assert package.names == ("top/META-INF/reportPackage.json", f"top/{name}", "top/x/y.txt")


@pytest.mark.parametrize(
    ("files", "top", "kind", "code"),
    [
        ({"reports/a.xbrl": b""}, "p", "xbri", "rpe:incorrectReportType"),
        ({"reports/a.htm": b"", "reports/b.htm": b""}, "p", "xbri", "rpe:multipleReports"),
        ({"a.htm": b""}, "p", "xbri", "rpe:missingReportsDirectory"),
        ({"reports/a.txt": b""}, "p", "zip", "rpe:missingReport"),
        ({"reports/a.htm": b""}, "p/q", "xbri", "rpe:invalidDirectoryStructure"),
        ({"reports/a.htm": b"", "META-INF/reportPackage.json": b""}, "p", "xbri", "rpe:invalidDirectoryStructure"),
        ({"reports/a.htm": b"", "../b": b""}, "p", "xbri", "exporter:invalidArchive"),
    ],
)
def test_what_would_be_no_package_is_not_written(files: dict[str, bytes], top: str, kind: Kind, code: str) -> None:
    stream = io.BytesIO()
    with pytest.raises(PackageError) as caught:
        write_report_package(stream, files, top, kind=kind)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert stream.getvalue() == b""


def test_an_archive_claims_to_hold_reports_or_not(tmp_path: Path) -> None:
    found = {
        "a.xbri": (b"no archive", True),
        "a.zip": (b"no archive", False),
        "b.zip": (packed({"p/reports/x.txt": b""}), True),
        "c.zip": (packed({"p/reports": None}), True),
        "d.zip": (packed({MARKER: b""}), True),
        "e.zip": (packed({"p/META-INF/taxonomyPackage.xml": b"", "p/x/reports/a.htm": b""}), False),
    }
    for name, (data, expected) in found.items():
        (tmp_path / name).write_bytes(data)
        assert holds_reports(tmp_path / name) is expected, name
