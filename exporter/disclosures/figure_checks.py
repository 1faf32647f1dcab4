"""Rules between figures that belong to one another: the balance sheet, earnings per share, shares.

The rules take figures with the text that names the location of each, and name it in their findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from exporter.disclosures.checks import Placed, currency, product_agrees, sum_agrees
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.shares import PerShareBasis, PerShareFact, ShareCountBasis, ShareCountFact
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.values import Money, PerShare, ShareCount, Unknown

# --- figures of one column -------------------------------------------------------------------------------------------


def _columns(
    placed: Iterable[Placed], kind: Callable[[Any], object | None]
) -> dict[tuple[object, ...], dict[object, Placed]]:
    """Figures by column (period, standard, restatement, translation, currency) and, in it, by kind."""
    columns: dict[tuple[object, ...], dict[object, Placed]] = {}
    for place, item in placed:
        key = kind(item)
        if key is not None:
            columns.setdefault(_column(item), {}).setdefault(key, (place, item))
    return columns


def _column(item: Any) -> tuple[object, ...]:
    names = ("at", "accounting_standard", "restatement", "translation", "class_of_stock")
    return (*(getattr(item, name, None) for name in names), currency(item))


def _meaning(item: Any) -> MonetaryMeaning | None:
    return item.meaning if isinstance(item, MonetaryFact) and isinstance(item.amount, Money) else None


def check_balance(placed: Iterable[Placed]) -> Iterator[Finding]:
    """A warning where assets are not liabilities and equity within what their accuracy allows."""
    for column in _columns(placed, _meaning).values():
        meanings = (MonetaryMeaning.TOTAL_ASSETS, MonetaryMeaning.TOTAL_LIABILITIES, MonetaryMeaning.TOTAL_EQUITY)
        if not all(meaning in column for meaning in meanings):
            continue
        (place, assets), (_, liabilities), (_, equity) = (column[meaning] for meaning in meanings)
        if not sum_agrees(assets.amount, [(liabilities.amount, 1), (equity.amount, 1)]):
            yield problem(
                "exporter:balanceDiffers",
                f"assets of {assets.amount.value:f} at {assets.at} are not liabilities and equity of "
                f"{liabilities.amount.value + equity.amount.value:f}",
                place,
                fix="check the three totals; noncontrolling interests may be missing from equity",
                warning=True,
            )


def _per_share(item: Any) -> PerShareBasis | None:
    return item.basis if isinstance(item, PerShareFact) and isinstance(item.value, PerShare) else None


_DILUTED: Final[Mapping[PerShareBasis, PerShareBasis]] = {
    PerShareBasis.BASIC: PerShareBasis.DILUTED,
    PerShareBasis.BASIC_PER_ADS: PerShareBasis.DILUTED_PER_ADS,
}


def check_dilution(placed: Iterable[Placed]) -> Iterator[Finding]:
    """A warning where diluted earnings per share are above the basic ones though there is income."""
    for column in _columns(placed, _per_share).values():
        for basic, diluted in _DILUTED.items():
            if basic not in column or diluted not in column:
                continue
            (_, one), (place, other) = column[basic], column[diluted]
            if one.value.value > 0 and other.value.value > one.value.value:
                yield problem(
                    "exporter:dilutedAboveBasic",
                    f"diluted earnings of {other.value.value} per share are above the basic ones of {one.value.value}",
                    place,
                    fix="check whether the two are exchanged",
                    warning=True,
                )


def check_earnings(placed: Iterable[Placed], incomes: Mapping[tuple[object, str], Money]) -> Iterator[Finding]:
    """A warning where basic earnings per share times the average number of shares are not the income.

    ``incomes`` holds net income, negative for a loss, by period and currency.
    """
    figures = list(placed)
    averages = {
        item.at: item.count
        for _, item in figures
        if isinstance(item, ShareCountFact)
        and item.basis is ShareCountBasis.WEIGHTED_AVERAGE
        and isinstance(item.count, ShareCount)
    }
    for place, item in figures:
        if _per_share(item) is not PerShareBasis.BASIC or item.translation is not None:
            continue
        income, shares = incomes.get((item.at, item.value.currency)), averages.get(item.at)
        if income is not None and shares is not None and not product_agrees(income, item.value, shares):
            yield problem(
                "exporter:earningsPerShareDiffer",
                f"{item.value.value} per share times {shares.value:f} shares is not the income of {income.value:f}",
                place,
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


def check_shares(placed: Iterable[Placed]) -> Iterator[Finding]:
    """Shares outstanding are those issued less those in treasury, where all three are given."""
    for column in _columns(placed, _share_basis).values():
        bases = (ShareCountBasis.OUTSTANDING, ShareCountBasis.ISSUED, ShareCountBasis.TREASURY)
        if not all(basis in column for basis in bases):
            continue
        (place, outstanding), (_, issued), (_, treasury) = (column[basis] for basis in bases)
        if not sum_agrees(_exact(outstanding), [(_exact(issued), 1), (_exact(treasury), -1)]):
            yield problem(
                "exporter:sharesDiffer",
                f"{outstanding.count.value:f} shares outstanding are not {issued.count.value:f} issued less "
                f"{treasury.count.value:f} in treasury",
                place,
                fix="check the three counts",
            )


def is_known(value: Any) -> bool:
    """Whether a value is given and not unknown."""
    return value is not None and not isinstance(value, Unknown)
