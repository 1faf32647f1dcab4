"""Captions: which figure of a financial statement a row, a column or a sentence names, and with which other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Final

from attrs import frozen

from exporter.tagging.text.lexicon import LINE_ITEMS, NEUTRAL, OPPOSITES, SAME_WORDS
from exporter.tagging.text.words import Term, find_terms, stem

_KEPT: Final = frozenset(("before", "per", "after", "other"))
_PRINTED_APART: Final = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z])")


@frozen(kw_only=True)
class NamedItem:
    """A line item that a text names, and where."""

    start: int
    end: int
    item: str


@frozen(kw_only=True)
class Caption:
    """What a text names: line items, and the stems of its words that are neither part of them nor neutral."""

    items: frozenset[str]
    rest: frozenset[str]

    @property
    def is_plain(self) -> bool:
        """Whether it names one line item and says nothing else."""
        return len(self.items) == 1 and not self.rest


@lru_cache(maxsize=16384)
def read_caption(text: str) -> Caption:
    """The line items that a caption names, and its other words."""
    items, rest = set[str](), set[str]()
    for start, end, item, stems in _pieces(text):
        del start, end
        if item is not None:
            items.add(item)
        else:
            rest.update(stems)
    return Caption(items=frozenset(items), rest=frozenset(rest) - _neutral_stems())


@lru_cache(maxsize=16384)
def find_line_items(text: str) -> tuple[NamedItem, ...]:
    """The line items that a text names, in reading order."""
    return tuple(
        NamedItem(start=start, end=end, item=item) for start, end, item, _ in _pieces(text) if item is not None
    )


@lru_cache(maxsize=16384)
def opposites_in(text: str) -> tuple[frozenset[int], ...]:
    """For each set of opposites, which of them a text has: numbers of the words in the table."""
    stems = {term.stem for term in find_terms(text)}
    return tuple(
        frozenset(number for number, words in enumerate(opposite) if words & stems) for opposite in _opposites()
    )


def is_opposite(label: str, text: str) -> bool:
    """Whether a text has a word of which a label has an opposite, and none of the label's own."""
    return any(
        mine and theirs and not mine & theirs
        for mine, theirs in zip(opposites_in(label), opposites_in(text), strict=True)
    )


@cache
def opposite_stems() -> frozenset[str]:
    """The stems of all words that have opposites."""
    return frozenset(word_stem for words in _opposites() for stems in words for word_stem in stems)


@cache
def same_stems(word_stem: str) -> frozenset[str]:
    """A stem and those that say the same."""
    return frozenset((word_stem,)).union(*(group for group in _synonyms() if word_stem in group))


def _pieces(text: str) -> Iterator[tuple[int, int, str | None, tuple[str, ...]]]:
    terms = _terms_of(text)
    phrases = _phrases()
    place = 0
    while place < len(terms):
        for length, known in phrases.get(terms[place].stem, ()):
            item = known.get(tuple(term.stem for term in terms[place : place + length]))
            if item is not None:
                yield terms[place].start, terms[place + length - 1].end, item, ()
                place += length
                break
        else:
            yield terms[place].start, terms[place].end, None, (terms[place].stem,)
            place += 1


def _terms_of(text: str) -> list[Term]:
    return list(find_terms(_PRINTED_APART.sub(" ", text), kept=_KEPT))


@cache
def _phrases() -> dict[str, list[tuple[int, dict[tuple[str, ...], str]]]]:
    """The phrases by their first stem and by length, the longest first."""
    by_first: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
    for item, phrases in LINE_ITEMS.items():
        for phrase in phrases:
            for words in _forms(phrase):
                stems = tuple(term.stem for term in _terms_of(" ".join(words)))
                if stems:
                    by_first.setdefault(stems[0], {}).setdefault(len(stems), {}).setdefault(stems, item)
    return {first: sorted(lengths.items(), reverse=True) for first, lengths in by_first.items()}


def _forms(phrase: str) -> Iterator[tuple[str, ...]]:
    """Every way in which a phrase of the table may be written."""
    choices = []
    for part in phrase.split():
        words = part.removesuffix("?").split("|")
        choices.append(["", *words] if part.endswith("?") else words)
    yield from product(*choices)


@cache
def _neutral_stems() -> frozenset[str]:
    return NEUTRAL | frozenset(stem(word) for word in NEUTRAL)


@cache
def _opposites() -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(frozenset(stem(word) for word in words.split("|")) for words in opposite) for opposite in OPPOSITES
    )


@cache
def _synonyms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem(word) for word in words.split()) for words in SAME_WORDS)
