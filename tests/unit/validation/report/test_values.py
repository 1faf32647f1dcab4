"""Units against types: XBRL 2.1 and the Unit Type Registry."""

from __future__ import annotations

import pytest

from exporter.findings import Severity
from exporter.model.qname import QName
from exporter.model.unit import PURE, SHARES, Unit
from exporter.namespaces import ISO4217, UTR, XBRLI
from exporter.validation.report.values import CURRENCIES, REGISTERED, expected_unit, is_registered_unit
from tests.unit.validation.subjects import END, USD, codes, fact, findings

RATE = Unit.rate(base="USD", quote="JPY")
REGISTRY = "utre:error-NumericFactUtrInvalid"


def measure(name: str) -> Unit:
    return Unit((QName(UTR, name, prefix="utr"),))


@pytest.mark.parametrize("unit", [None, RATE, Unit.shares(), Unit((QName(UTR, "EUR"),))])
def test_money_is_counted_in_one_currency(unit: Unit | None) -> None:
    assert codes(fact("Cash", "5", period=END, unit=USD)) == []
    assert codes(fact("Cash", "5", period=END, unit=unit)) == ["xbrl.4.8.2:monetaryUnit"]


@pytest.mark.parametrize("unit", [None, USD, Unit((SHARES, SHARES)), Unit((SHARES,), (PURE,))])
def test_shares_are_counted_in_shares(unit: Unit | None) -> None:
    assert codes(fact("Stock", "5", period=END, unit=Unit.shares())) == []
    assert codes(fact("Stock", "5", period=END, unit=unit)) == ["xbrl.4.8.2:sharesUnit"]


@pytest.mark.parametrize(
    ("concept", "unit"),
    [
        ("Earnings", Unit.per_share("EUR")),
        ("Ratio", None),
        ("Ratio", RATE),
        ("Ratio", measure("Rate")),
        ("Percent", None),
        ("Area", measure("sqm")),
        ("Amount", measure("furlong")),
        ("Mystery", measure("furlong")),
    ],
)
def test_registered_units_and_unconstrained_types_are_good(concept: str, unit: Unit | None) -> None:
    assert codes(fact(concept, "5", unit=unit)) == []


@pytest.mark.parametrize(
    ("concept", "unit"),
    [
        ("Earnings", USD),
        ("Earnings", None),
        ("Ratio", USD),
        ("Percent", Unit.shares()),
        ("Area", measure("SQM")),
        ("Area", Unit((QName(ISO4217, "sqm"),))),
        ("Sales", Unit.currency("XYZ")),
    ],
)
def test_other_units_are_an_error(concept: str, unit: Unit | None) -> None:
    (finding,) = findings(fact(concept, "5", unit=unit))
    assert (finding.code, finding.severity) == (REGISTRY, Severity.ERROR)
    assert finding.fix


def test_a_nil_fact_may_go_without_unit_but_not_a_monetary_one() -> None:
    assert codes(fact("Earnings", None)) == []
    assert codes(fact("Cash", None, period=END)) == ["xbrl.4.8.2:monetaryUnit"]


def test_the_registry_is_whole() -> None:
    assert len(CURRENCIES) == 191
    assert {len(code) for code in CURRENCIES} == {3}
    assert all(expected_unit(name) for name in REGISTERED)
    volume = Unit((QName(UTR, "m3"),), (QName(UTR, "D"),))
    assert is_registered_unit(volume, "flowItemType")
    assert not is_registered_unit(Unit((QName(UTR, "D"),), (QName(UTR, "m3"),)), "flowItemType")
    assert is_registered_unit(Unit.rate(base="USD", quote="JPY"), "perUnitItemType")


@pytest.mark.parametrize("measure", ["USD", "Pure", "share"])
def test_xbrl_has_two_measures_of_its_own(measure: str) -> None:
    unit = Unit((QName(XBRLI, measure, prefix="xbrli"),))
    assert "xbrl.4.8.2:measureElement" in codes(fact("Amount", "1", unit=unit))
    assert "xbrl.4.8.2:measureElement" not in codes(fact("Amount", "1", unit=Unit.shares()))
