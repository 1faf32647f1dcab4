"""Where the keys of a TOML file stand: the standard library's reader does not say.

Reading the tree of a TOML file, part by part, with every fault and its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from exporter.errors import ReadError
from exporter.findings import Finding, Location, choice_hint, list_text

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


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "period": ("instant", "duration"),
    "balance": ("debit", "credit"),
    "sign": ("as_stated", "inverted"),
    "unit": ("item", "pure"),
    "context_element": ("segment", "scenario"),
    "open_axes": ("typed", "explicit"),
    "linkbases": ("separate", "embedded"),
    "negative_glyph": ("-", "(", "△", "▲"),
    "inline_version": ("1.0", "1.1"),
    "doctype": ("none", "xhtml"),
}

Tree = dict[str, Any]


class Source:
    """A file with the tree in it, and where its keys stand."""

    def __init__(self, name: str, text: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.lines = SourceLines(text)
        try:
            self.tree: Tree = tomllib.loads(text)
        except RecursionError as error:
            raise ReadError(findings=[_too_deep(name)]) from error
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            place = Location(file=name, line=int(line[1]) if line else None)
            fault = Finding(
                code="exporter:malformedToml", message=f"this is no TOML: {error}", location=place, fix="mend the file"
            )
            raise ReadError(findings=[fault]) from error


def _too_deep(name: str) -> Finding:
    return Finding(
        code="exporter:limitExceeded",
        message="arrays and tables are nested deeper than can be read",
        location=Location(file=name),
        fix="flatten the file",
    )


class TreeReader:
    """Takes values of the types that a profile has out of a tree; ``findings`` say what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def fault(self, pointer: str, code: str, message: str, fix: str | None = None) -> None:
        """Note what is wrong at a place (a JSON Pointer)."""
        place = Location(file=self.source.name, line=self.source.lines.line(pointer), pointer=pointer)
        self.findings.append(Finding(code=code, message=message, location=place, fix=fix))

    def known(self, node: Tree, pointer: str, names: tuple[str, ...]) -> None:
        """Note the members of a table that do not exist."""
        for name in node:
            if name not in names:
                self.fault(
                    f"{pointer}/{name}",
                    "exporter:unknownField",
                    f"a profile has no {name!r} here",
                    fix=choice_hint(name, names),
                )

    def table(self, node: Tree, pointer: str, name: str) -> Tree:
        """A table; empty where it is not given."""
        found = node.get(name, {})
        if isinstance(found, dict):
            return found
        self.fault(f"{pointer}/{name}", "exporter:wrongShape", f"{name} is a table, got {found!r}")
        return {}

    def text(self, node: Tree, pointer: str, name: str, *, required: bool = False) -> str | None:
        """A text that is not blank, and one of the choices where there are some."""
        found = node.get(name)
        if found is None:
            if required:
                self.fault(pointer, "exporter:missingField", f"{name} is missing", fix=f"add {name}")
            return None
        if not isinstance(found, str) or not found.strip():
            self.fault(f"{pointer}/{name}", "exporter:wrongShape", f"{name} is a text, got {found!r}")
            return None
        if name in _CHOICES and found not in _CHOICES[name]:
            message = f"{name} is {list_text(_CHOICES[name], last=' or ')}, got {found!r}"
            self.fault(f"{pointer}/{name}", "exporter:invalidValue", message)
            return None
        return found

    def flag(self, node: Tree, pointer: str, name: str, default: bool) -> bool:
        """True or false."""
        found = node.get(name, default)
        if not isinstance(found, bool):
            self.fault(f"{pointer}/{name}", "exporter:wrongShape", f"{name} is true or false, got {found!r}")
            return default
        return found

    def strings(self, node: Tree, pointer: str, name: str) -> dict[str, str]:
        """A table of texts."""
        table = self.table(node, pointer, name)
        return {key: text for key in table if (text := self.text(table, f"{pointer}/{name}", key)) is not None}

    def texts(self, node: Tree, pointer: str, name: str) -> tuple[str, ...]:
        """An array of texts."""
        found = node.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            self.fault(f"{pointer}/{name}", "exporter:wrongShape", f"{name} is an array of texts, got {found!r}")
            return ()
        return tuple(found)

    def pattern(self, node: Tree, pointer: str, name: str) -> str | None:
        """A regular expression."""
        text = self.text(node, pointer, name)
        try:
            re.compile(text or "")
        except re.error as error:
            self.fault(f"{pointer}/{name}", "exporter:invalidValue", f"{name} is no regular expression: {error}")
            return None
        return text
