"""Rules on sums: parts that make a total, within what their accuracy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal

from exporter.findings import Finding, list_text
from exporter.items.checking import problem
from exporter.items.values import Amount, InCurrency, Money, Unknown

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


def agree(one: Amount, other: Amount) -> bool:
    """Whether the more accurate of two statements of one number is within the accuracy of the other."""
    coarser = max((one, other), key=lambda amount: _INFINITE if amount.decimals is None else -amount.decimals)
    least, most = coarser.interval()
    return all(least <= amount.value <= most for amount in (one, other))


def scaled_interval(amount: Amount, factor: Amount) -> tuple[Decimal, Decimal]:
    """Where the product of two amounts lies."""
    ends = [_EXACT.multiply(one, other) for one in amount.interval() for other in factor.interval()]
    return min(ends), max(ends)


def product_agrees(product: Amount, amount: Amount, factor: Amount) -> bool:
    """Whether ``amount`` times ``factor`` can be ``product``."""
    low, high = scaled_interval(amount, factor)
    least, most = product.interval()
    return low <= most and least <= high


def check_total(
    name: str, total: Money | Unknown | None, parts: Mapping[str, Money | Unknown | None]
) -> Iterator[Finding]:
    """The total equal to its parts within tolerance; nothing is said while a part is missing or unknown."""
    known = [part for part in parts.values() if isinstance(part, Money)]
    if not isinstance(total, Money) or len(known) < len(parts) or _currencies([total, *known]) > 1:
        return
    if not sum_agrees(total, [(part, 1) for part in known]):
        stated = exact_sum(part.value for part in known)
        yield problem(
            "exporter:sumDiffers",
            f"{name} is {total.value:f}, its parts {list_text(parts)} make {stated:f}: more than rounding explains",
            name,
            mend="check the parts and the total",
        )


def check_one_currency(amounts: Mapping[str, InCurrency | Unknown | None]) -> Iterator[Finding]:
    """All amounts in one currency."""
    found = {name: amount.currency for name, amount in amounts.items() if isinstance(amount, InCurrency)}
    if len(set(found.values())) > 1:
        stated = list_text(f"{name} in {currency}" for name, currency in found.items())
        yield problem("exporter:mixedCurrencies", f"the amounts are in one currency, got {stated}", *found)


def _currencies(amounts: Iterable[Money]) -> int:
    return len({amount.currency for amount in amounts})
