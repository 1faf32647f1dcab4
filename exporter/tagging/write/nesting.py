"""From a stretch of text to stretches of markup that an element can be put around without breaking the nesting.

Which tags go where: the stretches of all placements nested into each other, or what stands in the way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from attrs import define, evolve, field, frozen

from exporter.errors import WriteError
from exporter.findings import Finding, Location
from exporter.items.values.printed import Span
from exporter.model.fact import Fact
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.layout import Columns
from exporter.tagging.document.source import Placement

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
        stretches: list[Stretch] = []
        self._split(above, Span(first, last), start, end, stretches)
        return stretches

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

    def _common(self, first: int, second: int) -> int:
        """The innermost element around two."""
        parents = self._document.markup.parents
        while first != second:  # elements are numbered in document order, so the later one is not above the earlier
            if first > second:
                first = parents[first]
            else:
                second = parents[second]
        return first

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for number, parent in enumerate(self._document.markup.parents):
            children.setdefault(parent, []).append(number)
        return children

    def _split(self, element: int, span: Span, start: int, end: int, stretches: list[Stretch]) -> None:
        """Add the stretches inside an element that hold ``span``, which is what lies between ``start`` and ``end``."""
        markup = self._document.markup
        children = self._children.get(element, [])
        low = bisect_right(children, start, key=markup.ends.__getitem__)
        high = bisect_left(children, end, key=markup.opens.__getitem__)
        if markup.names[element] in _STRUCTURE:
            for child in children[low:high]:
                self._enter(child, span, stretches)
            return
        at, until = start, end
        last: int | None = None
        if low < high and markup.opens[children[low]] < start:
            if self._covers(children[low], span):
                at = markup.opens[children[low]]
            else:
                self._enter(children[low], span, stretches)
                at = markup.ends[children[low]]
                low += 1
        if low < high and markup.ends[children[high - 1]] > end:
            last = children[high - 1]
            if self._covers(last, span):
                until, last = markup.ends[last], None
            else:
                until = markup.opens[last]
        self._add(element, at, until, stretches)
        if last is not None:
            self._enter(last, span, stretches)

    def _covers(self, element: int, span: Span) -> bool:
        """Whether all of an element's text that is not blank lies in the span."""
        extent = self._document.extent(element)
        return extent is None or extent in span

    def _enter(self, element: int, span: Span, stretches: list[Stretch]) -> None:
        """The same inside a child."""
        extent = self._document.extent(element)
        if extent is None or not extent.overlaps(span):
            return
        inner = Span(max(span.start, extent.start), min(span.end, extent.end))
        self._split(element, inner, self._source_start(inner.start), self._source_end(inner.end), stretches)

    def _add(self, element: int, start: int, end: int, stretches: list[Stretch]) -> None:
        """A stretch, where it holds text that is seen; without what is not seen at its ends."""
        columns = self._document.columns
        low = bisect_left(columns.starts, start)
        if low > 0 and columns.ends[low - 1] > start:
            low -= 1
        high = bisect_left(columns.starts, end)
        if not any(self._is_seen(number) for number in range(low, high)):
            return
        stretches.append(Stretch(start, end, element))

    def _is_seen(self, number: int) -> bool:
        columns = self._document.columns
        begin = columns.texts[number]
        return not self._document.text[begin : begin + columns.lengths[number]].isspace()


EXCLUDE: Final = -1
_FOREIGN: Final = frozenset(("svg", "math"))
_SHOWN: Final = 60


@frozen(eq=False)
class Strand:
    """One element to be put into the document: the ``part``-th piece of a placement, or an exclusion (`EXCLUDE`).

    An ``empty`` one stands before the text of a nil fact. ``rank`` orders what has the same bounds: exclusions outside,
    numbers inside.
    """

    start: int
    end: int
    number: int
    part: int
    rank: int

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        return (self.start, 0 if self.is_empty else 1, -self.end, self.rank, self.number)


@frozen(eq=False)
class Woven:
    """The strands in document order, outer ones first, and how many parts each placement has."""

    strands: tuple[Strand, ...]
    parts: tuple[int, ...]


