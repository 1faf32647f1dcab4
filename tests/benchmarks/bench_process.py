"""XBRL 2.1 to xBRL-JSON as a whole process, beside Arelle doing the same, and millions of facts in bounded memory.

``python -m tests.benchmarks.bench_process [--sizes 10000,100000] [--stream 100000,1000000,10000000]``. Arelle takes
minutes at large sizes, so it runs only where ``--arelle`` is given.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from attrs import evolve, frozen

from exporter.formats.options import WriteContext
from exporter.formats.xbrl_xml.write.report import write
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.resources.targets import StreamTarget
from exporter.taxonomy.concepts import Concept, RoleType
from exporter.taxonomy.networks import ALL, DIMENSION_DOMAIN, DOMAIN_MEMBER, HYPERCUBE_DIMENSION, Relationship
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.benchmarks import workload
from tests.benchmarks.measure import table, verdict

WALL = {10_000: 0.10, 100_000: 0.06}
PEAK = 0.12
STREAM_MIB = 72
CONVERT_MIB = 160
GROWTH = 1.1
START = 1000
"""The facts of a run whose seconds are those of starting."""


@frozen(kw_only=True)
class Used:
    """What a process used: seconds by the clock and of the processors, and the peak of its memory in MiB."""

    wall: float
    processor: float
    peak: float


def run_process(command: Sequence[str], *, folder: Path, environment: Mapping[str, str] | None = None) -> Used:
    """What one process used; its environment is this one's by default."""
    start = time.perf_counter()
    with (folder / "log").open("wb") as log:
        child = os.posix_spawn(
            command[0],
            list(command),
            {**(os.environ if environment is None else environment), "PYTHONPATH": os.getcwd()},
            file_actions=[(os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)],
        )
        _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")
    return Used(
        wall=time.perf_counter() - start,
        processor=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss / 1024,
    )


def write_instance(count: int, folder: Path) -> Path:
    """An instance of ``count`` facts with a taxonomy that makes it valid."""
    path = folder / "in.xbrl"
    write_vocabulary(folder)
    head: Report = evolve(workload.build_report(1), facts=())
    with path.open("wb") as stream:
        write(head, StreamTarget(stream), WriteContext(facts=workload.generate_facts(count)))
    return path


def write_vocabulary(folder: Path) -> None:
    """The taxonomy that reports of the workload refer to, in ``folder``."""
    (folder / f"{_TAXONOMY}.xsd").unlink(missing_ok=True)
    for name, content in write_taxonomy(made_taxonomy(), _TAXONOMY).items():
        (folder / name).write_bytes(content)


def made_taxonomy() -> Taxonomy:
    """The taxonomy of the workload: its concepts, its axis and the members its contexts use."""
    datatypes = workload.VOCABULARY.datatypes
    facts = list(workload.generate_facts(len(workload.CONCEPTS) * len(workload.CONTEXTS)))
    periods = {fact.concept: "instant" if hasattr(fact.period, "moment") else "duration" for fact in facts}
    concepts = [
        Concept(qname=name, datatype=datatypes[name], period_type=periods[name])  # type: ignore[arg-type]
        for name in sorted(periods, key=lambda name: name.sort_key)
    ]
    members = sorted({each.member for fact in facts for each in fact.dimensions}, key=lambda name: name.sort_key)  # type: ignore[union-attr]
    return _with_axis(concepts, members)


def _with_axis(concepts: list[Concept], members: list[QName]) -> Taxonomy:
    own = workload.AXIS
    role = "http://example.com/role/bench"
    text = Concept(qname=own, datatype=_string(), period_type="duration", abstract=True, kind="dimension")
    cube, lines, domain = (evolve(text, qname=evolve(own, local_name=name), kind="item") for name in _NAMES)
    cube = evolve(cube, kind="hypercube", id="bench_cube")
    lines, domain = evolve(lines, id="bench_lines"), evolve(domain, id="bench_domain")
    made = [evolve(domain, qname=member, id=f"bench_{member.local_name}") for member in members]
    arcs = [
        Relationship(arcrole=ALL, role=role, source=lines.qname, target=cube.qname, context_element="scenario"),
        Relationship(arcrole=HYPERCUBE_DIMENSION, role=role, source=cube.qname, target=own),
        Relationship(arcrole=DIMENSION_DOMAIN, role=role, source=own, target=domain.qname),
        *(
            Relationship(arcrole=DOMAIN_MEMBER, role=role, source=domain.qname, target=each.qname, order=place)
            for place, each in enumerate(made, 1)
        ),
        *(
            Relationship(arcrole=DOMAIN_MEMBER, role=role, source=lines.qname, target=each.qname, order=place)
            for place, each in enumerate(concepts, 1)
        ),
    ]
    return Taxonomy(
        namespace=own.namespace,
        prefix=own.prefix or "b",
        concepts=[*concepts, text, cube, lines, domain, *made],
        roles=[RoleType(uri=role, id="bench", definition="010000 - Disclosure - Bench")],
        relationships=arcs,
    )


