"""Which level states what for a fact column: column, property group, template, report (xBRL-CSV 1.0, inheritance)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import frozen

from exporter.formats.xbrl_csv.read.structure import CORE_DIMENSIONS
from exporter.formats.xbrl_csv.read.templates import CsvTable, Properties, TemplateColumn
from exporter.formats.xbrl_csv.values import ROW_NUMBER, ParameterReference, Source, Special, Written, parse_special


@frozen
class ValueOrigin:
    """Where a value is taken from: ``cell`` (a position in the row), the row number, or ``fixed``.

    ``is_own`` says that the fact's column, its property group or a cell of its row states it, so that it is meant
    for this fact and not only passed down to it.
    """

    fixed: Written | None = None
    cell: int | None = None
    is_row_number: bool = False
    moment: Literal["start", "end"] | None = None
    is_own: bool = True

    def value(self, row: list[str], number: int) -> Written | None:
        """The value for a row, ``None`` for none; raises `LexicalError` for an unknown special value."""
        if self.cell is not None:
            text = row[self.cell]
            value: Written | None = None if not text else parse_special(text) if text[0] == "#" else text
            return None if value is Special.NONE else value
        return str(number) if self.is_row_number else self.fixed

    @property
    def varies(self) -> bool:
        """Whether the value depends on the row."""
        return self.cell is not None or self.is_row_number

    @property
    def mask(self) -> int:
        """The bit of the cell."""
        return 0 if self.cell is None else 1 << self.cell


NOWHERE = ValueOrigin()


@frozen(kw_only=True)
class Recipe:
    """The origins of all that makes a fact, for one column and one choice of property groups.

    ``place`` is a number that recipes share whose facts stand in one context wherever they stand in one row.
    ``mask`` has the bits of the cells that every fact uses, whatever its type.
    """

    number: int
    place: int
    concept: ValueOrigin
    entity: ValueOrigin
    period: ValueOrigin
    unit: ValueOrigin
    language: ValueOrigin
    axes: tuple[tuple[str, ValueOrigin], ...]
    decimals: int | None
    decimals_from: ValueOrigin | None
    decimals_is_own: bool
    mask: int

    @property
    def has_own(self) -> bool:
        """Whether concept, unit, language or decimals depend on the row."""
        return any(origin.varies for origin in (self.concept, self.unit, self.language, self.decimals_from or NOWHERE))

    def decimals_text(self, row: list[str], number: int) -> str:
        """What the row, or a parameter, says of decimals where these are a reference."""
        origin = self.decimals_from
        if origin is None:
            return ""
        if origin.cell is not None:
            return row[origin.cell]
        if origin.is_row_number:
            return str(number)
        return origin.fixed if isinstance(origin.fixed, str) else origin.fixed.value if origin.fixed else ""


class RecipeWriter:
    """Makes recipes for the columns of one table, whose file has columns at ``positions``."""

    def __init__(
        self,
        table: CsvTable,
        report: Properties,
        *,
        positions: Mapping[str, int],
        parameters: Mapping[str, str],
    ) -> None:
        self._table, self._report = table, report
        self._positions = positions
        self._parameters = {**parameters, **table.parameters}
        self._count = 0
        self._places: dict[tuple[object, ...], int] = {}

    def cells(self, column: TemplateColumn) -> frozenset[int]:
        """The positions of all cells that facts of ``column`` may depend on."""
        levels = [column.properties, self._table.template.properties, self._report]
        groups = [self._table.template.columns[name] for name in column.properties_from]
        levels += (group for source in groups for group in source.groups.values())
        names = {reference.name for level in levels for _, reference in level.references()}
        names |= {source.name for source in groups}
        return frozenset(
            self._positions[name]
            for name in names
            if name in self._positions and self._table.template.columns[name].kind in ("parameter", "group")
        )

    def needs_row_number(self, column: TemplateColumn) -> bool:
        """Whether a fact of ``column`` may depend on the number of its row."""
        levels = [column.properties, self._table.template.properties, self._report]
        levels += (
            group for name in column.properties_from for group in self._table.template.columns[name].groups.values()
        )
        return any(reference.name == ROW_NUMBER for level in levels for _, reference in level.references())

    def write(self, column: TemplateColumn, groups: Iterable[Properties], mask: int) -> Recipe:
        """The recipe for ``column`` where ``groups`` are chosen; ``mask`` has the bits of the cells that chose."""
        self._count += 1
        own = [column.properties, *groups]
        origins: dict[str, ValueOrigin] = {}
        for level in (*own, self._table.template.properties, self._report):
            for name, source in level.dimensions.items():
                if name not in origins:
                    origins[name] = self._origin(source, is_own=level in own)
        levels = (*own, self._table.template.properties, self._report)
        stating = next((level for level in levels if level.decimals is not None), Properties())
        axes = tuple((name, origins[name]) for name in origins if name not in CORE_DIMENSIONS)
        concept, entity, period, unit, language = (origins.get(name, NOWHERE) for name in CORE_DIMENSIONS)
        decimals = stating.decimals
        taken = self._origin(decimals, is_own=True) if isinstance(decimals, ParameterReference) else None
        for origin in (concept, entity, period, *(origin for _, origin in axes)):
            mask |= origin.mask
        return Recipe(
            number=self._count,
            place=self._places.setdefault((entity, period, axes), len(self._places)),
            concept=concept,
            entity=entity,
            period=period,
            unit=unit,
            language=language,
            axes=axes,
            decimals=decimals if isinstance(decimals, int) else None,
            decimals_from=taken,
            decimals_is_own=stating in own or (taken is not None and taken.cell is not None),
            mask=mask,
        )

    def _origin(self, source: Source, *, is_own: bool) -> ValueOrigin:
        if not isinstance(source, ParameterReference):
            return ValueOrigin(None if source is Special.NONE else source, is_own=is_own)
        column = self._table.template.columns.get(source.name)
        if source.name == ROW_NUMBER:
            return ValueOrigin(is_row_number=True)
        if column is not None and column.kind == "parameter":
            if source.name not in self._positions:
                return NOWHERE
            return ValueOrigin(cell=self._positions[source.name], moment=source.moment)
        text = self._parameters.get(source.name)
        value = None if not text else parse_special(text)
        return ValueOrigin(None if value is Special.NONE else value, moment=source.moment, is_own=is_own)
