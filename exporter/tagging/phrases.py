"""Phrases: where given names and texts stand in a text, all of them found in one pass.

Texts are compared word by word with blanks and quotation marks brought to one shape; of several that begin at one
place the longest counts, so that "NTT Communications" is no mention of "NTT".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from exporter.tagging.placement import Span

_TOKEN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff_]+|[^\w\s]", re.UNICODE)
_SHAPES: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "−": "-"}


def tokens_of(text: str, *, fold_case: bool = False) -> list[tuple[str, int, int]]:
    """Words and marks with their places; blanks are left out."""
    source = text.casefold() if fold_case and len(text.casefold()) == len(text) else text
    return [(_SHAPES.get(match[0], match[0]), match.start(), match.end()) for match in _TOKEN.finditer(source)]


@frozen(eq=False)
class Phrasebook:
    """A set of phrases to look for, each under a key of the caller's.

    Args:
        fold_case: capitals and small letters are the same.
    """

    phrases: dict[str, tuple[str, ...]]
    fold_case: bool = False
    _by_first: dict[str, list[tuple[tuple[str, ...], str]]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, texts in self.phrases.items():
            for text in dict.fromkeys(texts):
                words = tuple(token for token, _, _ in tokens_of(text, fold_case=self.fold_case))
                if words:
                    by_first.setdefault(words[0], []).append((words, key))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        object.__setattr__(self, "_by_first", by_first)

    def find(self, text: str, *, longest_only: bool = True) -> Iterator[tuple[str, Span]]:
        """Every phrase that stands in the text, in reading order.

        With ``longest_only`` the phrases do not overlap; several keys with the same words all count.
        """
        tokens = tokens_of(text, fold_case=self.fold_case)
        words = [token for token, _, _ in tokens]
        place = 0
        while place < len(words):
            step = 1
            for phrase, key in self._by_first.get(words[place], ()):
                if longest_only and step > 1 and len(phrase) < step:
                    break
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield key, Span(tokens[place][1], tokens[place + len(phrase) - 1][2])
                    step = max(step, len(phrase))
            place += step if longest_only else 1


def phrasebook(entries: Iterable[tuple[str, Iterable[str]]], *, fold_case: bool = False) -> Phrasebook:
    """A phrasebook from pairs of a key and its texts; texts of one key are joined."""
    phrases: dict[str, tuple[str, ...]] = {}
    for key, texts in entries:
        phrases[key] = (*phrases.get(key, ()), *texts)
    return Phrasebook(phrases, fold_case=fold_case)
