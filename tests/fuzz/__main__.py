"""``python -m tests.fuzz TARGET --runs N --corpus DIR``: run a target, or all, under the coverage-guided engine.

The corpus of a target is a folder of inputs, each of which reaches something new; a run begins with what is in it, so
that it goes on where the last one ended. A fault is kept as ``DIR/TARGET.faults/NAME`` with its traceback beside it,
and the run goes on; ``DIR/runs.jsonl`` counts the executions, which ``--report`` adds up.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

_STATE: Final = re.compile(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="names of targets; all by default")
    parser.add_argument("--runs", type=int, default=10_000, help="executions of each target")
    parser.add_argument("--seconds", type=int, default=0, help="the most time for each target")
    parser.add_argument("--corpus", type=Path, default=Path("build/fuzz"), help="the folder of inputs and faults")
    parser.add_argument("--list", action="store_true", help="the names of the targets")
    parser.add_argument("--report", action="store_true", help="what all runs together have done")
    arguments = parser.parse_args()
    if arguments.report:
        return report(arguments.corpus)
    from tests.fuzz.targets import TARGETS

    names = arguments.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no target is called {', '.join(sorted(unknown))}: choose among {', '.join(TARGETS)}")
    if arguments.list:
        print("\n".join(names))
        return 0
    for name in names:
        run(name, arguments.runs, arguments.seconds, arguments.corpus)
    return report(arguments.corpus)


def run(name: str, runs: int, seconds: int, corpus: Path) -> None:
    """Run a target in a process of its own, and note what the engine says of it."""
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.engine", name, str(corpus), f"-runs={runs}"]
    if seconds:
        command.append(f"-max_total_time={seconds}")
    started = time.monotonic()
    executions = coverage = features = inputs = 0
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if match := _STATE.search(line):
                    executions, coverage, features, inputs = map(int, match.groups())
                    if "NEW" not in line and "REDUCE" not in line:
                        print(f"{name}: {line.strip()}", flush=True)
                elif not line.startswith(("INFO", "Done", "\tNEW")):
                    print(line.rstrip(), flush=True)
        finally:
            process.terminate()
            record = {
                "target": name,
                "runs": executions,
                "seconds": round(time.monotonic() - started),
                "coverage": coverage,
                "features": features,
                "inputs": inputs,
            }
            with (corpus / "runs.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")


def report(corpus: Path) -> int:
    """Print executions, coverage and faults of each target; 1 where there are faults."""
    totals: dict[str, dict[str, Any]] = defaultdict(lambda: {"runs": 0, "seconds": 0, "coverage": 0, "features": 0})
    path = corpus / "runs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        record = json.loads(line)
        total = totals[record["target"]]
        for key in ("runs", "seconds"):
            total[key] += record[key]
        for key in ("coverage", "features"):
            total[key] = max(total[key], record[key])
    print(f"{'target':16} {'executions':>12} {'seconds':>8} {'edges':>7} {'features':>9} {'inputs':>7} {'faults':>7}")
    for name, total in totals.items():
        inputs = sum(1 for _ in (corpus / name).iterdir()) if (corpus / name).is_dir() else 0
        total["faults"] = len(list((corpus / f"{name}.faults").glob("*.txt")))
        print(
            f"{name:16} {total['runs']:>12,} {total['seconds']:>8,} {total['coverage']:>7,} {total['features']:>9,}"
            f" {inputs:>7,} {total['faults']:>7}"
        )
    print(f"{'all':16} {sum(total['runs'] for total in totals.values()):>12,}")
    return 1 if any(total["faults"] for total in totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
