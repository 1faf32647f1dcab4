"""Which fact of one report is which of another: equal, nearest, or only there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import Final

from attrs import define, frozen

from exporter.model.fact import Fact
from exporter.model.forms import Forms, Parts, differing

# One axis differs: it is absent on one side, has another value, or another axis stands in its place.
_ONE_AXIS: Final = "one axis"
_SINGLE: Final = (_ONE_AXIS, "period", "unit", "language", "entity")


def _steps() -> Iterator[frozenset[str]]:
    """What may differ, from the nearest on: first all aspects agree, then one differs, then two (the value is one)."""
    yield frozenset({"decimals"})
    yield frozenset({"value"})
    yield frozenset({"value", "decimals"})
    for one in _SINGLE:
        yield frozenset({one})
        yield frozenset({one, "decimals"})
    for pair in combinations(_SINGLE, 2):
        yield frozenset({*pair, "decimals"})
    yield frozenset({"dimensions", "decimals"})
    for one in _SINGLE:
        yield frozenset({one, "value", "decimals"})


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
    """The order in which facts are told: by concept, whose, when, and so on, whatever their ids."""
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
    pairs = [(one, one.partner) for one in gone if one.partner is not None]
    pairs.sort(key=lambda pair: sorted((pair[0].parts, pair[1].parts)))
    names: dict[Hashable, tuple[str, ...]] = {}
    for number, pair in enumerate(pairs):
        names |= {forms.identity(each.fact): ("changed", f"{number:012}") for each in pair}
    return Pairing(
        added=tuple(each.fact for each in come if each.partner is None),
        removed=tuple(each.fact for each in gone if each.partner is None),
        changed=tuple((one.fact, other.fact, differing(one.parts, other.parts)) for one, other in pairs),
        common=common,
        names=names,
    )


def _beyond(facts: Iterable[Fact], surplus: Set[Hashable], forms: Forms) -> list[_Left]:
    """The facts that only one report has, sorted; of equal ones that with the first id."""
    if not surplus:
        return []
    found: dict[Hashable, list[_Left]] = {}
    for fact in facts:
        identity = forms.identity(fact)
        if identity in surplus:
            found.setdefault(identity, []).append(_Left(fact, forms.parts(fact)))
    return sorted((min(group, key=_order_of_equals) for group in found.values()), key=_order)


def _order_of_equals(left: _Left) -> tuple[Parts, str]:
    return left.parts, left.fact.id or ""


def _order(left: _Left) -> Parts:
    return left.parts


def _pair(gone: list[_Left], come: list[_Left]) -> None:
    """Find partners step by step, so that the nearest are found first."""
    concepts = {each.parts.concept for each in gone} & {each.parts.concept for each in come}
    gone = [each for each in gone if each.parts.concept in concepts]
    come = [each for each in come if each.parts.concept in concepts]
    for step in _STEPS:
        if _can_meet(gone, come, step):
            _join(gone, come, step)
            gone = [each for each in gone if each.partner is None]
            come = [each for each in come if each.partner is None]


_WHOLE: Final = ("entity", "period", "unit", "language", "value", "decimals")


def _can_meet(gone: Sequence[_Left], come: Sequence[_Left], step: frozenset[str]) -> bool:
    """Whether the sides share something of each aspect that must agree; a cheap look before the dear one."""
    for name in _WHOLE:
        if name not in step:
            found = {getattr(each.parts, name) for each in gone}
            if not any(getattr(each.parts, name) in found for each in come):
                return False
    return bool(gone and come)


def _join(gone: Iterable[_Left], come: Iterable[_Left], step: frozenset[str]) -> None:
    left, right = _by_key(gone, step), _by_key(come, step)
    for key in sorted(left.keys() & right.keys()):
        ones = (each for each in left[key] if each.partner is None)
        others = (each for each in right[key] if each.partner is None)
        for one, other in list(zip(ones, others, strict=False)):
            one.partner, other.partner = other, one


def _by_key(facts: Iterable[_Left], step: frozenset[str]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Left]]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Left]] = {}
    for each in facts:
        parts = each.parts
        fixed = (
            parts.concept,
            *("" if "entity" in step else parts.entity, "" if "period" in step else parts.period),
            *("" if "unit" in step else parts.unit, "" if "language" in step else parts.language),
            *("" if "value" in step else parts.value, "" if "decimals" in step else parts.decimals),
        )
        for cut in _cuts(parts.dimensions, step):
            found.setdefault((fixed, cut), []).append(each)
    return found


def _cuts(dimensions: tuple[str, ...], step: frozenset[str]) -> Iterator[tuple[str, ...]]:
    if "dimensions" in step:
        yield ()
        return
    yield dimensions
    if _ONE_AXIS in step:
        for index in range(len(dimensions)):
            yield dimensions[:index] + dimensions[index + 1 :]
