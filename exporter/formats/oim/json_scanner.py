"""Strict JSON (RFC 8259) over a sliding window of text, member by member.

The C scanner of the standard library does the work inside a member; objects come as tuples of pairs, so that a
duplicate name is not lost and an object can be looked up in a cache as it stands.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, Final, NoReturn

from exporter.errors import ReadError
from exporter.findings import Finding, Location, shortened
from exporter.formats.oim.prefixes import escape_pointer
from exporter.formats.oim.text import has_lone_surrogate
from exporter.resources.json_text import is_unterminated, syntax_error, too_deep_at
from exporter.resources.limits import Limits

Pairs = tuple[tuple[str, Any], ...]

_CHUNK: Final = 1024 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
_KEY = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
_NEXT_KEY = re.compile(r'[ \t\n\r]*,[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
# An error this near to the end of the window may only mean that the rest is not read yet.
_NEAR_END: Final = 16


class _NotJson(ValueError):
    pass


def _refuse_constant(name: str) -> NoReturn:
    raise _NotJson(f"{name} is no JSON number")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _NotJson(f"the exponent of {text[:30]} is beyond all bounds") from None


_scan = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_refuse_constant, parse_float=_number).scan_once  # type: ignore[attr-defined]


class JsonText:
    """A JSON document read from a stream; ``refuse`` and all methods raise `ReadError` where it is no JSON."""

    def __init__(self, stream: BinaryIO, *, name: str | None, limits: Limits) -> None:
        self.start = 0  # of the member met last, in the window
        self._stream, self._name, self._limits = stream, name, limits
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._buffer, self._position = "", 0
        self._lines, self._counted = 1, 0  # line feeds are counted as far as a line was asked for
        self._bytes = 0
        self._at_end = False
        self._chunk = _CHUNK
        self._surrogates = False
        self._fill()

    @property
    def line(self) -> int:
        """The line of the member met last."""
        if self.start > self._counted:
            self._lines += self._buffer.count("\n", self._counted, self.start)
            self._counted = self.start
        return self._lines

    def refuse(self, message: str, *, position: int | None = None, pointer: str | None = None) -> NoReturn:
        """Raise ``xbrlje:invalidJSON``."""
        end = self._position if position is None else position
        line = self._lines + self._buffer.count("\n", self._counted, max(end, self._counted))
        self._stop("xbrlje:invalidJSON", message, line, pointer, "correct the JSON; RFC 8259 in UTF-8 is expected")

    def peek(self) -> str:
        """The next character that is no white space, ``""`` at the end; it is not consumed."""
        while True:
            self._position = _SPACE.match(self._buffer, self._position).end()  # type: ignore[union-attr]
            if self._position < len(self._buffer) or self._at_end:
                return self._buffer[self._position : self._position + 1]
            self._fill()

    def keys(self) -> Iterator[str]:
        """The names in the object that comes next; between two, the caller consumes the value."""
        if self.peek() != "{":
            self.refuse("expected an object")
        self._position += 1
        if self.peek() == "}":
            self._position += 1
            return
        while True:
            key = self._key()
            self.start = self._position
            yield key
            if (character := self.peek()) == "}":
                self._position += 1
                return
            if character != ",":
                self.refuse("expected a comma or a closing brace")
            self._position += 1

    def value(self) -> Any:
        """The value that comes next, objects as tuples of pairs."""
        self.peek()
        while True:
            try:
                value, end = _scan(self._buffer, self._position)
            except (StopIteration, ValueError, RecursionError) as error:
                self._read_on_or_refuse(error)
                continue
            if end < len(self._buffer) or self._at_end:
                self._position = end
                if self._surrogates:
                    self._refuse_lone_surrogates(value)
                return value
            self._fill()

    def members(self) -> Iterator[tuple[str, Any]]:
        """The members of the object that comes next, values whole: the quick way through many."""
        for key in self.keys():
            value = self.value()
            while True:
                yield key, value
                match = _NEXT_KEY.match(self._buffer, self._position)
                if match is None:
                    break
                start = match.end()
                try:
                    value, end = _scan(self._buffer, start)
                except (StopIteration, ValueError, RecursionError):
                    break  # near the end of the window, or wrong: the careful way finds out
                if end == len(self._buffer) or self._surrogates:
                    break
                key, self.start, self._position = match[1], start, end

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What ``pattern`` finds here, if it ends before the window does; it is not consumed."""
        match = pattern.match(self._buffer, self._position)
        return match if match is not None and match.end() < len(self._buffer) else None

    def pass_over(self, match: re.Match[str]) -> None:
        """Consume what `match` has found."""
        self._position = match.end()

    def finish(self) -> None:
        """Nothing but white space may follow."""
        if self.peek():
            self.refuse("expected the end of the file after the document")

    def _key(self) -> str:
        while True:
            match = _KEY.match(self._buffer, self._position)
            if match is not None and (match.end() < len(self._buffer) or self._at_end):
                self._position = match.end()
                return match[1]
            if match is None and self.peek() not in ('"', ""):
                self.refuse("expected a name in double quotes")
            if match is None and (self._at_end or "\\" in self._buffer[self._position : self._position + 4096]):
                return self._escaped_key()
            if self._at_end:
                self.refuse("the file ends in the middle of the document")
            self._fill()

    def _escaped_key(self) -> str:
        key = self.value()
        if self.peek() != ":":
            self.refuse("expected a colon after the name")
        self._position += 1
        return str(key)

    def _read_on_or_refuse(self, error: Exception) -> None:
        if isinstance(error, RecursionError):  # at a depth of the Python version's, far beyond the default limit
            self._stop_at_limit("containers are nested deeper than can be read")
        if isinstance(error, json.JSONDecodeError):
            message, position = syntax_error(self._buffer, error)
        elif isinstance(error, StopIteration):
            position, message = int(error.value), "expected a value"
        elif isinstance(error, _NotJson):
            self.refuse(str(error))
        else:
            self.refuse("an integer has more digits than can be read")
        unfinished = is_unterminated(self._buffer, position) or position >= len(self._buffer) - _NEAR_END
        if self._at_end or not unfinished:
            if too_deep_at(self._buffer, self._limits.depth, self._position, position) is not None:
                self._stop_at_limit(f"containers are nested deeper than {self._limits.depth}")
            self.refuse(message, position=position)
        self._fill()

    def _fill(self) -> None:
        """Drop what is consumed, read on; what does not fit into one window makes it grow."""
        self._lines += self._buffer.count("\n", self._counted, max(self._position, self._counted))
        self._counted = max(self._counted - self._position, 0)
        rest = self._buffer[self._position :]
        self._chunk = self._chunk * 2 if rest and len(rest) >= self._chunk // 2 else _CHUNK
        if len(rest) > self._limits.text_size:
            self._stop_at_limit(f"one member is larger than {self._limits.text_size} characters")
        data = self._stream.read(self._chunk)
        self._bytes += len(data)
        if self._bytes > self._limits.file_size:
            self._stop_at_limit(f"the file is larger than {self._limits.file_size} bytes")
        self._at_end = not data
        self.start -= self._position
        self._buffer, self._position = rest, 0
        try:
            self._buffer = rest + self._decoder.decode(data, final=self._at_end)
        except UnicodeDecodeError as error:
            self.refuse(f"the file is not in UTF-8: {error.reason} (byte {self._bytes - len(data) + error.start})")
        self._surrogates = "\\ud" in self._buffer or "\\uD" in self._buffer

    def _refuse_lone_surrogates(self, value: Any) -> None:
        if any(has_lone_surrogate(text) for text in _texts(value)):
            self.refuse("half a surrogate pair is no character", position=self.start)

    def _stop_at_limit(self, message: str) -> NoReturn:
        self._stop("exporter:limitExceeded", message, self.line, None, "raise the limit if the document is trusted")

    def _stop(self, code: str, message: str, line: int, pointer: str | None, fix: str) -> NoReturn:
        location = Location(file=self._name, line=line, pointer=pointer)
        raise ReadError(findings=[Finding(code=code, message=message, location=location, fix=fix)])


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, tuple | list):
            waiting.extend(node)


