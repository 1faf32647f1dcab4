"""Which facts stand on a page.

Facts that no item's place shows: they are shown as the report has them, so that nothing is lost.

The whole page of a filing: a title, a table of contents, the items in sections, their footnotes.

How values are shown on the page of a filing, as its profile wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from attrs import evolve

from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import (
    Block,
    Cell,
    Column,
    FactBlock,
    FactPlace,
    Heading,
    HiddenLink,
    Inline,
    ItemList,
    KeyValues,
    NoteList,
    NoteMark,
    Page,
    Paragraph,
    Phrase,
    Reference,
    Row,
    Scope,
    Section,
    SectionKind,
    Table,
    Tone,
    facts_of,
)
from exporter.items.declarations import words
from exporter.items.to_facts import DerivedReport
from exporter.model.fact import Fact
from exporter.page.display import PERIOD, Display, ItemDisplay
from exporter.page.figures import can_turn, is_statement, pivot, statements
from exporter.page.item_facts import ItemWithFacts, StatedItems
from exporter.page.sections import OTHER, SectionPlan, in_sections
from exporter.page.tables import key_values, ledger, table_of_items
from exporter.page.texts import joined_texts, prose, text_fields
from exporter.page.words import PageLanguage, Text
from exporter.transformations import Style
from exporter.transformations.display import NEGATIVE_MARKS
from exporter.transformations.display import Style as ProfileStyleStyle


def facts_placed(blocks: Iterable[Block]) -> set[str]:
    """The ids of all facts that stand in the blocks, hidden ones that words are linked to included.

    The sequences of the blocks must not be iterators.
    """
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, FactBlock):
            found.update(block.facts)
            found.update([block.within.fact] if block.within else ())
        elif isinstance(block, Section):
            found |= facts_placed(block.blocks)
        else:
            for content in _contents(block):
                found.update(facts_of(content))
    return found


def _contents(block: Block) -> Iterator[Iterable[Inline]]:
    match block:
        case Heading() | Paragraph():
            yield block.content
        case ItemList():
            yield from block.items
        case KeyValues():
            yield block.caption
            for entry in block.entries:
                yield entry.label
                yield entry.content
        case Table():
            yield block.caption
            yield block.remark
            for row in (*block.heads, *block.rows):
                yield from (cell.content for cell in row.cells)
        case _:
            return


_TITLE = Text("Further Facts", "その他の事実")
_HEADS = (Text("Concept", "概念"), PERIOD, Text("Value", "値"))


def remaining_facts(display: ItemDisplay, filing: Filing, stated: StatedItems, facts: Iterable[Fact]) -> Section:
    """A section with a table of the facts."""
    tongue = display.tongue
    rows = []
    for fact in facts:
        label = filing.taxonomy.label(fact.concept, language=tongue.first) or words(fact.concept.local_name)
        datatype = filing.taxonomy.datatypes().get(fact.concept)
        place: FactPlace | HiddenLink = FactPlace((fact.id or "",))
        if datatype is not None and datatype.is_enumeration:
            place = HiddenLink(fact.id or "", words((fact.value or "").rpartition("#")[2]) or "—")
        marks = tuple(map(NoteMark, stated.notes(fact)))
        rows.append(Row((Cell(label, scope=Scope.ROW), tongue.period(fact.period), Cell((place, *marks)))))
    heads = Row([Cell(tongue.phrase(head), scope=Scope.COLUMN) for head in _HEADS])
    table = Table(columns=(Column(), Column(), Column()), heads=(heads,), rows=tuple(rows))
    return Section((Heading(2, tongue.phrase(_TITLE)), table, NoteList()), id="further-facts")


_CONTENTS: Final = Text("Contents", "目次")
_NOTES: Final = Text("Notes", "注")
_SMALLEST_CONTENTS: Final = 3  # sections


def filing_page(filing: Filing, derived: DerivedReport, *, style: Style | None = None) -> Page:
    """The page of a filing, made from the declarations of its items: every fact of the report stands on it.

    English stands first, or Japanese where the filing is in Japanese; the other language beside it.

    Args:
        filing: the items.
        derived: the report that they make, with the origin of each fact.
        style: how values are shown; by default as is the custom in the filing's language.
    """
    tongue = PageLanguage.of(filing.language)
    style = style or Style.of(filing.language)
    display = ItemDisplay(Display(tongue, style))
    stated = StatedItems(filing, derived)
    planned = in_sections(stated)
    if filing.rules.document.inline_version != "1.0":  # which has no continuations
        pieces = [joined_texts(items) for _, items in planned]
        display = evolve(display, pieces={id_: each for found in pieces for id_, each in found.items()})
    sections = [_section(display, plan, items) for plan, items in planned]
    placed = facts_placed(sections)
    if missing := [fact for fact in derived.report.facts if fact.id not in placed]:
        sections.append(remaining_facts(display, filing, stated, missing))
    blocks: list[Block] = [*_front(display, filing), *_page_contents(display, planned), *sections]
    return Page(
        title=filing.title or filing.base_name,
        language=_page_language(filing.language),
        second_language=tongue.second,
        blocks=tuple(blocks),
        style=style,
        running_head=filing.title or filing.base_name,
    )


def _page_language(language: str) -> str:
    """The language of the labels: the filing's own where we speak it."""
    return language if language.lower().partition("-")[0] in ("en", "ja") else "en"


