"""Ids in bounded memory: what is kept as hashes, in memory and in a temporary file, finds what came twice."""

from __future__ import annotations

import tracemalloc

import pytest

from exporter.formats.oim import ids
from exporter.formats.oim.ids import HashBuckets, IdLedger, find_repeated


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets that go to the file after a thousand hashes."""
    monkeypatch.setattr(ids, "_IN_MEMORY", 1_000)


@pytest.mark.parametrize("count", [1, 3, 5_000])
def test_values_that_differ_are_no_suspects(count: int, small_buckets: None) -> None:
    assert HashBuckets(f"f{number}" for number in range(count)).suspects() == frozenset()


@pytest.mark.parametrize(("first", "second"), [(0, 4_999), (0, 1), (4_998, 4_999), (17, 2_500)])
def test_the_same_value_is_found_wherever_it_stands(first: int, second: int, small_buckets: None) -> None:
    values = [f"f{number}" for number in range(5_000)]
    values[second] = values[first]
    suspects = HashBuckets(values).suspects()
    assert suspects == {hash(values[first])}
    assert find_repeated(values, suspects) == [values[first]]


def test_values_are_added_after_some_were_looked_at(small_buckets: None) -> None:
    buckets = HashBuckets(f"f{number}" for number in range(3_000))
    assert buckets.absent(["f1", "f2999", "f3000", "other"]) == {"f3000", "other"}
    assert not buckets.suspects()
    buckets.update(f"f{number}" for number in range(3_000, 6_000))
    buckets.add("f5")
    assert buckets.absent(["f1", "f2999", "f3000", "other"]) == {"other"}
    assert buckets.suspects() == {hash("f5")}


def test_a_ledger_beyond_its_exact_size_reports_at_the_end(small_buckets: None) -> None:
    ledger = IdLedger(["pinned"], exact=100)
    ledger.update(f"f{number}" for number in range(2_000))
    assert not ledger.is_exact
    ledger.update(["pinned", "f7"])
    assert "pinned" in ledger
    assert "f7" not in ledger
    assert ledger.suspects() == {hash("f7")}
    assert ledger.absent(["f1999", "f2000"]) == {"f2000"}


def test_memory_does_not_grow_with_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_IN_MEMORY", 30_000)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            assert not HashBuckets(range(count)).suspects()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(150_000) < 1.5 * peak(30_000)
