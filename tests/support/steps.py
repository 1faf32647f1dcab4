"""How much Python work something takes, counted rather than timed, so that a slow machine changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs, each turn of a loop counted anew.

    What one call of a C function does, such as a search with a regular expression, is one step whatever it costs: for
    these a test takes a text so long that a search of quadratic cost does not come to an end.
    """
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
