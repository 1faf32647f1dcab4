"""Identifiers of rows, which no two rows of a table share: judged in bounded memory (xBRL-CSV 1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from exporter.formats.oim.identifiers import HashBuckets

_EXACT: Final = 50_000


class RowIdCheck:
    """Tells repeated identifiers: at once while there are few; of many only hashes are kept, 8 bytes each.

    Then `suspects` names the hashes that came twice, and `repeated` finds the rows in a second run through the table.
    """

    def __init__(self, *, exact: int = _EXACT) -> None:
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
        """The rows, by number and identifier, whose identifier stands in a row before them and was not told yet."""
        seen: set[str] = set()
        for row, row_id in rows:
            if row_id and hash(row_id) in suspects:
                if row_id in seen and row >= self._first_hashed:
                    yield row, row_id
                seen.add(row_id)
