"""Words of a text, brought to common stems, and phrases that stand in it.

Stems let "nominated" meet "nominees" and 純損失 meet 当期純損失: English words lose their endings; Japanese, which does
not part its words, is cut into pairs of characters. Words that say nothing about a figure are left out.

A `Phrasebook` finds given names and texts, all in one pass: word by word, blanks and quotation marks brought to one
shape. Of several phrases that begin at one place the longest counts: "NTT Communications" does not name "NTT".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from exporter.items.values.printed import Span

_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*|[\u3040-\u30ff\u3400-\u9fff]+")
_ENDINGS: Final = re.compile(
    r"(?:ership|izations?|isations?|ations?|ating|ated|ates|ate|ments?|ings?|ities|ity|ions?|ees?|eds?|ied|ies|ers?|ors?"
    r"|ed|es|age|al|ly|ive|[sey])$"
)
_SHORTEST: Final = 3
_BRITISH: Final = re.compile(r"^(.{3,})is(e[ds]?|ing|ations?)$")  # authorised, authorized
_SILENT: Final = frozenset(
    re.findall(
        "[a-z]+",
        "the of a an and or in on at to for by with from as is was were be been being has have had we our us its it "
        "this that these those which who whom not no if per than their such other any all may can will would could "
        "should do does did there here into over under out up also but so between during after before",
    )
)
# Words of labels that many labels have; they tell little about which figure is meant.
GENERIC: Final = frozenset(
    re.findall(
        "[a-z]+",
        "number amount value date month day kind name indicator total text block percentage part document item rate",
    )
)
_GENERIC_JA: Final = frozenset(("日付", "金額", "の数", "種類", "名称", "比率", "割合"))


@frozen
class Term:
    """A stem and where its word stands."""

    start: int
    end: int
    stem: str


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one English word."""
    plain = word.lower().replace("’", "'")
    plain = _BRITISH.sub(r"\1iz\2", plain.removesuffix("'s").replace("'", ""))
    if len(plain) <= _SHORTEST or plain.endswith("ss"):
        return plain
    for _ in range(2):
        shorter = _ENDINGS.sub("", plain)
        if len(shorter) < _SHORTEST or shorter == plain or plain.endswith("ss"):
            break
        plain = shorter
    return plain


_SILENT_STEMS: Final = frozenset(stem(word) for word in _SILENT) | _SILENT
GENERIC_STEMS: Final = frozenset(stem(word) for word in GENERIC) | _GENERIC_JA


def find_terms(
    text: str, start: int = 0, end: int | None = None, *, kept: frozenset[str] = frozenset()
) -> Iterator[Term]:
    """The terms of a stretch of text, silent words left out but for those ``kept``."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        if word[0] < "\u3040":
            stemmed = stem(word)
            if (word.lower() not in _SILENT or word.lower() in kept) and (len(stemmed) > 1 or word.isupper()):
                yield Term(match.start(), match.end(), stemmed)
        else:
            yield from _pairs(word, match.start())


def _pairs(word: str, start: int) -> Iterator[Term]:
    if len(word) == 1:
        yield Term(start, start + 1, word)
    for place in range(len(word) - 1):
        pair = word[place : place + 2]
        if not all("\u3040" <= character <= "\u309f" for character in pair):  # particles and endings
            yield Term(start + place, start + place + 2, pair)


@lru_cache(maxsize=16384)
def stems_of(text: str) -> frozenset[str]:
    """The stems in a text, as a set."""
    return frozenset(term.stem for term in find_terms(text))


@lru_cache(maxsize=16384)
def weighted_stems(text: str) -> tuple[tuple[str, int], ...]:
    """The stems of a label and how much each tells: 3, or 1 for a generic one."""
    stems = dict.fromkeys(term.stem for term in find_terms(text))
    return tuple((stem, 1 if stem in GENERIC_STEMS else 3) for stem in stems)


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
