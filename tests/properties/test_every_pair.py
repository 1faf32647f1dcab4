"""Any report, from every syntax to every other, is the same report."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import given, settings

from exporter.formats.options import ReadOptions
from exporter.formats.registry import format_by_name, read_report
from exporter.model.differences import compare_reports
from exporter.model.report import Report
from exporter.operations.write import write_report
from tests.properties.test_inline_xbrl import without_loops
from tests.properties.test_xbrl_xml import REPORTS

NAMES = {"xbrl-json": "r.json", "xbrl-xml": "r.xbrl", "xbrl-csv": "r-csv", "inline-xbrl": "r.xhtml"}


def journey(report: Report, folder: Path, format: str) -> Report:
    """The report written in a format and read again, with what is known of its names."""
    path = folder / NAMES[format]
    write_report(report, path, format=format)
    options = ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)
    return evolve(read_report(path, format=format, options=options), vocabulary=report.vocabulary)


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(NAMES, 2)))
@settings(max_examples=15, deadline=None)
@given(report=REPORTS.map(without_loops))
def test_there_and_on(report: Report, one: str, other: str) -> None:
    assert {format_by_name(name).name for name in (one, other)} == {one, other}
    with TemporaryDirectory() as name:
        first = journey(report, Path(name), one)
        assert_same(report, first, is_spelt=one != "inline-xbrl")
        second = journey(first, Path(name), other)
        assert_same(report, second, is_spelt="inline-xbrl" not in (one, other))


def assert_same(report: Report, again: Report, *, is_spelt: bool) -> None:
    """Equal; a page shows numbers as people write them, so that only their values come back from it."""
    if is_spelt:
        assert again == report
    else:
        assert not len(compare_reports(report, again))
