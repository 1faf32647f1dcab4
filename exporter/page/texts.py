"""Items that are texts: a heading, what else is said, and the text itself.

Texts that repeat others: a section whose text is that of its parts, one after the other, is shown by them.

The parts stand on the page under headings of their own; the section's tag goes round each of them, piece by piece, so
that what a machine extracts is the section as it is reported, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Block,
    Content,
    FactBlock,
    FactPlace,
    Heading,
    NoteMark,
    Paragraph,
    Phrase,
    Tone,
    Within,
)
from exporter.formats.inline_xbrl.write.display import is_text_block
from exporter.formats.inline_xbrl.write.text_blocks import is_plain, is_verbatim, read_fragment
from exporter.items.values.texts import TextBlock
from exporter.page.display import DisplayedField, ItemDisplay
from exporter.page.item_facts import ItemFact, ItemWithFacts
from exporter.page.tables import key_values, under_heading
from exporter.page.words import Text

_LONGEST_HEADING = 300


def text_fields(item: ItemWithFacts) -> tuple[str, ...]:
    """The fields that are blocks of text."""
    found = (field.name for field in item.fields if (main := item.main(field.name)) and not main.fact.is_nil)
    return tuple(name for name in found if isinstance(getattr(item.item, name), TextBlock))


def prose(display: ItemDisplay, items: Sequence[ItemWithFacts], *, level: int) -> Iterator[Block]:
    """Texts one after the other, each under a heading of its own."""
    for item in items:
        yield from _one(display, item, level=level)


def _one(display: ItemDisplay, item: ItemWithFacts, *, level: int) -> Iterator[Block]:
    blocks = text_fields(item)
    main = item.main(blocks[0])
    if main is not None and display.is_in_pieces(main.id):
        if main.notes:
            yield Paragraph(tuple(map(NoteMark, main.notes)), tone=Tone.REMARK)
        return
    heading = heading_field(item, blocks[0])
    shown = _heading(display, item, heading) if heading else None
    yield Heading(level, (*_number(display, item), *shown.content()) if shown else _title(display, item, blocks))
    others = [field.name for field in item.fields if field.name not in (*blocks, heading)]
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


def _heading(display: ItemDisplay, item: ItemWithFacts, name: str) -> DisplayedField | None:
    shown, main = display.field(item, name), item.main(name)
    if shown is None or main is None or not isinstance(shown.place, FactPlace):
        return shown
    return evolve(shown, place=evolve(shown.place, within=display.pieces.get(main.id)))


def heading_field(item: ItemWithFacts, block: str) -> str | None:
    """The line of text that heads a block: the one declared right before it."""
    names = [field.name for field in item.fields]
    before = names[names.index(block) - 1] if names.index(block) else None
    value = getattr(item.item, before) if before else None
    is_line = isinstance(value, str) and type(value) is str and "\n" not in value and 0 < len(value) <= _LONGEST_HEADING
    return before if is_line else None


def _number(display: ItemDisplay, item: ItemWithFacts) -> Content:
    """The number of a text among its like."""
    numbers = [axis.field.name for axis in item.binding.axes if type(getattr(item.item, axis.field.name)) is int]
    return tuple(part for name in numbers for part in (*display.dimension(item, name), Phrase(". ")))


def _title(display: ItemDisplay, item: ItemWithFacts, blocks: Iterable[str]) -> Content:
    said: list[Content] = [display.dimension(item, axis.field.name) for axis in item.binding.axes]
    name = next(iter(blocks))
    label: Text = display.field_label([item], name) if item.selectors else item.label
    parts = [part for each in said if each for part in (Phrase(" — "), *each)]
    return (display.tongue.phrase(label), *parts)


def _remark(display: ItemDisplay, item: ItemWithFacts, names: Iterable[str]) -> Content:
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


_TAG: Final = re.compile(r"<(/?)[^<>]*?(/?)>")


@frozen
class _Found:
    """A part where it stands in the whole, from character to character."""

    id: str
    at: int
    end: int


def joined_texts(items: Iterable[ItemWithFacts]) -> dict[str, Within]:
    """For each text that is a piece of a longer one, where it stands in that, by the ids of their facts.

    Args:
        items: those of one section, in the order of the page.
    """
    texts = [item for item in items if text_fields(item)]
    found: dict[str, Within] = {}
    for whole in reversed(texts):
        main = _only_text(whole)
        if main is None or main.id in found or main.id in {each.fact for each in found.values()}:
            continue
        others = [text for text in texts if text is not whole and not _taken(text, found)]
        found |= _pieces(main, _parts_of(main.fact.value or "", others))
    return found


def _taken(item: ItemWithFacts, found: dict[str, Within]) -> bool:
    wholes = {each.fact for each in found.values()}
    return any(fact.id in found or fact.id in wholes for facts in item.facts.values() for fact in facts)


def _only_text(item: ItemWithFacts) -> ItemFact | None:
    """The text of an item that says nothing else."""
    stated = [fact for facts in item.facts.values() for fact in facts]
    return stated[0] if len(stated) == 1 and len(text_fields(item)) == 1 else None


def _parts_of(whole: str, items: Iterable[ItemWithFacts]) -> list[_Found]:
    """The texts of items that are the whole one after the other; none where something of it is left over."""
    fragment = read_fragment(whole)
    if fragment is None or fragment.ids:
        return []
    found: list[_Found] = []
    for item in items:
        found += _parts_in(whole, item, after=found[-1].end if found else 0)
    is_all = len(found) > 1 and _is_between(whole[found[-1].end :])
    return found if is_all and len({each.id for each in found}) == len(found) else []


def _parts_in(whole: str, item: ItemWithFacts, *, after: int) -> list[_Found]:
    """The heading and the blocks of an item, if they are what comes next; a heading may be left out."""
    blocks = text_fields(item)
    heading = heading_field(item, blocks[0])
    for names in ([heading, *blocks] if heading else [], list(blocks)):
        found: list[_Found] = []
        for name in names:
            part = _part_in(whole, item.main(name), after=found[-1].end if found else after)
            if part is None:
                break
            found.append(part)
        if names and len(found) == len(names):
            return found
    return []


def _part_in(whole: str, stated: ItemFact | None, *, after: int) -> _Found | None:
    value = None if stated is None else stated.fact.value
    if stated is None or not value or stated.bound.datatype.base != "string":
        return None
    if is_text_block(stated.bound.datatype):
        text, fits = value, read_fragment(value) is not None and not (is_plain(value) and is_verbatim(value))
    else:
        text, fits = escape(value, quote=False), not is_verbatim(value)
    if not fits:
        return None
    at = whole.find(text, after)
    return _Found(stated.id, at, at + len(text)) if at >= 0 and _is_between(whole[after:at]) else None


def _is_between(gap: str) -> bool:
    """Whether nothing but tags and white space is there."""
    return not _TAG.sub("", gap).strip()


def _pieces(main: ItemFact, parts: Sequence[_Found]) -> dict[str, Within]:
    """The whole cut between the parts, where no element is open; nothing where it cannot be."""
    whole = main.fact.value or ""
    cuts = [0, *_cuts(whole, parts), len(whole)]
    if not parts or len(cuts) != len(parts) + 1:
        return {}
    pieces = list(pairwise(cuts))
    if any(read_fragment(whole[start:stop]) is None for start, stop in pieces):
        return {}
    return {part.id: Within(main.id, piece, part.at) for part, piece in zip(parts, pieces, strict=True)}


def _cuts(whole: str, parts: Sequence[_Found]) -> Iterator[int]:
    closed, depth = [0], 0
    for tag in _TAG.finditer(whole):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth == 0:
            closed.append(tag.end())
    for part, following in pairwise(parts):
        inside = [place for place in closed if part.end <= place <= following.at]
        if inside:
            yield inside[0]
        elif "<" not in whole:
            yield part.end
