"""Sums that do not come out, with the slip that would explain it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.dimensions import Context
from exporter.model.duplicates import interval
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.taxonomy.networks import SUMMATIONS
from exporter.validation.lints.subject import LintSubject, Number, slip
from exporter.validation.lints.words import IDENTITIES

BALANCE: Final = "exporter:balanceDiffers"
SUM: Final = "exporter:sumDiffers"
EXPLAINED: Final = "exporter:sumSlip"

_Place = tuple[Context, Unit | None]


def identities(subject: LintSubject) -> Iterator[Finding]:
    """Assets that are not liabilities and equity, gross profit that is not revenue less cost."""
    for name, parts in IDENTITIES.items():
        for total in subject.by_name.get(name, ()):
            place = (total.fact.context, total.fact.unit)
            found = [(_at(subject.all_at(part, total.fact.context), place), weight) for part, weight in parts]
            known = [(one, Decimal(weight)) for one, weight in found if one is not None]
            if len(known) < len(parts) or _agrees(total, known):
                continue
            said = list_text((f"{one.fact.concept} of {one.fact.value}" for one, _ in known), last=" and ")
            code = BALANCE if name in ("LiabilitiesAndStockholdersEquity", "EquityAndLiabilities") else SUM
            message = f"{total.fact.concept} of {total.fact.value} is not what {said} make"
            yield slip(code, total.fact, message, "check the figures")


def _at(numbers: Sequence[Number], place: _Place) -> Number | None:
    return next((one for one in numbers if (one.fact.context, one.fact.unit) == place), None)


def _agrees(total: Number, parts: list[tuple[Number, Decimal]], change: Decimal = Decimal(0)) -> bool:
    low = high = change
    for one, weight in parts:
        ends = sorted(end * weight for end in interval(one.value, one.fact.decimals))
        low, high = low + ends[0], high + ends[1]
    least, most = interval(total.value, total.fact.decimals)
    return low <= most and least <= high


def explained_sums(subject: LintSubject) -> Iterator[Finding]:
    """A total that would be the sum of its parts, were it not for one slip: in sign or scale, or of two digits."""
    taxonomy = subject.taxonomy
    if taxonomy is None:
        return
    facts: dict[QName, dict[_Place, Number]] = {}
    for one in subject.numbers:
        facts.setdefault(one.fact.concept, {}).setdefault((one.fact.context, one.fact.unit), one)
    for arcrole in SUMMATIONS:
        for role in taxonomy.roles_of(arcrole):
            network = taxonomy.network(arcrole, role)
            for name in dict.fromkeys(arc.source for arc in network):
                arcs = [(arc.target, arc.weight or Decimal(1)) for arc in network.from_(name)]
                for place, total in facts.get(name, {}).items():
                    parts = [
                        (facts[target][place], weight) for target, weight in arcs if place in facts.get(target, {})
                    ]
                    yield from _explained(total, parts)


def _explained(total: Number, parts: list[tuple[Number, Decimal]]) -> Iterator[Finding]:
    if len(parts) < 2 or _agrees(total, parts):
        return
    for one, weight in parts:
        part = one.value * weight
        if not part:
            continue
        said = f"{total.fact.concept} of {total.fact.value} is not the sum of its parts"
        if _agrees(total, parts, -2 * part):
            message, mend = f"{said}; with the other sign for {one.fact.concept} it is", "check that sign"
        elif factor := next((each for each in _FACTORS if _agrees(total, parts, part * (each - 1))), None):
            message = f"{said}; with {one.fact.concept} times {factor.normalize():f} it is"
            mend = "check the scale of that number"
        else:
            continue
        yield slip(EXPLAINED, one.fact, message, mend)
        return
    difference = abs(total.value - sum((one.value * weight for one, weight in parts), Decimal(0)))
    if _is_transposed(difference) and all(one.fact.decimals == total.fact.decimals for one, _ in parts):
        message = f"{total.fact.concept} of {total.fact.value} differs from the sum of its parts by {difference:f}"
        yield slip(
            EXPLAINED, total.fact, message, "look for two digits that have changed places: the difference is 9 times"
        )


_FACTORS: Final = tuple(Decimal(10) ** power for power in (3, -3, 6, -6))


def _is_transposed(difference: Decimal) -> bool:
    """Whether a difference is what two neighbouring digits that changed places make: nine times a digit."""
    digits = "".join(map(str, difference.as_tuple().digits)).rstrip("0").lstrip("0")
    return digits in {"9", "18", "27", "36", "45", "54", "63", "72", "81"} and difference >= 9
