"""Made-up item classes and short ways from items to facts and back, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from exporter.findings import Finding
from exporter.items.bind import bind
from exporter.items.bound import Namespace
from exporter.items.check import problem
from exporter.items.declare import (
    ReportItem,
    companion,
    concept,
    concept_choice,
    dimension,
    language,
    option,
    period,
    report_item,
    rows,
    selector,
    unit,
)
from exporter.items.document import ItemsDocument
from exporter.items.from_facts import DerivedItems, derive_items
from exporter.items.labels import Labels
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.to_facts import DerivedReport, derive_report
from exporter.items.values import CurrencyPair, EntityRef, Money, Month, Percent, PerShare, Rate, Ratio, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report

NAMESPACE = "http://acme.example.com/20240331"
OWN = Namespace(uri=NAMESPACE, prefix="acme")
ACME, OTHER = Entity.cik(5), Entity.cik(6)
YEAR, BEFORE = Duration("2023-04-01", "2024-03-31"), Duration("2022-04-01", "2023-03-31")
CLOSE, OPEN = Instant("2024-03-31"), Instant("2023-03-31")
PAIR = CurrencyPair(base="USD", quote="JPY")


class Colour(Enumeration):
    RED = "red", "Red", "赤"
    DEEP_BLUE = "deep_blue", "Deep Blue", "紺"


class Kind(Enumeration):
    GAIN = "gain", "Gain", "利得"
    COST = "cost", "Cost", "費用"


@report_item(label="Plan", label_ja="計画", documentation="A plan.", documentation_ja="計画である。")
class Plan(ReportItem):
    """Sums, signs, an instant at either edge, an optional typed and an optional explicit axis."""

    over: Duration = period()
    holder: EntityRef | None = dimension("PlanHolder", label="Plan Holder", label_ja="計画の保有者", default=None)
    colour: Colour | None = dimension("PlanColour", label="Plan Colour", label_ja="計画の色", default=None)
    gain: Money | Unknown = concept(
        "PlanGain",
        balance="credit",
        label="Plan Gain",
        label_ja="計画利得",
        references=[{"Name": "Form", "Paragraph": "3"}],
    )
    loss: Money | None = concept(
        "PlanLoss", balance="credit", sign="inverted", label="Plan Loss", label_ja="計画損失", default=None
    )
    net: Money | None = concept(
        "PlanNet",
        balance="credit",
        labels=Labels(
            standard="Plan Net", total="Total Plan Net", others={"ja": {"label": "計画純額", "total": "計画純額合計"}}
        ),
        sum_of={"gain": 1, "loss": -1},
        default=None,
    )
    opening: Money | None = concept(
        "PlanOpening",
        period="instant",
        at="start",
        labels=Labels(standard="Plan Opening", others={"ja": "計画期首"}, period_start="Plan at Start"),
        default=None,
    )
    closing: Money | None = concept(
        "PlanClosing",
        period="instant",
        labels=Labels(standard="Plan Closing", others={"ja": "計画期末"}, period_end="Plan at End"),
        default=None,
    )
    per_share: PerShare | None = concept("PlanPerShare", default=None)
    remarks: tuple[str, ...] = concept("PlanRemarks", default=())


@report_item(label="Balance")
class Balance(ReportItem):
    """At an instant, without axes: shares a concept with `Plan`."""

    at: Instant = period()
    closing: Money = concept(
        "PlanClosing",
        labels=Labels(standard="Plan Closing", others={"ja": "計画期末"}, period_end="Plan at End"),
    )


@report_item(label="Measure")
class Measure(ReportItem):
    """A choice by selector, of either kind of period, with a companion and a text."""

    at: Instant | Duration = period()
    kind: Kind = selector()
    amount: Money = concept_choice(
        option("MeasureGain", when={"kind": Kind.GAIN}, balance="credit", label="Measure Gain", label_ja="尺度の利得"),
        option("MeasureCost", when={"kind": Kind.COST}, balance="debit", sign="inverted"),
    )
    basis: Colour | None = companion("Basis", of="amount", label="Basis", label_ja="基礎", default=None)
    remark: str | None = concept("MeasureRemark", default=None)


@report_item
class Quote(ReportItem):
    """Exchange rates, and a flag that needs the pair on an axis."""

    on: dt.date = period()
    pair: CurrencyPair = unit()
    rate: Rate | Unknown = concept("QuoteRate")
    checked: bool | None = concept("QuoteChecked", default=None)


@report_item
class Notice(ReportItem):
    """A text with a language of its own."""

    over: Duration = period()
    said_in: str | None = language(default=None)
    title: str = concept("NoticeTitle")
    body: TextBlock | None = concept("NoticeBody", default=None)
    pages: int | None = concept("NoticePages", type="nonNegativeIntegerItemType", default=None)


@report_item
class Event(ReportItem):
    """A date that is a fact itself."""

    on: dt.date | Month = period(option("EventDate", of=dt.date), option("EventMonth", of=Month))
    name: str = dimension("EventName")
    party: EntityRef | None = concept("EventParty", default=None)
    share: Percent | None = concept("EventShare", default=None)
    ratio: Ratio | None = concept("EventRatio", default=None)

    def check(self) -> Iterator[Finding]:
        if self.name == "forbidden":
            yield problem("exporter:repeatedWord", "not this name", "name", fix="take another")
        if self.name == "doubtful":
            yield problem("exporter:repeatedWord", "are you sure", "name", warning=True)


@report_item
class Quotes(ReportItem):
    """A container: its rows are its facts."""

    rates: tuple[Quote, ...] = rows(by="pair")


CLASSES = (Plan, Balance, Measure, Quotes, Notice, Event)


def document(*items: Any, **more: Any) -> ItemsDocument:
    shared = {"entity": ACME, "period_end": CLOSE, "prefix": "acme", "namespace": NAMESPACE}
    return ItemsDocument(items=items, **{**shared, **more})


def derive(*items: Any, **more: Any) -> DerivedReport:
    made = document(*items, **more)
    bindings = bind({type(item): None for item in items} or CLASSES, made.own_namespace)
    return derive_report(made, schema="x.xsd", vocabulary=taxonomy_of(bindings).vocabulary("x.xsd"), bindings=bindings)


def report_of(*items: Any, **more: Any) -> Report:
    derived = derive(*items, **more)
    assert derived.findings == ()
    return derived.report


def facts_of(*items: Any, **more: Any) -> dict[str, Fact]:
    """The facts by the local names of their concepts, where no two share one."""
    facts = report_of(*items, **more).facts
    named = {fact.concept.local_name: fact for fact in facts}
    assert len(named) == len(facts)
    return named


def back(report: Report, classes: Iterable[type[Any]] = CLASSES, **more: Any) -> DerivedItems:
    return derive_items(report, bind(classes, OWN), **more)


def round_trip(*items: Any) -> set[Any]:
    """The items read back from the facts of ``items``; nothing may be left over."""
    derived = back(report_of(*items))
    assert derived.findings == ()
    assert derived.unbound == ()
    assert len(set(derived.items)) == len(derived.items)
    return set(derived.items)


def declared(name: str = "Made", /, **fields: tuple[Any, Any]) -> type[Any]:
    """A class from fields: for each name its type and its specifier."""
    hints = {field: hint for field, (hint, _) in fields.items()}
    body = {field: specifier for field, (_, specifier) in fields.items()}
    return report_item(type(name, (), {"__annotations__": hints, "__module__": __name__, **body}))
