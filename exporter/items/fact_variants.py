"""Facts for one field: those that make several items, and those that say the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Final

from exporter.errors import ModelError
from exporter.items.bound import BoundOption
from exporter.items.fact_groups import Facts
from exporter.model.duplicates import Agreement, DuplicateSet, agreement
from exporter.model.fact import Fact
from exporter.namespaces import ISO4217

# Facts that differ in currency and in language are read as one item for each pair of both; more are no item's facts.
_MOST_VARIANTS: Final = 256


def split_variants(facts: Facts) -> list[Facts]:
    """The facts of one item each: of facts for one field those that differ in currency or in language are apart.

    What has neither, or a currency in which nothing is stated twice, belongs to every one.

    Raises:
        ModelError: so many currencies and languages that no items can have been meant.
    """
    currencies = _repeated(facts, _currency)
    languages: list[str | None] = list(
        dict.fromkeys(found for _, fact in facts if (found := _language(fact)) is not None)
    )
    languages = languages or [None]
    if len(currencies) == len(languages) == 1:
        return [facts]
    if len(currencies) * len(languages) > _MOST_VARIANTS:
        raise ModelError(f"they stand in {len(currencies)} currencies and {len(languages)} languages")
    return [
        [
            (bound, fact)
            for bound, fact in facts
            if ((own := _currency(fact)) == currency or own not in currencies) and _language(fact) in (None, language)
        ]
        for currency in currencies
        for language in languages
    ]


def _repeated(facts: Facts, of: Callable[[Fact], str | None]) -> list[str | None]:
    """The different values of ``of`` among the facts for one field, for the fields where there are several."""
    by_field: dict[tuple[str, str | None], dict[str | None, None]] = {}
    for bound, fact in facts:
        if (found := of(fact)) is not None:
            by_field.setdefault((bound.option.field, bound.option.part), {})[found] = None
    several = (found for found in by_field.values() if len(found) > 1)
    return list(dict.fromkeys(itertools.chain.from_iterable(several))) or [None]


def one_for_each_field(facts: Facts) -> Iterator[tuple[BoundOption, Fact]]:
    """One fact for each field and part: of duplicates that agree the most accurate.

    Raises:
        ModelError: a field has facts that contradict each other.
    """
    by_field: dict[tuple[str, str | None], Facts] = {}
    for bound, fact in facts:
        by_field.setdefault((bound.option.field, bound.option.part), []).append((bound, fact))
    for found in by_field.values():
        if len(found) == 1:
            yield found[0]
            continue
        several = tuple(fact for _, fact in found)
        agreed = agreement(several)
        if agreed is Agreement.INCONSISTENT or len({fact.aspects for fact in several}) > 1:
            raise ModelError(f"{several[0].concept.local_name} is reported several times and differently")
        best = DuplicateSet(several, agreed).best
        yield next(pair for pair in found if pair[1] is best)


def _currency(fact: Fact) -> str | None:
    """The currency of an amount, in all or for each share; a rate between two currencies has none."""
    unit = fact.unit
    if unit is None or unit.numerators[0].namespace != ISO4217:
        return None
    return None if any(each.namespace == ISO4217 for each in unit.denominators) else unit.numerators[0].local_name


def _language(fact: Fact) -> str | None:
    return fact.language and fact.language.lower()
