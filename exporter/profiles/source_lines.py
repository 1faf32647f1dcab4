"""Where the keys of a TOML file stand: the standard library's reader does not say."""

from __future__ import annotations

import re
from typing import Final

_HEADER: Final = re.compile(r"\s*\[{1,2}\s*(?P<path>[^\]]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY: Final = re.compile(r"""\s*(?P<key>"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=""")
_PART: Final = re.compile(r""""[^"]*"|'[^']*'|[A-Za-z0-9_-]+""")


class SourceLines:
    """The lines of tables and keys, by JSON Pointer; keys inside inline tables have the line of the outermost."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.fullmatch(line):
                table = "".join(f"/{part.strip(_QUOTES)}" for part in _PART.findall(header["path"]))
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault(f"{table}/{key['key'].strip(_QUOTES)}", number)

    def line(self, pointer: str) -> int | None:
        """The line of the key, or of the nearest table around it."""
        while pointer:
            if pointer in self._lines:
                return self._lines[pointer]
            pointer = pointer.rpartition("/")[0]
        return None


_QUOTES: Final = "\"'"
