"""Values of tables as the leaves of a tree: what a column and its table say of them, and the parts of one value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from exporter.errors import ModelError
from exporter.sources.cells import FailedCell, NumberCell, PrintedText, number_cell, scaled_cell
from exporter.sources.mapping import SCALES, ColumnConventions, FieldPath

UNSAID: Final = ColumnConventions()
_UNKNOWN: Final = re.compile(r"\{ *+unknown:(.+)\}", re.DOTALL)
_AMOUNT_PARTS: Final = frozenset({"currency", "scale", "decimals"})


def plain_value(value: Any) -> Any:
    """A value of a frame, a query or a cell as a tree holds it: text, a truth value, a `NumberCell` or ``None``."""
    match value:
        case str():
            return value.strip() or None
        case None | bool() | NumberCell() | FailedCell():
            return value
        case dt.datetime():
            if value.time() == dt.time() and value.tzinfo is None:
                return value.date().isoformat()
            return value.replace(tzinfo=None).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case int() | float() | Decimal():
            if value != value:  # not a number: how frames mark what is missing
                return None
            return number_cell(value)
        case list() | tuple():
            return [part for entry in value if (part := plain_value(entry)) is not None] or None
        case dict():
            members = {str(name): plain_value(entry) for name, entry in value.items()}
            return {name: entry for name, entry in members.items() if entry is not None} or None
    return str(value)


def zero_based(names: Iterable[str | int]) -> Iterator[str | int]:
    return (name - 1 if isinstance(name, int) else name for name in names)


def read_leaf(value: Any, path: FieldPath, own: ColumnConventions, shared: ColumnConventions) -> Any:
    """A value as the tree holds it, under what its column and its table say."""
    if path.is_list and isinstance(value, str):
        return [part.strip() for part in value.split("\n" if "\n" in value else ";") if part.strip()]
    if isinstance(value, str):
        if (match := _UNKNOWN.fullmatch(value)) is not None:
            return {"unknown": match[1].strip(" ") or " "}
        if len(path.names) > 1:
            return value
        if own.scale == SCALES["percent"] and "%" not in value:
            return f"{value}%"
        currency, scale = own.currency or shared.currency, own.scale or shared.scale
        return value if currency is None and not scale else PrintedText(value, currency, scale)
    if isinstance(value, NumberCell):
        return text_of_number(value) if len(path.names) > 1 else _number_leaf(value, own, shared)
    if isinstance(value, FailedCell):
        part = "".join(f"/{name}" for name in zero_based(path.names[1:]))
        return evolve(value, part=part)
    return value


def _number_leaf(cell: NumberCell, own: ColumnConventions, shared: ColumnConventions) -> Any:
    if own is UNSAID and shared is UNSAID:
        return cell
    try:
        if own.scale is not None:
            is_percentage = cell.is_percentage or own.scale in (SCALES["ones"], SCALES["percent"])
            cell = evolve(scaled_cell(cell, own.scale), is_percentage=is_percentage)
        elif shared.scale:
            cell = evolve(cell, heading_scale=shared.scale)
    except ModelError as error:
        return FailedCell("exporter:invalidValue", str(error), "change the format of the cell, or the mapping")
    currency = cell.currency or own.currency or shared.currency
    decimals = own.decimals or shared.decimals
    if decimals is not None:
        cell = evolve(cell, decimals=None if decimals == "INF" else int(decimals))
    return evolve(cell, currency=currency)


def text_of_number(value: Any) -> Any:
    return repr(value) if isinstance(value, NumberCell) else value


def put(into: dict[Any, Any], names: Sequence[str | int], leaf: Any) -> None:
    """Put a value at a path; positions of lists are keys until all are known."""
    for name in names[:-1]:
        below = into.get(name)
        if not isinstance(below, dict):
            below = into[name] = {} if below is None else {"name": below}
        into = below
    into[names[-1]] = leaf


def settled(value: Any) -> Any:
    """What was put together, with lists in place of numbered parts; a part that failed fails the whole."""
    if not isinstance(value, dict):
        return value
    members = {name: settled(part) for name, part in value.items()}
    for part in members.values():
        if isinstance(part, FailedCell):
            return part
    if members and all(isinstance(name, int) for name in members):
        return [members[name] for name in sorted(members)]
    return members


def joined_value(leaf: Any, members: Any, shared: ColumnConventions) -> Any:
    """The value of a field with columns of its own and of its parts: ``amount`` and ``amount.currency``."""
    if leaf is None or not isinstance(members, dict):
        return members
    if isinstance(leaf, NumberCell | PrintedText | str) and members.keys() <= _AMOUNT_PARTS:
        scale = str(members.get("scale") or "")
        power = SCALES.get(scale, int(scale) if re.fullmatch("-?[0-9]{1,2}", scale) else None)
        own = ColumnConventions(currency=members.get("currency"), scale=power, decimals=members.get("decimals"))
        if isinstance(leaf, NumberCell):
            return _number_leaf(leaf, own, ColumnConventions(scale=None if power is not None else shared.scale))
        text = leaf.text if isinstance(leaf, PrintedText) else leaf
        return PrintedText(text, own.currency or shared.currency, own.scale or shared.scale)
    return {"name": text_of_number(leaf), **members}
