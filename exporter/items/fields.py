"""The fields of an item class, compiled: the types of their values, and the concepts that they may report.

`read_field` takes the types from the annotation of a field, `concept_specs` the concepts from its declaration. What a
profile and a namespace add to them is the business of `exporter.items.bind`.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any, Final, Union, cast

import attrs
from attrs import evolve, frozen

from exporter.errors import DeclarationError
from exporter.items.codec import Codec
from exporter.items.codecs import ENTITY_REF, codec_for, enumeration_codec
from exporter.items.declarations import (
    METADATA_KEY,
    At,
    ConceptDeclaration,
    ConceptOption,
    Declaration,
    DimensionDeclaration,
    PartDeclaration,
    PeriodDeclaration,
    SelectorDeclaration,
)
from exporter.items.labels import Labels, catalogue_of
from exporter.items.values import Month, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.period import Duration, Instant
from exporter.model.standard_types import Balance, PeriodType

AT_INSTANT: Final = "AtInstant"
"""What ends the name of a concept at an instant of a field that reports another for a duration."""

_PART_LABELS: Final = {
    "Kind": Labels(standard="Kind", others={"ja": "種類", "de": "Art", "fr": "Nature", "es": "Tipo", "nl": "Soort"}),
    "Identifier": Labels(
        standard="Identifier",
        others={"ja": "識別子", "de": "Kennung", "fr": "Identifiant", "es": "Identificador", "nl": "Kenmerk"},
    ),
}
_UNIONS: Final = (Union, types.UnionType)
PERIOD_KINDS: Final[dict[type, PeriodType]] = {
    Instant: "instant",
    Duration: "duration",
    dt.date: "duration",
    Month: "duration",
}


@frozen(kw_only=True)
class ConceptSpec:
    """A concept that a field, or a ``part`` of its values, may report: all that does not depend on the namespace.

    It is reported for values of the codec's type, where the selectors of the item have the values of ``when``.
    ``own_period`` says that an item may have a period of its kind; if not, it holds ``at`` the start or the end of the
    item's. ``at_instant`` marks that its name ends in AtInstant, for the field reports another for a duration.
    ``inverted`` turns the sign; ``wider`` and ``narrower`` are the standard concepts that it is anchored to.
    """

    name: str
    part: str | None = None
    codec: Codec
    item_type: str
    period_type: PeriodType
    own_period: bool
    at: At = "end"
    at_instant: bool = False
    inverted: bool = False
    balance: Balance | None = None
    when: tuple[tuple[str, Any], ...] = ()
    labels: Labels
    references: tuple[tuple[tuple[str, str], ...], ...] = ()
    wider: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()

    def has_twin(self, others: Iterable[ConceptSpec], period_type: PeriodType) -> bool:
        """Whether one of ``others``, the concepts of the field, reports the same values for a kind of period."""
        return any(
            other.period_type == period_type
            and (other.part, other.when) == (self.part, self.when)
            and other.codec.python_type is self.codec.python_type
            for other in others
        )


@frozen(kw_only=True)
class FieldSpec:
    """A field: its declaration, the types that its values may have, and the concepts that it may report.

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
    concepts: tuple[ConceptSpec, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the values of the field are facts of their own, each with a member on an axis of the field."""
        return self.many and isinstance(self.declaration, ConceptDeclaration) and not self.declaration.lines

    @property
    def required(self) -> bool:
        """Whether there is no default."""
        return self.default is attrs.NOTHING

    def codec_of(self, value: Any) -> Codec:
        """The codec for ``value``, which has one of the field's types."""
        if len(self.codecs) == 1:
            return self.codecs[0]
        return next(codec for codec in self.codecs if type(value) is codec.python_type)


def read_field(cls: type[Any], attribute: attrs.Attribute[Any], hint: Any) -> FieldSpec:
    """The field that an attribute of an item class declares, but for its concepts.

    Raises:
        DeclarationError: the annotation has types that cannot be reported.
    """
    declaration = _with_catalogue(cls, attribute.name, attribute.metadata[METADATA_KEY])
    alternatives = list(typing.get_args(hint)) if typing.get_origin(hint) in _UNIONS else [hint]
    optional, unknown = type(None) in alternatives, Unknown in alternatives
    alternatives = [alternative for alternative in alternatives if alternative not in (type(None), Unknown)]
    many = False
    if len(alternatives) == 1 and typing.get_origin(alternatives[0]) is tuple:
        inner, *rest = typing.get_args(alternatives[0]) or (None,)
        if rest != [...]:
            raise DeclarationError(
                f"{cls.__qualname__}.{attribute.name}: of tuples only tuple[X, ...] is a field's type"
            )
        many, alternatives = True, list(typing.get_args(inner)) if typing.get_origin(inner) in _UNIONS else [inner]
    codecs: tuple[Codec, ...] = ()
    if isinstance(declaration, ConceptDeclaration | DimensionDeclaration | SelectorDeclaration):
        codecs = tuple(_codec(cls, attribute.name, python_type) for python_type in alternatives)
    elif isinstance(declaration, PartDeclaration):
        codecs = (declaration.codec,)
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


def _codec(cls: type[Any], name: str, python_type: Any) -> Codec:
    codec = codec_for(python_type)
    if codec is None:
        raise DeclarationError(
            f"{cls.__qualname__}.{name}: values of type {python_type!r} cannot be reported; use Money, Percent, Rate, "
            "Ratio, ShareCount, PerShare, int, bool, str, date, Month, MonthDay, TextBlock, EntityRef or an enumeration"
        )
    return codec


def concept_specs(
    cls: type[Any], field: FieldSpec, fields: Iterable[FieldSpec], kinds: frozenset[PeriodType]
) -> Iterator[ConceptSpec]:
    """The concepts that a field may report.

    Args:
        fields: the fields of the class; a companion reports a concept for each of another's.
        kinds: the kinds of period that an item may have.

    Raises:
        DeclarationError: an option of the field does not go with its type or with the item's period.
    """
    declaration = field.declaration
    if isinstance(declaration, ConceptDeclaration):
        is_companion = declaration.companion_of is not None
        for option in _companions(cls, declaration, fields) if is_companion else declaration.options:
            for codec in field.codecs:
                if option.of is None or codec.python_type is option.of:
                    yield from _concepts_of(cls, field, codec, option, kinds)
    elif isinstance(declaration, DimensionDeclaration) and field.codecs[0] is ENTITY_REF:
        yield from _entity_parts(ConceptOption(name=declaration.name, labels=declaration.labels), kinds)
    elif isinstance(declaration, PeriodDeclaration):
        for option in declaration.options:
            codec = _codec(cls, field.name, option.of or field.types[0])
            yield from _concepts_of(cls, field, codec, option, kinds)


def _companions(
    cls: type[Any], declaration: ConceptDeclaration, fields: Iterable[FieldSpec]
) -> Iterator[ConceptOption]:
    """The options of a companion, made from those of the field that it accompanies."""
    main = next((field.declaration for field in fields if field.name == declaration.companion_of), None)
    if not isinstance(main, ConceptDeclaration) or main.companion_of:
        raise DeclarationError(
            f"{cls.__qualname__}: a companion of {declaration.companion_of!r}, which is no concept() field"
        )
    template = declaration.options[0]
    for option in main.options:
        yield evolve(
            template,
            name=option.name + declaration.suffix,
            period=option.period,
            at=option.at,
            when=option.when,
            labels=option.labels.joined(template.labels),
        )


def _concepts_of(
    cls: type[Any], field: FieldSpec, codec: Codec, option: ConceptOption, kinds: frozenset[PeriodType]
) -> Iterator[ConceptSpec]:
    """The concepts one option stands for: two where the item's period may be of either kind, more for an entity."""
    if option.balance is not None and codec.item_type != "monetaryItemType":
        raise DeclarationError(f"{cls.__qualname__}.{field.name}: a balance is for amounts of money only")
    if option.period == "duration" and kinds == {"instant"}:
        raise DeclarationError(f"{cls.__qualname__}.{field.name}: a duration concept in an item at an instant")
    for period_type, at_instant in _period_types(option.period, kinds):
        yield ConceptSpec(
            name=option.name + (AT_INSTANT if at_instant else ""),
            codec=codec,
            item_type=option.item_type or codec.item_type,
            period_type=period_type,
            own_period=period_type in kinds,
            at=option.at,
            at_instant=at_instant,
            inverted=option.sign == "inverted",
            balance=option.balance,
            when=option.when,
            labels=option.labels,
            references=option.references,
            wider=option.wider,
            narrower=option.narrower,
        )
    if codec is ENTITY_REF:
        yield from _entity_parts(option, kinds)


def _entity_parts(option: ConceptOption, kinds: frozenset[PeriodType]) -> Iterator[ConceptSpec]:
    """What an `EntityRef` says beside a name: its kind and its identifier."""
    codecs = {"Kind": enumeration_codec(EntityKind), "Identifier": cast(Codec, codec_for(str))}
    for part, codec in codecs.items():
        labels = evolve(option.labels.joined(_PART_LABELS[part]), standard=None)  # made from the name in English
        for period_type, at_instant in _period_types(option.period, kinds):
            yield ConceptSpec(
                name=option.name + part + (AT_INSTANT if at_instant else ""),
                part=part,
                codec=codec,
                item_type="noLangTokenItemType" if part == "Identifier" else codec.item_type,
                period_type=period_type,
                own_period=period_type in kinds,
                at_instant=at_instant,
                when=option.when,
                labels=labels,
            )


def _period_types(declared: PeriodType | None, kinds: frozenset[PeriodType]) -> Iterator[tuple[PeriodType, bool]]:
    """The period types of an option's concepts, and whether the name says that one holds at an instant."""
    for period_type in [declared] if declared else sorted(kinds):
        yield period_type, declared is None and len(kinds) > 1 and period_type == "instant"
