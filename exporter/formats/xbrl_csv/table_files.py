"""The files of a report on their way: written in a folder of their own, taking their places all together."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final

from exporter.resources.publishing import Staging, publish, staged

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
        self._stack = ExitStack()
        self._staging: Staging | None = None

    def __enter__(self) -> TableFiles:
        self._staging = self._stack.enter_context(staged(self._metadata.parent))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(self, table: str) -> TableFile:
        """A new table."""
        assert self._staging is not None, "files are written inside a with block"
        url = f"{self._stem}-{table}.csv"
        file = TableFile(self._staging.files / url, url)
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
        """Put all tables in their places, with the metadata; tables of an earlier report that it replaces go."""
        assert self._staging is not None, "files are written inside a with block"
        self._flush()
        name = self._metadata.name
        (self._staging.files / name).write_bytes(metadata.encode())
        self._staging.stale += tables_of_earlier(self._metadata.parent, name)
        publish(self._staging)


def tables_of_earlier(directory: Path, metadata: str) -> tuple[str, ...]:
    """The tables beside the xBRL-CSV metadata file ``metadata`` of an earlier report that it names, as far as there.

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
