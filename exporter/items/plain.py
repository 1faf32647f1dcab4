"""Items as plain trees of objects, arrays and strings: what items JSON holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.items.declaration import (
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.document import ItemsDocument
from exporter.items.field_specification import FieldSpecification
from exporter.items.footnotes import Footnote
from exporter.items.specification import item_specification
from exporter.items.values import CurrencyPair, Month, SourceRef, Unknown
from exporter.model.period import Duration, Instant, xml_end, xml_start
from exporter.profiles.profile import EXTENSION_ONLY

DOCUMENT_TYPE = "exporter-items/1"


def header_to_plain(document: ItemsDocument) -> dict[str, Any]:
    """What the items of a document share."""
    entity = {"scheme": document.entity.scheme, "identifier": document.entity.identifier}
    header: dict[str, Any] = {
        "entity": entity,
        "prefix": document.prefix,
        "namespace": document.namespace,
        "period_end": str(document.period_end),
        "language": document.language,
    }
    header |= {"currency": document.currency} if document.currency is not None else {}
    header |= {"profile": document.profile_source} if document.profile_source != EXTENSION_ONLY else {}
    header |= {"release": document.release} if document.release is not None else {}
    return header | ({"title": document.title} if document.title is not None else {})


def item_to_plain(item: Any) -> dict[str, Any]:
    """One item: its type, then the fields that state something, in order of declaration."""
    spec = item_specification(type(item))
    node: dict[str, Any] = {"type": spec.name}
    for each in spec.fields:
        value = getattr(item, each.name)
        if value is not None and value != ():
            node[each.name] = _field_to_plain(each, value)
    return node


def _field_to_plain(each: FieldSpecification, value: Any) -> Any:
    match each.declaration:
        case PeriodDeclaration():
            return period_to_plain(value)
        case UnitDeclaration():
            return pair_to_plain(value)
        case NotesDeclaration():
            return [_note_to_plain(note) for note in value]
        case RowsDeclaration():
            return [item_to_plain(row) for row in value]
        case ProvenanceDeclaration():
            return _source_to_plain(value) if isinstance(value, SourceRef) else value
    if isinstance(value, Unknown):
        return {"unknown": value.reason}
    if each.many:
        return [each.codec_of(part).to_json(part) for part in value]
    return value if isinstance(value, str) and not each.codecs else each.codec_of(value).to_json(value)


def period_to_plain(value: Instant | Duration | dt.date | Month) -> Any:
    """An instant, a day or a month as a string, a duration as its first and last day."""
    if isinstance(value, Duration):
        return {"start": xml_start(value.start), "end": xml_end(value.end)}
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def pair_to_plain(pair: CurrencyPair) -> dict[str, str]:
    return {"base": pair.base, "quote": pair.quote}


def _note_to_plain(note: Footnote) -> dict[str, Any]:
    node: dict[str, Any] = {"text": note.text}
    node |= {"language": note.language} if note.language is not None else {}
    node |= {"fields": list(note.fields)} if note.fields else {}
    return node | ({"marker": note.marker} if note.marker is not None else {})


def _source_to_plain(source: SourceRef) -> dict[str, Any]:
    names = ("document", "line", "start", "end", "surface")
    return {name: value for name in names if (value := getattr(source, name)) is not None}
