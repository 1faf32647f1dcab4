"""How two reports differ: each kind of change is told once, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.model.differences import Differences, compare_reports
from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.pairing import Forms
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY
from exporter.testing.report_strategies import reports

NS = "http://example.com/2024"
IIJ, NTT = Entity.cik(1090633), Entity.cik(1)
YEAR, NEXT = Duration("2004-04-01", "2005-03-31"), Duration("2005-04-01", "2006-03-31")
AXIS, OTHER_AXIS = QName(NS, "SegmentAxis"), QName(NS, "HolderAxis")
MOBILE, FIXED = QName(NS, "MobileMember"), QName(NS, "FixedMember")
JPY, USD = Unit.currency("JPY"), Unit.currency("USD")


def a_fact(
    value: str | None = "100",
    concept: str = "Revenue",
    *,
    decimals: int | None = 0,
    unit: Unit | None = JPY,
    period: Period = YEAR,
    entity: Entity = IIJ,
    cut: Iterable[ExplicitDimension | TypedDimension] = (),
    language: str | None = None,
    id: str | None = None,
) -> Fact:
    context = Context(entity, period, tuple(cut))
    return Fact(QName(NS, concept, prefix=id), context, value, decimals, unit, language, id=id)


def text(value: str, language: str | None = "en", id: str | None = None) -> Fact:
    return a_fact(value, "Policy", decimals=None, unit=None, language=language, id=id)


MOBILE_CUT = [ExplicitDimension(AXIS, MOBILE)]
BOTH_CUT = [ExplicitDimension(AXIS, MOBILE), ExplicitDimension(OTHER_AXIS, FIXED)]
OTHERS = [a_fact("7", "Cost"), a_fact("8", "Cost", period=NEXT), text("kept")]

CHANGES = [
    (a_fact(), a_fact("101"), ("value",)),
    (a_fact(), a_fact(None, decimals=None), ("value", "decimals")),
    (a_fact(), a_fact(decimals=-2), ("decimals",)),
    (a_fact(), a_fact(decimals=None), ("decimals",)),
    (a_fact(), a_fact("101", decimals=-2), ("value", "decimals")),
    (a_fact(), a_fact(unit=USD), ("unit",)),
    (a_fact(), a_fact(unit=None), ("unit",)),
    (a_fact(), a_fact(period=NEXT), ("period",)),
    (a_fact(), a_fact(period=Instant("2005-03-31")), ("period",)),
    (a_fact(), a_fact(cut=MOBILE_CUT), ("dimensions",)),
    (a_fact(cut=MOBILE_CUT), a_fact(cut=[ExplicitDimension(AXIS, FIXED)]), ("dimensions",)),
    (a_fact(cut=MOBILE_CUT), a_fact(cut=BOTH_CUT), ("dimensions",)),
    (a_fact(), a_fact(cut=BOTH_CUT), ("dimensions",)),
    (a_fact(cut=[TypedDimension(AXIS, "a")]), a_fact(cut=[TypedDimension(AXIS, None)]), ("dimensions",)),
    (a_fact(), a_fact(entity=NTT), ("entity",)),
    (text("a"), text("a", "ja"), ("language",)),
    (text("a"), text("b"), ("value",)),
    (a_fact(), a_fact("101", period=NEXT), ("value", "period")),
    (a_fact(), a_fact("101", unit=USD, decimals=-2), ("value", "decimals", "unit")),
    (a_fact(), a_fact(period=NEXT, cut=MOBILE_CUT), ("period", "dimensions")),
]


def only_change(found: Differences) -> tuple[str, ...]:
    assert len(found) == 1, found
    (change,) = found.facts.changed
    return change.aspects


@pytest.mark.parametrize(("one", "other", "aspects"), CHANGES)
def test_each_change_of_a_fact_is_one_change(one: Fact, other: Fact, aspects: tuple[str, ...]) -> None:
    before, after = Report(facts=[one, *OTHERS]), Report(facts=[*reversed(OTHERS), other])
    assert only_change(compare_reports(before, after)) == aspects
    assert compare_reports(after, before) == compare_reports(before, after).mirrored


def test_a_change_keeps_the_link_to_its_footnote() -> None:
    before = Report(facts=[a_fact(id="f1")], footnotes=[FootnoteResource("why", "en", "n1")], links=[Link("f1", "n1")])
    after = Report(
        facts=[a_fact("5", id="x")], footnotes=[FootnoteResource("why", "EN", "n9")], links=[Link("x", "n9")]
    )
    assert only_change(compare_reports(before, after)) == ("value",)


def test_facts_only_in_one() -> None:
    found = compare_reports(Report(facts=[a_fact(), *OTHERS]), Report(facts=[*OTHERS, text("new", "ja")]))
    assert found.facts.removed == (a_fact(),)
    assert found.facts.added == (text("new", "ja"),)
    assert found.facts.changed == ()


def test_what_differs_in_three_aspects_is_not_the_same_fact() -> None:
    found = compare_reports(Report(facts=[a_fact()]), Report(facts=[a_fact("5", unit=USD, period=NEXT)]))
    assert (len(found.facts.added), len(found.facts.removed), len(found.facts.changed)) == (1, 1, 0)


def test_the_nearest_is_taken() -> None:
    far, near = a_fact("100", period=NEXT, cut=MOBILE_CUT), a_fact("100", cut=MOBILE_CUT)
    found = compare_reports(Report(facts=[a_fact()]), Report(facts=[far, near]))
    assert [(one.after, one.aspects) for one in found.facts.changed] == [(near, ("dimensions",))]
    assert found.facts.added == (far,)


def test_all_aspects_in_common_go_before_an_equal_value() -> None:
    before = Report(facts=[a_fact("90"), a_fact("100", period=NEXT)])
    after = Report(facts=[a_fact("100"), a_fact("90", period=NEXT)])
    assert [one.aspects for one in compare_reports(before, after).facts.changed] == [("value",), ("value",)]


def test_a_fact_stated_twice_is_one_fact() -> None:
    one, two = Report(facts=[a_fact(id="a")]), Report(facts=[a_fact(id="c"), a_fact(id="b")])
    assert compare_reports(two, two) == compare_reports(one, two) == compare_reports(two, one) == Differences()
    found = compare_reports(two, Report())
    assert [fact.id for fact in found.facts.removed] == ["b"]


def test_a_changed_fact_stated_twice_keeps_its_notes() -> None:
    note = FootnoteResource("A note.", "en", "n")
    before = Report(facts=[a_fact("1", id="a"), a_fact("1", id="b")], footnotes=[note], links=[Link("a", "n")])
    after = Report(facts=[a_fact("2", id="c"), a_fact("2", id="d")], footnotes=[note], links=[Link("d", "n")])
    found = compare_reports(before, after)
    assert (len(found.facts.changed), len(found)) == (1, 1)


def test_inconsistent_duplicates_pair_by_value() -> None:
    before = Report(facts=[a_fact("1"), a_fact("2", decimals=-1)])
    after = Report(facts=[a_fact("2"), a_fact("1"), a_fact("3")])
    found = compare_reports(before, after)
    assert [(one.before.value, one.aspects) for one in found.facts.changed] == [("2", ("decimals",))]
    assert [fact.value for fact in found.facts.added] == ["3"]


@pytest.mark.parametrize(
    ("type_name", "one", "other"),
    [
        ("pureItemType", "1.0", "1.00"),
        ("doubleItemType", "1E3", "1000"),
        ("doubleItemType", "NaN", "NaN"),
        ("booleanItemType", "1", "true"),
        ("dateTimeItemType", "2005-03-31T24:00:00", "2005-04-01T00:00:00"),
        ("tokenItemType", " a  b ", "a b"),
        ("enumerationSetItemType", "u#b u#a", "u#a u#b"),
    ],
)
def test_values_compare_in_the_value_space_of_their_type(type_name: str, one: str, other: str) -> None:
    known = Vocabulary(datatypes={QName(NS, "Revenue"): standard_type(type_name)})
    before = Report(facts=[a_fact(one, unit=None, decimals=None)], vocabulary=known)
    after = Report(facts=[a_fact(other, unit=None, decimals=None)])
    assert compare_reports(before, after) == Differences()
    unknown = compare_reports(evolve(before, vocabulary=Vocabulary()), after)
    assert len(unknown.facts.changed) == (one != other)


def test_typed_dimensions_compare_in_the_value_space_of_their_domain() -> None:
    domain = QName(NS, "Number")
    known = Vocabulary(typed_domains={AXIS: domain}, datatypes={domain: standard_type("integerItemType")})
    before, after = (Report(facts=[a_fact(cut=[TypedDimension(AXIS, each)])]) for each in ("05", "5"))
    assert len(compare_reports(before, after)) == 1
    assert compare_reports(before, evolve(after, vocabulary=known)) == Differences()


def test_numbers_of_any_size() -> None:
    before = Report(facts=[a_fact("1E999999"), a_fact("0.5", period=NEXT), a_fact("1E9999999999", "Odd")])
    after = Report(facts=[a_fact("10E999998"), a_fact(".50", period=NEXT), a_fact("1E9999999999", "Odd")])
    assert compare_reports(before, after) == Differences()


class TestFootnotes:
    def report(self, *notes: FootnoteResource, links: Iterable[Link] = ()) -> Report:
        facts = [a_fact(id="f1"), a_fact(period=NEXT, id="f2")]
        return Report(facts=facts, footnotes=notes, links=links or [Link("f1", note.id) for note in notes])

    def test_content_and_language(self) -> None:
        before = self.report(FootnoteResource("one", "en", "n1"), FootnoteResource("eins", "de", "n2"))
        after = self.report(FootnoteResource("uno", "es", "b"), FootnoteResource("two", "en", "a"))
        found = compare_reports(before, after)
        assert len(found) == len(found.footnotes.changed) == 2
        told = [(one.before.content, one.after.content, one.aspects) for one in found.footnotes.changed]
        assert sorted(told) == [("eins", "uno", ("content", "language")), ("one", "two", ("content",))]
        assert compare_reports(after, before) == found.mirrored

    def test_added_and_removed_with_their_links(self) -> None:
        note = FootnoteResource("one", "en", "n1")
        found = compare_reports(self.report(note), self.report())
        assert (len(found), found.footnotes.removed) == (1, (note,))
        assert compare_reports(self.report(), self.report(note)) == found.mirrored

    def test_a_link_more(self) -> None:
        note = FootnoteResource("one", "en", "n1")
        after = self.report(note, links=[Link("f1", "n1"), Link("f2", "n1")])
        found = compare_reports(self.report(note), after)
        assert len(found) == 1
        assert [(link.source.id, link.target) for link in found.links.added] == [("f2", note)]

    def test_a_link_to_a_changed_note_is_the_same_link(self) -> None:
        one, other = FootnoteResource("one", "en", "n1"), FootnoteResource("two", "en", "n1")
        before = self.report(one, links=[Link("f1", "n1"), Link("f2", "n1")])
        after = self.report(other, links=[Link("f2", "n1"), Link("f1", "n1")])
        assert [each.aspects for each in compare_reports(before, after).footnotes.changed] == [("content",)]
        assert len(compare_reports(before, after)) == 1

    def test_role_and_arcrole(self) -> None:
        note = FootnoteResource("one", "en", "n1")
        after = self.report(note, links=[Link("f1", "n1", ARCROLE_FACT_EXPLANATORY, "http://example.com/role")])
        found = compare_reports(self.report(note), after)
        assert [each.aspects for each in found.links.changed] == [("type", "group")]
        assert len(found) == 1

    def test_links_between_facts(self) -> None:
        before = self.report(links=[Link("f1", "f2", ARCROLE_FACT_EXPLANATORY)])
        after = self.report(links=[Link("f2", "f1", ARCROLE_FACT_EXPLANATORY)])
        found = compare_reports(before, after)
        assert (len(found.links.added), len(found.links.removed), len(found)) == (1, 1, 2)


def test_taxonomy_references_are_compared_where_they_lead() -> None:
    before = Report(taxonomy=["a.xsd", "http://example.com/b.xsd"], base_url="http://example.com/")
    after = Report(taxonomy=["http://example.com/b.xsd", "http://example.com/a.xsd", "c.xsd"])
    found = compare_reports(before, after)
    assert (len(found), found.taxonomy.added) == (1, ("c.xsd",))


@settings(max_examples=40, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_a_report_equals_itself_in_any_order(report: Report, chance: random.Random) -> None:
    facts = [evolve(fact, id=fact.id and f"n{fact.id}") for fact in report.facts]
    notes = [evolve(note, id=f"n{note.id}") for note in report.footnotes]
    links = [evolve(link, source=f"n{link.source}", target=f"n{link.target}") for link in report.links]
    for each in (facts, notes, links):
        chance.shuffle(each)
    assert compare_reports(report, evolve(report, facts=facts, footnotes=notes, links=links)) == Differences()


@settings(max_examples=40, deadline=None)
@given(reports(), reports())
def test_the_other_way_round_it_is_the_mirror(one: Report, other: Report) -> None:
    for after in (other, evolve(one, facts=list(one.facts)[1:], footnotes=one.footnotes[:1])):
        found = compare_reports(one, after)
        assert compare_reports(after, one) == found.mirrored


@settings(max_examples=40, deadline=None)
@given(reports(), st.data())
def test_one_fact_less_is_one_difference(report: Report, data: st.DataObject) -> None:
    facts = list(report.facts)
    if not facts:
        return
    gone = data.draw(st.integers(0, len(facts) - 1))
    rest = evolve(report, facts=[*facts[:gone], *facts[gone + 1 :]])
    changes = compare_reports(report, rest).facts
    forms = Forms(report.vocabulary)
    repeated = forms.identity(facts[gone]) in map(forms.identity, rest.facts)  # "0" and "false" of a boolean, say
    assert (len(changes.removed), len(changes.added), len(changes.changed)) == (not repeated, 0, 0)


def test_very_many_facts_may_differ() -> None:
    def report(number: int, unit: Unit) -> Report:
        days = [Instant(f"{year}-{month:02}-01") for year in range(1900, 2100) for month in range(1, 13)]
        return Report(facts=[a_fact(str(each), unit=unit, period=days[each % len(days)]) for each in range(number)])

    assert len(compare_reports(report(8_000, JPY), report(8_000, USD)).facts.changed) == 8_000
