"""Exporting: all or nothing, the same bytes, what is there and what is left alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import WriteError
from exporter.filing import export as module
from exporter.filing.export import EXPORT_FORMATS, export_filing
from exporter.filing.filing import Filing
from exporter.items.values import Money
from tests.unit.items.made import CLOSE, Balance, Event, Plan, document
from tests.unit.items.test_extension import ITEMS, YEAR

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


BREAKS = ["write_items_json", "format_by_name", "read_report", "write_taxonomy", "load_taxonomy", "_manifest"]


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
    from exporter.formats.items_json.writer import write

    return write(OTHER, stream)


def write_other_title(filing: Any, stream: Any) -> Any:
    from exporter.formats.items_json.writer import write

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
        has_files = False

        @staticmethod
        def write(report: Any, stream: Any) -> Any:
            return real(format).write(OTHER.to_report(), stream)

    real = module.format_by_name
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
