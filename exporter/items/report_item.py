"""The class decorator that makes a report item, and the one for classes that item classes derive from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform, overload

import attrs

from exporter.items.checking import check_values
from exporter.items.declaration import ItemOptions, check_name
from exporter.items.footnote_settling import settle_footnotes
from exporter.items.labels import words
from exporter.items.specifiers import (
    companion,
    concept,
    concept_choice,
    dimension,
    language,
    notes,
    period,
    provenance,
    rows,
    selector,
    unit,
)

_T = TypeVar("_T")


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        concept,
        concept_choice,
        companion,
        dimension,
        period,
        unit,
        selector,
        language,
        rows,
        notes,
        provenance,
        attrs.field,
    ),
)
def item_base(cls: type[_T]) -> type[_T]:
    """Make a class whose fields report item classes inherit; it is no report item itself."""
    made: type[_T] = attrs.define(frozen=True, kw_only=True, slots=True)(cls)
    return made


@overload
def report_item(cls: type[_T], /) -> type[_T]: ...
@overload
def report_item(
    *,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        concept,
        concept_choice,
        companion,
        dimension,
        period,
        unit,
        selector,
        language,
        rows,
        notes,
        provenance,
        attrs.field,
    ),
)
def report_item(
    cls: type[Any] | None = None,
    /,
    *,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
) -> Any:
    """Make a class a report item: a frozen attrs class with keyword arguments, whose fields are declared with the
    functions of `exporter.items.specifiers`.

    A method ``check(self) -> Iterator[Finding]`` may yield what is wrong with the values; errors stop the making of the
    item with an `exporter.errors.ItemError` that carries all of them.

    Raises:
        DeclarationError: the class is declared wrongly. What can only be known with the types of the fields is found
            when the class is first used.
    """

    def make(original: type[Any]) -> type[Any]:
        name = original.__name__
        check_name(name)
        original.__report_item__ = ItemOptions(
            label=label or words(name),
            label_ja=label_ja,
            documentation=documentation,
            documentation_ja=documentation_ja,
        )
        own = original.__dict__.get("__attrs_post_init__")

        def __attrs_post_init__(self: Any) -> None:
            check_values(self)
            settle_footnotes(self)
            if own is not None:
                own(self)

        original.__attrs_post_init__ = __attrs_post_init__
        made: type[Any] = attrs.define(frozen=True, kw_only=True, slots=True, cache_hash=False)(original)
        return made

    return make if cls is None else make(cls)
