"""Items to facts: merging, contradictions, footnotes, languages, places."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import evolve

from exporter.items.values import Money, Rate, Unknown
from exporter.items.values.texts import Footnote
from exporter.namespaces import ROLE_LINK
from tests.unit.items.made import (
    BEFORE,
    CLOSE,
    OPEN,
    OWN,
    PAIR,
    YEAR,
    Balance,
    Notice,
    Plan,
    Quote,
    Quotes,
    derive,
    report_of,
)

YEN, MORE = Money("5", "JPY"), Money("7", "JPY")


def test_equal_facts_merge_with_all_their_origins() -> None:
    derived = derive(Plan(over=YEAR, gain=MORE, closing=YEN), Balance(at=CLOSE, closing=YEN))
    facts = {fact.concept.local_name: fact for fact in derived.report.facts}
    assert len(derived.report.facts) == 2
    assert [(each.pointer, each.item, each.field) for each in derived.origins[facts["PlanClosing"].id or ""]] == [
        ("/items/0", "items[0] Plan", "closing"),
        ("/items/1", "items[1] Balance", "closing"),
    ]
    assert len(derived.origins[facts["PlanGain"].id or ""]) == 1


def test_rows_say_where_they_stand() -> None:
    quote: Any = Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Rate("1.5"))
    derived = derive(Quotes(rates=(quote, evolve(quote, on=dt.date(2024, 1, 6)))))
    assert [origin.pointer for found in derived.origins.values() for origin in found] == [
        "/items/0/rates/0",
        "/items/0/rates/1",
    ]
    assert derived.origins["f2"][0].item == "items[0].rates[1] Quote"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Plan(over=YEAR, gain=YEN), Plan(over=YEAR, gain=MORE), ("items[0] Plan says '5'", "items[1] Plan says '7'")),
        (
            Plan(over=YEAR, gain=YEN),
            Plan(over=YEAR, gain=Unknown("?"), loss=YEN),
            ("items[0] Plan says '5'", "items[1] Plan says unknown"),
        ),
        (
            Plan(over=YEAR, gain=YEN, closing=YEN),
            Balance(at=CLOSE, closing=MORE),
            ("items[0] Plan says '5'", "items[1] Balance says '7'"),
        ),
        (Notice(over=YEAR, title="a"), Notice(over=YEAR, title="b" * 99), ("'a'", "'" + "b" * 60 + "…'")),
    ],
)
def test_contradictions_name_both_items(one: Plan, other: Plan, said: tuple[str, str]) -> None:
    (finding,) = derive(one, other).findings
    assert finding.code == "exporter:contradictoryFacts"
    assert finding.is_error
    assert all(part in finding.message for part in said)
    assert (finding.location.pointer or "").startswith("/items/1/")
    assert (finding.location.item or "").startswith("items[1] ")


def test_a_contradiction_of_many_is_short() -> None:
    items = [Plan(over=YEAR, gain=Money(number, "JPY")) for number in range(1, 2001)]
    (finding,) = derive(*items).findings
    assert "and 1,995 more" in finding.message
    assert len(finding.message) < 500


def test_rounded_amounts_do_not_contradict() -> None:
    rough, exact = Money("34400000000", "JPY", decimals=-8), Money("34412000000", "JPY", decimals=-6)
    assert derive(Balance(at=CLOSE, closing=rough), Balance(at=CLOSE, closing=exact)).findings == ()


def test_what_differs_in_currency_or_language_does_not_contradict() -> None:
    dollars = Money("3", "USD")
    assert derive(Balance(at=CLOSE, closing=YEN), Balance(at=CLOSE, closing=dollars)).findings == ()
    assert derive(Notice(over=YEAR, title="a"), Notice(over=YEAR, title="あ", said_in="ja")).findings == ()


def test_languages() -> None:
    report = report_of(
        Notice(over=YEAR, title="あ", pages=3), Notice(over=BEFORE, title="x", said_in="de"), language="ja"
    )
    said = {(fact.concept.local_name, fact.value): fact.language for fact in report.facts}
    assert said == {("NoticeTitle", "あ"): "ja", ("NoticePages", "3"): None, ("NoticeTitle", "x"): "de"}


def test_footnotes_merge_and_belong_to_fields() -> None:
    note, own = Footnote("Rounded <up> & down"), Footnote("Loss only", language="ja", fields=("loss",))
    report = report_of(
        Plan(over=YEAR, gain=YEN, loss=YEN, footnotes=(note, own)), Plan(over=BEFORE, gain=YEN, footnotes=(note,))
    )
    assert [(each.content, each.language) for each in report.footnotes] == [
        ("Rounded &lt;up&gt; &amp; down", "en"),
        ("Loss only", "ja"),
    ]
    linked = {(link.source, link.target, link.group) for link in report.links}
    assert linked == {
        ("f1", "fn1", ROLE_LINK),
        ("f2", "fn1", ROLE_LINK),
        ("f3", "fn1", ROLE_LINK),
        ("f2", "fn2", ROLE_LINK),
    }


def test_the_reason_of_an_unknown_has_a_role_of_its_own() -> None:
    report = report_of(Plan(over=YEAR, gain=Unknown("not said"), footnotes=(Footnote("not said"),)))
    assert len(report.footnotes) == 1
    assert {link.group for link in report.links} == {ROLE_LINK, OWN.unknown_reason_role}


def test_contexts_are_shared_and_ids_follow_the_order() -> None:
    report = report_of(Plan(over=YEAR, gain=YEN, loss=YEN, opening=YEN))
    assert [fact.id for fact in report.facts] == ["f1", "f2", "f3"]
    assert report.facts[0].context is report.facts[1].context
    assert report.facts[2].period == OPEN
