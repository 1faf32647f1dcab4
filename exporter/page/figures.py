"""Figures over several periods or columns: financial statements line by line, other figures meaning by meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.disclosures.financial_tables import LineRole, StatementLine
from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    FactPlace,
    Heading,
    HiddenLink,
    Inline,
    LineBreak,
    NoteMark,
    PageText,
    RowKind,
)
from exporter.model.period import Duration, Instant
from exporter.page.compose import (
    DisplayedFact,
    Grid,
    Head,
    Line,
    common_measure,
    label_heads,
    period_heads,
    together,
)
from exporter.page.display import ItemDisplay
from exporter.page.item_facts import ItemWithFacts
from exporter.page.words import word

_DEEPEST: Final = 6
_MOST_STATEMENT_PERIODS: Final = 6
_MOST_PERIODS: Final = 8
_FEW_MEANINGS: Final = 3
_MANY_PERIODS: Final = 5
ItemPeriod = Instant | Duration


def _in_order(periods: Iterable[ItemPeriod]) -> list[ItemPeriod]:
    return sorted(dict.fromkeys(periods), key=lambda period: (period.end, period.oim))


# --- statements ----------------------------------------------------------------------------------------------------


def is_statement(items: Iterable[ItemWithFacts]) -> bool:
    """Whether all items are lines of financial statements."""
    return all(isinstance(item.item, StatementLine) for item in items)


def statements(display: ItemDisplay, items: Sequence[ItemWithFacts], *, level: int) -> Iterator[Heading | Grid]:
    """The lines statement by statement, each under its own heading."""
    by_statement: dict[Any, list[ItemWithFacts]] = {}
    for item in items:
        by_statement.setdefault(item.item.statement, []).append(item)
    for lines in by_statement.values():
        yield Heading(level, display.dimension(lines[0], "statement"))
        yield from _statement_grids(display, lines)


def _statement_grids(display: ItemDisplay, lines: list[ItemWithFacts]) -> Iterator[Grid]:
    """A grid for each period where the statement has columns of its own, else one for a few periods."""
    under = {id(line): _period_above(line, lines) for line in lines}
    periods = _in_order(under.values())
    if any(line.item.column is not None for line in lines):
        for period in periods:
            chosen = [line for line in lines if under[id(line)] == period]
            columns = sorted(dict.fromkeys(line.item.column for line in chosen), key=lambda column: column is None)
            heads = [PageText(column or display.language.word("label.total")) for column in columns]
            over = PageText(display.language.period(period))
            yield _FigureGrid(display, chosen, columns, heads, lambda line: line.item.column, over).grid()
        return
    for start in range(0, len(periods), _MOST_STATEMENT_PERIODS):
        few = periods[start : start + _MOST_STATEMENT_PERIODS]
        chosen = [line for line in lines if under[id(line)] in few]
        heads = [PageText(display.language.period(period)) for period in few]
        yield _FigureGrid(display, chosen, few, heads, lambda line: under[id(line)]).grid()


def _period_above(line: ItemWithFacts, lines: Iterable[ItemWithFacts]) -> ItemPeriod:
    """The period of a line's column: a balance stands under the year that it opens or closes."""
    period = line.period
    if isinstance(period, Duration):
        return period
    durations = {other.period for other in lines if isinstance(other.period, Duration)}
    opens = line.item.role is LineRole.OPENING_BALANCE
    years = [year for year in durations if (year.start if opens else year.end) == period.moment]
    return years[0] if len(years) == 1 else period


@frozen
class _FigureRow:
    """The items of one row, by column."""

    name: str
    cells: dict[Any, ItemWithFacts] = field(factory=dict)

    @property
    def items(self) -> tuple[ItemWithFacts, ...]:
        return tuple(self.cells.values())

    def first(self, name: str) -> Any:
        """The first value that an item of the row has in the field."""
        values = (getattr(item.item, name) for item in self.items)
        return next((value for value in values if value is not None), None)


