"""``dimensions`` of facts in xBRL-JSON 1.0: parsed once for each combination, shared by every fact that has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from attrs import define, field

from exporter.errors import LexicalError
from exporter.findings import Finding, Location, Severity, shortened
from exporter.formats.oim.json_scanner import Pairs, kind
from exporter.formats.oim.text import (
    NO_ENTITY,
    YEARLESS_ENTITIES,
    Matcher,
    holds_names,
    is_canonical,
    is_free_text,
    parse_entity,
    parse_period,
    parse_qname,
    parse_unit,
    quick_matcher,
    unlawful_character,
    why_invalid,
)
from exporter.formats.xbrl_json.read.document_info import STRUCTURE, JsonDocumentInfo
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.period import FOREVER, Period
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import OIM

_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BAD_DIMENSION: Final = "xbrlje:invalidDimensionValue"
_CORE: Final = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_OWN: Final = frozenset({"concept", "unit", "language"})
_CACHED: Final = 100_000
T = TypeVar("T")

Errors = tuple[tuple[LexicalError, str], ...]


@define
class ValueProperties:
    """What the concept, unit and language of a fact come to; ``concept`` is ``None`` where it is wrong."""

    concept: QName | None = None
    unit: Unit | None = None
    language: str | None = None
    datatype: DataType | None = None
    quick: Matcher | None = None
    is_free_text: bool = False
    holds_names: bool = False
    may_have_decimals: bool = True
    is_note: bool = False
    errors: Errors = ()


@define
class DimensionsObject:
    """All that a ``dimensions`` object says. ``errors`` name the member that is wrong."""

    own: ValueProperties
    context: Context = field(factory=Context)
    errors: Errors = ()
    note_id: str | None = None


@define
class Shared:
    """A context with the concepts, by their text, met with the same unit and language; all faultless.

    ``unit_and_language`` are their texts.
    """

    context: Context
    owns: dict[str, ValueProperties]
    unit_and_language: Mapping[str, Any]


class JsonAspectReader:
    """Parses ``dimensions``; keeps what it has parsed, up to a bound.

    ``shared`` answers for faultless dimensions seen before: by all of them but the concept, which is looked up in it.
    ``written`` does so by the text of the document that they stand in.
    """

    def __init__(self, info: JsonDocumentInfo, vocabulary: Vocabulary, warn: Callable[[Finding], None]) -> None:
        self.shared: dict[Pairs, Shared] = {}
        self.written: dict[str, Shared] = {}
        self._info, self._vocabulary, self._warn = info, vocabulary, warn
        self._owns: dict[tuple[Any, Any], dict[str, ValueProperties]] = {}
        self._own_count = 0
        self._parsed_texts: dict[tuple[str, Any], Any] = {}
        self._interned: dict[Context, Context] = {}

    def find(self, dimensions: Pairs) -> DimensionsObject:
        """What a ``dimensions`` object says; its names are unlike and no value is a container."""
        parts = dict(dimensions)
        rest = tuple(pair for pair in dimensions if pair[0] != "concept")
        owns = self._owns.setdefault((parts.get("unit"), parts.get("language")), {})
        own = owns.get(parts.get("concept", "")) or self._parse_own(parts)
        if own.is_note or "noteId" in parts:
            return self._note_entry(own, {name: value for name, value in rest if name not in _OWN})
        known = self.shared.get(rest)
        context, errors = (known.context, ()) if known is not None else self._parse_context(rest)
        if not own.errors and not errors:
            given: dict[str, Any] = {name: value for name, value in parts.items() if name in ("unit", "language")}
            self._keep(parts["concept"], own, rest, Shared(context, owns, given))
        return DimensionsObject(own, context, own.errors + errors)

    def _keep(self, concept: str, own: ValueProperties, rest: Pairs, shared: Shared) -> None:
        self._own_count += concept not in shared.owns
        if len(self.shared) >= _CACHED or self._own_count >= _CACHED:
            for cache in (self.shared, self.written, self._owns, self._interned, self._parsed_texts):
                cache.clear()
            self._own_count = 0
        shared.owns[concept] = own
        self.shared[rest] = shared

    def new_own(self, concept: str, shared: Shared) -> ValueProperties | None:
        """What a concept not met before comes to beside a known context; ``None`` where it needs a careful look."""
        own = self._parse_own({**shared.unit_and_language, "concept": concept})
        if own.errors or own.is_note or self._own_count >= _CACHED:
            return None
        self._own_count += 1
        shared.owns[concept] = own
        return own

    def _note_entry(self, own: ValueProperties, rest: Mapping[str, Any]) -> DimensionsObject:
        errors = list(own.errors)
        note_id = rest.get("noteId")
        if not own.is_note:
            error = LexicalError("oime:misplacedNoteIDDimension", "only a note has noteId", "leave noteId out")
            return DimensionsObject(own, errors=(*errors, (error, "noteId")))
        if "noteId" in rest and not isinstance(note_id, str):
            errors.append((_expected_string("noteId", note_id), "noteId"))
        elif note_id is None:
            message = "a note repeats its id as noteId"
            errors.append((LexicalError("oime:missingNoteIDDimension", message, "add noteId"), ""))
        for name in rest.keys() - {"noteId"}:
            message = f"a note has no {name}"
            errors.append((LexicalError("oime:misplacedNoteFactDimension", message, f"leave {name} out"), name))
        return DimensionsObject(own, errors=tuple(errors), note_id=note_id if isinstance(note_id, str) else None)

    def _parse_own(self, parts: Mapping[str, Any]) -> ValueProperties:
        own = ValueProperties()
        errors: list[tuple[LexicalError, str]] = []
        if "concept" not in parts:
            errors.append((LexicalError(STRUCTURE, "a fact names its concept", "add the dimension concept"), ""))
        names = self._info.namespaces
        own.concept = self._once("concept", parts, lambda text: parse_qname(text, names, code=STRUCTURE), errors)
        own.unit = self._once("unit", parts, lambda text: parse_unit(text, names), errors)
        own.language = self._once("language", parts, _parse_language, errors)
        if own.concept is not None:
            self._fit_concept(own, own.concept, parts, errors)
        own.errors = tuple(errors)
        return own

    def _once(
        self,
        name: str,
        parts: Mapping[str, Any],
        parse: Callable[[str], T],
        errors: list[tuple[LexicalError, str]],
    ) -> T | None:
        """As `_parsed`, each text parsed once."""
        if name not in parts:
            return None
        key = (name, parts[name])
        parsed: T | None = self._parsed_texts.get(key)
        if parsed is None:
            parsed = _parsed(name, parts, parse, errors)
            if parsed is not None:
                self._parsed_texts[key] = parsed
        return parsed

    def _fit_concept(
        self, own: ValueProperties, concept: QName, parts: Mapping[str, Any], errors: list[tuple[LexicalError, str]]
    ) -> None:
        if concept.namespace == OIM:
            self._fit_note(own, concept, parts, errors)
            return
        own.datatype = datatype = self._vocabulary.datatypes.get(concept)
        own.quick = quick_matcher(datatype, looks_numeric=own.unit is not None)
        own.is_free_text = is_free_text(datatype)
        own.holds_names = holds_names(datatype)
        own.may_have_decimals = datatype is None or datatype.is_numeric
        if self._info.canonical_values:
            own.quick, own.is_free_text = None, False
        if datatype is not None and not datatype.is_numeric and "unit" in parts:
            message = f"{parts['concept']} is not numeric and has no unit"
            errors.append((LexicalError("oime:misplacedUnitDimension", message, "leave unit out"), "unit"))
        if datatype is not None and not datatype.is_text and "language" in parts:
            message = f"{parts['concept']} is no text and has no language"
            errors.append((LexicalError("oime:misplacedLanguageDimension", message, "leave language out"), "language"))

    def _fit_note(
        self, own: ValueProperties, concept: QName, parts: Mapping[str, Any], errors: list[tuple[LexicalError, str]]
    ) -> None:
        if concept.local_name != "note":
            message = f"{parts['concept']} is not defined; xbrl:note alone is"
            errors.append((LexicalError("oime:unknownConcept", message, "name a concept of the taxonomy"), "concept"))
            return
        own.is_note, own.may_have_decimals = True, False
        if "unit" in parts:
            error = LexicalError("oime:misplacedUnitDimension", "a note has no unit", "leave unit out")
            errors.append((error, "unit"))
        if "language" not in parts:
            error = LexicalError("oime:missingLanguageForNoteFact", "a note states its language", "add language")
            errors.append((error, ""))

    def _parse_context(self, pairs: Pairs) -> tuple[Context, Errors]:
        errors: list[tuple[LexicalError, str]] = []
        parts = dict(pairs)
        entity = self._once("entity", parts, self._entity, errors)
        period: Period = self._once("period", parts, parse_period, errors) or FOREVER
        dimensions: dict[QName, Dimension] = {}
        for name, value in pairs:
            if name in _CORE:
                continue
            try:
                dimension = self._dimension(name, value)
            except LexicalError as error:
                errors.append((error, name))
                continue
            dimensions[dimension.axis] = dimension
        context = Context(entity, period, tuple(dimensions.values()))
        return self._interned.setdefault(context, context), tuple(errors)

    def _entity(self, text: str) -> Entity:
        entity = parse_entity(text, self._info.namespaces)
        if (entity.scheme, entity.identifier) == (YEARLESS_ENTITIES, NO_ENTITY):
            self._warn(
                Finding(
                    code="oime:invalidUseOfReservedIdentifier",
                    severity=Severity.WARNING,
                    message=f"{text} is an entity here, but no entity was probably meant",
                    location=Location(),
                    fix="leave the entity out",
                )
            )
        return entity

    def _dimension(self, name: str, value: Any) -> Dimension:
        if ":" not in name:
            raise LexicalError(STRUCTURE, f"there is no dimension {name!r}", "a taxonomy's dimension has a prefix")
        axis = parse_qname(name, self._info.namespaces, code=STRUCTURE)
        if axis.namespace == OIM:
            raise LexicalError(STRUCTURE, f"core dimensions have no prefix, got {name!r}", f"write {axis.local_name!r}")
        if value is not None and not isinstance(value, str):
            raise _expected_string(name, value)
        if axis in self._vocabulary.typed_domains:
            return self._typed(axis, value)
        explicit = self._vocabulary.explicit_dimensions
        is_explicit = axis in (self._vocabulary.datatypes if explicit is None else explicit)
        if explicit is not None and not is_explicit and axis in self._vocabulary.datatypes:
            raise LexicalError("oime:unknownDimension", f"{name} is no dimension", "name a dimension of the taxonomy")
        if value is None and not is_explicit:
            return TypedDimension(axis, None)
        try:
            member = parse_qname(value or "", self._info.namespaces, code=_BAD_DIMENSION)
        except LexicalError:
            if is_explicit:
                raise
            # Without the taxonomy, what is no name with a declared prefix is a typed value.
            return self._typed(axis, value)
        return ExplicitDimension(axis, member)

    def _typed(self, axis: QName, value: str | None) -> TypedDimension:
        if value is None:
            return TypedDimension(axis, None)
        domain = self._vocabulary.typed_domains.get(axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if reason := why_invalid(value, datatype, looks_numeric=False):
            raise LexicalError(_BAD_DIMENSION, reason, "give a value of the dimension's domain")
        if self._info.canonical_values and datatype is not None and not is_canonical(value, datatype):
            raise LexicalError("xbrlje:nonCanonicalValue", f"{shortened(value)} is not canonical", "canonicalise it")
        return TypedDimension(axis, value)


def _parsed(
    name: str, parts: Mapping[str, Any], parse: Callable[[str], T], errors: list[tuple[LexicalError, str]]
) -> T | None:
    """A core dimension, or ``None`` where it is absent or invalid."""
    if name not in parts:
        return None
    text = parts[name]
    try:
        if not isinstance(text, str):
            raise _expected_string(name, text)
        if (character := unlawful_character(text)) is not None:
            raise LexicalError(STRUCTURE, f"{name} holds the character {character}")
        return parse(text)
    except LexicalError as error:
        errors.append((error, name))
        return None


def _expected_string(name: str, value: Any) -> LexicalError:
    return LexicalError(STRUCTURE, f"expected {name} as a string, got {kind(value)}", "write it in quotes")


def _parse_language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise LexicalError(
            STRUCTURE, f"expected a language tag like en-us, got {shortened(text)}", "write a BCP 47 tag"
        )
    if text != text.lower():
        raise LexicalError(
            "xbrlje:invalidLanguageCodeCase", f"expected {text.lower()!r}, got {text!r}", "write it in lower case"
        )
    return text
