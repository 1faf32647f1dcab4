"""Financial statements: lines indented under what they add up to, totals under a rule, a column for each period.

Figures with a meaning each, over several periods: a row for each meaning, a column for each period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.disclosures.financial_tables import LineRole, StatementLine
from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Content,
    FactPlace,
    Heading,
    HiddenLink,
    Inline,
    LineBreak,
    NoteMark,
    Phrase,
    Row,
    RowKind,
    Scope,
    Table,
)
from exporter.model.period import Duration, Instant
from exporter.page.display import PERIOD, DisplayedField, ItemDisplay, nested
from exporter.page.item_facts import ItemWithFacts
from exporter.page.words import Text

_MOST_PERIODS: Final = 6
_DEEPEST: Final = 6
_ITEM: Final = Text("Item", "科目")
_NUMBER: Final = Text("No.", "番号")
_PARENT: Final = Text("Part of", "上位の科目")
_ALL: Final = Text("Total", "合計")
Period = Instant | Duration


def is_statement(items: Iterable[ItemWithFacts]) -> bool:
    """Whether all items are lines of financial statements."""
    return all(isinstance(item.item, StatementLine) for item in items)


def statements(display: ItemDisplay, items: Sequence[ItemWithFacts], *, level: int) -> Iterator[Block]:
    """The lines statement by statement, each under its own heading."""
    found: dict[Any, list[ItemWithFacts]] = {}
    for item in items:
        found.setdefault(item.item.statement, []).append(item)
    for lines in found.values():
        yield Heading(level, display.dimension(lines[0], "statement"))
        for part in _tables(display, lines):
            yield from part


def _tables(display: ItemDisplay, lines: list[ItemWithFacts]) -> Iterator[Iterator[Block]]:
    """A table for each period where the statement has columns of its own, else one for a few periods."""
    under = {id(line): _stands_under(line, lines) for line in lines}
    periods = sorted(dict.fromkeys(under.values()), key=lambda each: (each.end, each.oim))
    if any(line.item.column is not None for line in lines):
        for period in periods:
            chosen = [line for line in lines if under[id(line)] == period]
            columns = sorted(dict.fromkeys(line.item.column for line in chosen), key=lambda each: each is None)
            heads = [Phrase(column or display.tongue.text(_ALL)) for column in columns]
            over = Phrase(display.tongue.period(period))
            yield _Statement(display, chosen, columns, heads, lambda line: line.item.column, over).blocks()
        return
    for start in range(0, len(periods), _MOST_PERIODS):
        few = periods[start : start + _MOST_PERIODS]
        chosen = [line for line in lines if under[id(line)] in few]
        heads = [Phrase(display.tongue.period(each)) for each in few]
        yield _Statement(display, chosen, few, heads, lambda line: under[id(line)]).blocks()


def _stands_under(line: ItemWithFacts, lines: Iterable[ItemWithFacts]) -> Period:
    """The period of a line's column: a balance stands under the year that it opens or closes."""
    period = line.period
    if isinstance(period, Duration):
        return period
    lasting = {each.period for each in lines if isinstance(each.period, Duration)}
    opens = line.item.role is LineRole.OPENING_BALANCE
    found = [each for each in lasting if (each.start if opens else each.end) == period.moment]
    return found[0] if len(found) == 1 else period


@frozen
class _Line:
    """What stands in one row, by column."""

    name: str
    cells: dict[Any, ItemWithFacts] = field(factory=dict)

    @property
    def items(self) -> tuple[ItemWithFacts, ...]:
        return tuple(self.cells.values())

    @property
    def ordinal(self) -> int | None:
        return next((item.item.ordinal for item in self.items if item.item.ordinal is not None), None)

    @property
    def parent(self) -> str | None:
        return next((item.item.parent for item in self.items if item.item.parent is not None), None)


