"""The facts in the tables of xBRL-CSV 1.0: row by row, each checked as far as it goes without the taxonomy's rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Final

from attrs import define, field

from exporter.errors import LexicalError, ReadError
from exporter.findings import Finding, Location, list_text, shortened
from exporter.formats.oim.ids import RowIdCheck
from exporter.formats.xbrl_csv.read.aspects import CellProperties, CellReader, CsvAspectReader, Placed
from exporter.formats.xbrl_csv.read.files import CsvRows, confined_path, is_file
from exporter.formats.xbrl_csv.read.inheritance import Recipe, RecipeWriter
from exporter.formats.xbrl_csv.read.metadata import Metadata
from exporter.formats.xbrl_csv.read.templates import CsvTable, Layout, Properties, TemplateColumn
from exporter.formats.xbrl_csv.values import is_identifier
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import is_ncname
from exporter.resources.limits import Limits
from exporter.sources.cells import cell_name

_ROW_ID = re.compile("[-0-9A-Za-z_]+")
_CACHED_FACTS: Final = 200_000


@define
class FactColumn:
    """A fact column that the file has: ``position`` in the row, ``ending`` of its facts' ids."""

    column: TemplateColumn
    position: int
    ending: str
    groups: tuple[tuple[TemplateColumn, int], ...]
    recipes: dict[tuple[str, ...], Recipe] = field(factory=dict)


class CsvTableReader:
    """Reads tables. Facts come out; notes go to ``cells``; what is wrong goes to ``add``.

    ``left_out`` counts the facts that are invalid.
    """

    def __init__(
        self,
        layout: Layout,
        metadata: Metadata,
        aspects: CsvAspectReader,
        cells: CellReader,
        *,
        parameters: Mapping[str, str],
        limits: Limits,
        add: Callable[[Finding], None],
    ) -> None:
        self._layout, self._metadata, self._aspects, self._cells = layout, metadata, aspects, cells
        self._parameters, self._limits, self._add = parameters, limits, add
        self.left_out = 0

    def read(self, table: CsvTable) -> Iterator[Fact]:
        """The facts of ``table``."""
        path = confined_path(table.url, base=self._metadata.root, root=self._metadata.root)
        if path is None or not is_file(path):
            if path is None or not table.is_optional:
                why = "leads outside the folder of the report" if path is None else "does not exist"
                self._add(
                    Finding(
                        code="xbrlce:missingRequiredCSVFile",
                        message=f"the file {shortened(table.url)} of the table {table.name!r} {why}",
                        location=self._metadata.place("tables", table.name, "url"),
                        fix="put the file in its place",
                    )
                )
            return
        name = str(self._metadata.root / table.url)
        rows = CsvRows(path, name=name, limits=self._limits)
        try:
            lines = iter(rows)
            header = next(lines, None)
            if header is not None:
                reading = _Reading(table, name, rows, self._aspects, self._cells, self._add)
                positions = reading.read_header(header)
                if positions is not None:
                    self._aspects.forget()
                    writer = RecipeWriter(table, self._layout.report, positions=positions, parameters=self._parameters)
                    reading.prepare(writer, positions)
                    try:
                        yield from reading.facts(lines)
                    finally:
                        self.left_out += reading.left_out
                    reading.check_row_ids(CsvRows(path, name=name, limits=self._limits))
        except ReadError as error:
            for finding in error.findings:
                self._add(finding)


