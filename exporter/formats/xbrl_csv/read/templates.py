"""Table templates, columns, property groups and tables of xBRL-CSV 1.0, as the metadata defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from exporter.errors import LexicalError
from exporter.findings import Finding, list_text
from exporter.formats.xbrl_csv.read.dimension_values import DimensionParser
from exporter.formats.xbrl_csv.read.metadata import Metadata
from exporter.formats.xbrl_csv.values import (
    ROW_NUMBER,
    ParameterReference,
    Source,
    Special,
    parse_decimals_source,
    parse_source,
)

Kind = Literal["fact", "group", "comment", "parameter"]
Decimals = int | ParameterReference | Special | None


@frozen
class Properties:
    """Dimensions and decimals stated at one level; ``path`` is where in the metadata."""

    path: tuple[str, ...] = ()
    dimensions: Mapping[str, Source] = field(factory=dict)
    decimals: Decimals = None

    def references(self) -> Iterator[tuple[str, ParameterReference]]:
        """The references made here, each with the member that makes it."""
        for name, source in self.dimensions.items():
            if isinstance(source, ParameterReference):
                yield f"dimensions/{name}", source
        if isinstance(self.decimals, ParameterReference):
            yield "decimals", self.decimals


@frozen
class TemplateColumn:
    """A column; ``groups`` are those of a property-group column, ``properties_from`` names such columns."""

    name: str
    kind: Kind
    properties: Properties = Properties()
    groups: Mapping[str, Properties] = field(factory=dict)
    properties_from: tuple[str, ...] = ()


@frozen
class Template:
    """What the tables of one kind have in common."""

    name: str
    columns: Mapping[str, TemplateColumn]
    properties: Properties = Properties()
    row_id_column: str | None = None

    def levels(self) -> Iterator[Properties]:
        """Every place in the template where properties are stated."""
        yield self.properties
        for column in self.columns.values():
            yield column.properties
            yield from column.groups.values()


@frozen
class CsvTable:
    """A CSV file and the template that it follows."""

    name: str
    url: str
    template: Template
    is_optional: bool = False
    parameters: Mapping[str, str] = field(factory=dict)


@frozen
class Layout:
    """All tables of a report, with what is stated for all of them."""

    report: Properties
    templates: Mapping[str, Template]
    tables: tuple[CsvTable, ...]


class LayoutReader:
    """Makes a `Layout` of merged metadata; ``add`` takes what is wrong, ``warn`` what need not stop the reading."""

    def __init__(
        self,
        metadata: Metadata,
        parser: DimensionParser,
        *,
        add: Callable[[Finding], None],
        warn: Callable[[Finding], None],
    ) -> None:
        self._metadata, self._parser, self._add, self._warn = metadata, parser, add, warn

    def read(self) -> Layout:
        """The layout; incomplete where there were findings."""
        tree = self._metadata.tree
        templates = {
            name: self._template(name, value, ("tableTemplates", name))
            for name, value in tree.get("tableTemplates", {}).items()
        }
        csv_tables = [self._table(name, value, templates) for name, value in tree.get("tables", {}).items()]
        tables = tuple(table for table in csv_tables if table is not None)
        for name in sorted(templates.keys() - {table.template.name for table in tables}):
            self._check_concepts(templates[name])
        return Layout(self._properties(tree, ()), templates, tables)

    def _check_concepts(self, template: Template) -> None:
        """The concepts of a template that no table uses: no fact will show that one does not exist."""
        for level in template.levels():
            name = level.dimensions.get("concept")
            if isinstance(name, str) and not self._parser.may_exist(name):
                place = (*level.path, "dimensions", "concept")
                message = f"the taxonomy has no concept {name}"
                self._warn(
                    Finding(
                        code="oime:unknownConcept",
                        message=message,
                        location=self._metadata.place(*place),
                        fix="name a concept of the taxonomy",
                    )
                )

    def _template(self, name: str, value: Mapping[str, Any], path: tuple[str, ...]) -> Template:
        columns = {
            column_name: self._column(column_name, definition, (*path, "columns", column_name))
            for column_name, definition in value["columns"].items()
        }
        template = Template(name, columns, self._properties(value, path), value.get("rowIdColumn"))
        self._check_row_id(template, path)
        for column in columns.values():
            self._check_groups(column, columns, (*path, "columns", column.name))
        return template

    def _column(self, name: str, value: Mapping[str, Any], path: tuple[str, ...]) -> TemplateColumn:
        kinds: list[Kind] = []
        if "dimensions" in value or "propertiesFrom" in value:
            kinds.append("fact")
        if "propertyGroups" in value:
            kinds.append("group")
        if value.get("comment") is True:
            kinds.append("comment")
        if len(kinds) > 1:
            message = f"a column is one of fact, property group and comment, this is {list_text(kinds, last=' and ')}"
            self._finding("xbrlce:conflictingColumnType", message, path, "split the column")
        if "decimals" in value and kinds[:1] != ["fact"]:
            message = "decimals stand on a fact column or in a property group"
            self._finding("xbrlce:misplacedDecimalsOnNonFactColumn", message, (*path, "decimals"), "remove decimals")
        groups = {
            group_name: self._properties(definition, (*path, "propertyGroups", group_name))
            for group_name, definition in value.get("propertyGroups", {}).items()
        }
        kind: Kind = kinds[0] if kinds else "parameter"
        sources = tuple(value.get("propertiesFrom", ()))
        return TemplateColumn(name, kind, self._properties(value, path), groups, sources)

    def _properties(self, value: Mapping[str, Any], path: tuple[str, ...]) -> Properties:
        dimensions: dict[str, Source] = {}
        for name, text in value.get("dimensions", {}).items():
            try:
                source = parse_source(text, is_period=name == "period")
                if not isinstance(source, ParameterReference):
                    self._parser.check(name, source)
                dimensions[name] = source
            except LexicalError as error:
                self._finding(error.code, error.message, (*path, "dimensions", name), error.fix)
        decimals: Decimals = None
        if "decimals" in value:
            try:
                decimals = parse_decimals_source(value["decimals"])
            except LexicalError as error:
                self._finding(error.code, error.message, (*path, "decimals"), error.fix)
        return Properties(path, dimensions, decimals)

    def _check_row_id(self, template: Template, path: tuple[str, ...]) -> None:
        name = template.row_id_column
        if name is None:
            return
        column = template.columns.get(name)
        if column is None:
            message = f"there is no column {name!r}"
            self._finding("xbrlce:undefinedRowIdColumn", message, (*path, "rowIdColumn"), "define the column")
        elif column.kind != "parameter":
            message = f"the column {name!r} is a {column.kind} column, expected one without any properties"
            self._finding("xbrlce:invalidRowIdColumn", message, (*path, "rowIdColumn"), "use another column")

    def _check_groups(
        self, column: TemplateColumn, columns: Mapping[str, TemplateColumn], path: tuple[str, ...]
    ) -> None:
        chosen: list[TemplateColumn] = []
        for name in column.properties_from:
            source = columns.get(name)
            if source is None or source.kind != "group" or source in chosen:
                message = f"expected a property-group column, each once, got {name!r}"
                place = (*path, "propertiesFrom")
                self._finding("xbrlce:invalidPropertyGroupColumnReference", message, place, "name another column")
            else:
                chosen.append(source)
        seen: set[str] = set()
        for source in chosen:
            names = {name for group in source.groups.values() for name in group.dimensions}
            for name in sorted(names & seen):
                message = f"two property-group columns set the dimension {name}"
                self._finding("xbrlce:repeatedPropertyGroupDimension", message, path, "set it in one of them")
            seen |= names
        if sum(any(group.decimals is not None for group in source.groups.values()) for source in chosen) > 1:
            message = "two property-group columns set decimals"
            self._finding("xbrlce:repeatedPropertyGroupDecimalsProperty", message, path, "set it in one of them")

    def _table(self, name: str, value: Mapping[str, Any], templates: Mapping[str, Template]) -> CsvTable | None:
        template_name = value.get("template", name)
        if template_name not in templates:
            message = f"there is no template {template_name!r}"
            place = ("tables", name, *(["template"] if "template" in value else []))
            self._finding("xbrlce:unknownTableTemplate", message, place, "define the template or name another one")
            return None
        return CsvTable(
            name,
            value["url"],
            templates[template_name],
            value.get("optional", False),
            dict(value.get("parameters", {})),
        )

    def _finding(self, code: str, message: str, path: Iterable[str], fix: str | None = None) -> None:
        self._add(Finding(code=code, message=message, location=self._metadata.place(*path), fix=fix))


def check_references(
    layout: Layout, metadata: Metadata, parameters: Mapping[str, str], add: Callable[[Finding], None]
) -> None:
    """Every reference has a target and, the other way round, every parameter is referred to.

    ``parameters`` are those of the report. A reference in a template that no table uses is not checked by its target,
    which may be a parameter of a table.
    """
    reported: set[tuple[str, ...]] = set()
    for table in layout.tables:
        used = {ROW_NUMBER}
        for properties in (layout.report, *table.template.levels()):
            for member, reference in properties.references():
                used.add(reference.name)
                place = (*properties.path, *member.split("/", 1))
                if place not in reported and not _has_target(reference, table, parameters):
                    reported.add(place)
                    message = f"${reference.name} names no parameter column and no parameter of the table {table.name}"
                    add(
                        Finding(
                            code="xbrlce:invalidReferenceTarget",
                            message=message,
                            location=metadata.place(*place),
                            fix="define the column or the parameter",
                        )
                    )
        for name in sorted(table.parameters.keys() - used):
            add(_unreferenced(name, metadata, ("tables", table.name, "parameters", name)))
    levels = [layout.report, *(level for template in layout.templates.values() for level in template.levels())]
    named = {reference.name for level in levels for _, reference in level.references()}
    for name in sorted(parameters.keys() - named):
        add(_unreferenced(name, metadata, ("parameters", name)))


def _has_target(reference: ParameterReference, table: CsvTable, parameters: Mapping[str, str]) -> bool:
    column = table.template.columns.get(reference.name)
    return (
        (column is not None and column.kind == "parameter")
        or reference.name in table.parameters
        or reference.name in parameters
        or reference.name == ROW_NUMBER
    )


def _unreferenced(name: str, metadata: Metadata, path: tuple[str, ...]) -> Finding:
    return Finding(
        code="xbrlce:unreferencedParameter",
        message=f"nothing refers to the parameter {name!r}",
        location=metadata.place(*path),
        fix="leave the parameter out",
    )
