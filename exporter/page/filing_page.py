"""The page of a filing: its items in sections; facts that no item's place shows stand at the end as reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from attrs import evolve

from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    Entry,
    FactPlace,
    Heading,
    HiddenLink,
    KeyValues,
    Page,
    PageText,
    Paragraph,
    SectionKind,
    Tone,
)
from exporter.items.declarations import words
from exporter.items.to_facts import DerivedReport
from exporter.model.fact import Fact
from exporter.page.compose import (
    DisplayedFact,
    Grid,
    Line,
    PageSection,
    Part,
    compose,
    facts_placed,
    label_heads,
)
from exporter.page.display import ItemDisplay
from exporter.page.figures import can_turn, is_statement, pivot, statements
from exporter.page.item_facts import FilingItems, ItemWithFacts
from exporter.page.sections import OTHER, SectionPlan, in_sections
from exporter.page.tables import key_values, ledger, table_of_items
from exporter.page.texts import joined_texts, prose, text_fields
from exporter.page.words import PageLanguage, Text, has_words, style_in, word
from exporter.profiles.profile import ContentsRules
from exporter.transformations import Style
from exporter.transformations.display import NEGATIVE_MARKS

_FURTHER: Final = "further-facts"
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def filing_page(filing: Filing, derived: DerivedReport, *, style: Style | None = None) -> Page:
    """The page of a filing, made from the declarations of its items: every fact of the report stands on it.

    The filing's language stands first, where the page has words in it, else English; another that labels are asked for
    in stands beside it.

    Args:
        filing: the items.
        derived: the report that they make, with the origin of each fact.
        style: how values are shown; by default as is the custom in the filing's language.
    """
    language = language_of(filing)
    contents = filing.rules.document.contents
    style = style or style_in(filing.language)
    title = filing.title or filing.base_name
    sections = sections_of_filing(filing, derived, ItemDisplay(language, style))
    if contents is not None:
        return compose(
            title,
            tuple(_numbered(sections, contents)),
            front=(),
            language=language,
            style=style,
            part=Heading(1, contents.part),
            reported_signs=filing.rules.document.reported_signs,
        )
    lead = language.word("page.lead").format(
        date=language.date(filing.period_end.date), entity=filing.entity.identifier
    )
    tag = filing.rules.document.labels.tag
    return compose(
        title,
        tuple(sections),
        front=(Heading(1, title), Paragraph(PageText(lead), tone=Tone.LEAD)),
        language=language,
        style=style,
        document_language=tag(filing.language if has_words(filing.language) else language.first),
    )


def language_of(filing: Filing) -> PageLanguage:
    """The languages of the page: where its headings make a table of contents, the first that the profile asks for."""
    document = filing.rules.document
    if document.contents is not None and document.languages:
        return PageLanguage.single(document.languages[0])
    return PageLanguage.of(filing.language, filing.languages_of_labels)


def _numbered(sections: Iterable[PageSection], contents: ContentsRules) -> Iterator[PageSection]:
    """The sections with the titles that a table of contents has; the first cover is that of the document."""
    number, has_cover = 0, False
    for section in sections:
        if section.kind is SectionKind.COVER and not has_cover:
            has_cover = True
            title = contents.cover.replace("{title}", section.title.text)
        else:
            number += 1
            digits = str(number).translate(_FULL_WIDTH)
            title = contents.section.replace("{number}", digits).replace("{title}", section.title.text)
            section = evolve(section, kind=SectionKind.BODY)
        yield evolve(section, title=PageText(title))


def sections_of_filing(filing: Filing, derived: DerivedReport, display: ItemDisplay) -> Iterator[PageSection]:
    """The sections of the filing's items, then one of the facts that stand in none of them."""
    items = FilingItems(filing, derived, display.language.languages)
    planned = in_sections(items)
    if filing.rules.document.inline_version != "1.0":  # which has no continuations
        joined = [joined_texts(of_section) for _, of_section in planned]
        display = evolve(display, pieces={id_: piece for pieces in joined for id_, piece in pieces.items()})
    placed: set[str] = set()
    composed = list(_composed_sections(filing, derived, display))
    for plan, of_section in planned:
        parts = tuple(_parts(display, plan, of_section))
        while plan.kind is not SectionKind.COVER and composed:
            placed |= facts_placed(composed[0].parts)
            yield composed.pop(0)
        placed |= facts_placed(parts)
        yield PageSection(id=plan.id, title=display.language.phrase(plan.title), parts=parts, kind=plan.kind)
    for section in composed:
        placed |= facts_placed(section.parts)
        yield section
    if missing := [fact for fact in derived.report.facts if fact.id not in placed]:
        title = display.language.phrase(word(f"section.{_FURTHER}"))
        grid = _remaining_facts(display, filing, items, missing)
        yield PageSection(id=_FURTHER, title=title, parts=(grid,), listed=False)


