"""Periods and units in words."""

from __future__ import annotations

import pytest

from exporter.formats.inline_xbrl.write.period_words import period_words, scale_words, unit_words
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.unit import SHARES, Unit, currency_measure


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        (Instant("2005-03-31"), ("As of", "March 31, 2005"), ("", "2005年3月31日現在")),
        (Duration("2004-04-01", "2005-03-31"), ("Year ended", "March 31, 2005"), ("2005年3月31日に終了した", "1年間")),
        (Duration("2022-09-25", "2023-09-30"), ("Year ended", "September 30, 2023"), None),
        (Duration("2024-02-29", "2025-02-27"), ("February 29, 2024", "to February 27, 2025"), None),
        (Duration("2023-07-15", "2024-07-14"), ("Year ended", "July 14, 2024"), None),
        (
            Duration("2005-01-01", "2005-03-31"),
            ("Three months ended", "March 31, 2005"),
            ("2005年3月31日に終了した", "3か月間"),
        ),
        (Duration("2005-02-01", "2005-02-28"), ("Month ended", "February 28, 2005"), None),
        (
            Duration("2005-07-01", "2005-07-29"),
            ("July 1, 2005", "to July 29, 2005"),
            ("2005年7月1日から", "2005年7月29日まで"),
        ),
        (Duration("2003-01-01", "2004-12-31"), ("January 1, 2003", "to December 31, 2004"), None),
        (Duration.day("2005-07-29"), ("", "July 29, 2005"), ("", "2005年7月29日")),
        (FOREVER, ("", "Without period"), ("", "無期限")),
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
    assert period_words(period, "en-US") == english
    if japanese is not None:
        assert period_words(period, "ja") == japanese


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
    assert unit_words(unit, "en") == english
    assert unit_words(unit, "ja-JP") == japanese


def test_scales() -> None:
    assert scale_words(6, "JPY", "en") == "In millions of JPY"
    assert scale_words(0, "JPY", "en") == "In JPY"
    assert scale_words(0, "", "en") == ""
    assert scale_words(6, "円", "ja") == "単位：百万円"