@frozen
class _Statement:
    display: ItemDisplay
    lines: Sequence[ItemWithFacts]
    columns: Sequence[Any]
    heads: Sequence[Phrase]
    column_of: Callable[[ItemWithFacts], Any]
    over: Phrase | None = None

    def blocks(self) -> Iterator[Block]:
        rows = self._rows()
        measures = {shown.measure for line in self.lines if (shown := self._amount(line)) and shown.is_figure}
        measure = next(iter(measures)) if len(measures) == 1 else None
        numbered = any(self._said(row, "ordinal") for row in rows)
        belong = any(self._said(row, "parent") or self._said(row, "weight") for row in rows)
        remark = [part for part in (self.over, Phrase(" ") if self.over and measure else None) if part]
        tongue = self.display.tongue
        heads = [
            *([Cell(tongue.phrase(_NUMBER), scope=Scope.COLUMN)] if numbered else []),
            Cell(tongue.phrase(_ITEM), scope=Scope.COLUMN),
            *(Cell(head, scope=Scope.COLUMN, is_number=True) for head in self.heads),
            *([Cell(tongue.phrase(_PARENT), scope=Scope.COLUMN)] if belong else []),
        ]
        yield Table(
            columns=(
                *([Column(Align.NUMBER)] if numbered else []),
                Column(),
                *(Column(Align.NUMBER) for _ in self.columns),
                *([Column()] if belong else []),
            ),
            heads=(Row(heads),),
            rows=tuple(self._row(row, rows, measure, numbered=numbered, belong=belong) for row in rows),
            remark=(*remark, *([Phrase(measure)] if measure else [])),
        )

    def _rows(self) -> list[_Line]:
        """The lines by their ordinals, those without one where they come."""
        rows: dict[Any, _Line] = {}
        for item in self.lines:
            main, again = item.main("amount"), 0
            key = (item.item.line, item.item.role, main.fact.unit if main else None)
            while self.column_of(item) in rows.get((*key, again), _Line("")).cells:
                again += 1
            rows.setdefault((*key, again), _Line(item.item.line)).cells[self.column_of(item)] = item
        found = list(rows.values())
        return found if any(row.ordinal is None for row in found) else sorted(found, key=lambda row: row.ordinal or 0)

    def _row(self, row: _Line, rows: Sequence[_Line], measure: str | None, *, numbered: bool, belong: bool) -> Row:
        cells = [Cell(self._said(row, "ordinal"))] if numbered else []
        cells.append(Cell(self._label(row), scope=Scope.ROW, indent=_depth(row, rows)))
        for column in self.columns:
            line = row.cells.get(column)
            shown = self._amount(line) if line is not None else None
            bare = measure is not None and shown is not None and shown.is_figure
            cells.append(Cell(shown.content(bare=bare) if shown else ()))
        cells += [Cell(self._belongs(row))] if belong else []
        return Row(cells, kind=_kind(row, rows))

    def _amount(self, line: ItemWithFacts) -> DisplayedField | None:
        return self.display.field(line, "amount")

    def _label(self, row: _Line) -> Content:
        label = self._said(row, "caption") or self.display.dimension(row.items[0], "line")
        role = self._said(row, "role")
        return (*label, *((Phrase(" – "), *role) if role else ()))

    def _belongs(self, row: _Line) -> Content:
        parent, weight = self._said(row, "parent"), self._said(row, "weight")
        if all((item.item.weight or 0) <= 0 for item in row.items):
            weight = tuple(map(_with_minus, weight))
        return (*parent, *((Phrase(" × "), *weight) if weight else ()))

    def _said(self, row: _Line, name: str) -> Content:
        """What the field says in all columns, once where it is the same."""
        shown = [each for item in row.items if (each := self.display.field(item, name)) is not None]
        by_words: dict[str | None, list[DisplayedField]] = {}
        for each in shown:
            by_words.setdefault(each.said, []).append(each)
        found: list[Any] = []
        for said in by_words.values():
            marks = dict.fromkeys(note for each in said for note in each.notes)
            found += [*([LineBreak()] if found else []), *nested(said), *map(NoteMark, marks)]
        return tuple(found)


def _with_minus(part: Inline) -> Inline:
    """A factor with a minus, whatever the style puts round amounts that are negative."""
    return evolve(part, before="−", negated=True) if isinstance(part, FactPlace) else part


def _depth(row: _Line, rows: Sequence[_Line]) -> int:
    """How many lines of the table the line is part of, one over the other."""
    parents = {each.name: each.parent for each in rows}
    seen, above = {row.name}, row.parent
    while above is not None and above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return min(len(seen) - 1, _DEEPEST)


def _kind(row: _Line, rows: Sequence[_Line]) -> RowKind:
    """A sum under its parts has a rule above; one over them heads a group."""
    names = [each.name for each in rows]
    parts = [place for place, each in enumerate(rows) if each.parent == row.name and each is not row]
    if not parts:
        return RowKind.ENTRY
    if parts[0] > names.index(row.name):
        return RowKind.GROUP
    return RowKind.TOTAL if row.parent not in names else RowKind.SUBTOTAL


_pivot_MOST_PERIODS = 8
_FEW_MEANINGS = 3
_MANY_PERIODS = 5
_pivot_ITEM = Text("Item", "項目")
Key = tuple[Any, ...]
Figures = dict[Instant | Duration, ItemWithFacts]
Arranged = tuple[tuple[Row, ...], list[tuple[Cell, list[ItemWithFacts | None]]]]


def can_turn(items: Sequence[ItemWithFacts]) -> bool:
    """Whether the items are figures of several meanings or periods that one table can hold."""
    if len(items) < 2 or not all(item.selectors and _main(item) for item in items):
        return False
    return 2 <= len(_columns(items)) <= _pivot_MOST_PERIODS


def _main(item: ItemWithFacts) -> str | None:
    """The figure that the item is about: its first field, if that is a number."""
    first = next(iter(item.fields), None)
    main = item.main(first.name) if first else None
    return first.name if first and main and main.bound.datatype.is_numeric else None


def _columns(items: Sequence[ItemWithFacts]) -> dict[Instant | Duration, Instant | Duration]:
    """The periods, each with the one under which it stands: a balance stands under the year that it closes."""
    found = {item.period for item in items}
    lasting = [each for each in found if isinstance(each, Duration)]
    under: dict[Instant | Duration, Instant | Duration] = {}
    for period in sorted(found, key=lambda each: (each.end, each.oim)):
        closed = [each for each in lasting if isinstance(period, Instant) and each.end == period.moment]
        under[period] = closed[0] if len(closed) == 1 else period
    return under


