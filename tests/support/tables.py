"""Items as rows: what a person or a program puts into the cells of a table for the items of a file in YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from exporter.sources.yaml import read_yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"
HEADER = ("entity", "title", "prefix", "namespace", "period_end", "language")


def example() -> dict[str, Any]:
    """The example's tree."""
    tree: dict[str, Any] = read_yaml(EXAMPLE).value
    return tree


def rows_by_table(tree: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each item class, or of the rows of a container, with the place of the item among all."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for number, item in enumerate(tree["items"], 1):
        name = item["type"]
        if "rows" in item:
            for row in item["rows"]:
                tables.setdefault(f"{name}.rows", []).append({**dict(flat(row)), "#order": str(number)})
        else:
            tables.setdefault(name, []).append({**dict(flat(item)), "#order": str(number)})
    return tables


def flat(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The values of an item by their headings."""
    for name, value in node.items():
        here = f"{path}{name}"
        if name == "type" and not path:
            continue
        if name == "footnotes" or name.isdigit():
            for index, note in enumerate(value, 1):
                yield from flat({"text": note} if isinstance(note, str) else note, f"{here}.{index}.")
        elif isinstance(value, Mapping) and set(value) == {"unknown"}:
            yield here, f"{{unknown: {value['unknown']}}}"
        elif isinstance(value, Mapping):
            parts = dict(flat(value, f"{here}."))
            if f"{here}.name" in parts:
                parts[here] = parts.pop(f"{here}.name")
            yield from parts.items()
        elif isinstance(value, list):
            yield f"{here}[]", "; ".join(value)
        else:
            yield here, value


def typed(value: Any) -> Any:
    """A text as the value that a program holds: a number, a date."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+\.[0-9]+", value):
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return dt.date.fromisoformat(value)
    return value


def write_cell(cell: Any, value: Any) -> None:
    """Put a value into a cell as a person types it: numbers as numbers, in the format that shows them as printed."""
    if isinstance(value, str) and (amount := re.fullmatch(r"¥([0-9]+\.[0-9])( billion)", value)):
        cell.value, cell.number_format = float(Decimal(amount[1]).scaleb(9)), "[$¥-411]#,##0.0,,,"
    elif isinstance(value, str) and (percentage := re.fullmatch(r"([0-9]+\.[0-9])%", value)):
        cell.value, cell.number_format = float(Decimal(percentage[1]).scaleb(-2)), "0.0%"
    elif isinstance(number := typed(value), Decimal) and -int(number.as_tuple().exponent) == 2:
        cell.value, cell.number_format = float(number), "0.00"
    else:
        cell.value = typed(value)


def fill_template(path: Path, tree: Mapping[str, Any]) -> None:
    """Fill a template in with the items of a tree, by its headings; a heading that is missing is an error."""
    book = openpyxl.load_workbook(path)
    filing = {**dict(flat(tree["filing"])), "profile": None}
    sheet = book["filing"]
    for row in sheet.iter_rows(min_row=2):
        if (name := str(row[0].value)) in filing:
            row[1].value = filing.pop(name)
    assert {name for name, value in filing.items() if value} == set()
    for name, items in rows_by_table(tree).items():
        sheet = book[name]
        headings = {cell.value: cell.column for cell in sheet[1] if cell.value}
        for number, values in enumerate(items, 5):
            for heading, value in values.items():
                column = headings[heading if heading in headings else f"{heading}[]"]
                write_cell(sheet.cell(number, column), value)
    book.save(path)
