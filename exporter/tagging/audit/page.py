"""The audit as a page to look at: the document's text with every surface marked. Static, without script."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from exporter.formats.inline_xbrl.write.work_style import work_style
from exporter.tagging.audit.audit import Audit, AuditLine, Status
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.layout import Block

_CLASSES: Final = {Status.TAGGED: "tagged", Status.EXPLAINED: "explained", Status.UNEXPLAINED: "unexplained"}
_TAGS: Final = {"heading": "h3", "list-item": "p", "caption": "p", "paragraph": "p"}


def review_page(audit: Audit, *, title: str | None = None) -> str:
    """An HTML page: tagged green with the facts' ids, knowingly untagged grey with the reason, unexplained red, and
    lists of what was not found and of the findings."""
    name = title or audit.document.name
    body = "\n".join((*_summary(audit), *_document(audit), *_lists(audit)))
    heading = _text(f"Coverage of {name}")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n<title>{heading}</title>\n'
        f'<style>\n{work_style()}</style>\n</head>\n<body>\n<main class="page work">\n<h1>{heading}</h1>\n{body}\n'
        "</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """All text of the page goes through here."""
    return escape(text, quote=True)


def _summary(audit: Audit) -> Iterator[str]:
    counts = audit.summary()
    yield "<section>"
    yield (
        "<p>"
        + " · ".join(
            (
                f'<mark class="tagged">{counts["tagged"]} tagged</mark>',
                f'<mark class="explained">{counts["explained"]} untagged for a reason</mark>',
                f'<mark class="unexplained">{counts["unexplained"]} unexplained</mark>',
                f"{counts['found']} facts found, {counts['worded']} stated in words, {counts['missing']} not found",
            )
        )
        + "</p>"
    )
    yield "</section>"


def _document(audit: Audit) -> Iterator[str]:
    document = audit.document
    lines = sorted(audit.lines, key=lambda line: line.surface.span.start)
    yield "<section>"
    written_to = 0
    tables: set[int] = set()
    for block in document.blocks:
        if block.table is not None:
            if block.table not in tables and block.start >= written_to:
                tables.add(block.table)
                yield from _table(document, block.table, lines)
                written_to = max(written_to, document.tables[block.table].end)
        elif block.start >= written_to:
            tag = _TAGS.get(block.kind, "p")
            yield f"<{tag}>{_marked(document, block.start, block.end, lines)}</{tag}>"
            written_to = block.end
    yield "</section>"


def _table(document: DocumentText, number: int, lines: Sequence[AuditLine]) -> Iterator[str]:
    """Cells in their places; a table within a cell shows as text."""
    yield "<table>"
    seen: set[int] = set()
    for row in document.tables[number].grid:
        yield "<tr>"
        for index in row:
            if index is None:
                yield "<td></td>"
            elif index not in seen:
                seen.add(index)
                block = document.blocks[index]
                yield f"<td{_spans(block)}>{_marked(document, block.start, block.end, lines)}</td>"
        yield "</tr>"
    yield "</table>"


def _spans(block: Block) -> str:
    rows = f' rowspan="{block.row_span}"' if block.row_span > 1 else ""
    columns = f' colspan="{block.column_span}"' if block.column_span > 1 else ""
    return rows + columns


def _marked(document: DocumentText, start: int, end: int, lines: Sequence[AuditLine]) -> str:
    pieces: list[str] = []
    place = start
    for line in _lines_in(lines, start, end):
        span = line.surface.span
        if span.start < place:
            continue
        pieces.append(_text(document.text[place : span.start]))
        title = ", ".join(line.facts) or line.reason or str(line.status)
        text = _text(document.text[span.start : span.end])
        pieces.append(f'<mark class="{_CLASSES[line.status]}" title="{_text(title)}">{text}</mark>')
        place = span.end
    pieces.append(_text(document.text[place:end]))
    return "".join(pieces)


def _lines_in(lines: Sequence[AuditLine], start: int, end: int) -> Iterator[AuditLine]:
    first = bisect_left(lines, start, key=lambda line: line.surface.span.start)
    for line in lines[first:]:
        if line.surface.span.start >= end:
            return
        yield line


def _lists(audit: Audit) -> Iterator[str]:
    if audit.missing:
        yield '<section class="list"><h2>Not found</h2><ul>'
        for missing in audit.missing:
            places = "".join(f"<li>{_text(place)}</li>" for place in missing.candidates)
            candidates = f"<ul>{places}</ul>" if places else ""
            yield f"<li>{_text(missing.expected.title)}: {_text(missing.reason)}{candidates}</li>"
        yield "</ul></section>"
    if audit.worded:
        yield '<section class="list"><h2>Stated in words that no transformation reads</h2><ul>'
        for worded in audit.worded:
            words = audit.document.text[worded.span.start : worded.span.end]
            yield f"<li>{_text(worded.expected.title)}: {_text(words)}</li>"
        yield "</ul></section>"
    findings = [finding for finding in audit.findings if finding.code != "exporter:factNotFound"]
    if findings:
        yield '<section class="list"><h2>Findings</h2><ul>'
        yield from (f"<li>{_text(str(finding))}</li>" for finding in findings)
        yield "</ul></section>"
