"""Rules across items: figures, duplicates, and tables whose lines are items of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from exporter.disclosures.coherence import (
    check_balance,
    check_dilution,
    check_earnings,
    currency,
)
from exporter.disclosures.losses import NetLoss
from exporter.disclosures.market_risk import MarketRiskExposure
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.per_share import PerShareFact
from exporter.disclosures.placed import Placed, both, of_kind
from exporter.disclosures.segments import ConsolidationItem, SegmentResult
from exporter.disclosures.share_counts import ShareCountFact
from exporter.disclosures.statement_lines import LineRole, StatementLine
from exporter.disclosures.sums import agree, sum_agrees
from exporter.findings import Finding, list_text
from exporter.items.checking import problem
from exporter.items.values import Money
from exporter.model.period import Duration


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
        elif all(item.bucket is not each.bucket for each in parts[where]):
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
                mend="check the amounts of each maturity",
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
                mend="state the segments of one table in one currency",
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
            mend="check the segments, or add what is missing between them and the whole",
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
                mend="check the amounts and the weights",
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
                mend="check whether the earlier year was restated",
                warning=True,
            )
