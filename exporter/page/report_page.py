"""The page that any report can be shown as: its facts in tables of periods, its texts in full, its footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Final

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Block,
    Content,
    Entry,
    FactBlock,
    FactPlace,
    Heading,
    HiddenLink,
    Inline,
    KeyValues,
    LineBreak,
    NoteList,
    NoteMark,
    Page,
    PageText,
    RowKind,
    Section,
    SectionKind,
)
from exporter.formats.inline_xbrl.write.display import NOTHING, is_text_block, split_name
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.page.compose import (
    Grid,
    Head,
    Line,
    PageSection,
    Part,
    Prose,
    ProseText,
    compose,
    label_heads,
    notes_by_fact,
    period_heads,
    truth_place,
)
from exporter.page.words import PageLanguage, has_words, style_in, word
from exporter.transformations import Style

Labels = Callable[[QName], PageText | None]
"""The label of a concept, an axis or a member; ``None`` where nothing is known."""
_MOST_PERIODS: Final = {"words": 3}
_MOST_PERIODS_OF_AMOUNTS: Final = 5
_MOST_ENTITIES: Final = 20
_LONGEST_TITLE: Final = 120
_LONGEST_CELL: Final = 160
_MOST_KEPT_TOGETHER: Final = 12  # facts of a table that is printed on one page
_MILLIONS: Final = re.compile(r"-?[0-9]+000000")
_KIND: Final = re.compile(r"(?<=.) \[(?:[A-Z][a-z]+ ?)+\]$")


def report_page(
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
        labels: of concepts, axes and members; by default their standard labels in the taxonomy, in the page's
            language or in English, as far as the vocabulary has them.
        title: by default the registrant's name, or the entity's identifier.
        language: of the words round the facts; by default that of most of the report's texts, English where the page
            has no words in it.
        style: how values are shown; that of the language by default.
    """
    language = language or _language_of(report)
    style = style or style_in(language)
    display = ReportDisplay(
        report, labels or _taxonomy_labels(report, language), language, PageLanguage.single(language), style
    )
    title = title or _title(display)
    return compose(
        title,
        tuple(sections_of_report(display)),
        front=(Section(_cover(display, title), kind=SectionKind.COVER),),
        language=display.words,
        style=style,
        document_language=language,
    )


def _taxonomy_labels(report: Report, language: str) -> Labels:
    @cache
    def label(name: QName) -> PageText | None:
        text = report.vocabulary.label(name, language, "en")
        return None if text is None else PageText(_KIND.sub("", " ".join(text.split())))

    return label


def _language_of(report: Report) -> str:
    """The language of most texts, where the page has words in it."""
    tags = islice((fact.language.lower().partition("-")[0] for fact in report.facts if fact.language), 1000)
    counted = Counter(tags).most_common(1)
    return counted[0][0] if counted and has_words(counted[0][0]) else "en"


@frozen
class ReportDisplay:
    """Displays facts in the page's language and style; ``language`` is the page's tag, ``words`` its words."""

    report: Report
    labels: Labels
    language: str
    words: PageLanguage
    style: Style
    notes: dict[str, tuple[str, ...]] = field(init=False)
    entities: tuple[Entity | None, ...] = field(init=False)

    @notes.default
    def _notes_of_facts(self) -> dict[str, tuple[str, ...]]:
        return notes_by_fact(self.report)

    @entities.default
    def _entities_of_facts(self) -> tuple[Entity | None, ...]:
        return tuple(dict.fromkeys(fact.entity for fact in self.report.facts))

    def datatype(self, fact: Fact) -> DataType | None:
        return self.report.vocabulary.datatypes.get(fact.concept)

    def name(self, name: QName) -> PageText:
        """The label of a concept, an axis or a member; without one, the words of its name."""
        return self.labels(name) or PageText(split_name(name.local_name))

    def entity(self, entity: Entity | None) -> list[str]:
        """The entity's identifier, where the report is about several."""
        return [] if entity is None or len(self.entities) == 1 else [entity.identifier]

    def members(self, dimensions: Iterable[Dimension]) -> str:
        return " · ".join(
            self.name(dimension.member).text if isinstance(dimension, ExplicitDimension) else dimension.value or NOTHING
            for dimension in dimensions
        )

    def facts(self, facts: Iterable[Fact], scale: int) -> Content:
        """The facts of one cell with the marks of their notes, one under the other."""
        content: list[Inline] = []
        for fact in facts:
            if content:
                content.append(LineBreak())
            content.append(self._place(fact, scale))
            if notes := self.notes.get(fact.id or ""):
                content += map(NoteMark, notes)
        return tuple(content)

    def _place(self, fact: Fact, scale: int) -> FactPlace | HiddenLink:
        id_ = fact.id or ""
        datatype = self.datatype(fact)
        if datatype is None:
            return FactPlace(id_, scale=scale)
        if datatype.is_numeric:
            is_percent = datatype.is_percent and not fact.is_nil
            return FactPlace(id_, scale=-2, after="%") if is_percent else FactPlace(id_, scale=scale)
        if datatype.base == "boolean" and fact.value in ("true", "false"):
            return truth_place(id_, truth=fact.value == "true", language=self.words, style=self.style)
        if datatype.is_enumeration and fact.value:
            members = (member.rpartition("#") for member in fact.value.split(" "))
            labels = (self.name(QName(namespace, local_name)).text for namespace, _, local_name in members)
            return HiddenLink(id_, ", ".join(labels))
        return FactPlace(id_)


