"""Facts in words: names, titles, statuses and blocks of text, found as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from exporter.findings import list_text
from exporter.tagging.document.source import Placement, Span
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.matches import Prover
from exporter.tagging.search.score import Score, Scorer
from exporter.tagging.search.weights import (
    ENOUGH_TEXT,
)
from exporter.tagging.text.printed_values import PrintedValue, SurfaceKind
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
class _Occurrence:
    wanted: ExpectedFact
    span: Span
    total: int
    is_whole: bool


@define(eq=False)
class TextPlacer:
    """Finds texts, blocks of text and the words of choices."""

    land: Surroundings
    scorer: Scorer
    prover: Prover
    wanted: tuple[ExpectedFact, ...]
    placements: list[Placement] = field(factory=list)
    worded: list[tuple[ExpectedFact, Span]] = field(factory=list)
    _reasons: dict[str, str] = field(factory=dict)

    def run(self) -> TextPlacer:
        texts = {each.id: each for each in self.wanted if each.shape is Shape.TEXT and each.fact.value}
        blocks = {each.id: each for each in self.wanted if each.shape is Shape.BLOCK and each.plain}
        choices = {each.id: each for each in self.wanted if each.shape is Shape.CHOICE}
        found = self._occurrences(texts, ((key, (each.fact.value or "",)) for key, each in texts.items()), fold=False)
        for each in self._best(found):
            self._place_text(each)
        found = self._occurrences(blocks, ((key, (each.plain,)) for key, each in blocks.items()), fold=False)
        for each in self._best(found):
            self._place_block(each)
        found = self._occurrences(choices, ((key, each.words) for key, each in choices.items()), fold=True)
        self.worded += [(each.wanted, each.span) for each in self._best(found) if each.is_whole]
        return self

    def reason(self, wanted: ExpectedFact) -> str:
        """Why a fact in words has no place."""
        known = self._reasons.get(wanted.id)
        if known is not None:
            return known
        if wanted.shape in (Shape.TEXT, Shape.BLOCK):
            return "the document does not hold this text"
        if wanted.shape is Shape.CHOICE:
            words = list_text((repr(word) for word in wanted.words[:2]), last=" or ")
            return f"the document does not say {words} by itself"
        return "the document does not state this value"

    def _occurrences(
        self, wanted: dict[str, ExpectedFact], phrases: Iterable[tuple[str, Iterable[str]]], *, fold: bool
    ) -> list[_Occurrence]:
        book = phrasebook(phrases, fold_case=fold)
        return [self._occurrence(wanted[key], span) for key, span in book.find(self.land.text, longest_only=False)]

    def _occurrence(self, wanted: ExpectedFact, span: Span) -> _Occurrence:
        score = self._score(wanted, span)
        whole = self._is_whole(span)
        words = min(len(self.land.text[span.start : span.end].split()), _MOST_WORDS)
        total = -1 if score.veto is not None else score.context + 6 * words + (_WHOLE if whole else 0)
        if score.veto is not None:
            self._reasons.setdefault(wanted.id, f"its text stands in the document, but {score.veto}")
        return _Occurrence(wanted=wanted, span=span, total=total, is_whole=whole)

    def _score(self, wanted: ExpectedFact, span: Span) -> Score:
        if wanted.shape is Shape.BLOCK:
            return Score(label=ENOUGH_TEXT)
        surface = PrintedValue(kind=SurfaceKind.BOX, span=span, outer=span, text="", value="")
        return self.scorer.score(wanted, surface)

    def _is_whole(self, span: Span) -> bool:
        """Whether the text is all of its block, numbers of headings and full stops aside."""
        block = self.land.leaf_at(span.start)
        if block is None or span.end > block.end:
            return False
        before, after = self.land.text[block.start : span.start], self.land.text[span.end : block.end]
        return bool(_NUMBERING.match(before) and _TAIL.match(after))

    def _best(self, found: Iterable[_Occurrence]) -> Iterator[_Occurrence]:
        """The best occurrence of each fact that is good enough, the earliest of several."""
        best: dict[str, _Occurrence] = {}
        for each in found:
            known = best.get(each.wanted.id)
            if known is None or each.total > known.total:
                best[each.wanted.id] = each
        for each in best.values():
            if each.total >= ENOUGH_TEXT:
                yield each
            else:
                self._reasons.setdefault(
                    each.wanted.id, "its text stands in the document, but nothing near it tells that it is meant"
                )

    def _place_text(self, each: _Occurrence) -> None:
        proof = self.prover.text(each.wanted, each.span)
        if proof is None:
            where = self.land.document.place(each.span.start)
            self._reasons[each.wanted.id] = f"the text at {where} has other blanks or marks than the value"
            return
        self.placements.append(proof.placement(each.wanted, each.span))

    def _place_block(self, each: _Occurrence) -> None:
        first, last = self.land.leaf_at(each.span.start), self.land.leaf_at(each.span.end - 1)
        if first is None or last is None or first.start != each.span.start or last.end != each.span.end:
            where = self.land.document.place(each.span.start)
            self._reasons[each.wanted.id] = f"the text at {where} is only a part of its paragraphs"
            return
        self.placements.append(Placement(fact=each.wanted.id, spans=(each.span,), escape=True))
