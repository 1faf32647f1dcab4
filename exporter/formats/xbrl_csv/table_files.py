"""The files of a report on their way: written in a folder of their own, moved to their places all together."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final

_BUFFERED: Final = 4 * 1024**2


class TableFile:
    """One table: lines are gathered here."""

    def __init__(self, path: Path, url: str) -> None:
        self.url = url
        self.path = path
        self.lines: list[str] = []


class TableFiles:
    """A context manager: leaving it without `commit` leaves nothing behind.

    Lines wait in memory, all tables together up to a bound, so that any number of tables costs neither memory nor
    open files.
    """

    def __init__(self, metadata: Path) -> None:
        self._metadata = metadata
        # A URL without anything to be escaped, whatever the file of the metadata is called.
        self._stem = re.sub(r"[^\w.\-]", "_", metadata.stem)
        self._files: list[TableFile] = []
        self._waiting = 0
        self._private: Path | None = None

    def __enter__(self) -> TableFiles:
        self._metadata.parent.mkdir(parents=True, exist_ok=True)
        made = tempfile.mkdtemp(prefix=f".{self._metadata.name[:40]}.", suffix=".part", dir=self._metadata.parent)
        self._private = Path(made)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)

    def add(self, table: str) -> TableFile:
        """A new table."""
        assert self._private is not None, "files are written inside a with block"
        url = f"{self._stem}-{table}.csv"
        file = TableFile(self._private / url, url)
        self._files.append(file)
        return file

    def write(self, file: TableFile, text: str) -> None:
        """Add lines to a table."""
        file.lines.append(text)
        self._waiting += len(text)
        if self._waiting > _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        for file in self._files:
            if file.lines:
                with file.path.open("ab") as stream:
                    # A lone surrogate is a finding of the fact it stands in, so what is written here is thrown away.
                    stream.write("".join(file.lines).encode(errors="replace"))
                file.lines.clear()
        self._waiting = 0

    def commit(self, metadata: str) -> None:
        """Put all tables in their places, and the metadata last."""
        assert self._private is not None, "files are written inside a with block"
        self._flush()
        waiting = self._private / "metadata.json.part"
        waiting.write_bytes(metadata.encode())
        for file in self._files:
            os.replace(file.path, self._metadata.parent / file.url)
        os.replace(waiting, self._metadata)
