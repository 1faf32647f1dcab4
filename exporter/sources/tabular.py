"""Documents of items in tables: a workbook by itself, the tables that a file of items names, frames in Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve

from exporter.errors import MissingExtraError, ReadError
from exporter.findings import Finding, Location, Severity, choice_hint
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources import WORKBOOK_SUFFIXES, Source
from exporter.sources.csv import SUFFIXES as CSV_SUFFIXES
from exporter.sources.csv import CsvFile
from exporter.sources.frames import PARQUET_SUFFIXES, frame_table, parquet_table
from exporter.sources.mapping import TableMapping, read_mapping
from exporter.sources.sql import is_database, query_table
from exporter.sources.tables import FILING_TABLE, NOTES, SourceTable, TablesReader, TablesSource
from exporter.sources.xlsx import SheetTable, Workbook, open_workbook

TABLE_SUFFIXES: Final = (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES, *PARQUET_SUFFIXES)
OnRows = Callable[[int], None]


def read_workbook(
    path: Path,
    types: Collection[str],
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> TablesSource:
    """A workbook whose sheets are called as the items in them, with a sheet ``filing``.

    Args:
        path: the workbook.
        types: the names of the item classes.
        name: the file's name in locations; left out, the path.
        limits: on size and depth.
        on_rows: called now and then with the number of rows read.

    Raises:
        ReadError: the workbook cannot be read. What is wrong in its cells is in the source's ``findings``, and in the
            tree where the items find it.
        PackageError: it is no archive, or an unsafe one.
    """
    name = name or str(path)
    reader = TablesReader(types, on_rows)
    with open_workbook(path, limits, name) as workbook:
        for table in workbook.tables:
            _note_hidden(reader, table)
            reader.add_by_name(table)
    return reader.source(name)


def iter_workbook(
    path: Path,
    types: Collection[str],
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Iterator[TablesSource]:
    """A workbook piece by piece; arguments and errors as for `read_workbook`.

    The first piece has what the items share, the last what is noticed, and the items that had to wait for others.
    """
    name = name or str(path)
    reader = TablesReader(types, on_rows)
    with open_workbook(path, limits, name) as workbook:
        for table in sorted(workbook.tables, key=lambda table: table.name.casefold() != FILING_TABLE):
            _note_hidden(reader, table)
            yield from _taken(reader, reader.steps_by_name(table), name)
    yield reader.source(name)


def _taken(reader: TablesReader, steps: Iterator[None], name: str | None, before: int = 0) -> Iterator[TablesSource]:
    """What there is after each step."""
    for _ in steps:
        yield reader.take(name, before)


def read_mapped(
    base: Source,
    folder: Path,
    types: Collection[str],
    *,
    given: Any = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> TablesSource:
    """A document of items with ``tables``: the items of each table stand behind those of the document.

    Args:
        base: the document.
        folder: where the files that it names are looked for.
        types: the names of the item classes.
        given: what tables are in that name no file: a path, a frame, frames by name, or a database.
        limits: on size and depth.
        on_rows: called now and then with the number of rows read.

    Raises:
        ReadError: ``exporter:invalidMapping``, or a table cannot be read.
        PackageError: a workbook is no archive, or an unsafe one.
    """
    reader = TablesReader(types, on_rows)
    files: list[Path] = []
    for _ in _mapped_steps(reader, base, folder, given, limits, files):
        pass
    return evolve(reader.source(base.name, base), files=tuple(dict.fromkeys(files)))


def iter_mapped(
    base: Source,
    folder: Path,
    types: Collection[str],
    *,
    given: Any = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Iterator[Source]:
    """A document of items with ``tables`` piece by piece; arguments and errors as for `read_mapped`.

    The first piece is the document itself, the last has what is noticed, and the items that had to wait for others.
    """
    reader = TablesReader(types, on_rows)
    yield TablesReader(types).source(base.name, base)
    items = base.value.get("items")
    before = len(items) if isinstance(items, list) else 0
    yield from _taken(reader, _mapped_steps(reader, base, folder, given, limits, []), base.name, before)
    rest = reader.source(base.name)
    yield evolve(rest, base_items=before + rest.base_items)


def _mapped_steps(
    reader: TablesReader, base: Source, folder: Path, given: Any, limits: Limits, files: list[Path]
) -> Iterator[None]:
    """Add the tables of a document step by step, and to ``files`` the files that they stand in."""
    tables = base.value.get("tables")
    if tables is None:
        yield from _frame_steps(reader, given)
        return
    mappings = read_mapping(tables, base.locate)
    with ExitStack() as stack:
        opener = _TableOpener(stack, folder, given, limits, base.locate, files)
        for mapping in mappings:
            table = opener.table(mapping)
            if isinstance(table, SheetTable):
                _note_hidden(reader, table)
            if not mapping.columns and not mapping.cells and mapping.type is None and table.headings is None:
                yield from reader.steps_by_name(table)
            else:
                yield from reader.steps(table, mapping, base.locate)


def read_given(given: Any, types: Collection[str], *, on_rows: OnRows | None = None) -> TablesSource:
    """Frames by name without a mapping: each is called as the items in it, or has a column ``type``."""
    reader = TablesReader(types, on_rows)
    for _ in _frame_steps(reader, given):
        pass
    return reader.source(None)


def iter_given(given: Any, types: Collection[str], *, on_rows: OnRows | None = None) -> Iterator[TablesSource]:
    """Frames by name piece by piece; the last piece has what is noticed."""
    reader = TablesReader(types, on_rows)
    yield from _taken(reader, _frame_steps(reader, given), None)
    yield reader.source(None)


def _frame_steps(reader: TablesReader, given: Any) -> Iterator[None]:
    for name, frame in (given if isinstance(given, Mapping) else {"frame": given}).items():
        yield from reader.steps_by_name(frame_table(frame, name))


def _note_hidden(reader: TablesReader, table: SheetTable) -> None:
    if table.is_hidden and not table.name.startswith(NOTES):
        reader.log.add(
            Finding(
                code="exporter:hiddenCells",
                message=f"the sheet {table.name} is hidden, and is read",
                severity=Severity.WARNING,
                location=table.location(1, 0),
                fix="show the sheet, or delete it",
            )
        )


@define(eq=False)
class _TableOpener:
    """Opens what a mapping names, and adds to ``files`` what that stands in; workbooks stay open to the end."""

    stack: ExitStack
    folder: Path
    given: Any
    limits: Limits
    locate: Callable[[str], Location]
    files: list[Path]

    def table(self, mapping: TableMapping) -> SourceTable:
        try:
            return self._table(mapping)
        except MissingExtraError:
            raise
        except ReadError as error:
            place = self.locate(mapping.pointer)
            raise ReadError(findings=[finding.at(file=place.file) for finding in error.findings]) from error

    def _table(self, mapping: TableMapping) -> SourceTable:
        given = self.given
        if mapping.database is not None:
            return query_table(self._url(mapping.database), query=mapping.query, table=mapping.table)
        if mapping.file is not None:
            return self._file(self.folder / mapping.file, mapping, "file")
        if isinstance(given, str | Path):
            return self._file(Path(given), mapping, "sheet")
        if is_database(given):
            return query_table(given, query=mapping.query, table=mapping.table)
        if isinstance(given, Mapping):
            name = mapping.table or mapping.sheet or (next(iter(given)) if len(given) == 1 else "")
            if name not in given:
                raise self._refusal(
                    f"no frame is called {name!r}", choice_hint(name, map(str, given)), mapping, "table"
                )
            return frame_table(given[name], name)
        if given is not None:
            return frame_table(given, mapping.table or mapping.type or "frame")
        raise self._refusal("the table names no file", "add file: figures.xlsx", mapping, "file")

    def _url(self, database: str) -> str:
        """The URL of a database; that of a file of SQLite is relative to the mapping."""
        prefix = "sqlite:///"
        if not database.startswith(prefix):
            return database
        path = self.folder.resolve() / database.removeprefix(prefix)
        self.files.append(path)
        return f"{prefix}{path}"

    def _file(self, path: Path, mapping: TableMapping, member: str) -> SourceTable:
        suffix = path.suffix.lower()
        self.files.append(path)
        if suffix in WORKBOOK_SUFFIXES:
            workbook = self._workbook(path)
            names = [table.name for table in workbook.tables]
            sheet = mapping.sheet or (names[0] if len(names) == 1 or mapping.cells else None)
            if sheet not in names:
                message = f"{path.name} has no sheet {sheet!r}" if sheet else f"{path.name} has {len(names)} sheets"
                raise self._refusal(message, choice_hint(sheet or "", names), mapping, "sheet")
            return workbook.table(str(sheet))
        if suffix in CSV_SUFFIXES:
            return CsvFile(path, str(path), self.limits)
        if suffix in PARQUET_SUFFIXES:
            return parquet_table(path, str(path))
        raise self._refusal(f"{path.name} is no table", "name a workbook, a CSV or a Parquet file", mapping, member)

    def _workbook(self, path: Path) -> Workbook:
        return self.stack.enter_context(open_workbook(path, self.limits, str(path)))

    def _refusal(self, message: str, fix: str, mapping: TableMapping, member: str) -> ReadError:
        location = self.locate(f"{mapping.pointer}/{member}")
        finding = Finding(code="exporter:invalidMapping", message=message, location=location, fix=fix)
        return ReadError(findings=[finding])
