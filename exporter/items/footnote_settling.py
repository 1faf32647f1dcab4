"""The fields that the footnotes of an item belong to, brought to one form."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from exporter.items.declaration import NotesDeclaration
from exporter.items.footnotes import Footnote
from exporter.items.specification import item_specification
from exporter.items.values import EntityRef
from exporter.items.values.parties import EntityKind


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
