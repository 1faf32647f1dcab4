"""What is wrong with the declaration of an item class: all that would be lost on the way through facts or JSON.

The compiled declaration of an item class: its fields with their codecs, the concepts they may report.

Compiled once for each class, on first use; nothing is looked up by reflection for a single item.

Items that containers hold.
"""

from __future__ import annotations

import datetime as dt
import enum
import typing
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

import attrs
from attrs import frozen

from exporter.errors import DeclarationError
from exporter.findings import list_text
from exporter.items.declarations import (
    METADATA_KEY,
    ConceptDeclaration,
    DimensionDeclaration,
    ItemOptions,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
    is_item_class,
)
from exporter.items.fields import PERIOD_KINDS, FactOption, FieldSpec, fact_options, field_specification
from exporter.items.values import CurrencyPair, EntityRef, Month, MonthDay, Rate, SourceRef
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.period import Duration, Instant
from exporter.model.standard_types import PeriodType

AXIS_TYPES: Final = (str, int, bool, dt.date, Month, MonthDay, EntityRef)
_ASPECTS: Final = (PeriodDeclaration, DimensionDeclaration, UnitDeclaration)
_ONLY_ONCE: Final = (PeriodDeclaration, UnitDeclaration, LanguageDeclaration, NotesDeclaration, RowsDeclaration)


def check_attributes(cls: type[Any], attributes: Iterable[attrs.Attribute[Any]]) -> None:
    """Refuse what would be lost on the way through facts or JSON."""
    for attribute in attributes:
        where = f"{cls.__qualname__}.{attribute.name}"
        if METADATA_KEY not in attribute.metadata:
            if attribute.init:
                raise DeclarationError(
                    f"{where}: a field of an item is declared with concept(), dimension() or the like"
                )
            continue
        if attribute.name == "type" or attribute.name.startswith("_"):
            raise DeclarationError(f"{where}: no field is called 'type', nor does its name begin with an underscore")


