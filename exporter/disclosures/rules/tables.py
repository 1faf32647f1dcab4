"""Rules across items: tables whose lines are items of their own, and events after the years of the tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import agree, currency, sum_agrees
from exporter.disclosures.corporate_events import CorporateEvent, EventKind
from exporter.disclosures.financial_tables import ConsolidationItem, LineRole, SegmentResult, StatementLine
from exporter.disclosures.losses import NetLoss
from exporter.disclosures.market_risk import MarketRiskExposure
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding, list_text
from exporter.items.placed import PlacedItem
from exporter.items.values import Money
from exporter.model.period import Duration
from exporter.validation.engine import rule

_LATE_KINDS: Final = frozenset({EventKind.PETITION, EventKind.DEFAULT})
_LATE: Final = dt.timedelta(days=183)


@rule("exporter:sumDiffers", about=(MarketRiskExposure,))
def check_maturities(subject: ItemsSubject) -> Iterator[Finding]:
    """The maturity buckets of a position make the position."""
    totals: dict[tuple[object, ...], PlacedItem[MarketRiskExposure]] = {}
    parts: dict[tuple[object, ...], list[MarketRiskExposure]] = defaultdict(list)
    for placed in subject.of_kind(MarketRiskExposure):
        item = placed.item
        position = (item.risk, item.instrument, item.denomination, item.as_of, currency(item))
        if item.bucket is None:
            totals.setdefault(position, placed)
        elif all(item.bucket is not part.bucket for part in parts[position]):
            parts[position].append(item)
    for key, placed in totals.items():
        total = placed.item
        amounts = [item.notional for item in parts[key]]
        known = [amount for amount in amounts if isinstance(amount, Money)]
        if not known or len(known) < len(amounts) or not isinstance(total.notional, Money):
            continue
        if not sum_agrees(total.notional, [(amount, 1) for amount in known]):
            yield subject.finding(
                "exporter:sumDiffers",
                f"the maturities of {total.risk.label} do not make the total of {total.notional.value:f}",
                placed,
                fix="check the amounts of each maturity",
            )


@rule("exporter:mixedCurrencies", "exporter:segmentSumDiffers", about=(SegmentResult,))
def check_segments(subject: ItemsSubject) -> Iterator[Finding]:
    """Segments, corporate and eliminations make the consolidated figure; one currency for one table."""
    tables: dict[tuple[object, ...], list[PlacedItem[SegmentResult]]] = defaultdict(list)
    for placed in subject.of_kind(SegmentResult):
        item = placed.item
        if item.geography is None and item.product is None:
            tables[item.measure, item.at].append(placed)
    for table in tables.values():
        first = table[0].item
        codes = list(dict.fromkeys(code for placed in table for code in currency(placed.item)))
        if len(codes) > 1:
            yield subject.finding(
                "exporter:mixedCurrencies",
                f"{first.measure.label} for {first.at} is stated in {list_text(codes, last=' and ')}",
                *table,
                fix="state the segments of one table in one currency",
            )
            continue
        yield from _segment_total(subject, table)


def _segment_total(subject: ItemsSubject, table: list[PlacedItem[SegmentResult]]) -> Iterator[Finding]:
    whole = [placed for placed in table if placed.item.line is ConsolidationItem.CONSOLIDATED]
    below = [placed.item for placed in table if placed.item.line is not ConsolidationItem.CONSOLIDATED]
    parts = list({(item.segment, item.line): item for item in below}.values())
    amounts = [item.amount for item in parts if isinstance(item.amount, Money)]
    if not whole or not parts or len(amounts) < len(parts):
        return
    total = whole[0].item
    if isinstance(total.amount, Money) and not sum_agrees(total.amount, [(amount, 1) for amount in amounts]):
        yield subject.finding(
            "exporter:segmentSumDiffers",
            f"segments and eliminations do not make the consolidated {total.measure.label} of {total.amount.value:f}",
            whole[0],
            fix="check the segments, or add what is missing between them and the whole",
            warning=True,
        )


@rule("exporter:sumDiffers", about=(StatementLine,))
def check_statement_sums(subject: ItemsSubject) -> Iterator[Finding]:
    """A line of a statement is the weighted sum of the lines below it."""
    lines: dict[tuple[object, ...], PlacedItem[StatementLine]] = {}
    children: dict[tuple[object, ...], dict[str, StatementLine]] = defaultdict(dict)
    for placed in subject.of_kind(StatementLine):
        item = placed.item
        column = (item.statement, item.column, item.at, currency(item))
        lines.setdefault((*column, item.line), placed)
        if item.parent is not None:
            children[*column, item.parent].setdefault(item.line, item)
    for parent, below in children.items():
        total = lines.get(parent)
        parts = [(item.amount, 1 if item.weight is None else item.weight) for item in below.values()]
        known = [(amount, weight) for amount, weight in parts if isinstance(amount, Money)]
        if total is None or len(known) < len(parts) or not isinstance(total.item.amount, Money):
            continue
        if not sum_agrees(total.item.amount, known):
            yield subject.finding(
                "exporter:sumDiffers",
                f"the lines below {total.item.line} do not make its amount of {total.item.amount.value:f}",
                total,
                fix="check the amounts and the weights",
            )


@rule("exporter:openingBalanceDiffers", about=(StatementLine,))
def check_opening_balances(subject: ItemsSubject) -> Iterator[Finding]:
    """An opening balance is the closing balance of the period before."""
    closing: dict[tuple[object, ...], tuple[PlacedItem[StatementLine], Money]] = {}
    opening: list[tuple[PlacedItem[StatementLine], tuple[object, ...], Money]] = []
    for placed in subject.of_kind(StatementLine):
        item = placed.item
        if not isinstance(item.amount, Money):
            continue
        column = (item.statement, item.column, item.amount.currency)
        if item.role is LineRole.CLOSING_BALANCE:
            closing[*column, item.at.end] = (placed, item.amount)
        elif item.role is LineRole.OPENING_BALANCE:
            start = item.at.start if isinstance(item.at, Duration) else item.at.end
            opening.append((placed, (*column, start), item.amount))
    for placed, balance, amount in opening:
        before, closing_amount = closing.get(balance, (placed, amount))
        if not agree(amount, closing_amount):
            yield subject.finding(
                "exporter:openingBalanceDiffers",
                f"the opening balance of {amount.value:f} is not the closing balance of "
                f"{closing_amount.value:f} before",
                placed,
                before,
                fix="check whether the earlier year was restated",
                warning=True,
            )


@rule("exporter:eventAfterYearEnd", about=(CorporateEvent,))
def check_later_events(subject: ItemsSubject) -> Iterator[Finding]:
    """A petition or default soon after a year with a net loss may have been booked in that year already."""
    years = list(dict.fromkeys(loss.item.over for loss in subject.of_kind(NetLoss)))
    for placed in subject.of_kind(CorporateEvent):
        item = placed.item
        if item.kind not in _LATE_KINDS:
            continue
        day = item.on if isinstance(item.on, dt.date) else item.on.first_day
        for year in years:
            if dt.timedelta(0) < day - year.last_day <= _LATE:
                yield subject.finding(
                    "exporter:eventAfterYearEnd",
                    f"{item.event} in {item.on} comes soon after the end of a year with a net loss ({year})",
                    placed,
                    fix="keep both dates; do not take the fiscal year from the event",
                    warning=True,
                )
