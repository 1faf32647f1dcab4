"""What an item asks of its own values: bounds, shares of a whole, sums, rows of a table, texts of one line, codes.

Every rule yields findings at the fields of the item; `exporter.disclosures.rules` has the rules across items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, Final, Protocol, TypeVar

from attrs import evolve

from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.compile import item_specification
from exporter.items.declarations import (
    ConceptDeclaration,
    DimensionDeclaration,
    LanguageDeclaration,
    PeriodDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
)
from exporter.items.values import Amount, InCurrency, Money, Percent, PerShare, Unknown
from exporter.model.period import Duration

_ONE = Decimal(1)


class RangeRow(Protocol):
    """A row of a table with a high and a low for a period."""

    @property
    def over(self) -> Duration: ...
    @property
    def high(self) -> Amount | None: ...
    @property
    def low(self) -> Amount | None: ...


Row = TypeVar("Row", bound=RangeRow)


def check_range(*, low: Amount | None, high: Amount | None, within: Mapping[str, Amount | None]) -> Iterator[Finding]:
    """Low at most high, and each amount ``within`` them; touching a bound is right."""
    if low is not None and high is not None and low.value > high.value:
        yield problem(
            "exporter:lowAboveHigh",
            f"the low of {low.value} is above the high of {high.value}",
            "low",
            "high",
            fix="check whether low and high are exchanged",
        )
        return
    for name, amount in within.items():
        if amount is None:
            continue
        if low is not None and amount.value < low.value:
            yield _outside(name, amount, "below the low", low)
        if high is not None and amount.value > high.value:
            yield _outside(name, amount, "above the high", high)


def _outside(name: str, amount: Amount, side: str, bound: Amount) -> Finding:
    return problem(
        "exporter:outsideRange",
        f"{name} is {amount.value}, {side} of {bound.value}",
        name,
        fix="check the figures of this row",
    )


def check_positive(amounts: Mapping[str, Amount | None], *, code: str) -> Iterator[Finding]:
    """Each amount above zero."""
    for name, amount in amounts.items():
        if amount is not None and amount.value <= 0:
            yield problem(code, f"{name} is above zero, got {amount.value}", name)


def check_not_negative(amounts: Mapping[str, Amount | int | Unknown | None]) -> Iterator[Finding]:
    """Each amount or count zero or above; what is unknown passes."""
    for name, amount in amounts.items():
        value = amount.value if isinstance(amount, Amount) else amount
        if isinstance(value, Decimal | int) and value < 0:
            yield problem("exporter:negativeCount", f"{name} is zero or more, got {value}", name)


def check_share(name: str, share: Percent | Unknown | None) -> Iterator[Finding]:
    """A share of a whole between 0 and 100 per cent."""
    if isinstance(share, Percent) and not 0 <= share.value <= _ONE:
        yield problem(
            "exporter:shareOutOfRange",
            f"{name} is a share between 0% and 100%, got {share.percentage}%",
            name,
            fix="check whether a fraction was given for a percentage, or the other way round",
        )


def check_whole(name: str, amount: Amount | Unknown | None) -> Iterator[Finding]:
    """A count without a fraction."""
    if isinstance(amount, Amount) and amount.value != amount.value.to_integral_value():
        yield problem("exporter:fractionOfCount", f"{name} is a whole number, got {amount.value}", name)


def check_not_negated(
    name: str, amount: Amount | Unknown | None, *, meaning: str, opposite: str | None = None
) -> Iterator[Finding]:
    """A negative amount of something that is a loss already: parentheses may say that it is one, or that it is none.

    An error where ``opposite`` says how to write what is no loss, with ``{amount}`` in it; else a warning.
    """
    if isinstance(amount, Amount) and amount.value < 0:
        positive = evolve(amount, value=-amount.value).printed()
        otherwise = f"; if it is none, write {opposite.format(amount=positive)}" if opposite is not None else ""
        yield problem(
            "exporter:doubleNegation",
            f"{name} is {amount.printed(negative='parentheses')}, which may be a {meaning} or its opposite",
            name,
            fix=f"if it is a {meaning}, write the positive number, {name}: {positive}{otherwise}",
            warning=opposite is None,
        )


# --- rows of one table ---------------------------------------------------------------------------------------------


def days(period: Duration) -> int:
    """How many days the period touches."""
    return (period.last_day - period.first_day).days + 1


def is_year(period: Duration) -> bool:
    """Whether the period is about a year long, as a fiscal year of 52 or 53 weeks is too."""
    return 350 <= days(period) <= 380


def is_quarter(period: Duration) -> bool:
    """Whether the period is about a quarter long."""
    return 84 <= days(period) <= 98


def is_month(period: Duration) -> bool:
    """Whether the period is a month or a part of one."""
    return days(period) <= 35


def lies_in(inner: Duration, outer: Duration) -> bool:
    """Whether ``inner`` is a part of ``outer`` and not the same period."""
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end


def check_rows_differ(rows: Sequence[RangeRow], aspects: Iterable[tuple[object, ...]]) -> Iterator[Finding]:
    """No two rows for the same ``aspects`` (their periods among them) unless they are equal."""
    seen: dict[tuple[object, ...], RangeRow] = {}
    for number, (row, aspect) in enumerate(zip(rows, aspects, strict=True)):
        if seen.setdefault(aspect, row) != row:
            yield problem(
                "exporter:contradictingRows",
                f"two rows for {row.over} state different figures",
                f"rows/{number}",
                fix="keep one row for a period, or correct the period of the other",
            )


def check_contained(rows: Sequence[RangeRow]) -> Iterator[Finding]:
    """A warning where the high or low of a period lies outside that of a longer period around it."""
    for number, row in enumerate(rows):
        for outer in rows:
            if not lies_in(row.over, outer.over):
                continue
            if row.high is not None and outer.high is not None and row.high.value > outer.high.value:
                yield _beyond(number, "high", row.high, "above", outer, outer.high)
            if row.low is not None and outer.low is not None and row.low.value < outer.low.value:
                yield _beyond(number, "low", row.low, "below", outer, outer.low)


def _beyond(number: int, name: str, amount: Amount, side: str, outer: RangeRow, bound: Amount) -> Finding:
    return problem(
        "exporter:beyondLongerPeriod",
        f"the {name} of {amount.value} is {side} the {name} of {bound.value} for {outer.over}, which contains it",
        f"rows/{number}/{name}",
        fix="check both rows",
        warning=True,
    )


def check_coverage(rows: Iterable[RangeRow], expected: Mapping[str, int]) -> Iterator[Finding]:
    """A warning for each kind of period (``year``, ``quarter``, ``month``) with fewer rows than required."""
    kinds = {"year": is_year, "quarter": is_quarter, "month": is_month}
    counter = Counter(kind for row in rows for kind, fits in kinds.items() if fits(row.over))
    for kind, count in expected.items():
        if counter[kind] < count:
            yield problem(
                "exporter:tooFewRows",
                f"the table has {counter[kind]} rows for a {kind}, Form 20-F asks for {count}",
                "rows",
                warning=True,
            )


# Wider than any number of at most a thousand places needs, so that nothing is rounded on the way.
_EXACT = Context(prec=4200)
_INFINITE = -(10**6)


def exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """The sum without rounding."""
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def sum_interval(parts: Iterable[tuple[Amount, int]]) -> tuple[Decimal, Decimal]:
    """Where the weighted sum of amounts lies, each being right to half a unit of its last stated digit."""
    lows, highs = [], []
    for amount, weight in parts:
        ends = sorted(_EXACT.multiply(end, Decimal(weight)) for end in amount.interval())
        lows.append(ends[0])
        highs.append(ends[1])
    return exact_sum(lows), exact_sum(highs)


def sum_agrees(total: Amount, parts: Iterable[tuple[Amount, int]]) -> bool:
    """Whether the parts can make the total, given the accuracy of each."""
    low, high = sum_interval(parts)
    least, most = total.interval()
    return low <= most and least <= high


def agree(amount: Amount, other: Amount) -> bool:
    """Whether the more accurate of two statements of one number is within the accuracy of the other."""
    amounts = (amount, other)
    coarser = max(amounts, key=lambda stated: _INFINITE if stated.decimals is None else -stated.decimals)
    least, most = coarser.interval()
    return all(least <= value <= most for value in (amount.value, other.value))


def scaled_interval(amount: Amount, factor: Amount) -> tuple[Decimal, Decimal]:
    """Where the product of two amounts lies."""
    ends = [_EXACT.multiply(end, other) for end in amount.interval() for other in factor.interval()]
    return min(ends), max(ends)


def product_agrees(product: Amount, amount: Amount, factor: Amount) -> bool:
    """Whether ``amount`` times ``factor`` can be ``product``."""
    low, high = scaled_interval(amount, factor)
    least, most = product.interval()
    return low <= most and least <= high


def check_total(
    name: str, total: Money | Unknown | None, parts: Mapping[str, Money | Unknown | None]
) -> Iterator[Finding]:
    """The total equal to its parts within tolerance; no finding while a part is missing or unknown."""
    known = [part for part in parts.values() if isinstance(part, Money)]
    if not isinstance(total, Money) or len(known) < len(parts) or _currencies([total, *known]) > 1:
        return
    if not sum_agrees(total, [(part, 1) for part in known]):
        made = exact_sum(part.value for part in known)
        yield problem(
            "exporter:sumDiffers",
            f"{name} is {total.value:f}, its parts {list_text(parts)} make {made:f}: more than rounding explains",
            name,
            fix="check the parts and the total",
        )


def check_one_currency(amounts: Mapping[str, InCurrency | Unknown | None]) -> Iterator[Finding]:
    """All amounts in one currency."""
    currencies = {name: amount.currency for name, amount in amounts.items() if isinstance(amount, InCurrency)}
    if len(set(currencies.values())) > 1:
        amounts_text = list_text(f"{name} in {currency}" for name, currency in currencies.items())
        yield problem("exporter:mixedCurrencies", f"the amounts are in one currency, got {amounts_text}", *currencies)


def _currencies(amounts: Iterable[Money]) -> int:
    return len({amount.currency for amount in amounts})


_CODE: Final = re.compile(r"[A-Z0-9]{2,3}", re.ASCII)
_BREAK: Final = re.compile(r"[\t\r\n]")


def check_lines(item: Any, *names: str) -> Iterator[Finding]:
    """Each text, where it is given, one line and not empty."""
    for name in names:
        text = getattr(item, name)
        if text is not None and (not text.strip() or _BREAK.search(text)):
            yield problem("exporter:brokenLine", f"{name} is one line of text and not empty, got {text!r}", name)


def check_codes(item: Any, *names: str) -> Iterator[Finding]:
    """Each code of a country or state, where it is given, of two or three signs."""
    for name in names:
        text = getattr(item, name)
        if text is not None and not _CODE.fullmatch(text):
            yield problem("exporter:countryCode", f"{name} is a code of two or three signs, got {text!r}", name)


def check_stated_with(item: Any, name: str, *, flag: str) -> Iterator[Finding]:
    """A warning for a field that is given though the box it belongs to is not checked."""
    if getattr(item, name) is not None and getattr(item, flag) is not True:
        yield problem(
            "exporter:statedWithoutFlag",
            f"{name} is stated, but {flag} is not true",
            name,
            flag,
            fix=f"leave {name} out, or state {flag} as true",
            warning=True,
        )


# --- what tells items apart ------------------------------------------------------------------------------------------

_ASPECTS: Final = (
    PeriodDeclaration,
    DimensionDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
    LanguageDeclaration,
)


def identity(item: Any) -> tuple[object, ...]:
    """What tells an item's facts from those of another: class, period, dimensions, meaning, language, currency."""
    return (*aspects(item), currency(item))


def aspects(item: Any) -> tuple[object, ...]:
    """What tells an item's facts from those of another, but for the currency."""
    spec = item_specification(type(item))
    return (type(item), *(getattr(item, field.name) for field in spec.declared(*_ASPECTS)))


def currency(item: Any) -> tuple[str, ...]:
    """The currencies of the item's amounts, in order and each once."""
    spec = item_specification(type(item))
    values = (getattr(item, field.name) for field in spec.declared(ConceptDeclaration))
    return tuple(sorted({value.currency for value in values if isinstance(value, Money | PerShare)}))
