"""Lists: tables with a row for each fact (xBRL-CSV 1.0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from attrs import frozen

from exporter.formats.oim.faults import LexicalFault
from exporter.formats.xbrl_csv.context_cells import Place
from exporter.formats.xbrl_csv.leads import Leads
from exporter.formats.xbrl_csv.metadata_text import metadata_text
from exporter.formats.xbrl_csv.quoting import END, quote_cell
from exporter.formats.xbrl_csv.series import Series
from exporter.formats.xbrl_csv.table_files import TableFile, TableFiles
from exporter.model.fact import Fact

_ROWS_PER_CHUNK: Final = 1000

ListRow = tuple[Place, Series, Fact]
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
        on_problem: Callable[[LexicalFault, Fact], None],
    ) -> None:
        self._files, self._file, self._leads, self._row_ids = files, file, leads, row_ids
        self._on_problem = on_problem
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
            if len(lines) >= _ROWS_PER_CHUNK:
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
        except LexicalFault as fault:
            self._on_problem(fault, fact)
            return ""


def _is_plain(value: str) -> bool:
    return value.isprintable() and '"' not in value
