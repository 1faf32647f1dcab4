"""Items that are texts: a heading, other fields in a remark, and the text itself.

A section whose text is that of its parts, one after the other, stands on the page as its parts, each under a heading of
its own; the section's tag goes round each of them, piece by piece, so that what a machine extracts is the section as it
is reported, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    FactBlock,
    FactPlace,
    Inline,
    KeyValues,
    PageText,
    Paragraph,
    Within,
)
from exporter.formats.inline_xbrl.write.display import is_text_block
from exporter.formats.inline_xbrl.write.text_blocks import is_plain, is_verbatim, read_fragment
from exporter.items.values.texts import TextBlock
from exporter.page.compose import DisplayedFact, Prose, ProseText, marks
from exporter.page.display import ItemDisplay
from exporter.page.item_facts import ItemFact, ItemWithFacts
from exporter.page.tables import key_values, under_heading

_LONGEST_HEADING: Final = 300


def text_fields(item: ItemWithFacts) -> tuple[str, ...]:
    """The fields that are blocks of text."""
    names = (field.name for field in item.fields if (main := item.main(field.name)) and not main.fact.is_nil)
    return tuple(name for name in names if isinstance(getattr(item.item, name), TextBlock))


def prose(display: ItemDisplay, item: ItemWithFacts, *, level: int) -> Iterator[Prose | KeyValues | Paragraph]:
    """An item's texts under their heading; one that stands on the page in pieces leaves the marks of its notes."""
    blocks = text_fields(item)
    main = item.main(blocks[0])
    if main is not None and display.is_in_pieces(main.id):
        if main.notes:
            yield marks(main.notes)
        return
    heading = heading_field(item, blocks[0])
    fact = _heading_fact(display, item, heading) if heading else None
    others = [field.name for field in item.fields if field.name not in (*blocks, heading)]
    remark = _remark(display, item, others) if fact else ()
    yield Prose(
        heading=(*_number(display, item), *fact.content()) if fact else _title(display, item, blocks[0]),
        texts=[_text(display, item, name, labelled=len(blocks) > 1) for name in blocks],
        level=level,
        remark=remark,
    )
    if others and not remark:
        yield key_values(display, item, without=(*blocks, *((heading,) if heading else ())))


def _text(display: ItemDisplay, item: ItemWithFacts, name: str, *, labelled: bool) -> ProseText:
    main = item.main(name)
    assert main is not None
    label = (display.language.phrase(display.field_label([item], name)),) if labelled else ()
    return ProseText(block=FactBlock((main.id,), within=display.pieces.get(main.id)), notes=main.notes, label=label)


def _heading_fact(display: ItemDisplay, item: ItemWithFacts, name: str) -> DisplayedFact | None:
    fact, main = display.field(item, name), item.main(name)
    if fact is None or main is None or not isinstance(fact.place, FactPlace):
        return fact
    return evolve(fact, place=evolve(fact.place, within=display.pieces.get(main.id)))


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
    return tuple(part for name in numbers for part in (*display.dimension(item, name), PageText(". ")))


def _title(display: ItemDisplay, item: ItemWithFacts, block: str) -> Content:
    label = display.field_label([item], block) if item.selectors else item.label
    dimensions = [display.dimension(item, axis.field.name) for axis in item.binding.axes]
    parts = [part for dimension in dimensions if dimension for part in (PageText(" — "), *dimension)]
    return (display.language.phrase(label), *parts)


def _remark(display: ItemDisplay, item: ItemWithFacts, names: Iterable[str]) -> Content:
    """The dimensions and the other fields of a text with a heading, in one line."""
    content: list[Inline] = []
    for axis in item.binding.axes:
        dimension = display.dimension(item, axis.field.name)
        if dimension and type(getattr(item.item, axis.field.name)) is not int:
            lead_in = display.language.lead_in(display.axis_label(axis))
            content += [*([PageText(" · ")] if content else []), lead_in, *dimension]
    for name in names:
        fact = display.field(item, name)
        if fact is not None:
            label = under_heading(display.field_label([item], name), item.label, display.language)
            content += [*([PageText(" · ")] if content else []), display.language.lead_in(label), *fact.content()]
    return tuple(content)


# --- texts that repeat others ----------------------------------------------------------------------------------------

