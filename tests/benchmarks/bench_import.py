"""What ``import exporter`` costs: whole processes, against one that imports ``lxml.etree``.

Run as a script: ``python -m tests.benchmarks.bench_import``. Goal: at most 2 times.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.benchmarks.measure import table, verdict

GOAL = 2.0


def seconds(statement: str) -> float:
    """One process that runs ``statement`` and ends."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    arguments, _ = parser.parse_known_args(argv)
    statements = ("import exporter", "import lxml.etree", "pass")
    best = dict.fromkeys(statements, float("inf"))
    for _ in range(arguments.repeat):
        for statement in statements:
            best[statement] = min(best[statement], seconds(statement))
    ratio = best["import exporter"] / best["import lxml.etree"]
    rows: list[tuple[object, ...]] = [(statement, best[statement] * 1e3, "") for statement in statements]
    rows.append(("exporter / lxml.etree", ratio, verdict(ratio, GOAL)))
    print(table(("what", "ms or ratio", "verdict"), rows))


if __name__ == "__main__":
    main()
