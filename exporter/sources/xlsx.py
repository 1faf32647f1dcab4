"""Workbooks (Office Open XML, ``.xlsx``) as tables: values with what their formats show, merged and hidden cells.

Formulas have the values that were last calculated. The one door to openpyxl for reading. Before openpyxl sees a part of
the workbook, the archive and the heads of its parts have been checked; what openpyxl leaves out when it reads row by
row (hidden rows, merged cells, formulas without a value) comes from a pass of our own over the sheet.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from exporter.errors import ExporterError, MissingExtraError, ReadError
from exporter.findings import Finding, Location
from exporter.resources.archives import Archive, open_archive
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import parse_xml, refuse_doctype
from exporter.sources.cells import (
    FailedCell,
    cell_name,
    cell_position,
    number_cell,
    sheet_cell,
    split_sheet_cell,
)
from exporter.sources.tables import TableRow

_RANGE: Final = re.compile(r"([A-Za-z$0-9]+)(?::([A-Za-z$0-9]+))?")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*+\]|_.|\*.')
_MOST_CELLS: Final = 10_000  # of a range that a mapping names
_SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_FAILED: Final = "the formula of the cell gives the error {}"
_NOT_CALCULATED: Final = "the cell has a formula that was never calculated"


@frozen
class _CellRange:
    """A merged range, all counted from zero, the last row and column included."""

    row: int
    column: int
    last_row: int
    last_column: int


@define
class _SheetLayout:
    """What a pass over a sheet finds: hidden rows (counted from one), merged cells, formulas without a value."""

    hidden: set[int] = field(factory=set)
    merged: list[_CellRange] = field(factory=list)
    not_calculated: set[tuple[int, int]] = field(factory=set)


@frozen(eq=False)
class SheetTable:
    """A sheet; see `exporter.sources.tables.SourceTable`."""

    workbook: Workbook
    name: str
    is_hidden: bool = False
    headings: None = None

    def rows(self) -> Iterator[TableRow]:
        layout = self.workbook.layout(self.name)
        starts: dict[int, list[_CellRange]] = {}
        for span in layout.merged:
            if span.last_row > span.row:
                starts.setdefault(span.row, []).append(span)
        active: dict[int, tuple[int, Any]] = {}
        for number, cells in self.workbook.cells(self.name):
            values = [self._value(cell, number, column, layout) for column, cell in enumerate(cells)]
            if active or number - 1 in starts:
                _fill_down(values, number - 1, starts, active)
            yield TableRow(number, values, number in layout.hidden)

    def _value(self, cell: Any, number: int, column: int, layout: _SheetLayout) -> Any:
        value = cell.value
        if value is None:
            if layout.not_calculated and (number, column) in layout.not_calculated:
                fix = "open the workbook in a spreadsheet program and save it"
                return FailedCell("exporter:notCalculated", _NOT_CALCULATED, fix)
            return None
        if isinstance(value, str):
            if cell.data_type == "e":
                return FailedCell("exporter:errorCell", _FAILED.format(value), "correct the formula")
            return value.strip()
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return number_cell(value, self.workbook.format_of(cell))
        return _date_text(value, self.workbook.format_of(cell))

    def location(self, row: int, column: int) -> Location:
        return Location(file=self.workbook.name, cell=sheet_cell(self.name, cell_name(row - 1, column)))

    def spread(self, row: TableRow) -> Sequence[Any]:
        values = list(row.values)
        for span in self.workbook.layout(self.name).merged:
            if span.row <= row.number - 1 <= span.last_row and span.column < len(values):
                values += [None] * (span.last_column + 1 - len(values))
                for column in range(span.column + 1, span.last_column + 1):
                    values[column] = values[span.column]
        return values

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        ranges = {place: range_ for place in places if (range_ := self.workbook.find_range(place, self.name))}
        needed: dict[str, set[int]] = {}
        for sheet, span in ranges.values():
            needed.setdefault(sheet, set()).update(range(span.row, span.last_row + 1))
        rows: dict[tuple[str, int], Sequence[Any]] = {}
        for sheet, numbers in needed.items():
            for row in self.workbook.table(sheet).rows():
                if row.number - 1 in numbers:
                    rows[sheet, row.number - 1] = row.values
                if row.number > max(numbers):
                    break
        values: dict[str, list[tuple[Location, Any]]] = {}
        for place, (sheet, span) in ranges.items():
            table = self.workbook.table(sheet)
            values[place] = [
                (table.location(row + 1, column), _at(rows.get((sheet, row), ()), column))
                for row in range(span.row, span.last_row + 1)
                for column in range(span.column, span.last_column + 1)
            ]
        return values


def _at(values: Sequence[Any], column: int) -> Any:
    return values[column] if column < len(values) else None


def _fill_down(
    values: list[Any], row: int, starts: Mapping[int, list[_CellRange]], active: dict[int, tuple[int, Any]]
) -> None:
    """Give the cells below the first of a merged range its value."""
    for column, (last, value) in list(active.items()):
        if row > last:
            del active[column]
        else:
            values += [None] * (column + 1 - len(values))
            values[column] = value
    for span in starts.get(row, ()):
        active[span.column] = (span.last_row, _at(values, span.column))


def _date_text(value: Any, code: str) -> str:
    """A date as its format shows it: a day, a month without a day, or a day of every year."""
    if isinstance(value, dt.datetime | dt.date):
        parts = _QUOTED.sub("", code).lower()
        has_year, has_day = "y" in parts or "e" in parts, "d" in parts
        if "m" in parts and "y" in parts and not has_day and "h" not in parts:
            return f"{value:%Y-%m}"
        if has_day and "m" in parts and not has_year:
            return f"--{value:%m-%d}"
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            return value.date().isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@define(eq=False)
class Workbook:
    """An open workbook: its sheets as tables, and its defined names. ``name`` is the file's name in locations."""

    name: str
    _archive: Archive
    _book: Any
    _limits: Limits
    _layouts: dict[str, _SheetLayout] = field(factory=dict)
    _formats: dict[int, str] = field(factory=dict)

    @property
    def tables(self) -> tuple[SheetTable, ...]:
        """The sheets, hidden ones included, in their order."""
        return tuple(SheetTable(self, sheet.title, sheet.sheet_state != "visible") for sheet in self._book.worksheets)

    def table(self, title: str) -> SheetTable:
        """The sheet with a title.

        Raises:
            KeyError: there is none.
        """
        return {table.name: table for table in self.tables}[title]

    def cells(self, title: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The cells of each row, counted from one."""
        sheet = self._book[title]
        sheet.reset_dimensions()  # what the file says of its size is often wrong
        with _damage_as_finding(self.name):
            yield from enumerate(sheet.iter_rows(), 1)

    def format_of(self, cell: Any) -> str:
        """The number format of a cell."""
        style: int = cell._style_id
        code = self._formats.get(style)
        if code is None:
            with _damage_as_finding(self.name):
                code = self._formats[style] = cell.number_format or "General"
        return code

    def layout(self, title: str) -> _SheetLayout:
        """What a sheet has beside its values."""
        layout = self._layouts.get(title)
        if layout is None:
            path = self._book[title]._worksheet_path
            with _damage_as_finding(self.name), self._archive.open(path) as stream:
                layout = self._layouts[title] = _read_layout(stream, self._limits, self._archive.display_name(path))
        return layout

    def find_range(self, place: str, sheet: str) -> tuple[str, _CellRange] | None:
        """Sheet and range that a cell (``C7``, ``Cover!C7``), a range or a defined name means."""
        if (name := self._book.defined_names.get(place)) is not None:
            with _damage_as_finding(self.name):
                destinations = [destination for destination in name.destinations if destination[0] in self._book]
            if len(destinations) != 1:
                return None
            sheet, place = destinations[0]
        elif "!" in place:
            sheet, place = split_sheet_cell(place)
        match = _RANGE.fullmatch(place)
        if match is None or sheet not in self._book.sheetnames:
            return None
        first, last = cell_position(match[1]), cell_position(match[2] or match[1])
        if first is None or last is None or last < first or last[1] < first[1]:
            return None
        if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _MOST_CELLS:
            return None
        return sheet, _CellRange(*first, *last)


@contextmanager
def open_workbook(path: Path, limits: Limits = DEFAULT_LIMITS, name: str | None = None) -> Iterator[Workbook]:
    """A workbook, open for reading.

    Raises:
        MissingExtraError: openpyxl is not installed.
        PackageError: it is no archive, or an unsafe one.
        ReadError: ``exporter:malformedWorkbook``, ``exporter:doctypeRefused``, ``exporter:limitExceeded``.
    """
    name = name or str(path)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("xlsx", "reading a workbook") from None
    with open_archive(path, limits, name=name) as archive:
        if "[Content_Types].xml" not in archive:
            raise _malformed(name, "the archive is no workbook")
        for part in archive.names:
            if part.lower().endswith((".xml", ".rels", ".vml")):
                with _damage_as_finding(name), archive.open(part) as stream:
                    refuse_doctype(stream, limits, archive.display_name(part))
        with _damage_as_finding(name):
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield Workbook(name, archive, book, limits)
        finally:
            book.close()


@contextmanager
def _damage_as_finding(name: str) -> Iterator[None]:
    """What openpyxl and zipfile raise over a damaged part, of whatever kind, as a finding."""
    try:
        yield
    except ExporterError:
        raise
    except Exception as error:  # they have no errors of their own for most of what may be damaged
        raise _malformed(name, f"{type(error).__name__}: {error}") from error


def _malformed(name: str, reason: str) -> ReadError:
    finding = Finding(
        code="exporter:malformedWorkbook",
        message=f"the workbook cannot be read: {reason}",
        location=Location(file=name),
        fix="open it in a spreadsheet program and save it anew as .xlsx",
    )
    return ReadError(findings=[finding])


def _read_layout(stream: Any, limits: Limits, name: str) -> _SheetLayout:
    layout = _SheetLayout()

    def visit(element: Any) -> None:
        tag = element.tag.rpartition("}")[2]
        if tag == "mergeCell":
            match = _RANGE.fullmatch(element.get("ref", ""))
            first, last = (cell_position(part or "") for part in match.groups()) if match else (None, None)
            if first and last:
                layout.merged.append(_CellRange(*first, *last))
            return
        if element.get("hidden") in ("1", "true"):
            layout.hidden.add(int(number) if (number := element.get("r", "")).isdecimal() else 0)
        namespace = element.tag[: -len(tag)]
        for formula in element.iter(f"{namespace}f"):
            cell = formula.getparent()
            value = cell.find(f"{namespace}v")
            position = cell_position(cell.get("r", ""))
            if position and (value is None or not value.text):
                layout.not_calculated.add((position[0] + 1, position[1]))
        parent = element.getparent()
        element.clear()
        while parent is not None and len(parent) > 1:
            del parent[0]

    tags = [f"{{{namespace}}}{tag}" for namespace in (_SPREADSHEET, _STRICT) for tag in ("row", "mergeCell")]
    parse_xml(stream, limits, name, visit=(tags, visit))
    return layout
