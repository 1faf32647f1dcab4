"""Values in plain trees as people and items JSON write them: periods, entities, pairs, footnotes, sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.field_specification import FieldSpecification
from exporter.items.footnotes import Footnote
from exporter.items.values import CurrencyPair, Month, SourceRef, Unknown, parse_date, parse_period
from exporter.model.entity import Entity
from exporter.model.period import Duration, Instant

_GROUP: Final = re.compile("[0-9]{3}(?![0-9])")


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


@frozen
class BrokenMember:
    """A member whose value commas broke, with the names that YAML made of the parts after them."""

    name: str
    value: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The member as it should be written."""
        whole = self.value
        for part in self.parts:
            whole += ("," if whole[-1:].isdigit() and is_group(part) else ", ") + part
        return f"{self.name}: {json.dumps(whole, ensure_ascii=False)}"


def is_group(text: str) -> bool:
    """Whether a text begins with three digits, as what stands after a comma in a number does."""
    return _GROUP.match(text) is not None


def broken_by_comma(members: Iterable[tuple[str, Any]], known: Iterable[str]) -> BrokenMember | None:
    """The first member with a value that a comma within braces broke (``{amount: NOK 1,204.8 million}``), if any.

    YAML reads what stands after the comma as a name without a value.
    """
    known, name, written = set(known), None, ""
    parts: list[str] = []
    for member, value in members:
        if name is not None and member not in known and value is None:
            parts.append(str(member))
        elif parts:
            break
        else:
            name, written = (member, value) if isinstance(value, str) else (None, "")
    return BrokenMember(name, written, tuple(parts)) if name is not None and parts else None


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


def instant_of(node: Any) -> Instant:
    text = string_of(node)
    if _is_iso(text):
        return Instant(text)
    try:
        found = parse_period(text)
    except ModelError:
        return Instant(parse_date(text))  # whose message is of a date
    if isinstance(found, Instant):
        return found
    if found == Duration.day(found.first_day):
        return found.end_instant
    raise ModelError(f"expected one date such as {found.last_day}, got {text!r}")


def _is_iso(text: str) -> bool:
    return len(text) >= 10 and text[:4].isdigit() and text[4] == "-"


def period_of(types: tuple[type, ...], node: Any) -> Any:
    if isinstance(node, Mapping):
        if Duration not in types:
            raise ModelError(f"expected {_period_forms(types)}")
        check_members(node, ("start", "end"), required=("start", "end"))
        return Duration(_boundary(node["start"]), _boundary(node["end"]))
    text = string_of(node)
    errors: list[str] = []
    for python_type in types:
        try:
            return _one_period(python_type, text)
        except ModelError as error:
            errors.append(str(error))
    if types == (Instant,):
        raise ModelError(errors[0])
    raise ModelError(f"{errors[0]}; expected {_period_forms(types)}")


def _boundary(node: Any) -> str:
    """The first or last moment of a period, or its day as people print it."""
    text = string_of(node)
    return text if _is_iso(text) else parse_date(text).isoformat()


def _one_period(python_type: type, text: str) -> Any:
    if python_type is Instant:
        return instant_of(text)
    if python_type is Month:
        return Month.parse(text)
    if python_type is not Duration:
        return parse_date(text)
    found = parse_period(text)
    if not isinstance(found, Duration):
        raise ModelError(f"expected a period, such as {_PERIOD}, got the date {text!r}")
    return found


_PERIOD: Final = "{start: 2004-04-01, end: 2005-03-31}"


def _period_forms(types: tuple[type, ...]) -> str:
    forms = {Instant: "a date like 2005-03-31", Duration: f"a period like {_PERIOD}", Month: "a month like 2003-09"}
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
