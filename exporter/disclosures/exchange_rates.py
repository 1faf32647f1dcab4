"""Exchange rates: of periods (Item 3.A), in a table, on one date, and the rate at which a report translates amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_contained, check_coverage, check_positive, check_range, check_rows_differ
from exporter.disclosures.headings import EXCHANGE_RATES
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, period, report_item, rows, unit
from exporter.items.declare import language as text_language
from exporter.items.labels import Labels
from exporter.items.values import CurrencyPair, Rate
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import TextBlock
from exporter.model.period import Duration, Instant

# The rate at a period's end and the rate on a date are the same fact, so both classes report it under one concept.
_PERIOD_END: Final = Labels(
    standard="Noon Buying Rate, Period-End",
    documentation="Noon buying rate on the last day of a period, or on the date given.",
)


class NoonBuyingRateAveragingMethod(Enumeration):
    """Over which observations an average rate was taken."""

    DAILY = "daily_rates", "Daily Rates"
    MONTH_END = "month_end_rates", "Month-End Rates"
    BUSINESS_DAY = "business_day_rates", "Business Day Rates"
    UNSPECIFIED = "unspecified", "Unspecified"


class ExchangeRatePurpose(Enumeration):
    """What a rate on one date is stated for."""

    HISTORICAL = "historical", "Historical"
    CONVENIENCE_TRANSLATION = "convenience_translation", "Convenience Translation"
    LATEST = "latest", "Latest"


@report_item(
    label="Exchange Rates",
    documentation="High, low, average and period-end noon buying rate for one period.",
    section="3.A",
    heading=EXCHANGE_RATES,
)
class ExchangeRates(ReportItem):
    """One row of a table of exchange rates: high, low, average and period-end for one period."""

    pair: CurrencyPair = unit()
    over: Duration = period()
    high: Rate | None = concept(
        "NoonBuyingRateHigh",
        wider=["ifrs-full:AverageForeignExchangeRate"],
        label="Noon Buying Rate, High",
        documentation="Highest noon buying rate of the period.",
        default=None,
    )
    low: Rate | None = concept(
        "NoonBuyingRateLow",
        wider=["ifrs-full:AverageForeignExchangeRate"],
        label="Noon Buying Rate, Low",
        documentation="Lowest noon buying rate of the period.",
        default=None,
    )
    average: Rate | None = concept(
        "NoonBuyingRateAverage",
        wider=["ifrs-full:AverageForeignExchangeRate"],
        label="Noon Buying Rate, Average",
        documentation="Average noon buying rate of the period, taken by the method stated with it.",
        default=None,
    )
    period_end: Rate | None = concept(
        "NoonBuyingRatePeriodEnd",
        wider=["ifrs-full:ClosingForeignExchangeRate"],
        period="instant",
        labels=_PERIOD_END,
        default=None,
    )
    averaging: NoonBuyingRateAveragingMethod | None = concept(
        "NoonBuyingRateAveragingMethod",
        label="Noon Buying Rate, Averaging Method",
        documentation="Which observations the average noon buying rate of the period was taken over.",
        default=None,
    )
    source_name: str | None = concept(
        "NoonBuyingRateSource",
        label="Noon Buying Rate, Source",
        documentation="Who publishes or certifies the noon buying rates of the period.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_given()
        yield from check_positive(self.rates(), code="exporter:rateNotPositive")
        yield from check_range(
            low=self.low, high=self.high, within={"average": self.average, "period_end": self.period_end}
        )
        yield from self._check_averaging()

    def rates(self) -> dict[str, Rate | None]:
        """The rates by the name of their field, absent ones too."""
        return {"high": self.high, "low": self.low, "average": self.average, "period_end": self.period_end}

    def _check_given(self) -> Iterator[Finding]:
        if self.high is None and self.low is None and self.average is None:
            yield problem(
                "exporter:noRateStated",
                f"the row for {self.over} states neither a high, a low nor an average rate",
                "high",
                fix="for a rate on one date use ExchangeRate",
            )

    def _check_averaging(self) -> Iterator[Finding]:
        if self.averaging is not None and self.average is None:
            yield problem(
                "exporter:averagingWithoutAverage",
                "an averaging method is stated, but no average",
                "averaging",
                fix="give the average, or leave the method out",
            )


@report_item(
    label="Exchange Rate Series",
    documentation="A table of noon buying rates of one currency pair, one row for each period.",
    section="3.A",
)
class ExchangeRateSeries(ReportItem):
    """A table of exchange rates of one currency pair; its facts are those of its rows."""

    rows: tuple[ExchangeRates, ...] = rows(by="pair", least=2)

    def check(self) -> Iterator[Finding]:
        yield from check_rows_differ(self.rows, [(row.pair, row.over) for row in self.rows])
        yield from self._check_pair()
        yield from check_contained(self.rows)
        yield from check_coverage(self.rows, {"year": 5, "month": 6})

    def _check_pair(self) -> Iterator[Finding]:
        pairs = list(dict.fromkeys(row.pair for row in self.rows))
        if len(pairs) > 1:
            yield problem(
                "exporter:mixedCurrencyPairs",
                f"a series has one currency pair, got {list_text(map(str, pairs), last=' and ')}",
                "rows",
                fix="make a series for each pair",
            )


@report_item(
    label="Exchange Rate",
    documentation="Noon buying rate on one date.",
    section="3.A",
    heading=EXCHANGE_RATES,
)
class ExchangeRate(ReportItem):
    """An exchange rate on one date: a spot rate, the latest rate, the rate at a period's end."""

    pair: CurrencyPair = unit()
    as_of: Instant = period()
    rate: Rate = concept("NoonBuyingRatePeriodEnd", wider=["ifrs-full:ClosingForeignExchangeRate"], labels=_PERIOD_END)
    purpose: ExchangeRatePurpose | None = concept(
        "ExchangeRatePurpose",
        label="Exchange Rate, Purpose",
        documentation="What the exchange rate of the date is stated for.",
        default=None,
    )
    source_name: str | None = concept(
        "ExchangeRateSource",
        label="Exchange Rate, Source",
        documentation="Who publishes or certifies the exchange rate of the date.",
        default=None,
    )
    observed_on: dt.date | None = concept(
        "ExchangeRateObservationDate",
        label="Exchange Rate, Observation Date",
        documentation="Day on which the rate was quoted, where it is an earlier one than the date it is stated for.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_positive({"rate": self.rate}, code="exporter:rateNotPositive")
        yield from self._check_observation()

    def _check_observation(self) -> Iterator[Finding]:
        if self.observed_on is not None and self.observed_on > self.as_of.date:
            yield problem(
                "exporter:observedLater",
                f"the rate as of {self.as_of} was observed on {self.observed_on}, after that date",
                "observed_on",
                fix="check both dates",
                warning=True,
            )


class ConvenienceTranslationBasis(Enumeration):
    """Which amounts are translated at the rate."""

    SINGLE_RATE = "single_rate", "Single Rate"
    UNLESS_OTHERWISE_NOTED = "unless_otherwise_noted", "Unless Otherwise Noted"
    UNSPECIFIED = "unspecified", "Unspecified"


@report_item(
    label="Convenience Translation",
    documentation="Rate at which a report translates amounts for the convenience of its readers.",
    section="3.A",
)
class ConvenienceTranslation(ReportItem):
    """The rate, as of the end of ``over``, at which amounts are translated for the reader's convenience.

    ``rate_date`` is given where the rate is that of another day than the last of ``over``.
    """

    pair: CurrencyPair = unit()
    over: Duration = period()
    rate: Rate = concept(
        "ConvenienceTranslationExchangeRate",
        wider=["ifrs-full:ClosingForeignExchangeRate"],
        period="instant",
        label="Convenience Translation, Exchange Rate",
        documentation="Exchange rate applied to amounts translated for the reader's convenience.",
    )
    basis: ConvenienceTranslationBasis = concept(
        "ConvenienceTranslationBasis",
        label="Convenience Translation, Basis",
        documentation="Which amounts of the report are translated at the rate.",
        default=ConvenienceTranslationBasis.UNSPECIFIED,
    )
    policy: TextBlock | None = concept(
        "ConvenienceTranslationPolicyTextBlock",
        wider=["ifrs-full:DescriptionOfAccountingPolicyForForeignCurrencyTranslationExplanatory"],
        label="Convenience Translation [Policy Text Block]",
        documentation="What the report says about translating amounts, its disclaimer included.",
        default=None,
    )
    rate_date: dt.date | None = concept(
        "ConvenienceTranslationRateDate",
        label="Convenience Translation, Rate Date",
        documentation="Day of the exchange rate, where it is not the last day of the period.",
        default=None,
    )
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_positive({"rate": self.rate}, code="exporter:rateNotPositive")
        yield from self._check_policy()

    def day_of_rate(self) -> dt.date:
        """The day whose rate it is."""
        return self.rate_date or self.over.last_day

    def _check_policy(self) -> Iterator[Finding]:
        if self.language is not None and self.policy is None:
            yield problem("exporter:languageWithoutText", "a language is given, but no text that is in it", "language")
