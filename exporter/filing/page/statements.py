"""Financial statements: lines indented under what they add up to, totals under a rule, a column for each period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.disclosures.statement_lines import LineRole, StatementLine
from exporter.filing.page.columns import nested
from exporter.filing.page.display import ItemDisplay
from exporter.filing.page.shown import Shown
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Align,
    Block,
    Cell,
    Column,
    Content,
    FactPlace,
    Heading,
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

_MOST_PERIODS: Final = 6
_DEEPEST: Final = 6
_ITEM: Final = Words("Item", "科目")
_NUMBER: Final = Words("No.", "番号")
_PARENT: Final = Words("Part of", "上位の科目")
_ALL: Final = Words("Total", "合計")
Period = Instant | Duration


def is_statement(items: Iterable[StatedItem]) -> bool:
    """Whether all items are lines of financial statements."""
    return all(isinstance(item.item, StatementLine) for item in items)


def statements(display: ItemDisplay, items: Sequence[StatedItem], *, level: int) -> Iterator[Block]:
    """The lines statement by statement, each under its own heading."""
    found: dict[Any, list[StatedItem]] = {}
    for item in items:
        found.setdefault(item.item.statement, []).append(item)
    for lines in found.values():
        yield Heading(level, display.dimension(lines[0], "statement"))
        for part in _tables(display, lines):
            yield from part


def _tables(display: ItemDisplay, lines: list[StatedItem]) -> Iterator[Iterator[Block]]:
    """A table for each period where the statement has columns of its own, else one for a few periods."""
    under = {id(line): _stands_under(line, lines) for line in lines}
    periods = sorted(dict.fromkeys(under.values()), key=lambda each: (each.end, each.oim))
    if any(line.item.column is not None for line in lines):
        for period in periods:
            chosen = [line for line in lines if under[id(line)] == period]
            columns = sorted(dict.fromkeys(line.item.column for line in chosen), key=lambda each: each is None)
            heads = [Phrase(each or display.tongue.text(_ALL)) for each in columns]
            over = Phrase(display.tongue.period(period))
            yield _Statement(display, chosen, columns, heads, lambda line: line.item.column, over).blocks()
        return
    for start in range(0, len(periods), _MOST_PERIODS):
        few = periods[start : start + _MOST_PERIODS]
        chosen = [line for line in lines if under[id(line)] in few]
        heads = [Phrase(display.tongue.period(each)) for each in few]
        yield _Statement(display, chosen, few, heads, lambda line: under[id(line)]).blocks()


def _stands_under(line: StatedItem, lines: Iterable[StatedItem]) -> Period:
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
    cells: dict[Any, StatedItem] = field(factory=dict)

    @property
    def items(self) -> tuple[StatedItem, ...]:
        return tuple(self.cells.values())

    @property
    def ordinal(self) -> int | None:
        return next((each.item.ordinal for each in self.items if each.item.ordinal is not None), None)

    @property
    def parent(self) -> str | None:
        return next((each.item.parent for each in self.items if each.item.parent is not None), None)


@frozen
class _Statement:
    display: ItemDisplay
    lines: Sequence[StatedItem]
    columns: Sequence[Any]
    heads: Sequence[Phrase]
    column_of: Callable[[StatedItem], Any]
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
            *(Cell(each, scope=Scope.COLUMN, is_number=True) for each in self.heads),
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

    def _amount(self, line: StatedItem) -> Shown | None:
        return self.display.field(line, "amount")

    def _label(self, row: _Line) -> Content:
        label = self._said(row, "caption") or self.display.dimension(row.items[0], "line")
        role = self._said(row, "role")
        return (*label, *((Phrase(" – "), *role) if role else ()))

    def _belongs(self, row: _Line) -> Content:
        parent, weight = self._said(row, "parent"), self._said(row, "weight")
        if all((each.item.weight or 0) <= 0 for each in row.items):
            weight = tuple(map(_with_minus, weight))
        return (*parent, *((Phrase(" × "), *weight) if weight else ()))

    def _said(self, row: _Line, name: str) -> Content:
        """What the field says in all columns, once where it is the same."""
        shown = [each for item in row.items if (each := self.display.field(item, name)) is not None]
        by_words: dict[str | None, list[Shown]] = {}
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
