"""Whatever the model can hold goes to a page of Inline XBRL and comes back equal."""

from __future__ import annotations

import io

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.blocks import FactPlace, Page, Paragraph
from exporter.formats.inline_xbrl.write.report import with_ids, write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.model.differences import compare_reports
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.period import FOREVER
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.page.report_page import report_page
from exporter.resources.targets import StreamTarget
from exporter.testing.report_strategies import Carries, reports, texts
from exporter.transformations import DateForm, Negative, Style
from exporter.transformations.registry import IXT_1, IXT_2, IXT_3, IXT_4, IXT_5
from tests.properties.test_xbrl_xml import with_fitting_units

INLINE = Carries(base_url=False)
SLOW = settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def without_loops(report: Report) -> Report:
    """A relationship of Inline XBRL never leads from a fact to itself."""
    return evolve(report, links=(link for link in report.links if link.source != link.target))


REPORTS = reports(INLINE).map(with_fitting_units).map(without_loops)
STYLES = st.builds(
    Style,
    language=st.sampled_from(("en", "ja")),
    registry=st.sampled_from((IXT_1, IXT_2, IXT_3, IXT_4, IXT_5)),
    with_sec=st.booleans(),
    negative=st.sampled_from(list(Negative)),
    dates=st.sampled_from(list(DateForm)),
    decimal_mark=st.sampled_from((".", ",")),
    zero_as_dash=st.booleans(),
    figures_only=st.booleans(),
)


def written(report: Report) -> bytes:
    stream = io.BytesIO()
    assert write(report, StreamTarget(stream), WriteContext(page=report_page)) == len(report.facts)
    return stream.getvalue()


def options(vocabulary: Vocabulary) -> ReadOptions:
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary)


def assert_same(report: Report, document: bytes) -> None:
    again = read(io.BytesIO(document), options(report.vocabulary))
    differences = compare_reports(report, again)
    assert not len(differences), differences
    assert [fact.id for fact in with_ids(report).facts] == sorted(
        (fact.id for fact in again.facts), key=[fact.id for fact in with_ids(report).facts].index
    )


@SLOW
@given(report=REPORTS)
def test_round_trip(report: Report) -> None:
    document = written(report)
    assert_same(report, document)
    assert written(report) == document


@SLOW
@given(report=REPORTS)
def test_round_trip_in_1_0(report: Report) -> None:
    """What Inline XBRL 1.0 has a place for: each footnote is linked in one way, and no fact leads to another."""
    notes = {note.id for note in report.footnotes}
    ways = {link.target: (link.type, link.group) for link in report.links}
    kept = [each for each in report.links if each.target in notes and ways[each.target] == (each.type, each.group)]
    report = with_ids(evolve(report, links=kept))
    stream = io.BytesIO()
    assert write(
        report, StreamTarget(stream), WriteContext(page=lambda _: report_page(report), inline_version="1.0")
    ) == len(report.facts)
    assert_same(report, stream.getvalue())


@SLOW
@given(report=REPORTS)
def test_the_page_is_xhtml(report: Report) -> None:
    root = etree.fromstring(written(report))
    assert list(check_xhtml([InlineDocument("page", root)])) == []


@SLOW
@given(report=REPORTS, style=STYLES, scale=st.integers(-3, 9), before=st.sampled_from(("", "¥")))
def test_every_style_comes_back(report: Report, style: Style, scale: int, before: str) -> None:
    """Whatever the style, and however a number is scaled."""
    named = with_ids(report)
    types = report.vocabulary.datatypes
    whole = [("integer" in types[fact.concept].base.lower()) for fact in named.facts]  # without fractions
    places = [
        FactPlace(fact.id or "", scale=max(scale, 0) if is_whole else scale, before=before)
        for fact, is_whole in zip(named.facts, whole, strict=True)
    ]
    stream = io.BytesIO()
    write(
        named,
        StreamTarget(stream),
        WriteContext(page=lambda _: Page(title="T", blocks=[Paragraph([place]) for place in places], style=style)),
    )
    assert_same(report, stream.getvalue())


@SLOW
@given(report=REPORTS)
def test_a_page_without_places_hides_everything(report: Report) -> None:
    stream = io.BytesIO()
    write(report, StreamTarget(stream), WriteContext(page=lambda _: Page(title="T", blocks=())))
    assert_same(report, stream.getvalue())


@SLOW
@given(report=REPORTS)
def test_what_was_read_writes_the_same_again(report: Report) -> None:
    first = read(io.BytesIO(written(report)), options(report.vocabulary))
    again = written(first)
    assert_same(first, again)
    assert written(read(io.BytesIO(again), options(report.vocabulary))) == again


@SLOW
@given(value=texts(max_size=40), cuts=st.lists(st.integers(0, 40), max_size=4), between=st.sampled_from(("", "x", " ")))
def test_a_text_in_pieces_comes_back(value: str, cuts: list[int], between: str) -> None:
    """Wherever it is cut, and whatever stands between the pieces."""
    context = Context(None, FOREVER)
    name = QName("http://example.com/t", "Name", prefix="t")
    report = Report(
        taxonomy=("t.xsd",),
        facts=[Fact(name, context, value, id="f")],
        vocabulary=Vocabulary(datatypes={name: standard_type("stringItemType")}),
    )
    ends = sorted({min(cut, len(value)) for cut in cuts} - {0}) or [len(value)]
    if ends[-1] != len(value):
        ends.append(len(value))
    parts = list(zip([0, *ends], ends, strict=False))
    blocks = [Paragraph([between, FactPlace("f", part=part), between]) for part in parts]
    stream = io.BytesIO()
    write(report, StreamTarget(stream), WriteContext(page=lambda _: Page(title="T", blocks=blocks)))
    assert_same(report, stream.getvalue())
    assert stream.getvalue().count(b"<ix:continuation ") == len(parts) - 1
