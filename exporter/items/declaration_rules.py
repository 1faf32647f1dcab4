"""What is wrong with the declaration of an item class: all that would be lost on the way through facts or JSON."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from exporter.errors import DeclarationError
from exporter.findings import list_text
from exporter.items.declaration import (
    METADATA_KEY,
    ConceptDeclaration,
    DimensionDeclaration,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
    is_item_class,
)
from exporter.items.fact_options import FactOption
from exporter.items.field_specification import PERIOD_KINDS, FieldSpecification
from exporter.items.footnotes import Footnote
from exporter.items.text_block import TextBlock
from exporter.items.values import CurrencyPair, EntityRef, Month, MonthDay, Rate, SourceRef
from exporter.model.period import Duration, Instant

AXIS_TYPES: Final = (str, int, bool, dt.date, Month, MonthDay, EntityRef)
_ONLY_ONCE: Final = (PeriodDeclaration, UnitDeclaration, LanguageDeclaration, NotesDeclaration, RowsDeclaration)


def check_attributes(cls: type[Any], attributes: Iterable[attrs.Attribute[Any]]) -> None:
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


def complaints(fields: tuple[FieldSpecification, ...]) -> Iterator[str]:
    """What is wrong with the fields of a class, taken one by one and together."""
    yield from _wrong_fields(fields)
    yield from _wrong_choices(fields)
    yield from _wrong_sums(fields)


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
                f"an axis has values of the types {list_text(kind.__name__ for kind in AXIS_TYPES)} or an enumeration"
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
    sums = {each.name: getattr(each.declaration, "sum_of", ()) for each in fields}
    yield from _circular_sums({name: [part for part, _ in parts] for name, parts in sums.items()})


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
