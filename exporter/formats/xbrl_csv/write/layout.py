"""The layout of a report: grids where facts stand densely, lists for all others (xBRL-CSV 1.0).

Facts come in runs of one context each; runs that report the same series in the same order have one shape.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Final

from attrs import define, field, frozen

from exporter.formats.xbrl_csv.write.series import Axes, ContextCells, PlaceBook, Series, SeriesBook
from exporter.formats.xbrl_csv.write.tables import ListRow
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import QName

_SHORT: Final = 4
_SAMPLE: Final = 2000
_WIDEST: Final = 400
_get_context = attrgetter("context")
_get_concept = attrgetter("concept")
_get_unit = attrgetter("unit")
_get_language = attrgetter("language")

Run = tuple[ContextCells, list[Fact]]


@define(eq=False)
class TableLayout:
    """The series of runs, and the runs themselves: ``rows``."""

    axes: Axes
    series: tuple[Series, ...]
    concepts: list[QName]
    units: list[Any]
    languages: list[str | None]
    rows: list[Run] = field(factory=list)


def split_runs(facts: Sequence[Fact], places: PlaceBook) -> Iterator[Run]:
    """Runs of facts that have one context; where they stand mixed, those of a context are brought together."""
    contexts: list[Context] = list(map(_get_context, facts))
    if _is_mixed(contexts):
        rest: list[Fact] = []
        yield from _transposed(facts, contexts, places, rest)
        yield from _gathered(rest, places)
        return
    start = 0
    for context, group in groupby(contexts):
        end = start + len(list(group))
        yield from _pieces(places.find(context), facts[start:end])
        start = end


def _is_mixed(shared: Sequence[object]) -> bool:
    """Whether what facts may share changes with every other one, by the look of the first ones."""
    changes = sum(first is not second for first, second in itertools.pairwise(shared[:_SAMPLE]))
    return changes * _SHORT > min(len(shared), _SAMPLE)


def _transposed(
    facts: Sequence[Fact], contexts: Sequence[Context], places: PlaceBook, rest: list[Fact]
) -> Iterator[Run]:
    """Runs of facts that stand concept by concept, each concept in the same contexts; others go to ``rest``."""
    blocks: list[tuple[Sequence[Context], list[Sequence[Fact]]]] = []
    concepts: list[QName] = list(map(_get_concept, facts))
    if _is_mixed(concepts):
        rest += facts
        return
    start = 0
    for _, group in groupby(concepts):
        end = start + len(list(group))
        here = contexts[start:end]
        if not blocks or blocks[-1][0] != here:
            blocks.append((here, []))
        blocks[-1][1].append(facts[start:end])
        start = end
    for here, columns in blocks:
        if len(columns) < _SHORT:
            rest += itertools.chain.from_iterable(columns)
            continue
        for context, row in zip(here, zip(*columns, strict=True), strict=True):
            yield from _pieces(places.find(context), row)


def _gathered(facts: Sequence[Fact], places: PlaceBook) -> Iterator[Run]:
    """Runs of all facts that have one context, wherever they stand, concepts in order of first appearance."""
    buckets: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact, key in zip(facts, map(id, map(_get_context, facts)), strict=True):
        buckets[key].append(fact)
    by_place: dict[ContextCells, list[Fact]] = {}
    for bucket in buckets.values():
        place = places.find(bucket[0].context)
        if place in by_place:
            by_place[place] += bucket
        else:
            by_place[place] = bucket
    concepts = dict.fromkeys(map(id, map(_get_concept, facts)))
    ordinal = {concept: number for number, concept in enumerate(concepts)}.__getitem__
    for place, gathered in by_place.items():
        numbers = list(map(ordinal, map(id, map(_get_concept, gathered))))
        for layer in _layers(gathered, numbers):
            yield from _pieces(place, layer)


def _layers(facts: list[Fact], numbers: list[int]) -> list[list[Fact]]:
    """The facts in order of ``numbers``; facts of one number one after the other in layers of their own."""
    ordered = sorted(numbers)
    if ordered != numbers:
        facts = [facts[place] for place in sorted(range(len(facts)), key=numbers.__getitem__)]
    if len(set(ordered)) == len(ordered):
        return [facts]
    layers: list[list[Fact]] = []
    last, level = -1, 0
    for fact, number in zip(facts, ordered, strict=True):
        level = level + 1 if number == last else 0
        last = number
        if level == len(layers):
            layers.append([])
        layers[level].append(fact)
    return layers


def _pieces(place: ContextCells, facts: Sequence[Fact]) -> Iterator[Run]:
    """A run, cut where it would be too wide for a table."""
    if len(facts) <= _WIDEST:
        yield place, list(facts)
        return
    remaining = iter(facts)
    while piece := list(islice(remaining, _WIDEST)):
        yield place, piece


class ShapeBook:
    """Sorts runs by their shapes."""

    def __init__(self, series: SeriesBook) -> None:
        self.shapes: list[TableLayout] = []
        self._series = series
        self._by_ends: dict[tuple[Any, ...], list[TableLayout]] = {}

    def sort(self, runs: Iterable[Run]) -> None:
        """Add each run to the rows of its shape, made where it is the first."""
        by_ends = self._by_ends
        for place, facts in runs:
            concepts = list(map(_get_concept, facts))
            key = (place.axes, len(facts), concepts[0], concepts[-1])
            known = by_ends.get(key)
            if known is None:
                known = by_ends[key] = []
            units, languages = list(map(_get_unit, facts)), list(map(_get_language, facts))
            # Lists compare by identity first, so equal shapes are found without comparing names.
            for shape in known:
                if shape.concepts == concepts and shape.units == units and shape.languages == languages:
                    shape.rows.append((place, facts))
                    break
            else:
                known.append(self._make(place, facts, concepts, units, languages))

    def _make(
        self,
        place: ContextCells,
        facts: list[Fact],
        concepts: list[QName],
        units: list[Any],
        languages: list[str | None],
    ) -> TableLayout:
        series = tuple(map(self._series.find, facts))
        shape = TableLayout(place.axes, series, concepts, units, languages, [(place, facts)])
        self.shapes.append(shape)
        return shape

    def forget_all_but(self, kept: Container[int]) -> None:
        """Drop the shapes whose identity is not among ``kept``."""
        self.shapes = [shape for shape in self.shapes if id(shape) in kept]
        for key, known in list(self._by_ends.items()):
            known[:] = [shape for shape in known if id(shape) in kept]
            if not known:
                del self._by_ends[key]


_MOST_SHAPES: Final = 40
_FEWEST_CELLS: Final = 32
_DENSITY: Final = 0.4
_FEWEST_OF_AXES: Final = 30


@frozen(eq=False)
class GridPlan:
    """A grid to be: its columns and rows; ``None`` is a cell without a fact."""

    axes: Axes
    series: tuple[Series, ...]
    rows: Sequence[tuple[ContextCells, Sequence[Fact | None]]]


def repeated_shapes(shapes: Iterable[TableLayout]) -> list[TableLayout]:
    """The shapes that come often enough for a grid of their own."""
    often = [shape for shape in shapes if len(shape.rows) > 1 and len(shape.rows) * len(shape.series) >= _FEWEST_CELLS]
    largest = sorted(often, key=lambda shape: -len(shape.rows) * len(shape.series))[:_MOST_SHAPES]
    kept = set(map(id, largest))
    return [shape for shape in often if id(shape) in kept]


def dense_grids(shapes: Iterable[TableLayout], rest: list[ListRow]) -> Iterator[GridPlan]:
    """Grids of what contexts with the same axes and the same kind of period have in common.

    A series becomes a column if it stands in at least two rows and two of five; what finds no cell goes to ``rest``.
    """
    groups: defaultdict[tuple[Axes, type], list[tuple[ContextCells, TableLayout, list[Fact]]]] = defaultdict(list)
    for shape in shapes:
        for place, facts in shape.rows:
            groups[place.axes, type(place.context.period)].append((place, shape, facts))
    for (axes, _), group in groups.items():
        plan = _dense_grid(axes, group, rest)
        if plan is not None:
            yield plan


def _dense_grid(
    axes: Axes, group: list[tuple[ContextCells, TableLayout, list[Fact]]], rest: list[ListRow]
) -> GridPlan | None:
    cells: dict[ContextCells, dict[Series, Fact]] = {}
    spare: list[ListRow] = []
    for place, shape, facts in group:
        row = cells.setdefault(place, {})
        for series, fact in zip(shape.series, facts, strict=True):
            if series in row or series.error is not None:
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
