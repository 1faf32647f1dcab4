"""The page that any report can be shown as: its facts in tables of periods, its texts in full, its footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Final

from attrs import define, field, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Entry,
    FactBlock,
    FactPlace,
    Flow,
    Heading,
    HiddenLink,
    Inline,
    KeyValues,
    LineBreak,
    NoteList,
    NoteMark,
    Page,
    Paragraph,
    Phrase,
    Row,
    RowKind,
    Scope,
    Section,
    SectionKind,
    Table,
    Tone,
)
from exporter.formats.inline_xbrl.write.display import NOTHING, is_text_block, split_name
from exporter.formats.inline_xbrl.write.period_words import is_japanese, period_words, scale_words, unit_words
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.entity import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.transformations import Style

Labels = Callable[[QName], Phrase | None]
"""What a concept, an axis or a member is called; ``None`` where nothing is known."""
_AT_MOST: Final = {"amounts": 5, "words": 3}
_SHORT: Final = 160
_MILLIONS: Final = re.compile(r"-?[0-9]+000000")
_KIND: Final = re.compile(r"(?<=.) \[(?:[A-Z][a-z]+ ?)+\]$")
_PERCENT: Final = "percentItemType"
_ENGLISH: Final = {
    "words": "General information",
    "instant": "Amounts at a date",
    "duration": "Amounts for a period",
    "forever": "Amounts without a period",
    "texts": "Texts",
    "notes": "Notes to the figures",
    "entity": "Entity",
    "taxonomy": "Taxonomy",
    "unit": "Unit",
    "item": "",
    "true": " Yes",
    "false": " No",
    "report": "Report",
}
_JAPANESE: Final = {
    "words": "基本情報",
    "instant": "時点の金額等",
    "duration": "期間の金額等",
    "forever": "期間のない金額等",
    "texts": "本文",
    "notes": "注記",
    "entity": "提出者",
    "taxonomy": "タクソノミ",
    "unit": "単位",
    "item": "",
    "true": " はい",
    "false": " いいえ",
    "report": "報告書",
}


def default_page(
    report: Report,
    *,
    labels: Labels | None = None,
    title: str | None = None,
    language: str | None = None,
    style: Style | None = None,
) -> Page:
    """A page with a place for every fact of the report, which all have ids.

    Numbers and short values stand in tables: a row for each concept, member and unit, a column for each period; longer
    texts follow in full, then the footnotes. Names without a label are split into words.

    Args:
        report: what to show.
        labels: what concepts, axes and members are called; by default their standard labels in the taxonomy, in the
            page's language or in English, as far as the vocabulary has them.
        title: by default the registrant's name, or the entity's identifier.
        language: of the words round the facts; Japanese where the report's texts are, else English.
        style: how values are shown; that of the language by default.
    """
    language = language or _language_of(report)
    layout = _Layout(report, labels or _taxonomy_labels(report, language), language)
    named = title or layout.title()
    return Page(
        title=named,
        language=language,
        blocks=layout.blocks(named),
        style=style or Style.of(language),
        running_head=named,
    )


def _taxonomy_labels(report: Report, language: str) -> Labels:
    @cache
    def label(name: QName) -> Phrase | None:
        found = report.vocabulary.label(name, language, "en")
        return None if found is None else Phrase(_KIND.sub("", " ".join(found.split())))

    return label


def _language_of(report: Report) -> str:
    spoken = list(islice((fact.language for fact in report.facts if fact.language), 1000))
    japanese = sum(map(is_japanese, spoken))
    return "ja" if japanese * 2 > len(spoken) else "en"


@frozen
class _RowKey:
    """What the facts of a row share beside their concept."""

    dimensions: tuple[Dimension, ...]
    unit: Unit | None


@define
class _Grid:
    """A table in the making: periods across, concepts and members down; everything in the order of appearance."""

    kind: str
    period_kind: str
    axes: tuple[QName, ...]
    entity: Entity | None
    facts: list[Fact] = field(factory=list)


class _Layout:
    def __init__(self, report: Report, labels: Labels, language: str) -> None:
        self._report = report
        self._labels = labels
        self._language = language
        self._words = _JAPANESE if is_japanese(language) else _ENGLISH
        self._datatypes = report.vocabulary.datatypes
        self._notes: dict[str, list[str]] = {}
        known = {note.id for note in report.footnotes}
        for link in report.links:
            if link.target in known and link.target not in self._notes.setdefault(link.source, []):
                self._notes[link.source].append(link.target)
        self._entities = tuple(dict.fromkeys(fact.entity for fact in report.facts))

    # -- the page

    def title(self) -> str:
        """The registrant's name, or whose report it is."""
        named = (fact.value for fact in self._report.facts if fact.concept.local_name == "EntityRegistrantName")
        name = next((value for value in named if value and value.strip()), None)
        if name is None:
            name = next((entity.identifier for entity in self._entities if entity is not None), self._words["report"])
        return " ".join(name.split())[:120]

    def blocks(self, title: str) -> Iterator[Block]:
        """The page from top to bottom."""
        texts: list[Fact] = []
        grids: dict[tuple[str, str, tuple[QName, ...], Entity | None], _Grid] = {}
        for fact in self._report.facts:
            kind = self._kind(fact)
            if kind == "texts":
                texts.append(fact)
                continue
            axes = tuple(dimension.axis for dimension in fact.dimensions)
            key = (kind, _period_kind(fact.period), axes, fact.entity)
            grids.setdefault(key, _Grid(*key)).facts.append(fact)
        yield Section(self._cover(title), kind=SectionKind.COVER)
        for kind in ("words", "instant", "duration", "forever"):
            chosen = sorted((grid for grid in grids.values() if grid.kind == kind), key=_grid_order)
            if chosen:
                yield Section(self._grids(kind, chosen))
        if texts:
            yield Section(self._texts(texts))
        if self._report.footnotes:
            heading = Heading(2, self._words["notes"])
            yield Section(
                (heading, NoteList(tuple(note.id for note in self._report.footnotes))), kind=SectionKind.NOTES
            )

    def _kind(self, fact: Fact) -> str:
        datatype = self._datatypes.get(fact.concept)
        if fact.looks_numeric if datatype is None else datatype.is_numeric:
            return _period_kind(fact.period)
        return "texts" if _is_long(fact, datatype) else "words"

    def _cover(self, title: str) -> Iterator[Block]:
        yield Heading(1, title)
        entries = [
            Entry(self._words["entity"], (Phrase(entity.identifier), LineBreak(), Phrase(entity.scheme)))
            for entity in self._entities[:20]
            if entity is not None
        ]
        taxonomy: list[Inline] = []
        for href in self._report.taxonomy:
            taxonomy += [LineBreak(), Phrase(href)] if taxonomy else [Phrase(href)]
        yield KeyValues([*entries, Entry(self._words["taxonomy"], taxonomy)])

    def _grids(self, kind: str, grids: Iterable[_Grid]) -> Iterator[Block]:
        yield Heading(2, self._words[kind])
        said: str | None = None
        for grid in grids:
            if (grid.axes or len(self._entities) > 1) and (title := self._grid_title(grid)) != said:
                yield Heading(3, title)
                said = title
            for periods, facts in self._pieces(grid):
                yield self._table(grid, periods, facts)

    def _grid_title(self, grid: _Grid) -> str:
        parts = [self._name(axis).text for axis in grid.axes]
        owner = [grid.entity.identifier] if grid.entity is not None and len(self._entities) > 1 else []
        return " · ".join([*owner, *parts]) or self._words["report"]

    # -- tables

    def _pieces(self, grid: _Grid) -> Iterator[tuple[list[Period], list[Fact]]]:
        """The facts of a few periods at a time, the latest first, so that a page is wide enough."""
        at_most = _AT_MOST["words" if grid.kind == "words" else "amounts"]
        periods = sorted(dict.fromkeys(fact.period for fact in grid.facts), key=_recency, reverse=True)
        pieces = [periods[start : start + at_most] for start in range(0, len(periods), at_most)]
        number = {period: place for place, piece in enumerate(pieces) for period in piece}
        facts: list[list[Fact]] = [[] for _ in pieces]
        for fact in grid.facts:
            facts[number[fact.period]].append(fact)
        yield from zip(pieces, facts, strict=True)

    def _table(self, grid: _Grid, periods: Sequence[Period], facts: Sequence[Fact]) -> Table:
        is_words = grid.kind == "words"
        units = {fact.unit for fact in facts}
        unit = next(iter(units)) if len(units) == 1 else None
        scale = 0 if is_words else _common_scale(facts, unit)
        with_units = len(units) > 1
        heads = [Cell(self._words["item"], scope=Scope.COLUMN)]
        heads += [Cell(self._words["unit"], scope=Scope.COLUMN)] if with_units else []
        heads += [self._period_head(period) for period in periods]
        align = Align.TEXT if is_words else Align.NUMBER
        columns = [Column(width=36), *([Column()] if with_units else []), *(Column(align) for _ in periods)]
        remark = scale_words(scale, unit_words(unit, self._language), self._language) if unit is not None else ""
        rows = self._rows(facts, periods, with_units=with_units, scale=scale)
        return Table(columns=columns, heads=(Row(heads),), rows=rows, remark=remark, keep_together=len(facts) <= 12)

    def _period_head(self, period: Period) -> Cell:
        first, second = period_words(period, self._language)
        content: list[Inline] = [Phrase(first), LineBreak()] if first else []
        return Cell([*content, Phrase(second)], scope=Scope.COLUMN)

    def _rows(self, facts: Iterable[Fact], periods: Sequence[Period], *, with_units: bool, scale: int) -> Iterator[Row]:
        concepts: dict[QName, dict[_RowKey, dict[Period, list[Fact]]]] = {}
        for fact in facts:
            row = concepts.setdefault(fact.concept, {}).setdefault(_RowKey(fact.dimensions, fact.unit), {})
            row.setdefault(fact.period, []).append(fact)
        width = 1 + with_units + len(periods)
        for concept, rows in concepts.items():
            label = self._name(concept)
            grouped = any(key.dimensions for key in rows)
            if grouped:
                yield Row([Cell(label, columns=width, scope=Scope.ROWS)], kind=RowKind.GROUP)
            for key, found in rows.items():
                head = Cell(self._members(key.dimensions), scope=Scope.ROW, indent=1) if grouped else label
                first = head if isinstance(head, Cell) else Cell(head, scope=Scope.ROW)
                unit = [Cell(unit_words(key.unit, self._language))] if with_units else []
                yield Row([first, *unit, *(Cell(self._cell(found.get(period, ()), scale)) for period in periods)])

    def _cell(self, facts: Iterable[Fact], scale: int) -> list[Inline]:
        content: list[Inline] = []
        for fact in facts:
            if content:
                content.append(LineBreak())
            content.append(self._place(fact, scale))
            content += [NoteMark(id_) for id_ in self._notes.get(fact.id or "", ())]
        return content

    def _place(self, fact: Fact, scale: int) -> Inline:
        id_ = fact.id or ""
        datatype = self._datatypes.get(fact.concept)
        if datatype is None:
            return FactPlace(id_, scale=scale)
        if datatype.is_numeric:
            if fact.value is not None and _is_percent(datatype):
                return FactPlace(id_, scale=-2, after="%")
            return FactPlace(id_, scale=scale)
        if datatype.base == "boolean" and fact.value in ("true", "false"):
            return FactPlace(id_, after=self._words[fact.value])
        if datatype.is_enumeration and fact.value:
            return HiddenLink(id_, self._enumerated(fact.value))
        return FactPlace(id_)

    # -- words

    def _texts(self, facts: Iterable[Fact]) -> Iterator[Block]:
        yield Heading(2, self._words["texts"])
        for fact in facts:
            yield Heading(3, self._name(fact.concept))
            yield Paragraph(self._circumstances(fact), tone=Tone.REMARK)
            yield FactBlock(fact.id or "")
            if marks := [NoteMark(id_) for id_ in self._notes.get(fact.id or "", ())]:
                yield Paragraph(marks, tone=Tone.REMARK)

    def _circumstances(self, fact: Fact) -> Flow:
        parts = [" ".join(filter(None, period_words(fact.period, self._language)))]
        parts += [self._members(fact.dimensions)] if fact.dimensions else []
        parts += [fact.entity.identifier] if fact.entity is not None and len(self._entities) > 1 else []
        parts += [fact.language] if fact.language and fact.language != self._language else []
        return " · ".join(parts)

    def _members(self, dimensions: Iterable[Dimension]) -> str:
        return " · ".join(
            self._name(dimension.member).text
            if isinstance(dimension, ExplicitDimension)
            else dimension.value or NOTHING
            for dimension in dimensions
        )

    def _enumerated(self, value: str) -> str:
        names = []
        for each in value.split(" "):
            namespace, _, local_name = each.rpartition("#")
            names.append(self._name(QName(namespace, local_name)).text)
        return ", ".join(names)

    def _name(self, name: QName) -> Phrase:
        return self._labels(name) or Phrase(split_name(name.local_name))


