"""Values in plain trees as people and items JSON write them: periods, entities, pairs, footnotes, sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from exporter.errors import ModelError
from exporter.findings import list_text
from exporter.items.field_specification import FieldSpecification
from exporter.items.footnotes import Footnote
from exporter.items.values import CurrencyPair, Month, SourceRef, Unknown, parse_date, parse_period
from exporter.model.entity import Entity
from exporter.model.period import Duration, Instant


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


def coded_value(each: FieldSpecification, node: Any) -> Any:
    errors: list[str] = []
    for codec in each.codecs:
        try:
            return codec.from_json(node)
        except ModelError as error:
            errors.append(str(error))
    raise ModelError("; or ".join(dict.fromkeys(errors)))


def unknown_of(each: FieldSpecification, reason: Any) -> Unknown:
    if not each.unknown:
        raise ModelError("this field cannot be unknown")
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
    raise ModelError("an entity is an object with scheme and identifier, or with cik, or with lei")


def instant_of(node: Any) -> Instant:
    text = string_of(node)
    if _is_iso(text):
        return Instant(text)
    found = parse_period(text)
    if isinstance(found, Instant):
        return found
    if found == Duration.day(found.first_day):
        return found.end_instant
    raise ModelError(f"expected one date such as 2005-03-31, got {text!r}")


def _is_iso(text: str) -> bool:
    return len(text) >= 10 and text[:4].isdigit() and text[4] == "-"


def period_of(types: tuple[type, ...], node: Any) -> Any:
    if isinstance(node, Mapping):
        if set(node) != {"start", "end"} or Duration not in types:
            raise ModelError(f"expected {_period_forms(types)}")
        return Duration(string_of(node["start"]), string_of(node["end"]))
    text = string_of(node)
    errors: list[str] = []
    for python_type in types:
        try:
            return _one_period(python_type, text)
        except ModelError as error:
            errors.append(str(error))
    raise ModelError(f"{errors[0]}; expected {_period_forms(types)}")


def _one_period(python_type: type, text: str) -> Any:
    if python_type is Instant:
        return instant_of(text)
    if python_type is Month:
        return Month.parse(text)
    if python_type is not Duration:
        return parse_date(text)
    found = parse_period(text)
    if not isinstance(found, Duration):
        raise ModelError(f"expected a period with a start and an end, got the date {text!r}")
    return found


def _period_forms(types: tuple[type, ...]) -> str:
    forms = {Instant: "a date like 2005-03-31", Duration: "an object with start and end", Month: "a month like 2003-09"}
    return list_text((forms.get(each, "a day like 2004-06-24") for each in types), last=" or ")


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
        fields=[string_of(each) for each in (fields if isinstance(fields, list) else [fields])],
        marker=node.get("marker"),
    )


def provenance_of(each: FieldSpecification, node: Any) -> Any:
    if SourceRef in each.types:
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
