"""Every benchmark: ``python -m tests.benchmarks [--sizes 1000,10000,100000]``.

Timings are shown and judged, but never fail the run: a busy machine is no fault. What breaks down does.
"""

from __future__ import annotations

import argparse
import inspect
import time
from importlib import import_module
from pathlib import Path


def run(name: str, sizes: list[int]) -> None:
    """One benchmark; those that take no arguments compare their ``SMALL`` with their ``LARGE``."""
    module = import_module(f"tests.benchmarks.{name}")
    if inspect.signature(module.main).parameters:
        module.main(["--sizes", ",".join(map(str, sizes))])
        return
    for constant, size in (("SMALL", sizes[-2]), ("LARGE", sizes[-1]), ("STREAMED", 10 * sizes[-1])):
        if hasattr(module, constant):
            setattr(module, constant, size)
    module.main()


def main() -> None:
    """Run all of them, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="at least two, the largest last")
    sizes = sorted(int(size) for size in parser.parse_args().sizes.split(","))
    if len(sizes) < 2:
        parser.error("--sizes takes at least two numbers")
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        start = time.perf_counter()
        print(f"== {path.stem}", flush=True)
        run(path.stem, sizes)
        print(f"({time.perf_counter() - start:.1f} s)\n", flush=True)


if __name__ == "__main__":
    main()
