"""Strict JSON as a plain tree with exact numbers that knows the location of its parts.

The standard parser does the reading. Places are found by a second scan of the text, which is made only when there is
something to report.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

from attrs import define, field

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.resources.json_text import STRING, is_unterminated, syntax_error, too_deep_at
from exporter.resources.limits import DEFAULT_LIMITS, Limits

_TOKEN: Final = re.compile(STRING + r'|[{}\[\],]|[^\s{}\[\],:"]+', re.DOTALL)
_PIECE: Final = 1024**2
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LONE: Final = re.compile("[\ud800-\udfff]")


@define(eq=False)
class JsonSource:
    """A plain tree (`dict`, `list`, `str`, `bool`, `None`, `decimal.Decimal`) that knows where its parts stand."""

    value: Any
    name: str | None
    _text: str
    _places: dict[str, int] = field(factory=dict, init=False)
    _breaks: list[int] = field(factory=list, init=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: what is wrong with the syntax is raised."""
        return ()

    def locate(self, pointer: str) -> Location:
        """The location of a JSON Pointer; see `exporter.sources.Source`."""
        if not self._places:
            self._breaks = [match.start() for match in re.finditer("\n", self._text)]
            self._places = {member.pointer: member.position for member in _members(self._text)}
        nearest = pointer
        while nearest and nearest not in self._places:
            nearest = nearest.rpartition("/")[0]
        position = self._places.get(nearest, 0)
        line = bisect_left(self._breaks, position)
        column = position - (self._breaks[line - 1] if line else -1)
        return Location(file=self.name, line=line + 1, column=column, pointer=pointer)


def read_json(source: BinaryIO | bytes, limits: Limits = DEFAULT_LIMITS, name: str | None = None) -> JsonSource:
    """The tree of a JSON text (RFC 8259) in UTF-8.

    Args:
        source: an open binary file or the bytes themselves; a byte order mark is ignored.
        limits: on size and depth, and on the digits and the exponent of numbers.
        name: the file name in locations.

    Raises:
        ReadError: ``exporter:malformedJson`` (syntax, encoding, NaN and infinities, half a surrogate pair),
            ``exporter:duplicateKey`` (all of them), ``exporter:limitExceeded``.
    """
    data = source if isinstance(source, bytes) else _content(source, limits, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        location = Location(file=name, line=data.count(b"\n", 0, error.start) + 1)
        message = f"the document is not in UTF-8: {error.reason}"
        raise _refusal("exporter:malformedJson", message, location, "save the file as UTF-8") from None
    parser = _Parser(text, limits, name)
    tree = parser.parse()
    if parser.findings:
        raise ReadError(findings=parser.findings)
    return JsonSource(tree, name, text)


def _content(stream: BinaryIO, limits: Limits, name: str | None) -> bytes:
    """All bytes, taken piece by piece: asked for as many as are allowed, a stream would set memory aside for them."""
    content = bytearray()
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > limits.file_size:
            message = f"the file is larger than the {limits.file_size} bytes allowed"
            fix = "raise the limit on file size if you trust the file"
            raise _refusal("exporter:limitExceeded", message, Location(file=name), fix)
    return bytes(content)


def _refusal(code: str, message: str, location: Location, fix: str) -> ReadError:
    return ReadError(findings=[Finding(code=code, message=message, location=location, fix=fix)])


class _Parser:
    """One run of the standard parser, with what its hooks notice."""

    def __init__(self, text: str, limits: Limits, name: str | None) -> None:
        self.findings: list[Finding] = []
        self._text = text
        self._limits = limits
        self._name = name
        self._has_duplicates = False

    def parse(self) -> Any:
        if (position := too_deep_at(self._text, self._limits.depth)) is not None:
            raise self._too_deep(position)
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._number,
            parse_int=self._number,
            parse_constant=self._refuse_constant,
        )
        try:
            tree = decoder.decode(self._text)
        except json.JSONDecodeError as error:
            self._malformed(*syntax_error(self._text, error))
            return None
        except RecursionError:  # only where limits.depth was raised beyond what the standard parser takes
            raise self._too_deep(0) from None
        if self._has_duplicates:
            self._report_duplicates()
        if _SURROGATE.search(self._text):
            self._report_lone_surrogates()
        return tree

    def _too_deep(self, position: int) -> ReadError:
        message = f"objects and arrays are nested more than {self._limits.depth} deep"
        place = _location(self._name, self._text, position)
        return _refusal("exporter:limitExceeded", message, place, "flatten the document, or raise limits.depth")

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            self._has_duplicates = True
        return members

    def _number(self, text: str) -> Decimal:
        mantissa, _, exponent = text.lower().partition("e")
        limit = self._limits.number_digits
        if len(mantissa) > limit or len(exponent) > 9 or (exponent and abs(int(exponent)) > limit):
            message = f"the number {text[:20]}… has more than {limit} digits"
            place = _location(self._name, self._text, self._position_of(text))
            raise _refusal("exporter:limitExceeded", message, place, "write the number in fewer digits")
        return Decimal(text)

    def _position_of(self, lexeme: str) -> int:
        return next((match.start() for match in _TOKEN.finditer(self._text) if match[0] == lexeme), 0)

    def _refuse_constant(self, text: str) -> NoReturn:
        place = _location(self._name, self._text, self._position_of(text))
        fix = "leave it out, or state that the value is unknown"
        raise _refusal("exporter:malformedJson", f"{text} is no JSON value", place, fix)

    def _malformed(self, reason: str, position: int) -> None:
        at_end = position >= len(self._text.rstrip())
        is_cut = at_end or is_unterminated(self._text, position)
        message = f"the document is no well-formed JSON: {reason}" + (", and there the text ends" if at_end else "")
        fix = "is the file cut short?" if is_cut else "check the commas, quotes and brackets here"
        place = _location(self._name, self._text, position)
        self.findings.append(Finding(code="exporter:malformedJson", message=message, location=place, fix=fix))

    def _report_duplicates(self) -> None:
        for member in _members(self._text):
            if member.first is not None:
                first = _location(self._name, self._text, member.first)
                message = f"the name {member.pointer.rpartition('/')[2]!r} is given twice, first on line {first.line}"
                place = _location(self._name, self._text, member.position, member.pointer)
                finding = Finding(
                    code="exporter:duplicateKey", message=message, location=place, fix="keep one of the two"
                )
                self.findings.append(finding)

    def _report_lone_surrogates(self) -> None:
        for match in _TOKEN.finditer(self._text):
            if match[0].startswith('"') and _LONE.search(json.loads(match[0])):
                message = "a text has half a surrogate pair, which is no character"
                place = _location(self._name, self._text, match.start())
                fix = r"write both halves (\ud83d\ude00), or the character itself"
                self.findings.append(Finding(code="exporter:malformedJson", message=message, location=place, fix=fix))


