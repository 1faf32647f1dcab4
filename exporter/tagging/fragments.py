"""From a stretch of text to stretches of markup that an element can be put around without breaking the nesting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import define, frozen

from exporter.tagging.blocks import Columns
from exporter.tagging.document import DocumentText
from exporter.tagging.placement import Span

# Between these and what they consist of, nothing else may stand.
_STRUCTURE: Final = frozenset(
    (
        *("colgroup", "dir", "dl", "html", "menu", "ol", "optgroup", "select", "table", "tbody", "tfoot", "thead"),
        *("tr", "ul"),
    )
)


@frozen
class Stretch:
    """From ``start`` to ``end`` in the XHTML, balanced in itself; ``element`` is the innermost one around it."""

    start: int
    end: int
    element: int


class NoPlaceError(Exception):
    """Nothing can be tagged there; the message says why."""


@define(eq=False, slots=False)
class Fragments:
    """Finds the stretches of one document."""

    _document: DocumentText

    def of(self, span: Span) -> list[Stretch]:
        """The fewest stretches that hold the characters of a span and no others, in document order.

        Raises:
            NoPlaceError: the span lies outside the text, is blank, or cuts through a CDATA section.
        """
        first, last = self._bounds(span)
        columns = self._document.columns
        start, end = self._source_start(first), self._source_end(last)
        above = self._common(
            columns.elements[bisect_right(columns.texts, first) - 1],
            columns.elements[bisect_right(columns.texts, last - 1) - 1],
        )
        while self._document.markup.names[above] in _STRUCTURE and self._covers(above, Span(first, last)):
            above = self._document.markup.parents[above]  # all of a table is tagged from outside
        found: list[Stretch] = []
        self._split(above, Span(first, last), start, end, found)
        return found

    def hidden_in(self, stretch: Stretch) -> Iterator[Stretch]:
        """What lies in a stretch and is not displayed, where a tag can stand round it: no part of the value."""
        markup, hidden = self._document.markup, self._document.hidden
        low = bisect_left(hidden, stretch.start, key=markup.opens.__getitem__)
        high = bisect_left(hidden, stretch.end, key=markup.opens.__getitem__)
        for number in hidden[low:high]:
            start, end, parent = markup.inner[number], markup.closes[number], markup.parents[number]
            if self._document.page.text[start:end].strip() and markup.names[parent] not in _STRUCTURE:
                yield Stretch(markup.opens[number], markup.ends[number], parent)

    def _bounds(self, span: Span) -> tuple[int, int]:
        """The span without blanks at its ends, and without what has no place in the source."""
        text = self._document.text
        if span.end > len(text):
            message = f"the text has {len(text):,} characters, the place goes from {span.start:,} to {span.end:,}"
            raise NoPlaceError(message)
        piece = text[span.start : span.end]
        bare = piece.strip()
        if not bare:
            raise NoPlaceError("there is nothing but white space")
        first = span.start + len(piece) - len(piece.lstrip())
        return first, first + len(bare)

    def _source_start(self, offset: int) -> int:
        number = bisect_right(self._columns.texts, offset) - 1
        return self._edge(self._document.source_start(offset), number, at_end=False)

    def _source_end(self, offset: int) -> int:
        number = bisect_left(self._columns.texts, offset) - 1
        return self._edge(self._document.source_end(offset), number, at_end=True)

    @property
    def _columns(self) -> Columns:
        return self._document.columns

    def _edge(self, source: int, number: int, *, at_end: bool) -> int:
        """A bound inside a CDATA section moves out of it, where it is the section's own."""
        sealed = self._columns.sealed.get(number)
        if sealed is None:
            return source
        inner = (sealed[0] + len("<![CDATA["), sealed[1] - len("]]>"))
        if source != inner[at_end]:
            raise NoPlaceError("the place begins or ends inside a CDATA section, where no tag can stand")
        return sealed[at_end]

    def _common(self, one: int, other: int) -> int:
        """The innermost element around two."""
        parents = self._document.markup.parents
        while one != other:  # elements are numbered in document order, so the later one is not above the earlier
            if one > other:
                one = parents[one]
            else:
                other = parents[other]
        return one

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, parent in enumerate(self._document.markup.parents):
            found.setdefault(parent, []).append(number)
        return found

    def _split(self, element: int, span: Span, start: int, end: int, found: list[Stretch]) -> None:
        """Add the stretches inside an element that hold ``span``, which is what lies between ``start`` and ``end``."""
        markup = self._document.markup
        children = self._children.get(element, [])
        low = bisect_right(children, start, key=markup.ends.__getitem__)
        high = bisect_left(children, end, key=markup.opens.__getitem__)
        if markup.names[element] in _STRUCTURE:
            for child in children[low:high]:
                self._enter(child, span, found)
            return
        at, until = start, end
        last: int | None = None
        if low < high and markup.opens[children[low]] < start:
            if self._covers(children[low], span):
                at = markup.opens[children[low]]
            else:
                self._enter(children[low], span, found)
                at = markup.ends[children[low]]
                low += 1
        if low < high and markup.ends[children[high - 1]] > end:
            last = children[high - 1]
            if self._covers(last, span):
                until, last = markup.ends[last], None
            else:
                until = markup.opens[last]
        self._add(element, at, until, found)
        if last is not None:
            self._enter(last, span, found)

    def _covers(self, element: int, span: Span) -> bool:
        """Whether all of an element's text that is not blank lies in the span."""
        extent = self._document.extent(element)
        return extent is None or extent in span

    def _enter(self, element: int, span: Span, found: list[Stretch]) -> None:
        """The same inside a child."""
        extent = self._document.extent(element)
        if extent is None or not extent.overlaps(span):
            return
        inner = Span(max(span.start, extent.start), min(span.end, extent.end))
        self._split(element, inner, self._source_start(inner.start), self._source_end(inner.end), found)

    def _add(self, element: int, start: int, end: int, found: list[Stretch]) -> None:
        """A stretch, where it holds text that is seen; without what is not seen at its ends."""
        columns = self._document.columns
        low = bisect_left(columns.starts, start)
        if low > 0 and columns.ends[low - 1] > start:
            low -= 1
        high = bisect_left(columns.starts, end)
        if not any(self._is_seen(number) for number in range(low, high)):
            return
        found.append(Stretch(start, end, element))

    def _is_seen(self, number: int) -> bool:
        columns = self._document.columns
        begin = columns.texts[number]
        return not self._document.text[begin : begin + columns.lengths[number]].isspace()
