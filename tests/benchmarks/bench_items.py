"""What an item costs on its way to facts, back to items, and through a whole export.

Run as a script: ``python -m tests.benchmarks.bench_items``. Goal: an item of the larger filing costs at most 1.25 times
one of the smaller, for each work.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve

from exporter.disclosures import AccumulatedDeficit, OwnershipInterest
from exporter.filing import Filing
from exporter.items.values import EntityRef, Money, Percent
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.operations.export import export_filing
from exporter.operations.to_items import to_items
from tests.benchmarks.measure import best_seconds, table, verdict

LINEAR = 1.25
MOST = 10_000  # items of the largest filing
_SHARES = 100  # different shares, in millionths: those of all holders of the largest filing are half of the whole
DAY = Instant("2024-03-31")


def items(count: int) -> Iterator[object]:
    """``count`` items: holders of an interest, and one deficit."""
    yield AccumulatedDeficit(amount=Money("34400000000", "JPY", decimals=-8), as_of=DAY)
    for number in range(1, count):
        share = Percent(value=f"0.{number % _SHARES + 1:06d}")
        yield OwnershipInterest(holder=EntityRef(f"Holder {number}"), share=share, as_of=DAY)


def filing(count: int) -> Filing:
    """A filing of ``count`` items."""
    return Filing(entity=Entity.cik(5), prefix="acme", period_end=DAY, items=items(count))


def measure(count: int, repeat: int) -> dict[str, float]:
    """Seconds of each work for a filing of ``count`` items."""
    made = filing(count)
    report = made.to_report()
    if set(to_items(report)) != set(made.items):
        raise SystemExit("the items do not come back: the times mean nothing")
    with tempfile.TemporaryDirectory() as folder:
        return {
            "make": best_seconds(lambda: filing(count), repeat=repeat),
            "items to facts": best_seconds(lambda: evolve(made).to_report(), repeat=repeat),
            "facts to items": best_seconds(lambda: to_items(report), repeat=repeat),
            "export": best_seconds(lambda: export_filing(evolve(made), Path(folder) / "out"), repeat=1),
        }


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--repeat", type=int, default=3)
    arguments, _ = parser.parse_known_args(argv)
    sizes = sorted({min(int(size), MOST) for size in arguments.sizes.split(",")})[-2:]
    times = {size: measure(size, arguments.repeat) for size in sizes}
    rows: list[tuple[object, ...]] = []
    for name in times[sizes[0]]:
        each = [times[size][name] / size * 1e6 for size in sizes]
        rows.append((name, *each, verdict(each[-1] / each[0], LINEAR) if len(sizes) > 1 else ""))
    print(table(("µs per item", *map(str, sizes), f"growth, goal {LINEAR}"), rows))


if __name__ == "__main__":
    main()
