"""A plug-in for Arelle with the transformations of the SEC that the tests need, for its wheel has none of them.

Written apart from the registry of this package, so that each can judge the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

NAMESPACE = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}


def durwordsen(text: str) -> str:
    """Durations such as "2 years, 6 months"; figures only."""
    parts = re.findall(r"(\d+)\s+(year|month|day|hour|minute|second)s?", text.lower())
    dates = "".join(f"{number}{_UNITS[unit]}" for number, unit in parts if unit in ("year", "month", "day"))
    times = "".join(f"{number}{_UNITS[unit]}" for number, unit in parts if unit in ("hour", "minute", "second"))
    if not parts:
        raise ValueError(f"no duration in words: {text!r}")
    return f"P{dates}{'T' + times if times else ''}"


def load(transforms: dict[Any, Callable[[str], str]]) -> None:
    from arelle.ModelValue import qname  # type: ignore[import-untyped,unused-ignore]

    transforms[qname(NAMESPACE, "durwordsen")] = durwordsen
    transforms[qname(NAMESPACE, "numinf")] = lambda _: "INF"
    transforms[qname(NAMESPACE, "numneginf")] = lambda _: "-INF"


__pluginInfo__ = {
    "name": "SEC transformations for tests",
    "version": "1.0",
    "description": "A few of the transformations of the SEC",
    "license": "Apache-2.0",
    "author": "exporter",
    "copyright": "exporter",
    "ModelManager.LoadCustomTransforms": load,
}
