"""Items where they stand in a document: each item and each row of one, with its pointer; rows gathered in containers.

Whoever has something to say of an item takes its location from here. The file, the line and the column of a pointer are
added once, by who knows the document that the items were read from (`exporter.filing.Filing.located`).

No fact says which container a row stands in: what rows and containers have in common does, as
`exporter.items.declare.rows` describes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from attrs import frozen

from exporter.errors import ModelError
from exporter.findings import Finding, Location, Severity
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    DimensionDeclaration,
    PeriodDeclaration,
    RowsDeclaration,
    UnitDeclaration,
    is_item_class,
)
from exporter.items.values import Month
from exporter.model.period import Duration, Instant

T = TypeVar("T")
_ITEMS = "/items"


@frozen
class PlacedItem(Generic[T]):
    """An item and its JSON pointer in the document: ``/items/3``, for a row of it ``/items/3/rows/2``."""

    pointer: str
    item: T

    @property
    def path(self) -> str:
        """Where the item stands, in words: ``items[3]``, a row ``items[3].rows[2]``."""
        return item_label(self.pointer)

    @property
    def label(self) -> str:
        """What a message calls the item: ``items[3] ExchangeRateSeries``, a row ``items[3].rows[2] ExchangeRates``."""
        return item_label(self.pointer, type(self.item).__name__)

    def at(self, field: str = "") -> Location:
        """The location of the item, or of a field of it."""
        return Location(pointer=f"{self.pointer}/{field}" if field else self.pointer, item=self.label)

    def finding(
        self, code: str, message: str, *, field: str = "", fix: str | None = None, warning: bool = False
    ) -> Finding:
        """A finding at the item, or at a field of it."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Finding(code=code, message=message, severity=severity, location=self.at(field), fix=fix)

    def rows(self) -> Iterator[PlacedItem[Any]]:
        """The rows that the item is made of."""
        name = item_specification(type(self.item)).name_of(RowsDeclaration)
        if name is not None:
            yield from rows_at(getattr(self.item, name), f"{self.pointer}/{name}")


def item_label(pointer: str, name: str = "") -> str:
    """What a message calls the item at a pointer; ``name`` is the name of its class."""
    steps = pointer.split("/")[1:]
    path = ".".join(f"{list_name}[{index}]" for list_name, index in zip(steps[::2], steps[1::2], strict=True))
    return f"{path} {name}" if name else path


def rows_at(items: Iterable[T], pointer: str = _ITEMS) -> Iterator[PlacedItem[T]]:
    """The items of a list that stands at a pointer."""
    for index, item in enumerate(items):
        yield PlacedItem(f"{pointer}/{index}", item)


def placed_items(items: Iterable[Any]) -> Iterator[PlacedItem[Any]]:
    """Every item of a document, each followed by its rows; what is no report item is left out."""
    for placed in rows_at(items):
        if is_item_class(type(placed.item)):
            yield from _with_rows(placed)


def _with_rows(placed: PlacedItem[Any]) -> Iterator[PlacedItem[Any]]:
    yield placed
    for row in placed.rows():
        yield from _with_rows(row)


@frozen(eq=False)
class UnfilledContainer:
    """The values of a container with concepts of its own, but for its rows."""

    spec: ItemSpec
    values: dict[str, Any]


@frozen(kw_only=True)
class GatheredItems:
    """Items with their rows in them; ``findings`` say which containers could not be made."""

    items: tuple[Any, ...]
    findings: tuple[Finding, ...]


def gather_rows(parts: Iterable[Any], specs: Iterable[ItemSpec]) -> GatheredItems:
    """Put rows into their containers; each container stands where its first part stood.

    Args:
        parts: items and unfilled containers, in their order.
        specs: the classes that the items may be of; a row goes to the first class of containers that takes it.
    """
    waiting = dict(enumerate(parts))
    findings: list[Finding] = []
    for table in _tables(specs):
        rows = {place: part for place, part in waiting.items() if type(part) in table.row_types}
        groups = table.around(_unfilled(waiting, table.spec), rows) if table.has_concepts else table.groups(rows)
        for values, container_places, row_places in groups:
            places = [*container_places, *row_places]
            try:
                container = table.spec.cls(**values, **{table.field: [rows[place] for place in row_places]})
            except ModelError as error:
                findings.append(_not_made(table, error))
                places = container_places
            else:
                waiting[min(places)] = container
                places.remove(min(places))
            for place in places:
                del waiting[place]
    return GatheredItems(items=tuple(part for _, part in sorted(waiting.items())), findings=tuple(findings))


def _unfilled(parts: dict[int, Any], spec: ItemSpec) -> dict[int, UnfilledContainer]:
    return {place: part for place, part in parts.items() if isinstance(part, UnfilledContainer) and part.spec is spec}


def _not_made(table: _ContainerTable, error: ModelError) -> Finding:
    return Finding(
        code="exporter:incompleteItem",
        severity=Severity.WARNING,
        message=f"the rows of a {table.spec.name} come back by themselves, for they make none: {error}",
        location=Location(item=table.spec.name),
        fix="correct the figures that contradict each other, or leave the rows by themselves",
    )


