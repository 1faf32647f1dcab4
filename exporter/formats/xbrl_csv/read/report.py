"""Read xBRL-CSV 1.0: a whole report, or facts one by one in bounded memory; its parameters and its links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from attrs import evolve

from exporter.errors import LexicalError, ReadError
from exporter.findings import Finding, FindingLog, Location, shortened
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions, linked, settle
from exporter.formats.xbrl_csv.read.aspects import CellReader, CsvAspectReader
from exporter.formats.xbrl_csv.read.dimension_values import DimensionParser
from exporter.formats.xbrl_csv.read.files import CsvRows, confined_path, find_metadata, is_file
from exporter.formats.xbrl_csv.read.metadata import Metadata, load_metadata
from exporter.formats.xbrl_csv.read.tables import CsvTableReader
from exporter.formats.xbrl_csv.read.templates import LayoutReader, check_references
from exporter.formats.xbrl_csv.values import is_identifier, parse_special
from exporter.model.fact import Fact
from exporter.model.report import Link, Report, Vocabulary
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE
from exporter.resources.limits import Limits
from exporter.sources.cells import cell_name


class LinkReader:
    """The links of a report. ``linked_ids`` are the ids of their ends; ``add`` takes what is wrong."""

    def __init__(self, metadata: Metadata, add: Callable[[Finding], None]) -> None:
        self._metadata, self._add = metadata, add
        self.links: list[Link] = []
        self._places: list[Location] = []
        self._read()
        self.linked_ids = {end for link in self.links for end in (link.source, link.target)}

    def _read(self) -> None:
        types, groups = self._metadata.uris("linkTypes"), self._metadata.uris("linkGroups")
        for kind, by_group in self._metadata.tree.get("links", {}).items():
            arcrole = self._uri(kind, types, "xbrlce:unknownLinkType", ("links", kind))
            for group, sources in by_group.items():
                role = self._uri(group, groups, "xbrlce:unknownLinkGroup", ("links", kind, group))
                for source, targets in sources.items():
                    for number, target in enumerate(targets):
                        if arcrole is not None and role is not None:
                            self.links.append(Link(source, target, arcrole, role))
                            place = self._metadata.place("links", kind, group, source, str(number))
                            self._places.append(place)

    def _uri(self, alias: str, declared: Mapping[str, str], code: str, path: tuple[str, ...]) -> str | None:
        if alias in declared:
            return declared[alias]
        message = f"{alias!r} is not declared in documentInfo"
        self._add(Finding(code=code, message=message, location=self._metadata.place(*path), fix="declare it"))
        return None

    def check(self, fact_ids: AbstractSet[str], notes: AbstractSet[str]) -> None:
        """Report links whose ends do not exist or are not allowed, and notes that nothing links to.

        ``fact_ids`` are the ids of facts among ``linked_ids``, ``notes`` those of all notes.
        """
        for link, place in zip(self.links, self._places, strict=True):
            if link.source not in fact_ids and link.source not in notes:
                self._finding("xbrlce:unknownLinkSource", f"there is no fact {link.source!r}", place)
            if link.target not in fact_ids and link.target not in notes:
                self._finding("xbrlce:unknownLinkTarget", f"there is no fact {link.target!r}", place)
            elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in notes:
                message = f"a footnote link leads to the fact {link.target!r}, expected a note"
                self._finding("oime:illegalStandardFootnoteTarget", message, place)
        for note in sorted(notes - {link.target for link in self.links}):
            place = Location(file=self._metadata.name, fact=note)
            self._finding("oime:unusedNoteFact", f"nothing links to the note {note!r}", place)

    def _finding(self, code: str, message: str, place: Location) -> None:
        self._add(Finding(code=code, message=message, location=place, fix="correct the link or leave it out"))


_FILE: Final = "xbrlce:invalidParameterCSVFile"
_MEND: Final = "two columns, name and value, and a row for each parameter"


def read_parameters(metadata: Metadata, limits: Limits, add: Callable[[Finding], None]) -> dict[str, str]:
    """The parameters of the report by name; ``add`` takes what is wrong."""
    parameters: dict[str, str] = dict(metadata.tree.get("parameters", {}))
    url = metadata.tree.get("parameterURL")
    if url is not None:
        parameters |= _read_file(url, metadata, limits, add)
    for name, value in parameters.items():
        check_parameter(value, metadata.place("parameters", name), add)
    for table, definition in metadata.tree.get("tables", {}).items():
        for name, value in definition.get("parameters", {}).items():
            check_parameter(value, metadata.place("tables", table, "parameters", name), add)
    return parameters


def check_parameter(value: str, place: Location, add: Callable[[Finding], None]) -> None:
    """Report an unknown special value."""
    try:
        parse_special(value)
    except LexicalError as error:
        add(error.finding(place))


def _read_file(url: str, metadata: Metadata, limits: Limits, add: Callable[[Finding], None]) -> dict[str, str]:
    path = confined_path(url, base=metadata.root, root=metadata.root)
    if path is None or not is_file(path):
        why = "leads outside the folder of the report" if path is None else "does not exist"
        message = f"the file of parameters {shortened(url)} {why}"
        place = metadata.place("parameterURL")
        add(Finding(code="xbrlce:missingParametersFile", message=message, location=place, fix="put it in its place"))
        return {}
    name = str(metadata.root / url)
    rows = CsvRows(path, name=name, limits=limits)
    values: dict[str, str] = {}

    def report_error(code: str, message: str, row: int, column: int) -> None:
        place = Location(file=name, line=rows.line, cell=cell_name(row, column))
        add(Finding(code=code, message=message, location=place, fix=_MEND))

    try:
        for number, row in enumerate(rows):
            if number == 0:
                if row != ["name", "value"]:
                    report_error(_FILE, f"expected the header name,value, got {shortened(','.join(row))}", 0, 0)
                    return {}
            elif any(row):
                _read_row(row, number, values, report_error)
    except ReadError as error:
        for finding in error.findings:
            add(finding)
    return values


def _read_row(
    row: list[str], number: int, values: dict[str, str], report_error: Callable[[str, str, int, int], None]
) -> None:
    name, value = row[0], row[1] if len(row) > 1 else ""
    if any(row[2:]):
        report_error(_FILE, "a cell beyond name and value", number, 2)
    elif not name or not value:
        report_error(_FILE, f"expected name and value, got {shortened(','.join(row))}", number, 0 if not name else 1)
    elif not is_identifier(name):
        report_error("xbrlce:invalidIdentifier", f"{shortened(name)} is no name of a parameter", number, 0)
    elif name in values:
        report_error(_FILE, f"the parameter {name!r} is given twice", number, 0)
    else:
        values[name] = value


def read(source: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """The report whose metadata file is ``source``, or is the only one in the folder ``source``.

    Every path in the metadata is relative to that file and stays in its folder. The vocabulary is what
    ``options.load_vocabulary`` gives for the taxonomy. Without the type of a concept a fact is a number if its column,
    property group or row states a unit or decimals, or if it reads like a number and inherits either or has a decimals
    suffix; a dimension value that is a name with a declared prefix is taken for a member.

    Raises:
        ReadError: with every finding: ``xbrlce:``, ``oimce:`` and ``oime:`` codes, ``exporter:limitExceeded``,
            ``exporter:unreadableFile``. What is wrong in the metadata is raised before any table is read.
    """
    document = _CsvReport(source, options)
    facts = tuple(document.facts())
    document.finish()
    footnotes, links = tuple(document.cells.notes), tuple(document.links.links)
    if options.partial:
        footnotes, links = linked(facts, footnotes, links)
    return Report(
        taxonomy=document.metadata.taxonomy,
        facts=facts,
        footnotes=footnotes,
        links=links,
        base_url=document.metadata.base_url,
        namespaces=document.metadata.uris("namespaces"),
        vocabulary=document.vocabulary,
        features=document.metadata.features,
    )


def iter_facts(source: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of a report one by one, notes left out.

    Of what was read only 8 bytes for each row identifier are kept, which must be unique in a table. Facts that are
    wrong are left out, and reported at the end.

    Raises:
        ReadError: as `read`, after the last fact; what is wrong in the metadata before the first.
    """
    document = _CsvReport(source, options)
    yield from document.facts()
    document.finish()


