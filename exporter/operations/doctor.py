"""What this installation has: versions, extras, and where taxonomies are kept."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

_REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?([^;]*)(?:;.*extra == ['\"]([a-z]+)['\"])?")
_OF_DEVELOPERS = frozenset({"test"})
DISTRIBUTION = "filing-exporter"


def examine() -> dict[str, Any]:
    """The versions of Python and of this package, the libraries it needs, and which extras are whole.

    ``extras`` has, by name, the libraries that are missing; an extra without any is installed.
    """
    libraries: dict[str, str | None] = {}
    extras: dict[str, list[str]] = {}
    for name, extra in _requirements():
        if extra in _OF_DEVELOPERS:
            continue
        libraries.setdefault(name, _installed(name))
        if extra is not None:
            missing = extras.setdefault(extra, [])
            missing += [name] if libraries[name] is None else []
    return {
        "exporter": _installed(DISTRIBUTION),
        "python": platform.python_version(),
        "system": platform.platform(),
        "libraries": dict(sorted(libraries.items())),
        "extras": dict(sorted(extras.items())),
    }


def program_version() -> str:
    """The version of the distribution that is installed."""
    return _installed(DISTRIBUTION) or "(not installed)"


def _requirements() -> Iterator[tuple[str, str | None]]:
    """The libraries that this package names, each with the extra that needs it."""
    try:
        lines = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        if match := _REQUIREMENT.match(line):
            yield match[1], match[3]


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
