"""Numbers, periods and units as they are printed."""

from __future__ import annotations

import datetime as dt

import pytest

from exporter.items.values.printing import period_parts, print_scale, print_unit, whole_months
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.unit import SHARES, Unit, currency_measure


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        (Instant("2005-03-31"), ("as of", "March 31, 2005"), ("", "2005年3月31日現在")),
        (Duration("2004-04-01", "2005-03-31"), ("year ended", "March 31, 2005"), ("2005年3月31日に終了した", "1年間")),
        (Duration("2022-09-25", "2023-09-30"), ("year ended", "September 30, 2023"), None),
        (Duration("2024-02-29", "2025-02-27"), ("February 29, 2024", "to February 27, 2025"), None),
        (Duration("2023-07-15", "2024-07-14"), ("year ended", "July 14, 2024"), None),
        (
            Duration("2005-01-01", "2005-03-31"),
            ("three months ended", "March 31, 2005"),
            ("2005年3月31日に終了した", "3か月間"),
        ),
        (Duration("2005-02-01", "2005-02-28"), ("month ended", "February 28, 2005"), None),
        (
            Duration("2005-07-01", "2005-07-29"),
            ("July 1, 2005", "to July 29, 2005"),
            ("2005年7月1日から", "2005年7月29日まで"),
        ),
        (Duration("2003-01-01", "2004-12-31"), ("January 1, 2003", "to December 31, 2004"), None),
        (Duration.day("2005-07-29"), ("", "July 29, 2005"), ("", "2005年7月29日")),
        (FOREVER, ("", "without period"), ("", "無期限")),
        (Instant("2005-03-31T12:00:00"), ("", "2005-03-31T12:00:00"), ("", "2005-03-31T12:00:00")),
        (Duration("9999-03-02T00:00:00", "9999-12-31T00:00:00"), ("March 2, 9999", "to December 30, 9999"), None),
        (
            Duration("2005-03-31T12:00:00", "2005-04-01T00:00:00Z"),
            ("", "2005-03-31T12:00:00 to 2005-04-01T00:00:00Z"),
            None,
        ),
        (Instant("0001-01-01T00:00:00"), ("", "0001-01-01T00:00:00"), None),
    ],
)
def test_periods(period: Period, english: tuple[str, str], japanese: tuple[str, str] | None) -> None:
    assert period_parts(period, "en-US") == english
    if japanese is not None:
        assert period_parts(period, "ja") == japanese


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2024-04-01", "2025-03-31", 12),
        ("2024-01-01", "2024-12-31", 12),
        ("9999-01-01", "9999-12-31", 12),  # the calendar ends here
        ("2023-07-15", "2024-07-14", 12),  # a year may begin on any day
        ("2024-03-16", "2025-03-15", 12),
        ("2024-12-29", "2025-12-27", 12),  # 52 weeks
        ("2022-09-25", "2023-09-30", 12),  # 53 weeks
        ("2023-01-01", "2023-12-30", 12),  # 52 weeks from the first of a month
        ("2024-03-16", "2024-06-15", None),  # no whole months of the calendar: the words would not tell the first day
        ("2024-12-29", "2025-03-29", None),  # 13 weeks
        ("2024-02-29", "2025-02-27", None),
        ("2025-02-01", "2025-02-28", 1),
        ("2024-02-01", "2024-02-28", None),
        ("2025-01-01", "2025-03-31", 3),
        ("2023-01-01", "2024-12-31", 24),
        ("2025-03-31", "2025-03-31", None),
        ("0001-01-01", "0001-12-31", 12),
    ],
)
def test_whole_months(first: str, last: str, months: int | None) -> None:
    assert whole_months(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == months


@pytest.mark.parametrize(
    ("unit", "english", "japanese"),
    [
        (None, "", ""),
        (Unit.currency("JPY"), "JPY", "円"),
        (Unit.per_share("JPY"), "JPY per share", "円／株"),
        (Unit.shares(), "shares", "株"),
        (Unit.rate(base="USD", quote="JPY"), "JPY per USD", "円／USD"),
        (Unit((currency_measure("EUR"), SHARES)), "shares × EUR", "株 × EUR"),
        (Unit((QName("http://example.com", "kWh"),)), "kWh", "kWh"),
    ],
)
def test_units(unit: Unit | None, english: str, japanese: str) -> None:
    assert print_unit(unit, "en") == english
    assert print_unit(unit, "ja-JP") == japanese


def test_scales() -> None:
    assert print_scale(6, "JPY", "en") == "in millions of JPY"
    assert print_scale(0, "JPY", "en") == "in JPY"
    assert print_scale(12, "EUR", "de") == "in Bio. EUR"
    assert print_scale(6, "EUR", "fr") == "en millions de EUR"
    assert print_scale(6, "円", "ja") == "単位：百万円"
