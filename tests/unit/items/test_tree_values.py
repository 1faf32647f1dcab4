"""Items as plain trees: exactly what items JSON holds, and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.items.from_tree import ItemStructurer
from exporter.items.tree_values import header_to_plain, item_to_plain, period_to_plain
from exporter.items.values import Money, Month, Rate, SourceRef, Unknown
from exporter.items.values.texts import Footnote
from exporter.model.period import Duration, Instant
from tests.unit.items.made import CLASSES, CLOSE, NAMESPACE, PAIR, YEAR, Kind, Measure, Plan, Quote, Quotes, document
from tests.unit.items.taxonomy.test_derive import ITEMS


@pytest.mark.parametrize(
    ("period", "node"),
    [
        (CLOSE, "2024-03-31"),
        (Instant("2024-03-31T12:30:00"), "2024-03-31T12:30:00"),
        (YEAR, {"start": "2023-04-01", "end": "2024-03-31"}),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (Month(2024, 2), "2024-02"),
    ],
)
def test_periods(period: Instant | Duration | dt.date | Month, node: Any) -> None:
    assert period_to_plain(period) == node


def test_an_item_in_order_of_declaration() -> None:
    item = Plan(
        over=YEAR,
        gain=Unknown("why"),
        loss=Money("5", "JPY"),
        remarks=("a",),
        id="p1",
        source=SourceRef("doc", line=3),
        footnotes=(Footnote("n", "ja", ("loss",), marker="(1)"), Footnote("m")),
    )
    node = item_to_plain(item)
    assert list(node) == ["type", "over", "gain", "loss", "remarks", "id", "source", "footnotes"]
    assert node == {
        "type": "Plan",
        "over": {"start": "2023-04-01", "end": "2024-03-31"},
        "gain": {"unknown": "why"},
        "loss": {"value": "5", "decimals": 0, "currency": "JPY"},
        "remarks": ["a"],
        "id": "p1",
        "source": {"document": "doc", "line": 3},
        "footnotes": [{"text": "n", "language": "ja", "fields": ["loss"], "marker": "(1)"}, {"text": "m"}],
    }


def test_rows_and_pairs() -> None:
    quotes = Quotes(rates=(Quote(on=dt.date(2024, 1, 5), pair=PAIR, rate=Rate("1.5"), checked=False),))
    (row,) = item_to_plain(quotes)["rates"]
    assert row == {
        "type": "Quote",
        "on": "2024-01-05",
        "pair": {"base": "USD", "quote": "JPY"},
        "rate": {"value": "1.5", "decimals": 1},
        "checked": False,
    }


def test_the_header() -> None:
    header = header_to_plain(document(title="T", currency="EUR", language="ja"))
    assert header == {
        "entity": {"scheme": "http://www.sec.gov/CIK", "identifier": "0000000005"},
        "prefix": "acme",
        "namespace": NAMESPACE,
        "period_end": "2024-03-31",
        "language": "ja",
        "currency": "EUR",
        "title": "T",
    }
    assert "title" not in header_to_plain(document())


def test_items_come_back_with_what_is_no_part_of_equality() -> None:
    source = SourceRef("doc", line=3, start=5, end=7, surface="ab")
    amount = Money("5", "JPY", scale=6)
    items = [*ITEMS, Measure(at=CLOSE, kind=Kind.GAIN, amount=amount, id="m", source=source)]
    structurer = ItemStructurer.of(CLASSES)
    back = structurer.document({"filing": header_to_plain(document()), "items": [*map(item_to_plain, items)]})
    assert structurer.findings == []
    assert back is not None
    assert back.items == tuple(items)
    assert (back.items[-1].id, back.items[-1].source, back.items[-1].amount.scale) == ("m", source, 6)
