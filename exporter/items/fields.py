"""One field of an item class: its declaration and, from its annotation, the types of its values.

The concepts that the fields of an item class may report, but for their namespace.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator
from typing import Any, Final, Union, cast

import attrs
from attrs import evolve, frozen

from exporter.errors import DeclarationError
from exporter.items.codec import Codec
from exporter.items.codecs import ENTITY_REF, codec_for, enumeration_codec
from exporter.items.declarations import (
    METADATA_KEY,
    ConceptDeclaration,
    ConceptOption,
    Declaration,
    DimensionDeclaration,
    PeriodDeclaration,
    SelectorDeclaration,
)
from exporter.items.labels import Labels, catalogue_of
from exporter.items.values import Month, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.period import Duration, Instant
from exporter.model.standard_types import PeriodType

_PART_LABELS: Final = {
    "Kind": Labels(standard="Kind", others={"ja": "種類"}),
    "Identifier": Labels(standard="Identifier", others={"ja": "識別子"}),
}
PERIOD_KINDS: Final[dict[type, PeriodType]] = {
    Instant: "instant",
    Duration: "duration",
    dt.date: "duration",
    Month: "duration",
}


@frozen(kw_only=True)
class FieldSpec:
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


def field_specification(cls: type[Any], attribute: attrs.Attribute[Any], hint: Any) -> FieldSpec:
    declaration = _with_catalogue(cls, attribute.name, attribute.metadata[METADATA_KEY])
    alternatives = list(typing.get_args(hint)) if _is_union(hint) else [hint]
    optional, unknown = type(None) in alternatives, Unknown in alternatives
    alternatives = [alternative for alternative in alternatives if alternative not in (type(None), Unknown)]
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
    return FieldSpec(
        name=attribute.name,
        declaration=declaration,
        codecs=codecs,
        types=tuple(alternatives),
        optional=optional,
        unknown=unknown,
        many=many,
        default=attribute.default,
    )


def _with_catalogue(cls: type[Any], name: str, declaration: Declaration) -> Declaration:
    """The declaration with labels that find their translations in the catalogues of the class."""
    if isinstance(declaration, DimensionDeclaration):
        return evolve(declaration, labels=evolve(declaration.labels, catalogue=catalogue_of(cls, name)))
    if isinstance(declaration, ConceptDeclaration | PeriodDeclaration):
        several = len(declaration.options) > 1
        return evolve(
            declaration,
            options=tuple(
                evolve(option, labels=evolve(option.labels, catalogue=catalogue_of(cls, name, *path)))
                for option in declaration.options
                for path in [(option.name,) if several else ()]
            ),
        )
    return declaration


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


@frozen(kw_only=True)
class FactOption:
    """A concept that a field, or a ``part`` of it, may report: all that does not depend on the namespace."""

    field: str
    name: str
    part: str | None = None
    codec: Codec
    item_type: str
    period_type: PeriodType
    own_period: bool
    declared: ConceptOption
    when: tuple[tuple[str, Any], ...] = ()


def fact_options(cls: type[Any], fields: tuple[FieldSpec, ...], kinds: frozenset[PeriodType]) -> Iterator[FactOption]:
    by_name = {field.name: field for field in fields}
    for each in fields:
        declaration = each.declaration
        if isinstance(declaration, ConceptDeclaration):
            for declared in _declared_options(cls, declaration, by_name):
                for codec in each.codecs:
                    if declared.of is None or codec.python_type is declared.of:
                        yield from _expand(cls, each, codec, declared, kinds)
        elif isinstance(declaration, DimensionDeclaration) and each.codecs[0] is ENTITY_REF:
            of_axis = ConceptOption(name=declaration.name, labels=declaration.labels)
            yield from _parts(each, declaration.name, of_axis, kinds, None)
        elif isinstance(declaration, PeriodDeclaration):
            for declared in declaration.options:
                codec = field_codec(cls, each.name, declared.of or each.types[0])
                yield from _expand(cls, each, codec, declared, kinds)


def _declared_options(
    cls: type[Any], declaration: ConceptDeclaration, fields: dict[str, FieldSpec]
) -> Iterator[ConceptOption]:
    if declaration.companion_of is None:
        yield from declaration.options
        return
    main = fields.get(declaration.companion_of)
    if main is None or not isinstance(main.declaration, ConceptDeclaration) or main.declaration.companion_of:
        raise DeclarationError(
            f"{cls.__qualname__}: a companion of {declaration.companion_of!r}, which is no concept() field"
        )
    template = declaration.options[0]
    for declared in main.declaration.options:
        yield evolve(
            template,
            name=declared.name + declaration.suffix,
            period=declared.period,
            at=declared.at,
            when=declared.when,
            labels=declared.labels.joined(template.labels),
        )


def _expand(
    cls: type[Any],
    field_spec: FieldSpec,
    codec: Codec,
    declared: ConceptOption,
    kinds: frozenset[PeriodType],
) -> Iterator[FactOption]:
    """The concepts one declared option stands for: two where the item's period may be of either kind."""
    if declared.balance is not None and codec.item_type != "monetaryItemType":
        raise DeclarationError(f"{cls.__qualname__}.{field_spec.name}: a balance is for amounts of money only")
    if declared.period == "duration" and kinds == {"instant"}:
        raise DeclarationError(f"{cls.__qualname__}.{field_spec.name}: a duration concept in an item at an instant")
    wanted: list[PeriodType] = [declared.period] if declared.period else sorted(kinds)
    for period_type in wanted:
        suffix = "AtInstant" if declared.period is None and len(kinds) > 1 and period_type == "instant" else ""
        yield FactOption(
            field=field_spec.name,
            name=declared.name + suffix,
            codec=codec,
            item_type=declared.item_type or codec.item_type,
            period_type=period_type,
            own_period=period_type in kinds,
            declared=declared,
            when=declared.when,
        )
    if codec is ENTITY_REF:
        yield from _parts(field_spec, declared.name, declared, kinds, declared.period)


def _parts(
    field_spec: FieldSpec,
    name: str,
    declared: ConceptOption,
    kinds: frozenset[PeriodType],
    period: PeriodType | None,
) -> Iterator[FactOption]:
    """What an `EntityRef` says beside a name: its kind and its identifier."""
    codecs = {"Kind": enumeration_codec(EntityKind), "Identifier": cast(Codec, codec_for(str))}
    for part, codec in codecs.items():
        labels = evolve(declared.labels.joined(_PART_LABELS[part]), standard=None)  # made from the name in English
        for period_type in [period] if period else sorted(kinds):
            suffix = "AtInstant" if period is None and len(kinds) > 1 and period_type == "instant" else ""
            yield FactOption(
                field=field_spec.name,
                name=f"{name}{part}{suffix}",
                part=part,
                codec=codec,
                item_type="noLangTokenItemType" if part == "Identifier" else codec.item_type,
                period_type=period_type,
                own_period=period_type in kinds,
                declared=ConceptOption(name=f"{name}{part}", when=declared.when, labels=labels),
                when=declared.when,
            )