_TAG: Final = re.compile(r"<(/?)[^<>]*?(/?)>")


@frozen
class _TextPart:
    """A text where it stands in the whole, from character to character."""

    id: str
    start: int
    end: int


def joined_texts(items: Iterable[ItemWithFacts]) -> dict[str, Within]:
    """For each text that is a piece of a longer one, where it stands in that, by the ids of their facts.

    Args:
        items: those of one section, in the order of the page.
    """
    texts = [item for item in items if text_fields(item)]
    pieces: dict[str, Within] = {}
    for whole in reversed(texts):
        main = _only_text(whole)
        if main is None or main.id in _used(pieces):
            continue
        others = [text for text in texts if text is not whole and not _used(pieces) & _ids(text)]
        pieces |= _pieces(main, _parts_of(main.fact.value or "", others))
    return pieces


def _used(pieces: dict[str, Within]) -> set[str]:
    """The facts that are pieces, or in pieces."""
    return pieces.keys() | {piece.fact for piece in pieces.values()}


def _ids(item: ItemWithFacts) -> set[str]:
    return {fact.id for facts in item.facts.values() for fact in facts}


def _only_text(item: ItemWithFacts) -> ItemFact | None:
    """The text of an item that reports nothing else."""
    facts = [fact for of_field in item.facts.values() for fact in of_field]
    return facts[0] if len(facts) == 1 and len(text_fields(item)) == 1 else None


def _parts_of(whole: str, items: Iterable[ItemWithFacts]) -> list[_TextPart]:
    """The texts of items that are the whole one after the other; none where something of it is left over."""
    fragment = read_fragment(whole)
    if fragment is None or fragment.ids:
        return []
    parts: list[_TextPart] = []
    for item in items:
        parts += _parts_in(whole, item, after=parts[-1].end if parts else 0)
    is_all = len(parts) > 1 and _is_between(whole[parts[-1].end :])
    return parts if is_all and len({part.id for part in parts}) == len(parts) else []


def _parts_in(whole: str, item: ItemWithFacts, *, after: int) -> list[_TextPart]:
    """The heading and the blocks of an item, if they are what comes next; a heading may be left out."""
    blocks = text_fields(item)
    heading = heading_field(item, blocks[0])
    for names in ([heading, *blocks] if heading else [], list(blocks)):
        parts: list[_TextPart] = []
        for name in names:
            part = _part_in(whole, item.main(name), after=parts[-1].end if parts else after)
            if part is None:
                break
            parts.append(part)
        if names and len(parts) == len(names):
            return parts
    return []


def _part_in(whole: str, item_fact: ItemFact | None, *, after: int) -> _TextPart | None:
    value = None if item_fact is None else item_fact.fact.value
    if item_fact is None or not value or item_fact.bound.datatype.base != "string":
        return None
    if is_text_block(item_fact.bound.datatype):
        text, fits = value, read_fragment(value) is not None and not (is_plain(value) and is_verbatim(value))
    else:
        text, fits = escape(value, quote=False), not is_verbatim(value)
    if not fits:
        return None
    start = whole.find(text, after)
    return _TextPart(item_fact.id, start, start + len(text)) if start >= 0 and _is_between(whole[after:start]) else None


def _is_between(gap: str) -> bool:
    """Whether nothing but tags and white space is there."""
    return not _TAG.sub("", gap).strip()


def _pieces(main: ItemFact, parts: Sequence[_TextPart]) -> dict[str, Within]:
    """The whole cut between the parts, where no element is open; nothing where it cannot be."""
    whole = main.fact.value or ""
    cuts = [0, *_cuts(whole, parts), len(whole)]
    if not parts or len(cuts) != len(parts) + 1:
        return {}
    spans = list(pairwise(cuts))
    if any(read_fragment(whole[start:end]) is None for start, end in spans):
        return {}
    return {part.id: Within(main.id, span, part.start) for part, span in zip(parts, spans, strict=True)}


def _cuts(whole: str, parts: Sequence[_TextPart]) -> Iterator[int]:
    closed, depth = [0], 0
    for tag in _TAG.finditer(whole):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth == 0:
            closed.append(tag.end())
    for part, following in pairwise(parts):
        inside = [at for at in closed if part.end <= at <= following.start]
        if inside:
            yield inside[0]
        elif "<" not in whole:
            yield part.end
