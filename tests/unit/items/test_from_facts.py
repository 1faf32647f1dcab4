"""Facts to items: which facts make one item, what is left over, what is told."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve

from exporter.items import declare as d
from exporter.items.bind import bind
from exporter.items.from_facts import derive_items
from exporter.items.values import EntityKind, EntityRef, Money, Month, Percent, PerShare, Rate, Unknown
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Context, Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report
from exporter.model.unit import Unit
from tests.support.steps import steps
from tests.unit.items.made import (
    ACME,
    BEFORE,
    CLOSE,
    OPEN,
    OTHER,
    OWN,
    PAIR,
    YEAR,
    Balance,
    Colour,
    Event,
    Kind,
    Measure,
    Notice,
    Plan,
    Quote,
    Quotes,
    back,
    declared,
    report_of,
    round_trip,
)

YEN, MORE, USD = Money("5", "JPY"), Money("7", "JPY"), Money("3", "USD")
QUOTE: Any = Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Rate("107.22"), checked=True)

TRIPS: dict[str, list[Any]] = {
    "full": [Plan(over=YEAR, gain=YEN, loss=MORE, net=YEN, opening=YEN, closing=MORE, remarks=("a", "b"))],
    "holders": [
        Plan(over=YEAR, holder=EntityRef(name, identifier, kind=kind), gain=YEN, opening=MORE)
        for name, identifier, kind in [
            ("A", None, EntityKind.ORGANIZATION),
            ("B", Entity.cik(9), EntityKind.GROUP),
            (None, Entity.lei("5493001KJTIIGC8Y1R12"), EntityKind.PERSON),
        ]
    ],
    "axes absent and given": [
        Plan(over=YEAR, gain=YEN),
        Plan(over=YEAR, colour=Colour.RED, gain=YEN),
        Plan(over=YEAR, holder=EntityRef("A"), gain=YEN),
        Plan(over=YEAR, holder=EntityRef("A"), colour=Colour.RED, gain=YEN),
    ],
    "an instant of two durations": [
        Plan(over=BEFORE, gain=YEN, closing=MORE),
        Plan(over=YEAR, gain=YEN, opening=MORE),
        Plan(over=Duration("2023-01-01", "2023-03-31"), gain=MORE, closing=MORE),
    ],
    "two currencies": [Plan(over=YEAR, gain=YEN), Plan(over=YEAR, gain=USD)],
    "two currencies, some fields in one": [
        Plan(over=YEAR, gain=YEN, loss=MORE, closing=MORE, per_share=PerShare("1", "JPY")),
        Plan(over=YEAR, gain=USD, per_share=PerShare("2", "USD"), opening=USD),
    ],
    "two currencies, unknown in one": [
        Plan(over=YEAR, gain=Unknown("not in dollars"), loss=USD),
        Plan(over=YEAR, gain=YEN, loss=MORE),
    ],
    "two currencies, unknown in both": [
        Plan(over=YEAR, gain=Unknown("why"), loss=USD),
        Plan(over=YEAR, gain=Unknown("because"), loss=MORE),
    ],
    "two languages": [
        Notice(over=YEAR, title="a", body=TextBlock("<p>b</p>"), pages=3),
        Notice(over=YEAR, title="あ", said_in="ja", pages=3),
    ],
    "selectors": [
        Measure(at=at, kind=kind, amount=YEN, basis=Colour.RED)
        for at in (YEAR, CLOSE)
        for kind in (Kind.GAIN, Kind.COST)
    ],
    "shared by selectors": [
        Measure(at=YEAR, kind=Kind.GAIN, amount=YEN, remark="same"),
        Measure(at=YEAR, kind=Kind.COST, amount=MORE, remark="same"),
    ],
    "containers": [
        Quotes(rates=(QUOTE, evolve(QUOTE, on=dt.date(2024, 1, 6), rate=Unknown("shut")))),
        Quotes(rates=(evolve(QUOTE, pair=PAIR.inverted()),)),
    ],
    "days and months": [
        Event(on=dt.date(2024, 2, 29), name="x", party=EntityRef("A", kind=EntityKind.PERSON), share=Percent("5.0")),
        Event(on=Month(2024, 2), name="x"),
    ],
    "footnotes": [
        Plan(over=YEAR, gain=YEN, loss=YEN, footnotes=(Footnote("all"), Footnote("some", "ja", ("loss",)))),
        Plan(over=BEFORE, gain=Unknown("reason"), footnotes=(Footnote("all"),)),
    ],
    "zero of an inverted concept": [Plan(over=YEAR, gain=YEN, loss=Money("0.00", "JPY"))],
}


@pytest.mark.parametrize("name", TRIPS)
def test_items_come_back(name: str) -> None:
    assert round_trip(*TRIPS[name]) == set(TRIPS[name])


def test_an_item_whose_facts_all_belong_to_another_is_not_made() -> None:
    plan, balance = Plan(over=YEAR, gain=YEN, closing=MORE), Balance(at=CLOSE, closing=MORE)
    assert round_trip(plan, balance) == {plan}
    alone = Balance(at=OPEN, closing=MORE)
    assert round_trip(plan, balance, alone) == {plan, alone}


def test_facts_that_a_larger_item_cannot_use_make_the_smaller() -> None:
    greedy = declared(
        "Greedy", at=(Instant, d.period()), closing=(Money, d.concept("PlanClosing")), a=(str, d.concept("A"))
    )
    orders: list[list[type[Any]]] = [[greedy, Balance], [Balance, greedy]]
    for classes in orders:
        found = back(report_of(Balance(at=CLOSE, closing=YEN)), classes)
        assert found.items == (Balance(at=CLOSE, closing=YEN),)
        assert found.findings == ()


def test_accuracies_of_one_amount_come_back_as_the_best() -> None:
    rough, exact = Money("34400000000", "JPY", decimals=-8), Money("34412000000", "JPY", decimals=-6)
    for amounts in ((rough, exact), (exact, rough)):
        found = back(report_of(*(Balance(at=CLOSE, closing=amount) for amount in amounts)))
        assert found.items == (Balance(at=CLOSE, closing=exact),)
        assert found.unbound == ()


def fact(name: str, value: str | None, *, period: Any = YEAR, **more: Any) -> Fact:
    entity = more.pop("entity", ACME)
    return Fact(OWN.name(name), Context(entity, period, more.pop("dimensions", ())), value, **more)


def report(*facts: Fact) -> Report:
    return Report(facts=facts)


JPY = Unit.currency("JPY")
INCOMPLETE: dict[str, tuple[list[Fact], str]] = {
    "missing": ([fact("PlanLoss", "-5", decimals=0, unit=JPY)], "no fact for gain"),
    "nil without a reason": ([fact("PlanGain", None, unit=JPY)], "no footnote says why"),
    "no number": ([fact("PlanGain", "five", unit=JPY)], "plain digits"),
    "another unit": ([fact("PlanGain", "5", unit=Unit.shares())], ""),
    "contradiction": (
        [fact("PlanGain", "5", decimals=0, unit=JPY), fact("PlanGain", "7", decimals=0, unit=JPY)],
        "PlanGain is reported several times and differently",
    ),
    "no day": ([fact("EventShare", "0.5", dimensions=())], ""),
    "no member": (
        [fact("MeasureGain", "5", unit=JPY), fact("MeasureGainBasis", "http://x#GreenMember")],
        "expected one",
    ),
}


@pytest.mark.parametrize("name", INCOMPLETE)
def test_items_that_cannot_be_made_are_told(name: str) -> None:
    facts, message = INCOMPLETE[name]
    found = back(report(*facts))
    assert found.items == ()
    assert found.unbound == tuple(facts)
    if name == "no day":  # the required axis is not there: the fact looks like no item at all
        assert found.findings == ()
        return
    (finding,) = found.findings
    assert finding.code == "exporter:incompleteItem"
    assert not finding.is_error
    assert message in finding.message


def test_a_period_that_is_no_day_is_told() -> None:
    rate = fact("QuoteRate", "1.5", decimals=1, unit=PAIR.unit)
    (finding,) = back(report(rate)).findings
    assert "neither a day nor a month" in finding.message


def test_facts_of_nobody_stay_over() -> None:
    ours = [fact("PlanGain", "5", decimals=0, unit=JPY), fact("NoticeTitle", "a", language="en")]
    theirs = fact("PlanGain", "6", decimals=0, unit=JPY, entity=OTHER)
    strange = fact("Strange", "6", decimals=0, unit=JPY)
    found = back(report(theirs, *ours, strange))
    assert set(found.items) == {Plan(over=YEAR, gain=YEN), Notice(over=YEAR, title="a")}
    assert set(found.unbound) == {theirs, strange}
    assert back(report(theirs, *ours), entity=OTHER).items == (Plan(over=YEAR, gain=Money("6", "JPY")),)


def test_items_stand_in_the_order_of_their_first_facts() -> None:
    items = [Plan(over=YEAR, gain=YEN), Notice(over=YEAR, title="a"), Plan(over=BEFORE, gain=YEN)]
    assert back(report_of(*items)).items == tuple(items)


def test_the_language_of_the_filing_is_not_said_again() -> None:
    report = report_of(Notice(over=YEAR, title="あ", footnotes=(Footnote("注"),)), language="ja")
    assert back(report, language="JA").items == (Notice(over=YEAR, title="あ", footnotes=(Footnote("注"),)),)
    assert back(report).items[0].said_in == "ja"
    assert back(report).items[0].footnotes == (Footnote("注", "ja"),)


def test_too_many_variants_are_no_items() -> None:
    languages = [f"x-{number}" for number in range(300)]
    facts = [fact("NoticeTitle", "a", language=language) for language in languages]
    found = back(report(*facts))
    assert found.items == ()
    assert "300 languages" in found.findings[0].message


def steps_for(count: int) -> int:
    items: list[Any] = []
    for number in range(count):
        end = dt.date(1900, 1, 1) + dt.timedelta(days=number)
        items.append(Plan(over=Duration("1899-01-01", end.isoformat()), gain=YEN, opening=MORE, closing=YEN))
    derived = report_of(*items)
    bindings = bind([Plan, Balance], OWN)
    assert len(derive_items(derived, bindings).items) == count
    return steps(lambda: derive_items(derived, bindings))


def test_the_cost_grows_with_the_facts() -> None:
    """Every item begins on one day, so that one instant belongs to all of them."""
    steps_for(1)  # what is made once
    assert steps_for(800) < 10 * steps_for(100)


def test_the_order_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tests.unit.items.made import *\n"
        "from exporter.items.values.texts import Footnote\n"
        "notes = tuple(Footnote(text, fields=(name,)) for text, name in zip('abcd', ('amount', 'remark') * 2))\n"
        "yen = Money('5', 'JPY')\n"
        "said = {'remark': 'r', 'basis': Colour.RED, 'footnotes': notes}\n"
        "items = [Measure(at=YEAR, kind=kind, amount=yen, **said) for kind in Kind]\n"
        "print(back(report_of(*items)).items)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
