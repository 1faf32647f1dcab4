"""Relationships between concepts, and the networks they make up (XBRL 2.1 section 5.2, Dimensions 1.0).

A network is what one arcrole and one link role hold together; relationships of different roles never mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from attrs import field, frozen
from attrs.converters import optional

from exporter.model.qname import QName
from exporter.model.report import as_tuple
from exporter.namespaces import ROLE_LINK

_DIMENSIONAL: Final = "http://xbrl.org/int/dim/arcrole/"
_XBRL: Final = "http://www.xbrl.org/2003/arcrole/"

PARENT_CHILD: Final = _XBRL + "parent-child"
SUMMATION_ITEM: Final = "https://xbrl.org/2023/arcrole/summation-item"
SUMMATION_ITEM_2003: Final = _XBRL + "summation-item"
CONCEPT_LABEL: Final = _XBRL + "concept-label"
ELEMENT_LABEL: Final = "http://xbrl.org/arcrole/2008/element-label"
CONCEPT_REFERENCE: Final = _XBRL + "concept-reference"
GENERAL_SPECIAL: Final = _XBRL + "general-special"
ESSENCE_ALIAS: Final = _XBRL + "essence-alias"
SIMILAR_TUPLES: Final = _XBRL + "similar-tuples"
REQUIRES_ELEMENT: Final = _XBRL + "requires-element"
ALL: Final = _DIMENSIONAL + "all"
NOT_ALL: Final = _DIMENSIONAL + "notAll"
HYPERCUBE_DIMENSION: Final = _DIMENSIONAL + "hypercube-dimension"
DIMENSION_DOMAIN: Final = _DIMENSIONAL + "dimension-domain"
DOMAIN_MEMBER: Final = _DIMENSIONAL + "domain-member"
DIMENSION_DEFAULT: Final = _DIMENSIONAL + "dimension-default"
WIDER_NARROWER: Final = "http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"

DIMENSIONAL: Final = (ALL, NOT_ALL, HYPERCUBE_DIMENSION, DIMENSION_DOMAIN, DOMAIN_MEMBER, DIMENSION_DEFAULT)
"""The arcroles of Dimensions 1.0."""
SUMMATIONS: Final = (SUMMATION_ITEM, SUMMATION_ITEM_2003)
"""Calculations 1.1 and the calculations of XBRL 2.1."""

ContextElement = Literal["segment", "scenario"]


@frozen(kw_only=True, cache_hash=True)
class Relationship:
    """From one concept to another.

    ``order`` sorts siblings. ``weight`` belongs to calculations, ``preferred_label`` to presentations, the rest to the
    arcroles of Dimensions 1.0: ``context_element`` and ``closed`` to has-hypercube relationships, ``usable`` to
    members, ``target_role`` names the link role in which the relationships that follow stand.
    """

    arcrole: str
    source: QName
    target: QName
    role: str = ROLE_LINK
    order: Decimal = field(default=Decimal(1), converter=Decimal)
    weight: Decimal | None = field(default=None, converter=optional(Decimal))
    preferred_label: str | None = None
    target_role: str | None = None
    context_element: ContextElement | None = None
    closed: bool = False
    usable: bool = True

    @property
    def next_role(self) -> str:
        """The link role in which the consecutive relationships stand (Dimensions 1.0 section 2.4)."""
        return self.target_role or self.role


def _sort_key(relationship: Relationship) -> tuple[Decimal, tuple[str, str], str]:
    return (relationship.order, relationship.target.sort_key, relationship.preferred_label or "")


@frozen
class Network:
    """The relationships of one arcrole in one role; children come in the order of ``order``."""

    relationships: tuple[Relationship, ...] = field(converter=as_tuple)

    def __iter__(self) -> Iterator[Relationship]:
        return iter(self.relationships)

    def __len__(self) -> int:
        return len(self.relationships)

    @cached_property
    def _by_source(self) -> Mapping[QName, tuple[Relationship, ...]]:
        return _grouped((relationship.source, relationship) for relationship in self.relationships)

    @cached_property
    def _by_target(self) -> Mapping[QName, tuple[Relationship, ...]]:
        return _grouped((relationship.target, relationship) for relationship in self.relationships)

    def from_(self, source: QName) -> tuple[Relationship, ...]:
        """What leads from ``source``."""
        return self._by_source.get(source, ())

    def to(self, target: QName) -> tuple[Relationship, ...]:
        """What leads to ``target``."""
        return self._by_target.get(target, ())

    @property
    def roots(self) -> tuple[QName, ...]:
        """Sources that are no targets, in the order in which they first occur."""
        return tuple(source for source in self._by_source if source not in self._by_target)

    def walk(self, start: QName, depth: int = 0) -> Iterator[tuple[int, Relationship]]:
        """Depth and relationship below ``start``, parents before children; a cycle is walked once."""
        yield from self._walk(start, depth, {start})

    def _walk(self, start: QName, depth: int, above: set[QName]) -> Iterator[tuple[int, Relationship]]:
        stack: list[tuple[int, Iterator[Relationship], QName]] = [(depth, iter(self.from_(start)), start)]
        while stack:
            level, children, node = stack[-1]
            relationship = next(children, None)
            if relationship is None:
                stack.pop()
                above.discard(node)
                continue
            yield level, relationship
            if relationship.target not in above:
                above.add(relationship.target)
                stack.append((level + 1, iter(self.from_(relationship.target)), relationship.target))


def _grouped(pairs: Iterable[tuple[QName, Relationship]]) -> Mapping[QName, tuple[Relationship, ...]]:
    groups: dict[QName, list[Relationship]] = {}
    for name, relationship in pairs:
        groups.setdefault(name, []).append(relationship)
    return {name: tuple(sorted(arcs, key=_sort_key)) for name, arcs in groups.items()}
