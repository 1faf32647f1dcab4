"""Units against the type of the concept (XBRL 2.1 section 4.8.2, Unit Type Registry 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.unit import PURE, SHARES
from exporter.namespaces import XBRLI
from exporter.validation.rules import Subject, fact_rule, is_a, shape
from exporter.validation.unit_registry import REGISTERED, expected_unit, is_registered_unit

MONETARY: Final = "xbrl.4.8.2:monetaryUnit"
SHARE: Final = "xbrl.4.8.2:sharesUnit"
MEASURE: Final = "xbrl.4.8.2:measureElement"
REGISTRY: Final = "utre:error-NumericFactUtrInvalid"


@fact_rule(MONETARY, SHARE, by=shape)
def unit_fits_type(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Money is counted in one currency, shares in shares."""
    datatype = subject.datatype(fact.concept)
    if datatype is None:
        return
    if datatype.is_monetary and (fact.unit is None or fact.unit.single_currency is None):
        message = f"the unit of {fact.concept} is one currency (iso4217), got {fact.unit or 'none'}"
        yield subject.fault(MONETARY, message, "state the currency, such as iso4217:USD")
    elif is_a(datatype, "sharesItemType") and (fact.unit is None or not _is_shares(fact)):
        message = f"the unit of {fact.concept} is xbrli:shares, got {fact.unit or 'none'}"
        yield subject.fault(SHARE, message, "state the unit xbrli:shares")


def _is_shares(fact: Fact) -> bool:
    return fact.unit is not None and fact.unit.numerators == (SHARES,) and not fact.unit.denominators


@fact_rule(MEASURE, by=shape)
def measure_of_xbrl_is_known(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """XBRL 2.1 has two measures of its own, ``pure`` and ``shares``."""
    measures = () if fact.unit is None else (*fact.unit.numerators, *fact.unit.denominators)
    for name in measures:
        if name.namespace == XBRLI and name not in (PURE, SHARES):
            message = f"the unit of {fact.concept} has the measure {name}, expected xbrli:pure or xbrli:shares"
            yield subject.fault(MEASURE, message, "use another namespace, such as iso4217 for a currency")


@fact_rule(REGISTRY, by=shape)
def unit_is_registered(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """The unit is one that the Unit Type Registry has for the type (Unit Type Registry 1.0 section 3)."""
    datatype = subject.datatype(fact.concept)
    if datatype is None or (fact.unit is None and fact.value is None):
        return
    item_type = registered_type(datatype)
    if item_type is None or is_registered_unit(fact.unit, item_type) or _breaks_xbrl(fact, datatype):
        return
    message = f"the Unit Type Registry does not have {fact.unit or 'the pure number'} for {item_type} ({fact.concept})"
    yield subject.fault(REGISTRY, message, f"use {expected_unit(item_type)}")


def registered_type(datatype: DataType) -> str | None:
    """The nearest type of which the registry says something, the type itself or one it derives from."""
    if datatype.standard in REGISTERED:
        return datatype.standard
    return next(iter(sorted(datatype.lineage & REGISTERED)), None)


def _breaks_xbrl(fact: Fact, datatype: DataType) -> bool:
    """Whether `unit_fits_type` has told it already."""
    if datatype.is_monetary:
        return fact.unit is None or fact.unit.single_currency is None
    return is_a(datatype, "sharesItemType")


RULES: Final = (unit_fits_type, measure_of_xbrl_is_known, unit_is_registered)