class _Reading:
    """One run through one table."""

    def __init__(
        self,
        table: CsvTable,
        name: str,
        rows: CsvRows,
        aspects: CsvAspectReader,
        cells: CellReader,
        add: Callable[[Finding], None],
    ) -> None:
        self._table, self._name, self._rows = table, name, rows
        self._aspects, self._cells, self._add = aspects, cells, add
        self._row_ids = RowIdCheck()
        self._number = 0
        self.left_out = 0

    def read_header(self, header: list[str]) -> dict[str, int] | None:
        """The positions of the columns; ``None`` where they cannot be determined."""
        self._width = len(header)
        self._blank = [position for position, name in enumerate(header) if not name]
        positions: dict[str, int] = {}
        right = True
        for position, name in enumerate(header):
            if not name:
                continue
            error = self._header_finding(name, positions)
            if error is None:
                positions[name] = position
            else:
                right = False
                self._report_error(*error, position)
        return positions if right else None

    def _header_finding(self, name: str, positions: Mapping[str, int]) -> tuple[str, str, str] | None:
        if not is_identifier(name):
            message = f"expected the name of a column, got {shortened(name)}"
            return "xbrlce:invalidHeaderValue", message, "separate the names by commas, without blanks"
        if name not in self._table.template.columns:
            message = f"the template {self._table.template.name!r} has no column {name!r}"
            return "xbrlce:unknownColumn", message, "define the column or remove it"
        if name in positions:
            return "xbrlce:repeatedColumnIdentifier", f"the column {name!r} stands twice", "remove one of them"
        return None

    def prepare(self, writer: RecipeWriter, positions: Mapping[str, int]) -> None:
        """Compile the columns."""
        template = self._table.template
        self._writer = writer
        self._columns = [
            FactColumn(
                column,
                positions[name],
                f".{name}",
                tuple(
                    (template.columns[property_column], positions[property_column])
                    for property_column in column.properties_from
                    if property_column in positions
                ),
            )
            for name, column in template.columns.items()
            if column.kind == "fact" and name in positions
        ]
        row_id = template.row_id_column
        self._row_id = positions.get(row_id) if row_id is not None else None
        self._watched = sum(
            1 << position
            for name, position in positions.items()
            if template.columns[name].kind in ("parameter", "group") and position != self._row_id
        )
        depends = sorted({cell for column in self._columns for cell in writer.cells(column.column)})
        self._key = _getter(depends)
        self._values = _getter([column.position for column in self._columns])
        self._numbered = any(writer.needs_row_number(column.column) for column in self._columns)
        self._known: dict[Any, tuple[list[CellProperties | None], list[Placed | None]]] = {}
        self._fixed: list[CellProperties | None] = []
        self._only_place = self._fix_columns()

    def _fix_columns(self) -> Recipe | None:
        """Where no column depends on the row but for a context that all share: a recipe for that context."""
        if any(column.groups for column in self._columns):
            return None
        recipes = [self._writer.write(column.column, (), 0) for column in self._columns]
        for column, recipe in zip(self._columns, recipes, strict=True):
            column.recipes[()] = recipe
        if not recipes or any(recipe.has_own or recipe.place != recipes[0].place for recipe in recipes):
            return None
        self._fixed = [self._aspects.own(recipe, [""] * self._width, 0) for recipe in recipes]
        return recipes[0]

    def facts(self, rows: Iterator[list[str]]) -> Iterator[Fact]:
        """The loop that every fact goes through."""
        values_of, columns, careful = self._values, self._columns, self._careful
        width, row_id, watched, prefix = self._width, self._row_id, self._watched, f"{self._table.name}.r_"
        endings = [column.ending for column in columns]
        for number, row in enumerate(rows, 1):
            self._number = number
            if len(row) != width:
                self._fit_width(row)
            if self._blank:
                self._check_blank(row)
            owns, contexts = self._parts(row)
            stem = f"{prefix}{number}" if row_id is None else self._stem(row[row_id])
            used = 0
            for place, value in enumerate(values_of(row)):
                if not value:
                    continue
                own, placed = owns[place], contexts[place]
                if own is None or placed is None:
                    own, placed = owns[place], contexts[place] = self._fill(columns[place], row)
                if stem is None:
                    used |= self._without_id(own)
                    continue
                context, errors = placed
                if not errors and (
                    own.quick(value)
                    if own.quick is not None
                    else own.is_free_text and value[0] != "#" and value.isprintable()
                ):
                    used |= own.used | own.decimals_cell
                    yield Fact(
                        own.concept,  # type: ignore[arg-type] # a concept is missing only with an error
                        context,
                        value,
                        own.decimals,
                        own.unit,
                        own.language,
                        id=stem + endings[place],
                    )
                    continue
                fact, cells = careful(value, own, placed, stem + endings[place], columns[place].position)
                used |= cells
                if fact is not None:
                    yield fact
            if watched & ~used:
                self._check_unmapped(row, watched & ~used)

    def _parts(self, row: list[str]) -> tuple[list[CellProperties | None], list[Placed | None]]:
        """What is known of the facts of a row, column by column; ``None`` where it is not made yet."""
        if self._only_place is not None:
            # The usual grid: all columns are fixed, and all facts of a row stand in one context.
            placed = self._aspects.context(self._only_place, row, self._number)
            return self._fixed, [placed] * len(self._columns)
        key = self._number if self._numbered else self._key(row)
        parts = self._known.get(key)
        if parts is None:
            if len(self._known) * len(self._columns) >= _CACHED_FACTS:
                self._known.clear()
            parts = self._known[key] = ([None] * len(self._columns), [None] * len(self._columns))
        return parts

    def _fill(self, column: FactColumn, row: list[str]) -> tuple[CellProperties, Placed]:
        groups = tuple(row[position] for _, position in column.groups)
        recipe = column.recipes.get(groups)
        if recipe is None:
            try:
                chosen = [_group(source, name) for (source, _), name in zip(column.groups, groups, strict=True) if name]
            except LexicalError as error:
                return CellProperties(used=(1 << self._width) - 1, errors=(error,)), (Context(), ())
            mask = sum(1 << position for _, position in column.groups)
            recipe = column.recipes[groups] = self._writer.write(column.column, chosen, mask)
        aspects, number = self._aspects, self._number
        return aspects.own(recipe, row, number), aspects.context(recipe, row, number)

    def _careful(
        self, value: str, own: CellProperties, placed: Placed, id_: str, position: int
    ) -> tuple[Fact | None, int]:
        """A fact that is not of the commonest kind, or invalid, and the cells that it used."""
        errors: tuple[LexicalError, ...] = (*own.errors, *placed[1])
        if not errors:
            try:
                return self._cells.read(value, own, placed[0], id_)
            except LexicalError as found:
                errors = (found,)
        for error in errors:
            self._finding(error, position, id_)
        self.left_out += 1
        return None, own.used | own.unit_cell | own.language_cell | own.decimals_cell

    def _stem(self, row_id: str) -> str | None:
        """The beginning of the ids of the row's facts; ``None`` where there is none."""
        if not row_id:
            return None
        if not _ROW_ID.fullmatch(row_id) and ("." in row_id or not is_ncname(f"r_{row_id}")):
            message = f"expected letters, digits, hyphens and underscores, got {shortened(row_id)}"
            self._report_error("xbrlce:invalidRowIdentifier", message, "choose another identifier", self._row_id)
        elif self._row_ids.is_repeated(row_id, self._number):
            self._repeated(row_id)
        return f"{self._table.name}.r_{row_id}"

    def check_row_ids(self, rows: CsvRows) -> None:
        """Report the repeated identifiers that were not reported at once; ``rows`` are those of the table once more."""
        suspects = self._row_ids.suspects()
        if not suspects or self._row_id is None:
            return
        self._rows, position = rows, self._row_id
        numbered = ((number, row[position] if position < len(row) else "") for number, row in enumerate(rows))
        for number, row_id in self._row_ids.repeated(numbered, suspects):
            self._number = number
            self._repeated(row_id)

    def _repeated(self, row_id: str) -> None:
        message = f"another row has the identifier {shortened(row_id)}"
        self._report_error("xbrlce:repeatedRowIdentifier", message, "give each row its own", self._row_id)

    def _without_id(self, own: CellProperties) -> int:
        self.left_out += 1
        message = f"the row has a fact, but no identifier in the column {self._table.template.row_id_column!r}"
        self._report_error("xbrlce:missingRowIdentifier", message, "give the row an identifier", self._row_id)
        return own.used | own.unit_cell | own.language_cell | own.decimals_cell

    def _fit_width(self, row: list[str]) -> None:
        if any(row[self._width :]):
            position = next(place for place in range(self._width, len(row)) if row[place])
            self._unmapped("the header has no such column", position)
        row[self._width :] = [""] * (self._width - len(row))

    def _check_blank(self, row: list[str]) -> None:
        for position in self._blank:
            if row[position]:
                self._unmapped("the column has no name", position)

    def _check_unmapped(self, row: list[str], unused: int) -> None:
        position = 0
        while unused:
            if unused & 1 and row[position]:
                self._unmapped("no fact in the row uses the cell", position)
            unused >>= 1
            position += 1

    def _unmapped(self, message: str, position: int) -> None:
        self._report_error("xbrlce:unmappedCellValue", message, "empty the cell", position)

    def _finding(self, error: LexicalError, position: int, id_: str) -> None:
        self._report_error(error.code, error.message, error.fix, position, id_)

    def _report_error(
        self, code: str, message: str, fix: str | None, position: int | None, id_: str | None = None
    ) -> None:
        place = Location(file=self._name, line=self._rows.line, cell=cell_name(self._number, position or 0), fact=id_)
        self._add(Finding(code=code, message=message, location=place, fix=fix))


def _getter(positions: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """The cells at ``positions`` as a tuple, also where they are one or none."""
    if len(positions) >= 2:
        return itemgetter(*positions)
    if positions:
        only = positions[0]
        return lambda row: (row[only],)
    return lambda row: ()


def _group(source: TemplateColumn, name: str) -> Properties:
    if name == "#none":
        message = f"#none in the property-group column {source.name!r}"
        raise LexicalError("xbrlce:illegalUseOfNone", message, "leave the cell empty")
    if name not in source.groups:
        message = f"the column {source.name!r} has no property group {shortened(name)}"
        raise LexicalError("xbrlce:unknownPropertyGroup", message, f"expected {list_text(sorted(source.groups))}")
    return source.groups[name]
