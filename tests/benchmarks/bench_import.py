"""What ``import exporter`` costs, against importing ``lxml.etree``, and ``exporter --help``, against importing click.

Run as a script: ``python -m tests.benchmarks.bench_import``; whole processes. Goals: at most 2 and 3 times.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.benchmarks.measure import table, verdict

GOAL, HELP_GOAL = 2.0, 3.0
HELP = "import sys; sys.argv = ['exporter', '--help']; import exporter.cli.main as program; program.main()"


def seconds(statement: str) -> float:
    """One process that runs ``statement`` and ends."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    arguments, _ = parser.parse_known_args(argv)
    statements = ("import exporter", "import lxml.etree", HELP, "import click", "pass")
    best = dict.fromkeys(statements, float("inf"))
    for _ in range(arguments.repeat):
        for statement in statements:
            best[statement] = min(best[statement], seconds(statement))
    ratio = best["import exporter"] / best["import lxml.etree"]
    help_ratio = best[HELP] / best["import click"]
    names = {HELP: "exporter --help"}
    rows: list[tuple[object, ...]] = [(names.get(text, text), best[text] * 1e3, "") for text in statements]
    rows.append(("exporter / lxml.etree", ratio, verdict(ratio, GOAL)))
    rows.append(("exporter --help / click", help_ratio, verdict(help_ratio, HELP_GOAL)))
    print(table(("what", "ms or ratio", "verdict"), rows))


if __name__ == "__main__":
    main()
