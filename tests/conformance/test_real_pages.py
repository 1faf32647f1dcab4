"""Real filings written as pages of Inline XBRL: the same facts when read again, by us and by Arelle."""

from __future__ import annotations

import importlib.util
import io
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import WriteError
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.registry import read_report as read_in_format
from exporter.model.differences import compare_reports
from exporter.model.report import Report
from exporter.operations.read import read_report
from exporter.operations.write import write_report
from exporter.page.report_page import report_page
from exporter.resources.targets import StreamTarget
from exporter.validation.arelle import ArelleVerdict, ask_arelle
from tests.support.real_instances import DATA
from tests.support.standin import StandIn, make_stand_in

NETFLIX = DATA / "ixbrl" / "nflx-10-q-2025-07-18.htm"
KVK = DATA / "kvk" / "nba-micro-nl-inrichtingsjaarrekening-2023"
DUTCH = KVK / "reports" / "jaarrekening-2023" / "demicrobv-jaarrekening-nl-2023-12-31.html"
FERC = DATA / "ferc" / "desertlink-2021.xbrl"
INSTANCES = sorted([*DATA.glob("sec/*/*_htm.xml"), DATA / "sec" / "nflx-2009" / "nflx-20091231.xml"])
DOCUMENTS = [NETFLIX, DUTCH, *INSTANCES]

pytestmark = pytest.mark.skipif(not all(path.is_file() for path in DOCUMENTS), reason="the corpus is not here")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_facts_come_back_from_an_xhtml_page(path: Path) -> None:
    report = read_in_format(path)
    stream = io.BytesIO()
    assert write(report, StreamTarget(stream), WriteContext(page=report_page)) == len(report.facts)
    again = read(io.BytesIO(stream.getvalue()), ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary))
    assert not len(compare_reports(report, again))
    root = etree.fromstring(stream.getvalue())
    assert list(check_xhtml([InlineDocument(path.name, root)])) == []


@pytest.mark.skipif(not FERC.is_file(), reason="the instance is not here")
def test_a_footnote_that_is_no_xhtml_1_1_is_told() -> None:
    """Underlined by an element that XHTML 1.1 has not: no page of Inline XBRL can hold it."""
    report = read_in_format(FERC)
    with pytest.raises(WriteError) as caught:
        write(report, StreamTarget(io.BytesIO()), WriteContext(page=report_page))
    assert {finding.code for finding in caught.value.findings} == {"exporter:unfitMarkup"}
    kept = {note.id for note in report.footnotes if "<u>" not in note.content}
    links = [link for link in report.links if link.target in kept]
    notes = [note for note in report.footnotes if note.id in kept]
    stream = io.BytesIO()
    write(evolve(report, footnotes=notes, links=links), StreamTarget(stream), WriteContext(page=report_page))
    again = read(io.BytesIO(stream.getvalue()), ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary))
    assert Counter(again.facts) == Counter(report.facts)


# -- a second opinion


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Report, Path, StandIn]]:
    """Each instance with its stand-in taxonomy, as a page beside it."""
    found = []
    for path in INSTANCES:
        folder = tmp_path_factory.mktemp(path.stem)
        copy = folder / f"original{path.suffix}"
        shutil.copyfile(path, copy)
        stand_in = make_stand_in(path, folder)
        report = read_report(copy, packages=[stand_in.package], strict=True)
        write_report(report, folder / "page.xhtml")
        found.append((report, folder / "page.xhtml", stand_in))
    return found


@pytest.fixture(scope="module")
def verdicts(pages: list[tuple[Report, Path, StandIn]]) -> list[ArelleVerdict]:
    if importlib.util.find_spec("arelle") is None:
        pytest.skip("Arelle is not installed")
    packages = [stand_in.package for _, _, stand_in in pages]
    return ask_arelle([path for _, path, _ in pages], packages=packages, facts=True, utr=False)


@pytest.mark.parametrize("number", range(len(INSTANCES)), ids=[path.stem for path in INSTANCES])
def test_arelle_finds_the_page_valid_and_sees_its_facts(
    pages: list[tuple[Report, Path, StandIn]], verdicts: list[ArelleVerdict], number: int
) -> None:
    report = pages[number][0]
    assert [finding for finding in verdicts[number].findings if finding.is_error] == []
    datatypes = {name.clark: datatype for name, datatype in report.vocabulary.datatypes.items()}

    def comparable(concept: str, value: str | None) -> tuple[str, Any]:
        numeric = value is not None and concept in datatypes and datatypes[concept].is_numeric
        return concept, Decimal(value or "") if numeric else value

    seen = Counter(comparable(fact["concept"], fact["value"]) for fact in verdicts[number].facts)
    assert seen == Counter(comparable(fact.concept.clark, fact.value) for fact in report.facts)
