"""Plausibility of ratios and of percentages held: what their figures do not make.

All findings are warnings, for each may be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.ownership import OwnershipInterest
from exporter.disclosures.ratios import RatioFact, RatioMeaning
from exporter.disclosures.rules.plausibility import DatedItems
from exporter.disclosures.shares import ShareCountBasis, ShareCountFact
from exporter.findings import Finding, Severity
from exporter.items.values import Money, Percent, ShareCount
from exporter.validation.engine import rule

_MARGINS: Final = {
    RatioMeaning.GROSS_MARGIN: (MonetaryMeaning.GROSS_PROFIT, MonetaryMeaning.REVENUE),
    RatioMeaning.OPERATING_MARGIN: (MonetaryMeaning.OPERATING_INCOME, MonetaryMeaning.REVENUE),
    RatioMeaning.NET_MARGIN: (MonetaryMeaning.NET_INCOME, MonetaryMeaning.REVENUE),
    RatioMeaning.EQUITY_RATIO: (MonetaryMeaning.TOTAL_EQUITY, MonetaryMeaning.TOTAL_ASSETS),
}
"""Ratios that are one figure divided by another, within what rounding allows."""


@rule("exporter:ratioDiffers", severity=Severity.WARNING, about=(RatioFact,))
def check_margins(subject: DatedItems) -> Iterator[Finding]:
    """A ratio that is not what the two figures that it is made of make."""
    figures = {
        (item.meaning, *_column(item)): item.amount
        for item in (placed.item for placed in subject.items)
        if isinstance(item, MonetaryFact) and isinstance(item.amount, Money) and item.translation is None
    }
    for placed in subject.items:
        ratio = placed.item
        if not isinstance(ratio, RatioFact) or ratio.subject or not isinstance(ratio.value, Percent):
            continue
        meanings = _MARGINS.get(ratio.meaning, ())
        part, whole = [figures.get((meaning, *_column(ratio))) for meaning in meanings] or (None, None)
        if part is None or whole is None or not whole.value:
            continue
        value = ratio.value
        low, high = _quotient(part, whole)
        unit = Decimal(10) ** -(value.decimals if value.decimals is not None else 6)
        if part.currency == whole.currency and not low - unit <= value.value <= high + unit:
            message = f"{value.printed()} is not {part.printed()} of {whole.printed()}, about {_percent(low, high)}%"
            fix = "check the ratio and its two figures"
            yield placed.finding("exporter:ratioDiffers", message, field="value", fix=fix, warning=True)


def _column(item: MonetaryFact | RatioFact) -> tuple[Any, ...]:
    return (item.at, item.accounting_standard, item.restatement)


def _quotient(part: Money, whole: Money) -> tuple[Decimal, Decimal]:
    quotients = [numerator / divisor for numerator in part.interval() for divisor in whole.interval() if divisor]
    return min(quotients), max(quotients)


def _percent(low: Decimal, high: Decimal) -> str:
    return f"{(low + high) * 50:.1f}"


@rule("exporter:shareHundredfold", severity=Severity.WARNING, about=(OwnershipInterest,))
def check_shares_of_whole(subject: DatedItems) -> Iterator[Finding]:
    """A holder's percentage that is a hundredfold of what its shares are of all, or a hundredth."""
    holders = [
        placed
        for placed in subject.items
        if isinstance(placed.item, OwnershipInterest)
        and isinstance(placed.item.share, Percent)
        and placed.item.share.value > 0
        and placed.item.shares is not None
        and placed.item.shares.value > 0
        and placed.item.issuer is None
    ]
    counts = [
        item.count.value
        for item in (placed.item for placed in subject.items)
        if isinstance(item, ShareCountFact)
        and item.basis in (ShareCountBasis.ISSUED, ShareCountBasis.OUTSTANDING)
        and isinstance(item.count, ShareCount)
        and item.count.value > 0
    ]
    implied = {holder.pointer: holder.item.shares.value / holder.item.share.value for holder in holders}
    for holder in holders:
        others = [value for pointer, value in implied.items() if pointer != holder.pointer]
        wholes = sorted(counts or (others if len(others) > 1 else []))
        if not wholes:
            continue
        times = implied[holder.pointer] / wholes[len(wholes) // 2]
        if Decimal(50) <= times <= Decimal(200) or Decimal("0.005") <= times <= Decimal("0.02"):
            share, shares = holder.item.share, holder.item.shares
            message = f"{share.printed()} for {shares.value:,f} shares is a hundredfold or a hundredth of what they are"
            fix = "check the percentage and the number of shares"
            yield holder.finding("exporter:shareHundredfold", message, field="share", fix=fix, warning=True)
