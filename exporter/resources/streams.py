"""Pipes, devices and standard input or output: read to the end before they are parsed, written when all is there.

A document that comes through a pipe cannot be read twice, and its size is not known. It is copied into a temporary
file, up to a limit. What goes into a pipe or device is copied there from a temporary file when it is whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import select
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.locks import private_folder

STANDARD: Final = Path("-")
"""The path that stands for standard input where something is read, for standard output where it is written."""

_PIECE: Final = 1024**2
_IN_MEMORY: Final = 8 * 1024**2
_DESCRIPTOR: Final = re.compile(r"/(?:dev/fd|proc/self/fd|proc/[0-9]+/fd)/([0-9]+)")
_STANDARD_FILES: Final = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_PAUSE: Final = 0.05
_WAIT_FOR_PARTNER: Final = 10.0
"""Seconds in which somebody must have opened the other end of a named pipe."""
_WAIT_FOR_DATA: Final = 600.0
"""Seconds after which a pipe that is open, but through which nothing comes, is given up."""


def is_stream(path: Path) -> bool:
    """Whether a path is standard input or output, a pipe, a socket or a device: no file to come back to."""
    if path == STANDARD or _descriptor(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _descriptor(path: Path) -> int | None:
    """The number of the open file that a path names; ``None`` for any other path."""
    text = str(path)
    match = _DESCRIPTOR.fullmatch(text)
    return int(match[1]) if match is not None else _STANDARD_FILES.get(text)


@contextlib.contextmanager
def spooled(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Path]:
    """A temporary file with all that comes through a pipe, gone at the end.

    Raises:
        ReadError: ``exporter:unreadableFile`` for a terminal, a device that holds no document, or a pipe into which
            nobody writes; ``exporter:limitExceeded`` for more than ``limits.file_size`` bytes.
    """
    with private_folder("input") as folder:
        copy = folder / "document"
        with copy.open("wb") as file, _opened(path) as stream:
            _copy(stream, file, path, limits)
        yield copy


@contextlib.contextmanager
def readable(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Path]:
    """The file itself, or a copy of what comes through a pipe; raises as `spooled`."""
    if not is_stream(path):
        yield path
        return
    with spooled(path, limits) as copy:
        yield copy


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The descriptor to read from. A named pipe is opened without waiting for whom it comes from."""
    number = 0 if path == STANDARD else _descriptor(path)
    if number == 0 and sys.__stdin__ is None:  # closed: the number may be that of any other file
        raise _unreadable(path, "standard input is closed", "pipe a document into the command, or name a file")
    try:
        opened = os.dup(number) if number is not None else os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _unreadable(path, f"it cannot be read: {error.strerror or error}", "check the path") from None
    try:
        _refuse_device(opened, path)
        yield opened
    finally:
        os.close(opened)


def _refuse_device(opened: int, path: Path) -> None:
    mode = os.fstat(opened).st_mode
    if stat.S_ISDIR(mode):
        raise _unreadable(path, "this is a folder", "name the folder itself")
    if os.isatty(opened):
        raise _unreadable(path, "nothing is piped in: this is a terminal", "pipe a document into it, or name a file")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise _unreadable(path, "this is a device, which holds no document", "pipe a document into it, or name a file")


def _copy(stream: int, file: IO[bytes], path: Path, limits: Limits) -> None:
    size = 0
    while piece := _next_piece(stream, path):
        size += len(piece)
        if size > limits.file_size:
            finding = Finding(
                code="exporter:limitExceeded",
                message=f"more than {limits.file_size} bytes come through the pipe",
                location=Location(file=str(path)),
                fix="raise the limit file_size if you trust the document",
            )
            raise ReadError(findings=[finding])
        file.write(piece)


def _next_piece(stream: int, path: Path) -> bytes:
    """What comes next, empty at the end; waits for it, but not for what cannot come."""
    waited = 0.0
    while waited < _WAIT_FOR_DATA:
        ready = _is_ready(stream, _WAIT_FOR_PARTNER)
        if ready or not os.get_blocking(stream):
            piece = _read(stream, path)
            if piece or (ready and piece is not None):
                return piece
            if piece is not None:
                message = f"nobody has written into the pipe for {_WAIT_FOR_PARTNER:.0f} seconds"
                raise _unreadable(path, message, "start what writes into it, or name a file")
        waited += 0 if ready else _WAIT_FOR_PARTNER
    message = f"nothing has come through the pipe for {waited:.0f} seconds"
    raise _unreadable(path, message, "check what writes into it")


def _read(stream: int, path: Path) -> bytes | None:
    """A piece, empty where nobody has the other end open, ``None`` where somebody has and nothing came yet."""
    try:
        return os.read(stream, _PIECE)
    except BlockingIOError:
        return None
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        raise _unreadable(path, message, "check what writes into it") from None


def _is_ready(stream: int, seconds: float) -> bool:
    """Whether something can be read, or the end is reached, within some seconds."""
    if not hasattr(select, "poll"):  # pragma: no cover - where there are no named pipes
        return True
    poll = select.poll()
    poll.register(stream, select.POLLIN | select.POLLHUP)
    return bool(poll.poll(seconds * 1000))


def _unreadable(path: Path, message: str, fix: str) -> ReadError:
    location = Location(file=str(path))
    return ReadError(findings=[Finding(code="exporter:unreadableFile", message=message, location=location, fix=fix)])


@contextlib.contextmanager
def written_stream(path: Path) -> Iterator[BinaryIO]:
    """A file whose content goes into a pipe or device when the block ends, and nothing of it when it fails.

    Raises:
        OSError: it cannot be written to, or nobody reads from a named pipe.
    """
    from tempfile import SpooledTemporaryFile  # imported on use: it takes time to load

    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield cast(BinaryIO, file)
        file.seek(0)
        if path == STANDARD or _descriptor(path) == 1:
            _print(cast(BinaryIO, file), path)
            return
        with os.fdopen(_open_to_write(path), "wb") as stream:
            shutil.copyfileobj(file, stream)


def _print(file: BinaryIO, path: Path) -> None:
    """Copy a file to standard output, after what was printed before."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed", str(path))
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # a notebook, or a program that collects what is printed
        sys.stdout.write(file.read().decode("utf-8", errors="backslashreplace"))
        return
    shutil.copyfileobj(file, binary)
    binary.flush()


def _open_to_write(path: Path) -> int:
    number = _descriptor(path)
    if number is not None:
        return os.dup(number)
    tries = int(_WAIT_FOR_PARTNER / _PAUSE)
    for left in range(tries, -1, -1):
        try:
            opened = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
            os.set_blocking(opened, True)
            return opened
        except OSError as error:
            if error.errno != errno.ENXIO or not left:
                reason = "nobody reads from the pipe" if error.errno == errno.ENXIO else error.strerror
                raise OSError(error.errno, reason, str(path)) from None
        time.sleep(_PAUSE)
    raise AssertionError("unreachable")
