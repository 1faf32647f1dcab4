"""Where a writer puts what it writes: a stream, a file, or a file with others beside it that appear together."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol, cast

from attrs import define, field, frozen

from exporter.resources.files import atomic_write
from exporter.resources.publishing import Staging, publish, staged

CharacterSet = Literal["ascii", "jis"]
_OUTSIDE_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_HALF_WIDTH: Final = frozenset(map(chr, range(0xFF61, 0xFFA0)))


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
class ReferencesTarget:
    """XML files in a character set: what is written in UTF-8 goes on with character references for all else."""

    target: Target
    characters: CharacterSet

    @property
    def path(self) -> Path | None:
        return self.target.path

    @contextmanager
    def open(self, name: str | None = None) -> Iterator[BinaryIO]:
        with self.target.open(name) as stream:
            yield cast(BinaryIO, _ReferencesStream(stream, self.characters))

    def remove(self, name: str) -> None:
        self.target.remove(name)


def with_references(content: bytes, characters: CharacterSet) -> bytes:
    """XML in UTF-8 as the same XML with the characters of a set alone, in UTF-8."""
    return _referenced(content.decode(), characters)


def _referenced(text: str, characters: CharacterSet) -> bytes:
    if characters == "ascii":
        return text.encode("ascii", "xmlcharrefreplace")
    return _OUTSIDE_ASCII.sub(_jis_reference, text).encode()


def _jis_reference(match: re.Match[str]) -> str:
    return "".join([char if _is_jis(char) else f"&#{ord(char)};" for char in match[0]])


@lru_cache(maxsize=8192)
def _is_jis(char: str) -> bool:
    """Whether JIS X 0208 has the character, and both ways of writing it in Shift JIS agree on which."""
    if char in _HALF_WIDTH:
        return False
    try:
        return all(char.encode(codec).decode(codec) == char for codec in ("shift_jis", "cp932"))
    except UnicodeError:
        return False


@define
class _ReferencesStream:
    """Takes UTF-8, in pieces that may end within a character."""

    stream: BinaryIO
    characters: CharacterSet
    _decoder: codecs.IncrementalDecoder = field(init=False, factory=codecs.getincrementaldecoder("utf-8"))

    def write(self, content: bytes) -> int:
        self.stream.write(_referenced(self._decoder.decode(content), self.characters))
        return len(content)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self.stream.flush()
