"""Meaning: whether the words of a place name the figure that a fact is.

In a table the row's own words say what is meant, else the head of the column, else the section; in a sentence the line
item named last before the number, or the one it is "of" or "in" ("5 million of revenue").
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from attrs import define, field, frozen

from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.text.captions import (
    Caption,
    find_line_items,
    is_opposite,
    opposite_stems,
    read_caption,
    same_stems,
)
from exporter.tagging.text.lexicon import FLOWS, PAR_VALUE, QUALIFIERS, STATEMENT_ITEMS
from exporter.tagging.text.surroundings import CellPlace, Surroundings
from exporter.tagging.text.words import GENERIC_STEMS, stems_of

_OF: Final = re.compile(
    r"[\s\u00a0,]*(?:of|in)[\s\u00a0]+(?:(?:our|its|their|the|total|annual|additional|net)[\s\u00a0]+)*", re.I
)
_BOTH: Final = re.compile(r"[\s\u00a0,]*+(?:and|or|及び|並びに)[\s\u00a0]*+(?:the|our|its)?[\s\u00a0]*+", re.I)
_IN_TURN: Final = re.compile(r"(?<![A-Za-z])respectively(?![A-Za-z])|それぞれ", re.I)
_JAPANESE: Final = re.compile(r"[\u3040-\u9fff]")


class Naming(enum.IntEnum):
    """How the words of a place stand to a fact."""

    ANOTHER = -1  # they name another figure
    OPEN = 0  # they name no figure that is known
    PART = 1  # they name the fact's figure, and more words narrow it
    BESIDE = 2  # the row names the fact's figure and nothing else, the column says more
    SAME = 3  # they name the fact's figure and nothing else


@frozen(kw_only=True)
class Named:
    """The verdict on a place and a fact, with the words that decide."""

    naming: Naming
    words: str = ""


@frozen(kw_only=True)
class _NearbyWords:
    """The words of a place that name its figure; ``own`` those that say nothing else, ``wide`` all near."""

    text: str
    caption: Caption
    beside: str
    in_table: bool
    in_flows: bool = False
    column: frozenset[str] = frozenset()  # its words that name no line item and are not neutral


@define(eq=False)
class Meanings:
    """Reads the words of the places of one document."""

    surroundings: Surroundings
    _words: dict[Span, _NearbyWords] = field(factory=dict)

    def of(self, expected: ExpectedFact, surface: PrintedValue, near: Iterable[str]) -> Named:
        """Whether a place names a fact.

        Args:
            near: the stems of all words round the place.
        """
        place = self._words.get(surface.span)
        if place is None:
            place = self._words[surface.span] = self._read(surface)
        labels = captions_of(expected)
        text, caption = place.text, place.caption
        if strange := _qualifier(place, expected):
            return Named(naming=Naming.ANOTHER, words=strange)
        if place.in_table and any(is_opposite(label, place.beside) for label in _english(expected)):
            return Named(naming=Naming.ANOTHER, words=place.beside)
        mine = frozenset(item for label in labels for item in label.items)
        items = caption.items - _items_of_marks(expected)
        strict = is_line_item(expected) or (
            caption.is_plain and caption.items <= STATEMENT_ITEMS and place.in_table and not place.in_flows
        )
        if items and not mine & caption.items and strict and labels:
            return Named(naming=Naming.ANOTHER, words=text)
        if not caption.items:
            return Named(naming=_by_words(expected, place, near), words=text)
        if not mine:
            return Named(naming=Naming.OPEN, words=text)
        known = stems_of_fact(expected)
        if not place.in_table and len(caption.items) > 1:
            return Named(naming=Naming.OPEN, words=text)
        if caption.rest - known or len(caption.items) > 1:
            return Named(naming=Naming.PART, words=text)
        missing = min((label.rest - GENERIC_STEMS - frozenset(near) for label in labels if label.items), key=len)
        beside = place.column - known - GENERIC_STEMS
        naming = Naming.PART if missing else Naming.BESIDE if beside else Naming.SAME
        return Named(naming=naming, words=text)

    def _read(self, surface: PrintedValue) -> _NearbyWords:
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None and self.surroundings.stands_in_body(cell):
            return self._read_cell(cell)
        return self._read_sentence(surface)

    def _read_cell(self, cell: CellPlace) -> _NearbyWords:
        section, own = self.surroundings.row_words(cell)
        own = PAR_VALUE.sub("", own)
        column = self.surroundings.column_head(cell)
        beside = f"{own or section} {column}"
        caption, text = read_caption(own), own
        if not caption.items and (read_caption(column).items or not caption.rest):
            caption, text = read_caption(column), column
        if not caption.items and caption.rest <= opposite_stems():  # "Basic" below "Earnings per share"
            below = read_caption(f"{section} {own}")
            caption, text = (below, f"{section} {own}".strip()) if below.items else (caption, text)
        rest = read_caption(column).rest if text is not column else frozenset()
        in_flows = bool(FLOWS.search(f"{section} {own}"))
        return _NearbyWords(text=text, caption=caption, beside=beside, in_table=True, in_flows=in_flows, column=rest)

    def _read_sentence(self, surface: PrintedValue) -> _NearbyWords:
        surroundings = self.surroundings
        sentence = surroundings.sentence(surroundings.sentence_number(surface.span.start))
        if _IN_TURN.search(surroundings.text, sentence.start, sentence.end):
            items = frozenset(
                line_item.item for line_item in find_line_items(surroundings.text[sentence.start : sentence.end])
            )
            text = surroundings.text[sentence.start : sentence.end]
            return _NearbyWords(text=text, caption=Caption(items=items, rest=frozenset()), beside="", in_table=False)
        before = surroundings.text[sentence.start : surface.outer.start]
        before += " per share" if surface.is_per_share else ""
        end = self._end_after(surface, sentence)
        after = "" if surface.is_per_share else surroundings.text[surface.outer.end : end]
        line_items = find_line_items(before)
        named = set[str]()
        start = len(before)
        for number in range(len(line_items) - 1, -1, -1):
            named.add(line_items[number].item)
            start = line_items[number].start
            if number == 0 or not _BOTH.fullmatch(before, line_items[number - 1].end, line_items[number].start):
                break
        behind = [line_item for line_item in find_line_items(after) if line_item.item != "cash"]  # paid in cash
        of = _OF.match(after)
        if behind and ((not named and end >= sentence.end) or (of is not None and behind[0].start <= of.end())):
            named.update(line_item.item for line_item in (behind[:1] if named else behind))
        words = before[max(0, start - 40) :]
        return _NearbyWords(
            text=words, caption=Caption(items=frozenset(named), rest=frozenset()), beside=words, in_table=False
        )

    def _end_after(self, surface: PrintedValue, sentence: Span) -> int:
        """Where the next number of the sentence begins, or the sentence ends."""
        for other in self.surroundings.surfaces_in(surface.outer.end, sentence.end):
            if other.kind is SurfaceKind.NUMBER:
                return max(other.outer.start, surface.outer.end)
        return max(sentence.end, surface.outer.end)


@lru_cache(maxsize=4096)
def _captions(labels: tuple[str, ...]) -> tuple[Caption, ...]:
    return tuple(read_caption(label) for label in labels)


def captions_of(expected: ExpectedFact) -> tuple[Caption, ...]:
    """The labels of a fact, read as captions; a mere count is no figure of a statement."""
    is_figure = expected.shape is not Shape.COUNT and (expected.fact.unit is not None or expected.is_percent)
    return _captions(tuple(_english(expected))) if is_figure else ()


def _english(expected: ExpectedFact) -> list[str]:
    return [label for label in expected.labels if not _JAPANESE.search(label)]


def is_line_item(expected: ExpectedFact) -> bool:
    """Whether a label of the fact names one line item and nothing else."""
    return any(caption.is_plain for caption in captions_of(expected))


def stems_of_fact(expected: ExpectedFact) -> frozenset[str]:
    """All stems by which a fact may be called, with those that say the same."""
    texts = (*expected.labels, *expected.subjects, *(name for mark in expected.marks for name in mark.names))
    return frozenset(same for text in texts for text_stem in stems_of(text) for same in same_stems(text_stem))


def _items_of_marks(expected: ExpectedFact) -> frozenset[str]:
    """Line items that the values of dimensions are called by: a row of equity may be headed "Retained earnings"."""
    return frozenset(
        item
        for mark in expected.marks
        for name in mark.names
        if not _JAPANESE.search(name)
        for item in read_caption(name).items
    )


def _qualifier(place: _NearbyWords, expected: ExpectedFact) -> str:
    """A word that makes another figure of what it stands beside, where the fact has none like it."""
    match = QUALIFIERS.search(place.beside)
    if match is None:
        return ""
    names = " ".join((*expected.labels, *(name for mark in expected.marks for name in mark.names))).lower()
    return "" if match[0].lower()[:6] in names else match[0]


def _by_words(expected: ExpectedFact, place: _NearbyWords, near: Iterable[str]) -> Naming:
    """Where no line item is known: the row's words are the fact's, or some are not."""
    if not place.in_table or not place.text:
        return Naming.OPEN
    if _JAPANESE.search(place.text):
        texts = (stems_of(label) for label in expected.labels if _JAPANESE.search(label))
        return Naming.SAME if any(label <= frozenset(near) for label in texts) else Naming.OPEN
    own = place.caption.rest - GENERIC_STEMS
    known = stems_of_fact(expected)
    if not own or not own & known:
        return Naming.OPEN
    if own - known:
        return Naming.PART
    names = [stems_of(label) - GENERIC_STEMS for label in _english(expected)]
    around = frozenset(same for near_stem in near for same in same_stems(near_stem))
    if not any(label <= around for label in names):
        return Naming.PART
    return Naming.BESIDE if place.column - known - GENERIC_STEMS else Naming.SAME
