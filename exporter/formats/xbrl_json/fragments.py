"""The dimensions of facts as text: made once for each combination, used for every fact that has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json.encoder import encode_basestring as quote
from typing import Final

from attrs import define

from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.formats.oim.names import NO_ENTITY, format_entity, format_qname, format_unit
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.oim.values import (
    Matcher,
    holds_names,
    is_free_text,
    quick_matcher,
    unlawful_character,
    value_problem,
    write_names,
)
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, ExplicitDimension
from exporter.model.entity import Entity
from exporter.model.fact import Fact
from exporter.model.period import Forever
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import ENTITIES, OIM

_LANGUAGE = re.compile("[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_HELD: Final = 100_000
_BAD_VALUE: Final = "xbrlje:invalidFactValue"


@define
class Aspects:
    """What facts of one concept, unit and language share: their text, and what their values must be."""

    text: str
    datatype: DataType | None
    has_unit: bool
    prefixes: AliasChooser
    quick: Matcher | None
    is_free_text: bool
    may_have_decimals: bool
    problem: LexicalFault | None

    def write_value(self, value: str, *, looks_numeric: bool) -> str:
        """The value as the document has it; raises `LexicalFault` for one that is not of the type."""
        looks_numeric = looks_numeric or self.has_unit
        if problem := value_problem(value, self.datatype, looks_numeric=looks_numeric):
            raise LexicalFault(_BAD_VALUE, problem, "give a value of the concept's type")
        if self.datatype is not None and holds_names(self.datatype):
            return write_names(value, self.datatype, self.prefixes, code=_BAD_VALUE)
        return value


class AspectWriter:
    """Finds or makes the texts that facts share.

    ``aspects`` (by identity of concept and unit, and language) and ``contexts`` (by identity) answer for objects seen
    before without comparing them. The objects are held on to, and all is forgotten before it grows large.
    """

    def __init__(self, vocabulary: Vocabulary, prefixes: AliasChooser) -> None:
        self.aspects: dict[tuple[int, int, str | None], Aspects] = {}
        self.contexts: dict[int, str] = {}
        self.context_problems: dict[str, LexicalFault] = {}
        self._vocabulary = vocabulary
        self._prefixes = prefixes
        self._aspects: dict[tuple[QName, Unit | None, str | None], Aspects] = {}
        self._contexts: dict[Context, str] = {}
        self._held: list[object] = []

    def find_aspects(self, fact: Fact) -> Aspects:
        """The aspects of ``fact``, by value."""
        key = (fact.concept, fact.unit, fact.language)
        found = self._aspects.get(key)
        if found is None:
            found = self._aspects[key] = self._make(fact)
        self._hold(key)
        self.aspects[id(fact.concept), id(fact.unit), fact.language] = found
        return found

    def find_context(self, context: Context) -> str:
        """The text of a context, by value, with a comma before it; ``context_problems`` says what is wrong with it."""
        found = self._contexts.get(context)
        if found is None:
            try:
                found = "".join(f", {part}" for part in self._parts(context))
            except LexicalFault as fault:
                found = f", ?{len(self.context_problems)}"
                self.context_problems[found] = fault
            self._contexts[context] = found
        self._hold(context)
        self.contexts[id(context)] = found
        return found

    def _hold(self, thing: object) -> None:
        if len(self._held) >= _HELD:
            for cache in (self.aspects, self.contexts, self._aspects, self._contexts, self._held):
                cache.clear()
        self._held.append(thing)

    def _make(self, fact: Fact) -> Aspects:
        datatype = self._vocabulary.datatypes.get(fact.concept)
        problem: LexicalFault | None = None
        text = ""
        try:
            text = ", ".join(self._own_parts(fact, datatype))
        except LexicalFault as fault:
            problem = fault
        return Aspects(
            text=text,
            datatype=datatype,
            has_unit=fact.unit is not None,
            prefixes=self._prefixes,
            # Without its type a fact is a number for sure only if it has a unit.
            quick=None if problem else quick_matcher(datatype, looks_numeric=fact.unit is not None),
            is_free_text=problem is None and is_free_text(datatype),
            may_have_decimals=datatype is None or datatype.is_numeric,
            problem=problem,
        )

    def _own_parts(self, fact: Fact, datatype: DataType | None) -> Iterator[str]:
        if fact.concept.namespace == OIM:
            raise LexicalFault("xbrlje:invalidJSONStructure", f"{fact.concept} is no concept of a taxonomy")
        yield f'"concept": {quote(format_qname(_lawful(fact.concept), self._prefixes))}'
        if fact.unit is not None:
            if datatype is not None and not datatype.is_numeric:
                raise LexicalFault("oime:misplacedUnitDimension", f"{fact.concept} is not numeric but has a unit")
            for measure in (*fact.unit.numerators, *fact.unit.denominators):
                _lawful(measure)
            yield f'"unit": {quote(format_unit(fact.unit, self._prefixes))}'
        if fact.language is not None:
            if datatype is not None and not datatype.is_text:
                raise LexicalFault("oime:misplacedLanguageDimension", f"{fact.concept} is no text but has a language")
            yield f'"language": {quote(lower_language(fact.language))}'

    def _parts(self, context: Context) -> Iterator[str]:
        if context.entity is not None:
            yield f'"entity": {quote(self._entity(context.entity))}'
        if not isinstance(context.period, Forever):
            yield f'"period": {quote(context.period.oim)}'
        for dimension in context.dimensions:
            if dimension.axis.namespace == OIM:
                raise LexicalFault("xbrlje:invalidJSONStructure", f"{dimension.axis} is no dimension of a taxonomy")
            yield f"{quote(format_qname(_lawful(dimension.axis), self._prefixes))}: {self._dimension(dimension)}"

    def _entity(self, entity: Entity) -> str:
        if (entity.scheme, entity.identifier) == (ENTITIES, NO_ENTITY):
            raise LexicalFault(
                "oime:invalidUseOfReservedIdentifier", "the entity NA stands for no entity", "leave the entity out"
            )
        if (character := unlawful_character(entity.identifier)) is not None:
            raise LexicalFault("oimce:invalidSQName", f"the entity identifier holds the character {character}")
        return format_entity(entity, self._prefixes)

    def _dimension(self, dimension: Dimension) -> str:
        if isinstance(dimension, ExplicitDimension):
            return quote(format_qname(_lawful(dimension.member), self._prefixes))
        if dimension.value is None:
            return "null"
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if problem := value_problem(dimension.value, datatype, looks_numeric=False):
            raise LexicalFault("xbrlje:invalidDimensionValue", f"dimension {dimension.axis}: {problem}")
        return quote(dimension.value)


def _lawful(name: QName) -> QName:
    if not is_ncname(name.local_name):
        raise LexicalFault("xbrlje:invalidJSONStructure", f"{shortened(name.local_name)} is no local name")
    return name


def lower_language(language: str) -> str:
    """The language tag in lower case; raises `LexicalFault` if it is none."""
    lowered = language.lower()
    if not _LANGUAGE.fullmatch(lowered):
        raise LexicalFault("xbrlje:invalidJSONStructure", f"{shortened(language)} is no language tag", "write it as en")
    return lowered