def complaints(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    """What is wrong with the fields of a class, taken one by one and together."""
    yield from _wrong_fields(fields)
    yield from _wrong_choices(fields)
    yield from _wrong_sums(fields)
    yield from _wrong_rows(fields)


def _wrong_fields(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    """What is wrong with the kinds and types of fields."""
    for kind in _ONLY_ONCE:
        if sum(isinstance(each.declaration, kind) for each in fields) > 1:
            yield f"more than one {kind.__name__.removesuffix('Declaration').lower()} field"
    declared = {type(field.declaration) for field in fields}
    if (
        PeriodDeclaration not in declared
        and not is_bare_container(fields)
        and declared
        & {
            ConceptDeclaration,
            DimensionDeclaration,
        }
    ):
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


def _wrong_type(field_spec: FieldSpec) -> str | None:
    types = set(field_spec.types)
    always_known = not field_spec.optional and not field_spec.unknown
    match field_spec.declaration:
        case PeriodDeclaration() if not (always_known and types <= PERIOD_KINDS.keys() and not field_spec.many):
            return "a period is an Instant, a Duration, a date or a Month, and always known"
        case PeriodDeclaration() if (
            types in ({Duration, dt.date}, {Duration, Month}, {Instant, dt.date}) or len(types) > 2
        ):
            return "nothing tells these kinds of period apart"
        case DimensionDeclaration() if field_spec.unknown or field_spec.many or len(types) != 1:
            return "a dimension has one type of value, and the value is known"
        case DimensionDeclaration() if not (
            field_spec.types[0] in AXIS_TYPES or issubclass(field_spec.types[0], enum.StrEnum)
        ):
            return (
                f"an axis has values of the types {list_text(kind.__name__ for kind in AXIS_TYPES)} or an enumeration"
            )
        case SelectorDeclaration() if not (
            always_known and len(types) == 1 and issubclass(field_spec.types[0], enum.Enum)
        ):
            return "a selector is an enumeration and always given"
        case UnitDeclaration() if types != {CurrencyPair} or not always_known:
            return "a unit() field is a CurrencyPair and always given"
        case LanguageDeclaration() if types != {str} or field_spec.unknown or field_spec.many:
            return "a language() field is a str, or None"
        case NotesDeclaration() if types != {Footnote} or not field_spec.many:
            return "a notes() field is a tuple[Footnote, ...]"
        case RowsDeclaration() if not field_spec.many or not all(map(is_item_class, types)):
            return "a rows() field is a tuple of report items"
        case ProvenanceDeclaration() if len(types) != 1 or not types <= {str, SourceRef} or field_spec.many:
            return "a provenance() field is a str or a SourceRef, or None"
        case ConceptDeclaration() if field_spec.many and field_spec.types != (str,):
            return "of several values in one field only tuple[str, ...] can be a fact"
        case ConceptDeclaration() if len(types) > 1 and types & {str, TextBlock, EntityRef}:
            return "a text or an entity in one field with other types could not be told from them"
    return None


def _wrong_default(field_spec: FieldSpec) -> str | None:
    """A value that is not written must be the default, or it would come back as another."""
    if field_spec.optional and field_spec.default is not None:
        return "a field that may be None has the default None"
    if field_spec.many and not field_spec.optional and field_spec.default not in ((), attrs.NOTHING):
        return "a field of several values has the default () or none"
    return None


def _wrong_choices(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    """What is wrong with the options of fields and with the selectors that choose among them."""
    selectors = {field.name: field.types[0] for field in fields if isinstance(field.declaration, SelectorDeclaration)}
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


def _wrong_sums(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    numbers = {
        field.name
        for field in fields
        if isinstance(field.declaration, ConceptDeclaration) and all(codec.is_number for codec in field.codecs)
    }
    for each in fields:
        for part, weight in getattr(each.declaration, "sum_of", ()):
            if part not in numbers or each.name not in numbers or part == each.name:
                yield f"{each.name} is a sum of {part!r}, which is no other number"
            elif not weight:
                yield f"{each.name} is a sum of {part!r} with the weight 0"
    sums = {each.name: getattr(each.declaration, "sum_of", ()) for each in fields}
    yield from _circular_sums({name: [part for part, _ in parts] for name, parts in sums.items()})


def is_bare_container(fields: Iterable[FieldSpec]) -> bool:
    """Whether the fields are those of a container that states nothing but its rows."""
    declarations = [field.declaration for field in fields]
    states = any(
        isinstance(declared, ConceptDeclaration) or getattr(declared, "options", ()) for declared in declarations
    )
    return not states and any(isinstance(declared, RowsDeclaration) for declared in declarations)


def _wrong_rows(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    """What could not be read back of a container: the values that neither its facts nor its rows state."""
    table = next((each for each in fields if isinstance(each.declaration, RowsDeclaration)), None)
    if table is None or not isinstance(table.declaration, RowsDeclaration):
        return
    kinds = {field.name: type(field.declaration) for field in fields}
    has_concepts = not is_bare_container(fields)
    own = [name for name, kind in kinds.items() if kind in _ASPECTS]
    if not has_concepts:
        for name, kind in kinds.items():
            if kind in (SelectorDeclaration, LanguageDeclaration):
                yield f"{name}: a container without concepts has nothing that states it"
    for row in table.types:
        named = {each.name for each in attrs.fields(row) if METADATA_KEY in each.metadata}
        for name in table.declaration.by:
            if name not in named:
                yield f"{table.name}: {row.__name__} has no field {name!r}, which rows are told apart by"
            elif has_concepts and name not in kinds:
                yield f"{table.name}: a container with concepts of its own has a field {name!r} too, as its rows have"
        for name in own:
            if not has_concepts and name not in named:
                yield f"{name}: no fact states it; give {row.__name__} a field {name!r} too, or the container a concept"


def _circular_sums(parts: dict[str, list[str]]) -> Iterator[str]:
    """A sum that is, through its parts, a part of itself."""
    for name in parts:
        reached, waiting = set[str](), [name]
        while waiting:
            for part in parts.get(waiting.pop(), ()):
                if part == name and name not in parts[name]:
                    yield f"{name} is a sum of itself, by way of its parts; take one sum_of away"
                    return
                if part not in reached:
                    reached.add(part)
                    waiting.append(part)


def check_names(cls: type[Any], facts: Iterable[FactOption]) -> None:
    """A concept is reported by one field, for one type of value and one choice of the selectors."""
    seen: dict[str, FactOption] = {}
    for option in facts:
        first = seen.setdefault(option.name, option)
        if (first.field, first.part) != (option.field, option.part):
            owners = (".".join(filter(None, (each.field, each.part))) for each in (first, option))
            raise DeclarationError(
                f"{cls.__qualname__}: the fields {list_text(owners, last=' and ')} report one concept, {option.name}"
            )
        if first.codec is not option.codec or first.when != option.when:
            raise DeclarationError(
                f"{cls.__qualname__}.{option.field}: {option.name} is reported for values of two types or for two "
                "choices, which a fact does not tell apart; give each a concept of its own"
            )


@frozen(kw_only=True, eq=False)
class ItemSpec:
    """Everything derived from the declaration of one item class."""

    cls: type[Any]
    name: str
    options: ItemOptions
    fields: tuple[FieldSpec, ...]
    facts: tuple[FactOption, ...]
    period_kinds: frozenset[PeriodType]

    def field(self, name: str) -> FieldSpec:
        return next(field for field in self.fields if field.name == name)

    def declared(self, *kinds: type) -> tuple[FieldSpec, ...]:
        """The fields declared as one of ``kinds``."""
        return tuple(field for field in self.fields if isinstance(field.declaration, kinds))

    def name_of(self, kind: type) -> str | None:
        """The name of the one field declared as ``kind``, if there is one."""
        found = self.only(kind)
        return found.name if found else None

    def only(self, kind: type) -> FieldSpec | None:
        """The one field declared as ``kind``, if there is one."""
        return next(iter(self.declared(kind)), None)


def item_specification(cls: type[Any]) -> ItemSpec:
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
    return cast(ItemSpec, found)


def _compile(cls: type[Any]) -> ItemSpec:
    try:
        hints = typing.get_type_hints(cls)
    except NameError as error:
        raise DeclarationError(
            f"{cls.__qualname__}: {error}; the types of an item's fields are names of its module"
        ) from None
    attributes = sorted(attrs.fields(cls), key=_is_supplement)
    check_attributes(cls, attributes)
    for attribute in attributes:
        if METADATA_KEY in attribute.metadata and attribute.name not in hints:
            raise DeclarationError(
                f"{cls.__qualname__}.{attribute.name}: the field has no type; write {attribute.name}: Money = … "
                "or the like"
            )
    fields = tuple(
        field_specification(cls, attribute, hints[attribute.name])
        for attribute in attributes
        if METADATA_KEY in attribute.metadata
    )
    for message in complaints(fields):
        raise DeclarationError(f"{cls.__qualname__}: {message}")
    period = next((field for field in fields if isinstance(field.declaration, PeriodDeclaration)), None)
    kinds = frozenset(PERIOD_KINDS[each] for each in period.types) if period else frozenset[PeriodType]()
    facts = () if is_bare_container(fields) else tuple(fact_options(cls, fields, kinds))
    check_names(cls, facts)
    return ItemSpec(
        cls=cls, name=cls.__name__, options=cls.__report_item__, fields=fields, facts=facts, period_kinds=kinds
    )


def _is_supplement(attribute: attrs.Attribute[Any]) -> bool:
    """Footnotes and provenance come after what the item states, though the base class declares them first."""
    return isinstance(attribute.metadata.get(METADATA_KEY), NotesDeclaration | ProvenanceDeclaration)


def members(items: Iterable[Any]) -> Iterator[Any]:
    """Items with the rows of containers in their place."""
    for item in items:
        made_of = item_specification(type(item)).only(RowsDeclaration)
        if made_of is None:
            yield item
        else:
            yield from members(getattr(item, made_of.name))
