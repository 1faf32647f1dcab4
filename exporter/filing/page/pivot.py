"""Figures with a meaning each, over several periods: a row for each meaning, a column for each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from exporter.filing.page.display import PERIOD, ItemDisplay
from exporter.filing.page.shown import Shown
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Align,
    Cell,
    Column,
    Content,
    HiddenLink,
    LineBreak,
    Phrase,
    Row,
    Scope,
    Table,
)
from exporter.model.period import Duration, Instant

_MOST_PERIODS = 8
_FEW_MEANINGS = 3
_MANY_PERIODS = 5
_ITEM = Words("Item", "項目")
Key = tuple[Any, ...]
Figures = dict[Instant | Duration, StatedItem]
Arranged = tuple[tuple[Row, ...], list[tuple[Cell, list[StatedItem | None]]]]


def can_turn(items: Sequence[StatedItem]) -> bool:
    """Whether the items are figures of several meanings or periods that one table can hold."""
    if len(items) < 2 or not all(item.selectors and _main(item) for item in items):
        return False
    return 2 <= len(_columns(items)) <= _MOST_PERIODS


def _main(item: StatedItem) -> str | None:
    """The figure that the item is about: its first field, if that is a number."""
    first = next(iter(item.fields), None)
    main = item.main(first.name) if first else None
    return first.name if first and main and main.bound.datatype.is_numeric else None


def _columns(items: Sequence[StatedItem]) -> dict[Instant | Duration, Instant | Duration]:
    """The periods, each with the one under which it stands: a balance stands under the year that it closes."""
    found = {item.period for item in items}
    lasting = [each for each in found if isinstance(each, Duration)]
    under: dict[Instant | Duration, Instant | Duration] = {}
    for period in sorted(found, key=lambda each: (each.end, each.oim)):
        closed = [each for each in lasting if isinstance(period, Instant) and each.end == period.moment]
        under[period] = closed[0] if len(closed) == 1 else period
    return under


def pivot(display: ItemDisplay, items: Sequence[StatedItem]) -> Table:
    """The table of figures; what else an item says stands under its figure."""
    return _Pivot(display, tuple(items)).table()


@frozen
class _Pivot:
    display: ItemDisplay
    items: tuple[StatedItem, ...]

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
            (Cell(self._label(cells), scope=Scope.ROW), [cells.get(each) for each in periods])
            for cells in rows.values()
        ]
        return tuple(self._period_heads(periods)), body

    def _lying(self, rows: dict[Key, Figures], periods: Sequence[Instant | Duration]) -> Arranged:
        """A row for each period: where there are few meanings and many periods."""
        tongue = self.display.tongue
        first = Cell(tongue.phrase(PERIOD), scope=Scope.COLUMN)
        labels = (Cell(self._label(cells), scope=Scope.COLUMN, is_number=True) for cells in rows.values())
        body = [
            (Cell(tongue.period(each), scope=Scope.ROW), [cells.get(each) for cells in rows.values()])
            for each in periods
        ]
        return (Row((first, *labels)),), body

    def _key(self, item: StatedItem) -> Key:
        main = item.main(_main(item) or "")
        assert main is not None
        return (item.name, main.fact.concept, main.fact.unit, item.binding.dimensions(item.item))

    def _figure(self, item: StatedItem) -> Shown | None:
        return self.display.field(item, _main(item) or "")

    def _period_heads(self, periods: Sequence[Instant | Duration]) -> Iterator[Row]:
        tongue = self.display.tongue
        ended = [_year_ended(self.display, each) for each in periods]
        shared = {each[0] for each in ended if each}
        if len(shared) == 1 and all(ended):
            over = Cell(next(iter(shared)), columns=len(periods), scope=Scope.COLUMNS)
            yield Row((Cell(), over))
            said = [each[1] for each in ended if each]
        else:
            said = [tongue.period(each) for each in periods]
        head = Cell(tongue.phrase(_ITEM), scope=Scope.COLUMN)
        yield Row((head, *(Cell(each, scope=Scope.COLUMN, is_number=True) for each in said)))

    def _label(self, cells: Figures) -> Content:
        first = next(iter(cells.values()))
        head: list[Any] = [self.display.tongue.phrase(self.display.field_label([first], _main(first) or ""))]
        for axis in first.binding.axes:
            if said := self.display.dimension(first, axis.field.name):
                head += [LineBreak(), *said]
        return tuple(head)

    def _cell(self, item: StatedItem | None, *, bare: bool) -> Cell:
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
