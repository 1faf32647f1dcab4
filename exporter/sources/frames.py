"""Frames as tables: pandas, polars, pyarrow, DuckDB and Parquet, by way of narwhals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.errors import MissingExtraError, ReadError
from exporter.findings import Finding, Location
from exporter.sources.leaves import plain_value
from exporter.sources.tables import TableRow

PARQUET_SUFFIXES: Final = (".parquet", ".pq")


@frozen(eq=False)
class FrameTable:
    """A frame; see `exporter.sources.tables.SourceTable`. Rows count from zero, as frames count them."""

    frame: Any
    name: str
    file: str | None
    headings: tuple[str, ...]

    def rows(self) -> Iterator[TableRow]:
        for number, values in enumerate(self.frame.iter_rows()):
            yield TableRow(number, [plain_value(value) for value in values])

    def location(self, row: int, column: int) -> Location:
        heading = self.headings[column] if column < len(self.headings) else str(column)
        cell = f"{heading}[{row}]"
        return Location(file=self.file, cell=cell if self.file else f"{self.name}!{cell}")

    def spread(self, row: TableRow) -> Sequence[Any]:
        return row.values

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        return {}


def frame_table(frame: Any, name: str, file: str | None = None) -> FrameTable:
    """A frame of any library that narwhals knows, as a table; a lazy one is collected.

    Raises:
        MissingExtraError: narwhals is not installed.
        ReadError: ``exporter:malformedTable``: it is no frame.
    """
    narwhals = _narwhals("reading a frame")
    try:
        wrapped = narwhals.from_native(frame)
        if isinstance(wrapped, narwhals.LazyFrame):
            wrapped = wrapped.collect()
    except TypeError as error:
        message = f"a {type(frame).__name__} is no frame: {error}"
        fix = "give a frame of pandas, polars, pyarrow or DuckDB"
        finding = Finding(code="exporter:malformedTable", message=message, location=Location(file=file), fix=fix)
        raise ReadError(findings=[finding]) from None
    return FrameTable(wrapped, name, file, tuple(map(str, wrapped.columns)))


def parquet_table(path: Path, name: str) -> FrameTable:
    """A Parquet file as a table.

    Raises:
        MissingExtraError: narwhals or pyarrow is not installed.
        ReadError: the file cannot be read, or is no Parquet.
    """
    narwhals = _narwhals("reading Parquet")
    try:
        with path.open("rb"):  # as Python opens files, which a process may be kept from
            frame = narwhals.read_parquet(str(path), backend="pyarrow")
    except ImportError:
        raise MissingExtraError("frames", "reading Parquet") from None
    except (OSError, ValueError) as error:
        code = (
            "exporter:unreadableFile"
            if isinstance(error, FileNotFoundError | PermissionError)
            else "exporter:malformedTable"
        )
        message = f"the file cannot be read as Parquet: {error}"
        raise ReadError(findings=[Finding(code=code, message=message, location=Location(file=name))]) from None
    return FrameTable(frame, path.stem, name, tuple(map(str, frame.columns)))


def _narwhals(what_for: str) -> Any:
    try:
        import narwhals
    except ImportError:
        raise MissingExtraError("frames", what_for) from None
    return narwhals
