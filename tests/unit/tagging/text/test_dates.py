"""Periods that texts and heads of tables name, and whether they are a fact's."""

from __future__ import annotations

import pytest

from exporter.disclosures.losses import NetLoss
from exporter.items.values import Money
from exporter.items.values.printed_dates import CalendarKind, find_dates
from exporter.items.values.printed_words import printed_words
from exporter.model.period import Duration
from exporter.tagging.text.dates import PeriodFit, find_named_periods, fit_of, resolve_named_periods
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
    assert [each.value for each in resolve_named_periods(head)] == values


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
    [expected] = search("<p>x</p>", NetLoss(amount=Money.parse("¥15.6 billion"), over=period)).expected
    assert fit_of(find_named_periods(text), expected.days) is fit


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("zum 31. März 2025 betrug", CalendarKind.DATE, "2025-03-31"),
        ("au 31 mars 2025,", CalendarKind.DATE, "2025-03-31"),
        ("le 1er avril 2025.", CalendarKind.DATE, "2025-04-01"),
        ("a 31 de marzo de 2025", CalendarKind.DATE, "2025-03-31"),
        ("op 31 maart 2025", CalendarKind.DATE, "2025-03-31"),
        ("31 mrt. 2025", CalendarKind.DATE, "2025-03-31"),
        ("im Dezember 2024", CalendarKind.MONTH, "2024-12"),
        ("as of March 31, 2025", CalendarKind.DATE, "2025-03-31"),
        ("令和7年3月31日", CalendarKind.DATE, "2025-03-31"),
    ],
)
def test_dates_of_every_language_are_found(text: str, kind: CalendarKind, value: str) -> None:
    [match] = find_dates(text, printed_words())
    assert (match.kind, match.value) == (kind, value)
    assert text[match.start : match.end].strip(" ,.") == text[match.start : match.end]


@pytest.mark.parametrize("text", ["set 12 targets", "set 2005 aside", "we may 3 times", "dic 3", "abr 2025", "mar 2.5"])
def test_short_names_of_other_languages_need_a_day_and_a_year(text: str) -> None:
    assert list(find_dates(text, printed_words())) == []


def test_the_length_of_a_period_that_ends_on_a_date() -> None:
    for lead, months in (("nine-month period ended", 9), ("3 months ended", 3), ("fiscal year ended", 12)):
        [match] = find_dates(f"for the {lead} December 31, 2024", printed_words())
        assert match.months == months
