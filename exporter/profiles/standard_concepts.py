"""What is known of the concepts of standard taxonomies that statements are made of: type, period type, balance.

A table of names and attributes as the publishers' schemas state them (US GAAP 2009 to 2025, IFRS 2022, EDINET 2025):
amounts, shares, ratios and headings; no labels. Where a taxonomy is at hand it is asked first. What neither knows is
unknown: `ConceptAttributes.of_name` reads some of it from the words of a name, and says so.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from exporter.model.standard_types import Balance, PeriodType

_TYPES: Final[Mapping[str, str]] = {
    "m": "monetaryItemType",
    "h": "sharesItemType",
    "s": "perShareItemType",
    "p": "percentItemType",
    "d": "decimalItemType",
    "i": "integerItemType",
    "u": "pureItemType",
}
_PERIODS: Final[Mapping[str, PeriodType]] = {"i": "instant", "d": "duration"}
_BALANCES: Final[Mapping[str, Balance]] = {"d": "debit", "c": "credit"}
_HEADING: Final = re.compile(r"(Abstract|Heading|RollForward|LineItems|Table)$")
# The words of names in US GAAP that go with a balance, the first that fits counts.
_BALANCE_BY_NAME: Final[tuple[tuple[re.Pattern[str], Balance], ...]] = (
    (re.compile(r"^(Payments?|Repayments?|Purchases?)"), "credit"),
    (re.compile(r"^IncreaseDecreaseIn\w*(Asset|Receivable|Inventor|Prepaid)"), "credit"),
    (re.compile(r"^(Proceeds|IncreaseDecreaseIn\w*(Liabilit|Payable|Accrued|DeferredRevenue|Deposit))"), "debit"),
    (re.compile(r"OperatingCapital$|^IncreaseDecreaseIn"), "credit"),
    (re.compile(r"^NetCashProvidedByUsedIn|^CashAndCashEquivalentsPeriod"), "debit"),
    (re.compile(r"^OtherComprehensiveIncome\w*(?<!Before)(?<!After)Reclassification"), "debit"),
    (
        re.compile(r"^OtherComprehensiveIncome|IncomeLoss|ProfitLoss|GainLoss|^Gains?On|^Revenue|Sales?Revenue"),
        "credit",
    ),
    (re.compile(r"^TreasuryStock\w*Value|Expenses?(Benefit|Income)?$|Costs?Of|Costs?$|^Loss(es)?On"), "debit"),
    (re.compile(r"Liabilit|Payable|Equity|Capital|RetainedEarnings|StockValue|Debt|DeferredRevenue"), "credit"),
    (re.compile(r"Asset|Receivable|Inventor|Goodwill|Cash|Securities|Prepaid|Property"), "debit"),
)


@frozen(kw_only=True)
class ConceptAttributes:
    """What a concept is like, as far as it is known.

    ``balance`` is ``None`` for none; ``is_certain`` says whether a source states period type and balance, or they are
    read from the name.
    """

    item_type: str
    period_type: PeriodType | None = None
    balance: Balance | None = None
    abstract: bool = False
    is_certain: bool = True

    @property
    def is_monetary(self) -> bool:
        """Whether facts of the concept are amounts of money."""
        return self.item_type == "monetaryItemType"

    @classmethod
    def of_name(cls, local_name: str) -> ConceptAttributes:
        """What the words of a name say, in the manner of US GAAP."""
        if _HEADING.search(local_name):
            return cls(item_type="stringItemType", period_type="duration", abstract=True, is_certain=False)
        item_type = "monetaryItemType"
        if re.search(r"PerShare|PerBasicShare|PerDilutedShare", local_name):
            item_type = "perShareItemType"
        elif re.search(r"NumberOf\w*Shares|Shares(Issued|Outstanding|Authorized)$", local_name):
            item_type = "sharesItemType"
        balance = None
        if item_type == "monetaryItemType":
            balance = next((side for pattern, side in _BALANCE_BY_NAME if pattern.search(local_name)), None)
        return cls(item_type=item_type, balance=balance, is_certain=False)


_ABSTRACT: Final = ConceptAttributes(item_type="stringItemType", period_type="duration", abstract=True)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    # Imported on use: it takes as long to import as all the rest.
    from importlib.resources import files

    text = gzip.decompress((files("exporter.profiles") / "data" / "concepts.tsv.gz").read_bytes()).decode()
    table: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        prefix, name, code = line.split("\t")
        table.setdefault(prefix, {})[name] = code
    return table


def standard_attributes(prefix: str, local_name: str) -> ConceptAttributes | None:
    """What is known of a concept of a standard taxonomy by its usual prefix (``us-gaap``); ``None`` for nothing."""
    code = _table().get(prefix, {}).get(local_name)
    if code is None:
        return None
    if code == "a":
        return _ABSTRACT
    return ConceptAttributes(
        item_type=_TYPES[code[0]], period_type=_PERIODS.get(code[1]), balance=_BALANCES.get(code[2])
    )


def standard_names(prefix: str) -> Mapping[str, str]:
    """The names of a taxonomy with the code of their attributes: empty where nothing is known of it."""
    return _table().get(prefix, {})
