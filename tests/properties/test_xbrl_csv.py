"""Whatever the model can hold goes to xBRL-CSV and comes back equal."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.formats.xbrl_json.read import report as json_reader
from exporter.formats.xbrl_json.write import report as json_writer
from exporter.formats.xbrl_xml.read import report as xml_reader
from exporter.formats.xbrl_xml.write import report as xml_writer
from exporter.model.report import Report, Vocabulary
from exporter.operations.write import write_report
from exporter.resources.targets import StreamTarget
from exporter.testing.report_strategies import Carries, reports
from tests.properties.test_xbrl_xml import REPORTS as XML_REPORTS

SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
REPORTS = reports()


@contextmanager
def written(report: Report, *, streamed: bool = False) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.json")
        write_report(
            report, path, format="xbrl-csv", context=WriteContext(facts=iter(report.facts) if streamed else None)
        )
        yield path


def options(vocabulary: Vocabulary) -> ReadOptions:
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary)


def contents(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


@SLOW
@given(report=REPORTS)
def test_round_trip_with_the_vocabulary(report: Report) -> None:
    with written(report) as path:
        assert read(path, options(report.vocabulary)) == report


@SLOW
@given(report=reports(Carries(max_facts=120)))
def test_round_trip_of_many_facts(report: Report) -> None:
    with written(report) as path:
        assert read(path, options(report.vocabulary)) == report


@SLOW
@given(report=REPORTS)
def test_round_trip_without_the_vocabulary(report: Report) -> None:
    """Types are inferred; nothing is lost on the second journey."""
    with written(report) as path:
        once = read(path)
    assert len(once.facts) == len(report.facts)
    with written(once) as path:
        assert read(path) == once


@SLOW
@given(report=REPORTS)
def test_a_stream_of_facts_comes_back_as_well(report: Report) -> None:
    with written(report, streamed=True) as path:
        assert read(path, options(report.vocabulary)) == report


@SLOW
@given(report=REPORTS)
def test_the_same_bytes_twice(report: Report) -> None:
    with written(report) as one, written(report) as other:
        assert contents(one) == contents(other)


@SLOW
@given(report=REPORTS)
def test_streamed_facts_are_the_facts(report: Report) -> None:
    with written(report) as path:
        assert set(iter_facts(path, options(report.vocabulary))) == set(report.facts)


@SLOW
@given(report=REPORTS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(report: Report, shuffle: object) -> None:
    facts = list(report.facts)
    shuffle.shuffle(facts)  # type: ignore[attr-defined]
    with written(evolve(report, facts=facts)) as path:
        assert read(path, options(report.vocabulary)) == report


@SLOW
@given(report=XML_REPORTS)
def test_reports_are_equal_across_syntaxes(report: Report) -> None:
    """CSV, JSON and XML one after the other, each read back and written on."""
    known = options(report.vocabulary)
    with written(report) as path:
        found = read(path, known)
    for writer, reader in ((json_writer, json_reader), (xml_writer, xml_reader)):
        stream = io.BytesIO()
        writer.write(found, StreamTarget(stream))
        found = reader.read(io.BytesIO(stream.getvalue()), known)
        with written(found) as path:
            found = read(path, known)
        assert found == report