def _title(display: ReportDisplay) -> str:
    """The registrant's name, or whose report it is."""
    facts = (fact for fact in display.report.facts if fact.concept.local_name == "EntityRegistrantName")
    title = next((fact.value for fact in facts if fact.value and fact.value.strip()), None)
    if title is None:
        identifiers = (entity.identifier for entity in display.entities if entity is not None)
        title = next(identifiers, display.words.word("page.report"))
    return " ".join(title.split())[:_LONGEST_TITLE]


def _cover(display: ReportDisplay, title: str) -> tuple[Block, ...]:
    entities = (entity for entity in display.entities[:_MOST_ENTITIES] if entity is not None)
    entries = [
        Entry(
            display.words.word("label.entity"),
            (PageText(entity.identifier), LineBreak(), PageText(entity.scheme)),
        )
        for entity in entities
    ]
    schemas = [part for href in display.report.taxonomy for part in (LineBreak(), PageText(href))]
    return Heading(1, title), KeyValues([*entries, Entry(display.words.word("label.taxonomy"), schemas[1:])])


# --- sections ---------------------------------------------------------------------------------------------------------


@frozen
class _TableGroup:
    """Facts that share tables: of one kind, over the same kind of period, cut by the same axes, of one entity."""

    kind: str
    period_kind: str
    axes: tuple[QName, ...]
    entity: Entity | None

    @property
    def order(self) -> tuple[int, list[tuple[str, str]], str]:
        """Those without dimensions first, those of the same axes together, dates before periods."""
        return len(self.axes), [axis.sort_key for axis in self.axes], "" if self.period_kind == "instant" else "later"


def sections_of_report(display: ReportDisplay) -> Iterator[PageSection]:
    """General information, amounts at dates and for periods, texts, notes; everything in the order of the report."""
    texts: list[Fact] = []
    by_key: dict[tuple[str, str, tuple[QName, ...], Entity | None], list[Fact]] = {}
    for fact in display.report.facts:
        kind = _kind(fact, display.datatype(fact))
        if kind == "texts":
            texts.append(fact)
        else:
            axes = tuple(dimension.axis for dimension in fact.dimensions)
            by_key.setdefault((kind, _period_kind(fact.period), axes, fact.entity), []).append(fact)
    groups = {_TableGroup(*key): facts for key, facts in by_key.items()}
    for kind in ("words", "instant", "duration", "forever"):
        of_kind = sorted((group for group in groups if group.kind == kind), key=lambda group: group.order)
        if of_kind:
            yield _section(display, kind, _tables(display, [(group, groups[group]) for group in of_kind]))
    if texts:
        yield _section(display, "texts", (_prose(display, fact) for fact in texts))
    if display.report.footnotes:
        notes = NoteList(tuple(note.id for note in display.report.footnotes))
        yield _section(display, "notes", (notes,), kind=SectionKind.NOTES)


def _section(
    display: ReportDisplay, key: str, parts: Iterable[Part], *, kind: SectionKind = SectionKind.BODY
) -> PageSection:
    title = display.words.phrase(word(f"section.{key}"))
    return PageSection(title=title, parts=parts, kind=kind, with_notes=False)


def _kind(fact: Fact, datatype: DataType | None) -> str:
    """The section of a fact: that of its period for a number, else ``texts`` for what is long, ``words`` for others."""
    if fact.looks_numeric if datatype is None else datatype.is_numeric:
        return _period_kind(fact.period)
    value = fact.value or ""
    is_markup = datatype is None and "<" in value and ">" in value
    return "texts" if is_text_block(datatype) or len(value) > _LONGEST_CELL or "\n" in value or is_markup else "words"


def _period_kind(period: Period) -> str:
    if isinstance(period, Instant):
        return "instant"
    return "duration" if isinstance(period, Duration) else "forever"


