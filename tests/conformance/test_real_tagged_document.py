"""A filing that was tagged by others: its tags taken out, and put in again by us at the same places."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_xml.read.findings import resolve_qname
from exporter.items.values.printed import Span
from exporter.model.report import Report
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Markup, Placement, is_empty_tag, tokens
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document
from tests.support.plain_reports import plain_fact
from tests.support.tagging import IX, shown_text

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FILES = sorted([*DATA.glob("ixbrl/*.htm"), *DATA.glob("kvk/**/*.html")])
pytestmark = pytest.mark.skipif(not FILES, reason="the filings are not here")
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def elements(text: str) -> Markup:
    """The elements of a document with their offsets."""
    markup, stack = Markup(), list[int]()
    for match in tokens(text):
        if match["start"] is not None:
            number = markup.open(match, stack[-1] if stack else -1)
            if not is_empty_tag(match):
                stack.append(number)
        elif match["end"] is not None:
            number = stack.pop()
            markup.closes[number], markup.ends[number] = match.span()
    return markup


class Offsets:
    """From a place in the tagged text to one in the text that a reader of the plain document sees.

    Both documents have the same characters outside tags; they are counted.
    """

    def __init__(self, tagged: str, markup: Markup, document: DocumentText) -> None:
        header = next(number for number, name in enumerate(markup.names) if name == "ix:header")
        wrapper = markup.parents[header]  # whose blanks go with it
        self._skipped = (markup.inner[wrapper], markup.closes[wrapper])
        self._breaks, self._counts = self._characters(tagged)
        plain = document.page.text
        starts, counts = self._characters(plain, skips=False)
        self._texts: list[int] = []
        self._places: list[int] = []
        for text, start in zip(document.columns.texts, document.columns.starts, strict=True):
            at = bisect_right(starts, start) - 1
            self._places.append(counts[at] + start - starts[at])
            self._texts.append(text)
        self._lengths = document.columns.lengths

    def _characters(self, text: str, *, skips: bool = True) -> tuple[list[int], list[int]]:
        starts, counts, count, at = [0], [0], 0, 0
        for match in tokens(text):
            if not (skips and self._skipped[0] < match.start() <= self._skipped[1]):
                count += match.start() - at
            at = match.end()
            starts.append(at)
            counts.append(count)
        return starts, counts

    def text_offset(self, offset: int) -> int:
        """Where the text goes on that stands at, or behind, an offset of the tagged document."""
        at = bisect_right(self._breaks, offset) - 1
        count = self._counts[at] + offset - self._breaks[at]
        number = bisect_right(self._places, count) - 1
        if number < 0:
            return 0
        within = count - self._places[number]
        length = self._lengths[number]
        if length > 1 and within >= length:
            return self._texts[number] + length
        return self._texts[number] + (within if length > 1 else bool(within))


def placements_of(data: bytes, document: DocumentText) -> tuple[list[Placement], Counter[str]]:
    """Where a tagged document has its facts, said as placements in the plain one; facts it continues are left out."""
    text = data.decode()
    markup = elements(text)
    offsets = Offsets(text, markup, document)
    tree = list(etree.fromstring(data).iter(etree.Element))
    header = next(element for element in tree if element.tag == f"{IX}header")
    hidden = set(header.iter())
    found: list[Placement] = []
    left: Counter[str] = Counter()
    for number, element in enumerate(tree):
        if element.tag not in (f"{IX}nonFraction", f"{IX}nonNumeric") or element in hidden:
            continue
        nil = element.get("{http://www.w3.org/2001/XMLSchema-instance}nil")
        start, end = offsets.text_offset(markup.inner[number]), offsets.text_offset(markup.closes[number])
        words = document.text[start:end] if start < end else ""
        if nil or element.get("continuedAt") or not words.strip():
            left[str(element.tag)] += 1
            continue
        more: dict[str, Any] = {"escape": element.get("escape") == "true", "negative": element.get("sign") == "-"}
        named = element.get("format")
        more["format"] = resolve_qname(str(named), element.nsmap) if named else None
        more["scale"] = int(element.get("scale") or 0)
        found.append(Placement(fact=str(element.get("id")), spans=[Span(start, end)], **more))
    return found, left


def facts_of(data: bytes) -> Report:
    return read(io.BytesIO(data), ReadOptions(name="x"))


@each_file
def test_the_plain_document_shows_the_same(path: Path) -> None:
    data = path.read_bytes()
    plain = strip_tags(data, path.name)
    assert IX.strip("{}").encode() not in plain
    assert b"<ix:" not in plain
    assert shown_text(plain).split() == shown_text(data).split()
    assert read_document(plain, "plain.xhtml").xhtml == plain


@each_file
def test_the_same_facts_can_be_tagged_again(path: Path) -> None:
    data = path.read_bytes()
    plain = strip_tags(data, path.name)
    document = read_document(plain, "plain.xhtml")
    report = facts_of(data)
    placements, left = placements_of(data, document)
    assert len(placements) > 9 * sum(left.values())
    tagged = tag_document(document, report, placements)
    again = {fact.id: fact for fact in facts_of(tagged).facts}
    meant = {fact.id: fact for fact in report.facts}
    assert strip_tags(tagged) == plain
    for placement in placements:
        if not placement.escape and meant[placement.fact].looks_numeric:
            assert plain_fact(again[placement.fact]) == plain_fact(meant[placement.fact])
