"""Identifiers of rows, which no two rows of a table share: judged in bounded memory (xBRL-CSV 1.0)."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator
from typing import Final

_EXACT: Final = 50_000
_BUCKETS: Final = 64


class RowIdCheck:
    """Tells repeated identifiers: at once while there are few; of many only hashes are kept, 8 bytes each.

    Then `suspects` names the hashes that came twice, and `repeated` finds the rows in a second run through the table.
    """

    def __init__(self, *, exact: int = _EXACT) -> None:
        self._exact: set[str] = set()
        self._at_most = exact
        self._buckets: list[array[int]] = []
        self._first_hashed = 0

    def is_repeated(self, row_id: str, row: int) -> bool:
        """Whether the identifier is known to stand in a row before ``row``."""
        if not self._buckets:
            if row_id in self._exact:
                return True
            self._exact.add(row_id)
            if len(self._exact) >= self._at_most:
                self._spill(row)
            return False
        number = hash(row_id)
        self._buckets[number % _BUCKETS].append(number)
        return False

    def _spill(self, row: int) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._first_hashed = row + 1
        for row_id in self._exact:
            number = hash(row_id)
            self._buckets[number % _BUCKETS].append(number)
        self._exact.clear()

    def suspects(self) -> frozenset[int]:
        """The hashes that came twice."""
        found: set[int] = set()
        for bucket in self._buckets:
            ordered = sorted(bucket)
            found.update(one for one, other in itertools.pairwise(ordered) if one == other)
        return frozenset(found)

    def repeated(self, rows: Iterable[tuple[int, str]], suspects: frozenset[int]) -> Iterator[tuple[int, str]]:
        """The rows, by number and identifier, whose identifier stands in a row before them and was not told yet."""
        seen: set[str] = set()
        for row, row_id in rows:
            if row_id and hash(row_id) in suspects:
                if row_id in seen and row >= self._first_hashed:
                    yield row, row_id
                seen.add(row_id)
