"""The document of items: what it refuses and what it takes where nothing is given."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.errors import DeclarationError, ModelError
from exporter.items.document import ItemsDocument
from exporter.items.values import Money, PerShare, Rate, Unknown
from exporter.model.period import Instant
from tests.unit.items.made import ACME, CLOSE, PAIR, YEAR, Balance, Kind, Measure, Plan, Quote, Quotes, document

YEN, USD = Money("5", "JPY"), Money("5", "USD")


def test_defaults() -> None:
    made = ItemsDocument(entity=ACME, items=[], period_end=CLOSE)
    assert (made.prefix, made.language, made.namespace) == ("ext", "en", "http://ext.example.com/20240331")
    assert (made.base_name, made.reporting_currency, made.items) == ("ext-20240331", "USD", ())
    assert document(period_end=Instant("0987-03-31")).date_stamp == "09870331"


@pytest.mark.parametrize(
    "more",
    [
        {"prefix": "xmlish"},
        {"prefix": "XML"},
        {"prefix": "_a"},
        {"prefix": "a b"},
        {"prefix": ""},
        {"prefix": "é"},
        {"namespace": "relative"},
        {"namespace": "http://a b"},
        {"namespace": "http://a#b"},
        {"language": "english language"},
        {"language": ""},
        {"currency": "XYZZY"},
    ],
)
def test_what_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        document(**more)


def test_a_prefix_may_have_an_underscore() -> None:
    """As those that EDINET prescribes have."""
    assert document(prefix="jpcrp030000-asr_E04425-000").prefix == "jpcrp030000-asr_E04425-000"


def test_only_items() -> None:
    with pytest.raises(DeclarationError):
        document("Plan")


@pytest.mark.parametrize(
    ("items", "more", "currency"),
    [
        ([Balance(at=CLOSE, closing=YEN)], {}, "JPY"),
        ([Balance(at=CLOSE, closing=YEN)], {"currency": "EUR"}, "EUR"),
        ([Balance(at=CLOSE, closing=USD), Plan(over=YEAR, gain=YEN, per_share=PerShare("1", "JPY"))], {}, "JPY"),
        ([Balance(at=CLOSE, closing=USD), Balance(at=CLOSE, closing=YEN)], {}, "JPY"),
        ([Plan(over=YEAR, gain=Unknown("?"))], {}, "USD"),
    ],
)
def test_the_reporting_currency(items: list[Any], more: dict[str, Any], currency: str) -> None:
    assert document(*items, **more).reporting_currency == currency


def test_classes_once_each_by_name() -> None:
    rates = Quotes(rates=(Quote(on=CLOSE.date, pair=PAIR, rate=Rate("1")),))
    plan = Plan(over=YEAR, gain=YEN)
    assert document(rates, plan, Measure(at=CLOSE, kind=Kind.GAIN, amount=YEN), plan).classes == (Measure, Plan, Quotes)
