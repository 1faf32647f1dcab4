"""Tables: grids with a row for each context, lists with a row for each fact (xBRL-CSV 1.0)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from attrs import frozen

from exporter.errors import LexicalError
from exporter.formats.oim.text import unlawful_character
from exporter.formats.xbrl_csv.write.files import END, ColumnNames, TableFile, TableFiles, metadata_text, quote_cell
from exporter.formats.xbrl_csv.write.series import Axes, ContextCells, Elsewhere, Series
from exporter.model.fact import Fact


class Leads:
    """Which of entity, period and axes stand in columns, and which the template states.

    Where all ``places`` of the table are known, what they agree in is stated once; where they are not known
    (``None``), all stand in columns. ``common_entity`` is stated for the whole report.
    """

    def __init__(
        self,
        axes: Axes,
        places: Iterable[ContextCells] | None,
        *,
        common_entity: str | None,
        names: ColumnNames | None = None,
    ) -> None:
        self.names = ColumnNames() if names is None else names
        self.dimensions: dict[str, str] = {}
        self.columns: list[str] = []
        self._axes = axes
        self._positions: list[int] = []
        wishes = ("entity", "period", *axes.columns)
        rows = None if places is None else {self._cells(place) for place in places}
        for position, name in enumerate(("entity", "period", *axes.names)):
            if position == 0 and common_entity is not None:
                continue
            values = None if rows is None else {cells[position] for cells in rows}
            if values is None or len(values) > 1:
                column = self.names.give(wishes[position])
                self.columns.append(column)
                self.dimensions[name] = f"${column}"
                self._positions.append(position)
            elif text := next(iter(values), ""):
                self.dimensions[name] = metadata_text(text)

    def _cells(self, place: ContextCells) -> Sequence[str]:
        """The cells of a place, empty for axes that it does not have."""
        if place.axes is self._axes:
            return place.cells
        own = dict(zip(place.axes.names, place.cells[2:], strict=True))
        return (*place.cells[:2], *(own.get(name, "") for name in self._axes.names))

    def text(self, place: ContextCells) -> str:
        """The beginning of a row, each cell with the comma after it."""
        key = id(self)
        lead = place.leads.get(key)
        if lead is None:
            cells = self._cells(place)
            lead = place.leads[key] = "".join(quote_cell(cells[position]) + "," for position in self._positions)
        return lead


def union_of(axes: Iterable[Axes]) -> Axes:
    """All axes of several sets, in order of first appearance."""
    columns: dict[str, str] = {}
    for more in axes:
        columns |= dict(zip(more.names, more.columns, strict=True))
    return Axes(tuple(columns), tuple(columns.values()))


_SAMPLE: Final = 20
_ROWS_PER_CHUNK: Final = 200
# What a series made of a value: special values are its own.
_MADE: Final = "[^,]++"
_get_value = attrgetter("value")
_get_decimals = attrgetter("decimals")

GridRow = tuple[ContextCells, Sequence[Fact | None]]
OnError = Callable[[LexicalError, Fact], None]


class RowWriter:
    """Writes rows; facts that cannot stand in their column go to ``elsewhere``."""

    def __init__(
        self,
        files: TableFiles,
        file: TableFile,
        series: Sequence[Series],
        leads: Leads,
        *,
        sample: Sequence[GridRow],
        on_error: OnError,
        on_elsewhere: Callable[[Fact], None],
    ) -> None:
        self._files, self._file, self._series, self._leads = files, file, series, leads
        self._on_error, self._on_elsewhere = on_error, on_elsewhere
        self._names = [leads.names.give(sery.name.local_name) for sery in series]
        self._base = _commonest_decimals(series, sample)
        self._patterns = [one_series.pattern(decimals) for one_series, decimals in zip(series, self._base, strict=True)]
        self._whole_row = self._compile() if len(sample) >= _SAMPLE else None
        files.write(file, ",".join((*leads.columns, *self._names)) + END)

    def _compile(self) -> re.Pattern[str] | None:
        """What a row's values look like if they can be written as they are."""
        if any(sery.error is not None for sery in self._series):
            return None
        cells = groupby(pattern or _MADE for pattern in self._patterns)
        # Neighbours that look alike are counted: a pattern of hundreds of columns would take long to compile.
        counted = "".join(f"(?:{pattern},){{{len(list(group))}}}+" for pattern, group in cells)
        return re.compile(counted)

    def template(self) -> dict[str, Any]:
        """The template of the table."""
        columns: dict[str, Any] = {name: {} for name in self._leads.columns}
        for name, series, decimals in zip(self._names, self._series, self._base, strict=True):
            columns[name] = {"dimensions": series.dimensions}
            if decimals is not None:
                columns[name]["decimals"] = decimals
        return {"columns": columns, "dimensions": self._leads.dimensions}

    def write(self, rows: Iterable[GridRow]) -> None:
        """Write the rows: the loop that most facts go through. Values of a row are looked at all together."""
        base, pattern, lead_of = self._base, self._whole_row, self._leads.text
        texts = [(place, self._series[place].text) for place, known in enumerate(self._patterns) if known is None]
        lines: list[str] = []
        for place, facts in rows:
            if pattern is not None and all(facts) and list(map(_get_decimals, facts)) == base:
                values = list(map(_get_value, facts))
                try:
                    for position, text in texts:
                        values[position] = text(values[position])
                    values.append("")  # the pattern has a comma after each cell
                    line = ",".join(values)
                except (TypeError, LexicalError):  # a nil or invalid fact: the careful way reports it
                    line = ""
                if pattern.fullmatch(line) and '"' not in line and (line.isprintable() or _is_one_lawful_line(line)):
                    lines.append(f"{lead_of(place)}{line[:-1]}{END}")
                else:
                    self._careful(place, facts, lines)
            else:
                self._careful(place, facts, lines)
            if len(lines) >= _ROWS_PER_CHUNK:
                self._files.write(self._file, "".join(lines))
                lines.clear()
        self._files.write(self._file, "".join(lines))

    def _careful(self, place: ContextCells, facts: Sequence[Fact | None], lines: list[str]) -> None:
        """A row, cell by cell."""
        cells = [
            "" if fact is None else self._cell(fact, series, base)
            for fact, series, base in zip(facts, self._series, self._base, strict=True)
        ]
        if any(cells):
            lines.append(f"{self._leads.text(place)}{','.join(cells)}{END}")

    def _cell(self, fact: Fact, series: Series, base: int | None) -> str:
        try:
            return quote_cell(series.cell(fact.value, fact.decimals, base))
        except LexicalError as error:
            self._on_error(error, fact)
        except Elsewhere:
            self._on_elsewhere(fact)
        return ""


