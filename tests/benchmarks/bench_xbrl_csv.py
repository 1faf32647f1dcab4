"""How fast xBRL-CSV is written and read, against the standard library's ``csv`` doing the same bare work.

Run as a script: ``python -m tests.benchmarks.bench_xbrl_csv``. Goals: writing checked xBRL-CSV takes at most 0.25 of
what ``csv.writer`` takes to write one ready row for each fact, in any order of facts; a fact of 100,000 costs
at most 1.25 times one of 10,000; a million facts in or out stay within 72 MiB. Reading is shown against ``csv.reader``
on the same one row for each fact.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from attrs import evolve

from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.write import write_report
from tests.benchmarks.measure import best_seconds, interleaved_seconds, table, verdict
from tests.benchmarks.workload import VOCABULARY, build_report

SMALL, LARGE, STREAMED = 10_000, 100_000, 1_000_000
OPTIONS = ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY)
Row = tuple[object, ...]

_STREAM: Final = """
import sys
from pathlib import Path
from attrs import evolve
from exporter.formats.options import WriteContext
from exporter.formats.xbrl_csv.read.report import iter_facts
from exporter.operations.write import write_report
from tests.benchmarks.bench_xbrl_csv import OPTIONS
from tests.benchmarks.workload import build_report, generate_facts
path, count = Path(sys.argv[2]), int(sys.argv[3])
if sys.argv[1] == "write":
    context = WriteContext(facts=generate_facts(count))
    assert write_report(build_report(0), path, format="xbrl-csv", context=context) == count
else:
    assert sum(1 for _ in iter_facts(path, OPTIONS)) == count
status = Path("/proc/self/status").read_text()
print(next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")))
"""


def ready_rows(report: Report) -> list[Row]:
    """One row of cells for each fact: id, concept, entity, period, unit, member, value, decimals."""
    return [_row(fact) for fact in report.facts]


def _row(fact: Fact) -> Row:
    entity = f"cik:{fact.entity.identifier}" if fact.entity else ""
    period = getattr(fact.period, "oim", "")
    member = str(getattr(fact.dimensions[0], "member", ""))
    return (
        fact.id,
        str(fact.concept),
        entity,
        period,
        str(fact.unit or ""),
        member,
        fact.value,
        "" if fact.decimals is None else fact.decimals,
    )


def write_bare(rows: list[Row]) -> bytes:
    """The rows by the standard library."""
    stream = io.BytesIO()
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    csv.writer(text).writerows(rows)
    text.flush()
    return stream.getvalue()


def read_bare(data: bytes) -> int:
    """The rows read back by the standard library."""
    return sum(1 for _ in csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")))


def reordered(report: Report) -> dict[str, Report]:
    """The same facts in other orders."""
    facts = list(report.facts)
    by_concept = sorted(facts, key=lambda fact: fact.concept.local_name)
    shuffled = random.Random(7).sample(facts, len(facts))
    return {
        "context by context": report,
        "concept by concept": evolve(report, facts=by_concept),
        "at random": evolve(report, facts=shuffled),
    }


def peak_memory(what: str, path: Path, count: int) -> float:
    """The most memory, in MiB, of a process that writes or reads ``count`` facts one by one."""
    command = [sys.executable, "-c", _STREAM, what, str(path), str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the table."""
    report = build_report(LARGE)
    small = evolve(report, facts=report.facts[:SMALL])
    rows = ready_rows(report)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        lines = []
        for order, each in reordered(report).items():
            ours, bare = interleaved_seconds([_writing(each, base / "l.json"), lambda: write_bare(rows)], repeat=5)
            lines.append((f"write / csv.writer, {order}", ours, bare, ours / bare, verdict(ours / bare, 0.25)))
        stream, bare = interleaved_seconds(
            [
                lambda: write_report(
                    report, base / "s.json", format="xbrl-csv", context=WriteContext(facts=iter(report.facts))
                ),
                lambda: write_bare(rows),
            ],
            repeat=3,
        )
        lines.append(("write a stream / csv.writer", stream, bare, stream / bare, verdict(stream / bare, 0.35)))
        write_report(report, base / "l.json", format="xbrl-csv")
        write_report(small, base / "m.json", format="xbrl-csv")
        data = write_bare(rows)
        whole, each_one, bare = interleaved_seconds(
            [
                lambda: read(base / "l.json", OPTIONS),
                lambda: sum(1 for _ in iter_facts(base / "l.json", OPTIONS)),
                lambda: read_bare(data),
            ],
            repeat=3,
        )
        lines.append(("read / csv.reader", whole, bare, whole / bare, "-"))
        lines.append(("iter_facts / csv.reader", each_one, bare, each_one / bare, "-"))
        lines.append(_growth("write, 100k / 10k", _writing(report, base / "l.json"), _writing(small, base / "m.json")))
        lines.append(
            _growth("read, 100k / 10k", lambda: read(base / "l.json", OPTIONS), lambda: read(base / "m.json", OPTIONS))
        )
        print(table(("what", "ours s", "other s", "ratio", "verdict"), lines))
        for what in ("write", "read"):
            peak = peak_memory(what, base / "stream.json", STREAMED)
            print(f"{what} {STREAMED} facts as a stream: {peak:.1f} MiB, {verdict(peak, 72)}")


def _writing(report: Report, path: Path) -> Callable[[], int]:
    return lambda: write_report(report, path, format="xbrl-csv")


def _growth(
    what: str, large: Callable[[], object], small: Callable[[], object]
) -> tuple[str, float, float, float, str]:
    one, other = best_seconds(large, repeat=3), best_seconds(small, repeat=9)
    ratio = (one / LARGE) / (other / SMALL)
    return (what, one, other, ratio, verdict(ratio, 1.25))


if __name__ == "__main__":
    main()
