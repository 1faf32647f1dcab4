"""Ids of facts and identifiers of rows, checked to be unique in bounded memory."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Collection, Iterable, Iterator
from typing import Final

_EXACT: Final = 131_072
_BUCKETS: Final = 64


class HashBuckets:
    """Hashes of texts, 8 bytes each, of which `suspects` are those that came twice."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self.update(texts)

    def add(self, text: str) -> None:
        number = hash(text)
        self._buckets[number % _BUCKETS].append(number)

    def update(self, texts: Iterable[str]) -> None:
        """Add many."""
        buckets = self._buckets
        for number in map(hash, texts):
            buckets[number % _BUCKETS].append(number)

    def absent(self, texts: Iterable[str]) -> set[str]:
        """Which of the texts were never added."""
        texts = set(texts)
        numbers = {hash(text) for text in texts}
        hashes: set[int] = set()
        for bucket in self._buckets:
            hashes.update(filter(numbers.__contains__, bucket))
        return {text for text in texts if hash(text) not in hashes}

    def suspects(self) -> frozenset[int]:
        """The hashes of texts that were added twice, and once in a very long while of two unlike texts."""
        repeated: set[int] = set()
        for bucket in self._buckets:
            ordered = sorted(bucket)
            repeated.update(hash_ for hash_, other in itertools.pairwise(ordered) if hash_ == other)
        return frozenset(repeated)


class IdLedger:
    """A set of ids to which ids are only added.

    While there are few it is exact. Then it keeps 8 bytes for each: ``in`` finds the ids of ``pinned`` alone, and
    whether an id was added twice is reported at the end by `suspects`.
    """

    def __init__(self, pinned: Collection[str] = (), *, exact: int = _EXACT) -> None:
        self._pinned = frozenset(pinned)
        self._ids: set[str] = set()
        self._at_most = exact
        self._hashes: HashBuckets | None = None

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    @property
    def is_exact(self) -> bool:
        """Whether ``in`` finds every id."""
        return self._hashes is None

    def add(self, id_: str) -> None:
        if self._hashes is not None:
            self._hashes.add(id_)
            if id_ not in self._pinned:
                return
        self._ids.add(id_)
        if len(self._ids) >= self._at_most and self._hashes is None:
            self._spill()

    def update(self, ids: Iterable[str]) -> None:
        """Add many ids."""
        if self._hashes is not None:
            self._hashes.update(ids := list(ids))
            self._ids |= self._pinned.intersection(ids)
            return
        self._ids |= set(ids)
        if len(self._ids) >= self._at_most:
            self._spill()

    def isdisjoint(self, ids: Iterable[object]) -> bool:
        """Whether none of the ids is found by ``in``."""
        return self._ids.isdisjoint(ids)

    def absent(self, ids: Iterable[str]) -> set[str]:
        """Which of the ids were never added."""
        return set(ids) - self._ids if self._hashes is None else self._hashes.absent(ids)

    def _spill(self) -> None:
        self._hashes = HashBuckets(self._ids)
        self._ids &= self._pinned

    def suspects(self) -> frozenset[int]:
        """The hashes of ids that were added twice, and once in a very long while of two unlike ids."""
        return frozenset() if self._hashes is None else self._hashes.suspects()


def find_repeated(ids: Iterable[str], suspects: frozenset[int]) -> list[str]:
    """The ids that stand twice, of those whose hash is among ``suspects``; in order of their second place."""
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for id_ in ids:
        if hash(id_) in suspects:
            if id_ in seen:
                repeated[id_] = None
            seen.add(id_)
    return list(repeated)


class MadeUpIds:
    """Ids ``f1``, ``f2`` … given to facts that have none: an unbroken run takes no memory."""

    def __init__(self) -> None:
        self._last = 0
        self._others: set[str] = set()
        self._given_up: set[str] = set()

    def add(self, number: int) -> str:
        """The id of ``number``, taken from now on."""
        if number == self._last + 1:
            self._last = number
        else:
            self._others.add(f"f{number}")
        return f"f{number}"

    def __bool__(self) -> bool:
        """Whether any id was made up."""
        return bool(self._last or self._others)

    def __contains__(self, id_: object) -> bool:
        if id_ in self._others:
            return True
        if not isinstance(id_, str):
            return False
        digits = id_[1:]
        return (
            id_[:1] == "f"
            and digits.isascii()
            and digits.isdigit()
            and digits[0] != "0"
            and len(digits) < 18
            and int(digits) <= self._last
            and id_ not in self._given_up
        )

    def give_up(self, id_: str) -> None:
        """Leave the id to a fact that was given it."""
        self._others.discard(id_)
        self._given_up.add(id_)


_EXACT_ROWS: Final = 50_000


class RowIdCheck:
    """Reports repeated identifiers: at once while there are few; of many only hashes are kept, 8 bytes each.

    Then `suspects` names the hashes that came twice, and `repeated` finds the rows in a second run through the table.
    """

    def __init__(self, *, exact: int = _EXACT_ROWS) -> None:
        self._exact: set[str] = set()
        self._at_most = exact
        self._hashes: HashBuckets | None = None
        self._first_hashed = 0

    def is_repeated(self, row_id: str, row: int) -> bool:
        """Whether the identifier is known to stand in a row before ``row``."""
        if self._hashes is None:
            if row_id in self._exact:
                return True
            self._exact.add(row_id)
            if len(self._exact) >= self._at_most:
                self._spill(row)
            return False
        self._hashes.add(row_id)
        return False

    def _spill(self, row: int) -> None:
        self._hashes = HashBuckets(self._exact)
        self._first_hashed = row + 1
        self._exact.clear()

    def suspects(self) -> frozenset[int]:
        """The hashes that came twice."""
        return frozenset() if self._hashes is None else self._hashes.suspects()

    def repeated(self, rows: Iterable[tuple[int, str]], suspects: frozenset[int]) -> Iterator[tuple[int, str]]:
        """The rows, by number and identifier, whose identifier stands in an earlier row and was not reported yet."""
        seen: set[str] = set()
        for row, row_id in rows:
            if row_id and hash(row_id) in suspects:
                if row_id in seen and row >= self._first_hashed:
                    yield row, row_id
                seen.add(row_id)
