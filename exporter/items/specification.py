"""The compiled declaration of an item class: its fields with their codecs, the concepts they may report.

Compiled once for each class, on first use; nothing is looked up by reflection for a single item.
"""

from __future__ import annotations

import typing
from typing import Any, cast

import attrs
from attrs import frozen

from exporter.errors import DeclarationError
from exporter.items.declaration import (
    METADATA_KEY,
    ItemOptions,
    NotesDeclaration,
    PeriodDeclaration,
    PeriodType,
    ProvenanceDeclaration,
)
from exporter.items.declaration_rules import check_attributes, check_names, complaints
from exporter.items.fact_options import FactOption, fact_options
from exporter.items.field_specification import PERIOD_KINDS, FieldSpecification, field_specification


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
    period = next((each for each in fields if isinstance(each.declaration, PeriodDeclaration)), None)
    kinds = frozenset(PERIOD_KINDS[each] for each in period.types) if period else frozenset[PeriodType]()
    facts = tuple(fact_options(cls, fields, kinds))
    check_names(cls, facts)
    return ItemSpecification(
        cls=cls, name=cls.__name__, options=cls.__report_item__, fields=fields, facts=facts, period_kinds=kinds
    )


def _is_supplement(attribute: attrs.Attribute[Any]) -> bool:
    """Footnotes and provenance come after what the item states, though the base class declares them first."""
    return isinstance(attribute.metadata.get(METADATA_KEY), NotesDeclaration | ProvenanceDeclaration)
