"""The aspects and the value of a fact, from the recipe of its cell and a row (xBRL-CSV 1.0).

Equal parts are made once and shared. Cells have special values, a decimals suffix, names with prefixes, and notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from attrs import define, evolve

from exporter.errors import LexicalError
from exporter.findings import shortened
from exporter.formats.oim.text import (
    Matcher,
    check_fragment,
    expand_names,
    holds_names,
    is_free_text,
    quick_matcher,
    why_invalid,
)
from exporter.formats.xbrl_csv.read.dimension_values import DimensionParser
from exporter.formats.xbrl_csv.read.inheritance import Recipe, ValueOrigin
from exporter.formats.xbrl_csv.values import Special, Written, moment_of, parse_decimals, parse_special
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity
from exporter.model.fact import Fact, parse_number
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import OIM
from exporter.resources.limits import Limits

_CACHED: Final = 20_000
T = TypeVar("T")

Errors = tuple[LexicalError, ...]
Placed = tuple[Context, Errors]


@define
class CellProperties:
    """What is not the context. ``is_numeric`` is false for text, dates and the like.

    ``quick`` and ``is_free_text`` are for facts without ``errors`` only. ``is_open`` says that without its type the
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
    errors: Errors = ()


class CsvAspectReader:
    """Makes what facts share; keeps what it has made, up to a bound."""

    def __init__(self, parser: DimensionParser, vocabulary: Vocabulary) -> None:
        self._parser, self._vocabulary = parser, vocabulary
        self._own: dict[tuple[Any, ...], CellProperties] = {}
        self._contexts: dict[tuple[Any, ...], Placed] = {}
        self._interned: dict[Context, Context] = {}

    def forget(self) -> None:
        """Drop what was made for a table: its recipes are numbered from one again."""
        self._own.clear()
        self._contexts.clear()

    def own(self, recipe: Recipe, row: list[str], number: int) -> CellProperties:
        """What is not the context of a fact."""
        try:
            key = (
                recipe.number,
                recipe.concept.value(row, number),
                recipe.unit.value(row, number),
                recipe.language.value(row, number),
                recipe.decimals_text(row, number),
            )
        except LexicalError as error:
            return CellProperties(used=recipe.mask, errors=(error,))
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
                origin.value(row, number)
                for origin in (recipe.entity, recipe.period, *(axis for _, axis in recipe.axes))
            )
        except LexicalError as error:
            return Context(), (error,)
        key = (recipe.place, *place)
        context = self._contexts.get(key)
        if context is None:
            if len(self._contexts) >= _CACHED:
                self._contexts.clear()
                self._interned.clear()
            context = self._contexts[key] = self._make_context(recipe, place)
        return context

    def _make_own(self, recipe: Recipe, names: tuple[Written | None, ...], decimals_text: str) -> CellProperties:
        concept, unit, language = names
        own = CellProperties(used=recipe.mask, decimals_cell=recipe.decimals_from.mask if recipe.decimals_from else 0)
        own.unit_cell, own.language_cell = recipe.unit.mask, recipe.language.mask
        errors: list[LexicalError] = []
        decimals, decimals_errors = _decimals(recipe, decimals_text)
        if concept is None:
            errors.append(LexicalError("oime:missingConceptDimension", "the fact has no concept", "name its concept"))
        else:
            own.concept = _parsed(self._parser.concept, concept, errors)
        if own.concept is None:
            own.errors = tuple(errors)
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
            own.unit = _parsed(self._parser.unit, unit, errors)
        if language is not None and (is_text or own.is_open):
            own.language = _parsed(self._parser.language, language, errors)
        if own.is_numeric or own.is_open:
            own.decimals = decimals
            errors += decimals_errors
        own.used |= (own.unit_cell if own.is_numeric else 0) | (own.language_cell if is_text else 0)
        own.quick = None if own.is_note else quick_matcher(datatype, looks_numeric=own.is_numeric)
        own.is_free_text = is_free_text(datatype) or (is_text and datatype is None and not own.is_note)
        own.holds_names = holds_names(datatype)
        if own.is_note:
            errors += _note_findings(own)
        own.errors = tuple(errors)
        if errors:
            own.quick, own.is_free_text = None, False
        return own

    def _make_context(self, recipe: Recipe, place: tuple[Written | None, ...]) -> Placed:
        errors: list[LexicalError] = []
        entity: Entity | None = None
        if place[0] is not None:
            entity = _parsed(self._parser.entity, place[0], errors)
        period: Period = FOREVER
        if place[1] is not None:
            period = _parsed(partial(self._period, recipe.period), place[1], errors) or FOREVER
        dimensions: dict[QName, Dimension] = {}
        for (name, _), value in zip(recipe.axes, place[2:], strict=True):
            if value is not None:
                dimension = _parsed(partial(self._parser.dimension, name), value, errors)
                if dimension is not None:
                    dimensions[dimension.axis] = dimension
        context = Context(entity, period, tuple(dimensions.values()))
        return self._interned.setdefault(context, context), tuple(errors)

    def _period(self, origin: ValueOrigin, value: Written) -> Instant | Duration:
        period = self._parser.period(value)
        if origin.moment is None:
            return period
        if isinstance(period, Instant):
            raise LexicalError(
                "xbrlce:referenceTargetNotDuration",
                f"@{origin.moment} of {value!r}, which is a moment already",
                "refer to a duration, or leave the suffix out",
            )
        return moment_of(period, at_end=origin.moment == "end")


