"""What a codec is: conversions of one type of value.

Codecs know values only; which concept reports them, in which context and with which sign is the business of
`exporter.items.binding`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import frozen

from exporter.errors import ModelError
from exporter.model.unit import Unit


class Encoded(NamedTuple):
    """A value as a fact holds it. ``decimals`` is ``None`` for exact numbers and for what is no number."""

    text: str
    decimals: int | None = None
    unit: Unit | None = None


JsonSchema = dict[str, Any]


@frozen(kw_only=True)
class Codec:
    """Conversions of one type of value.

    ``item_type`` is the standard item type a concept has by default. ``decode`` takes what `Encoded` holds;
    ``to_json`` and ``from_json`` are exact inverses; ``parse`` takes the forms people write and raises
    `exporter.errors.ModelError` for what it cannot take. ``unit_in`` gives the unit from a currency code: a value
    that is not known has a unit all the same.
    """

    python_type: type
    item_type: str
    encode: Callable[[Any], Encoded]
    decode: Callable[[Encoded], Any]
    to_json: Callable[[Any], Any]
    from_json: Callable[[Any], Any]
    parse: Callable[[str], Any]
    schema: JsonSchema
    is_number: bool = False
    unit_in: Callable[[str], Unit | None] | None = None


def node_text(node: Any, what: str) -> str:
    if not isinstance(node, str):
        raise ModelError(f"expected {what} as a string, got {node_kind(node)}")
    return node


def node_kind(node: Any) -> str:
    names = {dict: "an object", list: "an array", bool: "a truth value", type(None): "null"}
    return names.get(type(node), "a number" if isinstance(node, int | Decimal) else f"{node!r}")
