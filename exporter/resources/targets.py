"""Where a writer puts what it writes: a stream, a file, or a file with others beside it that appear together."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from attrs import define, field, frozen

from exporter.resources.files import atomic_write
from exporter.resources.publishing import Staging, publish, staged


class Target(Protocol):
    """The file that is written, and for a syntax of several files those beside it.

    ``path`` is where the file will be; ``None`` for a stream, which has no place for other files.
    """

    @property
    def path(self) -> Path | None: ...

    def open(self, name: str | None = None) -> AbstractContextManager[BinaryIO]:
        """The file, or the one called ``name`` beside it; what is opened again is continued."""
        ...

    def remove(self, name: str) -> None:
        """Let a file called ``name``, left beside it by an earlier run, go away when the others appear."""
        ...


@frozen
class StreamTarget:
    """An open binary stream."""

    stream: BinaryIO

    @property
    def path(self) -> Path | None:
        return None

    def open(self, name: str | None = None) -> AbstractContextManager[BinaryIO]:
        """The stream, which stays open; several files are a `ValueError`."""
        if name is not None:
            raise ValueError(f"a stream has no place for the file {name}")
        return nullcontext(self.stream)

    def remove(self, name: str) -> None:
        """Nothing: no files lie beside a stream."""


@frozen
class FileTarget:
    """One file, which appears whole when its block ends, or not at all."""

    path: Path

    def open(self, name: str | None = None) -> AbstractContextManager[BinaryIO]:
        return atomic_write(self.path if name is None else self.path.with_name(name))

    def remove(self, name: str) -> None:
        """Remove the file at once."""
        self.path.with_name(name).unlink(missing_ok=True)


@define
class StagedTarget:
    """Files that appear with all others of a `Staging`.

    Args:
        staging: where the files are on their way.
        file: the path of the file in the staging's folder.

    ``files`` are the paths of those that have been opened.
    """

    staging: Staging
    file: str
    files: list[str] = field(factory=list, init=False)

    @property
    def path(self) -> Path | None:
        return self.staging.directory / self.file

    def open(self, name: str | None = None) -> AbstractContextManager[BinaryIO]:
        file = self._beside(name)
        place = self.staging.files / file
        if file in self.files:
            return place.open("ab")
        place.parent.mkdir(parents=True, exist_ok=True)
        self.files.append(file)
        return place.open("wb")

    @property
    def place(self) -> Path:
        """Where the file is until it appears."""
        return self.staging.files / self.file

    def take(self, places: Iterable[Path]) -> None:
        """Note files that something else has written beside `place`."""
        self.files += [place.relative_to(self.staging.files).as_posix() for place in places]

    def remove(self, name: str) -> None:
        self.staging.stale.append(self._beside(name))

    def _beside(self, name: str | None) -> str:
        return self.file if name is None else Path(self.file).with_name(name).as_posix()


@contextmanager
def staged_target(path: Path) -> Iterator[StagedTarget]:
    """The file ``path`` and those beside it, which all appear when the block ends, or none does.

    Raises:
        WriteError: ``exporter:folderInUse``.
        OSError: the folder is none, or a file cannot be written.
    """
    with staged(path.parent) as staging:
        yield StagedTarget(staging, path.name)
        publish(staging)


@frozen
class AsciiTarget:
    """XML files in ASCII: what is written in UTF-8 goes on with character references for all else."""

    target: Target

    @property
    def path(self) -> Path | None:
        return self.target.path

    @contextmanager
    def open(self, name: str | None = None) -> Iterator[BinaryIO]:
        with self.target.open(name) as stream:
            yield cast(BinaryIO, _AsciiStream(stream))

    def remove(self, name: str) -> None:
        self.target.remove(name)


def ascii_xml(content: bytes) -> bytes:
    """XML in UTF-8 as the same XML in ASCII."""
    return content.decode().encode("ascii", "xmlcharrefreplace")


@define
class _AsciiStream:
    """Takes UTF-8, in pieces that may end within a character."""

    stream: BinaryIO
    _decoder: codecs.IncrementalDecoder = field(init=False, factory=codecs.getincrementaldecoder("utf-8"))

    def write(self, content: bytes) -> int:
        text = self._decoder.decode(content)
        self.stream.write(text.encode("ascii", "xmlcharrefreplace"))
        return len(content)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self.stream.flush()
