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

from tests.benchmarks.bench_process import STEPS

_ORDERS: Final = ("context by context", "concept by concept", "at random")
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
        command="-m tests.benchmarks.bench_batch --only local --filings 2000 --repeat 3",
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
        subject="10 million facts, fact by fact: processor µs a fact, times those of 100,000, peak MiB",
        goal="1.1 times at most; 72 MiB, 160 MiB for conversions and the duplicate check",
        command="-m tests.benchmarks.bench_process --sizes 1000 --stream 100000,1000000,10000000 --repeat 5",
        quick="-m tests.benchmarks.bench_process --sizes 1000 --stream 2000,4000,8000",
        pattern="(?s)" + ".*".join(rf"\n{name}(?: +[\d.]+){{2}} +([\d.]+) +([\d.]+) .*?\) +([\d.]+)" for name in STEPS),
        text="; ".join(f"{name} {{}} µs, {{}}, {{}} MiB" for name in STEPS),
    ),
    Figure(
        name="conversion",
        subject="XML to xBRL-JSON, 10,000 and 100,000 facts, whole process over Arelle's",
        goal="0.10; 0.06",
        command="-m tests.benchmarks.bench_process --sizes 10000,100000 --arelle",
        quick="-m tests.benchmarks.bench_process --sizes 100,1000 --arelle",
        pattern=r"(?m)^\d+ +\S+ +\S+ +([\d.]+).*\n\d+ +\S+ +\S+ +([\d.]+)",
        text="{}; {}",
    ),
    Figure(
        name="validation",
        subject="validation of 100,000 facts over Arelle's time, peak memory",
        goal="0.06; 250 MiB",
        command="-m tests.benchmarks.bench_taxonomy --sizes 200 --facts 100000 --arelle",
        quick="-m tests.benchmarks.bench_taxonomy --sizes 200 --facts 1000 --arelle",
        pattern=r"(?s)facts validated.*?\n\d+ +\S+ +([\d.]+) +\S+ +([\d.]+)",
        text="{} MiB; {}",
    ),
    Figure(
        name="json",
        subject="writing checked xBRL-JSON over `json.dumps`, 100,000 facts",
        goal="0.6",
        command="-m tests.benchmarks.bench_xbrl_json --sizes 10000,100000",
        quick="-m tests.benchmarks.bench_xbrl_json --sizes 100,1000",
        pattern=r"write / dumps +\S+ +([\d.]+)",
    ),
    Figure(
        name="inline",
        subject="Inline XBRL, 50,000 facts: reading over lxml's parsing, writing over its serializing",
        goal="8; 20",
        command="-m tests.benchmarks.bench_inline --sizes 1000,50000",
        quick="-m tests.benchmarks.bench_inline --sizes 100,1000",
        pattern=r"(?s)read / parse +\S+ +([\d.]+).*write / serialize +\S+ +([\d.]+)",
        text="{}; {}",
    ),
    Figure(
        name="csv",
        subject="writing xBRL-CSV over `csv.writer`, 100,000 facts by context, by concept, at random",
        goal="0.25 each",
        command="-m tests.benchmarks.bench_xbrl_csv",
        quick="-c \"from tests.benchmarks.__main__ import run; run('bench_xbrl_csv', [100, 1000])\"",
        pattern="(?s)" + ".*".join(rf"{order} +\S+ +\S+ +([\d.]+)" for order in _ORDERS),
        text="{}; {}; {}",
    ),
    Figure(
        name="items",
        subject="10,000 items to every format, read back: microseconds an item",
        goal="400",
        command="-m tests.benchmarks.bench_items --sizes 1000,10000",
        quick="-m tests.benchmarks.bench_items --sizes 20,40",
        pattern=r"(?m)^export +\S+ +([\d.]+)",
    ),
    Figure(
        name="help",
        subject="`exporter --help` over a bare interpreter that imports click",
        goal="3",
        command="-m tests.benchmarks.bench_import",
        quick="-m tests.benchmarks.bench_import",
        pattern=r"exporter --help / click +([\d.]+)",
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
