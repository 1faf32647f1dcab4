"""TOML files as attrs classes, with a finding at the line of each key that does not fit its class.

Fields may have another name in TOML, and hold regular expressions.
"""

from __future__ import annotations

import enum
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from types import NoneType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from exporter.errors import ReadError
from exporter.findings import MOST_CHOICES, Finding, FindingLog, Location, choice_hint, list_text, shortened
from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import compile_rule_pattern

_HEADER: Final = re.compile(r"\s*\[{1,2}(?P<path>[^\]]+)\]{1,2}\s*(?:#.*)?")
_KEY: Final = re.compile(r"""\s*(?P<key>"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=""")
_PART: Final = re.compile(r""""[^"]*"|'[^']*'|[A-Za-z0-9_-]+""")


class SourceLines:
    """The lines of tables and keys, by JSON Pointer; keys inside inline tables have the line of the outermost.

    The tables of an array (``[[cover]]``) are ``/cover/0``, ``/cover/1``; ``/cover`` is the first of them.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        table = ""
        counts: dict[str, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.fullmatch(line):
                table = ""
                parts = _PART.findall(header["path"])
                for part in parts[:-1]:
                    table += f"/{part.strip(_QUOTES)}"
                    table += f"/{counts[table] - 1}" if table in counts else ""
                table += f"/{parts[-1].strip(_QUOTES)}" if parts else ""
                if line.lstrip().startswith("[["):
                    self._lines.setdefault(table, number)
                    counts[table] = counts.get(table, 0) + 1
                    table += f"/{counts[table] - 1}"
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


Tree = dict[str, Any]


class TomlFile:
    """A file with the tree in it, and where its keys stand."""

    def __init__(self, name: str, text: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self._text = text
        try:
            self.tree: Tree = tomllib.loads(text)
        except RecursionError as error:
            raise ReadError(findings=[_too_deep(name)]) from error
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            location = Location(file=name, line=int(line[1]) if line else None)
            message = f"this is not well-formed TOML: {error}"
            finding = Finding(code="exporter:malformedToml", message=message, location=location, fix="correct the file")
            raise ReadError(findings=[finding]) from error

    @cached_property
    def lines(self) -> SourceLines:
        """Where the keys stand, for what is wrong with one."""
        return SourceLines(self._text)


def _too_deep(name: str) -> Finding:
    return Finding(
        code="exporter:limitExceeded",
        message="arrays and tables are nested deeper than can be read",
        location=Location(file=name),
        fix="flatten the file",
    )


T = TypeVar("T")


def is_pattern(_: object, __: Attribute[Any], value: Any) -> None:
    """Validate a regular expression of RE2 or several; ``None`` is valid."""
    for text in (value,) if isinstance(value, str) else value or ():
        try:
            compile_rule_pattern(text)
        except PatternError as error:
            raise ValueError(f"is no regular expression: {text!r} ({error})") from error


class TableReader:
    """Makes attrs classes of the tables of a file; the types of their fields say which values are allowed.

    ``log`` has a finding for each key that is unknown, missing or has a value that does not fit. ``code`` replaces the
    codes of all of them.
    """

    def __init__(self, source: TomlFile, *, code: str | None = None) -> None:
        self.source = source
        self.log = FindingLog(file=source.name, at_most=None)
        self._code = code

    def error(self, pointer: str, code: str, message: str, fix: str | None = None) -> None:
        """Report an error at a JSON Pointer."""
        location = Location(file=self.source.name, line=self.source.lines.line(pointer), pointer=pointer)
        self.log.error(self._code or code, message, fix, location=location)

    def check_keys(self, node: Tree, pointer: str, names: Iterable[str]) -> None:
        """Report the keys of a table that are not among ``names``."""
        names = tuple(names)
        for name in node:
            if name not in names:
                message = f"{name!r} is not known here"
                self.error(f"{pointer}/{name}", "exporter:unknownField", message, choice_hint(name, names))

    def structure(self, node: Tree, pointer: str, cls: type[T], *, keys: Iterable[str] = (), **given: Any) -> T | None:
        """An instance of an attrs class; ``None`` where a value that it cannot do without is missing or does not fit.

        ``given`` are values that the caller has made itself, ``keys`` those keys of the table that it made them of.
        """
        attrs_class: Any = cls
        attributes = _attributes(attrs_class)
        own = [name for name, attribute, _ in attributes if attribute.name not in given]
        self.check_keys(node, pointer, (*own, *keys))
        values, complete = dict(given), True
        for name, attribute, type_ in attributes:
            if attribute.name in values:
                continue
            value = None
            if name in node:
                value = self.value(node[name], f"{pointer}/{name}", type_, attribute.validator)
            elif attribute.default is NOTHING:
                self.error(pointer, "exporter:missingField", f"{name} is missing", f"add {name}")
            if value is not None:
                values[attribute.name] = value
            elif attribute.default is NOTHING:
                complete = False
        return cls(**values) if complete else None

    def value(self, value: Any, pointer: str, type_: Any, validator: Callable[..., Any] | None = None) -> Any:
        """The value of a key by the type that it should have; ``None``, with an error, where it does not fit.

        ``validator`` is one of attrs.
        """
        result = self._typed(value, pointer, type_)
        if result is not None and validator is not None:
            try:
                validator(None, None, result)
            except ValueError as error:
                self.error(pointer, "exporter:invalidValue", f"{_name(pointer)} {error}")
                return None
        return result

    def _typed(self, value: Any, pointer: str, type_: Any) -> Any:
        if type_ is str:
            is_text = isinstance(value, str) and value.strip()
            return value if is_text else self._refuse(value, pointer, "a text")
        if type_ is bool:
            return value if isinstance(value, bool) else self._refuse(value, pointer, "true or false")
        if type_ is int:
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return value if is_number else self._refuse(value, pointer, "a whole number")
        origin, arguments = get_origin(type_), get_args(type_)
        if origin is Literal or (isinstance(type_, type) and issubclass(type_, enum.Enum)):
            choices = arguments or tuple(map(str, type_))
            if value in choices:
                return value if arguments else type_(value)
            return self._refuse(value, pointer, f"one of {list_text(choices, most=MOST_CHOICES)}", "invalidValue")
        if origin is tuple:
            of = arguments[0]
            if not isinstance(value, list) or not all(isinstance(part, str if of is str else dict) for part in value):
                return self._refuse(value, pointer, "a list of texts" if of is str else "a list of tables")
            if of is str:
                return tuple(value)
            made = [self.structure(part, f"{pointer}/{number}", of) for number, part in enumerate(value)]
            return tuple(part for part in made if part is not None)
        if not isinstance(value, dict):
            return self._refuse(value, pointer, "a table")
        if has(type_):
            return self.structure(value, pointer, type_)
        of = arguments[1] if len(arguments) > 1 else str
        values = {name: self.value(part, f"{pointer}/{name}", of) for name, part in value.items()}
        return {name: part for name, part in values.items() if part is not None}

    def _refuse(self, value: Any, pointer: str, expected: str, code: str = "wrongShape") -> None:
        self.error(pointer, f"exporter:{code}", f"{_name(pointer)} is {expected}, got {shortened(value)}")

    def table(self, node: Tree, pointer: str, name: str) -> Tree:
        """A table of a table; empty where it is not given."""
        value = node.get(name, {})
        if isinstance(value, dict):
            return value
        self._refuse(value, f"{pointer}/{name}", "a table")
        return {}


def _name(pointer: str) -> str:
    return pointer.rpartition("/")[2]


@cache
def _attributes(cls: Any) -> tuple[tuple[str, Attribute[Any], Any], ...]:
    """The key, field and type, without ``None``, of each field of an attrs class."""
    types = get_type_hints(cls)
    attributes = []
    for attribute in fields(cls):
        type_ = types[attribute.name]
        if NoneType in get_args(type_):
            (type_,) = (part for part in get_args(type_) if part is not NoneType)
        attributes.append((attribute.metadata.get("key", attribute.name), attribute, type_))
    return tuple(attributes)