def _decimals(recipe: Recipe, text: str) -> tuple[int | None, list[LexicalError]]:
    if recipe.decimals_from is None:
        return recipe.decimals, []
    try:
        return parse_decimals(text), []
    except LexicalError as error:
        return None, [error]


def _note_findings(own: CellProperties) -> list[LexicalError]:
    assert own.concept is not None
    if own.concept.local_name != "note":
        message = f"{own.concept} is not defined; xbrl:note alone is"
        return [LexicalError("oime:unknownConcept", message, "name a concept of the taxonomy")]
    if own.language is None:
        return [LexicalError("oime:missingLanguageForNoteFact", "a note states its language", "add language")]
    return []


def _parsed(parse: Callable[[Any], T], value: Written, errors: list[LexicalError]) -> T | None:
    try:
        return parse(value)
    except LexicalError as error:
        errors.append(error)
        return None


_BAD_VALUE: Final = "xbrlce:invalidFactValue"
_SUFFIXED = re.compile(r"([^d]*)d[ \t\r\n]*(-?[1-9][0-9]*|0|INF)[ \t\r\n]*")
_DIGITS: Final = 9

Read = tuple[Fact | None, int]


class CellReader:
    """Reads cells the careful way; keeps the notes. All methods raise `LexicalError`."""

    def __init__(self, namespaces: Mapping[str, str], limits: Limits) -> None:
        self.notes: list[FootnoteResource] = []
        self.note_ids: set[str] = set()
        self._namespaces, self._limits = namespaces, limits

    def read(self, cell: str, own: CellProperties, context: Context, id_: str) -> Read:
        """The fact in a cell, ``None`` for a note, and the bits of the cells it uses."""
        if own.is_open:
            own = _decided(own, cell)
        written = parse_special(cell)
        if written is Special.NONE:
            raise LexicalError("xbrlce:illegalUseOfNone", "#none in a fact cell", "leave the cell empty")
        if own.is_note:
            return self._note(written, own, context, id_)
        assert own.concept is not None
        if isinstance(written, Special):
            if own.decimals is not None and own.datatype is not None:
                message = "a nil fact has no decimals, but inherits some"
                raise LexicalError("oime:misplacedDecimalsProperty", message, "keep nil facts in another column")
            nil = Fact(own.concept, context, None, None, own.unit, own.language, id=id_)
            return nil, own.used | own.decimals_cell
        decimals, used = own.decimals, own.used
        if own.is_numeric:
            used |= own.decimals_cell
            if "d" in written:
                written, decimals = _split_suffix(written)
                used &= ~own.decimals_cell
        value = self._value(written, own, looks_numeric=own.is_numeric)
        return Fact(own.concept, context, value, decimals, own.unit, own.language, id=id_), used

    def _value(self, written: str, own: CellProperties, *, looks_numeric: bool) -> str:
        limit = self._limits.number_digits if own.is_numeric else self._limits.text_size
        if len(written) > limit:
            raise LexicalError("exporter:limitExceeded", f"the value has {len(written)} characters")
        value = written
        if own.datatype is not None and own.holds_names:
            value = expand_names(written, own.datatype, self._namespaces, code=_BAD_VALUE)
        if reason := why_invalid(value, own.datatype, looks_numeric=looks_numeric):
            raise LexicalError(_BAD_VALUE, reason, "give a value of the concept's type")
        return value

    def _note(self, written: str | Special, own: CellProperties, context: Context, id_: str) -> Read:
        self.note_ids.add(id_)
        if context != Context():
            message = "a note has no entity, no period and no dimension of the taxonomy"
            raise LexicalError("oime:misplacedNoteFactDimension", message, 'write "#none" on its column')
        used = own.used | own.decimals_cell | own.unit_cell
        if isinstance(written, Special):
            raise LexicalError("oime:invalidFactValue", "a note is never nil", "give the text or drop the note")
        check_fragment(written)
        self.notes.append(FootnoteResource(written, own.language or "", id_))
        return None, used


def _decided(own: CellProperties, cell: str) -> CellProperties:
    """Without its type, a fact is a number if it reads like one and has a unit, decimals or a suffix."""
    suffixed = _SUFFIXED.fullmatch(cell)
    number = suffixed[1].rstrip(" \t\r\n") if suffixed else cell
    reads_as_number = parse_number(number) is not None or number == "NaN"
    has_accuracy = suffixed is not None or own.unit is not None or own.decimals is not None
    nil = cell == "#nil" and own.unit is not None and own.language is None
    if nil or (reads_as_number and has_accuracy):
        decimals = None if nil else own.decimals
        return evolve(
            own, is_open=False, is_numeric=True, language=None, decimals=decimals, used=own.used | own.unit_cell
        )
    return evolve(own, is_open=False, unit=None, decimals=None, used=own.used | own.language_cell)


def _split_suffix(cell: str) -> tuple[str, int | None]:
    """The number and the decimals of its suffix, ``None`` for INF."""
    match = _SUFFIXED.fullmatch(cell)
    if match is None:
        number, _, suffix = cell.partition("d")
        if parse_number(number) is None:
            raise LexicalError(_BAD_VALUE, f"expected a number, got {shortened(cell)}", "give a number")
        message = f"expected an integer or INF after d, got {shortened(suffix)}"
        raise LexicalError("xbrlce:invalidDecimalsSuffix", message, "write it like 1234d-3")
    if len(match[2]) > _DIGITS and match[2] != "INF":
        raise LexicalError("exporter:limitExceeded", f"decimals of {len(match[2])} digits")
    return match[1].rstrip(" \t\r\n"), None if match[2] == "INF" else int(match[2])
