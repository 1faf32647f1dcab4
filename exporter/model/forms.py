"""Facts in a form in which two reports can be compared, whatever syntax each was read from."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Final, NamedTuple

from attrs import evolve

from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact, parse_number
from exporter.model.period import Forever
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit

ASPECTS: Final = ("value", "decimals", "unit", "period", "dimensions", "language", "entity")
"""What two facts of one concept may differ in, in the order in which it is told."""


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
        found = self._contexts.get(context)
        if found is None:
            found = self._contexts[context] = evolve(context, dimensions=tuple(map(self._cut, context.dimensions)))
        return found

    def _cut(self, dimension: Dimension) -> Dimension:
        if isinstance(dimension, ExplicitDimension) or dimension.value is None:
            return dimension
        domains = (each.typed_domains.get(dimension.axis) for each in self._vocabularies)
        domain = next((each for each in domains if each is not None), None)
        datatype = None if domain is None else self._type(domain)
        return TypedDimension(dimension.axis, _canonical(datatype, dimension.value))

    def _type(self, name: QName) -> DataType | None:
        if name not in self._types:
            known = (each.datatypes.get(name) for each in self._vocabularies)
            self._types[name] = next((each for each in known if each is not None), None)
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


def differing(one: Parts, other: Parts) -> tuple[str, ...]:
    """The aspects in which two facts of one concept differ."""
    return tuple(name for name in ASPECTS if getattr(one, name) != getattr(other, name))


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
    shown = "".join(map(str, digits))
    kept = shown.rstrip("0").lstrip("0")
    if not kept:
        return "=0"
    return f"={'-' if sign else ''}{kept}E{int(exponent) + len(shown) - len(shown.rstrip('0'))}"
