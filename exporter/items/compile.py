"""An item class compiled: its fields, the concepts that they may report, and whether the declaration is sound.

`item_specification` compiles a class once, on first use; nothing is looked up by reflection for a single item. The
rules on declarations come after it: they refuse whatever would be lost on the way through facts or JSON.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import typing
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

import attrs
from attrs import evolve, frozen

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
from exporter.items.fields import PERIOD_KINDS, ConceptSpec, FieldSpec, concept_specs, read_field
from exporter.items.values import CurrencyPair, EntityRef, Month, MonthDay, Rate, SourceRef
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.period import Duration, Instant
from exporter.model.standard_types import PeriodType

AXIS_TYPES: Final = (str, int, bool, dt.date, Month, MonthDay, EntityRef)
_ASPECTS: Final = (PeriodDeclaration, DimensionDeclaration, UnitDeclaration)
_ONLY_ONCE: Final = (PeriodDeclaration, UnitDeclaration, LanguageDeclaration, NotesDeclaration, RowsDeclaration)


@frozen(kw_only=True, eq=False)
class ItemSpec:
    """Everything derived from the declaration of one item class.

    ``concepts`` are those of its fields, in order; a container of nothing but rows has none. ``period_kinds`` are the
    kinds of period that an item may have, ``stating`` the names of the fields that report something for that period.
    """

    cls: type[Any]
    name: str
    options: ItemOptions
    fields: tuple[FieldSpec, ...]
    period_kinds: frozenset[PeriodType]
    concepts: tuple[ConceptSpec, ...]
    stating: tuple[str, ...]
    _declared: dict[tuple[type, ...], tuple[FieldSpec, ...]] = attrs.field(factory=dict, init=False, repr=False)

    def field(self, name: str) -> FieldSpec:
        """The field of a name."""
        return next(field for field in self.fields if field.name == name)

    def declared(self, *kinds: type) -> tuple[FieldSpec, ...]:
        """The fields declared as one of ``kinds``; every item of the class asks for the same ones again."""
        fields = self._declared.get(kinds)
        if fields is None:
            fields = tuple(field for field in self.fields if isinstance(field.declaration, kinds))
            self._declared[kinds] = fields
        return fields

    def only(self, kind: type) -> FieldSpec | None:
        """The one field declared as ``kind``, if there is one."""
        return next(iter(self.declared(kind)), None)

    def name_of(self, kind: type) -> str | None:
        """The name of the one field declared as ``kind``, if there is one."""
        field = self.only(kind)
        return field.name if field else None


def item_specification(cls: type[Any]) -> ItemSpec:
    """The compiled declaration of ``cls``.

    Raises:
        DeclarationError: not a report item, or declared wrongly.
    """
    spec = cls.__dict__.get("__item_specification__")
    if spec is None:
        if "__report_item__" not in cls.__dict__:
            raise DeclarationError(f"{cls.__qualname__} is no report item: decorate it with @report_item")
        spec = cls.__item_specification__ = _compile(cls)
    return cast(ItemSpec, spec)


def _compile(cls: type[Any]) -> ItemSpec:
    fields = tuple(_read_fields(cls))
    has_rows = any(isinstance(field.declaration, RowsDeclaration) for field in fields)
    is_bare = has_rows and _is_bare_container(fields)
    wrong = [_wrong_fields(fields, is_bare=is_bare), _wrong_choices(fields)]
    if any(getattr(field.declaration, "sum_of", ()) for field in fields):
        wrong.append(_wrong_sums(fields))
    if has_rows:
        wrong.append(_wrong_rows(fields, is_bare=is_bare))
    for message in itertools.chain.from_iterable(wrong):
        raise DeclarationError(f"{cls.__qualname__}: {message}")
    period = next((field for field in fields if isinstance(field.declaration, PeriodDeclaration)), None)
    kinds = frozenset(PERIOD_KINDS[period_type] for period_type in period.types) if period else frozenset[PeriodType]()
    if not is_bare:
        fields = tuple(evolve(field, concepts=tuple(concept_specs(cls, field, fields, kinds))) for field in fields)
    _check_names(cls, fields)
    return ItemSpec(
        cls=cls,
        name=cls.__name__,
        options=cls.__report_item__,
        fields=fields,
        period_kinds=kinds,
        concepts=tuple(concept for field in fields for concept in field.concepts),
        stating=tuple(
            field.name
            for field in fields
            if any(concept.own_period and concept.part is None for concept in field.concepts)
        ),
    )


def _read_fields(cls: type[Any]) -> Iterator[FieldSpec]:
    """The fields of a class; footnotes and provenance come last, though a base class declares them first.

    Every one is declared with a function of `exporter.items.declare`, has a type and a name of its own.
    """
    try:
        hints = typing.get_type_hints(cls)
    except NameError as error:
        raise DeclarationError(
            f"{cls.__qualname__}: {error}; the types of an item's fields are names of its module"
        ) from None
    last: list[FieldSpec] = []
    for attribute in attrs.fields(cls):
        where = f"{cls.__qualname__}.{attribute.name}"
        if METADATA_KEY not in attribute.metadata:
            if attribute.init:
                raise DeclarationError(
                    f"{where}: a field of an item is declared with concept(), dimension() or the like"
                )
            continue
        if attribute.name == "type" or attribute.name.startswith("_"):
            raise DeclarationError(f"{where}: no field is called 'type', nor does its name begin with an underscore")
        if attribute.name not in hints:
            raise DeclarationError(f"{where}: the field has no type; write {attribute.name}: Money = … or the like")
        field = read_field(cls, attribute, hints[attribute.name])
        if isinstance(field.declaration, NotesDeclaration | ProvenanceDeclaration):
            last.append(field)
        else:
            yield field
    yield from last


# --- rules on declarations ------------------------------------------------------------------------------------------


def _wrong_fields(fields: tuple[FieldSpec, ...], *, is_bare: bool) -> Iterator[str]:
    """What is wrong with the kinds and types of fields."""
    for kind in _ONLY_ONCE:
        if sum(isinstance(field.declaration, kind) for field in fields) > 1:
            yield f"more than one {kind.__name__.removesuffix('Declaration').lower()} field"
    declared = {type(field.declaration) for field in fields}
    states = bool(declared & {ConceptDeclaration, DimensionDeclaration}) and not is_bare
    if states and PeriodDeclaration not in declared:
        yield "an item that states facts has a period() field"
    for field in fields:
        if (message := _wrong_type(field)) is not None:
            yield f"{field.name}: {message}"
        if Rate in field.types and UnitDeclaration not in declared:
            yield f"{field.name}: a Rate needs a unit() field with the currency pair"
    axes = ["CurrencyPair"] if UnitDeclaration in declared else []
    for field in fields:
        if isinstance(field.declaration, DimensionDeclaration):
            if field.declaration.name in axes:
                yield f"{field.name}: there is another axis {field.declaration.name}Axis"
            axes.append(field.declaration.name)


def _wrong_type(field: FieldSpec) -> str | None:
    types = set(field.types)
    always_known = not field.optional and not field.unknown
    match field.declaration:
        case PeriodDeclaration() if not (always_known and types <= PERIOD_KINDS.keys() and not field.many):
            return "a period is an Instant, a Duration, a date or a Month, and always known"
        case PeriodDeclaration(options=options) if (
            types in ({Duration, dt.date}, {Duration, Month}, {Instant, dt.date}) or len(types) > 2
        ) and {Duration, *(option.of for option in options)} != types:
            return "nothing tells these kinds of period apart"
        case DimensionDeclaration() if field.unknown or field.many or len(types) != 1:
            return "a dimension has one type of value, and the value is known"
        case DimensionDeclaration() if not (field.types[0] in AXIS_TYPES or issubclass(field.types[0], enum.StrEnum)):
            return (
                f"an axis has values of the types {list_text(kind.__name__ for kind in AXIS_TYPES)} or an enumeration"
            )
        case SelectorDeclaration() if not (always_known and len(types) == 1 and issubclass(field.types[0], enum.Enum)):
            return "a selector is an enumeration and always given"
        case UnitDeclaration() if types != {CurrencyPair} or not always_known:
            return "a unit() field is a CurrencyPair and always given"
        case LanguageDeclaration() if types != {str} or field.unknown or field.many:
            return "a language() field is a str, or None"
        case NotesDeclaration() if types != {Footnote} or not field.many:
            return "a notes() field is a tuple[Footnote, ...]"
        case RowsDeclaration() if not field.many or not all(map(is_item_class, types)):
            return "a rows() field is a tuple of report items"
        case ProvenanceDeclaration() if len(types) != 1 or not types <= {str, SourceRef} or field.many:
            return "a provenance() field is a str or a SourceRef, or None"
        case ConceptDeclaration() if field.many and field.types != (str,):
            return "of several values in one field only tuple[str, ...] can be a fact"
        case ConceptDeclaration() if len(types) > 1 and types & {str, TextBlock, EntityRef}:
            return "a text or an entity in one field with other types could not be told from them"
    # A value that is not written must be the default, or it would come back as another.
    if field.optional and field.default is not None:
        return "a field that may be None has the default None"
    if field.many and not field.optional and field.default not in ((), attrs.NOTHING):
        return "a field of several values has the default () or none"
    return None


def _wrong_choices(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    """What is wrong with the options of fields and with the selectors that choose among them."""
    selectors = {field.name: field.types[0] for field in fields if isinstance(field.declaration, SelectorDeclaration)}
    used: set[str] = set()
    for field in fields:
        for option in getattr(field.declaration, "options", ()):
            if option.of is not None and option.of not in field.types:
                yield f"{field.name}: the option {option.name} is for another type than the field has"
            for name, value in option.when:
                used.add(name)
                if name not in selectors:
                    yield f"{field.name}: the option {option.name} asks for {name!r}, which is no selector() field"
                elif not isinstance(value, selectors[name]):
                    yield f"{field.name}: the option {option.name} asks for a {name} that does not exist: {value!r}"
    if idle := sorted(selectors.keys() - used):
        yield f"{idle[0]}: a selector that no option asks for is lost among facts"


def _wrong_sums(fields: tuple[FieldSpec, ...]) -> Iterator[str]:
    numbers = {
        field.name
        for field in fields
        if isinstance(field.declaration, ConceptDeclaration) and all(codec.is_number for codec in field.codecs)
    }
    for field in fields:
        for part, weight in getattr(field.declaration, "sum_of", ()):
            if part not in numbers or field.name not in numbers or part == field.name:
                yield f"{field.name} is a sum of {part!r}, which is no other number"
            elif not weight:
                yield f"{field.name} is a sum of {part!r} with the weight 0"
    sums = {field.name: getattr(field.declaration, "sum_of", ()) for field in fields}
    yield from _circular_sums({name: [part for part, _ in parts] for name, parts in sums.items()})


def _is_bare_container(fields: Iterable[FieldSpec]) -> bool:
    """Whether the fields are those of a container that states nothing but its rows."""
    declarations = [field.declaration for field in fields]
    states = any(
        isinstance(declared, ConceptDeclaration) or getattr(declared, "options", ()) for declared in declarations
    )
    return not states and any(isinstance(declared, RowsDeclaration) for declared in declarations)


def _wrong_rows(fields: tuple[FieldSpec, ...], *, is_bare: bool) -> Iterator[str]:
    """What could not be read back of a container: the values that neither its facts nor its rows state."""
    table = next((field for field in fields if isinstance(field.declaration, RowsDeclaration)), None)
    if table is None or not isinstance(table.declaration, RowsDeclaration):
        return
    kinds = {field.name: type(field.declaration) for field in fields}
    has_concepts = not is_bare
    own = [name for name, kind in kinds.items() if kind in _ASPECTS]
    if not has_concepts:
        for name, kind in kinds.items():
            if kind in (SelectorDeclaration, LanguageDeclaration):
                yield f"{name}: a container without concepts has nothing that states it"
    for row in table.types:
        named = {field.name for field in attrs.fields(row) if METADATA_KEY in field.metadata}
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


def _check_names(cls: type[Any], fields: Iterable[FieldSpec]) -> None:
    """A concept is reported by one field, for one type of value and one choice of the selectors."""
    seen: dict[str, tuple[FieldSpec, ConceptSpec]] = {}
    for owner, concept in ((field, concept) for field in fields for concept in field.concepts):
        first_owner, first = seen.setdefault(concept.name, (owner, concept))
        if (first_owner.name, first.part) != (owner.name, concept.part):
            owners = (
                ".".join(filter(None, names)) for names in ((first_owner.name, first.part), (owner.name, concept.part))
            )
            raise DeclarationError(
                f"{cls.__qualname__}: the fields {list_text(owners, last=' and ')} report one concept, {concept.name}"
            )
        if first.codec is not concept.codec or first.when != concept.when:
            raise DeclarationError(
                f"{cls.__qualname__}.{owner.name}: {concept.name} is reported for values of two types or for two "
                "choices, which a fact does not tell apart; give each a concept of its own"
            )
