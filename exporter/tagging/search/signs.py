"""Signs: whether a number as printed, with the words that govern it, has the sign of a fact."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from exporter.items.values.printed import PrintedValue, SurfaceKind
from exporter.tagging.search.expected import ExpectedFact
from exporter.tagging.search.meaning import captions_of
from exporter.tagging.text.lexicon import LOSS_WORDS, LOSSES_ALONE, OUTWARD, PROFIT_WORDS, RESULTS, TAX_WORDS
from exporter.tagging.text.surroundings import Surroundings

_NO_SIGN: Final = "it is printed without a sign or a word that makes it negative"
_DUAL: Final = 12  # characters between "income" and "(loss)" in a name of both


@frozen(kw_only=True)
class _SignWords:
    """Whether the words that govern a number say loss, profit, or both: then the sign is the print's."""

    loss: bool
    profit: bool


@frozen
class Signs:
    """Judges the signs of the numbers of one document."""

    surroundings: Surroundings

    def wrong_sign(self, expected: ExpectedFact, surface: PrintedValue) -> str | None:
        """Why a printed number has not the sign of the fact, if so."""
        number = expected.number
        if not number or surface.kind is SurfaceKind.WORDS:
            return None
        if surface.negative:
            if number > 0 and not expected.inverted and not any(OUTWARD.search(label) for label in expected.labels):
                return "it is printed as a negative number"
            return None
        if number < 0 and not is_result(expected):
            return None if LOSS_WORDS.search(self._all_words(surface)) else _NO_SIGN
        words = self._governing(surface)
        if number < 0 and not (words.loss and not words.profit):
            return _NO_SIGN
        if number > 0 and words.loss and not words.profit and is_result(expected) and self._says_loss(surface):
            return "it is printed as a loss"
        return None

    def _all_words(self, surface: PrintedValue) -> str:
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None:
            return f"{self.surroundings.row_head(cell)} {self.surroundings.column_head(cell)}"
        sentence = self.surroundings.sentence(self.surroundings.sentence_number(surface.span.start))
        return self.surroundings.text[sentence.start : sentence.end]

    def _says_loss(self, surface: PrintedValue) -> bool:
        return bool(LOSSES_ALONE.search(self._text(surface)))

    def _text(self, surface: PrintedValue) -> str:
        """The words that govern a number: those of its row, else those before it in the sentence, else those behind."""
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None and self.surroundings.stands_in_body(cell):
            section, own = self.surroundings.row_words(cell)
            own = own if LOSS_WORDS.search(own) or PROFIT_WORDS.search(own) else f"{section} {own}"
            if LOSS_WORDS.search(own) or PROFIT_WORDS.search(own):
                return TAX_WORDS.sub("", own)
            return TAX_WORDS.sub("", f"{own} {self.surroundings.column_head(cell)}")
        sentence = self.surroundings.sentence(self.surroundings.sentence_number(surface.span.start))
        before = TAX_WORDS.sub("", self.surroundings.text[sentence.start : surface.outer.start])
        return before or self.surroundings.text[surface.outer.end : sentence.end]

    def _governing(self, surface: PrintedValue) -> _SignWords:
        cell = self.surroundings.cell_at(surface.span.start)
        text = self._text(surface)
        if cell is not None and self.surroundings.stands_in_body(cell):
            return _SignWords(loss=bool(LOSS_WORDS.search(text)), profit=bool(PROFIT_WORDS.search(text)))
        losses = [match.end() for match in LOSS_WORDS.finditer(text)]
        profits = [match.end() for match in PROFIT_WORDS.finditer(text)]
        if not losses and not profits:
            sentence = self.surroundings.sentence(self.surroundings.sentence_number(surface.span.start))
            after = self.surroundings.text[surface.outer.end : sentence.end]
            return _SignWords(loss=bool(LOSS_WORDS.search(after)), profit=bool(PROFIT_WORDS.search(after)))
        loss, profit = max(losses, default=-_DUAL), max(profits, default=-_DUAL)
        if abs(loss - profit) < _DUAL and re.search(r"\(|/| or ", text[min(loss, profit) : max(loss, profit)]):
            return _SignWords(loss=True, profit=True)
        return _SignWords(loss=loss > profit, profit=profit > loss)


def is_result(expected: ExpectedFact) -> bool:
    """Whether a fact is a result that may be a profit or a loss, an inflow or an outflow."""
    return any(caption.is_plain and caption.items <= RESULTS for caption in captions_of(expected))
