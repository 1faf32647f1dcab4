"""What a codec is, and the codecs of texts, truth values and dates, which are one value in facts and in JSON.

A codec converts one type of value. Which concept reports the value, in which context and with which sign is the
business of `exporter.items.bind`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from attrs import frozen

from exporter.errors import ModelError
from exporter.items.values import DEFAULT_CONVENTIONS, Conventions, Month, MonthDay, parse_date
from exporter.items.values.texts import TextBlock
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
    ``to_json`` and ``read`` are exact inverses; ``read`` also takes the forms people write, by the conventions of the
    page or filing, and raises `exporter.errors.ModelError` for what it cannot take. ``unit_in`` gives the unit from a
    currency code: a value that is not known has a unit all the same.
    """

    python_type: type
    item_type: str
    encode: Callable[[Any], Encoded]
    decode: Callable[[Encoded], Any]
    to_json: Callable[[Any], Any]
    read: Callable[[Any, Conventions], Any]
    schema: JsonSchema
    is_number: bool = False
    unit_in: Callable[[str], Unit | None] | None = None

    def from_json(self, node: Any, conventions: Conventions = DEFAULT_CONVENTIONS) -> Any:
        """The value of a node of JSON or YAML, or of a text as printed."""
        return self.read(node, conventions)


def node_text(node: Any, what: str) -> str:
    if not isinstance(node, str):
        raise ModelError(f"expected {what} as a string, got {node_kind(node)}")
    return node


def node_kind(node: Any) -> str:
    names = {dict: "an object", list: "an array", bool: "a truth value", type(None): "null"}
    return names.get(type(node), "a number" if isinstance(node, int | Decimal) else f"{node!r}")


DATE_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_STRING: Final[JsonSchema] = {"type": "string"}
_DATE: Final[JsonSchema] = {"type": "string", "pattern": DATE_PATTERN}


def _plain_codec(
    python_type: type,
    item_type: str,
    schema: JsonSchema,
    *,
    format: Callable[[Any], str] = str,
    parse: Callable[[str], Any],
    parse_in: Callable[[str, str | None], Any] | None = None,
    decode: Callable[[str], Any] | None = None,
    is_number: bool = False,
) -> Codec:
    """A codec for values that are one string in facts and in JSON; ``parse_in`` reads a further language."""
    back = decode or parse

    def read(node: Any, conventions: Conventions) -> Any:
        text = node_text(node, "the value")
        return parse_in(text, conventions.spoken) if parse_in else parse(text)

    return Codec(
        python_type=python_type,
        item_type=item_type,
        encode=lambda value: Encoded(format(value)),
        decode=lambda encoded: back(encoded.text),
        to_json=format,
        read=read,
        schema=schema,
        is_number=is_number,
    )


def _parse_bool(text: str) -> bool:
    value = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text.strip().lower())
    if value is None:
        raise ModelError(f"expected true or false, got {text!r}")
    return value


def _read_bool(node: Any, _: Conventions) -> bool:
    return node if isinstance(node, bool) else _parse_bool(node_text(node, "true or false"))


def _text_block_to_json(value: TextBlock) -> Any:
    """A string where reading it as people write it gives the same block, else the markup by name."""
    return value.xhtml if TextBlock.parse(value.xhtml) == value else {"xhtml": value.xhtml}


def _read_text_block(node: Any, _: Conventions) -> TextBlock:
    if isinstance(node, Mapping) and set(node) == {"xhtml"}:
        return TextBlock(node_text(node["xhtml"], "markup"))
    return TextBlock.parse(node_text(node, "text"))


BOOLEAN: Final = Codec(
    python_type=bool,
    item_type="booleanItemType",
    encode=lambda value: Encoded("true" if value else "false"),
    decode=lambda encoded: _parse_bool(encoded.text),
    to_json=lambda value: value,
    read=_read_bool,
    schema={"type": "boolean"},
)
STRING: Final = _plain_codec(str, "stringItemType", _STRING, parse=lambda text: text)
TEXT_BLOCK: Final = Codec(
    python_type=TextBlock,
    item_type="textBlockItemType",
    encode=lambda value: Encoded(value.xhtml),
    decode=lambda encoded: TextBlock(encoded.text),
    to_json=_text_block_to_json,
    read=_read_text_block,
    schema={
        "anyOf": [
            {"type": "string", "minLength": 1, "description": "XHTML, or plain paragraphs with blank lines between."},
            {
                "type": "object",
                "description": "A well-formed XHTML fragment, taken as it is.",
                "properties": {"xhtml": {"type": "string", "minLength": 1}},
                "required": ["xhtml"],
                "additionalProperties": False,
            },
        ]
    },
)
DATE: Final = _plain_codec(
    dt.date,
    "dateItemType",
    _DATE,
    format=dt.date.isoformat,
    parse=parse_date,
    parse_in=lambda text, language: parse_date(text, language=language),
)
MONTH: Final = _plain_codec(
    Month,
    "gYearMonthItemType",
    {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    parse=Month.parse,
    parse_in=lambda text, language: Month.parse(text, language=language),
)
MONTH_DAY: Final = _plain_codec(
    MonthDay,
    "gMonthDayItemType",
    {"type": "string", "pattern": "^--[0-9]{2}-[0-9]{2}$"},
    parse=MonthDay.parse,
    parse_in=lambda text, language: MonthDay.parse(text, language=language),
)
