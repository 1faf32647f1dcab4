"""Errors in percentages, exchange rates, translated amounts, highs and lows, and sums.

A sum that differs is reported with the single error that would explain it, where there is one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from exporter.findings import Finding, Severity, list_text
from exporter.model.dimensions import Context
from exporter.model.duplicates import interval
from exporter.model.fact import Fact
from exporter.model.period import Duration
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217
from exporter.taxonomy.networks import SUMMATIONS
from exporter.validation.engine import rule
from exporter.validation.lints.subject import (
    HIGHS,
    IDENTITIES,
    LOWS,
    PERCENTAGES,
    LintSubject,
    Number,
    fact_text,
    last_day_of,
    words_of,
)

PERCENT: Final = "exporter:percentAsNumber"
INVERTED: Final = "exporter:rateInverted"
TRANSLATED: Final = "exporter:translatedAmountDiffers"
BEYOND: Final = "exporter:beyondLongerPeriod"

PER_DOLLAR: Final[Mapping[str, tuple[Decimal, Decimal]]] = {
    code: (Decimal(low), Decimal(high))
    for code, low, high in (
        *(("USD", "1", "1"), ("EUR", "0.6", "1.3"), ("GBP", "0.35", "1"), ("CHF", "0.7", "4.5")),
        *(("JPY", "70", "400"), ("CAD", "0.9", "1.7"), ("AUD", "0.65", "2.1"), ("NZD", "0.65", "2.6")),
        *(("CNY", "1.4", "9"), ("HKD", "4.5", "8.5"), ("TWD", "20", "45"), ("KRW", "250", "2000")),
        *(("SGD", "1.1", "3.3"), ("INR", "7", "110"), ("IDR", "300", "20000"), ("THB", "18", "60")),
        *(("MYR", "2", "5.5"), ("PHP", "5", "65"), ("VND", "5000", "30000"), ("NOK", "4.5", "12.5")),
        *(("SEK", "3.8", "12"), ("DKK", "4.8", "12.5"), ("ISK", "30", "160"), ("PLN", "2", "5.5")),
        *(("CZK", "14", "45"), ("HUF", "40", "450"), ("RUB", "5", "150"), ("ILS", "1", "5.5")),
        *(("ZAR", "0.6", "22"), ("MXN", "3", "28"), ("BRL", "0.8", "7"), ("CLP", "30", "1200")),
        *(("COP", "15", "5500"), ("SAR", "3.3", "4"), ("AED", "3.5", "4"), ("KWD", "0.25", "0.37")),
    )
}
"""About how much of a currency one dollar has bought since 1970, the least and the most."""


@rule(PERCENT, severity=Severity.WARNING, needs=("unitless",))
def percentages(subject: LintSubject) -> Iterator[Finding]:
    """A percentage as it is printed (31.6) where a fraction is meant (0.316)."""
    for key, series in subject.series.items():
        if key.unit is not None:
            continue
        concept = subject.concept(key.concept)
        datatype = concept.datatype if concept is not None else None
        is_percent = datatype is not None and datatype.is_percent
        named = bool(words_of(key.concept) & PERCENTAGES)
        fractions = sorted(abs(number.value) for number in series if 0 < abs(number.value) <= 1)
        for number in series:
            size = abs(number.value)
            if size <= 1 or (not is_percent and not named and not fractions):
                continue
            nearest = bisect_left(fractions, size / 300)
            beside = nearest < len(fractions) and fractions[nearest] <= size / 33
            if (beside and size >= 2) or ((is_percent or named) and 2 < size <= 100):
                message = f"{key.concept} is {fact_text(number.fact)}, which is {size * 100:f} per cent"
                yield subject.finding(PERCENT, number.fact, message, "divide it by a hundred: 31.6 per cent is 0.316")


def _pair(unit: Unit | None) -> tuple[str, str] | None:
    """Quote and base of an exchange rate's unit."""
    if unit is None or len(unit.numerators) != 1 or len(unit.denominators) != 1:
        return None
    quote, base = unit.numerators[0], unit.denominators[0]
    return (quote.local_name, base.local_name) if quote.namespace == base.namespace == ISO4217 else None


