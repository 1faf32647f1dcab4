"""Keeping a process to one folder, whatever the files that it reads name."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from exporter.operations.kept_packages import packages_folder
from exporter.resources.cached_files import default_cache_folder
from exporter.resources.files import schema_path

_FORBIDDEN: Final = frozenset(
    (
        *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.link", "os.symlink"),
        "sqlite3.connect",
    )
)
_FORBIDDEN_MODULES: Final = frozenset({"sqlalchemy", "duckdb"})  # what a query reads is not seen from here
_OF_THE_SYSTEM: Final = (
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/usr/share/zoneinfo",
    "/usr/lib",
    "/etc/mime.types",
)
_OPENED: Final = {"open": 1, "os.remove": 1, "os.rename": 2, "os.rmdir": 1, "os.mkdir": 1, "shutil.rmtree": 1}
"""Events with the number of their arguments that are paths."""

_allowed: tuple[str, ...] | None = None


@contextmanager
def confined(folder: Path, *, readable: Iterable[Path] = ()) -> Iterator[None]:
    """Refuse, inside the block and in all threads, files outside a folder, databases, programs and the network.

    Python, this package, its caches and the packages that the person keeps stay open. What is refused raises a
    `PermissionError` where it is tried, which readers report as a file that cannot be read.

    Args:
        folder: what may be read and written.
        readable: other files that may be.
    """
    global _allowed
    with tempfile.TemporaryDirectory() as temporary:
        before, tempfile.tempdir = tempfile.tempdir, temporary
        ours = (
            Path(__file__).parents[1],
            schema_path("xsd/xl.xsd").parents[1],
            Path(sys.prefix),
            Path(sys.base_prefix),
        )
        kept = filter(None, (default_cache_folder(), packages_folder()))
        paths = (folder, Path(temporary), *ours, *kept, *readable)
        _allowed = (*(os.path.realpath(path) for path in paths), *_OF_THE_SYSTEM)
        _install_hook()
        try:
            yield
        finally:
            _allowed, tempfile.tempdir = None, before


@cache
def _install_hook() -> None:
    """A hook stays for as long as the process; outside the block it lets everything pass."""
    sys.addaudithook(_refuse_outside)


def _refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    if _allowed is None:
        return
    if event in _FORBIDDEN or (event == "import" and arguments[0] in _FORBIDDEN_MODULES):
        raise PermissionError(1, "not allowed here: only files of one folder are")
    for path in arguments[: _OPENED.get(event, 0)]:
        if isinstance(path, str | bytes | os.PathLike):
            real = os.path.realpath(os.fsdecode(path))
            if not any(real == start or real.startswith(f"{start.rstrip('/')}/") for start in _allowed):
                raise PermissionError(1, "not allowed here: it is outside the folder that may be read")
