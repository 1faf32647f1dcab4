"""Whatever the model can hold goes to XBRL 2.1 XML and comes back equal."""

from __future__ import annotations

import io

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.formats.xbrl_xml.write.report import write
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary
from exporter.model.unit import Unit
from exporter.resources.targets import StreamTarget
from exporter.testing.report_strategies import Carries, reports

XML = Carries(base_url=False)
SLOW = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def with_fitting_units(report: Report) -> Report:
    """Money in one currency and shares in shares, as XBRL 2.1 section 4.8.2 has it."""
    needed = {"monetaryItemType": Unit.currency("JPY"), "sharesItemType": Unit.shares()}

    def fit(fact: Fact) -> Fact:
        kind = report.vocabulary.datatypes[fact.concept].standard
        fits = kind == "monetaryItemType" and fact.unit is not None and fact.unit.single_currency
        return fact if fits or kind not in needed else evolve(fact, unit=needed[kind])

    return evolve(report, facts=map(fit, report.facts))


REPORTS = reports(XML).map(with_fitting_units)


def written(report: Report) -> bytes:
    stream = io.BytesIO()
    write(report, StreamTarget(stream))
    return stream.getvalue()


def options(vocabulary: Vocabulary) -> ReadOptions:
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary)


@SLOW
@given(report=REPORTS)
def test_round_trip_with_the_vocabulary(report: Report) -> None:
    document = written(report)
    again = read(io.BytesIO(document), options(report.vocabulary))
    assert again == report
    assert {fact.id for fact in again.facts} == {fact.id for fact in report.facts}


@SLOW
@given(report=REPORTS)
def test_what_was_read_writes_the_same_again(report: Report) -> None:
    first = read(io.BytesIO(written(report)), options(report.vocabulary))
    document = written(first)
    assert written(read(io.BytesIO(document), options(report.vocabulary))) == document


@SLOW
@given(report=REPORTS)
def test_round_trip_without_the_vocabulary(report: Report) -> None:
    """Types are inferred; prefixed names aside, nothing is lost on the second journey."""
    known = report.vocabulary
    plain = [fact for fact in report.facts if known.datatypes[fact.concept].base != "QName"]
    if len(plain) != len(report.facts):
        report = evolve(report, facts=plain, links=(), footnotes=())
    once = read(io.BytesIO(written(report)))
    assert read(io.BytesIO(written(once))) == once
    assert len(once.facts) == len(report.facts)


@SLOW
@given(report=REPORTS)
def test_one_shot_facts_give_the_same_bytes(report: Report) -> None:
    stream = io.BytesIO()
    count = write(evolve(report, facts=()), StreamTarget(stream), WriteContext(facts=iter(report.facts)))
    assert count == len(report.facts)
    assert stream.getvalue() == written(report)


@SLOW
@given(report=REPORTS)
def test_streamed_facts_are_the_facts(report: Report) -> None:
    streamed = list(iter_facts(io.BytesIO(written(report)), options(report.vocabulary)))
    assert set(streamed) == set(report.facts)


@SLOW
@given(report=REPORTS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_children_does_not_matter(report: Report, shuffle: object) -> None:
    root = etree.fromstring(written(report))
    head = len(root.findall("{*}schemaRef")) + len(root.findall("{*}roleRef")) + len(root.findall("{*}arcroleRef"))
    tail = list(root)[head:]
    shuffle.shuffle(tail)  # type: ignore[attr-defined]
    root[head:] = tail
    shuffled = io.BytesIO(etree.tostring(root, encoding="utf-8"))
    assert read(shuffled, options(report.vocabulary)) == report
