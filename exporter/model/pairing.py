"""Pair the facts of two reports: equal ones, nearest ones, and those that only one report has.

Facts are compared in a form that does not depend on the syntax they were read from.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from attrs import define, evolve, frozen

from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact, parse_number
from exporter.model.period import Forever
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit

ASPECTS: Final = ("value", "decimals", "unit", "period", "dimensions", "language", "entity")
"""What two facts of one concept may differ in, in the order of reporting."""


class Parts(NamedTuple):
    """A fact as text that sorts, equal for equal facts; ``id`` comes last and only settles the order."""

    concept: str
    entity: str
    period: str
    dimensions: tuple[str, ...]
    unit: str
    language: str
    value: str
    decimals: str
    id: str


class Forms:
    """Brings values to one form by what any of the vocabularies knows of their types."""

    def __init__(self, *vocabularies: Vocabulary) -> None:
        self._vocabularies = vocabularies
        self._types: dict[QName, DataType | None] = {}
        self._contexts: dict[Context, Context] = {}

    def identity(self, fact: Fact) -> Hashable:
        """Equal for facts with the same meaning."""
        language = fact.language
        return (
            fact.concept,
            self.context(fact.context),
            fact.unit,
            language and language.lower(),
            self.value(fact),
            fact.decimals,
        )

    def value(self, fact: Fact) -> Hashable:
        """The value in the value space of its type: a number, or text in canonical form; ``None`` for nil."""
        text = fact.value
        if text is None:
            return None
        datatype = self._type(fact.concept)
        if fact.looks_numeric or (datatype is not None and datatype.is_numeric):
            number = parse_number(text)
            return text.strip(" \t\r\n") if number is None else number
        return _canonical(datatype, text)

    def context(self, context: Context) -> Context:
        """The context with the values of its typed dimensions in one form."""
        shortened = self._contexts.get(context)
        if shortened is None:
            shortened = self._contexts[context] = evolve(context, dimensions=tuple(map(self._cut, context.dimensions)))
        return shortened

    def _cut(self, dimension: Dimension) -> Dimension:
        if isinstance(dimension, ExplicitDimension) or dimension.value is None:
            return dimension
        domains = (vocabulary.typed_domains.get(dimension.axis) for vocabulary in self._vocabularies)
        domain = next(filter(None, domains), None)
        datatype = None if domain is None else self._type(domain)
        return TypedDimension(dimension.axis, _canonical(datatype, dimension.value))

    def _type(self, name: QName) -> DataType | None:
        if name not in self._types:
            known = (vocabulary.datatypes.get(name) for vocabulary in self._vocabularies)
            self._types[name] = next((datatype for datatype in known if datatype is not None), None)
        return self._types[name]

    def parts(self, fact: Fact) -> Parts:
        """The fact as text, equal for facts with the same identity."""
        context = self.context(fact.context)
        entity, value = context.entity, self.value(fact)
        return Parts(
            concept=fact.concept.clark,
            entity="" if entity is None else f"{entity.scheme} {entity.identifier}",
            period="" if isinstance(context.period, Forever) else context.period.oim,
            dimensions=tuple(map(_dimension_text, context.dimensions)),
            unit=_unit_text(fact.unit),
            language=(fact.language or "").lower(),
            value=_value_text(value),
            decimals="" if fact.decimals is None else str(fact.decimals),
            id=fact.id or "",
        )


def differing(before: Parts, after: Parts) -> tuple[str, ...]:
    """The aspects in which two facts of one concept differ."""
    return tuple(name for name in ASPECTS if getattr(before, name) != getattr(after, name))


def _canonical(datatype: DataType | None, text: str) -> str:
    if datatype is None or datatype.base == "string" or not datatype.is_valid(text):
        return text
    return datatype.canonical(text)


def _dimension_text(dimension: Dimension) -> str:
    if isinstance(dimension, ExplicitDimension):
        return f"{dimension.axis.clark} {dimension.member.clark}"
    return f"{dimension.axis.clark} nil" if dimension.value is None else f"{dimension.axis.clark} ={dimension.value}"


def _unit_text(unit: Unit | None) -> str:
    if unit is None:
        return ""
    top, bottom = (" ".join(measure.clark for measure in side) for side in (unit.numerators, unit.denominators))
    return f"{top} / {bottom}" if bottom else top


def _value_text(value: Hashable) -> str:
    """Numbers as digits and exponent, so that one number has one text however large it is."""
    if value is None:
        return "nil"
    if not isinstance(value, Decimal) or not value.is_finite():
        return f"={value}"
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits))
    kept = text.rstrip("0").lstrip("0")
    if not kept:
        return "=0"
    return f"={'-' if sign else ''}{kept}E{int(exponent) + len(text) - len(text.rstrip('0'))}"


# One axis differs: it is absent on one side, has another value, or another axis stands in its place.
_ONE_AXIS: Final = "one axis"
_SINGLE: Final = (_ONE_AXIS, "period", "unit", "language", "entity")


def _steps() -> Iterator[frozenset[str]]:
    """What may differ, from the nearest on: first all aspects agree, then one differs, then two (the value is one)."""
    yield frozenset({"decimals"})
    yield frozenset({"value"})
    yield frozenset({"value", "decimals"})
    for name in _SINGLE:
        yield frozenset({name})
        yield frozenset({name, "decimals"})
    for pair in combinations(_SINGLE, 2):
        yield frozenset({*pair, "decimals"})
    yield frozenset({"dimensions", "decimals"})
    for name in _SINGLE:
        yield frozenset({name, "value", "decimals"})


_STEPS: Final = tuple(_steps())


@frozen
class Pairing:
    """How the facts of two reports go together, equal ones taken as one; in an order that does not depend on theirs.

    ``changed`` has pairs of facts of one concept that differ in at most two aspects (the value is one, decimals are
    none), with the names of the aspects.
    """

    added: tuple[Fact, ...]
    removed: tuple[Fact, ...]
    changed: tuple[tuple[Fact, Fact, tuple[str, ...]], ...]
    _common: Set[Hashable]
    _names: Mapping[Hashable, tuple[str, ...]]

    def name_of(self, fact: Fact, forms: Forms) -> tuple[str, ...] | None:
        """A name that a fact shares with what it is in the other report; ``None`` where it is only in one."""
        identity = forms.identity(fact)
        name = self._names.get(identity)
        if name is not None:
            return name
        return ("same", *_flat(forms.parts(fact))) if identity in self._common else None


def _flat(parts: Parts) -> Iterator[str]:
    yield from (parts.concept, parts.entity, parts.period, parts.unit, parts.language, parts.value, parts.decimals)
    yield from parts.dimensions


def fact_order(fact: Fact) -> Parts:
    """The order in which facts are listed: by concept, whose, when, and so on, whatever their ids."""
    return _PLAIN.parts(fact)


_PLAIN: Final = Forms()


@define(eq=False)
class _Left:
    """A fact without its counterpart so far."""

    fact: Fact
    parts: Parts
    partner: _Left | None = None


def pair_facts(before: Iterable[Fact], after: Iterable[Fact], forms: Forms) -> Pairing:
    """Pair the facts of two reports, each at most once; cost grows with their number, not with its square.

    A document may state a fact at several places: that is one fact.
    """
    before, after = tuple(before), tuple(after)
    left, right = set(map(forms.identity, before)), set(map(forms.identity, after))
    common = left & right
    gone = _beyond(before, left - common, forms)
    come = _beyond(after, right - common, forms)
    _pair(gone, come)
    pairs = [(old, old.partner) for old in gone if old.partner is not None]
    pairs.sort(key=lambda pair: sorted((pair[0].parts, pair[1].parts)))
    names: dict[Hashable, tuple[str, ...]] = {}
    for number, pair in enumerate(pairs):
        names |= {forms.identity(entry.fact): ("changed", f"{number:012}") for entry in pair}
    return Pairing(
        added=tuple(entry.fact for entry in come if entry.partner is None),
        removed=tuple(entry.fact for entry in gone if entry.partner is None),
        changed=tuple((old.fact, new.fact, differing(old.parts, new.parts)) for old, new in pairs),
        common=common,
        names=names,
    )


def _beyond(facts: Iterable[Fact], surplus: Set[Hashable], forms: Forms) -> list[_Left]:
    """The facts that only one report has, sorted; of equal ones that with the first id."""
    if not surplus:
        return []
    groups: dict[Hashable, list[_Left]] = {}
    for fact in facts:
        identity = forms.identity(fact)
        if identity in surplus:
            groups.setdefault(identity, []).append(_Left(fact, forms.parts(fact)))
    return sorted((min(group, key=_order_of_equals) for group in groups.values()), key=_order)


def _order_of_equals(left: _Left) -> tuple[Parts, str]:
    return left.parts, left.fact.id or ""


def _order(left: _Left) -> Parts:
    return left.parts


def _pair(gone: list[_Left], come: list[_Left]) -> None:
    """Find partners step by step, so that the nearest are found first."""
    concepts = {fact.parts.concept for fact in gone} & {fact.parts.concept for fact in come}
    gone = [fact for fact in gone if fact.parts.concept in concepts]
    come = [fact for fact in come if fact.parts.concept in concepts]
    for step in _STEPS:
        if _can_meet(gone, come, step):
            _join(gone, come, step)
            gone = [fact for fact in gone if fact.partner is None]
            come = [fact for fact in come if fact.partner is None]


_WHOLE: Final = ("entity", "period", "unit", "language", "value", "decimals")


def _can_meet(gone: Sequence[_Left], come: Sequence[_Left], step: frozenset[str]) -> bool:
    """Whether the sides share something of each aspect that must agree; a cheap test before the expensive one."""
    for name in _WHOLE:
        if name not in step:
            values = {getattr(fact.parts, name) for fact in gone}
            if not any(getattr(fact.parts, name) in values for fact in come):
                return False
    return bool(gone and come)


def _join(gone: Iterable[_Left], come: Iterable[_Left], step: frozenset[str]) -> None:
    left, right = _by_key(gone, step), _by_key(come, step)
    for key in sorted(left.keys() & right.keys()):
        ones = (fact for fact in left[key] if fact.partner is None)
        others = (fact for fact in right[key] if fact.partner is None)
        for before, after in list(zip(ones, others, strict=False)):
            before.partner, after.partner = after, before


def _by_key(facts: Iterable[_Left], step: frozenset[str]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Left]]:
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Left]] = {}
    for fact in facts:
        parts = fact.parts
        fixed = (
            parts.concept,
            *("" if "entity" in step else parts.entity, "" if "period" in step else parts.period),
            *("" if "unit" in step else parts.unit, "" if "language" in step else parts.language),
            *("" if "value" in step else parts.value, "" if "decimals" in step else parts.decimals),
        )
        for cut in _cuts(parts.dimensions, step):
            groups.setdefault((fixed, cut), []).append(fact)
    return groups


def _cuts(dimensions: tuple[str, ...], step: frozenset[str]) -> Iterator[tuple[str, ...]]:
    if "dimensions" in step:
        yield ()
        return
    yield dimensions
    if _ONE_AXIS in step:
        for index in range(len(dimensions)):
            yield dimensions[:index] + dimensions[index + 1 :]
