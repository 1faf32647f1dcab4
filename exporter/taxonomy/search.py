"""Finding concepts by words: what their labels and names have in common with a text, rare words counting most."""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol

from attrs import define, field, frozen

from exporter.model.qname import QName
from exporter.model.standard_types import Balance, PeriodType
from exporter.taxonomy.concepts import NEGATED, NET, STANDARD, TERSE, TOTAL, VERBOSE, Concept, Label

_SEARCHED: Final = {STANDARD: 1.0, VERBOSE: 1.0, TERSE: 0.9, TOTAL: 0.95, NET: 0.95, NEGATED: 0.95}
_CAMEL: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W_A-Za-z0-9]+")
_BRACKETS: Final = re.compile(r"[\[［][^\[［\]］]*[\]］]\s*$")
_JAPANESE: Final = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORDS: Final = re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+")
_FIRST_JAPANESE: Final = "\u3005"
_EMPTY_WORDS: Final = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"]
)


class Labelled(Protocol):
    """Concepts with their labels: what a taxonomy is to a search."""

    @property
    def concepts(self) -> Iterable[Concept]: ...

    def labels_of(self, concept: QName) -> Iterable[Label]: ...


@frozen(kw_only=True, order=False)
class ConceptMatch:
    """A concept that fits a text.

    ``score`` is 1 where all words are the same, 0 where none is; ``label`` the label, or the name in words, that fits.
    """

    concept: Concept
    label: str
    score: float


def words_of_name(name: str) -> str:
    """The words of a name in camel case: ``NetLossOfYear2024`` gives ``Net Loss Of Year 2024``."""
    return " ".join(_CAMEL.findall(name))


def normalized(text: str) -> str:
    """A label for comparison: no case, no width, no kind in brackets at its end, single blanks."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", text) if not text.isascii() else text)
    return " ".join(text.lower().split())


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, each once: without endings of the plural and empty words; of Japanese, pairs of signs."""
    return tuple(dict.fromkeys(_tokens(normalized(text))))


def _tokens(text: str) -> Iterator[str]:
    for run in _WORDS.findall(text):
        if run[0] >= _FIRST_JAPANESE:
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        elif run not in _EMPTY_WORDS:
            yield _stem(run)


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
    return word


