"""The cells that begin a row: what of its context is not the same in the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter.formats.xbrl_csv.context_cells import Axes, Place
from exporter.formats.xbrl_csv.metadata_text import metadata_text
from exporter.formats.xbrl_csv.quoting import ColumnNames, quote_cell


class Leads:
    """Which of entity, period and axes stand in columns, and which the template states.

    Where all ``places`` of the table are known, what they agree in is stated once; where they are not known
    (``None``), all stand in columns. ``common_entity`` is stated for the whole report.
    """

    def __init__(
        self, axes: Axes, places: Iterable[Place] | None, *, common_entity: str | None, names: ColumnNames | None = None
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
            found = None if rows is None else {cells[position] for cells in rows}
            if found is None or len(found) > 1:
                column = self.names.give(wishes[position])
                self.columns.append(column)
                self.dimensions[name] = f"${column}"
                self._positions.append(position)
            elif text := next(iter(found), ""):
                self.dimensions[name] = metadata_text(text)

    def _cells(self, place: Place) -> Sequence[str]:
        """The cells of a place, empty for axes that it does not have."""
        if place.axes is self._axes:
            return place.cells
        own = dict(zip(place.axes.names, place.cells[2:], strict=True))
        return (*place.cells[:2], *(own.get(name, "") for name in self._axes.names))

    def text(self, place: Place) -> str:
        """The beginning of a row, each cell with the comma after it."""
        key = id(self)
        found = place.leads.get(key)
        if found is None:
            cells = self._cells(place)
            found = place.leads[key] = "".join(quote_cell(cells[position]) + "," for position in self._positions)
        return found


def union_of(axes: Iterable[Axes]) -> Axes:
    """All axes of several sets, in order of first appearance."""
    columns: dict[str, str] = {}
    for each in axes:
        columns |= dict(zip(each.names, each.columns, strict=True))
    return Axes(tuple(columns), tuple(columns.values()))
