"""xBRL-JSON: what is written is read back equal, the same each time, and fits the schema; damage is noticed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exporter.errors import ReadError, WriteError
from exporter.formats.oim.text import unlawful_character
from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.xbrl_json.read.report import iter_facts, read
from exporter.formats.xbrl_json.write.report import write
from exporter.model.report import Report
from exporter.resources.targets import StreamTarget
from exporter.testing.report_strategies import reports
from exporter.validation.json_schema import is_valid_json
from tests.unit.formats.xbrl_json.documents import fact, report_of

RELAXED = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def written(report: Report) -> bytes:
    stream = io.BytesIO()
    write(report, StreamTarget(stream))
    return stream.getvalue()


def knowing(report: Report) -> ReadOptions:
    return ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)


@RELAXED
@given(reports())
def test_what_is_written_is_read_back(report: Report) -> None:
    data = written(report)
    again = read(io.BytesIO(data), knowing(report))
    assert again == report
    assert [fact.value for fact in again.facts] == [fact.value for fact in report.facts]
    assert list(iter_facts(io.BytesIO(data), knowing(report))) == list(again.facts)
    assert written(report) == data
    assert is_valid_json(json.loads(data), "xbrl-json.schema.json")
    assert written(again) == written(read(io.BytesIO(written(again)), knowing(report)))


@RELAXED
@given(reports())
def test_facts_from_an_iterator_give_the_same_bytes(report: Report) -> None:
    stream = io.BytesIO()
    count = write(evolve(report, facts=()), StreamTarget(stream), WriteContext(facts=iter(report.facts)))
    assert count == len(report.facts)
    assert stream.getvalue() == written(report)


@RELAXED
@given(reports(), st.data())
def test_the_order_of_members_is_free(report: Report, data: st.DataObject) -> None:
    document = json.loads(written(report))
    shuffled = _shuffled(document, data)
    again = read(io.BytesIO(json.dumps(shuffled).encode()), knowing(report))
    assert again == report


def _shuffled(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, dict):
        names = data.draw(st.permutations(list(value)))
        return {name: _shuffled(value[name], data) for name in names}
    return value


@RELAXED
@given(reports(), st.data())
def test_a_cut_document_is_refused(report: Report, data: st.DataObject) -> None:
    text = written(report)
    cut = data.draw(st.integers(0, len(text) - 3))
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(text[:cut]), knowing(report))
    assert caught.value.findings[0].code in ("xbrlje:invalidJSON", "oimce:unsupportedDocumentType")


@RELAXED
@given(reports(), st.data())
def test_a_changed_document_is_refused_or_read_to_something_lawful(report: Report, data: st.DataObject) -> None:
    text = written(report)
    place = data.draw(st.integers(0, len(text) - 1))
    change = data.draw(st.sampled_from([b"", b'"', b"{", b"0", b"\\", b":", b",", b" ", b"\xff", b"\x00", b"null"]))
    damaged = text[:place] + change + text[place + 1 :]
    try:
        again = read(io.BytesIO(damaged), knowing(report))
    except ReadError:
        return
    document = json.loads(damaged)
    assert is_valid_json(document, "xbrl-json.schema.json")
    assert read(io.BytesIO(written(again)), knowing(report)) == again


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=8))
@example("\ud800")
@example("\x07")
@example("\ufffe")
def test_any_text_is_written_exactly_or_refused(text: str) -> None:
    report = report_of(fact(value=text, decimals=None, unit=None))
    if unlawful_character(text) is None:
        assert read(io.BytesIO(written(report))).facts[0].value == text
        return
    with pytest.raises(WriteError) as caught:
        written(report)
    assert caught.value.findings[0].code == "xbrlje:invalidFactValue"
