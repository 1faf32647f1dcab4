"""Errors of scale and sign.

Thousands for millions, shares by the hundred, unintended exactness; a loss negated twice, or not at all, and a number
whose sign changes from one year to the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from exporter.findings import Finding, Severity
from exporter.model.fact import Fact, has_excess_digits
from exporter.validation.engine import rule
from exporter.validation.lints.subject import (
    EARNINGS,
    SHARES_AT_A_DATE,
    LintSubject,
    Number,
    end_of,
    fact_text,
    is_loss,
    is_outgoing,
    is_shares,
    may_have_either_sign,
)

SCALE: Final = "exporter:scaleSlip"
SAME_DIGITS: Final = "exporter:sameDigitsTwoScales"
SHARE_COUNT: Final = "exporter:shareCountScale"
PER_SHARE: Final = "exporter:perShareScale"
EXACT: Final = "exporter:exactRoundedAmount"
FINER: Final = "exporter:digitsBeyondDecimals"

_POWERS: Final = (3, 6, 9)
_FEWEST_DIGITS_APART: Final = 2  # of numbers a thousand times as large as others; most series need no logarithms
_SCALE_FIX: Final = "check whether the number is in thousands, millions or billions"


@rule(SCALE, severity=Severity.WARNING, needs=("series",))
def scale_errors(subject: LintSubject) -> Iterator[Finding]:
    """A number a thousand or a million times as large, or as small, as the same concept around it."""
    for key, series in subject.series.items():
        known = [number for number in series if number.value]
        if key.unit is None or len(known) < 2:
            continue
        digits = [number.value.adjusted() for number in known]
        if max(digits) - min(digits) < _FEWEST_DIGITS_APART:
            continue
        if len(known) == 2:
            yield from _error_of_two(subject, known[0], known[1])
        else:
            yield from _error_of_many(subject, known)


def _error_of_many(subject: LintSubject, series: list[Number]) -> Iterator[Finding]:
    """One number far from all the rest, which lie together: it can only be the smallest or the largest."""
    ranked = sorted(range(len(series)), key=lambda index: abs(series[index].value))
    sizes = [series[index].magnitude for index in ranked]
    for odd, others in ((ranked[0], sizes[1:]), (ranked[-1], sizes[:-1])):
        if others[-1] - others[0] > Decimal("0.5"):
            continue
        power = _power(series[odd].magnitude - others[len(others) // 2], Decimal("0.3"))
        if power is not None:
            neighbour = series[odd - 1] if odd else series[1]
            yield _scale_finding(subject, series[odd].fact, neighbour.fact, power)


def _error_of_two(subject: LintSubject, first: Number, second: Number) -> Iterator[Finding]:
    """Two numbers prove nothing by size alone: the accuracy has to differ with them."""
    power = _power(second.magnitude - first.magnitude, Decimal("0.25"))
    if power is None or first.fact.decimals is None or second.fact.decimals is None:
        return
    if first.fact.decimals - second.fact.decimals == power:
        yield _scale_finding(subject, second.fact, first.fact, power)


def _power(difference: Decimal, tolerance: Decimal) -> int | None:
    for power in _POWERS:
        for signed in (power, -power):
            if abs(difference - signed) <= tolerance:
                return signed
    return None


def _scale_finding(subject: LintSubject, fact: Fact, neighbour: Fact, power: int) -> Finding:
    times = {3: "a thousand", 6: "a million", 9: "a billion"}[abs(power)]
    size = "times" if power > 0 else "times smaller than"
    message = f"{fact.concept} is {fact_text(fact)}, about {times} {size} the {fact_text(neighbour)}"
    return subject.finding(SCALE, fact, message, _SCALE_FIX)


@rule(SAME_DIGITS, severity=Severity.WARNING)
def same_digits(subject: LintSubject) -> Iterator[Finding]:
    """The same digits at two scales in one context: one figure, printed in two tables."""
    seen: dict[object, list[Number]] = {}
    for number in subject.numbers:
        digits = "".join(map(str, number.value.as_tuple().digits)).rstrip("0").lstrip("0")
        if len(digits) >= 4 and number.fact.unit is not None:
            seen.setdefault((number.fact.context, number.fact.unit, digits), []).append(number)
    for group in seen.values():
        for first, second in itertools.combinations(group[:8], 2):
            larger, smaller = sorted((first, second), key=lambda number: abs(number.value), reverse=True)
            ratio = abs(larger.value) / abs(smaller.value)
            if ratio in (1000, 1_000_000, 1_000_000_000):
                message = f"{smaller.fact.concept} is {smaller.fact.value}, {larger.fact.concept} {larger.fact.value}"
                yield subject.finding(
                    SAME_DIGITS, smaller.fact, f"{message}: the same digits, {ratio:f} times", _SCALE_FIX
                )


@rule(SHARE_COUNT, severity=Severity.WARNING, needs=("shares",))
def share_counts(subject: LintSubject) -> Iterator[Finding]:
    """Shares that are a hundred times those of another year, or those of the cover page off by a power of ten."""
    for key, series in subject.series.items():
        if is_shares(key.unit):
            for first, second in itertools.pairwise([number for number in series if number.value > 0]):
                if abs(abs(second.magnitude - first.magnitude) - 2) <= Decimal("0.03"):
                    message = f"{second.fact.concept} is {fact_text(second.fact)}, "
                    message += f"a hundredfold of or beside {fact_text(first.fact)}"
                    yield subject.finding(
                        SHARE_COUNT, second.fact, message, "check the count, unless shares were split or merged"
                    )
    yield from _cover_shares(subject)


def _cover_shares(subject: LintSubject) -> Iterator[Finding]:
    cover = [number for number in subject.by_name.get(SHARES_AT_A_DATE[0], ()) if number.value > 0]
    for name in SHARES_AT_A_DATE[1:]:
        counts = [
            number for number in subject.by_name.get(name, ()) if number.value > 0 and is_shares(number.fact.unit)
        ]
        if not cover or not counts:
            continue
        latest = max(counts, key=lambda number: end_of(number.fact))
        for number in cover:
            difference = number.magnitude - latest.magnitude
            if any(abs(abs(difference) - power) <= Decimal("0.08") for power in (2, 3, 6)):
                message = f"{number.fact.concept} is {fact_text(number.fact)}, but {name} {fact_text(latest.fact)}"
                yield subject.finding(SHARE_COUNT, number.fact, message, "state both in single shares")
        return


@rule(PER_SHARE, severity=Severity.WARNING, needs=("earnings per share",))
def earnings_per_share(subject: LintSubject) -> Iterator[Finding]:
    """Earnings per share times shares that are the income but for a power of ten."""
    for per_share_names, share_names, income_names in EARNINGS:
        for earnings in _first(subject, per_share_names):
            shares = _beside(subject, share_names, earnings)
            income = _beside(subject, income_names, earnings)
            if shares is None or income is None or not earnings.value or not shares.value or not income.value:
                continue
            difference = earnings.magnitude + shares.magnitude - income.magnitude
            if any(abs(abs(difference) - power) <= Decimal("0.02") for power in (1, 2, 3, 6)):
                message = (
                    f"{earnings.fact.value} per share times {shares.fact.value} shares is not {income.fact.value}, "
                    "but for a power of ten"
                )
                yield subject.finding(
                    PER_SHARE, shares.fact, message, "check in which unit each of the three is stated"
                )


def _first(subject: LintSubject, names: tuple[str, ...]) -> tuple[Number, ...]:
    return next((numbers for name in names if (numbers := subject.by_name.get(name))), ())


def _beside(subject: LintSubject, names: tuple[str, ...], beside: Number) -> Number | None:
    return next((number for name in names if (number := subject.at(name, beside.fact.context))), None)


@rule(EXACT, severity=Severity.WARNING, needs=("currencies", "series"))
def exact_amounts(subject: LintSubject) -> Iterator[Finding]:
    """An amount stated as exact that ends in zeros, where the same concept is rounded in other periods."""
    for key, series in subject.series.items():
        rounded = [number for number in series if number.fact.decimals is not None and number.fact.decimals <= -3]
        if key.unit is None or key.unit.single_currency is None or not rounded:
            continue
        for number in series:
            if (
                number.fact.decimals is None
                and number.value
                and abs(number.value) >= 10**6
                and not number.value % 10**5
            ):
                message = f"{number.fact.concept} is {fact_text(number.fact)}, "
                message += "stated as exact, while other periods are rounded"
                yield subject.finding(EXACT, number.fact, message, f"give decimals, such as {rounded[0].fact.decimals}")


@rule(FINER, severity=Severity.WARNING)
def finer_digits(subject: LintSubject) -> Iterator[Finding]:
    """Digits that the stated accuracy says are not known."""
    for number in subject.numbers:
        if has_excess_digits(number.value, number.fact.decimals):
            fact = number.fact
            message = f"{fact.concept} is {fact.value}, with digits beyond its decimals of {fact.decimals}"
            yield subject.finding(FINER, fact, message, "round the value, or raise decimals")


DOUBLE: Final = "exporter:doubleNegation"
NOT_NEGATIVE: Final = "exporter:lossNotNegative"
FLIP: Final = "exporter:signFlip"


@rule(DOUBLE, severity=Severity.WARNING, needs=("negatives",))
def double_negation(subject: LintSubject) -> Iterator[Finding]:
    """A loss or cost that is negative, though a positive number says it already."""
    for number in subject.numbers:
        fact = number.fact
        if number.value >= 0 or fact.dimensions or fact.unit is None or not is_outgoing(fact.concept):
            continue
        concept = subject.concept(fact.concept)
        if concept is None or concept.balance != "credit":
            message = f"{fact.concept} is {fact_text(fact)}: a negative loss or cost is a gain"
            yield subject.finding(DOUBLE, fact, message, "give it without a minus, unless a gain is meant")


@rule(NOT_NEGATIVE, severity=Severity.WARNING, needs=("losses",))
def loss_not_negative(subject: LintSubject) -> Iterator[Finding]:
    """A loss on a concept with a credit balance that is positive, and so a profit."""
    for number in subject.numbers:
        fact = number.fact
        if number.value <= 0 or fact.unit is None or not is_loss(fact.concept):
            continue
        concept = subject.concept(fact.concept)
        if concept is not None and concept.balance == "credit":
            message = f"{fact.concept} is {fact_text(fact)}: with a credit balance a loss is negative"
            yield subject.finding(NOT_NEGATIVE, fact, message, "turn the sign, or declare the balance as debit")


@rule(FLIP, severity=Severity.WARNING, needs=("series", "negatives"))
def sign_flips(subject: LintSubject) -> Iterator[Finding]:
    """One number of a series with another sign than all the rest, where the name allows but one."""
    for key, series in subject.series.items():
        known = [number for number in series if number.value]
        if key.unit is None or key.context.dimensions or len(known) < 2 or may_have_either_sign(key.concept):
            continue
        odd = _odd(known)
        if odd is not None and _are_alike(known) and not (odd.value < 0 and is_outgoing(key.concept)):
            other = next(number for number in known if number is not odd)
            message = f"{key.concept} is {fact_text(odd.fact)}, but {fact_text(other.fact)}"
            yield subject.finding(FLIP, odd.fact, message, "check the sign")


def _odd(series: list[Number]) -> Number | None:
    negative = [number for number in series if number.value < 0]
    positive = [number for number in series if number.value > 0]
    if len(negative) == 1 and positive:
        return negative[0]
    return positive[0] if len(positive) == 1 and len(negative) > 1 else None


def _are_alike(series: list[Number]) -> bool:
    """Whether the numbers are of one size: an error of sign does not change it."""
    sizes = [abs(number.value) for number in series]
    return max(sizes) <= 4 * min(sizes)


@rule(FLIP, severity=Severity.WARNING, needs=("negatives",))
def opposite_duplicates(subject: LintSubject) -> Iterator[Finding]:
    """One number twice in the same place, with either sign."""
    seen: dict[object, Number] = {}
    for number in subject.numbers:
        if number.value:
            first = seen.setdefault(number.fact.aspects, number)
            if first.value == -number.value:
                message = (
                    f"{number.fact.concept} is both {first.fact.value} and {number.fact.value} for {number.fact.period}"
                )
                yield subject.finding(FLIP, number.fact, message, "keep the right one")
