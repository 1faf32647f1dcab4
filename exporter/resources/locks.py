"""Locks on open files, which the system gives back when their process ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from exporter.errors import WriteError
from exporter.findings import Finding, Location
from exporter.resources.signals import signals_deferred

_PATIENCE: Final = 10.0
_PAUSE: Final = 0.02
_BEYOND: Final = 1 << 20
"""Windows locks ranges of bytes: one that is never written or read."""


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed or the process ends; false where another has locked it.

    A file system without locks says yes to everybody.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return sys.platform != "win32"
    return True


@contextmanager
def locked(path: Path, subject: Path) -> Iterator[None]:
    """Hold the lock file ``path``, which is there meanwhile, and says who holds it. Others wait, a while.

    Args:
        subject: what the lock stands for; errors name it, not the lock file.

    Raises:
        WriteError: ``exporter:folderInUse``, where another process does not give it back.
        OSError: the lock file cannot be made.
    """
    until = time.monotonic() + _PATIENCE
    with ExitStack() as stack:
        while True:
            with signals_deferred():
                try:
                    if _take(path, stack):
                        break
                except OSError as error:
                    raise OSError(error.errno, error.strerror, str(subject)) from error
            if time.monotonic() > until:
                raise WriteError(findings=[_in_use(path, subject)])
            time.sleep(_PAUSE)
        yield


def _take(path: Path, stack: ExitStack) -> bool:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    if not (try_lock(handle) and _is_at(path, handle)):
        os.close(handle)
        return False
    stack.callback(_release, path, handle)
    with suppress(OSError):  # the disk is full: then others wait without knowing for whom
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S %z')}\n".encode())
    return True


def _release(path: Path, handle: int) -> None:
    with signals_deferred(), suppress(OSError):
        if os.name == "nt":  # an open file cannot be removed there
            os.close(handle)
            path.unlink()
        else:  # while it is held, so that who waits for it takes the next one
            path.unlink()
            os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    """Whether the file that is open is still the one at ``path``."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _in_use(path: Path, subject: Path) -> Finding:
    try:
        holder = path.read_text("utf-8", "replace").strip()
    except OSError:
        holder = ""
    return Finding(
        code="exporter:folderInUse",
        message=f"another run is putting its files in place: {holder or 'a process that does not say its name'}",
        location=Location(file=str(subject)),
        fix="wait for it to end, or end it; then run the command again",
    )
