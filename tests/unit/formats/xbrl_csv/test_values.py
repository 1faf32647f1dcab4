""""""

from __future__ import annotations

import pytest

from exporter.errors import LexicalError
from exporter.formats.xbrl_csv.values import format_period, parse_period
from exporter.model.period import Duration, Instant


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-05-31", "2024-05-31", "2024-05-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024Q4", "2024-10-01", "2024-12-31"),
        ("2024H1", "2024-01-01", "2024-06-30"),
        ("2024H2", "2024-07-01", "2024-12-31"),
        ("2024W01", "2024-01-01", "2024-01-07"),
        ("2020W53", "2020-12-28", "2021-01-03"),
        ("2004-04-01..2005-03-31", "2004-04-01", "2005-03-31"),
        ("2004-04-01T00:00:00/2005-04-01T00:00:00", "2004-04-01", "2005-03-31"),
    ],
)
def test_durations(text: str, start: str, end: str) -> None:
    assert parse_period(text) == Duration(start, end)
    if "/" not in text and ".." not in text:
        assert parse_period(f"{text}@start") == Instant(Duration(start, end).start)
        assert parse_period(f"{text}@end") == Instant(end)


def test_the_canonical_instant() -> None:
    assert parse_period("2025-01-01T00:00:00") == Instant("2024-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "", "24", "2024-13", "2024-1", "2024Q5", "2024q1", "2024H3", "2024W1", "2024W54", "2023W53", "2024-02-30",
        "0000", "2024@", "2024@End", "2024@end@end", "2024-01-01..2024-12-31@end", "2024-12-31..2024-01-01",
        "2024..2025",
        "2024-01-01...2024-12-31", "2024-01-01/2024-12-31", "2024-12-31T24:00:00", "2024-12-31T00:00:00+09:00",
        "2024-12-31T00:00:00@end", " 2024", "2024\n", "２０２４", "9999-12-31", "9999",
    ],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(LexicalError) as caught:
        parse_period(text)
    assert caught.value.code == "xbrlce:invalidPeriodRepresentation"


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Instant("2024-12-31"), "2024-12-31@end"),
        (Instant("0001-01-01T00:00:00"), "0001-01-01T00:00:00"),
        (Instant("2024-12-31T12:00:00.5Z"), "2024-12-31T12:00:00.5Z"),
        (Instant("2025-01-01T00:00:00Z"), "2025-01-01T00:00:00Z"),
        (Duration("2004-04-01", "2005-03-31"), "2004-04-01..2005-03-31"),
        (Duration("2004-04-01T00:00:00", "2005-03-31T12:00:00"), "2004-04-01T00:00:00/2005-03-31T12:00:00"),
        (Duration("2004-04-01T00:00:00Z", "2005-04-01T00:00:00Z"), "2004-04-01T00:00:00Z/2005-04-01T00:00:00Z"),
    ],
)
def test_the_form_written(period: Instant | Duration, text: str) -> None:
    assert format_period(period) == text
    assert parse_period(text) == period
