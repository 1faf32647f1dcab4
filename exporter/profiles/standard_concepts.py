"""What is known of the concepts of standard taxonomies that statements are made of: type, period type, balance.

A table of names and attributes as the publishers' schemas state them (US GAAP 2009 to 2025, IFRS 2022, EDINET 2025):
amounts, shares, ratios and headings; no labels. Where a taxonomy is at hand it is asked first. What neither knows is
unknown: `ConceptAttributes.of_name` reads some of it from the words of a name, and says so. A second table has the
phrases under which companies usually print the lines of their statements, and where.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
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
_SECOND_RELEASE: Final = 2011  # of US GAAP: that of 2009 was extended then
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
        elif re.search(r"NumberOf\w{0,80}Shares|Shares(Issued|Outstanding|Authorized)$", local_name):
            item_type = "sharesItemType"
        balance = None
        if item_type == "monetaryItemType":
            balance = next((side for pattern, side in _BALANCE_BY_NAME if pattern.search(local_name)), None)
        return cls(item_type=item_type, balance=balance, is_certain=False)


_ABSTRACT: Final = ConceptAttributes(item_type="stringItemType", period_type="duration", abstract=True)


@frozen(kw_only=True)
class StandardName:
    """A name of a standard taxonomy with what the table says of it.

    ``attributes`` is ``None`` where only the name is known. ``first_only`` says that nothing but the release of 2009
    shows the name, ``later_only`` that that release has not got it; ``deprecated`` is the year since when the concept
    should not be used.
    """

    attributes: ConceptAttributes | None
    first_only: bool = False
    later_only: bool = False
    deprecated: int | None = None

    def is_usable(self, year: int | None) -> bool:
        """Whether the release of a year has the concept, as far as the table tells; ``None`` is an unknown year."""
        if year is None:
            return self.deprecated is None
        return (self.deprecated is None or year < self.deprecated) and not (self.later_only and year < _SECOND_RELEASE)


@frozen(kw_only=True)
class UsualLine:
    """How companies usually print a concept: the phrases, and the sections of the statements that it stands in."""

    name: str
    sections: tuple[str, ...]
    phrases: tuple[str, ...]


def _data(name: str) -> bytes:
    # Imported on use: it takes as long to import as all the rest.
    from importlib.resources import files

    return (files("exporter.profiles") / "data" / name).read_bytes()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """By prefix and name the codes: of the attributes, then after a tab of the releases."""
    table: dict[str, dict[str, str]] = {}
    for line in gzip.decompress(_data("concepts.tsv.gz")).decode().splitlines():
        prefix, name, codes = line.split("\t", 2)
        table.setdefault(prefix, {})[name] = codes
    return table


def standard_attributes(prefix: str, local_name: str) -> ConceptAttributes | None:
    """What is known of a concept of a standard taxonomy by its usual prefix (``us-gaap``); ``None`` for nothing."""
    codes = _table().get(prefix, {}).get(local_name)
    return None if codes is None else _attributes(codes.partition("\t")[0])


def _attributes(code: str) -> ConceptAttributes | None:
    if code == "?":
        return None
    if code == "a":
        return _ABSTRACT
    return ConceptAttributes(
        item_type=_TYPES[code[0]], period_type=_PERIODS.get(code[1]), balance=_BALANCES.get(code[2])
    )


def standard_names(prefix: str) -> Iterator[tuple[str, StandardName]]:
    """The names of a taxonomy that the table has: none where nothing is known of it."""
    for name, codes in _table().get(prefix, {}).items():
        code, _, releases = codes.partition("\t")
        yield (
            name,
            StandardName(
                attributes=_attributes(code),
                first_only=releases.startswith("o"),
                later_only=releases.startswith("n"),
                deprecated=int(releases[-4:]) if releases[-4:].isdecimal() else None,
            ),
        )


def usual_lines(prefix: str) -> Iterator[UsualLine]:
    """The lines of a taxonomy that companies usually print; none where nothing is known of it."""
    for line in _data("usual_phrases.tsv").decode().splitlines():
        if line.startswith(f"{prefix}\t"):
            _, name, sections, phrases = line.split("\t")
            yield UsualLine(name=name, sections=tuple(sections.split()), phrases=tuple(phrases.split("; ")))
