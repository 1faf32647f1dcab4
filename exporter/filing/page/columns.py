"""The fields of items of one class as columns: what stands in each row, what all rows share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from exporter.filing.page.shown import Shown
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import Content, FactPlace, HiddenLink, NoteMark


@frozen(kw_only=True)
class FieldColumn:
    """A field over all rows; ``over`` are the notes that stand over the column, as every cell has them."""

    label: Words
    cells: tuple[Shown | None, ...]
    over: tuple[str, ...]
    is_constant: bool

    @classmethod
    def of(cls, label: Words, cells: Sequence[Shown | None], of_rows: Sequence[Collection[str]]) -> FieldColumn:
        """The column, given the notes that stand at the heads of rows."""
        over = _shared_notes(cells, of_rows)
        return cls(label=label, cells=tuple(cells), over=over, is_constant=_is_constant(cells, over, of_rows))

    @property
    def stated(self) -> tuple[Shown, ...]:
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def is_number(self) -> bool:
        return any(cell.is_number for cell in self.stated)

    @property
    def figures(self) -> tuple[Shown, ...]:
        return tuple(cell for cell in self.stated if cell.is_figure)

    def nested(self) -> Content:
        """What all rows say, once, tagged with the facts of all."""
        return (*nested(self.stated), *map(NoteMark, self.over))


def nested(stated: Sequence[Shown]) -> Content:
    """What facts that say the same say, once, tagged with all of them."""
    places = [each.place for each in stated]
    first = places[0]
    if isinstance(first, FactPlace):
        ids = dict.fromkeys(fact for place in places if isinstance(place, FactPlace) for fact in place.facts)
        return (evolve(first, facts=tuple(ids)),)
    linked: Content = (_linked(first.content, (place.fact for place in places if isinstance(place, HiddenLink))),)
    return linked


def _linked(content: Any, facts: Iterable[str]) -> Any:
    for fact in dict.fromkeys(facts):
        content = HiddenLink(fact, content)
    return content


def _shared_notes(cells: Sequence[Shown | None], of_rows: Sequence[Collection[str]]) -> tuple[str, ...]:
    """Notes that every cell has, where there are several and not all of their rows have them."""
    stated = [(cell, notes) for cell, notes in zip(cells, of_rows, strict=True) if cell is not None]
    if len(stated) < 2:
        return ()
    return tuple(
        note
        for note in stated[0][0].notes
        if all(note in cell.notes for cell, _ in stated) and not all(note in notes for _, notes in stated)
    )


def _is_constant(cells: Sequence[Shown | None], over: Collection[str], of_rows: Sequence[Collection[str]]) -> bool:
    """Whether all rows say the same in words, without notes of their own."""
    if len(cells) < 2:
        return False
    said = set()
    for cell, notes in zip(cells, of_rows, strict=True):
        if cell is None or cell.said is None or cell.is_number or cell.parts or not {*cell.notes} <= {*over, *notes}:
            return False
        said.add(cell.said)
    return len(said) == 1
