"""Locks on open files, and the parts that hold them: files and folders on their way to their places.

The system gives a lock back when its process ends, however it ends. A part is called after the place that it is made
for; its lock distinguishes what a killed run has left from what a living one needs, and who writes to the same place
next removes what is left.
"""

from __future__ import annotations

import os
import re
import shutil
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


PART: Final = ".part"
_RANDOM_PART: Final = re.compile(rf"[a-z0-9_]{{8}}{re.escape(PART)}")
LOCK: Final = "lock"
TO_BE_TAKEN_BACK: Final = "journal.json"
_LONGEST: Final = 40


def part_prefix(target: Path) -> str:
    """How the names begin of what is on its way to ``target``; `tempfile` adds eight characters, and ``.part``."""
    return f".{target.name[:_LONGEST]}."


@contextmanager
def part_folder(target: Path, parent: Path) -> Iterator[Path]:
    """A new folder for what is on its way to ``target``, locked until the end, and gone then.

    With a file `TO_BE_TAKEN_BACK` in it, it stays for the next run.
    """
    import tempfile  # imported on use, as below: it takes time to load

    with ExitStack() as stack:
        while True:
            with signals_deferred():
                root = Path(tempfile.mkdtemp(prefix=part_prefix(target), suffix=PART, dir=parent))
                stack.callback(remove_part_folder, root)
                if _lock_folder(root, stack):
                    break  # else it was cleared before it was locked
        yield root


def dead_part_folders(target: Path, parent: Path) -> Iterator[Path]:
    """The folders of killed runs, each locked while it is looked at: then nobody else clears it."""
    for root in list(parts_of(target, parent)):
        if root.is_dir() and not root.is_symlink():
            with ExitStack() as stack:
                if _lock_folder(root, stack):
                    yield root


def remove_part_folder(root: Path) -> None:
    """Remove a folder for what was on its way, unless it holds what has to be taken back."""
    with signals_deferred():
        if not (root / TO_BE_TAKEN_BACK).exists():
            shutil.rmtree(root, ignore_errors=True)


@contextmanager
def private_folder(purpose: str) -> Iterator[Path]:
    """A folder for temporary files, gone at the end; those that killed runs left for the same purpose are removed."""
    import tempfile

    target = Path(tempfile.gettempdir(), f"exporter-{purpose}")
    for root in dead_part_folders(target, target.parent):
        remove_part_folder(root)
    with part_folder(target, target.parent) as root:
        (root / "files").mkdir()
        yield root / "files"


def _lock_folder(root: Path, stack: ExitStack) -> bool:
    try:
        lock = os.open(root / LOCK, os.O_RDWR | os.O_CREAT)
    except OSError:
        return False
    if try_lock(lock) and (root / LOCK).exists():
        stack.callback(os.close, lock)
        return True
    os.close(lock)
    return False


def parts_of(target: Path, parent: Path) -> Iterator[Path]:
    """The files and folders of this user that are or were on their way to ``target``."""
    prefix = part_prefix(target)
    try:
        names = os.listdir(parent)
    except OSError:
        return
    for name in names:  # of which there are thousands beside an output of a batch
        if name.startswith(prefix) and _RANDOM_PART.fullmatch(name, len(prefix)):
            path = parent / name
            with suppress(OSError):
                if os.name == "nt" or path.lstat().st_uid == os.geteuid():
                    yield path
