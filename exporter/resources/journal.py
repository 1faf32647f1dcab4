"""The journal of files on their way into a folder: what a run that is killed leaves, the next takes back or completes.

It lies in the folder of the parts (`exporter.resources.locks`). Where the folder is swapped for another in one step it
names the new one; where each file is moved it lists the files with their inodes, before the first of them moves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any, Final

from exporter.resources.locks import TO_BE_TAKEN_BACK

NEW: Final = "new"
"""Below the folder of the parts: the files that are to appear."""

_BEFORE: Final = "before"


def note_swap(root: Path, own: Iterable[str]) -> None:
    """Note that the new folder is about to be swapped for the old one; ``own`` are the files that we put there."""
    swapped = {"swapped": (root / NEW).stat().st_ino, "own": list(own)}
    (root / TO_BE_TAKEN_BACK).write_text(json.dumps(swapped), "utf-8")


def close_journal(root: Path) -> None:
    """Nothing is to be taken back any more."""
    (root / TO_BE_TAKEN_BACK).unlink(missing_ok=True)


def write_journal(root: Path, directory: Path, names: Iterable[str], stale: Iterable[str]) -> dict[str, Any]:
    """Note what is about to be moved; a file is known by its inode, so that nobody else's is taken for it."""
    (root / _BEFORE).mkdir(exist_ok=True)
    parents = {parent.as_posix(): None for name in names for parent in reversed(PurePath(name).parents[:-1])}
    journal: dict[str, Any] = {
        "moved": [[name, (root / NEW / name).lstat().st_ino] for name in names] + [[name, None] for name in stale],
        "made": [parent for parent in parents if not (directory / parent).is_dir()],
    }
    waiting = root / f"{TO_BE_TAKEN_BACK}.new"
    waiting.write_text(json.dumps(journal), "utf-8")
    sync(waiting)
    os.replace(waiting, root / TO_BE_TAKEN_BACK)
    sync(root)
    return journal


def move_files(root: Path, directory: Path, journal: dict[str, Any]) -> None:
    """Move the files that the journal lists into the folder, those that they replace out of it."""
    for folder in journal["made"]:
        (directory / folder).mkdir(exist_ok=True)
    for number, (name, inode) in enumerate(journal["moved"]):
        target, before = directory / name, root / _BEFORE / str(number)
        if inode is None:
            os.replace(target, before)
            continue
        if os.path.lexists(target):
            try:
                os.link(target, before, follow_symlinks=False)
            except (OSError, NotImplementedError):
                os.replace(target, before)
        os.replace(root / NEW / name, target)


def undo(root: Path, directory: Path, journal: dict[str, Any]) -> None:
    """Undo what the journal lists, as far as it was done; what somebody has changed since stays."""
    for number, (name, inode) in reversed(list(enumerate(journal["moved"]))):
        target, before = directory / name, root / _BEFORE / str(number)
        there = target.lstat().st_ino if os.path.lexists(target) else None
        if there is not None and there != inode:
            continue
        if os.path.lexists(before):
            os.replace(before, target)
        elif there is not None:
            target.unlink()
    for folder in reversed(journal["made"]):
        with suppress(OSError):
            (directory / folder).rmdir()


def rescue(old: Path, new: Path, own: Iterable[str]) -> None:
    """What somebody put into a folder while it was swapped goes where it was meant to; the newer file stays."""
    for name in files_below(old):
        if name in own:
            continue
        with suppress(OSError):
            there = old / name, new / name
            if not os.path.lexists(there[1]) or there[0].lstat().st_mtime_ns > there[1].lstat().st_mtime_ns:
                there[1].parent.mkdir(parents=True, exist_ok=True)
                os.replace(*there)


def recover(root: Path, directory: Path) -> None:
    """Take back what a run that was killed moved, or complete what it swapped."""
    try:
        journal = json.loads((root / TO_BE_TAKEN_BACK).read_bytes())
    except (FileNotFoundError, ValueError):  # ended before anything was moved
        close_journal(root)
        return
    if "moved" in journal:
        undo(root, directory, journal)
    elif directory.is_dir() and directory.stat().st_ino == journal["swapped"]:
        rescue(root / NEW, directory, journal["own"])
    close_journal(root)


def files_below(folder: Path) -> Iterator[str]:
    """The files in a folder and its folders, by their paths in it."""
    for parent, _, names in os.walk(folder, onerror=raise_error):
        below = PurePath(parent).relative_to(folder)
        yield from ((below / name).as_posix() for name in names)


def raise_error(error: OSError) -> None:
    """For `os.walk`, which ignores errors otherwise."""
    raise error


def sync_all(folder: Path) -> None:
    """Let all files and folders in a folder reach the disk."""
    for parent, _, names in os.walk(folder):
        for name in names:
            sync(Path(parent) / name)
        sync(Path(parent))


def sync(path: Path) -> None:
    """Let a file or folder reach the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
