"""The compiled declaration of an item class: its fields with their codecs, the concepts they may report.

Compiled once for each class, on first use; nothing is looked up by reflection for a single item.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any, Final, Union, cast

import attrs
from attrs import evolve, frozen

from exporter.errors import DeclarationError, ItemError
from exporter.findings import Finding, Location
from exporter.items.codecs import ENTITY_REF, Codec, codec_for, enumeration_codec
from exporter.items.declaration import (
    METADATA_KEY,
    ConceptDeclaration,
    ConceptOption,
    Declaration,
    DimensionDeclaration,
    ItemOptions,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    PeriodType,
    ProvenanceDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
)
from exporter.items.footnotes import Footnote
from exporter.items.languages import is_language_tag
from exporter.items.text_block import TextBlock
from exporter.items.values import CurrencyPair, EntityRef, Month, MonthDay, Rate, SourceRef, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.period import Duration, Instant

PERIOD_KINDS: Final[dict[type, PeriodType]] = {
    Instant: "instant",
    Duration: "duration",
    dt.date: "duration",
    Month: "duration",
}
AXIS_TYPES: Final = (str, int, bool, dt.date, Month, MonthDay, EntityRef)
_ONLY_ONCE: Final = (PeriodDeclaration, UnitDeclaration, LanguageDeclaration, NotesDeclaration, RowsDeclaration)


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


@frozen(kw_only=True)
class ItemSpecification:
    """Everything derived from the declaration of one item class."""

    cls: type[Any]
    name: str
    options: ItemOptions
    fields: tuple[FieldSpecification, ...]
    facts: tuple[FactOption, ...]
    period_kinds: frozenset[PeriodType]

    def field(self, name: str) -> FieldSpecification:
        return next(each for each in self.fields if each.name == name)

    def declared(self, *kinds: type) -> tuple[FieldSpecification, ...]:
        """The fields declared as one of ``kinds``."""
        return tuple(each for each in self.fields if isinstance(each.declaration, kinds))

    def only(self, kind: type) -> FieldSpecification | None:
        """The one field declared as ``kind``, if there is one."""
        return next(iter(self.declared(kind)), None)


def item_specification(cls: type[Any]) -> ItemSpecification:
    """The compiled declaration of ``cls``.

    Raises:
        DeclarationError: not a report item, or declared wrongly.
    """
    found = cls.__dict__.get("__item_specification__")
    if found is None:
        if "__report_item__" not in cls.__dict__:
            raise DeclarationError(f"{cls.__qualname__} is no report item: decorate it with @report_item")
        found = _compile(cls)
        cls.__item_specification__ = found
    return cast(ItemSpecification, found)


def _compile(cls: type[Any]) -> ItemSpecification:
    try:
        hints = typing.get_type_hints(cls)
    except NameError as error:
        raise DeclarationError(
            f"{cls.__qualname__}: {error}; the types of an item's fields are names of its module"
        ) from None
    attributes = sorted(attrs.fields(cls), key=_is_supplement)
    _check_attributes(cls, attributes)
    fields = tuple(
        _field(cls, attribute, hints[attribute.name]) for attribute in attributes if METADATA_KEY in attribute.metadata
    )
    for message in (*_wrong_fields(fields), *_wrong_choices(fields), *_wrong_sums(fields)):
        raise DeclarationError(f"{cls.__qualname__}: {message}")
    period = next((each for each in fields if isinstance(each.declaration, PeriodDeclaration)), None)
    kinds = frozenset(PERIOD_KINDS[each] for each in period.types) if period else frozenset[PeriodType]()
    facts = tuple(_fact_options(cls, fields, kinds))
    _check_names(cls, facts)
    return ItemSpecification(
        cls=cls, name=cls.__name__, options=cls.__report_item__, fields=fields, facts=facts, period_kinds=kinds
    )


def _is_supplement(attribute: attrs.Attribute[Any]) -> bool:
    """Footnotes and provenance come after what the item states, though the base class declares them first."""
    return isinstance(attribute.metadata.get(METADATA_KEY), NotesDeclaration | ProvenanceDeclaration)


def _field(cls: type[Any], attribute: attrs.Attribute[Any], hint: Any) -> FieldSpecification:
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
        codecs = tuple(_codec(cls, attribute.name, each) for each in alternatives)
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


def _codec(cls: type[Any], name: str, python_type: Any) -> Codec:
    codec = codec_for(python_type)
    if codec is None:
        raise DeclarationError(
            f"{cls.__qualname__}.{name}: values of type {python_type!r} cannot be reported; use Money, Percent, Rate, "
            "Ratio, ShareCount, PerShare, int, bool, str, date, Month, MonthDay, TextBlock, EntityRef or an enumeration"
        )
    return codec


def _check_attributes(cls: type[Any], attributes: Iterable[attrs.Attribute[Any]]) -> None:
    """Refuse what would be lost on the way through facts or JSON."""
    for each in attributes:
        where = f"{cls.__qualname__}.{each.name}"
        if METADATA_KEY not in each.metadata:
            if each.init:
                raise DeclarationError(
                    f"{where}: a field of an item is declared with concept(), dimension() or the like"
                )
            continue
        if each.name == "type" or each.name.startswith("_"):
            raise DeclarationError(f"{where}: no field is called 'type', nor does its name begin with an underscore")


def _wrong_fields(fields: tuple[FieldSpecification, ...]) -> Iterator[str]:
    """What is wrong with the kinds and types of fields."""
    for kind in _ONLY_ONCE:
        if sum(isinstance(each.declaration, kind) for each in fields) > 1:
            yield f"more than one {kind.__name__.removesuffix('Declaration').lower()} field"
    declared = {type(each.declaration) for each in fields}
    if PeriodDeclaration not in declared and declared & {ConceptDeclaration, DimensionDeclaration}:
        yield "an item that states facts has a period() field"
    for each in fields:
        for complaint in (_wrong_type(each), _wrong_default(each)):
            if complaint is not None:
                yield f"{each.name}: {complaint}"
        if Rate in each.types and UnitDeclaration not in declared:
            yield f"{each.name}: a Rate needs a unit() field with the currency pair"
    axes = ["CurrencyPair"] if UnitDeclaration in declared else []
    for each in fields:
        if isinstance(each.declaration, DimensionDeclaration):
            if each.declaration.name in axes:
                yield f"{each.name}: there is another axis {each.declaration.name}Axis"
            axes.append(each.declaration.name)


def _wrong_type(each: FieldSpecification) -> str | None:
    types = set(each.types)
    always_known = not each.optional and not each.unknown
    match each.declaration:
        case PeriodDeclaration() if not (always_known and types <= PERIOD_KINDS.keys() and not each.many):
            return "a period is an Instant, a Duration, a date or a Month, and always known"
        case PeriodDeclaration() if (
            types in ({Duration, dt.date}, {Duration, Month}, {Instant, dt.date}) or len(types) > 2
        ):
            return "nothing tells these kinds of period apart"
        case DimensionDeclaration() if each.unknown or each.many or len(types) != 1:
            return "a dimension has one type of value, and the value is known"
        case DimensionDeclaration() if not (each.types[0] in AXIS_TYPES or issubclass(each.types[0], enum.StrEnum)):
            return (
                f"an axis has values of the types {', '.join(kind.__name__ for kind in AXIS_TYPES)} or an enumeration"
            )
        case SelectorDeclaration() if not (always_known and len(types) == 1 and issubclass(each.types[0], enum.Enum)):
            return "a selector is an enumeration and always given"
        case UnitDeclaration() if types != {CurrencyPair} or not always_known:
            return "a unit() field is a CurrencyPair and always given"
        case LanguageDeclaration() if types != {str} or each.unknown or each.many:
            return "a language() field is a str, or None"
        case NotesDeclaration() if types != {Footnote} or not each.many:
            return "a notes() field is a tuple[Footnote, ...]"
        case RowsDeclaration() if not each.many or not all(map(is_item_class, types)):
            return "a rows() field is a tuple of report items"
        case ProvenanceDeclaration() if len(types) != 1 or not types <= {str, SourceRef} or each.many:
            return "a provenance() field is a str or a SourceRef, or None"
        case ConceptDeclaration() if each.many and each.types != (str,):
            return "of several values in one field only tuple[str, ...] can be a fact"
        case ConceptDeclaration() if len(types) > 1 and types & {str, TextBlock, EntityRef}:
            return "a text or an entity in one field with other types could not be told from them"
    return None


def _wrong_default(each: FieldSpecification) -> str | None:
    """A value that is not written must be the default, or it would come back as another."""
    if each.optional and each.default is not None:
        return "a field that may be None has the default None"
    if each.many and not each.optional and each.default not in ((), attrs.NOTHING):
        return "a field of several values has the default () or none"
    return None


def _wrong_choices(fields: tuple[FieldSpecification, ...]) -> Iterator[str]:
    """What is wrong with the options of fields and with the selectors that choose among them."""
    selectors = {each.name: each.types[0] for each in fields if isinstance(each.declaration, SelectorDeclaration)}
    used: set[str] = set()
    for each in fields:
        for option in getattr(each.declaration, "options", ()):
            if option.of is not None and option.of not in each.types:
                yield f"{each.name}: the option {option.name} is for another type than the field has"
            for name, value in option.when:
                used.add(name)
                if name not in selectors:
                    yield f"{each.name}: the option {option.name} asks for {name!r}, which is no selector() field"
                elif not isinstance(value, selectors[name]):
                    yield f"{each.name}: the option {option.name} asks for a {name} that does not exist: {value!r}"
    if idle := sorted(selectors.keys() - used):
        yield f"{idle[0]}: a selector that no option asks for is lost among facts"


def _wrong_sums(fields: tuple[FieldSpecification, ...]) -> Iterator[str]:
    numbers = {
        each.name
        for each in fields
        if isinstance(each.declaration, ConceptDeclaration) and all(codec.is_number for codec in each.codecs)
    }
    for each in fields:
        for part, weight in getattr(each.declaration, "sum_of", ()):
            if part not in numbers or each.name not in numbers or part == each.name:
                yield f"{each.name} is a sum of {part!r}, which is no other number"
            elif not weight:
                yield f"{each.name} is a sum of {part!r} with the weight 0"


def _check_names(cls: type[Any], facts: Iterable[FactOption]) -> None:
    """A concept is reported by one field, for one type of value and one choice of the selectors."""
    seen: dict[str, FactOption] = {}
    for option in facts:
        first = seen.setdefault(option.name, option)
        if (first.field, first.part) != (option.field, option.part):
            owners = (".".join(filter(None, (each.field, each.part))) for each in (first, option))
            raise DeclarationError(
                f"{cls.__qualname__}: the fields {' and '.join(owners)} report the same concept {option.name}"
            )
        if first.codec is not option.codec or first.when != option.when:
            raise DeclarationError(
                f"{cls.__qualname__}.{option.field}: {option.name} is reported for values of two types or for two "
                "choices, which a fact does not tell apart; give each a concept of its own"
            )


def _fact_options(
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
                codec = _codec(cls, each.name, declared.of or each.types[0])
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


# --- values of one item --------------------------------------------------------------------------------------------


def check_values(item: Any) -> None:
    """Refuse values of the wrong type and whatever the item's own ``check`` calls an error.

    Raises:
        ItemError: with all findings; pointers are relative to the item.
    """
    spec = item_specification(type(item))
    findings = [*_type_findings(spec, item)]
    if not findings:
        findings = [finding for finding in check_item(item) if finding.is_error]
    if findings:
        raise ItemError(findings=[finding.at(item=spec.name) for finding in findings])


def settle_footnotes(item: Any) -> None:
    """Bring footnotes to one form: one note for one text, and a note to all that is stated is a note to the item."""
    spec = item_specification(type(item))
    each = spec.only(NotesDeclaration)
    notes = getattr(item, each.name) if each is not None else ()
    if each is None or (len(notes) < 2 and not any(note.fields for note in notes)):
        return
    stated = stated_fields(item)
    merged: dict[tuple[str, str | None], Footnote] = {}
    for note in notes:
        key = (note.text, note.language)
        known = merged.setdefault(key, note)
        fields = {*known.fields, *note.fields} if known.fields and note.fields else ()
        merged[key] = evolve(known, fields=() if fields == stated else fields)
    object.__setattr__(item, each.name, tuple(merged.values()))


def stated_fields(item: Any) -> set[str]:
    """The fields of an item that become facts."""
    found: set[str] = set()
    for option in item_specification(type(item)).facts:
        value = getattr(item, option.field)
        if value is None or value == ():
            continue
        if option.part is None or (isinstance(value, EntityRef) and _has_part(value, option.part)):
            found.add(option.field)
    return found


def _has_part(value: EntityRef, part: str) -> bool:
    return value.identifier is not None if part == "Identifier" else value.kind is not EntityKind.ORGANIZATION


def check_item(item: Any) -> Iterator[Finding]:
    """All that is wrong with the values of an item, warnings included."""
    spec = item_specification(type(item))
    yield from _statement_findings(spec, item)
    yield from _footnote_findings(spec, item)
    check = getattr(item, "check", None)
    if check is not None:
        yield from check()


def _type_findings(spec: ItemSpecification, item: Any) -> Iterator[Finding]:
    for each in spec.fields:
        value = getattr(item, each.name)
        if not _has_type(each, value):
            expected = " or ".join(_type_name(each, python_type) for python_type in each.types) or "no such value"
            yield Finding(
                code="exporter:wrongType",
                message=f"{each.name} is {expected}, got {value!r}",
                location=Location(pointer=f"/{each.name}"),
                mend=f"give {each.name} as {expected}",
            )


def _type_name(each: FieldSpecification, python_type: Any) -> str:
    name = getattr(python_type, "__name__", str(python_type))
    return f"a tuple of {name}" if each.many else name


def _has_type(each: FieldSpecification, value: Any) -> bool:
    declaration = each.declaration
    if value is None:
        return each.optional
    if isinstance(declaration, NotesDeclaration):
        return isinstance(value, tuple) and all(isinstance(note, Footnote) for note in value)
    if isinstance(value, Unknown):
        return each.unknown
    if each.many:
        return isinstance(value, tuple) and all(type(part) in each.types for part in value)
    return type(value) in each.types


def _statement_findings(spec: ItemSpecification, item: Any) -> Iterator[Finding]:
    """An item that says nothing at its own period could not be found again among facts; a rate needs its pair."""
    own = {option.field for option in spec.facts if option.own_period and option.part is None}
    if spec.facts and not any(getattr(item, name) not in (None, ()) for name in own):
        yield Finding(
            code="exporter:nothingStated",
            message=f"{spec.name} states nothing: none of {', '.join(sorted(own))} is given",
            location=Location(pointer=""),
            mend="state at least one of them, or leave the item out",
        )
    for each in spec.declared(LanguageDeclaration):
        value = getattr(item, each.name)
        if value is not None and not is_language_tag(value):
            yield Finding(
                code="exporter:invalidValue",
                message=f"expected a language tag like en or ja, got {value!r}",
                location=Location(pointer=f"/{each.name}"),
            )
    for each in spec.declared(ConceptDeclaration):
        value = getattr(item, each.name)
        if each.many and value == () and each.default != ():
            yield Finding(
                code="exporter:missingField",
                message=f"{each.name} has no value",
                location=Location(pointer=f"/{each.name}"),
                mend=f"give at least one, or declare {each.name} with the default ()",
            )
        if each.many and value and any("\n" in part or not part for part in value):
            yield Finding(
                code="exporter:brokenLine",
                message=f"each value of {each.name} is one line of text and not empty",
                location=Location(pointer=f"/{each.name}"),
                mend="take the line breaks and the empty values out",
            )


def _footnote_findings(spec: ItemSpecification, item: Any) -> Iterator[Finding]:
    each = spec.only(NotesDeclaration)
    if each is None:
        return
    stated: set[str] | None = None
    for index, note in enumerate(getattr(item, each.name)):
        if not note.fields:
            continue
        stated = stated_fields(item) if stated is None else stated
        if idle := sorted(set(note.fields) - stated):
            yield Finding(
                code="exporter:footnoteToNothing",
                message=f"the footnote belongs to {', '.join(idle)}, which the item does not report",
                location=Location(pointer=f"/{each.name}/{index}"),
                mend=f"name fields that are facts: {', '.join(sorted(stated))}",
            )


def is_item_class(python_type: Any) -> bool:
    """Whether ``python_type`` is a report item class."""
    return isinstance(python_type, type) and "__report_item__" in python_type.__dict__


__all__ = [
    "CurrencyPair",
    "EntityRef",
    "FactOption",
    "FieldSpecification",
    "ItemSpecification",
    "check_item",
    "check_values",
    "is_item_class",
    "item_specification",
]
