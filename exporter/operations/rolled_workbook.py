"""The start of the next filing as a workbook: a sheet for each kind of item, last period's values in rows of notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from exporter.items.written_forms import Noted
from exporter.operations.workbook import LONGEST_TITLE, SheetColumn, SheetContent, width_for, write_workbook

_NOTE: Final = "#"
_ITEM: Final = "#item"
_ORDER: Final = "#order"
_LINE_MEMBERS: Final = frozenset({"label", "depth", "concept", "values"})
_Cells = dict[str, Any]


def write_rolled_workbook(tree: Mapping[str, Any], stream: BinaryIO, *, notes: Sequence[str], title: str) -> None:
    """Write a tree as `exporter.operations.roll_forward` makes it: what the items share, then a sheet for each kind.

    Args:
        tree: ``filing`` and ``items``; what is `Noted` has its comment in a row of notes below.
        stream: where the workbook goes.
        notes: what stands above the filing's own rows.
        title: the title of the workbook.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    sheets: dict[str, list[tuple[_Cells, _Cells]]] = {}
    for order, node in enumerate(tree["items"], 1):
        cells, rows = _item_cells(node)
        kind = node["type"]
        if cells or not rows:
            key = {_ITEM: f"{kind} {order}"} if rows else {}
            sheets.setdefault(kind, []).append(({**key, **cells, _ORDER: order}, _noted(node, rows)))
        for field, row_nodes in rows.items():
            for row in row_nodes:
                row_cells, _ = _item_cells(row)
                whole = {_ITEM: f"{kind} {order}", "type": row["type"], **row_cells, _ORDER: order}
                sheets.setdefault(f"{kind}.{field}", []).append((whole, _noted(row, {})))
    filing = [*((f"# {note}", None) for note in notes), *_flattened(tree["filing"])]
    contents = [SheetContent("filing", [SheetColumn("# name", width=24), SheetColumn("# value", width=60)], filing)]
    contents += (_sheet(name, rows) for name, rows in sheets.items())
    write_workbook(stream, contents, title=title)


def _item_cells(node: Mapping[str, Any]) -> tuple[_Cells, dict[str, list[Mapping[str, Any]]]]:
    """The cells of an item by heading, and the rows that it is made of by field."""
    rows = {name: value for name, value in node.items() if _are_items(value)}
    own = {name: value for name, value in node.items() if name not in rows and name != "type"}
    return dict(_flattened(own)), rows


def _are_items(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) and "type" in row for row in value)


def _noted(node: Mapping[str, Any], rows: Mapping[str, Any]) -> _Cells:
    """The comments on the parts of an item, by the heading that they stand below."""
    notes = {name: value.note for name, value in node.items() if isinstance(value, Noted) and name not in rows}
    lines = node.get("rows")
    if isinstance(lines, list) and not rows:
        texts = (value.note for line in lines for value in line.values() if isinstance(value, Noted))
        if text := "\n".join(texts):
            notes["rows"] = text
    return notes


def _flattened(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of a tree by their headings; a place to be filled in has one too."""
    match node:
        case Noted():
            yield from _flattened(node.value, path)
        case Mapping():
            for name, value in node.items():
                yield from _flattened(value, f"{path}.{name}" if path else str(name))
        case [*lines] if lines and all(map(_is_line, lines)):
            yield path, "\n".join(map(_line, lines))
        case [*parts] if parts and all(isinstance(part, str) and not set(part) & set(";\n") for part in parts):
            yield f"{path}[]", "; ".join(parts)
        case [*parts]:
            for number, part in enumerate(parts, 1):
                yield from _flattened(part, f"{path}.{number}")
        case bool() | None:
            yield path, node
        case _:
            yield path, str(node)


def _is_line(node: Any) -> bool:
    """Whether a row of a statement can be written as a line: its label, concept and values and nothing else."""
    if not isinstance(node, Mapping) or "label" not in node or not node.keys() <= _LINE_MEMBERS:
        return False
    return not any(set(str(part)) & set("|\n") for part in (node["label"], *_values(node)))


def _values(node: Mapping[str, Any]) -> list[str]:
    values = node.get("values", [])
    return list(values.value if isinstance(values, Noted) else values)


def _line(node: Mapping[str, Any]) -> str:
    label = f"{'  ' * int(node.get('depth', 0))}{node['label']}"
    return " | ".join([label, str(node.get("concept", "")), *_values(node)]).rstrip()


def _sheet(name: str, rows: Sequence[tuple[_Cells, _Cells]]) -> SheetContent:
    """A sheet of items, a row of notes below each that has some."""
    headings = dict.fromkeys(heading for cells, notes in rows for heading in (*cells, *notes))
    headings.pop(_ORDER, None)
    title = name[:LONGEST_TITLE]
    typed = {"type": name} if title != name and "type" not in headings else {}
    order = [_NOTE, *typed, *headings, _ORDER]
    values = []
    for cells, notes in rows:
        values.append([{**typed, **cells}.get(heading) for heading in order])
        if notes:
            values.append(["# last period", *(notes.get(heading) for heading in order[1:])])
    return SheetContent(title, [SheetColumn(heading, width=width_for(heading)) for heading in order], values)
