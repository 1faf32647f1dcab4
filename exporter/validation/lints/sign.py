"""Slips of sign: a loss negated twice, or not at all, and a number that flips from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.validation.lints.subject import LintSubject, Number, shown, slip
from exporter.validation.lints.words import is_loss, is_outgoing, may_have_either_sign

DOUBLE: Final = "exporter:doubleNegation"
NOT_NEGATIVE: Final = "exporter:lossNotNegative"
FLIP: Final = "exporter:signFlip"


def double_negation(subject: LintSubject) -> Iterator[Finding]:
    """A loss or cost that is negative, though a positive number says it already."""
    for one in subject.numbers:
        fact = one.fact
        if one.value >= 0 or fact.dimensions or fact.unit is None or not is_outgoing(fact.concept):
            continue
        concept = subject.concept(fact.concept)
        if concept is None or concept.balance != "credit":
            message = f"{fact.concept} is {shown(fact)}: a negative loss or cost is a gain"
            yield slip(DOUBLE, fact, message, "give it without a minus, unless a gain is meant")


def loss_not_negative(subject: LintSubject) -> Iterator[Finding]:
    """A loss on a concept with a credit balance that is positive, and so a profit."""
    for one in subject.numbers:
        fact = one.fact
        if one.value <= 0 or fact.unit is None or not is_loss(fact.concept):
            continue
        concept = subject.concept(fact.concept)
        if concept is not None and concept.balance == "credit":
            message = f"{fact.concept} is {shown(fact)}: with a credit balance a loss is negative"
            yield slip(NOT_NEGATIVE, fact, message, "turn the sign, or declare the balance as debit")


def sign_flips(subject: LintSubject) -> Iterator[Finding]:
    """One number of a series with another sign than all the rest, where the name allows but one."""
    for key, series in subject.series.items():
        known = [one for one in series if one.value]
        if key.unit is None or key.context.dimensions or len(known) < 2 or may_have_either_sign(key.concept):
            continue
        odd = _odd(known)
        if odd is not None and _are_alike(known) and not (odd.value < 0 and is_outgoing(key.concept)):
            other = next(one for one in known if one is not odd)
            message = f"{key.concept} is {shown(odd.fact)}, but {shown(other.fact)}"
            yield slip(FLIP, odd.fact, message, "check the sign")


def _odd(series: list[Number]) -> Number | None:
    negative = [one for one in series if one.value < 0]
    positive = [one for one in series if one.value > 0]
    if len(negative) == 1 and positive:
        return negative[0]
    return positive[0] if len(positive) == 1 and len(negative) > 1 else None


def _are_alike(series: list[Number]) -> bool:
    """Whether the numbers are of one size: a slip of sign does not change it."""
    sizes = [abs(one.value) for one in series]
    return max(sizes) <= 4 * min(sizes)


def opposite_duplicates(subject: LintSubject) -> Iterator[Finding]:
    """One number twice in the same place, with either sign."""
    seen: dict[object, Number] = {}
    for one in subject.numbers:
        if one.value:
            first = seen.setdefault(one.fact.aspects, one)
            if first.value == -one.value:
                message = f"{one.fact.concept} is both {first.fact.value} and {one.fact.value} for {one.fact.period}"
                yield slip(FLIP, one.fact, message, "keep the right one")
