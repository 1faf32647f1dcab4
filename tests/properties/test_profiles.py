"""Every disclosure class under every profile: items to facts on standard concepts and back, for any valid item."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.filing import Filing
from exporter.operations.to_items import derive_report_items
from exporter.profiles.read import PROFILES, load_profile
from exporter.validation.advice.usage import unused_names
from tests.strategies.disclosures import ITEMS, TABLES, distinct, items
from tests.support.items import filing_under, members, same

few = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
some = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
STANDARD = [name for name in PROFILES if load_profile(name).is_standard]
MADE = {**ITEMS, **TABLES}


def check_back(made: Filing) -> None:
    report = made.to_report()
    vocabulary = report.vocabulary
    assert {fact.concept for fact in report.facts} <= vocabulary.datatypes.keys()
    for fact in report.facts:
        datatype = vocabulary.datatypes[fact.concept]
        assert fact.value is None or datatype.is_enumeration or datatype.is_valid(fact.value)
    back = derive_report_items(report, profile=made.profile, namespace=made.namespace)
    assert back.findings == ()
    assert back.unbound == ()
    assert same(members(back.items), members(made.items))


@pytest.mark.parametrize("profile", STANDARD)
@pytest.mark.parametrize("cls", MADE, ids=lambda cls: cls.__name__)
@few
@given(st.data())
def test_an_item_to_facts_and_back(profile: str, cls: type[Any], data: st.DataObject) -> None:
    check_back(filing_under(profile, data.draw(MADE[cls])))


@pytest.mark.parametrize("profile", STANDARD)
@some
@given(distinct(items, max_size=4))
def test_items_side_by_side(profile: str, found: list[Any]) -> None:
    if found:
        check_back(filing_under(profile, *found))


@pytest.mark.parametrize("audience", ["analyst", "regulatory"])
@pytest.mark.parametrize("profile", PROFILES)
@some
@given(distinct(items, max_size=4))
def test_nothing_is_declared_that_nothing_uses(profile: str, audience: str, found: list[Any]) -> None:
    if found:
        made = evolve(filing_under(profile, *found), audience=audience)
        assert unused_names(made.taxonomy, made.to_report()) == ()
