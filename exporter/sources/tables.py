"""Tables as items: rows of sheets, CSV files, frames and queries become the tree that YAML would hold.

The one path from a row to an item. What is a sheet, a frame or a file says a `SourceTable`; which column is which field
says a `exporter.sources.mapping.TableMapping` or, where there is none, the headings themselves: a heading is a field
(``amount``, ``over.start``, ``titles[]``), the table's name is the item's. The tree knows the cells of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import define, evolve, field, frozen

from exporter.findings import Finding, FindingLog, Location, Severity, choice_hint, list_text, near_choices
from exporter.sources import Source
from exporter.sources.cells import FailedCell, NumberCell, column_number
from exporter.sources.leaves import UNSAID, joined_value, put, read_leaf, settled, text_of_number, zero_based
from exporter.sources.mapping import ColumnConventions, FieldPath, FieldPlace, TableMapping

FILING_TABLE: Final = "filing"
NOTES: Final = "#"
ORDER: Final = "#order"
CONTAINER: Final = "#item"
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_SEARCHED: Final = 100  # rows among which headings are looked for
_STEP: Final = 1_000  # rows from one report of progress to the next
_NO_ROWS: Final = 10


@frozen
class TableRow:
    """A row: its number as locations count it, and its values: ``None``, text, truth values, numbers, dates."""

    number: int
    values: Sequence[Any]
    is_hidden: bool = False


class SourceTable(Protocol):
    """A table of a source. ``headings`` are those of a frame or a query; of other tables they stand in a row."""

    @property
    def name(self) -> str: ...

    @property
    def headings(self) -> tuple[str, ...] | None: ...

    def rows(self) -> Iterator[TableRow]: ...

    def location(self, row: int, column: int) -> Location:
        """Where a value stands; ``column`` counts from zero."""
        ...

    def spread(self, row: TableRow) -> Sequence[Any]:
        """The values of a row of headings, those of merged cells in each of them."""
        ...

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        """The values of cells, ranges and defined names; places that there are not are left out."""
        ...


@frozen
class _MappedColumn:
    """A column that is read: the field of its values, and how they are read."""

    index: int
    path: FieldPath
    conventions: ColumnConventions = UNSAID


@frozen(eq=False)
class _Plan:
    """How the rows of a table become items: their columns, what is the same in all, the class and the field of rows."""

    table: SourceTable
    columns: tuple[_MappedColumn, ...]
    conventions: ColumnConventions = UNSAID
    values: Mapping[str, Any] = field(factory=dict)
    type: str | None = None
    rows_field: str | None = None
    order: int | None = None
    container: int | None = None

    def column_of(self, tokens: Sequence[str]) -> int:
        """The column of a field, or of the part of it that is meant; that of the first field where it has none."""
        paths = {tuple(map(str, zero_based(column.path.names))): column.index for column in self.columns}
        for length in range(len(tokens), 0, -1):
            prefix = tuple(tokens[:length])
            if prefix in paths:
                return paths[prefix]
            below = [index for path, index in paths.items() if path[:length] == prefix]
            if below:
                return below[0]
        return min(paths.values(), default=0)


@define(eq=False)
class _Origin:
    """Where an item comes from: a row of a planned table, or cells; with the origins of its rows."""

    plan: _Plan | None = None
    row: int = 0
    cells: Mapping[tuple[str, ...], Location] | None = None
    rows: list[_Origin] = field(factory=list)
    rows_field: str | None = None

    def locate(self, tokens: Sequence[str]) -> Location | None:
        if self.rows and len(tokens) > 1 and tokens[0] == self.rows_field and tokens[1].isdigit():
            index = int(tokens[1])
            return self.rows[index].locate(tokens[2:]) if index < len(self.rows) else None
        if self.plan is not None:
            return self.plan.table.location(self.row, self.plan.column_of(tokens))
        for length in range(len(tokens), -1, -1):
            for path, location in (self.cells or {}).items():
                if path[:length] == tuple(tokens[:length]):
                    return location
        return self.rows[0].locate(()) if self.rows else None


@frozen(eq=False)
class TablesSource:
    """A document of items that tables hold, alone or beside a file of items; see `exporter.sources.Source`.

    ``base_items`` is the number of the first item of the tables, ``files`` what the tables stand in.
    """

    value: Any
    name: str | None
    findings: tuple[Finding, ...] = ()
    _base: Source | None = None
    base_items: int = 0
    _origins: Sequence[_Origin] = ()
    _header: Mapping[tuple[str, ...], Location] = field(factory=dict)
    files: tuple[Path, ...] = ()

    def locate(self, pointer: str) -> Location:
        """The cell of a JSON Pointer, or its line in the file of items; see `exporter.sources.Source`."""
        tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
        location: Location | None = None
        if len(tokens) > 1 and tokens[0] == "items" and tokens[1].isdigit():
            index = int(tokens[1]) - self.base_items
            if 0 <= index < len(self._origins):
                location = self._origins[index].locate(tokens[2:])
        elif tokens[:1] == ["filing"] and self._header:
            location = _Origin(cells=self._header).locate(tokens[1:])
        if location is not None:
            return evolve(location, pointer=pointer)
        if self._base is not None:
            return self._base.locate(pointer)
        return Location(file=self.name, pointer=pointer)


class TablesReader:
    """Makes items of tables, in the order in which they are added.

    Args:
        types: the names of item classes, which tables without a mapping are called by.
        on_rows: called now and then with the number of rows read.
    """

    def __init__(self, types: Collection[str], on_rows: Callable[[int], None] | None = None) -> None:
        self.log = FindingLog()
        self._types = {_key(name): name for name in types}
        self._on_rows = on_rows
        self._rows_read = 0
        self._items: list[dict[str, Any]] = []
        self._origins: list[_Origin] = []
        self._orders: list[Decimal | None] = []
        self._containers: dict[tuple[str, str | None], int] = {}
        self._rounded: dict[tuple[object, int], tuple[Location, NumberCell, int]] = {}
        self._taken = 0
        self.header: dict[str, Any] = {}
        self._header_cells: dict[tuple[str, ...], Location] = {}

    def source(self, name: str | None, base: Source | None = None) -> TablesSource:
        """The document of all that was added and not taken, behind the items of ``base``."""
        self._report_rounded()
        if any(order is not None for order in self._orders):
            last = max(order for order in self._orders if order is not None)
            places = sorted(range(len(self._items)), key=lambda index: _order(self._orders[index], last))
            self._items = [self._items[index] for index in places]
            self._origins = [self._origins[index] for index in places]
        members = dict(base.value) if base is not None else {}
        members.pop("tables", None)
        before = members.get("items") or []
        if isinstance(before, list):
            members["items"] = [*before, *self._items]
        if self.header:
            members["filing"] = {**(members.get("filing") or {}), **self.header}
        findings, number = tuple(self.log.findings), len(before) + self._taken
        return TablesSource(members, name, findings, base, number, self._origins, self._header_cells)

    def take(self, name: str | None, before: int = 0) -> TablesSource:
        """The items that are whole by now, which the reader forgets; ``before`` is the number of those of a file.

        Those with a place among the others (``#order``), or with rows (``#item``), wait for `source`.
        """
        waiting = set(self._containers.values())
        waiting |= {index for index, order in enumerate(self._orders) if order is not None}
        whole = [index for index in range(len(self._items)) if index not in waiting]
        items, origins = [self._items[index] for index in whole], [self._origins[index] for index in whole]
        header = {"filing": self.header} if self.header else {}
        taken = TablesSource({**header, "items": items}, name, base_items=before + self._taken, origins=origins)
        kept = sorted(waiting)
        self._items, self._origins = [self._items[index] for index in kept], [self._origins[index] for index in kept]
        self._orders = [self._orders[index] for index in kept]
        places = {index: place for place, index in enumerate(kept)}
        self._containers = {key: places[index] for key, index in self._containers.items()}
        self._taken += len(items)
        return taken

    def add_by_name(self, table: SourceTable) -> None:
        """A table whose name is that of an item class (``NetLoss``, ``PriceHistory.rows``) or ``filing``."""
        for _ in self.steps_by_name(table):
            pass

    def steps_by_name(self, table: SourceTable) -> Iterator[None]:
        """As `add_by_name`, step by step: what there is by then may be taken."""
        if table.name.startswith(NOTES):
            return
        if _key(table.name) == FILING_TABLE:
            self._add_header(table)
            return
        name, _, rows_field = table.name.partition(".")
        type_name = self._types.get(_key(name))
        rows = iter(table.rows())
        buffered: list[TableRow] = []
        headings = table.headings
        if headings is None:
            buffered = list(islice((row for row in rows if _is_filled(row.values)), 1))
            headings = tuple(_heading(value) for value in table.spread(buffered[0])) if buffered else ()
        if type_name is None and "type" not in headings:
            self._not_read(table)
            return
        columns = tuple(self._heading_columns(table, headings, buffered[0].number if buffered else 0))
        plan = _Plan(
            table,
            columns,
            type=type_name,
            rows_field=rows_field or None,
            order=_index(headings, ORDER),
            container=_index(headings, CONTAINER),
        )
        yield from self._row_steps(plan, (row for row in rows if not _is_note(row.values)))

    def _not_read(self, table: SourceTable) -> None:
        near = near_choices(table.name.partition(".")[0], self._types.values())
        fix = f"did you mean {list_text(near, last=' or ')}?" if near else "map it with tables in a YAML file of items"
        severity = Severity.WARNING if near else Severity.INFO
        message = f"the sheet {table.name} is no report item and has no column type, so it is not read"
        location = table.location(1, 0)
        self.log.add(self.log.finding("exporter:tableNotRead", message, fix, location=location, severity=severity))

    def _heading_columns(self, table: SourceTable, headings: Sequence[str], row: int) -> Iterator[_MappedColumn]:
        for index, heading in enumerate(headings):
            if not heading or heading.startswith("#"):
                continue
            path = FieldPath.parse(heading) or FieldPath.parse(re.sub(r"\W+", "_", heading.strip().lower()))
            if path is None:
                message = f"the heading {heading!r} is no field, so its column is not read"
                fix = "write the field as in amount, over.start or titles[], or # before notes"
                self._warn("exporter:tableNotRead", message, table.location(row, index), fix)
            else:
                yield _MappedColumn(index, path)

    def add(self, table: SourceTable, mapping: TableMapping, locate: Callable[[str], Location]) -> None:
        """A table by its mapping; ``locate`` gives the locations of what the mapping says."""
        for _ in self.steps(table, mapping, locate):
            pass

    def steps(self, table: SourceTable, mapping: TableMapping, locate: Callable[[str], Location]) -> Iterator[None]:
        """As `add`, step by step: what there is by then may be taken."""
        name, _, rows_field = (mapping.type or "").partition(".")
        plan = _Plan(
            table,
            (),
            conventions=mapping.conventions,
            values=mapping.values,
            type=name or None,
            rows_field=rows_field or None,
        )
        if mapping.cells:
            self._add_cells(plan, mapping, locate)
            return
        rows = iter(table.rows())
        headings, start, first = self._headings(table, mapping, rows)
        if not mapping.columns:
            columns = tuple(self._heading_columns(table, headings, start))
            plan = evolve(plan, order=_index(headings, ORDER), container=_index(headings, CONTAINER))
        else:
            columns = tuple(self._mapped_columns(mapping, headings, locate))
        plan = evolve(plan, columns=columns)
        begin, end = mapping.rows or (start + 1, None)
        within = (row for row in chain(first, rows) if row.number >= begin and (end is None or row.number <= end))
        yield from self._row_steps(plan, within)

    def _headings(
        self, table: SourceTable, mapping: TableMapping, rows: Iterator[TableRow]
    ) -> tuple[tuple[str, ...], int, list[TableRow]]:
        """The headings, the number of their last row, and the rows that were read in search of them and are none."""
        if table.headings is not None:
            return table.headings, -1, []
        names = [place.at for place in mapping.columns if not _LETTERS.fullmatch(place.at)]
        if mapping.header is not None:
            first, last = mapping.header
            above = []
            for row in rows:
                if first <= row.number <= last:
                    above.append(table.spread(row))
                if row.number >= last:
                    break
            return _joined(above), last, []
        if mapping.columns and not names:
            return (), 0, []
        passed: list[TableRow] = []
        for row in islice(rows, _SEARCHED):
            headings = tuple(_heading(value) for value in table.spread(row))
            keys = set(map(_key, headings))
            if _is_filled(row.values) and all(_key(name) in keys for name in names):
                return headings, row.number, []
            passed.append(row)
        best = max(passed, key=lambda row: sum(isinstance(value, str) for value in row.values), default=None)
        return tuple(_heading(value) for value in best.values) if best else (), best.number if best else 0, []

    def _mapped_columns(
        self, mapping: TableMapping, headings: Sequence[str], locate: Callable[[str], Location]
    ) -> Iterator[_MappedColumn]:
        keys = [_key(heading) for heading in headings]
        last = [_key(heading.rpartition(" / ")[2]) for heading in headings]
        for place in mapping.columns:
            key = _key(place.at)
            matches = [index for index, name in enumerate(keys) if name == key]
            matches = matches or [index for index, name in enumerate(last) if name == key]
            if len(matches) == 1:
                yield _MappedColumn(matches[0], place.path, place.conventions)
            elif not matches and _LETTERS.fullmatch(place.at):
                yield _MappedColumn(column_number(place.at), place.path, place.conventions)
            else:
                self._no_column(place, headings, len(matches), locate)

    def _no_column(
        self, place: FieldPlace, headings: Sequence[str], matches: int, locate: Callable[[str], Location]
    ) -> None:
        if matches:
            message, fix = f"{matches} columns have the heading {place.at!r}", "give the letter of the column"
        else:
            message = f"no column has the heading {place.at!r}"
            fix = choice_hint(
                place.at, [heading for heading in headings if heading], "say in which row they stand: header"
            )
        self.log.error("exporter:unknownColumn", message, fix, location=locate(place.pointer))

    # --- rows -----------------------------------------------------------------------------------------------

    def _row_steps(self, plan: _Plan, rows: Iterable[TableRow]) -> Iterator[None]:
        hidden: list[int] = []
        for row in rows:
            self._rows_read += 1
            if self._rows_read % _STEP == 0:
                if self._on_rows is not None:
                    self._on_rows(self._rows_read)
                yield
            node = self._node(plan, row)
            if node is None:
                continue
            if row.is_hidden:
                hidden.append(row.number)
            self._place(plan, row, node)
        if hidden:
            message = f"{len(hidden):,} hidden rows are read: {list_text(hidden, most=_NO_ROWS)}"
            fix = "show the rows, or delete those that are not meant"
            self._warn("exporter:hiddenCells", message, plan.table.location(hidden[0], plan.column_of(())), fix)

    def _node(self, plan: _Plan, row: TableRow) -> dict[str, Any] | None:
        """What a row says of an item; ``None`` where its columns are empty."""
        values, width = row.values, len(row.values)
        leaves: dict[str, Any] = {}
        nested: dict[str, Any] = {}
        for column in plan.columns:
            value = values[column.index] if column.index < width else None
            if value is None or value == "":
                continue
            leaf = self._leaf(plan, row.number, column, value)
            names = column.path.names
            if len(names) == 1:
                leaves[names[0]] = leaf  # type: ignore[index]
            elif leaf is not None:
                put(nested, names, leaf)
        if not leaves and not nested:
            return None
        if nested:
            for name, members in nested.items():
                leaves[name] = joined_value(leaves.get(name), settled(members), plan.conventions)
        for name, value in plan.values.items():
            leaves.setdefault(name, value)
        return leaves

    def _leaf(self, plan: _Plan, row: int, column: _MappedColumn, value: Any) -> Any:
        if isinstance(value, NumberCell) and value.exact is not None:
            key = (plan, column.index)
            location, first, count = self._rounded.get(key) or (plan.table.location(row, column.index), value, 0)
            self._rounded[key] = (location, first, count + 1)
        return read_leaf(value, column.path, column.conventions, plan.conventions)

    def _place(self, plan: _Plan, row: TableRow, node: dict[str, Any]) -> None:
        order = _number_at(row, plan.order)
        key = _text_at(row, plan.container)
        origin = _Origin(plan, row.number)
        if plan.rows_field is not None and plan.type is not None:
            index = self._container(plan.type, key, order)
            self._items[index].setdefault(plan.rows_field, []).append(node)
            parent = self._origins[index]
            parent.rows_field = plan.rows_field
            parent.rows.append(origin)
            return
        if plan.type is not None:
            node = {"type": plan.type, **node}
        if key is not None and plan.type is not None:
            index = self._container(plan.type, key, order)
            self._items[index].update(node)
            self._origins[index].plan, self._origins[index].row = plan, row.number
            return
        self._items.append(node)
        self._origins.append(origin)
        self._orders.append(order)

    def _container(self, type_name: str, key: str | None, order: Decimal | None) -> int:
        """The place among the items of a container, made where it is new."""
        index = self._containers.setdefault((type_name, key), len(self._items))
        if index == len(self._items):
            self._items.append({"type": type_name})
            self._origins.append(_Origin())
            self._orders.append(order)
        elif self._orders[index] is None:
            self._orders[index] = order
        return index

    # --- cells ----------------------------------------------------------------------------------------------

    def _add_cells(self, plan: _Plan, mapping: TableMapping, locate: Callable[[str], Location]) -> None:
        values = plan.table.values_at({place.at for place in mapping.cells})
        for place in mapping.cells:
            if place.at not in values:
                message, fix = (
                    f"there is no cell, range or defined name {place.at!r}",
                    "write a cell as in C7 or Sheet!C7",
                )
                self.log.error("exporter:unknownColumn", message, fix, location=locate(place.pointer))
        lengths = {len(values[place.at]) for place in mapping.cells if place.at in values} - {1}
        if len(lengths) > 1:
            message = f"the ranges have {list_text(sorted(lengths), last=' and ')} cells, expected as many in each"
            self.log.error("exporter:invalidMapping", message, location=locate(f"{mapping.pointer}/cells"))
            return
        for index in range(max(lengths, default=1)):
            self._add_item_of_cells(plan, mapping, values, index)

    def _add_item_of_cells(
        self, plan: _Plan, mapping: TableMapping, values: Mapping[str, list[tuple[Location, Any]]], index: int
    ) -> None:
        node: dict[str, Any] = {}
        cells: dict[tuple[str, ...], Location] = {}
        is_filled = False
        for place in mapping.cells:
            if place.at not in values:
                continue
            among = values[place.at]
            location, value = among[index] if len(among) > 1 else among[0]
            cells[tuple(map(str, zero_based(place.path.names)))] = location
            if value is None or value == "":
                continue
            is_filled = is_filled or len(among) > 1 or all(len(others) == 1 for others in values.values())
            leaf = read_leaf(value, place.path, place.conventions, plan.conventions)
            if isinstance(value, NumberCell) and value.exact is not None:
                self._rounded[location, 0] = (location, value, 1)
            put(node, place.path.names, leaf)
        if not is_filled:
            return
        node = {"type": plan.type, **{name: settled(value) for name, value in node.items()}}
        self._items.append({**node, **{name: value for name, value in plan.values.items() if name not in node}})
        self._origins.append(_Origin(cells=cells))
        self._orders.append(None)

    # --- what the items share, and what is noticed ------------------------------------------------------------

    def _add_header(self, table: SourceTable) -> None:
        for row in table.rows():
            name = _heading(row.values[0]) if row.values else ""
            value = row.values[1] if len(row.values) > 1 else None
            path = FieldPath.parse(name)
            if _is_note(row.values) or path is None or value is None or value == "":
                continue
            location = table.location(row.number, 1)
            self._header_cells[tuple(map(str, zero_based(path.names)))] = location
            if isinstance(value, FailedCell):
                self.log.error(value.code, value.message, value.fix, location=location)
            else:
                put(self.header, path.names, read_leaf(text_of_number(value), path, UNSAID, UNSAID))
        self.header = {name: settled(value) for name, value in self.header.items()}

    def _report_rounded(self) -> None:
        for location, cell, count in self._rounded.values():
            more = f" [and {count - 1:,} more cells of the column]" if count > 1 else ""
            message = f"the cell holds {cell.exact} and shows {cell.text}, which is reported{more}"
            fix = "round the value, or show more digits of it"
            self._warn("exporter:roundedCell", message, location, fix)

    def _warn(self, code: str, message: str, location: Location, fix: str | None = None) -> None:
        self.log.add(self.log.finding(code, message, fix, location=location, severity=Severity.WARNING))


def _joined(rows: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """Headings in several rows as one, from top to bottom: ``Fiscal year / High``."""
    width = max(map(len, rows), default=0)
    columns = ([_heading(row[index]) if index < len(row) else "" for row in rows] for index in range(width))
    return tuple(" / ".join(dict.fromkeys(filter(None, column))) for column in columns)


def _heading(value: Any) -> str:
    return "" if value is None or isinstance(value, FailedCell) else " ".join(str(text_of_number(value)).split())


def _key(name: str) -> str:
    """Headings and names of tables are compared without case, blanks and line breaks."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def _is_filled(values: Sequence[Any]) -> bool:
    return any(value is not None and value != "" for value in values)


def _is_note(values: Sequence[Any]) -> bool:
    """Whether the first cell that is filled begins with ``#``: a note, an example."""
    first = next((value for value in values if value is not None and value != ""), None)
    return isinstance(first, str) and first.startswith("#")


def _index(headings: Sequence[str], name: str) -> int | None:
    return next((index for index, heading in enumerate(headings) if heading == name), None)


def _text_at(row: TableRow, index: int | None) -> str | None:
    value = row.values[index] if index is not None and index < len(row.values) else None
    return None if value is None else str(text_of_number(value))


def _number_at(row: TableRow, index: int | None) -> Decimal | None:
    value = row.values[index] if index is not None and index < len(row.values) else None
    if isinstance(value, NumberCell):
        return value.value
    return Decimal(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value) else None


def _order(order: Decimal | None, last: Decimal) -> Decimal:
    return last + 1 if order is None else order
