"""Writing xBRL-CSV 1.0: grids where facts stand densely, lists for all others, each value checked as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, Final

from exporter.errors import LexicalError, WriteError
from exporter.findings import Finding, FindingLog, Location, shortened
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.options import DEFAULT_CONTEXT, WriteContext
from exporter.formats.xbrl_csv.write.files import (
    NOTES,
    CsvLinks,
    RowIds,
    TableFile,
    TableFiles,
    format_metadata,
    metadata_text,
    notes_template,
    write_notes,
)
from exporter.formats.xbrl_csv.write.layout import (
    Run,
    ShapeBook,
    TableLayout,
    dense_grids,
    list_plans,
    repeated_shapes,
    split_runs,
)
from exporter.formats.xbrl_csv.write.series import Axes, PlaceBook, Series, SeriesBook
from exporter.formats.xbrl_csv.write.tables import FactList, GridRow, Leads, ListRow, RowWriter, union_of
from exporter.model.fact import Fact
from exporter.model.lexical import is_absolute_uri
from exporter.model.report import Report
from exporter.namespaces import XBRL_CSV
from exporter.resources.targets import Target

_BLOCK: Final = 10_000
_MOST_GRIDS: Final = 64
_MANY: Final = 2000
_WHOLE, _STREAMED = 10_000_000, 20_000
_get_id = attrgetter("id")


def write(report: Report, target: Target, context: WriteContext = DEFAULT_CONTEXT) -> int:
    """Write ``report`` as xBRL-CSV and return the number of facts, notes not counted.

    Args:
        report: what to write.
        target: the metadata file. Tables lie beside it and are called after it; those of an earlier report that the
            file named before go away.
        context: ``facts`` that are no sequence are written in bounded memory, which makes the layout somewhat less
            compact.

    Ids of facts are derived from tables, rows and columns. Facts that links start at or lead to stand in lists of
    their own, whose rows are called by the ids of the facts.

    Raises:
        WriteError: the report breaks a rule of OIM 1.0 or xBRL-CSV 1.0; every finding is listed.
        OSError: a file cannot be written.
        ValueError: the target is a stream, which cannot hold several files.
    """
    facts = context.facts_of(report)
    files = TableFiles(target)
    writer = _CsvReportWriter(report, files, is_whole=isinstance(facts, Sequence))
    count = writer.write(facts)
    files.close(writer.metadata())
    return count


class _CsvReportWriter:
    """One report; with ``is_whole`` all facts are in memory, so that tables can be fitted to them."""

    def __init__(self, report: Report, files: TableFiles, *, is_whole: bool) -> None:
        self._report, self._files, self._is_whole = report, files, is_whole
        self._log = FindingLog()
        self._prefixes = AliasChooser(report.namespaces)
        self._places = PlaceBook(report.vocabulary, self._prefixes, at_most=_WHOLE if is_whole else _STREAMED)
        self._series = SeriesBook(report.vocabulary, self._prefixes)
        self._shapes = ShapeBook(self._series)
        self._links = CsvLinks(report.links, report.footnotes)
        self._entity: str | None = None
        self._tables: list[tuple[str, TableFile, RowWriter | FactList]] = []
        self._counts: dict[str, int] = {}
        self._grids: dict[int, RowWriter] = {}
        self._lists: dict[tuple[bool, Axes], FactList] = {}
        self._linked: list[Fact] = []
        self._elsewhere: list[Fact] = []

    def write(self, facts: Iterable[Fact]) -> int:
        count = 0
        if self._is_whole:
            block = list(facts)
            count = len(block)
            self._write_whole(self._without_linked(block))
        else:
            remaining = iter(facts)
            carried: list[Fact] = []
            while block := [*carried, *islice(remaining, _BLOCK)]:
                fresh = len(block) - len(carried)
                count += fresh
                carried = self._write_block(self._without_linked(block) if fresh else block, is_last=not fresh)
                if not fresh:
                    break
        self._write_linked()
        self._notes_url = write_notes(self._report.footnotes, self._links, self._files, self._log.add)
        self._check_report()
        if self._log:
            raise WriteError(findings=self._log.findings)
        return count

    def _without_linked(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """The facts that no link needs to name; the others are set aside."""
        ends = self._links.ends
        if not ends or ends.isdisjoint(map(_get_id, facts)):
            return facts
        self._linked += (fact for fact in facts if fact.id in ends)
        return [fact for fact in facts if fact.id not in ends]

    def _write_whole(self, facts: Sequence[Fact]) -> None:
        runs = self._lawful_runs(facts)
        entities = {place.cells[0] for place, _ in runs} | self._entities_of_linked()
        if len(entities) == 1:
            self._entity = entities.pop() or None
        self._shapes.sort(runs)
        # Where facts are few, shapes that differ a little are better fitted together than kept apart.
        grids = repeated_shapes(self._shapes.shapes) if len(facts) >= _MANY else []
        chosen = set(map(id, grids))
        for shape in grids:
            self._add_grid(shape.axes, shape.series, shape.rows, sample=shape.rows).write(shape.rows)
        rest: list[ListRow] = []
        others = (shape for shape in self._shapes.shapes if id(shape) not in chosen)
        for plan in dense_grids(others, rest):
            self._add_grid(plan.axes, plan.series, plan.rows, sample=plan.rows).write(plan.rows)
        self._write_lists([*rest, *self._rows(self._elsewhere)])

    def _entities_of_linked(self) -> set[str]:
        return {place.cells[0] for place, _ in self._lawful_runs(self._linked, silently=True)}

    def _lawful_runs(self, facts: Sequence[Fact], *, silently: bool = False) -> list[Run]:
        runs: list[Run] = []
        for place, run in split_runs(facts, self._places):
            if place.error is None:
                runs.append((place, run))
            elif not silently:
                for fact in run:
                    self._finding(place.error, fact)
        return runs

    def _write_block(self, facts: Sequence[Fact], *, is_last: bool) -> list[Fact]:
        """Write what a stream brought; returns the facts of a run that may go on."""
        runs = self._lawful_runs(facts)
        carried: list[Fact] = []
        if not is_last and len(runs) > 1:
            carried = runs.pop()[1]
        self._shapes.sort(runs)
        rest: list[ListRow] = []
        for shape in self._shapes.shapes:
            grid = self._grid_of(shape)
            if grid is not None:
                grid.write(shape.rows)
            else:
                rest += ((place, series, fact) for place, run in shape.rows
                         for series, fact in zip(shape.series, run, strict=True))  # fmt: skip
            shape.rows.clear()
        self._shapes.forget_all_but(self._grids)
        self._stream_lists([*rest, *self._rows(self._elsewhere)])
        self._elsewhere.clear()
        return carried

    def _grid_of(self, shape: TableLayout) -> RowWriter | None:
        grid = self._grids.get(id(shape))
        if grid is None and len(self._grids) < _MOST_GRIDS and repeated_shapes([shape]):
            grid = self._grids[id(shape)] = self._add_grid(shape.axes, shape.series, None, sample=shape.rows)
        return grid

    def _add_grid(
        self, axes: Axes, series: Sequence[Series], rows: Sequence[GridRow] | None, *, sample: Sequence[GridRow]
    ) -> RowWriter:
        places = None if rows is None else (place for place, _ in rows)
        leads = Leads(axes, places, common_entity=self._entity)
        name, file = self._new_table("grid")
        grid = RowWriter(
            self._files,
            file,
            series,
            leads,
            sample=sample[:20],
            on_error=self._finding,
            on_elsewhere=self._elsewhere.append,
        )
        self._tables.append((name, file, grid))
        return grid

    def _rows(self, facts: Iterable[Fact]) -> list[ListRow]:
        return [(self._places.find(fact.context), self._series.find(fact), fact) for fact in facts]

    def _write_lists(self, rows: Sequence[ListRow]) -> None:
        union = union_of(dict.fromkeys(place.axes for place, _, _ in rows))
        for plan in list_plans(rows, union):
            places, series = (row[0] for row in plan.rows), (row[1] for row in plan.rows)
            leads = Leads(plan.axes, places, common_entity=self._entity)
            self._add_list("list", leads, series, is_numeric=plan.is_numeric)[1].write(plan.rows)

    def _stream_lists(self, rows: Sequence[ListRow]) -> None:
        groups: dict[tuple[bool, Axes], list[ListRow]] = {}
        for row in rows:
            groups.setdefault((row[1].is_numeric, row[0].axes), []).append(row)
        for (is_numeric, axes), group in groups.items():
            table = self._lists.get((is_numeric, axes))
            if table is None:
                leads = Leads(axes, None, common_entity=None)
                table = self._add_list("list", leads, None, is_numeric=is_numeric)[1]
                self._lists[is_numeric, axes] = table
            table.write(group)

    def _add_list(
        self, kind: str, leads: Leads, series: Iterable[Series] | None, *, is_numeric: bool, row_ids: Any = None
    ) -> tuple[str, FactList]:
        name, file = self._new_table(kind)
        table = FactList(
            self._files,
            file,
            leads,
            series=series,
            is_numeric=is_numeric,
            row_ids=row_ids,
            on_error=self._finding,
        )
        self._tables.append((name, file, table))
        return name, table

    def _write_linked(self) -> None:
        """The facts that links start at or lead to: their rows are called by their ids."""
        lawful = [fact for _, run in self._lawful_runs(self._linked) for fact in run]
        rows = self._rows(lawful)
        union = union_of(dict.fromkeys(place.axes for place, _, _ in rows))
        for is_numeric in (True, False):
            part = [row for row in rows if row[1].is_numeric == is_numeric]
            if part:
                self._write_linked_part(part, union, is_numeric=is_numeric)

    def _write_linked_part(self, rows: list[ListRow], union: Axes, *, is_numeric: bool) -> None:
        leads = Leads(union, (row[0] for row in rows), common_entity=self._entity)
        row_ids = RowIds()
        given: dict[int, str] = {id(fact): row_ids.give(fact.id) for _, _, fact in rows}
        name, table = self._add_list(
            "linked", leads, (row[1] for row in rows), is_numeric=is_numeric, row_ids=lambda fact: given[id(fact)]
        )
        for _, _, fact in rows:
            derived = f"{name}.r_{given[id(fact)]}.{table.value_column}"
            if fact.id is not None and (finding := self._links.add_fact(fact.id, derived)) is not None:
                self._log.add(finding)
        table.write(rows)

    def _new_table(self, kind: str) -> tuple[str, TableFile]:
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        name = f"{kind}{number}"
        return name, self._files.add(name)

    def _finding(self, error: LexicalError, fact: Fact) -> None:
        place = Location(fact=fact.id if fact.id is not None else None, item=None if fact.id else str(fact.concept))
        self._log.add(Finding(code=error.code, message=error.message, location=place, fix=error.fix))

    def _check_report(self) -> None:
        report = self._report
        for finding in self._links.check():
            self._log.add(finding)
        if not report.taxonomy:
            self._report_error("oime:noTaxonomy", "a report names at least one taxonomy schema")
        if report.base_url is not None and not is_absolute_uri(report.base_url):
            self._report_error("oime:invalidBaseURL", f"{shortened(report.base_url)} is no absolute URL")
        self._links.tree()  # chooses the aliases
        for uris in (self._prefixes.used, self._links.types.used, self._links.groups.used):
            for uri in uris.values():
                if not is_absolute_uri(uri):
                    self._report_error("oimce:invalidURI", f"{shortened(uri)} is no absolute URI")

    def _report_error(self, code: str, message: str) -> None:
        self._log.add(Finding(code=code, message=message))

    def metadata(self) -> str:
        """The metadata file, once all tables are written."""
        templates = {name: table.template() for name, _, table in self._tables}
        tables: dict[str, Any] = {name: {"url": file.url} for name, file, _ in self._tables}
        if self._notes_url is not None:
            templates[NOTES] = dict(notes_template(self._prefixes))
            tables[NOTES] = {"url": self._notes_url}
        links = self._links.tree()
        tree: dict[str, Any] = {"documentInfo": self._document_info()}
        if self._entity is not None:
            tree["dimensions"] = {"entity": metadata_text(self._entity)}
        tree |= {"tableTemplates": templates, "tables": tables} if tables else {}
        if links:
            tree["links"] = links
        return format_metadata(tree)

    def _document_info(self) -> dict[str, Any]:
        info: dict[str, Any] = {"documentType": XBRL_CSV}
        maps = {
            "namespaces": self._prefixes.used,
            "linkTypes": self._links.types.used,
            "linkGroups": self._links.groups.used,
        }
        info |= {name: uris for name, uris in maps.items() if uris}
        if self._report.base_url is not None:
            info["baseURL"] = self._report.base_url
        info["taxonomy"] = list(self._report.taxonomy)
        return info
