"""Ranking: which of several facts with one value the words round a place mean.

Scores tell whether a place is meant for a fact at all; here facts of the same value are compared at one place. What
their names have in common says nothing: a fact leads where more of the words stand near that it has and the other has
not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import define, field

from exporter.tagging.landscape import Landscape
from exporter.tagging.placement import Span
from exporter.tagging.scoring import Scorer
from exporter.tagging.terms import stems_of, weighted_stems
from exporter.tagging.wanted import Wanted

_WORDS: Final = 32  # points between two facts one of which has all its own words near, the other none
_NONE: Final = 30  # the share, of 100, that counts as near of a fact without any word of its own
_BOTH: Final = 90  # the share, of 100, of its own words that a second fact of a place has near
_TOTAL: Final = 12  # points of a fact that is cut less, in a row or column of totals
_OWN: Final = 10  # the row's own words
_COLUMN: Final = 8  # those above the column
_SECTION: Final = 4  # those of the section that the row stands in
_TOTALS: Final = re.compile(r"(?<![A-Za-z])totals?(?![A-Za-z])|合計|総計|(?<!小)計$", re.I)
_FAR: Final = 4  # no more than this where words stand outside the row and the column


@define(eq=False)
class Ranker:
    """Compares facts at places of one document."""

    land: Landscape
    scorer: Scorer
    _near: dict[Span, dict[str, int]] = field(factory=dict)
    _bags: dict[tuple[str, Span], dict[str, int]] = field(factory=dict)

    def lead(self, one: Wanted, other: Wanted, span: Span) -> int:
        """By how many points the words round a place speak rather for one fact than for another; negative if not."""
        near = self._nearness(span)
        mine, theirs = self._bag(one, span), self._bag(other, span)
        words = _WORDS * _share(mine, theirs, near) // 100 - _WORDS * _share(theirs, mine, near) // 100
        return words + self._total(one, other, span)

    def is_told(self, one: Wanted, other: Wanted, span: Span) -> bool:
        """Whether nearly all words that tell a fact from another stand near, so that the place may state both."""
        return _share(self._bag(one, span), self._bag(other, span), self._nearness(span)) >= _BOTH

    def _total(self, one: Wanted, other: Wanted, span: Span) -> int:
        """In a total facts that are cut less come before those cut further along the same axes."""
        mine, theirs = set(one.fact.dimensions), set(other.fact.dimensions)
        if mine == theirs or not (mine < theirs or theirs < mine):
            return 0
        if not self.is_total(span):
            return 0
        return _TOTAL if mine < theirs else -_TOTAL

    def is_total(self, span: Span) -> bool:
        """Whether a place stands in a row or column of totals."""
        around = self.scorer.surrounding(span)
        heads = (self.land.row_words(around.cell)[1], around.column) if around.cell else ()
        return any(_TOTALS.search(head) for head in heads)

    def _bag(self, wanted: Wanted, span: Span) -> dict[str, int]:
        """The stems of the concept's label and of the members' names, of several those that fit the place best."""
        key = (wanted.id, span)
        found = self._bags.get(key)
        if found is None:
            near = self._nearness(span)
            found = {}
            for texts in (wanted.labels, wanted.subjects, *(mark.names for mark in wanted.marks)):
                best = max((weighted_stems(text) for text in texts), key=lambda stems: _near(stems, near), default=())
                for stem, weight in best:
                    found[stem] = max(weight, found.get(stem, 0))
            self._bags[key] = found
        return found

    def _nearness(self, span: Span) -> dict[str, int]:
        found = self._near.get(span)
        if found is None:
            found = self._near[span] = self._survey(span)
        return found

    def _survey(self, span: Span) -> dict[str, int]:
        around = self.scorer.surrounding(span)
        if around.cell is None or not self.land.stands_in_body(around.cell):
            return around.weights
        section, own = self.land.row_words(around.cell)
        if _TOTALS.fullmatch(own.strip(" $:")):
            section = ""  # the total is one of all sections
        near = {stem: weight for stem, weight in self.scorer.wide(span).items() if weight}
        near = {stem: min(weight, _FAR) for stem, weight in near.items()}
        for text, weight in ((section, _SECTION), (around.column, _COLUMN), (own, _OWN)):
            for stem in stems_of(text):
                near[stem] = max(weight, near.get(stem, 0))
        return near


def _near(stems: Iterable[tuple[str, int]], near: dict[str, int]) -> int:
    """How much of a name stands near, of 100; of two alike the longer one."""
    whole = sum(weight for _, weight in stems)
    return 100 * sum(weight * near.get(stem, 0) for stem, weight in stems) // (10 * whole) if whole else 0


def _share(mine: dict[str, int], theirs: dict[str, int], near: dict[str, int]) -> int:
    """Of the words that a fact has and the other has not, how much stands near, of 100."""
    own = [(stem, weight) for stem, weight in mine.items() if stem not in theirs]
    return _near(own, near) if own else _NONE
