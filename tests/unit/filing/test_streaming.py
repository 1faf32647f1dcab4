"""Conversion fact by fact: when it is done, and that it comes to the same as the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from exporter.filing.filing import Filing
from exporter.filing.reading import read_report
from exporter.filing.streaming import can_stream, has_duplicates, stream_report
from exporter.formats.registry import format_by_name, write_report
from exporter.items.footnotes import Footnote
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.taxonomy.writer import write_taxonomy
from tests.unit.filing.test_export import SMALL

NAMES = {"xbrl-json": "r.json", "xbrl-xml": "r.xbrl", "xbrl-csv": "r-csv/r.json"}


def written(filing: Filing, folder: Path, format: str) -> Path:
    for name, content in write_taxonomy(filing.taxonomy, filing.base_name).items():
        (folder / name).write_bytes(content)
    path = folder / NAMES[format]
    report = filing.to_report()
    up = "../" if "/" in NAMES[format] else ""
    write_report(evolve(report, taxonomy=[up + href for href in report.taxonomy]), path, format=format)
    return path


@pytest.mark.parametrize("source", NAMES)
@pytest.mark.parametrize("target", NAMES)
def test_streamed_facts_are_the_report(tmp_path: Path, source: str, target: str) -> None:
    path = written(SMALL, tmp_path, source)
    if not can_stream(path, target=target, at_least=0):
        assert source == target == "xbrl-xml"
        return
    whole = read_report(path)
    out = path.parent / ("out.json" if target == "xbrl-json" else "out.xbrl" if target == "xbrl-xml" else "out-csv")
    with stream_report(path) as stream:
        assert stream is not None
        form = format_by_name(target)
        if form.has_files:
            assert form.write(stream.head, path.parent / "o.json", facts=stream.facts) == len(whole.facts)
            out = path.parent / "o.json"
        else:
            with out.open("wb") as file:
                assert form.write(stream.head, file, facts=stream.facts) == len(whole.facts)
    assert read_report(out) == whole


@pytest.mark.parametrize("source", NAMES)
def test_footnotes_belong_to_the_whole(tmp_path: Path, source: str) -> None:
    noted = SMALL.with_items([evolve(SMALL.items[0], footnotes=(Footnote("a note"),))])
    assert not can_stream(written(noted, tmp_path, source), target="xbrl-json", at_least=0)


def test_small_documents_are_converted_as_a_whole(tmp_path: Path) -> None:
    path = written(SMALL, tmp_path, "xbrl-json")
    assert not can_stream(path, target="xbrl-xml")
    assert can_stream(path, target="xbrl-xml", at_least=path.stat().st_size)


def test_a_mark_is_found_wherever_it_stands(tmp_path: Path) -> None:
    path = written(SMALL, tmp_path, "xbrl-json")
    text = path.read_text(encoding="utf-8")
    for padding in (1024**2 - 3, 1024**2 - 200, 2 * 1024**2 - 4):
        path.write_text(text.replace('"facts"', f'{" " * padding}"links": 0, "facts"'), encoding="utf-8")
        assert not can_stream(path, target="xbrl-xml", at_least=0)


def test_types_that_are_not_known_need_the_whole(tmp_path: Path) -> None:
    report = evolve(SMALL.to_report(), taxonomy=["http://example.com/absent.xsd"])
    path = tmp_path / "r.json"
    write_report(report, path)
    with stream_report(path) as stream:
        assert stream is None


def test_duplicates_are_told() -> None:
    report: Report = SMALL.to_report()
    facts: list[Fact] = list(report.facts)
    assert not has_duplicates(facts)
    assert has_duplicates([*facts, evolve(facts[0], value="7", id="other")])
