"""Items compared as facts know them: without order of footnotes or of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from exporter.filing import Filing
from exporter.items.compile import item_specification
from exporter.items.declarations import LanguageDeclaration, NotesDeclaration, RowsDeclaration
from exporter.model.dimensions import Entity
from exporter.model.period import Instant


def normal(item: Any) -> Any:
    """The item, and its rows, with footnotes each once and in one order."""
    spec = item_specification(type(item))
    changed: dict[str, Any] = {}
    for field in spec.declared(NotesDeclaration):
        changed[field.name] = tuple(sorted(set(getattr(item, field.name)), key=repr))
    for field in spec.declared(RowsDeclaration):
        changed[field.name] = tuple(map(normal, getattr(item, field.name)))
    return evolve(item, **changed)


def with_small_tags(item: Any) -> Any:
    """The item with its tags of languages in small letters, which xBRL-JSON writes."""
    spec = item_specification(type(item))
    changed: dict[str, Any] = {}
    for field in spec.declared(LanguageDeclaration):
        changed[field.name] = (getattr(item, field.name) or "").lower() or None
    for field in spec.declared(RowsDeclaration):
        changed[field.name] = tuple(map(with_small_tags, getattr(item, field.name)))
    return evolve(item, **changed)


def filing_under(profile: str, *items: Any) -> Filing:
    """A filing of items under a profile, tagged for analysts: all that the items state are facts."""
    return Filing(
        entity=Entity.cik(1090633),
        items=items,
        period_end=Instant("2005-03-31"),
        prefix="iij",
        profile=profile,
        audience="analyst",
    )


def same(items: Iterable[Any], others: Iterable[Any]) -> bool:
    """Whether the items are equal, each as often, in any order."""
    return Counter(map(normal, items)) == Counter(map(normal, others))


def members(items: Iterable[Any]) -> Iterator[Any]:
    """Items with the rows of containers in their place."""
    for item in items:
        rows = item_specification(type(item)).name_of(RowsDeclaration)
        if rows is None:
            yield item
        else:
            yield from members(getattr(item, rows))
