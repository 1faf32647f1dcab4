"""Speed of xBRL-JSON beside the standard library's json: ``python -m tests.benchmarks.bench_xbrl_json``."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Sequence

from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_json.read.report import iter_facts, read
from exporter.formats.xbrl_json.write.report import write
from exporter.resources.targets import StreamTarget
from exporter.validation.json_schema import is_valid_json
from tests.benchmarks.measure import interleaved_seconds, print_sizes
from tests.benchmarks.workload import VOCABULARY, build_report, xbrl_json_document

GOALS = {"write / dumps": 0.6, "read / loads": 2.5, "schema / loads": 1.0}
LINEAR = 1.25


def measure(count: int, repeat: int) -> dict[str, float]:
    """Seconds of each work for a report of ``count`` facts."""
    report, document = build_report(count), xbrl_json_document(count)
    stream = io.BytesIO()
    write(report, StreamTarget(stream))
    data = stream.getvalue()
    options = ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY)
    if read(io.BytesIO(data), options) != report:
        raise SystemExit("what was written is not read back: the times mean nothing")
    loaded = json.loads(data)
    works = {
        "dumps": lambda: json.dumps(document),
        "write": lambda: write(report, StreamTarget(io.BytesIO())),
        "loads": lambda: json.loads(data),
        "read": lambda: read(io.BytesIO(data), options),
        "iter": lambda: sum(1 for _ in iter_facts(io.BytesIO(data), options)),
        "schema": lambda: is_valid_json(loaded, "xbrl-json.schema.json"),
    }
    return dict(zip(works, interleaved_seconds(list(works.values()), repeat=repeat), strict=True))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args(argv)
    sizes = [int(size) for size in arguments.sizes.split(",")]
    times = {size: measure(size, arguments.repeat) for size in sizes}
    print_sizes(
        times,
        unit="fact",
        goals=GOALS,
        growing=("write", "read", "iter", "schema"),
        since=sizes[-2:][0],
        linear=LINEAR,
    )


if __name__ == "__main__":
    main()
