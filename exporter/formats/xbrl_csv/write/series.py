"""Series and contexts of facts, each made once: the cells of the one and of the other (xBRL-CSV 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field, frozen

from exporter.errors import LexicalError
from exporter.findings import shortened
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.oim.text import (
    NO_ENTITY,
    format_entity,
    format_qname,
    format_unit,
    holds_names,
    is_free_text,
    unlawful_character,
    why_invalid,
    write_names,
)
from exporter.formats.xbrl_csv.values import escape_special, format_period
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Forever
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import ENTITIES, OIM

_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BAD_VALUE: Final = "xbrlce:invalidFactValue"
_REMEMBERED: Final = 10_000
# What may stand in a row as it is, if it is printable and has no quotes, which are looked for faster than by these.
# Possessive: no row is looked at twice.
_DECIMAL: Final = r"[+-]?+[0-9]++\.?+[0-9]*+"
_INTEGER: Final = r"[+-]?+[0-9]++"
_TEXT: Final = "[^,#][^,]*+"


class Elsewhere(Exception):
    """The fact is right, but cannot stand in this column."""


@define(eq=False)
class Series:
    """Concept, unit and language as text, and what values must be.

    ``is_open`` says that neither type nor unit show whether the facts are numbers: each shows it by its decimals.
    """

    name: QName
    concept: str
    unit: str
    language: str
    datatype: DataType | None
    is_numeric: bool
    is_open: bool
    prefixes: AliasChooser
    error: LexicalError | None
    _texts: dict[str, str] = field(factory=dict, init=False)

    @property
    def dimensions(self) -> dict[str, str]:
        """The dimensions of a column that holds the series."""
        parts = {"concept": self.concept, "unit": self.unit, "language": self.language}
        return {name: text for name, text in parts.items() if text}

    def pattern(self, decimals: int | None) -> str | None:
        """A regular expression for cells that need no second look in a column with ``decimals``, if there is one."""
        datatype = self.datatype
        if self.error is not None or (datatype is not None and datatype.facets):
            return None
        if datatype is None:
            return _DECIMAL if self.is_numeric or decimals is not None else _TEXT
        if datatype.is_numeric:
            return {"integer": _INTEGER, "decimal": _DECIMAL, "float": _DECIMAL, "double": _DECIMAL}.get(datatype.base)
        return _TEXT if is_free_text(datatype) else None

    def text(self, value: str) -> str:
        """The cell, unquoted, of a value whose decimals are those of its column; raises `LexicalError`."""
        text = self._texts.get(value)
        if text is None:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            text = self._texts[value] = self._make_text(value, looks_numeric=self.is_numeric)
        return text

    def cell(self, value: str | None, decimals: int | None, base: int | None) -> str:
        """The cell, unquoted, in a column whose decimals are ``base``.

        Raises:
            LexicalError: the value is none of the type, or has decimals that it cannot have.
            Elsewhere: the column cannot hold the fact.
        """
        if self.error is not None:
            raise self.error
        if decimals is not None:
            self._check_decimals(value, decimals)
        is_number = self.is_numeric or (self.is_open and decimals is not None)
        if value is None:
            if base is not None:
                raise Elsewhere
            return "#nil"
        if not is_number:
            if base is not None:
                raise Elsewhere
            return self._make_text(value, looks_numeric=False)
        text = self._make_text(value, looks_numeric=True)
        return text if decimals == base else f"{text}d{'INF' if decimals is None else decimals}"

    def _make_text(self, value: str, *, looks_numeric: bool) -> str:
        if reason := why_invalid(value, self.datatype, looks_numeric=looks_numeric):
            raise LexicalError(_BAD_VALUE, reason, "give a value of the concept's type")
        if self.datatype is not None and holds_names(self.datatype):
            value = write_names(value, self.datatype, self.prefixes, code=_BAD_VALUE)
        return escape_special(value)

    def _check_decimals(self, value: str | None, decimals: object) -> None:
        if type(decimals) is not int:
            message = f"expected decimals as an integer, got {shortened(decimals)}"
            raise LexicalError("xbrlce:invalidDecimalsValue", message)
        if value is None or not (self.is_numeric or self.is_open):
            what = "nil" if value is None else "not numeric"
            raise LexicalError("oime:misplacedDecimalsProperty", f"decimals {decimals} on a fact that is {what}")


class SeriesBook:
    """Finds or makes the series of facts."""

    def __init__(self, vocabulary: Vocabulary, prefixes: AliasChooser) -> None:
        self._vocabulary, self._prefixes = vocabulary, prefixes
        self._series: dict[tuple[QName, Unit | None, str | None], Series] = {}
        # Concept and unit are held on to, so that their identities stay their own.
        self._by_identity: dict[tuple[int, int, str | None], tuple[QName, Unit | None, Series]] = {}

    def find(self, fact: Fact) -> Series:
        """The series of ``fact``."""
        concept, unit, language = fact.concept, fact.unit, fact.language
        identity = (id(concept), id(unit), language)
        known = self._by_identity.get(identity)
        if known is not None:
            return known[2]
        key = (concept, unit, language)
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = self._make(fact)
        if len(self._by_identity) >= _REMEMBERED:
            self._by_identity.clear()
        self._by_identity[identity] = (concept, unit, series)
        return series

    def _make(self, fact: Fact) -> Series:
        datatype = self._vocabulary.datatypes.get(fact.concept)
        error: LexicalError | None = None
        texts: list[str] = []
        try:
            texts = list(self._texts(fact, datatype))
        except LexicalError as raised:
            error, texts = raised, ["", "", ""]
        concept, unit, language = texts
        return Series(
            name=fact.concept,
            concept=concept,
            unit=unit,
            language=language,
            datatype=datatype,
            is_numeric=fact.unit is not None if datatype is None else datatype.is_numeric,
            is_open=datatype is None and fact.unit is None and fact.language is None,
            prefixes=self._prefixes,
            error=error,
        )

    def _texts(self, fact: Fact, datatype: DataType | None) -> Iterator[str]:
        if fact.concept.namespace == OIM:
            raise LexicalError("xbrlce:invalidConceptQName", f"{fact.concept} is no concept of a taxonomy")
        yield format_qname(lawful(fact.concept), self._prefixes)
        if fact.unit is not None and datatype is not None and not datatype.is_numeric:
            raise LexicalError("oime:misplacedUnitDimension", f"{fact.concept} is not numeric but has a unit")
        for measure in (*fact.unit.numerators, *fact.unit.denominators) if fact.unit is not None else ():
            lawful(measure)
        yield format_unit(fact.unit, self._prefixes) if fact.unit is not None else ""
        if fact.language is None:
            yield ""
            return
        if fact.unit is not None if datatype is None else not datatype.is_text:
            raise LexicalError("oime:misplacedLanguageDimension", f"{fact.concept} is no text but has a language")
        yield checked_language(fact.language)


def lawful(name: QName) -> QName:
    """The name; raises `LexicalError` where its local part is no XML name."""
    if not is_ncname(name.local_name):
        raise LexicalError("xbrlce:invalidJSONStructure", f"{shortened(name.local_name)} is no local name")
    return name


def checked_language(language: str) -> str:
    """The language tag; raises `LexicalError` if it is none."""
    if not _LANGUAGE.fullmatch(language):
        raise LexicalError("xbrlce:invalidLanguageCode", f"{shortened(language)} is no language tag", "write it as en")
    return language


@frozen(eq=False)
class Axes:
    """A set of axes that contexts have; there is one object for each set. ``columns`` wish for names of columns."""

    names: tuple[str, ...]
    columns: tuple[str, ...]


@define(eq=False)
class ContextCells:
    """A context as cells, unquoted: entity and period first, empty where there is none, then the axes' values.

    ``context`` is held on to, so that its identity stays its own.
    """

    context: Context
    axes: Axes
    cells: tuple[str, ...]
    error: LexicalError | None = None
    leads: dict[int, str] = field(factory=dict)


class PlaceBook:
    """Finds or makes the places of contexts: by identity, then by value; remembers ``at_most`` of them."""

    def __init__(self, vocabulary: Vocabulary, prefixes: AliasChooser, *, at_most: int) -> None:
        self._at_most = at_most
        self._vocabulary, self._prefixes = vocabulary, prefixes
        self._by_identity: dict[int, tuple[Context, ContextCells]] = {}
        self._by_value: dict[Context, ContextCells] = {}
        self._axes: dict[tuple[QName, ...], Axes] = {}

    def find(self, context: Context) -> ContextCells:
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

    def _make(self, context: Context) -> ContextCells:
        try:
            axes = self._axes_of(tuple(dimension.axis for dimension in context.dimensions))
            entity = "" if context.entity is None else self._entity(context.entity)
            period = "" if isinstance(context.period, Forever) else format_period(context.period)
            values = tuple(self._value(dimension) for dimension in context.dimensions)
        except LexicalError as error:
            return ContextCells(context, Axes((), ()), (), error)
        return ContextCells(context, axes, (entity, period, *values))

    def _axes_of(self, axes: tuple[QName, ...]) -> Axes:
        known = self._axes.get(axes)
        if known is None:
            for axis in axes:
                if axis.namespace == OIM:
                    raise LexicalError("xbrlce:invalidJSONStructure", f"{axis} is no dimension of a taxonomy")
            names = tuple(format_qname(lawful(axis), self._prefixes) for axis in axes)
            known = self._axes[axes] = Axes(names, tuple(axis.local_name for axis in axes))
        return known

    def _entity(self, entity: Entity) -> str:
        if (entity.scheme, entity.identifier) == (ENTITIES, NO_ENTITY):
            raise LexicalError(
                "oime:invalidUseOfReservedIdentifier", "the entity NA stands for no entity", "leave the entity out"
            )
        if (character := unlawful_character(entity.identifier)) is not None:
            raise LexicalError("oimce:invalidSQName", f"the entity identifier holds the character {character}")
        return format_entity(entity, self._prefixes)

    def _value(self, dimension: Dimension) -> str:
        if isinstance(dimension, ExplicitDimension):
            return format_qname(lawful(dimension.member), self._prefixes)
        if dimension.value is None:
            return "#nil"
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if reason := why_invalid(dimension.value, datatype, looks_numeric=False):
            raise LexicalError("xbrlce:invalidDimensionValue", f"dimension {dimension.axis}: {reason}")
        return escape_special(dimension.value)
