"""What counts as an input: every shape that a report comes in reads to the same facts."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

from exporter.errors import PackageError, ReadError
from exporter.filing import Filing
from exporter.findings import Finding, Severity
from exporter.model.report import Report
from exporter.operations.export import export_filing
from exporter.operations.inputs import Input, open_input
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.resources import streams
from exporter.resources.limits import Limits
from tests.support.inline_set import header_page, number_page, whole_page, write_manifest, write_set
from tests.unit.items.made import CLASSES, document
from tests.unit.items.taxonomy.test_derive import ITEMS

FILING = Filing.of(document(*ITEMS))
BASE = "acme-20240331"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_filing(FILING, tmp_path_factory.mktemp("filing") / "out").directory


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    shutil.copytree(exported, tmp_path / "out")
    return tmp_path / "out"


def packed(folder: Path, archive: Path, top: str = "") -> Path:
    with zipfile.ZipFile(archive, "w") as stream:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stream.write(path, f"{top}{path.relative_to(folder).as_posix()}")
    return archive


def unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as stream:
        stream.extractall(folder)
    return folder


def errors_of(source: object) -> list[Finding]:
    found = validate(source, classes=CLASSES)  # type: ignore[arg-type]
    return [finding for finding in found if finding.is_error]


def refusal(source: object) -> Finding:
    with pytest.raises((ReadError, PackageError)) as caught:
        read_report(source)  # type: ignore[arg-type]
    (finding,) = caught.value.findings
    assert finding.fix
    return finding


SHAPES: dict[str, Callable[[Path], Path]] = {
    "instance": lambda out: out / f"{BASE}.xbrl",
    "page": lambda out: out / f"{BASE}.xhtml",
    "metadata": lambda out: out / f"{BASE}-csv" / f"{BASE}.json",
    "csv folder": lambda out: out / f"{BASE}-csv",
    "exported folder": lambda out: out,
    "manifest of an export": lambda out: out / "manifest.json",
}
PACKED: dict[str, Callable[[Path], Path]] = {
    "package": lambda out: out / f"{BASE}.xbri",
    "unpacked package": lambda out: next(unpacked(out / f"{BASE}.xbri", out / "un").iterdir()),
    "folder with an unpacked package": lambda out: unpacked(out / f"{BASE}.xbri", out / "un"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_reads_to_the_same_facts(folder: Path, shape: str) -> None:
    warnings: list[Finding] = []
    report = read_report(SHAPES[shape](folder), strict=True, warn=warnings.append)
    assert report.facts == FILING.to_report().facts
    assert warnings == []


@pytest.mark.parametrize("shape", PACKED)
def test_every_shape_of_a_package_does_so_with_its_taxonomy(folder: Path, shape: str) -> None:
    report = read_report(PACKED[shape](folder), strict=True)
    assert report.facts == FILING.to_report().facts
    assert report.vocabulary.datatypes


@pytest.mark.parametrize("shape", [*SHAPES, *PACKED])
def test_every_shape_is_validated(folder: Path, shape: str) -> None:
    assert errors_of({**SHAPES, **PACKED}[shape](folder)) == []


def test_an_unpacked_package_is_judged_by_its_own_files_only(folder: Path) -> None:
    package = PACKED["unpacked package"](folder)
    (schema,) = package.rglob("*.xsd")
    schema.unlink()
    shutil.copy(folder / f"{BASE}.xsd", package / "reports")  # not where the catalog leads
    assert errors_of(package)
    (package / "META-INF" / "reportPackage.json").write_text("{}")
    assert refusal(package).code == "rpe:invalidJSONStructure"


# Archives that are no packages


@pytest.mark.parametrize("top", ["", "sub/", "a/b/"])
@pytest.mark.parametrize("kind", ["xbrl", "csv", "inline"])
def test_an_archive_of_files_is_read_as_a_folder_is(folder: Path, tmp_path: Path, kind: str, top: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    for path in [*folder.glob("*.xsd"), *folder.glob(f"{BASE}_*.xml")]:
        shutil.copy(path, inside)
    if kind == "csv":
        report = evolve(read_report(folder / f"{BASE}-csv"), taxonomy=[f"{BASE}.xsd"])
        write_report(report, inside / f"{BASE}.json", format="xbrl-csv")
    else:
        shutil.copy(folder / f"{BASE}.{'xbrl' if kind == 'xbrl' else 'xhtml'}", inside)
    archive = packed(inside, tmp_path / "filing.zip", top)
    report = read_report(archive, strict=True)
    assert report.facts == FILING.to_report().facts
    assert report == read_report(inside, strict=True)
    assert [each for each in validate(archive) if each.is_error] == []


def test_a_path_may_lead_into_an_archive(folder: Path, tmp_path: Path) -> None:
    archive = packed(folder, tmp_path / "filing.zip", "top/in/")
    for inner in (f"{BASE}.xbrl", f"{BASE}.json", f"{BASE}.xhtml", f"{BASE}-csv/{BASE}.json"):
        assert read_report(archive / "top" / "in" / inner, strict=True).facts == FILING.to_report().facts
    finding = refusal(archive / "top" / "in" / "absent.xbrl")
    assert finding.code == "exporter:unreadableFile"


def test_a_report_of_several_in_a_package_is_chosen_by_its_name(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / f"{BASE}.xbri") as package, zipfile.ZipFile(tmp_path / "two.zip", "w") as two:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith("reportPackage.json"):
                data = data.replace(b"/xbri", b"")
            two.writestr(name, data)
            if "/reports/" in name:
                two.writestr(f"{name.rpartition('/')[0]}/other.xhtml", data)
    finding = refusal(tmp_path / "two.zip")
    assert finding.code == "exporter:severalReports"
    choices = [part.rstrip(",") for part in finding.message.split() if part.rstrip(",").endswith(".xhtml")]
    assert len(choices) == 2
    for choice in choices:
        report = read_report(choice, strict=True)  # the taxonomy in the package is found by its catalog
        assert report.facts == FILING.to_report().facts


def test_an_archive_keeps_to_the_limits(folder: Path, tmp_path: Path) -> None:
    archive = packed(folder, tmp_path / "filing.zip")
    with pytest.raises(PackageError) as caught:
        read_report(archive, limits=Limits(archive_files=3))
    assert caught.value.findings[0].code == "exporter:limitExceeded"


# Document sets


def facts_of(report: Report) -> dict[str, str | None]:
    return {fact.concept.local_name: fact.value for fact in report.facts}


SET = {"Assets": "1234", "Sales": "56"}


def test_several_files_are_a_document_set(tmp_path: Path) -> None:
    paths = write_set(tmp_path)
    assert facts_of(read_report(paths)) == SET
    assert facts_of(read_report([*map(str, reversed(paths))])) == SET
    assert validate(paths, strict=False) == [
        each for each in validate(paths, strict=False) if each.severity is Severity.WARNING
    ]
    alone = validate(paths[1], strict=False)
    assert [each.code for each in alone if each.is_error and "together" in (each.fix or "")] == [
        "ixe:contextReference",
        "ixe:unitReference",
    ]


@pytest.mark.parametrize("other", ["report.json", "absent.htm", "folder"])
def test_several_files_have_to_be_documents(tmp_path: Path, other: str) -> None:
    paths = write_set(tmp_path)
    (tmp_path / "report.json").write_text('{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}}')
    (tmp_path / "folder").mkdir()
    assert refusal([paths[0], tmp_path / other]).location.file == str(tmp_path / other)


def test_a_document_is_given_once(tmp_path: Path) -> None:
    paths = write_set(tmp_path)
    assert "twice" in refusal([*paths, paths[1]]).message
    assert "nothing" in refusal([]).message


@pytest.mark.parametrize("shape", ["folder", "archive", "folder above", "archive with a top"])
def test_a_folder_of_documents_is_a_document_set(tmp_path: Path, shape: str) -> None:
    folder = tmp_path / "up" / "filing"
    write_set(folder)
    (folder / "notes.htm").write_text("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>")
    (folder / "FilingSummary.xml").write_text("<FilingSummary/>")
    source = {
        "folder": folder,
        "folder above": folder.parent,
        "archive": packed(folder, tmp_path / "a.zip"),
        "archive with a top": packed(folder, tmp_path / "b.zip", "x/y/"),
    }[shape]
    assert facts_of(read_report(source)) == SET


def test_documents_of_several_reports_are_no_set(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(whole_page("Assets", "1"))
    (tmp_path / "b.htm").write_text(whole_page("Assets", "2"))
    finding = refusal(tmp_path)
    assert finding.code == "exporter:severalReports"
    assert str(tmp_path / "a.htm") in finding.message
    assert str(tmp_path / "b.htm") in finding.message
    (tmp_path / "b.htm").write_text(whole_page("Sales", "2", context="d"))
    assert facts_of(read_report(tmp_path)) == {"Assets": "1", "Sales": "2"}


# Manifests of EDINET


@pytest.mark.parametrize("shape", ["manifest", "folder", "folder above", "archive", "in the archive"])
def test_a_manifest_lists_the_documents(tmp_path: Path, shape: str) -> None:
    folder = tmp_path / "S1" / "XBRL" / "PublicDoc"
    paths = write_set(folder)
    manifest = write_manifest(folder, ("jp", [path.name for path in paths]))
    (folder / "jp.xbrl").write_text('<xbrl xmlns="http://www.xbrl.org/2003/instance"/>')  # made from the documents
    (folder / "other.htm").write_text(whole_page("Other", "7", context="d"))
    archive = packed(tmp_path / "S1", tmp_path / "filing.zip", "S1/")
    source = {
        "manifest": manifest,
        "folder": folder,
        "folder above": tmp_path / "S1",
        "archive": archive,
        "in the archive": archive / "S1" / "XBRL" / "PublicDoc" / "manifest_PublicDoc.xml",
    }[shape]
    assert facts_of(read_report(source)) == SET
    assert [each.code for each in validate(source, strict=False) if each.is_error] == []


def test_a_manifest_of_several_reports_names_them(tmp_path: Path) -> None:
    for id_, name in (("a", "Assets"), ("b", "Sales")):
        (tmp_path / f"{id_}.htm").write_text(whole_page(name, "5"))
    manifest = write_manifest(tmp_path, ("a", ["a.htm"]), ("b", ["b.htm"]))
    archive = packed(tmp_path, tmp_path.parent / f"{tmp_path.name}.zip")
    for source in (manifest, tmp_path, archive):
        finding = refusal(source)
        assert finding.code == "exporter:severalReports"
        for id_, name in (("a", "Assets"), ("b", "Sales")):
            choice = next(part for part in finding.message.replace(",", " ").split() if part.endswith(f"#{id_}"))
            assert facts_of(read_report(choice)) == {name: "5"}
    assert refusal(f"{manifest}#c").code == "exporter:invalidManifest"


@pytest.mark.parametrize(
    "inside",
    [
        None,
        "",
        "<instance id='a'/>",
        "<instance id='a'><ixbrl>absent.htm</ixbrl></instance>",
        "<instance id='a'><ixbrl>../a.htm</ixbrl></instance>",
        "<instance id='a'><ixbrl>a.htm</ixbrl><ixbrl>a.htm</ixbrl></instance>",
        "<instance id='a'><ixbrl>/etc/passwd</ixbrl></instance>",
    ],
)
def test_a_malformed_manifest_is_refused(tmp_path: Path, inside: str | None) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.htm").write_text(whole_page("Assets", "5"))
    (tmp_path / "a.htm").write_text(whole_page("Assets", "5"))
    manifest = write_manifest(folder)
    text = "<manifest/>" if inside is None else manifest.read_text().replace("<list>", f"<list>{inside}")
    manifest.write_text(text)
    for source in (folder, manifest, packed(folder, tmp_path / "a.zip")):
        assert refusal(source).code == "exporter:invalidManifest"


# Folders


def test_an_ambiguous_folder_names_the_choices(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    finding = refusal(folder)
    assert finding.code == "exporter:severalReports"
    for name in (f"{BASE}.xbrl", f"{BASE}.json", f"{BASE}.xhtml"):
        assert str(folder / name) in finding.message


def test_a_folder_without_a_report_is_told(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("x")
    (tmp_path / "other.json").write_text("{}")
    assert refusal(tmp_path).code == "exporter:unreadableFile"
    assert "no report" in refusal(tmp_path).message


@pytest.mark.parametrize("name", ["a" * 300, "absent.json", "a\0b", "absent/in.zip", "file/below"])
def test_a_path_that_leads_nowhere_is_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    finding = refusal(tmp_path / name)
    assert (finding.code, finding.location.file) == ("exporter:unreadableFile", str(tmp_path / name))
    assert [each.code for each in validate(tmp_path / name)] == ["exporter:unreadableFile"]
    with pytest.raises(ReadError):
        load_filing(tmp_path / name)


def test_a_folder_does_not_lead_out_of_itself(folder: Path, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.xbrl").symlink_to(folder / f"{BASE}.xbrl")
    os.mkfifo(inside / "pipe.xbrl")
    assert "no report" in refusal(inside).message
    (inside / "here.xbrl").write_bytes((folder / f"{BASE}.xbrl").read_bytes())
    (inside / "again.xbrl").symlink_to("here.xbrl")
    assert refusal(inside).code == "exporter:severalReports"


# Folders that an export wrote


def test_a_changed_file_of_an_export_is_told(folder: Path) -> None:
    path = folder / f"{BASE}.json"
    path.write_text(path.read_text() + " ")
    warnings: list[Finding] = []
    assert read_report(folder, warn=warnings.append).facts == FILING.to_report().facts
    (warning,) = warnings
    assert (warning.code, warning.severity) == ("exporter:manifestDiffers", Severity.WARNING)
    assert warning.location.file == str(path)
    for source in (folder, folder / "manifest.json"):
        (finding,) = errors_of(source)
        assert finding.code == "exporter:manifestDiffers"
    path.unlink()
    (finding,) = errors_of(folder)
    assert "not there" in finding.message


def test_files_of_an_export_that_say_other_things_are_refused(folder: Path) -> None:
    path = folder / f"{BASE}.json"
    report = read_report(path)
    write_report(evolve(report, facts=list(report.facts)[1:], links=(), footnotes=()), path)
    with pytest.raises(ReadError) as caught:
        read_report(folder)
    assert "exporter:reportsDiffer" in {each.code for each in caught.value.findings}
    assert "exporter:reportsDiffer" in {each.code for each in validate(folder)}
    assert "exporter:reportsDiffer" not in {each.code for each in validate(folder / "manifest.json")}


def test_what_all_formats_share_is_told_once(folder: Path) -> None:
    schema = folder / f"{BASE}.xsd"
    schema.write_text(schema.read_text().replace("<xs:annotation>", "<xs:annotation><xs:wrong/>", 1))
    found = [(each.code, each.message) for each in errors_of(folder)]
    assert len(found) == len(set(found))


def test_other_manifests_are_no_exports(tmp_path: Path) -> None:
    for text in (
        "{",
        "[]",
        '{"files": []}',
        '{"filing": {}, "files": [{"path": "../a", "format": "x", "sha256": "", "size": 1}]}',
    ):
        (tmp_path / "manifest.json").write_text(text)
        assert refusal(tmp_path).code == "exporter:unreadableFile"


def test_items_may_come_from_an_exported_folder(folder: Path) -> None:
    assert load_filing(folder, CLASSES) == FILING


# Pipes


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], Path]]:
    """A named pipe through which something comes."""
    monkeypatch.setattr(streams, "_WAIT_FOR_PARTNER", 2.0)
    threads: list[threading.Thread] = []

    def make(data: bytes) -> Path:
        path = tmp_path / "out" / f"pipe{len(threads)}"
        os.mkfifo(path)
        threads.append(threading.Thread(target=path.write_bytes, args=(data,)))
        threads[-1].start()
        return path

    yield make
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("suffix", ["xbrl", "json", "xhtml", "xbri"])
def test_a_pipe_is_read_to_the_end(folder: Path, pipe: Callable[[bytes], Path], suffix: str) -> None:
    data = (folder / f"{BASE}.{suffix}").read_bytes()
    report = read_report(pipe(data), strict=True)
    assert report.facts == FILING.to_report().facts
    assert report.vocabulary.datatypes  # of the schema beside the pipe, or in the package
    assert [each for each in validate(pipe(data)) if each.is_error] == []


def test_items_come_through_a_pipe(folder: Path, pipe: Callable[[bytes], Path]) -> None:
    assert load_filing(pipe((folder / f"{BASE}.items.json").read_bytes()), CLASSES) == FILING
    text = "filing: {entity: {cik: '5'}, period_end: 2024-03-31}\nitems:\n  - {type: Plan, over: x, gain: JPY 5}\n"
    path = pipe(text.encode())
    with pytest.raises(ReadError) as caught:
        load_filing(path, CLASSES)
    assert {(each.location.file, each.location.line) for each in caught.value.findings} == {(str(path), 3)}


@pytest.mark.parametrize("data", [b"", b"Dear all", b"\0" * 100])
def test_what_comes_through_a_pipe_may_be_anything(folder: Path, pipe: Callable[[bytes], Path], data: bytes) -> None:
    path = pipe(data)
    finding = refusal(path)
    assert finding.code == "exporter:unknownFormat"
    assert finding.location.file == str(path)


def test_metadata_without_its_tables_is_refused(folder: Path, pipe: Callable[[bytes], Path]) -> None:
    finding = refusal(pipe((folder / f"{BASE}-csv" / f"{BASE}.json").read_bytes()))
    assert "several files" in finding.message


def test_more_than_the_limit_is_refused(folder: Path, pipe: Callable[[bytes], Path]) -> None:
    path = pipe(b" " * 1000 + (folder / f"{BASE}.json").read_bytes()[:1000])
    with pytest.raises(ReadError) as caught:
        read_report(path, limits=Limits(file_size=1999))
    assert caught.value.findings[0].code == "exporter:limitExceeded"


# What is none


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"concept,value\nAssets,5\n", "CSV"),
        ("a.tsv", b"concept\tvalue\nAssets\t5\n", "CSV"),
        ("a", b"concept;value\nAssets;5\nSales;6\n", "CSV"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Excel"),
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a.png", b"\x89PNG\r\n", "picture"),
        ("a.gz", b"\x1f\x8b\x08", "gzip"),
        ("a.txt", b"Dear all", "neither content nor suffix"),
    ],
)
def test_other_documents_are_known_for_what_they_are(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    finding = refusal(tmp_path / name)
    assert finding.code == "exporter:unknownFormat"
    assert words in finding.message
    with pytest.raises(ReadError) as caught:
        load_filing(tmp_path / name)
    assert caught.value.findings[0] == finding
    assert validate(tmp_path / name) == [finding]


@pytest.mark.parametrize("name", ["a.zip", "a"])  # named .xlsx it is a workbook of items
def test_a_workbook_is_no_archive_of_reports(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as stream:
        for path in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            stream.writestr(path, "<x/>")
    assert "Excel" in refusal(tmp_path / name).message
    with pytest.raises(ReadError, match="Excel"):
        load_filing(tmp_path / name)


def test_a_table_of_a_report_leads_to_its_metadata(folder: Path) -> None:
    table = next((folder / f"{BASE}-csv").glob("*.csv"))
    finding = refusal(table)
    assert str(folder / f"{BASE}-csv" / f"{BASE}.json") in (finding.fix or "")


def test_a_report_is_no_file_of_items(folder: Path) -> None:
    for suffix in ("xbrl", "json", "xhtml", "xbri"):
        with pytest.raises(ReadError) as caught:
            load_filing(folder / f"{BASE}.{suffix}")
        (finding,) = caught.value.findings
        assert finding.code == "exporter:unknownFormat"
        assert "exporter convert" in (finding.fix or "")


@pytest.mark.parametrize("name", [f"{BASE}.xsd", f"{BASE}_pre.xml", f"{BASE}-taxonomy.zip", f"{BASE}.items.json"])
def test_what_holds_no_facts_is_told(folder: Path, name: str) -> None:
    if not (folder / name).exists():
        pytest.skip("not written")
    assert refusal(folder / name).code == "exporter:unknownFormat"
    assert errors_of(folder / name) == []


def test_an_input_that_is_open_is_given_back(folder: Path) -> None:
    with open_input(folder / f"{BASE}.xbri") as opened:
        assert isinstance(opened, Input)
        with open_input(opened) as again:
            assert again is opened
        assert read_report(opened).facts == read_report(opened).facts


def test_header_and_number_pages_are_no_reports_alone(tmp_path: Path) -> None:
    (tmp_path / "h.htm").write_text(header_page())
    (tmp_path / "n.htm").write_text(number_page("Assets", "1"))
    assert facts_of(read_report([tmp_path / "n.htm", tmp_path / "h.htm"])) == {"Assets": "1"}