class _CsvReport:
    def __init__(self, source: Path, options: ReadOptions) -> None:
        path = find_metadata(source)
        self.name = options.name if options.name and path == source else str(path)
        self.log = FindingLog()
        add = self.log.add
        self._options = evolve(options, name=self.name)
        self.metadata = load_metadata(path, name=self.name, limits=options.limits, add=add)
        self.raise_findings()
        self.vocabulary: Vocabulary = options.load_vocabulary(self.metadata.taxonomy)
        namespaces = self.metadata.uris("namespaces")
        parser = DimensionParser(namespaces, self.vocabulary, self._warn)
        self._layout = LayoutReader(self.metadata, parser, add=add, warn=self._warn).read()
        parameters = read_parameters(self.metadata, options.limits, add)
        check_references(self._layout, self.metadata, parameters, add)
        self.links = LinkReader(self.metadata, add)
        self.raise_findings()
        self.cells = CellReader(namespaces, options.limits)
        self._tables = CsvTableReader(
            self._layout,
            self.metadata,
            CsvAspectReader(parser, self.vocabulary),
            self.cells,
            parameters=parameters,
            limits=options.limits,
            add=add,
        )

    def facts(self) -> Iterator[Fact]:
        """The facts of all tables; at the end the links are checked."""
        linked = self.links.linked_ids
        fact_ids: set[str] = set()
        for table in self._layout.tables:
            if not linked:
                yield from self._tables.read(table)
                continue
            for fact in self._tables.read(table):
                if fact.id in linked:
                    fact_ids.add(fact.id)
                yield fact
        self.links.check(fact_ids, self.cells.note_ids)

    def _warn(self, finding: Finding) -> None:
        self._options.warn(finding.at(file=self.name))

    def raise_findings(self) -> None:
        """Raise what is wrong in the metadata, which every fact depends on."""
        if self.log:
            raise ReadError(findings=self.log.findings)

    def finish(self) -> None:
        """Raise what is wrong in the tables, or report it where the report is to be partial."""
        settle(self.log.findings, self._options, left_out=self._tables.left_out, file=self.name)
