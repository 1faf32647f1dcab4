"""Which facts go into which table: grids where facts stand densely, lists for all others."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from exporter.formats.xbrl_csv.context_cells import Axes, Place
from exporter.formats.xbrl_csv.lists import ListRow
from exporter.formats.xbrl_csv.runs import Shape
from exporter.formats.xbrl_csv.series import Series
from exporter.model.fact import Fact

_MOST_SHAPES: Final = 40
_FEWEST_CELLS: Final = 32
_DENSITY: Final = 0.4
_WIDEST: Final = 400
_FEWEST_OF_AXES: Final = 30


@frozen(eq=False)
class GridPlan:
    """A grid to be: its columns and rows; ``None`` is a cell without a fact."""

    axes: Axes
    series: tuple[Series, ...]
    rows: Sequence[tuple[Place, Sequence[Fact | None]]]


def repeated_shapes(shapes: Iterable[Shape]) -> list[Shape]:
    """The shapes that come often enough for a grid of their own."""
    often = [shape for shape in shapes if len(shape.rows) > 1 and len(shape.rows) * len(shape.series) >= _FEWEST_CELLS]
    largest = sorted(often, key=lambda shape: -len(shape.rows) * len(shape.series))[:_MOST_SHAPES]
    kept = set(map(id, largest))
    return [shape for shape in often if id(shape) in kept]


def dense_grids(shapes: Iterable[Shape], rest: list[ListRow]) -> Iterator[GridPlan]:
    """Grids of what contexts with the same axes and the same kind of period have in common.

    A series becomes a column if it stands in at least two rows and two of five; what finds no cell goes to ``rest``.
    """
    groups: defaultdict[tuple[Axes, type], list[tuple[Place, Shape, list[Fact]]]] = defaultdict(list)
    for shape in shapes:
        for place, facts in shape.rows:
            groups[place.axes, type(place.context.period)].append((place, shape, facts))
    for (axes, _), group in groups.items():
        plan = _dense_grid(axes, group, rest)
        if plan is not None:
            yield plan


def _dense_grid(axes: Axes, group: list[tuple[Place, Shape, list[Fact]]], rest: list[ListRow]) -> GridPlan | None:
    cells: dict[Place, dict[Series, Fact]] = {}
    spare: list[ListRow] = []
    for place, shape, facts in group:
        row = cells.setdefault(place, {})
        for series, fact in zip(shape.series, facts, strict=True):
            if series in row or series.problem is not None:
                spare.append((place, series, fact))
            else:
                row[series] = fact
    counts = Counter(itertools.chain.from_iterable(cells.values()))
    needed = max(2, _DENSITY * len(cells))
    columns = [series for series, count in counts.items() if count >= needed][:_WIDEST]
    if sum(counts[series] for series in columns) < _FEWEST_CELLS // 2:
        columns = []
    chosen = set(columns)
    rest += spare
    for place, row in cells.items():
        rest += ((place, series, fact) for series, fact in row.items() if series not in chosen)
    if not columns:
        return None
    rows = [(place, [row.get(series) for series in columns]) for place, row in cells.items()]
    return GridPlan(axes, tuple(columns), [row for row in rows if any(fact is not None for fact in row[1])])


@frozen(eq=False)
class ListPlan:
    """A list to be."""

    is_numeric: bool
    axes: Axes
    rows: list[ListRow]


def list_plans(rows: Iterable[ListRow], union: Axes) -> list[ListPlan]:
    """Lists by kind of value and by axes; sets of axes that few facts have share one list with ``union``."""
    groups: defaultdict[tuple[bool, Axes], list[ListRow]] = defaultdict(list)
    for place, series, fact in rows:
        groups[series.is_numeric, place.axes].append((place, series, fact))
    plans: list[ListPlan] = []
    shared: dict[bool, list[ListRow]] = {}
    for (is_numeric, axes), group in groups.items():
        if len(group) >= _FEWEST_OF_AXES:
            plans.append(ListPlan(is_numeric, axes, group))
        else:
            shared.setdefault(is_numeric, []).extend(group)
    return plans + [ListPlan(is_numeric, union, group) for is_numeric, group in sorted(shared.items(), reverse=True)]
