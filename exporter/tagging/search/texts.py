"""Facts in words: names, titles, statuses and blocks of text, found as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from exporter.findings import list_text
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.tagging.document.source import Placement
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.matches import Prover
from exporter.tagging.search.score import Score, Scorer
from exporter.tagging.search.weights import (
    ENOUGH_TEXT,
)
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.words import phrasebook

_WHOLE: Final = 34
_MOST_WORDS: Final = 6
_NUMBERING: Final = re.compile(
    r"^(?:(?:item|part|section|note|chapter)\s++)?(?:\(?[0-9]{1,3}(?:\.[0-9A-Za-z]{1,3})*\)?|\(?[A-Za-z]\)|[A-Z]|[ivxlc]{1,6})?[.):]?\s*+$",
    re.I,
)
_TAIL: Final = re.compile(r"^[\s.。:：]*$")


@frozen(kw_only=True)
class _TextOccurrence:
    expected: ExpectedFact
    span: Span
    total: int
    is_whole: bool


@define(eq=False)
class TextPlacer:
    """Finds texts, blocks of text and the words of choices."""

    surroundings: Surroundings
    scorer: Scorer
    prover: Prover
    expected: tuple[ExpectedFact, ...]
    placements: list[Placement] = field(factory=list)
    worded: list[tuple[ExpectedFact, Span]] = field(factory=list)
    _reasons: dict[str, str] = field(factory=dict)

    def run(self) -> TextPlacer:
        texts = {fact.id: fact for fact in self.expected if fact.shape is Shape.TEXT and fact.fact.value}
        blocks = {fact.id: fact for fact in self.expected if fact.shape is Shape.BLOCK and fact.plain}
        choices = {fact.id: fact for fact in self.expected if fact.shape is Shape.CHOICE}
        occurrences = self._occurrences(
            texts, ((key, (fact.fact.value or "",)) for key, fact in texts.items()), fold=False
        )
        for fact in self._best(occurrences):
            self._place_text(fact)
        occurrences = self._occurrences(blocks, ((key, (fact.plain,)) for key, fact in blocks.items()), fold=False)
        for fact in self._best(occurrences):
            self._place_block(fact)
        occurrences = self._occurrences(choices, ((key, fact.words) for key, fact in choices.items()), fold=True)
        self.worded += [(fact.expected, fact.span) for fact in self._best(occurrences) if fact.is_whole]
        return self

    def reason(self, expected: ExpectedFact) -> str:
        """Why a fact in words has no place."""
        known = self._reasons.get(expected.id)
        if known is not None:
            return known
        if expected.shape in (Shape.TEXT, Shape.BLOCK):
            return "the document does not hold this text"
        if expected.shape is Shape.CHOICE:
            words = list_text((repr(word) for word in expected.words[:2]), last=" or ")
            return f"the document does not say {words} by itself"
        return "the document does not state this value"

    def _occurrences(
        self, expected: dict[str, ExpectedFact], phrases: Iterable[tuple[str, Iterable[str]]], *, fold: bool
    ) -> list[_TextOccurrence]:
        book = phrasebook(phrases, fold_case=fold)
        return [
            self._occurrence(expected[key], span) for key, span in book.find(self.surroundings.text, longest_only=False)
        ]

    def _occurrence(self, expected: ExpectedFact, span: Span) -> _TextOccurrence:
        score = self._score(expected, span)
        whole = self._is_whole(span)
        words = min(len(self.surroundings.text[span.start : span.end].split()), _MOST_WORDS)
        total = -1 if score.veto is not None else score.context + 6 * words + (_WHOLE if whole else 0)
        if score.veto is not None:
            self._reasons.setdefault(expected.id, f"its text stands in the document, but {score.veto}")
        return _TextOccurrence(expected=expected, span=span, total=total, is_whole=whole)

    def _score(self, expected: ExpectedFact, span: Span) -> Score:
        if expected.shape is Shape.BLOCK:
            return Score(label=ENOUGH_TEXT)
        surface = PrintedValue(kind=SurfaceKind.BOX, span=span, outer=span, text="", value="")
        return self.scorer.score(expected, surface)

    def _is_whole(self, span: Span) -> bool:
        """Whether the text is all of its block, numbers of headings and full stops aside."""
        block = self.surroundings.leaf_at(span.start)
        if block is None or span.end > block.end:
            return False
        before, after = self.surroundings.text[block.start : span.start], self.surroundings.text[span.end : block.end]
        return bool(_NUMBERING.match(before) and _TAIL.match(after))

    def _best(self, occurrences: Iterable[_TextOccurrence]) -> Iterator[_TextOccurrence]:
        """The best occurrence of each fact that is good enough, the earliest of several."""
        best: dict[str, _TextOccurrence] = {}
        for occurrence in occurrences:
            known = best.get(occurrence.expected.id)
            if known is None or occurrence.total > known.total:
                best[occurrence.expected.id] = occurrence
        for occurrence in best.values():
            if occurrence.total >= ENOUGH_TEXT:
                yield occurrence
            else:
                self._reasons.setdefault(
                    occurrence.expected.id,
                    "its text stands in the document, but nothing near it tells that it is meant",
                )

    def _place_text(self, occurrence: _TextOccurrence) -> None:
        proof = self.prover.text(occurrence.expected, occurrence.span)
        if proof is None:
            where = self.surroundings.document.place(occurrence.span.start)
            self._reasons[occurrence.expected.id] = f"the text at {where} has other blanks or marks than the value"
            return
        self.placements.append(proof.placement(occurrence.expected, occurrence.span))

    def _place_block(self, occurrence: _TextOccurrence) -> None:
        first, last = (
            self.surroundings.leaf_at(occurrence.span.start),
            self.surroundings.leaf_at(occurrence.span.end - 1),
        )
        if first is None or last is None or first.start != occurrence.span.start or last.end != occurrence.span.end:
            where = self.surroundings.document.place(occurrence.span.start)
            self._reasons[occurrence.expected.id] = f"the text at {where} is only a part of its paragraphs"
            return
        self.placements.append(Placement(fact=occurrence.expected.id, spans=(occurrence.span,), escape=True))
