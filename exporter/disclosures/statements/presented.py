"""Which facts a statement's tree presents, and in which columns they stand.

Columns are the periods and members that most rows have facts of. A further column is made of facts that nothing else
presents: the periods of notes are none of the statement's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Final

from attrs import frozen

from exporter.disclosures.statements.statement_roles import StatementRole
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.taxonomy.networks import PARENT_CHILD, Network
from exporter.taxonomy.taxonomy import Taxonomy

Period = Instant | Duration
ColumnKey = tuple[Period, tuple[Dimension, ...]]

_FEWEST: Final = 4  # of how many rows one has a value in a column that is usual
_ENDS: Final = ("Axis", "Domain", "Member")


def edges_of(period: Period) -> tuple[Instant, ...]:
    """The instants at which balances stand in a column."""
    return (period.start_instant, period.end_instant) if isinstance(period, Duration) else (period,)


def _is_explicit(fact: Fact) -> bool:
    """Whether no dimension of a fact is typed: columns have members."""
    return all(isinstance(cut, ExplicitDimension) for cut in fact.dimensions)


@frozen(eq=False, slots=False)
class PresentedFacts:
    """The facts of an entity that the tree of a role presents; ``facts`` are all, by concept."""

    taxonomy: Taxonomy
    role: StatementRole
    facts: Mapping[QName, list[Fact]]

    @cached_property
    def network(self) -> Network:
        """The presentation of the role."""
        return self.taxonomy.network(PARENT_CHILD, self.role.uri)

    @cached_property
    def _names(self) -> dict[QName, int]:
        """All that the tree presents, each with its place."""
        arcs = (arc for root in self.role.roots for _, arc in self.network.walk(root))
        names = dict.fromkeys((*self.role.roots, *(arc.target for arc in arcs)))
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def _by_concept(self) -> dict[QName, list[Fact]]:
        """The facts with members of the tree; where there are none at all, those with members of any."""
        named = {name: self.facts[name] for name in self._names if name in self.facts}
        explicit = {name: [*filter(_is_explicit, facts)] for name, facts in named.items()}
        presented = {name: [*filter(self._has_members_of, facts)] for name, facts in explicit.items()}
        return presented if any(presented.values()) else explicit

    def _has_members_of(self, fact: Fact) -> bool:
        members = (cut.member for cut in fact.dimensions if isinstance(cut, ExplicitDimension))
        return all(cut.axis in self._names for cut in fact.dimensions) and all(name in self._names for name in members)

    def of(self, concept: QName) -> list[Fact]:
        """The facts of a concept."""
        return self._by_concept.get(concept, [])

    def is_number(self, fact: Fact) -> bool:
        """Whether a fact is a number, or would be if it were not nil."""
        concept = self.taxonomy.concept(fact.concept)
        return fact.looks_numeric or (
            concept is not None and concept.datatype is not None and concept.datatype.is_numeric
        )

    @cached_property
    def _by_column(self) -> dict[ColumnKey, list[Fact]]:
        columns: dict[ColumnKey, list[Fact]] = {}
        for facts in self._by_concept.values():
            for fact in filter(self.is_number, facts):
                if isinstance(fact.period, Instant | Duration):
                    columns.setdefault((fact.period, fact.dimensions), []).append(fact)
        return columns

    # --- columns ------------------------------------------------------------------------------------------------------

    @cached_property
    def _usual(self) -> tuple[ColumnKey, ...]:
        """The columns that most rows have facts of, with all members of their periods where any is cut by members."""
        concepts = {key: {fact.concept for fact in facts} for key, facts in self._by_column.items()}
        flows = [key for key in concepts if isinstance(key[0], Duration)]
        balances = [key for key in concepts if isinstance(key[0], Instant)]
        totals = [len(set().union(*(concepts[key] for key in keys))) for keys in (flows, balances)]
        chosen = flows if flows and totals[0] >= totals[1] else balances
        most = max((len(concepts[key]) for key in chosen), default=0)
        usual = [key for key in chosen if len(concepts[key]) * _FEWEST >= most]
        periods = dict.fromkeys(period for period, _ in usual)
        if chosen is flows and any(name.local_name.endswith(_ENDS) for name in self._names):
            cuts = dict.fromkeys(cut for _, cut in balances)
            placed = ((period, cut) for period in periods for cut in cuts)
            usual += [key for key in placed if any((edge, key[1]) in concepts for edge in edges_of(key[0]))]
        if any(cut for _, cut in usual):
            usual += [key for key in chosen if key[0] in periods]
        return tuple(dict.fromkeys(usual))

    @cached_property
    def _instants(self) -> frozenset[Instant]:
        """The instants at which balances stand in the usual columns."""
        return frozenset(edge for period, _ in self._usual for edge in edges_of(period))

    def _is_usual(self, key: ColumnKey) -> bool:
        """Whether facts stand in the usual columns, or in rows cut by members below them."""
        return key[0] in self._instants or any(period == key[0] for period, _ in self._usual)

    @property
    def usual_facts(self) -> Iterable[Fact]:
        """The facts that stand in the usual columns."""
        return (fact for key, facts in self._by_column.items() if self._is_usual(key) for fact in facts)

    def columns(self, placed: Collection[int], elsewhere: Collection[QName], *, newest_first: bool) -> list[ColumnKey]:
        """The columns in their order.

        Args:
            placed: the facts, by identity, that stand in the usual columns of any statement.
            elsewhere: the concepts that roles other than statements present.
            newest_first: whether later periods come first.
        """
        further = [
            key
            for key, facts in self._by_column.items()
            if not self._is_usual(key) and not all(id(fact) in placed or fact.concept in elsewhere for fact in facts)
        ]
        ordered = sorted(dict.fromkeys((*self._usual, *further)), key=lambda key: self._place(key[1]))
        return sorted(ordered, key=lambda key: (key[0].end, key[0].oim), reverse=newest_first)

    def _place(self, dimensions: tuple[Dimension, ...]) -> tuple[bool, list[int]]:
        """The order of columns: as members are presented, what has none last."""
        members = (dimension.member for dimension in dimensions if isinstance(dimension, ExplicitDimension))
        return not dimensions, [self._names.get(member, 0) for member in members]