class _Member(NamedTuple):
    """A value and its place; ``first`` is the place of the same name before, in the same object."""

    pointer: str
    position: int
    first: int | None = None


@define(eq=False)
class _Frame:
    """An object or an array being scanned: the names seen, or the index reached."""

    pointer: str
    names: dict[str, int] | None
    index: int = 0
    name: str | None = None
    first: int | None = None

    def member(self, position: int) -> _Member:
        """The value at ``position`` as a part of this container."""
        if self.names is None:
            return _Member(f"{self.pointer}/{self.index}", position)
        name = (self.name or "").replace("~", "~0").replace("/", "~1")
        return _Member(f"{self.pointer}/{name}", position, self.first)

    def take_name(self, text: str, position: int) -> None:
        assert self.names is not None
        self.name = text
        self.first = self.names.get(text)
        self.names.setdefault(text, position)


def _members(text: str) -> Iterator[_Member]:
    """Every value of a JSON text that is known to be well-formed, the root first."""
    stack: list[_Frame] = []
    for match in _TOKEN.finditer(text):
        lexeme, frame = match[0], stack[-1] if stack else None
        if lexeme in ("}", "]"):
            stack.pop()
        elif lexeme == ",":
            assert frame is not None
            frame.index, frame.name = frame.index + 1, None
        elif frame is not None and frame.names is not None and frame.name is None:
            frame.take_name(json.loads(lexeme), match.start())
        else:
            member = frame.member(match.start()) if frame else _Member("", match.start())
            yield member
            if lexeme in ("{", "["):
                stack.append(_Frame(member.pointer, {} if lexeme == "{" else None))


def _location(name: str | None, text: str, position: int, pointer: str | None = None) -> Location:
    line = text.count("\n", 0, position) + 1
    return Location(file=name, line=line, column=position - text.rfind("\n", 0, position), pointer=pointer)
