"""Facts of a report as a file that other programs read: a workbook, Parquet, JSON."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, get_args

from exporter.errors import WriteError
from exporter.findings import Finding, Location, choice_hint
from exporter.model.fact import Fact
from exporter.model.selection import PrefixedNames, fact_columns, parquet_of
from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook
from exporter.resources.files import atomic_write

FactsFormat = Literal["csv", "xlsx", "parquet", "json"]
FACTS_FORMATS: Final[tuple[FactsFormat, ...]] = get_args(FactsFormat)
TableFormat = Literal["xlsx", "parquet", "json"]
_WIDTHS: Final = {"concept": 40, "entity": 30, "value": 40, "unit": 18}


def facts_format(target: Path, given: str | None = None) -> FactsFormat:
    """The format that was asked for, or that the suffix of the file tells.

    Raises:
        WriteError: ``exporter:unknownFormat``.
    """
    name = given or target.suffix.lower().removeprefix(".")
    for known in FACTS_FORMATS:
        if name == known:
            return known
    location = Location(file=str(target))
    message = f"facts are not written as {name!r}"
    fix = choice_hint(name, FACTS_FORMATS)
    raise WriteError(findings=[Finding(code="exporter:unknownFormat", message=message, location=location, fix=fix)])


def write_facts(facts: Iterable[Fact], names: PrefixedNames, target: Path, format: TableFormat) -> int:
    """Write facts as a table, a fact in each row, and return their number; see `fact_columns`.

    Numbers are exact: decimals in Parquet, text in JSON; in a workbook those with more than 15 digits are text.

    Raises:
        MissingExtraError: an extra is needed that is not installed.
    """
    columns = fact_columns(facts, names)
    number = len(columns["concept"])
    if format == "parquet":
        content = parquet_of(columns)
    elif format == "xlsx":
        stream = io.BytesIO()
        heads = [SheetColumn(name, width=_WIDTHS.get(name, 14)) for name in columns]
        write_workbook(stream, [SheetContent("facts", heads, values=_rows(columns))], title="Facts")
        content = stream.getvalue()
    else:
        rows = [dict(zip(columns, map(_plain, row), strict=True)) for row in _rows(columns)]
        content = (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    with atomic_write(target) as file:
        file.write(content)
    return number


@contextmanager
def write_csv(target: Path) -> Iterator[io.TextIOWrapper]:
    """A CSV file in UTF-8 that appears, whole, when the block ends."""
    with atomic_write(target) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        yield text
        text.flush()
        text.detach()


def _rows(columns: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*columns.values(), strict=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else value
