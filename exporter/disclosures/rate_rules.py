"""Rules across items: exchange rates and amounts translated at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from exporter.disclosures.coherence import (
    currency,
)
from exporter.disclosures.convenience_translation import ConvenienceTranslation
from exporter.disclosures.corporate_events import CorporateEvent, EventStatus
from exporter.disclosures.document_info import DocumentInfo
from exporter.disclosures.exchange_rates import ExchangeRate, ExchangeRates
from exporter.disclosures.monetary_facts import MonetaryFact
from exporter.disclosures.per_share import PerShareFact
from exporter.disclosures.placed import Placed, both, of_kind
from exporter.disclosures.sums import agree, product_agrees
from exporter.findings import Finding
from exporter.items.checking import problem
from exporter.items.values import CurrencyPair, Rate
from exporter.model.period import Duration, Instant


def check_rates_agree(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """The rate of one day is the same wherever it is stated."""
    seen: dict[tuple[CurrencyPair, str], tuple[str, Rate]] = {}
    for place, pair, moment, rate in _day_rates(placed):
        first, stated = seen.setdefault((pair, moment), (place, rate))
        if stated == rate:
            continue
        fits = agree(stated, rate)
        yield problem(
            "exporter:duplicateAccuracy" if fits else "exporter:duplicateContradicts",
            f"the rate at {Instant(moment)} is {stated.value} in {first} and {rate.value} in {place}",
            both(first, place),
            mend="keep the more accurate one" if fits else "correct one of them",
            warning=fits,
        )


def _day_rates(placed: Iterable[Placed]) -> Iterator[tuple[str, CurrencyPair, str, Rate]]:
    for place, item in placed:
        if isinstance(item, ExchangeRate):
            yield place, item.pair, item.as_of.end, item.rate
        elif isinstance(item, ExchangeRates) and item.period_end is not None:
            yield place, item.pair, item.over.end, item.period_end


def check_one_translation(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """One convenience rate for a pair of currencies."""
    seen: dict[CurrencyPair, tuple[str, ConvenienceTranslation]] = {}
    for place, item in of_kind(placed, ConvenienceTranslation):
        first, stated = seen.setdefault(item.pair, (place, item))
        if stated != item:
            yield problem(
                "exporter:translationTwice",
                f"two convenience rates for {item.pair}: {stated.rate.value} and {item.rate.value}",
                both(first, place),
                mend="a report translates at one rate; state others as ExchangeRate",
            )


def check_translation_rate(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """The convenience rate is the rate of its day."""
    rates = {(pair, Instant(moment).date): (place, rate) for place, pair, moment, rate in _day_rates(placed)}
    for place, item in of_kind(placed, ConvenienceTranslation):
        found = rates.get((item.pair, item.day_of_rate()))
        if found is not None and not agree(item.rate, found[1]):
            yield problem(
                "exporter:translationRateDiffers",
                f"the convenience rate of {item.rate.value} is not the rate of {found[1].value} stated for "
                f"{item.day_of_rate()}",
                both(place, found[0]),
                mend="check the rate and its date",
                warning=True,
            )


def check_translated_amounts(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """A translated amount has a rate to have been translated at, and is the original at that rate."""
    translations = {item.pair.base: item for _, item in of_kind(placed, ConvenienceTranslation)}
    originals = {
        _figure(item, code): item for _, item in _figures(placed) if item.translation is None for code in currency(item)
    }
    for place, item in _figures(placed):
        if item.translation is None:
            continue
        for code in currency(item):
            found = translations.get(code)
            if found is None:
                yield problem(
                    "exporter:translationMissing",
                    f"the amount in {code} is translated, but no ConvenienceTranslation states the rate",
                    place,
                    mend=f"add the ConvenienceTranslation into {code}",
                )
                continue
            original = originals.get(_figure(item, found.pair.quote))
            if original is not None and not product_agrees(_amount(original), _amount(item), found.rate):
                yield problem(
                    "exporter:translatedAmountDiffers",
                    f"{_amount(item).value:f} {code} at {found.rate.value} is not the original of "
                    f"{_amount(original).value:f} {found.pair.quote}",
                    place,
                    warning=True,
                )


def _figures(placed: Iterable[Placed]) -> Iterator[tuple[str, MonetaryFact | PerShareFact]]:
    for place, item in placed:
        if isinstance(item, MonetaryFact | PerShareFact) and currency(item):
            yield place, item


def _amount(item: MonetaryFact | PerShareFact) -> Any:
    return item.amount if isinstance(item, MonetaryFact) else item.value


def _figure(item: MonetaryFact | PerShareFact, code: str) -> tuple[object, ...]:
    """What figure it is, in which currency, but for the translation."""
    what = item.meaning if isinstance(item, MonetaryFact) else (item.basis, item.class_of_stock)
    return (what, item.at, item.accounting_standard, item.restatement, code)


def check_translation_date(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """The day of the convenience rate is not after the report's own."""
    ends = [item.period_end for _, item in of_kind(placed, DocumentInfo) if item.period_end is not None]
    latest = _latest_day(placed)
    for place, item in of_kind(placed, ConvenienceTranslation):
        if ends and latest is not None and item.day_of_rate() > max(latest, *ends):
            yield problem(
                "exporter:translationAfterReport",
                f"the convenience rate is of {item.day_of_rate()}, after every date in the report",
                place,
                mend="check the date of the rate",
            )


def _latest_day(placed: Iterable[Placed]) -> dt.date | None:
    """The latest day that items state something for, convenience rates apart."""
    days: list[dt.date] = []
    for _, item in placed:
        if isinstance(item, ConvenienceTranslation):
            continue
        if isinstance(item, CorporateEvent) and item.status is EventStatus.PLANNED:
            continue
        at = getattr(item, "as_of", None) or getattr(item, "at", None) or getattr(item, "over", None)
        if isinstance(at, Instant):
            days.append(at.date)
        elif isinstance(at, Duration):
            days.append(at.last_day)
    return max(days, default=None)
