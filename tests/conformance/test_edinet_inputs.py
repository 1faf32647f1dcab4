"""The FSA's sample filings: in every shape a document set says what the instance that EDINET makes of it says."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import ReadError
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.read import read_report
from tests.conformance.suite import SHARED
from tests.support.edinet import TAXONOMY, unpacked

SAMPLES = sorted(SHARED.glob("edinet/[0-9]*.zip"))
pytestmark = pytest.mark.skipif(not SAMPLES, reason="the samples are not here")


def read(source: Any) -> Report:
    return read_report(source, packages=[TAXONOMY], partial=True)


def plain(report: Report) -> Counter[Fact]:
    """The facts, text blocks by what a reader sees of them: they are serialised otherwise."""
    return Counter(_plain(report))


def _plain(report: Report) -> Iterator[Fact]:
    for fact in report.facts:
        value = fact.value
        if value is not None and re.search("<[a-zA-Z]", value):
            html = etree.HTML(f"<div>{value}</div>")
            value = "" if html is None else "".join("".join(map(str, html.itertext())).split())
        yield evolve(fact, id=None, value=value)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_shape_of_a_filing_says_what_its_instance_says(sample: Path, tmp_path: Path) -> None:
    unpacked(sample, tmp_path)
    for instance in sorted(tmp_path.rglob("*.xbrl")):
        if instance.parent.name != "PublicDoc":
            continue
        expected = plain(read(instance))
        folder = instance.parent
        inside = folder.relative_to(tmp_path)
        documents = sorted(folder.glob("*_ixbrl.htm"))
        for source in (folder, folder / "manifest_PublicDoc.xml", documents, sample / inside):
            assert plain(read(source)) == expected, source
        alone = Path(shutil.make_archive(str(tmp_path / "alone"), "zip", folder.parent, "PublicDoc"))
        assert plain(read(alone)) == expected


def test_a_filing_with_reports_of_auditors_names_them_all(tmp_path: Path) -> None:
    sample = next(path for path in SAMPLES if path.name.startswith("04"))
    with pytest.raises(ReadError) as caught:
        read(sample)
    (finding,) = caught.value.findings
    assert finding.code == "exporter:severalReports"
    choices = re.findall(r"\S+\.xml(?:#\w+)?", finding.message)
    assert [len(read(choice).facts) for choice in choices] == [5, 5, 844]
