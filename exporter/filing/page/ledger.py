"""Items that stand alone in their class, one under the other: what is stated, for when, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from attrs import evolve

from exporter.filing.page.display import PERIOD, ItemDisplay
from exporter.filing.page.headings import split_label
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Cell,
    Column,
    Content,
    Entry,
    KeyValues,
    LineBreak,
    Row,
    RowKind,
    Scope,
    Table,
)

_ITEM = Words("Item", "項目")
_STATED = Words("As stated", "記載")


def key_values(display: ItemDisplay, item: StatedItem, *, without: Iterable[str] = ()) -> KeyValues:
    """The fields of one item, each with its label; its dimensions first."""
    entries = [
        Entry(display.tongue.phrase(display.axis_label(axis)), display.dimension(item, axis.field.name))
        for axis in item.binding.axes
        if getattr(item.item, axis.field.name) is not None
    ]
    hidden = set(without)
    for each in item.fields:
        shown = display.field(item, each.name)
        if shown is not None and each.name not in hidden:
            label = _short(display, display.field_label([item], each.name), item.label)
            entries.append(Entry(display.tongue.phrase(label), shown.content()))
    return KeyValues(tuple(entries))


def ledger(display: ItemDisplay, items: Iterable[StatedItem]) -> Table:
    """Items of several classes in one table."""
    tongue = display.tongue
    heads = [Cell(tongue.phrase(each), scope=Scope.COLUMN) for each in (_ITEM, PERIOD, _STATED)]
    rows = [row for item in items for row in _rows(display, item)]
    return Table(columns=(Column(width=42), Column(width=28), Column(width=30)), heads=(Row(heads),), rows=tuple(rows))


def _rows(display: ItemDisplay, item: StatedItem) -> Iterator[Row]:
    names = [each.name for each in item.fields if each.name != item.binding.period_field]
    first, *others = names or [item.binding.period_field or ""]
    label, notes = display.field_label([item], first), display.notes(item)
    head = (evolve(display.tongue.phrase(label), notes=notes), *_dimensions(display, item))
    yield Row(
        (
            Cell(head, scope=Scope.ROW),
            Cell(display.period(item, marked=notes) if names else display.tongue.period(item.period)),
            _value(display, item, first, marked=notes),
        ),
        kind=RowKind.ENTRY,
    )
    for name in others:
        below = _short(display, display.field_label([item], name), label)
        below = _short(display, below, item.label)
        yield Row(
            (
                Cell(display.tongue.phrase(below), scope=Scope.ROW, indent=1),
                Cell(),
                _value(display, item, name, marked=notes),
            ),
            kind=RowKind.DETAIL,
        )


def _value(display: ItemDisplay, item: StatedItem, name: str, *, marked: Collection[str]) -> Cell:
    shown = display.field(item, name)
    return Cell(shown.content(marked=marked) if shown else ())


def _dimensions(display: ItemDisplay, item: StatedItem) -> Content:
    found: list[Any] = []
    for axis in item.binding.axes:
        if said := display.dimension(item, axis.field.name):
            found += [LineBreak(), display.lead_in(display.axis_label(axis)), *said]
    return tuple(found)


def _short(display: ItemDisplay, label: Words, over: Words) -> Words:
    """A label without the beginning that stands over it already."""
    parts = split_label(label, display.tongue)
    while parts is not None and display.tongue.text(over).startswith(display.tongue.text(parts[0])):
        label = parts[1]
        over = Words(over.en[len(parts[0].en) :].lstrip(", "), (over.ja or "")[len(parts[0].ja or "") :].lstrip("、"))
        parts = split_label(label, display.tongue)
    return label
