"""Rules across items: exchange rates, and the rate at which a report translates amounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.disclosures.checks import agree
from exporter.disclosures.exchange_rates import ConvenienceTranslation, ExchangeRate, ExchangeRates
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.items.placed import PlacedItem
from exporter.items.values import CurrencyPair, Rate
from exporter.model.period import Instant
from exporter.validation.engine import rule


@rule(
    "exporter:duplicateAccuracy",
    "exporter:duplicateContradicts",
    about=(ExchangeRate, ExchangeRates),
    needs=("several items",),
)
def check_rates_agree(subject: ItemsSubject) -> Iterator[Finding]:
    """The rate of one day is the same wherever it is stated."""
    seen: dict[tuple[CurrencyPair, str], tuple[PlacedItem[Any], Rate]] = {}
    for placed, pair, moment, rate in _day_rates(subject):
        first, first_rate = seen.setdefault((pair, moment), (placed, rate))
        if first_rate == rate:
            continue
        fits = agree(first_rate, rate)
        yield subject.finding(
            "exporter:duplicateAccuracy" if fits else "exporter:duplicateContradicts",
            f"the rate at {Instant(moment)} is {first_rate.value} in {first.label} and {rate.value} in {placed.label}",
            first,
            placed,
            fix="keep the more accurate one" if fits else "correct one of them",
            warning=fits,
        )


def _day_rates(subject: ItemsSubject) -> Iterator[tuple[PlacedItem[Any], CurrencyPair, str, Rate]]:
    """The rates of single days, each with its pair of currencies and the end of its day."""
    for placed in subject.items:
        item = placed.item
        if isinstance(item, ExchangeRate):
            yield placed, item.pair, item.as_of.end, item.rate
        elif isinstance(item, ExchangeRates) and item.period_end is not None:
            yield placed, item.pair, item.over.end, item.period_end


@rule("exporter:translationTwice", about=(ConvenienceTranslation,))
def check_one_translation(subject: ItemsSubject) -> Iterator[Finding]:
    """One convenience rate for a pair of currencies."""
    seen: dict[CurrencyPair, PlacedItem[ConvenienceTranslation]] = {}
    for placed in subject.of_kind(ConvenienceTranslation):
        pair = placed.item.pair
        first = seen.setdefault(pair, placed)
        if first.item != placed.item:
            yield subject.finding(
                "exporter:translationTwice",
                f"two convenience rates for {pair}: {first.item.rate.value} and {placed.item.rate.value}",
                first,
                placed,
                fix="a report translates at one rate; state others as ExchangeRate",
            )


@rule("exporter:translationRateDiffers", about=(ConvenienceTranslation,))
def check_translation_rate(subject: ItemsSubject) -> Iterator[Finding]:
    """The convenience rate is the rate of its day."""
    rates = {(pair, Instant(moment).date): (placed, rate) for placed, pair, moment, rate in _day_rates(subject)}
    for placed in subject.of_kind(ConvenienceTranslation):
        translation, day = placed.item, placed.item.day_of_rate()
        owner, day_rate = rates.get((translation.pair, day), (placed, translation.rate))
        if not agree(translation.rate, day_rate):
            yield subject.finding(
                "exporter:translationRateDiffers",
                f"the convenience rate of {translation.rate.value} is not the rate of {day_rate.value} stated for "
                f"{day}",
                placed,
                owner,
                fix="check the rate and its date",
                warning=True,
            )
