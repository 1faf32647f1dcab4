"""Timing for the benchmark scripts: best of several runs, the collector off, ratios taken in the same process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
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
    cells = [list(header), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(both))
        for both in (list(zip(row, widths, strict=True)) for row in cells)
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _shown(cell: object) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def verdict(ratio: float, goal: float) -> str:
    """``ok`` or ``MISSED``, with the goal."""
    return f"{'ok' if ratio <= goal else 'MISSED'} (goal {goal:g})"
