"""Data types of concepts, with the facets that restrict them (XML Schema 1.0 part 2, XBRL 2.1 section 5.1.1.3).

A `DataType` names the nearest standard item type and the XML Schema built-in it comes down to, with the facets that a
taxonomy adds on the way. Values stay text: nothing here goes through ``float``.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from attrs import evolve, frozen

from exporter.model.lexical import INTEGERS, canonical_form, is_in_lexical_space, split_zone
from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import compile_pattern
from exporter.model.qname import QName

_DECIMAL: Final = frozenset({"decimal"})
_NUMERIC: Final = _DECIMAL | INTEGERS.keys() | {"float", "double"}
_ZONED: Final = frozenset({"date", "dateTime", "dateUnion", "time"})
_TEXT: Final = frozenset({"string", "normalizedString", "token"})
_NO_LANGUAGE: Final = frozenset({"domainItemType", "noLangTokenItemType", "noLangStringItemType"})


@frozen
class Facets:
    """Restrictions a type adds to its base (XML Schema part 2, section 4.3); ``None`` means not restricted."""

    enumeration: frozenset[str] | None = None
    pattern: tuple[str, ...] = ()
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_inclusive: Decimal | None = None
    max_inclusive: Decimal | None = None
    min_exclusive: Decimal | None = None
    max_exclusive: Decimal | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None


@frozen(cache_hash=True)
class DataType:
    """The type of a concept or of a typed domain.

    ``name`` is the type as declared (``xbrli:monetaryItemType``); ``base`` the XML Schema built-in it comes down to
    (``decimal``), or ``dateUnion`` (date or dateTime), ``enumeration`` and ``enumerationSet`` (Extensible
    Enumerations 2.0), ``fraction``. ``standard`` is the local name of the nearest type of XBRL or the Data Type
    Registry on the way from ``name`` to ``base``.
    """

    name: QName
    base: str
    standard: str
    facets: tuple[Facets, ...] = ()
    lineage: frozenset[str] = frozenset()

    @property
    def is_numeric(self) -> bool:
        """Derived from decimal, float or double, every integer type included."""
        return self.base in _NUMERIC or self.base == "fraction"

    @property
    def is_text(self) -> bool:
        """May carry a language: derived from string, but not language, Name, nor the no-language types."""
        return self.base in _TEXT and not self._is_a(_NO_LANGUAGE)

    @property
    def is_monetary(self) -> bool:
        return self._is_a({"monetaryItemType"})

    @property
    def is_percent(self) -> bool:
        """A ratio that is shown in hundredths: ``0.316`` is 31.6 %."""
        return self._is_a({"percentItemType"})

    @property
    def is_enumeration(self) -> bool:
        return self.base in ("enumeration", "enumerationSet")

    @property
    def collapses_white_space(self) -> bool:
        """All types but string and normalizedString collapse white space."""
        return self.base not in ("string", "normalizedString")

    def _is_a(self, names: frozenset[str] | set[str]) -> bool:
        return self.standard in names or not self.lineage.isdisjoint(names)

    def derive(self, name: QName, facets: Facets | None = None) -> DataType:
        """A type that restricts this one."""
        return evolve(
            self,
            name=name,
            facets=(*self.facets, facets) if facets else self.facets,
            lineage=self.lineage | {self.standard},
        )

    def normalise(self, text: str) -> str:
        """The text after the type's white-space rule."""
        if self.base == "string":
            return text
        if self.base == "normalizedString":
            return re.sub("[\t\n\r]", " ", text)
        return " ".join(re.split("[ \t\n\r]+", text.strip(" \t\n\r")))

    def is_valid(self, text: str) -> bool:
        """Whether ``text`` is in the lexical space, after white-space normalisation, all facets held."""
        text = self.normalise(text)
        return is_in_lexical_space(text, base=self.base) and all(
            _facets_hold(facets, text, self) for facets in self.facets
        )

    def canonical(self, text: str) -> str:
        """The canonical form of a valid ``text`` (XML Schema 1.0 part 2)."""
        return canonical_form(self.normalise(text), base="integer" if self.base in INTEGERS else self.base)

    def is_canonical(self, text: str) -> bool:
        """Whether a valid ``text`` is in canonical form (XML Schema 1.0 part 2).

        A date or time at an offset other than ``Z`` is never canonical; a date with one has no canonical form.
        """
        if self.base in _ZONED and split_zone(text)[1] not in ("", "Z"):
            return False
        return text == self.canonical(text)


def _facets_hold(facets: Facets, text: str, datatype: DataType) -> bool:
    if facets.enumeration is not None and text not in facets.enumeration:
        return False
    if facets.pattern and not any(_matches(pattern, text) for pattern in facets.pattern):
        return False
    size = len(text)
    if facets.length is not None and size != facets.length:
        return False
    if size < (facets.min_length or 0) or (facets.max_length is not None and size > facets.max_length):
        return False
    return not datatype.is_numeric or _numeric_facets_hold(facets, text)


def _matches(pattern: str, text: str) -> bool:
    try:
        return compile_pattern(pattern).matches(text)
    except PatternError:
        return True  # the schema is invalid, which is reported where it is read


def _numeric_facets_hold(facets: Facets, text: str) -> bool:
    if text == "NaN":
        return True
    value = _number(text)
    if (facets.min_inclusive is not None and value < facets.min_inclusive) or (
        facets.max_inclusive is not None and value > facets.max_inclusive
    ):
        return False
    if (facets.min_exclusive is not None and value <= facets.min_exclusive) or (
        facets.max_exclusive is not None and value >= facets.max_exclusive
    ):
        return False
    if facets.total_digits is None and facets.fraction_digits is None:
        return True
    if not value.is_finite():
        return True
    _, digits, exponent = value.as_tuple()
    significant = "".join(map(str, digits)).lstrip("0")
    kept = significant.rstrip("0")
    power = int(exponent) + len(significant) - len(kept)  # of the last digit that counts
    fraction, total = max(-power, 0), max(len(kept) + max(power, 0), -power)
    return (facets.fraction_digits is None or fraction <= facets.fraction_digits or not kept) and (
        facets.total_digits is None or total <= facets.total_digits or not kept
    )


def _number(text: str) -> Decimal:
    """The number of a valid lexical form; beyond the exponents of `Decimal` it is infinite or zero."""
    try:
        return Decimal(text.replace("INF", "Infinity"))
    except InvalidOperation:
        mantissa, _, exponent = text.lower().partition("e")
        if exponent.startswith("-") or not mantissa.strip("+-0."):
            return Decimal(0)
        return Decimal("-Infinity" if mantissa.startswith("-") else "Infinity")
