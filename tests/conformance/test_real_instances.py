"""Real filings: what we read is what a plain look at the XML finds, and what we write reads back equal."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.formats.xbrl_xml.write.report import write
from exporter.resources.targets import StreamTarget
from tests.support.plain_instance import PlainInstance
from tests.support.plain_reports import plain_facts_of, plain_footnotes_of
from tests.support.real_instances import INSTANCES, each_instance, needs_instances

pytestmark = needs_instances


@each_instance
def test_the_facts_are_those_in_the_document(path: Path) -> None:
    plain = PlainInstance(path)
    expected = plain.facts()
    assert sum(expected.values()) > 300
    report = read(path)
    assert plain_facts_of(report.facts) == expected
    assert plain_facts_of(iter_facts(path)) == expected
    assert plain_footnotes_of(report) == plain.footnotes()


@each_instance
def test_what_is_written_reads_back_equal(path: Path) -> None:
    report = read(path)
    stream = io.BytesIO()
    assert write(report, StreamTarget(stream)) == len(report.facts)
    again = read(io.BytesIO(stream.getvalue()))
    assert again == report
    assert plain_facts_of(again.facts) == plain_facts_of(report.facts)
    once_more = io.BytesIO()
    write(again, StreamTarget(once_more))
    assert once_more.getvalue() == stream.getvalue()


def test_the_filings_have_footnotes() -> None:
    noted: Counter[bool] = Counter()
    for path in INSTANCES:
        noted[bool(PlainInstance(path).footnotes())] += 1
    assert noted[True] >= 2
