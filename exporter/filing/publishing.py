"""Files that appear in their folder together or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staging_beside(directory: Path) -> Iterator[Path]:
    """A folder beside ``directory``, on the same disk so that files can be renamed, gone at the end."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{directory.name or 'export'}.", dir=directory.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(staging: Path, directory: Path, names: Iterable[str], *, stale: Iterable[str] = ()) -> None:
    """Move the files to their places, and those that are ``stale`` away.

    Where one cannot be moved, those that stood there before come back.

    Raises:
        OSError: a file cannot be moved; the folder holds what it held before.
    """
    directory.mkdir(parents=True, exist_ok=True)
    before = staging / "before"
    before.mkdir()
    moved: list[str] = []
    made: list[Path] = []
    try:
        for name in names:
            if (directory / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(directory / name))
            moved.append(name)
            if not (directory / name).parent.is_dir():
                (directory / name).parent.mkdir(parents=True)
                made.append((directory / name).parent)
            _put_aside(directory, before, name)
            os.replace(staging / name, directory / name)
        for name in stale:
            moved.append(name)
            _put_aside(directory, before, name)
    except OSError:
        for name in moved:
            if (before / name).exists():
                os.replace(before / name, directory / name)
            else:
                (directory / name).unlink(missing_ok=True)
        for folder in made:
            folder.rmdir()
        raise


def _put_aside(directory: Path, before: Path, name: str) -> None:
    (before / name).parent.mkdir(parents=True, exist_ok=True)
    if (directory / name).exists():
        os.replace(directory / name, before / name)


def tables_of_earlier(directory: Path, metadata: str) -> tuple[str, ...]:
    """The tables beside the xBRL-CSV metadata file ``metadata`` of an earlier export that it names, as far as there.

    Only what the earlier file names is its own; other files in the folder are somebody else's.
    """
    try:
        tables = json.loads((directory / metadata).read_bytes())["tables"]
        urls = [table["url"] for table in tables.values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    folder = Path(metadata).parent
    plain = [url for url in urls if isinstance(url, str) and url.endswith(".csv") and Path(url).name == url]
    return tuple(str(folder / url) for url in plain if (directory / folder / url).is_file())