@frozen
class _FigureGrid:
    display: ItemDisplay
    lines: Sequence[ItemWithFacts]
    columns: Sequence[Any]
    heads: Sequence[PageText]
    column_of: Callable[[ItemWithFacts], Any]
    over: PageText | None = None

    def grid(self) -> Grid:
        rows = self._rows()
        numbered = any(self._field(row, "ordinal") for row in rows)
        has_parents = any(self._field(row, "parent") or self._field(row, "weight") for row in rows)
        (number, label, parent) = label_heads(
            word("label.number"), word("label.line"), word("label.part-of"), language=self.display.language
        )
        heads = [
            *([evolve(number, is_number=True)] if numbered else []),
            label,
            *(Head(label=(head,), is_number=True) for head in self.heads),
            *([parent] if has_parents else []),
        ]
        return Grid(
            heads=heads,
            lines=tuple(self._line(row, rows, numbered=numbered, has_parents=has_parents) for row in rows),
            label_at=int(numbered),
            remark=(self.over,) if self.over else (),
            measure=common_measure(self._amount(line) for line in self.lines),
        )

    def _rows(self) -> list[_FigureRow]:
        """The lines by their ordinals, those without one where they come."""
        rows: dict[Any, _FigureRow] = {}
        for item in self.lines:
            main, again = item.main("amount"), 0
            key = (item.item.line, item.item.role, main.fact.unit if main else None)
            while (*key, again) in rows and self.column_of(item) in rows[(*key, again)].cells:
                again += 1
            rows.setdefault((*key, again), _FigureRow(item.item.line)).cells[self.column_of(item)] = item
        if any(row.first("ordinal") is None for row in rows.values()):
            return list(rows.values())
        return sorted(rows.values(), key=lambda row: row.first("ordinal") or 0)

    def _line(self, row: _FigureRow, rows: Sequence[_FigureRow], *, numbered: bool, has_parents: bool) -> Line:
        amounts = (row.cells.get(column) for column in self.columns)
        return Line(
            cells=(
                *([self._field(row, "ordinal")] if numbered else []),
                self._label(row),
                *(None if line is None else self._amount(line) for line in amounts),
                *([self._parent(row)] if has_parents else []),
            ),
            level=_depth(row, rows),
            kind=_kind(row, rows),
        )

    def _amount(self, line: ItemWithFacts) -> DisplayedFact | None:
        return self.display.field(line, "amount")

    def _label(self, row: _FigureRow) -> Content:
        label = self._field(row, "caption") or self.display.dimension(row.items[0], "line")
        role = self._field(row, "role")
        return (*label, *((PageText(" – "), *role) if role else ()))

    def _parent(self, row: _FigureRow) -> Content:
        parent, weight = self._field(row, "parent"), self._field(row, "weight")
        if all((item.item.weight or 0) <= 0 for item in row.items):
            weight = tuple(map(_with_minus, weight))
        return (*parent, *((PageText(" × "), *weight) if weight else ()))

    def _field(self, row: _FigureRow, name: str) -> Content:
        """The field's values in all columns, each once."""
        by_value: dict[str | None, list[DisplayedFact]] = {}
        for item in row.items:
            if (fact := self.display.field(item, name)) is not None:
                by_value.setdefault(fact.value, []).append(fact)
        content: list[Inline] = []
        for facts in by_value.values():
            notes = dict.fromkeys(note for fact in facts for note in fact.notes)
            content += [*([LineBreak()] if content else []), *together(facts), *map(NoteMark, notes)]
        return tuple(content)


def _with_minus(part: Inline) -> Inline:
    """A factor with a minus, whatever the style puts round amounts that are negative."""
    return evolve(part, before="−", negated=True) if isinstance(part, FactPlace) else part


def _depth(row: _FigureRow, rows: Sequence[_FigureRow]) -> int:
    """How many lines of the table the line is part of, one over the other."""
    parents = {other.name: other.first("parent") for other in rows}
    seen, above = {row.name}, row.first("parent")
    while above is not None and above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return min(len(seen) - 1, _DEEPEST)


def _kind(row: _FigureRow, rows: Sequence[_FigureRow]) -> RowKind:
    """A sum under its parts has a rule above; one over them heads a group."""
    names = [other.name for other in rows]
    parts = [at for at, other in enumerate(rows) if other.first("parent") == row.name and other is not row]
    if not parts:
        return RowKind.ENTRY
    if parts[0] > names.index(row.name):
        return RowKind.GROUP
    return RowKind.TOTAL if row.first("parent") not in names else RowKind.SUBTOTAL


