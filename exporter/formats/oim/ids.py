"""Ids of facts, identifiers of rows and aspects of facts, checked to be unique in bounded memory."""

from __future__ import annotations

import itertools
import os
import weakref
from array import array
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import BinaryIO, Final, cast

_EXACT: Final = 131_072
_BUCKETS: Final = 256
_IN_MEMORY: Final = 1_048_576
_CHUNK: Final = 1_000


class HashBuckets:
    """Hashes of values, of which `suspects` are those that came twice.

    They take 8 bytes each, the first 8 MiB in memory and the others in a temporary file.
    """

    def __init__(self, values: Iterable[Hashable] = ()) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._appends = [bucket.append for bucket in self._buckets]
        self._held = 0
        self._file: BinaryIO | None = None
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_BUCKETS)]  # in the file, with lengths
        self.update(values)

    def add(self, value: Hashable) -> None:
        self.update((value,))

    def update(self, values: Iterable[Hashable]) -> None:
        """Add many."""
        appends = self._appends
        remaining = map(hash, values)
        while numbers := list(itertools.islice(remaining, _CHUNK)):
            for number in numbers:
                appends[number % _BUCKETS](number)
            self._held += len(numbers)
            if self._held >= _IN_MEMORY:
                self._put_away()

    def _put_away(self) -> None:
        if self._file is None:
            import tempfile  # on use: it takes time to load

            self._file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - closed with the instance
            weakref.finalize(self, self._file.close)
        self._file.seek(0, os.SEEK_END)
        for bucket, places in zip(self._buckets, self._places, strict=True):
            places.append((self._file.tell(), len(bucket)))
            bucket.tofile(self._file)
            del bucket[:]
        self._held = 0

    def _hashes(self) -> Iterator[array[int]]:
        """The hashes, bucket by bucket."""
        for bucket, places in zip(self._buckets, self._places, strict=True):
            hashes = array("q", bucket)
            for place, length in places:
                assert self._file is not None
                self._file.seek(place)
                hashes.fromfile(self._file, length)
            yield hashes

    def absent(self, texts: Iterable[str]) -> set[str]:
        """Which of the texts were never added."""
        texts = set(texts)
        numbers = {hash(text) for text in texts}
        present: set[int] = set()
        for hashes in self._hashes():
            present.update(filter(numbers.__contains__, hashes))
        return {text for text in texts if hash(text) not in present}

    def suspects(self) -> frozenset[int]:
        """The hashes of values that were added twice, and once in a very long while of two unlike values."""
        repeated: set[int] = set()
        for hashes in self._hashes():
            if len(set(hashes)) < len(hashes):
                repeated.update(number for number, count in Counter(hashes).items() if count > 1)
        return frozenset(repeated)


class IdLedger:
    """A set of ids to which ids are only added.

    While there are few it is exact. Then it keeps hashes: ``in`` finds the ids of ``pinned`` alone, and whether an id
    was added twice is reported at the end by `suspects`.
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