def _is_one_lawful_line(line: str) -> bool:
    """White space beyond the blank is not printable, but allowed."""
    return "\n" not in line and "\r" not in line and unlawful_character(line) is None


def _commonest_decimals(series: Sequence[Series], sample: Sequence[GridRow]) -> list[int | None]:
    """For each column the decimals that most of its facts have."""
    counts: list[Counter[int | None]] = [Counter() for _ in series]
    for _, facts in sample:
        for count, fact, fact_series in zip(counts, facts, series, strict=True):
            if fact is not None and fact.value is not None and (fact_series.is_numeric or fact_series.is_open):
                decimals = fact.decimals
                count[decimals if type(decimals) is int else None] += 1
    return [count.most_common(1)[0][0] if count else None for count in counts]


_LIST_ROWS_PER_CHUNK: Final = 1000

ListRow = tuple[ContextCells, Series, Fact]
VALUE: Final = "value"


@frozen
class _Start:
    """What the rows of a series have in common; ``quick`` is true for values that may stand as they are.

    ``series`` is held on to, so that its identity stays its own.
    """

    series: Series
    before: str
    after: str
    quick: Callable[[str], object] | None


class FactList:
    """Writes facts of one class: numbers with a unit, or others with a language.

    Where all ``series`` of the table are known, what they agree in is stated once. ``row_ids`` gives facts
    identifiers for their rows, where they need any.
    """

    def __init__(
        self,
        files: TableFiles,
        file: TableFile,
        leads: Leads,
        *,
        series: Iterable[Series] | None,
        is_numeric: bool,
        row_ids: Callable[[Fact], str] | None,
        on_error: Callable[[LexicalError, Fact], None],
    ) -> None:
        self._files, self._file, self._leads, self._row_ids = files, file, leads, row_ids
        self._on_error = on_error
        names = leads.names
        self._id = [names.give("id")] if row_ids is not None else []
        known = None if series is None else list(series)
        self._dimensions: dict[str, str] = {}
        self._concept = self._own("concept", known, names.give)
        self._second = "unit" if is_numeric else "language"
        self._other = self._own(self._second, known, names.give)
        self._value = names.give(VALUE)
        self._starts: dict[int, _Start] = {}
        columns = (*self._id, *self._concept, *leads.columns, *self._other, self._value)
        files.write(file, ",".join(columns) + END)

    def _own(self, name: str, known: list[Series] | None, give: Callable[[str], str]) -> list[str]:
        """The column of a dimension of the series, or none where they agree in it."""
        texts = None if known is None else {getattr(series, name) for series in known}
        if texts is not None and len(texts) == 1:
            if text := next(iter(texts)):
                self._dimensions[name] = metadata_text(text)
            return []
        column = give(name)
        self._dimensions[name] = f"${column}"
        return [column]

    @property
    def value_column(self) -> str:
        """The name of the column with the values."""
        return self._value

    def template(self) -> dict[str, Any]:
        """The template of the table."""
        template: dict[str, Any] = {"rowIdColumn": self._id[0]} if self._id else {}
        names = (*self._id, *self._concept, *self._leads.columns, *self._other)
        columns: dict[str, Any] = {name: {} for name in names}
        columns[self._value] = {"dimensions": {}}
        return {**template, "columns": columns, "dimensions": {**self._dimensions, **self._leads.dimensions}}

    def write(self, rows: Iterable[ListRow]) -> None:
        """Write a row for each fact."""
        lead_of, row_ids, starts = self._leads.text, self._row_ids, self._starts
        lines: list[str] = []
        for place, series, fact in rows:
            start = starts.get(id(series)) or self._start(series)
            value, decimals = fact.value, fact.decimals
            if value is None or start.quick is None or not start.quick(value) or not _is_plain(value):
                text = self._careful(series, fact)
            elif decimals is None:
                text = value
            elif type(decimals) is int and series.is_numeric:
                text = f"{value}d{decimals}"
            else:
                text = self._careful(series, fact)
            if text:
                row_id = "" if row_ids is None else f"{row_ids(fact)},"
                lines.append(f"{row_id}{start.before}{lead_of(place)}{start.after}{text}{END}")
            if len(lines) >= _LIST_ROWS_PER_CHUNK:
                self._files.write(self._file, "".join(lines))
                lines.clear()
        self._files.write(self._file, "".join(lines))

    def _start(self, series: Series) -> _Start:
        """What all rows of a series have in common."""
        pattern = None if series.is_open else series.pattern(None)
        start = self._starts[id(series)] = _Start(
            series=series,
            before=f"{series.concept}," if self._concept else "",
            after=f"{quote_cell(getattr(series, self._second))}," if self._other else "",
            quick=None if pattern is None else re.compile(pattern).fullmatch,
        )
        return start

    def _careful(self, series: Series, fact: Fact) -> str:
        try:
            return quote_cell(series.cell(fact.value, fact.decimals, None))
        except LexicalError as error:
            self._on_error(error, fact)
            return ""


def _is_plain(value: str) -> bool:
    return value.isprintable() and '"' not in value
