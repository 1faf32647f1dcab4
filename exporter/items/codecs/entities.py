"""The codec of entities named in items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from exporter.errors import ModelError
from exporter.findings import choice_hint
from exporter.items.codecs.codec import Codec, Encoded, node_kind, node_text
from exporter.items.codecs.enumerations import enumeration_codec
from exporter.items.values import EntityRef
from exporter.items.values.parties import EntityKind
from exporter.model.entity import Entity

_MEMBERS: Final = ("name", "identifier", "kind", "aliases")


def format_identifier(identifier: Entity | None) -> str:
    """An identifier in one string: its scheme, a blank, the identifier."""
    return "" if identifier is None else f"{identifier.scheme} {identifier.identifier}"


def parse_identifier(text: str) -> Entity:
    """The inverse of `format_identifier`."""
    scheme, _, identifier = text.partition(" ")
    return Entity(scheme, identifier)


def _entity_name(value: EntityRef) -> str:
    return value.name if value.name is not None else format_identifier(value.identifier)


def _entity_to_json(value: EntityRef) -> Any:
    node: dict[str, Any] = {}
    if value.name is not None:
        node["name"] = value.name
    if value.identifier is not None:
        node["identifier"] = {"scheme": value.identifier.scheme, "identifier": value.identifier.identifier}
    if value.kind is not EntityKind.ORGANIZATION:
        node["kind"] = value.kind.value
    return node | ({"aliases": list(value.aliases)} if value.aliases else {})


def _entity_from_json(node: Any) -> EntityRef:
    if isinstance(node, str):
        return EntityRef(node)
    if not isinstance(node, Mapping):
        raise ModelError(f"expected a name or an object with name, identifier and kind, got {node_kind(node)}")
    if wrong := sorted(map(str, set(node).difference(_MEMBERS))):
        raise ModelError(f"unknown member {wrong[0]!r}; {choice_hint(wrong[0], _MEMBERS)}")
    identifier = node.get("identifier")
    if identifier is not None and (not isinstance(identifier, Mapping) or set(identifier) != {"scheme", "identifier"}):
        raise ModelError("an identifier is an object with scheme and identifier")
    aliases = node.get("aliases", [])
    if not isinstance(aliases, list):
        raise ModelError(f"expected aliases as an array, got {node_kind(aliases)}")
    return EntityRef(
        node.get("name"),
        identifier=None
        if identifier is None
        else Entity(node_text(identifier["scheme"], "a scheme"), node_text(identifier["identifier"], "an identifier")),
        kind=enumeration_codec(EntityKind).from_json(node.get("kind", EntityKind.ORGANIZATION.value)),
        aliases=tuple(node_text(alias, "an alias") for alias in aliases),
    )


ENTITY_REF: Final = Codec(
    python_type=EntityRef,
    item_type="stringItemType",
    encode=lambda value: Encoded(_entity_name(value)),
    decode=lambda encoded: EntityRef(encoded.text),
    to_json=_entity_to_json,
    from_json=_entity_from_json,
    parse=EntityRef,
    schema={
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1},
            "identifier": {
                "type": "object",
                "properties": {"scheme": {"type": "string", "minLength": 1}, "identifier": {"type": "string"}},
                "required": ["scheme", "identifier"],
                "additionalProperties": False,
            },
            "kind": {"enum": [kind.value for kind in EntityKind if kind is not EntityKind.ORGANIZATION]},
            "aliases": {"type": "array", "items": {"type": "string"}},
        },
        "anyOf": [{"required": ["name"]}, {"required": ["identifier"]}],
        "additionalProperties": False,
    },
)
