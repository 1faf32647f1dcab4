"""Benchmarks are made of filings that the program accepts, at every size they run with."""

from __future__ import annotations

import pytest

from exporter.disclosures import OwnershipInterest
from exporter.items.values import Percent
from tests.benchmarks import bench_items


def test_the_holders_of_the_largest_filing_share_at_most_the_whole() -> None:
    holders = [item for item in bench_items.items(bench_items.MOST) if isinstance(item, OwnershipInterest)]
    shares = [holder.share.value for holder in holders if isinstance(holder.share, Percent)]
    assert len(shares) == bench_items.MOST - 1
    assert sum(shares) <= 1


def test_a_small_filing_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    bench_items.main(["--sizes", "20,40", "--repeat", "1"])
    assert "facts to items" in capsys.readouterr().out
