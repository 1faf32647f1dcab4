"""Grids: tables with a row for each context and a column for each series (xBRL-CSV 1.0)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.values import unlawful_character
from exporter.formats.xbrl_csv.context_cells import Place
from exporter.formats.xbrl_csv.leads import Leads
from exporter.formats.xbrl_csv.quoting import END, quote_cell
from exporter.formats.xbrl_csv.series import Elsewhere, Series
from exporter.formats.xbrl_csv.table_files import TableFile, TableFiles
from exporter.model.fact import Fact

_SAMPLE: Final = 20
_ROWS_PER_CHUNK: Final = 200
# What a series made of a value: special values are its own.
_MADE: Final = "[^,]++"
_get_value = attrgetter("value")
_get_decimals = attrgetter("decimals")

GridRow = tuple[Place, Sequence[Fact | None]]
OnProblem = Callable[[LexicalFault, Fact], None]


class Grid:
    """Writes rows; facts that cannot stand in their column go to ``elsewhere``."""

    def __init__(
        self,
        files: TableFiles,
        file: TableFile,
        series: Sequence[Series],
        leads: Leads,
        *,
        sample: Sequence[GridRow],
        on_problem: OnProblem,
        on_elsewhere: Callable[[Fact], None],
    ) -> None:
        self._files, self._file, self._series, self._leads = files, file, series, leads
        self._on_problem, self._on_elsewhere = on_problem, on_elsewhere
        self._names = [leads.names.give(each.name.local_name) for each in series]
        self._base = _commonest_decimals(series, sample)
        self._patterns = [each.pattern(decimals) for each, decimals in zip(series, self._base, strict=True)]
        self._whole_row = self._compile() if len(sample) >= _SAMPLE else None
        files.write(file, ",".join((*leads.columns, *self._names)) + END)

    def _compile(self) -> re.Pattern[str] | None:
        """What a row's values look like if they can be written as they are."""
        if any(each.problem is not None for each in self._series):
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
                except (TypeError, LexicalFault):  # a nil fact, or one at fault: the careful way tells
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

    def _careful(self, place: Place, facts: Sequence[Fact | None], lines: list[str]) -> None:
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
        except LexicalFault as fault:
            self._on_problem(fault, fact)
        except Elsewhere:
            self._on_elsewhere(fact)
        return ""


def _is_one_lawful_line(line: str) -> bool:
    """White space beyond the blank is not printable, but lawful."""
    return "\n" not in line and "\r" not in line and unlawful_character(line) is None


def _commonest_decimals(series: Sequence[Series], sample: Sequence[GridRow]) -> list[int | None]:
    """For each column the decimals that most of its facts have."""
    counts: list[Counter[int | None]] = [Counter() for _ in series]
    for _, facts in sample:
        for count, fact, each in zip(counts, facts, series, strict=True):
            if fact is not None and fact.value is not None and (each.is_numeric or each.is_open):
                decimals = fact.decimals
                count[decimals if type(decimals) is int else None] += 1
    return [count.most_common(1)[0][0] if count else None for count in counts]
