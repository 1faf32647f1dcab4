"""How fast a statement is exported, against its formats' own writing and reading of the same facts.

Run as a script: ``python -m tests.benchmarks.bench_statements --sizes 2000,20000``; sizes are numbers of facts, in
statements of 10 columns (20,000 facts are 2,000 rows). An export reads rows and sums, derives the taxonomy, checks all
of it, writes every format and reads it back. Goals: at most 3 times what the formats take to write and to read the
facts; the cost of a fact does not grow. The peak of memory is that of the export, by tracemalloc, in bytes a fact.
"""

from __future__ import annotations

import argparse
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from exporter.disclosures.statements.items import IncomeStatement
from exporter.disclosures.statements.layout import StatementColumn, StatementRow
from exporter.filing import Filing
from exporter.formats.options import WriteContext
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.export import export_filing
from exporter.operations.read import read_report
from exporter.operations.write import write_report
from tests.benchmarks.measure import interleaved_seconds, print_sizes

COLUMNS = 10
PARTS = 9  # rows below each total
FORMATS = ("xbrl-json", "xbrl-xml", "xbrl-csv", "inline-xbrl")
SUFFIXES = {"xbrl-json": ".json", "xbrl-xml": ".xbrl", "xbrl-csv": "", "inline-xbrl": ".xhtml"}
GOALS = {"export / formats": 3.0}
LINEAR = 1.25


def made_filing(facts: int) -> Filing:
    """A filing with one statement of groups of rows, each with its total."""
    years = [Duration(f"{year}-01-01", f"{year}-12-31") for year in range(2024, 2024 - COLUMNS, -1)]
    statement = IncomeStatement(
        title="Statement of many lines",
        columns=tuple(StatementColumn(period=year) for year in years),
        rows=tuple(_rows(facts // COLUMNS)),
        currency="USD",
    )
    return Filing(entity=Entity.cik(5), period_end=Instant("2024-12-31"), prefix="acme", items=[statement])


def _rows(count: int) -> Iterator[StatementRow]:
    for group in range(max(1, count // (PARTS + 1))):
        lines = [[1000 + (group * 7 + line * 13 + column) % 500 for column in range(COLUMNS)] for line in range(PARTS)]
        for number, values in enumerate(lines):
            yield StatementRow(
                label=f"Line {number + 1} of group {group + 1}", depth=1, values=tuple(f"{value:,}" for value in values)
            )
        totals = [sum(values) for values in zip(*lines, strict=True)]
        yield StatementRow(label=f"Total of group {group + 1}", total=True, values=tuple(f"{sum:,}" for sum in totals))


def export(filing: Filing, folder: Path) -> None:
    """Export anew, with nothing kept of the last time."""
    export_filing(Filing.of(filing), folder, formats=FORMATS)


def formats(filing: Filing, folder: Path) -> None:
    """Write and read the facts in each format, nothing else."""
    report = filing.to_report()
    for name in FORMATS:
        path = folder / f"report{SUFFIXES[name]}"
        write_report(report, path, format=name, context=WriteContext())
        read_report(path, format=name, vocabulary=lambda _: report.vocabulary)


def peak_bytes(filing: Filing, folder: Path) -> int:
    """The highest number of bytes that an export holds at once."""
    tracemalloc.start()
    try:
        export(filing, folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure at each size and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="2000,20000")
    sizes = sorted(int(size) for size in parser.parse_args(arguments).sizes.split(","))
    times: dict[int, dict[str, float]] = {}
    peaks: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            filing = made_filing(size)
            works = [partial(export, filing, folder / "out"), partial(formats, filing, folder)]
            exporting, writing = interleaved_seconds(works, repeat=3)
            times[size] = {"export": exporting, "formats": writing}
            peaks[size] = peak_bytes(filing, folder / "out") / size
    print_sizes(times, unit="fact", goals=GOALS, growing=["export"], since=sizes[0], linear=LINEAR)
    print("peak of an export, bytes a fact: " + ", ".join(f"{size:,}: {peak:,.0f}" for size, peak in peaks.items()))


if __name__ == "__main__":
    main()
