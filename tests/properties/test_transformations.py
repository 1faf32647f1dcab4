"""Transformations both ways: what is printed is read as the value; what is read is printed and read again."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.model.qname import QName
from exporter.transformations import (
    IXT_1,
    IXT_2,
    IXT_3,
    IXT_4,
    IXT_5,
    REGISTRIES,
    DateForm,
    Gives,
    Negative,
    NotPrintable,
    Style,
    TransformationError,
    format_as,
    format_date,
    format_duration,
    format_number,
    parse,
    writable_formats,
)
from exporter.transformations.inverse import same_value
from exporter.transformations.names import COUNTRY_TABLE
from exporter.transformations.numbers import read_number, write_number

_DIGITS = st.text("0123456789", min_size=1, max_size=30)
_DATES = st.dates().map(lambda date: date.isoformat())
_COUNTS = st.integers(0, 9999)


def _duration(years: int, months: int, days: int) -> str:
    parts = f"{years}Y" if years else "", f"{months}M" if months else "", f"{days}D" if days else ""
    return "P" + ("".join(parts) or "0D")


VALUES: dict[Gives, st.SearchStrategy[str]] = {
    Gives.NUMBER: _DIGITS | st.tuples(_DIGITS, _DIGITS).map(".".join) | st.just("0"),
    Gives.FLOAT: st.sampled_from(["INF", "-INF", "NaN"]),
    Gives.BOOLEAN: st.sampled_from(["true", "false"]),
    Gives.DATE: _DATES,
    Gives.MONTH: _DATES.map(lambda date: date[:7]),
    Gives.MONTH_DAY: st.dates().map(lambda date: f"-{date.isoformat()[4:]}"),
    Gives.DURATION: st.builds(_duration, _COUNTS, _COUNTS, _COUNTS)
    | _COUNTS.map(lambda hours: f"PT{hours}H")
    | st.sampled_from(["Y", "M", "D"]).flatmap(lambda unit: _COUNTS.map(lambda count: f"P{count}{unit}")),
    Gives.TEXT: st.sampled_from([*COUNTRY_TABLE.names, "", "Yes", "No", "NYSE"]),
}
WRITABLE = [
    pytest.param(name, rule.gives, id=f"{name.namespace[-10:]}-{name.local_name}") for name, rule in writable_formats()
]
ANY_RULE = [QName(namespace, name) for namespace, rules in REGISTRIES.items() for name in rules]
ALWAYS_PRINTED = {"num-dot-decimal", "num-comma-decimal", "numdotdecimal", "numcommadot", "date-year-month-day"} | {
    "date-monthname-day-year-en",
    "date-day-monthname-year-en",
    "date-month-day",
    "date-monthname-year-en",
    "durwordsen",
}


@pytest.mark.parametrize(("name", "gives"), WRITABLE)
@settings(max_examples=15)
@given(data=st.data())
def test_what_is_printed_is_read_as_the_value(name: QName, gives: Gives, data: st.DataObject) -> None:
    value = data.draw(VALUES[gives])
    try:
        text = format_as(name, value)
    except NotPrintable:
        assert name.local_name not in ALWAYS_PRINTED or value.startswith("PT")
        return
    assert same_value(parse(name, text), value, gives)
    assert format_as(name, parse(name, text)) == text or gives in (Gives.NUMBER, Gives.DURATION)


@pytest.mark.parametrize(("name", "gives"), WRITABLE)
@settings(max_examples=15)
@given(data=st.data())
def test_what_is_read_and_printed_is_read_as_the_same(name: QName, gives: Gives, data: st.DataObject) -> None:
    """Texts are printed ones with a character changed."""
    with contextlib.suppress(NotPrintable, TransformationError):
        text = format_as(name, data.draw(VALUES[gives]))
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 1))
        changed = text[:place] + data.draw(st.sampled_from("0123456789,. ’年月元aD")) + text[place + cut :]
        value = parse(name, changed)
        assert same_value(parse(name, format_as(name, value)), value, gives)


def test_every_writer_prints_some_value() -> None:
    """The properties above hold for something."""
    samples = {
        Gives.NUMBER: ["0", "12.5", "12"],
        Gives.FLOAT: ["INF", "-INF", "NaN"],
        Gives.BOOLEAN: ["true", "false"],
        Gives.DATE: ["2024-12-31"],
        Gives.MONTH: ["2024-12"],
        Gives.MONTH_DAY: ["--12-31"],
        Gives.DURATION: ["P14D", "P2Y", "P18M", "PT5H"],
        Gives.TEXT: ["", "JP", "DE", "M0", "NYSE", "Yes", "Accelerated Filer"],
    }
    for name, rule in writable_formats():
        printed = []
        for value in samples[rule.gives]:
            with contextlib.suppress(NotPrintable):
                printed.append(format_as(name, value))
        assert printed, name


@settings(max_examples=150)
@given(
    name=st.sampled_from(ANY_RULE), text=st.text(max_size=30) | st.text("0123456789 .,-/年月日JanuryDec", max_size=20)
)
def test_no_text_breaks_a_rule(name: QName, text: str) -> None:
    with contextlib.suppress(TransformationError):
        assert isinstance(parse(name, text), str)


_STYLES = st.builds(
    Style,
    language=st.sampled_from(["en", "ja"]),
    registry=st.sampled_from([IXT_1, IXT_2, IXT_3, IXT_4, IXT_5]),
    with_sec=st.booleans(),
    negative=st.sampled_from(Negative),
    dates=st.sampled_from(DateForm),
    decimal_mark=st.sampled_from([".", ","]),
    zero_as_dash=st.booleans(),
    figures_only=st.booleans(),
)


@settings(max_examples=150)
@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers().map(Decimal),
    scale=st.integers(-4, 12),
    decimals=st.none() | st.integers(-12, 6),
    style=_STYLES,
)
def test_a_shown_number_is_the_number(number: Decimal, scale: int, decimals: int | None, style: Style) -> None:
    displayed = format_number(number, style=style, scale=scale, decimals=decimals)
    plain = parse(displayed.format, displayed.text) if displayed.format else displayed.text
    sign = "-" if displayed.negative else ""
    assert Decimal(f"{sign}{plain}E{displayed.scale}") == number
    assert displayed.full_text.count(displayed.text) >= 1
    assert displayed.negative == (number < 0)


@settings(max_examples=100)
@given(date=st.dates(), style=_STYLES)
def test_a_shown_date_is_the_date(date: object, style: Style) -> None:
    displayed = format_date(str(date), style=style)
    assert (parse(displayed.format, displayed.text) if displayed.format else displayed.text) == str(date)


@settings(max_examples=100)
@given(value=VALUES[Gives.DURATION], style=_STYLES)
def test_a_shown_duration_is_the_duration(value: str, style: Style) -> None:
    displayed = format_duration(value, style=style)
    assert (parse(displayed.format, displayed.text) if displayed.format else displayed.text) == value


@settings(max_examples=100)
@given(number=st.integers(0, 10**21 - 1))
def test_number_words_are_read_as_the_number(number: int) -> None:
    words = write_number(number)
    assert words is not None
    assert read_number(words) == str(number)
    assert read_number(words.capitalize()) == str(number)
