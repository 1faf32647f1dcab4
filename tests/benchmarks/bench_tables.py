"""What a row of a workbook costs on its way to an item, as a ratio to openpyxl's own reading of the same rows.

Run as a script: ``python -m tests.benchmarks.bench_tables``. Goal: the tree costs at most 2.5 times
what openpyxl costs, and a row of the larger workbook at most 1.25 times one of the smaller.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

import exporter as ex
from exporter.disclosures import TOPICS
from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook
from exporter.sources.tabular import read_workbook
from tests.benchmarks.measure import interleaved_seconds, table, verdict

RATIO = 2.5
LINEAR = 1.25
_HEADINGS = ("pair", "over.start", "over.end", "high", "low", "average", "period_end", "averaging")


def write_rows(path: Path, count: int) -> None:
    """A workbook with ``count`` rows of exchange rates."""
    rows = (
        (
            *("JPY per USD", f"{1000 + number % 900}-04-01", f"{1001 + number % 900}-03-31"),
            *(Decimal(12_000 + number % 97) / 100, Decimal("100.01"), Decimal("110.50"), Decimal("111.25")),
            "daily_rates",
        )
        for number in range(count)
    )
    sheet = SheetContent("ExchangeRates", [SheetColumn(heading) for heading in _HEADINGS], values=rows)
    with path.open("wb") as stream:
        write_workbook(stream, [sheet], title="Rates")


def read_cells(path: Path) -> int:
    """openpyxl by itself, row by row."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(cell.value is not None for row in book["ExchangeRates"].iter_rows() for cell in row)


def measure(count: int, repeat: int) -> tuple[float, float, float]:
    """Seconds of openpyxl, of the tree, and of the items, for ``count`` rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rates.xlsx"
        write_rows(path, count)
        if len(ex.read_items(path)) != count:
            raise SystemExit("the rows do not come back: the times mean nothing")
        works = [lambda: read_cells(path), lambda: read_workbook(path, TOPICS), lambda: ex.read_items(path)]
        cells, tree, items = interleaved_seconds(works, repeat=repeat)
        return cells, tree, items


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--repeat", type=int, default=2)
    arguments, _ = parser.parse_known_args(argv)
    sizes = sorted({int(size) for size in arguments.sizes.split(",")})[-2:]
    times = {size: measure(size, arguments.repeat) for size in sizes}
    rows: list[tuple[object, ...]] = []
    for index, name in enumerate(("openpyxl", "tree", "items")):
        costs = [times[size][index] / size * 1e6 for size in sizes]
        ratio = times[sizes[-1]][index] / times[sizes[-1]][0]
        goal = verdict(ratio, RATIO) if name == "tree" else ""
        rows.append((name, *costs, ratio, goal, verdict(costs[-1] / costs[0], LINEAR) if len(sizes) > 1 else ""))
    print(table(("µs per row", *map(str, sizes), "ratio", "goal", "growth"), rows))


if __name__ == "__main__":
    main()