@rule(INVERTED, severity=Severity.WARNING)
def inverted_rates(subject: LintSubject) -> Iterator[Finding]:
    """A rate that is the reciprocal of the others of its pair, or has its pair the other way round."""
    rates: dict[tuple[str, str], list[Number]] = {}
    for number in subject.numbers:
        pair_of_unit = _pair(number.fact.unit)
        if pair_of_unit is not None and number.value > 0:
            rates.setdefault(pair_of_unit, []).append(number)
    for pair, numbers in rates.items():
        middle = _median([number.value for number in numbers])
        for rate in numbers if len(numbers) > 1 else ():
            is_reciprocal = _is_far_from_one(rate.value) and Decimal("0.6") <= rate.value * middle <= Decimal("1.7")
            if is_reciprocal and rate.value != middle:
                message = f"{rate.fact.concept} is {fact_text(rate.fact)} {pair[0]} for one {pair[1]}, "
                message += f"others about {middle:f}"
                yield subject.finding(INVERTED, rate.fact, message, f"give {pair[0]} for one {pair[1]}")
        if turned := rates.get((pair[1], pair[0])):
            yield from _turned_pairs(subject, pair, numbers, turned)
    yield from _implausible_rates(subject, rates)


def _turned_pairs(
    subject: LintSubject, pair: tuple[str, str], numbers: list[Number], others: list[Number]
) -> Iterator[Finding]:
    """Rates whose unit is the other way round: they are of the size of the rates of the turned pair."""
    if (len(numbers), pair) >= (len(others), (pair[1], pair[0])):
        return
    middle = _median([other.value for other in others])
    for number in numbers:
        if _is_far_from_one(number.value) and Decimal("0.5") <= number.value / middle <= 2:
            message = (
                f"{number.fact.concept} is {fact_text(number.fact)} {pair[0]} for one {pair[1]}, "
                f"but that many {pair[1]} for one {pair[0]} elsewhere"
            )
            yield subject.finding(INVERTED, number.fact, message, "turn the pair of currencies")


def _implausible_rates(subject: LintSubject, rates: Mapping[tuple[str, str], list[Number]]) -> Iterator[Finding]:
    """Rates of a pair that it never had, while their reciprocals are of its size; each pair is reported once."""
    for (quote, base), numbers in rates.items():
        if quote not in PER_DOLLAR or base not in PER_DOLLAR:
            continue
        low, high = PER_DOLLAR[quote][0] / PER_DOLLAR[base][1], PER_DOLLAR[quote][1] / PER_DOLLAR[base][0]
        wrong = [
            number for number in numbers if not low / 2 <= number.value <= high * 2 and low <= 1 / number.value <= high
        ]
        if wrong and len(wrong) * 2 > len(numbers):  # where most are right, the others are reported beside them
            fact, more = wrong[0].fact, f" ({len(wrong)} rates are so)" if len(wrong) > 1 else ""
            message = f"{fact.concept} is {fact_text(fact)} {quote} for one {base}, which looks turned round{more}"
            yield subject.finding(
                INVERTED, fact, message, f"if it is {base} for one {quote}, write the pair {base} per {quote}"
            )


