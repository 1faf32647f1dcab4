"""Items of tables: workbooks, frames, CSV, Parquet and databases, with or without a mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.items.from_tree import read_item_list
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


def read_document(
    source: Any,
    mapping: MappingOf | None,
    classes: ItemClasses,
    *,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Source:
    """The document of items that a source and a mapping make; arguments and errors as for `read_items`."""
    types = tuple(classes)
    if mapping is not None:
        base, folder = _mapping_document(mapping, limits)
        return with_tables(base, folder, types, given=source, limits=limits, on_rows=on_rows)
    if not isinstance(source, str | Path):
        # Imported on use: most items stand in files of items.
        from exporter.sources.tabular import read_given

        return read_given(source, types, on_rows=on_rows)
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return read_sheets(path, types, limits=limits, on_rows=on_rows)
    if suffix in YAML_SUFFIXES or suffix == ".json":
        base = read_source(path, limits)
        return with_tables(base, path.parent, types, limits=limits, on_rows=on_rows)
    whole = _MappingInPython({"tables": [{"type": None, "file": str(path.resolve())}]})
    return with_tables(whole, path.parent, types, limits=limits, on_rows=on_rows)


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
    if not isinstance(base.value, Mapping) or (base.value.get("tables") is None and given is None):
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
