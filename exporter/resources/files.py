"""Write files so that nothing half-written is ever seen; where the schemas of this project are."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from exporter.errors import ResolutionError
from exporter.resources.locks import PART, part_prefix, parts_of, try_lock
from exporter.resources.signals import signals_deferred
from exporter.resources.streams import is_stream, written_stream

_MODE_OF_A_NEW_FILE = 0o666
_LITTLE = 1024**2


@contextlib.contextmanager
def atomic_write(path: str | os.PathLike[str], *, mode: int | None = None, lasting: bool = True) -> Iterator[BinaryIO]:
    """A binary file that appears at ``path``, whole, when the block ends, and not at all when it fails.

    It is written beside its destination and renamed; parent folders are made. A file that was there before keeps
    its permissions and stays untouched until then; what killed runs left of it is cleared. Into a pipe or a device,
    and into standard output (``-``), the content is copied when the block ends.

    Args:
        mode: the permissions, where they do not follow from what was there before and from the process's mask.
        lasting: whether the file is to survive a power failure right after.

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
    _clear_parts(target)
    with contextlib.ExitStack() as stack:
        with signals_deferred():
            handle, part = _new_part(target, stack)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                if lasting:
                    os.fsync(handle)
        except OSError as error:
            name_full_disk(error, part, Path(path))
            raise
        os.chmod(part, mode_for(target) if mode is None else mode)
        os.replace(part, target)


def _new_part(target: Path, stack: contextlib.ExitStack) -> tuple[int, Path]:
    """A file to write to; until the stack is left it is locked, and then it is gone."""
    import tempfile  # imported on use, as below: it takes time to load

    while True:
        handle, name = tempfile.mkstemp(prefix=part_prefix(target), suffix=PART, dir=target.parent)
        stack.callback(_unlink, Path(name))
        if os.name == "nt":  # an open file cannot be removed there, a locked one not be renamed
            return handle, Path(name)
        lock = os.dup(handle)  # the file stays locked when it is closed, until it is renamed
        stack.callback(os.close, lock)
        if try_lock(lock) and os.path.exists(name):  # else it was cleared before it was locked
            return handle, Path(name)
        os.close(handle)


def _unlink(path: Path) -> None:
    with signals_deferred(), contextlib.suppress(OSError):
        path.unlink()


def _clear_parts(target: Path) -> None:
    for part in parts_of(target, target.parent):
        with contextlib.suppress(OSError):
            if not stat.S_ISREG(part.lstat().st_mode):
                continue
            handle = os.open(part, os.O_RDWR)
            try:
                if try_lock(handle):
                    part.unlink()
            finally:
                os.close(handle)


def name_full_disk(error: OSError, part: Path, target: Path) -> None:
    """Add to an error that the disk of ``target`` is full; the system does not say which."""
    is_full = error.errno == errno.ENOSPC and shutil.disk_usage(part).free < _LITTLE
    if error.filename is None and (is_full or error.errno in (errno.EDQUOT, errno.EFBIG)):
        error.filename = str(target)


def mode_for(target: Path) -> int:
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
        return 0o022  # os.umask reads it only by changing it for every thread


_PACKAGE = Path(__file__).resolve().parent.parent


def schema_path(name: str) -> Path:
    """The file of a schema: in the installed package, or in a checkout beside it.

    ``name`` is that below ``schemas``, such as ``xbrl-json.schema.json`` or ``xsd/xl.xsd``.

    Raises:
        ResolutionError: there is no schema of that name.
    """
    if ".." not in name and "\\" not in name and not name.startswith("/"):
        for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
            if (path := folder / name).is_file():
                return path
    raise ResolutionError(f"there is no schema {name!r}")


@cache
def load_json_schema(name: str) -> dict[str, Any]:
    """A JSON Schema, read once; do not change it.

    Raises:
        ResolutionError: there is no schema of that name.
    """
    schema: dict[str, Any] = json.loads(schema_path(name).read_text(encoding="utf-8"))
    return schema
