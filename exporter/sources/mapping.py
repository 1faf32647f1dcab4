"""Mappings: which column, cell or defined name of a table is which field of a report item.

A mapping stands under ``tables`` in a YAML file of items, or is given in Python; both are read here. Each table makes
items: one of each row (``columns``), or one of cells that stand anywhere (``cells``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, choice_hint

_TABLE: Final = ("file", "sheet", "database", "query", "table", "type", "header", "rows", "columns", "cells", "values")
_CONVENTIONS: Final = ("currency", "scale", "decimals")
_ROWS: Final = re.compile(r"([1-9][0-9]*)(?:\s*(-)\s*([1-9][0-9]*)?)?")
_PART: Final = re.compile(r"[A-Za-z_]\w*|[1-9][0-9]?")
_QNAME: Final = re.compile(r"[A-Za-z_][\w-]*:[A-Za-z_][\w-]*")
SCALES: Final[Mapping[str, int]] = {
    "ones": 0,
    "percent": -2,
    "hundreds": 2,
    "thousands": 3,
    "millions": 6,
    "billions": 9,
    "trillions": 12,
}
_TEXT_OR_NUMBER: Final = {"type": ["string", "integer"]}
_SCALE: Final = {
    "description": "The units that numbers stand in, as headings say: a word, or a power of ten.",
    "anyOf": [{"enum": list(SCALES)}, {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,2}$"}],
}
_PLACE: Final = {
    "anyOf": [
        _TEXT_OR_NUMBER,
        {
            "type": "object",
            "properties": {
                "at": _TEXT_OR_NUMBER,
                "currency": {"type": "string"},
                "scale": _SCALE,
                "decimals": _TEXT_OR_NUMBER,
            },
            "required": ["at"],
            "additionalProperties": False,
        },
    ]
}
TABLES_SCHEMA: Final[dict[str, Any]] = {
    "type": "array",
    "description": "Tables whose rows or cells are items too: workbooks, CSV, Parquet, databases.",
    "items": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "description": "A workbook, CSV or Parquet file, relative to this file."},
            "sheet": {**_TEXT_OR_NUMBER, "description": "The sheet of the workbook."},
            "database": {"type": "string", "description": "The URL of a database (sqlite:///figures.db)."},
            "query": {"type": "string", "description": "The SELECT whose rows are read."},
            "table": {**_TEXT_OR_NUMBER, "description": "The table that is read, or the name of a frame in Python."},
            "type": {"type": "string", "description": "The report item, or item and field of its rows (Item.rows)."},
            "header": {**_TEXT_OR_NUMBER, "description": "The row of the headings, or the rows: 3, 3-4."},
            "rows": {**_TEXT_OR_NUMBER, "description": "The rows with values: 5-16, 5-."},
            "columns": {"type": "object", "description": "Field: heading or letter.", "additionalProperties": _PLACE},
            "cells": {"type": "object", "description": "Field: cell or defined name.", "additionalProperties": _PLACE},
            "values": {"type": "object", "description": "Fields with the same value in every item."},
            "currency": {"type": "string"},
            "scale": _SCALE,
        },
        "additionalProperties": False,
    },
}


@frozen
class FieldPath:
    """Where in an item a value goes: ``over.start``, ``footnotes.1.text``; ``titles[]`` takes several from one cell.

    The names below a field's may be those of concepts: ``columns.1.members.ifrs-full:ComponentsOfEquityAxis``.
    """

    names: tuple[str | int, ...]
    is_list: bool = False

    @classmethod
    def parse(cls, text: str) -> FieldPath | None:
        """The path that a heading or a mapping writes; ``None`` for what is none."""
        is_list = text.endswith("[]")
        parts = text.removesuffix("[]").split(".")
        first, *others = parts
        below = all(_PART.fullmatch(part) or _QNAME.fullmatch(part) for part in others)
        if not _PART.fullmatch(first) or first.isdigit() or not below:
            return None
        return cls(tuple(int(part) if part.isdigit() else part for part in parts), is_list)


@frozen(kw_only=True)
class ColumnConventions:
    """What holds for all numbers of a column or a table: their currency, scale and accuracy."""

    currency: str | None = None
    scale: int | None = None
    decimals: str | None = None


@frozen(kw_only=True)
class FieldPlace:
    """Where a field's values stand: a heading, a letter of a column, a cell or a defined name."""

    path: FieldPath
    at: str
    conventions: ColumnConventions = ColumnConventions()
    pointer: str = ""


@frozen(kw_only=True)
class TableMapping:
    """One table. ``header`` and ``rows`` are first and last row, counted from one."""

    pointer: str = ""
    file: str | None = None
    sheet: str | None = None
    database: str | None = None
    query: str | None = None
    table: str | None = None
    type: str | None = None
    header: tuple[int, int] | None = None
    rows: tuple[int, int | None] | None = None
    columns: tuple[FieldPlace, ...] = ()
    cells: tuple[FieldPlace, ...] = ()
    values: Mapping[str, Any] = {}
    conventions: ColumnConventions = ColumnConventions()


Locate = Callable[[str], Location]