def _front(display: ItemDisplay, filing: Filing) -> Iterator[Block]:
    yield Heading(1, filing.title or filing.base_name)
    end = display.tongue.date(filing.period_end.date)
    said = f"{end}終了" if display.tongue.first == "ja" else f"Period ended {end}"
    yield Paragraph(Phrase(f"{said} · {filing.entity.identifier}"), tone=Tone.LEAD)


def _page_contents(display: ItemDisplay, planned: Sequence[tuple[SectionPlan, Any]]) -> Iterator[Block]:
    if len(planned) < _SMALLEST_CONTENTS:
        return
    entries = [Reference(plan.id, display.tongue.phrase(plan.title)) for plan, _ in planned]
    heading = Heading(2, display.tongue.phrase(_CONTENTS))
    yield Section((heading, ItemList(entries)), kind=SectionKind.CONTENTS)


def _section(display: ItemDisplay, plan: SectionPlan, items: Sequence[ItemWithFacts]) -> Section:
    blocks: list[Block] = [Heading(2, display.tongue.phrase(plan.title))]
    if plan.kind is SectionKind.COVER and len(items) == 1:
        blocks.append(key_values(display, items[0]))
    else:
        blocks += _body(display, plan, items)
    blocks.append(NoteList())
    return Section(tuple(blocks), kind=plan.kind, id=plan.id)


def _body(display: ItemDisplay, plan: SectionPlan, items: Sequence[ItemWithFacts]) -> Iterator[Block]:
    """The items class by class; those that stand alone in theirs share a table."""
    alone: list[ItemWithFacts] = []
    for _, found in groupby(items, key=lambda each: each.name):
        group = list(found)
        if len(group) == 1 and not group[0].rows and not text_fields(group[0]):
            alone.append(group[0])
            continue
        if alone:
            yield ledger(display, alone)
            alone = []
        yield from _group(display, group, alone=plan is not OTHER and len(group) == len(items))
    if alone:
        yield ledger(display, alone)


def _group(display: ItemDisplay, items: Sequence[ItemWithFacts], *, alone: bool) -> Iterator[Block]:
    texts = [item for item in items if text_fields(item)]
    if texts:
        yield from prose(display, texts, level=3)
    others = [item for item in items if not text_fields(item)]
    if not others:
        return
    if is_statement(others):
        yield from statements(display, others, level=3)
        return
    heading = others[0].label
    if not alone:
        yield Heading(3, display.tongue.phrase(heading))
    for item in others:
        if item.rows:
            yield from _rows(display, item, heading)
    plain = [item for item in others if not item.rows]
    if plain:
        yield from _tables(display, plain, heading)


def _rows(display: ItemDisplay, item: ItemWithFacts, heading: Text) -> Iterator[Block]:
    """An item made of rows: one table where it can be, else one for each class of rows."""
    if can_turn(item.rows):
        yield pivot(display, item.rows)
        return
    classes: dict[str, list[ItemWithFacts]] = {}
    for row in item.rows:
        classes.setdefault(row.name, []).append(row)
    for rows in classes.values():
        yield from _tables(display, rows, heading)


def _tables(display: ItemDisplay, items: Sequence[ItemWithFacts], heading: Text) -> Iterable[Block]:
    if can_turn(items):
        return (pivot(display, items),)
    return table_of_items(display, items, heading)


def style_of(filing: Filing) -> ProfileStyleStyle | None:
    """The custom of the language with the profile's registry and minus sign; ``None`` where it names no registry."""
    rules = filing.rules.document
    if not rules.registries:
        return None
    style = ProfileStyleStyle.of(filing.language, registry=rules.registries[0].namespace, with_sec=rules.with_sec)
    negative = next((each for each, (before, _) in NEGATIVE_MARKS.items() if before == rules.negative_glyph), None)
    return style if negative is None else evolve(style, negative=negative)
