"""Texts that repeat others: a section whose text is that of its parts, one after the other, is shown by them.

The parts stand on the page under headings of their own; the section's tag goes round each of them, piece by piece, so
that what a machine extracts is the section as it is reported, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from attrs import frozen

from exporter.filing.page.prose import heading_field, text_fields
from exporter.filing.page.stated import StatedFact, StatedItem
from exporter.formats.inline_xbrl.page import Within
from exporter.formats.inline_xbrl.showing import is_text_block
from exporter.formats.inline_xbrl.text_markup import is_plain, is_verbatim, read_fragment

_TAG: Final = re.compile(r"<(/?)[^<>]*?(/?)>")


@frozen
class _Found:
    """A part where it stands in the whole, from character to character."""

    id: str
    at: int
    end: int


def joined_texts(items: Iterable[StatedItem]) -> dict[str, Within]:
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
        others = [each for each in texts if each is not whole and not _taken(each, found)]
        found |= _pieces(main, _parts_of(main.fact.value or "", others))
    return found


def _taken(item: StatedItem, found: dict[str, Within]) -> bool:
    wholes = {each.fact for each in found.values()}
    return any(fact.id in found or fact.id in wholes for facts in item.facts.values() for fact in facts)


def _only_text(item: StatedItem) -> StatedFact | None:
    """The text of an item that says nothing else."""
    stated = [fact for facts in item.facts.values() for fact in facts]
    return stated[0] if len(stated) == 1 and len(text_fields(item)) == 1 else None


def _parts_of(whole: str, items: Iterable[StatedItem]) -> list[_Found]:
    """The texts of items that are the whole one after the other; none where something of it is left over."""
    fragment = read_fragment(whole)
    if fragment is None or fragment.ids:
        return []
    found: list[_Found] = []
    for item in items:
        found += _parts_in(whole, item, after=found[-1].end if found else 0)
    is_all = len(found) > 1 and _is_between(whole[found[-1].end :])
    return found if is_all and len({each.id for each in found}) == len(found) else []


def _parts_in(whole: str, item: StatedItem, *, after: int) -> list[_Found]:
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


def _part_in(whole: str, stated: StatedFact | None, *, after: int) -> _Found | None:
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


def _pieces(main: StatedFact, parts: Sequence[_Found]) -> dict[str, Within]:
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