@define(eq=False)
class ConceptIndex:
    """The labels and names of some concepts, ready for search. Made once, then only read."""

    _concepts: list[Concept] = field(factory=list)
    _texts: list[str] = field(factory=list)
    _owners: list[int] = field(factory=list)
    _factors: list[float] = field(factory=list)
    _norms: list[float] = field(factory=list)
    _postings: dict[str, list[int]] = field(factory=dict)
    _weights: dict[str, float] = field(factory=dict)
    _rarest: float = 0.0

    @classmethod
    def of(cls, *taxonomies: Labelled, accept: Callable[[Concept], bool] | None = None) -> ConceptIndex:
        """The index of the concepts of taxonomies that ``accept`` takes; one that several declare is there once."""
        index = cls()
        seen: set[object] = set()
        of_text: list[tuple[str, ...]] = []
        for taxonomy in taxonomies:
            for concept in taxonomy.concepts:
                if concept.qname not in seen and (accept is None or accept(concept)):
                    seen.add(concept.qname)
                    index._add(concept, _texts_of(taxonomy, concept), of_text)
        index._weigh(of_text)
        return index

    def _add(self, concept: Concept, texts: Iterable[tuple[str, float]], of_text: list[tuple[str, ...]]) -> None:
        own = len(self._concepts)
        self._concepts.append(concept)
        known: set[tuple[str, ...]] = set()
        for text, factor in texts:
            words = tokens(text)
            if words and words not in known:
                known.add(words)
                for token in words:
                    self._postings.setdefault(token, []).append(len(of_text))
                of_text.append(words)
                self._texts.append(text)
                self._owners.append(own)
                self._factors.append(factor)

    def _weigh(self, of_text: Sequence[tuple[str, ...]]) -> None:
        total = len(of_text)
        self._rarest = math.log(1 + total)
        self._weights = {token: math.log(1 + total / len(places)) for token, places in self._postings.items()}
        weights = self._weights
        self._norms = [math.sqrt(sum(weights[token] ** 2 for token in tokens_)) for tokens_ in of_text]

    def __len__(self) -> int:
        return len(self._concepts)

    def nearest(
        self,
        text: str,
        *,
        type: str | None = None,
        period: PeriodType | None = None,
        balance: Balance | None = None,
        accept: Callable[[Concept], bool] | None = None,
        limit: int = 5,
        least: float = 0.1,
    ) -> tuple[ConceptMatch, ...]:
        """The concepts whose labels or names fit a text best, the best first; the same query gives the same answer.

        Args:
            text: words in any language of the labels, or a name in camel case.
            type: only concepts of this item type or one derived from it (``monetaryItemType``).
            period: only concepts of this period type.
            balance: only concepts of this balance.
            accept: only concepts that it takes.
            limit: the greatest number of them.
            least: only scores from here on.
        """
        scores = self._scores(text)
        best: dict[int, tuple[float, int]] = {}
        for place, score in scores.items():
            owner = self._owners[place]
            if score >= least and score > best.get(owner, (0.0, 0))[0]:
                best[owner] = (score, place)
        fitting = (
            (score, place, self._concepts[owner])
            for owner, (score, place) in best.items()
            if _fits(self._concepts[owner], type, period, balance) and (accept is None or accept(self._concepts[owner]))
        )
        query = normalized(text)
        chosen = heapq.nsmallest(limit, fitting, key=lambda candidate: self._rank(candidate, query))
        return tuple(
            ConceptMatch(concept=concept, label=self._texts[place], score=round(score, 4))
            for score, place, concept in chosen
        )

    def _rank(self, candidate: tuple[float, int, Concept], query: str) -> tuple[object, ...]:
        """The best first; among equals the same text, then what can be reported, then the shorter."""
        score, place, concept = candidate
        text = self._texts[place]
        return (-round(score, 6), normalized(text) != query, concept.abstract, len(text), concept.qname.sort_key)

    def _scores(self, text: str) -> dict[int, float]:
        """The cosine between the words of ``text`` and those of each indexed text that shares one with it."""
        asked = tokens(text if " " in text or not text.isascii() else words_of_name(text) or text)
        shared: dict[int, float] = {}
        norm = 0.0
        for token in asked:
            weight = self._weights.get(token, self._rarest) ** 2
            norm += weight
            for place in self._postings.get(token, ()):
                shared[place] = shared.get(place, 0.0) + weight
        norm = math.sqrt(norm)
        norms, factors = self._norms, self._factors
        return {place: factors[place] * score / (norm * norms[place]) for place, score in shared.items()}


def _texts_of(taxonomy: Labelled, concept: Concept) -> Iterator[tuple[str, float]]:
    for label in taxonomy.labels_of(concept.qname):
        factor = _SEARCHED.get(label.role)
        if factor is not None:
            yield label.text, factor
    yield words_of_name(concept.qname.local_name), 1.0


def _fits(concept: Concept, type: str | None, period: str | None, balance: str | None) -> bool:
    datatype = concept.datatype
    if type is not None and (
        datatype is None or (type not in (datatype.name.local_name, datatype.standard) and type not in datatype.lineage)
    ):
        return False
    return period in (None, concept.period_type) and balance in (None, concept.balance)


class Indexed(Protocol):
    """What has an index of its own: a taxonomy."""

    @property
    def index(self) -> ConceptIndex: ...


def nearest_concepts(
    taxonomy: Indexed,
    text: str,
    *,
    type: str | None = None,
    period: PeriodType | None = None,
    limit: int = 5,
) -> tuple[ConceptMatch, ...]:
    """The concepts of a taxonomy that fit a text best; see `ConceptIndex.nearest`. The index is made once."""
    return taxonomy.index.nearest(text, type=type, period=period, limit=limit)
