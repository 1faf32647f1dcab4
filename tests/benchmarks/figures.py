"""The table of figures: ``python -m tests.benchmarks.figures [--quick] [--only NAME] [-o docs/reference/figures.md]``.

Each figure is what a benchmark prints, taken from its output by a pattern; the command stands beside it, to be run
alone. With ``-o`` the table takes the place of the one in a page.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

_STREAMS: Final = (
    *("xbrl-json out", "xbrl-json in", "xbrl-xml out", "xbrl-xml in", "xbrl-csv out", "xbrl-csv in"),
    "duplicate check",
)
START: Final = "<!-- figures -->"
END: Final = "<!-- end of figures -->"


@frozen(kw_only=True)
class Figure:
    """A figure: its subject, what it should be, and how it is taken.

    Args:
        name: what ``--only`` calls it.
        subject: what is measured.
        goal: what it should be, in words.
        command: arguments for Python, of the full and of the quick run.
        pattern: a regular expression over the output; its groups are the figures.
        text: how the figures are written, with ``{}`` for each group.
    """

    name: str
    subject: str
    goal: str
    command: str
    quick: str
    pattern: str
    text: str = "{}"


FIGURES: Final = (
    Figure(
        name="processes",
        subject="a batch in two processes over one",
        goal="1.8",
        command="-m tests.benchmarks.bench_batch --only local --filings 200 --repeat 5",
        quick="-m tests.benchmarks.bench_batch --only local --filings 10",
        pattern=r"two processes over one: ([\d.]+)",
    ),
    Figure(
        name="dask",
        subject="2,000 filings on Dask, a worker and the scheduler killed",
        goal="each once, byte-equal",
        command="-m tests.benchmarks.bench_batch --only dask --filings 2000",
        quick="-m tests.benchmarks.bench_batch --only dask --filings 20",
        pattern=r"dask: (\d+) filings, .*? killed, (\d+) tasks tried again, byte-equal: ([\d.]+) filings/s",
        text="{} done once, {} tried again, byte-equal, {} filings/s",
    ),
    Figure(
        name="kills",
        subject="kill -9 at random points of 200 tasks",
        goal="no partial filing, all complete",
        command="-m tests.benchmarks.bench_batch --only kills --filings 10 --killed 200",
        quick="-m tests.benchmarks.bench_batch --only kills --filings 10 --killed 6",
        pattern=r"kill -9: (\d+) tasks, killed (\d+) times at random, no partial filing, all complete",
        text="{} tasks, {} kills, none partial, all complete",
    ),
    Figure(
        name="fuzzing",
        subject="executions of all fuzz targets in the corpus, and faults left",
        goal="5,000,000; 0",
        command="-m tests.fuzz --report",
        quick="-m tests.fuzz lexical --runs 1000 --corpus build/fuzz-quick",
        pattern=r"(?m)^all +([\d,]+)",
    ),
    Figure(
        name="streams",
        subject="10 million facts, fact by fact: microseconds a fact, peak memory in MiB",
        goal="72 MiB; 160 with the duplicate check",
        command="-m tests.benchmarks.bench_process --sizes 1000 --stream 10000000",
        quick="-m tests.benchmarks.bench_process --sizes 1000 --stream 2000",
        pattern="(?s)" + ".*".join(rf"{name} +([\d.]+) +([\d.]+)" for name in _STREAMS),
        text="; ".join(f"{name} {{}} µs, {{}} MiB" for name in _STREAMS),
    ),
)


def measure(figure: Figure, *, quick: bool) -> str:
    """The figure as text; what the benchmark ends with where it fails."""
    command = [sys.executable, *shlex.split(figure.quick if quick else figure.command)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    match = re.search(figure.pattern, done.stdout)
    if match is None:
        return f"failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    return figure.text.format(*(" ".join(group.split()) for group in match.groups()))


def rows(figures: Sequence[Figure], *, quick: bool) -> Iterator[str]:
    """The table in Markdown, a line for each figure as it is measured."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load} at the start"
    yield f"Measured {time.strftime('%Y-%m-%d')}: {machine}.\n"
    yield "| what | goal | measured | command |\n|---|---|---|---|"
    for figure in figures:
        command = figure.quick if quick else figure.command
        yield f"| {figure.subject} | {figure.goal} | {measure(figure, quick=quick)} | `python {command}` |"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, in a minute or two")
    parser.add_argument("--only", action="append", choices=[figure.name for figure in FIGURES])
    parser.add_argument("-o", "--output", type=Path, help="the page whose table is replaced")
    given = parser.parse_args(arguments)
    lines = []
    for line in rows([figure for figure in FIGURES if not given.only or figure.name in given.only], quick=given.quick):
        print(line, flush=True)
        lines.append(line)
    if given.output is not None:
        page = given.output.read_text(encoding="utf-8")
        before, after = page.partition(START)[0], page.partition(END)[2]
        content = "\n".join(lines)
        given.output.write_text(f"{before}{START}\n{content}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
