"""Finding measured on a filing that its filer tagged: its tags taken out, its facts looked for in what is left.

The facts are known by their names alone, split into words; the filer's labels are not used. A placement is right where
the filer has tagged the same fact, wrong where the filer has tagged only others there. Places that the filer left
untagged (reports repeat many figures outside the statements) count for nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, frozen

from exporter.findings import Severity
from exporter.items.to_facts import DerivedReport
from exporter.items.values.printed import Span
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.search.expected import derive_expected
from exporter.tagging.search.search import Placements, find_placements
from exporter.tagging.write.strip import strip_tags
from exporter.transformations import IXT_4, IXT_SEC, parse
from tests.conformance.test_real_tagged_document import facts_of, placements_of

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "ixbrl" / "nflx-10-q-2025-07-18.htm"
PRECISION = 0.995
RECALL = 0.769

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the filing is not here")


@frozen(eq=False)
class Measured:
    """The numbers found in a document whose tags are known."""

    document: DocumentText
    found: Placements
    places: dict[Span, list[Fact]]
    right: list[Placement]
    wrong: list[Placement]
    untagged: list[Placement]

    @property
    def precision(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        reached = {place for each in self.right for place in overlapping(self.places, each.first)}
        return len(reached) / len(self.places)


def overlapping(places: dict[Span, list[Fact]], span: Span) -> list[Span]:
    """The tagged places that share characters with a span; ``places`` are in reading order."""
    spans = list(places)
    last = bisect_right(spans, span.end - 1, key=lambda each: each.start)
    return [each for each in spans[max(0, last - 2) : last] if each.overlaps(span)]


def without_repetition(report: Report) -> Report:
    """The report with each fact once: inline documents tag one fact at many places, each with an id of its own."""
    return evolve(
        report, facts=tuple({(each.aspects, each.value, each.decimals): each for each in report.facts}.values())
    )


@pytest.fixture(scope="module")
def measured() -> Measured:
    data = FILE.read_bytes()
    document = read_document(strip_tags(data, FILE.name), "plain.xhtml")
    report = facts_of(data)
    tagged, _ = placements_of(data, document)
    facts = {each.id: each for each in report.facts}
    places: dict[Span, list[Fact]] = {}
    for each in sorted(tagged, key=lambda each: each.first):
        if facts[each.fact].looks_numeric:
            places.setdefault(each.first, []).append(facts[each.fact])
    expected = derive_expected(DerivedReport(report=without_repetition(report), origins={}, findings=()))
    found = find_placements(document, expected, registries=(IXT_4, IXT_SEC))
    result = Measured(document, found, places, [], [], [])
    for each in found.placements:
        if facts[each.fact].looks_numeric:
            stated = [fact for place in overlapping(places, each.first) for fact in places[place]]
            same = any(fact.aspects == facts[each.fact].aspects for fact in stated)
            (result.right if same else result.wrong if stated else result.untagged).append(each)
    return result


def test_numbers_are_found_where_the_filer_tagged_them(measured: Measured) -> None:
    print(
        f"\n{len(measured.places):,} places tagged; {len(measured.right):,} placements right, {len(measured.wrong):,} "
        f"wrong, {len(measured.untagged):,} where the filer has no tag: "
        f"precision {measured.precision:.3f}, recall {measured.recall:.3f}"
    )
    assert measured.precision >= PRECISION
    assert measured.recall >= RECALL


def test_a_place_left_open_names_the_facts_in_question(measured: Measured) -> None:
    open_ = [each for each in measured.found.findings if each.code == "exporter:ambiguousPlace"]
    assert open_
    for each in open_:
        assert each.severity is Severity.WARNING
        assert each.location.line
        assert " or " in each.message
        assert "anchors" in (each.fix or "")


def test_a_number_states_the_value_of_its_fact(measured: Measured) -> None:
    """Digits, scale and sign of each placement give the value that the report has, wherever it stands."""
    facts = {each.expected.id: each.expected.fact for found in measured.found.candidates.values() for each in found}
    for each in (*measured.right, *measured.wrong, *measured.untagged):
        printed = measured.document.text[each.first.start : each.first.end]
        digits = printed if each.format is None else parse(each.format, printed)
        number = Decimal(digits).scaleb(each.scale)
        assert (-number if each.negative else number) == facts[each.fact].number
