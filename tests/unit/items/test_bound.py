"""Which standard concepts fit which fields and values."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.disclosures import DISCLOSURES
from exporter.errors import ModelError
from exporter.items.bind import Binding
from exporter.items.bound import BoundConcept, Namespace, fitting_concept
from exporter.items.codec import Encoded
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.fields import ConceptSpec, FieldSpec
from exporter.profiles.profile import Profile, ProfileConcept, StandardConcept, StandardTaxonomy

TAXONOMY = StandardTaxonomy(prefix="s", namespace="http://s", schema="http://s/s.xsd", package="S")


def concept_of(item: str, name: str) -> tuple[ItemSpec, FieldSpec, ConceptSpec]:
    spec = next(item_specification(cls) for cls in DISCLOSURES if cls.__name__ == item)
    pairs = ((field, concept) for field in spec.fields for concept in field.concepts)
    return spec, *next((field, concept) for field, concept in pairs if concept.name == name)


def profile_of(item: str, name: str, item_type: str, period: Any = "duration", **more: Any) -> Profile:
    """A profile that binds the field of a concept to a standard concept of a type."""
    _, field, _ = concept_of(item, name)
    concept = StandardConcept(prefix="s", local_name="C", item_type=item_type, period_type=period, verified=True)
    binding = ProfileConcept(concept=concept, **more)
    return Profile(name="p", title="P", taxonomies={"s": TAXONOMY}, bindings={(item, f"{field.name}:{name}"): binding})


def fitting(item: str, name: str, item_type: str, period: Any = "duration") -> ProfileConcept | str | None:
    _, field, spec = concept_of(item, name)
    return fitting_concept(profile_of(item, name, item_type, period), item, field, spec)


def bound(item: str, name: str, item_type: str, **more: Any) -> BoundConcept:
    spec, _, declared = concept_of(item, name)
    binding = Binding.of(spec, Namespace(uri="http://own", prefix="own"), profile_of(item, name, item_type, **more))
    return next(each for each in binding.concepts if each.spec is declared)


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
    assert isinstance(fitting(item, name, item_type), ProfileConcept)


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
    found = fitting(item, name, item_type)
    assert isinstance(found, str)
    assert "which holds no" in found


def test_periods_that_do_not_go_together() -> None:
    assert "the item at an instant" in str(
        fitting("AccumulatedDeficit", "RetainedEarningsAccumulatedDeficit", "monetaryItemType")
    )
    assert "another concept of the field" in str(
        fitting("StatementLine", "StatementLineFlow", "monetaryItemType", "instant")
    )
    assert isinstance(fitting("NetLoss", "NetIncomeLoss", "monetaryItemType", "instant"), ProfileConcept)


def test_a_type_that_is_no_standard() -> None:
    assert "no standard item type" in str(fitting("NetLoss", "NetIncomeLoss", "oddItemType"))


def test_what_a_concept_takes() -> None:
    made = bound("DocumentInfo", "DocumentType", "normalizedStringItemType", pattern="20-F|40-F")
    assert [made.encode(text) for text in ("20-F", "10-K", "20-F\n")] == [Encoded("20-F"), None, None]
    assert made.fallback is not None
    assert made.fallback.encode("10-K") == Encoded("10-K")
    flag = bound("DocumentInfo", "AmendmentFlag", "stringItemType", values={"true": "Yes", "false": "No"})
    assert [flag.encode(value) for value in (True, False)] == [Encoded("Yes"), Encoded("No")]
    assert [flag.decode(Encoded(text)) for text in ("Yes", "No")] == [True, False]
    with pytest.raises(ModelError):
        flag.decode(Encoded("Perhaps"))
