"""What a row of a workbook costs on its way to an item, as a ratio to openpyxl's own reading of the same rows.

Run as a script: ``python -m tests.benchmarks.bench_tables``. Goal: the tree costs at most 2.5 times
what openpyxl costs, and a row of the larger workbook at most 1.25 times one of the smaller.

With ``--memory`` each work is a process of its own, with its CPU time and its peak of memory: openpyxl by itself, the
items one by one, a conversion row by row, and the items all at once. Goal: those that go row by row take at most 1.5
times the memory at the larger size, and in all at most 256 MiB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

import exporter as ex
from exporter.disclosures import TOPICS
from exporter.operations import item_stream
from exporter.operations.convert import convert
from exporter.operations.inputs import open_input
from exporter.operations.tables import iter_items
from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook
from exporter.sources.tabular import read_workbook
from tests.benchmarks.bench_process import run_process
from tests.benchmarks.measure import interleaved_seconds, table, verdict

RATIO = 2.5
GROWTH = 1.5
PEAK_MIB = 256
LINEAR = 1.25
_WORKS = ("openpyxl", "items one by one", "convert to xBRL-JSON", "items at once")
_FACTS = 5  # of a row
_FIRST = dt.date(1700, 1, 1)
_HEADINGS = ("pair", "over.start", "over.end", "high", "low", "average", "period_end", "averaging")


def write_rows(path: Path, count: int) -> None:
    """A workbook with ``count`` rows of exchange rates."""
    rows = (
        (
            *("JPY per USD", str(_FIRST + dt.timedelta(days=number)), str(_FIRST + dt.timedelta(days=number + 364))),
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


def run_work(name: str, path: Path, count: int) -> None:
    """One work of `compare_memory`, in a process of its own."""
    if name == "openpyxl":
        done = read_cells(path) // len(_HEADINGS) - 1  # the headings
    elif name == "items one by one":
        done = sum(1 for _ in iter_items(path))
    elif name == "items at once":
        done = len(ex.read_items(path))
    else:
        source = path.with_suffix(".yaml")
        header = "filing: {entity: {cik: '1'}, period_end: 2005-03-31}"
        source.write_text(f"{header}\ntables: [{{file: {path.name}, sheet: ExchangeRates, type: ExchangeRates}}]\n")
        item_stream.LARGE_TABLES = 0
        with open_input(source) as opened:
            conversion = convert(opened, path.with_suffix(".json"))
        done = (conversion.facts or 0) // _FACTS if conversion is not None else 0
    if done != count:
        raise SystemExit(f"{done} rows, expected {count}")


def compare_memory(sizes: Sequence[int]) -> None:
    """CPU time and peak of memory of processes that read workbooks."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            write_rows(folder / f"{size}.xlsx", size)
        peaks: dict[str, list[float]] = {}
        for work in _WORKS:
            seconds = []
            for size in sizes:
                command = [sys.executable, "-m", "tests.benchmarks.bench_tables", "--work", work]
                used = run_process([*command, str(folder / f"{size}.xlsx"), str(size)], folder=folder)
                seconds.append(used.processor)
                peaks.setdefault(work, []).append(used.peak)
            growth = peaks[work][-1] / peaks[work][0]
            is_bounded = work in ("items one by one", "convert to xBRL-JSON")
            goals = (verdict(growth, GROWTH), verdict(peaks[work][-1], PEAK_MIB)) if is_bounded else ("", "")
            rows.append((work, *seconds, *peaks[work], growth, *goals))
    heads = (f"{what} {size}" for what in ("CPU s", "MiB") for size in sizes)
    print(table(("in a process", *heads, "growth", "", ""), rows))


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--work", nargs=3, metavar=("NAME", "PATH", "COUNT"), help=argparse.SUPPRESS)
    arguments, _ = parser.parse_known_args(argv)
    if arguments.work is not None:
        name, path, count = arguments.work
        run_work(name, Path(path), int(count))
        return
    sizes = sorted({int(size) for size in arguments.sizes.split(",")})[-2:]
    if arguments.memory:
        compare_memory(sizes)
        return
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
