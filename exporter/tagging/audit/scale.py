"""What fits a whole document: figures that are the items' but for one power of ten, or for the decimal mark.

A document in thousands beside items written in millions, or one with decimal commas read under points, states no fact
at all: one finding names the reason instead of one for each figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from exporter.findings import Finding, Location, Severity
from exporter.items.values.languages import DecimalMark
from exporter.items.values.numerals import shift
from exporter.items.values.printed import PrintedValue, SurfaceKind, find_values
from exporter.tagging.document.document import DocumentText
from exporter.tagging.search.expected import ExpectedFact
from exporter.tagging.search.search import Placements
from exporter.tagging.search.weights import FEW, FIGURES

_POWERS: Final = (3, -3, 6, -6, 9, -9)
_FACTORS: Final = {3: "1,000", 6: "1,000,000", 9: "1,000,000,000"}


def other_scale(document: DocumentText, expected: Sequence[ExpectedFact], placements: Placements) -> Iterator[Finding]:
    """The finding, where no number is placed and most numbers of the items stand there otherwise."""
    numbers = {fact.id: abs(fact.number) for fact in expected if fact.number}
    if len(numbers) < FEW or any(placement.fact in numbers for placement in placements.placements):
        return
    values = set(numbers.values())
    printed = _values(placements, placements.surroundings.surfaces)
    power = _common_power(printed, values)
    location = Location(file=document.name)
    if power is not None:
        yield _power_finding(power, location)
    elif mark := _other_mark(placements, values, printed):
        yield Finding(
            code="exporter:otherScale",
            severity=Severity.WARNING,
            message=f"no figure is the items', but most are with {mark!r} as the decimal mark",
            location=location,
            fix=f"give `--decimal-mark {mark}`",
        )


def _power_finding(power: int, location: Location) -> Finding:
    factor, times = _FACTORS[abs(power)], "greater" if power > 0 else "smaller"
    return Finding(
        code="exporter:otherScale",
        severity=Severity.WARNING,
        message=f"no figure of the document is the items', but most are where the items' are {factor} times {times}",
        location=location,
        fix="correct the scale in the items (`JPY 34.4 billion`, or `scale` beside `value`), or the words over the "
        "document's tables that give theirs (in thousands, in millions)",
    )


def _values(placements: Placements, surfaces: Iterable[PrintedValue]) -> set[Decimal]:
    """What is printed under the scale that is declared, of numbers with digits enough not to agree by chance."""
    values: set[Decimal] = set()
    for number in surfaces:
        if number.kind is SurfaceKind.NUMBER and number.figures >= FIGURES:
            scales = placements.scorer.units.possible_scales(number)
            values |= {abs(number.amount(scale)) for scale in [scale for scale in scales if scale] or [0]}
    return values


def _common_power(printed: set[Decimal], values: set[Decimal]) -> int | None:
    """The power of ten by which most of the values differ from what is printed."""
    counts = Counter({power: sum(shift(value, -power) in printed for value in values) for power in _POWERS})
    power, count = counts.most_common(1)[0]
    return power if _are_most(count, values) else None


def _other_mark(placements: Placements, values: set[Decimal], printed: set[Decimal]) -> str | None:
    """The decimal mark under which most of the values stand there."""
    mark: DecimalMark = "," if placements.surroundings.decimal_mark == "." else "."
    text, language = placements.surroundings.text, placements.surroundings.language
    under = _values(placements, find_values(text, decimal_mark=mark, language=language))
    return mark if _are_most(len(values & (under - printed)), values) else None


def _are_most(count: int, values: set[Decimal]) -> bool:
    return count >= FEW and 2 * count > len(values)
