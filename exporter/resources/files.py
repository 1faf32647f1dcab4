"""Writing files so that nothing half-written is ever seen."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from exporter.resources.streams import is_stream, written_stream

_MODE_OF_A_NEW_FILE = 0o666


@contextlib.contextmanager
def atomic_write(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A binary file that appears at ``path``, whole, when the block ends, and not at all when it fails.

    It is written beside its destination and renamed; parent folders are made. A file that was there before keeps
    its permissions and stays untouched until then. Into a pipe or a device, and into standard output (``-``), the
    content is copied when the block ends.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    target = Path(path)
    if is_stream(target):
        with written_stream(target) as stream:
            yield stream
        return
    if target.is_symlink():
        target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """What an ordinary ``open`` would give: the old file's mode, else the process's mask applied."""
    try:
        return target.stat().st_mode & 0o7777
    except OSError:
        return _MODE_OF_A_NEW_FILE & ~_mask()


def _mask() -> int:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1], 8) for line in status.splitlines() if line.startswith("Umask:"))
    except (OSError, StopIteration, ValueError):
        return 0o022  # os.umask could tell, but only by changing it for every thread
