"""Rules across items: figures that belong together, and amounts translated at a rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from exporter.disclosures.checks import currency, product_agrees
from exporter.disclosures.corporate_events import CorporateEvent, EventStatus
from exporter.disclosures.document_info import DocumentInfo
from exporter.disclosures.exchange_rates import ConvenienceTranslation
from exporter.disclosures.figure_checks import (
    check_balance,
    check_dilution,
    check_earnings,
    check_shares,
)
from exporter.disclosures.financial_tables import SelectedFinancialData
from exporter.disclosures.losses import NetLoss
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.disclosures.shares import PerShareFact, ShareCountFact
from exporter.findings import Finding
from exporter.items.placed import PlacedItem
from exporter.items.values import Money
from exporter.model.period import Duration, Instant
from exporter.validation.engine import rule


@rule("exporter:translationMissing", "exporter:translatedAmountDiffers", about=(MonetaryFact, PerShareFact))
def check_translated_amounts(subject: ItemsSubject) -> Iterator[Finding]:
    """A translated amount has a rate to have been translated at, and is the original at that rate."""
    figures = tuple(_figures(subject))
    translations = {placed.item.pair.base: placed.item for placed in subject.of_kind(ConvenienceTranslation)}
    originals = {
        _figure(placed.item, code): placed.item
        for placed in figures
        if placed.item.translation is None
        for code in currency(placed.item)
    }
    for placed in figures:
        item = placed.item
        if item.translation is None:
            continue
        for code in currency(item):
            translation = translations.get(code)
            if translation is None:
                yield subject.finding(
                    "exporter:translationMissing",
                    f"the amount in {code} is translated, but no ConvenienceTranslation states the rate",
                    placed,
                    fix=f"add the ConvenienceTranslation into {code}",
                )
                continue
            original = originals.get(_figure(item, translation.pair.quote))
            if original is not None and not product_agrees(_amount(original), _amount(item), translation.rate):
                yield subject.finding(
                    "exporter:translatedAmountDiffers",
                    f"{_amount(item).value:f} {code} at {translation.rate.value} is not the original of "
                    f"{_amount(original).value:f} {translation.pair.quote}",
                    placed,
                    warning=True,
                )


def _figures(subject: ItemsSubject) -> Iterator[PlacedItem[MonetaryFact | PerShareFact]]:
    for placed in subject.items:
        if isinstance(placed.item, MonetaryFact | PerShareFact) and currency(placed.item):
            yield placed


def _amount(item: MonetaryFact | PerShareFact) -> Any:
    return item.amount if isinstance(item, MonetaryFact) else item.value


def _figure(item: MonetaryFact | PerShareFact, code: str) -> tuple[object, ...]:
    """What figure it is, in which currency, but for the translation."""
    what = item.meaning if isinstance(item, MonetaryFact) else (item.basis, item.class_of_stock)
    return (what, item.at, item.accounting_standard, item.restatement, code)


@rule("exporter:translationAfterReport", about=(ConvenienceTranslation,))
def check_translation_date(subject: ItemsSubject) -> Iterator[Finding]:
    """The day of the convenience rate is not after the report's own."""
    documents = subject.of_kind(DocumentInfo)
    ends = [document.item.period_end for document in documents if document.item.period_end is not None]
    latest = _latest_day(subject)
    for placed in subject.of_kind(ConvenienceTranslation):
        day = placed.item.day_of_rate()
        if ends and latest is not None and day > max(latest, *ends):
            yield subject.finding(
                "exporter:translationAfterReport",
                f"the convenience rate is of {day}, after every date in the report",
                placed,
                fix="check the date of the rate",
            )


def _latest_day(subject: ItemsSubject) -> dt.date | None:
    """The latest day that items state something for, convenience rates apart."""
    days: list[dt.date] = []
    for item in (placed.item for placed in subject.items):
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


@rule("exporter:balanceDiffers", "exporter:dilutedAboveBasic", about=(MonetaryFact, PerShareFact))
def check_loose_figures(subject: ItemsSubject) -> Iterator[Finding]:
    """What a table of figures checks within itself holds for figures that stand alone, too."""
    in_tables = {row.pointer for table in subject.of_kind(SelectedFinancialData) for row in table.rows()}
    loose = [placed for placed in subject.items if placed.pointer not in in_tables]
    yield from check_balance(loose)
    yield from check_dilution(loose)


@rule("exporter:sharesDiffer", about=(ShareCountFact,))
def check_share_counts(subject: ItemsSubject) -> Iterator[Finding]:
    """Shares outstanding are those issued less those in treasury."""
    yield from check_shares(subject.items)


@rule("exporter:earningsPerShareDiffer", about=(PerShareFact,))
def check_incomes(subject: ItemsSubject) -> Iterator[Finding]:
    """Earnings per share are the income of their period divided by shares."""
    incomes: dict[tuple[object, str], Money] = {}
    for item in (placed.item for placed in subject.items):
        if isinstance(item, MonetaryFact) and item.translation is None and isinstance(item.amount, Money):
            if item.meaning is MonetaryMeaning.NET_INCOME:
                incomes.setdefault((item.at, item.amount.currency), item.amount)
        elif isinstance(item, NetLoss) and isinstance(item.amount, Money):
            loss = item.amount
            negative = Money(loss.value.copy_negate(), loss.currency, decimals=loss.decimals)
            incomes[item.over, loss.currency] = negative
    figures = [placed for placed in subject.items if isinstance(placed.item, PerShareFact | ShareCountFact)]
    yield from check_earnings(figures, incomes)
