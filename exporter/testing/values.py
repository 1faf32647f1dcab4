"""Strategies for the values that items hold, and for the texts people write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from exporter.items.values import (
    CURRENCIES,
    CurrencyPair,
    EntityKind,
    EntityRef,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    Unknown,
)
from exporter.model import Duration, Entity, Instant

CODES = sorted(CURRENCIES)
currency_codes = st.sampled_from(["JPY", "USD", "EUR", "CNY", "GBP", "CHF", "KWD", "DEM"]) | st.sampled_from(CODES)


@st.composite
def numbers(draw: st.DrawFn, *, digits: int = 24, places: int = 24) -> tuple[Decimal, int]:
    """An exact number and an accuracy that it does not exceed."""
    decimals = draw(st.integers(-places, places))
    whole = draw(st.integers(-(10**digits), 10**digits))
    return Decimal((0 if whole >= 0 else 1, tuple(map(int, str(abs(whole)))), -decimals)), decimals


scales = st.none() | st.sampled_from([0, 3, 4, 6, 8, 9, 12])


@st.composite
def _amounts(draw: st.DrawFn, kind: type, *extra: st.SearchStrategy[str]) -> object:
    value, decimals = draw(numbers())
    arguments = [draw(strategy) for strategy in extra]
    return kind(value, *arguments, decimals=decimals, scale=draw(scales))


moneys = _amounts(Money, currency_codes)
per_shares = _amounts(PerShare, currency_codes)
rates = _amounts(Rate)
ratios = _amounts(Ratio)
share_counts = _amounts(ShareCount)
percents = numbers().map(lambda number: Percent(value=number[0], decimals=number[1]))
amounts = st.one_of(moneys, per_shares, rates, ratios, share_counts, percents)

currency_pairs = st.lists(currency_codes, min_size=2, max_size=2, unique=True).map(
    lambda codes: CurrencyPair(base=codes[0], quote=codes[1])
)
names = st.text(min_size=1, max_size=20).filter(str.strip)
entity_refs = st.builds(
    EntityRef,
    names,
    st.none() | st.integers(1, 9_999_999_999).map(Entity.cik),
    kind=st.sampled_from(EntityKind),
    aliases=st.lists(names, max_size=2),
)
unknowns = st.builds(Unknown, names)
months = st.builds(Month, st.integers(1, 9998), st.integers(1, 12))
month_days = st.dates(dt.date(2004, 1, 1), dt.date(2004, 12, 31)).map(lambda date: MonthDay(date.month, date.day))
dates = st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31))
instants = dates.map(Instant)
durations = st.tuples(dates, dates).map(lambda ends: Duration(min(ends), max(ends)))