def _prose(display: ReportDisplay, fact: Fact) -> Prose:
    """A text under the label of its concept, with its period, its members and its language."""
    lead = [display.words.period(fact.period)]
    lead += [display.members(fact.dimensions)] if fact.dimensions else []
    lead += display.entity(fact.entity)
    lead += [fact.language] if fact.language and fact.language != display.language else []
    return Prose(
        heading=(display.name(fact.concept),),
        lead=(PageText(" · ".join(lead)),),
        texts=[ProseText(block=FactBlock(fact.id or ""), notes=display.notes.get(fact.id or "", ()))],
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def _tables(display: ReportDisplay, groups: Iterable[tuple[_TableGroup, list[Fact]]]) -> Iterator[Part]:
    """The tables of the groups, under headings where there are several entities or axes."""
    heading_above = ""
    for group, facts in groups:
        names = [*display.entity(group.entity), *(display.name(axis).text for axis in group.axes)]
        heading = " · ".join(names) or display.words.word("page.report")
        if (group.axes or len(display.entities) > 1) and heading != heading_above:
            yield Heading(3, heading)
            heading_above = heading
        for periods, few in _few_periods(facts, _MOST_PERIODS.get(group.kind, _MOST_PERIODS_OF_AMOUNTS)):
            yield _grid(display, periods, few, are_words=group.kind == "words")


def _few_periods(facts: Iterable[Fact], most: int) -> Iterator[tuple[list[Period], list[Fact]]]:
    """The facts of a few periods at a time, the latest first, so that a page is wide enough."""
    periods = sorted(dict.fromkeys(fact.period for fact in facts), key=_recency, reverse=True)
    pieces = [periods[start : start + most] for start in range(0, len(periods), most)]
    piece_of = {period: number for number, piece in enumerate(pieces) for period in piece}
    by_piece: list[list[Fact]] = [[] for _ in pieces]
    for fact in facts:
        by_piece[piece_of[fact.period]].append(fact)
    return zip(pieces, by_piece, strict=True)


def _recency(period: Period) -> tuple[str, str]:
    if isinstance(period, Instant):
        return (period.moment, period.moment)
    return (period.end, period.start) if isinstance(period, Duration) else ("", "")


def _grid(display: ReportDisplay, periods: Sequence[Period], facts: Sequence[Fact], *, are_words: bool) -> Grid:
    """A row for each concept, member and unit, a column for each period; the unit over the table where it is one."""
    units = {fact.unit for fact in facts}
    unit = next(iter(units)) if len(units) == 1 else None
    scale = 0 if are_words else common_scale(facts, unit)
    with_units = len(units) > 1
    measure = display.words.measure(scale, unit) if unit is not None else ""
    (item,) = label_heads(word("label.item"), language=display.words)
    return Grid(
        heads=[
            evolve(item, width=36),
            *([Head(label=(PageText(display.words.word("label.unit")),))] if with_units else []),
            *(evolve(head, is_number=not are_words) for head in period_heads(periods, display.words)),
        ],
        lines=_lines(display, periods, facts, with_units=with_units, scale=scale),
        measure=measure or None,
        keep_together=len(facts) <= _MOST_KEPT_TOGETHER,
    )


def _lines(
    display: ReportDisplay, periods: Sequence[Period], facts: Iterable[Fact], *, with_units: bool, scale: int
) -> Iterator[Line]:
    concepts: dict[QName, dict[tuple[tuple[Dimension, ...], Unit | None], dict[Period, list[Fact]]]] = {}
    for fact in facts:
        row = concepts.setdefault(fact.concept, {}).setdefault((fact.dimensions, fact.unit), {})
        row.setdefault(fact.period, []).append(fact)
    for concept, rows in concepts.items():
        label: Content = (display.name(concept),)
        has_members = any(dimensions for dimensions, _ in rows)
        if has_members:
            yield Line(cells=(label,), kind=RowKind.GROUP)
        for (dimensions, unit), by_period in rows.items():
            unit_cell: list[tuple[Inline]] = [(PageText(display.words.unit(unit)),)] if with_units else []
            yield Line(
                cells=(
                    (PageText(display.members(dimensions)),) if has_members else label,
                    *unit_cell,
                    *(display.facts(by_period.get(period, ()), scale) for period in periods),
                ),
                level=int(has_members),
            )


def common_scale(facts: Iterable[Fact], unit: Unit | None) -> int:
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
    text = "".join(map(str, digits))
    significant = text.rstrip("0")
    return int(exponent) + len(text) - len(significant) if significant else 1000
