"""Rules of exchange rates, their series and the convenience translation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.disclosures import ConvenienceTranslation, ExchangeRate, ExchangeRates, ExchangeRateSeries
from exporter.disclosures.exchange_rates import NoonBuyingRateAveragingMethod
from exporter.items.values import CurrencyPair
from exporter.items.values.texts import TextBlock
from exporter.model.period import Duration
from tests.unit.disclosures.found import JULY_29, YEAR, YEAR_END, YEN_PER_DOLLAR, Rate, across, errors, warnings


def row(over: Duration = YEAR, **rates: Any) -> ExchangeRates:
    stated = ("high", "low", "average", "period_end")
    values = {name: Rate(value) if name in stated else value for name, value in rates.items()}
    said: dict[str, Any] = {"pair": YEN_PER_DOLLAR, **values}
    return ExchangeRates(over=over, **said)


def day_rate(rate: str, **values: Any) -> ExchangeRate:
    return ExchangeRate(**{"pair": YEN_PER_DOLLAR, "as_of": YEAR_END, **values}, rate=Rate(rate))


def test_a_row_may_touch_its_bounds() -> None:
    assert warnings(row(high="125.54", low="104.19", average="111.65", period_end="125.54")) == []
    assert warnings(row(high="110.00", low="110.00", average="110.00", period_end="110.00")) == []


def test_low_above_high() -> None:
    assert errors(lambda: row(high="104.19", low="125.54")) == ["lowAboveHigh"]


def test_outside_the_range() -> None:
    assert errors(lambda: row(high="110.00", low="105.00", average="110.01")) == ["outsideRange"]
    assert errors(lambda: row(low="105.00", period_end="104.99")) == ["outsideRange"]
    assert errors(lambda: row(high="110.00", average="111.00", period_end="112.00")) == ["outsideRange"] * 2


def test_a_row_states_a_rate_for_its_period() -> None:
    assert errors(lambda: row(period_end="107.22", source_name="bank")) == ["noRateStated"]
    assert warnings(row(high="107.22")) == []


def test_rates_are_above_zero() -> None:
    assert errors(lambda: row(low="0")) == ["rateNotPositive"]
    assert errors(lambda: day_rate("-1")) == ["rateNotPositive"]


def test_averaging_goes_with_an_average() -> None:
    daily = NoonBuyingRateAveragingMethod.DAILY
    assert errors(lambda: row(high="110.00", averaging=daily)) == ["averagingWithoutAverage"]
    assert warnings(row(average="110.00", averaging=daily)) == []


def test_a_rate_is_not_observed_after_its_date() -> None:
    assert warnings(day_rate("107.22", observed_on=dt.date(2005, 4, 1))) == ["observedLater"]
    assert warnings(day_rate("107.22", observed_on=dt.date(2005, 3, 31))) == []


YEARS = [Duration(f"{year - 1}-04-01", f"{year}-03-31") for year in range(2001, 2006)]
MONTHS = [Duration.month(2005, month) for month in range(1, 7)]


def series(*rows: ExchangeRates) -> ExchangeRateSeries:
    return ExchangeRateSeries(rows=rows)


def test_a_full_series_has_no_findings() -> None:
    years = [row(year, high="140.00", low="90.00") for year in YEARS]
    assert warnings(series(*years, *(row(month, high="110.00", low="105.00") for month in MONTHS))) == []


def test_a_short_series() -> None:
    assert warnings(series(*(row(year, high="140.00") for year in YEARS[1:]))) == ["tooFewRows"] * 2
    assert warnings(series(*(row(each, high="140.00") for each in (*YEARS, *MONTHS[1:])))) == ["tooFewRows"]


def test_two_rows_for_one_period() -> None:
    same = row(high="110.00")
    assert errors(lambda: series(same, row(high="110.01"))) == ["contradictingRows"]
    assert "contradictingRows" not in warnings(series(same, same))


def test_a_month_beyond_its_year() -> None:
    year, month = row(high="110.00", low="100.00"), Duration.month(2005, 3)
    assert "beyondLongerPeriod" not in warnings(series(year, row(month, high="110.00", low="100.00")))
    assert warnings(series(year, row(month, high="110.01", low="99.99"))).count("beyondLongerPeriod") == 2
    assert "beyondLongerPeriod" not in warnings(series(year, row(Duration.month(2005, 4), high="120.00")))


def test_a_series_has_one_pair() -> None:
    euro = ExchangeRates(pair=CurrencyPair(base="EUR", quote="JPY"), over=YEAR, high=Rate("150.00"))
    assert errors(lambda: series(row(high="110.00"), euro)) == ["mixedCurrencyPairs"]


# --- the convenience translation ---------------------------------------------------------------------------------


def translation(rate: str = "107.22", **values: Any) -> ConvenienceTranslation:
    return ConvenienceTranslation(**{"pair": YEN_PER_DOLLAR, "over": YEAR, **values}, rate=Rate(rate))


def test_a_translation_has_a_positive_rate_and_no_language_without_text() -> None:
    assert errors(lambda: translation("0")) == ["rateNotPositive"]
    assert errors(lambda: translation(language="ja")) == ["languageWithoutText"]
    assert warnings(translation(policy=TextBlock.of("換算の方針"), language="ja")) == []


def test_the_day_of_the_rate() -> None:
    assert translation().day_of_rate() == dt.date(2005, 3, 31)
    assert translation(rate_date=dt.date(2005, 3, 30)).day_of_rate() == dt.date(2005, 3, 30)


# --- between items -------------------------------------------------------------------------------------------------


def test_the_rate_of_a_day_is_one() -> None:
    year = row(high="114.30", period_end="107.22")
    assert across(year, day_rate("107.22")) == []
    assert across(year, day_rate("107.2")) == ["duplicateAccuracy"]
    assert across(year, day_rate("107.23")) == ["duplicateContradicts!"]
    assert across(series(year), day_rate("107.23")) == ["duplicateContradicts!"]
    assert across(year, day_rate("112.25", as_of=JULY_29)) == []


def test_one_convenience_rate_for_a_pair() -> None:
    assert across(translation(), translation()) == []
    assert "translationTwice!" in across(translation(), translation("107.23"))
    euro = CurrencyPair(base="EUR", quote="JPY")
    assert across(translation(), translation("138.00", pair=euro)) == []


def test_the_convenience_rate_is_that_of_its_day() -> None:
    assert across(translation(), day_rate("107.22")) == []
    assert across(translation(), day_rate("107.23")) == ["translationRateDiffers"]
    assert across(translation(), day_rate("112.25", as_of=JULY_29)) == []
