"""Rules across items: exchange rates, and the rate at which a report translates amounts."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.checks import agree, both
from exporter.disclosures.exchange_rates import ConvenienceTranslation, ExchangeRate, ExchangeRates
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.items.values import CurrencyPair, Rate
from exporter.model.period import Instant
from exporter.validation.engine import rule


@rule("exporter:duplicateAccuracy", "exporter:duplicateContradicts", about=(ExchangeRate, ExchangeRates))
def check_rates_agree(subject: ItemsSubject) -> Iterator[Finding]:
    """The rate of one day is the same wherever it is stated."""
    seen: dict[tuple[CurrencyPair, str], tuple[str, Rate]] = {}
    for place, pair, moment, rate in _day_rates(subject):
        first, first_rate = seen.setdefault((pair, moment), (place, rate))
        if first_rate == rate:
            continue
        fits = agree(first_rate, rate)
        yield subject.finding(
            "exporter:duplicateAccuracy" if fits else "exporter:duplicateContradicts",
            f"the rate at {Instant(moment)} is {first_rate.value} in {first} and {rate.value} in {place}",
            both(first, place),
            fix="keep the more accurate one" if fits else "correct one of them",
            warning=fits,
        )


def _day_rates(subject: ItemsSubject) -> Iterator[tuple[str, CurrencyPair, str, Rate]]:
    for place, item in subject.items:
        if isinstance(item, ExchangeRate):
            yield place, item.pair, item.as_of.end, item.rate
        elif isinstance(item, ExchangeRates) and item.period_end is not None:
            yield place, item.pair, item.over.end, item.period_end


@rule("exporter:translationTwice", about=(ConvenienceTranslation,))
def check_one_translation(subject: ItemsSubject) -> Iterator[Finding]:
    """One convenience rate for a pair of currencies."""
    seen: dict[CurrencyPair, tuple[str, ConvenienceTranslation]] = {}
    for place, item in subject.of_kind(ConvenienceTranslation):
        first, first_item = seen.setdefault(item.pair, (place, item))
        if first_item != item:
            yield subject.finding(
                "exporter:translationTwice",
                f"two convenience rates for {item.pair}: {first_item.rate.value} and {item.rate.value}",
                both(first, place),
                fix="a report translates at one rate; state others as ExchangeRate",
            )


@rule("exporter:translationRateDiffers", about=(ConvenienceTranslation,))
def check_translation_rate(subject: ItemsSubject) -> Iterator[Finding]:
    """The convenience rate is the rate of its day."""
    rates = {(pair, Instant(moment).date): (place, rate) for place, pair, moment, rate in _day_rates(subject)}
    for place, item in subject.of_kind(ConvenienceTranslation):
        day_rate = rates.get((item.pair, item.day_of_rate()))
        if day_rate is not None and not agree(item.rate, day_rate[1]):
            yield subject.finding(
                "exporter:translationRateDiffers",
                f"the convenience rate of {item.rate.value} is not the rate of {day_rate[1].value} stated for "
                f"{item.day_of_rate()}",
                both(place, day_rate[0]),
                fix="check the rate and its date",
                warning=True,
            )
