"""Rules on bounds: a high above a low, a share of a whole, a number that is not negative, periods within periods.

Table rows that state a high and a low for a period (exchange rates, stock prices) share the rules of this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from attrs import evolve

from exporter.findings import Finding
from exporter.items.checking import problem
from exporter.items.values import Amount, Percent, Unknown
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
            mend="check whether low and high are exchanged",
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
        mend="check the figures of this row",
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
            mend="check whether a fraction was given for a percentage, or the other way round",
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
            mend=f"if it is a {meaning}, write the positive number, {name}: {positive}{otherwise}",
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
                mend="keep one row for a period, or correct the period of the other",
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
        mend="check both rows",
        warning=True,
    )


def check_coverage(rows: Iterable[RangeRow], wanted: Mapping[str, int]) -> Iterator[Finding]:
    """A warning for each kind of period (``year``, ``quarter``, ``month``) with fewer rows than wanted."""
    kinds = {"year": is_year, "quarter": is_quarter, "month": is_month}
    found = Counter(kind for row in rows for kind, fits in kinds.items() if fits(row.over))
    for kind, count in wanted.items():
        if found[kind] < count:
            yield problem(
                "exporter:tooFewRows",
                f"the table has {found[kind]} rows for a {kind}, Form 20-F asks for {count}",
                "rows",
                warning=True,
            )