def _composed_sections(filing: Filing, derived: DerivedReport, display: ItemDisplay) -> Iterator[PageSection]:
    """The statements, then the notes to them."""
    if not filing.composed:
        return
    from exporter.page.notes import notes_section
    from exporter.page.statement_tables import statement_section

    for section in (statement_section(filing, derived, display), notes_section(filing, derived, display)):
        if section is not None:
            yield section


def _remaining_facts(display: ItemDisplay, filing: Filing, items: FilingItems, facts: Iterable[Fact]) -> Grid:
    language = display.language
    lines = []
    for fact in facts:
        label = filing.taxonomy.label(fact.concept, language=language.first) or words(fact.concept.local_name)
        datatype = filing.taxonomy.datatypes().get(fact.concept)
        place: FactPlace | HiddenLink = FactPlace((fact.id or "",))
        if datatype is not None and datatype.is_enumeration:
            place = HiddenLink(fact.id or "", words((fact.value or "").rpartition("#")[2]) or "—")
        period = (PageText(language.period(fact.period)),)
        lines.append(
            Line(
                cells=(
                    (PageText(label),),
                    period,
                    DisplayedFact(place=place, notes=items.notes.get(fact.id or "", ())),
                )
            )
        )
    labels = (word("label.concept"), word("label.period"), word("label.value"))
    return Grid(heads=label_heads(*labels, language=language), lines=tuple(lines))


def _parts(display: ItemDisplay, plan: SectionPlan, items: Sequence[ItemWithFacts]) -> Iterator[Part]:
    """The items class by class; those that stand alone in theirs share a table."""
    if plan.kind is SectionKind.COVER and len(items) == 1:
        yield from _cover(display, items[0])
        return
    alone: list[ItemWithFacts] = []
    for _, of_class in groupby(items, key=lambda item: item.name):
        group = list(of_class)
        if len(group) == 1 and not group[0].rows and not text_fields(group[0]):
            alone.append(group[0])
            continue
        if alone:
            yield ledger(display, alone)
            alone = []
        yield from _group(display, group, with_heading=plan is OTHER or len(group) < len(items))
    if alone:
        yield ledger(display, alone)


def _cover(display: ItemDisplay, item: ItemWithFacts) -> Iterator[Part]:
    """The fields of the only item of a cover; where the cover page has headings, its items under them, then the rest.

    Two items that are called alike there are told apart by what follows the comma of their labels.
    """
    contents = item.binding.profile.document.contents
    if contents is None:
        yield key_values(display, item)
        return
    # Imported on use: the cover of few filings has headings.
    from exporter.disclosures.edinet_cover import COVER_FIELDS

    on_cover = set(COVER_FIELDS)
    headed = key_values(display, item, without=(spec.name for spec in item.fields if spec.name not in on_cover))
    yield KeyValues(
        [Entry(_heading(entry.label, contents, display.language), entry.content) for entry in headed.entries]
    )
    yield key_values(display, item, without=on_cover)


def _heading(label: Content, contents: ContentsRules, language: PageLanguage) -> Content:
    text = "".join(part.text for part in label if isinstance(part, PageText))
    return (PageText(contents.entry.replace("{title}", text.partition(language.comma)[0])),)


def _group(display: ItemDisplay, items: Sequence[ItemWithFacts], *, with_heading: bool) -> Iterator[Part]:
    """Items of one class: their texts, then statements or tables."""
    others = []
    for item in items:
        if text_fields(item):
            yield from prose(display, item, level=3)
        else:
            others.append(item)
    if not others:
        return
    if is_statement(others):
        yield from statements(display, others, level=3)
        return
    heading = others[0].label
    if with_heading:
        yield Heading(3, display.language.phrase(heading))
    for item in others:
        if not item.rows:
            continue
        if can_turn(item.rows):
            yield pivot(display, item.rows)
            continue
        classes: dict[str, list[ItemWithFacts]] = {}
        for row in item.rows:
            classes.setdefault(row.name, []).append(row)
        for rows in classes.values():
            yield from _table(display, rows, heading)
    if plain := [item for item in others if not item.rows]:
        yield from _table(display, plain, heading)


def _table(display: ItemDisplay, items: Sequence[ItemWithFacts], heading: Text) -> Iterable[Part]:
    return (pivot(display, items),) if can_turn(items) else table_of_items(display, items, heading)


def style_of(filing: Filing) -> Style | None:
    """The custom of the language with the profile's registry and minus sign; ``None`` where it names no registry."""
    rules = filing.rules.document
    if not rules.registries:
        return None
    language = language_of(filing).first if rules.contents is not None else filing.language
    custom = Style.of(language, registry=rules.registries[0].namespace, with_sec=rules.with_sec)
    style = style_in(language, custom)
    signs = (sign for sign, (before, _) in NEGATIVE_MARKS.items() if before == rules.negative_glyph)
    negative = next(signs, None)
    return style if negative is None else evolve(style, negative=negative)
