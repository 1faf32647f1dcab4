"""Units: in which currency and under which power of ten a figure is printed, and what else than money it may count.

A figure's own signs come first, then the head of its column, of its row, the heads and caption of its table, the text
above the table, and what the document says of all its amounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeVar

from attrs import define, evolve, field

from exporter.findings import list_text
from exporter.items.values.printed import PrintedValue, SurfaceKind
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.text.captions import read_caption
from exporter.tagging.text.lexicon import GOES_ON
from exporter.tagging.text.surroundings import CellPlace, Surroundings

_Read = TypeVar("_Read")
_NEXT_WORD: Final = re.compile(r"[ \u00a0\u2009\u202f]{0,4}(?P<word>[A-Za-z][A-Za-z’'-]*)")


@define(eq=False)
class Units:
    """The units of the figures of one document."""

    surroundings: Surroundings
    _of_table: dict[int, tuple[int | None, frozenset[str]]] = field(factory=dict)

    def possible_scales(self, surface: PrintedValue) -> tuple[int, ...]:
        """The powers of ten under which the digits may be meant."""
        if surface.scale is not None:
            return (surface.scale,)
        if surface.percent is not None:
            return (surface.percent,)
        if self.surroundings.percent_follows(surface.span.end):
            return (-2,)
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is None:
            return (0,)
        scales = [0]
        given = self.declared_scale(cell)
        scales += [given] if given else []
        heads = (
            self.surroundings.column_head(cell),
            self.surroundings.row_head(cell),
            self.surroundings.table_words(cell.table),
        )
        is_hundredths = any(map(self.surroundings.heads.is_percent, heads)) or self._is_minor(cell)
        scales += [-2] if is_hundredths else []
        return tuple(dict.fromkeys(scales))

    def declared_scale(self, cell: CellPlace) -> int | None:
        """The scale that the heads of a cell, its table or the document give."""
        for head in (self.surroundings.column_head(cell), self.surroundings.row_head(cell)):
            if (scale := self.surroundings.heads.scale(head)) is not None:
                return scale
        return self._table_unit(cell.table)[0]

    def declared_currencies(self, cell: CellPlace) -> frozenset[str]:
        """The currencies that the heads of a cell, its table or the document give; none where none does."""
        heads = (self.surroundings.column_head(cell), self.surroundings.row_head(cell))
        for head in heads:
            if (named := self.surroundings.heads.currencies(head)) and not self.surroundings.heads.is_rate(head):
                return named
        return self._table_unit(cell.table)[1]

    def scales_for(self, expected: ExpectedFact, surface: PrintedValue) -> tuple[int, ...]:
        """Of the possible scales those that a fact of this unit may be printed under."""
        scales = self.possible_scales(surface)
        if surface.is_minor and not (expected.currency and not expected.base_currency):
            return ()
        if surface.scale is not None or surface.percent is not None:
            return scales
        if self.surroundings.percent_follows(surface.span.end):
            return (
                scales if expected.is_percent or expected.fact.unit is None or not expected.fact.unit.numerators else ()
            )
        if expected.is_percent:
            return tuple(scale for scale in scales if scale in (0, -2))
        cell = self.surroundings.cell_at(surface.span.start)
        if expected.is_quotient and expected.currency and not expected.base_currency and cell is not None:
            return (-2,) if self._is_minor(cell) else (0,)
        if expected.is_quotient or not (expected.currency or expected.is_shares) or cell is None:
            return (0,)
        given = [scale for scale in scales if scale > 0]
        if not given or expected.is_shares:
            return (*given, 0)
        return (0,) if self._is_per_share(cell) else tuple(given)

    def wrong_unit(self, expected: ExpectedFact, surface: PrintedValue) -> str | None:
        """What the place says of its unit that the fact contradicts."""
        if surface.currencies and expected.currency not in surface.currencies:
            return f"it is printed in {list_text(surface.currencies, last=' or ')}"
        if surface.is_points:
            return "it counts points, not percent" if not any("oint" in label for label in expected.labels) else None
        if (
            surface.percent is not None
            and not surface.is_minor
            and (expected.fact.unit or expected.shape is Shape.COUNT)
        ):
            return "it is a percentage"
        if surface.is_shares and not (expected.is_shares or expected.shape is Shape.COUNT):
            return "it counts shares"
        if expected.currency is None or expected.base_currency is not None:
            return None
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is None or not self.surroundings.stands_in_body(cell):
            return self._wrong_in_text(expected, surface)
        named = self.surroundings.sign_before(surface.span.start) or self.declared_currencies(cell)
        if not surface.currencies and named and expected.currency not in named:
            return f"its table is in {list_text(sorted(named), last=' or ')}"
        return self._wrong_per_share(expected, cell)

    def _wrong_per_share(self, expected: ExpectedFact, cell: CellPlace) -> str | None:
        if self._is_per_share(cell) and not expected.is_quotient:
            return "it is an amount per share"
        return None

    def _is_per_share(self, cell: CellPlace) -> bool:
        """By the row's own words where they name a figure, else by those of its section and column too."""
        section, own = self.surroundings.row_words(cell)
        if read_caption(own).items:
            return self.surroundings.heads.is_per_share(own)
        return self.surroundings.heads.is_per_share(f"{section} {own} {self.surroundings.column_head(cell)}")

    def _wrong_in_text(self, expected: ExpectedFact, surface: PrintedValue) -> str | None:
        per_share = surface.is_per_share
        if per_share and not expected.is_quotient:
            return "it is an amount per share"
        if surface.currencies or surface.is_minor or surface.kind is SurfaceKind.WORDS:
            return None
        if counted := self.counted(surface):
            return f"it counts {counted}"
        return None

    def counted(self, surface: PrintedValue) -> str | None:
        """The word behind a number that names what it counts: "2,418 trees"."""
        match = _NEXT_WORD.match(self.surroundings.text, surface.outer.end)
        if match is None or match["word"].lower() in GOES_ON or surface.is_shares:
            return None
        return match["word"]

    def _is_minor(self, cell: CellPlace) -> bool:
        heads = (self.surroundings.row_head(cell), self.surroundings.column_head(cell))
        return any(map(self.surroundings.heads.is_minor, heads))

    def _table_unit(self, table: int) -> tuple[int | None, frozenset[str]]:
        unit = self._of_table.get(table)
        if unit is None:
            texts = (*self.surroundings.table_texts(table), *self._everywhere)
            scale = _first(self.surroundings.heads.scale, texts)
            heads = self.surroundings.table_heads(table)
            named = _first(self._plain_currencies, heads) or _first(self._declared, texts)
            unit = self._of_table[table] = (scale, named or frozenset())
        return unit

    def _plain_currencies(self, head: str) -> frozenset[str] | None:
        heads = self.surroundings.heads
        return None if heads.is_rate(head) else heads.currencies(head) or None

    def _declared(self, text: str) -> frozenset[str] | None:
        heads = self.surroundings.heads
        return None if heads.is_rate(text) else heads.declared_currencies(text) or None

    @cached_property
    def _everywhere(self) -> tuple[str, ...]:
        """What the document says of the units of all its amounts."""
        text = self.surroundings.text
        return tuple(match[0] for match in self.surroundings.heads.everywhere.finditer(text))


def _first(read: Callable[[str], _Read | None], texts: Iterable[str]) -> _Read | None:
    return next((value for text in texts if (value := read(text)) is not None), None)


def as_number(surface: PrintedValue, surroundings: Surroundings) -> PrintedValue | None:
    """A surface read as a number: four digits alone may be a year or a number, in the body of a table both."""
    if surface.is_number:
        return surface
    plain = (
        surface.kind is SurfaceKind.YEAR and not surface.within and surface.text.isascii() and surface.text.isdigit()
    )
    if not plain:
        return None
    cell = surroundings.cell_at(surface.span.start)
    if cell is None or not surroundings.stands_in_columns(cell):
        return None
    return evolve(surface, kind=SurfaceKind.NUMBER, value=Decimal(surface.text))
