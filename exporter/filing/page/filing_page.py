"""The whole page of a filing: a title, a table of contents, the items in sections, their footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from attrs import evolve

from exporter.filing.filing import Filing
from exporter.filing.page.display import ItemDisplay
from exporter.filing.page.joined import joined_texts
from exporter.filing.page.ledger import key_values, ledger
from exporter.filing.page.pivot import can_turn, pivot
from exporter.filing.page.placed import facts_placed
from exporter.filing.page.prose import prose, text_fields
from exporter.filing.page.remainder import remaining_facts
from exporter.filing.page.sections import OTHER, SectionPlan, in_sections
from exporter.filing.page.shown import Showing
from exporter.filing.page.stated import StatedItem, StatedItems
from exporter.filing.page.statements import is_statement, statements
from exporter.filing.page.tables import table_of_items
from exporter.filing.page.wording import Tongue, Words
from exporter.formats.inline_xbrl.page import (
    Block,
    Heading,
    ItemList,
    NoteList,
    Page,
    Paragraph,
    Phrase,
    Reference,
    Section,
    SectionKind,
    Tone,
)
from exporter.formats.inline_xbrl.transformations import Style
from exporter.items.facts import DerivedReport

_CONTENTS: Final = Words("Contents", "目次")
_NOTES: Final = Words("Notes", "注")
_SMALLEST_CONTENTS: Final = 3  # sections


def filing_page(filing: Filing, derived: DerivedReport, *, style: Style | None = None) -> Page:
    """The page of a filing, made from the declarations of its items: every fact of the report stands on it.

    English stands first, or Japanese where the filing is in Japanese; the other language beside it.

    Args:
        filing: the items.
        derived: the report that they make, with the origin of each fact.
        style: how values are shown; by default as is the custom in the filing's language.
    """
    tongue = Tongue.of(filing.language)
    style = style or Style.of(filing.language)
    display = ItemDisplay(Showing(tongue, style))
    stated = StatedItems(filing, derived)
    planned = in_sections(stated)
    if filing.rules.document.inline_version != "1.0":  # which has no continuations
        pieces = [joined_texts(items) for _, items in planned]
        display = evolve(display, pieces={id_: each for found in pieces for id_, each in found.items()})
    sections = [_section(display, plan, items) for plan, items in planned]
    placed = facts_placed(sections)
    if missing := [fact for fact in derived.report.facts if fact.id not in placed]:
        sections.append(remaining_facts(display, filing, stated, missing))
    blocks: list[Block] = [*_front(display, filing), *_contents(display, planned), *sections]
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


def _contents(display: ItemDisplay, planned: Sequence[tuple[SectionPlan, Any]]) -> Iterator[Block]:
    if len(planned) < _SMALLEST_CONTENTS:
        return
    entries = [Reference(plan.id, display.tongue.phrase(plan.title)) for plan, _ in planned]
    heading = Heading(2, display.tongue.phrase(_CONTENTS))
    yield Section((heading, ItemList(entries)), kind=SectionKind.CONTENTS)


def _section(display: ItemDisplay, plan: SectionPlan, items: Sequence[StatedItem]) -> Section:
    blocks: list[Block] = [Heading(2, display.tongue.phrase(plan.title))]
    if plan.kind is SectionKind.COVER and len(items) == 1:
        blocks.append(key_values(display, items[0]))
    else:
        blocks += _body(display, plan, items)
    blocks.append(NoteList())
    return Section(tuple(blocks), kind=plan.kind, id=plan.id)


def _body(display: ItemDisplay, plan: SectionPlan, items: Sequence[StatedItem]) -> Iterator[Block]:
    """The items class by class; those that stand alone in theirs share a table."""
    alone: list[StatedItem] = []
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


def _group(display: ItemDisplay, items: Sequence[StatedItem], *, alone: bool) -> Iterator[Block]:
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


def _rows(display: ItemDisplay, item: StatedItem, heading: Words) -> Iterator[Block]:
    """An item made of rows: one table where it can be, else one for each class of rows."""
    if can_turn(item.rows):
        yield pivot(display, item.rows)
        return
    classes: dict[str, list[StatedItem]] = {}
    for row in item.rows:
        classes.setdefault(row.name, []).append(row)
    for rows in classes.values():
        yield from _tables(display, rows, heading)


def _tables(display: ItemDisplay, items: Sequence[StatedItem], heading: Words) -> Iterable[Block]:
    if can_turn(items):
        return (pivot(display, items),)
    return table_of_items(display, items, heading)