def pivot(display: ItemDisplay, items: Sequence[ItemWithFacts]) -> Table:
    """The table of figures; what else an item says stands under its figure."""
    return _Pivot(display, tuple(items)).table()


@frozen
class _Pivot:
    display: ItemDisplay
    items: tuple[ItemWithFacts, ...]

    def table(self) -> Table:
        under = _columns(self.items)
        periods = sorted(dict.fromkeys(under.values()), key=lambda each: (each.end, each.oim))
        rows: dict[Key, Figures] = {}
        for item in self.items:
            key, again = self._key(item), 0
            while under[item.period] in rows.get((*key, again), {}):
                again += 1
            rows.setdefault((*key, again), {})[under[item.period]] = item
        measures = {shown.measure for item in self.items if (shown := self._figure(item)) and shown.is_figure}
        measure = next(iter(measures)) if len(measures) == 1 else None
        lies = len(rows) <= _FEW_MEANINGS and len(periods) > _MANY_PERIODS
        head, body = self._lying(rows, periods) if lies else self._upright(rows, periods)
        return Table(
            columns=(Column(), *(Column(Align.NUMBER) for _ in body[0][1])),
            heads=head,
            rows=tuple(
                Row((first, *(self._cell(item, bare=measure is not None) for item in others))) for first, others in body
            ),
            remark=(Phrase(measure),) if measure else (),
        )

    def _upright(self, rows: dict[Key, Figures], periods: Sequence[Instant | Duration]) -> Arranged:
        """A row for each meaning."""
        body = [
            (Cell(self._label(cells), scope=Scope.ROW), [cells.get(period) for period in periods])
            for cells in rows.values()
        ]
        return tuple(self._period_heads(periods)), body

    def _lying(self, rows: dict[Key, Figures], periods: Sequence[Instant | Duration]) -> Arranged:
        """A row for each period: where there are few meanings and many periods."""
        tongue = self.display.tongue
        first = Cell(tongue.phrase(PERIOD), scope=Scope.COLUMN)
        labels = (Cell(self._label(cells), scope=Scope.COLUMN, is_number=True) for cells in rows.values())
        body = [
            (Cell(tongue.period(period), scope=Scope.ROW), [cells.get(period) for cells in rows.values()])
            for period in periods
        ]
        return (Row((first, *labels)),), body

    def _key(self, item: ItemWithFacts) -> Key:
        main = item.main(_main(item) or "")
        assert main is not None
        return (item.name, main.fact.concept, main.fact.unit, item.binding.dimensions(item.item))

    def _figure(self, item: ItemWithFacts) -> DisplayedField | None:
        return self.display.field(item, _main(item) or "")

    def _period_heads(self, periods: Sequence[Instant | Duration]) -> Iterator[Row]:
        tongue = self.display.tongue
        ended = [_year_ended(self.display, period) for period in periods]
        shared = {each[0] for each in ended if each}
        if len(shared) == 1 and all(ended):
            over = Cell(next(iter(shared)), columns=len(periods), scope=Scope.COLUMNS)
            yield Row((Cell(), over))
            said = [each[1] for each in ended if each]
        else:
            said = [tongue.period(each) for each in periods]
        head = Cell(tongue.phrase(_pivot_ITEM), scope=Scope.COLUMN)
        yield Row((head, *(Cell(each, scope=Scope.COLUMN, is_number=True) for each in said)))

    def _label(self, cells: Figures) -> Content:
        first = next(iter(cells.values()))
        head: list[Any] = [self.display.tongue.phrase(self.display.field_label([first], _main(first) or ""))]
        for axis in first.binding.axes:
            if said := self.display.dimension(first, axis.field.name):
                head += [LineBreak(), *said]
        return tuple(head)

    def _cell(self, item: ItemWithFacts | None, *, bare: bool) -> Cell:
        figure = self._figure(item) if item is not None else None
        if item is None or figure is None:
            return Cell()
        found: list[Any] = [*figure.content(bare=bare and figure.is_figure)]
        for each in item.fields:
            shown = self.display.field(item, each.name)
            if shown is None or each.name in (_main(item), item.binding.period_field):
                continue
            found.append(LineBreak())
            if not isinstance(shown.place, HiddenLink):
                found.append(self.display.lead_in(self.display.name_of(each.name)))
            found += shown.content()
        return Cell(found)


def _year_ended(display: ItemDisplay, period: Instant | Duration) -> tuple[str, str] | None:
    """ "Year ended March 31," and the year, for a year; ``None`` for any other period."""
    said = display.tongue.period(period)
    if display.tongue.first == "ja":
        return (said.partition("年")[2], f"{said.partition('年')[0]}年") if said.endswith("1年間") else None
    if not said.startswith("Year ended"):
        return None
    head, _, year = said.rpartition(" ")
    return head, year
