"""Values of dimensions as xBRL-CSV 1.0 writes them, parsed; each text once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from exporter.errors import LexicalError
from exporter.findings import Finding, Severity, shortened
from exporter.formats.oim.text import (
    NO_ENTITY,
    YEARLESS_ENTITIES,
    parse_entity,
    parse_qname,
    parse_unit,
    unlawful_character,
    why_invalid,
)
from exporter.formats.xbrl_csv import values
from exporter.formats.xbrl_csv.read.structure import STRUCTURE
from exporter.formats.xbrl_csv.values import Special, Written
from exporter.model.dimensions import Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import Unit

_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BAD_DIMENSION: Final = "xbrlce:invalidDimensionValue"
_CACHED: Final = 50_000
_CODES: Final = {
    "concept": "xbrlce:invalidConceptQName",
    "entity": "oimce:invalidSQName",
    "period": values.CODE,
    "unit": "oimce:invalidUnitStringRepresentation",
    "language": "xbrlce:invalidLanguageCode",
}
T = TypeVar("T")


class DimensionParser:
    """Parses texts of dimensions against the declared prefixes; all methods raise `LexicalError`."""

    def __init__(self, namespaces: Mapping[str, str], vocabulary: Vocabulary, warn: Callable[[Finding], None]) -> None:
        self._namespaces, self._vocabulary, self._warn = namespaces, vocabulary, warn
        self._axes: dict[str, QName] = {}
        self._known: dict[tuple[str, str], Any] = {}
        self._namespaces_known: set[str] = set()

    def concept(self, value: Written) -> QName:
        """A concept's name."""
        return self._parsed("concept", value, lambda text: parse_qname(text, self._namespaces, code=_CODES["concept"]))

    def may_exist(self, concept: str) -> bool:
        """Whether the taxonomy has the concept; it may where nothing of its namespace is known."""
        name = self.concept(concept)
        self._namespaces_known = self._namespaces_known or {
            datatype.namespace for datatype in self._vocabulary.datatypes
        }
        return name in self._vocabulary.datatypes or name.namespace not in self._namespaces_known

    def entity(self, value: Written) -> Entity:
        """An SQName."""
        return self._parsed("entity", value, self._entity)

    def period(self, value: Written) -> Instant | Duration:
        """A period in any form."""
        return self._parsed("period", value, values.parse_period)

    def unit(self, value: Written) -> Unit:
        """A unit string."""
        return self._parsed("unit", value, lambda text: parse_unit(text, self._namespaces))

    def language(self, value: Written) -> str:
        """A language tag, capitals allowed."""
        return self._parsed("language", value, _parse_language)

    def axis(self, name: str) -> QName:
        """The name of a taxonomy-defined dimension."""
        if name not in self._axes:
            self._axes[name] = parse_qname(name, self._namespaces, code=STRUCTURE)
        return self._axes[name]

    def dimension(self, name: str, value: Written) -> Dimension:
        """A value on the taxonomy-defined dimension ``name``.

        Where the taxonomy does not say what it is, a name with a declared prefix is taken for a member.
        """
        axis = self.axis(name)
        if axis in self._vocabulary.typed_domains:
            return self._typed(axis, value)
        explicit = self._vocabulary.explicit_dimensions
        is_explicit = axis in (self._vocabulary.datatypes if explicit is None else explicit)
        if explicit is not None and not is_explicit and axis in self._vocabulary.datatypes:
            raise LexicalError("oime:unknownDimension", f"{name} is no dimension", "name a dimension of the taxonomy")
        if value is Special.NIL and not is_explicit:
            return TypedDimension(axis, None)
        try:
            return ExplicitDimension(axis, self._parsed("member", value, self._member))
        except LexicalError:
            if is_explicit:
                raise
            return self._typed(axis, value)

    def check(self, name: str, value: Written) -> None:
        """Parse a value only to see whether it can be."""
        if value is Special.NONE:
            return
        if name in _CODES:
            getattr(self, name)(value)
        else:
            self.dimension(name, value)

    def _parsed(self, kind: str, value: Written, parse: Callable[[str], T]) -> T:
        if isinstance(value, Special):
            raise LexicalError(_CODES.get(kind, _BAD_DIMENSION), f"{value.value} is no {kind}", "give a value")
        parsed: T | None = self._known.get((kind, value))
        if parsed is None:
            if (character := unlawful_character(value)) is not None:
                raise LexicalError(_CODES.get(kind, _BAD_DIMENSION), f"the {kind} holds the character {character}")
            if len(self._known) >= _CACHED:
                self._known.clear()
            parsed = self._known[kind, value] = parse(value)
        return parsed

    def _entity(self, text: str) -> Entity:
        entity = parse_entity(text, self._namespaces)
        if (entity.scheme, entity.identifier) == (YEARLESS_ENTITIES, NO_ENTITY):
            self._warn(
                Finding(
                    code="oime:invalidUseOfReservedIdentifier",
                    severity=Severity.WARNING,
                    message=f"{text} is an entity here, but no entity was probably meant",
                    fix="leave the entity out",
                )
            )
        return entity

    def _member(self, text: str) -> QName:
        return parse_qname(text, self._namespaces, code=_BAD_DIMENSION)

    def _typed(self, axis: QName, value: Written) -> TypedDimension:
        if isinstance(value, Special):
            return TypedDimension(axis, None)
        domain = self._vocabulary.typed_domains.get(axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if reason := why_invalid(value, datatype, looks_numeric=False):
            raise LexicalError(_BAD_DIMENSION, reason, "give a value of the dimension's domain")
        return TypedDimension(axis, value)


def _parse_language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        message = f"expected a language tag like en-us, got {shortened(text)}"
        raise LexicalError(_CODES["language"], message, "write a BCP 47 tag")
    return text
