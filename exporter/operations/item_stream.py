"""Items of large tables as facts, in memory that does not grow with the rows.

A first run over the rows makes and checks each item and learns what the head of a report says; the facts come from
further runs. Of all rows only this is kept: eight bytes for each fact (beyond 8 MiB on the disk), facts that are stated
more than once, footnotes with their links, one item for each combination of concept and axes, and what is wrong. Items
with a place among the others (``#order``) or with rows of their own (``#item``) are held too, and the different texts
of a workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from attrs import define, evolve, field, frozen

from exporter.errors import ReadError
from exporter.filing import Filing, located_in
from exporter.findings import MAX_FINDINGS, RULES_CHECKED, Finding, Location, Severity, at_most, has_errors
from exporter.formats.oim.ids import HashBuckets
from exporter.items.bind import Binding, bind
from exporter.items.check import check_item
from exporter.items.composed import composer_of
from exporter.items.document import ItemsDocument, commonest_currency, count_currencies
from exporter.items.from_tree import ItemStructurer
from exporter.items.placed import PlacedItem
from exporter.items.to_facts import FactCollector, FactOrigin, contradiction
from exporter.model.dimensions import ExplicitDimension
from exporter.model.duplicates import Agreement, agreement
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.classes import ItemClasses
from exporter.operations.inputs import Input
from exporter.operations.tables import OnRows, iter_placed
from exporter.profiles.profile import EXTENSION_ONLY
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources import Source, read_source

Pieces = Callable[[], Iterable[Source]]
"""Opens a document of items anew, piece by piece; see `exporter.operations.tables.iter_document`."""


@frozen(kw_only=True)
class _StatedFact:
    """A fact that may be stated more than once: the item that states it, and where."""

    fact: Fact
    item: str
    location: Location


@frozen(kw_only=True, eq=False)
class _Piece:
    """The facts of a piece of a document, and where each comes from."""

    facts: tuple[Fact, ...]
    origins: dict[str, FactOrigin]
    items: dict[str, Any]
    source: Source


@frozen(kw_only=True, eq=False)
class ItemStream:
    """A document of items whose facts come one by one.

    Args:
        head: the report without its facts.
        items: the number of items.
        findings: what is wrong with items, and facts that contradict each other, each at its line or cell.
    """

    head: Report
    items: int
    findings: tuple[Finding, ...]
    _run: _StreamRun
    _repeated: frozenset[str]

    def facts(self) -> Iterator[Fact]:
        """The facts, each once; the rows are read anew.

        Raises:
            ReadError: the rows cannot be read any more.
        """
        for piece in self._run.pieces():
            yield from (fact for fact in piece.facts if fact.id not in self._repeated)


_NO_STREAM: Final = "leave out --stream"
LARGE_TABLES = 1024**2
"""Size in bytes of workbooks and other files from which their rows are not held all at once."""


def pieces_of(
    opened: Input,
    classes: ItemClasses,
    *,
    base: Source | None = None,
    at_least: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Pieces | None:
    """What opens the tables of an input piece by piece; ``None`` where there are none, or their files are small.

    ``base`` is the YAML of the input where it is read already.

    Raises:
        ReadError: the file that names the tables cannot be read.
    """
    # Imported on use: most items stand in files of items.
    from exporter.sources.tabular import iter_mapped, iter_workbook

    types = tuple(classes)
    at_least = LARGE_TABLES if at_least is None else at_least
    if opened.is_workbook:
        is_large = opened.path.stat().st_size >= at_least
        name, path = opened.name, opened.path
        return partial(iter_workbook, path, types, name=name, limits=limits, on_rows=on_rows) if is_large else None
    if not opened.is_yaml:
        return None
    if base is None:
        base = read_source(opened.path, limits, name=opened.name, is_yaml=True)
    tables = base.value.get("tables") if isinstance(base.value, Mapping) else None
    names = (
        [table["file"] for table in tables if isinstance(table, Mapping) and "file" in table]
        if isinstance(tables, list)
        else []
    )
    files = [path for name in dict.fromkeys(names) if (path := opened.folder / str(name)).is_file()]
    if tables is None or sum(path.stat().st_size for path in files) < at_least:
        return None
    return partial(iter_mapped, base, opened.folder, types, limits=limits, on_rows=on_rows)


def stream_items(pieces: Pieces, classes: ItemClasses, *, check: bool = False) -> ItemStream | None:
    """The facts of a document of items one by one, or ``None`` where they need all items at once.

    That is so where a profile has standard concepts for them, and where items are composed, as statements are.

    Args:
        pieces: opens the document.
        classes: the item classes that may occur.
        check: whether items are held against the rules of their classes too, beyond what keeps them from being made.

    Raises:
        ReadError: with every finding at its cell: what the items share, or an item, is wrong.
    """
    document = _header(next(iter(pieces())), classes)
    if document.profile != EXTENSION_ONLY or document.release is not None or document.audience is not None:
        return None
    first = _FirstRun(_StreamRun(document, pieces, classes), check)
    if not first.gather():
        return None
    if document.currency is None and first.has_unknown_amounts:
        chosen = commonest_currency(first.currencies)
        if chosen != document.reporting_currency:
            first = _FirstRun(_StreamRun(evolve(document, currency=chosen), pieces, classes), check)
            first.gather()
    return first.stream()


def check_rows(
    opened: Input, classes: ItemClasses, *, limits: Limits = DEFAULT_LIMITS, on_rows: OnRows | None = None
) -> list[Finding]:
    """What is wrong with the items of tables, each by itself, and the facts in which they contradict each other.

    The last finding says what was not checked: whatever needs all items at once.

    Raises:
        ReadError: ``exporter:usage``: there are no tables, or their items can only be checked together.
    """
    pieces = pieces_of(opened, classes, at_least=0, limits=limits, on_rows=on_rows)
    try:
        stream = None if pieces is None else stream_items(pieces, classes, check=True)
    except ReadError as error:
        return at_most(error.findings, MAX_FINDINGS)
    location = Location(file=opened.name)
    if stream is None:
        what = "it has no tables" if pieces is None else "a profile or statements tie its items together"
        message = f"the items cannot be checked row by row: {what}"
        raise ReadError(findings=[Finding(code="exporter:usage", message=message, location=location, fix=_NO_STREAM)])
    counted = f"{stream.items:,} items checked row by row: rules across items and filing rules were not asked"
    checked = Finding(code=RULES_CHECKED, message=counted, severity=Severity.INFO, location=location)
    return [*at_most(stream.findings, MAX_FINDINGS), checked]


def _header(piece: Source, classes: ItemClasses) -> ItemsDocument:
    """What the items share, from the first piece of their document."""
    structurer = ItemStructurer(classes, piece.locate).spoken_in(piece.value)
    header = structurer.header(piece.value.get("filing", {}), "/filing")
    document = None if structurer.findings else structurer.build(header, ())
    if document is None:
        raise ReadError(findings=structurer.findings)
    return document


@define(eq=False)
class _StreamRun:
    """Runs over the items of a document, each of which makes the same facts with the same ids."""

    document: ItemsDocument
    open: Pieces
    classes: ItemClasses
    collector: FactCollector = field(init=False)
    findings: list[Finding] = field(factory=list)

    def pieces(self, look_at: Callable[[PlacedItem[Any], Source], None] | None = None) -> Iterator[_Piece]:
        """The facts piece by piece; ``look_at`` is called with each item and the piece that it stands in.

        Raises:
            _ComposedError: there is a composed item.
            ReadError: there are too many findings.
        """
        bindings: dict[type[Any], Binding] = {}
        self.collector = FactCollector(self.document, bindings)
        self.findings = []
        current: Source | None = None
        items: dict[str, Any] = {}
        for placed, source in iter_placed(self.open(), self.classes, self.findings):
            if current is not None and source is not current:
                yield self._taken(items, current)
                items = {}
            current = source
            if type(placed.item) not in bindings:
                self._bind(type(placed.item), bindings)
            items[placed.pointer] = placed.item
            self.collector.add(placed)
            if look_at is not None:
                look_at(placed, source)
        if current is not None:
            yield self._taken(items, current)

    def _bind(self, cls: type[Any], bindings: dict[type[Any], Binding]) -> None:
        if composer_of(cls) is not None:
            raise _ComposedError
        for binding in bind([cls], self.document.own_namespace):
            bindings.setdefault(binding.spec.cls, binding)

    def _taken(self, items: dict[str, Any], source: Source) -> _Piece:
        origins = {fact.id or "": origins[0] for fact, origins in self.collector.origins.items()}
        return _Piece(facts=self.collector.take(), origins=origins, items=items, source=source)


class _ComposedError(Exception):
    """An item makes its facts together with others."""


@define(eq=False)
class _FirstRun:
    """What a run over all items finds, so that the facts of a second can be written as they come."""

    run: _StreamRun
    check: bool
    number: int = 0
    currencies: Counter[str] = field(factory=Counter)
    has_unknown_amounts: bool = False
    findings: list[Finding] = field(factory=list)
    _hashes: HashBuckets = field(factory=HashBuckets)
    _samples: dict[Any, Any] = field(factory=dict)

    def gather(self) -> bool:
        """Run over the items; false where one is composed.

        Raises:
            ReadError: an item is wrong.
        """
        try:
            for piece in self.run.pieces(self._look_at):
                self._hashes.update(fact.aspects for fact in piece.facts)
                for fact in piece.facts:
                    self._sample(fact, piece)
        except _ComposedError:
            return False
        if has_errors(self.run.findings):
            raise ReadError(findings=self.run.findings)
        self.findings = [*self.run.findings, *self.findings]
        return True

    def _look_at(self, placed: PlacedItem[Any], source: Source) -> None:
        self.number += 1
        if self.run.document.currency is None:
            self.currencies += count_currencies([placed.item])
        if self.check and len(self.findings) <= MAX_FINDINGS:
            for finding in check_item(placed.item):
                pointer = placed.pointer + (finding.location.pointer or "")
                location = evolve(finding.location, pointer=pointer, item=placed.label)
                self.findings.append(located_in(evolve(finding, location=location), source))

    def _sample(self, fact: Fact, piece: _Piece) -> None:
        """Keep an item for each way in which a concept is reported: what the taxonomy follows from."""
        self.has_unknown_amounts |= fact.is_nil and fact.unit is not None
        origin = piece.origins[fact.id or ""]
        axes = tuple(
            (dimension.axis, dimension.member if isinstance(dimension, ExplicitDimension) else None)
            for dimension in fact.dimensions
        )
        value = fact.value if origin.bound.datatype.is_enumeration or fact.is_nil else ""
        key = (origin.bound, axes, value)
        if key not in self._samples:
            self._samples[key] = piece.items["/".join(origin.pointer.split("/")[:3])]

    def stream(self) -> ItemStream:
        """The facts to come, with the head of their report."""
        samples = {id(item): item for item in self._samples.values()}
        filing = evolve(Filing.of(self.run.document), items=tuple(samples.values()))
        collector = self.run.collector
        repeated: dict[str, str] = {}
        suspects = self._hashes.suspects()
        if suspects:
            repeated = self._resolve(suspects)
        links = dict.fromkeys(evolve(link, source=repeated.get(link.source, link.source)) for link in collector.links)
        head = evolve(filing.derived.report, facts=(), footnotes=tuple(collector.notes.values()), links=tuple(links))
        return ItemStream(
            head=head,
            items=self.number,
            findings=tuple(self.findings),
            run=self.run,
            repeated=frozenset(repeated),
        )

    def _resolve(self, suspects: frozenset[int]) -> dict[str, str]:
        """The ids of facts that are stated before, with the ids of those; contradictions are added to the findings."""
        by_aspects: dict[Any, list[_StatedFact]] = {}
        repeated: dict[str, str] = {}
        for piece in self.run.pieces():
            for fact in piece.facts:
                if hash(fact.aspects) not in suspects:
                    continue
                before = by_aspects.setdefault(fact.aspects, [])
                equal = next((other.fact for other in before if other.fact == fact), None)
                if equal is not None:
                    repeated[fact.id or ""] = equal.id or ""
                    continue
                origin = piece.origins[fact.id or ""]
                location = piece.source.locate(f"{origin.pointer}/{origin.field}")
                before.append(_StatedFact(fact=fact, item=origin.item, location=evolve(location, item=origin.item)))
        for group in by_aspects.values():
            facts = [entry.fact for entry in group]
            if len(facts) > 1 and agreement(facts) is Agreement.INCONSISTENT:
                self.findings.append(contradiction(facts, [entry.item for entry in group], group[-1].location))
        return repeated
