"""Which standard concepts fit which fields and values."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.disclosures import DISCLOSURES
from exporter.items.bound import StandardBinding, standard_binding
from exporter.items.codec import Encoded
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.fields import FactOption
from exporter.profiles.profile import Profile, ProfileConcept, StandardConcept, StandardTaxonomy

TAXONOMY = StandardTaxonomy(prefix="s", namespace="http://s", schema="http://s/s.xsd", package="S")


def option(item: str, name: str) -> tuple[ItemSpec, FactOption]:
    spec = next(item_specification(cls) for cls in DISCLOSURES if cls.__name__ == item)
    return spec, next(each for each in spec.facts if each.name == name)


def bound(item: str, name: str, item_type: str, period: Any = "duration", **more: Any) -> StandardBinding | str | None:
    spec, found = option(item, name)
    concept = StandardConcept(prefix="s", local_name="C", item_type=item_type, period_type=period, verified=True)
    binding = ProfileConcept(concept=concept, **more)
    profile = Profile(
        name="p", title="P", taxonomies={"s": TAXONOMY}, bindings={(item, f"{found.field}:{name}"): binding}
    )
    return standard_binding(profile, found, spec)


@pytest.mark.parametrize(
    ("item", "name", "item_type"),
    [
        ("NetLoss", "NetIncomeLoss", "monetaryItemType"),
        ("ExchangeRates", "NoonBuyingRateHigh", "pureItemType"),
        ("ExchangeRates", "NoonBuyingRateHigh", "decimalItemType"),
        ("DocumentInfo", "DocumentType", "stringItemType"),
        ("DocumentInfo", "DocumentFiscalYearFocus", "gYearItemType"),
        ("RiskFactor", "RiskFactorTextBlock", "stringItemType"),
        ("RatioFact", "GrossMargin", "pureItemType"),
        ("ConsecutiveLossYears", "NumberOfConsecutiveFiscalYearsWithNetLoss", "integerItemType"),
    ],
)
def test_types_that_go_together(item: str, name: str, item_type: str) -> None:
    assert isinstance(bound(item, name, item_type), StandardBinding)


@pytest.mark.parametrize(
    ("item", "name", "item_type"),
    [
        ("NetLoss", "NetIncomeLoss", "sharesItemType"),
        ("NetLoss", "NetIncomeLoss", "stringItemType"),
        ("DocumentInfo", "DocumentPeriodEndDate", "stringItemType"),
        ("DocumentInfo", "AmendmentFlag", "stringItemType"),
        ("ItemStatus", "ItemResponseStatus", "enumerationItemType"),
        ("DocumentInfo", "DocumentType", "dateItemType"),
    ],
)
def test_types_that_do_not(item: str, name: str, item_type: str) -> None:
    found = bound(item, name, item_type)
    assert isinstance(found, str)
    assert "which holds no" in found


def test_periods_that_do_not_go_together() -> None:
    assert "the item at an instant" in str(
        bound("AccumulatedDeficit", "RetainedEarningsAccumulatedDeficit", "monetaryItemType")
    )
    assert "another concept of the field" in str(
        bound("StatementLine", "StatementLineFlow", "monetaryItemType", "instant")
    )
    assert isinstance(bound("NetLoss", "NetIncomeLoss", "monetaryItemType", "instant"), StandardBinding)


def test_a_type_that_is_no_standard() -> None:
    assert "no standard item type" in str(bound("NetLoss", "NetIncomeLoss", "oddItemType"))


def test_what_a_concept_takes() -> None:
    made = bound("DocumentInfo", "DocumentType", "normalizedStringItemType", pattern="20-F|40-F")
    assert isinstance(made, StandardBinding)
    assert [made.text_of(text, Encoded(text)) for text in ("20-F", "10-K", "20-F\n")] == ["20-F", None, None]
    flag = bound("DocumentInfo", "AmendmentFlag", "stringItemType", values={"true": "Yes", "false": "No"})
    assert isinstance(flag, StandardBinding)
    assert [flag.text_of(value, Encoded(text)) for value, text in ((True, "true"), (False, "false"))] == ["Yes", "No"]
    assert [flag.value_of(text) for text in ("Yes", "No", "Perhaps")] == ["true", "false", "Perhaps"]
