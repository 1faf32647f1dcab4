"""What the names of concepts give away: words for losses, for what may have either sign, for percentages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from exporter.model.qname import QName

LOSSES: Final = frozenset({"loss", "losses", "deficit", "deficits"})
OUTGOINGS: Final = LOSSES | frozenset(
    {"expense", "expenses", "cost", "costs", "writeoff", "writeoffs", "impairment", "impairments", "depreciation"}
    | {"amortization", "amortisation", "payments", "repayments", "charge", "charges"}
)
EITHER_SIGN: Final = frozenset(
    {"income", "gain", "gains", "profit", "profits", "earnings", "benefit", "benefits", "recovery", "recoveries"}
    | {"change", "changes", "increase", "decrease", "adjustment", "adjustments", "comprehensive", "other", "net"}
    | {"proceeds", "reclassification", "reclassifications", "provided", "used", "effect", "difference", "differences"}
    | {"elimination", "eliminations", "reconciliation", "provision", "reversal", "reversals", "premium", "discount"}
    | {"premiums", "discounts"}
    | {"equity", "deferred", "hedge", "hedges", "hedging", "derivative", "derivatives", "foreign", "carryforward"}
    | {"unrealized", "unrealised", "credit", "credits", "tax", "taxes", "translation", "settlement", "settlements"}
)
"""Words of concepts that are rightly positive in one year and negative in another."""

PERCENTAGES: Final = frozenset({"percent", "percentage", "percentages"})
HIGHS: Final = frozenset({"high", "highest", "maximum"})
LOWS: Final = frozenset({"low", "lowest", "minimum"})

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

SHARES_AT_A_DATE: Final = (
    "EntityCommonStockSharesOutstanding",
    "CommonStockSharesOutstanding",
    "CommonStockSharesIssued",
    "SharesOutstanding",
    "SharesIssued",
    "NumberOfSharesIssued",
    "NumberOfSharesOutstanding",
)
EARNINGS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]] = (
    (
        ("EarningsPerShareBasic", "BasicEarningsLossPerShare", "EarningsPerShareBasicAndDiluted"),
        ("WeightedAverageNumberOfSharesOutstandingBasic", "WeightedAverageShares", "WeightedAverageNumberOfShares"),
        ("NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLossAttributableToOwnersOfParent"),
    ),
    (
        ("EarningsPerShareDiluted", "DilutedEarningsLossPerShare"),
        ("WeightedAverageNumberOfDilutedSharesOutstanding", "AdjustedWeightedAverageShares"),
        ("NetIncomeLossAvailableToCommonStockholdersDiluted", "NetIncomeLoss"),
    ),
)
"""Earnings per share, the shares they are spread over, and the income: local names, the best first."""

IDENTITIES: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "LiabilitiesAndStockholdersEquity": (("Assets", 1),),
    "EquityAndLiabilities": (("Assets", 1),),
    "GrossProfit": (("Revenues", 1), ("CostOfRevenue", -1)),
}
"""Totals that hold in every balance sheet or income statement, with their signed parts."""


@cache
def words_of(name: QName) -> frozenset[str]:
    """The words of a name in capitalised words, in lower case; ``WriteOff`` is one word."""
    text = re.sub(r"Write-?[Oo]ff", "Writeoff", name.local_name)
    return frozenset(word.lower() for word in _WORD.findall(text))


def is_outgoing(name: QName) -> bool:
    """Whether a name speaks of losses or costs and of nothing that might be their opposite."""
    words = words_of(name)
    return bool(words & OUTGOINGS) and not words & (EITHER_SIGN - {"net"})


def is_loss(name: QName) -> bool:
    """Whether a name speaks of a loss or deficit and of nothing that might be the opposite."""
    return bool(words_of(name) & LOSSES) and is_outgoing(name)


def may_have_either_sign(name: QName) -> bool:
    """Whether a name speaks of something that is rightly positive or negative."""
    return bool(words_of(name) & (EITHER_SIGN | LOSSES))
