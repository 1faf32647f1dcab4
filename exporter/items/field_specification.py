"""One field of an item class: its declaration and, from its annotation, the types of its values."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import Any, Final, Union

import attrs
from attrs import frozen

from exporter.errors import DeclarationError
from exporter.items.codecs.by_type import codec_for
from exporter.items.codecs.codec import Codec
from exporter.items.declaration import (
    METADATA_KEY,
    ConceptDeclaration,
    Declaration,
    DimensionDeclaration,
    PeriodType,
    SelectorDeclaration,
)
from exporter.items.values import Month, Unknown
from exporter.model.period import Duration, Instant

PERIOD_KINDS: Final[dict[type, PeriodType]] = {
    Instant: "instant",
    Duration: "duration",
    dt.date: "duration",
    Month: "duration",
}


@frozen(kw_only=True)
class FieldSpecification:
    """One field: its declaration and the types its values may have.

    ``many`` marks a tuple of values, ``optional`` that ``None`` may stand for absent, ``unknown`` that the value may be
    an `Unknown`.
    """

    name: str
    declaration: Declaration
    codecs: tuple[Codec, ...] = ()
    types: tuple[type, ...] = ()
    optional: bool = False
    unknown: bool = False
    many: bool = False
    default: Any = attrs.NOTHING

    @property
    def required(self) -> bool:
        """Whether there is no default."""
        return self.default is attrs.NOTHING

    def codec_of(self, value: Any) -> Codec:
        """The codec for ``value``, which has one of the field's types."""
        if len(self.codecs) == 1:
            return self.codecs[0]
        return next(codec for codec in self.codecs if type(value) is codec.python_type)


def field_specification(cls: type[Any], attribute: attrs.Attribute[Any], hint: Any) -> FieldSpecification:
    declaration: Declaration = attribute.metadata[METADATA_KEY]
    alternatives = list(typing.get_args(hint)) if _is_union(hint) else [hint]
    optional, unknown = type(None) in alternatives, Unknown in alternatives
    alternatives = [each for each in alternatives if each not in (type(None), Unknown)]
    many = False
    if len(alternatives) == 1 and typing.get_origin(alternatives[0]) is tuple:
        inner, *rest = typing.get_args(alternatives[0]) or (None,)
        if rest != [...]:
            raise DeclarationError(
                f"{cls.__qualname__}.{attribute.name}: of tuples only tuple[X, ...] is a field's type"
            )
        many, alternatives = True, list(typing.get_args(inner)) if _is_union(inner) else [inner]
    codecs: tuple[Codec, ...] = ()
    if isinstance(declaration, ConceptDeclaration | DimensionDeclaration | SelectorDeclaration):
        codecs = tuple(field_codec(cls, attribute.name, each) for each in alternatives)
    return FieldSpecification(
        name=attribute.name,
        declaration=declaration,
        codecs=codecs,
        types=tuple(alternatives),
        optional=optional,
        unknown=unknown,
        many=many,
        default=attribute.default,
    )


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (Union, types.UnionType)


def field_codec(cls: type[Any], name: str, python_type: Any) -> Codec:
    codec = codec_for(python_type)
    if codec is None:
        raise DeclarationError(
            f"{cls.__qualname__}.{name}: values of type {python_type!r} cannot be reported; use Money, Percent, Rate, "
            "Ratio, ShareCount, PerShare, int, bool, str, date, Month, MonthDay, TextBlock, EntityRef or an enumeration"
        )
    return codec