def _is_long(fact: Fact, datatype: DataType | None) -> bool:
    value = fact.value or ""
    if is_text_block(datatype):
        return True
    return len(value) > _SHORT or "\n" in value or (datatype is None and "<" in value and ">" in value)


def _period_kind(period: Period) -> str:
    if isinstance(period, Instant):
        return "instant"
    return "duration" if isinstance(period, Duration) else "forever"


def _grid_order(grid: _Grid) -> tuple[int, list[tuple[str, str]], str]:
    """Those without dimensions first, those of the same axes together, dates before periods."""
    return len(grid.axes), [axis.sort_key for axis in grid.axes], "" if grid.period_kind == "instant" else "later"


def _recency(period: Period) -> tuple[str, str]:
    if isinstance(period, Instant):
        return (period.moment, period.moment)
    return (period.end, period.start) if isinstance(period, Duration) else ("", "")


def _is_percent(datatype: DataType) -> bool:
    return datatype.standard == _PERCENT or _PERCENT in datatype.lineage


def _common_scale(facts: Iterable[Fact], unit: Unit | None) -> int:
    """The millions or thousands that all amounts of a table are accurate to; 0 for what is no money."""
    if unit is None or unit.single_currency is None:
        return 0
    scale = 6
    for fact in facts:
        if fact.value is None:
            continue
        if fact.decimals is None:
            return 0
        if scale == 6 and fact.decimals <= -6 and _MILLIONS.fullmatch(fact.value):  # as most are in most tables
            continue
        number = fact.number
        if number is None or not number.is_finite():
            return 0
        while scale and (fact.decimals > -scale or _lowest_power(number) < scale):
            scale -= 3
        if not scale:
            return 0
    return scale


def _lowest_power(number: Decimal) -> int:
    """The power of ten of the last digit that is not zero; beyond all scales for zero."""
    _, digits, exponent = number.as_tuple()
    shown = "".join(map(str, digits)).rstrip("0")
    return int(exponent) + len(digits) - len(shown) if shown else 1000
