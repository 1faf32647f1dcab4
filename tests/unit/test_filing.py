"""The filing, and the way from a report to items."""

from __future__ import annotations

import pytest

from exporter.disclosures import DISCLOSURES, ExchangeRates
from exporter.errors import DeclarationError, WriteError
from exporter.filing import Filing
from exporter.items import declare as d
from exporter.items.document import ItemsDocument
from exporter.items.values import Money
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.operations.classes import known_classes
from exporter.operations.to_items import derive_report_items, to_items
from tests.unit.items.made import (
    ACME,
    CLASSES,
    CLOSE,
    NAMESPACE,
    OTHER,
    YEAR,
    Balance,
    Notice,
    Plan,
    declared,
    document,
)
from tests.unit.items.taxonomy.test_derive import ITEMS

YEN, MORE = Money("5", "JPY"), Money("7", "JPY")


def filing(*items: object, **more: object) -> Filing:
    return Filing.of(document(*items, **more))


def test_a_filing_is_its_document() -> None:
    made = filing(Balance(at=CLOSE, closing=YEN), title="T", currency="EUR", language="ja")
    again = ItemsDocument(
        entity=ACME, items=made.items, period_end=CLOSE, prefix="acme", namespace=NAMESPACE, title="T", currency="EUR",
        language="ja",
    )  # fmt: skip
    assert Filing.of(again) == made
    assert made.schema_name == "acme-20240331.xsd"
    assert made.to_report().taxonomy == ("acme-20240331.xsd",)
    assert made.taxonomy is made.taxonomy


def test_contradictions_stop_the_report() -> None:
    made = filing(Balance(at=CLOSE, closing=YEN), Balance(at=CLOSE, closing=MORE))
    with pytest.raises(WriteError) as caught:
        made.to_report()
    assert [finding.code for finding in caught.value.findings] == ["exporter:contradictoryFacts"]
    assert made.with_items(made.items[:1]).to_report().facts[0].value == "5"


def test_items_come_back() -> None:
    made = filing(*ITEMS)
    lent = {Balance(at=CLOSE, closing=Money("3", "JPY"))}  # its one fact belongs to the plan that ends then
    assert set(to_items(made.to_report(), CLASSES)) == set(ITEMS) - lent


def fact(namespace: str, value: str, entity: object = ACME) -> Fact:
    name = QName(namespace, "PlanClosing", prefix="x")
    return Fact(name, Context(entity, CLOSE), value, 0, Unit.currency("JPY"))  # type: ignore[arg-type]


def test_namespaces_and_entities() -> None:
    one, two = "http://a.example.com/1", "http://b.example.com/2"
    report = Report(facts=[fact(one, "5"), fact(two, "7"), fact(one, "9", OTHER)])
    five, seven, nine = (Balance(at=CLOSE, closing=Money(text, "JPY")) for text in "579")
    assert set(to_items(report, [Balance])) == {five, seven}
    assert to_items(report, [Balance], namespace=two) == (seven,)
    assert to_items(report, [Balance], namespace=one, entity=OTHER) == (nine,)
    assert to_items(report, [Balance], namespace="http://nowhere") == ()
    assert set(derive_report_items(report, [Balance]).unbound) == {fact(one, "9", OTHER)}


def test_many_namespaces_cost_little() -> None:
    report = Report(facts=[fact(f"http://x{number}.example.com/", "5") for number in range(2000)])
    assert len(to_items(report, [Balance])) == 2000


def test_language() -> None:
    report = filing(Notice(over=YEAR, title="あ"), language="ja").to_report()
    assert to_items(report, [Notice], language="ja") == (Notice(over=YEAR, title="あ"),)
    assert to_items(report, [Notice]) == (Notice(over=YEAR, title="あ", said_in="ja"),)


def test_a_class_of_ones_own_takes_the_place_of_a_disclosure() -> None:
    own = declared("ExchangeRates", at=(Instant, d.period()), a=(Money, d.concept("A")))
    found = known_classes([own, Plan])
    assert found[:2] == (own, Plan)
    assert ExchangeRates not in found
    assert len(found) == len(DISCLOSURES) + 1
    assert known_classes([ExchangeRates]).count(ExchangeRates) == 1


def test_only_items() -> None:
    with pytest.raises(DeclarationError):
        filing(5)