def merged_containers(items: tuple[Any, ...]) -> Iterator[Finding]:
    """Report the containers of a document that its facts do not give back, for nothing tells their rows apart."""
    tables = {table.spec.cls: table for table in _tables(item_specification(type(item)) for item in items)}
    gathering = {cls for cls, table in tables.items() if table.has_concepts or not table.declaration.alone}
    if not gathering:
        return
    parts = [part for item in items for part in _parts(item, tables)]
    read_back = Counter(gather_rows(parts, [table.spec for table in tables.values()]).items)
    for placed in rows_at(items):
        table = tables.get(type(placed.item))
        if table is None or type(placed.item) not in gathering or placed.item in read_back:
            continue
        if table.has_concepts or len(getattr(placed.item, table.field)) >= table.declaration.least:
            yield placed.finding(
                "exporter:containersAlike",
                f"no fact says which rows belong to this {table.spec.name}: read back, they come in another",
                fix="join the containers, or give their rows different values in a field that rows(by=…) names",
                warning=True,
            )


def _parts(item: Any, tables: dict[type[Any], _ContainerTable]) -> Iterator[Any]:
    """What the facts of an item give back before rows are gathered."""
    table = tables.get(type(item))
    if table is None:
        yield item
        return
    if table.has_concepts:
        names = (field.name for field in table.spec.fields if field.name != table.field)
        yield UnfilledContainer(table.spec, {name: getattr(item, name) for name in names})
    for row in getattr(item, table.field):
        yield from _parts(row, tables)


Groups = Iterator[tuple[dict[str, Any], list[int], list[int]]]
"""For each container its values but for rows, the places of its facts' item, and the places of its rows."""


@frozen(eq=False)
class _ContainerTable:
    """The rows of a class of containers."""

    spec: ItemSpec
    field: str
    declaration: RowsDeclaration
    row_types: frozenset[type[Any]]

    @property
    def has_concepts(self) -> bool:
        return bool(self.spec.concepts)

    def groups(self, rows: dict[int, Any]) -> Groups:
        """The containers without concepts that rows make."""
        if self.declaration.alone:
            return
        own = tuple(aspect.name for aspect in self.spec.declared(*_ASPECTS))
        by_values: dict[tuple[Any, ...], list[int]] = {}
        for place, row in rows.items():
            by_values.setdefault(tuple(getattr(row, name) for name in (*own, *self.declaration.by)), []).append(place)
        for values, places in by_values.items():
            if len(places) >= self.declaration.least:
                yield dict(zip(own, values, strict=False)), [], places

    def around(self, unfilled: dict[int, UnfilledContainer], rows: dict[int, Any]) -> Groups:
        """The containers with concepts, each with the rows that agree with it."""
        period_field = self.spec.only(PeriodDeclaration)
        assert period_field is not None
        shared = {cls: self._shared_fields(item_specification(cls)) for cls in self.row_types}
        agreeing: dict[tuple[type[Any], tuple[Any, ...]], list[int]] = {}
        for place, container in unfilled.items():
            for cls, names in shared.items():
                values = tuple(container.values.get(name) for name in names)
                agreeing.setdefault((cls, values), []).append(place)
        rows_of: dict[int, list[int]] = {place: [] for place in unfilled}
        for place, row in rows.items():
            values = tuple(getattr(row, name) for name in shared[type(row)])
            candidates = agreeing.get((type(row), values), [])
            if len(candidates) > 1 and (field := item_specification(type(row)).only(PeriodDeclaration)) is not None:
                period = getattr(row, field.name)
                periods = {candidate: unfilled[candidate].values[period_field.name] for candidate in candidates}
                candidates = _narrowest_around(period, periods)
            if candidates:
                rows_of[candidates[0]].append(place)
        for place, row_places in rows_of.items():
            yield unfilled[place].values, [place], row_places

    def _shared_fields(self, row: ItemSpec) -> tuple[str, ...]:
        """The fields in which rows of a class agree with their container."""
        theirs = {field.name: field.declaration for field in row.declared(DimensionDeclaration, UnitDeclaration)}
        own = self.spec.declared(DimensionDeclaration, UnitDeclaration)
        return self.declaration.by or tuple(field.name for field in own if theirs.get(field.name) == field.declaration)


_ASPECTS = (PeriodDeclaration, DimensionDeclaration, UnitDeclaration)


def _tables(specs: Iterable[ItemSpec]) -> list[_ContainerTable]:
    """The classes of containers, each after those of its rows."""
    ordered: list[_ContainerTable] = []
    entered: set[ItemSpec] = set()

    def visit(spec: ItemSpec) -> None:
        field = spec.only(RowsDeclaration)
        if field is None or spec in entered:
            return
        entered.add(spec)
        for row in field.types:
            visit(item_specification(row))
        declaration = field.declaration
        assert isinstance(declaration, RowsDeclaration)
        ordered.append(_ContainerTable(spec, field.name, declaration, frozenset(field.types) - {spec.cls}))

    for spec in specs:
        visit(spec)
    return ordered


def _narrowest_around(period: Any, candidates: dict[int, Any]) -> list[int]:
    """The candidates whose period holds ``period``, the narrowest first."""
    first, last = _days(period)
    spans = {place: _days(candidate) for place, candidate in candidates.items()}
    around = [place for place, (start, end) in spans.items() if start <= first and last <= end]
    return sorted(around, key=lambda place: spans[place][1] - spans[place][0])


def _days(period: Any) -> tuple[int, int]:
    """The first and the last day of the period of an item, as ordinals."""
    if isinstance(period, Month):
        period = period.duration
    if isinstance(period, Instant):
        return period.date.toordinal(), period.date.toordinal()
    if isinstance(period, Duration):
        return period.first_day.toordinal(), period.last_day.toordinal()
    return period.toordinal(), period.toordinal()
