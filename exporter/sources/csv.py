"""CSV files as tables: every cell is text, read as people print it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources.cells import cell_name, cell_position
from exporter.sources.tables import TableRow

SUFFIXES: Final = (".csv", ".tsv")
_DELIMITERS: Final = ",;\t|"
_HEAD: Final = 64 * 1024


@frozen(eq=False)
class CsvFile:
    """A CSV file; see `exporter.sources.tables.SourceTable`. Its first line shows what parts the cells."""

    path: Path
    file: str
    limits: Limits = DEFAULT_LIMITS
    headings: None = None

    @property
    def name(self) -> str:
        return self.path.stem

    def rows(self) -> Iterator[TableRow]:
        with _opened(self.path, self.file) as stream:
            number = 0
            try:
                head = stream.readline(_HEAD)
                delimiter = max(_DELIMITERS, key=head.count)
                stream.seek(0)
                reader = csv.reader(_bounded(stream, self.limits, self.file), delimiter=delimiter, strict=True)
                for number, cells in enumerate(reader, 1):
                    yield TableRow(number, [cell.strip() or None for cell in cells])
            except (csv.Error, UnicodeError) as error:
                message = f"row {number + 1} cannot be read: {error}"
                fix = "save the file as CSV in UTF-8, with quotes round cells that have quotes or line breaks"
                location = Location(file=self.file, cell=f"A{number + 1}")
                finding = Finding(code="exporter:malformedTable", message=message, location=location, fix=fix)
                raise ReadError(findings=[finding]) from None

    def location(self, row: int, column: int) -> Location:
        return Location(file=self.file, cell=cell_name(row - 1, column))

    def spread(self, row: TableRow) -> Sequence[Any]:
        return row.values

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        positions = {place: position for place in places if (position := cell_position(place)) is not None}
        rows = {row for row, _ in positions.values()}
        values = {row.number - 1: row.values for row in self.rows() if row.number - 1 in rows}
        return {
            place: [(self.location(row + 1, column), values[row][column] if column < len(values[row]) else None)]
            for place, (row, column) in positions.items()
            if row in values
        }


def _opened(path: Path, name: str) -> io.TextIOWrapper:
    try:
        stream = path.open("rb")
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        fix = "check that the file is there and that you may read it"
        location = Location(file=name)
        finding = Finding(code="exporter:unreadableFile", message=message, location=location, fix=fix)
        raise ReadError(findings=[finding]) from None
    encoding = "utf-16" if stream.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding, newline="")


def _bounded(stream: io.TextIOWrapper, limits: Limits, name: str) -> Iterator[str]:
    """The lines of a file, none of them beyond the limit on texts."""
    while line := stream.readline(limits.text_size + 1):
        if len(line) > limits.text_size:
            message = f"a line has more than {limits.text_size} characters"
            location = Location(file=name)
            fix = "raise limits.text_size if you trust the file"
            finding = Finding(code="exporter:limitExceeded", message=message, location=location, fix=fix)
            raise ReadError(findings=[finding])
        yield line
