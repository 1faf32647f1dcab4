"""How a value becomes the text of a fact, JSON, and a value again: the codecs of numbers, enumerations and entities.

`codec_for` finds the codec of any type of value.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from exporter.errors import DeclarationError, ModelError
from exporter.findings import MOST_CHOICES, choice_hint, list_text
from exporter.items.codec import (
    BOOLEAN,
    DATE,
    MONTH,
    MONTH_DAY,
    STRING,
    TEXT_BLOCK,
    Codec,
    Encoded,
    JsonSchema,
    node_kind,
    node_text,
)
from exporter.items.labels import member_labels
from exporter.items.values import (
    Conventions,
    EntityRef,
    Money,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    parse_count,
)
from exporter.items.values.enumeration import member_name
from exporter.items.values.languages import ALWAYS
from exporter.items.values.numerals import quoted_text
from exporter.items.values.parties import EntityKind
from exporter.model.dimensions import Entity
from exporter.model.fact import parse_number
from exporter.model.lexical import plain
from exporter.model.unit import SHARES, Unit

_MOST_DIGITS: Final = 4000  # of an int: Python itself writes no more than 4300
_INTEGER: Final = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}")
_money_unit: Final = lru_cache(maxsize=512)(Unit.currency)
_per_share_unit: Final = lru_cache(maxsize=512)(Unit.per_share)
NUMBER_PATTERN: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_DECIMALS_SCHEMA: Final[JsonSchema] = {
    "description": "Accuracy as a power of ten (-8: right to hundreds of millions); INF for an exact number.",
    "anyOf": [{"type": "integer", "minimum": -1000, "maximum": 1000}, {"const": "INF"}],
}


def _number(node: Any) -> Decimal:
    if isinstance(node, Decimal) or (isinstance(node, int) and not isinstance(node, bool)):
        return Decimal(node)
    number = parse_number(node_text(node, "a number"))
    if number is None or not number.is_finite():
        raise ModelError(f"expected a number in plain digits like 34400000000 or 0.316, got {node!r}")
    return number


def _decimals(node: Any) -> int | None:
    if node == "INF":
        return None
    number = _number(node)
    if number != number.to_integral_value() or abs(number) > 1000:
        raise ModelError(f"expected decimals as a whole number or INF, got {node!r}")
    return int(number)


def _unit_name(unit: Unit | None) -> str:
    return "a pure number" if unit is None else f"the unit {unit}"


def _amount_codec(
    python_type: type[Money | PerShare | Percent | Rate | Ratio | ShareCount],
    item_type: str,
    *,
    build: Callable[[Decimal, int | None, str | None, int | None], Any],
    usual_scale: int | None = None,
    unit: Callable[[str], Unit] | None = None,
    fixed_unit: Unit | None = None,
) -> Codec:
    """A codec for numbers with decimals; ``unit`` makes the unit from a currency code."""

    def encode(value: Any) -> Encoded:
        return Encoded(plain(value.value), value.decimals, unit(value.currency) if unit else fixed_unit)

    def decode(encoded: Encoded) -> Any:
        currency = encoded.unit.numerators[0].local_name if unit and encoded.unit else None
        expected = unit(currency) if unit and currency else fixed_unit
        if encoded.unit != expected and python_type is not Rate:  # the item's pair says the unit of a rate
            raise ModelError(f"expected {_unit_name(expected)}, got {_unit_name(encoded.unit)}")
        return build(_number(encoded.text), encoded.decimals, currency, usual_scale)

    def to_json(value: Any) -> Any:
        node = {"value": plain(value.value), "decimals": "INF" if value.decimals is None else value.decimals}
        node |= {"currency": value.currency} if unit else {}
        return node | ({"scale": value.scale} if value.scale != usual_scale and value.scale is not None else {})

    def read(node: Any, conventions: Conventions) -> Any:
        if isinstance(node, str):
            return python_type.parse(node, conventions=conventions)
        if not isinstance(node, Mapping):
            raise ModelError(f"expected an object with value and decimals, or text as printed, got {node_kind(node)}")
        known = {"value", "decimals", "scale"} | ({"currency"} if unit else set())
        if wrong := sorted(map(str, set(node) - known)):
            raise ModelError(f"unknown member {wrong[0]!r}; {choice_hint(wrong[0], sorted(known))}")
        if missing := sorted(({"value", "decimals"} | (known & {"currency"})) - set(node)):
            raise ModelError(f"the member {missing[0]!r} is missing")
        scale = _decimals(node["scale"]) if "scale" in node else usual_scale
        return build(_number(node["value"]), _decimals(node["decimals"]), node.get("currency"), scale)

    members: JsonSchema = {
        "value": {"type": "string", "pattern": NUMBER_PATTERN},
        "decimals": _DECIMALS_SCHEMA,
        "scale": {"type": "integer", "description": "Power of ten the printed number was multiplied by."},
    }
    if unit:
        members["currency"] = {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code."}
    required = ["value", "decimals", *(["currency"] if unit else [])]
    return Codec(
        python_type=python_type,
        item_type=item_type,
        encode=encode,
        decode=decode,
        to_json=to_json,
        read=read,
        schema={"type": "object", "properties": members, "required": required, "additionalProperties": False},
        is_number=True,
        unit_in=unit or (lambda _: fixed_unit),
    )


def _currency(code: str | None) -> str:
    if not isinstance(code, str):
        raise ModelError("an amount of money names its currency")
    return code


def _read_int(node: Any, conventions: Conventions) -> int:
    if isinstance(node, str) and not _INTEGER.fullmatch(node):
        return parse_count(node, language=conventions.spoken)
    return _whole(_number(node))


def _int_from_text(encoded: Encoded) -> int:
    if encoded.unit is not None:
        raise ModelError(f"expected a pure number, got {_unit_name(encoded.unit)}")
    return _whole(_number(encoded.text))


def _whole(number: Decimal) -> int:
    if number.adjusted() >= _MOST_DIGITS:
        raise ModelError(f"expected a whole number of at most {_MOST_DIGITS} digits")
    if number != number.to_integral_value():
        raise ModelError(f"expected a whole number, got {number}")
    return int(number)


MONEY: Final = _amount_codec(
    Money,
    "monetaryItemType",
    build=lambda value, decimals, currency, scale: Money(value, _currency(currency), decimals=decimals, scale=scale),
    unit=_money_unit,
)
PER_SHARE: Final = _amount_codec(
    PerShare,
    "perShareItemType",
    build=lambda value, decimals, currency, scale: PerShare(value, _currency(currency), decimals=decimals, scale=scale),
    unit=_per_share_unit,
)
PERCENT: Final = _amount_codec(
    Percent,
    "percentItemType",
    build=lambda value, decimals, _, scale: Percent(value=value, decimals=decimals, scale=scale),
    usual_scale=-2,
)
RATE: Final = _amount_codec(
    Rate,
    "decimalItemType",
    build=lambda value, decimals, _, scale: Rate(value, decimals=decimals, scale=scale),
)
RATIO: Final = _amount_codec(
    Ratio,
    "pureItemType",
    build=lambda value, decimals, _, scale: Ratio(value, decimals=decimals, scale=scale),
)
SHARE_COUNT: Final = _amount_codec(
    ShareCount,
    "sharesItemType",
    build=lambda value, decimals, _, scale: ShareCount(value, decimals=decimals, scale=scale),
    fixed_unit=Unit((SHARES,)),
)
INTEGER: Final = Codec(
    python_type=int,
    item_type="integerItemType",
    encode=lambda value: Encoded(str(value)),
    decode=_int_from_text,
    to_json=str,
    read=_read_int,
    schema={"type": "string", "pattern": r"^-?[0-9]+$"},
    is_number=True,
)


_MEMBER: Final = re.compile(r"[A-Z][A-Za-z0-9]*Member")


@lru_cache(maxsize=1024)
def enumeration_codec(enumeration: type[enum.StrEnum]) -> Codec:
    """The codec of an enumeration: member names in facts (the binding adds the namespace), plain values in JSON.

    Raises:
        DeclarationError: values make no names of members, or two of them the same.
    """
    by_name: dict[str, enum.StrEnum] = {}
    for value in enumeration:
        name = member_name(value)
        if not _MEMBER.fullmatch(name):
            raise DeclarationError(
                f"{enumeration.__name__}: {value.value!r} makes no name: a letter, letters and digits"
            )
        if by_name.setdefault(name, value) is not value:
            other = by_name[name].value
            raise DeclarationError(f"{enumeration.__name__}: {other!r} and {value.value!r} are both called {name}")
    by_text = {value.value: value for value in enumeration}

    @cache
    def by_label(language: str | None) -> dict[str, set[enum.StrEnum]]:
        """The values by their labels in some languages; looked up only where a text is no value itself."""
        labelled: dict[str, set[enum.StrEnum]] = {}
        languages = dict.fromkeys((*ALWAYS, *([language] if language else [])))
        for value in enumeration:
            for label in filter(None, map(member_labels(value).text, languages)):
                labelled.setdefault(label.strip().casefold(), set()).add(value)
        return labelled

    def read(node: Any, conventions: Conventions) -> enum.StrEnum:
        text = node_text(node, "a value")
        value = by_text.get(text) or by_text.get(text.strip().lower().rstrip(".").replace(" ", "_").replace("-", "_"))
        labelled = by_label(conventions.spoken).get(text.strip().casefold(), set()) if value is None else set()
        if len(labelled) == 1:
            (value,) = labelled
        if value is None:
            hint = choice_hint(text, by_text, f"expected one of {list_text(by_text, most=MOST_CHOICES)}")
            raise ModelError(f"there is no choice {quoted_text(text)}; {hint}")
        return value

    def decode(encoded: Encoded) -> enum.StrEnum:
        value = by_name.get(encoded.text)
        if value is None:
            raise ModelError(f"expected one of {list_text(by_name)}, got {encoded.text!r}")
        return value

    return Codec(
        python_type=enumeration,
        item_type="enumerationItemType",
        encode=lambda value: Encoded(member_name(value)),
        decode=decode,
        to_json=lambda value: value.value,
        read=read,
        schema={"enum": list(by_text)},
    )


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


def _read_entity(node: Any, _: Conventions) -> EntityRef:
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
    read=_read_entity,
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


_CODECS: Final[Mapping[type, Codec]] = {
    codec.python_type: codec
    for codec in (
        *(MONEY, PER_SHARE, PERCENT, RATE, RATIO, SHARE_COUNT, INTEGER, BOOLEAN, STRING),
        *(TEXT_BLOCK, DATE, MONTH, MONTH_DAY, ENTITY_REF),
    )
}


def codec_for(python_type: Any) -> Codec | None:
    """The codec of a type, or ``None`` where there is none."""
    if isinstance(python_type, type) and issubclass(python_type, enum.StrEnum):
        return enumeration_codec(python_type)
    return _CODECS.get(python_type)
