"""Files and folders on their way to their places: called after them, locked by those who write them.

The lock distinguishes what a killed run has left from what a living one needs: who writes to the same place next
removes it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from exporter.resources.locks import try_lock
from exporter.resources.signals import signals_deferred

PART: Final = ".part"
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
    pattern = re.compile(re.escape(part_prefix(target)) + r"[a-z0-9_]{8}" + re.escape(PART))
    try:
        names = os.listdir(parent)
    except OSError:
        return
    for name in names:
        path = parent / name
        with suppress(OSError):
            if pattern.fullmatch(name) and (os.name == "nt" or path.lstat().st_uid == os.geteuid()):
                yield path