# --- figures of several meanings -------------------------------------------------------------------------------------

_Figures = dict[ItemPeriod, ItemWithFacts]


def can_turn(items: Sequence[ItemWithFacts]) -> bool:
    """Whether the items are figures of several meanings or periods that one table can hold."""
    if len(items) < 2 or not all(item.selectors and _figure_field(item) for item in items):
        return False
    return 2 <= len(_columns(items)) <= _MOST_PERIODS


def _figure_field(item: ItemWithFacts) -> str | None:
    """The figure that the item is about: its first field, if that is a number."""
    first = next(iter(item.fields), None)
    main = item.main(first.name) if first else None
    return first.name if first and main and main.bound.datatype.is_numeric else None


def _columns(items: Sequence[ItemWithFacts]) -> dict[ItemPeriod, ItemPeriod]:
    """The periods, each with the one under which it stands: a balance stands under the year that it closes."""
    periods = _in_order(item.period for item in items)
    durations = [period for period in periods if isinstance(period, Duration)]
    under: dict[ItemPeriod, ItemPeriod] = {}
    for period in periods:
        closed = [year for year in durations if isinstance(period, Instant) and year.end == period.moment]
        under[period] = closed[0] if len(closed) == 1 else period
    return under


def pivot(display: ItemDisplay, items: Sequence[ItemWithFacts]) -> Grid:
    """The grid of figures; what else an item reports stands under its figure.

    A row for each meaning and a column for each period, or the other way where few meanings have many periods.
    """
    under = _columns(items)
    periods = _in_order(under.values())
    rows: dict[tuple[Any, ...], _Figures] = {}
    for item in items:
        key, again = _meaning(item), 0
        while under[item.period] in rows.get((*key, again), {}):
            again += 1
        rows.setdefault((*key, again), {})[under[item.period]] = item
    meanings = list(rows.values())
    lies = len(rows) <= _FEW_MEANINGS and len(periods) > _MANY_PERIODS
    heads = label_heads(word("label.period" if lies else "label.item"), language=display.language)
    lines: list[tuple[Content, list[ItemWithFacts | None]]] = []
    if lies:
        heads += [Head(label=_figure_label(display, row), is_number=True) for row in meanings]
        for period in periods:
            lines.append(((PageText(display.language.period(period)),), [row.get(period) for row in meanings]))
    else:
        heads += period_heads(periods, display.language)
        lines += [(_figure_label(display, row), [row.get(period) for period in periods]) for row in meanings]
    return Grid(
        heads=heads,
        lines=[Line(cells=(label, *(_figure(display, item) for item in row))) for label, row in lines],
        measure=common_measure(display.field(item, _figure_field(item) or "") for item in items),
    )


def _meaning(item: ItemWithFacts) -> tuple[Any, ...]:
    main = item.main(_figure_field(item) or "")
    assert main is not None
    return (item.name, main.fact.concept, main.fact.unit, item.binding.dimensions(item.item))


def _figure_label(display: ItemDisplay, row: _Figures) -> Content:
    first = next(iter(row.values()))
    label: list[Inline] = [display.language.phrase(display.field_label([first], _figure_field(first) or ""))]
    for axis in first.binding.axes:
        if dimension := display.dimension(first, axis.field.name):
            label += [LineBreak(), *dimension]
    return tuple(label)


def _figure(display: ItemDisplay, item: ItemWithFacts | None) -> DisplayedFact | None:
    figure = display.field(item, _figure_field(item) or "") if item is not None else None
    if item is None or figure is None:
        return None
    below: list[Inline] = []
    for spec in item.fields:
        fact = display.field(item, spec.name)
        if fact is None or spec.name in (_figure_field(item), item.binding.period_field):
            continue
        below.append(LineBreak())
        if not isinstance(fact.place, HiddenLink):
            below.append(display.language.lead_in(display.name_of(spec.name)))
        below += fact.content()
    return evolve(figure, below=tuple(below))
