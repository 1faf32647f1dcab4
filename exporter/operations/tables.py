"""Items of tables: workbooks, frames, CSV, Parquet and databases, with or without a mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import MAX_FINDINGS, Finding, Location, at_most, has_errors
from exporter.items.from_tree import ItemStructurer, read_item_list
from exporter.items.placed import PlacedItem
from exporter.operations.classes import ItemClasses
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources import WORKBOOK_SUFFIXES, YAML_SUFFIXES, Source, read_source

MappingOf = Mapping[str, Any] | Sequence[Mapping[str, Any]] | Path | str
"""A mapping: a YAML file with ``tables``, what would stand in it, a list of tables, or one table."""

Frames = Any
"""A frame, frames by name, or an engine or connection of SQLAlchemy."""

OnRows = Callable[[int], None]
_DOCUMENT: Final = frozenset({"tables", "filing", "items", "schema"})


@frozen
class _MappingInPython:
    """A mapping that stands in no file; see `exporter.sources.Source`."""

    value: Any
    name: str | None = None
    findings: tuple[Finding, ...] = ()

    def locate(self, pointer: str) -> Location:
        return Location(pointer=pointer)


def read_items(
    source: Any,
    mapping: MappingOf | None = None,
    *,
    classes: Iterable[type[Any]] = (),
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> tuple[Any, ...]:
    """The items of a table, or of a file of items.

    Args:
        source: a frame (pandas, polars, pyarrow, DuckDB), frames by name, an engine or connection of SQLAlchemy, or the
            path of a workbook, a CSV, Parquet, YAML or items JSON file.
        mapping: which column is which field. Left out, the headings are fields, and the name of a frame or a sheet, or
            a column ``type``, is the item.
        classes: item classes beside the disclosures of this package.
        limits: what to accept.
        on_rows: called now and then with the number of rows read.

    Raises:
        ReadError: with every finding, at its cell.
        MissingExtraError: a library is needed that is not installed.
    """
    known = ItemClasses(classes)
    document = read_document(source, mapping, known, limits=limits, on_rows=on_rows)
    in_json = mapping is None and isinstance(source, str | Path) and Path(source).suffix.lower() == ".json"
    return read_item_list(document, known, in_json=in_json)


def iter_items(
    source: Any,
    mapping: MappingOf | None = None,
    *,
    classes: Iterable[type[Any]] = (),
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Iterator[Any]:
    """The items of a table one by one, in memory that does not grow with its rows; arguments as for `read_items`.

    Items with a place among the others (``#order``), or with rows of their own (``#item``, ``PriceHistory.rows``), come
    last, and are held until then. openpyxl holds the different texts of a workbook.

    Raises:
        ReadError: after the last item that is sound, with every finding, at its cell.
        MissingExtraError: a library is needed that is not installed.
    """
    findings: list[Finding] = []
    known = ItemClasses(classes)
    pieces = iter_document(source, mapping, known, limits=limits, on_rows=on_rows)
    for placed, _ in iter_placed(pieces, known, findings):
        yield placed.item
    if has_errors(findings):
        raise ReadError(findings=findings)


def iter_placed(
    pieces: Iterable[Source], classes: ItemClasses, findings: list[Finding]
) -> Iterator[tuple[PlacedItem[Any], Source]]:
    """The items of a document that comes in pieces, with the piece that knows their cells.

    What is wrong with others is added to ``findings``, up to a bound.

    Raises:
        ReadError: there are so many findings that no more are taken.
    """
    structurer = ItemStructurer(classes)
    for piece in pieces:
        structurer = evolve(structurer, locate=piece.locate, findings=[]).spoken_in(piece.value)
        for placed in structurer.placed(piece.value, getattr(piece, "base_items", 0)):
            yield placed, piece
        findings += [*piece.findings, *structurer.findings]
        if len(findings) > MAX_FINDINGS:
            raise ReadError(findings=at_most(findings, MAX_FINDINGS))


@frozen
class _Given:
    """What a source and a mapping lead to: a document of items with ``tables``, or a workbook, or frames."""

    base: Source | None
    folder: Path = Path()
    given: Any = None


def _resolved(source: Any, mapping: MappingOf | None, limits: Limits) -> _Given:
    if mapping is not None:
        base, folder = _mapping_document(mapping, limits)
        return _Given(base, folder, source)
    if not isinstance(source, str | Path):
        return _Given(None, given=source)
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return _Given(None, given=path)
    if suffix in YAML_SUFFIXES or suffix == ".json":
        return _Given(read_source(path, limits), path.parent)
    return _Given(_MappingInPython({"tables": [{"type": None, "file": str(path.resolve())}]}), path.parent)


def read_document(
    source: Any,
    mapping: MappingOf | None,
    classes: ItemClasses,
    *,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Source:
    """The document of items that a source and a mapping make; arguments and errors as for `read_items`."""
    types, to_read = tuple(classes), _resolved(source, mapping, limits)
    if to_read.base is not None:
        return with_tables(to_read.base, to_read.folder, types, given=to_read.given, limits=limits, on_rows=on_rows)
    if isinstance(to_read.given, Path):
        return read_sheets(to_read.given, types, limits=limits, on_rows=on_rows)
    # Imported on use: most items stand in files of items.
    from exporter.sources.tabular import read_given

    return read_given(to_read.given, types, on_rows=on_rows)


def iter_document(
    source: Any,
    mapping: MappingOf | None,
    classes: ItemClasses,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Iterator[Source]:
    """The document piece by piece, what its items share in the first; ``name`` is that of a workbook in locations."""
    from exporter.sources.tabular import iter_given, iter_mapped, iter_workbook

    types, to_read = tuple(classes), _resolved(source, mapping, limits)
    base, given = to_read.base, to_read.given
    if base is None:
        pieces = iter_given if not isinstance(given, Path) else partial(iter_workbook, name=name, limits=limits)
        yield from pieces(given, types, on_rows=on_rows)
    elif _has_tables(base, given):
        yield from iter_mapped(base, to_read.folder, types, given=given, limits=limits, on_rows=on_rows)
    else:
        yield base


def _has_tables(base: Source, given: Any) -> bool:
    """Whether a document of items names tables, or is given what they are in."""
    return isinstance(base.value, Mapping) and (base.value.get("tables") is not None or given is not None)


def read_sheets(
    path: Path,
    types: Iterable[str],
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Source:
    """A workbook whose sheets are called as the items in them; see `exporter.sources.tabular.read_workbook`."""
    from exporter.sources.tabular import read_workbook

    return read_workbook(path, tuple(types), name=name, limits=limits, on_rows=on_rows)


def with_tables(
    base: Source,
    folder: Path,
    types: Iterable[str],
    *,
    given: Any = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Source:
    """A document of items with the items of the tables that it names, or of what is given; else as it is."""
    if not _has_tables(base, given):
        return base
    from exporter.sources.tabular import read_mapped

    return read_mapped(base, folder, tuple(types), given=given, limits=limits, on_rows=on_rows)


def _mapping_document(mapping: MappingOf, limits: Limits) -> tuple[Source, Path]:
    if isinstance(mapping, str | Path):
        path = Path(mapping)
        base = read_source(path, limits, is_yaml=path.suffix.lower() != ".json")
        if not isinstance(base.value, Mapping) or "tables" not in base.value:
            message = "the mapping has no tables"
            fix = "write tables: with a list of tables, each with its type and columns"
            location = base.locate("")
            raise ReadError(
                findings=[Finding(code="exporter:invalidMapping", message=message, location=location, fix=fix)]
            )
        return base, path.parent
    if isinstance(mapping, Mapping) and mapping.keys() & _DOCUMENT:
        return _MappingInPython(dict(mapping)), Path()
    tables = [dict(mapping)] if isinstance(mapping, Mapping) else [dict(table) for table in mapping]
    return _MappingInPython({"tables": tables}), Path()
