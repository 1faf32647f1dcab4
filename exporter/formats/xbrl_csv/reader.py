"""Reading xBRL-CSV 1.0: a whole report, or facts one by one in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.formats.oim.faults import FindingLog
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions
from exporter.formats.partial import linked, settle
from exporter.formats.xbrl_csv.aspects import AspectReader
from exporter.formats.xbrl_csv.cells import CellReader
from exporter.formats.xbrl_csv.dimension_values import DimensionParser
from exporter.formats.xbrl_csv.documents import find_metadata
from exporter.formats.xbrl_csv.links import LinkReader
from exporter.formats.xbrl_csv.metadata import load_metadata
from exporter.formats.xbrl_csv.parameters import read_parameters
from exporter.formats.xbrl_csv.tables import TableReader
from exporter.formats.xbrl_csv.templates import LayoutReader, check_references
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary


def read(source: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """The report whose metadata file is ``source``, or is the only one in the folder ``source``.

    Every path in the metadata is relative to that file and stays in its folder. The vocabulary is what
    ``options.load_vocabulary`` gives for the taxonomy. Without the type of a concept a fact is a number if its column,
    property group or row states a unit or decimals, or if it reads like a number and inherits either or has a decimals
    suffix; a dimension value that is a name with a declared prefix is taken for a member.

    Raises:
        ReadError: with every finding: ``xbrlce:``, ``oimce:`` and ``oime:`` codes, ``exporter:limitExceeded``,
            ``exporter:unreadableFile``. What is wrong in the metadata is told before any table is read.
    """
    document = _Document(source, options)
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
    wrong are left out, and told at the end.

    Raises:
        ReadError: as `read`, after the last fact; what is wrong in the metadata before the first.
    """
    document = _Document(source, options)
    yield from document.facts()
    document.finish()


class _Document:
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
        self._tables = TableReader(
            self._layout,
            self.metadata,
            AspectReader(parser, self.vocabulary),
            self.cells,
            parameters=parameters,
            limits=options.limits,
            add=add,
        )

    def facts(self) -> Iterator[Fact]:
        """The facts of all tables; at the end the links are judged."""
        wanted = self.links.wanted
        found: set[str] = set()
        for table in self._layout.tables:
            if not wanted:
                yield from self._tables.read(table)
                continue
            for fact in self._tables.read(table):
                if fact.id in wanted:
                    found.add(fact.id)
                yield fact
        self.links.check(found, self.cells.note_ids)

    def _warn(self, finding: Finding) -> None:
        self._options.warn(finding.at(file=self.name))

    def raise_findings(self) -> None:
        """Raise what is wrong in the metadata, which every fact depends on."""
        if self.log:
            raise ReadError(findings=self.log.findings)

    def finish(self) -> None:
        """Raise what is wrong in the tables, or tell it where the report is to be partial."""
        settle(self.log.findings, self._options, left_out=self._tables.left_out, file=self.name)
