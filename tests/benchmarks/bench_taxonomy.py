"""A large taxonomy: found and read beside lxml parsing the same files, and read again from the cache; then facts, read
and fully validated, beside Arelle doing the same.

``python -m tests.benchmarks.bench_taxonomy [--sizes 20000] [--facts 100000] [--arelle]``. Sizes are concepts. Times are
those of the processor, so that a busy machine distorts them less.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve
from lxml import etree

from exporter.formats.options import WriteContext
from exporter.formats.xbrl_xml.write.report import write
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.period import Duration
from exporter.resources.resolver import Resolver
from exporter.resources.targets import StreamTarget
from exporter.taxonomy.cache import TaxonomyCache, load_checked_taxonomy
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.benchmarks import workload
from tests.benchmarks.bench_process import made_taxonomy, run_process
from tests.benchmarks.measure import table, verdict
from tests.benchmarks.taxonomies import ENTRY, write_generated

TO_PARSING = 3.0
TO_FIRST = 0.1
TO_ARELLE = 0.06
_REPEAT = 3


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    gc.disable()  # as in the other benchmarks: garbage is collected between the runs
    try:
        start = time.process_time()
        result = work()
        elapsed = time.process_time() - start
    finally:
        gc.enable()
    del result
    return elapsed


def _best(*works: Callable[[], Any]) -> list[float]:
    """The shortest time of each, the works taking turns."""
    rounds = [[_seconds(work) for work in works] for _ in range(_REPEAT)]
    return [min(times) for times in zip(*rounds, strict=True)]


def loading(concepts: int, folder: Path) -> list[object]:
    """Discovery and reading, against parsing alone and against the second time."""
    files = write_generated(folder, concepts)
    kept, resolver = TaxonomyCache.at(folder / "cache"), Resolver()

    def parse() -> list[Any]:
        return [etree.fromstring(path.read_bytes()) for path in files]

    def read() -> Any:
        return load_taxonomy([ENTRY], base=folder)

    def reread() -> Any:
        return load_checked_taxonomy([ENTRY], base=folder, resolver=resolver, cache=kept)

    def everything(taxonomy: Any) -> None:
        taxonomy.vocabulary(ENTRY)
        len(taxonomy.labels)

    reread()  # keeps it
    parsing, first, second = _best(parse, read, reread)
    used, again = _best(lambda: everything(read()), lambda: everything(reread().taxonomy))
    return [
        concepts, parsing, first, first / parsing, verdict(first / parsing, TO_PARSING),
        second, second / first, verdict(second / first, TO_FIRST), used, again / used,
    ]  # fmt: skip


def write_valid(count: int, folder: Path) -> Path:
    """An instance of so many facts that is valid against its taxonomy: all of them over durations."""
    for name, content in write_taxonomy(made_taxonomy(), "bench").items():
        (folder / name).write_bytes(content)
    facts = map(_lasting, workload.generate_facts(count), range(count))
    path = folder / "in.xbrl"
    with path.open("wb") as stream:
        write(
            evolve(workload.build_report(1), facts=(), taxonomy=["bench.xsd"]),
            StreamTarget(stream),
            WriteContext(facts=facts),
        )
    return path


def _lasting(fact: Fact, number: int) -> Fact:
    """The fact over a year; no two in the same place."""
    year = 1000 + number // (workload.CONCEPT_COUNT * workload.CONTEXT_COUNT)
    return evolve(fact, context=_context(fact.context, year))


@cache
def _context(context: Context, year: int) -> Context:
    return evolve(context, period=Duration(f"{year}-01-01", f"{year}-12-31"))


def ours(source: Path) -> list[str]:
    return [sys.executable, "-m", "exporter.cli", "validate", str(source), "--quiet", "--no-cache"]


def arelle(source: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(source), "--internetConnectivity", "offline"),
        *("--validate", "--utr", "--calc", "c11r"),
    ]


def validating(facts: int, folder: Path, *, with_arelle: bool) -> list[object]:
    """Whole processes: facts read and held against all rules."""
    source = write_valid(facts, folder)
    # Installed programs are compiled; so both are here, after a first run on a small report.
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    (folder / "small").mkdir()
    small = write_valid(10, folder / "small")
    run_process(ours(small), folder=folder, environment=compiled)
    used = run_process(ours(source), folder=folder, environment=compiled)
    row: list[object] = [facts, used.wall, used.peak]
    if with_arelle:
        run_process(arelle(small), folder=folder, environment=compiled)
        theirs = run_process(arelle(source), folder=folder, environment=compiled)
        ratio = used.wall / theirs.wall
        row += [theirs.wall, ratio, verdict(ratio, TO_ARELLE), used.peak / theirs.peak]
    return row


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20000", help="numbers of concepts")
    parser.add_argument("--facts", default="", help="numbers of facts; left out, the sizes")
    parser.add_argument("--arelle", action="store_true")
    arguments = parser.parse_args(argv)
    sizes = [int(size) for size in arguments.sizes.split(",")]
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            rows.append(loading(size, Path(name)))
    header = [
        "concepts",
        "parse s",
        "read s",
        "read / parse",
        "",
        "again s",
        "again / read",
        "",
        "all of it s",
        "again",
    ]
    print(table(header, rows), end="\n\n")
    rows = []
    for facts in [int(size) for size in arguments.facts.split(",")] if arguments.facts else sizes:
        with tempfile.TemporaryDirectory() as name:
            rows.append(validating(facts, Path(name), with_arelle=arguments.arelle))
    more = ["Arelle s", "wall / Arelle", "", "memory / Arelle"] if arguments.arelle else []
    print(table(["facts validated", "seconds", "MiB", *more], rows))


if __name__ == "__main__":
    main()
