"""Facts: a value of a concept in a context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, overload

from attrs import field, frozen

from exporter.model.dimensions import Context, Dimension, Entity
from exporter.model.period import Period
from exporter.model.qname import QName
from exporter.model.unit import Unit

# ASCII only: Decimal() would also take other digits, underscores and blanks.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_MOST_IN_REPR = 2
_SPECIAL = {"INF": Decimal("Infinity"), "+INF": Decimal("Infinity"), "-INF": Decimal("-Infinity")}


def parse_number(text: str) -> Decimal | None:
    """The exact number that ``text`` writes (XML Schema forms), or ``None``; NaN is ``None``."""
    text = text.strip(" \t\r\n")
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return _SPECIAL.get(text)


def has_excess_digits(value: Decimal, decimals: int | None) -> bool:
    """Whether there are digits beyond what ``decimals`` says is accurate."""
    if decimals is None or not value:
        return False
    digits = value.as_tuple()
    beyond = -decimals - int(digits.exponent)
    return beyond > 0 and any(digits.digits[-beyond:])


@frozen(eq=False, weakref_slot=False)
class Fact:
    """One reported value.

    ``value`` is text in the lexical space of the concept's data type, or ``None`` for nil. QName values are in
    Clark notation, enumeration values ``namespace#local`` (sets: separated by one space) where the type is known.
    ``decimals`` is the accuracy in powers of ten; ``None`` means infinite accuracy, or no number at all. A numeric
    fact without ``unit`` is pure. ``id`` takes no part in equality.

    Equal facts have the same concept, context, unit, language (without case), decimals and value; values of facts
    that are seen to be numeric (they have a unit or decimals) compare as numbers (OIM 1.0, digest 1.9).
    """

    concept: QName
    context: Context
    value: str | None
    decimals: int | None = None
    unit: Unit | None = None
    language: str | None = None
    id: str | None = field(default=None, kw_only=True)

    @property
    def entity(self) -> Entity | None:
        """Whose fact it is."""
        return self.context.entity

    @property
    def period(self) -> Period:
        """The time that the fact is of."""
        return self.context.period

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the fact is cut by."""
        return self.context.dimensions

    @property
    def is_nil(self) -> bool:
        """Whether the fact is reported without a value."""
        return self.value is None

    @property
    def looks_numeric(self) -> bool:
        """Whether unit or decimals give the fact away as a number; pure exact numbers do not show it."""
        return self.unit is not None or self.decimals is not None

    @property
    def number(self) -> Decimal | None:
        """The value as an exact number, or ``None`` where it is nil or no number."""
        return None if self.value is None else parse_number(self.value)

    @property
    def aspects(self) -> tuple[QName, Context, Unit | None, str | None]:
        """All that identifies the fact: facts that agree here are duplicates."""
        return (self.concept, self.context, self.unit, self.language and self.language.lower())

    @property
    def _comparable(self) -> Any:
        number = self.number if self.looks_numeric else None
        return self.value if number is None else number

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fact):
            return NotImplemented
        if self.decimals != other.decimals or self.aspects != other.aspects:
            return False
        return self.value == other.value or self._comparable == other._comparable

    def __hash__(self) -> int:
        return hash((self.aspects, self.decimals, self._comparable))


class _FactDraft:
    """A fact in the making; of the same layout as `Fact`, so that it can become one.

    Filling a frozen object takes three times as long, which shows where facts come by the million.
    """

    __slots__ = ("concept", "context", "decimals", "id", "language", "unit", "value")

    def __init__(
        self,
        concept: QName,
        context: Context,
        value: str | None,
        decimals: int | None,
        unit: Unit | None,
        language: str | None,
        id_: str | None,
    ) -> None:
        self.concept = concept
        self.context = context
        self.value = value
        self.decimals = decimals
        self.unit = unit
        self.language = language
        self.id = id_


def make_fact(
    concept: QName,
    context: Context,
    value: str | None,
    decimals: int | None,
    unit: Unit | None,
    language: str | None,
    id_: str | None,
) -> Fact:
    """The same as ``Fact(…)``, for readers of many facts: it takes a third of the time."""
    fact: Any = _FactDraft(concept, context, value, decimals, unit, language, id_)
    fact.__class__ = Fact
    return fact  # type: ignore[no-any-return]


class Facts(Sequence[Fact]):
    """The facts of a report: kept in order, equal as sets (the OIM has no order)."""

    __slots__ = ("_facts",)
    _facts: tuple[Fact, ...]

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts = facts._facts if isinstance(facts, Facts) else tuple(facts)

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> Facts: ...
    def __getitem__(self, index: int | slice) -> Fact | Facts:
        return Facts(self._facts[index]) if isinstance(index, slice) else self._facts[index]

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Facts | tuple | list | set | frozenset):
            # What is read back is mostly in the same order: no fact is hashed then.
            return self._facts == tuple(other) or set(self._facts) == set(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._facts))

    def __repr__(self) -> str:
        """The first facts and the number of the others: a filing has thousands."""
        first = list(map(repr, self._facts[:_MOST_IN_REPR]))
        more = len(self._facts) - len(first)
        return f"Facts([{', '.join([*first, *([f'… {more:,} more'] if more else [])])}])"
