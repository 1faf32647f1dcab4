"""Formats are found by name, content and suffix; files are written whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from exporter.errors import ReadError, WriteError
from exporter.formats.registry import (
    detect_format,
    format_by_name,
    format_by_suffix,
    formats,
    read_report,
)
from exporter.operations.write import write_report
from exporter.resources.targets import StreamTarget
from tests.unit.formats.xbrl_json.documents import DOCUMENT, encoded, fact, report_of

INSTANCE = b"<?xml version='1.0'?>\n<!-- <html> -->\n<xbrli:xbrl xmlns:xbrli='http://www.xbrl.org/2003/instance'/>"


def test_every_format_has_its_functions() -> None:
    for each in formats():
        assert format_by_name(each.name) is each
        assert each.description
        if each.holds == "facts":
            assert callable(each.read)
            assert callable(each.iter_facts)
            assert callable(each.write)


def test_a_format_of_items_holds_no_facts() -> None:
    with pytest.raises(ReadError):
        _ = format_by_name("items-json").read
    with pytest.raises(WriteError):
        format_by_name("items-json").write(report_of(), StreamTarget(io.BytesIO()))


def test_an_unknown_name_gets_the_choices() -> None:
    with pytest.raises(ReadError) as caught:
        format_by_name("xbrl")
    (finding,) = caught.value.findings
    assert finding.code == "exporter:unknownFormat"
    assert "xbrl-json" in (finding.fix or "")
    with pytest.raises(WriteError):
        write_report(report_of(), "x.json", format="xbrl")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", encoded(DOCUMENT), "xbrl-json"),
        ("a.xml", b"\xef\xbb\xbf \n" + encoded(DOCUMENT), "xbrl-json"),
        ("a.txt", b'{"documentInfo": {"documentType": "https:\\/\\/xbrl.org\\/2021\\/xbrl-json"}}', "xbrl-json"),
        ("a.json", INSTANCE, "xbrl-xml"),
        ("a.txt", INSTANCE.decode().encode("utf-16"), "xbrl-xml"),
        ("a.XBRL", b"", "xbrl-xml"),
        ("a.xml", b"<?xml version='1.0'?><!-- by hand --><html xmlns='http://www.w3.org/1999/xhtml'>", "inline-xbrl"),
        ("a.HTM", b"", "inline-xbrl"),
        ("a.json", b"{", "xbrl-json"),
        ("a.items.json", b"{", "items-json"),
        ("a.json", b'{"schema": "x", "items": []}', "items-json"),
    ],
)  # fmt: skip
def test_detection(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert detect_format(tmp_path / name).name == expected


def test_what_nothing_tells_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    with pytest.raises(ReadError) as caught:
        detect_format(tmp_path / "a.txt")
    assert caught.value.findings[0].code == "exporter:unknownFormat"
    with pytest.raises(ReadError) as caught:
        detect_format(tmp_path / "nothing.json")
    assert caught.value.findings[0].code == "exporter:unreadableFile"
    assert format_by_suffix("a.txt") is None


def test_a_report_goes_to_a_file_and_back(tmp_path: Path) -> None:
    report = report_of(fact())
    path = tmp_path / "new" / "report.json"
    assert write_report(report, path) == 1
    assert read_report(path) == report
    assert read_report(path, format="xbrl-json") == report


def test_a_report_that_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        write_report(report_of(fact(value="x")), tmp_path / "report.json")
    with pytest.raises(WriteError):
        write_report(report_of(fact()), tmp_path / "report.txt")
    assert list(tmp_path.iterdir()) == []
