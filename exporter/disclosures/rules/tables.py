"""Rules across items: figures, duplicates, and tables whose lines are items of their own.

Rules across items: exchange rates and amounts translated at them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from exporter.disclosures.checks import Placed, agree, both, of_kind, product_agrees, sum_agrees
from exporter.disclosures.corporate_events import CorporateEvent, EventStatus
from exporter.disclosures.document_info import DocumentInfo
from exporter.disclosures.exchange_rates import ConvenienceTranslation, ExchangeRate, ExchangeRates
from exporter.disclosures.figure_checks import check_balance, check_dilution, check_earnings, currency
from exporter.disclosures.financial_tables import ConsolidationItem, LineRole, SegmentResult, StatementLine
from exporter.disclosures.losses import NetLoss
from exporter.disclosures.market_risk import MarketRiskExposure
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.shares import PerShareFact, ShareCountFact
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.values import CurrencyPair, Money, Rate
from exporter.model.period import Duration, Instant


def check_loose_figures(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """What a table of figures checks within itself holds for figures that stand alone, too."""
    loose = [(place, item) for place, item in placed if " rows[" not in place]
    yield from check_balance(loose)
    yield from check_dilution(loose)


def check_incomes(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    incomes: dict[tuple[object, str], Money] = {}
    for _, item in placed:
        if isinstance(item, MonetaryFact) and item.translation is None and isinstance(item.amount, Money):
            if item.meaning is MonetaryMeaning.NET_INCOME:
                incomes.setdefault((item.at, item.amount.currency), item.amount)
        elif isinstance(item, NetLoss) and isinstance(item.amount, Money):
            loss = item.amount
            negative = Money(loss.value.copy_negate(), loss.currency, decimals=loss.decimals)
            incomes[item.over, loss.currency] = negative
    figures = [(place, item) for place, item in placed if isinstance(item, PerShareFact | ShareCountFact)]
    yield from check_earnings(figures, incomes)


def check_maturities(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """The maturity buckets of a position make the position."""
    totals: dict[tuple[object, ...], tuple[str, MarketRiskExposure]] = {}
    parts: dict[tuple[object, ...], list[MarketRiskExposure]] = defaultdict(list)
    for place, item in of_kind(placed, MarketRiskExposure):
        where = (item.risk, item.instrument, item.denomination, item.as_of, currency(item))
        if item.bucket is None:
            totals.setdefault(where, (place, item))
        elif all(item.bucket is not part.bucket for part in parts[where]):
            parts[where].append(item)
    for position, (place, total) in totals.items():
        stated = [item.notional for item in parts[position]]
        known = [amount for amount in stated if isinstance(amount, Money)]
        if not known or len(known) < len(stated) or not isinstance(total.notional, Money):
            continue
        if not sum_agrees(total.notional, [(amount, 1) for amount in known]):
            yield problem(
                "exporter:sumDiffers",
                f"the maturities of {total.risk.label} do not make the total of {total.notional.value:f}",
                place,
                fix="check the amounts of each maturity",
            )


def check_segments(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """Segments, corporate and eliminations make the consolidated figure; one currency for one table."""
    tables: dict[tuple[object, ...], list[tuple[str, SegmentResult]]] = defaultdict(list)
    for place, item in of_kind(placed, SegmentResult):
        if item.geography is None and item.product is None:
            tables[item.measure, item.at].append((place, item))
    for table in tables.values():
        codes = list(dict.fromkeys(code for _, item in table for code in currency(item)))
        if len(codes) > 1:
            yield problem(
                "exporter:mixedCurrencies",
                f"{table[0][1].measure.label} for {table[0][1].at} is stated in {list_text(codes, last=' and ')}",
                list_text(place for place, _ in table),
                fix="state the segments of one table in one currency",
            )
            continue
        yield from _segment_total(table)


def _segment_total(table: list[tuple[str, SegmentResult]]) -> Iterator[Finding]:
    whole = [(place, item) for place, item in table if item.line is ConsolidationItem.CONSOLIDATED]
    below = [item for _, item in table if item.line is not ConsolidationItem.CONSOLIDATED]
    parts = list({(item.segment, item.line): item for item in below}.values())
    amounts = [item.amount for item in parts if isinstance(item.amount, Money)]
    if not whole or not parts or len(amounts) < len(parts) or not isinstance(whole[0][1].amount, Money):
        return
    place, total = whole[0]
    assert isinstance(total.amount, Money)
    if not sum_agrees(total.amount, [(amount, 1) for amount in amounts]):
        yield problem(
            "exporter:segmentSumDiffers",
            f"segments and eliminations do not make the consolidated {total.measure.label} of {total.amount.value:f}",
            place,
            fix="check the segments, or add what is missing between them and the whole",
            warning=True,
        )


def check_statement_sums(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """A line of a statement is the weighted sum of the lines below it."""
    lines: dict[tuple[object, ...], tuple[str, StatementLine]] = {}
    children: dict[tuple[object, ...], dict[str, StatementLine]] = defaultdict(dict)
    for place, item in of_kind(placed, StatementLine):
        where = (item.statement, item.column, item.at, currency(item))
        lines.setdefault((*where, item.line), (place, item))
        if item.parent is not None:
            children[*where, item.parent].setdefault(item.line, item)
    for parent, below in children.items():
        found = lines.get(parent)
        parts = [(item.amount, 1 if item.weight is None else item.weight) for item in below.values()]
        known = [(amount, weight) for amount, weight in parts if isinstance(amount, Money)]
        if found is None or len(known) < len(parts) or not isinstance(found[1].amount, Money):
            continue
        if not sum_agrees(found[1].amount, known):
            yield problem(
                "exporter:sumDiffers",
                f"the lines below {found[1].line} do not make its amount of {found[1].amount.value:f}",
                found[0],
                fix="check the amounts and the weights",
            )


def check_opening_balances(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """An opening balance is the closing balance of the period before."""
    closing: dict[tuple[object, ...], tuple[str, Money]] = {}
    opening: list[tuple[str, tuple[object, ...], Money]] = []
    for place, item in of_kind(placed, StatementLine):
        if not isinstance(item.amount, Money):
            continue
        where = (item.statement, item.column, item.amount.currency)
        if item.role is LineRole.CLOSING_BALANCE:
            closing[*where, item.at.end] = (place, item.amount)
        elif item.role is LineRole.OPENING_BALANCE:
            start = item.at.start if isinstance(item.at, Duration) else item.at.end
            opening.append((place, (*where, start), item.amount))
    for place, where_and_when, amount in opening:
        found = closing.get(where_and_when)
        if found is not None and not agree(amount, found[1]):
            yield problem(
                "exporter:openingBalanceDiffers",
                f"the opening balance of {amount.value:f} is not the closing balance of {found[1].value:f} before",
                both(place, found[0]),
                fix="check whether the earlier year was restated",
                warning=True,
            )


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
            fix="keep the more accurate one" if fits else "correct one of them",
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
                fix="a report translates at one rate; state others as ExchangeRate",
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
                fix="check the rate and its date",
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
                    fix=f"add the ConvenienceTranslation into {code}",
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
                fix="check the date of the rate",
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
