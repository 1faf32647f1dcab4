"""The peak memory of ``exporter validate`` on one report in each syntax, beside the size of the file.

``python -m tests.benchmarks.bench_validate [--sizes 1000,100000]``: the ratio is that of what a fact costs to what it
takes in the file, the memory of the program itself taken off. No bound is set.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from exporter.operations.read import read_report
from exporter.operations.write import write_report
from tests.benchmarks.bench_process import run_process
from tests.benchmarks.bench_taxonomy import ours, write_valid
from tests.benchmarks.measure import table

SYNTAXES = {"xbrl-xml": "in.xbrl", "xbrl-json": "in.json", "xbrl-csv": "in-csv.json", "inline-xbrl": "in.xhtml"}


def write_all(facts: int, folder: Path) -> None:
    """A valid report of so many facts in every syntax, with its taxonomy beside it."""
    report = read_report(write_valid(facts, folder))
    for format_, name in SYNTAXES.items():
        if format_ != "xbrl-xml":
            write_report(report, folder / name, format=format_)


def size_of(folder: Path, name: str) -> int:
    """The bytes of a report: the metadata of CSV with its tables."""
    files = folder.glob("in-csv*") if name == SYNTAXES["xbrl-csv"] else [folder / name]
    return sum(path.stat().st_size for path in files)


def peaks(facts: int) -> list[list[object]]:
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        folder, small = Path(name), Path(other)
        write_all(facts, folder)
        write_all(10, small)
        for format_, file in SYNTAXES.items():
            run_process(ours(small / file), folder=small)
            own = run_process(ours(small / file), folder=small).peak
            used = run_process(ours(folder / file), folder=folder)
            size = size_of(folder, file) / 1024**2
            grown = used.peak - own
            rows.append([format_, facts, used.wall, size, used.peak, grown / size, grown * 1024 / facts])
    return rows


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000", help="numbers of facts")
    arguments = parser.parse_args(argv)
    rows = [row for size in arguments.sizes.split(",") for row in peaks(int(size))]
    header = ["validated", "facts", "seconds", "file MiB", "peak MiB", "memory / file", "KiB a fact"]
    print(table(header, rows))


if __name__ == "__main__":
    main(sys.argv[1:])
