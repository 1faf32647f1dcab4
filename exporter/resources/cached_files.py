"""Files that may be lost at any time: results kept in the user's cache folder, not to be worked out twice.

A folder is used only where nobody else can write to it. Files appear whole or not at all, several processes may use the
folder at a time, and what cannot be written is not kept: nothing here ever fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path
from typing import Final

from attrs import frozen

from exporter.resources.files import atomic_write
from exporter.resources.locks import PART

VARIABLE: Final = "EXPORTER_CACHE_DIR"
"""The environment variable that names the cache folder."""

_NAME: Final = "exporter"
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


def default_cache_folder() -> Path | None:
    """Where results are kept: as the environment says, else where the platform has its caches."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, _NAME, "cache") if local else None
    if (named := os.environ.get("XDG_CACHE_HOME")) and Path(named).is_absolute():
        return Path(named, _NAME)
    try:
        home = Path.home()
    except RuntimeError:  # there is no home
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / _NAME


@frozen(kw_only=True)
class KeptFiles:
    """The files of one kind in a folder. Beyond ``limit`` bytes together, those not used for longest are removed."""

    folder: Path
    suffix: str
    limit: int = 1024**3

    def read(self, key: str) -> bytes | None:
        """What was kept under a key; ``None`` where nothing is, or nothing that can be trusted to be whole."""
        path = self._path(key)
        try:
            if not _is_private(self.folder) or not _is_own(path) or path.stat().st_size > self.limit:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        digest, content = data[:32], memoryview(data)[32:]
        if hashlib.sha256(content).digest() != digest:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data[32:]

    def write(self, key: str, content: bytes) -> None:
        """Keep something under a key, if the folder can be written to."""
        if len(content) + 32 > self.limit:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self.folder):
                return
            with atomic_write(self._path(key), mode=0o600, lasting=False) as file:
                file.write(hashlib.sha256(content).digest())
                file.write(content)
            self._trim()

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}{self.suffix}"

    def _trim(self) -> None:
        """Remove what was not used for longest, remains of interrupted writing among it."""
        entries = []
        for entry in os.scandir(self.folder):
            if entry.name.endswith((self.suffix, PART)):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    entries.append((status.st_mtime_ns, status.st_size, entry.path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.limit:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
                total -= size


def _is_private(folder: Path) -> bool:
    """Whether only the user can have written what stands in a folder."""
    status = folder.stat()
    return stat.S_ISDIR(status.st_mode) and _belongs_to_user(status)


def _is_own(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and _belongs_to_user(status)


def _belongs_to_user(status: os.stat_result) -> bool:
    if os.name == "nt":  # folders of a user are the user's; the mode bits say nothing
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
