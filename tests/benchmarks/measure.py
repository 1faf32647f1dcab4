"""Timing for the benchmark scripts: best of several runs, the collector off, ratios taken in the same process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any


def best_seconds(work: Callable[[], Any], *, repeat: int = 5) -> float:
    """The shortest of ``repeat`` runs in seconds; garbage is collected before each run, not within it."""
    best = float("inf")
    was_enabled = gc.isenabled()
    for _ in range(repeat):
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            result = work()
            elapsed = time.perf_counter() - start
        finally:
            if was_enabled:
                gc.enable()
        del result
        best = min(best, elapsed)
    return best


def interleaved_seconds(works: Sequence[Callable[[], Any]], *, repeat: int = 5) -> list[float]:
    """The shortest run of each work, the works taking turns so that a busy machine slows all alike."""
    best = [float("inf")] * len(works)
    for _ in range(repeat):
        for position, work in enumerate(works):
            best[position] = min(best[position], best_seconds(work, repeat=1))
    return best


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a header, columns aligned: the first to the left, the others to the right."""
    cells = [list(header), *([_display(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(both))
        for both in (list(zip(row, widths, strict=True)) for row in cells)
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _display(cell: object) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def verdict(ratio: float, goal: float) -> str:
    """``ok`` or ``MISSED``, with the goal."""
    return f"{'ok' if ratio <= goal else 'MISSED'} (goal {goal:g})"


def print_sizes(
    times: Mapping[int, Mapping[str, float]],
    *,
    unit: str,
    goals: Mapping[str, float],
    growing: Collection[str],
    since: int,
    linear: float,
) -> None:
    """The seconds of each work at each size: what one ``unit`` costs, the ratios that have goals, and the growth.

    Args:
        goals: by ``work / yardstick``, the highest ratio wanted.
        growing: the works whose cost for a unit is held against that at the size ``since``.
        linear: the highest growth wanted.
    """
    sizes = list(times)
    rows = [[name, *(times[size][name] / size * 1e6 for size in sizes)] for name in times[sizes[0]]]
    print(table([f"µs per {unit}", *map(str, sizes)], rows), end="\n\n")
    judged = []
    for label, goal in goals.items():
        work, yardstick = label.split(" / ")
        ratios = [times[size][work] / times[size][yardstick] for size in sizes]
        judged.append([label, *ratios, verdict(ratios[-1], goal)])
    print(table(["ratio", *map(str, sizes), "at the largest"], judged))
    if len(sizes) > 1:
        large = sizes[-1]
        growth = [
            [name, ratio, verdict(ratio, linear)]
            for name in times[large]
            if name in growing
            if (ratio := (times[large][name] / large) / (times[since][name] / since))
        ]
        print()
        print(table([f"cost per {unit}, {large} to {since}", "ratio", ""], growth))