def read_mapping(node: Any, locate: Locate, *, pointer: str = "/tables") -> tuple[TableMapping, ...]:
    """The tables of a mapping.

    Args:
        node: what stands under ``tables``: a list of tables, or one.
        locate: the location of a JSON Pointer into the mapping.
        pointer: where ``node`` stands.

    Raises:
        ReadError: ``exporter:invalidMapping``, with all findings.
    """
    reader = _MappingReader(locate)
    tables = node if isinstance(node, list) else [node]
    made = [reader.table(table, f"{pointer}/{index}") for index, table in enumerate(tables)]
    if reader.findings:
        raise ReadError(findings=reader.findings)
    return tuple(made)


class _MappingReader:
    """Reads mappings and gathers what is wrong with them."""

    def __init__(self, locate: Locate) -> None:
        self.findings: list[Finding] = []
        self._locate = locate

    def _finding(self, pointer: str, message: str, fix: str | None = None) -> None:
        location = self._locate(pointer)
        finding = Finding(code="exporter:invalidMapping", message=message, location=location, fix=fix)
        self.findings.append(finding.at(pointer=pointer))

    def _object(self, node: Any, pointer: str, known: Iterable[str] | None, what: str) -> Mapping[str, Any]:
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self._finding(pointer, f"expected {what}, got {node!r}")
            return {}
        if known is not None:
            known = tuple(known)
            for name in node:
                if name not in known:
                    message = f"{what} has no member {str(name)!r}"
                    self._finding(f"{pointer}/{name}", message, choice_hint(str(name), known))
        return node

    def table(self, node: Any, pointer: str) -> TableMapping:
        members = self._object(node, pointer, (*_TABLE, *_CONVENTIONS), "a table")
        texts = ("file", "sheet", "database", "query", "table", "type")
        given = {name: text for name in texts if (text := self._text(members.get(name), f"{pointer}/{name}"))}
        if "columns" in members and "cells" in members:
            self._finding(pointer, "a table has columns or cells, not both", "make two tables of it")
        header = self._rows(members.get("header"), f"{pointer}/header")
        return TableMapping(
            pointer=pointer,
            header=(header[0], header[1] or header[0]) if header else None,
            rows=self._rows(members.get("rows"), f"{pointer}/rows"),
            columns=self._places(members.get("columns"), f"{pointer}/columns"),
            cells=self._places(members.get("cells"), f"{pointer}/cells"),
            values=self._object(members.get("values"), f"{pointer}/values", None, "values by field"),
            conventions=self._conventions(members, pointer),
            **given,
        )

    def _text(self, node: Any, pointer: str) -> str | None:
        if node is None or (isinstance(node, str) and node.strip()):
            return node
        if isinstance(node, int) and not isinstance(node, bool):
            return str(node)
        self._finding(pointer, f"expected a text, got {node!r}")
        return None

    def _rows(self, node: Any, pointer: str) -> tuple[int, int | None] | None:
        if (text := self._text(node, pointer)) is None:
            return None
        match = _ROWS.fullmatch(text.strip())
        if match is None or (match[3] and int(match[3]) < int(match[1])):
            self._finding(pointer, f"expected a row or rows such as 3, 5-16 or 5-, got {text!r}")
            return None
        return int(match[1]), int(match[3]) if match[3] else (None if match[2] else int(match[1]))

    def _places(self, node: Any, pointer: str) -> tuple[FieldPlace, ...]:
        places = []
        for name, value in self._object(node, pointer, None, "places by field").items():
            here = f"{pointer}/{name}"
            path = FieldPath.parse(str(name))
            if path is None:
                self._finding(here, f"{name!r} is no field", "write a field as in amount, over.start or titles[]")
                continue
            members = value if isinstance(value, Mapping) else {"at": value}
            self._object(members, here, ("at", *_CONVENTIONS), "a place")
            if (at := self._text(members.get("at"), here)) is None:
                self._finding(here, f"{name} has no place", "name a heading, the letter of a column or a cell")
                continue
            conventions = self._conventions(members, here)
            places.append(FieldPlace(path=path, at=at.strip(), conventions=conventions, pointer=here))
        return tuple(places)

    def _conventions(self, members: Mapping[str, Any], pointer: str) -> ColumnConventions:
        decimals = self._text(members.get("decimals"), f"{pointer}/decimals")
        if decimals is not None and decimals != "INF" and not re.fullmatch("-?[0-9]{1,3}", decimals):
            self._finding(f"{pointer}/decimals", f"expected decimals as a whole number or INF, got {decimals!r}")
            decimals = None
        scale = self._text(members.get("scale"), f"{pointer}/scale")
        power = SCALES.get(scale or "")
        if scale is not None and power is None:
            if re.fullmatch("-?[0-9]{1,2}", scale):
                power = int(scale)
            else:
                fix = choice_hint(scale, SCALES)
                self._finding(f"{pointer}/scale", f"there is no scale {scale!r}", fix)
        currency = self._text(members.get("currency"), f"{pointer}/currency")
        return ColumnConventions(currency=currency, scale=power, decimals=decimals)