def _median(values: list[Decimal]) -> Decimal:
    return sorted(values)[len(values) // 2]


def _is_far_from_one(value: Decimal) -> bool:
    return not Decimal("0.4") <= value <= Decimal("2.5")


@rule(TRANSLATED, severity=Severity.WARNING, needs=("currencies",))
def translations(subject: LintSubject) -> Iterator[Finding]:
    """Amounts in two currencies of which one is not the other at the convenience rate."""
    rates = [
        rate_number
        for rate_number in subject.numbers
        if "ConvenienceTranslation" in rate_number.fact.concept.local_name
    ]
    known = {
        pair: rate_number
        for rate_number in rates
        if (pair := _pair(rate_number.fact.unit)) is not None and rate_number.value > 0
    }
    if not known:
        return
    amounts: dict[object, dict[str, Number]] = {}
    for number in subject.numbers:
        currency = number.fact.unit.single_currency if number.fact.unit is not None else None
        if currency is not None:
            amounts.setdefault(_what(number.fact), {}).setdefault(currency, number)
    for same in amounts.values():
        for (quote, base), rate in known.items():
            if quote in same and base in same and not _follows(same[quote], same[base], rate):
                fact = same[base].fact
                message = (
                    f"{fact.concept} is {fact.value} {base} and {same[quote].fact.value} {quote}, "
                    f"which is not the convenience rate of {rate.fact.value}"
                )
                yield subject.finding(TRANSLATED, fact, message, f"divide the amount in {quote} by the rate")


def _what(fact: Fact) -> object:
    """What an amount is of, but for its currency and for a dimension that says it is translated."""
    kept = tuple(dimension for dimension in fact.dimensions if "translation" not in dimension.axis.local_name.lower())
    return (fact.concept, fact.period, kept)


def _follows(amount: Number, translated: Number, rate: Number) -> bool:
    low, high = interval(amount.value, amount.fact.decimals)
    ends = [
        translated_end * rate_end
        for translated_end in interval(translated.value, translated.fact.decimals)
        for rate_end in interval(rate.value, rate.fact.decimals)
    ]
    return min(ends) <= high and low <= max(ends)


@rule(BEYOND, severity=Severity.WARNING, needs=("series",))
def highs_and_lows(subject: LintSubject) -> Iterator[Finding]:
    """A month's high above the year's, or its low below it."""
    groups: dict[object, list[Number]] = {}
    for number in subject.numbers:
        if isinstance(number.fact.period, Duration) and words_of(number.fact.concept) & (HIGHS | LOWS):
            groups.setdefault((number.fact.concept, number.fact.dimensions, number.fact.unit), []).append(number)
    for group in groups.values():
        is_high = bool(words_of(group[0].fact.concept) & HIGHS)
        shortest = min(_days(number.fact) for number in group)
        longer = [number for number in group if _days(number.fact) > shortest]
        for inner in group:
            for outer in longer:
                beyond = inner.value > outer.value if is_high else inner.value < outer.value
                if beyond and _lies_within(inner.fact, outer.fact):
                    message = (
                        f"{inner.fact.concept} is {fact_text(inner.fact)}, beyond the {fact_text(outer.fact)} around it"
                    )
                    yield subject.finding(BEYOND, inner.fact, message, "correct one of the two")


def _days(fact: Fact) -> int:
    return (fact.period.last_day - fact.period.first_day).days if isinstance(fact.period, Duration) else 0


def _lies_within(inner: Fact, outer: Fact) -> bool:
    if not isinstance(inner.period, Duration) or not isinstance(outer.period, Duration):
        return False
    is_inside = outer.period.start <= inner.period.start and inner.period.end <= outer.period.end
    return is_inside and inner.period != outer.period and last_day_of(inner) is not None


BALANCE: Final = "exporter:balanceDiffers"
SUM: Final = "exporter:sumDiffers"
EXPLAINED: Final = "exporter:sumSlip"

_Place = tuple[Context, Unit | None]


@rule(BALANCE, SUM, severity=Severity.WARNING, needs=("identities",))
def identities(subject: LintSubject) -> Iterator[Finding]:
    """Assets that are not liabilities and equity, gross profit that is not revenue less cost."""
    for name, parts in IDENTITIES.items():
        for total in subject.by_name.get(name, ()):
            place = (total.fact.context, total.fact.unit)
            weighted = [(_at(subject.all_at(part, total.fact.context), place), weight) for part, weight in parts]
            known = [(number, Decimal(weight)) for number, weight in weighted if number is not None]
            if len(known) < len(parts) or _agrees(total, known):
                continue
            parts_text = list_text(
                (f"{number.fact.concept} of {number.fact.value}" for number, _ in known), last=" and "
            )
            code = BALANCE if name in ("LiabilitiesAndStockholdersEquity", "EquityAndLiabilities") else SUM
            message = f"{total.fact.concept} of {total.fact.value} is not what {parts_text} make"
            yield subject.finding(code, total.fact, message, "check the figures")


def _at(numbers: Sequence[Number], place: _Place) -> Number | None:
    return next((number for number in numbers if (number.fact.context, number.fact.unit) == place), None)


def _agrees(total: Number, parts: list[tuple[Number, Decimal]], change: Decimal = Decimal(0)) -> bool:
    low = high = change
    for number, weight in parts:
        ends = sorted(end * weight for end in interval(number.value, number.fact.decimals))
        low, high = low + ends[0], high + ends[1]
    least, most = interval(total.value, total.fact.decimals)
    return low <= most and least <= high


@rule(EXPLAINED, severity=Severity.WARNING, needs=("sums",))
def explained_sums(subject: LintSubject) -> Iterator[Finding]:
    """A total that would be the sum of its parts, were it not for one error: of sign or scale, or of two digits."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return
    facts: dict[QName, dict[_Place, Number]] = {}
    for number in subject.numbers:
        facts.setdefault(number.fact.concept, {}).setdefault((number.fact.context, number.fact.unit), number)
    for arcrole in SUMMATIONS:
        for role in taxonomy.roles_of(arcrole):
            network = taxonomy.network(arcrole, role)
            for name in dict.fromkeys(arc.source for arc in network):
                arcs = [(arc.target, arc.weight or Decimal(1)) for arc in network.from_(name)]
                for place, total in facts.get(name, {}).items():
                    parts = [
                        (facts[target][place], weight) for target, weight in arcs if place in facts.get(target, {})
                    ]
                    yield from _explained(subject, total, parts)


def _explained(subject: LintSubject, total: Number, parts: list[tuple[Number, Decimal]]) -> Iterator[Finding]:
    if len(parts) < 2 or _agrees(total, parts):
        return
    for number, weight in parts:
        part = number.value * weight
        if not part:
            continue
        mismatch = f"{total.fact.concept} of {total.fact.value} is not the sum of its parts"
        if _agrees(total, parts, -2 * part):
            message, fix = f"{mismatch}; with the other sign for {number.fact.concept} it is", "check that sign"
        elif factor := next((power for power in _FACTORS if _agrees(total, parts, part * (power - 1))), None):
            message = f"{mismatch}; with {number.fact.concept} times {factor.normalize():f} it is"
            fix = "check the scale of that number"
        else:
            continue
        yield subject.finding(EXPLAINED, number.fact, message, fix)
        return
    difference = abs(total.value - sum((number.value * weight for number, weight in parts), Decimal(0)))
    if _is_transposed(difference) and all(number.fact.decimals == total.fact.decimals for number, _ in parts):
        message = f"{total.fact.concept} of {total.fact.value} differs from the sum of its parts by {difference:f}"
        yield subject.finding(
            EXPLAINED, total.fact, message, "look for two digits that have changed places: the difference is 9 times"
        )


_FACTORS: Final = tuple(Decimal(10) ** power for power in (3, -3, 6, -6))


def _is_transposed(difference: Decimal) -> bool:
    """Whether a difference is what two neighbouring digits that changed places make: nine times a digit."""
    digits = "".join(map(str, difference.as_tuple().digits)).rstrip("0").lstrip("0")
    return digits in {"9", "18", "27", "36", "45", "54", "63", "72", "81"} and difference >= 9
