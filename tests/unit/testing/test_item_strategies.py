"""Strategies of items: of every disclosure, of a class of one's own; filings that go through facts and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import exporter as ex
from exporter.disclosures import DISCLOSURES
from exporter.disclosures.statements.layout import Statement
from exporter.testing import filings, items

pytestmark = pytest.mark.door("hypothesis")


@ex.report_item(label="Churn")
class Churn(ex.ReportItem):
    """A class with a rule that random values break."""

    service: str = ex.dimension("Service")
    over: ex.Duration = ex.period()
    low: ex.Percent = ex.concept("ChurnLow")
    high: ex.Percent = ex.concept("ChurnHigh")

    def check(self) -> Any:
        if self.low.value > self.high.value:
            yield ex.problem("exporter:lowAboveHigh", "low is above high")


@pytest.mark.parametrize("cls", DISCLOSURES, ids=lambda cls: cls.__name__)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_items_of_every_disclosure(cls: type[Any], data: st.DataObject) -> None:
    assert isinstance(data.draw(items(cls)), cls)


@pytest.mark.parametrize("cls", [cls for cls in DISCLOSURES if issubclass(cls, Statement)])
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_statements_are_sound(cls: type[Any], data: st.DataObject) -> None:
    filing = data.draw(filings(cls, max_items=1))
    assert [finding for composition in filing.composed for finding in composition.findings()] == []
    assert len(filing.to_report()) >= 2


@settings(max_examples=15, deadline=None)
@given(items(Churn))
def test_items_of_ones_own(item: Churn) -> None:
    assert item.low.value <= item.high.value


@settings(max_examples=10, deadline=None)
@given(filings(Churn))
def test_filings_make_reports(filing: ex.Filing) -> None:
    report = filing.to_report()
    assert len(report) >= 2