_TAXONOMY = "ex-20241231"
_NAMES = ("BenchTable", "BenchLineItems", "BenchDomain")


def _string() -> DataType:
    from exporter.model.standard_types import standard_type

    return standard_type("stringItemType")


def ours(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "exporter.cli", "convert", str(source), "-o", str(target), "--quiet", "--strict"]


def arelle(source: Path, target: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(source), "--internetConnectivity", "offline"),
        *("--validate", "--plugins", "saveLoadableOIM", "--saveLoadableOIM", str(target)),
    ]


def compare(sizes: Sequence[int], *, with_arelle: bool) -> None:
    """Wall time and peak memory of one conversion at each size."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            source = write_instance(size, folder)
            used = run_process(ours(source, folder / "out.json"), folder=folder)
            row: list[object] = [size, used.wall, used.peak]
            if with_arelle:
                theirs = run_process(arelle(source, folder / "arelle.json"), folder=folder)
                row += [used.wall / theirs.wall, verdict(used.wall / theirs.wall, WALL.get(size, 0.10))]
                row += [used.peak / theirs.peak, verdict(used.peak / theirs.peak, PEAK)]
            rows.append(row)
    header = ["facts", "seconds", "MiB", *(["wall / Arelle", "", "memory / Arelle", ""] if with_arelle else [])]
    print(table(header, rows), end="\n\n")


def stream(sizes: Sequence[int], repeat: int) -> None:
    """What a fact costs, in processor seconds and memory, where documents are written, read and converted fact by fact.

    The cost leaves out that of starting. At all sizes but the largest it is the median of ``repeat`` runs, half of them
    before the largest and half after, as a busy machine makes processors slower.
    """
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-process-") as name:
        folders = {size: Path(name, str(size)) for size in (START, *sizes)}
        for folder in folders.values():
            (folder / "csv").mkdir(parents=True)
            write_vocabulary(folder)
            write_vocabulary(folder / "csv")
        for step, (make, goal) in STEPS.items():
            used: dict[int, list[Used]] = {size: [] for size in folders}
            small = [START, *sizes[:-1]]
            for size in (*small * (repeat - repeat // 2), sizes[-1], *small * (repeat // 2)):
                used[size].append(run_process(make(folders[size], size), folder=folders[size]))
            start = median(run.processor for run in used[START])
            costs = {n: median((run.processor - start) / (n - START) * 1e6 for run in used[n]) for n in sizes}
            growth = costs[sizes[-1]] / costs[sizes[0]]
            peak = max(run.peak for run in used[sizes[-1]])
            rows.append([step, *costs.values(), growth, verdict(growth, GROWTH), peak, verdict(peak, goal)])
            print(*rows[-1], file=sys.stderr, flush=True)
    print(table(["µs a fact", *map(str, sizes), "growth", "", "MiB", ""], rows))


def _streaming(direction: str, format: str, file: str) -> Callable[[Path, int], list[str]]:
    command = [sys.executable, "-m", "tests.benchmarks.stream_one", direction, format]
    return lambda folder, size: [*command, str(folder / file), str(size)]


def _converting(source: str, target: str, *options: str) -> Callable[[Path, int], list[str]]:
    return lambda folder, size: [*ours(folder / source, folder / target), *options]


_FILES = {"xbrl-json": "o.json", "xbrl-xml": "o.xbrl", "xbrl-csv": "csv/o.json"}
_OUTPUTS = {"xbrl-json": "c.json", "xbrl-xml": "c.xbrl", "xbrl-csv": "c-csv"}
STEPS: Final[dict[str, tuple[Callable[[Path, int], list[str]], int]]] = {
    **{f"{name} out": (_streaming("out", name, file), STREAM_MIB) for name, file in _FILES.items()},
    **{f"{name} in": (_streaming("in", name, file), STREAM_MIB) for name, file in _FILES.items()},
    **{
        f"{source} to {target}": (_converting(_FILES[source], _OUTPUTS[target]), CONVERT_MIB)
        for source, target in itertools.permutations(_FILES, 2)
    },
    "duplicate check": (_streaming("check", "xbrl-json", "o.json"), CONVERT_MIB),
}
"""What is done to documents, with the most memory that it should take in MiB."""


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--stream", default="", help="the sizes of documents that are handled fact by fact")
    parser.add_argument("--repeat", type=int, default=1, help="runs at all of these sizes but the largest")
    parser.add_argument("--arelle", action="store_true")
    arguments = parser.parse_args(argv)
    compare([int(size) for size in arguments.sizes.split(",")], with_arelle=arguments.arelle)
    if arguments.stream:
        stream([int(size) for size in arguments.stream.split(",")], arguments.repeat)


if __name__ == "__main__":
    main()
