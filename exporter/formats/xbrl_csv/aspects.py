"""What a fact is about, made from a recipe and a row; equal parts are made once and shared (xBRL-CSV 1.0)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

from attrs import define

from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.values import Matcher, holds_names, is_free_text, quick_matcher
from exporter.formats.xbrl_csv.dimension_values import DimensionParser
from exporter.formats.xbrl_csv.periods import moment_of
from exporter.formats.xbrl_csv.recipes import Origin, Recipe
from exporter.formats.xbrl_csv.sources import Written, parse_decimals
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension
from exporter.model.entity import Entity
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import OIM

_CACHED: Final = 20_000
T = TypeVar("T")

Faults = tuple[LexicalFault, ...]
Placed = tuple[Context, Faults]


@define
class Own:
    """What is not the context. ``is_numeric`` is false for text, dates and the like.

    ``quick`` and ``is_free_text`` are for facts without ``faults`` only. ``is_open`` says that without its type the
    value must show whether the fact is a number. ``used`` has the bits of the cells that any value uses,
    ``decimals_cell`` that of the decimals, which a suffix overrides.
    """

    concept: QName | None = None
    datatype: DataType | None = None
    unit: Unit | None = None
    language: str | None = None
    decimals: int | None = None
    is_numeric: bool = False
    is_open: bool = False
    is_note: bool = False
    quick: Matcher | None = None
    is_free_text: bool = False
    holds_names: bool = False
    used: int = 0
    unit_cell: int = 0
    language_cell: int = 0
    decimals_cell: int = 0
    faults: Faults = ()


class AspectReader:
    """Makes what facts share; keeps what it has made, up to a bound."""

    def __init__(self, parser: DimensionParser, vocabulary: Vocabulary) -> None:
        self._parser, self._vocabulary = parser, vocabulary
        self._own: dict[tuple[Any, ...], Own] = {}
        self._contexts: dict[tuple[Any, ...], Placed] = {}
        self._interned: dict[Context, Context] = {}

    def forget(self) -> None:
        """Drop what was made for a table: its recipes are numbered from one again."""
        self._own.clear()
        self._contexts.clear()

    def own(self, recipe: Recipe, row: list[str], number: int) -> Own:
        """What is not the context of a fact."""
        try:
            key = (
                recipe.number,
                recipe.concept.value(row, number),
                recipe.unit.value(row, number),
                recipe.language.value(row, number),
                recipe.decimals_text(row, number),
            )
        except LexicalFault as fault:
            return Own(used=recipe.mask, faults=(fault,))
        own = self._own.get(key)
        if own is None:
            if len(self._own) >= _CACHED:
                self._own.clear()
            own = self._own[key] = self._make_own(recipe, key[1:4], key[4])
        return own

    def context(self, recipe: Recipe, row: list[str], number: int) -> Placed:
        """The context of a fact, and what is wrong with it."""
        try:
            place = tuple(
                each.value(row, number) for each in (recipe.entity, recipe.period, *(axis for _, axis in recipe.axes))
            )
        except LexicalFault as fault:
            return Context(), (fault,)
        key = (recipe.place, *place)
        found = self._contexts.get(key)
        if found is None:
            if len(self._contexts) >= _CACHED:
                self._contexts.clear()
                self._interned.clear()
            found = self._contexts[key] = self._make_context(recipe, place)
        return found

    def _make_own(self, recipe: Recipe, names: tuple[Written | None, ...], decimals_text: str) -> Own:
        concept, unit, language = names
        own = Own(used=recipe.mask, decimals_cell=recipe.decimals_from.mask if recipe.decimals_from else 0)
        own.unit_cell, own.language_cell = recipe.unit.mask, recipe.language.mask
        faults: list[LexicalFault] = []
        decimals, decimals_fault = _decimals(recipe, decimals_text)
        if concept is None:
            faults.append(LexicalFault("oime:missingConceptDimension", "the fact has no concept", "name its concept"))
        else:
            own.concept = _parsed(self._parser.concept, concept, faults)
        if own.concept is None:
            own.faults = tuple(faults)
            return own
        own.datatype = datatype = self._vocabulary.datatypes.get(own.concept)
        own.is_note = own.concept.namespace == OIM
        is_text = own.is_note or (datatype is not None and datatype.is_text)
        if datatype is not None:
            own.is_numeric = datatype.is_numeric
        elif not own.is_note:
            # Without its type a fact is what its own properties make of it; those passed down leave it open.
            own.is_numeric = unit is not None and recipe.unit.is_own
            is_text = not own.is_numeric and language is not None and recipe.language.is_own
            own.is_numeric |= not is_text and decimals is not None and recipe.decimals_is_own
            own.is_open = not own.is_numeric and not is_text
        if unit is not None and (own.is_numeric or own.is_open):
            own.unit = _parsed(self._parser.unit, unit, faults)
        if language is not None and (is_text or own.is_open):
            own.language = _parsed(self._parser.language, language, faults)
        if own.is_numeric or own.is_open:
            own.decimals = decimals
            faults += decimals_fault
        own.used |= (own.unit_cell if own.is_numeric else 0) | (own.language_cell if is_text else 0)
        own.quick = None if own.is_note else quick_matcher(datatype, looks_numeric=own.is_numeric)
        own.is_free_text = is_free_text(datatype) or (is_text and datatype is None and not own.is_note)
        own.holds_names = holds_names(datatype)
        if own.is_note:
            faults += _note_faults(own)
        own.faults = tuple(faults)
        if faults:
            own.quick, own.is_free_text = None, False
        return own

    def _make_context(self, recipe: Recipe, place: tuple[Written | None, ...]) -> Placed:
        faults: list[LexicalFault] = []
        entity: Entity | None = None
        if place[0] is not None:
            entity = _parsed(self._parser.entity, place[0], faults)
        period: Period = FOREVER
        if place[1] is not None:
            period = _parsed(partial(self._period, recipe.period), place[1], faults) or FOREVER
        dimensions: dict[QName, Dimension] = {}
        for (name, _), value in zip(recipe.axes, place[2:], strict=True):
            if value is not None:
                dimension = _parsed(partial(self._parser.dimension, name), value, faults)
                if dimension is not None:
                    dimensions[dimension.axis] = dimension
        context = Context(entity, period, tuple(dimensions.values()))
        return self._interned.setdefault(context, context), tuple(faults)

    def _period(self, origin: Origin, value: Written) -> Instant | Duration:
        period = self._parser.period(value)
        if origin.moment is None:
            return period
        if isinstance(period, Instant):
            raise LexicalFault(
                "xbrlce:referenceTargetNotDuration",
                f"@{origin.moment} of {value!r}, which is a moment already",
                "refer to a duration, or leave the suffix out",
            )
        return moment_of(period, at_end=origin.moment == "end")


def _decimals(recipe: Recipe, text: str) -> tuple[int | None, list[LexicalFault]]:
    if recipe.decimals_from is None:
        return recipe.decimals, []
    try:
        return parse_decimals(text), []
    except LexicalFault as fault:
        return None, [fault]


def _note_faults(own: Own) -> list[LexicalFault]:
    assert own.concept is not None
    if own.concept.local_name != "note":
        message = f"{own.concept} is not defined; xbrl:note alone is"
        return [LexicalFault("oime:unknownConcept", message, "name a concept of the taxonomy")]
    if own.language is None:
        return [LexicalFault("oime:missingLanguageForNoteFact", "a note states its language", "add language")]
    return []


def _parsed(parse: Callable[[Any], T], value: Written, faults: list[LexicalFault]) -> T | None:
    try:
        return parse(value)
    except LexicalFault as fault:
        faults.append(fault)
        return None