def weave(
    document: DocumentText,
    placements: Sequence[Placement],
    facts: Mapping[str, Fact],
    is_numeric: Callable[[Fact], bool],
) -> Woven:
    """Where the tags of the placements go.

    Raises:
        WriteError: with a finding for each placement that cannot be tagged where it says.
    """
    weaver = _Weaver(document, placements, facts, is_numeric)
    woven = weaver.weave()
    if weaver.findings:
        raise WriteError(findings=weaver.findings)
    return woven


@define(eq=False)
class _Weaver:
    _document: DocumentText
    _placements: Sequence[Placement]
    _facts: Mapping[str, Fact]
    _is_numeric: Callable[[Fact], bool]
    findings: list[Finding] = field(factory=list)

    def weave(self) -> Woven:
        fragments = Fragments(self._document)
        strands: list[Strand] = []
        parts = [0] * len(self._placements)
        for number, placement in enumerate(self._placements):
            made = self._strands(fragments, number, placement)
            parts[number] = sum(strand.part != EXCLUDE for strand in made)
            strands += made
        ordered = tuple(self._without_doubles(sorted(strands, key=lambda strand: strand.order)))
        self._check_nesting(ordered)
        return Woven(ordered, tuple(parts))

    # -- one placement

    def _strands(self, fragments: Fragments, number: int, placement: Placement) -> list[Strand]:
        fact = self._facts.get(placement.fact)
        if fact is None:
            message = f"the report has no fact with the id {placement.fact!r}"
            self._tell("exporter:unknownFact", message, placement, "name a fact of the report")
            return []
        if not self._is_sound(placement):
            return []
        try:
            stretches = [stretch for span in placement.spans for stretch in fragments.of(span)]
            excluded = [stretch for span in placement.excluded for stretch in fragments.of(span)]
        except NoPlaceError as error:
            self._tell("exporter:noSuchPlace", str(error), placement, "give a place that has text")
            return []
        if not stretches:
            message = f"there is no text that a tag can hold at {self._quoted(placement.first)}"
            self._tell("exporter:noSuchPlace", message, placement, "give a place that has text")
            return []
        if any(self._is_foreign(stretch) for stretch in (*stretches, *excluded)):
            message = "the text stands in a drawing or a formula, where no tag may stand"
            self._tell("exporter:noSuchPlace", message, placement, "tag the value elsewhere, or hide it")
            return []
        if fact.is_nil:
            return [Strand(stretches[0].start, stretches[0].start, number, 0, 3)]
        if self._is_numeric(fact):
            return self._number(number, placement, stretches)
        unseen = [hidden for stretch in stretches for hidden in fragments.hidden_in(stretch)]
        return self._text(number, placement, stretches, [*excluded, *unseen])

    def _is_sound(self, placement: Placement) -> bool:
        """Whether the spans are some, and apart from each other."""
        if not placement.spans:
            self._tell("exporter:noSuchPlace", "the placement has no span", placement, "say where the fact stands")
            return False
        for span, following in pairwise(sorted(placement.spans)):
            if span.overlaps(following):
                message = f"two pieces of the fact overlap: {self._quoted(span)} and {self._quoted(following)}"
                self._tell("exporter:overlappingTags", message, placement, "let each piece begin behind the one before")
                return False
        return True

    def _is_foreign(self, stretch: Stretch) -> bool:
        markup, element = self._document.markup, stretch.element
        while element >= 0:
            if markup.names[element] in _FOREIGN or ":" in markup.names[element]:
                return True
            element = markup.parents[element]
        return False

    def _number(self, number: int, placement: Placement, stretches: list[Stretch]) -> list[Strand]:
        """A number is text in one piece; it cannot be continued."""
        markup = self._document.markup
        only = stretches[0]
        if len(stretches) > 1 or placement.excluded or self._has_elements(only):
            message = (
                f"the number {self._quoted(placement.first)} is broken up by markup; a tag holds one piece of text"
            )
            self._tell("exporter:numberInPieces", message, placement, "take the markup out of the number")
            return []
        assert markup.inner[only.element] <= only.start
        return [Strand(only.start, only.end, number, 0, 2)]

    def _has_elements(self, stretch: Stretch) -> bool:
        opens = self._document.markup.opens
        at = bisect_left(opens, stretch.start)
        return at < len(opens) and opens[at] < stretch.end

    def _text(
        self, number: int, placement: Placement, stretches: list[Stretch], excluded: list[Stretch]
    ) -> list[Strand]:
        """The pieces of a text, without those that are excluded altogether, and the exclusions in the others."""
        kept = [stretch for stretch in stretches if not any(_holds(other, stretch) for other in excluded)]
        if not kept:
            self._tell("exporter:exclusionOutside", "all of the text is excluded", placement, "leave some of it")
            return []
        strands = [Strand(stretch.start, stretch.end, number, part, 1) for part, stretch in enumerate(kept)]
        for stretch in excluded:
            if any(_holds(piece, stretch) for piece in kept):
                strands.append(Strand(stretch.start, stretch.end, number, EXCLUDE, 0))
            elif not any(_holds(stretch, piece) for piece in stretches):
                message = "what is excluded is no part of the text that is tagged"
                self._tell("exporter:exclusionOutside", message, placement, "exclude a piece inside the text")
        return strands

    # -- all of them

    def _without_doubles(self, strands: Iterable[Strand]) -> Iterator[Strand]:
        """One exclusion is enough where two texts have it in common."""
        seen: set[tuple[int, int]] = set()
        for strand in strands:
            if strand.part == EXCLUDE:
                if (strand.start, strand.end) in seen:
                    continue
                seen.add((strand.start, strand.end))
            yield strand

    def _check_nesting(self, strands: Sequence[Strand]) -> None:
        open_: list[Strand] = []
        for strand in strands:
            while open_ and open_[-1].end <= strand.start:
                open_.pop()
            if open_:
                outer = open_[-1]
                if strand.end > outer.end:
                    self._tell_overlap(outer, strand)
                    continue
                if outer.rank == 2:
                    self._check_nested_number(outer, strand)
            open_.append(strand)

    def _check_nested_number(self, outer: Strand, inner: Strand) -> None:
        """A number holds nothing but a number that shows the same (Inline XBRL 1.1 section 10)."""
        around, inside = self._placements[outer.number], self._placements[inner.number]
        same_bounds = (outer.start, outer.end) == (inner.start, inner.end) and inner.rank == 2
        alike = same_bounds and (around.format, around.scale) == (inside.format, inside.scale)
        if alike and self._facts[around.fact].unit == self._facts[inside.fact].unit:
            return
        why = (
            "numbers at one place have the same unit, scale and format"
            if same_bounds
            else "a number holds no other tag"
        )
        message = f"{self._named(outer)} and {self._named(inner)} claim {self._quoted(inside.first)}: {why}"
        self._tell("exporter:overlappingTags", message, inside, "tag one of them elsewhere")

    def _tell_overlap(self, outer: Strand, inner: Strand) -> None:
        around, inside = self._placements[outer.number], self._placements[inner.number]
        message = (
            f"{self._named(outer)}, which is tagged from line {self._line(around.first)}, and {self._named(inner)} "
            f"overlap at {self._quoted(inside.first)}, and neither holds the other"
        )
        self._tell("exporter:overlappingTags", message, inside, "let one begin behind the other, or hold all of it")

    # -- words

    def _named(self, strand: Strand) -> str:
        placement = self._placements[strand.number]
        what = "the exclusion of " if strand.part == EXCLUDE else ""
        return f"{what}the fact {placement.fact!r} ({self._facts[placement.fact].concept.local_name})"

    def _quoted(self, span: Span) -> str:
        text = " ".join(self._document.text[span.start : span.end].split())
        return f'"{text if len(text) <= _SHOWN else text[:_SHOWN] + "…"}"'

    def _line(self, span: Span) -> int | None:
        return self._document.place(span.start).line

    def _tell(self, code: str, message: str, placement: Placement, fix: str) -> None:
        place = place_of(self._document, placement)
        self.findings.append(Finding(code=code, message=message, location=place, fix=fix))


def place_of(document: DocumentText, placement: Placement) -> Location:
    """Where a placement begins in the source."""
    if not placement.spans:
        return Location(file=document.name, fact=placement.fact)
    return evolve(document.place(placement.first.start), fact=placement.fact)


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
