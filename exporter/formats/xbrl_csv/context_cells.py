"""Contexts as cells: entity, period and one cell for each dimension, made once for each context."""

from __future__ import annotations

from attrs import define, field, frozen

from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.names import NO_ENTITY, format_entity, format_qname
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.oim.values import unlawful_character, value_problem
from exporter.formats.xbrl_csv.periods import format_period
from exporter.formats.xbrl_csv.series import lawful
from exporter.formats.xbrl_csv.sources import escape_special
from exporter.model.dimensions import Context, Dimension, ExplicitDimension
from exporter.model.entity import Entity
from exporter.model.period import Forever
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.namespaces import ENTITIES, OIM


@frozen(eq=False)
class Axes:
    """A set of axes that contexts have; there is one object for each set. ``columns`` wish for names of columns."""

    names: tuple[str, ...]
    columns: tuple[str, ...]


@define(eq=False)
class Place:
    """A context as cells, unquoted: entity and period first, empty where there is none, then the axes' values.

    ``context`` is held on to, so that its identity stays its own.
    """

    context: Context
    axes: Axes
    cells: tuple[str, ...]
    problem: LexicalFault | None = None
    leads: dict[int, str] = field(factory=dict)


class PlaceBook:
    """Finds or makes the places of contexts: by identity, then by value; remembers ``at_most`` so many."""

    def __init__(self, vocabulary: Vocabulary, prefixes: AliasChooser, *, at_most: int) -> None:
        self._at_most = at_most
        self._vocabulary, self._prefixes = vocabulary, prefixes
        self._by_identity: dict[int, tuple[Context, Place]] = {}
        self._by_value: dict[Context, Place] = {}
        self._axes: dict[tuple[QName, ...], Axes] = {}

    def find(self, context: Context) -> Place:
        """The place of a context."""
        known = self._by_identity.get(id(context))
        if known is not None:
            return known[1]
        place = self._by_value.get(context)
        if place is None:
            if len(self._by_value) >= self._at_most:
                self._by_value.clear()
            place = self._by_value[context] = self._make(context)
        if len(self._by_identity) >= self._at_most:
            self._by_identity.clear()
        self._by_identity[id(context)] = (context, place)
        return place

    def _make(self, context: Context) -> Place:
        try:
            axes = self._axes_of(tuple(dimension.axis for dimension in context.dimensions))
            entity = "" if context.entity is None else self._entity(context.entity)
            period = "" if isinstance(context.period, Forever) else format_period(context.period)
            values = tuple(self._value(dimension) for dimension in context.dimensions)
        except LexicalFault as fault:
            return Place(context, Axes((), ()), (), fault)
        return Place(context, axes, (entity, period, *values))

    def _axes_of(self, axes: tuple[QName, ...]) -> Axes:
        found = self._axes.get(axes)
        if found is None:
            for axis in axes:
                if axis.namespace == OIM:
                    raise LexicalFault("xbrlce:invalidJSONStructure", f"{axis} is no dimension of a taxonomy")
            names = tuple(format_qname(lawful(axis), self._prefixes) for axis in axes)
            found = self._axes[axes] = Axes(names, tuple(axis.local_name for axis in axes))
        return found

    def _entity(self, entity: Entity) -> str:
        if (entity.scheme, entity.identifier) == (ENTITIES, NO_ENTITY):
            raise LexicalFault(
                "oime:invalidUseOfReservedIdentifier", "the entity NA stands for no entity", "leave the entity out"
            )
        if (character := unlawful_character(entity.identifier)) is not None:
            raise LexicalFault("oimce:invalidSQName", f"the entity identifier holds the character {character}")
        return format_entity(entity, self._prefixes)

    def _value(self, dimension: Dimension) -> str:
        if isinstance(dimension, ExplicitDimension):
            return format_qname(lawful(dimension.member), self._prefixes)
        if dimension.value is None:
            return "#nil"
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if problem := value_problem(dimension.value, datatype, looks_numeric=False):
            raise LexicalFault("xbrlce:invalidDimensionValue", f"dimension {dimension.axis}: {problem}")
        return escape_special(dimension.value)
