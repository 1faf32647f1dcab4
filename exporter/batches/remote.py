"""Inputs and outputs that are no files of this machine: URLs that fsspec knows (extra ``remote``).

What is read is copied to this machine first; what is written is made here and put in its place when it is whole, the
manifest of a folder last. A path stays a path.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from exporter.errors import MissingExtraError
from exporter.resources.limits import DEFAULT_LIMITS

_MANIFEST: Final = "manifest.json"
_BLOCK: Final = 1024**2
_LARGE: Final = 1024**2


def is_url(text: str) -> bool:
    """Whether a source or folder is a URL, not a path."""
    return "://" in text


def joined(folder: str, name: str) -> str:
    """The path or URL of ``name`` in ``folder``."""
    return f"{folder.rstrip('/')}/{name}" if is_url(folder) else str(Path(folder, name))


def file_system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it.

    Raises:
        MissingExtraError: fsspec, or what it needs for this kind of URL, is not installed.
        OSError: there is no such kind of URL.
    """
    try:
        import fsspec.core
    except ImportError as error:
        raise MissingExtraError("remote", f"the URL {url}") from error
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise OSError(None, f"this kind of URL needs another package: {error}", url) from error
    except ValueError as error:
        raise OSError(None, str(error), url) from error
    return system, path


@contextmanager
def local_copy(source: str) -> Iterator[Path]:
    """The source on this machine: itself where it is a path, else a copy of the file or folder that is gone afterwards.

    Raises:
        OSError: it is not there, or larger than a file may be.
    """
    if not is_url(source):
        yield Path(source)
        return
    system, path = file_system(source)
    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        copy = Path(folder, path.rstrip("/").rpartition("/")[2])
        if system.isdir(path):
            system.get(path.rstrip("/") + "/", f"{copy}/", recursive=True)
        else:
            size = system.size(path)
            if size is not None and size > DEFAULT_LIMITS.file_size:
                raise OSError(None, f"it has {size:,} bytes, more than are read", source)
            system.get_file(path, str(copy))
        yield copy


@contextmanager
def published_at(folder: str, name: str | None) -> Iterator[Path | None]:
    """Where to write what shall be ``name`` in ``folder``, a path or a URL; put there when the block ends well."""
    if name is None or not is_url(folder):
        yield None if name is None else Path(folder, name)
        return
    system, path = file_system(joined(folder, name))
    with tempfile.TemporaryDirectory(prefix="exporter-") as local:
        made = Path(local, Path(name).name)
        yield made
        files = [made] if made.is_file() else [file for file in made.rglob("*") if file.is_file()]
        for file in sorted(files, key=lambda file: (file.name == _MANIFEST, file)):
            target = path if file == made else f"{path}/{file.relative_to(made).as_posix()}"
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.put_file(str(file), target)


def _digest_of_file(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=256)
def _digest_of_large_file(path: str, size: int, changed: int, inode: int) -> str:
    """The digest of a file, such as a package that thousands of tasks name, until its size, time or inode changes."""
    return _digest_of_file(path)


def digest_at(place: str) -> str | None:
    """The SHA-256 of a file at a path or URL, of a folder at a URL that of its files; ``None`` where there is none."""
    try:
        if not is_url(place):
            status = os.stat(place)
            if status.st_size < _LARGE:
                return _digest_of_file(place)
            return _digest_of_large_file(place, status.st_size, status.st_mtime_ns, status.st_ino)
        system, path = file_system(place)
        digest = hashlib.sha256()
        for name in sorted(system.find(path)) if system.isdir(path) else [path]:
            digest.update(name.removeprefix(path).encode())
            with system.open(name, "rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        return digest.hexdigest()
    except OSError:
        return None
