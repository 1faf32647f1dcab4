"""Rules between figures that belong to one another: the balance sheet, earnings per share, shares.

A table applies them to its rows, `exporter.disclosures.rules` to the items of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from exporter.disclosures.checks import currency, product_agrees, sum_agrees
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.shares import PerShareBasis, PerShareFact, ShareCountBasis, ShareCountFact
from exporter.findings import Finding
from exporter.items.placed import PlacedItem
from exporter.items.values import Money, PerShare, ShareCount, Unknown

# --- figures of one column -------------------------------------------------------------------------------------------


def _columns(
    figures: Iterable[PlacedItem[Any]], kind: Callable[[Any], object | None]
) -> dict[tuple[object, ...], dict[object, PlacedItem[Any]]]:
    """Figures by column (period, standard, restatement, translation, currency) and, in it, by kind."""
    columns: dict[tuple[object, ...], dict[object, PlacedItem[Any]]] = {}
    for figure in figures:
        key = kind(figure.item)
        if key is not None:
            columns.setdefault(_column(figure.item), {}).setdefault(key, figure)
    return columns


def _column(item: Any) -> tuple[object, ...]:
    names = ("at", "accounting_standard", "restatement", "translation", "class_of_stock")
    return (*(getattr(item, name, None) for name in names), currency(item))


def _meaning(item: Any) -> MonetaryMeaning | None:
    return item.meaning if isinstance(item, MonetaryFact) and isinstance(item.amount, Money) else None


def check_balance(figures: Iterable[PlacedItem[Any]]) -> Iterator[Finding]:
    """A warning where assets are not liabilities and equity within what their accuracy allows."""
    for column in _columns(figures, _meaning).values():
        meanings = (MonetaryMeaning.TOTAL_ASSETS, MonetaryMeaning.TOTAL_LIABILITIES, MonetaryMeaning.TOTAL_EQUITY)
        if not all(meaning in column for meaning in meanings):
            continue
        total = column[MonetaryMeaning.TOTAL_ASSETS]
        assets, liabilities, equity = (column[meaning].item.amount for meaning in meanings)
        if not sum_agrees(assets, [(liabilities, 1), (equity, 1)]):
            yield total.finding(
                "exporter:balanceDiffers",
                f"assets of {assets.value:f} at {total.item.at} are not liabilities and equity of "
                f"{liabilities.value + equity.value:f}",
                fix="check the three totals; noncontrolling interests may be missing from equity",
                warning=True,
            )


def _per_share(item: Any) -> PerShareBasis | None:
    return item.basis if isinstance(item, PerShareFact) and isinstance(item.value, PerShare) else None


_DILUTED: Final[Mapping[PerShareBasis, PerShareBasis]] = {
    PerShareBasis.BASIC: PerShareBasis.DILUTED,
    PerShareBasis.BASIC_PER_ADS: PerShareBasis.DILUTED_PER_ADS,
}


def check_dilution(figures: Iterable[PlacedItem[Any]]) -> Iterator[Finding]:
    """A warning where diluted earnings per share are above the basic ones though there is income."""
    for column in _columns(figures, _per_share).values():
        for basic, diluted in _DILUTED.items():
            if basic not in column or diluted not in column:
                continue
            earnings, after_dilution = column[basic].item.value.value, column[diluted].item.value.value
            if earnings > 0 and after_dilution > earnings:
                yield column[diluted].finding(
                    "exporter:dilutedAboveBasic",
                    f"diluted earnings of {after_dilution} per share are above the basic ones of {earnings}",
                    fix="check whether the two are exchanged",
                    warning=True,
                )


def check_earnings(
    figures: Sequence[PlacedItem[Any]], incomes: Mapping[tuple[object, str], Money]
) -> Iterator[Finding]:
    """A warning where basic earnings per share times the average number of shares are not the income.

    ``incomes`` holds net income, negative for a loss, by period and currency.
    """
    averages = {
        item.at: item.count
        for item in (figure.item for figure in figures)
        if isinstance(item, ShareCountFact)
        and item.basis is ShareCountBasis.WEIGHTED_AVERAGE
        and isinstance(item.count, ShareCount)
    }
    for figure in figures:
        item = figure.item
        if _per_share(item) is not PerShareBasis.BASIC or item.translation is not None:
            continue
        income, shares = incomes.get((item.at, item.value.currency)), averages.get(item.at)
        if income is not None and shares is not None and not product_agrees(income, item.value, shares):
            yield figure.finding(
                "exporter:earningsPerShareDiffer",
                f"{item.value.value} per share times {shares.value:f} shares is not the income of {income.value:f}",
                fix="check income, shares and earnings per share",
                warning=True,
            )


def _share_basis(item: Any) -> ShareCountBasis | None:
    return item.basis if isinstance(item, ShareCountFact) and isinstance(item.count, ShareCount) else None


def _exact(item: ShareCountFact) -> ShareCount:
    """The count; one that is given to the share is right to the share."""
    assert isinstance(item.count, ShareCount)
    rounded = item.count.decimals is not None and item.count.decimals < 0
    return item.count if rounded else ShareCount(item.count.value, decimals=None)


def check_shares(figures: Iterable[PlacedItem[Any]]) -> Iterator[Finding]:
    """Shares outstanding are those issued less those in treasury, where all three are given."""
    for column in _columns(figures, _share_basis).values():
        bases = (ShareCountBasis.OUTSTANDING, ShareCountBasis.ISSUED, ShareCountBasis.TREASURY)
        if not all(basis in column for basis in bases):
            continue
        outstanding, issued, treasury = (_exact(column[basis].item) for basis in bases)
        if not sum_agrees(outstanding, [(issued, 1), (treasury, -1)]):
            yield column[ShareCountBasis.OUTSTANDING].finding(
                "exporter:sharesDiffer",
                f"{outstanding.value:f} shares outstanding are not {issued.value:f} issued less "
                f"{treasury.value:f} in treasury",
                fix="check the three counts",
            )


def is_known(value: Any) -> bool:
    """Whether a value is given and not unknown."""
    return value is not None and not isinstance(value, Unknown)
