"""What this installation has: versions, extras, and where taxonomies are kept."""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from exporter.operations.kept_packages import packages_folder
from exporter.resources.cached_files import default_cache_folder

_REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?([^;]*)(?:;.*extra == ['\"]([a-z]+)['\"])?")
_OF_DEVELOPERS = frozenset({"test"})
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "firefox", "msedge", "safari")
DISTRIBUTION = "filing-exporter"


def examine() -> dict[str, Any]:
    """The versions of Python and of this package, the libraries it needs, and which extras are whole.

    ``extras`` has, by name, the libraries that are missing; an extra without any is installed. ``folders`` has the
    cache of taxonomies and the packages kept, each with its path, its files and their bytes; ``browser`` is the program
    that shows pages, where there is one on the path.
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
        "folders": {"cache": _contents(default_cache_folder()), "taxonomies": _contents(packages_folder())},
        "browser": next(filter(None, map(shutil.which, _BROWSERS)), None),
    }


def _contents(folder: Path | None) -> dict[str, Any]:
    """A folder with the number and the bytes of its files, none where it is not there or closed to this user."""
    if folder is None:
        return {"path": None, "files": 0, "bytes": 0}
    sizes = []
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            sizes += [path.stat().st_size] if path.is_file() else []
        except OSError:  # removed by another process meanwhile
            continue
    return {"path": str(folder), "files": len(sizes), "bytes": sum(sizes)}


@cache
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
