"""Items that are texts: a heading, what else is said, and the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from exporter.filing.page.display import ItemDisplay
from exporter.filing.page.headings import under_heading
from exporter.filing.page.ledger import key_values
from exporter.filing.page.shown import Shown
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Block,
    Content,
    FactBlock,
    FactPlace,
    Heading,
    NoteMark,
    Paragraph,
    Phrase,
    Tone,
)
from exporter.items.text_block import TextBlock

_LONGEST_HEADING = 300


def text_fields(item: StatedItem) -> tuple[str, ...]:
    """The fields that are blocks of text."""
    found = (each.name for each in item.fields if (main := item.main(each.name)) and not main.fact.is_nil)
    return tuple(name for name in found if isinstance(getattr(item.item, name), TextBlock))


def prose(display: ItemDisplay, items: Sequence[StatedItem], *, level: int) -> Iterator[Block]:
    """Texts one after the other, each under a heading of its own."""
    for item in items:
        yield from _one(display, item, level=level)


def _one(display: ItemDisplay, item: StatedItem, *, level: int) -> Iterator[Block]:
    blocks = text_fields(item)
    main = item.main(blocks[0])
    if main is not None and display.is_in_pieces(main.id):
        if main.notes:
            yield Paragraph(tuple(map(NoteMark, main.notes)), tone=Tone.REMARK)
        return
    heading = heading_field(item, blocks[0])
    shown = _heading(display, item, heading) if heading else None
    yield Heading(level, (*_number(display, item), *shown.content()) if shown else _title(display, item, blocks))
    others = [each.name for each in item.fields if each.name not in (*blocks, heading)]
    remark = _remark(display, item, others) if shown else ()
    for name in blocks:
        main = item.main(name)
        assert main is not None
        if len(blocks) > 1:
            yield Heading(level + 1, display.tongue.phrase(display.field_label([item], name)))
        yield FactBlock((main.id,), within=display.pieces.get(main.id))
        if main.notes:
            yield Paragraph(tuple(map(NoteMark, main.notes)), tone=Tone.REMARK)
    if remark:
        yield Paragraph(remark, tone=Tone.REMARK)
    elif others:
        yield key_values(display, item, without=(*blocks, *((heading,) if heading else ())))


def _heading(display: ItemDisplay, item: StatedItem, name: str) -> Shown | None:
    shown, main = display.field(item, name), item.main(name)
    if shown is None or main is None or not isinstance(shown.place, FactPlace):
        return shown
    return evolve(shown, place=evolve(shown.place, within=display.pieces.get(main.id)))


def heading_field(item: StatedItem, block: str) -> str | None:
    """The line of text that heads a block: the one declared right before it."""
    names = [each.name for each in item.fields]
    before = names[names.index(block) - 1] if names.index(block) else None
    value = getattr(item.item, before) if before else None
    is_line = isinstance(value, str) and type(value) is str and "\n" not in value and 0 < len(value) <= _LONGEST_HEADING
    return before if is_line else None


def _number(display: ItemDisplay, item: StatedItem) -> Content:
    """The number of a text among its like."""
    numbers = [axis.field.name for axis in item.binding.axes if type(getattr(item.item, axis.field.name)) is int]
    return tuple(part for name in numbers for part in (*display.dimension(item, name), Phrase(". ")))


def _title(display: ItemDisplay, item: StatedItem, blocks: Iterable[str]) -> Content:
    said: list[Content] = [display.dimension(item, axis.field.name) for axis in item.binding.axes]
    name = next(iter(blocks))
    label: Words = display.field_label([item], name) if item.selectors else item.label
    parts = [part for each in said if each for part in (Phrase(" — "), *each)]
    return (display.tongue.phrase(label), *parts)


def _remark(display: ItemDisplay, item: StatedItem, names: Iterable[str]) -> Content:
    """What else is said of a text with a heading, in one line."""
    found: list[object] = []
    for axis in item.binding.axes:
        said = display.dimension(item, axis.field.name)
        if said and type(getattr(item.item, axis.field.name)) is not int:
            found += [*([Phrase(" · ")] if found else []), display.lead_in(display.axis_label(axis)), *said]
    for name in names:
        shown = display.field(item, name)
        if shown is not None:
            label = under_heading(display.field_label([item], name), item.label, display.tongue)
            found += [*([Phrase(" · ")] if found else []), display.lead_in(label), *shown.content()]
    return tuple(found)  # type: ignore[arg-type]
