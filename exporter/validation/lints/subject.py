"""What lints look at: the numbers of a report, in series over time and side by side, and words in names of concepts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from typing import Final, Literal

from attrs import define, frozen

from exporter.findings import Finding, Severity
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import SHARES, Unit
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import SUMMATIONS
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import at_fact

# Lengths of periods in days that count as one kind: a quarter is not of equal length everywhere.
_LENGTHS: Final = ((1, 1), (27, 32), (80, 99), (170, 192), (260, 285), (350, 380))
_WIDEST: Final = 10_000  # digits; arithmetic with numbers beyond could overflow


Need = Literal[
    "unitless",
    "shares",
    "currencies",
    "series",
    "negatives",
    "losses",
    "earnings per share",
    "identities",
    "dates",
    "period end",
    "sums",
]
"""What a lint may need: numbers of a unit, a sign or a name, a concept with several numbers, several instants or
durations, the last day of the document's period, calculations in the taxonomy.
"""


@frozen
class Number:
    """A fact that is a number, with the number."""

    fact: Fact
    value: Decimal

    @property
    def magnitude(self) -> Decimal:
        """The logarithm to base ten of the absolute value; only for numbers that are not zero."""
        return abs(self.value).log10()


@frozen
class SeriesKey:
    """What the numbers of a series have in common."""

    concept: QName
    context: Context
    length: int | None
    unit: Unit | None


@define(eq=False, slots=False)
class LintSubject:
    """A report as lints see it."""

    report: Report
    taxonomy: Taxonomy | None = None

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number of a size that figures have, each fact once where it is reported several times over."""
        is_numeric = self.report.vocabulary.is_numeric
        numbers: dict[Fact, Number] = {}
        for fact in self.report.facts:
            number = fact.number if fact.value is not None and is_numeric(fact) else None
            if number is not None and number.is_finite() and abs(number.adjusted()) <= _WIDEST:
                numbers.setdefault(fact, Number(fact, number))
        return tuple(numbers.values())

    @cached_property
    def _kept(self) -> frozenset[Need]:
        """What the report has of what rules need."""
        units = {number.fact.unit for number in self.numbers}
        periods = {fact.period for fact in self.report.facts}
        instants = sum(isinstance(period, Instant) for period in periods)
        durations = sum(isinstance(period, Duration) for period in periods)
        taxonomy = self.taxonomy
        concepts = {number.fact.concept for number in self.numbers}
        names = {concept.local_name for concept in concepts}
        has: dict[Need, bool] = {
            "unitless": None in units,
            "shares": any(map(is_shares, units)),
            "currencies": any(unit.single_currency is not None for unit in units if unit is not None),
            "series": len(concepts) < len(self.numbers),
            "negatives": any(number.value < 0 for number in self.numbers),
            "losses": any(words_of(concept) & LOSSES for concept in concepts),
            "earnings per share": any(not names.isdisjoint(per_share) for per_share, _, _ in EARNINGS),
            "identities": not names.isdisjoint(IDENTITIES),
            "dates": instants > 1 or durations > 1,
            "period end": next(self.text_of("DocumentPeriodEndDate"), None) is not None,
            "sums": taxonomy is not None and bool(taxonomy.roles_of(*SUMMATIONS)),
        }
        return frozenset(need for need, is_there in has.items() if is_there)

    def has(self, need: Need) -> bool:
        """Whether the report has what a rule needs."""
        return need in self._kept

    @cached_property
    def series(self) -> Mapping[SeriesKey, tuple[Number, ...]]:
        """Numbers of one concept, unit and cut over periods of one length, in the order of time."""
        series: dict[SeriesKey, list[Number]] = {}
        for number in self.numbers:
            fact = number.fact
            bare = Context(fact.entity, dimensions=fact.dimensions)
            key = SeriesKey(fact.concept, bare, _length(fact), fact.unit)
            series.setdefault(key, []).append(number)
        return {
            key: tuple(sorted(numbers, key=lambda number_at: end_of(number_at.fact))) for key, numbers in series.items()
        }

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Number, ...]]:
        """Undivided numbers by the local name of their concept."""
        by_name: dict[str, list[Number]] = {}
        for number in self.numbers:
            if not number.fact.dimensions:
                by_name.setdefault(number.fact.concept.local_name, []).append(number)
        return {name: tuple(numbers) for name, numbers in by_name.items()}

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, Context], tuple[Number, ...]]:
        by_place: dict[tuple[str, Context], list[Number]] = {}
        for name, numbers in self.by_name.items():
            for number in numbers:
                by_place.setdefault((name, number.fact.context), []).append(number)
        return {key: tuple(numbers_there) for key, numbers_there in by_place.items()}

    def all_at(self, name: str, context: Context) -> tuple[Number, ...]:
        """The undivided numbers of a concept in one context, by its local name."""
        return self._by_place.get((name, context), ())

    def at(self, name: str, context: Context) -> Number | None:
        """The first of `all_at`."""
        return next(iter(self.all_at(name, context)), None)

    def finding(self, code: str, fact: Fact, message: str, fix: str) -> Finding:
        """A warning at a fact."""
        return at_fact(Finding(code=code, message=message, severity=Severity.WARNING, fix=fix), fact)

    def concept(self, name: QName) -> Concept | None:
        """The declaration of a concept, if it is available."""
        return self.taxonomy.concept(name) if self.taxonomy is not None else None

    def text_of(self, name: str) -> Iterator[Fact]:
        """Undivided facts that are not nil, by the local name of their concept."""
        return (
            fact
            for fact in self.report.facts
            if fact.concept.local_name == name and fact.value is not None and not fact.dimensions
        )


def _length(fact: Fact) -> int | None:
    if not isinstance(fact.period, Duration):
        return None
    days = (fact.period.last_day - fact.period.first_day).days + 1
    return next((low for low, high in _LENGTHS if low <= days <= high), days)


def end_of(fact: Fact) -> str:
    """The moment at which a fact's period ends, for sorting."""
    return fact.period.end if isinstance(fact.period, Instant | Duration) else ""


def last_day_of(fact: Fact) -> dt.date | None:
    """The last day of a fact's period."""
    if isinstance(fact.period, Duration):
        return fact.period.last_day
    return fact.period.date if isinstance(fact.period, Instant) else None


def is_shares(unit: Unit | None) -> bool:
    """Whether a unit counts shares."""
    return unit is not None and unit.numerators == (SHARES,) and not unit.denominators


def fact_text(fact: Fact) -> str:
    """A fact's value with its period, as messages show it."""
    return f"{fact.value} for {fact.period}" if isinstance(fact.period, Duration) else f"{fact.value} at {fact.period}"


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
