"""The body of a document while it waits for its head: in memory as far as it fits, then in a temporary file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO, BinaryIO, Final

_IN_MEMORY: Final = 4 * 1024**2
_COPY: Final = 1024**2


class Spool:
    """Bytes written once, in order, and read back once. A context manager: leaving it frees the space."""

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._chunks: list[bytes] = []
        self._room = in_memory
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._chunks.clear()
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Add ``data`` at the end."""
        if self._file is not None:
            self._file.write(data)
            return
        self._chunks.append(data)
        self._room -= len(data)
        if self._room < 0:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
            self._file.writelines(self._chunks)
            self._chunks.clear()

    def copy_to(self, stream: BinaryIO) -> None:
        """All that was written, to ``stream``."""
        if self._file is None:
            for chunk in self._chunks:
                stream.write(chunk)
            return
        self._file.seek(0)
        shutil.copyfileobj(self._file, stream, _COPY)

    def lines(self) -> Iterator[bytes]:
        """All that was written, line by line, each with its line feed."""
        if self._file is None:
            rest = b""
            for chunk in self._chunks:
                *whole, rest = (rest + chunk).split(b"\n")
                yield from (line + b"\n" for line in whole)
            if rest:
                yield rest
            return
        self._file.seek(0)
        yield from self._file
