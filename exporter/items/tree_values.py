"""Values in plain trees, read and written: periods, entities, pairs, footnotes, sources; items as trees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.codec import Codec
from exporter.items.compile import item_specification
from exporter.items.declarations import (
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.document import ItemsDocument
from exporter.items.fields import FieldSpec
from exporter.items.values import (
    Amount,
    Conventions,
    CurrencyPair,
    InCurrency,
    Money,
    Month,
    Percent,
    ShareCount,
    SourceRef,
    Unknown,
    parse_date,
    parse_period,
    resolve_currency,
)
from exporter.items.values.texts import Footnote
from exporter.model.dimensions import Entity
from exporter.model.lexical import plain
from exporter.model.period import Duration, Instant, xml_end, xml_start
from exporter.profiles.profile import EXTENSION_ONLY, StandardTaxonomy
from exporter.sources.cells import NumberCell, PrintedText, scaled_cell
from exporter.sources.yaml import broken_by_comma


class PartError(ModelError):
    """A part of a value that is an object cannot be taken; ``part`` names it."""

    def __init__(self, part: str, message: str) -> None:
        self.part = part
        super().__init__(message)


def kind_of(node: Any) -> str:
    if isinstance(node, Mapping):
        return "an object"
    if isinstance(node, list):
        return "an array"
    return "nothing" if node is None else repr(node)


def string_of(node: Any) -> str:
    if not isinstance(node, str):
        raise ModelError(f"expected a string, got {kind_of(node)}")
    return node


def languages_of(node: Any) -> tuple[str, ...]:
    """Language tags: one, or an array of them."""
    return tuple(map(string_of, node)) if isinstance(node, list) else (string_of(node),)


def taxonomies_of(node: Any) -> tuple[StandardTaxonomy, ...]:
    """Standard taxonomies by prefix: each a namespace, or {namespace: …, schema: …}."""
    if not isinstance(node, Mapping):
        raise ModelError(f"expected prefixes with namespaces, as in {{us-gaap: …}}, got {kind_of(node)}")
    taxonomies = []
    for prefix, value in node.items():
        if isinstance(value, Mapping):
            check_members(value, ("namespace", "schema"), required=("namespace",))
        namespace, schema = (value["namespace"], value.get("schema")) if isinstance(value, Mapping) else (value, None)
        try:
            taxonomies.append(
                StandardTaxonomy.at(
                    string_of(prefix), string_of(namespace), None if schema is None else string_of(schema)
                )
            )
        except ValueError as error:
            raise ModelError(str(error)) from None
    return tuple(taxonomies)


def check_members(node: Mapping[str, Any], known: Iterable[str], *, required: Iterable[str] = ()) -> None:
    """That an object has members of these names only, and those that it needs."""
    known = tuple(known)
    if broken := broken_by_comma(node.items(), known):
        raise ModelError(f"within braces a comma ends a value; write {broken.text}")
    for name in node:
        if name not in known:
            raise ModelError(f"unknown member {str(name)!r}; {choice_hint(str(name), known)}")
    if missing := [name for name in required if name not in node]:
        raise ModelError(f"{list_text(missing, last=' and ')} is missing; expected {list_text(known)}")


def coded_value(field_spec: FieldSpec, node: Any, conventions: Conventions) -> Any:
    errors: list[str] = []
    for codec in field_spec.codecs:
        try:
            if isinstance(node, NumberCell | PrintedText):
                return _value_of_cell(codec, node, conventions)
            return codec.read(node, conventions)
        except ModelError as error:
            errors.append(str(error))
    raise ModelError("; or ".join(dict.fromkeys(errors)))


def _value_of_cell(codec: Codec, cell: NumberCell | PrintedText, conventions: Conventions) -> Any:
    """The value of a cell of a table, under the currency and the scale that its table states."""
    if isinstance(cell, PrintedText):
        return codec.read(cell.text, evolve(conventions, default_currency=cell.currency, scale=cell.scale))
    if not issubclass(codec.python_type, Amount):
        return codec.read(cell.value if codec.is_number else cell.text, conventions)
    if codec.python_type is Percent and not cell.is_percentage and cell.value:
        raise ModelError(f"{cell!r} may be a fraction or a percentage; format the cell with %, or map it with a scale")
    if codec.python_type in (Money, ShareCount) and cell.heading_scale:
        cell = scaled_cell(cell, cell.heading_scale)
    node: dict[str, Any] = {"value": plain(cell.value), "decimals": "INF" if cell.decimals is None else cell.decimals}
    if issubclass(codec.python_type, InCurrency):
        node["currency"] = resolve_currency(cell.currency or "")
    if cell.scale is not None and codec.python_type is not Percent:
        node["scale"] = cell.scale
    return codec.from_json(node)


def unknown_of(field_spec: FieldSpec, reason: Any) -> Unknown:
    if not field_spec.unknown:
        raise ModelError("this field cannot be unknown")
    if reason is None:
        raise ModelError("an unknown value needs a reason in words")
    return Unknown(string_of(reason))


def entity_of(node: Any) -> Entity:
    if isinstance(node, Mapping):
        if set(node) == {"scheme", "identifier"}:
            identifier = string_of(node["identifier"])
            if any(character.isspace() for character in identifier):  # which only XML could write
                raise ModelError(f"an entity identifier has no white space, got {identifier!r}")
            return Entity(string_of(node["scheme"]), identifier)
        for name, make in (("cik", Entity.cik), ("lei", Entity.lei)):
            if set(node) == {name}:
                return make(str(node[name]))
    digits = str(node) if isinstance(node, str) and node.strip().isdigit() and len(node) <= 10 else "0001090633"
    raise ModelError(f'an entity is written {{cik: "{digits}"}}, {{lei: …}} or {{scheme: …, identifier: …}}')


def instant_of(node: Any, language: str | None) -> Instant:
    text = string_of(node)
    if _is_iso(text):
        return Instant(text)
    try:
        period = parse_period(text, language=language)
    except ModelError:
        return Instant(parse_date(text, language=language))  # whose message is of a date
    if isinstance(period, Instant):
        return period
    if period == Duration.day(period.first_day):
        return period.end_instant
    raise ModelError(f"expected one date such as {period.last_day}, got {text!r}")


def _is_iso(text: str) -> bool:
    return len(text) >= 10 and text[:4].isdigit() and text[4] == "-"


def period_of(types: tuple[type, ...], node: Any, language: str | None) -> Any:
    if isinstance(node, Mapping):
        if Duration not in types:
            raise ModelError(f"expected {_period_forms(types)}")
        check_members(node, ("start", "end"), required=("start", "end"))
        return Duration(_boundary(node, "start", language), _boundary(node, "end", language))
    text = string_of(node)
    errors: list[str] = []
    for python_type in types:
        try:
            return _one_period(python_type, text, language)
        except ModelError as error:
            errors.append(str(error))
    if types == (Instant,):
        raise ModelError(errors[0])
    raise ModelError(f"{errors[0]}; expected {_period_forms(types)}")


def _boundary(node: Mapping[str, Any], name: str, language: str | None) -> str:
    """The first or last moment of a period, or its day as people print it."""
    try:
        text = string_of(node[name])
        return str(text) if _is_iso(text) and Instant(text) else parse_date(text, language=language).isoformat()
    except ModelError as error:
        raise PartError(name, str(error)) from None


def _one_period(python_type: type, text: str, language: str | None) -> Any:
    if python_type is Instant:
        return instant_of(text, language)
    if python_type is Month:
        return Month.parse(text, language=language)
    if python_type is not Duration:
        return parse_date(text, language=language)
    period = parse_period(text, language=language)
    if not isinstance(period, Duration):
        raise ModelError(f"expected a period, such as {_PERIOD}, got the date {text!r}")
    return period


_PERIOD: Final = "{start: 2004-04-01, end: 2005-03-31}"


def _period_forms(types: tuple[type, ...]) -> str:
    forms = {Instant: "a date like 2005-03-31", Duration: f"a period like {_PERIOD}", Month: "a month like 2003-09"}
    return list_text((forms.get(period_type, "a day like 2004-06-24") for period_type in types), last=" or ")


def pair_of(node: Any) -> CurrencyPair:
    if isinstance(node, Mapping) and set(node) == {"base", "quote"}:
        return CurrencyPair(base=string_of(node["base"]), quote=string_of(node["quote"]))
    if isinstance(node, str):
        return CurrencyPair.parse(node)
    raise ModelError("a currency pair is an object with base and quote, or text like 'JPY per USD'")


def footnote_of(node: Any) -> Footnote:
    if isinstance(node, str):
        return Footnote(node)
    if not isinstance(node, Mapping) or "text" not in node or set(node) - {"text", "language", "fields", "marker"}:
        raise ModelError("a footnote is text, or an object with text and perhaps language, fields, marker")
    fields = node.get("fields", [])
    return Footnote(
        string_of(node["text"]),
        language=node.get("language"),
        fields=[string_of(field) for field in (fields if isinstance(fields, list) else [fields])],
        marker=node.get("marker"),
    )


def provenance_of(field_spec: FieldSpec, node: Any) -> Any:
    if SourceRef in field_spec.types:
        return _source(node)
    return str(node) if isinstance(node, Decimal) else string_of(node)


def _source(node: Any) -> SourceRef:
    if isinstance(node, str):
        return SourceRef(node)
    if not isinstance(node, Mapping) or set(node) - {"document", "line", "start", "end", "surface"}:
        raise ModelError("a source is a document's name, or an object with document, line, start, end, surface")
    numbers = {name: _whole(node[name]) for name in ("line", "start", "end") if node.get(name) is not None}
    surface = node.get("surface")
    return SourceRef(
        string_of(node.get("document")), surface=None if surface is None else string_of(surface), **numbers
    )


def _whole(node: Any) -> int:
    text = str(node) if isinstance(node, Decimal | int) else string_of(node)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ModelError(f"expected a whole number, got {text!r}")
    return int(text)


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
    header |= {"audience": document.audience} if document.audience is not None else {}
    if document.taxonomies:
        header["taxonomies"] = {
            taxonomy.prefix: {"namespace": taxonomy.namespace, "schema": taxonomy.schema}
            for taxonomy in document.taxonomies
        }
    header |= {"label_languages": list(document.label_languages)} if document.label_languages else {}
    return header | ({"title": document.title} if document.title is not None else {})


def item_to_plain(item: Any) -> dict[str, Any]:
    """One item: its type, then the fields that state something, in order of declaration."""
    spec = item_specification(type(item))
    node: dict[str, Any] = {"type": spec.name}
    for field in spec.fields:
        value = getattr(item, field.name)
        if value is not None and value != ():
            node[field.name] = _field_to_plain(field, value)
    return node


def _field_to_plain(field_spec: FieldSpec, value: Any) -> Any:
    match field_spec.declaration:
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
    if field_spec.many:
        return [field_spec.codec_of(part).to_json(part) for part in value]
    return value if isinstance(value, str) and not field_spec.codecs else field_spec.codec_of(value).to_json(value)


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