def is_flat(members: Any) -> bool:
    """Whether an object has scalars and objects of scalars only, and no name twice: the usual shape."""
    if type(members) is not tuple or len({name for name, _ in members}) != len(members):
        return False
    for _, value in members:
        if type(value) is tuple:
            if len({name for name, _ in value}) != len(value):
                return False
            for _, inner in value:
                if type(inner) is tuple or type(inner) is list:
                    return False
        elif type(value) is list:
            return False
    return True


def repeated_name(value: Any) -> str | None:
    """The JSON Pointer, within ``value``, of a member whose name stands twice in its object."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        pointer, node = waiting.pop()
        if isinstance(node, tuple):
            seen: set[str] = set()
            for name, inner in node:
                place = f"{pointer}/{escape_pointer(name)}"
                if name in seen:
                    return place
                seen.add(name)
                waiting.append((place, inner))
        elif isinstance(node, list):
            waiting.extend((f"{pointer}/{place}", inner) for place, inner in enumerate(node))
    return None


def depth(value: Any) -> int:
    """How many containers are nested in ``value``, itself counted."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        node, level = waiting.pop()
        if isinstance(node, tuple):
            deepest = max(deepest, level)
            waiting.extend((inner, level + 1) for _, inner in node)
        elif isinstance(node, list):
            deepest = max(deepest, level)
            waiting.extend((inner, level + 1) for inner in node)
    return deepest


def kind(value: Any) -> str:
    """What a JSON value is, for messages."""
    if isinstance(value, tuple):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return shortened(value) if isinstance(value, str | int) else f"the number {value}"
