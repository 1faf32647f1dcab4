"""Which facts stand on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.formats.inline_xbrl.page import (
    Block,
    FactBlock,
    Heading,
    Inline,
    ItemList,
    KeyValues,
    Paragraph,
    Section,
    Table,
    facts_of,
)


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
