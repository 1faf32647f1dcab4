"""Exporting: all or nothing, the same bytes, what is there and what is left alone."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import MissingExtraError, WriteError
from exporter.filing import Filing
from exporter.formats.registry import format_by_name
from exporter.items.values import Money
from exporter.model.dimensions import Entity
from exporter.operations import export as module
from exporter.operations.export import EXPORT_FORMATS, export_filing
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.packages.report_package import read_report_package
from tests.unit.items.made import CLOSE, YEAR, Balance, Event, Plan, document
from tests.unit.items.taxonomy.test_derive import ITEMS

FILING = Filing.of(document(*ITEMS, title="Everything"))
SMALL = Filing.of(document(Plan(over=YEAR, gain=Money("5", "JPY"))))


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    export = export_filing(FILING, tmp_path / "new" / "out", on_step=lambda *step: steps.append(step))
    files = content(export.directory)
    assert set(files) == {each.name for each in export.files} | {"manifest.json"}
    for each in export.files:
        assert (each.sha256, each.size) == (hashlib.sha256(files[each.name]).hexdigest(), len(files[each.name]))
    manifest = json.loads(files["manifest.json"])
    assert [each["path"] for each in manifest["files"]] == [each.name for each in export.files]
    assert (export.items, export.facts) == (len(ITEMS), len(FILING.to_report().facts))
    assert [done for _, done, _ in steps] == list(range(len(steps)))
    assert {total for _, _, total in steps} == {len(steps)}
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a", "b", "b"):
        export_filing(evolve(FILING), tmp_path / name)
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize(
    ("formats", "kinds"),
    [
        (["items-json"], {"items-json"}),
        (["xbrl-xml"], {"xbrl-xml", "taxonomy", "taxonomy-package"}),
        (["xbrl-json", "items-json"], {"items-json", "xbrl-json", "taxonomy", "taxonomy-package"}),
        ([], set()),
    ],
)
def test_a_choice_of_formats(tmp_path: Path, formats: list[str], kinds: set[str]) -> None:
    assert {each.format for each in export_filing(SMALL, tmp_path, formats=formats).files} == kinds


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught:
        export_filing(SMALL, tmp_path / "out", formats=["pdf"])
    assert caught.value.findings[0].code == "exporter:unknownFormat"
    assert not (tmp_path / "out").exists()


def test_warnings_are_told_and_errors_stop(tmp_path: Path) -> None:
    doubtful = SMALL.with_items([*SMALL.items, Event(on=CLOSE.date, name="doubtful")])
    assert [each.code for each in export_filing(doubtful, tmp_path / "a").findings] == ["exporter:repeatedWord"]
    contradicting = SMALL.with_items(Balance(at=CLOSE, closing=Money(text, "JPY")) for text in "57")
    with pytest.raises(WriteError) as caught:
        export_filing(contradicting, tmp_path / "b")
    assert caught.value.findings[0].code == "exporter:duplicateContradicts"
    assert not (tmp_path / "b").exists()


def fail(*_: Any, **__: Any) -> Any:
    raise OSError("disk full")


BREAKS = ["write_items_json", "format_by_name", "read_report", "write_filing_taxonomy", "load_taxonomy", "_manifest"]


@pytest.mark.parametrize("name", BREAKS)
def test_nothing_is_left_of_a_step_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    out = tmp_path / "out"
    export_filing(SMALL, out)
    (out / "mine.txt").write_text("keep")
    before = content(out)
    monkeypatch.setattr(module, name, fail)
    with pytest.raises(OSError, match="disk full"):
        export_filing(SMALL.with_items([evolve(SMALL.items[0], gain=Money("6", "JPY"))]), out)
    assert content(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_is_left_of_a_publication_that_fails(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "manifest.json").mkdir(parents=True)  # the last file cannot be put in its place
    (out / "acme-20240331.json").write_text("before")
    with pytest.raises(IsADirectoryError):
        export_filing(SMALL, out)
    assert {path.name for path in out.iterdir()} == {"manifest.json", "acme-20240331.json"}
    assert (out / "acme-20240331.json").read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


OTHER = SMALL.with_items([evolve(SMALL.items[0], gain=Money("6", "JPY"))])


def write_other_items(filing: Any, stream: Any) -> Any:
    from exporter.formats.items_json import write

    return write(OTHER, stream)


def write_other_title(filing: Any, stream: Any) -> Any:
    from exporter.formats.items_json import write

    return write(evolve(filing, title="another"), stream)


@pytest.mark.parametrize("writer", [write_other_items, write_other_title])
def test_other_items_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any) -> None:
    monkeypatch.setattr(module, "write_items_json", writer)
    with pytest.raises(WriteError) as caught:
        export_filing(SMALL, tmp_path / "out")
    assert [each.code for each in caught.value.findings] == ["exporter:readBackDiffers"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format", ["xbrl-json", "xbrl-xml"])
def test_other_facts_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    class Lying:
        @staticmethod
        def write(report: Any, target: Any, context: Any) -> Any:
            return real(format).write(OTHER.to_report(), target, context)

    real = format_by_name
    monkeypatch.setattr(module, "format_by_name", lambda name: Lying if name == format else real(name))
    with pytest.raises(WriteError) as caught:
        export_filing(SMALL, tmp_path / "out")
    assert caught.value.findings[0].code == "exporter:readBackDiffers"
    assert not (tmp_path / "out").exists()


def test_another_taxonomy_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_taxonomy", lambda *_, **__: FILING.taxonomy)
    with pytest.raises(WriteError) as caught:
        export_filing(SMALL, tmp_path / "out")
    assert caught.value.findings[0].location.file == "acme-20240331.xsd"


def test_every_format_is_offered() -> None:
    assert {"items-json", "xbrl-json", "xbrl-xml"} <= set(EXPORT_FORMATS)


def test_tables_of_an_earlier_larger_export_go(tmp_path: Path) -> None:
    export_filing(FILING, tmp_path)
    folder = tmp_path / f"{FILING.base_name}-csv"
    earlier = set(content(folder))
    (folder / "mine.csv").write_text("kept", encoding="utf-8")
    smaller = export_filing(FILING.with_items(FILING.items[:1]), tmp_path)
    names = {Path(each.name).name for each in smaller.files if each.format == "xbrl-csv"}
    assert set(content(folder)) == names | {"mine.csv"}
    assert earlier - names


def test_tables_stay_where_they_are_not_written_again(tmp_path: Path) -> None:
    export_filing(FILING, tmp_path)
    folder = tmp_path / f"{FILING.base_name}-csv"
    before = content(folder)
    export_filing(FILING.with_items(FILING.items[:1]), tmp_path, formats=["xbrl-json"])
    assert content(folder) == before


@pytest.mark.parametrize(
    "earlier", ["", "{", "[]", '{"tables": {"a": {"url": "../../far.csv"}}}', '{"tables": {"a": {"url": 1}}}']
)
def test_only_tables_that_an_earlier_export_names_go(tmp_path: Path, earlier: str) -> None:
    folder = tmp_path / "out" / f"{SMALL.base_name}-csv"
    folder.mkdir(parents=True)
    (folder / f"{SMALL.base_name}.json").write_text(earlier, encoding="utf-8")
    (tmp_path / "far.csv").write_text("far", encoding="utf-8")
    (folder / "other.csv").write_text("other", encoding="utf-8")
    export_filing(SMALL, tmp_path / "out")
    assert (tmp_path / "far.csv").exists()
    assert (folder / "other.csv").exists()


def test_the_report_package_has_the_page_and_the_taxonomy(tmp_path: Path) -> None:
    export_filing(FILING, tmp_path, formats=["report-package"])
    with read_report_package(tmp_path / f"{FILING.base_name}.xbri") as package:
        assert [report.files for report in package.reports] == [
            (f"{FILING.base_name}/reports/{FILING.base_name}.xhtml",)
        ]
        assert f"{FILING.base_name}/taxonomy/{FILING.schema_name}" in package
        page = package.read(package.reports[0].files[0]).decode()
    assert f'xlink:href="{FILING.namespace}/{FILING.schema_name}"' in page
    assert not (tmp_path / f"{FILING.base_name}.xhtml").exists()
    alone = tmp_path / "alone" / "report.xbri"  # what the package refers to, it brings along
    alone.parent.mkdir()
    shutil.copy(tmp_path / f"{FILING.base_name}.xbri", alone)
    assert read_report(alone, strict=True).facts == FILING.to_report().facts


def test_a_theme_changes_the_looks_and_nothing_else(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "style.css").write_text("body { color: #123456; }", encoding="utf-8")
    export_filing(SMALL, tmp_path / "a", formats=["inline-xbrl"])
    export_filing(SMALL, tmp_path / "b", formats=["inline-xbrl"], theme=theme)
    name = f"{SMALL.base_name}.xhtml"
    plain, themed = ((tmp_path / folder / name).read_text(encoding="utf-8") for folder in "ab")
    assert "#123456" in themed
    assert "#123456" not in plain
    assert plain.partition("<body")[2] == themed.partition("<body")[2]


def test_the_viewer_asks_for_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="viewer"):
        export_filing(SMALL, tmp_path / "out", viewer=True)
    assert not (tmp_path / "out").exists()


def test_the_viewer_brings_its_script(tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    export = export_filing(SMALL, tmp_path, formats=["items-json"], viewer=True)
    names = {each.name: each.format for each in export.files}
    assert names[f"{SMALL.base_name}-viewer.html"] == names["ixbrlviewer.js"] == "viewer"
    text = (tmp_path / f"{SMALL.base_name}-viewer.html").read_text(encoding="utf-8")
    assert re.findall(r'<script[^>]*src="([^"]*)"', text) == ["ixbrlviewer.js"]
    assert str(tmp_path) not in text


EXAMPLE = Path(__file__).parents[3] / "examples" / "iij-20f-2005" / "report.yaml"


def test_a_submission_is_what_edgar_takes_and_nothing_else(tmp_path: Path) -> None:
    filing = load_filing(EXAMPLE, profile="sec-us-gaap")
    export = export_filing(filing, tmp_path / "whole")
    submission = export_filing(filing, tmp_path / "out", submission=True)
    files = content(submission.directory)
    assert sorted(files) == [file.name for file in submission.files]
    assert {Path(name).suffix for name in files} == {".htm", ".xsd", ".xml"}
    assert all(files[name] == content(export.directory)[name] for name in files)
    assert content(export_filing(filing, tmp_path / "out", submission=True).directory) == files


def test_a_submission_stands_alone(tmp_path: Path) -> None:
    filing = load_filing(EXAMPLE, profile="sec-us-gaap")
    (tmp_path / "notes.txt").write_text("ours")
    with pytest.raises(WriteError) as raised:
        export_filing(filing, tmp_path, submission=True)
    assert [finding.code for finding in raised.value.findings] == ["exporter:otherFiles"]
    assert set(content(tmp_path)) == {"notes.txt"}


def test_a_profile_without_submissions(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as raised:
        export_filing(SMALL, tmp_path / "out", submission=True)
    assert [finding.code for finding in raised.value.findings] == ["exporter:noSubmission"]


EDINET_CODES: dict[str, Any] = {
    "entity": Entity("http://disclosure.edinet-fsa.go.jp", "E04481-000"),
    "prefix": "jpcrp030000-asr_E04481-000",
    "namespace": "http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E04481-000/2005-03-31/01/2005-08-03",
}


def test_a_submission_to_edinet_is_a_folder_with_a_manifest(tmp_path: Path) -> None:
    filing = evolve(load_filing(EXAMPLE, profile="edinet"), **EDINET_CODES)
    submission = export_filing(filing, tmp_path / "out", submission=True)
    names = sorted(content(submission.directory))
    assert names == [file.name for file in submission.files]
    assert {name.rpartition("/")[0] for name in names} == {"XBRL/PublicDoc"}
    base = "jpcrp030000-asr-001_E04481-000_2005-03-31_01_2005-08-03"
    pages = [name.rpartition("/")[2] for name in names if name.endswith(".htm")]
    assert pages == [f"0000000_header_{base}_ixbrl.htm", f"0101010_honbun_{base}_ixbrl.htm"]
    folder = submission.directory / "XBRL" / "PublicDoc"
    cover, body = ((folder / page).read_text(encoding="utf-8") for page in pages)
    assert "<ix:header>" in cover
    assert "<ix:header>" not in body
    assert "第一部【企業情報】" in body
    assert "href=" not in body.partition("<body>")[2]
    assert read_report(submission.directory) == filing.to_report()


def test_the_namespace_says_what_is_submitted_to_edinet(tmp_path: Path) -> None:
    filing = evolve(load_filing(EXAMPLE, profile="edinet"), entity=EDINET_CODES["entity"])
    with pytest.raises(WriteError) as raised:
        export_filing(filing, tmp_path / "out", submission=True)
    assert [finding.code for finding in raised.value.findings] == ["exporter:noSubmission"]
    assert raised.value.findings[0].location.pointer == "/filing/namespace"


def test_a_submission_is_validated_as_a_folder(tmp_path: Path) -> None:
    folder = export_filing(load_filing(EXAMPLE, profile="sec-us-gaap"), tmp_path / "out", submission=True).directory

    def codes(source: Path) -> set[str]:
        return {finding.code for finding in validate(source, rules=["form-20-f"], strict=False)}

    about_files = {"sec20f:5.1.1-SubmissionFiles", "sec20f:5.1.1-SubmissionNames", "sec20f:6.3.8-OneReport"}
    assert not about_files & codes(folder)
    (folder / "run.exe").write_bytes(b"MZ")
    assert about_files & codes(folder) == {"sec20f:5.1.1-SubmissionFiles"}
    assert not about_files & codes(next(folder.glob("*.htm")))
    (folder / "run.exe").unlink()
    (folder / "more").mkdir()
    (folder / "more" / "a.htm").write_text("<html/>")
    assert about_files & codes(folder) == {"sec20f:5.1.1-SubmissionNames", "sec20f:6.3.8-OneReport"}
