"""The concepts that the fields of an item class may report, but for their namespace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from attrs import evolve, frozen

from exporter.errors import DeclarationError
from exporter.items.codecs.by_type import codec_for
from exporter.items.codecs.codec import Codec
from exporter.items.codecs.entities import ENTITY_REF
from exporter.items.codecs.enumerations import enumeration_codec
from exporter.items.declaration import (
    ConceptDeclaration,
    ConceptOption,
    DimensionDeclaration,
    PeriodDeclaration,
    PeriodType,
)
from exporter.items.field_specification import FieldSpecification, field_codec
from exporter.items.values.parties import EntityKind


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


def fact_options(
    cls: type[Any], fields: tuple[FieldSpecification, ...], kinds: frozenset[PeriodType]
) -> Iterator[FactOption]:
    by_name = {each.name: each for each in fields}
    for each in fields:
        declaration = each.declaration
        if isinstance(declaration, ConceptDeclaration):
            for declared in _declared_options(cls, declaration, by_name):
                for codec in each.codecs:
                    if declared.of is None or codec.python_type is declared.of:
                        yield from _expand(cls, each, codec, declared, kinds)
        elif isinstance(declaration, DimensionDeclaration) and each.codecs[0] is ENTITY_REF:
            yield from _parts(each, declaration.name, ConceptOption(name=declaration.name), kinds, None)
        elif isinstance(declaration, PeriodDeclaration):
            for declared in declaration.options:
                codec = field_codec(cls, each.name, declared.of or each.types[0])
                yield from _expand(cls, each, codec, declared, kinds)


def _declared_options(
    cls: type[Any], declaration: ConceptDeclaration, fields: dict[str, FieldSpecification]
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
        labels, own = declared.labels, template.labels
        yield evolve(
            template,
            name=declared.name + declaration.suffix,
            period=declared.period,
            at=declared.at,
            when=declared.when,
            labels=evolve(
                own,
                standard=_joined(labels.standard, own.standard, ", "),
                standard_ja=_joined(labels.standard_ja, own.standard_ja, "、"),
            ),
        )


def _joined(main: str | None, own: str | None, glue: str) -> str | None:
    return f"{main}{glue}{own}" if main and own else None


def _expand(
    cls: type[Any],
    each: FieldSpecification,
    codec: Codec,
    declared: ConceptOption,
    kinds: frozenset[PeriodType],
) -> Iterator[FactOption]:
    """The concepts one declared option stands for: two where the item's period may be of either kind."""
    if declared.balance is not None and codec.item_type != "monetaryItemType":
        raise DeclarationError(f"{cls.__qualname__}.{each.name}: a balance is for amounts of money only")
    if declared.period == "duration" and kinds == {"instant"}:
        raise DeclarationError(f"{cls.__qualname__}.{each.name}: a duration concept in an item at an instant")
    wanted: list[PeriodType] = [declared.period] if declared.period else sorted(kinds)
    for period_type in wanted:
        suffix = "AtInstant" if declared.period is None and len(kinds) > 1 and period_type == "instant" else ""
        yield FactOption(
            field=each.name,
            name=declared.name + suffix,
            codec=codec,
            item_type=declared.item_type or codec.item_type,
            period_type=period_type,
            own_period=period_type in kinds,
            declared=declared,
            when=declared.when,
        )
    if codec is ENTITY_REF:
        yield from _parts(each, declared.name, declared, kinds, declared.period)


def _parts(
    each: FieldSpecification,
    name: str,
    declared: ConceptOption,
    kinds: frozenset[PeriodType],
    period: PeriodType | None,
) -> Iterator[FactOption]:
    """What an `EntityRef` says beside a name: its kind and its identifier."""
    codecs = {"Kind": enumeration_codec(EntityKind), "Identifier": cast(Codec, codec_for(str))}
    for part, codec in codecs.items():
        for period_type in [period] if period else sorted(kinds):
            suffix = "AtInstant" if period is None and len(kinds) > 1 and period_type == "instant" else ""
            yield FactOption(
                field=each.name,
                name=f"{name}{part}{suffix}",
                part=part,
                codec=codec,
                item_type="noLangTokenItemType" if part == "Identifier" else codec.item_type,
                period_type=period_type,
                own_period=period_type in kinds,
                declared=ConceptOption(name=f"{name}{part}", when=declared.when),
                when=declared.when,
            )
