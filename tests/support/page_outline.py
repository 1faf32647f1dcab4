"""A page in lines of text: what stands where, with facts and footnote marks to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import (
    Block,
    Content,
    CrossReference,
    FactBlock,
    FactPlace,
    Heading,
    HiddenLink,
    ItemList,
    KeyValues,
    LineBreak,
    NoteList,
    NoteMark,
    PageText,
    Paragraph,
    Section,
    Table,
)
from exporter.model.fact import Fact
from exporter.page.filing_page import filing_page


def outline(filing: Filing) -> list[str]:
    """The lines of a filing's page: ``‹value›`` is a tagged fact, ``«words»`` a link to a hidden one, ``^`` a mark."""
    facts = {fact.id or "": fact for fact in filing.derived.report.facts}
    return list(_lines(filing_page(filing, filing.derived).blocks, facts))


def _lines(blocks: Iterable[Block], facts: dict[str, Fact]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section():
                yield f"[{block.id or block.kind}]"
                yield from _lines(block.blocks, facts)
            case Heading():
                yield f"{'#' * block.level} {_text(block.content, facts)}"
            case Paragraph():
                yield _text(block.content, facts)
            case FactBlock():
                yield f"‹{facts[block.facts[0]].value}›"
            case Table():
                yield f"table: {_text(block.remark, facts)}"
                for row in (*block.heads, *block.rows):
                    yield "| " + " | ".join(_text(cell.content, facts) for cell in row.cells)
            case KeyValues():
                for entry in block.entries:
                    yield f"{_text(entry.label, facts)} = {_text(entry.content, facts)}"
            case ItemList():
                yield from (f"- {_text(each, facts)}" for each in block.items)
            case NoteList():
                yield "notes"


def _text(content: Content, facts: dict[str, Fact]) -> str:
    return "".join(_part(part, facts) for part in content)


def _part(part: object, facts: dict[str, Fact]) -> str:
    match part:
        case PageText():
            return part.text + (f" ({part.second})" if part.second else "") + "^" * len(part.notes)
        case FactPlace():
            many = f"×{len(part.facts)}" if len(part.facts) > 1 else ""
            scale = f"e{part.scale}" if part.scale else ""
            turned = "∓" if part.negated else ""
            shown = part.text if part.text is not None else facts[part.facts[0]].value
            return f"{part.before}‹{turned}{shown}{scale}{many}›{part.after}"
        case HiddenLink():
            return f"«{_text(part.content, facts)}»"
        case CrossReference():
            return _text(part.content, facts)
        case NoteMark():
            return "^"
        case LineBreak():
            return " / "
    raise AssertionError(part)
