"""Periods that texts and heads of tables name, and whether they are a fact's."""

from __future__ import annotations

import pytest

from exporter.disclosures.losses import NetLoss
from exporter.items.values import Money
from exporter.model.period import Duration
from exporter.tagging.text.dates import PeriodFit, find_mentions, fit_of, resolve_mentions
from tests.unit.tagging.pages import search

FY2005 = Duration("2004-04-01", "2005-03-31")
JANUARY = Duration("2005-01-01", "2005-01-31")
QUARTER = Duration("2005-01-01", "2005-03-31")


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Year ended March 31, 2005", ["2005-03-31"]),
        ("Fiscal year ended March 31, 2001", ["2001-03-31"]),
        ("Calendar year 2005 January", ["2005-01"]),
        ("Calendar year 2005 July (through July 29, 2005)", ["2005-07-29", "2005-07"]),
        ("March 31, 2004 2005", ["2004-03-31", "2005"]),
        ("2005", ["2005"]),
        ("As of March 31,", ["--03-31"]),
        ("Revenues 1,999.5 and 2,005", []),
    ],
)
def test_dates_in_heads_are_put_together(head: str, values: list[str]) -> None:
    assert [each.value for each in resolve_mentions(head)] == values


@pytest.mark.parametrize(
    ("text", "period", "fit"),
    [
        ("Year ended March 31, 2005", FY2005, PeriodFit.AGREES),
        ("Year ended March 31, 2005", QUARTER, PeriodFit.CONTRADICTS),
        ("Three months ended March 31, 2005", QUARTER, PeriodFit.AGREES),
        ("Three months ended March 31, 2005", FY2005, PeriodFit.CONTRADICTS),
        ("fiscal year ended March 2005", FY2005, PeriodFit.AGREES),
        ("in March 2005", FY2005, PeriodFit.CONTRADICTS),
        ("January 2005", JANUARY, PeriodFit.AGREES),
        ("fiscal 2005", FY2005, PeriodFit.AGREES),
        ("fiscal 2004", FY2005, PeriodFit.CONTRADICTS),
        ("2004年度", FY2005, PeriodFit.AGREES),
        ("2005年3月期", FY2005, PeriodFit.AGREES),
        ("High", FY2005, PeriodFit.SILENT),
    ],
)
def test_a_mention_fits_a_period_or_not(text: str, period: Duration, fit: PeriodFit) -> None:
    [wanted] = search("<p>x</p>", NetLoss(amount=Money.parse("¥15.6 billion"), over=period)).wanted
    assert fit_of(find_mentions(text), wanted) is fit
