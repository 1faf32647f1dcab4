"""XBRL 2.1 to xBRL-JSON as a whole process, beside Arelle doing the same, and a million facts in bounded memory.

``python -m tests.benchmarks.bench_process [--sizes 10000,100000] [--stream 1000000]``. Arelle takes minutes at large
sizes, so it runs only where ``--arelle`` is given.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve

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
DUPLICATES_MIB = 160


def run_process(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Seconds of wall time and peak memory in MiB of one process; its environment is this one's by default."""
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
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def write_instance(count: int, folder: Path) -> Path:
    """An instance of ``count`` facts with a taxonomy that makes it valid."""
    report = workload.build_report(1)
    (folder / "bench.xsd").unlink(missing_ok=True)
    for name, content in write_taxonomy(made_taxonomy(), "bench").items():
        (folder / name).write_bytes(content)
    head: Report = evolve(report, facts=(), taxonomy=["bench.xsd"])
    path = folder / "in.xbrl"
    with path.open("wb") as stream:
        write(head, StreamTarget(stream), WriteContext(facts=workload.generate_facts(count)))
    return path


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
            wall, peak = run_process(ours(source, folder / "out.json"), folder=folder)
            row: list[object] = [size, wall, peak]
            if with_arelle:
                their_wall, their_peak = run_process(arelle(source, folder / "arelle.json"), folder=folder)
                row += [wall / their_wall, verdict(wall / their_wall, WALL.get(size, 0.10))]
                row += [peak / their_peak, verdict(peak / their_peak, PEAK)]
            rows.append(row)
    header = ["facts", "seconds", "MiB", *(["wall / Arelle", "", "memory / Arelle", ""] if with_arelle else [])]
    print(table(header, rows), end="\n\n")


def stream(count: int) -> None:
    """Peak memory of writing and of reading a document fact by fact, then of converting it."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for format, file in (("xbrl-json", "o.json"), ("xbrl-xml", "o.xbrl"), ("xbrl-csv", "o-csv/o.json")):
            for direction in ("out", "in"):
                (folder / file).parent.mkdir(exist_ok=True)
                command = [sys.executable, "-m", "tests.benchmarks.stream_one", direction, format, str(folder / file)]
                wall, peak = run_process([*command, str(count)], folder=folder)
                rows.append([f"{format} {direction}", wall / count * 1e6, peak, verdict(peak, STREAM_MIB)])
        source = write_instance(count, folder)
        for target in ("a.json", "b.xbrl", "c-csv"):
            wall, peak = run_process(ours(source, folder / target), folder=folder)
            rows.append([f"convert {source.name} to {target}", wall / count * 1e6, peak, ""])
            source = folder / "a.json"
        command = [sys.executable, "-m", "tests.benchmarks.stream_one", "check", "xbrl-json", "-", str(count)]
        wall, peak = run_process(command, folder=folder)
        rows.append(["duplicate check", wall / count * 1e6, peak, verdict(peak, DUPLICATES_MIB)])
    print(table([f"{count} facts", "µs per fact", "MiB", ""], rows))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--stream", type=int, default=0)
    parser.add_argument("--arelle", action="store_true")
    arguments = parser.parse_args(argv)
    compare([int(size) for size in arguments.sizes.split(",")], with_arelle=arguments.arelle)
    if arguments.stream:
        stream(arguments.stream)


if __name__ == "__main__":
    main()
